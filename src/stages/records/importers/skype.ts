import type { Identifier, SourceRecord } from "#vocabulary/record"
import { callUnit, type Direction, exchange, messageUnit, type Person } from "../sqlite/chat.ts"
import { databaseImporter, type Extraction, type Unit } from "../sqlite/extraction.ts"
import { addressOf, ownerAs, partyAs } from "../sqlite/identity.ts"
import { unixMoment } from "../sqlite/moment.ts"
import type { Row } from "../sqlite/row.ts"

/** `Conversations.type` and `Chats.type` of more than two people. */
const GROUP = 2
/** `Messages.type` of what the program says itself: members, topics, calls begun and ended. */
const SYSTEM = new Set([2, 4, 8, 10, 12, 13, 30, 39, 50, 51, 53, 54, 100, 110])
const SMS = 64
const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }

/** A Skype name, a Microsoft account behind `live:`, or a telephone number where the call left Skype. */
function identityOf(raw: string | null): Identifier[] {
  if (raw === null) return []
  return /^\+?\d{6,}$/.test(raw) ? addressOf(raw) : [{ type: "handle", raw, platform: "skype" }]
}

/** `body_xml` as a reader sees it: marks taken away, entities read. */
function shown(xml: string | null): string | null {
  if (xml === null) return null
  const text = xml
    .replace(/<[^>]{1,2000}>/g, "")
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole
      const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex!, 16)
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    })
  return text === "" ? null : text
}

/** `birthday` is a number of the form 19700131. */
function birthOf(row: Row): string | null {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(row.text("birthday") ?? "") ?? []
  return year === undefined ? null : `${year}-${month}-${day}`
}

const PHONES = [
  "phone_home",
  "phone_office",
  "phone_mobile",
  "pstnnumber",
  "assigned_phone1",
  "assigned_phone2",
  "assigned_phone3",
  "main_phone",
]

function cardOf(row: Row): { ids: Identifier[]; name: string | null } {
  const ids = identityOf(row.text("skypename"))
  for (const column of PHONES) for (const id of addressOf(row.text(column))) if (!ids.some((known) => known.raw === id.raw)) ids.push(id)
  for (const mail of (row.text("emails") ?? "").split(/\s+/)) if (mail.includes("@")) ids.push({ type: "email", raw: mail })
  return { ids, name: row.text("given_displayname") ?? row.text("displayname") ?? row.text("fullname") }
}

interface Talk {
  identity: string | null
  title: string | null
  group: boolean
  members: Person[]
}

function talksOf(extraction: Extraction): ReadonlyMap<string, Talk> {
  const members = new Map<string, Person[]>()
  for (const row of extraction.lookup("Participants")) {
    const talk = row.text("convo_id") ?? ""
    members.set(talk, [...(members.get(talk) ?? []), { ids: identityOf(row.text("identity")), name: null }])
  }
  const talks = new Map<string, Talk>()
  for (const row of extraction.lookup("Conversations")) {
    const id = row.text("id") ?? ""
    const identity = row.text("identity")
    const title = row.text("given_displayname") ?? row.text("displayname") ?? row.text("meta_topic")
    const known = members.get(id) ?? []
    talks.set(id, {
      identity,
      title,
      group: row.integer("type") === GROUP,
      members: known.length > 0 ? known : [{ ids: identityOf(identity), name: title }],
    })
  }
  return talks
}

async function people(extraction: Extraction): Promise<Identifier[]> {
  const own: Identifier[] = []
  await extraction.units("Accounts", (row): Unit => {
    const { ids, name } = cardOf(row)
    own.push(...ids)
    const fields = {
      platform: "skype",
      username: row.text("skypename"),
      displayName: name,
      bio: row.text("about"),
      own: true,
      nativeId: row.text("liveid_membername"),
    }
    return {
      record: { kind: "account", place: row.place, at: null, parties: [ownerAs("owner", ids, name)], fields, extra: row.rest() ?? {} },
    }
  })
  await extraction.units("Contacts", (row): Unit => {
    const { ids, name } = cardOf(row)
    const fields = { label: name, note: row.text("about"), source: "skype", birthDate: birthOf(row) }
    return {
      record: { kind: "contact", place: row.place, at: null, parties: [partyAs("contact", ids, name)], fields, extra: row.rest() ?? {} },
    }
  })
  return own
}

function messageOf(talks: ReadonlyMap<string, Talk>, own: readonly Identifier[]): (row: Row) => Unit {
  const isOwn = (raw: string | null) => raw !== null && own.some((id) => id.raw.toLowerCase() === raw.toLowerCase())
  return (row) => {
    const type = row.integer("type")
    const author = row.text("author")
    const talk = talks.get(row.text("convo_id") ?? "")
    const partner = row.text("dialog_partner")
    const named = (row.text("identities") ?? "").split(/\s+/).filter((name) => name !== "" && !isOwn(name))
    const direction: Direction = type !== null && SYSTEM.has(type) ? "system" : isOwn(author) ? "out" : "in"
    const apart = talk && (type !== SMS || named.length === 0) ? talk.members : []
    const others =
      apart.length > 0
        ? apart
        : [...new Set([...(partner === null ? [] : [partner]), ...named])].map((name) => ({ ids: identityOf(name), name: null }))
    const xml = row.text("body_xml")
    const body = shown(xml)
    return messageUnit({
      row,
      at: unixMoment(row, "timestamp"),
      parties: exchange(direction, direction === "out" ? null : { ids: identityOf(author), name: row.text("from_dispname") }, others, [
        ...own,
      ]),
      fields: {
        app: type === SMS ? "skype sms" : "skype",
        thread: talk?.identity ?? row.text("chatname"),
        threadTitle: talk?.group ? talk.title : null,
        group: talk?.group ?? null,
        direction,
        body,
        nativeId: row.text("guid") ?? row.text("id"),
      },
      deleted: xml === null && row.text("edited_by") !== null ? "yes" : undefined,
      extra: { ...(type === null ? {} : { type }), ...(xml !== null && xml !== body ? { body_xml: xml } : {}) },
    })
  }
}

function callOf(extraction: Extraction, own: readonly Identifier[]): (row: Row) => Unit {
  const membersOf = extraction.children("CallMembers", "call_db_id")
  return (row) => {
    const members = membersOf(row.text("id")).map((found) => ({
      identity: found.text("identity"),
      name: found.text("dispname"),
      durationS: found.integer("call_duration"),
      video: found.integer("videostatus"),
    }))
    const incoming = row.flag("is_incoming")
    const host = row.text("host_identity")
    const durationS =
      row.integer("duration") ??
      members.reduce<number | null>((most, one) => (one.durationS === null ? most : Math.max(most ?? 0, one.durationS)), null)
    const others: Person[] = members.map((one) => ({ ids: identityOf(one.identity), name: one.name }))
    if (incoming && host !== null && !others.some((one) => one.ids[0]?.raw === host)) others.unshift({ ids: identityOf(host), name: null })
    const answered = durationS === null ? null : durationS > 0
    return callUnit({
      row,
      at: unixMoment(row, "begin_timestamp"),
      direction: incoming === null ? null : incoming ? "in" : "out",
      others,
      own: own.filter((id) => id.type === "handle"),
      fields: {
        app: "skype",
        answered,
        outcome: answered === null ? null : answered ? "answered" : incoming ? "missed" : "not answered",
        durationS,
        nativeId: row.text("name") ?? row.text("id"),
      },
      extra: members.length > 0 ? { members } : undefined,
    })
  }
}

function smsOf(row: Row): Unit {
  const targets = (row.text("target_numbers") ?? "").split(/[\s,]+/).filter((number) => number !== "")
  return messageUnit({
    row,
    at: unixMoment(row, "timestamp"),
    parties: exchange(
      "out",
      null,
      targets.map((number) => ({ ids: addressOf(number), name: null })),
    ),
    fields: {
      app: "skype sms",
      group: targets.length > 1,
      direction: "out",
      body: row.text("body"),
      status: row.integer("is_failed_unseen") ? "failed" : "sent",
      nativeId: row.text("id"),
    },
  })
}

function transferOf(row: Row): Unit {
  const record: SourceRecord = {
    kind: "file",
    place: row.place,
    at: unixMoment(row, "starttime"),
    parties: [partyAs("participant", identityOf(row.text("partner_handle")), row.text("partner_dispname"))],
    fields: { path: row.text("filepath") ?? row.text("filename"), sizeBytes: row.integer("filesize") },
    extra: row.rest() ?? {},
  }
  return { record }
}

/** Units: each row of `Accounts`, `Contacts`, `Messages`, `Calls`, `SMSes`, `Transfers` and `Voicemails`. */
export const skype = databaseImporter({
  id: "skype",
  version: 1,
  title: "Skype up to version 7 (main.db)",
  unknowns: "The number of each message's type is kept; types that are not known are read as said by their author.",
  signatures: [{ Messages: ["author", "body_xml", "timestamp"], Accounts: ["skypename"] }],
  extract: async (extraction) => {
    const own = await people(extraction)
    await extraction.units("Messages", messageOf(talksOf(extraction), own))
    await extraction.units("Calls", callOf(extraction, own))
    await extraction.units("SMSes", smsOf)
    await extraction.units("Transfers", transferOf)
    await extraction.units("Voicemails", (row): Unit => {
      const partner: Person = { ids: identityOf(row.text("partner_handle")), name: row.text("partner_dispname") }
      const fields = {
        app: "skype",
        durationS: row.number("duration"),
        file: row.text("path"),
        listening: "unheard",
        nativeId: row.text("id"),
      }
      return {
        record: {
          kind: "voice-note",
          place: row.place,
          at: unixMoment(row, "timestamp"),
          parties: [partyAs("participant", partner.ids, partner.name)],
          fields,
          extra: row.rest() ?? {},
        },
      }
    })
  },
})
