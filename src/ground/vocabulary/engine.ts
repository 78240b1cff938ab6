/** Serials of outboard engines. No world standard: a serial means something only with its maker (`maker:serial`). */
import { tidy, tidyLower, tidyUpper } from "./digits.ts"
import type { Normalised, ValueContext } from "./values.ts"

const GROUND_OFF = /ground|filed|removed|obliterat|defaced|illegible|unreadable|none|absent|missing|unknown|n\/a/i

/** Maker without legal form, in lower case letters and digits: `YAMAHA Motor Co., Ltd.` → `yamaha`. */
export function makerOf(text: string): string {
  return tidy(text)
    .toLowerCase()
    .replace(/\b(?:co|ltd|inc|corp|corporation|company|gmbh|motors?|marine|outboards?|limited)\b\.?/g, "")
    .replace(/[^\p{L}\p{N}]/gu, "")
}

/**
 * Valid: `maker:SERIAL`, serial in capitals without separators, maker from `context.issuer` or written before a colon.
 * A character that could not be read (`?`, `*`, `_`) or a ground-off plate is not valid: it must never match another.
 */
export function engine(raw: string, context: ValueContext = {}): Normalised {
  const text = tidy(raw)
  const written = /^([\p{L}][\p{L}\p{N} .,&-]*):\s*(.+)$/u.exec(text)
  const maker = makerOf(written?.[1] && !/^(?:s\/?n|serial|no)\b/i.test(written[1]) ? written[1] : (context.issuer ?? ""))
  const body = tidyUpper(written?.[2] ?? text)
  const serial = body.replace(/^(?:S\/?N|SERIAL|NO)\.?\s*[:#]?\s*(?=\S*\d)/, "").replace(/[\s\-–/.:]/g, "")
  if (text === "" || (GROUND_OFF.test(text) && !/\d{3}/.test(serial)))
    return { norm: tidyLower(serial), valid: false, reason: "no serial that can be read" }
  if (/[?*_#…]/.test(serial)) return { norm: serial, valid: false, reason: "partly read" }
  if (!/^[\p{L}\p{N}]{3,24}$/u.test(serial) || !/\d/.test(serial))
    return { norm: serial, valid: false, reason: "not a serial: letters and digits, 3 to 24" }
  if (/^(.)\1+$/.test(serial)) return { norm: serial, valid: false, reason: "one character repeated: a placeholder" }
  if (!maker) return { norm: serial, valid: false, reason: "the maker is not known: serials of different makers coincide" }
  return { norm: `${maker}:${serial}`, valid: true, reason: "" }
}
