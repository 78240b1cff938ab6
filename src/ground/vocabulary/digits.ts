/** Digits of every writing system, and the characters that nobody sees but that break a comparison. */

const DIGIT = /\p{Nd}/u
const FOREIGN = /[^\x00-\x7f]/

/** Value 0..9 of a decimal digit of any script. Unicode gives each system ten code points in a row. */
function digitAt(code: number): number {
  if (code >= 0x660 && code <= 0x669) return code - 0x660
  if (code >= 0x6f0 && code <= 0x6f9) return code - 0x6f0
  let start = code
  while (DIGIT.test(String.fromCodePoint(start - 1))) start--
  return (code - start) % 10
}

/** ٠٧٥٠ and ۰۷۵۰ → 0750; any other decimal digit of Unicode too. Everything else stays as it is. */
export function westernDigits(text: string): string {
  if (!FOREIGN.test(text)) return text
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0)!
    return code < 0x80 ? digit : String(digitAt(code))
  })
}

/** Zero-width characters, direction marks, isolates, soft hyphen, variation selectors, byte-order mark; not tatweel, which is seen. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu

/** Without the controls that copying from a chat leaves in numbers and names. Not for names in which ZWNJ separates letters: see `#names`. */
export function withoutInvisibles(text: string): string {
  return FOREIGN.test(text) ? text.replace(INVISIBLE, "") : text
}

/** One line, trimmed, single spaces, western digits, no invisible characters, compatibility forms folded (NFKC). */
export function tidy(text: string): string {
  if (!FOREIGN.test(text)) return text.replace(/\s+/g, " ").trim()
  return westernDigits(withoutInvisibles(text.normalize("NFKC")))
    .replace(/\s+/g, " ")
    .trim()
}

/** `tidy` in capitals; composed again, since capitals of accented Greek and others fall apart. */
export function tidyUpper(text: string): string {
  return tidy(text).toUpperCase().normalize("NFKC")
}

/** `tidy` in small letters. */
export function tidyLower(text: string): string {
  return tidy(text).toLowerCase().normalize("NFKC")
}

/** Luhn's check (ISO/IEC 7812-1 annex B): true when the last digit checks the ones before it. */
export function luhn(digits: string): boolean {
  return luhnDigit(digits.slice(0, -1)) === digits.at(-1)
}

/** The digit that Luhn's rule puts behind `digits`. */
export function luhnDigit(digits: string): string {
  let sum = 0
  for (let at = digits.length - 1, double = true; at >= 0; at--, double = !double) {
    const digit = digits.charCodeAt(at) - 48
    sum += double ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit
  }
  return String((10 - (sum % 10)) % 10)
}
