import type { Identifier, SourceRecord } from "#vocabulary/record"
import { databaseImporter, type Extraction } from "../sqlite/extraction.ts"
import { addressOf, jidOf, named, partyAs } from "../sqlite/identity.ts"
import type { Row } from "../sqlite/row.ts"
import { androidCalls } from "./android-calls.ts"

/** `ContactsContract.CommonDataKinds.Event.TYPE_BIRTHDAY`. */
const BIRTHDAY = 3
/** `Im.PROTOCOL` values of the Android SDK, by number. */
const PROTOCOLS = ["aim", "msn", "yahoo", "skype", "qq", "google-talk", "icq", "jabber"]

interface Card {
  label: string | null
  organisation: string | null
  notes: string[]
  groups: string[]
  birthDate: string | null
  ids: Identifier[]
  /** Rows of kinds that have no field here, by MIME type. */
  other: Record<string, unknown[]>
}

function add(ids: Identifier[], more: Identifier[]): void {
  for (const id of more)
    if (!ids.some((known) => known.type === id.type && known.raw === id.raw && known.platform === id.platform)) ids.push(id)
}

/** One row of `data`: what it means depends on its MIME type (`ContactsContract.Data`). */
function read(card: Card, row: Row, mime: string, groups: ReadonlyMap<string, string>): void {
  const value = row.text("data1")
  const kind = mime.replace(/^vnd\.android\.cursor\.item\//, "")
  if (kind === "name") card.label ??= value ?? named(row.text("data2"), row.text("data5"), row.text("data3"))
  else if (value === null) return
  else if (kind === "phone_v2") add(card.ids, addressOf(value))
  else if (kind === "email_v2") add(card.ids, [{ type: "email", raw: value }])
  else if (kind === "organization") card.organisation ??= named(value, row.text("data4"))
  else if (kind === "nickname") add(card.ids, [{ type: "name", raw: value }])
  else if (kind === "note") card.notes.push(value)
  else if (kind === "group_membership") card.groups.push(groups.get(value) ?? value)
  else if (kind === "contact_event" && row.integer("data2") === BIRTHDAY) card.birthDate ??= value
  else if (kind === "im") {
    const platform = PROTOCOLS[row.integer("data5") ?? -1] ?? row.text("data6")?.toLowerCase() ?? "im"
    add(card.ids, [{ type: "handle", raw: value, platform }])
  } else if (/whatsapp/.test(kind)) add(card.ids, jidOf(value))
  else if (/viber/.test(kind)) add(card.ids, addressOf(value, "viber"))
  else if (/telegram/.test(kind)) add(card.ids, [{ type: "account", raw: value, platform: "telegram" }])
  else {
    const seen = card.other[kind] ?? []
    if (!seen.includes(value)) card.other[kind] = [...seen, value]
  }
}

/** One record for one person: a `contacts` row with all its raw contacts, or a raw contact that belongs to none. */
function contactOf(extraction: Extraction): (row: Row, raws: Row[]) => SourceRecord {
  const mimes = new Map<string, string>()
  for (const row of extraction.lookup("mimetypes")) mimes.set(row.text("_id") ?? "", row.text("mimetype") ?? "")
  const groups = new Map<string, string>()
  for (const row of extraction.lookup("groups")) groups.set(row.text("_id") ?? "", row.text("title") ?? "")
  const dataOf = extraction.children("data", "raw_contact_id")
  return (row, raws) => {
    const card: Card = { label: null, organisation: null, notes: [], groups: [], birthDate: null, ids: [], other: {} }
    const sources = new Set<string>()
    const accounts = new Set<string>()
    for (const raw of raws) {
      const account = raw.text("account_type")
      sources.add(account === null ? "phone" : /\.sim|icc/i.test(account) ? "sim" : account)
      const name = raw.text("account_name")
      if (name !== null) accounts.add(name)
      for (const data of dataOf(raw.text("_id"))) read(card, data, mimes.get(data.text("mimetype_id") ?? "") ?? "unknown", groups)
    }
    const shown = row.text("display_name") ?? raws.map((raw) => raw.text("display_name")).find((name) => name !== null) ?? null
    const label = card.label ?? shown
    const deleted = raws.length > 0 && raws.every((raw) => raw.flag("deleted") === true)
    const timesContacted = row.integer("times_contacted")
    row.cell("name_raw_contact_id")
    const extra = {
      ...row.rest(),
      rawContacts: raws.map((raw) => raw.id),
      ...(accounts.size > 0 ? { accounts: [...accounts] } : {}),
      ...(Object.keys(card.other).length > 0 ? { data: card.other } : {}),
    }
    return {
      kind: "contact",
      place: row.place,
      at: null,
      parties: [partyAs("contact", card.ids, label)],
      fields: {
        label,
        organisation: card.organisation,
        note: card.notes.length > 0 ? card.notes.join("\n") : null,
        source: [...sources].join(", ") || "phone",
        group: card.groups.length > 0 ? [...new Set(card.groups)].join(", ") : null,
        birthDate: card.birthDate,
        timesContacted,
      },
      ...(deleted ? { deleted: "yes" as const } : {}),
      extra,
    }
  }
}

/**
 * Units: each row of `contacts` (a person, with every raw contact that Android joined into it), each raw contact that belongs to
 * no such row (deleted, or not yet joined), each row of `calls`.
 */
export const androidContacts = databaseImporter({
  id: "android-contacts",
  version: 1,
  title: "Android contacts (contacts2.db)",
  unknowns: "Kinds of contact data without a field of ours are kept under their MIME type. Cards that Android did not join stay apart.",
  signatures: [
    { raw_contacts: ["contact_id"], data: ["raw_contact_id", "mimetype_id"], mimetypes: ["mimetype"] },
    { contacts: ["name_raw_contact_id"], data: ["raw_contact_id", "mimetype_id"] },
  ],
  extract: async (extraction) => {
    const make = contactOf(extraction)
    const rawsOf = extraction.children("raw_contacts", "contact_id")
    const joined = extraction.children("contacts", "_id")
    await extraction.units("contacts", (row) => ({ record: make(row, rawsOf(row.text("_id"))) }))
    await extraction.units("raw_contacts", (row) => {
      const person = row.reference("contact_id")
      return person !== null && joined(person).length > 0 ? null : { record: make(row, [row]) }
    })
    await androidCalls(extraction)
  },
})
