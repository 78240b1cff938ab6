import type { Importer, Sink } from "../importer.ts"
import { encodingOf, headText } from "../text-source.ts"
import type { Reading } from "../ufed/cells.ts"
import { call, chatFrame, chatRecord, instantMessage, letter, voice } from "../ufed/messages.ts"
import { deviceRecord, plainRecord, statement, taggedFile } from "../ufed/records.ts"
import { type Item, items, type Model } from "../ufed/report.ts"

/**
 * Cellebrite UFED and Physical Analyzer reports in XML, alone or as `report.xml` of a `.ufdr`.
 *
 * What counts as one unit: every model that stands in no other model; every message of a chat (the chat itself is one more); every
 * tagged file; the metadata sections together, as the device. A break in the XML is one unit, rejected with the place where
 * the first incomplete model begins. A shared contact, a position and a second attachment inside a message are further records.
 */
export const ufedXml: Importer = {
  id: "ufed-xml",
  version: 2,
  title: "Cellebrite UFED report (XML)",
  unknowns:
    "A model type that is not known is kept whole as a statement with all its properties and everybody named in it, and is counted in a note. Fields that have no column are kept as extra columns.",

  async claim(material) {
    const head = headText(material.head)
    if (!/^\s*<(\?xml|!--|[a-z]*:?project\b)/i.test(head) || !/<(\w+:)?project\b/.test(head)) return null
    if (/pa\.cellebrite\.com\/report/.test(head)) return { confidence: 0.99, why: "XML with the namespace of Cellebrite's reports" }
    return /<decodedData|<taggedFiles|reportVersion=/.test(head)
      ? { confidence: 0.8, why: "XML with the elements of a Cellebrite report" }
      : null
  },

  async read(material, sink, context) {
    const unknown = new Map<string, number>()
    // By where the chat begins: a place is a chat's own also when its id is not.
    const early = new Map<string, number>()
    for await (const batch of items(material.open(), encodingOf(material.head))) {
      context.signal.throwIfAborted()
      for (const item of batch) {
        const key = item.what === "chat" ? `${item.chat.id}@${item.chat.byteStart}` : ""
        if (item.what === "chat" && item.early) early.set(key, (early.get(key) ?? 0) + item.messages.length)
        const messages = item.what === "chat" ? (early.get(key) ?? item.messages.length) : 0
        for (const waiting of take(item, material.file, sink, unknown, messages)) if (waiting) await waiting
      }
    }
    for (const [type, count] of unknown) sink.note(`${count} models of type ${type || "(none)"} are kept as statements, not interpreted.`)
    if (early.size > 0)
      sink.note(
        `${early.size} chats with very many messages: their messages were read with what the report says of the chat before its messages.`,
      )
  },
}

/** Hands one item to the sink; what it gives are the waits that the sink asks for. */
function* take(item: Item, file: string, sink: Sink, unknown: Map<string, number>, messages: number): Generator<Promise<void> | undefined> {
  if (item.what === "note") sink.note(item.text)
  else if (item.what === "broken") {
    sink.seen(1)
    const { byteStart, byteEnd } = item
    sink.reject({
      place: { file, ...(byteStart === undefined ? {} : { byteStart, byteEnd }) },
      code: item.code,
      reason: item.reason,
      snippet: item.snippet,
    })
  } else if (item.what === "particulars") {
    if (item.particulars.every((p) => p.section === "project")) return
    sink.seen(1)
    yield sink.record(deviceRecord(item.particulars, { file, table: "metadata", ...bytes(item) }))
  } else if (item.what === "chat") {
    const frame = chatFrame(item.chat)
    for (const message of item.messages) yield* give(instantMessage(message, frame, file), sink)
    if (item.last) yield* give(chatRecord(item.chat, file, messages), sink)
  } else yield* give(item.what === "file" ? taggedFile(item.model, file) : readingOf(item.model, file, unknown), sink)
}

function* give(reading: Reading, sink: Sink): Generator<Promise<void> | undefined> {
  sink.seen(1)
  yield sink.record(reading.record)
  for (const further of reading.also) yield sink.also(further)
}

function readingOf(model: Model, file: string, unknown: Map<string, number>): Reading {
  if (model.type === "SMS") return letter(model, file, "sms")
  if (model.type === "MMS") return letter(model, file, "mms")
  if (model.type === "Email") return letter(model, file, "email")
  if (model.type === "Call") return call(model, file)
  if (model.type === "InstantMessage") return instantMessage(model, undefined, file)
  if (model.type === "Voicemail" || model.type === "Recording") return voice(model, file)
  const known = plainRecord(model, file)
  if (known) return known
  unknown.set(model.type, (unknown.get(model.type) ?? 0) + 1)
  return statement(model, file)
}

function bytes(range: { byteStart: number | undefined; byteEnd: number | undefined }): { byteStart?: number; byteEnd?: number } {
  return range.byteStart === undefined || range.byteEnd === undefined ? {} : { byteStart: range.byteStart, byteEnd: range.byteEnd }
}
