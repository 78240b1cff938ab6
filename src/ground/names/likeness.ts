/** How alike two words of names are, and why. */
import { exchange, slips, spokenDistance } from "./distance.ts"
import type { Spoken } from "./prepare.ts"
import { lettersOf, romanises } from "./romanised.ts"
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

/** Words in the letters of Arabic and of Latin by how letters are written (`romanises`): from here on they are taken for one. */
const ROMANISED = 0.43
/** A score within the words that are taken for one, by how far above. */
const romanisedScore = (fit: number) => SAME_UNWRITTEN + (Math.min(fit, 1) - ROMANISED) * 0.4

/** Null where they are not of these two scripts. */
function acrossScripts(a: Spoken, b: Spoken, served = false): Likeness | null {
  const [arabic, latin] = a.arabic ? [a, b] : [b, a]
  if (!arabic.arabic || latin.bare === null) return null
  const fit = served
    ? romanises(lettersOf(arabic.servedCore), latin.servedCore, false, ROMANISED)
    : romanises(arabic.units, latin.letters, arabic.article ?? false, ROMANISED)
  return fit > 0 ? { level: "similar", score: romanisedScore(fit) } : DIFFERENT
}

/** A name is known by how it begins: Dara is not Zara. */
const begins = (a: Spoken, b: Spoken, apart = 0.4) => exchange(a.bones[0] ?? "", b.bones[0] ?? "") <= apart
/** Arabic has no ڤ, چ and ژ and begins with another letter where they stand. */
const APART_UNWRITTEN = 0.6

function compound(a: Spoken, b: Spoken): Likeness | null {
  if (a.served !== null && b.served !== null) {
    if (a.served === b.served) return { level: "same sound", score: 0.97 }
    const known = relation(a.servedEntry, b.servedEntry)
    if (known === "different") return DIFFERENT
    return known === "form" ? { level: "same sound", score: 0.97 } : acrossScripts(a, b, true)
  }
  const served = a.served ?? b.served
  const alone = a.served === null ? a : b
  return served !== null && (served === alone.voice || relation(a.servedEntry ?? b.servedEntry, alone.entry) === "form")
    ? { level: "short form", score: 0.8 }
    : null
}

const vowelsOf = (voice: string) => voice.replace(/[^aeiou]/g, "").length

/** Arabic has no چ and no ژ and writes ج and ز for them. */
const WITHOUT_THEM = 0.25
function inArabic(a: Spoken, b: Spoken, vowel: number): number {
  const [arabic, other] = a.vowel < b.vowel ? [a, b] : [b, a]
  if (arabic.vowel === other.vowel || arabic.vowel > vowel || vowel > 0.3 || !/[cj]/.test(other.voice)) return Number.POSITIVE_INFINITY
  return WITHOUT_THEM + spokenDistance(arabic.voice, other.voice.replaceAll("j", "z").replaceAll("c", "j"), vowel)
}

/** As many vowels on both sides, between the same consonants, and one is another: Barzan and Barzin. */
const OTHER_VOWEL = 0.75

/** Words of such different lengths need no look at their letters. */
const MUCH_LONGER = 1.7

function alike(a: Spoken, b: Spoken): Likeness {
  const across = acrossScripts(a, b)
  if (across) return across
  const [few, many] = a.bones.length < b.bones.length ? [a, b] : [b, a]
  if (many.bones.length > MUCH_LONGER * few.bones.length && many.voice.length > MUCH_LONGER * few.voice.length) return DIFFERENT
  const vowel = Math.min(a.vowel, b.vowel)
  const unwritten = vowel < 0.3
  const longest = unwritten ? Math.max(a.bones.length, b.bones.length, 3) : Math.max(a.voice.length, b.voice.length)
  const syllables = SYLLABLES.test(a.core) && SYLLABLES.test(b.core)
  const apart = Math.min(spokenDistance(a.voice, b.voice, vowel), inArabic(a, b, vowel))
  if (!unwritten && !syllables && a.bones === b.bones && apart >= OTHER_VOWEL && vowelsOf(a.voice) === vowelsOf(b.voice)) return DIFFERENT
  const said = syllables ? 0 : 1 - apart / longest
  const [left, right] = syllables ? [a.core, b.core] : [a.letters, b.letters]
  const written = a.arabic !== b.arabic ? 0 : 1 - slips(left, right) / Math.max(left.length, right.length)
  const best = Math.max(said, written) * (begins(a, b, unwritten ? APART_UNWRITTEN : undefined) ? 1 : 0.85)
  const score = Math.min(a.letters.length, b.letters.length) <= SHORT && !unwritten ? best ** 2 : best
  return score >= (unwritten ? SAME_UNWRITTEN : SAME_WORD) ? { level: "similar", score: Math.min(score, 0.96) } : DIFFERENT
}

/** First letters that an initial stands for, by the sound with which the name begins. */
const INITIALS: Readonly<Record<string, string>> = {
  c: "scşçt",
  x: "kxch",
  j: "jcdzg",
  k: "kqgc",
  w: "wvou",
  y: "yji",
  z: "zds",
  s: "st",
  b: "bp",
  a: "aeoui",
  e: "eai",
  i: "iey",
  o: "ou",
  u: "uow",
}

function fitsInitial(a: Spoken, b: Spoken): boolean {
  const [initial, other] = a.kind === "initial" ? [a, b] : [b, a]
  if (initial.letters[0] === other.letters[0]) return true
  const sound = other.voice[0] ?? ""
  return (INITIALS[sound] ?? sound).includes(initial.letters[0] ?? "-")
}

/** Short vowels of romanisations, no more. */
const NEARLY = 0.25

/** One spelling is the other on a keyboard without marks, or with the g of Egypt for its j. */
function otherwise(a: Spoken, b: Spoken): boolean {
  if (a.bare !== null && a.bare === b.bare && Math.min(a.letters.length, b.letters.length) > SHORT) return true
  const hardly = (one: Spoken, other: Spoken) =>
    one.hard !== null &&
    other.hard === null &&
    (spokenDistance(one.hard, other.voice, one.vowel) <= NEARLY || relation(one.hardEntry, other.entry) === "form")
  return hardly(a, b) || hardly(b, a)
}

export function likeness(a: Spoken, b: Spoken, rules: ReadonlySet<Rule>): Likeness {
  if (a.text === b.text) return { level: "exact", score: 1 }
  if (a.kind === "initial" || b.kind === "initial") {
    const fits = rules.has("initials") && a.kind !== "kunya" && b.kind !== "kunya" && fitsInitial(a, b)
    return fits ? { level: "initial", score: 0.8 } : DIFFERENT
  }
  if ((a.kind === "kunya") !== (b.kind === "kunya")) return DIFFERENT
  if (a.sound === b.sound) return { level: "same sound", score: 0.97 }
  if (rules.has("keyboards") && otherwise(a, b)) return { level: "form", score: 0.93 }
  const known = relation(a.entry, b.entry)
  if (known === "different" && rules.has("two-names")) return DIFFERENT
  if (rules.has("forms") && known === "form") return { level: "form", score: 0.95 }
  if (rules.has("forms") && known === "short form") return { level: "short form", score: 0.82 }
  return (rules.has("compounds") ? compound(a, b) : null) ?? alike(a, b)
}

/**
 * A slip of the hand: a letter left out, put in or exchanged with its neighbour; another letter, or two, only in words that the table
 * of forms does not have. Two names of the table are no slip of each other.
 */
export function isSlip(a: Spoken, b: Spoken, letters: number): boolean {
  if (a.kind !== "name" || b.kind !== "name" || a.arabic !== b.arabic || relation(a.entry, b.entry) === "different") return false
  const wrong = slips(a.letters, b.letters)
  const shorter = Math.min(a.letters.length, b.letters.length)
  const known = (a.entry?.full.size ?? 0) + (b.entry?.full.size ?? 0) > 0
  const alikeAtFirst = a.letters[0] === b.letters[0] || begins(a, b)
  const swapped = [...a.letters].sort().join("") === [...b.letters].sort().join("")
  if (wrong === 1 && known) return shorter >= 4 && (alikeAtFirst || shorter >= 6) && (a.letters.length !== b.letters.length || swapped)
  if (wrong === 1) return alikeAtFirst && shorter >= 3 && letters >= 6
  return wrong === 2 && !known && alikeAtFirst && shorter >= 4 && letters >= 8
}
