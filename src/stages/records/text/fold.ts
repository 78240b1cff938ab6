/**
 * Folding that keeps the way back: every unit of the folded text knows the unit of the original that it came from, so that
 * rules are written once for all spellings and spans still point at the bytes as sent.
 */

/** Token classes. */
export const LATIN = 1
export const ARABIC = 2
export const DIGIT = 3
export const SYMBOL = 4

export interface Folded {
  text: string
  /** Folded and lower-case; invisible marks gone. */
  s: string
  /** Folded index to original index, with one more entry for the end; null when they are the same. */
  at: Int32Array | null
  /** Written with the letters of Vietnamese. */
  vietnamese: boolean
}

const VIETNAMESE = /[\u1ea0-\u1ef9\u01a0\u01a1\u01af\u01b0\u0103\u0111]/

const SKIP = 0xffff
const MAP = new Uint16Array(65_536)
const CLASS = new Uint8Array(65_536)

const pairs: [string, string][] = [
  ["يىېۍێ", "ی"],
  ["كڪ", "ک"],
  ["ګ", "گ"],
  ["ةەۀہھۃ", "ه"],
  ["أإآٱ", "ا"],
  ["ؤۆۇۈ", "و"],
  ["ڕړ", "ر"],
  ["ڵ", "ل"],
  ["ڤ", "ف"],
  ["ټ", "ت"],
  ["ډ", "د"],
  ["ڼ", "ن"],
  ["ښ", "ش"],
  ["ږ", "ژ"],
  ["ıİ", "i"],
  ["đĐð", "d"],
  ["øØ", "o"],
  ["łŁ", "l"],
  ["æÆ", "a"],
  ["œŒ", "o"],
  ["ß", "s"],
  ["’‘ʼ`´ʻ", "'"],
  ["“”„«»", '"'],
  ["،٬", ","],
  ["٫", "."],
  ["۔。", "."],
  ["؟", "?"],
  ["٪", "%"],
  ["؛", ";"],
  ["‐‑‒–—−", "-"],
  ["\u00a0\u2007\u202f\u2009", " "],
]

// The tables are filled once from Unicode's own decompositions; they are constants afterwards.
for (let c = 0; c < 65_536; c++) MAP[c] = c
for (let c = 0x41; c <= 0x5a; c++) MAP[c] = c + 32
for (const [from, to] of [
  [0xc0, 0x24f],
  [0x370, 0x52f],
  [0x1e00, 0x1eff],
] as const)
  for (let c = from; c <= to; c++) MAP[c] = String.fromCharCode(c).normalize("NFD").toLowerCase().charCodeAt(0)
for (const zero of [0x660, 0x6f0, 0x966, 0x9e6, 0xff10]) for (let d = 0; d < 10; d++) MAP[zero + d] = 48 + d
for (const [from, to] of pairs) for (const ch of from) MAP[ch.charCodeAt(0)] = to.charCodeAt(0)
for (const [from, to] of [
  [0x300, 0x36f],
  [0x610, 0x61a],
  [0x640, 0x640],
  [0x64b, 0x65f],
  [0x670, 0x670],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x2069],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
] as const)
  for (let c = from; c <= to; c++) MAP[c] = SKIP
for (let c = 0; c < 65_536; c++) {
  if (c >= 0x30 && c <= 0x39) CLASS[c] = DIGIT
  else if (c >= 0x61 && c <= 0x7a) CLASS[c] = LATIN
  else if (c >= 0x620 && c <= 0x6ff && c !== 0x66a && c !== 0x66d && c !== 0x6d4) CLASS[c] = ARABIC
  else if (c >= 0x250 && c <= 0x52f) CLASS[c] = LATIN
  else if (c >= 0xd800 && c <= 0xdbff) CLASS[c] = SYMBOL
  else if (c >= 0x2190 && c <= 0x2bff) CLASS[c] = SYMBOL
  else if (c === 0x24 || c === 0x25 || c === 0xa3 || c === 0x20ac || c === 0x20ba) CLASS[c] = SYMBOL
}

/** Folds a text, unit by unit; linear. */
export function fold(text: string): Folded {
  const units = text.length
  const out = new Uint16Array(units)
  let kept = 0
  let plain = true
  let at: Int32Array | null = null
  for (let i = 0; i < units; i++) {
    const c = text.charCodeAt(i)
    const to = MAP[c]!
    if (to === SKIP && c !== SKIP) {
      if (at === null) {
        at = new Int32Array(units + 1)
        for (let k = 0; k < kept; k++) at[k] = k
      }
      plain = false
      continue
    }
    if (to !== c) plain = false
    if (at !== null) at[kept] = i
    out[kept++] = to
  }
  if (at !== null) at[kept] = units
  return { text, s: plain ? text : wide(out, kept), at, vietnamese: !plain && VIETNAMESE.test(text) }
}

function wide(units: Uint16Array, n: number): string {
  if (n <= 4096) return String.fromCharCode.apply(null, units.subarray(0, n) as unknown as number[])
  const parts: string[] = []
  for (let i = 0; i < n; i += 4096)
    parts.push(String.fromCharCode.apply(null, units.subarray(i, Math.min(n, i + 4096)) as unknown as number[]))
  return parts.join("")
}

/** The original range of a folded range; marks that sit on its last letter belong to it. */
export function origin(folded: Folded, from: number, to: number): { start: number; end: number } {
  if (folded.at === null) return { start: from, end: to }
  const start = folded.at[from]!
  let end = to > from ? folded.at[to - 1]! + 1 : start
  while (end < folded.text.length && isMark(folded.text.charCodeAt(end))) end++
  return { start, end }
}

const isMark = (c: number) => (c >= 0x64b && c <= 0x65f) || (c >= 0x300 && c <= 0x36f) || c === 0x670

/** Folds a word of a table the same way as the text it is to be found in. */
export const foldWord = (word: string): string => fold(word.normalize("NFC")).s

export interface Token {
  w: string
  from: number
  to: number
  kind: number
}

/** Runs of letters, runs of digits and single symbols of a folded text; spaces and punctuation only separate. */
export function tokensOf(s: string): Token[] {
  const out: Token[] = []
  const n = s.length
  let i = 0
  while (i < n) {
    const kind = CLASS[s.charCodeAt(i)]!
    if (kind === 0) {
      i++
      continue
    }
    let to = i + 1
    if (kind === SYMBOL) {
      const c = s.charCodeAt(i)
      if (c >= 0xd800 && c <= 0xdbff && to < n) to++
    } else while (to < n && CLASS[s.charCodeAt(to)] === kind) to++
    out.push({ w: s.slice(i, to), from: i, to, kind })
    i = to
  }
  return out
}
