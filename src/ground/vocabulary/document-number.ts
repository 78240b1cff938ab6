/** Numbers of passports, identity cards and permits. A number is an identity only together with who issued it. */
import { alpha3Of } from "./countries.ts"
import { tidyUpper } from "./digits.ts"
import type { Normalised, ValueContext } from "./values.ts"

/** Issuer codes of ICAO Doc 9303-3 §5 that are not three letters, and what is written instead. */
const ISSUERS: Readonly<Record<string, string>> = { D: "DEU", RKS: "XKX", UNK: "XKX", ROM: "ROU", ZAR: "COD" }

/** Codes for organisations, stateless people and refugees (same section), and UTO of its specimens. */
const OTHERS = /^(?:UTO|UN[OA]|XX[ABCX]|XOM|XPO|XCE|EUE)$/

function issuerOf(text: string | undefined): string | null {
  const code = (text ?? "").toUpperCase().replace(/[<\s.]/g, "")
  const known = ISSUERS[code] ?? code
  return alpha3Of(known) ?? (OTHERS.test(known) ? known : null)
}

/**
 * Valid: `ISS:NUMBER`, issuer as ISO 3166-1 alpha-3 from `context.issuer` or written before the number, number in capitals
 * without spaces, dashes, slashes and fillers. Not valid without an issuer. O and 0 are not folded: the two forms are two numbers.
 */
export function documentNumber(raw: string, context: ValueContext = {}): Normalised {
  const text = tidyUpper(raw)
  const written = /^([A-Z]{1,3})\s*:\s*(.+)$/.exec(text)
  const own = written ? issuerOf(written[1]) : null
  const issuer = own ?? issuerOf(context.issuer)
  const number = (own ? written![2]! : text).replace(/^(?:NO|NR|NUMBER|PASSPORT)\s*[.:#]\s*/, "").replace(/[\s<\-–/.:]/g, "")
  if (number === "") return { norm: "", valid: false, reason: "empty" }
  if (!/^[\p{L}\p{N}]+$/u.test(number) || !/\d/.test(number)) return { norm: number, valid: false, reason: "not letters and digits" }
  if (number.length < 4 || number.length > 24) return { norm: number, valid: false, reason: "too short or too long for a document number" }
  if (/^(.)\1+$/.test(number)) return { norm: number, valid: false, reason: "one character repeated: a placeholder" }
  if (!issuer) return { norm: number, valid: false, reason: "the issuer is not known: numbers of different states coincide" }
  return { norm: `${issuer}:${number}`, valid: true, reason: "" }
}
