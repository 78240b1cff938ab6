import { type Act, actsOfFolded } from "./acts.ts"
import { type Folded, fold, origin, type Token, tokensOf } from "./fold.ts"
import { type Hit, lexicon, spot } from "./lexicon.ts"
import { spansOf } from "./read-text.ts"
import type { PlaceValue, Span, TextContext } from "./span.ts"
import { DEEDS } from "./tables/deeds.ts"
import { LIFE } from "./tables/life.ts"
import { THINGS } from "./tables/things.ts"

/** What can be at stake. */
export const LIFE_SIGNS = ["boat", "captive", "threat", "lone-child", "trafficking"] as const
export type LifeSignKind = (typeof LIFE_SIGNS)[number]

export interface LifeSign {
  kind: LifeSignKind
  /** How sure the reading is, 0 to 1; nothing below 0.5 is given. */
  confidence: number
  /** The words that carried it, in their order. */
  words: string
  start: number
  end: number
}

type Notion = keyof typeof LIFE | "help" | "sinking" | "boat" | "engine" | "lorry" | "unlessPaid" | "cash" | "daily" | "leisure" | "captive"

const notions = lexicon<Notion>([
  ...(Object.entries(LIFE) as [Notion, (typeof LIFE)[keyof typeof LIFE]][]),
  ...(["help", "sinking", "unlessPaid", "cash", "daily", "captive"] as const).map((n) => [n, DEEDS[n]] as const),
  ...(["boat", "engine", "lorry", "leisure"] as const).map((n) => [n, THINGS[n]] as const),
])

/** A place where people on the move are found. */
const EDGE: ReadonlySet<PlaceValue["kind"]> = new Set<PlaceValue["kind"]>(["camp", "coast", "border", "sea"])

interface Scene {
  has: (...any: Notion[]) => boolean
  act: (name: Act["act"]) => number
  point: boolean
  edge: boolean
  money: boolean
}

interface Finding {
  confidence: number
  by: readonly Notion[]
}

/** What each sign is read from, and what its words could innocently be. */
const RULES: readonly { kind: LifeSignKind; innocent: string; judge: (s: Scene) => Finding | null }[] = [
  { kind: "boat", innocent: "a story, a song, a rescue that is over, a leak at home", judge: boat },
  { kind: "captive", innocent: "news passed on, a locked door, a figure of speech", judge: captive },
  { kind: "threat", innocent: "a joke among friends, a quarrel, a film", judge: threat },
  { kind: "lone-child", innocent: "a child at home or at school", judge: loneChild },
  { kind: "trafficking", innocent: "a complaint about a job, a lost passport", judge: trafficking },
]

function boat(s: Scene): Finding | null {
  const by = ["sinking", "help", "boat", "engine"] as const
  const distress = s.act("distress")
  if (s.has("sinking") && s.has("help") && (s.point || s.has("boat", "engine"))) return { confidence: Math.max(distress, 0.9), by }
  if (s.has("sinking") && s.point) return { confidence: 0.85, by }
  return distress >= 0.55 ? { confidence: distress, by } : null
}

function captive(s: Scene): Finding | null {
  const by = ["held", "captive", "unlessPaid", "help", "cash", "kill"] as const
  const asked = s.act("ransom")
  if (asked >= 0.6) return { confidence: asked, by }
  if (!s.has("held")) return null
  if (s.has("unlessPaid", "kill") || s.money || s.has("cash")) return { confidence: 0.85, by }
  if (s.has("help") || s.point) return { confidence: 0.75, by }
  return s.edge || s.has("onTheWay") ? { confidence: 0.6, by } : null
}

function threat(s: Scene): Finding | null {
  if (!s.has("kill")) return null
  const by = ["kill", "unlessPaid", "held", "help", "cash"] as const
  if (s.has("unlessPaid", "held", "captive")) return { confidence: 0.85, by }
  if (s.has("help") || s.money || s.has("cash")) return { confidence: 0.7, by }
  return s.edge || s.has("onTheWay", "boat") ? { confidence: 0.6, by } : null
}

function loneChild(s: Scene): Finding | null {
  if (!s.has("child") || !s.has("alone") || s.has("leisure")) return null
  const by = ["child", "alone", "onTheWay", "boat", "lorry"] as const
  const away = s.edge || s.point || s.has("onTheWay", "boat", "lorry")
  if (!away && s.has("daily")) return null
  if (away) return { confidence: 0.75, by }
  return s.has("help") ? { confidence: 0.6, by } : null
}

function trafficking(s: Scene): Finding | null {
  const by = ["forced", "papersTaken", "confined", "debtWork"] as const
  const count = by.filter((n) => s.has(n)).length
  if (count === 0) return null
  if (count > 1) return { confidence: 0.85, by }
  return s.has("forced") ? { confidence: 0.6, by } : null
}

/**
 * Signs in a free text that a life is at risk as it is written: a boat in distress, somebody held, a threat to life, a child alone on
 * the way, exploitation. Made to miss rather little: whoever gets them looks, and nothing follows from one but that somebody looks. Texts
 * about the past, about stories and about rescues that are over give none, unless they go on to speak of now. Pure; linear in the text.
 */
export function readLifeSigns(text: string, context: TextContext = {}): { signs: LifeSign[]; spans: Span[] } {
  const none = { signs: [], spans: [] }
  if (text.length < 6) return none
  const folded = fold(text)
  const tokens = tokensOf(folded.s)
  const hits = spot(notions, tokens, folded.vietnamese)
  // Most texts stop here: nothing in them can carry a sign.
  if (!hits.some((h) => CARRIES.has(h.payload))) return none
  const spans = spansOf(folded, tokens, context)
  const scene = sceneOf(hits, spans, actsOfFolded(folded, tokens, spans))
  if (isElsewhere(scene)) return none
  const signs = RULES.flatMap(({ kind, judge }) => {
    const found = judge(scene)
    if (!found) return []
    const carried = hits.filter((h) => found.by.includes(h.payload)).sort((a, b) => a.from - b.from || b.to - a.to)
    return [{ kind, confidence: found.confidence, ...wordsOf(folded, tokens, carried) }]
  })
  return { signs, spans }
}

const CARRIES: ReadonlySet<Notion> = new Set<Notion>([
  "sinking",
  "help",
  "held",
  "captive",
  "kill",
  "child",
  "forced",
  "papersTaken",
  "confined",
  "debtWork",
])

/** Somewhere else than here and now. A point on the map beside a cry for help is no story. */
const isElsewhere = (s: Scene): boolean => {
  if (s.point && s.has("help")) return false
  if (s.has("story")) return true
  return s.has("past", "resolved") && !s.has("now")
}

function sceneOf(hits: readonly Hit<Notion>[], spans: readonly Span[], acts: readonly Act[]): Scene {
  const there = new Set(hits.map((h) => h.payload))
  return {
    has: (...any) => any.some((n) => there.has(n)),
    act: (name) => Math.max(0, ...acts.filter((a) => a.act === name).map((a) => a.confidence)),
    point: spans.some((s) => s.type === "coordinates"),
    edge: spans.some((s) => s.type === "place" && EDGE.has((s.value as PlaceValue).kind)),
    money: spans.some((s) => s.type === "money"),
  }
}

function wordsOf(folded: Folded, tokens: readonly Token[], carried: readonly Hit<Notion>[]) {
  const first = carried[0]
  if (!first) return { words: "", start: 0, end: folded.text.length }
  const out: string[] = []
  let upTo = -1
  for (const h of carried) {
    if (h.from < upTo) continue
    const { start, end } = origin(folded, tokens[h.from]!.from, tokens[h.to - 1]!.to)
    out.push(folded.text.slice(start, end))
    upTo = h.to
  }
  const last = Math.max(...carried.map((h) => h.to))
  return { words: out.slice(0, 8).join(" … "), ...origin(folded, tokens[first.from]!.from, tokens[last - 1]!.to) }
}
