import type { Identifier } from "#vocabulary/record"
import { callUnit, type Direction, exchange, messageUnit, type Person, pointOf } from "../sqlite/chat.ts"
import { databaseImporter, type Extraction, type Unit } from "../sqlite/extraction.ts"
import { addressOf, isGroupJid, jidOf, named, ownerAs, partyAs } from "../sqlite/identity.ts"
import { cocoaMoment } from "../sqlite/moment.ts"
import type { Row } from "../sqlite/row.ts"

/** `ZMESSAGETYPE` as seen in databases of 2014 to 2024. */
const AUDIO = 3
const CARD = 4
const LOCATION = 5
const SYSTEM = new Set([6, 10, 12])
const REMOVED = 14
const MEDIA: Record<number, string> = { 1: "image", 2: "video", 3: "audio", 8: "document", 11: "gif", 15: "sticker" }

interface Chat {
  jid: string | null
  title: string | null
  group: boolean
  members: Person[]
}

function chatsOf(
  extraction: Extraction,
  names: ReadonlyMap<string, string>,
): { chats: ReadonlyMap<string, Chat>; memberAt: ReadonlyMap<string, Person> } {
  const memberAt = new Map<string, Person>()
  const members = new Map<string, Person[]>()
  for (const row of extraction.lookup("ZWAGROUPMEMBER")) {
    const jid = row.text("ZMEMBERJID")
    const person = { ids: jidOf(jid), name: row.text("ZCONTACTNAME") ?? row.text("ZFIRSTNAME") ?? names.get(jid ?? "") ?? null }
    memberAt.set(row.text("Z_PK") ?? "", person)
    const chat = row.text("ZCHATSESSION") ?? ""
    members.set(chat, [...(members.get(chat) ?? []), person])
  }
  const chats = new Map<string, Chat>()
  for (const row of extraction.lookup("ZWACHATSESSION")) {
    const id = row.text("Z_PK") ?? ""
    const jid = row.text("ZCONTACTJID")
    const title = row.text("ZPARTNERNAME")
    const group = isGroupJid(jid)
    chats.set(id, { jid, title, group, members: group ? (members.get(id) ?? []) : [{ ids: jidOf(jid), name: title }] })
  }
  return { chats, memberAt }
}

/** The owner's address: what comes in from one person is addressed to it. */
function ownOf(extraction: Extraction): { jid: string; row: Row } | null {
  for (const row of extraction.lookup("ZWAMESSAGE")) {
    const to = row.text("ZTOJID")
    if (row.flag("ZISFROMME") === false && to !== null && jidOf(to).length > 0) return { jid: to, row }
  }
  return null
}

function messageOf(extraction: Extraction, names: ReadonlyMap<string, string>, own: Identifier[]): (row: Row) => Unit {
  const { chats, memberAt } = chatsOf(extraction, names)
  const mediaOf = extraction.children("ZWAMEDIAITEM", "Z_PK")
  return (row) => {
    const type = row.integer("ZMESSAGETYPE")
    const mine = row.flag("ZISFROMME")
    const from = row.text("ZFROMJID")
    const to = row.text("ZTOJID")
    const session = row.text("ZCHATSESSION")
    const chat = session === null ? undefined : chats.get(session)
    const jid = chat?.jid ?? (mine ? to : from)
    const group = chat?.group ?? isGroupJid(jid)
    const direction: Direction = type !== null && SYSTEM.has(type) ? "system" : mine === null ? null : mine ? "out" : "in"
    const member = memberAt.get(row.text("ZGROUPMEMBER") ?? "")
    const sender: Person | null = group ? (member ?? null) : { ids: jidOf(from), name: chat?.title ?? names.get(from ?? "") ?? null }
    const [item] = mediaOf(row.reference("ZMEDIAITEM"))
    const path = item?.text("ZMEDIALOCALPATH") ?? null
    const card = type === CARD ? (item?.text("ZVCARDSTRING") ?? null) : null
    const mime = type === CARD ? "text/vcard" : (item?.text("ZVCARDSTRING") ?? null)
    const title = item?.text("ZTITLE") ?? null
    const duration = item?.number("ZMOVIEDURATION") ?? null
    const place = named(item?.text("ZVCARDNAME") ?? null, title)
    return messageUnit({
      row,
      at: cocoaMoment(row, "ZMESSAGEDATE"),
      parties: exchange(direction, direction === "out" ? null : sender, chat?.members ?? [{ ids: jidOf(jid), name: null }], own),
      fields: {
        app: "whatsapp",
        thread: jid,
        threadTitle: group ? (chat?.title ?? null) : null,
        group,
        direction,
        body: row.text("ZTEXT") ?? (type === LOCATION || type === CARD ? null : title),
        status: type === REMOVED ? "removed by the sender" : statusOf(row.integer("ZMESSAGESTATUS"), mine),
        attachment: path,
        attachmentType:
          item && (path !== null || (type !== null && type in MEDIA)) ? (mime?.includes("/") ? mime : (MEDIA[type ?? -1] ?? null)) : null,
        nativeId: row.text("ZSTANZAID"),
      },
      voice: type === AUDIO ? { durationS: duration } : undefined,
      location: type === LOCATION && item ? pointOf(item, "ZLATITUDE", "ZLONGITUDE", place) : undefined,
      cards: card === null ? undefined : [card],
      extra: { ...(type === null ? {} : { ZMESSAGETYPE: type }), ...(item ? { media: item.rest() ?? {} } : {}) },
    })
  }
}

function statusOf(status: number | null, mine: boolean | null): string | null {
  if (status === null) return null
  if (!mine) return null
  return { 1: "sent", 5: "delivered", 6: "delivered", 8: "read" }[status] ?? `status ${status}`
}

/** A chat is told as the account on its other side; a group as its members. */
function chatUnit(row: Row, chat: Chat | undefined): Unit {
  const jid = row.text("ZCONTACTJID")
  const name = row.text("ZPARTNERNAME")
  const group = isGroupJid(jid)
  const parties = group
    ? (chat?.members ?? []).map((member) => partyAs("participant", member.ids, member.name))
    : [partyAs("contact", jidOf(jid), name)]
  return {
    record: {
      kind: "account",
      place: row.place,
      at: null,
      parties,
      fields: { platform: "whatsapp", displayName: name, nativeId: jid },
      extra: { ...row.rest(), group },
    },
  }
}

async function messages(extraction: Extraction): Promise<void> {
  const names = new Map<string, string>()
  for (const row of extraction.lookup("ZWAPROFILEPUSHNAME")) names.set(row.text("ZJID") ?? "", row.text("ZPUSHNAME") ?? "")
  const { chats } = chatsOf(extraction, names)
  const own = ownOf(extraction)
  const ownIds = jidOf(own?.jid ?? null)
  if (own !== null) {
    const fields = { platform: "whatsapp", own: true, nativeId: own.jid }
    await extraction.also({ kind: "account", place: own.row.place, at: null, parties: [ownerAs("owner", ownIds)], fields })
  }
  await extraction.units("ZWAMESSAGE", messageOf(extraction, names, ownIds))
  await extraction.units("ZWACHATSESSION", (row) => chatUnit(row, chats.get(row.text("Z_PK") ?? "")))
  await extraction.units("ZWAPROFILEPUSHNAME", (row) => {
    const jid = row.text("ZJID")
    const name = row.text("ZPUSHNAME")
    const fields = { platform: "whatsapp", displayName: name, nativeId: jid }
    return { record: { kind: "account", place: row.place, at: null, parties: [partyAs("contact", jidOf(jid), name)], fields } }
  })
}

async function contacts(extraction: Extraction): Promise<void> {
  await extraction.units("ZWAADDRESSBOOKCONTACT", (row) => {
    const label = row.text("ZFULLNAME") ?? row.text("ZGIVENNAME")
    const ids = [...addressOf(row.text("ZPHONENUMBER")), ...jidOf(row.text("ZWHATSAPPID")), ...jidOf(row.text("ZLID"))]
    return {
      record: {
        kind: "contact",
        place: row.place,
        at: null,
        parties: [partyAs("contact", ids, label)],
        fields: { label, source: "whatsapp", note: row.text("ZABOUTTEXT") },
        extra: row.rest(),
      },
    }
  })
}

/** Calls: an event, its direction in the aggregate that it belongs to, its participants. Core Data numbers the joining columns. */
async function calls(extraction: Extraction): Promise<void> {
  const aggregate = extraction.columns("ZWACDCALLEVENT").find((column) => /^Z\d*CALLEVENTS$/i.test(column))
  const joining = extraction.columns("ZWACDCALLEVENTPARTICIPANT").find((column) => /^Z\d*PARTICIPANTS$/i.test(column))
  const aggregateAt = extraction.children("ZWAAGGREGATECALLEVENT", "Z_PK")
  const participantsOf = joining === undefined ? () => [] : extraction.children("ZWACDCALLEVENTPARTICIPANT", joining)
  await extraction.units("ZWACDCALLEVENT", (row): Unit => {
    const [sum] = aggregate === undefined ? [] : aggregateAt(row.text(aggregate))
    const incoming = sum?.flag("ZINCOMING") ?? null
    const missed = sum?.flag("ZMISSED") ?? null
    const duration = row.number("ZDURATION")
    const answered = duration !== null && duration > 0 ? true : missed === true ? false : null
    const creator = row.text("ZGROUPCALLCREATORUSERJIDSTRING")
    const others = participantsOf(row.text("Z_PK")).map((found) => found.text("ZJIDSTRING"))
    // Who called stands first; on a call that went out the creator is the owner.
    const ordered = incoming === true && creator !== null ? [creator, ...others.filter((jid) => jid !== creator)] : others
    return callUnit({
      row,
      at: cocoaMoment(row, "ZDATE"),
      direction: incoming === null ? null : incoming ? "in" : "out",
      others: ordered.map((jid) => ({ ids: jidOf(jid), name: null })),
      own: incoming === false ? jidOf(creator) : [],
      fields: {
        app: "whatsapp",
        answered,
        outcome:
          answered === true ? "answered" : missed === true ? "missed" : answered === null && incoming === false ? "not answered" : null,
        durationS: duration === null ? null : Math.round(duration),
        video: sum?.flag("ZVIDEO") ?? null,
        thread: row.text("ZGROUPJIDSTRING"),
        nativeId: row.text("Z_PK"),
      },
    })
  })
}

/**
 * Units: each row of `ZWAMESSAGE`, `ZWACHATSESSION` and `ZWAPROFILEPUSHNAME` (ChatStorage.sqlite), of `ZWAADDRESSBOOKCONTACT`
 * (ContactsV2.sqlite), of `ZWACDCALLEVENT` (CallHistory.sqlite).
 */
export const whatsappIos = databaseImporter({
  id: "whatsapp-ios",
  version: 1,
  title: "WhatsApp on iOS (ChatStorage.sqlite, ContactsV2.sqlite, CallHistory.sqlite)",
  unknowns: "The number of each message's type is kept; types that are not known stay messages.",
  signatures: [
    { ZWAMESSAGE: ["ZMESSAGEDATE", "ZISFROMME", "ZMESSAGETYPE"], ZWACHATSESSION: ["ZCONTACTJID"] },
    { ZWAADDRESSBOOKCONTACT: ["ZFULLNAME"] },
    { ZWACDCALLEVENT: ["ZDATE", "ZDURATION"] },
  ],
  extract: async (extraction) => {
    await messages(extraction)
    await contacts(extraction)
    await calls(extraction)
  },
})
