/** How well a word in Latin letters spells a word in Arabic script, by a table of how each letter is written (`tables/romanisation.ts`). */
import { BY_HAND, ROMANISATION } from "./tables/romanisation.ts"

/** Letters that are written as one, and the ends of compounds. */
const TOGETHER = /(?<=.)اللە$|(?<=.)الدین$|تش|دج|وو|کس|ٱی|ٱو|ۼی|ۼو/y

/**
 * The letters of a word as the table has them: some in one piece; alef, waw, yeh and ain at the beginning and yeh at the end apart from the same
 * letters elsewhere, as they are written otherwise there.
 */
export function unitsOf(word: string): string[] {
  const placed = word
    .replace(/^ا/, "ٱ")
    .replace(/^و/, "ۉ")
    .replace(/^ی/, "ۑ")
    .replace(/^ع/, "ۼ")
    .replace(/(?<=.)ی$/, "ى")
  const out: string[] = []
  for (let at = 0; at < placed.length; ) {
    TOGETHER.lastIndex = at
    const unit = TOGETHER.exec(placed)?.[0] ?? placed[at]!
    out.push(unit)
    at += unit.length
  }
  return out
}

interface Way {
  latin: string
  worth: number
}

export interface Letter {
  /** By the first letter of the way, as it stands in the alphabet. */
  ways: readonly (readonly Way[])[]
  unwritten: number
  /** The most that it can be worth as it is mostly written, and at all. */
  best: number
  most: number
}

/** A letter that is put in or left out without an example, in hundredths of a bit. */
const UNHEARD = -700
/** A letter of which nothing is known, and the least that any is worth at best. */
const USUAL_BEST = 400
const LEAST_BEST = 150
/** Ways with more letters are worth more than the letter is mostly. */
const BEST_WITHIN = 2
const A = "a".charCodeAt(0)
const ALPHABET = 26

const WRITTEN = new Map<string, Map<string, number>>()
for (const line of [...ROMANISATION.trim().split("\n"), ...BY_HAND.trim().split("\n")]) {
  const [unit, ...ways] = line.split(" ")
  const known = WRITTEN.get(unit!) ?? new Map<string, number>()
  WRITTEN.set(unit!, known)
  for (const way of ways) {
    const [, latin, worth] = /^([a-z]+|_)(-?\d+)$/.exec(way)!
    known.set(latin === "_" ? "" : latin!, Number(worth))
  }
}

function letterOf(known: ReadonlyMap<string, number>): Letter {
  const all = [...known].filter(([latin]) => latin !== "").map(([latin, worth]): Way => ({ latin, worth }))
  const plain = all.filter(({ latin }) => latin.length <= BEST_WITHIN)
  const ways = Array.from({ length: ALPHABET }, (_, at) => all.filter(({ latin }) => latin.charCodeAt(0) - A === at))
  const unwritten = known.get("") ?? UNHEARD
  return {
    ways,
    unwritten,
    best: Math.max(LEAST_BEST, ...(plain.length > 0 ? plain : all).map(({ worth }) => worth)),
    most: Math.max(unwritten, ...all.map(({ worth }) => worth)),
  }
}

const LETTERS = new Map([...WRITTEN].map(([unit, known]) => [unit, letterOf(known)]))
const UNKNOWN: Letter = { ...letterOf(new Map()), best: USUAL_BEST }
const PUT_IN = WRITTEN.get("+") ?? new Map<string, number>()
const ONE_PUT_IN = Float64Array.from({ length: ALPHABET }, (_, at) => PUT_IN.get(String.fromCharCode(A + at)) ?? UNHEARD)
/** Two letters that are one vowel. */
const TWO_PUT_IN = letterOf(new Map([...PUT_IN].filter(([latin]) => latin.length === 2))).ways

export const lettersOf = (word: string): readonly Letter[] => unitsOf(word).map((unit) => LETTERS.get(unit) ?? UNKNOWN)

/** An article that Latin writes in one piece with its word: Alotaibi, Lakhdar. */
const ARTICLE = /^(?:[aeu]l-?|l)(?=.{4})/

/**
 * How well Latin letters (a to z) spell a word: from 1 (each letter as it is mostly written) downwards; about a half is where spellings of one name
 * and of two like it part, and what is below `from` comes out as 0. `article`: the word had one, which the Latin may have kept.
 */
export function romanises(word: readonly Letter[], latin: string, article: boolean, from: number): number {
  const whole = shareOf(word, latin, from)
  return article && ARTICLE.test(latin) ? Math.max(whole, shareOf(word, latin.replace(ARTICLE, ""), from)) : whole
}

const ROOM = 64
let row = new Float64Array(ROOM)
let next = new Float64Array(ROOM)

function putIn(of: Float64Array, latin: string): void {
  for (let j = 0; j < latin.length; j++) {
    const letter = latin.charCodeAt(j) - A
    const one = of[j]! + ONE_PUT_IN[letter]!
    if (one > of[j + 1]!) of[j + 1] = one
    for (const { latin: two, worth } of TWO_PUT_IN[letter]!)
      if (latin.charCodeAt(j + 1) === two.charCodeAt(1) && of[j]! + worth > of[j + 2]!) of[j + 2] = of[j]! + worth
  }
}

/** The best way through both words, by the sum of what its steps are worth, as a share of what the word can be worth. */
function shareOf(word: readonly Letter[], latin: string, from: number): number {
  const width = latin.length + 1
  if (width + 1 >= ROOM) return 0
  let best = 0
  let most = 0
  for (const letter of word) {
    best += letter.best
    most += letter.most
  }
  row.fill(Number.NEGATIVE_INFINITY, 0, width + 1)
  row[0] = 0
  putIn(row, latin)
  for (const { unwritten, ways, most: own } of word) {
    most -= own
    for (let j = 0; j < width; j++) next[j] = row[j]! + unwritten
    next[width] = Number.NEGATIVE_INFINITY
    for (let j = 0; j < latin.length; j++)
      for (const { latin: way, worth } of ways[latin.charCodeAt(j) - A]!)
        if (row[j]! + worth > next[j + way.length]! && latin.startsWith(way, j)) next[j + way.length] = row[j]! + worth
    putIn(next, latin)
    let reached = Number.NEGATIVE_INFINITY
    for (let j = 0; j < width; j++) if (next[j]! > reached) reached = next[j]!
    if (reached + most < from * best) return 0
    ;[row, next] = [next, row]
  }
  return best === 0 || row[width - 1]! < from * best ? 0 : row[width - 1]! / best
}
