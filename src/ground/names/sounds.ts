/**
 * Names of every script as rough sounds, so that a spelling in one meets a spelling in another. One letter for each class of
 * consonants that the Latin orthographies of the region (Hawar, Turkish, English, French, German transcription) confuse, and
 * a e i o u for vowels (`voiceOf`), of which a sound (`soundOf`) takes e for a and o for u, as the romanisations do. Not a
 * pronunciation: a basis for comparison and for blocking keys.
 *
 * x = kh ḫ خ · k = q k gh g ق ك گ غ · j = c j dj zh ج ژ · c = ch sh ç ş چ ش · s = s th ث ص · z = z dh ذ ض ظ · w = w v و ڤ · b = b p
 */
import { ARABIC, ARMENIAN, CYRILLIC, GEORGIAN, GREEK, HEBREW, hangul, KANA, kana } from "./tables/letters.ts"
import { ethiopic, indic } from "./tables/syllables.ts"

const VOWEL = /[aeiou]/

/** The vowels that Sorani writes and Arabic does not. */
const LETTER_VOWELS: Readonly<Record<string, string>> = { ە: "e", ێ: "e", ې: "e", ۆ: "o" }

/** Yeh and waw are consonants at the beginning of a word and before a vowel, else vowels; waw twice is û. */
function fromArabic(word: string): string {
  let out = ""
  const letters = [...word]
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at]!
    const next = letters[at + 1]
    if (letter === "و" || letter === "ی") {
      if (letter === "و" && next === "و") {
        out += "u"
        at++
        continue
      }
      const before = next !== undefined && VOWEL.test(ARABIC.get(next) ?? (next === "و" || next === "ی" ? "u" : ""))
      const initial = at === 0 && next !== undefined
      out += initial || before ? (letter === "و" ? "w" : "y") : letter === "و" ? "u" : "i"
      continue
    }
    if (letter === "ع" && at === 0 && next !== undefined && !/[اویێۆە]/.test(next)) {
      out += "a"
      continue
    }
    if ((letter === "ا" || letter === "ئ" || letter === "أ" || letter === "إ") && at === 0 && next !== undefined && /[ویێۆە]/.test(next))
      continue
    out += LETTER_VOWELS[letter] ?? ARABIC.get(letter) ?? ""
  }
  return out
}

/** Longest spelling first. Digraphs become capitals, so that later rules leave them alone. */
const LATIN: readonly (readonly [RegExp, string])[] = [
  [/dsch|dzh|dj|zh/g, "J"],
  [/tsch|tch|sch|sh|ch/g, "C"],
  [/kh/g, "X"],
  [/gh/g, "k"],
  [/ph/g, "f"],
  [/th/g, "s"],
  [/dh/g, "z"],
  [/cc|ck|q|g/g, "k"],
  // C is ج in Kurdish and Turkish before a vowel, k in the names of the west before a consonant and at the end.
  [/c(?=[aeiouy])|(?<=n)c$/g, "J"],
  [/c/g, "k"],
  [/j/g, "J"],
  [/x/g, "X"],
  [/p/g, "b"],
  [/v/g, "w"],
  [/ee+/g, "i"],
  [/oo+/g, "u"],
  [/ou(?=[aei])/g, "w"],
  [/ij(?=[aou])/gi, "Y"],
  [/(.)\1+/g, "$1"],
  [/ou/g, "u"],
  [/eyi/g, "I"],
  [/e[iy](?![aeiou])|a[iy](?![aeiou])/g, "I"],
  [/i?y(?=[aeiou])|i(?=[aeou])/g, "Y"],
  [/y/g, "i"],
  [/(?<=[aeiou])w(?=[^aeiou]|$)/g, "u"],
]

function fromLatin(word: string): string {
  let out = word.replace(/[^a-z]/g, "").replace(/^[ae]v(?=d)/, "ab")
  for (const [pattern, to] of LATIN) out = out.replace(pattern, to)
  return out.toLowerCase().replace(/h$/, "")
}

/** `Abd` and its article in one spelling (Abdul-, Abd al-, Evdil-, عبدال), and `-din` at the end. */
function compounds(voice: string): string {
  let out = voice
  if (/^[aei][bw]d/.test(out)) {
    const name = out.slice(3).replace(/^[aeiou]*l?[aeiou]*/, "")
    if (/[^aeiou]/.test(name)) out = `abda${name}`
    else if (/^[aei][bw]d[aeiou]*l/.test(out)) out = "abdala"
  }
  return out.replace(/(?<=.{3})[aeiou]*l?[aeiou]*dine?$/, "adin")
}

const spelled = (word: string, table: ReadonlyMap<string, string>) => fromLatin([...word].map((c) => table.get(c) ?? "").join(""))

const INDIC =
  /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}]/u

function voice(word: string): string {
  if (/\p{Script=Arabic}/u.test(word)) return fromArabic(word).replace(/(.)\1+/g, "$1")
  if (/[a-z]/.test(word)) return fromLatin(word)
  if (/\p{Script=Cyrillic}/u.test(word)) return spelled(word, CYRILLIC)
  if (/\p{Script=Georgian}/u.test(word)) return spelled(word, GEORGIAN)
  if (/\p{Script=Greek}/u.test(word)) return spelled(word.normalize("NFD").replace(/\p{M}/gu, ""), GREEK)
  if (/\p{Script=Hebrew}/u.test(word)) return spelled(word, HEBREW)
  if (/\p{Script=Armenian}/u.test(word)) return spelled(word, ARMENIAN)
  if (/\p{Script=Hangul}/u.test(word)) return fromLatin([...word].map(hangul).join(""))
  if (INDIC.test(word)) return fromLatin(indic(word))
  if (/\p{Script=Ethiopic}/u.test(word)) return fromLatin(ethiopic(word))
  if ([...word].every((c) => KANA.has(c) || /[\p{Script=Hiragana}\p{Script=Katakana}ー]/u.test(c))) return fromLatin(kana(word))
  return ""
}

const CACHE_LIMIT = 100_000
const VOICES = new Map<string, string>()

/** How one word (as `tokens` gives them) may be spoken: consonants and a e i o u; for scripts without a table, the word itself. */
export function voiceOf(word: string): string {
  const known = VOICES.get(word)
  if (known !== undefined) return known
  const heard = compounds(voice(word)).replace(/h$/, "") || word
  if (VOICES.size >= CACHE_LIMIT) VOICES.clear()
  VOICES.set(word, heard)
  return heard
}

/** The rough sound of one word: its voice with one letter for a and e, and one for o and u. */
export function soundOf(word: string): string {
  return voiceOf(word)
    .replaceAll("e", "a")
    .replaceAll("o", "u")
    .replace(/(.)\1+/g, "$1")
}

/** Consonants of a sound. A final t is d, as Turkish hardens it. Words of vowels alone keep their first. */
export function skeletonOf(sound: string): string {
  const bones = sound.replace(/[aeiou]/g, "").replace(/(?<=.)t$/, "d")
  return bones === "" ? sound.slice(0, 1) : bones
}
