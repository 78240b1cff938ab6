/** Ways to say how alike two names are, for comparison: each gives 0 to 1, and its mark is chosen on the tuning half. */
import { compareNames, key } from "../../src/ground/names/index.ts"
import { editDistance } from "./pairs.ts"

const tidy = (name: string) =>
  name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, " ")
    .trim()

export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1)
  const taken = new Array<boolean>(b.length).fill(false)
  const left: string[] = []
  for (let i = 0; i < a.length; i++)
    for (let j = Math.max(0, i - reach); j <= Math.min(b.length - 1, i + reach); j++)
      if (!taken[j] && a[i] === b[j]) {
        taken[j] = true
        left.push(a[i]!)
        break
      }
  if (left.length === 0) return 0
  const right = [...b].filter((_, j) => taken[j])
  const moved = left.filter((c, i) => c !== right[i]).length / 2
  const jaro = (left.length / a.length + left.length / b.length + (left.length - moved) / left.length) / 3
  let prefix = 0
  while (prefix < 4 && a[prefix] !== undefined && a[prefix] === b[prefix]) prefix++
  return jaro + prefix * 0.1 * (1 - jaro)
}

const CODES: Readonly<Record<string, string>> = Object.fromEntries(
  ["bfpv", "cgjkqsxz", "dt", "l", "mn", "r"].flatMap((letters, n) => [...letters].map((c) => [c, String(n + 1)])),
)

/** American Soundex of each word (letters that are not Latin as they are). */
function soundex(word: string): string {
  if (!/^[a-z]+$/.test(word)) return word
  let out = word[0]!
  let last = CODES[word[0]!] ?? ""
  for (const c of word.slice(1)) {
    const code = CODES[c] ?? ""
    if (code && code !== last) out += code
    if (c !== "h" && c !== "w") last = code
  }
  return out.padEnd(4, "0").slice(0, 4)
}

/** Share of words in common, by what `of` makes of each. */
function shared(a: string, b: string, of: (word: string) => string): number {
  const [left, right] = [tidy(a).split(" ").map(of), tidy(b).split(" ").map(of)]
  const rest = [...right]
  const common = left.filter((word) => {
    const at = rest.indexOf(word)
    if (at >= 0) rest.splice(at, 1)
    return at >= 0
  }).length
  return (2 * common) / (left.length + right.length)
}

export interface Method {
  name: string
  score: (a: string, b: string) => number
  /** A mark that is part of the method; else the best on the tuning half. */
  mark?: number
}

export const METHODS: readonly Method[] = [
  { name: "Linchpin", score: (a, b) => compareNames(a, b).score, mark: 0.7 },
  { name: "Linchpin's key alone", score: (a, b) => (key(a) === key(b) ? 1 : 0), mark: 1 },
  { name: "Jaro-Winkler", score: (a, b) => jaroWinkler(tidy(a), tidy(b)) },
  {
    name: "Jaro-Winkler, words sorted",
    score: (a, b) => jaroWinkler(tidy(a).split(" ").sort().join(" "), tidy(b).split(" ").sort().join(" ")),
  },
  {
    name: "Levenshtein",
    score: (a, b) => 1 - editDistance(tidy(a), tidy(b)) / Math.max(tidy(a).length, tidy(b).length, 1),
  },
  { name: "Soundex of each word", score: (a, b) => shared(a, b, soundex) },
  { name: "same words", score: (a, b) => shared(a, b, (word) => word) },
]
