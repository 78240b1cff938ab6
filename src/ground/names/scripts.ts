export type Script =
  | "latin"
  | "arabic"
  | "cyrillic"
  | "greek"
  | "hebrew"
  | "armenian"
  | "georgian"
  | "han"
  | "kana"
  | "hangul"
  | "other"
  | "mixed"
  | "none"

const SCRIPTS: readonly (readonly [Script, RegExp])[] = [
  ["latin", /\p{Script=Latin}/gu],
  ["arabic", /\p{Script=Arabic}/gu],
  ["cyrillic", /\p{Script=Cyrillic}/gu],
  ["greek", /\p{Script=Greek}/gu],
  ["hebrew", /\p{Script=Hebrew}/gu],
  ["armenian", /\p{Script=Armenian}/gu],
  ["georgian", /\p{Script=Georgian}/gu],
  ["han", /\p{Script=Han}/gu],
  ["kana", /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ["hangul", /\p{Script=Hangul}/gu],
]

/** The script of the letters in a text: `mixed` when a second one has a quarter of them or more, `none` without letters. */
export function scriptOf(text: string): Script {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  if (letters === 0) return "none"
  const counts = SCRIPTS.map(([script, pattern]) => [script, text.match(pattern)?.filter((c) => /\p{L}/u.test(c)).length ?? 0] as const)
    .filter(([, count]) => count > 0)
    .sort((a, b) => b[1] - a[1])
  const [first, second] = counts
  if (!first) return "other"
  if (second && second[1] * 4 >= letters) return "mixed"
  return first[0]
}
