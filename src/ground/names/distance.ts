/** Distances of two words: as they are spoken (vowels and exchanged consonants cost less) and as they are written (slips of a hand). */

/**
 * Consonants that spellings and dialects exchange: ض is d or z, ظ and ذ are z, d or th, و and ی are written as vowel or glide. K and j
 * are not among them: Kamal is not Jamal.
 */
const EXCHANGED: Readonly<Record<string, number>> = {
  dz: 0.4,
  dt: 0.4,
  sz: 0.4,
  st: 0.6,
  bw: 0.6,
  fw: 0.5,
  kx: 0.4,
  hx: 0.4,
  // German writes ch for kh, English and French for ç and ş.
  cx: 0.3,
  // Turkish without marks, and Arabic, write one for the other.
  cj: 0.4,
  jz: 0.5,
  cs: 0.6,
  iy: 0.25,
  ey: 0.4,
  uw: 0.25,
  ow: 0.3,
  ay: 0.6,
  aw: 0.6,
  // Romanisations write e for short a and i, and o for u; long a, i and u are kept apart.
  ae: 0.15,
  ei: 0.2,
  ou: 0.1,
  ai: 0.9,
  ao: 0.7,
  au: 0.9,
  eo: 0.7,
  eu: 0.7,
  iu: 0.9,
  io: 0.8,
}

const VOWELS = "aeiou"

/** What it costs that one word has one letter and the other another. 1 = nothing to do with each other. */
export function exchange(a: string, b: string): number {
  return a === b ? 0 : (EXCHANGED[a < b ? a + b : b + a] ?? 1)
}

/** `exchange` by character codes of plain letters, the two beside each other: words are compared by the million. */
const PLAIN = 128
const COSTS = new Float64Array(PLAIN * PLAIN).fill(1)
for (const [pair, cost] of Object.entries(EXCHANGED)) {
  const [x, y] = [pair.charCodeAt(0), pair.charCodeAt(1)]
  COSTS[x * PLAIN + y] = cost
  COSTS[y * PLAIN + x] = cost
}
const costOf = (x: number, y: number): number => (x === y ? 0 : x < PLAIN && y < PLAIN ? COSTS[x * PLAIN + y]! : 1)

/** Cost of a letter that one side has and the other has not. A glide is half a vowel; h is often left out. */
function omission(letter: string, vowel: number): number {
  if (VOWELS.includes(letter)) return vowel
  return letter === "y" || letter === "w" ? Math.max(vowel, 0.5) : letter === "h" ? 0.7 : 1
}

/** Longer words are put into rows of their own. */
const ROOM = 128
const ROWS = [new Float64Array(ROOM + 1), new Float64Array(ROOM + 1), new Float64Array(ROOM + 1)] as const
const rowsFor = (length: number): readonly [Float64Array, Float64Array, Float64Array] =>
  length <= ROOM ? ROWS : [new Float64Array(length + 1), new Float64Array(length + 1), new Float64Array(length + 1)]
const LEFT_OUT = new Float64Array(ROOM)

/** Edit distance over voices (`voiceOf`). `vowel` = cost of a vowel that one side leaves out. */
export function spokenDistance(a: string, b: string, vowel: number): number {
  let [row, next] = rowsFor(b.length)
  const left = b.length <= ROOM ? LEFT_OUT : new Float64Array(b.length)
  row[0] = 0
  for (let at = 0; at < b.length; at++) {
    left[at] = omission(b[at]!, vowel)
    row[at + 1] = row[at]! + left[at]!
  }
  for (let i = 0; i < a.length; i++) {
    const own = omission(a[i]!, vowel)
    const letter = a.charCodeAt(i)
    next[0] = row[0]! + own
    for (let at = 0; at < b.length; at++) {
      let best = row[at]! + costOf(letter, b.charCodeAt(at))
      if (row[at + 1]! + own < best) best = row[at + 1]! + own
      if (next[at]! + left[at]! < best) best = next[at]! + left[at]!
      next[at + 1] = best
    }
    ;[row, next] = [next, row]
  }
  return row[b.length]!
}

/** Letters left out, put in, changed, or two neighbours exchanged (optimal string alignment), each once. */
export function slips(a: string, b: string): number {
  let [before, row, next] = rowsFor(b.length)
  for (let at = 0; at <= b.length; at++) row[at] = at
  for (let i = 0; i < a.length; i++) {
    const letter = a.charCodeAt(i)
    const last = i > 0 ? a.charCodeAt(i - 1) : -1
    next[0] = i + 1
    for (let j = 0; j < b.length; j++) {
      const other = b.charCodeAt(j)
      let best = row[j]! + (letter === other ? 0 : 1)
      if (row[j + 1]! + 1 < best) best = row[j + 1]! + 1
      if (next[j]! + 1 < best) best = next[j]! + 1
      if (i > 0 && j > 0 && letter === b.charCodeAt(j - 1) && last === other && before[j - 1]! + 1 < best) best = before[j - 1]! + 1
      next[j + 1] = best
    }
    ;[before, row, next] = [row, next, before]
  }
  return row[b.length]!
}
