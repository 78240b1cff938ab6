/** Registration plates of vehicles. A plate is an identity only together with the country that issued it. */
import { alpha2Of } from "./countries.ts"
import { tidyUpper } from "./digits.ts"
import type { Normalised, ValueContext } from "./values.ts"

/**
 * Valid: `CC:PLATE` (ISO 3166-1 alpha-2) in capitals without separators, letters of any script. Country from `context.issuer` or written before a
 * colon; else the exhibit's region, and the reason says so. Plates are reissued and copied: an equal plate is an equal sign on a car.
 */
export function plate(raw: string, context: ValueContext = {}): Normalised {
  const text = tidyUpper(raw)
  const written = /^([A-Z]{2,3}):\s*(.+)$/.exec(text)
  const own = written && alpha2Of(written[1]!)
  const country = own || alpha2Of(context.issuer ?? "") || alpha2Of(context.region ?? "")
  const assumed = !own && alpha2Of(context.issuer ?? "") === null
  const sign = (own ? written[2]! : text).replace(/[^\p{L}\p{N}]/gu, "")
  if (/[?*_…]/.test(text)) return { norm: text.replace(/\s/g, ""), valid: false, reason: "partly read" }
  if (!/\p{N}/u.test(sign) || sign.length < 3 || sign.length > 12)
    return { norm: sign, valid: false, reason: sign ? "not the form of a plate" : "empty" }
  if (!country) return { norm: sign, valid: false, reason: "the country is not known: plates of different countries coincide" }
  return { norm: `${country}:${sign}`, valid: true, reason: assumed ? `country ${country} taken from the exhibit's region` : "" }
}
