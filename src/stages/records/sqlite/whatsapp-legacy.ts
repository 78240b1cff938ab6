import { exchange, messageUnit, type Person, pointOf } from "./chat.ts"
import type { Extraction, Unit } from "./extraction.ts"
import { isGroupJid, jidOf, partyAs } from "./identity.ts"
import { unixMoment } from "./moment.ts"
import { directionOf, FILLER, isPlace, isVoice, sha256Of, statusOf, TYPE } from "./whatsapp.ts"
import type { Directory } from "./whatsapp-current.ts"

/** The schema up to about 2021: one table `messages`, chats named by their address. `directory` holds what newer tables add. */
export async function legacyMessages(extraction: Extraction, directory: Directory): Promise<void> {
  const titles = new Map<string, string>()
  const members = new Map<string, Person[]>()
  for (const chat of directory.chats.values()) {
    if (chat.jid !== null && chat.title !== null) titles.set(chat.jid, chat.title)
    if (chat.jid !== null && chat.group && chat.members.length > 0) members.set(chat.jid, chat.members)
  }
  for (const row of extraction.lookup("chat_list")) {
    const subject = row.text("subject")
    if (subject !== null) titles.set(row.text("key_remote_jid") ?? "", subject)
  }
  const told = new Set(members.keys())
  for (const row of extraction.lookup("group_participants")) {
    const group = row.text("gjid") ?? ""
    const ids = jidOf(row.text("jid"))
    if (ids.length > 0 && !told.has(group)) members.set(group, [...(members.get(group) ?? []), { ids, name: null }])
  }
  const quotedOf = extraction.children("messages_quotes", "_id")
  const cardsOf = extraction.children("messages_vcards", "message_row_id")
  // Since about 2018 the place of the file on the phone stands in a table of its own.
  const mediaOf = extraction.children("message_media", "message_row_id")
  // While the app moved to the new schema it kept each message in both tables.
  const moved = extraction.children("message", "key_id")
  let twice = 0
  await extraction.units("messages", (row): Unit => {
    const jid = row.text("key_remote_jid")
    // The app opens every database with a row that belongs to no chat.
    if (jid === null || jid === "-1") return FILLER
    const mine = row.flag("key_from_me")
    if (
      moved(row.text("key_id")).some(
        (found) => found.flag("from_me") === mine && directory.chats.get(found.text("chat_row_id") ?? "")?.jid === jid,
      )
    ) {
      twice++
      return null
    }
    const type = row.integer("media_wa_type") ?? 0
    const status = row.integer("status")
    const group = isGroupJid(jid)
    const direction = directionOf(mine, status, type)
    const speaker = group ? row.text("remote_resource") : jid
    const others: Person[] = group ? (members.get(jid) ?? []) : [{ ids: jidOf(jid), name: null }]
    const mediaType = row.text("media_mime_type")
    const data = row.text("data")
    const card =
      type === TYPE.card ? [data ?? ""] : type === TYPE.cards ? cardsOf(row.text("_id")).flatMap((found) => found.text("vcard") ?? []) : []
    const [quoted] = quotedOf(row.reference("quoted_row_id"))
    const place = isPlace(type)
    const [media] = mediaOf(row.text("_id"))
    const path = media?.text("file_path") ?? row.text("media_name")
    const replyTo = quoted?.text("key_id") ?? null
    const answered = quoted?.rest()
    return messageUnit({
      row,
      at: unixMoment(row, "timestamp"),
      parties: exchange(
        direction,
        direction === "out" || speaker === null ? null : { ids: jidOf(speaker), name: null },
        others,
        directory.own,
      ),
      fields: {
        app: "whatsapp",
        thread: jid,
        threadTitle: group ? (titles.get(jid) ?? null) : null,
        group,
        direction,
        // A card's text is the card; the app shows its name.
        body: card.length > 0 ? row.text("media_name") : (data ?? row.text("media_caption")),
        status: statusOf(status, mine, type),
        attachment: place || card.length > 0 ? null : path,
        attachmentType: mediaType ?? media?.text("mime_type") ?? null,
        attachmentSha256: sha256Of(row.text("media_hash")),
        replyTo,
        nativeId: row.text("key_id"),
      },
      voice: isVoice(type) ? { durationS: row.number("media_duration") } : undefined,
      location: place ? pointOf(row, "latitude", "longitude", row.text("media_name")) : undefined,
      cards: card.length > 0 ? card : undefined,
      extra: { media_wa_type: type, ...(media ? { media: media.rest() ?? {} } : {}), ...(answered ? { quoted: answered } : {}) },
    })
  })
  if (twice > 0) extraction.note(`${twice} rows of the old table messages stand in the new table message as well and were read there.`)
  await extraction.units("chat_list", (row): Unit => {
    const jid = row.text("key_remote_jid")
    const group = isGroupJid(jid)
    const parties = group
      ? (members.get(jid ?? "") ?? []).map((member) => partyAs("participant", member.ids))
      : [partyAs("contact", jidOf(jid))]
    const fields = {
      platform: "whatsapp",
      displayName: row.text("subject"),
      createdAt: unixMoment(row, "creation")?.ms ?? null,
      nativeId: jid,
    }
    return { record: { kind: "account", place: row.place, at: null, parties, fields, extra: { ...row.rest(), group } } }
  })
}
