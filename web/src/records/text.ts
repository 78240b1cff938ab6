import type { Party, SourceRecord } from "../types.ts"

const field = (r: SourceRecord, name: string): string | null => {
  const value = r.fields[name]
  return typeof value === "string" && value !== "" ? value : null
}

/** What a record says in one line, as the source has it; null when it holds no text. */
export function textOf(r: SourceRecord): string | null {
  for (const name of ["body", "transcript", "text", "caption", "note", "summary", "findings", "circumstances", "purpose", "label", "bio"]) {
    const text = field(r, name)
    if (text) return text
  }
  return null
}

const SUMMARISED: Readonly<Record<string, readonly string[]>> = {
  call: ["app", "direction", "outcome", "durationS"],
  location: ["lat", "lon", "placeName"],
  transfer: ["amountRaw", "amount", "currency", "method"],
  "book-entry": ["code", "amountRaw", "amount", "currency", "status"],
  device: ["make", "model", "os", "imei"],
  account: ["platform", "username", "displayName"],
  link: ["weight", "relation"],
  file: ["path", "mediaType"],
  seizure: ["what", "make", "model", "serial"],
  "document-inspection": ["documentType", "issuer", "number", "outcome"],
  "number-plate": ["camera"],
  "call-data": ["direction", "type", "durationS", "cell"],
  passenger: ["carrier", "service", "origin", "destination"],
  customs: ["declaration", "goods", "quantity"],
  listing: ["list", "entryType"],
  person: ["fullName", "givenName", "familyName", "birthDate", "locality"],
}

/** The columns that tell most about a record without text. */
export function summaryOf(r: SourceRecord): [column: string, value: string][] {
  const names = SUMMARISED[r.kind] ?? Object.keys(r.fields).slice(0, 4)
  return names.flatMap((n) => {
    const value = r.fields[n]
    return value === null || value === undefined || value === ""
      ? []
      : [[n, typeof value === "object" ? JSON.stringify(value) : String(value)]]
  })
}

/** Who a party is, by the name that the source gives, else by its first identifier. */
export const partyName = (p: Party): string => p.name || p.ids[0]?.raw || "?"

export const senderOf = (r: SourceRecord): Party | undefined =>
  r.parties.find((p) => p.part === "sender" || p.part === "caller" || p.part === "author")

/** Characters that change how a text looks or reads without being seen themselves. Joiners are ordinary in Sorani and Persian. */
export function hiddenIn(text: string): string[] {
  const found = new Set<string>()
  for (const c of text) {
    const code = c.codePointAt(0)!
    const control = code < 32 && code !== 10 && code !== 9 && code !== 13
    const invisible =
      code === 0xad ||
      code === 0x200b ||
      code === 0x200e ||
      code === 0x200f ||
      (code >= 0x202a && code <= 0x202e) ||
      (code >= 0x2060 && code <= 0x2069) ||
      code === 0xfeff ||
      (code >= 0x7f && code <= 0x9f)
    if (control || invisible) found.add(`U+${code.toString(16).toUpperCase().padStart(4, "0")}`)
  }
  return [...found].sort()
}
