/**
 * Scripts whose letters carry a vowel. The blocks of India have one order, so that one table reads nine of them; those of Ethiopia stand in rows of
 * eight. Plain spellings, as rough as those of `letters.ts`.
 */

/** By offset within a block of 128: vowels, consonants, signs that change or take away the vowel. */
const VOWELS = "a aa i ii u uu r l e e e ai o o o au".split(" ")
const CONSONANTS = "k kh g gh n ch chh j jh n t th d dh n t th d dh n n p f b bh m y r r l l l v sh sh s h".split(" ")
const SIGNS = "a i i u u r r e e e ai o o o au".split(" ")
const [FIRST_VOWEL, FIRST_CONSONANT, FIRST_SIGN] = [0x05, 0x15, 0x3e]
const VIRAMA = 0x4d
/** Nasal signs. */
const NASAL = [0x01, 0x02]
/** Dotted letters of Hindi and Bengali, apart in the block. */
const DOTTED: Readonly<Record<number, string>> = { 88: "q", 89: "kh", 90: "gh", 91: "z", 92: "r", 93: "rh", 94: "f", 95: "y" }
const NUKTA = 0x3c
const WITH_NUKTA: Readonly<Record<string, string>> = { j: "z", ph: "f", f: "f", k: "q", d: "r", dh: "r" }

/** A word of Devanagari, Bengali, Gurmukhi, Gujarati, Oriya, Tamil, Telugu, Kannada or Malayalam. */
export function indic(word: string): string {
  const letters = [...word].map((c) => c.codePointAt(0)! & 0x7f)
  let out = ""
  letters.forEach((letter, at) => {
    const consonant = CONSONANTS[letter - FIRST_CONSONANT] ?? DOTTED[letter]
    if (consonant !== undefined) {
      const dotted = letters[at + 1] === NUKTA
      const next = letters[at + (dotted ? 2 : 1)]
      // Between consonants a vowel is said, at the end of a word none.
      const bare = next === undefined || next === VIRAMA || SIGNS[next - FIRST_SIGN] !== undefined
      out += (dotted ? (WITH_NUKTA[consonant] ?? consonant) : consonant) + (bare ? "" : "a")
    } else if (NASAL.includes(letter)) out += "n"
    else out += VOWELS[letter - FIRST_VOWEL] ?? SIGNS[letter - FIRST_SIGN] ?? ""
  })
  return out
}

/** Rows of the Ethiopic block, eight syllables each; a row that is not named is read as the one before it. */
const ROWS: Readonly<Record<number, string>> = {
  0: "h",
  1: "l",
  2: "h",
  3: "m",
  4: "s",
  5: "r",
  6: "s",
  7: "sh",
  8: "q",
  12: "b",
  13: "v",
  14: "t",
  15: "ch",
  16: "h",
  18: "n",
  19: "n",
  20: "",
  21: "k",
  23: "kh",
  25: "w",
  26: "",
  27: "z",
  28: "zh",
  29: "y",
  30: "d",
  32: "j",
  33: "g",
  36: "t",
  37: "ch",
  38: "p",
  39: "ts",
  40: "ts",
  41: "f",
  42: "p",
}
const ETHIOPIC = 0x1200
const ORDERS = ["a", "u", "i", "a", "e", "", "o", "wa"]

/** A word of Amharic or Tigrinya. */
export function ethiopic(word: string): string {
  return [...word]
    .map((c) => {
      const at = c.codePointAt(0)! - ETHIOPIC
      let row = Math.floor(at / 8)
      while (row > 0 && ROWS[row] === undefined) row--
      return (ROWS[row] ?? "") + ORDERS[at % 8]!
    })
    .join("")
}
