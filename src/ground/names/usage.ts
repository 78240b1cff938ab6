/** What is known of names as such: which are forms of one, which are two names for certain, how many bear them. Frozen tables. */

import { fold } from "./fold.ts"
import { skeletonOf, soundOf, voiceOf } from "./sounds.ts"
import { OF_FAMILIES, OF_FAMILIES_ENDING } from "./tables/family-names.ts"
import { FORMS } from "./tables/forms.ts"
import { BEARERS, BEARERS_OF } from "./tables/frequencies.ts"
import { plain, type Word } from "./words.ts"

export interface Entry {
  /** Numbers of the names of which this is a full form. */
  full: Set<number>
  /** Numbers of the names that this stands for now and then. */
  short: Set<number>
}

/** By voice, which tells Salem (for Salim) from Salam, and by sound, for spellings that the table does not have. */
const VOICES = new Map<string, Entry>()
const ENTRIES = new Map<string, Entry>()

function entryOf(table: Map<string, Entry>, spoken: string): Entry {
  const known = table.get(spoken)
  if (known) return known
  const made = { full: new Set<number>(), short: new Set<number>() }
  table.set(spoken, made)
  return made
}

const coarse = (voice: string) =>
  voice
    .replaceAll("e", "a")
    .replaceAll("o", "u")
    .replace(/(.)\1+/g, "$1")

/** What the table has of a word: by its voice; with i for e, as Jaber is Jabir and not Jabbar; by its sound. */
export const lookUp = (spoken: string): Entry | undefined =>
  VOICES.get(spoken) ?? VOICES.get(spoken.replaceAll("e", "i")) ?? ENTRIES.get(coarse(spoken))

/** Where the names of Europe begin. */
const EUROPE = FORMS.trim()
  .split("\n")
  .findIndex((line) => line.startsWith("alexander "))

FORMS.trim()
  .split("\n")
  .forEach((line, name) => {
    const lists = line.split(";").map((part) => part.trim().split(/\s+/).filter(Boolean))
    for (const [at, kind] of (["full", "short"] as const).entries()) {
      for (const form of lists[at] ?? []) {
        const word = plain(fold(form))
        entryOf(VOICES, voiceOf(word))[kind].add(name)
        entryOf(ENTRIES, soundOf(word))[kind].add(name)
      }
    }
  })

function meets(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  for (const name of a) if (b.has(name)) return true
  return false
}

/**
 * How two words stand to each other in the table (`lookUp`): forms of one name, one of them a short form, two names that are known to be
 * different however alike (Hassan and Hussein), or null when the table does not have both.
 */
export function relation(left: Entry | undefined, right: Entry | undefined): "form" | "short form" | "different" | null {
  if (!left || !right) return null
  if (meets(left.full, right.full)) return "form"
  if (meets(left.full, right.short) || meets(left.short, right.full) || meets(left.short, right.short)) return "short form"
  return "different"
}

/** A full form of a name of the table. */
export const isKnown = (spoken: string): boolean => (lookUp(spoken)?.full.size ?? 0) > 0

/** Scripts of peoples with family names. */
const OF_FAMILIES_SCRIPT =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Georgian}\p{Script=Armenian}\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u

/**
 * Whether a word of a name tells the custom of family names rather than that of fathers' names. A name of the region never does; one that no
 * table has does not either.
 */
export function hasFamilyName({ core, kind, link }: Word): boolean {
  if (kind === "initial" || link) return true
  if (OF_FAMILIES_SCRIPT.test(core)) return true
  const full = [...(lookUp(voiceOf(core))?.full ?? [])]
  if (full.length > 0) return full.every((name) => name >= EUROPE)
  return OF_FAMILIES.has(core) || (core.length >= 5 && OF_FAMILIES_ENDING.test(core))
}

const COUNTS = new Map<string, number>()
const PER_NAME = new Map<number, number>()
for (const line of BEARERS.trim().split("\n")) {
  const [count, ...words] = line.split(" ")
  for (const word of words) {
    const sound = soundOf(word)
    COUNTS.set(sound, (COUNTS.get(sound) ?? 0) + Number(count))
    for (const name of ENTRIES.get(sound)?.full ?? []) PER_NAME.set(name, (PER_NAME.get(name) ?? 0) + Number(count))
  }
}

/** A name of the table of forms that the list of bearers hardly has is no rare name: the list knows few Kurds. */
const USUAL = 8
const UNLISTED = 0.5

function bearers(sound: string): number {
  const entry = ENTRIES.get(sound)
  const named = entry ? Math.max(USUAL, ...[...entry.full, ...entry.short].map((name) => PER_NAME.get(name) ?? 0)) : UNLISTED
  return Math.max(named, COUNTS.get(sound) ?? 0)
}

/** How rare it is that somebody bears a word of this sound, in hundredths of a bit: some 450 for Mohammed, 1291 for what nobody bears. */
export function rarityOf(sound: string): number {
  return Math.round(100 * Math.log2(BEARERS_OF / bearers(sound)))
}

const BONES = new Map<string, Set<string>>()
for (const sound of [...ENTRIES.keys(), ...COUNTS.keys()]) {
  const bones = skeletonOf(sound)
  BONES.set(bones, (BONES.get(bones) ?? new Set()).add(sound))
}

/** Keys of the names that a short form stands for. */
const LONG_KEYS = FORMS.trim()
  .split("\n")
  .map((line) => skeletonOf(soundOf(plain(fold(line.split(/[\s;]/)[0]!)))))

export function longKeysOf(sound: string): string[] {
  return [...(ENTRIES.get(sound)?.short ?? [])].map((name) => LONG_KEYS[name]!)
}

/** The same of a blocking key (see `tokenKeys`): everybody whose name falls on it. */
export function keyRarityOf(bones: string): number {
  const sounds = [...(BONES.get(bones) ?? [])]
  const names = new Set(sounds.flatMap((sound) => [...(ENTRIES.get(sound)?.full ?? [])]))
  const loose = sounds.filter((sound) => !ENTRIES.get(sound)?.full.size)
  const sum =
    [...names].reduce((all, name) => all + Math.max(USUAL, PER_NAME.get(name) ?? 0), 0) +
    loose.reduce((all, sound) => all + (COUNTS.get(sound) ?? 0), 0)
  return Math.max(0, Math.round(100 * Math.log2(BEARERS_OF / Math.max(UNLISTED, sum))))
}
