/** What is known of names as such: which are forms of one, which are two names for certain, how many bear them. Frozen tables. */

import { fold } from "./fold.ts"
import { skeletonOf, soundOf } from "./sounds.ts"
import { FORMS } from "./tables/forms.ts"
import { BEARERS, BEARERS_OF } from "./tables/frequencies.ts"
import { plain } from "./words.ts"

interface Entry {
  /** Numbers of the names of which this is a full form. */
  full: Set<number>
  /** Numbers of the names that this stands for now and then. */
  short: Set<number>
}

const ENTRIES = new Map<string, Entry>()

function entryOf(form: string): Entry {
  const sound = soundOf(plain(fold(form)))
  const known = ENTRIES.get(sound)
  if (known) return known
  const made = { full: new Set<number>(), short: new Set<number>() }
  ENTRIES.set(sound, made)
  return made
}

FORMS.trim()
  .split("\n")
  .forEach((line, name) => {
    const [full, short] = line.split(";").map((part) => part.trim().split(/\s+/).filter(Boolean))
    for (const form of full ?? []) entryOf(form).full.add(name)
    for (const form of short ?? []) entryOf(form).short.add(name)
  })

const meets = (a: ReadonlySet<number>, b: ReadonlySet<number>) => [...a].some((name) => b.has(name))

/**
 * How two sounds stand to each other in the table: forms of one name, one of them a short form, two names that are known to be
 * different however alike (Hassan and Hussein), or null when the table does not have both.
 */
export function relation(a: string, b: string): "form" | "short form" | "different" | null {
  const left = ENTRIES.get(a)
  const right = ENTRIES.get(b)
  if (!left || !right) return null
  if (meets(left.full, right.full)) return "form"
  if (meets(left.full, right.short) || meets(left.short, right.full) || meets(left.short, right.short)) return "short form"
  return "different"
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
