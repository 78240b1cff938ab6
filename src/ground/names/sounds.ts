/**
 * Names of every script as rough sounds, so that a spelling in one meets a spelling in another. One letter for each class of
 * consonants that the Latin orthographies of the region (Hawar, Turkish, English, French, German transcription) confuse, and
 * a i u for vowels. Not a pronunciation: a basis for comparison and for blocking keys.
 *
 * x = kh ḫ خ · k = q k gh g ق ك گ غ · j = c j dj zh ج ژ · c = ch sh ç ş چ ش · s = s th ث ص · z = z dh ذ ض ظ · w = w v و ڤ · b = b p
 */

const ARABIC: Readonly<Record<string, string>> = {
  ب: "b",
  پ: "b",
  ت: "t",
  ط: "t",
  ټ: "t",
  ٹ: "t",
  ث: "s",
  س: "s",
  ص: "s",
  څ: "s",
  ج: "j",
  ژ: "j",
  ځ: "z",
  ږ: "j",
  چ: "c",
  ش: "c",
  ښ: "c",
  ح: "h",
  ه: "h",
  ھ: "h",
  ہ: "h",
  خ: "x",
  د: "d",
  ډ: "d",
  ڈ: "d",
  ذ: "z",
  ز: "z",
  ض: "z",
  ظ: "z",
  ر: "r",
  ڕ: "r",
  ړ: "r",
  ڑ: "r",
  غ: "k",
  ق: "k",
  ک: "k",
  گ: "k",
  ف: "f",
  ڤ: "w",
  ل: "l",
  ڵ: "l",
  م: "m",
  ن: "n",
  ڼ: "n",
  ں: "n",
  ا: "a",
  آ: "a",
  أ: "a",
  إ: "i",
  ٱ: "a",
  ە: "a",
  ێ: "i",
  ې: "i",
  ے: "i",
  ۆ: "u",
  ؤ: "u",
  ۇ: "u",
  ع: "",
  ء: "",
  ئ: "",
}

const CYRILLIC: Readonly<Record<string, string>> = {
  а: "a",
  б: "b",
  в: "v",
  г: "g",
  ґ: "g",
  д: "d",
  е: "e",
  ё: "yo",
  є: "ye",
  ж: "zh",
  з: "z",
  и: "i",
  і: "i",
  ї: "yi",
  й: "y",
  к: "k",
  л: "l",
  м: "m",
  н: "n",
  о: "o",
  п: "p",
  р: "r",
  с: "s",
  т: "t",
  у: "u",
  ф: "f",
  х: "kh",
  ц: "ts",
  ч: "ch",
  ш: "sh",
  щ: "sht",
  ъ: "a",
  ы: "i",
  ь: "",
  э: "e",
  ю: "yu",
  я: "ya",
}

const VOWEL = /[aiu]/

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
      const before = next !== undefined && VOWEL.test(ARABIC[next] ?? (next === "و" || next === "ی" ? "u" : ""))
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
    out += ARABIC[letter] ?? ""
  }
  return out
}

/** Longest spelling first. Digraphs become capitals, so that later rules leave them alone. */
const LATIN: readonly (readonly [RegExp, string])[] = [
  [/tsch|tch|sch|sh|ch/g, "C"],
  [/dsch|dzh|dj|zh/g, "J"],
  [/kh/g, "X"],
  [/gh/g, "k"],
  [/ph/g, "f"],
  [/th/g, "s"],
  [/dh/g, "z"],
  [/cc|ck|q|g/g, "k"],
  // C is ج in Kurdish and Turkish before a vowel, k in the names of the west before a consonant and at the end.
  [/c(?=[aeiouy])/g, "J"],
  [/c/g, "k"],
  [/j/g, "J"],
  [/x/g, "X"],
  [/p/g, "b"],
  [/v/g, "w"],
  [/ee+/g, "i"],
  [/oo+/g, "u"],
  [/(.)\1+/g, "$1"],
  [/ou/g, "u"],
  [/eyi/g, "I"],
  [/e[iy](?![aeiou])|a[iy](?![aeiou])/g, "I"],
  [/i?y(?=[aeiou])|i(?=[aeou])/g, "Y"],
  [/y/g, "i"],
  [/(?<=[aeiou])w(?=[^aeiou]|$)/g, "u"],
  [/e/g, "a"],
  [/o/g, "u"],
]

function fromLatin(word: string): string {
  let out = word.replace(/[^a-z]/g, "").replace(/^[ae]v(?=d)/, "ab")
  for (const [pattern, to] of LATIN) out = out.replace(pattern, to)
  return out.toLowerCase().replace(/h$/, "")
}

/** `Abd` and its article in one spelling (Abdul-, Abd al-, Evdil-, عبدال), and `-din` at the end. */
function compounds(sound: string): string {
  let out = sound
  if (/^[ai][bw]d/.test(out)) {
    const name = out.slice(3).replace(/^[aiu]*l?[aiu]*/, "")
    if (/[^aiu]/.test(name)) out = `abda${name}`
    else if (/^[ai][bw]d[aiu]*l/.test(out)) out = "abdala"
  }
  return out.replace(/(?<=.{3})[aiu]*l?[aiu]*din$/, "adin")
}

const CACHE_LIMIT = 100_000
const SOUNDS = new Map<string, string>()

/** The rough sound of one word (as `tokens` gives them), consonants and a i u; for scripts without a table, the word itself. */
export function soundOf(word: string): string {
  const known = SOUNDS.get(word)
  if (known !== undefined) return known
  let sound: string
  if (/\p{Script=Arabic}/u.test(word)) sound = fromArabic(word).replace(/(.)\1+/g, "$1")
  else if (/\p{Script=Cyrillic}/u.test(word)) sound = fromLatin([...word].map((c) => CYRILLIC[c] ?? "").join(""))
  else if (/[a-z]/.test(word)) sound = fromLatin(word)
  else sound = word
  sound = compounds(sound).replace(/h$/, "")
  if (SOUNDS.size >= CACHE_LIMIT) SOUNDS.clear()
  SOUNDS.set(word, sound)
  return sound
}

/** Consonants of a sound. A final t is d, as Turkish hardens it. Words of vowels alone keep their first. */
export function skeletonOf(sound: string): string {
  const bones = sound.replace(/[aiu]/g, "").replace(/(?<=.)t$/, "d")
  return bones === "" ? sound.slice(0, 1) : bones
}
