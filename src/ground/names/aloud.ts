import anyAscii from "any-ascii"
import { scriptOf } from "./scripts.ts"

/** Scripts for which `sounds.ts` has rules of its own. */
const READ =
  /^[\p{Script=Latin}\p{Script=Arabic}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{M}\P{L}]*$/u

/**
 * A name with the letters of scripts that have no rules of sound here (Han, Khmer, Thai, Devanagari, Ethiopic …) read aloud in Latin ones, word by
 * word, after the tables of any-ascii: 张伟 is Zhang Wei, តារា tara. Null where every letter has rules of its own. One reading of several that a sign
 * may have, without tones: what agrees aloud is alike and never the same.
 */
export function aloud(name: string): string | null {
  if (READ.test(name)) return null
  const latin = anyAscii(name)
    // Each syllable of Han comes with a capital.
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " ")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim()
  return scriptOf(latin) === "latin" ? latin : null
}
