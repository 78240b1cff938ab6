/** A first comparator of personal names: words in any order, missing parts, scripts and spellings; every answer with its reasons. */
import { relation, weightOf } from "./common.ts"
import { fold } from "./fold.ts"
import { skeletonOf, soundOf } from "./sounds.ts"
import { plain, type Word, wordsOf } from "./words.ts"

export interface NameComparison {
  /** 0 to 1. From 0.7 on the names can be of one person; never a reason by itself to say that they are. */
  score: number
  /** In words, strongest first. */
  reasons: string[]
}

/** Below this two words are not taken for one. */
const SAME_WORD = 0.76

/**
 * Consonants that spellings and dialects exchange: ض is d or z, ظ and ذ are z, d or th, و and ی are written as vowel or glide. K and j
 * are not among them: Kamal is not Jamal.
 */
const EXCHANGED: Readonly<Record<string, number>> = {
  dz: 0.4,
  dt: 0.4,
  sz: 0.5,
  st: 0.6,
  bw: 0.6,
  fw: 0.5,
  kx: 0.6,
  hx: 0.5,
  cj: 0.6,
  cs: 0.6,
  iy: 0.25,
  uw: 0.25,
  ay: 0.6,
  aw: 0.6,
}

function substitution(a: string, b: string): number {
  const known = EXCHANGED[a < b ? a + b : b + a]
  if (known !== undefined) return known
  const vowelA = "aiu".includes(a)
  const vowelB = "aiu".includes(b)
  if (vowelA && vowelB) return a === "a" || b === "a" ? 0.4 : 0.5
  return 1
}

/** Cost of a letter that one side has and the other has not. A glide is half a vowel. */
function omission(letter: string, vowel: number): number {
  return "aiu".includes(letter) ? vowel : letter === "y" || letter === "w" ? Math.max(vowel, 0.5) : 1
}

/** Edit distance over sounds. `vowel` = cost of a vowel that one side leaves out. */
function distance(a: string, b: string, vowel: number): number {
  let row = [0]
  for (const letter of b) row.push(row.at(-1)! + omission(letter, vowel))
  for (const letter of a) {
    const own = omission(letter, vowel)
    const next = [row[0]! + own]
    for (let at = 0; at < b.length; at++) {
      const other = b[at]!
      const swap = row[at]! + (letter === other ? 0 : substitution(letter, other))
      next.push(Math.min(swap, row[at + 1]! + own, next[at]! + omission(other, vowel)))
    }
    row = next
  }
  return row.at(-1)!
}

/** Plain Levenshtein distance of the letters as written. */
function letters(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) next.push(Math.min(row[j]! + (a[i] === b[j] ? 0 : 1), row[j + 1]! + 1, next[j]! + 1))
    row = next
  }
  return row.at(-1)!
}

interface Likeness {
  score: number
  reason: string
}

/** A word with everything that comparing it asks for. */
interface Spoken extends Word {
  sound: string
  bones: string
  letters: string
  arabic: boolean
  /** What sharing it says, 0..1. */
  weight: number
}

interface Prepared {
  folded: string
  words: readonly Spoken[]
  /** The sound of all words written together: what joined or split writing hides (`Nour El Din`, `Noureldin`). */
  together: string
}

function prepare(name: string): Prepared {
  const words = wordsOf(name).map((word) => {
    const sound = soundOf(word.core)
    return {
      ...word,
      sound,
      bones: skeletonOf(sound),
      letters: plain(word.core),
      arabic: /\p{Script=Arabic}/u.test(word.core),
      weight: weightOf(sound) * (word.kind === "initial" ? 0.5 : 1),
    }
  })
  return { folded: fold(name), words, together: soundOf(words.map((word) => plain(word.text).replaceAll(" ", "")).join("")) }
}

/** One name is compared with many; preparing it costs more than comparing it. */
const PREPARED_LIMIT = 50_000
const PREPARED = new Map<string, Prepared>()

function prepared(name: string): Prepared {
  let answer = PREPARED.get(name)
  if (!answer) {
    answer = prepare(name)
    if (PREPARED.size >= PREPARED_LIMIT) PREPARED.clear()
    PREPARED.set(name, answer)
  }
  return answer
}

function likeness(a: Spoken, b: Spoken): Likeness {
  if (a.text === b.text) return { score: 1, reason: "same word" }
  if (a.kind === "initial" || b.kind === "initial") {
    const fits = a.text[0] === b.text[0] && a.kind !== "kunya" && b.kind !== "kunya"
    return { score: fits ? 0.8 : 0, reason: "initial" }
  }
  if ((a.kind === "kunya") !== (b.kind === "kunya")) return { score: 0, reason: "" }
  if (a.sound === b.sound) return { score: 0.97, reason: "same sound" }
  const known = relation(a.sound, b.sound)
  if (known === "different") return { score: 0.4, reason: "" }
  if (known) return { score: known === "form" ? 0.95 : 0.82, reason: known === "form" ? "forms of one name" : "short form of one name" }
  const crossed = a.arabic !== b.arabic
  const unwritten = a.arabic || b.arabic
  const spoken =
    1 -
    distance(a.sound, b.sound, unwritten ? 0.15 : 0.6) /
      (unwritten ? Math.max(a.bones.length, b.bones.length, 3) : Math.max(a.sound.length, b.sound.length))
  const written = crossed ? 0 : 1 - letters(a.letters, b.letters) / Math.max(a.letters.length, b.letters.length)
  const [first, other] = [a.bones[0] ?? "", b.bones[0] ?? ""]
  // A name is known by how it begins: Dara is not Zara.
  const begins = first === other || EXCHANGED[first < other ? first + other : other + first] !== undefined
  const best = Math.max(spoken, written) * (begins ? 1 : 0.92)
  // Words of three letters and less differ by one in most of the language.
  const score = Math.min(a.letters.length, b.letters.length) <= 3 && !unwritten ? best ** 2 : best
  return { score: Math.max(0, Math.min(score, 0.96)), reason: a.bones === b.bones ? "same consonants" : "similar" }
}

interface Pair extends Likeness {
  a: number
  b: number
}

/** Best pairs first, each word once; ties by position. */
function pairsOf(left: readonly Spoken[], right: readonly Spoken[]): Pair[] {
  const all: Pair[] = []
  left.forEach((one, a) => {
    right.forEach((other, b) => {
      const like = likeness(one, other)
      if (like.score >= SAME_WORD) all.push({ ...like, a, b })
    })
  })
  all.sort((x, y) => y.score - x.score || Math.abs(x.a - x.b) - Math.abs(y.a - y.b) || x.a + x.b - (y.a + y.b) || x.a - y.a)
  const usedA = new Set<number>()
  const usedB = new Set<number>()
  return all.filter((pair) => {
    if (usedA.has(pair.a) || usedB.has(pair.b)) return false
    usedA.add(pair.a)
    usedB.add(pair.b)
    return true
  })
}

const weigh = (words: readonly Spoken[]) => words.reduce((sum, word) => sum + word.weight, 0)
const texts = (words: readonly Spoken[]) => words.map((word) => word.text).join(", ")

/**
 * Compares two names. Symmetric and deterministic; depends on nothing but the two strings. Common names weigh less than rare ones. A
 * word that only one name has costs little (father and grandfather are left out); words that both have and that differ cost much.
 */
export function compareNames(a: string, b: string): NameComparison {
  const one = prepared(a)
  const other = prepared(b)
  if (one.folded === "" || other.folded === "") return { score: 0, reasons: ["one of the names is empty"] }
  if (one.folded === other.folded) return { score: 1, reasons: ["same letters"] }
  if (one.words.length === 0 || other.words.length === 0) return { score: 0, reasons: ["no word that could be compared"] }
  // One order for both callers.
  const swap = one.words.length !== other.words.length ? one.words.length > other.words.length : one.folded > other.folded
  const [short, long] = swap ? [other.words, one.words] : [one.words, other.words]
  const pairs = pairsOf(short, long)
  let shared = 0
  let matched = 0
  for (const pair of pairs) {
    const weight = Math.max(short[pair.a]!.weight, long[pair.b]!.weight)
    shared += weight
    matched += weight * pair.score
  }
  const aloneShort = short.filter((_, at) => !pairs.some((pair) => pair.a === at))
  const aloneLong = long.filter((_, at) => !pairs.some((pair) => pair.b === at))
  const contrary = Math.min(weigh(aloneShort), weigh(aloneLong))
  const missing = Math.max(weigh(aloneShort), weigh(aloneLong)) - contrary
  const base = shared + 2 * contrary + 0.25 * missing
  let score = base === 0 ? 0 : matched / base
  const reasons = pairs.map((pair) => `${pair.reason}: ${short[pair.a]!.text} = ${long[pair.b]!.text}`)
  if (pairs.length === 1 && long.length > 1) {
    // One shared word, however alike, is the first name of many.
    score = Math.min(score, 0.65)
    reasons.push("only one word in common")
  }
  if (one.together === other.together && one.together.length >= 4 && score < 0.92) {
    score = 0.92
    reasons.unshift("the same when written together")
  }
  const moved = pairs.length > 1 && short.length === long.length && pairs.some((pair) => pair.a !== pair.b)
  if (moved) {
    score *= 0.98
    reasons.push("words in another order")
  }
  if (contrary > 0) reasons.push(`different: ${texts([...aloneShort, ...aloneLong])}`)
  else if (missing > 0 && pairs.length > 0) reasons.push(`without: ${texts([...aloneLong, ...aloneShort])}`)
  return { score: Math.round(score * 1000) / 1000, reasons: reasons.length > 0 ? reasons : ["no word in common"] }
}
