import type { Identifier } from "#vocabulary/record"

/** Apps in which an account is addressed by its telephone number. */
const BY_NUMBER = new Set(["sms", "mms", "cellular", "imessage", "facetime", "whatsapp", "viber", "signal"])
const MESSENGERS = new Set(["whatsapp", "viber", "signal"])
const UUID = /^(?:pni:)?[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i
/** RFC 3696, erratum 1690, with room to spare; the pattern below takes quadratic time on longer texts. */
const LONGEST_ADDRESS = 400
/** What extraction tools call the phone itself and its stores. */
const NATIVE = new Set([
  "",
  "phone",
  "native",
  "sim",
  "recents",
  "address-book",
  "contacts",
  "android",
  "phonebook",
  "native-messages",
  "calls",
  "device",
])

/** The app or platform that a tool names, in lower case with hyphens; undefined for the phone's own stores. */
export function platformName(source: string | undefined): string | undefined {
  if (source === undefined) return undefined
  const word = source.trim().toLowerCase()
  const name = word
    .replace(/^(whatsapp|telegram|signal|viber|skype|facebook|instagram|tiktok|snapchat|kik)( business|[ -]messenger|[ -]x)?$/, "$1")
    .replace(/[\s:]+/g, "-")
  return NATIVE.has(name) ? undefined : name
}

/** True for what can only be a number to be dialled: digits of any script with the usual signs, five or more. */
export function looksLikePhone(text: string): boolean {
  return (
    /^[\s\u200e\u200f\u202a-\u202e\u2066-\u2069~]*\+?[\p{Nd}\s().\-/\u2010-\u2015\u00a0\u200e\u200f\u202a-\u202e\u2066-\u2069]{5,}$/u.test(
      text,
    ) && (text.match(/\p{Nd}/gu)?.length ?? 0) >= 5
  )
}

/**
 * The identifier in an identity-bearing cell of a phone or chat export, as written. Null when the cell is empty. The type says what
 * the cell is on that platform; whether it is valid is for `#vocabulary/normalise`.
 */
export function identifierOf(cell: string | undefined | null, platform: string | undefined): Identifier | null {
  const raw = cell?.trim() ?? ""
  if (raw === "") return null
  const on = platform === undefined ? {} : { platform }
  if (/@(s\.whatsapp\.net|c\.us|g\.us|lid|broadcast)$/i.test(raw)) return { type: "phone", raw, platform: "whatsapp" }
  if (/@talk\.kik\.com/i.test(raw)) return { type: "account", raw, platform: "kik" }
  if (raw.length <= LONGEST_ADDRESS && /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(raw)) return { type: "email", raw }
  // Messengers that know a person by number name him by an id of their own where he hides it.
  if (platform !== undefined && MESSENGERS.has(platform) && !looksLikePhone(raw))
    return { type: UUID.test(raw) ? "account" : "handle", raw, ...on }
  if (platform === undefined || BY_NUMBER.has(platform)) return { type: "phone", raw, ...on }
  if (/^\+[\d\s()-]{7,}$/.test(raw)) return { type: "phone", raw, ...on }
  return /^\d+$/.test(raw) ? { type: "account", raw, ...on } : { type: "handle", raw, ...on }
}
