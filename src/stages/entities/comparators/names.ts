import { aloud, compareNames, fold, tokenKeys, wordsOf } from "#names"
import type { Packed } from "../linkage/packed.ts"
import { type Comparator, remembered } from "./comparator.ts"
import { alike, edits } from "./letters.ts"

/** Levels of one part of a name. */
export const PART = { none: 0, different: 1, loose: 2, near: 3, form: 4, same: 5, exchanged: 6, initial: 7 } as const
const PART_LEVELS = [
  "not stated by both",
  "different",
  "loosely alike",
  "one letter apart, or much alike",
  "the same sound, or a form of the same name",
  "the same",
  "the same, given and family name exchanged",
  "an initial that fits",
]

interface Part {
  folded: string
  /** Read aloud out of a script without rules of its own: what agrees is alike, never the same. */
  heard: boolean
  /** First letters that stand beside the name. */
  initials: string
  /** The generation that a suffix tells: senior, junior, the second … */
  generation: number | null
  joined: string
  /** `joined` by the places in the mouth at which its consonants are made. */
  mouth: string
  words: readonly string[]
  sounds: string
}

function partOf(stated: string): Part {
  const spoken = aloud(stated)
  const value = spoken ?? stated
  const all = wordsOf(value)
  // A second name's first letter is not what somebody is called.
  const named = all.filter((w) => w.kind !== "initial")
  const words = (named.length > 0 ? named : all).map((w) => w.text.replaceAll(" ", ""))
  const folded = fold(named.length > 0 && named.length < all.length ? words.join(" ") : value)
  return {
    folded,
    heard: spoken !== null,
    initials:
      named.length < all.length && named.length > 0
        ? all
            .filter((w) => w.kind === "initial")
            .map((w) => w.text)
            .join("")
        : "",
    generation: generationOf(fold(value)),
    joined: words.join(""),
    mouth: mouth(words.join("")),
    words,
    sounds: tokenKeys(value)
      .filter((k) => k.length > 1)
      .join(" "),
  }
}

/** Suffixes that tell bearers of one name in a family apart. Of Roman numbers those that are no name, and the first only beside another. */
const GENERATIONS: readonly (readonly [RegExp, number])[] = [
  [/ (?:sr|senior|sen|i|1st)\.?$/, 1],
  [/ (?:jr|junior|jun|ii|2nd)\.?$/, 2],
  [/ (?:iii|3rd)\.?$/, 3],
  [/ (?:iv|4th)\.?$/, 4],
]

const generationOf = (folded: string): number | null => GENERATIONS.find(([suffix]) => suffix.test(folded))?.[1] ?? null

/** Consonants by the place in the mouth at which they are made: Sarah and Zara, Tara and Dara. */
const mouth = (word: string): string =>
  word
    .replace(/[zscx]/g, "s")
    .replace(/[td]/g, "t")
    .replace(/[bp]/g, "p")
    .replace(/[gkq]/g, "k")
    .replace(/[vfw]/g, "f")
    .replace(/[aeiouyh]/g, "")
    .replace(/(.)\1+/g, "$1")

/** How far two parts of a name agree, by what is written alone. */
function partLevel(a: Part, b: Part): number {
  const level = writtenLevel(a, b)
  if (!a.heard && !b.heard) return level
  if (level === PART.same && a.folded === b.folded && a.heard && b.heard) return level
  if (level === PART.different || level === PART.loose) return a.sounds !== "" && a.sounds === b.sounds ? PART.near : level
  return level === PART.initial ? level : Math.min(level, PART.form)
}

function writtenLevel(a: Part, b: Part): number {
  if (a.joined === "" || b.joined === "") return PART.none
  if (a.generation !== null && b.generation !== null && a.generation !== b.generation) return PART.different
  if (a.folded === b.folded || a.joined === b.joined)
    return a.initials === b.initials || a.initials === "" || b.initials === "" ? PART.same : PART.near
  const [short, long] = a.joined.length <= b.joined.length ? [a.joined, b.joined] : [b.joined, a.joined]
  if (short.length === 1) return short === long[0] ? PART.initial : PART.different
  const apart = short.length >= 3 ? edits(short, long, 2) : 3
  if (apart === 1) return PART.near
  const likeness = alike(short, long)
  // Darla is no slip for Darletta: what is much longer is another name, however it begins.
  if (likeness >= 0.92 && short.length >= 4 && long.length - short.length <= 2) return PART.near
  // Nothing in common and no first letter: no rule of sounds or forms is worth asking. Pet names are short.
  if (likeness < 0.4 && short.length > 5 && short[0] !== long[0] && /^[\x20-\x7f]*$/.test(short + long)) return PART.different
  const { level: said, score: spoken } = compareNames(a.folded, b.folded)
  if (said === "short form" || said === "form") return PART.form
  if (spoken >= 0.95 || (a.sounds !== "" && a.sounds === b.sounds && spoken >= 0.8)) return PART.form
  // One of two given names, or of two family names.
  if (a.words.length !== b.words.length && a.words.some((w) => w.length > 2 && b.words.includes(w))) return PART.form
  if (apart === 2 && short.length >= 5) return PART.loose
  if (short.length >= 3 && a.mouth.length >= 2 && a.mouth === b.mouth) return PART.loose
  return spoken >= 0.8 || likeness >= 0.84 ? PART.loose : PART.different
}

const agrees = (level: number) => level >= PART.near && level !== PART.initial

interface Parts {
  given(a: number, b: number): number
  family(a: number, b: number): number
}

/** Given and family name are one comparison of two answers: whether they were exchanged shows in both. */
const made = new WeakMap<Packed, Parts>()

function partsOver(table: Packed): Parts {
  const known = made.get(table)
  if (known) return known
  const { given, family } = table.code
  // Both columns number their own values: family names come behind given ones in one list, so that they can be compared crosswise.
  const shift = table.values.given.length
  const all = [...table.values.given, ...table.values.family]
  const parts = new Array<Part | undefined>(all.length)
  const part = (code: number): Part => (parts[code] ??= partOf(all[code]!))
  const level = remembered((a, b) => partLevel(part(a), part(b)))
  let lastA = -1
  let lastB = -1
  let lastGiven = 0
  let lastFamily = 0
  const both = (a: number, b: number) => {
    if (a === lastA && b === lastB) return
    lastA = a
    lastB = b
    const ga = given[a]!
    const gb = given[b]!
    const fa = family[a]!
    const fb = family[b]!
    lastGiven = ga === 0 || gb === 0 ? PART.none : ga === gb ? PART.same : level(ga, gb)
    lastFamily = fa === 0 || fb === 0 ? PART.none : fa === fb ? PART.same : level(fa + shift, fb + shift)
    if (agrees(lastGiven) || agrees(lastFamily)) return
    const gaFb = ga === 0 || fb === 0 ? PART.none : level(ga, fb + shift)
    const faGb = fa === 0 || gb === 0 ? PART.none : level(gb, fa + shift)
    if (agrees(gaFb) && (agrees(faGb) || faGb === PART.none)) {
      lastGiven = PART.exchanged
      lastFamily = faGb === PART.none ? PART.none : PART.exchanged
    } else if (agrees(faGb) && gaFb === PART.none) {
      lastFamily = PART.exchanged
      lastGiven = PART.none
    }
  }
  const answer: Parts = {
    given: (a, b) => {
      both(a, b)
      return lastGiven
    },
    family: (a, b) => {
      both(a, b)
      return lastFamily
    },
  }
  made.set(table, answer)
  return answer
}

export const givenName: Comparator = {
  id: "given-name",
  levels: PART_LEVELS,
  reads: ["given", "family"],
  over: (table) => partsOver(table).given,
}

export const familyName: Comparator = {
  id: "family-name",
  levels: PART_LEVELS,
  reads: ["given", "family"],
  over: (table) => partsOver(table).family,
}

/** Without what stands in brackets: a branch, a place, another spelling. */
const bare = (name: string): string => name.replace(/\([^)]*\)|\[[^\]]*\]/g, " ").trim() || name

/**
 * Names in one piece, in any script: only where one side has no given and family name apart, so that nothing is counted twice. The best of
 * the spellings that a fragment states counts.
 */
export const wholeName: Comparator = {
  id: "whole-name",
  levels: ["not stated by both", "different", "possible", "alike", "much alike", "the same"],
  reads: ["given", "family", "whole", "native"],
  over: ({ code, values }) => {
    const { given, family, whole, native } = code
    const pieces = (i: number): string[] => {
      const out: string[] = []
      if (whole[i] !== 0) out.push(values.whole[whole[i]!]!)
      if (native[i] !== 0) out.push(values.native[native[i]!]!)
      if (given[i] !== 0 || family[i] !== 0) out.push(`${values.given[given[i]!]!} ${values.family[family[i]!]!}`.trim())
      return out
    }
    const score = (x: string, y: string) => {
      const [a, b] = [aloud(x), aloud(y)]
      const s = Math.max(compareNames(a ?? x, b ?? y).score, compareNames(bare(a ?? x), bare(b ?? y)).score)
      const level = s >= 0.985 ? 5 : s >= 0.9 ? 4 : s >= 0.8 ? 3 : s >= 0.7 ? 2 : 1
      // Signs that are read alike are many.
      return a === b || level < 3 ? level : 3
    }
    return (a, b) => {
      const apart = (i: number) => given[i] !== 0 && family[i] !== 0
      if (apart(a) && apart(b)) return 0
      // One part alone on both sides, or one part that the other has too: those are compared by themselves.
      const parted = (i: number) => whole[i] === 0 && native[i] === 0
      if (parted(a) && parted(b)) return 0
      if (whole[a] !== 0 && whole[a] === whole[b]) return 5
      let best = 0
      for (const x of pieces(a)) for (const y of pieces(b)) best = Math.max(best, score(x, y))
      return best
    }
  },
}
