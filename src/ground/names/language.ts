import { scriptOf } from "./scripts.ts"

/** Languages that the letters of a name can point to; `unknown` where the letters are those of several. */
export type NameLanguage = "sorani" | "kurmanji" | "arabic" | "persian" | "turkish" | "unknown"

/** Letters and endings that only one of the languages of the region writes, the surest first. */
const SIGNS: readonly (readonly [NameLanguage, "arabic" | "latin", RegExp])[] = [
  // ێ ۆ ڵ ڕ ڤ ە, and heh with a joiner for ە.
  ["sorani", "arabic", /[\u06ce\u06c6\u06b5\u0695\u06a4\u06d5]|\u0647\u200c|وو/u],
  // ة ى ك ي أ إ ؤ, and the article.
  ["arabic", "arabic", /[\u0629\u0649\u0643\u064a\u0623\u0625\u0624\u0621]|(?<!\p{L})ال\p{L}{3}/u],
  ["persian", "arabic", /[\u067e\u0686\u0698\u06af\u06a9\u06cc]/u],
  ["turkish", "latin", /[ığöüİ]/u],
  ["kurmanji", "latin", /[êîû]|x[aeiou]|\bEvd|\bEbd/iu],
]

/** The language whose letters a name shows: a hint for the reader, never a reason. A romanised name tells none. */
export function languageOf(name: string): NameLanguage {
  const script = scriptOf(name)
  return SIGNS.find(([, of, sign]) => of === script && sign.test(name.normalize("NFC")))?.[0] ?? "unknown"
}
