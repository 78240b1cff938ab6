import type { FieldsOf } from "#vocabulary/kinds"
import type { Identifier, Moment, Party, Place, SourceRecord } from "#vocabulary/record"
import { epochMoment } from "#vocabulary/time"
import { statedMoment } from "../clock.ts"

/** A JSON object of the export, not yet trusted. */
export type Entry = Record<string, unknown>

/** What the messages of one chat take from it. */
export interface Chat {
  id: string | undefined
  name: string | undefined
  type: string | undefined
  messages: number
  /** The chat's name or type stood behind its messages. */
  late: boolean
}

export interface Reading {
  record: SourceRecord
  also: SourceRecord[]
}

export function isEntry(value: unknown): value is Entry {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

export function textOf(value: unknown): string | undefined {
  if (typeof value === "number" && Number.isFinite(value)) return String(value)
  return typeof value === "string" && value !== "" ? value : undefined
}

/** `user123456`, `channel123456`, or a bare number in older exports. */
export function accountId(value: unknown): Identifier | null {
  const raw = textOf(value)
  return raw === undefined ? null : { type: "account", raw, platform: "telegram" }
}

/** A text that is a string, or an array of strings and entities. */
function plainText(value: unknown): string {
  if (typeof value === "string") return value
  if (!Array.isArray(value)) return ""
  return value.map((part) => (typeof part === "string" ? part : isEntry(part) && typeof part.text === "string" ? part.text : "")).join("")
}

export function entities(message: Entry): Entry[] {
  const from = Array.isArray(message.text_entities) ? message.text_entities : message.text
  return Array.isArray(from) ? from.filter(isEntry) : []
}

export function momentOf(entry: Entry): Moment | null {
  return epochMoment(textOf(entry.date_unixtime), "unix-s") ?? statedMoment(textOf(entry.date))
}

/** What the column-less rest of an entry is; undefined when there is none. */
export function rest(entry: Entry, taken: ReadonlySet<string>): { extra?: Record<string, unknown> } {
  const left = Object.entries(entry).filter(([key, value]) => !taken.has(key) && value !== null && value !== "")
  return left.length === 0 ? {} : { extra: Object.fromEntries(left) }
}

const MESSAGE = new Set(
  "id type date date_unixtime from from_id actor actor_id text text_entities photo file file_name mime_type media_type reply_to_message_id contact_information location_information place_name address forwarded_from forwarded_from_id".split(
    " ",
  ),
)

const LEFT_OUT = /^\(File [^()]*\)$/

/** The sides of a message: who wrote it, whose device it is, for whom it is. */
function sides(message: Entry, chat: Chat, own: string | undefined): { sender: Party | null; direction: "in" | "out" | null } {
  const id = accountId(message.from_id ?? message.actor_id)
  const name = textOf(message.from) ?? textOf(message.actor) ?? null
  const bare = id?.raw.replace(/^user/, "")
  const other = chat.type === "personal_chat" || chat.type === "bot_chat"
  const mine =
    id === null
      ? undefined
      : own !== undefined
        ? bare === own
        : other && chat.id !== undefined
          ? bare !== chat.id
          : chat.type === "saved_messages"
            ? true
            : undefined
  if (id === null && name === null) return { sender: null, direction: null }
  const sender: Party = { part: "sender", ...(mine ? { owner: true } : {}), ids: id ? [id] : [], name }
  return { sender, direction: mine === undefined ? null : mine ? "out" : "in" }
}

function counterpart(chat: Chat, part: Party["part"]): Party | null {
  if ((chat.type !== "personal_chat" && chat.type !== "bot_chat") || (chat.id === undefined && chat.name === undefined)) return null
  const id = accountId(chat.id)
  return { part, ids: id ? [id] : [], name: chat.name ?? null }
}

/** One entry of `messages`, type `message` or `service`. `own` is the number of the account whose export this is. */
export function messageOf(message: Entry, chat: Chat, own: string | undefined, place: Place): Reading {
  const { sender, direction } = sides(message, chat, own)
  const at = momentOf(message)
  if (message.type === "service") return { record: service(message, chat, place, at, sender, direction, own), also: [] }
  const parties: Party[] = sender ? [sender] : []
  const recipient =
    direction === "out"
      ? counterpart(chat, "recipient")
      : direction === "in"
        ? { part: "recipient" as const, owner: true, ids: own ? [ownId(own)] : [], name: null }
        : null
  if (recipient && !(direction === "in" && isGroup(chat))) parties.push(recipient)
  const forwarded = textOf(message.forwarded_from)
  const origin = accountId(message.forwarded_from_id)
  if (forwarded !== undefined || origin) parties.push({ part: "author", ids: origin ? [origin] : [], name: forwarded ?? null })
  for (const entity of entities(message)) {
    const mentioned = entity.type === "mention_name" ? accountId(entity.user_id) : null
    if (mentioned) parties.push({ part: "spoken-of", ids: [mentioned], name: textOf(entity.text) ?? null })
  }
  const named = textOf(message.file) ?? textOf(message.photo)
  // The exporter writes a sentence in brackets where it left the file out.
  const absent = named !== undefined && LEFT_OUT.test(named)
  const file = absent ? textOf(message.file_name) : named
  const common = {
    app: "telegram",
    thread: chat.id ?? null,
    threadTitle: chat.name ?? null,
    ...(chat.type === undefined ? {} : { group: isGroup(chat) }),
    direction,
    nativeId: textOf(message.id) ?? null,
  } as const
  const also = furtherOf(message, place, at, sender)
  const shared = { place, at, parties }
  const question = isEntry(message.poll) ? message.poll.question : isEntry(message.todo_list) ? message.todo_list.title : undefined
  const body = plainText(message.text) || plainText(isEntry(question) ? [question] : question)
  const links = entities(message).flatMap((e) => (typeof e.href === "string" ? [e.href] : []))
  const more = { ...rest(message, MESSAGE).extra, ...(links.length > 0 ? { links } : {}), ...(absent ? { file: named } : {}) }
  const extra = Object.keys(more).length > 0 ? { extra: more } : {}
  if (message.media_type === "voice_message") {
    const seconds = Number(message.duration_seconds)
    const fields: FieldsOf<"voice-note"> = {
      ...common,
      file: file ?? null,
      listening: "unheard",
      ...(Number.isFinite(seconds) ? { durationS: seconds } : {}),
    }
    const { duration_seconds: _, ...others } = more as Entry
    const extra = Object.keys(others).length > 0 ? { extra: others } : {}
    const caption = body === "" ? extra : { extra: { ...others, caption: body } }
    return { record: { kind: "voice-note", ...shared, fields, ...caption }, also }
  }
  const fields: FieldsOf<"message"> = {
    ...common,
    body: body === "" ? null : body,
    ...(named === undefined
      ? {}
      : {
          attachment: file ?? null,
          attachmentType: textOf(message.mime_type) ?? (message.photo === undefined ? (textOf(message.media_type) ?? null) : "image/jpeg"),
        }),
    ...(textOf(message.reply_to_message_id) === undefined ? {} : { replyTo: textOf(message.reply_to_message_id) }),
  }
  return { record: { kind: "message", ...shared, fields, ...extra }, also }
}

/** Calls become calls; everything else that the app itself wrote is a system message that names who did what to whom. */
function service(
  message: Entry,
  chat: Chat,
  place: Place,
  at: Moment | null,
  actor: Party | null,
  direction: "in" | "out" | null,
  own: string | undefined,
): SourceRecord {
  const action = textOf(message.action) ?? "service"
  const taken = new Set([...MESSAGE, "action", "title", "members", "inviter", "duration_seconds", "discard_reason"])
  if (action === "phone_call") {
    const seconds = Number(message.duration_seconds ?? 0)
    const outcome = textOf(message.discard_reason)
    const other = counterpart(chat, direction === "out" ? "callee" : "caller")
    const caller: Party | null = actor ? { ...actor, part: "caller" } : null
    const parties =
      direction === "out"
        ? [caller, other]
        : [
            caller ?? other,
            ...(direction === "in" ? [{ part: "callee" as const, owner: true, ids: own ? [ownId(own)] : [], name: null }] : []),
          ]
    const fields: FieldsOf<"call"> = {
      app: "telegram",
      direction,
      answered: seconds > 0,
      outcome: outcome ?? null,
      ...(Number.isFinite(seconds) ? { durationS: Math.round(seconds) } : {}),
      thread: chat.id ?? null,
      nativeId: textOf(message.id) ?? null,
    }
    return { kind: "call", place, at, fields, parties: parties.filter((p) => p !== null), ...rest(message, taken) }
  }
  const members = Array.isArray(message.members) ? message.members.map(textOf).filter((m) => m !== undefined) : []
  const parties: Party[] = [
    ...(actor ? [{ ...actor, part: "participant" as const }] : []),
    ...[...members, textOf(message.inviter)].flatMap((name) =>
      name === undefined ? [] : [{ part: "participant" as const, ids: [], name }],
    ),
  ]
  const body = [action.replaceAll("_", " "), textOf(message.title), members.join(", "), textOf(message.inviter), plainText(message.text)]
    .filter((t) => t)
    .join(": ")
  const fields: FieldsOf<"message"> = {
    app: "telegram",
    thread: chat.id ?? null,
    threadTitle: chat.name ?? null,
    ...(chat.type === undefined ? {} : { group: isGroup(chat) }),
    direction: "system",
    body,
    status: action,
    nativeId: textOf(message.id) ?? null,
  }
  return { kind: "message", place, at, fields, parties, ...rest(message, taken) }
}

/** A shared contact and a shared position. */
function furtherOf(message: Entry, place: Place, at: Moment | null, sender: Party | null): SourceRecord[] {
  const out: SourceRecord[] = []
  const card = message.contact_information
  if (isEntry(card)) {
    const name = [textOf(card.first_name), textOf(card.last_name)].filter((n) => n).join(" ")
    const phone = textOf(card.phone_number)
    const ids: Identifier[] = phone === undefined ? [] : [{ type: "phone", raw: phone, platform: "telegram" }]
    out.push({
      kind: "contact",
      place,
      at,
      fields: { label: name || null, source: "telegram", note: "shared in a chat" },
      parties: [{ part: "contact", ids, name: name || null }],
    })
  }
  const position = message.location_information
  const lat = isEntry(position) ? Number(position.latitude) : Number.NaN
  const lon = isEntry(position) ? Number(position.longitude) : Number.NaN
  if (Number.isFinite(lat) && Number.isFinite(lon)) {
    const placeName = [textOf(message.place_name), textOf(message.address)].filter((n) => n).join(", ")
    out.push({
      kind: "location",
      place,
      at,
      fields: { lat, lon, origin: "shared", placeName: placeName || null },
      parties: sender ? [{ ...sender, part: "subject" }] : [],
    })
  }
  return out
}

/** The chat itself: its number, name and kind, and with whom it is. */
export function chatRecord(chat: Chat, place: Place): SourceRecord<"statement"> {
  const other = counterpart(chat, "participant")
  return {
    kind: "statement",
    place,
    at: null,
    fields: {
      schema: "Chat",
      nativeId: chat.id ?? null,
      caption: chat.name ?? null,
      properties: { app: "telegram", type: chat.type ?? null, messages: chat.messages },
    },
    parties: other ? [other] : [],
  }
}

function ownId(own: string): Identifier {
  return { type: "account", raw: own, platform: "telegram" }
}

function isGroup(chat: Chat): boolean {
  return /group|channel/.test(chat.type ?? "")
}
