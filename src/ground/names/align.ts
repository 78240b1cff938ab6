/** Which word of one name stands for which of the other. */
import { type Likeness, likeness } from "./likeness.ts"
import { type Spoken, spoken } from "./prepare.ts"
import type { Rule } from "./rules.ts"

export interface Pair extends Likeness {
  /** Places of the words; two where one side writes apart what the other writes together. */
  a: readonly number[]
  b: readonly number[]
  weight: number
}

/** Two words written together must agree better than single words. */
const JOINED = 0.9

function joined(words: readonly Spoken[], at: number, rules: ReadonlySet<Rule>): Spoken | null {
  const [one, two] = [words[at]!, words[at + 1]!]
  if (one.kind !== "name" || two.kind !== "name") return null
  const text = one.text + two.text
  return spoken({ text, core: text, kind: "name" }, at, rules)
}

function joinedPairs(
  apart: readonly Spoken[],
  whole: readonly Spoken[],
  rules: ReadonlySet<Rule>,
): { apart: number; whole: number; like: Likeness; weight: number }[] {
  const out: { apart: number; whole: number; like: Likeness; weight: number }[] = []
  for (let at = 0; at + 1 < apart.length; at++) {
    const length = apart[at]!.letters.length + apart[at + 1]!.letters.length
    whole.forEach((other, place) => {
      if (other.kind !== "name" || Math.abs(other.letters.length - length) > 2) return
      const together = joined(apart, at, rules)
      if (!together) return
      const like = likeness(together, other, rules)
      if (like.score >= JOINED)
        out.push({ apart: at, whole: place, like, weight: Math.max(other.weight, apart[at]!.weight + apart[at + 1]!.weight) })
    })
  }
  return out
}

/** Best pairs first, each word once; ties by position. */
export function align(left: readonly Spoken[], right: readonly Spoken[], rules: ReadonlySet<Rule>): Pair[] {
  const all: Pair[] = []
  for (const a of left) {
    for (const b of right) {
      const like = likeness(a, b, rules)
      if (like.level !== "different") all.push({ ...like, a: [a.at], b: [b.at], weight: Math.max(a.weight, b.weight) })
    }
  }
  if (rules.has("joined")) {
    for (const { apart, whole, like, weight } of joinedPairs(left, right, rules))
      all.push({ ...like, a: [apart, apart + 1], b: [whole], weight })
    for (const { apart, whole, like, weight } of joinedPairs(right, left, rules))
      all.push({ ...like, a: [whole], b: [apart, apart + 1], weight })
  }
  all.sort(
    (x, y) =>
      y.score - x.score ||
      y.a.length + y.b.length - x.a.length - x.b.length ||
      Math.abs(x.a[0]! - x.b[0]!) - Math.abs(y.a[0]! - y.b[0]!) ||
      x.a[0]! + x.b[0]! - (y.a[0]! + y.b[0]!) ||
      x.a[0]! - y.a[0]!,
  )
  const usedA = new Set<number>()
  const usedB = new Set<number>()
  return all.filter((pair) => {
    if (pair.a.some((at) => usedA.has(at)) || pair.b.some((at) => usedB.has(at))) return false
    for (const at of pair.a) usedA.add(at)
    for (const at of pair.b) usedB.add(at)
    return true
  })
}
