import type { Act, ActName, Notion, Scene, Side } from "./acts.ts"
import type { Span } from "./span.ts"

interface Finding {
  confidence: number
  /** Notions whose words carried it. */
  by: Notion[]
  actor?: Act["actor"]
  quantity?: number
}

/** One rule: which act, from what, and what else the words could innocently be. */
export interface ActRule {
  id: string
  act: ActName
  side: Side
  stage: number | null
  /** Looked for in a run of sentences or in each sentence alone. */
  per: "window" | "sentence"
  /** Where in the trade's script or the law the act stands. */
  source: string
  innocent: string
  judge: (s: Scene) => Finding | null
}

/** Talk that is about other things or by other people than those who run crossings. */
const elsewhere = (s: Scene) => s.has("leisure", "rescue", "talk")
const crossing = (s: Scene) => s.has("cross", "boat", "lorry")

/** An advert that names neither boat nor country: room for so many or the trade's own word, a fare, and how to reach the seller. */
function seatsFor(s: Scene): Finding | null {
  if (elsewhere(s) || s.has("wantGo", "official", "vehicle", "family", "taxi") || !s.fare || s.has("howMuch")) return null
  const seats = s.hits("seats")
  if (s.hits("house").some((h) => !seats.some((x) => x.from <= h.from && h.to <= x.to))) return null
  const reach = s.reach || s.has("contact")
  const by: Notion[] = ["seats", "cross", "staysAt", "untilArrival", "contact", "people"]
  if (s.has("staysAt") && (s.has("untilArrival") || reach)) return { confidence: s.has("untilArrival") ? 0.75 : 0.65, by }
  if (s.has("seats") && reach) return { confidence: s.people || s.dest || s.has("cross", "boat") ? 0.65 : 0.6, by }
  if (s.has("cross") && s.reach && !s.has("need")) return { confidence: 0.6, by }
  return null
}

function offer(s: Scene): Finding | null {
  return crossingOffered(s) ?? seatsFor(s)
}

function crossingOffered(s: Scene): Finding | null {
  if (elsewhere(s) || s.has("wantGo", "official") || (s.has("document") && s.has("sell"))) return null
  if (s.has("wholesale") && !s.has("cross", "guarantee") && !(s.people && s.dest)) return null
  // An advert may open with a question; a chat message that asks is a customer's.
  const advert = s.reach && s.has("guarantee", "avail", "carry") && s.size >= 12
  const priced = s.money && s.has("avail", "carry") && !s.has("howMuch")
  if (s.asks && !advert && !priced) return null
  if (s.has("need") && s.has("boat", "engine") && !s.dest) return null
  if (s.has("arrived") && !s.has("carry", "guarantee") && !s.money) return null
  const by: Notion[] = ["carry", "cross", "boat", "lorry", "way", "guarantee", "avail", "contact"]
  const strong = s.has("carry")
  const extras = [s.money, s.reach, s.has("guarantee"), s.has("avail"), s.people, s.when].filter(Boolean).length
  if (s.has("taxi") && !s.has("boat", "guarantee") && !s.has("cross")) return null
  if (s.has("vehicle", "daily") && !crossing(s) && !s.has("guarantee")) return null
  if (strong && (s.dest || s.has("boat")) && (crossing(s) || extras > 0)) return { confidence: extras > 1 || crossing(s) ? 0.85 : 0.6, by }
  if (crossing(s) && s.dest && s.has("guarantee")) return { confidence: 0.85, by }
  if (crossing(s) && s.dest && s.money && extras > 1) return { confidence: 0.8, by }
  if (crossing(s) && s.dest && s.money && s.countries.size > 1 && !s.has("deposit", "release", "paid", "tookMoney"))
    return { confidence: 0.65, by }
  if (crossing(s) && s.dest && s.reach) return { confidence: 0.7, by }
  if (s.has("way") && s.dest && ((s.has("guarantee") && extras > 0) || (extras > 2 && (s.reach || s.money)))) return { confidence: 0.7, by }
  if (s.has("guarantee") && s.dest && (s.money || s.reach)) return { confidence: 0.65, by }
  if (s.countries.size > 1 && s.dest && s.money && s.reach) return { confidence: 0.65, by }
  if (s.has("boat", "cross") && s.dest && s.money && !s.has("deposit", "release", "paid", "tookMoney")) return { confidence: 0.6, by }
  if (
    s.has("boat", "cross") &&
    s.has("avail") &&
    (s.when || s.has("guarantee")) &&
    (s.people || s.money || s.dest || s.has("guarantee") || s.edge)
  )
    return { confidence: 0.6, by }
  return null
}

function instruct(s: Scene): Finding | null {
  if (s.has("leisure", "rescue", "talk") || s.has("howMuch", "wantGo")) return null
  const by: Notion[] = ["gather", "phoneOff", "launch", "boat", "cross", "tonight"]
  const place = s.edge || s.has("boat", "cross", "lorry")
  if (s.has("phoneOff") && (place || s.has("gather") || (s.when && s.dest))) return { confidence: 0.85, by }
  if (s.has("order") && s.edge && !s.asks && !s.has("family", "daily"))
    return { confidence: s.when || s.people ? 0.7 : 0.6, by: ["order", ...by] }
  if (!s.has("gather") || s.asks) return null
  if (s.has("family", "daily") && !s.has("boat", "cross")) return null
  if (s.has("boat", "cross") && (s.when || s.edge || s.people)) return { confidence: 0.8, by }
  if (s.edge && (s.when || s.people || s.has("driver", "lorry"))) return { confidence: 0.75, by }
  if (place) return { confidence: 0.55, by }
  return null
}

function sendOff(s: Scene): Finding | null {
  if (elsewhere(s) || s.asks || !s.has("setOff") || !s.people || s.has("taxi", "family", "daily")) return null
  return { confidence: s.edge || s.dest || crossing(s) ? 0.7 : 0.6, by: ["setOff", "people", "boat"], quantity: s.headcount }
}

function evade(s: Scene): Finding | null {
  if (s.has("leisure", "rescue", "talk", "family") || s.asks || !s.has("police") || !s.has("turnBack")) return null
  return { confidence: s.edge || s.people || crossing(s) ? 0.7 : 0.6, by: ["police", "turnBack"] }
}

/** Weak alone: everybody goes somewhere at some hour. */
function ready(s: Scene): Finding | null {
  if (elsewhere(s) || s.asks || s.has("family", "daily", "taxi", "vehicle") || !s.has("ready") || !s.when || (s.edge && s.has("gather")))
    return null
  return { confidence: s.has("weGo") || s.has("tonight") ? 0.6 : 0.5, by: ["ready", "weGo", "tonight"] }
}

function ask(s: Scene): Finding | null {
  if (elsewhere(s) || !s.has("howMuch")) return null
  if (s.has("wholesale") || (s.has("boat", "engine") && s.has("need"))) return null
  const by: Notion[] = ["howMuch", "wantGo", "cross", "boat", "way", "document", "carry"]
  if (s.has("cross", "wantGo", "carry") || (s.has("boat", "lorry") && (s.dest || s.people))) return { confidence: 0.8, by }
  if (s.dest && (s.has("way") || s.people || s.size <= 10) && !s.has("taxi", "vehicle", "family", "daily")) return { confidence: 0.6, by }
  if (s.has("document") && s.has("sell")) return { confidence: 0.6, by }
  return null
}

/** "Any boat tonight?": a short question after a crossing. */
const isAnyQuestion = (s: Scene) =>
  s.asks &&
  s.size <= 9 &&
  !s.money &&
  s.has("cross", "boat", "way") &&
  s.has("avail", "tonight", "question") &&
  (s.has("cross", "boat") || s.dest)

function passage(s: Scene): Finding | null {
  if (s.has("leisure", "rescue", "howMuch") || (s.has("driver") && s.has("hire")) || (!s.has("wantGo") && !isAnyQuestion(s))) return null
  if (s.dest || crossing(s)) return { confidence: crossing(s) || s.edge ? 0.75 : 0.6, by: ["wantGo", "cross", "boat", "way"] }
  return null
}

function arrival(s: Scene): Finding | null {
  if (s.asks || elsewhere(s)) return null
  if (s.size <= 3 && s.size > 1 && s.has("ok") && s.code) return { confidence: 0.55, by: ["ok", "code"] }
  if (!s.has("arrived") || s.has("notYet", "daily", "vehicle", "taxi", "question", "wholesale") || s.size > 18) return null
  if (s.has("cash") && !(s.dest && s.has("release"))) return null
  const by: Notion[] = ["arrived", "ok"]
  if (s.dest && s.has("ok", "boat")) return { confidence: 0.85, by }
  if (s.dest) return { confidence: 0.75, by }
  if (s.has("ok", "boat", "launch")) return { confidence: 0.65, by }
  if (s.size <= 4) return { confidence: 0.4, by }
  return null
}

function equip(s: Scene): Finding | null {
  if (elsewhere(s) || (s.has("vehicle") && !s.has("boat")) || s.has("wantGo", "howMuch", "help", "sinking", "family") || !s.has("need"))
    return null
  if (!s.has("boat", "engine")) return null
  const boats = s.counted("boat")
  const engines = s.counted("engine")
  const quantity = Math.max(boats, engines)
  const by: Notion[] = ["need", "boat", "engine", "gear", "wholesale"]
  if (boats > 0 && engines > 0) return { confidence: quantity > 1 ? 0.85 : 0.7, by, quantity }
  if (quantity > 1 && !s.asks) return { confidence: 0.8, by, quantity }
  if (s.has("gear") && !s.asks) return { confidence: 0.6, by, quantity }
  return null
}

function supply(s: Scene): Finding | null {
  if (elsewhere(s) || (s.has("vehicle") && !s.has("boat")) || s.has("family", "sinking", "help") || !s.has("boat", "engine")) return null
  const quantity = Math.max(s.counted("boat"), s.counted("engine"))
  const by: Notion[] = ["boat", "engine", "gear", "wholesale", "howMuch"]
  if (s.has("wholesale") && (s.money || quantity > 1 || s.has("howMuch")) && !s.people)
    return { confidence: quantity > 1 ? 0.85 : 0.7, by, quantity }
  if (s.has("boat") && s.has("engine") && s.money && !s.dest && !s.people) return { confidence: 0.65, by, quantity }
  if (quantity >= 5 && s.money && !s.people) return { confidence: 0.7, by, quantity }
  return null
}

function deposit(s: Scene): Finding | null {
  if (s.asks || s.has("house", "vehicle", "family") || !s.has("deposit")) return null
  if (!(s.money || s.code || s.has("cash", "code"))) return null
  return { confidence: s.code || (s.money && s.has("cash", "code")) ? 0.8 : 0.6, by: ["deposit", "cash", "code"] }
}

function release(s: Scene): Finding | null {
  if (!s.has("release") || s.has("captive", "family", "notCode") || (s.asks && !s.code)) return null
  const by: Notion[] = ["release", "code", "cash"]
  if (s.code) return { confidence: 0.85, by }
  if (s.has("daily", "vehicle", "house")) return null
  const named = s.spans.some(({ span }) => (span.type === "name" || span.type === "nickname" || span.type === "title") && !span.addressed)
  if (s.has("code") || (s.has("arrived") && (s.money || s.has("cash")))) return { confidence: 0.7, by }
  if (s.money && named) return { confidence: 0.5, by }
  return null
}

function payment(s: Scene): Finding | null {
  if (s.asks || !s.has("paid") || s.has("tookMoney") || !(s.money || s.has("cash", "code"))) return null
  return { confidence: s.money ? 0.6 : 0.45, by: ["paid", "cash"] }
}

function recruit(s: Scene): Finding | null {
  if (elsewhere(s) || !s.has("driver") || !s.has("hire", "need") || s.has("taxi", "daily", "family")) return null
  const by: Notion[] = ["driver", "hire", "boat", "cross", "lorry"]
  if (s.has("boat", "cross") && (s.dest || s.money || s.has("hire"))) return { confidence: 0.8, by }
  if (s.has("hire") && !s.has("gather") && (s.has("lorry") || s.people) && s.dest && s.countries.size > 0 && (s.people || s.edge))
    return { confidence: 0.65, by }
  return null
}

function forge(s: Scene): Finding | null {
  if (s.has("leisure", "talk") || !s.has("document") || !s.has("sell") || s.has("official", "howMuch", "family")) return null
  if (s.asks && !s.reach) return null
  const by: Notion[] = ["document", "sell", "contact", "guarantee"]
  return { confidence: s.money || s.reach ? 0.85 : 0.6, by }
}

function shelter(s: Scene): Finding | null {
  if (elsewhere(s) || s.has("family", "howMuch") || !s.has("house") || !s.has("keep") || s.asks) return null
  const by: Notion[] = ["house", "keep", "people"]
  if (s.headcount >= 4) return { confidence: 0.8, by, quantity: s.headcount }
  if (s.people && (s.has("boat", "cross", "driver", "launch") || s.edge)) return { confidence: 0.7, by }
  return null
}

function threaten(s: Scene): Finding | null {
  if (!s.has("threat") || s.laughs || s.has("talk", "leisure")) return null
  if (s.has("unlessPaid", "captive")) return { confidence: 0.8, by: ["threat", "unlessPaid"] }
  if (s.money || s.has("cash")) return { confidence: 0.6, by: ["threat", "cash"] }
  return null
}

function hostage(s: Scene): Finding | null {
  if (!s.has("captive") || s.laughs || s.has("talk", "leisure")) return null
  if (s.has("unlessPaid") || (s.money && s.has("cash", "need", "paid", "release")))
    return { confidence: 0.85, by: ["captive", "unlessPaid", "cash"] }
  if (s.money || (s.has("cash") && s.has("need", "release"))) return { confidence: 0.6, by: ["captive", "cash"] }
  return null
}

function danger(s: Scene): Finding | null {
  const by: Notion[] = ["sinking", "help", "boat", "launch"]
  const point = s.spans.some(({ span }) => span.type === "coordinates")
  if (s.has("leisure") || (s.has("talk") && !s.has("help"))) return null
  if (s.has("sinking") && s.has("help") && (s.has("boat", "launch", "engine") || point || s.people)) return { confidence: 0.9, by }
  if (s.has("sinking") && s.has("boat") && !s.has("arrived", "vehicle") && !s.asks) return { confidence: 0.75, by }
  if (s.has("help") && point) return { confidence: 0.7, by }
  if (s.has("help") && s.has("boat") && (s.has("launch") || s.people) && !s.has("need", "rescue", "howMuch"))
    return { confidence: 0.55, by }
  return null
}

/** Whom a sentence speaks of: the person or number nearest to the words, never one that is addressed. */
function nearest(s: Scene, ...carriers: Notion[]): { actor: Act["actor"]; span: Span } | null {
  const people = s.spans.filter(
    ({ span }) => !span.addressed && (span.type === "name" || span.type === "nickname" || span.type === "title"),
  )
  const others = s.spans.filter(({ span }) => span.type === "phone" || span.type === "handle")
  const named = people.filter(({ span }) => span.type !== "title")
  const pool = named.length > 0 ? named : people.length > 0 ? people : others
  if (pool.length === 0 || carriers.every((c) => s.hits(c).length === 0)) return null
  // Two people in one sentence: which of them acted is not said plainly enough.
  if (new Set(pool.map(({ span }) => span.norm)).size > 1) return null
  const one = pool[0]!
  return { actor: { who: "spoken-of", span: one.index }, span: one.span }
}

function spokenOf(carrier: Notion, confidence: number): (s: Scene) => Finding | null {
  return (s) => {
    if (!s.has(carrier) || s.asks || s.laughs) return null
    const found = nearest(s, carrier)
    if (!found) return null
    const context = s.has("cross", "boat", "lorry", "launch", "carry") || s.dest || s.edge
    const home = s.has("vehicle", "family", "daily", "leisure") && !context
    if (home) return null
    // Money lodged at an exchange, or a hired taxi, says little of the person: below what counts even in an interview.
    if ((carrier === "tookMoney" && s.has("exchange", "deposit")) || (carrier === "drove" && s.has("taxi")))
      return { confidence: 0.35, by: [carrier], actor: found.actor }
    const named = found.span.type === "title" ? -0.2 : 0
    return {
      confidence: Math.round((context ? confidence : confidence - 0.25) * 100 + named * 100) / 100,
      by: [carrier, "cross", "boat"],
      actor: found.actor,
    }
  }
}

/** Somebody's order to go is passed on: who gives the word. */
function orderOf(s: Scene): Finding | null {
  if (s.asks || s.has("family", "daily", "leisure", "vehicle", "talk") || !s.has("relayed") || !s.has("tonight") || !s.has("order", "weGo"))
    return null
  const found = nearest(s, "relayed")
  if (!found || found.span.type === "title") return null
  return { confidence: 0.65, by: ["relayed", "tonight", "order", "weGo"], actor: found.actor }
}

function complaint(s: Scene): Finding | null {
  if (!s.has("youTook") || s.has("vehicle", "house", "exchange", "leisure")) return null
  if (!(s.has("cross", "boat", "lorry", "way") || s.dest || s.edge)) return null
  return { confidence: 0.65, by: ["youTook", "boat", "cross"], actor: { who: "recipient" } }
}

/** What is passed on is not the writer's own act: kept, and below what counts. */
const unlessRelayed =
  (judge: (s: Scene) => Finding | null) =>
  (s: Scene): Finding | null => {
    const found = judge(s)
    return found && s.has("relayed") ? { ...found, confidence: Math.min(found.confidence, 0.5) - 0.1 } : found
  }

const script = (stage: number) => `crime script stage ${stage}`

/** Written out by hand, in the order in which they are tried; each act once per window and actor. */
export const RULES: readonly ActRule[] = [
  {
    id: "offer",
    act: "offers-crossing",
    side: "facilitator",
    stage: 1,
    per: "window",
    source: `${script(1)}; BSAIA 2025 ss.17-18`,
    innocent: "passing on somebody else's offer, or joking",
    judge: unlessRelayed(offer),
  },
  {
    id: "instruct",
    act: "instructs-travel",
    side: "facilitator",
    stage: 8,
    per: "window",
    source: script(8),
    innocent: "a passenger who passes on what all were told",
    judge: unlessRelayed(instruct),
  },
  {
    id: "send-off",
    act: "sends-off",
    side: "facilitator",
    stage: 8,
    per: "window",
    source: script(8),
    innocent: "a relative, a traveller or a guide who tells how many have gone",
    judge: unlessRelayed(sendOff),
  },
  {
    id: "evade",
    act: "evades",
    side: "facilitator",
    stage: 8,
    per: "window",
    source: script(8),
    innocent: "anybody who would rather not meet a patrol",
    judge: unlessRelayed(evade),
  },
  {
    id: "ready",
    act: "readies",
    side: "facilitator",
    stage: 8,
    per: "window",
    source: script(8),
    innocent: "friends who set out together",
    judge: unlessRelayed(ready),
  },
  {
    id: "ask-price",
    act: "asks-price",
    side: "customer",
    stage: 2,
    per: "window",
    source: script(2),
    innocent: "asking is a customer's act (Smuggling Protocol Art. 5)",
    judge: ask,
  },
  {
    id: "ask-passage",
    act: "asks-passage",
    side: "customer",
    stage: 2,
    per: "window",
    source: script(2),
    innocent: "asking is a customer's act (Smuggling Protocol Art. 5)",
    judge: passage,
  },
  {
    id: "arrival",
    act: "confirms-arrival",
    side: "customer",
    stage: 9,
    per: "window",
    source: script(9),
    innocent: "telling one's family",
    judge: arrival,
  },
  {
    id: "equip",
    act: "orders-equipment",
    side: "facilitator",
    stage: 7,
    per: "window",
    source: `${script(7)}; BSAIA 2025 ss.13-15`,
    innocent: "a fisherman, a boat hirer or a dealer at lawful trade",
    judge: unlessRelayed(equip),
  },
  {
    id: "supply",
    act: "negotiates-supply",
    side: "facilitator",
    stage: 7,
    per: "window",
    source: `${script(7)}; BSAIA 2025 ss.13-15`,
    innocent: "lawful trade in boats and engines",
    judge: unlessRelayed(supply),
  },
  {
    id: "deposit",
    act: "announces-deposit",
    side: "customer",
    stage: 2,
    per: "window",
    source: `${script(2)}; hawala escrow`,
    innocent: "a family that lodges its own money",
    judge: deposit,
  },
  {
    id: "release",
    act: "orders-release",
    side: "customer",
    stage: 9,
    per: "window",
    source: `${script(9)}; hawala escrow`,
    innocent: "a family that releases its own money, or a lawful remittance",
    judge: release,
  },
  {
    id: "payment",
    act: "reports-payment",
    side: "customer",
    stage: 2,
    per: "window",
    source: script(2),
    innocent: "paying for oneself or one's family, or for something else",
    judge: payment,
  },
  {
    id: "recruit",
    act: "recruits",
    side: "facilitator",
    stage: 8,
    per: "window",
    source: script(8),
    innocent: "a haulier or boat hirer looking for staff",
    judge: unlessRelayed(recruit),
  },
  {
    id: "forge",
    act: "forges",
    side: "facilitator",
    stage: 3,
    per: "window",
    source: `${script(3)}; Identity Documents Act 2010 ss.4-6`,
    innocent: "a visa agent at lawful work",
    judge: unlessRelayed(forge),
  },
  {
    id: "shelter",
    act: "shelters",
    side: "facilitator",
    stage: 6,
    per: "window",
    source: script(6),
    innocent: "putting up relatives or guests",
    judge: unlessRelayed(shelter),
  },
  {
    id: "threat",
    act: "threatens",
    side: "facilitator",
    stage: null,
    per: "window",
    source: "Smuggling Protocol Art. 6(3)",
    innocent: "a quarrel over an ordinary debt",
    judge: unlessRelayed(threaten),
  },
  {
    id: "ransom",
    act: "ransom",
    side: "facilitator",
    stage: 6,
    per: "window",
    source: "Smuggling Protocol Art. 6(3)",
    innocent: "news passed on by the family",
    judge: hostage,
  },
  {
    id: "distress",
    act: "distress",
    side: "risk to life",
    stage: 8,
    per: "window",
    source: script(8),
    innocent: "talk about a past crossing",
    judge: danger,
  },
  {
    id: "complaint",
    act: "takes-payment",
    side: "facilitator",
    stage: 2,
    per: "window",
    source: script(2),
    innocent: "a fellow traveller or relative who collected for others",
    judge: complaint,
  },
  {
    id: "took-payment",
    act: "takes-payment",
    side: "facilitator",
    stage: 2,
    per: "sentence",
    source: script(2),
    innocent: "money passed through a relative or an honest exchange",
    judge: spokenOf("tookMoney", 0.7),
  },
  {
    id: "in-charge",
    act: "runs",
    side: "facilitator",
    stage: null,
    per: "sentence",
    source: "crime script, organisers",
    innocent: "hearsay, or a rival's or debtor's spite",
    judge: spokenOf("inCharge", 0.75),
  },
  {
    id: "order-of",
    act: "runs",
    side: "facilitator",
    stage: 8,
    per: "sentence",
    source: "crime script, organisers",
    innocent: "a friend's plan for the evening, or hearsay",
    judge: orderOf,
  },
  {
    id: "drove",
    act: "transports",
    side: "facilitator",
    stage: 4,
    per: "sentence",
    source: script(4),
    innocent: "a taxi or a friend who gave a lift",
    judge: spokenOf("drove", 0.6),
  },
  {
    id: "steered",
    act: "steers",
    side: "customer",
    stage: 8,
    per: "sentence",
    source: "R v Kakaei [2021] EWCA Crim 503: a steering passenger is no organiser",
    innocent: "a passenger made to steer",
    judge: spokenOf("steered", 0.6),
  },
]
