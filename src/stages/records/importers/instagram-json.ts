import type { FieldsOf } from "#vocabulary/kinds"
import type { Party, Place, SourceRecord } from "#vocabulary/record"
import { epochMoment } from "#vocabulary/time"
import type { Importer, Material } from "../importer.ts"
import { elements, JsonBreak } from "../json-stream.ts"
import { headText } from "../text-source.ts"

interface Thread {
  id: string | null
  title: string | null
  participants: string[]
}

/**
 * A message thread of Instagram's (or Messenger's) data download. One unit: each message, and the thread itself, which names its participants.
 * The download writes UTF-8 as if each byte were a character; that is undone.
 */
export const instagramJson: Importer = {
  id: "instagram-json",
  version: 1,
  title: "Instagram messages (JSON)",
  unknowns: "Fields of a message that have no column are kept as extra columns.",

  async claim(material) {
    const head = headText(material.head, 65_536)
    if (!/^\s*\{/.test(head) || !/"sender_name"\s*:/.test(head) || !/"timestamp_ms"\s*:/.test(head)) return null
    return { confidence: 0.9, why: "messages with sender_name and timestamp_ms" }
  },

  async read(material, sink, context) {
    const thread = await threadOf(material)
    sink.note("The file does not say whether Instagram or Messenger wrote it: read as Instagram.")
    let units = 0
    let people = 0
    const names = new Set(thread.participants)
    try {
      for await (const element of elements(material.open(), ["messages.*"])) {
        context.signal.throwIfAborted()
        units++
        sink.seen(1)
        const place: Place = {
          file: material.file,
          row: `/${element.path.join("/")}`,
          byteStart: element.byteStart,
          byteEnd: element.byteEnd,
        }
        const { value } = element
        if (typeof value !== "object" || value === null || Array.isArray(value)) {
          sink.reject({ place, ...(element.fault ?? { code: "unknown-structure", reason: "a message that is not an object" }) })
          continue
        }
        const record = messageOf(value as Record<string, unknown>, thread, place)
        for (const party of record.parties) if (party.name && !names.has(party.name)) people = names.add(party.name).size
        await sink.record(record)
      }
    } catch (error) {
      if (!(error instanceof JsonBreak)) throw error
      sink.seen(1)
      const place = { file: material.file, byteStart: error.byteStart, byteEnd: Math.max(error.byteStart, error.offset) }
      sink.reject({ place, code: error.code, reason: error.message, snippet: error.snippet })
    }
    if (people > 0 && thread.participants.length > 0) sink.note("People wrote in this thread who are not among its participants.")
    sink.seen(1)
    if (units === 0 && thread.participants.length === 0 && thread.id === null)
      sink.reject({ place: { file: material.file }, code: "unknown-structure", reason: "JSON without messages and participants" })
    else await sink.record(threadRecord(thread, material.file, units))
  },
}

/** Title, path and participants stand on both sides of the messages, so they are read first, in a pass of their own. */
async function threadOf(material: Material): Promise<Thread> {
  const thread: Thread = { id: null, title: null, participants: [] }
  try {
    for await (const { path, value } of elements(material.open(), ["title", "thread_path", "participants.*.name"])) {
      if (typeof value !== "string") continue
      if (path[0] === "title") thread.title = repaired(value)
      else if (path[0] === "thread_path") thread.id = value
      else thread.participants.push(repaired(value))
    }
  } catch (error) {
    if (!(error instanceof JsonBreak)) throw error
  }
  return thread
}

const TAKEN = new Set(["sender_name", "timestamp_ms", "content", "photos", "videos", "audio_files", "call_duration", "is_unsent"])

function messageOf(message: Record<string, unknown>, thread: Thread, place: Place): SourceRecord {
  const name = typeof message.sender_name === "string" ? repaired(message.sender_name) : null
  const content = typeof message.content === "string" ? repaired(message.content) : null
  const group = thread.participants.length > 2
  const others = group || name === null ? [] : thread.participants.filter((p) => p !== name)
  const parties: Party[] = [
    ...(name === null ? [] : [{ part: "sender" as const, ids: [], name }]),
    ...others.map((other) => ({ part: "recipient" as const, ids: [], name: other })),
  ]
  const at = typeof message.timestamp_ms === "number" ? epochMoment(message.timestamp_ms, "unix-ms") : null
  const file = ["photos", "videos", "audio_files"].map((key) => [key, firstFile(message[key])] as const).find(([, uri]) => uri !== null)
  const left = Object.entries(message).filter(([key]) => !TAKEN.has(key))
  const extra = left.length === 0 ? {} : { extra: Object.fromEntries(left.map(([key, value]) => [key, mended(value)])) }
  const shared = {
    app: "instagram",
    thread: thread.id,
    threadTitle: thread.title,
    ...(thread.participants.length > 0 ? { group } : {}),
    direction: null,
  }
  const common = { place, at, parties, ...(message.is_unsent === true ? { deleted: "yes" as const } : {}), ...extra }
  if (file?.[0] === "audio_files" && content === null)
    return { kind: "voice-note", ...common, fields: { ...shared, file: file[1], listening: "unheard" } }
  if (typeof message.call_duration === "number") {
    const [caller, ...callees] = parties
    const called = [...(caller ? [{ ...caller, part: "caller" as const }] : []), ...callees.map((p) => ({ ...p, part: "callee" as const }))]
    const { call_duration: seconds } = message
    return {
      kind: "call",
      ...common,
      parties: called,
      fields: {
        app: "instagram",
        direction: null,
        answered: seconds > 0,
        outcome: content,
        durationS: Math.round(seconds),
        thread: thread.id,
      },
    }
  }
  const fields: FieldsOf<"message"> = {
    ...shared,
    body: content,
    ...(file ? { attachment: file[1], attachmentType: { photos: "image", videos: "video", audio_files: "audio" }[file[0]] ?? null } : {}),
  }
  return { kind: "message", ...common, fields }
}

function threadRecord(thread: Thread, file: string, messages: number): SourceRecord<"statement"> {
  return {
    kind: "statement",
    place: { file, row: "/" },
    at: null,
    fields: {
      schema: "Chat",
      nativeId: thread.id,
      caption: thread.title,
      properties: { app: "instagram", messages, participants: thread.participants },
    },
    parties: thread.participants.map((name) => ({ part: "participant", ids: [], name })),
  }
}

function firstFile(value: unknown): string | null {
  const first: unknown = Array.isArray(value) ? value[0] : undefined
  const uri = typeof first === "object" && first !== null ? (first as Record<string, unknown>).uri : undefined
  return typeof uri === "string" ? uri : null
}

/** `Ø³ÙŠ…` back to what was written: only when every character is a byte and the bytes are UTF-8. */
export function repaired(text: string): string {
  if (!/[\x80-\xff]/.test(text) || /[^\x00-\xff]/.test(text)) return text
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(text, "latin1"))
  } catch {
    return text
  }
}

function mended(value: unknown): unknown {
  if (typeof value === "string") return repaired(value)
  if (Array.isArray(value)) return value.map(mended)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mended(each)]))
}
