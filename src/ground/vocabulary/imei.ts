/** Equipment identity of a phone (3GPP TS 23.003 §6): 14 digits and a check digit, or 14 and two of software version (IMEISV). */
import { luhn, luhnDigit, tidy } from "./digits.ts"
import type { Normalised } from "./values.ts"

/**
 * Valid: 15 digits with the check digit that belongs there, so that 14-, 15- and 16-digit readings of one phone are equal.
 * A check digit 0 that does not fit is accepted: networks transmit 0 in its place.
 */
export function imei(raw: string): Normalised {
  const text = tidy(raw).replace(/^imei(?:sv)?\s*\d?\s*[:=]?\s*/i, "")
  const digits = text.replace(/[\s\-/.]/g, "")
  if (!/^\d{14,16}$/.test(digits)) return { norm: digits, valid: false, reason: digits ? "not 14 to 16 digits" : "empty" }
  const body = digits.slice(0, 14)
  if (/^(\d)\1+$/.test(body)) return { norm: digits, valid: false, reason: "one digit repeated: a placeholder" }
  const norm = body + luhnDigit(body)
  if (digits.length === 14) return { norm, valid: true, reason: "check digit added" }
  if (digits.length === 16) return { norm, valid: true, reason: `IMEISV: software version ${digits.slice(14)} left out` }
  if (luhn(digits)) return { norm, valid: true, reason: "" }
  if (digits.endsWith("0")) return { norm, valid: true, reason: "check digit given as 0, as networks transmit it" }
  return { norm: digits, valid: false, reason: `the check digit should be ${norm.at(-1)}` }
}
