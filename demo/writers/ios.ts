import { join } from "node:path"
import type { Contents } from "../contents.ts"
import { mergedChats } from "./android.ts"
import { Database } from "./database.ts"
import { countFor, type FileCount } from "./tally.ts"

/** Seconds since 2001-01-01T00:00:00Z, as Core Data counts. */
const cocoa = (at: number) => at / 1000 - 978_307_200

/** Stores of an iPhone: AddressBook.sqlitedb, CallHistory.storedata, sms.db, and of WhatsApp: ChatStorage.sqlite. */
export function writeIos(folder: string, listed: string, contents: Contents): FileCount[] {
  return [
    addressBook(join(folder, "AddressBook.sqlitedb"), `${listed}/AddressBook.sqlitedb`, contents),
    callHistory(join(folder, "CallHistory.storedata"), `${listed}/CallHistory.storedata`, contents),
    letters(join(folder, "sms.db"), `${listed}/sms.db`, contents),
    whatsapp(join(folder, "ChatStorage.sqlite"), `${listed}/ChatStorage.sqlite`, contents),
  ]
}

/** `kABPersonPhoneProperty`. */
const PHONE = 3

function addressBook(path: string, listed: string, contents: Contents): FileCount {
  const db = new Database(
    path,
    `CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, First TEXT, Last TEXT, Middle TEXT, Organization TEXT, Note TEXT, Kind INTEGER, Birthday TEXT, Nickname TEXT, CreationDate INTEGER, ModificationDate INTEGER, StoreID INTEGER, PersonLink INTEGER DEFAULT -1, guid TEXT NOT NULL, UNIQUE(guid));
     CREATE TABLE ABMultiValue (UID INTEGER PRIMARY KEY, record_id INTEGER, property INTEGER, identifier INTEGER, label INTEGER, value TEXT, guid TEXT NOT NULL, UNIQUE(guid));
     CREATE TABLE ABMultiValueLabel (value TEXT, UNIQUE(value));
     CREATE TABLE ABMultiValueEntry (parent_id INTEGER, key INTEGER, value TEXT);
     CREATE TABLE ABMultiValueEntryKey (value TEXT, UNIQUE(value));`,
  )
  db.fill("ABMultiValueLabel", ["value"], [["_$!<Mobile>!$_"]])
  db.fill(
    "ABPerson",
    ["First", "Last", "Kind", "CreationDate", "ModificationDate", "StoreID", "guid"],
    contents.cards.map((c, i) => {
      const [first, ...rest] = (c.label ?? "").split(" ")
      const made = Math.round(cocoa(contents.handset.extractedAt)) - 10_000_000 + i * 60
      return [first || null, rest.join(" ") || null, 0, made, made, 0, `p${i + 1}:ABPerson`]
    }),
  )
  db.fill(
    "ABMultiValue",
    ["record_id", "property", "identifier", "label", "value", "guid"],
    contents.cards.map((c, i) => [i + 1, PHONE, 0, 1, c.number, `v${i + 1}:ABMultiValue`]),
  )
  db.close()
  return countFor(listed, { contact: contents.cards.length })
}

function callHistory(path: string, listed: string, contents: Contents): FileCount {
  const db = new Database(
    path,
    `CREATE TABLE ZCALLRECORD (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZANSWERED INTEGER, ZCALL_CATEGORY INTEGER, ZCALLTYPE INTEGER, ZORIGINATED INTEGER, ZREAD INTEGER, ZDATE TIMESTAMP, ZDURATION FLOAT, ZADDRESS VARCHAR, ZISO_COUNTRY_CODE VARCHAR, ZNAME VARCHAR, ZSERVICE_PROVIDER VARCHAR, ZUNIQUE_ID VARCHAR);`,
  )
  const n = db.fill(
    "ZCALLRECORD",
    [
      "Z_ENT",
      "Z_OPT",
      "ZANSWERED",
      "ZCALL_CATEGORY",
      "ZCALLTYPE",
      "ZORIGINATED",
      "ZREAD",
      "ZDATE",
      "ZDURATION",
      "ZADDRESS",
      "ZNAME",
      "ZSERVICE_PROVIDER",
      "ZUNIQUE_ID",
    ],
    contents.calls.map((c, i) => [
      2,
      1,
      c.answered ? 1 : 0,
      c.video ? 2 : 1,
      1,
      c.direction === "out" ? 1 : 0,
      1,
      cocoa(c.at),
      c.seconds,
      c.app === "cellular" ? c.other.number : `${c.other.number.slice(1)}@s.whatsapp.net`,
      c.other.label,
      c.app === "cellular" ? "com.apple.Telephony" : "net.whatsapp.WhatsApp",
      `CALL-${String(i + 1).padStart(6, "0")}`,
    ]),
  )
  db.close()
  return countFor(listed, { call: n })
}

function letters(path: string, listed: string, contents: Contents): FileCount {
  const db = new Database(
    path,
    `CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, id TEXT NOT NULL, country TEXT, service TEXT NOT NULL, uncanonicalized_id TEXT, UNIQUE (id, service));
     CREATE TABLE chat (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, style INTEGER, state INTEGER, account_id TEXT, chat_identifier TEXT, service_name TEXT, room_name TEXT, account_login TEXT, display_name TEXT);
     CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, text TEXT, service_center TEXT, handle_id INTEGER DEFAULT 0, subject TEXT, attributedBody BLOB, service TEXT, account TEXT, error INTEGER DEFAULT 0, date INTEGER, date_read INTEGER, date_delivered INTEGER, is_from_me INTEGER DEFAULT 0, is_read INTEGER DEFAULT 0, is_sent INTEGER DEFAULT 0, cache_has_attachments INTEGER DEFAULT 0, is_audio_message INTEGER DEFAULT 0, item_type INTEGER DEFAULT 0, group_title TEXT);
     CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, filename TEXT, mime_type TEXT, transfer_name TEXT, total_bytes INTEGER);
     CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER, UNIQUE(chat_id, handle_id));
     CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER, PRIMARY KEY (chat_id, message_id));
     CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER, UNIQUE(message_id, attachment_id));`,
  )
  const chats = mergedChats(contents.chats.filter((c) => c.app === "sms" && c.lines.length > 0))
  db.fill(
    "handle",
    ["id", "service"],
    chats.map((c) => [c.others[0]!.number, "SMS"]),
  )
  db.fill(
    "chat",
    ["guid", "style", "state", "chat_identifier", "service_name"],
    chats.map((c) => [`SMS;-;${c.others[0]!.number}`, 45, 3, c.others[0]!.number, "SMS"]),
  )
  db.fill(
    "chat_handle_join",
    ["chat_id", "handle_id"],
    chats.map((_, i) => [i + 1, i + 1]),
  )
  const lines = chats.flatMap((c, i) => c.lines.map((line) => ({ line, row: i + 1 }))).sort((a, b) => a.line.at - b.line.at)
  const n = db.fill(
    "message",
    ["guid", "text", "handle_id", "service", "date", "date_read", "is_from_me", "is_read", "is_sent"],
    lines.map(({ line, row }, i) => [
      `SMS-${String(i + 1).padStart(8, "0")}`,
      line.body,
      row,
      "SMS",
      Math.round(cocoa(line.at)) * 1_000_000_000,
      0,
      line.from === null ? 1 : 0,
      1,
      line.from === null ? 1 : 0,
    ]),
  )
  db.fill(
    "chat_message_join",
    ["chat_id", "message_id"],
    lines.map(({ row }, i) => [row, i + 1]),
  )
  db.close()
  return countFor(listed, { message: n })
}

/** `ZMESSAGETYPE`: 0 text, 1 image, 2 video, 3 voice, 5 location. */
function typeOf(line: Contents["chats"][number]["lines"][number]): number {
  if (line.voice) return 3
  if (line.point) return 5
  return line.media ? (line.media.type.startsWith("video") ? 2 : 1) : 0
}

function whatsapp(path: string, listed: string, contents: Contents): FileCount {
  const db = new Database(
    path,
    `CREATE TABLE ZWACHATSESSION (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZARCHIVED INTEGER, ZHIDDEN INTEGER, ZREMOVED INTEGER, ZSESSIONTYPE INTEGER, ZGROUPINFO INTEGER, ZLASTMESSAGEDATE TIMESTAMP, ZCONTACTJID VARCHAR, ZPARTNERNAME VARCHAR);
     CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZISFROMME INTEGER, ZMESSAGESTATUS INTEGER, ZMESSAGETYPE INTEGER, ZCHATSESSION INTEGER, ZGROUPMEMBER INTEGER, ZMEDIAITEM INTEGER, ZMESSAGEDATE TIMESTAMP, ZSENTDATE TIMESTAMP, ZFROMJID VARCHAR, ZPUSHNAME VARCHAR, ZSTANZAID VARCHAR, ZTEXT VARCHAR, ZTOJID VARCHAR);
     CREATE TABLE ZWAGROUPMEMBER (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZISACTIVE INTEGER, ZCHATSESSION INTEGER, ZCONTACTNAME VARCHAR, ZFIRSTNAME VARCHAR, ZMEMBERJID VARCHAR);
     CREATE TABLE ZWAMEDIAITEM (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZMOVIEDURATION INTEGER, ZMESSAGE INTEGER, ZLATITUDE FLOAT, ZLONGITUDE FLOAT, ZMEDIALOCALPATH VARCHAR, ZTITLE VARCHAR, ZVCARDNAME VARCHAR, ZVCARDSTRING VARCHAR);
     CREATE TABLE ZWAPROFILEPUSHNAME (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZJID VARCHAR, ZPUSHNAME VARCHAR);`,
  )
  const chats = mergedChats(contents.chats.filter((c) => c.app === "whatsapp" && c.lines.length > 0))
  const address = (number: string) => `${number.replace(/^\+/, "")}@s.whatsapp.net`
  const jids = chats.map((c) =>
    c.group ? `${contents.owner.account.slice(1)}-${Math.floor(c.lines[0]!.at / 1000)}@g.us` : address(c.others[0]!.number),
  )
  db.fill(
    "ZWACHATSESSION",
    ["Z_ENT", "Z_OPT", "ZSESSIONTYPE", "ZLASTMESSAGEDATE", "ZCONTACTJID", "ZPARTNERNAME"],
    chats.map((c, i) => [4, 1, c.group ? 1 : 0, cocoa(c.lines.at(-1)!.at), jids[i]!, c.title ?? c.others[0]!.label]),
  )
  const memberRow = new Map<string, number>()
  const members = chats.flatMap((c, i) => (c.group ? c.others.map((o) => ({ chat: i, other: o })) : []))
  members.forEach((m, i) => {
    memberRow.set(`${m.chat}/${m.other.number}`, i + 1)
  })
  db.fill(
    "ZWAGROUPMEMBER",
    ["Z_ENT", "Z_OPT", "ZISACTIVE", "ZCHATSESSION", "ZCONTACTNAME", "ZMEMBERJID"],
    members.map((m) => [7, 1, 1, m.chat + 1, m.other.label, address(m.other.number)]),
  )
  const lines = chats.flatMap((chat, i) => chat.lines.map((line) => ({ line, chat, index: i }))).sort((a, b) => a.line.at - b.line.at)
  const media = lines.flatMap(({ line }, i) => (line.voice || line.media || line.point ? [{ line, message: i + 1 }] : []))
  const mediaRow = new Map(media.map((m, i) => [m.message, i + 1]))
  const n = db.fill(
    "ZWAMESSAGE",
    [
      "Z_ENT",
      "Z_OPT",
      "ZISFROMME",
      "ZMESSAGESTATUS",
      "ZMESSAGETYPE",
      "ZCHATSESSION",
      "ZGROUPMEMBER",
      "ZMEDIAITEM",
      "ZMESSAGEDATE",
      "ZSENTDATE",
      "ZFROMJID",
      "ZSTANZAID",
      "ZTEXT",
      "ZTOJID",
    ],
    lines.map(({ line, chat, index }, i) => [
      9,
      1,
      line.from === null ? 1 : 0,
      8,
      typeOf(line),
      index + 1,
      line.from !== null && chat.group ? (memberRow.get(`${index}/${chat.others[line.from]!.number}`) ?? null) : null,
      mediaRow.get(i + 1) ?? null,
      cocoa(line.at),
      cocoa(line.at),
      line.from === null ? null : jids[index]!,
      `3A${(i + 1).toString(16).toUpperCase().padStart(18, "0")}`,
      line.body,
      line.from === null ? jids[index]! : null,
    ]),
  )
  db.fill(
    "ZWAMEDIAITEM",
    ["Z_ENT", "Z_OPT", "ZMOVIEDURATION", "ZMESSAGE", "ZLATITUDE", "ZLONGITUDE", "ZMEDIALOCALPATH", "ZVCARDNAME", "ZVCARDSTRING"],
    media.map(({ line, message }) => [
      8,
      1,
      line.voice?.seconds ?? null,
      message,
      line.point?.lat ?? null,
      line.point?.lon ?? null,
      line.voice ? `Media/${line.voice.file}` : line.media ? `Media/${line.media.file}` : null,
      line.point?.name ?? null,
      line.voice ? "audio/ogg; codecs=opus" : (line.media?.type ?? null),
    ]),
  )
  db.close()
  const voices = lines.filter((x) => x.line.voice).length
  const points = lines.filter((x) => x.line.point).length
  return countFor(listed, { message: n - voices, "voice-note": voices, location: points, account: chats.length })
}
