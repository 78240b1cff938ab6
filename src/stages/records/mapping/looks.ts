import { luhn, tidy } from "#vocabulary/digits"

/** What a cell looks like, by its characters alone. Not a verdict on validity: the writer's normal forms give that. */
export type Look =
  | "empty"
  | "email"
  | "url"
  | "handle"
  | "iban"
  | "wallet"
  | "imei"
  | "mrz"
  | "phone"
  | "datetime"
  | "date"
  | "time"
  | "coordinate"
  | "amount"
  | "currency"
  | "integer"
  | "number"
  | "boolean"
  | "word"
  | "text"

const CURRENCIES =
  /^(?:EUR|GBP|USD|IQD|IRR|TRY|AED|SYP|LBP|JOD|AFN|PKR|SAR|QAR|KWD|CHF|SEK|NOK|DKK|PLN|RON|BGN|HUF|CZK|RSD|ALL|MKD|RUB|UAH|EGP|LYD|TND|MAD|DZD|CAD|AUD|USDT|BTC)$/
const DAY = /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?!\d))/
const CLOCK = /^\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[AaPp]\.?[Mm]\.?)?/
const MONTH_DAY = /^(?:\d{1,2}[ .-]{1,2}\p{L}{3,}\.?[ ,.-]{1,2}\d{2,4}|\p{L}{3,}\.? \d{1,2},? \d{4})(?=$|[ ,T])/u
const MONEY_SIGN =
  /^(?:[€£$¥₺﷼]|EUR|GBP|USD|IQD|TRY|AED)? ?-?\d{1,3}(?:[,.' ٬]\d{3})*(?:[.,٫]\d{1,2})? ?(?:[€£$¥₺﷼]|EUR|GBP|USD|IQD|TRY|AED)?$/i

function compactDay(text: string): boolean {
  if (!/^(?:1[89]|20)\d{6}$/.test(text)) return false
  const month = Number(text.slice(4, 6))
  const day = Number(text.slice(6))
  return month >= 1 && month <= 12 && day >= 1 && day <= 31
}

/** ISO 7064 mod 97-10 over an IBAN's rearranged characters. */
function ibanChecks(text: string): boolean {
  let remainder = 0
  for (const char of text.slice(4) + text.slice(0, 4)) {
    const value = Number.parseInt(char, 36)
    remainder = (value > 9 ? remainder * 100 + value : remainder * 10 + value) % 97
  }
  return remainder === 1
}

export function lookOf(cell: string): Look {
  const text = tidy(cell)
  if (text === "") return "empty"
  if (text.length > 120) return "text"
  if (/^[^\s@,;]+@[^\s@,;]+\.[\p{L}]{2,}$/u.test(text)) return "email"
  if (/^(?:https?:\/\/|www\.)\S+$/i.test(text)) return "url"
  if (/^@[\w.]{2,}$/.test(text)) return "handle"
  if (/^[A-Z0-9<]{30,44}$/.test(text) && text.includes("<")) return "mrz"
  if (
    /^0x[0-9a-f]{40}$/i.test(text) ||
    /^T[1-9A-HJ-NP-Za-km-z]{33}$/.test(text) ||
    /^(?:bc1[02-9ac-hj-np-z]{11,71}|[13][1-9A-HJ-NP-Za-km-z]{25,34})$/.test(text)
  )
    return "wallet"
  const close = text.replace(/ /g, "")
  if (/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(close) && ibanChecks(close)) return "iban"
  if (/^(?:true|false|yes|no|ja|nein|oui|non|evet|hayır|نعم|لا|بله|خیر|بەڵێ|نەخێر)$/iu.test(text)) return "boolean"
  const day = DAY.exec(text) ?? MONTH_DAY.exec(text)
  if (day !== null) {
    const tail = text.slice(day[0].length).replace(/^[T, ]+/, "")
    if (tail === "") return "date"
    if (CLOCK.test(tail)) return "datetime"
  }
  if (CLOCK.exec(text)?.[0] === text) return "time"
  if (compactDay(text)) return "date"
  if (/^\d{15}$/.test(text) && luhn(text)) return "imei"
  const digits = text.replace(/\D/g, "").length
  const dialled = /^[+(]?[\d ()./-]+$/.test(text) && digits >= 7 && digits <= 15
  if (dialled && (/^\(?(?:\+|0\d)/.test(text) || /^\d{11,13}$/.test(text) || /^\(?\d{2,5}\)?[ ./-]\d{2,4}[ ./-]\d{2,}/.test(text)))
    return "phone"
  if (/^-?\d{1,3}\.\d{4,}$/.test(text) && Math.abs(Number(text)) <= 180) return "coordinate"
  if (/^-?\d+$/.test(text)) return "integer"
  if (/[€£$¥₺﷼]|^(?:EUR|GBP|USD|IQD|TRY|AED)\b|\b(?:EUR|GBP|USD|IQD|TRY|AED)$/i.test(text) && MONEY_SIGN.test(text)) return "amount"
  if (/^-?\d{1,3}(?:[,.' ٬]\d{3})+(?:[.,٫]\d{1,2})?$/.test(text) || /^-?\d+[.,٫]\d{2}$/.test(text)) return "amount"
  if (/^-?\d*[.,٫]\d+$/.test(text)) return "number"
  if (CURRENCIES.test(text)) return "currency"
  return /\s/.test(text) ? "text" : "word"
}

/** The look that most filled cells of a column share, and their share (0..1). Dates with and without a clock count together. */
export function columnLook(cells: readonly string[]): { look: Look; share: number; filled: number } {
  const counts = new Map<Look, number>()
  let filled = 0
  for (const cell of cells) {
    const look = lookOf(cell)
    if (look === "empty") continue
    filled++
    counts.set(look, (counts.get(look) ?? 0) + 1)
  }
  let best: Look = "empty"
  let most = 0
  for (const [look, n] of counts) {
    if (n > most) {
      best = look
      most = n
    }
  }
  if (best === "date" || best === "datetime") most = (counts.get("date") ?? 0) + (counts.get("datetime") ?? 0)
  if (best === "phone" || best === "imei")
    most = Math.max(most, (counts.get("phone") ?? 0) + (best === "phone" ? (counts.get("integer") ?? 0) : 0))
  return { look: best, share: filled === 0 ? 0 : most / filled, filled }
}
