/** Subscriber identity on a SIM (ITU-T E.212): country 3 digits, network 2 or 3, subscriber the rest; 15 digits at most. */
import { tidy } from "./digits.ts"
import type { Normalised } from "./values.ts"

/** Valid: 14 or 15 digits that begin with a geographic (2 to 7) or shared (901) country code. There is no check digit. */
export function imsi(raw: string): Normalised {
  const digits = tidy(raw)
    .replace(/^imsi\s*[:=]?\s*/i, "")
    .replace(/[\s\-/.]/g, "")
  if (!/^\d{14,15}$/.test(digits)) return { norm: digits, valid: false, reason: digits ? "not 14 or 15 digits" : "empty" }
  if (!/^(?:[2-7]|90)/.test(digits)) return { norm: digits, valid: false, reason: `${digits.slice(0, 3)} is not a mobile country code` }
  return { norm: digits, valid: true, reason: "" }
}
