/** A name with everything that comparing it asks for. Preparing costs more than comparing, so answers are kept for a while. */
import { fold } from "./fold.ts"
import { keeping } from "./keeping.ts"
import { type Letter, lettersOf } from "./romanised.ts"
import type { Rule } from "./rules.ts"
import { skeletonOf, soundOf, voiceOf } from "./sounds.ts"
import { type Entry, hasFamilyName, lookUp, rarityOf } from "./usage.ts"
import { plain, type Word, wordsOf } from "./words.ts"

export interface Spoken extends Word {
  /** Place in the name, family name last. */
  at: number
  voice: string
  sound: string
  bones: string
  letters: string
  /** Letters as a keyboard without marks has them: `sh` and `s`, `goe` and `go` in one. Latin only. */
  bare: string | null
  /** As Egypt says a `g`: ج. */
  hard: string | null
  /** What the table of forms has of the voice, of `hard` and of `served`. */
  entry: Entry | undefined
  hardEntry: Entry | undefined
  servedEntry: Entry | undefined
  arabic: boolean
  /** Its letters with the ways to write them in Latin ones; empty of other scripts. */
  units: readonly Letter[]
  /** Bears a family name, or another word of a custom that has them. */
  family: boolean
  /** What a vowel costs that one side leaves out: Arabic writes no short ones, Sorani all but one. */
  vowel: number
  /** Of `Abd al-X`, the voice of X, and X as it is written. */
  served: string | null
  servedCore: string
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

const LATIN_WORD = /^[a-z]+$/
/** What keyboards without the marks of Turkish and German make of their letters. */
const bareOf = (letters: string) => letters.replace(/(?<=[scz])h/g, "").replace(/(?<=[^aeiou][ou])e(?=[^aeiou])/g, "")
const hardOf = (letters: string) => (/g(?=[aeiou])/.test(letters) ? voiceOf(letters.replace(/g(?=[aeiou])/g, "j")) : null)

/** All but its place: the same for every bearer. */
function sounded(word: Word, sorani: boolean, rules: ReadonlySet<Rule>): Omit<Spoken, "at"> {
  const arabic = /\p{Script=Arabic}/u.test(word.core)
  const sound = soundOf(word.core)
  const rarity = rarityOf(sound)
  const served = SERVED.exec(word.core)?.[1]
  const letters = plain(word.core)
  const voice = voiceOf(word.core)
  const latin = LATIN_WORD.test(letters)
  const hard = latin ? hardOf(letters) : null
  return {
    ...word,
    voice,
    sound,
    bones: skeletonOf(sound),
    letters,
    bare: latin ? bareOf(letters) : null,
    hard,
    entry: lookUp(voice),
    hardEntry: hard === null ? undefined : lookUp(hard),
    servedEntry: served ? lookUp(voiceOf(served)) : undefined,
    arabic,
    units: arabic ? lettersOf(word.core) : [],
    family: hasFamilyName(word),
    vowel: arabic ? (sorani ? SORANI : UNWRITTEN) : WRITTEN,
    served: served ? voiceOf(served) : null,
    servedCore: served ?? "",
    rarity,
    weight: weigh(word, rarity, rules),
  }
}

const WORDS = keeping<string, Omit<Spoken, "at">>(50_000)

export function spoken(word: Word, at: number, sorani: boolean, rules: ReadonlySet<Rule>): Spoken {
  const key = `${sorani ? 1 : 0}${word.nisba ? 1 : 0}${word.link ? 1 : 0}${word.article ? 1 : 0}${word.son ? 1 : 0}${word.text}`
  return { ...WORDS(rules, key, () => sounded(word, sorani, rules)), at }
}

function prepare(name: string, rules: ReadonlySet<Rule>): Prepared {
  const said = rules.has("order") ? inOrder(name) : name
  const sorani = SORANI_LETTER.test(name)
  const words = wordsOf(said).map((word, at) => spoken(word, at, sorani, rules))
  const letters = words.map((word) => plain(word.text).replaceAll(" ", "")).join("")
  return { folded: fold(name), words, letters, together: soundOf(letters) }
}

const NAMES = keeping<string, Prepared>(50_000)

export const prepared = (name: string, rules: ReadonlySet<Rule>): Prepared => NAMES(rules, name, () => prepare(name, rules))
