import type { Identifier } from "#vocabulary/record"
import { type Direction, exchange, messageUnit, type Person } from "../sqlite/chat.ts"
import { databaseImporter, type Extraction, type Unit } from "../sqlite/extraction.ts"
import { addressOf, ownerAs } from "../sqlite/identity.ts"
import { cocoaMoment, unixMoment } from "../sqlite/moment.ts"
import { attributedText } from "../sqlite/typedstream.ts"

/** `chat.style` of a conversation of more than two. */
const GROUP_STYLE = 43
/** Bits of `flags` up to iOS 5: sent messages have the lowest. */
const SENT = 1

interface Chat {
  id: string
  title: string | null
  group: boolean
  members: Person[]
}

/** An own address stands as `E:name@host` or `P:+number`; the letter says which it is and is no part of it. */
function ownOf(account: string | null): Identifier[] {
  return addressOf(account?.replace(/^[a-z]:/i, "") ?? null)
}

function chatsOf(extraction: Extraction, handles: ReadonlyMap<string, Person>): ReadonlyMap<string, Chat> {
  const members = new Map<string, Person[]>()
  for (const row of extraction.lookup("chat_handle_join")) {
    const chat = row.text("chat_id") ?? ""
    const handle = handles.get(row.text("handle_id") ?? "")
    if (handle) members.set(chat, [...(members.get(chat) ?? []), handle])
  }
  const chats = new Map<string, Chat>()
  for (const row of extraction.lookup("chat")) {
    const id = row.text("ROWID") ?? String(row.id)
    const people = members.get(id) ?? []
    const group = row.integer("style") === GROUP_STYLE || people.length > 1
    const identifier = row.text("chat_identifier")
    if (people.length === 0 && !group && identifier !== null) people.push({ ids: addressOf(identifier), name: null })
    chats.set(id, { id: row.text("guid") ?? id, title: row.text("display_name") ?? row.text("room_name"), group, members: people })
  }
  return chats
}

function statusOf(error: number | null, direction: Direction, read: boolean): string | null {
  if (direction === "system" || direction === null) return null
  if (error !== null && error !== 0) return "failed"
  return read ? "read" : direction === "out" ? "sent" : "unread"
}

/** iOS 6 and later, macOS: people are rows of `handle`. */
async function current(extraction: Extraction): Promise<void> {
  const handles = new Map<string, Person>()
  for (const row of extraction.lookup("handle"))
    handles.set(row.text("ROWID") ?? String(row.id), { ids: addressOf(row.text("id")), name: null })
  const chats = chatsOf(extraction, handles)
  const chatOf = extraction.children("chat_message_join", "message_id")
  const discarded = extraction.children("chat_recoverable_message_join", "message_id")
  const attached = extraction.children("message_attachment_join", "message_id")
  const attachments = extraction.children("attachment", "ROWID")
  await extraction.units("message", (row): Unit => {
    const id = row.text("ROWID") ?? String(row.id)
    const binned = discarded(id)
    const chat = [...chatOf(id), ...binned].map((join) => chats.get(join.text("chat_id") ?? "")).find((found) => found !== undefined)
    const mine = row.flag("is_from_me")
    const direction: Direction = (row.integer("item_type") ?? 0) !== 0 ? "system" : mine === null ? null : mine ? "out" : "in"
    const handle = handles.get(row.text("handle_id") ?? "") ?? null
    const others = chat && chat.members.length > 0 ? chat.members : handle ? [handle] : []
    // `e:` alone is an account without an address.
    const account = ownOf(row.text("account"))
    const called = row.text("destination_caller_id")
    const own = account.length > 0 ? account : ownOf(called)
    const files = attached(id).flatMap((join) =>
      attachments(join.text("attachment_id")).map((found) => ({
        path: found.text("filename") ?? found.text("transfer_name"),
        mediaType: found.text("mime_type"),
      })),
    )
    const [first, ...further] = files
    const text = row.text("text")
    const body = text ?? attributedText(row.bytes("attributedBody"))
    const sound = row.flag("is_audio_message") === true || first?.mediaType === "audio/amr" || /\.(?:caf|amr)$/i.test(first?.path ?? "")
    const service = row.text("service")?.toLowerCase() ?? "imessage"
    // iOS 16 and later: unsent by whoever sent it; the text is gone, the time stays.
    const retracted = body === null && (row.number("date_retracted") ?? 0) !== 0
    const readAt = (row.number("date_read") ?? 0) !== 0
    return messageUnit({
      row,
      at: cocoaMoment(row, "date"),
      parties: exchange(direction, direction === "out" ? null : handle, others, own),
      fields: {
        app: service,
        thread: chat?.id ?? row.text("cache_roomnames"),
        threadTitle: chat?.title ?? row.text("group_title"),
        group: chat?.group ?? row.text("cache_roomnames") !== null,
        direction,
        // U+FFFC stands where an attachment is shown.
        body: body?.replaceAll("\uFFFC", "") || null,
        subject: row.text("subject"),
        status: retracted ? "removed by the sender" : statusOf(row.integer("error"), direction, row.flag("is_read") === true || readAt),
        attachment: first?.path ?? null,
        attachmentType: first?.mediaType ?? null,
        replyTo: row.text("thread_originator_guid") ?? row.text("reply_to_guid"),
        nativeId: row.text("guid"),
      },
      voice: sound ? { durationS: null } : undefined,
      files: further,
      deleted: binned.length > 0 ? "yes" : undefined,
      extra: {
        ...(readAt ? { date_read: row.text("date_read") } : {}),
        ...(retracted ? { date_retracted: row.text("date_retracted") } : {}),
        ...(called === null ? {} : { destination_caller_id: called }),
      },
    })
  })
  await accounts(extraction)
}

/** The accounts signed in on the device, once each. */
async function accounts(extraction: Extraction): Promise<void> {
  const told = new Set<string>()
  for (const row of extraction.lookup("chat")) {
    const login = row.text("account_login")
    const ids = ownOf(login)
    if (login === null || ids.length === 0 || told.has(login.toLowerCase())) continue
    told.add(login.toLowerCase())
    await extraction.also({
      kind: "account",
      place: row.place,
      at: null,
      parties: [ownerAs("owner", ids)],
      fields: { platform: "imessage", username: ids[0]!.raw, own: true, nativeId: login },
    })
  }
}

/** Up to iOS 5: the address stands in the message, times are Unix seconds, iMessage columns begin with `madrid_`. */
async function early(extraction: Extraction): Promise<void> {
  const members = new Map<string, Person[]>()
  for (const row of extraction.lookup("group_member")) {
    const group = row.text("group_id") ?? ""
    members.set(group, [...(members.get(group) ?? []), { ids: addressOf(row.text("address")), name: null }])
  }
  const pieces = extraction.children("msg_pieces", "message_id")
  await extraction.units("message", (row): Unit => {
    const imessage = row.flag("is_madrid") === true
    const flags = row.integer("flags")
    const madrid = row.integer("madrid_flags")
    const direction: Direction =
      imessage && madrid !== null ? ((madrid & 0x8000) !== 0 ? "out" : "in") : flags === null ? null : (flags & SENT) !== 0 ? "out" : "in"
    const other: Person = { ids: addressOf(row.text("address") ?? row.text("madrid_handle")), name: null }
    const thread = row.reference("group_id")
    const group = (thread === null ? undefined : members.get(thread)) ?? []
    const parts = pieces(row.text("ROWID") ?? String(row.id))
      .map((part) => ({ path: part.text("content_loc"), mediaType: part.text("content_type") }))
      .filter((part) => part.path !== null)
    const [first, ...further] = parts
    return messageUnit({
      row,
      at: imessage ? cocoaMoment(row, "date") : unixMoment(row, "date"),
      parties: exchange(direction, direction === "out" ? null : other, group.length > 0 ? group : [other]),
      fields: {
        app: imessage ? "imessage" : "sms",
        thread,
        group: group.length > 1,
        direction,
        body: row.text("text"),
        subject: row.text("subject"),
        status: direction === "out" ? "sent" : row.flag("read") ? "read" : "unread",
        attachment: first?.path ?? null,
        attachmentType: first?.mediaType ?? null,
        nativeId: row.text("madrid_guid") ?? String(row.id),
      },
      files: further,
      extra: flags === null ? undefined : { flags },
    })
  })
}

/** Units: each row of `message`. */
export const iosSms = databaseImporter({
  id: "ios-sms",
  version: 2,
  title: "iOS and macOS messages (sms.db, chat.db)",
  unknowns:
    "Text that is stored as formatted text only is read from its first string. Tapbacks stay messages with their reference beside them.",
  signatures: [
    { message: ["guid", "text", "handle_id", "date", "is_from_me"], handle: ["id"] },
    { message: ["address", "date", "text", "flags"], msg_group: [] },
  ],
  extract: (extraction) => (extraction.has("message", "handle_id") ? current(extraction) : early(extraction)),
})
