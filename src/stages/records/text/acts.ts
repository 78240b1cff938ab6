import { RULES } from "./act-rules.ts"
import { DIGIT, type Folded, fold, origin, type Token, tokensOf } from "./fold.ts"
import { type Hit, lexicon, spot } from "./lexicon.ts"
import { spansOf } from "./read-text.ts"
import type { PlaceValue, Span, TextContext } from "./span.ts"
import { DEEDS } from "./tables/deeds.ts"
import { MOVES } from "./tables/moves.ts"
import { THINGS } from "./tables/things.ts"

export type ActName =
  | "offers-crossing"
  | "instructs-travel"
  | "sends-off" // so many people have gone: who counts them runs or serves the launch
  | "evades" // tells others to keep away from the police
  | "readies" // tells others to be ready to go at a time
  | "asks-price"
  | "asks-passage"
  | "confirms-arrival"
  | "orders-equipment"
  | "negotiates-supply"
  | "announces-deposit"
  | "orders-release"
  | "reports-payment"
  | "takes-payment" // somebody spoken of took money
  | "runs" // somebody spoken of is named as the one who runs it
  | "transports" // somebody spoken of drove the speaker
  | "steers" // somebody spoken of steered the boat: an act in an event, never a reason for rank
  | "recruits"
  | "forges"
  | "shelters"
  | "threatens"
  | "ransom"
  | "distress"

/** Whose act a sentence of this kind usually is. Nothing on the customer's side is conduct. */
export type Side = "facilitator" | "customer" | "risk to life"

export interface Act {
  act: ActName
  /** Whose act: of who wrote it, of whom it was written to, or of whom it speaks (`span` is an index into the spans given). */
  actor: { who: "sender" } | { who: "recipient" } | { who: "spoken-of"; span: number }
  side: Side
  /** Stage of the journey's script, 1 to 10 (advertise, pay in, papers, move, leg, shelter, equipment, launch, arrive and release, launder). */
  stage: number | null
  confidence: number
  /** The words that carried it, in their order. */
  words: string
  start: number
  end: number
  /** Rule that raised it. */
  rule: string
  /** How many boats, engines or people, where the text says so. */
  quantity: number | null
}

export type Notion = keyof typeof DEEDS | keyof typeof MOVES | keyof typeof THINGS

const notions = lexicon<Notion>([
  ...(Object.entries(THINGS) as [Notion, (typeof THINGS)[keyof typeof THINGS]][]),
  ...(Object.entries(DEEDS) as [Notion, (typeof DEEDS)[keyof typeof DEEDS]][]),
  ...(Object.entries(MOVES) as [Notion, (typeof MOVES)[keyof typeof MOVES]][]),
])

/** Longer readings of these notions take the shorter ones inside them away: "rescue boat" is no boat. */
const OVERRULE: ReadonlySet<Notion> = new Set<Notion>([
  "rescue",
  "leisure",
  "vehicle",
  "safety",
  "notCode",
  "official",
  "guarantee",
  "notYet",
])
const WINDOW = 80
const LONGEST = 8

/** What a window of text holds, as the rules see it. */
export interface Scene {
  has: (...any: Notion[]) => boolean
  hits: (notion: Notion) => readonly Hit<Notion>[]
  spans: readonly { span: Span; index: number }[]
  /** Token count. */
  size: number
  asks: boolean
  money: boolean
  /** A sum in the range of a fare, with or without its currency. */
  fare: boolean
  code: boolean
  reach: boolean
  when: boolean
  /** Countries of the places named. */
  countries: ReadonlySet<string>
  /** A place on the far side: Türkiye, Europe or the United Kingdom. */
  dest: boolean
  /** A launch coast, a camp or a border. */
  edge: boolean
  people: boolean
  counted: (item: "boat" | "engine") => number
  headcount: number
  laughs: boolean
}

/** What a stage or a whole journey has cost (sources §4), in any of the currencies that are asked; a bare number outside it is no fare. */
const FARE = { least: 700, most: 15_000 }

const HOME: ReadonlySet<string> = new Set(["IQ", "IR", "AF", "PK", "SY", "LB", "VN", "CN", "AE", "RU"])

/**
 * What the sentences of a text do. Precision before recall: a single word such as "ok" is no act, a question about a price is a
 * customer's act, and things that preserve life (BSAIA 2025 s.15) raise none. Pure; `spans` are those of `readText` for the same text.
 */
export function readActs(text: string, spans: readonly Span[], _context: TextContext = {}): Act[] {
  if (text.length < 2) return []
  const folded = fold(text)
  return actsOfFolded(folded, tokensOf(folded.s), spans)
}

/** `readText` and `readActs` with the text folded once. */
export function readFreeText(text: string, context: TextContext = {}): { spans: Span[]; acts: Act[] } {
  if (text.length < 2) return { spans: [], acts: [] }
  const folded = fold(text)
  const tokens = tokensOf(folded.s)
  const spans = spansOf(folded, tokens, context)
  return { spans, acts: actsOfFolded(folded, tokens, spans) }
}

/** `readActs` for a text that has been folded already. */
export function actsOfFolded(folded: Folded, tokens: readonly Token[], spans: readonly Span[]): Act[] {
  if (tokens.length === 0) return []
  const all = spot(notions, tokens, folded.vietnamese)
  if (all.length === 0 && !spans.some((s) => s.type === "coordinates")) return []
  const hits = overruled(all)
  const out: Act[] = []
  const seen = new Set<string>()
  for (const size of [WINDOW, 0]) {
    let h = 0
    let s = 0
    for (const [first, last] of windows(folded, tokens, size)) {
      while (h < hits.length && hits[h]!.from < first) h++
      let hEnd = h
      while (hEnd < hits.length && hits[hEnd]!.from < last) hEnd++
      const start = origin(folded, tokens[first]!.from, tokens[first]!.to).start
      const end = last < tokens.length ? origin(folded, tokens[last]!.from, tokens[last]!.to).start : folded.text.length
      while (s < spans.length && spans[s]!.start < start) s++
      let sEnd = s
      while (sEnd < spans.length && spans[sEnd]!.start < end) sEnd++
      if (hEnd > h || sEnd > s) read(folded, tokens, spans, hits.slice(h, hEnd), first, last, [s, sEnd], size === 0, out, seen)
      s = sEnd
    }
  }
  return out
}

function overruled(all: Hit<Notion>[]): Hit<Notion>[] {
  const lords = all.filter((h) => h.to - h.from > 1 && OVERRULE.has(h.payload))
  if (lords.length === 0) return all
  // For each token the longest of them that begins there: no phrase of the tables is longer than LONGEST tokens.
  const reachOf = new Map<number, number>()
  for (const l of lords) reachOf.set(l.from, Math.max(l.to, reachOf.get(l.from) ?? 0))
  return all.filter((h) => {
    if (OVERRULE.has(h.payload)) return true
    for (let from = Math.max(0, h.from - LONGEST); from <= h.from; from++) {
      const to = reachOf.get(from)
      if (to !== undefined && to >= h.to && to - from > h.to - h.from) return false
    }
    return true
  })
}

/** Runs of whole sentences of at most `size` tokens; with 0 every sentence alone. A longer sentence is cut. */
function windows(folded: Folded, tokens: readonly Token[], size: number): [number, number][] {
  const out: [number, number][] = []
  let first = 0
  let stop = 0
  const most = size || WINDOW
  for (let i = 0; i < tokens.length; i++) {
    const last = i + 1 === tokens.length
    const gap = last ? "" : folded.s.slice(tokens[i]!.to, tokens[i + 1]!.from)
    const ends = last || /[.!?;\n]/.test(gap)
    if (ends) stop = i + 1
    if (last || (ends && size === 0) || i + 1 - first >= most) {
      const cut = stop > first ? (last && i + 1 - first < most ? i + 1 : stop) : i + 1
      out.push([first, cut])
      first = cut
    }
  }
  if (first < tokens.length) out.push([first, tokens.length])
  return out
}

function read(
  folded: Folded,
  tokens: readonly Token[],
  spans: readonly Span[],
  all: readonly Hit<Notion>[],
  first: number,
  last: number,
  within: readonly [number, number],
  sentence: boolean,
  out: Act[],
  seen: Set<string>,
): void {
  const hits = all.filter((h) => h.to <= last)
  const start = origin(folded, tokens[first]!.from, tokens[first]!.to).start
  const end = origin(folded, tokens[last - 1]!.from, tokens[last - 1]!.to).end
  const inside = spans.slice(within[0], within[1]).map((span, k) => ({ span, index: within[0] + k }))
  const scene = sceneOf(folded, tokens, hits, inside, first, last)
  for (const rule of RULES) {
    if ((rule.per === "sentence") !== sentence) continue
    const found = rule.judge(scene)
    if (!found) continue
    const carried = hits.filter((h) => found.by.includes(h.payload)).sort((a, b) => a.from - b.from)
    const actor = found.actor ?? { who: "sender" as const }
    const key = `${rule.act}|${actor.who}|${"span" in actor ? spans[actor.span]!.norm : ""}`
    if (seen.has(key)) continue
    seen.add(key)
    const range = carried.length > 0 ? reach(folded, tokens, carried) : { start, end }
    out.push({
      act: rule.act,
      actor,
      side: rule.side,
      stage: rule.stage,
      confidence: found.confidence,
      words: wordsOf(folded, tokens, carried),
      start: range.start,
      end: range.end,
      rule: rule.id,
      quantity: found.quantity ?? null,
    })
  }
}

function reach(folded: Folded, tokens: readonly Token[], carried: readonly Hit<Notion>[]): { start: number; end: number } {
  const to = Math.max(...carried.map((h) => h.to))
  return origin(folded, tokens[carried[0]!.from]!.from, tokens[to - 1]!.to)
}

function wordsOf(folded: Folded, tokens: readonly Token[], carried: readonly Hit<Notion>[]): string {
  const out: string[] = []
  let upTo = -1
  for (const h of carried) {
    if (h.from < upTo) continue
    const { start, end } = origin(folded, tokens[h.from]!.from, tokens[h.to - 1]!.to)
    out.push(folded.text.slice(start, end))
    upTo = h.to
    if (out.length === 8) break
  }
  return out.join(" … ")
}

/** A number of three to five digits in the range of a fare that is no part of a phone number, a time, a date or a code. */
function fareIn(
  folded: Folded,
  tokens: readonly Token[],
  spans: readonly { span: Span; index: number }[],
  first: number,
  last: number,
): boolean {
  const inRange = (n: number) => n >= FARE.least && n <= FARE.most
  if (spans.some(({ span }) => span.type === "money" && inRange((span.value as { amount: number }).amount))) return true
  for (let i = first; i < last; i++) {
    const t = tokens[i]!
    if (t.kind !== DIGIT || t.w.length > 5 || !inRange(Number(t.w))) continue
    const { start, end } = origin(folded, t.from, t.to)
    if (!spans.some(({ span }) => span.start < end && span.end > start)) return true
  }
  return false
}

function sceneOf(
  folded: Folded,
  tokens: readonly Token[],
  hits: readonly Hit<Notion>[],
  spans: readonly { span: Span; index: number }[],
  first: number,
  last: number,
): Scene {
  const by = new Map<Notion, Hit<Notion>[]>()
  for (const h of hits) {
    const at = by.get(h.payload)
    if (at) at.push(h)
    else by.set(h.payload, [h])
  }
  const to = last < tokens.length ? tokens[last]!.from : folded.s.length
  const s = folded.s.slice(tokens[first]!.from, to)
  const places = spans.filter(({ span }) => span.type === "place").map(({ span }) => span.value as PlaceValue)
  const type = (...types: Span["type"][]) => spans.some(({ span }) => types.includes(span.type))
  const countries = new Set(places.map((p) => p.country))
  const counted = (item: "boat" | "engine") =>
    Math.max(
      0,
      ...spans
        .filter(({ span }) => span.type === "item" && span.norm === item)
        .map(({ span }) => (span.value as { count?: number } | undefined)?.count ?? 1),
    )
  const headcount = Math.max(
    0,
    ...spans.filter(({ span }) => span.type === "count").map(({ span }) => (span.value as { count: number }).count),
  )
  return {
    has: (...any) => any.some((n) => by.has(n)),
    hits: (n) => by.get(n) ?? [],
    spans,
    size: last - first,
    asks: s.includes("?") || by.has("howMuch"),
    money: type("money"),
    fare: fareIn(folded, tokens, spans, first, last),
    code: type("code"),
    reach: type("phone", "handle", "url", "email") || by.has("contact"),
    when: type("time", "date") || by.has("tonight"),
    countries,
    dest: [...countries].some((c) => !HOME.has(c)),
    edge: places.some((p) => p.kind === "camp" || p.kind === "coast" || p.kind === "border" || p.kind === "sea") || by.has("launch"),
    people: by.has("people"),
    counted,
    headcount,
    laughs: /😂|🤣|haha|هههه|خخخ|jaja|lol|kkkk/.test(s),
  }
}
