/** Distances of two words: as they are spoken (vowels and exchanged consonants cost less) and as they are written (slips of a hand). */

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
  kx: 0.4,
  hx: 0.4,
  // German writes ch for kh, English and French for ç and ş.
  cx: 0.3,
  cj: 0.6,
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

/** Cost of a letter that one side has and the other has not. A glide is half a vowel; h is often left out. */
function omission(letter: string, vowel: number): number {
  if (VOWELS.includes(letter)) return vowel
  return letter === "y" || letter === "w" ? Math.max(vowel, 0.5) : letter === "h" ? 0.7 : 1
}

/** Edit distance over voices (`voiceOf`). `vowel` = cost of a vowel that one side leaves out. */
export function spokenDistance(a: string, b: string, vowel: number): number {
  let row = [0]
  for (const letter of b) row.push(row.at(-1)! + omission(letter, vowel))
  for (const letter of a) {
    const own = omission(letter, vowel)
    const next = [row[0]! + own]
    for (let at = 0; at < b.length; at++) {
      const other = b[at]!
      next.push(Math.min(row[at]! + exchange(letter, other), row[at + 1]! + own, next[at]! + omission(other, vowel)))
    }
    row = next
  }
  return row.at(-1)!
}

/** Letters left out, put in, changed, or two neighbours exchanged (optimal string alignment), each once. */
export function slips(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) {
      let best = Math.min(row[j]! + (a[i] === b[j] ? 0 : 1), row[j + 1]! + 1, next[j]! + 1)
      if (i > 0 && j > 0 && a[i] === b[j - 1] && a[i - 1] === b[j]) best = Math.min(best, before[j - 1]! + 1)
      next.push(best)
    }
    before = row
    row = next
  }
  return row.at(-1)!
}
