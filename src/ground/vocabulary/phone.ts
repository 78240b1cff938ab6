/** Telephone numbers: E.164 (ITU-T E.164) where the value is one, and a kept, labelled form where it is a short code, a sender name or a group. */
import { type CountryCode, isSupportedCountry, type PhoneNumber, parsePhoneNumberFromString } from "libphonenumber-js/max"
import { tidy, tidyLower } from "./digits.ts"
import type { Normalised, ValueContext } from "./values.ts"

const LIMIT = 120
const KEPT = /^(?:short|alpha|group|jid|national|unread):/
const JID = /^([^@\s]+)@(s\.whatsapp\.net|c\.us|g\.us|lid|broadcast|newsletter)$/i

function kept(label: string, text: string, reason: string): Normalised {
  return { norm: `${label}:${text}`, valid: false, reason }
}

/** WhatsApp: `number[:device]@s.whatsapp.net` is a phone; groups, lists and linked ids (`@lid`) are not. */
function readJid(user: string, server: string, context: ValueContext): Normalised {
  const host = server.toLowerCase()
  if (host === "g.us") return kept("group", `${user}@g.us`, "a group, not a phone")
  const number = /^(\d{7,15})(?:[:.]\d+)*$/.exec(user)?.[1]
  if ((host === "s.whatsapp.net" || host === "c.us") && number) return international(`+${number}`, context, "")
  return kept("jid", `${user}@${host}`, "an internal address, not a phone")
}

function international(text: string, context: ValueContext, reason: string): Normalised {
  const parsed = parsePhoneNumberFromString(text)
  if (!parsed) return kept("unread", text, "no such country code")
  if (parsed.isPossible()) return { norm: parsed.number, valid: true, reason: parsed.isValid() ? reason : join(reason, outside(parsed)) }
  const region = regionOf(context)
  const national = region ? parsePhoneNumberFromString(text.replace(/^\+/, ""), region) : undefined
  if (national?.isValid()) return { norm: national.number, valid: true, reason: `the plus sign is wrong; read as ${region}` }
  return kept("unread", text, "too short or too long for its country")
}

/** Ranges that a numbering plan has not given out (those kept for fiction among them) are still one number each. */
function outside(parsed: PhoneNumber): string {
  return `not in an assigned range of ${parsed.country ?? `+${parsed.countryCallingCode}`}`
}

function join(first: string, second: string): string {
  return first ? `${first}; ${second}` : second
}

function regionOf(context: ValueContext): CountryCode | undefined {
  const region = context.region?.toUpperCase()
  return region && isSupportedCountry(region) ? region : undefined
}

function nationalNumber(digits: string, context: ValueContext): Normalised {
  const region = regionOf(context)
  if (region) {
    const parsed = parsePhoneNumberFromString(digits, region)
    if (parsed?.isValid())
      return { norm: parsed.number, valid: true, reason: `read as ${parsed.country ?? region} by the exhibit's region` }
    if (digits.startsWith("0") && parsed?.isPossible())
      return { norm: parsed.number, valid: true, reason: `read as ${region} by the exhibit's region; ${outside(parsed)}` }
  }
  if (!digits.startsWith("0") && digits.length >= 10) {
    const parsed = parsePhoneNumberFromString(`+${digits}`)
    const reason = "read as international, written without its plus sign"
    if (parsed?.isValid()) return { norm: parsed.number, valid: true, reason }
    // Eleven digits and more are hardly ever a local number of somewhere else.
    if (parsed?.isPossible() && digits.length >= 11) return { norm: parsed.number, valid: true, reason: join(reason, outside(parsed)) }
  }
  if (region) return kept("national", digits, `not a number of ${region}`)
  return kept("national", digits, "no country code, and the exhibit's region is not known")
}

function read(raw: string, context: ValueContext): Normalised {
  let text = tidy(raw)
  if (text === "") return kept("unread", "", "empty")
  if (KEPT.test(text)) return { norm: text, valid: false, reason: "already kept as not a phone" }
  if (text.length > LIMIT) return kept("unread", text.slice(0, LIMIT), "far too long for a number")
  const jid = JID.exec(text)
  if (jid) return readJid(jid[1]!, jid[2]!, context)
  text = text
    .replace(/^(?:tel|sms|smsto|callto|whatsapp|viber):(?:\/\/)?/i, "")
    .replace(/^(?:https?:\/\/)?(?:www\.)?wa\.me\/\+?(?=\d)/i, "+")
  if (/%2b/i.test(text)) text = text.replace(/%2b/gi, "+")
  // RFC 3966 parameters and dial pauses belong to the call, not to the number.
  text = text.replace(/[;,?#pw].*$/i, (rest, at: number) => (at > 0 && /^[\s+\d().\-/]+$/.test(text.slice(0, at)) ? "" : rest))
  if (/\p{L}/u.test(text)) {
    const extended = /^([+\d][\d\s().\-/]{5,}?)\s*(?:ext\.?|x|int\.?)\s*\d{1,6}$/i.exec(text)?.[1]
    if (!extended) return kept("alpha", tidyLower(text), "letters: the name of a sender or an account, not a number")
    text = extended
  }
  const plus = /^[\s(]*\+/.test(text)
  if (plus || /^[\s(]*00/.test(text)) text = text.replace(/\(\s*0\s*\)/, "")
  let digits = text.replace(/\D/g, "")
  if (digits === "") return kept("unread", text, "no digits")
  if (/[*#]/.test(text)) return kept("short", text.replace(/\s/g, ""), "a service code")
  if (plus) return international(`+${digits.replace(/^00/, "")}`, context, "")
  if (digits.startsWith("00") && digits.length > 8) return international(`+${digits.slice(2)}`, context, "")
  if (digits.startsWith("011") && digits.length > 10 && ["US", "CA"].includes(regionOf(context) ?? "")) digits = digits.slice(3)
  if (digits.length <= 6) return kept("short", digits, "a short code: means something in one network only")
  return nationalNumber(digits, context)
}

/** Two generations of answers: raw numbers repeat many times over in one phone, and parsing one costs some 8 µs. */
const GENERATION = 100_000
let young = new Map<string, Normalised>()
let old = new Map<string, Normalised>()

/**
 * Valid: E.164 with a plus sign. A national number needs `context.region`. What is not a phone is kept under a label (`short:`,
 * `alpha:`, `group:`, `jid:`, `national:`, `unread:`) with `valid: false`. A number outside every assigned range is valid when
 * its length is right, and the reason says so.
 */
export function phone(raw: string, context: ValueContext = {}): Normalised {
  const key = `${context.region ?? ""}|${raw}`
  let answer = young.get(key)
  if (answer) return answer
  answer = old.get(key) ?? Object.freeze(read(raw, context))
  if (young.size >= GENERATION) {
    old = young
    young = new Map()
  }
  young.set(key, answer)
  return answer
}
