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
/** The same between scripts, where no score is as high. */
const JOINED_ACROSS = 0.84

function joined(words: readonly Spoken[], at: number, rules: ReadonlySet<Rule>): Spoken | null {
  const [one, two] = [words[at]!, words[at + 1]!]
  if (one.kind !== "name" || two.kind !== "name") return null
  const text = one.text + two.text
  return spoken({ text, core: text, kind: "name" }, at, one.vowel > 0.2 && one.arabic, rules)
}

interface Joined {
  apart: number
  whole: number
  like: Likeness
  weight: number
}

function joinedPairs(
  apart: readonly Spoken[],
  loose: ReadonlySet<number>,
  whole: readonly Spoken[],
  open: ReadonlySet<number>,
  rules: ReadonlySet<Rule>,
): Joined[] {
  const out: Joined[] = []
  for (let at = 0; at + 1 < apart.length; at++) {
    if (!loose.has(at) && !loose.has(at + 1)) continue
    const [one, two] = [apart[at]!, apart[at + 1]!]
    for (const place of open) {
      const other = whole[place]!
      const across = other.arabic !== one.arabic
      const longer = across
        ? other.bones.length - one.bones.length - two.bones.length
        : other.letters.length - one.letters.length - two.letters.length
      if (other.kind !== "name" || Math.abs(longer) > 2) continue
      const together = joined(apart, at, rules)
      if (!together) continue
      const like = likeness(together, other, rules)
      if (like.score >= (across ? JOINED_ACROSS : JOINED))
        out.push({ apart: at, whole: place, like, weight: Math.max(other.weight, one.weight + two.weight) })
    }
  }
  return out
}

/** Best pairs first, each word once; ties by position. */
function chosen(all: Pair[]): Pair[] {
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

export function align(left: readonly Spoken[], right: readonly Spoken[], rules: ReadonlySet<Rule>): Pair[] {
  const all: Pair[] = []
  for (const a of left) {
    for (const b of right) {
      const like = likeness(a, b, rules)
      if (like.level !== "different") all.push({ ...like, a: [a.at], b: [b.at], weight: Math.max(a.weight, b.weight) })
    }
  }
  if (all.length === 0 && left.length === 1 && right.length === 1) return all
  const pairs = chosen(all)
  const [aloneLeft, aloneRight] = [alone(left, pairs, "a"), alone(right, pairs, "b")]
  if (!rules.has("joined") || aloneLeft.size === 0 || aloneRight.size === 0) return pairs
  const more: Pair[] = [
    ...joinedPairs(left, aloneLeft, right, aloneRight, rules).map(({ apart, whole, like, weight }) => ({
      ...like,
      a: [apart, apart + 1],
      b: [whole],
      weight,
    })),
    ...joinedPairs(right, aloneRight, left, aloneLeft, rules).map(({ apart, whole, like, weight }) => ({
      ...like,
      a: [whole],
      b: [apart, apart + 1],
      weight,
    })),
  ]
  return more.length === 0 ? pairs : chosen([...all, ...more])
}

/** Places of words that stand for none of the other name. */
export function alone(words: readonly Spoken[], pairs: readonly Pair[], side: "a" | "b"): Set<number> {
  const places = new Set<number>()
  for (let at = 0; at < words.length; at++) if (!pairs.some((pair) => pair[side].includes(at))) places.add(at)
  return places
}
