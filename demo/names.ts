import {
  ALBANIAN_MEN,
  ARAB_MEN,
  ARAB_WOMEN,
  EUROPEAN,
  EUROPEAN_SURNAMES,
  type GivenName,
  KURDISH_MEN,
  KURDISH_WOMEN,
  PASHTUN_MEN,
  PERSIAN_MEN,
  PERSIAN_WOMEN,
  TURKISH_MEN,
  VIETNAMESE_PEOPLE,
} from "./names-table.ts"
import type { Rng } from "./rng.ts"

export type Language =
  | "sorani"
  | "sorani-latin"
  | "kurmanji"
  | "arabic"
  | "persian"
  | "pashto"
  | "turkish"
  | "english"
  | "french"
  | "german"
  | "albanian"
  | "vietnamese"
  | "emoji"

/** Share of messages, percent. */
export const LANGUAGE_SHARES: Readonly<Record<Language, number>> = {
  sorani: 34,
  "sorani-latin": 12,
  kurmanji: 6,
  arabic: 16,
  persian: 9,
  pashto: 3,
  turkish: 4,
  english: 6,
  french: 2,
  german: 2,
  albanian: 1,
  vietnamese: 1,
  emoji: 4,
}

/** BCP 47 tags for material sheets and posts. */
export const LANGUAGE_TAGS: Readonly<Record<Language, string>> = {
  sorani: "ckb",
  "sorani-latin": "ckb-Latn",
  kurmanji: "kmr",
  arabic: "ar-IQ",
  persian: "fa",
  pashto: "ps",
  turkish: "tr",
  english: "en",
  french: "fr",
  german: "de",
  albanian: "sq",
  vietnamese: "vi",
  emoji: "zxx",
}

/** Given + father + grandfather, in Latin and native letters. */
export interface Name {
  parts: GivenName[]
  latin: string
  native: string
}

function pools(language: Language, female: boolean): { given: readonly GivenName[]; fathers: readonly GivenName[] } {
  switch (language) {
    case "arabic":
      return { given: female ? ARAB_WOMEN : ARAB_MEN, fathers: ARAB_MEN }
    case "persian":
      return { given: female ? PERSIAN_WOMEN : PERSIAN_MEN, fathers: PERSIAN_MEN }
    case "pashto":
      return { given: female ? PERSIAN_WOMEN : PASHTUN_MEN, fathers: PASHTUN_MEN }
    case "turkish":
      return { given: female ? KURDISH_WOMEN : TURKISH_MEN, fathers: TURKISH_MEN }
    case "albanian":
      return { given: ALBANIAN_MEN, fathers: ALBANIAN_MEN }
    case "vietnamese":
      return { given: VIETNAMESE_PEOPLE, fathers: VIETNAMESE_PEOPLE }
    case "english":
    case "french":
    case "german":
      return { given: EUROPEAN, fathers: [] }
    default:
      return { given: female ? KURDISH_WOMEN : KURDISH_MEN, fathers: KURDISH_MEN }
  }
}

export function nameOf(parts: GivenName[]): Name {
  return { parts, latin: parts.map((p) => p[0]).join(" "), native: parts.map((p) => p[1]).join(" ") }
}

export function drawName(rng: Rng, language: Language, female: boolean): Name {
  const { given, fathers } = pools(language, female)
  if (fathers.length === 0) {
    const surname = rng.pick(EUROPEAN_SURNAMES)
    return nameOf([rng.pick(given), [surname, surname]])
  }
  const first = rng.pick(given)
  const father = rng.pick(fathers.filter((f) => f !== first))
  // A grandson often bears his grandfather's name, hardly ever his father's.
  return nameOf([first, father, rng.pick(fathers.filter((f) => f !== father))])
}

/** A sibling: other given name, same father and grandfather. */
export function siblingName(rng: Rng, of: Name, language: Language, female: boolean): Name {
  const { given } = pools(language, female)
  const others = given.filter((g) => g[0] !== of.parts[0]![0])
  return nameOf([rng.pick(others), ...of.parts.slice(1)])
}

/** One Latin spelling among those in use. */
export function spelling(rng: Rng, name: GivenName): string {
  return name.length > 2 && rng.chance(0.45) ? rng.pick(name.slice(2)) : name[0]
}

export function spelledName(rng: Rng, name: Name, words: number): string {
  return name.parts
    .slice(0, words)
    .map((p) => spelling(rng, p))
    .join(" ")
}

const LETTERS: Readonly<Record<string, string>> = {
  ا: "a",
  ب: "b",
  پ: "p",
  ت: "t",
  ج: "j",
  چ: "ch",
  ح: "h",
  خ: "x",
  د: "d",
  ر: "r",
  ڕ: "r",
  ز: "z",
  ژ: "zh",
  س: "s",
  ش: "sh",
  ع: "3",
  غ: "gh",
  ف: "f",
  ڤ: "v",
  ق: "q",
  ک: "k",
  گ: "g",
  ل: "l",
  ڵ: "l",
  م: "m",
  ن: "n",
  و: "w",
  ۆ: "o",
  ه: "h",
  ە: "a",
  ی: "y",
  ێ: "e",
  ئ: "",
  ھ: "h",
  ك: "k",
  ي: "y",
  "؟": "?",
  "،": ",",
}

/** Sorani as it is typed in Latin letters in chats: unwritten short i stays unwritten ("mn", "krd"), every chatter spells alike enough to read. */
export function chatLatin(text: string): string {
  let out = ""
  const letters = [...text.replaceAll("وو", "u")]
  for (let i = 0; i < letters.length; i++) {
    const c = letters[i]!
    const next = letters[i + 1]
    const before = letters[i - 1]
    const betweenConsonants =
      before !== undefined && /[\p{L}]/u.test(before) && !/[اەێۆ]/.test(before) && (next === undefined || !/[اەێۆ]/.test(next))
    if (c === "و") out += betweenConsonants ? "u" : "w"
    else if (c === "ی") out += betweenConsonants ? "i" : "y"
    else out += LETTERS[c] ?? c
  }
  return out
}
