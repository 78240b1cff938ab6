/** The number of a SIM card (ITU-T E.118): 89, country, issuer, account, and Luhn's digit last; 19 digits printed, 20 in many cards. */
import { luhn, luhnDigit, tidyUpper } from "./digits.ts"
import type { Normalised } from "./values.ts"

/** The card's file holds each pair of digits swapped and F as filler (ETSI TS 102 221 §13.2). */
function swapped(text: string): string {
  return text.replace(/(.)(.)/g, "$2$1")
}

/**
 * Valid: 19 or 20 digits from 89 whose last is Luhn's; 18 digits get theirs. Accepts the swapped form of the card's own file.
 * Cards of issuers that print no check digit come out as not valid: two readings of them are not matched by rule.
 */
export function iccid(raw: string): Normalised {
  let text = tidyUpper(raw)
    .replace(/^(?:ICCID|SIM)\s*[:=]?\s*/, "")
    .replace(/[\s\-/.]/g, "")
  let reason = ""
  if (/^98[\dF]{18}$/.test(text)) {
    text = swapped(text)
    reason = "read from the card's swapped digits"
  }
  text = text.replace(/F+$/, "")
  if (!/^\d{18,20}$/.test(text)) return { norm: text, valid: false, reason: text ? "not 18 to 20 digits" : "empty" }
  if (!text.startsWith("89")) return { norm: text, valid: false, reason: "does not begin with 89" }
  if (text.length === 18) return { norm: text + luhnDigit(text), valid: true, reason: "check digit added" }
  if (!luhn(text)) return { norm: text, valid: false, reason: "no check digit that fits" }
  return { norm: text, valid: true, reason }
}
