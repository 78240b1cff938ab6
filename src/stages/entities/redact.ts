import { fold } from "#names"
import { westernDigits } from "#vocabulary/digits"

/** What stands where the name or number of a protected person stood. */
export const REDACTED = "▒▒▒"

/** Numbers are told by their last digits, in whatever form they are written. */
const TELLING_DIGITS = 9
const MOST_WORDS = 8
const FEWEST_LETTERS = 2

/** Names (folded) and identifiers of people who may not be named. */
interface Secrets {
  names: Iterable<string>
  /** Normal forms and spellings: numbers, addresses, handles, document numbers. */
  identifiers: Iterable<string>
}

export interface Redactor {
  (text: string): string
  /** Where in a text something stands that is taken out. */
  stretches(text: string): Stretch[]
}

/**
 * Takes the names, numbers and other identifiers of protected people out of texts. A name goes where its words stand in their order, in
 * the spelling of any keyboard; it is not found in another script. Numbers go however they are spaced.
 */
export function redactor({ names, identifiers }: Secrets): Redactor {
  const phrases = new Set<string>()
  let longest = 0
  for (const name of names) {
    const words = wordsIn(name).map((w) => w.text)
    if (words.join("").length < FEWEST_LETTERS) continue
    const kept = words.slice(0, MOST_WORDS)
    phrases.add(kept.join(" "))
    longest = Math.max(longest, kept.length)
  }
  const digits = new Set<string>()
  const exact: string[] = []
  for (const identifier of identifiers) {
    const figures = westernDigits(identifier).replace(/\D/g, "")
    if (figures.length >= TELLING_DIGITS) digits.add(figures.slice(-TELLING_DIGITS))
    if (/\p{L}/u.test(identifier) && identifier.length >= FEWEST_LETTERS) exact.push(identifier.toLowerCase())
  }
  exact.sort((a, b) => b.length - a.length)
  const stretches = (text: string): Stretch[] =>
    phrases.size + digits.size + exact.length === 0
      ? []
      : [...phrasesIn(text, phrases, longest), ...numbersIn(text, digits), ...exactIn(text, exact)]
  return Object.assign((text: string) => cut(text, stretches(text)), { stretches })
}

type Stretch = readonly [start: number, end: number]

function wordsIn(text: string): { text: string; start: number; end: number }[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map((m) => ({ text: fold(m[0]), start: m.index, end: m.index + m[0].length }))
}

function phrasesIn(text: string, phrases: ReadonlySet<string>, longest: number): Stretch[] {
  const out: Stretch[] = []
  if (phrases.size === 0) return out
  const words = wordsIn(text)
  for (let at = 0; at < words.length; at++)
    for (let count = Math.min(longest, words.length - at); count > 0; count--) {
      const phrase = words
        .slice(at, at + count)
        .map((w) => w.text)
        .join(" ")
      if (!phrases.has(phrase)) continue
      out.push([words[at]!.start, words[at + count - 1]!.end])
      break
    }
  return out
}

function numbersIn(text: string, digits: ReadonlySet<string>): Stretch[] {
  const out: Stretch[] = []
  if (digits.size === 0) return out
  for (const m of text.matchAll(/\p{Nd}(?:[\s().\-/\u200e\u200f\u202a-\u202e\u2066-\u2069]{0,2}\p{Nd}){8,}/gu)) {
    const figures = westernDigits(m[0]).replace(/\D/g, "")
    for (let at = 0; at + TELLING_DIGITS <= figures.length; at++)
      if (digits.has(figures.slice(at, at + TELLING_DIGITS))) {
        out.push([m.index, m.index + m[0].length])
        break
      }
  }
  return out
}

function exactIn(text: string, exact: readonly string[]): Stretch[] {
  const out: Stretch[] = []
  const low = text.toLowerCase()
  // Lower case can be longer than what it stands for: then places would not fit, and the whole text goes.
  for (const one of exact)
    for (let at = low.indexOf(one); at >= 0; at = low.indexOf(one, at + one.length))
      out.push(low.length === text.length ? [at, at + one.length] : [0, text.length])
  return out
}

function cut(text: string, stretches: readonly Stretch[]): string {
  if (stretches.length === 0) return text
  let out = ""
  let from = 0
  for (const [start, end] of [...stretches].sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    if (end <= from) continue
    if (start >= from) out += `${text.slice(from, start)}${REDACTED}`
    from = end
  }
  return out + text.slice(from)
}

/** The same value with every string in it redacted, keys of objects left as they are. */
export function redacted<T>(value: T, redact: (text: string) => string): T {
  if (typeof value === "string") return redact(value) as T
  if (Array.isArray(value)) return value.map((v: unknown) => redacted(v, redact)) as T
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, redacted(v as unknown, redact)])) as T
  return value
}
