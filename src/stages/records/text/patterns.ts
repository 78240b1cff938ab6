import { email } from "#vocabulary/email"
import { handle } from "#vocabulary/handle"
import { hull, readHull } from "#vocabulary/hull"
import { iban } from "#vocabulary/iban"
import { phone } from "#vocabulary/phone"
import { platformOfHost } from "#vocabulary/platforms"
import { wallet } from "#vocabulary/wallet"
import type { Draft } from "./amounts.ts"
import type { Folded } from "./fold.ts"
import type { TextContext } from "./span.ts"

/**
 * Identifiers that show themselves by their shape. Every pattern is bounded, so that reading stays linear. Readers run only when the
 * folded text holds a character that their pattern cannot do without.
 */

const URL_SHAPE =
  /(?:https?:\/\/|www\.)[^\s<>"]{3,400}|(?<![\w.@])(?:t\.me|telegram\.me|wa\.me|chat\.whatsapp\.com|instagram\.com|tiktok\.com|vm\.tiktok\.com|facebook\.com|fb\.com|m\.me|snapchat\.com|youtube\.com|youtu\.be|x\.com|twitter\.com)\/[^\s<>"]{2,400}/g
const EMAIL_SHAPE = /(?<![\w.+-])[a-z0-9][a-z0-9._%+-]{0,62}@[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,62}){0,4}\.[a-z]{2,18}(?![\w-])/g
const HANDLE_SHAPE = /(?<![\w.@/])@[a-z0-9_][a-z0-9_.]{2,31}/g
const PHONE_SHAPE = /(?<![\w+.,:/-])(?:\+|00)?\(?\d[\d ()\-./]{6,20}\d(?![\w])/g
const IBAN_SHAPE = /(?<![a-z0-9])[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){3,7}(?: ?[a-z0-9]{1,3})?(?![a-z0-9])/g
const WALLET_SHAPE =
  /(?<![\w])(?:0x[0-9a-fA-F]{40}|bc1[02-9ac-hj-np-z]{11,71}|[13][1-9A-HJ-NP-Za-km-z]{25,34}|T[1-9A-HJ-NP-Za-km-z]{33})(?![\w])/g
const POINT_SHAPE = /(?<![\d.])(-?\d{1,2}\.\d{3,9})°?(?: ?([ns]))?[ ,;/]{1,3}(-?\d{1,3}\.\d{3,9})°?(?: ?([ew])(?![a-z]))?(?!\d|\.\d)/g
const DEGREE_SHAPE =
  /(\d{1,2})[°º] ?(\d{1,2}(?:[.,]\d{1,4})?)['′] ?(?:(\d{1,2}(?:[.,]\d{1,3})?)["″] ?)?([ns])[ ,]{0,3}(\d{1,3})[°º] ?(\d{1,2}(?:[.,]\d{1,4})?)['′] ?(?:(\d{1,2}(?:[.,]\d{1,3})?)["″] ?)?([eow])/g
const HULL_SHAPE = /(?<![a-z0-9])[a-z]{2}[ -]?[a-z]{3}[ -]?[a-z0-9]{5}[ -]?[a-l]\d[ -]?\d{2}(?![a-z0-9])/g
const DATE_SHAPE = /(?<![\d./:-])(?:(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{1,2})([-/.])(\d{1,2})\5(\d{4}|\d{2}))(?![\d/:-]|\.\d)/g

/** Lead-ins by which a digit string is no telephone number. */
const NOT_PHONE = /(?:iban|card|kart|كارت|کارت|imei|booking|tracking|order|account|hesap|حساب|حیساب)\W{0,3}$/

export function shapesOf(folded: Folded, context: TextContext): Draft[] {
  const { s } = folded
  const out = new Sheet(s.length)
  const digits = /\d/.test(s)
  if (s.includes("/") || s.includes("www.")) urls(s, context, out)
  if (s.includes("@")) addresses(s, context, out)
  if (!digits) return out.drafts
  if (s.includes(".") || s.includes("°") || s.includes("º")) points(s, out)
  for (const m of s.matchAll(DATE_SHAPE)) date(m, out)
  if (/\d{2}/.test(s) && /[a-z]{2}/.test(s)) papers(s, out)
  if (/[0-9a-z]{26}/.test(s)) wallets(folded, out)
  phones(s, context, out)
  return out.drafts
}

/** Drafts with the units that they take up, so that asking for a free stretch costs its own length only. */
class Sheet {
  readonly drafts: Draft[] = []
  readonly #taken: Uint8Array
  constructor(size: number) {
    this.#taken = new Uint8Array(size)
  }
  push(draft: Draft): void {
    this.drafts.push(draft)
    this.#taken.fill(1, draft.from, draft.to)
  }
  free(from: number, to: number): boolean {
    for (let k = from; k < to; k++) if (this.#taken[k]) return false
    return true
  }
}

function urls(s: string, context: TextContext, out: Sheet): void {
  for (const m of s.matchAll(URL_SHAPE)) {
    const address = m[0].replace(/[.,;:!?)\]'"]+$/, "")
    const from = m.index
    const to = from + address.length
    out.push({
      from,
      to,
      type: "url",
      norm: address.replace(/^https?:\/\//, "").replace(/^www\./, ""),
      confidence: 0.98,
      why: "written as an address",
    })
    const number = /(?:wa\.me\/|phone=)\+?(\d{8,15})/.exec(address)
    if (number) {
      const read = phone(`+${number[1]}`, context)
      const at = from + number.index + number[0].length - number[1]!.length
      out.push({
        from: at,
        to,
        type: "phone",
        norm: read.norm,
        confidence: read.valid ? 0.97 : 0.5,
        why: "the number inside a WhatsApp address",
      })
      continue
    }
    const host = /^(?:https?:\/\/)?([^/]+)\/(?:@)?([a-z0-9_.]{3,40})\/?$/.exec(address)
    const platform = host ? platformOfHost(host[1]!) : null
    if (host && platform && !/^(?:joinchat|p|reel|watch|status|share|groups)$/.test(host[2]!)) {
      const read = handle(host[2]!, { platform })
      out.push({
        from: to - host[2]!.length - (address.endsWith("/") ? 1 : 0),
        to: address.endsWith("/") ? to - 1 : to,
        type: "handle",
        norm: read.norm,
        value: { platform },
        confidence: 0.9,
        why: `a profile address of ${platform}`,
      })
    }
  }
}

function addresses(s: string, context: TextContext, out: Sheet): void {
  for (const m of s.matchAll(EMAIL_SHAPE)) {
    const from = m.index
    const to = from + m[0].length
    if (!out.free(from, to)) continue
    const read = email(m[0])
    out.push({
      from,
      to,
      type: "email",
      norm: read.norm,
      confidence: read.valid ? 0.97 : 0.5,
      why: read.reason || "written as a mail address",
    })
  }
  for (const m of s.matchAll(HANDLE_SHAPE)) {
    const raw = m[0].replace(/[.]+$/, "")
    const from = m.index
    const to = from + raw.length
    if (!out.free(from, to)) continue
    const read = handle(raw, { platform: context.platform })
    const value = context.platform ? { platform: context.platform } : undefined
    out.push({ from, to, type: "handle", norm: read.norm, ...(value ? { value } : {}), confidence: 0.8, why: "an @ name" })
  }
}

function points(s: string, out: Sheet): void {
  const push = (from: number, to: number, lat: number, lon: number) => {
    if (Math.abs(lat) > 90 || Math.abs(lon) > 180) return
    const round = (v: number) => Math.round(v * 1e6) / 1e6
    const value = { lat: round(lat), lon: round(lon) }
    out.push({ from, to, type: "coordinates", norm: `${value.lat},${value.lon}`, value, confidence: 0.95, why: "latitude and longitude" })
  }
  for (const m of s.matchAll(POINT_SHAPE)) {
    const lat = Number(m[1]) * (m[2] === "s" ? -1 : 1)
    push(m.index, m.index + m[0].length, lat, Number(m[3]) * (m[4] === "w" ? -1 : 1))
  }
  for (const m of s.matchAll(DEGREE_SHAPE)) {
    const part = (d?: string, min?: string, sec?: string) =>
      Number(d) + Number((min ?? "0").replace(",", ".")) / 60 + Number((sec ?? "0").replace(",", ".")) / 3600
    const lat = part(m[1], m[2], m[3]) * (m[4] === "s" ? -1 : 1)
    push(m.index, m.index + m[0].length, lat, part(m[5], m[6], m[7]) * (m[8] === "e" ? 1 : -1))
  }
}

function date(m: RegExpExecArray, out: Sheet): void {
  const from = m.index
  const to = from + m[0].length
  if (!out.free(from, to)) return
  const year = Number(m[1] ?? (m[7]!.length === 2 ? `20${m[7]}` : m[7]))
  const [first, second] = m[1] ? [Number(m[2]), Number(m[3])] : [Number(m[6]), Number(m[4])]
  // Year first: month, day. Day first otherwise, except where only the American order is possible.
  const [month, day] = first > 12 && second <= 12 ? [second, first] : [first, second]
  if (month < 1 || month > 12 || day < 1 || day > 31) return
  const calendar = year >= 1300 && year <= 1450 ? "jalali" : year >= 2700 && year <= 2750 ? "kurdish" : "gregorian"
  if (calendar === "gregorian" && (year < 1900 || year > 2100)) return
  const two = (v: number) => String(v).padStart(2, "0")
  const ambiguous = !m[1] && first <= 12 && second <= 12 && first !== second
  out.push({
    from,
    to,
    type: "date",
    norm: `${year}-${two(month)}-${two(day)}`,
    value: { calendar, dayFirstAssumed: ambiguous },
    confidence: ambiguous ? 0.75 : 0.9,
    why: ambiguous ? "a numeric date, read day first" : "a numeric date",
  })
}

function papers(s: string, out: Sheet): void {
  for (const m of s.matchAll(IBAN_SHAPE)) {
    const read = iban(m[0])
    const to = m.index + m[0].length
    if (read.valid && out.free(m.index, to))
      out.push({ from: m.index, to, type: "iban", norm: read.norm, confidence: 0.99, why: "its check digits agree" })
  }
  for (const m of s.matchAll(HULL_SHAPE)) {
    const to = m.index + m[0].length
    if (!out.free(m.index, to) || readHull(m[0]).state !== "read") continue
    const read = hull(m[0])
    out.push({
      from: m.index,
      to,
      type: "hull",
      norm: read.norm,
      confidence: read.valid ? 0.9 : 0.6,
      why: read.reason || "the shape of a hull number",
    })
  }
}

function wallets(folded: Folded, out: Sheet): void {
  // Upper and lower case carry the checksum: read from the text as sent, where folding has moved nothing.
  if (folded.at !== null) return
  for (const m of folded.text.matchAll(WALLET_SHAPE)) {
    const read = wallet(m[0])
    const to = m.index + m[0].length
    if (!out.free(m.index, to)) continue
    out.push({
      from: m.index,
      to,
      type: "wallet",
      norm: read.norm,
      confidence: read.valid ? 0.98 : 0.4,
      why: read.valid ? "its checksum agrees" : read.reason,
    })
  }
}

function phones(s: string, context: TextContext, out: Sheet): void {
  for (const m of s.matchAll(PHONE_SHAPE)) {
    const raw = m[0].replace(/[ .\-/(]+$/, "")
    const from = m.index
    const to = from + raw.length
    const count = raw.replace(/\D/g, "").length
    if (count < 8 || count > 15 || !out.free(from, to) || NOT_PHONE.test(s.slice(Math.max(0, from - 14), from))) continue
    const plain = /^(?:\+|00)/.test(raw)
    // A bare figure with thousands separators is an amount.
    if (!plain && /^\d{1,3}(?:[ .]\d{3})+$/.test(raw)) continue
    if (!plain && !raw.startsWith("0") && count < 10) continue
    const read = phone(raw, { region: context.region })
    if (!read.valid && !(raw.startsWith("0") && count >= 9 && count <= 12)) continue
    out.push({
      from,
      to,
      type: "phone",
      norm: read.norm,
      confidence: read.valid ? (plain ? 0.97 : 0.85) : 0.4,
      why: read.reason || "written as an international number",
    })
  }
}
