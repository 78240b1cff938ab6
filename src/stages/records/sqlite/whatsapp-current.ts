import type { Identifier } from "#vocabulary/record"
import { callUnit, exchange, messageUnit, type Person, pointOf } from "./chat.ts"
import type { Extraction, Unit } from "./extraction.ts"
import { isGroupJid, jidOf, named, ownerAs, partyAs } from "./identity.ts"
import { unixMoment } from "./moment.ts"
import type { Row } from "./row.ts"
import { CALL_RESULT, directionOf, FILLER, type Group, isPlace, isVoice, sha256Of, statusOf } from "./whatsapp.ts"

/** What the app keeps once for many rows. */
export interface Directory {
  jidAt: ReadonlyMap<string, string>
  personAt(row: string | null): Person | null
  chats: ReadonlyMap<string, Group>
  /** Addresses of the account that the database belongs to, number and linked id; empty where no row tells them. */
  own: Identifier[]
}

/** Since about 2020 a message tells the device that wrote it: on messages that went out that is the owner's. */
function ownOf(extraction: Extraction, accountAt: ReadonlyMap<string, string>): Identifier[] {
  const firstOf = new Map<string, string>()
  for (const row of extraction.lookup("message_details")) {
    const author = row.text("author_device_jid")
    if (author !== null && !firstOf.has(author)) firstOf.set(author, row.text("message_row_id") ?? "")
  }
  const messageAt = extraction.children("message", "_id")
  const own = new Map<string, Identifier>()
  for (const [author, message] of firstOf)
    if (messageAt(message)[0]?.flag("from_me")) for (const id of jidOf(accountAt.get(author) ?? null)) own.set(id.raw, id)
  return [...own.values()]
}

/** Reads `jid`, `chat` and the members of groups; empty where the database is older than these tables. */
export function directoryOf(extraction: Extraction): Directory {
  const jidAt = new Map<string, string>()
  // A device's address names its account: the same without the number of the device.
  const accountAt = new Map<string, string>()
  for (const row of extraction.lookup("jid")) {
    const [user, server] = [row.text("user"), row.text("server")]
    const account = user !== null && server !== null ? `${user}@${server}` : null
    const raw = row.text("raw_string") ?? account
    if (raw !== null) jidAt.set(row.text("_id") ?? "", raw)
    if (account !== null) accountAt.set(row.text("_id") ?? "", account)
  }
  // A linked id stands for a phone; where the app knows which, the person has both.
  const phoneOf = new Map<string, string>()
  for (const row of extraction.lookup("jid_map")) {
    const phone = jidAt.get(row.text("jid_row_id") ?? "")
    if (phone !== undefined) phoneOf.set(row.text("lid_row_id") ?? "", phone)
  }
  const nameOf = new Map<string, string>()
  for (const row of extraction.lookup("lid_display_name")) {
    const name = row.text("display_name") ?? row.text("username")
    if (name !== null) nameOf.set(row.text("lid_row_id") ?? "", name)
  }
  const personAt = (id: string | null): Person | null => {
    const jid = id === null ? undefined : jidAt.get(id)
    if (jid === undefined) return null
    const ids: Identifier[] = [...jidOf(jid), ...jidOf(phoneOf.get(id!) ?? null)]
    return ids.length > 0 ? { ids, name: nameOf.get(id!) ?? null } : null
  }
  const members = new Map<string, Person[]>()
  const join = (group: string | null, person: Person | null) => {
    if (group !== null && person !== null) members.set(group, [...(members.get(group) ?? []), person])
  }
  for (const row of extraction.lookup("group_participant_user"))
    join(jidAt.get(row.text("group_jid_row_id") ?? "") ?? null, personAt(row.text("user_jid_row_id")))
  if (members.size === 0)
    for (const row of extraction.lookup("group_participants")) join(row.text("gjid"), { ids: jidOf(row.text("jid")), name: null })
  const chats = new Map<string, Group>()
  for (const row of extraction.lookup("chat")) {
    const jidRow = row.text("jid_row_id")
    const jid = jidRow === null ? null : (jidAt.get(jidRow) ?? null)
    const group = isGroupJid(jid)
    const other = personAt(jidRow)
    chats.set(row.text("_id") ?? "", {
      jid,
      title: row.text("subject"),
      group,
      members: group ? (members.get(jid ?? "") ?? []) : other ? [other] : [],
    })
  }
  return { jidAt, personAt, chats, own: ownOf(extraction, accountAt) }
}

function messageOf(extraction: Extraction, directory: Directory): (row: Row) => Unit {
  const mediaOf = extraction.children("message_media", "message_row_id")
  const placeOf = extraction.children("message_location", "message_row_id")
  const cardsOf = extraction.children("message_vcard", "message_row_id")
  const quotedOf = extraction.children("message_quoted", "message_row_id")
  const revokedOf = extraction.children("message_revoked", "message_row_id")
  const systemOf = extraction.children("message_system", "message_row_id")
  const beside = {
    edited: extraction.children("message_edit_info", "message_row_id"),
    forwarded: extraction.children("message_forwarded", "message_row_id"),
    before: extraction.children("message_system_value_change", "message_row_id"),
  }
  // Who was added, removed or changed the number: such a person may be in no list of members any more.
  const touchedBy = [
    { rows: extraction.children("message_system_chat_participant", "message_row_id"), columns: ["user_jid_row_id"] },
    { rows: extraction.children("message_system_number_change", "message_row_id"), columns: ["old_jid_row_id", "new_jid_row_id"] },
  ]
  return (row) => {
    if (row.text("chat_row_id") === "-1" && row.text("key_id") === "-1") return FILLER
    const id = row.text("_id")
    const type = row.integer("message_type")
    const mine = row.flag("from_me")
    const status = row.integer("status")
    const chat = directory.chats.get(row.text("chat_row_id") ?? "")
    const direction = directionOf(mine, status, type)
    const written = directory.personAt(row.reference("sender_jid_row_id"))
    const sender = direction === "out" ? null : (written ?? (chat?.group ? null : (chat?.members[0] ?? null)))
    const [media] = mediaOf(id)
    const [place] = placeOf(id)
    const [quoted] = quotedOf(id)
    const [revoked] = revokedOf(id)
    const [system] = systemOf(id)
    const cards = cardsOf(id).flatMap((card) => card.text("vcard") ?? [])
    const duration = media?.number("media_duration") ?? null
    const mediaType = media?.text("mime_type") ?? null
    const path = media?.text("file_path") ?? media?.text("media_name") ?? null
    const sha256 = sha256Of(media?.text("file_hash") ?? null)
    const action = system?.integer("action_type") ?? null
    const touched =
      direction === "system"
        ? touchedBy.flatMap(({ rows, columns }) =>
            rows(id).flatMap((found) => columns.map((column) => directory.personAt(found.text(column)))),
          )
        : []
    // What was answered may be deleted where it was said, and stands here still.
    const replyTo = quoted?.text("key_id") ?? null
    const answered = quoted?.rest()
    const further = Object.entries(beside).flatMap(([name, rows]) => rows(id).map((found) => [name, found.rest() ?? {}] as const))
    return messageUnit({
      row,
      at: unixMoment(row, "timestamp"),
      parties: exchange(direction, sender, [...(chat?.members ?? []), ...touched.filter((person) => person !== null)], directory.own),
      fields: {
        app: "whatsapp",
        thread: chat?.jid ?? row.text("chat_row_id"),
        threadTitle: chat?.title ?? null,
        group: chat?.group ?? null,
        direction,
        body: row.text("text_data") ?? media?.text("media_caption") ?? null,
        status: revoked ? "removed by the sender" : statusOf(status, mine, type),
        attachment: path,
        attachmentType: mediaType,
        attachmentSha256: sha256,
        replyTo,
        nativeId: row.text("key_id"),
      },
      voice: isVoice(type) || (media !== undefined && mediaType?.startsWith("audio/ogg") === true) ? { durationS: duration } : undefined,
      location:
        place && (isPlace(type) || place.number("latitude") !== null)
          ? pointOf(place, "latitude", "longitude", named(place.text("place_name"), place.text("place_address")))
          : undefined,
      cards: cards.length > 0 ? cards : undefined,
      extra: {
        ...(type === null ? {} : { message_type: type }),
        ...(action === null ? {} : { action_type: action }),
        ...(media ? { media: media.rest() ?? {} } : {}),
        ...(answered === undefined ? {} : { quoted: answered }),
        ...Object.fromEntries(further),
      },
    })
  }
}

function callOf(extraction: Extraction, directory: Directory): (row: Row) => Unit {
  const participantsOf = extraction.children("call_log_participant_v2", "call_log_row_id")
  return (row) => {
    const mine = row.flag("from_me")
    const result = row.integer("call_result")
    const known = result === null ? undefined : CALL_RESULT[result]
    const duration = row.integer("duration")
    const missed = mine === false && result === 2
    const other = directory.personAt(row.text("jid_row_id"))
    const further = participantsOf(row.text("_id")).flatMap((found) => directory.personAt(found.text("jid_row_id")) ?? [])
    const others = [...(other ? [other] : []), ...further.filter((person) => person.ids[0]?.raw !== other?.ids[0]?.raw)]
    return callUnit({
      row,
      at: unixMoment(row, "timestamp"),
      direction: mine === null ? null : mine ? "out" : "in",
      others,
      own: directory.own,
      fields: {
        app: "whatsapp",
        answered: duration !== null && duration > 0 ? true : (known?.answered ?? null),
        outcome: missed ? "missed" : (known?.outcome ?? (result === null ? null : `result ${result}`)),
        durationS: duration,
        video: row.flag("video_call"),
        thread: directory.jidAt.get(row.reference("group_jid_row_id") ?? "") ?? null,
        nativeId: row.text("call_id"),
      },
    })
  }
}

/** A chat is told as the account on its other side; a group as its members. */
function chatUnit(row: Row, chat: Group | undefined, own: readonly Identifier[]): Unit {
  row.text("jid_row_id")
  const part = chat?.group ? "participant" : "contact"
  const parties = (chat?.members ?? []).map((member) =>
    member.ids.some((id) => own.some((mine) => mine.raw === id.raw)) ? ownerAs(part, member.ids) : partyAs(part, member.ids, member.name),
  )
  const fields = {
    platform: "whatsapp",
    displayName: row.text("subject"),
    createdAt: unixMoment(row, "created_timestamp")?.ms ?? null,
    nativeId: chat?.jid ?? null,
  }
  return { record: { kind: "account", place: row.place, at: null, parties, fields, extra: { ...row.rest(), group: chat?.group ?? null } } }
}

/** The schema since about 2021: `message` with `chat`, `jid` and a table for each kind of content. */
export async function currentMessages(extraction: Extraction, directory: Directory): Promise<void> {
  await extraction.units("message", messageOf(extraction, directory))
}

/** What stands beside the messages since about 2018: chats, calls, the owner's own name. */
export async function surroundings(extraction: Extraction, directory: Directory): Promise<void> {
  if (extraction.has("chat", "jid_row_id"))
    await extraction.units("chat", (row) => chatUnit(row, directory.chats.get(row.text("_id") ?? ""), directory.own))
  if (extraction.has("call_log", "jid_row_id")) await extraction.units("call_log", callOf(extraction, directory))
  for (const row of extraction.lookup("props")) {
    const name = row.text("key") === "user_push_name" ? row.text("value") : null
    if (name === null) continue
    const fields = { platform: "whatsapp", displayName: name, own: true }
    await extraction.also({ kind: "account", place: row.place, at: null, parties: [ownerAs("owner", directory.own, name)], fields })
  }
}
