import { type Draft, type Figure, figuresOf, isPiece, moneyNorm, moneyOf, saysNumber, smallAt } from "./amounts.ts"
import { DIGIT, type Folded, fold, foldWord, origin, type Token, tokensOf } from "./fold.ts"
import { type Hit, lexicon, spot } from "./lexicon.ts"
import { shapesOf } from "./patterns.ts"
import type { PlaceValue, Span, TextContext } from "./span.ts"
import { namesOf } from "./spoken-of.ts"
import { DEEDS } from "./tables/deeds.ts"
import { CLOCK, CLOCK_AFTER, DAYS } from "./tables/numbers.ts"
import { PLACE_ENDINGS, PLACES } from "./tables/places.ts"
import { THINGS } from "./tables/things.ts"

type Thing = keyof typeof THINGS
type Mark = "people" | "code" | "notCode" | "deposit" | "release" | "clock" | "clockAfter"

const places = lexicon<PlaceValue>(
  PLACES.map(([id, country, kind, spellings]) => [{ id, country, kind }, stemmed(spellings)] as const),
  PLACE_ENDINGS,
)
const things = lexicon<Thing>(Object.entries(THINGS) as [Thing, (typeof THINGS)[Thing]][])
const marks = lexicon<Mark>([
  ["people", DEEDS.people],
  ["code", DEEDS.code],
  ["notCode", DEEDS.notCode],
  ["deposit", DEEDS.deposit],
  ["release", DEEDS.release],
  ["clock", CLOCK],
  ["clockAfter", CLOCK_AFTER],
])
const days = lexicon<string>(DAYS)
const ITEMS: ReadonlySet<Thing> = new Set<Thing>(["boat", "engine", "gear", "safety", "document", "lorry"])
const DAY = 86_400_000

/** Names of five letters and more may carry a case ending. */
function stemmed(spellings: string): string {
  return spellings
    .split("|")
    .map((s) => (foldWord(s).replace(/[^\p{L}]/gu, "").length >= 5 && !/\p{Emoji_Presentation}/u.test(s) ? `${s}*` : s))
    .join("|")
}

/**
 * Reads what a free text speaks of: numbers, accounts, wallets, amounts, codes, places, times, things, and people by name, nickname
 * or title, in Sorani (both scripts), Kurmanji, Iraqi Arabic, Persian and Dari, Pashto, Turkish, English, French, German, Albanian and
 * Vietnamese. Pure; linear in the text. Spans come in order of `start`; a span may lie inside a `url`, otherwise none overlap.
 * A deposit's code needs a word for it beside three to five digits, and bank or log-in codes are left out. A one-time text is not
 * judged true: a span says what is spoken of, never who did what (`readActs`).
 */
export function readText(text: string, context: TextContext = {}): Span[] {
  if (text.length < 2) return []
  const folded = fold(text)
  return spansOf(folded, tokensOf(folded.s), context)
}

/** `readText` for a text that has been folded already. */
export function spansOf(folded: Folded, tokens: readonly Token[], context: TextContext): Span[] {
  const out = shapesOf(folded, context)
  if (tokens.length > 0) {
    const taken = new Uint8Array(folded.s.length)
    for (const d of out) taken.fill(1, d.from, d.to)
    const clear: Clear = (from, to) => {
      for (let k = from; k < to; k++) if (taken[k]) return false
      return true
    }
    const add = (d: Draft) => {
      taken.fill(1, d.from, d.to)
      out.push(d)
    }
    const found = spot(places, tokens, folded.vietnamese)
    for (const h of longestOf(found)) placeDraft(tokens, h, clear, add)
    const figures = figuresOf(folded, tokens).filter((f) => clear(f.from, f.to))
    const byFirst = new Map(figures.map((f) => [f.first, f]))
    const byLast = new Map(figures.map((f) => [f.last, f]))
    const seen = spot(marks, tokens, folded.vietnamese)
    for (const m of moneyOf(folded, tokens, figures))
      if (clear(m.from, m.to))
        add({ from: m.from, to: m.to, type: "money", norm: moneyNorm(m.value), value: m.value, confidence: m.confidence, why: m.why })
    times(folded, tokens, figures, seen, context, clear, add)
    codes(tokens, figures, seen, clear, add)
    counts(folded, tokens, byLast, seen, clear, add)
    const stuff = spot(things, tokens, folded.vietnamese)
    for (const h of longestOf(stuff)) itemDraft(folded, tokens, h, byFirst, byLast, clear, add)
    const nobody = new Int8Array(tokens.length)
    for (const h of found) nobody.fill(1, h.from, h.to)
    for (const h of stuff) nobody.fill(1, h.from, h.to)
    for (const h of seen) if (h.payload !== "clockAfter") nobody.fill(1, h.from, h.to)
    for (const d of namesOf(folded, tokens, (i) => nobody[i] === 1 || tokens[i]!.kind === DIGIT)) if (clear(d.from, d.to)) add(d)
  }
  return finish(folded, out)
}

function finish(folded: Folded, drafts: Draft[]): Span[] {
  return drafts
    .map(({ from, to, ...rest }) => {
      const { start, end } = origin(folded, from, to)
      return { start, end, ...rest, raw: folded.text.slice(start, end) }
    })
    .sort((a, b) => a.start - b.start || b.end - a.end)
}

/** Of hits that share tokens the longest, then the first. */
function longestOf<P>(hits: readonly Hit<P>[]): Hit<P>[] {
  const out: Hit<P>[] = []
  let upTo = 0
  for (let i = 0; i < hits.length; i++) {
    const h = hits[i]!
    if (h.from < upTo) continue
    let best = h
    for (let k = i + 1; k < hits.length && hits[k]!.from === h.from; k++) if (hits[k]!.to > best.to) best = hits[k]!
    out.push(best)
    upTo = best.to
  }
  return out
}

type Clear = (from: number, to: number) => boolean
type Add = (draft: Draft) => void

function placeDraft(tokens: readonly Token[], h: Hit<PlaceValue>, clear: Clear, add: Add): void {
  const from = tokens[h.from]!.from
  const to = tokens[h.to - 1]!.to
  if (clear(from, to))
    add({ from, to, type: "place", norm: h.payload.id, value: h.payload, confidence: 0.9, why: `a place of ${h.payload.country}` })
}

function times(
  folded: Folded,
  tokens: readonly Token[],
  figures: readonly Figure[],
  seen: readonly Hit<Mark>[],
  context: TextContext,
  clear: Clear,
  add: Add,
): void {
  for (const m of folded.s.matchAll(
    /(?<![\d.,:/+-])([01]?\d|2[0-3])[:.]([0-5]\d)(?![\d.:/]| ?%)(?: ?(am|pm|ص|م)(?![a-z\u0600-\u06ff]))?/g,
  )) {
    const to = m.index + m[0].length
    const colon = m[0].includes(":")
    if ((!colon && m[3] === undefined) || !clear(m.index, to)) continue
    const hour = (Number(m[1]) % 12) + (m[3] === "pm" || m[3] === "م" ? 12 : m[3] ? 0 : Number(m[1]) >= 12 ? 12 : 0)
    const norm = `${String(hour).padStart(2, "0")}:${m[2]}`
    add({ from: m.index, to, type: "time", norm, confidence: 0.9, why: "hours and minutes" })
  }
  const clocks = new Map(seen.flatMap((h) => (h.payload === "clock" ? [[h.to, h]] : [])))
  const clocksAfter = new Map(seen.flatMap((h) => (h.payload === "clockAfter" ? [[h.from, h]] : [])))
  for (const f of figures) {
    if (f.digits.length === 0 || f.digits.length > 2 || f.value > 24 || f.times !== 1 || !clear(f.from, f.to)) continue
    const before = clocks.get(f.first)
    const after = clocksAfter.get(f.last)
    const strong = after || (before && tokens[before.from]!.w.length > 2)
    if (!strong) continue
    const to = after ? tokens[after.to - 1]!.to : f.to
    if (!clear(f.from, to)) continue
    const late =
      after && f.value < 12 && (/^(?:pm|م|بعد)$/.test(tokens[after.from]!.w) || (f.value >= 6 && tokens[after.from]!.w === "شهو"))
    add({
      from: f.from,
      to,
      type: "time",
      norm: `${String(f.value + (late ? 12 : 0)).padStart(2, "0")}:00`,
      confidence: 0.75,
      why: "an hour beside a word for time",
    })
  }
  for (const h of longestOf(spot(days, tokens))) {
    const from = tokens[h.from]!.from
    const to = tokens[h.to - 1]!.to
    if (!clear(from, to)) continue
    const shift = { today: 0, tonight: 0, tomorrow: 1, yesterday: -1 }[h.payload]
    const at = context.at
    const day = shift !== undefined && at !== null && at !== undefined ? new Date(at + shift * DAY).toISOString().slice(0, 10) : null
    add({ from, to, type: "date", norm: day ?? h.payload, value: { relative: h.payload }, confidence: 0.8, why: "a word for a day" })
  }
}

/** Three to five digits beside a word for a deposit's code; never where the text is about log-ins, banks, doors or rooms. */
function codes(tokens: readonly Token[], figures: readonly Figure[], seen: readonly Hit<Mark>[], clear: Clear, add: Add): void {
  const cue = seen.filter((h) => h.payload === "code")
  const matter = seen.some((h) => h.payload === "release" || h.payload === "deposit")
  if (cue.length === 0 && !matter) return
  if (seen.some((h) => h.payload === "notCode")) return
  const cued = new Uint8Array(tokens.length)
  for (const h of cue) cued.fill(1, h.from, h.to)
  const freed = new Uint8Array(tokens.length)
  for (const h of seen) if (h.payload === "release") freed.fill(1, h.from, h.to)
  for (const f of figures) {
    if (f.digits.length < 3 || f.digits.length > 5 || f.times !== 1 || f.to - f.from !== f.digits.length || !clear(f.from, f.to)) continue
    const near = cued.subarray(Math.max(0, f.first - 3), f.last + 3).includes(1)
    // "Release 4471": a figure that no price would have.
    const numbered =
      matter && (saysNumber(tokens, f.first) || (f.value % 50 !== 0 && freed.subarray(Math.max(0, f.first - 3), f.last + 3).includes(1)))
    if (!near && !numbered) continue
    const year = f.digits.length === 4 && f.value >= 2015 && f.value <= 2030
    add({
      from: f.from,
      to: f.to,
      type: "code",
      norm: f.digits,
      confidence: year ? 0.4 : near ? 0.85 : 0.6,
      why: near ? "beside a word for a deposit's code" : "a number in a text about a deposit",
    })
  }
}

/** So many people: a figure, or a small number in words, before (or, with a piece word, after) a word for people. */
function counts(
  folded: Folded,
  tokens: readonly Token[],
  byLast: ReadonlyMap<number, Figure>,
  seen: readonly Hit<Mark>[],
  clear: Clear,
  add: Add,
): void {
  for (const h of seen) {
    if (h.payload !== "people") continue
    const number = numberBefore(tokens, byLast, h.from)
    if (!number) continue
    const to = tokens[h.to - 1]!.to
    if (
      number.value < 1 ||
      number.value > 2_000 ||
      !clear(number.from, to) ||
      /[\n.!?]/.test(folded.s.slice(number.to, tokens[h.from]!.from))
    )
      continue
    add({
      from: number.from,
      to,
      type: "count",
      norm: String(number.value),
      value: { count: number.value },
      confidence: 0.85,
      why: "so many people",
    })
  }
}

function numberBefore(
  tokens: readonly Token[],
  byLast: ReadonlyMap<number, Figure>,
  i: number,
): { value: number; from: number; to: number } | null {
  let at = i
  if (at > 0 && isPiece(tokens[at - 1]!.w)) at--
  const figure = byLast.get(at)
  if (figure && figure.digits.length > 0) return { value: figure.value, from: figure.from, to: figure.to }
  const previous = tokens[at - 1]
  if (!previous || previous.kind === DIGIT) return null
  const word = smallAt(tokens, at - 1)
  return word === null ? null : { value: word, from: previous.from, to: previous.to }
}

function itemDraft(
  folded: Folded,
  tokens: readonly Token[],
  h: Hit<Thing>,
  byFirst: ReadonlyMap<number, Figure>,
  byLast: ReadonlyMap<number, Figure>,
  clear: Clear,
  add: Add,
): void {
  if (!ITEMS.has(h.payload)) return
  const from = tokens[h.from]!.from
  const to = tokens[h.to - 1]!.to
  if (!clear(from, to)) return
  const before = numberBefore(tokens, byLast, h.from)
  const free = before && clear(before.from, before.to) && !/[\n.!?]/.test(folded.s.slice(before.to, from))
  let count = free ? before.value : null
  if (count === null) {
    // "بەلەم ٥ دانە", "boats x3": the figure follows and a piece word follows it or stands between.
    const next = isPiece(tokens[h.to]?.w) ? h.to + 1 : h.to
    const figure = byFirst.get(next)
    if (
      figure &&
      figure.digits.length > 0 &&
      figure.digits.length <= 3 &&
      clear(figure.from, figure.to) &&
      (next > h.to || isPiece(tokens[figure.last]?.w))
    )
      count = figure.value
  }
  add({
    from,
    to,
    type: "item",
    norm: h.payload,
    ...(count === null ? {} : { value: { count } }),
    confidence: 0.8,
    why: h.payload === "safety" ? "a thing that preserves life: never suspicious (BSAIA 2025 s.15)" : `a word for ${h.payload}`,
  })
}
