import { westernDigits } from "#vocabulary/digits"

const AE = "\u06d5"
const HEH = "\u0647"
/** At the end of a word only this letter, or a heh with tatweel, is the consonant; a plain heh there is the vowel ae. */
const CONSONANT_HEH = "\u06be"

/** Letters that one keyboard or another puts for the same letter of Sorani, Persian and Arabic. */
const LETTERS: Readonly<Record<string, string>> = {
  "\u064a": "\u06cc", // ي yeh
  "\u0649": "\u06cc", // ى alef maksura
  "\u0643": "\u06a9", // ك kaf
  "\u0629": AE, // ة teh marbuta
  "\u0692": "\u0695", // ڒ reh with small v above
  "\u06ab": "\u06af", // ګ gaf of Pashto
  "\u06aa": "\u06a9", // ڪ kaf of Sindhi
  "\u06c1": HEH, // ہ heh of Urdu
  "\u06c3": AE, // ۃ teh marbuta of Urdu
  "\u06c0": AE, // ۀ heh with yeh above
}

/** Harakat, superscript alef, direction marks and other controls: nothing that shows where a syllable or a word ends. */
const STRIPPED = /[\u064b-\u0652\u0670\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u061c\u00ad\ufeff]/g
/** Tatweel and joiners: taken out once they have shown which heh is a vowel. */
const JOINERS = /[\u0640\u200c\u200d]/g

/** ASCII without what stands for other characters. */
const PLAIN = /^[ !-%'-~]*$/

/**
 * One spelling of a name in its own script: yeh, kaf, heh and ae, initial reh, digits; no harakat, tatweel, ZWNJ or direction
 * marks; lower case, single spaces, presentation forms resolved (NFKC). Idempotent. The letters are those of Sorani; Arabic and
 * Persian names come out in them too, alike on both sides of a comparison. After the rules of Lucene's SoraniNormalizer.
 */
export function fold(name: string): string {
  // Of plain letters there is nothing to fold but case and spaces.
  if (PLAIN.test(name)) return name.toLowerCase().replace(/ {2,}/g, " ").trim()
  const composed = name.replaceAll("&zwnj;", "\u200c").normalize("NFKC")
  const letters = composed
    .replace(STRIPPED, "")
    .replace(/[\u064a\u0649\u0643\u0629\u0692\u06ab\u06aa\u06c0\u06c1\u06c3]/g, (c) => LETTERS[c]!)
  const vowels = letters
    .replace(/\u0647\u200c/g, AE)
    .replace(/\u0647(?![\p{L}\p{M}\u0640\u200d])/gu, AE)
    .replace(/\u0647[\u0640\u200d]+(?![\p{L}\p{M}\u0640])/gu, CONSONANT_HEH)
    .replace(JOINERS, "")
    .replace(/\u06be(?=[\p{L}\p{M}])/gu, HEH)
    .replace(/(?<![\p{L}\p{M}])\u0631/gu, "\u0695")
  return westernDigits(vowels).replaceAll("İ", "i").toLowerCase().normalize("NFKC").replace(/\s+/g, " ").trim()
}
