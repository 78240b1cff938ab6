import type { FieldsOf } from "#vocabulary/kinds"
import type { Identifier, Place, SourceRecord } from "#vocabulary/record"
import { statedMoment } from "../clock.ts"
import { identifierOf, platformName } from "../identify.ts"
import type { Importer, Sink } from "../importer.ts"
import { encodingOf, headText, type Line, lines } from "../text-source.ts"
import { components, type Property, property, Unfolder, unescaped } from "../vcard.ts"

/** A card with more lines than this has lost its end. */
const MOST_LINES = 200_000

interface Card {
  properties: Property[]
  /** Lines that are no property, as they stand. */
  stray: string[]
  first: Line
  sound: boolean
}

/** vCard files of any version. One unit: a card from BEGIN to END, or what stands between cards and is no card. */
export const vcard: Importer = {
  id: "vcard",
  version: 2,
  title: "Contact cards (vCard)",
  unknowns:
    "Properties that have no column are kept as extra columns; photos are noted by size and hash, sounds and keys by their size only.",

  async claim(material) {
    return /^\s*BEGIN[ \t]*:[ \t]*VCARD[ \t]*$/im.test(headText(material.head, 4096)) && /^\s*BEGIN/i.test(headText(material.head, 4096))
      ? { confidence: 0.98, why: "begins with BEGIN:VCARD" }
      : null
  },

  async read(material, sink, context) {
    const reader = new Cards(material.file, sink)
    const unfolder = new Unfolder()
    let at: Line | undefined
    for await (const line of lines(material.open(), encodingOf(material.head))) {
      context.signal.throwIfAborted()
      const logical = unfolder.push(line.text)
      if (logical !== undefined && at) {
        const waiting = reader.line(logical, at)
        if (waiting) await waiting
      }
      if (logical !== undefined || at === undefined) at = line
      else at = { ...at, byteEnd: line.byteEnd, sound: at.sound && line.sound }
    }
    const last = unfolder.end()
    if (last !== undefined && at) await reader.line(last, at)
    reader.end(at?.byteEnd ?? 0)
  },
}

class Cards {
  readonly #file: string
  readonly #sink: Sink
  #card: Card | undefined
  /** Cards inside the open one (`AGENT`, 2.1): theirs are its own lines. */
  #inner = 0
  #between: Line | undefined
  #betweenText = ""
  #units = 0

  constructor(file: string, sink: Sink) {
    this.#file = file
    this.#sink = sink
  }

  line(text: string, at: Line): Promise<void> | undefined {
    const edge = /^\s*(BEGIN|END)[ \t]*:[ \t]*VCARD\s*$/i.exec(text)?.[1]?.toUpperCase()
    if (edge === "BEGIN") {
      const agent = this.#card?.properties.at(-1)
      if (this.#card && agent?.name === "AGENT" && agent.value === "") {
        this.#inner++
        return undefined
      }
      this.#refuse("truncated", "the card ends without END:VCARD where the next begins", at.byteStart)
      this.#strayEnd(at.byteStart)
      this.#card = { properties: [], stray: [], first: at, sound: at.sound }
      this.#inner = 0
      return undefined
    }
    if (!this.#card) {
      if (text.trim() !== "") {
        this.#between ??= at
        if (this.#betweenText.length < 200) this.#betweenText += `${text}\n`
      }
      return undefined
    }
    if (edge === "END") {
      if (this.#inner > 0) {
        this.#inner--
        return undefined
      }
      return this.#give(at.byteEnd)
    }
    const card = this.#card
    card.sound &&= at.sound
    const blob = card.properties.at(-1)
    if (blob?.blobBytes !== undefined && /^[A-Za-z0-9+/]{2,}={0,2}\s*$/.test(text)) {
      // Some writers break base64 without the white space that says so.
      blob.blobBytes += Math.floor((text.replace(/[\s=]+/g, "").length * 3) / 4)
      delete blob.blobSha256
      return undefined
    }
    const found = text.trim() === "" ? null : property(text)
    if (found) card.properties.push(this.#inner > 0 ? { ...found, name: `AGENT.${found.name}` } : found)
    else if (text.trim() !== "") card.stray.push(text.slice(0, 1000))
    if (card.properties.length + card.stray.length > MOST_LINES)
      this.#refuse("too-large", `a card of more than ${MOST_LINES} lines`, at.byteEnd)
    return undefined
  }

  end(byteEnd: number): void {
    this.#refuse("truncated", "the file ends inside a card", byteEnd)
    this.#strayEnd(byteEnd)
    if (this.#units > 0) return
    this.#sink.seen(1)
    this.#sink.reject({ place: { file: this.#file, byteStart: 0, byteEnd }, code: "truncated", reason: "no card in the file" })
  }

  #give(byteEnd: number): Promise<void> | undefined {
    const card = this.#card as Card
    this.#card = undefined
    this.#units++
    this.#sink.seen(1)
    const place: Place = { file: this.#file, row: card.first.number, byteStart: card.first.byteStart, byteEnd }
    if (!card.sound)
      this.#sink.note(
        `Line ${card.first.number}: the card holds bytes that are not in the file's encoding, or a line too long to keep whole.`,
      )
    if (card.properties.length > 0) return this.#sink.record(contactOf(card, place))
    this.#sink.reject({
      place,
      code: "malformed",
      reason: "a card without a single property",
      snippet: card.stray.join("\n").slice(0, 200),
    })
    return undefined
  }

  #refuse(code: string, reason: string, byteEnd: number): void {
    if (!this.#card) return
    const { first, properties, stray } = this.#card
    this.#card = undefined
    this.#units++
    this.#sink.seen(1)
    const snippet = [...properties.map((p) => `${p.name}:${p.value}`), ...stray].join("\n").slice(0, 200)
    this.#sink.reject({ place: { file: this.#file, row: first.number, byteStart: first.byteStart, byteEnd }, code, reason, snippet })
  }

  #strayEnd(byteEnd: number): void {
    if (!this.#between) return
    const { number, byteStart } = this.#between
    this.#between = undefined
    this.#units++
    this.#sink.seen(1)
    const place = { file: this.#file, row: number, byteStart, byteEnd }
    this.#sink.reject({ place, code: "unknown-structure", reason: "text outside of any card", snippet: this.#betweenText.slice(0, 200) })
    this.#betweenText = ""
  }
}

/** Instant messaging properties that older writers used before `IMPP` (RFC 4770). */
const CHATS: Record<string, string> = {
  "X-SKYPE": "skype",
  "X-SKYPE-USERNAME": "skype",
  "X-TELEGRAM": "telegram",
  "X-WHATSAPP": "whatsapp",
  "X-VIBER": "viber",
  "X-SIGNAL": "signal",
  "X-TWITTER": "x",
  "X-AIM": "aim",
  "X-MS-IMADDRESS": "im",
  "X-ICQ": "icq",
  "X-JABBER": "xmpp",
  "X-YAHOO": "yahoo",
  "X-MSN": "msn",
  "X-GTALK": "google-talk",
  "X-GOOGLE-TALK": "google-talk",
  "X-QQ": "qq",
}
const COLUMNS = new Set("VERSION FN N ORG NOTE CATEGORIES BDAY TEL EMAIL REV PRODID AGENT".split(" "))

function contactOf(card: Card, place: Place): SourceRecord<"contact"> {
  const ids: Identifier[] = []
  const taken = new Set<Property>()
  for (const p of card.properties) {
    const found = idsOf(p)
    if (found.length > 0) taken.add(p)
    ids.push(...found)
  }
  const first = (name: string) => card.properties.find((p) => p.name === name && p.value.trim() !== "")?.value
  const every = (name: string) =>
    card.properties.filter((p) => p.name === name && p.value.trim() !== "").map((p) => unescaped(p.value).trim())
  const structured = components(first("N") ?? "")
  const joined = [structured[3], structured[1], structured[2], structured[0], structured[4]].filter((n) => n).join(" ")
  const label =
    unescaped(first("FN") ?? "").trim() ||
    joined ||
    every("NICKNAME")[0] ||
    components(first("ORG") ?? "")
      .filter((o) => o)
      .join(", ") ||
    null
  const fields: FieldsOf<"contact"> = {
    label,
    organisation:
      components(first("ORG") ?? "")
        .filter((o) => o)
        .join(", ") || null,
    note: every("NOTE").join("\n") || null,
    source: "vcard",
    group: every("CATEGORIES").join(", ") || null,
    birthDate: birthDate(first("BDAY")),
    ...pictureOf(card),
  }
  const extra: Record<string, unknown> = {}
  for (const p of card.properties) {
    if (taken.has(p) && p.name !== "N") continue
    const rest = COLUMNS.has(p.name) ? p.name === "N" && joined !== label : true
    if (p.blobBytes !== undefined) push(extra, p.name, `${p.blobBytes} bytes`)
    else if (rest && p.value.replaceAll(";", "").trim() !== "") push(extra, p.group ? `${p.group}.${p.name}` : p.name, unescaped(p.value))
  }
  for (const line of card.stray) push(extra, "(no property)", line)
  const version = first("VERSION")
  if (version) extra.VERSION = version
  return {
    kind: "contact",
    place,
    at: statedMoment(first("REV")),
    fields,
    parties: [{ part: "contact", ids, name: label }],
    ...(Object.keys(extra).length > 0 ? { extra } : {}),
  }
}

/** The first picture that stands whole on the card. */
function pictureOf(card: Card): Pick<FieldsOf<"contact">, "pictureSha256" | "pictureBytes"> {
  const photo = card.properties.find((p) => p.name === "PHOTO" && p.blobSha256 !== undefined)
  return photo ? { pictureSha256: photo.blobSha256!, pictureBytes: photo.blobBytes! } : {}
}

function idsOf(p: Property): Identifier[] {
  const raw = unescaped(p.value).trim()
  if (raw === "" || p.blobBytes !== undefined) return []
  if (p.name === "TEL" || p.name === "X-MS-TEL") {
    const waid = p.parameters.WAID?.[0]
    const number: Identifier = { type: "phone", raw: raw.replace(/^tel:/i, "") }
    return waid ? [number, { type: "phone", raw: waid, platform: "whatsapp" }] : [number]
  }
  if (p.name === "EMAIL") return [{ type: "email", raw: raw.replace(/^mailto:/i, "") }]
  const chat = CHATS[p.name]
  if (chat) return [identifierOf(raw, chat)].filter((id) => id !== null)
  if (p.name !== "IMPP" && p.name !== "X-SOCIALPROFILE") return []
  const service = (p.parameters["X-SERVICE-TYPE"] ??
    p.parameters["SERVICE-TYPE"] ??
    (p.name === "X-SOCIALPROFILE" ? p.parameters.TYPE : undefined))?.[0]
  const scheme = /^([a-z][a-z0-9+-]*):/i.exec(raw)
  const user = p.parameters["X-USER"]?.[0] ?? (scheme && !/^https?$/i.test(scheme[1] as string) ? raw.slice(scheme[0].length) : raw)
  const id = identifierOf(user, platformName(service) ?? scheme?.[1]?.toLowerCase() ?? "im")
  return id ? [id] : []
}

/** `19800321`, `1980-03-21`, `--0321` (no year). */
function birthDate(value: string | undefined): string | null {
  const m = /^\s*(\d{4}|--)-?(\d{2})-?(\d{2})/.exec(value ?? "")
  if (!m) return value?.trim() || null
  return m[1] === "--" ? `--${m[2]}-${m[3]}` : `${m[1]}-${m[2]}-${m[3]}`
}

function push(extra: Record<string, unknown>, name: string, value: string): void {
  const before = extra[name]
  extra[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value]
}
