/** How alike two words of names are, and why. */
import { exchange, slips, spokenDistance } from "./distance.ts"
import type { Spoken } from "./prepare.ts"
import type { Rule } from "./rules.ts"
import { relation } from "./usage.ts"

/** What two words, or two names as a whole, have to do with each other, strongest first. */
export type NameLevel = "exact" | "same sound" | "form" | "short form" | "similar" | "initial" | "part" | "different" | "missing"

export interface Likeness {
  level: NameLevel
  score: number
}

const DIFFERENT: Likeness = { level: "different", score: 0 }

/** Below this two words are not taken for one. */
const SAME_WORD = 0.8
/** The same where short vowels are not written. */
const SAME_UNWRITTEN = 0.76
/** Scripts in which one character is a syllable or more: one other character is another name. */
const SYLLABLES = /^[\p{Script=Hangul}\p{Script=Han}]+$/u
/** Short words differ by one letter in most of the language. */
const SHORT = 3

function compound(a: Spoken, b: Spoken): Likeness | null {
  if (a.served !== null && b.served !== null) {
    if (a.served === b.served) return { level: "same sound", score: 0.97 }
    const known = relation(a.served, b.served)
    return known === "different" ? DIFFERENT : null
  }
  const served = a.served ?? b.served
  const alone = a.served === null ? a : b
  return served !== null && (served === alone.sound || relation(served, alone.sound) === "form")
    ? { level: "short form", score: 0.8 }
    : null
}

function alike(a: Spoken, b: Spoken): Likeness {
  const unwritten = a.arabic || b.arabic
  const longest = unwritten ? Math.max(a.bones.length, b.bones.length, 3) : Math.max(a.voice.length, b.voice.length)
  const syllables = SYLLABLES.test(a.core) && SYLLABLES.test(b.core)
  const said = syllables ? 0 : 1 - spokenDistance(a.voice, b.voice, unwritten ? 0.15 : 0.6) / longest
  const written =
    a.arabic !== b.arabic
      ? 0
      : 1 - slips(syllables ? a.core : a.letters, syllables ? b.core : b.letters) / Math.max(a.letters.length, b.letters.length)
  // A name is known by how it begins: Dara is not Zara.
  const begins = exchange(a.bones[0] ?? "", b.bones[0] ?? "") < 1
  const best = Math.max(said, written) * (begins ? 1 : 0.85)
  const score = Math.min(a.letters.length, b.letters.length) <= SHORT && !unwritten ? best ** 2 : best
  return score >= (unwritten ? SAME_UNWRITTEN : SAME_WORD) ? { level: "similar", score: Math.min(score, 0.96) } : DIFFERENT
}

export function likeness(a: Spoken, b: Spoken, rules: ReadonlySet<Rule>): Likeness {
  if (a.text === b.text) return { level: "exact", score: 1 }
  if (a.kind === "initial" || b.kind === "initial") {
    const fits = rules.has("initials") && a.kind !== "kunya" && b.kind !== "kunya" && exchange(a.voice[0] ?? "", b.voice[0] ?? "") < 0.3
    return fits ? { level: "initial", score: 0.8 } : DIFFERENT
  }
  if ((a.kind === "kunya") !== (b.kind === "kunya")) return DIFFERENT
  if (a.sound === b.sound) return { level: "same sound", score: 0.97 }
  const known = relation(a.sound, b.sound)
  if (known === "different" && rules.has("two-names")) return DIFFERENT
  if (rules.has("forms") && known === "form") return { level: "form", score: 0.95 }
  if (rules.has("forms") && known === "short form") return { level: "short form", score: 0.82 }
  return (rules.has("compounds") ? compound(a, b) : null) ?? alike(a, b)
}

/** A slip of the hand: at most this many letters wrong in words of this length and more. Two names of the table are no slip. */
export function isSlip(a: Spoken, b: Spoken, letters: number): boolean {
  if (a.kind !== "name" || b.kind !== "name" || a.arabic !== b.arabic || relation(a.sound, b.sound) === "different") return false
  const wrong = slips(a.letters, b.letters)
  const shorter = Math.min(a.letters.length, b.letters.length)
  const begins = exchange(a.bones[0] ?? "", b.bones[0] ?? "") < 1
  return begins && ((wrong <= 1 && shorter >= 3 && letters >= 6) || (wrong <= 2 && shorter >= 4 && letters >= 8))
}
