import { DIGIT, type Folded, foldWord, type Token } from "./fold.ts"
import { type Hit, type Lexicon, lexicon, spotAt } from "./lexicon.ts"
import type { MoneyValue, Span } from "./span.ts"
import { CURRENCIES, NUMBER_WORDS, PIECES, PRICE_WORDS, SMALL, TIMES, WHOLE } from "./tables/numbers.ts"

/** A number in the text, in digits or words, with the tokens that it takes up. */
export interface Figure {
  value: number
  /** Digits as written without separators; empty for words. */
  digits: string
  /** Folded range. */
  from: number
  to: number
  /** Tokens, half-open, multiplier included. */
  first: number
  last: number
  /** A multiplier stood beside it ("3 thousand", "2k"). */
  times: number
}

type Unit = (typeof CURRENCIES)[number][0]

const currencies = lexicon<Unit>(CURRENCIES)
const times = lexicon<number>(TIMES)
const small = lexicon<number>(SMALL)
const whole = lexicon<number>(WHOLE)
const prices = lexicon<true>([[true, PRICE_WORDS]])
const numberWords = lexicon<true>([[true, NUMBER_WORDS]])
const pieces = new Set(PIECES.split("|").map(foldWord))

/** A word that may stand between a number and the thing counted; the Sorani one takes endings. */
export const isPiece = (w: string | undefined) => w !== undefined && (pieces.has(w) || w.startsWith("دانه"))

const FIGURE = /\d{1,3}(?:[ ,.']\d{3})+(?![\d])(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d{1,2}(?!\d))?/g

/** The longest hit of a lexicon at a token, or null. */
export function longest<P>(lex: Lexicon<P>, tokens: readonly Token[], i: number): Hit<P> | null {
  if (i < 0 || i >= tokens.length) return null
  const hits: Hit<P>[] = []
  spotAt(lex, tokens, i, false, hits)
  let best: Hit<P> | null = null
  for (const h of hits) if (best === null || h.to > best.to) best = h
  return best
}

/** All figures. A thousands separator is one only when three digits follow each time. */
export function figuresOf(folded: Folded, tokens: readonly Token[]): Figure[] {
  const out: Figure[] = []
  let t = 0
  if (/\d/.test(folded.s))
    for (const match of folded.s.matchAll(FIGURE)) {
      const from = match.index
      let to = from + match[0].length
      while (t < tokens.length && tokens[t]!.to <= from) t++
      let last = t
      while (last < tokens.length && tokens[last]!.from < to) last++
      let value = figureValue(match[0])
      const digits = match[0].replace(/\D/g, "")
      let factor = 1
      const multiplier = digits.length <= 4 ? longest(times, tokens, last) : null
      const gap = tokens[last] ? tokens[last]!.from - to : 9
      if (multiplier && gap <= 1) {
        factor = multiplier.payload
        value *= factor
        last = multiplier.to
        to = tokens[last - 1]!.to
      }
      out.push({ value, digits, from, to, first: t, last, times: factor })
    }
  inWords(tokens, out)
  return out.sort((a, b) => a.from - b.from)
}

/** "two thousand", "دوو هەزار", "الفين": only where a multiplier makes it a figure, since "two" alone is in every sentence. */
function inWords(tokens: readonly Token[], out: Figure[]): void {
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i]!.kind === DIGIT) continue
    const one = longest(whole, tokens, i)
    if (one) {
      out.push({ value: one.payload, digits: "", from: tokens[i]!.from, to: tokens[one.to - 1]!.to, first: i, last: one.to, times: 1000 })
      i = one.to - 1
      continue
    }
    const unit = longest(small, tokens, i)
    if (!unit) continue
    const factor = longest(times, tokens, unit.to)
    if (!factor || tokens[unit.to]!.w === "k") continue
    const to = tokens[factor.to - 1]!.to
    out.push({
      value: unit.payload * factor.payload,
      digits: "",
      from: tokens[i]!.from,
      to,
      first: i,
      last: factor.to,
      times: factor.payload,
    })
    i = factor.to - 1
  }
}

/** A small number in words at a token ("two boats"). */
export const smallAt = (tokens: readonly Token[], i: number): number | null => longest(small, tokens, i)?.payload ?? null

function figureValue(written: string): number {
  if (/^\d{1,3}(?:[ ,.']\d{3})+(?:[.,]\d{1,2})?$/.test(written)) {
    const fraction = /[.,](\d{1,2})$/.exec(written)
    const head = fraction ? written.slice(0, -fraction[0].length) : written
    return Number(head.replace(/\D/g, "")) + (fraction ? Number(`0.${fraction[1]}`) : 0)
  }
  return Number(written.replace(",", "."))
}

export interface Money {
  figure: Figure
  from: number
  to: number
  value: MoneyValue
  confidence: number
  why: string
}

/**
 * Amounts: a figure beside a currency or the trade's units (a daftar or shadda of 10 000 and a waraqa of 100 US dollars), with `k`, or
 * with a price word near it. A toman is ten rial. An amount without its currency stays without one.
 */
export function moneyOf(folded: Folded, tokens: readonly Token[], figures: readonly Figure[]): Money[] {
  const out: Money[] = []
  const near = (i: number) => {
    for (let k = Math.max(0, i - 3); k < i; k++) if (longest(prices, tokens, k)) return true
    return longest(prices, tokens, i) !== null
  }
  for (const [n, figure] of figures.entries()) {
    const after = longest(currencies, tokens, figure.last)
    const before = figure.first > 0 ? longest(currencies, tokens, figure.first - 1) : null
    const gapAfter = after ? folded.s.slice(figure.to, tokens[after.from]!.from) : ""
    const gapBefore = before ? folded.s.slice(tokens[before.from]!.to, figure.from) : ""
    if (after && /^[ .-]{0,2}$/.test(gapAfter)) {
      const unit = after.payload
      if (unit.slang && figure.value > 99) continue
      out.push(money(figure, figure.from, tokens[after.to - 1]!.to, unit))
    } else if (before && !before.payload.slang && before.to === figure.first && /^ {0,2}$/.test(gapBefore)) {
      out.push(money(figure, tokens[before.from]!.from, figure.to, before.payload))
    } else {
      const next = figures[n + 1]
      const joint = next ? folded.s.slice(figure.to, next.from) : ""
      const far = next ? longest(currencies, tokens, next.last) : null
      if (next && far && !far.payload.slang && /^ ?(?:-|to|تا|bis|بو|ila|الی|الى|a) ?$/.test(joint))
        out.push({ ...money(figure, figure.from, figure.to, far.payload), why: "the first figure of a range of amounts" })
      else if (figure.times === 1000 && figure.to > figure.from && /k$/.test(folded.s.slice(figure.from, figure.to)))
        out.push(bare(figure, 0.6, "thousands written with k"))
      else if ((figure.digits.length >= 3 || figure.times > 1) && figure.value >= 100 && figure.value % 50 === 0 && near(figure.first))
        out.push(bare(figure, 0.55, "beside a word for price"))
    }
  }
  return out
}

function money(figure: Figure, from: number, to: number, unit: Unit): Money {
  const amount = figure.value * unit.times
  const why = unit.slang
    ? `${unit.times.toLocaleString("en-GB")} US dollars each, as the trade counts`
    : unit.currency === "IRR" && unit.times === 10
      ? "toman, ten rial each"
      : "a figure beside a currency"
  return { figure, from, to, value: { amount, currency: unit.currency }, confidence: unit.slang ? 0.75 : 0.95, why }
}

const bare = (figure: Figure, confidence: number, why: string): Money => ({
  figure,
  from: figure.from,
  to: figure.to,
  value: { amount: figure.value, currency: null },
  confidence,
  why,
})

export const moneyNorm = (v: MoneyValue) => `${v.currency ?? "?"}:${v.amount}`

/** Whether a word for "number" stands in the three tokens before `i`. */
export function saysNumber(tokens: readonly Token[], i: number): boolean {
  for (let k = Math.max(0, i - 2); k < i; k++) if (longest(numberWords, tokens, k)) return true
  return false
}

/** A span without its raw text, as the readers build it. */
export type Draft = Omit<Span, "start" | "end" | "raw"> & { from: number; to: number }
