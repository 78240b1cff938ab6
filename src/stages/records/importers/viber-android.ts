import type { Identifier } from "#vocabulary/record"
import { callUnit, type Direction, exchange, messageUnit, type Person, pointOf } from "../sqlite/chat.ts"
import { databaseImporter, type Extraction, type Unit } from "../sqlite/extraction.ts"
import { addressOf, ownerAs, partyAs } from "../sqlite/identity.ts"
import { unixMoment } from "../sqlite/moment.ts"
import type { Row } from "../sqlite/row.ts"

/** `calls.type`, as in Android's call log; `viber_call_type` 4 is video. */
const CALLS: Record<number, "in" | "out"> = { 1: "in", 2: "out", 3: "in" }
const MISSED = 3
const VIDEO = 4
/** `messages.extra_mime`: a name up to Viber 6, a number since. */
const SOUND = new Set(["sound", "voice", "1009"])
const PLACE = new Set(["location", "5"])
const REMOVED = "1008"
const SYSTEM = new Set(["notif", "1000", "1002"])
/** `conversations.conversation_type`: group and community. */
const GROUPS = new Set([1, 5])

/** `participants_info.participant_type` of the account that is signed in. */
const OWN = 0

function accountOf(member: string | null): Identifier[] {
  return member === null ? [] : [{ type: "account", raw: member, platform: "viber" }]
}

async function phonebook(extraction: Extraction): Promise<void> {
  const dataOf = extraction.children("phonebookdata", "contact_id")
  const rawsOf = extraction.children("phonebookrawcontact", "contact_id")
  let raws = 0
  for (const _ of extraction.lookup("phonebookrawcontact")) raws++
  if (raws > 0) extraction.note(`${raws} raw contacts (phonebookrawcontact) are joined into the cards of phonebookcontact.`)
  const cards = extraction.children("phonebookcontact", "_id")
  await extraction.units("phonebookcontact", (row): Unit => {
    const label = row.text("display_name")
    const id = row.text("_id")
    const ids: Identifier[] = []
    for (const data of dataOf(id)) {
      // data2 is the number with its country code, data1 and data3 are as typed.
      const number = data.text("data2") ?? data.text("data1") ?? data.text("data3")
      if (!ids.some((known) => known.raw === number)) ids.push(...addressOf(number))
    }
    const rawContacts = rawsOf(id).map((raw) => raw.id)
    return {
      record: {
        kind: "contact",
        place: row.place,
        at: null,
        parties: [partyAs("contact", ids, label)],
        fields: { label, source: "viber" },
        ...(row.flag("deleted") ? { deleted: "yes" as const } : {}),
        extra: { ...row.rest(), rawContacts },
      },
    }
  })
  await extraction.units("phonebookdata", (row): Unit => {
    if (cards(row.text("contact_id")).length > 0) return null
    const ids = addressOf(row.text("data2") ?? row.text("data1"))
    return {
      record: {
        kind: "contact",
        place: row.place,
        at: null,
        parties: [partyAs("contact", ids)],
        fields: { source: "viber" },
        extra: { orphan: true, ...row.rest() },
      },
    }
  })
  await extraction.units("vibernumbers", (row): Unit => {
    const name = row.text("viber_name")
    const ids = [...addressOf(row.text("canonized_number"), "viber"), ...accountOf(row.text("member_id"))]
    const fields = { platform: "viber", displayName: name, nativeId: row.text("viber_id") }
    return {
      record: { kind: "account", place: row.place, at: null, parties: [partyAs("contact", ids, name)], fields, extra: row.rest() ?? {} },
    }
  })
  await extraction.units("blockednumbers", (row): Unit => {
    const ids = addressOf(row.text("canonized_number"), "viber")
    return {
      record: {
        kind: "contact",
        place: row.place,
        at: unixMoment(row, "blocked_date"),
        parties: [partyAs("contact", ids)],
        fields: { source: "viber", group: "blocked" },
        extra: row.rest() ?? {},
      },
    }
  })
}

function callRow(row: Row, own: Identifier[] = []): Unit {
  const type = row.integer("type")
  const durationS = row.integer("duration")
  const answered = type === MISSED ? false : durationS === null ? null : durationS > 0
  const viber = row.flag("viber_call") !== false
  // In the database of messages a call names its chat; there group calls have a number of their own.
  const thread = row.reference("conversation_id") ?? row.reference("group_id")
  return callUnit({
    row,
    at: unixMoment(row, "date"),
    direction: type === null ? null : (CALLS[type] ?? null),
    own,
    others: [{ ids: addressOf(row.text("canonized_number") ?? row.text("number"), viber ? "viber" : undefined), name: null }],
    fields: {
      app: viber ? "viber" : "cellular",
      answered,
      outcome: type === MISSED ? "missed" : answered === null ? null : answered ? "answered" : "not answered",
      durationS,
      video: row.integer("viber_call_type") === VIDEO,
      thread,
      nativeId: row.text("token"),
    },
  })
}

interface Talk {
  title: string | null
  group: boolean
  members: Person[]
}

/** Gives the identifiers of the account that is signed in. */
async function messages(extraction: Extraction): Promise<Identifier[]> {
  const people = new Map<string, Person & { own: boolean }>()
  const owners: Identifier[] = []
  for (const row of extraction.lookup("participants_info")) {
    const ids = [...addressOf(row.text("number"), "viber"), ...accountOf(row.text("member_id"))]
    const own = row.integer("participant_type") === OWN
    const name = row.text("contact_name") ?? row.text("display_name") ?? row.text("viber_name")
    people.set(row.text("_id") ?? "", { ids, name, own })
    if (!own) continue
    owners.push(...ids)
    if (ids.length > 0)
      await extraction.also({
        kind: "account",
        place: row.place,
        at: null,
        parties: [ownerAs("owner", ids, name)],
        fields: { platform: "viber", displayName: name, own: true },
      })
  }
  const participant = new Map<string, Person & { own: boolean }>()
  const members = new Map<string, Person[]>()
  for (const row of extraction.lookup("participants")) {
    const person = people.get(row.text("participant_info_id") ?? "")
    if (!person) continue
    participant.set(row.text("_id") ?? "", person)
    const talk = row.text("conversation_id") ?? ""
    if (!person.own) members.set(talk, [...(members.get(talk) ?? []), person])
  }
  const talks = new Map<string, Talk>()
  for (const row of extraction.lookup("conversations")) {
    const id = row.text("_id") ?? ""
    const group = GROUPS.has(row.integer("conversation_type") ?? 0)
    const written = addressOf(row.text("recipient_number"), "viber")
    const known = members.get(id) ?? []
    talks.set(id, {
      title: row.text("name"),
      group,
      members: known.length > 0 || written.length === 0 ? known : [{ ids: written, name: null }],
    })
  }
  await extraction.units("messages", (row): Unit => {
    const thread = row.text("conversation_id")
    const talk = talks.get(thread ?? "")
    const mime = row.text("extra_mime") ?? ""
    const sent = row.integer("send_type") ?? row.integer("type")
    const direction: Direction = SYSTEM.has(mime) ? "system" : sent === null ? null : sent === 1 ? "out" : "in"
    const written = participant.get(row.text("participant_id") ?? "")
    const user = row.text("user_id")
    const fallback: Person | null = user === null ? null : { ids: accountOf(user), name: null }
    const sender = written && !written.own ? written : talk && !talk.group ? (talk.members[0] ?? fallback) : fallback
    const number = addressOf(row.text("address"), "viber")
    const others = talk?.members ?? (number.length > 0 ? [{ ids: number, name: null }] : [])
    const seconds = row.number("extra_duration") ?? row.number("duration")
    const path = row.text("extra_uri")
    const text = row.text("body")
    // Pictures and films have the place of their preview where others have words; the words stand in the description.
    const preview = text !== null && /^(?:content|file):\/\//.test(text) ? text : null
    return messageUnit({
      row,
      at: unixMoment(row, "msg_date") ?? unixMoment(row, "date"),
      parties: exchange(direction, direction === "out" ? null : (sender ?? others[0] ?? null), others, owners),
      fields: {
        app: "viber",
        thread,
        threadTitle: talk?.group ? talk.title : null,
        group: talk?.group ?? null,
        direction,
        body: preview === null ? (text ?? row.text("description")) : row.text("description"),
        status: mime === REMOVED ? "removed by the sender" : (row.integer("unread") ?? 0) > 0 ? "unread" : null,
        attachment: path,
        attachmentType: path === null ? null : mime === "" || mime === "0" ? null : mime,
        nativeId: row.text("messages_token") ?? row.text("token"),
      },
      // Viber keeps milliseconds here.
      voice: SOUND.has(mime) ? { durationS: seconds === null ? null : seconds / 1000 } : undefined,
      location: PLACE.has(mime) ? pointE7(row) : undefined,
      deleted: row.flag("deleted") ? "yes" : undefined,
      extra: { ...(mime === "" ? {} : { extra_mime: mime }), ...(preview === null ? {} : { preview }) },
    })
  })
  return owners
}

/** Viber writes degrees times ten million, older versions degrees. */
function pointE7(row: Row): { lat: number; lon: number; placeName: string | null } | undefined {
  const [lat, lon] = [row.number("location_lat"), row.number("location_lng")]
  if (lat === null || lon === null || (Math.abs(lat) <= 90 && Math.abs(lon) <= 180))
    return pointOf(row, "location_lat", "location_lng", row.text("bucket"))
  return Math.abs(lat) <= 9e8 && Math.abs(lon) <= 18e8 ? { lat: lat / 1e7, lon: lon / 1e7, placeName: row.text("bucket") } : undefined
}

/**
 * Units: each row of `phonebookcontact`, `vibernumbers`, `blockednumbers` and `calls`, each number without a card (viber_data);
 * each row of `messages` and `messages_calls` (viber_messages). A call stands as a line of the app among the messages too, and its `token`
 * is the same in both databases.
 */
export const viberAndroid = databaseImporter({
  id: "viber-android",
  version: 2,
  title: "Viber on Android (viber_data, viber_messages)",
  unknowns: "Message types are kept as Viber numbers or names them.",
  signatures: [
    { phonebookcontact: ["display_name"], calls: ["canonized_number", "viber_call_type"] },
    { participants_info: ["number"], messages: ["conversation_id", "body"], conversations: [] },
    { phonebookcontact: ["display_name", "viber"] },
  ],
  extract: async (extraction) => {
    await phonebook(extraction)
    if (extraction.has("calls", "canonized_number")) await extraction.units("calls", (row) => callRow(row))
    const own = extraction.has("messages", "conversation_id") ? await messages(extraction) : []
    if (extraction.has("messages_calls", "canonized_number")) await extraction.units("messages_calls", (row) => callRow(row, own))
  },
})
