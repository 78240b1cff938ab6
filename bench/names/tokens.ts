/** Single words: names in Arabic letters beside their Latin spellings (public lists), and Sorani names as Arabic writes them. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { compareNames, MATCH } from "../../src/ground/names/index.ts"
import { arabicOf, dice, editDistance } from "./pairs.ts"
import { type Half, halfOf } from "./regional.ts"

export interface TokenFigures {
  pairs: number
  matched: number
  rate: number
}

export type TokenReport = Record<string, { right: TokenFigures; others: TokenFigures; alike: TokenFigures }>

/** Six of ten lines may be looked at. */
const SEEN = 154
const AT_MOST = 6_000

/** Spellings of the other side that one word has. */
type Spellings = Map<string, Set<string>>

function gathered(pairs: Iterable<readonly [string, string]>): Spellings {
  const out: Spellings = new Map()
  for (const [word, other] of pairs) out.set(word, (out.get(word) ?? new Set()).add(other))
  return out
}

function linesOf(shared: string, file: string): string[] {
  return readFileSync(join(shared, "names", file), "utf8")
    .trim()
    .split("\n")
}

export function spellingsOf(shared: string, list: string): Spellings {
  if (list === "ar2en-train.txt") return gathered(linesOf(shared, list).map((line) => line.split("\t") as [string, string]))
  if (list === "wd_arabic_64")
    return gathered(
      linesOf(shared, list).map((line) => {
        const [latin, arabic] = line.split("\t")
        return [arabic!.replaceAll(" ", ""), latin!] as const
      }),
    )
  return gathered(
    linesOf(shared, list)
      .filter((word) => !word.includes(" ") && word.length > 3)
      .map((word) => [word, arabicOf(word)] as const),
  )
}

export const TOKEN_LISTS = ["wd_arabic_64", "ar2en-train.txt", "sorani-proper-nouns.txt"] as const

/** What may be learnt from: spellings of the public lists in the part that may be looked at. */
export function seenSpellings(shared: string): [word: string, latin: string][] {
  return TOKEN_LISTS.slice(0, 2).flatMap((list) =>
    [...spellingsOf(shared, list)]
      .filter(([word]) => halfOf(word, SEEN) === "seen")
      .flatMap(([word, spellings]) => [...spellings].map((latin): [string, string] => [word, latin])),
  )
}

export interface TokenPair {
  word: string
  other: string
}

/** Right pairs of one half; with each, another word's spelling by chance, and one that is written nearly alike and is none of its own. */
export function tokenPairs(shared: string, list: string, half: Half): { right: TokenPair[]; others: TokenPair[]; alike: TokenPair[] } {
  const own = [...spellingsOf(shared, list)].filter(([word]) => halfOf(word, SEEN) === half)
  const draw = dice(own.length)
  const right = own.flatMap(([word, spellings]) => [...spellings].map((other) => ({ word, other })))
  // By first letter and length, so that a near one is found without a look at all.
  const bins = Map.groupBy(right, ({ other }) => `${other[0]} ${other.length}`)
  const chosen = right.length <= AT_MOST ? right : right.filter(() => draw(right.length) < AT_MOST)
  const spellings = new Map(own)
  const others = chosen.map(({ word }) => ({ word, other: right[draw(right.length)]!.other }))
  const alike = chosen.flatMap(({ word, other }) => {
    const near = [0, 1, -1]
      .flatMap((by) => bins.get(`${other[0]} ${other.length + by}`) ?? [])
      .filter(
        (one) => !spellings.get(word)!.has(one.other) && one.word !== word && editDistance(one.other, other) <= (other.length > 5 ? 2 : 1),
      )
    return near.length > 0 ? [{ word, other: near[draw(near.length)]!.other }] : []
  })
  return { right: chosen, others: others.filter(({ word, other }) => !spellings.get(word)!.has(other)), alike }
}

export function reportTokens(shared: string, half: Half): TokenReport {
  const rate = (pairs: readonly TokenPair[]): TokenFigures => {
    const matched = pairs.filter(({ word, other }) => compareNames(word, other).score >= MATCH).length
    return { pairs: pairs.length, matched, rate: Math.round((10_000 * matched) / Math.max(1, pairs.length)) / 10_000 }
  }
  return Object.fromEntries(
    TOKEN_LISTS.map((list) => {
      const { right, others, alike } = tokenPairs(shared, list, half)
      return [list, { right: rate(right), others: rate(others), alike: rate(alike) }]
    }),
  )
}
