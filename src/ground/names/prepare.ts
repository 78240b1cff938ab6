/** A name with everything that comparing it asks for. Preparing costs more than comparing, so answers are kept for a while. */
import { fold } from "./fold.ts"
import type { Rule } from "./rules.ts"
import { skeletonOf, soundOf, voiceOf } from "./sounds.ts"
import { rarityOf } from "./usage.ts"
import { plain, type Word, wordsOf } from "./words.ts"

export interface Spoken extends Word {
  /** Place in the name, family name last. */
  at: number
  voice: string
  sound: string
  bones: string
  letters: string
  arabic: boolean
  /** What a vowel costs that one side leaves out: Arabic writes no short ones, Sorani all but one. */
  vowel: number
  /** Of `Abd al-X`, the voice of X. */
  served: string | null
  /** In hundredths of a bit. */
  rarity: number
  /** What sharing it says, 0..1. */
  weight: number
}

export interface Prepared {
  folded: string
  words: readonly Spoken[]
  /** All letters in order, without spaces. */
  letters: string
  /** The sound of all words written together: what joined or split writing hides (`Nour El Din`, `Noureldin`). */
  together: string
}

/** `Scholz, Olaf` as it is said. */
function inOrder(name: string): string {
  const [family, given, more] = name.split(/[,،]/)
  return given?.trim() && family?.trim() && more === undefined ? `${given} ${family}` : name
}

const SERVED = /^(?:c?[ae][bv]d(?:ul|il|al|el|ol|oul|u|i)?|عبدال|عبد|عەبدول|ئەبدول)(.{3,})$/u

/** Rarity from which on a shared word weighs fully. */
const RARE = 1000
const LEAST_WEIGHT = 0.55
const LINK_WEIGHT = 0.1
const NISBA_WEIGHT = 0.8

function weigh(word: Word, rarity: number, rules: ReadonlySet<Rule>): number {
  if (word.link) return LINK_WEIGHT
  const plainWeight = rules.has("rarity") ? Math.min(1, Math.max(LEAST_WEIGHT, rarity / RARE)) : 1
  return plainWeight * (word.kind === "initial" ? 0.5 : word.nisba ? NISBA_WEIGHT : 1)
}

const UNWRITTEN = 0.15
const SORANI = 0.35
const WRITTEN = 0.6
/** Letters of Sorani alone, before folding makes others of them. */
const SORANI_LETTER = /[\u06ce\u06c6\u06b5\u0695\u06a4\u06d5]|\u0647\u200c/

export function spoken(word: Word, at: number, sorani: boolean, rules: ReadonlySet<Rule>): Spoken {
  const arabic = /\p{Script=Arabic}/u.test(word.core)
  const sound = soundOf(word.core)
  const rarity = rarityOf(sound)
  const served = SERVED.exec(word.core)?.[1]
  return {
    ...word,
    at,
    voice: voiceOf(word.core),
    sound,
    bones: skeletonOf(sound),
    letters: plain(word.core),
    arabic,
    vowel: arabic ? (sorani ? SORANI : UNWRITTEN) : WRITTEN,
    served: served ? voiceOf(served) : null,
    rarity,
    weight: weigh(word, rarity, rules),
  }
}

function prepare(name: string, rules: ReadonlySet<Rule>): Prepared {
  const said = rules.has("order") ? inOrder(name) : name
  const sorani = SORANI_LETTER.test(name)
  const words = wordsOf(said).map((word, at) => spoken(word, at, sorani, rules))
  const letters = words.map((word) => plain(word.text).replaceAll(" ", "")).join("")
  return { folded: fold(name), words, letters, together: soundOf(letters) }
}

const KEPT = 50_000
const CACHES = new WeakMap<ReadonlySet<Rule>, Map<string, Prepared>>()

export function prepared(name: string, rules: ReadonlySet<Rule>): Prepared {
  let cache = CACHES.get(rules)
  if (!cache) {
    cache = new Map()
    CACHES.set(rules, cache)
  }
  let answer = cache.get(name)
  if (!answer) {
    answer = prepare(name, rules)
    if (cache.size >= KEPT) cache.clear()
    cache.set(name, answer)
  }
  return answer
}
