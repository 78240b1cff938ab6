import { say } from "#vocabulary/sentences"
import type { Basis, Conduct, SubjectAct } from "./act-row.ts"
import { gradeWeight, reportStrength } from "./weights.ts"

/** What a rule makes of the rows that it looked at. */
export interface Judgement {
  conduct: Conduct
  stage: number | null
  strength: number
  basis: Basis
  words: string
  rows: readonly SubjectAct[]
}

/**
 * One rule of conduct. It sees all rows of one subject and gives none, one or several judgements. Every rule asks for recurrence:
 * several counterparts, several independent events, or a commercial quantity; one odd sentence is nothing.
 */
export interface ConductRule {
  id: string
  /** Where it stands in domain.md or the law. */
  source: string
  innocent: string
  judge: (rows: readonly SubjectAct[]) => Judgement[]
}

/** A row below this confidence (hundredths) is context and never counts. */
const COUNTED_FROM = 60
/** No rule alone says more than this: eight bits, odds of 256 to 1. */
const MOST = 800
const DAY = 86_400_000

const firm = (rows: readonly SubjectAct[], ...acts: string[]) => rows.filter((r) => acts.includes(r.act) && r.confidence >= COUNTED_FROM)
const own = (rows: readonly SubjectAct[], ...acts: string[]) => firm(rows, ...acts).filter((r) => r.basis === "own words")
const events = (rows: readonly SubjectAct[]) => new Set(rows.map((r) => r.event)).size
/** Whom it was done towards: the counterpart, else the group, else the record itself does not count as a further one. */
const towards = (rows: readonly SubjectAct[]) =>
  new Set(rows.map((r) => r.counterpart ?? (r.thread === null ? null : `${r.exhibit}#${r.thread}`)).filter((c) => c !== null)).size
const days = (rows: readonly SubjectAct[]) => new Set(rows.map((r) => (r.at === null ? r.record : Math.floor(r.at / DAY)))).size
/** Independent occasions: a seizure event each; interviews come in one register, and those of different days are of different landings. */
const occasions = (rows: readonly SubjectAct[]) =>
  new Set(rows.map((r) => (r.kind === "debrief" && r.at !== null ? `${r.event} ${Math.floor(r.at / DAY)}` : r.event))).size
const cap = (strength: number) => Math.min(MOST, Math.round(strength))

/** The usual stage of the rows: the commonest, the lower on a tie; null when none is given. */
function stageOf(rows: readonly SubjectAct[]): number | null {
  const counts = new Map<number, number>()
  for (const r of rows) if (r.stage !== null) counts.set(r.stage, (counts.get(r.stage) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? null
}

/** Somebody who asks for a passage as often as he offers one is a customer who passes offers on. */
function isCustomer(rows: readonly SubjectAct[], acts: readonly SubjectAct[]): boolean {
  return own(rows, "asks-price", "asks-passage").length >= acts.length
}

/** Distinct sayings: the same words sent on many times are one saying, which an organiser's advert and a forwarded one share. */
const sayings = (rows: readonly SubjectAct[]) => new Set(rows.map((r) => r.words)).size

const STATED: Record<string, Conduct> = {
  organises: "organises",
  finances: "finances",
  supplies: "supplies",
  forges: "forges",
  drives: "transports",
  recruits: "recruits",
  launders: "launders",
  shelters: "shelters",
  advertises: "advertises",
  "holds-deposits": "holds-deposits",
  "holds deposits": "holds-deposits",
}

const report: ConductRule = {
  id: "conduct.report",
  source: "sources §1: 3x5x2, Europol 4x4; assertion-level grades, never averaged; one root is one origin",
  innocent: say("innocent.report"),
  judge: (rows) => {
    const stated = rows.filter((r) => r.basis === "stated by report" && r.act.startsWith("stated:"))
    const out: Judgement[] = []
    for (const [act, own] of Map.groupBy(stated, (r) => r.act)) {
      // Steering is an act in an event (R v Kakaei [2021] EWCA Crim 503), so that "steers" is in no table.
      const conduct = STATED[act.slice("stated:".length)]
      if (!conduct) continue
      const origins = [...Map.groupBy(own, (r) => r.root ?? r.record).values()].map((same) =>
        same.reduce((a, b) => (gradeWeight(b.grade) > gradeWeight(a.grade) ? b : a)),
      )
      const strength = cap(reportStrength(origins.map((r) => r.grade)))
      if (strength === 0) continue
      const best = origins.reduce((a, b) => (gradeWeight(b.grade) > gradeWeight(a.grade) ? b : a))
      const words = say("conduct.report", { origins: origins.length, all: own.length, grade: String(best.grade) })
      out.push({ conduct, stage: stageOf(own), strength, basis: "stated by report", words, rows: own })
    }
    return out
  },
}

const advert: ConductRule = {
  id: "conduct.advert",
  source: "BSAIA 2025 ss.17-18; crime script stage 1",
  innocent: say("innocent.advert"),
  judge: (rows) => {
    const online = rows.filter((r) => (r.kind === "post" || r.kind === "account") && r.confidence >= COUNTED_FROM)
    const posts = online.filter((r) => r.basis === "own words" && (r.act === "offers-crossing" || r.act === "recruits"))
    const separate = days(posts)
    // One post may be a joke or a repost; what recurs, or says everything that an offer can say, is advertising.
    if (posts.length === 0 || (separate < 2 && !posts.some((r) => r.confidence >= 80))) return []
    const proofs = online.filter((r) => r.basis === "own words" && r.act === "confirms-arrival")
    const strength = 120 + 70 * Math.min(separate, 5) + (proofs.length > 0 ? 60 : 0)
    const words =
      proofs.length > 0
        ? say("conduct.advert-proved", { posts: posts.length, days: separate, proofs: proofs.length })
        : say("conduct.advert", { posts: posts.length, days: separate })
    return [{ conduct: "advertises", stage: 1, strength: cap(strength), basis: "own words", words, rows: [...posts, ...proofs] }]
  },
}

const contact: ConductRule = {
  id: "conduct.advert-contact",
  source: "BSAIA 2025 ss.17-18; crime script stage 1: the number in the post is where the passage is sold",
  innocent: say("innocent.advert-contact"),
  judge: (rows) => {
    // Where the author is known to be the same person, the post is weighed as his own.
    const authored = new Set(own(rows, "offers-crossing", "forges").map((r) => r.record))
    const posts = rows.filter((r) => r.act === "is-advert-contact" && r.confidence >= COUNTED_FROM && !authored.has(r.record))
    const separate = days(posts)
    if (separate < 2) return []
    const accounts = new Set(posts.map((r) => r.counterpart).filter((c) => c !== null)).size
    const strength = 100 + 70 * Math.min(separate, 5) + 30 * Math.min(Math.max(accounts - 1, 0), 2)
    const words =
      accounts > 1
        ? say("conduct.advert-contact-shared", { posts: posts.length, days: separate, accounts })
        : say("conduct.advert-contact", { posts: posts.length, days: separate })
    return [{ conduct: "advertises", stage: stageOf(posts), strength: cap(strength), basis: "others' words", words, rows: posts }]
  },
}

const offers: ConductRule = {
  id: "conduct.offers",
  source: "sources §4 stages 1-2, 8; Immigration Act 1971 s.25",
  innocent: say("innocent.offers"),
  judge: (rows) => {
    const said = own(rows, "offers-crossing").filter((r) => r.kind !== "post" && r.kind !== "account")
    const people = towards(said)
    const separate = events(said)
    if ((people < 3 && separate < 2) || said.length < 2 || isCustomer(rows, said)) return []
    const strength = 90 * Math.min(people, 5) + 90 * Math.min(separate - 1, 3) + (sayings(said) > 1 ? 40 : 0)
    const words = say("conduct.offers", { people, events: separate })
    return [{ conduct: "organises", stage: 1, strength: cap(strength), basis: "own words", words, rows: said }]
  },
}

/** What is said on the night of a launch: come, be ready, keep from the police, so many have gone. */
const LAUNCH_TALK = ["instructs-travel", "sends-off", "evades", "readies"]
/** Below what counts elsewhere: a short order says little once, and much when it is given to many. */
const TALK_FROM = 50

const orders: ConductRule = {
  id: "conduct.instructs",
  source: "sources §4 stage 8: launch team",
  innocent: say("innocent.instructs"),
  judge: (rows) => {
    const said = rows.filter((r) => LAUNCH_TALK.includes(r.act) && r.basis === "own words" && r.confidence >= TALK_FROM)
    const strong = said.filter((r) => r.act === "instructs-travel" && r.confidence >= 75)
    const people = towards(said)
    const separate = events(said)
    const kinds = new Set(said.map((r) => r.act)).size
    const full = strong.length >= 3 && (towards(strong) >= 2 || events(strong) >= 2)
    // Short orders: to several people, on several days, and of more than one kind or in more than one event.
    if (!full && (people < 3 || said.length < 3 || days(said) < 2 || (kinds < 2 && separate < 2))) return []
    if (isCustomer(rows, said)) return []
    const strength =
      60 * Math.min(people, 6) + 100 * Math.min(separate - 1, 4) + 30 * Math.min(days(said) - 1, 5) + 30 * Math.min(kinds - 1, 2)
    const words = say("conduct.instructs", { people, days: days(said), events: separate })
    // Who gathers people and sends them off is of the launch team; a night's full orders are those of who runs it.
    return [{ conduct: full ? "organises" : "transports", stage: 8, strength: cap(strength), basis: "own words", words, rows: said }]
  },
}

const supply: ConductRule = {
  id: "conduct.supply-talk",
  source: "BSAIA 2025 ss.13-15; sources §9",
  innocent: say("innocent.supply-talk"),
  judge: (rows) => {
    const said = own(rows, "orders-equipment", "negotiates-supply")
    const most = Math.max(0, ...said.map((r) => r.quantity ?? 1))
    if (said.length === 0 || (days(said) < 2 && towards(said) < 2 && most < 5) || isCustomer(rows, said)) return []
    const strength =
      110 * Math.min(days(said), 4) +
      80 * Math.min(towards(said) - 1, 3) +
      (most >= 5 ? 120 : most >= 3 ? 60 : 0) +
      60 * Math.min(events(said) - 1, 2)
    const words = say("conduct.supply-talk", { days: days(said), people: towards(said), most })
    return [{ conduct: "supplies", stage: 7, strength: cap(strength), basis: "own words", words, rows: said }]
  },
}

const seized: ConductRule = {
  id: "conduct.seized-equipment",
  source: "BSAIA 2025 ss.13-15; sources §9: lorries of boats, drivers often charged with customs breaches only",
  innocent: say("innocent.seized"),
  judge: (rows) => {
    const out: Judgement[] = []
    const total = (own: readonly SubjectAct[]) => own.reduce((sum, r) => sum + (r.quantity ?? 1), 0)
    for (const [verb, conduct, base, each] of [
      ["supplies", "supplies", 150, 20],
      ["carries", "transports", 120, 15],
    ] as const) {
      const own = firm(rows, `${verb}-hulls`, `${verb}-engines`)
      const hulls = total(own.filter((r) => r.act === `${verb}-hulls`))
      const engines = total(own) - hulls
      const hidden = own.some((r) => r.rule.endsWith("-hidden"))
      const separate = events(own)
      // Engines alone are what fishermen and dealers buy. Hulls with engines, or the same again elsewhere, are a launch's equipment.
      if (
        own.length === 0 ||
        (hulls === 0 && separate < 2) ||
        (engines === 0 && separate < 2 && !hidden) ||
        (total(own) < 3 && separate < 2)
      )
        continue
      const strength = base + each * Math.min(total(own), 8) + (hidden ? 100 : 0) + 120 * Math.min(separate - 1, 3)
      const words = say(hidden ? `conduct.seized-${verb}-hidden` : `conduct.seized-${verb}`, { hulls, engines, seizures: separate })
      out.push({ conduct, stage: 7, strength: cap(strength), basis: "seizure", words, rows: own })
    }
    return out
  },
}

const consignments: ConductRule = {
  id: "conduct.consignments",
  source: "sources §9: container loads of boats; BSAIA 2025 ss.30-32 (customs data under its own limits)",
  innocent: say("innocent.consignments"),
  judge: (rows) => {
    const got = firm(rows, "receives-hulls")
    if (got.length === 0) return []
    const total = got.reduce((sum, r) => sum + (r.quantity ?? 0), 0)
    // Support for other evidence only: with the weightiest rumour it still stays below the threshold of ranking.
    const strength = 90 + 50 * Math.min(new Set(got.map((r) => r.record)).size - 1, 1)
    const words = say("conduct.consignments", { hulls: total, consignments: got.length })
    return [{ conduct: "supplies", stage: 7, strength, basis: "declaration", words, rows: got }]
  },
}

const escrow: ConductRule = {
  id: "conduct.book",
  source: "sources §6: escrow hold and release, commission 3-10 %; lawful remittance 1-3 %",
  innocent: say("innocent.book"),
  judge: (rows) => {
    const out: Judgement[] = []
    const paid = firm(rows, "is-paid-from-deposit")
    const payers = (own: readonly SubjectAct[]) => new Set(own.map((r) => r.counterpart ?? r.code ?? r.record)).size
    if (payers(paid) >= 4) {
      const strength = 75 * Math.min(payers(paid), 8) + 80 * Math.min(events(paid) - 1, 3)
      const words = say("conduct.paid-out", { deposits: payers(paid), books: events(paid) })
      out.push({ conduct: "is-paid", stage: 9, strength: cap(strength), basis: "book", words, rows: paid })
    }
    const held = firm(rows, "holds-deposit")
    if (payers(held) >= 8) {
      const strength = 40 * Math.min(payers(held), 12)
      const words = say("conduct.holds", { deposits: payers(held) })
      out.push({ conduct: "holds-deposits", stage: 2, strength: cap(strength), basis: "book", words, rows: held })
    }
    return out
  },
}

const fares: ConductRule = {
  id: "conduct.fares",
  source: "sources §4 stages 2, 4-6; Smuggling Protocol Art. 6 (material benefit)",
  innocent: say("innocent.fares"),
  judge: (rows) => {
    const out: Judgement[] = []
    const paid = firm(rows, "is-paid-for-leg")
    if (towards(paid) >= 2 && events(paid) >= 2) {
      const words = say("conduct.fares", { people: towards(paid), events: events(paid) })
      out.push({
        conduct: "is-paid",
        stage: stageOf(paid),
        strength: cap(130 * Math.min(towards(paid), 4)),
        basis: "others' words",
        words,
        rows: paid,
      })
    }
    const drove = firm(rows, "drives-leg")
    if (events(drove) >= 2) {
      const words = say("conduct.drove", { events: events(drove) })
      out.push({
        conduct: "transports",
        stage: stageOf(drove),
        strength: cap(110 * Math.min(events(drove), 4)),
        basis: "others' words",
        words,
        rows: drove,
      })
    }
    return out
  },
}

const papers: ConductRule = {
  id: "conduct.false-papers",
  source: "sources §8; Identity Documents Act 2010 ss.4-6",
  innocent: say("innocent.papers"),
  judge: (rows) => {
    const found = firm(rows, "supplies-false-paper")
    const said = own(rows, "forges")
    const out: Judgement[] = []
    if (found.length >= 2) {
      const series = new Set(found.map((r) => r.code).filter(Boolean)).size
      const words =
        series > 0
          ? say("conduct.false-papers-series", { papers: found.length, series })
          : say("conduct.false-papers", { papers: found.length })
      out.push({
        conduct: "forges",
        stage: 3,
        strength: cap(150 * Math.min(found.length, 4) + 60 * Math.min(events(found) - 1, 2)),
        basis: "inspection",
        words,
        rows: found,
      })
    }
    if (said.length >= 2 && (towards(said) >= 2 || days(said) >= 2)) {
      const words = say("conduct.offers-papers", { people: towards(said), days: days(said) })
      out.push({
        conduct: "forges",
        stage: 3,
        strength: cap(110 * Math.min(Math.max(towards(said), days(said)), 5)),
        basis: "own words",
        words,
        rows: said,
      })
    }
    return out
  },
}

const houses: ConductRule = {
  id: "conduct.shelters",
  source: "sources §4 stage 6",
  innocent: say("innocent.shelters"),
  judge: (rows) => recurring(rows, "shelters", "shelters", 6),
}

const crews: ConductRule = {
  id: "conduct.recruits",
  source: "sources §4 stages 1, 8",
  innocent: say("innocent.recruits"),
  judge: (rows) =>
    recurring(
      rows.filter((r) => r.kind !== "post"),
      "recruits",
      "recruits",
      8,
    ),
}

function recurring(rows: readonly SubjectAct[], act: string, conduct: "shelters" | "recruits", stage: number): Judgement[] {
  const said = own(rows, act)
  const times = Math.max(towards(said), days(said))
  if (said.length < 2 || times < 2 || isCustomer(rows, said)) return []
  const words = say(`conduct.${conduct}`, { days: days(said), people: towards(said) })
  return [
    { conduct, stage, strength: cap(110 * Math.min(times, 4) + 80 * Math.min(events(said) - 1, 2)), basis: "own words", words, rows: said },
  ]
}

const force: ConductRule = {
  id: "conduct.coerces",
  source: "Smuggling Protocol Art. 6(3): endangerment and inhuman treatment; sources §4 stage 6",
  innocent: say("innocent.coerces"),
  judge: (rows) => {
    const demands = own(rows, "ransom").filter((r) => r.confidence >= 80)
    const threats = own(rows, "threatens")
    const all = [...demands, ...threats]
    if (demands.length === 0 && (threats.length < 2 || towards(threats) < 2)) return []
    if (demands.length + threats.length < 2) return []
    const words = say("conduct.coerces", { demands: demands.length, threats: threats.length, people: towards(all) })
    return [
      {
        conduct: "coerces",
        stage: 6,
        strength: cap(180 * Math.min(demands.length, 2) + 90 * Math.min(threats.length, 3)),
        basis: "own words",
        words,
        rows: all,
      },
    ]
  },
}

const named: ConductRule = {
  id: "conduct.named",
  source: "sources §4: organisers are spoken of by nickname and seldom phone; sources §1: independent origins are counted",
  innocent: say("innocent.named"),
  judge: (rows) => {
    const out: Judgement[] = []
    // What a report asserts in its own column is weighed there: its sentence is the same statement once more.
    const weighed = new Set(
      rows.filter((r) => r.act.startsWith("stated:")).flatMap((r) => (r.root === null ? [r.record] : [r.record, r.root])),
    )
    for (const [act, conduct, each, saying] of [
      ["runs", "organises", 150, "conduct.named-runs"],
      ["takes-payment", "is-paid", 140, "conduct.named-paid"],
      ["transports", "transports", 110, "conduct.named-drives"],
    ] as const) {
      // "The boss" without a name is nobody in particular.
      // Without a word of boats or borders beside it a saying is weak: it counts where another event says the same.
      const told = rows.filter(
        (r) =>
          r.act === act &&
          r.confidence >= (act === "runs" ? TALK_FROM : COUNTED_FROM) &&
          r.actorType !== "title" &&
          r.basis !== "own words" &&
          (r.basis !== "stated by report" || (gradeWeight(r.grade) > 0 && !weighed.has(r.record) && !weighed.has(r.root ?? ""))),
      )
      // Tellers on one landing talk to each other: an event counts once, however many of them say it.
      const separate = occasions(told)
      const plain = occasions(told.filter((r) => r.confidence >= COUNTED_FROM))
      if (plain === 0 && separate < 2) continue
      const witnesses = new Set(told.map((r) => r.counterpart ?? r.root ?? r.record)).size
      // One weak saying counts nothing beside a plain one of the same event; events that agree are told independently.
      const strength = each * Math.min(separate, 5) + 30 * Math.min(witnesses - separate, 3)
      const words = say(saying, { tellers: witnesses, events: separate })
      out.push({ conduct, stage: stageOf(told), strength: cap(strength), basis: told[0]!.basis, words, rows: told })
    }
    return out
  },
}

const asked: ConductRule = {
  id: "conduct.asked",
  source: "sources §4 stage 2: customers turn to whom they know to offer",
  innocent: say("innocent.asked"),
  judge: (rows) => {
    const asks = rows.filter((r) => r.act === "is-asked" && r.confidence >= COUNTED_FROM)
    if (towards(asks) < 4 || events(asks) < 3) return []
    const words = say("conduct.asked", { people: towards(asks), events: events(asks) })
    // Support for other evidence only: by itself it never reaches the threshold of ranking.
    return [{ conduct: "organises", stage: 2, strength: Math.min(120, 30 * towards(asks)), basis: "others' words", words, rows: asks }]
  },
}

const payouts: ConductRule = {
  id: "conduct.releases",
  source: "sources §6: release on arrival; §4 stage 9",
  innocent: say("innocent.releases"),
  judge: (rows) => {
    const said = own(rows, "orders-release")
    const codes = new Set(said.map((r) => r.code).filter((c) => c !== null)).size
    if (codes < 4 || days(said) < 3 || isCustomer(rows, said)) return []
    const words = say("conduct.releases", { deposits: codes, days: days(said) })
    return [
      {
        conduct: "finances",
        stage: 9,
        strength: cap(70 * Math.min(codes, 6) + 60 * Math.min(events(said) - 1, 2)),
        basis: "own words",
        words,
        rows: said,
      },
    ]
  },
}

/** Written out by hand. */
export const CONDUCT_RULES: readonly ConductRule[] = [
  report,
  advert,
  contact,
  offers,
  orders,
  supply,
  seized,
  consignments,
  escrow,
  fares,
  papers,
  houses,
  crews,
  force,
  named,
  asked,
  payouts,
]
