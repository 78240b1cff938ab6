import type { FieldsOf } from "#vocabulary/kinds"
import type { Party, Place, SourceRecord } from "#vocabulary/record"
import { type Entry, participant, speaker, unmarked } from "../chat-log.ts"
import { looksLikePhone } from "../identify.ts"
import type { Clock, Stamp } from "./stamp.ts"
import {
  ATTACHED_ANDROID,
  ATTACHED_IOS,
  ATTACHED_WORDS,
  CALLS,
  DELETED,
  EDITED,
  MAP_LINK,
  OMITTED,
  OMITTED_HINT,
  OWN_NAME,
  SYSTEM,
  UNANSWERED,
  YOU,
} from "./words.ts"

/** What the whole file says of its chat. */
export interface Chat {
  title: string | null
  group: boolean
  /** Names that wrote, as shown. */
  senders: ReadonlySet<string>
  /** The name under which the exporter himself wrote. */
  owner: string | null
  clock: Clock
  /** Attachments that came with the export: name to path. */
  files: ReadonlyMap<string, string>
}

export interface Reading {
  record: SourceRecord
  also: SourceRecord[]
}

interface Attachment {
  file: string | null
  type: string | null
}

const TYPES: Record<string, string> = {
  opus: "audio/opus",
  ogg: "audio/ogg",
  m4a: "audio/mp4",
  aac: "audio/aac",
  amr: "audio/amr",
  mp3: "audio/mpeg",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  mp4: "video/mp4",
  "3gp": "video/3gpp",
  gif: "image/gif",
  pdf: "application/pdf",
  vcf: "text/vcard",
}

/** What kind of system line this is and whom it names; null for what a person wrote. */
export function systemLine(text: string): { action: string; parties: string[] } | null {
  const line = unmarked(text.split("\n", 1)[0] ?? "").trim()
  if (line.length > 400) return null
  for (const [action, pattern] of SYSTEM) {
    const m = pattern.exec(line)
    if (m) return { action, parties: [m.groups?.a, m.groups?.b ?? m.groups?.b2 ?? m.groups?.b3].filter((p) => p !== undefined) }
  }
  return null
}

/** Who speaks in an entry. A line about the group can hold a colon in the group's name: then nobody does. */
export function speakerOf(entry: Entry<Stamp>): { name: string; body: string } | null {
  const found = speaker(entry.text)
  if (!found) return null
  if (/["“”«»„]/.test(found.name) && systemLine(entry.text)) return null
  return found
}

export function messageOf(entry: Entry<Stamp>, chat: Chat, file: string): Reading {
  const place: Place = { file, row: entry.line, byteStart: entry.byteStart, byteEnd: entry.byteEnd }
  const at = chat.clock.read(entry.head)
  const spoken = speakerOf(entry)
  const marked = spoken !== null && /^[\u200e\u200f]/.test(spoken.body)
  // iPhones write the app's lines in a group as if the group had said them; nobody in it is called like it.
  const app = marked && (systemLine(spoken.body) !== null || (chat.group && spoken.name === chat.title))
  const shared = { app: "whatsapp", thread: chat.title, threadTitle: chat.title, group: chat.group }
  if (!spoken || (app && !DELETED.any.test(unmarked(spoken.body).trim())))
    return { record: { place, at, ...system(unmarked(spoken?.body ?? entry.text).trim(), shared, chat) }, also: [] }
  const written = unmarked(spoken.body).trim()
  const body = written.endsWith(">") ? written.replace(EDITED, "") : written
  const edited = body.length < written.length
  const mine = chat.owner === null ? null : spoken.name === chat.owner
  const sender = person("sender", spoken.name, chat)
  const others = chat.group ? [] : [...chat.senders].filter((name) => name !== spoken.name)
  const direction = mine === null ? null : mine ? "out" : "in"
  const recipients = others.length === 1 ? others.map((name) => person("recipient", name, chat)) : []
  const parties = [sender, ...recipients]
  const called = CALLS.find((c) => c.pattern.test(body))
  if (called) {
    const answered = !called.missed && !UNANSWERED.test(body)
    const fields: FieldsOf<"call"> = { app: "whatsapp", direction, answered, outcome: body, video: called.video, thread: chat.title }
    return {
      record: {
        kind: "call",
        place,
        at,
        parties: [{ ...sender, part: "caller" }, ...recipients.map((p) => ({ ...p, part: "callee" as const }))],
        fields,
      },
      also: [],
    }
  }
  const [first = "", ...more] = body.split("\n")
  const attachment = attachmentOf(first.trim(), chat.files)
  // What a person wrote keeps the direction marks that it was sent with.
  const text = attachment ? more.join("\n").trim() : edited ? body : spoken.body.trim()
  const also = furtherOf(body, attachment, place, at, sender)
  if (attachment?.type?.startsWith("audio/") || attachment?.type === "audio") {
    const fields: FieldsOf<"voice-note"> = { ...shared, direction, file: attachment.file, listening: "unheard" }
    return { record: { kind: "voice-note", place, at, parties, fields, ...(text === "" ? {} : { extra: { caption: text } }) }, also }
  }
  const taken = DELETED.any.test(body) || DELETED.own.test(body)
  const fields: FieldsOf<"message"> = {
    ...shared,
    direction,
    body: text === "" ? null : taken ? null : text,
    ...(taken ? { status: body } : attachment?.file === null ? { status: first.trim() } : edited ? { status: "edited" } : {}),
    ...(attachment ? { attachment: attachment.file, attachmentType: attachment.type } : {}),
  }
  return { record: { kind: "message", place, at, parties, fields, ...(taken ? { deleted: "yes" as const } : {}) }, also }
}

interface Written<K extends "message" | "call"> {
  kind: K
  fields: FieldsOf<K>
  parties: Party[]
}

/** A line of the app. Android names nobody in a missed call: in a chat of two it is the one who does not hold the phone. */
function system(body: string, shared: FieldsOf<"message">, chat: Chat): Written<"message"> | Written<"call"> {
  const called = CALLS.find((c) => c.missed && c.pattern.test(body))
  if (called) {
    const others = [...chat.senders].filter((name) => name !== chat.owner)
    const caller = chat.group ? undefined : (chat.title ?? (others.length === 1 && chat.owner !== null ? others[0] : undefined))
    const parties: Party[] =
      caller === undefined
        ? []
        : [
            person("caller", caller, chat),
            chat.owner === null ? { part: "callee", owner: true, ids: [] } : person("callee", chat.owner, chat),
          ]
    return {
      kind: "call",
      parties,
      fields: { app: "whatsapp", direction: "in", answered: false, outcome: body, video: called.video, thread: chat.title },
    }
  }
  const found = systemLine(body)
  const shown = new Set(
    found?.parties.flatMap((p) => p.split(/, | and | und | et | و | ve /)).map((p) => p.replace(/^["~\s]+|["\s,،.]+$/g, "")),
  )
  for (const number of body.match(/\+[\p{Nd}][\p{Nd}\s().\u00a0\u202f-]{6,20}\p{Nd}/gu) ?? []) shown.add(number)
  const parties = [...shown].filter((p) => p !== "" && p.length < 100).map((p) => person("participant", p, chat))
  return {
    kind: "message",
    fields: { ...shared, direction: "system", body: body === "" ? null : body, status: found?.action ?? "system" },
    parties,
  }
}

function person(part: Party["part"], shown: string, chat: Chat): Party {
  if (YOU.test(shown)) return { part, owner: true, ids: [], name: null }
  const party = participant(part, shown, "whatsapp", looksLikePhone)
  return shown === chat.owner ? { ...party, owner: true } : party
}

function attachmentOf(line: string, files: ReadonlyMap<string, string>): Attachment | null {
  if (OMITTED_HINT.test(line))
    for (const [medium, pattern] of OMITTED) if (pattern.test(line)) return { file: null, type: medium === "media" ? null : medium }
  const ios = ATTACHED_IOS.exec(line)
  const android = line.endsWith(")") ? ATTACHED_ANDROID.exec(line) : null
  const name = ios?.[1] ?? (android && (ATTACHED_WORDS.test(android[2] ?? "") || OWN_NAME.test(android[1] ?? "")) ? android[1] : undefined)
  if (name === undefined) return null
  const ending = name.slice(name.lastIndexOf(".") + 1).toLowerCase()
  return { file: files.get(name.trim()) ?? name.trim(), type: TYPES[ending] ?? ending }
}

/** A place and a contact card inside a message. */
function furtherOf(body: string, attachment: Attachment | null, place: Place, at: SourceRecord["at"], sender: Party): SourceRecord[] {
  const out: SourceRecord[] = []
  const link = MAP_LINK.exec(body)
  const lat = Number(link?.[1])
  const lon = Number(link?.[2])
  if (link && Math.abs(lat) <= 90 && Math.abs(lon) <= 180)
    out.push({
      kind: "location",
      place,
      at,
      fields: { lat, lon, origin: "shared", placeName: null },
      parties: [{ ...sender, part: "subject" }],
    })
  if (attachment?.type === "text/vcard" && attachment.file) {
    const label = attachment.file.replace(/^.*[/!]/, "").replace(/\.vcf$/i, "")
    out.push({
      kind: "contact",
      place,
      at,
      fields: { label, source: "whatsapp shared card" },
      parties: [{ part: "contact", ids: [], name: label }],
    })
  }
  return out
}
