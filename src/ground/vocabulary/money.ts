/** Amounts of money as written in books, messages and slips: any digits, either habit of separators, words for thousands, currencies. */
import { CURRENCY_WORDS, type CurrencyWord, foldWord, MULTIPLIERS } from "./currencies.ts"
import { tidy } from "./digits.ts"

export type MoneyReading =
  | {
      ok: true
      /** In units of the currency. Toman are given in rials. */
      amount: number
      /** ISO 4217, or null when none is written and the context has none. */
      currency: string | null
      /** What was assumed, in words. */
      notes: string[]
    }
  | { ok: false; reason: string; raw: string }

const NUMBER = /\d(?:[\d.,'’٫٬/]|[ \u00a0](?=\d{3}(?!\d)))*/gu
const WORD = /[\p{L}][\p{L}\p{M}.$]*|[$€£₺₫؋]|us\$/gu

/** Reads digits with separators. Null when the separators make no sense. */
function numberOf(text: string, notes: string[]): number | null {
  const bare = text
    .replace(/[.,'’/]+$/, "")
    .replace(/[ \u00a0'’٬]/g, "")
    .replaceAll("٫", ".")
  const arabicDecimal = text.includes("٫")
  const slashed = /^\d{1,3}(?:\/\d{3})+$/.test(bare)
  if (slashed) {
    notes.push("strokes taken as thousands")
    return Number(bare.replaceAll("/", ""))
  }
  if (/^\d+$/.test(bare)) return Number(bare)
  if (!/^\d[\d.,]*$/.test(bare)) return null
  const last = Math.max(bare.lastIndexOf("."), bare.lastIndexOf(","))
  const mark = bare[last]!
  const other = mark === "." ? "," : "."
  const whole = bare.slice(0, last)
  const tail = bare.slice(last + 1)
  const grouped = (part: string, by: string) =>
    new RegExp(`^\\d{1,3}(?:\\${by}\\d{3})*$`).test(part) || new RegExp(`^\\d{1,2}(?:\\${by}\\d{2})*\\${by}\\d{3}$`).test(part)
  if (whole.includes(other)) return grouped(whole, other) ? Number(`${whole.replaceAll(other, "")}.${tail}`) : null
  if (whole.includes(mark)) return grouped(bare, mark) ? Number(bare.replaceAll(mark, "")) : null
  if (tail.length === 3 && whole.length <= 3 && whole !== "0" && !arabicDecimal) {
    notes.push(`"${mark}" before three digits taken as thousands`)
    return Number(whole + tail)
  }
  return Number(`${whole}.${tail}`)
}

/** Currency words in a text without its numbers, longest first, and what is left. */
function currenciesIn(text: string): { found: CurrencyWord[]; rest: string } {
  let rest = ` ${text} `
  const found: CurrencyWord[] = []
  for (const [word, currency] of LONGEST) {
    if (!rest.includes(word)) continue
    const sign = /^[^\p{L}]/u.test(word)
    const pattern = sign ? word : new RegExp(`(?<!\\p{L})(?:ال|ب)?${word.replace(/[.$]/g, "\\$&")}(?:s|ی|ە|ەکە|ان)?(?!\\p{L})`, "u")
    const without = rest.replace(pattern, " ")
    if (without === rest) continue
    rest = without
    found.push(currency)
  }
  return { found, rest }
}

const LONGEST = [...CURRENCY_WORDS].sort(([a], [b]) => b.length - a.length)

/**
 * Reads one amount. Several numbers add up only as `2 million 500 thousand`. `context.currency` fills in a missing currency and
 * says so. Does not throw; never guesses between two currencies.
 */
export function readMoney(raw: string, context: { currency?: string | undefined } = {}): MoneyReading {
  const refuse = (reason: string): MoneyReading => ({ ok: false, reason, raw })
  const text = foldWord(tidy(raw))
  if (text === "") return refuse("empty")
  if (text.length > 200) return refuse("far too long for an amount")
  const notes: string[] = []
  const negative = /^\(.*\)$/.test(text) || /^[^\d]*[-−](?=\s?[\d$€£])/.test(text)
  const numbers = [...text.matchAll(NUMBER)]
  if (numbers.length === 0) return refuse("no digits")
  let amount = 0
  let before = Number.POSITIVE_INFINITY
  let words = text.slice(0, numbers[0]!.index)
  for (const [at, number] of numbers.entries()) {
    const value = numberOf(number[0].trimEnd(), notes)
    if (value === null) return refuse(`"${number[0]}" has separators that make no sense`)
    let behind = text.slice(number.index + number[0].length, numbers[at + 1]?.index)
    let times = 1
    for (const word of behind.match(WORD) ?? []) {
      const factor = MULTIPLIERS.get(word)
      if (factor === undefined) break
      times *= factor
      behind = behind.replace(word, " ")
    }
    if (at > 0 && (times >= before || before === 1)) return refuse("several numbers")
    before = times
    amount += value * times
    words += ` ${behind}`
  }
  const { found } = currenciesIn(words.replace(/\s+/g, " "))
  const codes = new Set(found.map((word) => word.code))
  if (codes.size > 1) return refuse(`several currencies: ${[...codes].join(", ")}`)
  if (new Set(found.map((word) => word.times ?? 1)).size > 1) return refuse("rial and toman together")
  const word = found[0]
  if (word?.note) notes.push(word.note)
  if (!word && context.currency)
    notes.push(
      context.currency === "IRR"
        ? "currency not written: rials assumed, could be toman"
        : `currency not written: ${context.currency} assumed`,
    )
  // Sums of decimals such as 1.1 million must not end in 0000001.
  const exact = Math.round(amount * (word?.times ?? 1) * 1e6) / 1e6
  return { ok: true, amount: negative ? -exact : exact, currency: word?.code ?? context.currency ?? null, notes }
}
