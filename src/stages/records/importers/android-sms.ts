import type { Identifier } from "#vocabulary/record"
import { type Direction, exchange, messageUnit, type Person } from "../sqlite/chat.ts"
import { databaseImporter, type Extraction, type Unit } from "../sqlite/extraction.ts"
import { addressOf } from "../sqlite/identity.ts"
import { unixMoment } from "../sqlite/moment.ts"
import type { Row } from "../sqlite/row.ts"

/** `Telephony.TextBasedSmsColumns.TYPE`; the boxes of MMS have the same numbers up to 4. */
const BOXES: Record<number, [Direction, string]> = {
  1: ["in", "received"],
  2: ["out", "sent"],
  3: ["out", "draft"],
  4: ["out", "outbox"],
  5: ["out", "failed"],
  6: ["out", "queued"],
}
/** `PduHeaders` of Android: who an `addr` row is. */
const FROM = 137
const TO = new Set([151, 130, 129])
/** `PduHeaders.MESSAGE_TYPE`: what is no message of a person. */
const REPORTS: Record<number, string> = { 130: "not downloaded", 134: "delivery report", 136: "read report" }
const NOTIFIED = 130

const person = (raw: string | null): Person => ({ ids: addressOf(raw), name: null })

/** Members of each thread by `threads.recipient_ids`, which lists row ids of `canonical_addresses`. */
function membersOf(extraction: Extraction): ReadonlyMap<string, Person[]> {
  const addresses = new Map<string, string>()
  for (const row of extraction.lookup("canonical_addresses")) addresses.set(row.text("_id") ?? "", row.text("address") ?? "")
  const threads = new Map<string, Person[]>()
  for (const row of extraction.lookup("threads")) {
    const ids = (row.text("recipient_ids") ?? "").split(/\s+/).filter((id) => id !== "")
    threads.set(
      row.text("_id") ?? "",
      ids.flatMap((id) => (addresses.has(id) ? [person(addresses.get(id)!)] : [])),
    )
  }
  return threads
}

function smsOf(threads: ReadonlyMap<string, Person[]>): (row: Row) => Unit {
  return (row) => {
    const type = row.integer("type")
    const [direction, box] = (type === null ? undefined : BOXES[type]) ?? [null, type === null ? null : `type ${type}`]
    const thread = row.reference("thread_id")
    const members = (thread === null ? undefined : threads.get(thread)) ?? []
    const address = row.text("address")
    const other = person(address)
    const others = address === null ? members : [other]
    return messageUnit({
      row,
      at: unixMoment(row, "date"),
      parties: exchange(direction, direction === "out" ? null : other, others),
      fields: {
        app: "sms",
        thread,
        group: members.length > 1,
        direction,
        body: row.text("body"),
        subject: row.text("subject"),
        status: direction === "in" ? (row.flag("read") ? "read" : "unread") : box,
        nativeId: row.text("_id"),
      },
    })
  }
}

function mmsOf(extraction: Extraction, threads: ReadonlyMap<string, Person[]>): (row: Row) => Unit {
  const partsOf = extraction.children("part", "mid")
  const addressesOf = extraction.children("addr", "msg_id")
  return (row) => {
    const id = row.text("_id")
    const box = row.integer("msg_box")
    const report = REPORTS[row.integer("m_type") ?? 0]
    const [boxed, status] = (box === null ? undefined : BOXES[box]) ?? [null, box === null ? null : `box ${box}`]
    const direction: Direction = row.integer("m_type") !== NOTIFIED && report !== undefined ? "system" : boxed
    const addresses = addressesOf(id).map((found) => ({ type: found.integer("type"), raw: found.text("address") }))
    const from = addresses.find((found) => found.type === FROM)?.raw ?? null
    const to = addresses.filter((found) => found.type !== null && TO.has(found.type)).map((found) => person(found.raw))
    const thread = row.reference("thread_id")
    const members = (thread === null ? undefined : threads.get(thread)) ?? []
    // A message that came in names this phone among those it went to; the thread names the others only.
    const own: Identifier[] = direction === "in" ? ownAmong(to, members, from) : []
    const others = to.length > 0 ? to : members
    const texts: string[] = []
    const files: { path: string | null; mediaType: string | null }[] = []
    for (const part of partsOf(id)) {
      const mediaType = part.text("ct")
      if (mediaType === "application/smil") continue
      const text = part.text("text")
      if (text !== null && (mediaType === null || mediaType.startsWith("text/"))) texts.push(text)
      else files.push({ path: part.text("_data") ?? part.text("name") ?? part.text("cl"), mediaType })
    }
    const [first, ...further] = files
    const sound = first?.mediaType?.startsWith("audio/") === true
    return messageUnit({
      row,
      at: unixMoment(row, "date"),
      parties: exchange(direction, direction === "out" ? null : from === null ? (members[0] ?? null) : person(from), others, own),
      fields: {
        app: "mms",
        thread,
        group: members.length > 1,
        direction,
        body: texts.length > 0 ? texts.join("\n") : null,
        subject: row.text("sub"),
        status: report ?? (direction === "in" ? (row.flag("read") ? "read" : "unread") : status),
        attachment: first?.path ?? null,
        attachmentType: first?.mediaType ?? null,
        nativeId: row.text("m_id") ?? id,
      },
      voice: sound ? { durationS: null } : undefined,
      files: further,
    })
  }
}

/** The one address of those written to that is neither the sender nor in the thread; nobody when it is not exactly one. */
function ownAmong(to: readonly Person[], members: readonly Person[], from: string | null): Identifier[] {
  const digits = (raw: string | undefined) => (raw ?? "").replace(/\D/g, "").slice(-8)
  const known = new Set([...members.map((member) => digits(member.ids[0]?.raw)), digits(from ?? undefined)])
  if (members.length === 0) return []
  const left = to.filter((one) => one.ids.length > 0 && !known.has(digits(one.ids[0]!.raw)))
  return left.length === 1 ? left[0]!.ids : []
}

/** Units: each row of `sms` and each row of `pdu` (an MMS with its parts and addresses). */
export const androidSms = databaseImporter({
  id: "android-sms",
  version: 1,
  title: "Android text messages (mmssms.db)",
  unknowns: "Message types that Android does not define have no direction and keep their number as status.",
  signatures: [
    { sms: ["address", "body", "date", "type", "thread_id"] },
    { pdu: ["thread_id", "msg_box", "m_type"], part: ["mid", "ct"], addr: ["msg_id", "address"] },
  ],
  extract: async (extraction) => {
    const threads = membersOf(extraction)
    await extraction.units("sms", smsOf(threads))
    await extraction.units("pdu", mmsOf(extraction, threads))
  },
})
