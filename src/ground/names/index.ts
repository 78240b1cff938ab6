/**
 * Names of people: scripts, one spelling per script, keys that meet across scripts, and a first comparator. Pure: an answer depends
 * on the names alone, never on who else is held. Keys and tables are versioned by `NAMES_VERSION`; originals are kept elsewhere.
 */
import { skeletonOf, soundOf } from "./sounds.ts"
import { keyRarityOf, rarityOf } from "./usage.ts"
import { wordsOf } from "./words.ts"

export { aloud } from "./aloud.ts"
export { type Bearer, compareNames, type NameComparison, nameLevel, nameWeight } from "./compare.ts"
export { fold } from "./fold.ts"
export { languageOf, type NameLanguage } from "./language.ts"
export type { NameLevel } from "./likeness.ts"
export { MATCH } from "./persons.ts"
export type { Reason } from "./reasons.ts"
export { ALL_RULES, type Rule } from "./rules.ts"
export { type Script, scriptOf } from "./scripts.ts"
export { signatures, worthComparing } from "./signature.ts"
export { tokens, type Word, wordsOf } from "./words.ts"

/** Raised whenever a key, a fold or a score of the same name changes. */
export const NAMES_VERSION = 3

/** Keys of the words of a name, in order: consonants only, one letter per class of confusable ones. For blocking, never for a decision. */
export function tokenKeys(name: string): string[] {
  return wordsOf(name).map((word) => (word.kind === "kunya" ? "b" : "") + skeletonOf(soundOf(word.core)))
}

/**
 * One key for a whole name, the same in Arabic and Latin letters and in any order of words: بەختیار and Bakhtiar give `bxtyr`. Over-
 * collides by design. Empty for a name without letters.
 */
export function key(name: string): string {
  return tokenKeys(name).sort().join(" ")
}

/** How rare it is that somebody bears this word in his name, in hundredths of a bit, by a frozen table: 450 is common, 1291 unheard of. */
export function rarity(token: string): number {
  const [word] = wordsOf(token)
  return word ? rarityOf(soundOf(word.core)) : 0
}

/** The same of one of `tokenKeys`: how rare it is that somebody's name falls on it. */
export function keyRarity(tokenKey: string): number {
  return keyRarityOf(tokenKey)
}
