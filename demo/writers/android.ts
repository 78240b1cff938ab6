import { join } from "node:path"
import type { Chat, Contents, Line } from "../contents.ts"
import { Database } from "./database.ts"
import { countFor, type FileCount } from "./tally.ts"

/** Stores of an Android phone: contacts2.db, calllog.db, mmssms.db, and of WhatsApp: msgstore.db (schema since 2021), wa.db. */
export function writeAndroid(folder: string, listed: string, contents: Contents): FileCount[] {
  return [
    contacts(join(folder, "contacts2.db"), `${listed}/contacts2.db`, contents),
    callLog(join(folder, "calllog.db"), `${listed}/calllog.db`, contents),
    letters(join(folder, "mmssms.db"), `${listed}/mmssms.db`, contents),
    messages(join(folder, "msgstore.db"), `${listed}/msgstore.db`, contents),
    known(join(folder, "wa.db"), `${listed}/wa.db`, contents),
  ]
}

const onPhone = (contents: Contents) => contents.cards.filter((c) => c.source === "phone" || c.source === "sim")

function contacts(path: string, listed: string, contents: Contents): FileCount {
  const db = new Database(
    path,
    `CREATE TABLE android_metadata (locale TEXT);
     CREATE TABLE mimetypes (_id INTEGER PRIMARY KEY AUTOINCREMENT, mimetype TEXT NOT NULL);
     CREATE TABLE contacts (_id INTEGER PRIMARY KEY AUTOINCREMENT, name_raw_contact_id INTEGER, times_contacted INTEGER NOT NULL DEFAULT 0, last_time_contacted INTEGER, starred INTEGER NOT NULL DEFAULT 0, has_phone_number INTEGER NOT NULL DEFAULT 0, lookup TEXT);
     CREATE TABLE raw_contacts (_id INTEGER PRIMARY KEY AUTOINCREMENT, account_name TEXT, account_type TEXT, contact_id INTEGER, deleted INTEGER NOT NULL DEFAULT 0, display_name TEXT);
     CREATE TABLE data (_id INTEGER PRIMARY KEY AUTOINCREMENT, mimetype_id INTEGER NOT NULL, raw_contact_id INTEGER NOT NULL, is_primary INTEGER NOT NULL DEFAULT 0, data1 TEXT, data2 TEXT, data3 TEXT);`,
  )
  db.fill("android_metadata", ["locale"], [["ckb_IQ"]])
  db.fill("mimetypes", ["mimetype"], [["vnd.android.cursor.item/name"], ["vnd.android.cursor.item/phone_v2"]])
  const cards = onPhone(contents)
  db.fill(
    "contacts",
    ["name_raw_contact_id", "times_contacted", "has_phone_number", "lookup"],
    cards.map((_, i) => [i + 1, 0, 1, `0r${i + 1}`]),
  )
  db.fill(
    "raw_contacts",
    ["account_name", "account_type", "contact_id", "display_name"],
    cards.map((c, i) => [null, c.source === "sim" ? "com.android.sim" : null, i + 1, c.label]),
  )
  db.fill(
    "data",
    ["mimetype_id", "raw_contact_id", "data1", "data2"],
    cards.flatMap((c, i) => [...(c.label === null ? [] : [[1, i + 1, c.label, null]]), [2, i + 1, c.number, "2"]]),
  )
  db.close()
  return countFor(listed, { contact: cards.length })
}

const CELLULAR_TYPE = { inAnswered: 1, out: 2, missed: 3 } as const

function callLog(path: string, listed: string, contents: Contents): FileCount {
  const db = new Database(
    path,
    `CREATE TABLE calls (_id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT, date INTEGER, duration INTEGER, type INTEGER, new INTEGER, name TEXT, numbertype INTEGER, countryiso TEXT, features INTEGER NOT NULL DEFAULT 0);`,
  )
  const n = db.fill(
    "calls",
    ["number", "date", "duration", "type", "new", "name", "numbertype", "countryiso", "features"],
    contents.calls
      .filter((c) => c.app === "cellular")
      .map((c) => [
        c.other.number,
        c.at,
        c.seconds,
        c.direction === "out" ? CELLULAR_TYPE.out : c.answered ? CELLULAR_TYPE.inAnswered : CELLULAR_TYPE.missed,
        0,
        c.other.label,
        2,
        "IQ",
        0,
      ]),
  )
  db.close()
  return countFor(listed, { call: n })
}

function letters(path: string, listed: string, contents: Contents): FileCount {
  const db = new Database(
    path,
    `CREATE TABLE canonical_addresses (_id INTEGER PRIMARY KEY AUTOINCREMENT, address TEXT);
     CREATE TABLE threads (_id INTEGER PRIMARY KEY AUTOINCREMENT, date INTEGER DEFAULT 0, message_count INTEGER DEFAULT 0, recipient_ids TEXT, snippet TEXT);
     CREATE TABLE sms (_id INTEGER PRIMARY KEY, thread_id INTEGER, address TEXT, person INTEGER, date INTEGER, date_sent INTEGER DEFAULT 0, protocol INTEGER, read INTEGER DEFAULT 0, status INTEGER DEFAULT -1, type INTEGER, subject TEXT, body TEXT, service_center TEXT);
     CREATE TABLE pdu (_id INTEGER PRIMARY KEY AUTOINCREMENT, thread_id INTEGER, date INTEGER, msg_box INTEGER, m_id TEXT, sub TEXT, m_type INTEGER);
     CREATE TABLE part (_id INTEGER PRIMARY KEY AUTOINCREMENT, mid INTEGER, ct TEXT, name TEXT, cl TEXT, _data TEXT, text TEXT);
     CREATE TABLE addr (_id INTEGER PRIMARY KEY, msg_id INTEGER, contact_id INTEGER, address TEXT, type INTEGER, charset INTEGER);`,
  )
  const chats = contents.chats.filter((c) => c.app === "sms")
  db.fill(
    "canonical_addresses",
    ["address"],
    chats.map((c) => [c.others[0]!.number]),
  )
  db.fill(
    "threads",
    ["date", "message_count", "recipient_ids", "snippet"],
    chats.map((c, i) => [c.lines.at(-1)?.at ?? 0, c.lines.length, String(i + 1), c.lines.at(-1)?.body ?? null]),
  )
  const lines = chats
    .flatMap((c, i) => c.lines.map((line) => ({ line, thread: i + 1, other: c.others[0]! })))
    .sort((a, b) => a.line.at - b.line.at)
  const n = db.fill(
    "sms",
    ["thread_id", "address", "date", "date_sent", "read", "type", "body"],
    lines.map(({ line, thread, other }) => [thread, other.number, line.at, line.at, 1, line.from === null ? 2 : 1, line.body]),
  )
  db.close()
  return countFor(listed, { message: n })
}

/** `message.message_type` of WhatsApp on Android. */
const TYPE = { text: 0, image: 1, voice: 2, video: 3, point: 5 } as const
/** `call_log.call_result`: 5 connected, 4 not answered, 2 missed. */
const RESULT = { connected: 5, unanswered: 4, missed: 2 } as const

function messageType(line: Line): number {
  if (line.voice) return TYPE.voice
  if (line.point) return TYPE.point
  return line.media ? (line.media.type.startsWith("video") ? TYPE.video : TYPE.image) : TYPE.text
}

function messages(path: string, listed: string, contents: Contents): FileCount {
  const db = new Database(
    path,
    `CREATE TABLE jid (_id INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, server TEXT NOT NULL, agent INTEGER, device INTEGER, type INTEGER, raw_string TEXT);
     CREATE TABLE chat (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid_row_id INTEGER UNIQUE, hidden INTEGER, subject TEXT, created_timestamp INTEGER, sort_timestamp INTEGER, archived INTEGER);
     CREATE TABLE message (_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER NOT NULL, from_me INTEGER NOT NULL, key_id TEXT NOT NULL, sender_jid_row_id INTEGER, status INTEGER, broadcast INTEGER, timestamp INTEGER, received_timestamp INTEGER, message_type INTEGER, text_data TEXT, starred INTEGER, sort_id INTEGER NOT NULL DEFAULT 0);
     CREATE TABLE message_media (message_row_id INTEGER PRIMARY KEY, chat_row_id INTEGER, file_path TEXT, file_size INTEGER, media_duration INTEGER, mime_type TEXT, media_name TEXT, media_caption TEXT, file_hash TEXT);
     CREATE TABLE message_location (message_row_id INTEGER PRIMARY KEY, chat_row_id INTEGER, latitude REAL, longitude REAL, place_name TEXT, place_address TEXT);
     CREATE TABLE group_participant_user (_id INTEGER PRIMARY KEY AUTOINCREMENT, group_jid_row_id INTEGER, user_jid_row_id INTEGER, rank INTEGER);
     CREATE TABLE call_log (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid_row_id INTEGER, from_me INTEGER, call_id TEXT, transaction_id INTEGER, timestamp INTEGER, video_call INTEGER, duration INTEGER, call_result INTEGER, bytes_transferred INTEGER);`,
  )
  const jids = new Map<string, number>()
  const rows: [string, string, string][] = []
  const jid = (user: string, server: string): number => {
    const raw = `${user}@${server}`
    const found = jids.get(raw)
    if (found) return found
    rows.push([user, server, raw])
    jids.set(raw, rows.length)
    return rows.length
  }
  const person = (number: string) => jid(number.replace(/^\+/, ""), "s.whatsapp.net")
  const chats = mergedChats(contents.chats.filter((c) => c.app === "whatsapp" && c.lines.length > 0))
  const chatJids = chats.map((c) =>
    c.group ? jid(`${contents.owner.account.slice(1)}-${Math.floor(c.lines[0]!.at / 1000)}`, "g.us") : person(c.others[0]!.number),
  )
  const members = chats.flatMap((c, i) => (c.group ? c.others.map((o) => [chatJids[i]!, person(o.number), 0]) : []))
  const calls = contents.calls.filter((c) => c.app === "whatsapp").map((c) => ({ c, jid: person(c.other.number) }))
  const lines = chats
    .flatMap((chat, i) => chat.lines.map((line) => ({ line, chat, row: i + 1 })))
    .sort((a, b) => a.line.at - b.line.at)
    .map((x) => ({ ...x, sender: x.line.from !== null && x.chat.group ? person(x.chat.others[x.line.from]!.number) : 0 }))
  db.fill(
    "jid",
    ["user", "server", "agent", "device", "type", "raw_string"],
    rows.map(([user, server, raw]) => [user, server, 0, 0, server === "g.us" ? 1 : 0, raw]),
  )
  db.fill(
    "chat",
    ["jid_row_id", "hidden", "subject", "created_timestamp", "sort_timestamp", "archived"],
    chats.map((c, i) => [chatJids[i]!, 0, c.title, c.group ? c.lines[0]!.at : null, c.lines.at(-1)!.at, 0]),
  )
  db.fill("group_participant_user", ["group_jid_row_id", "user_jid_row_id", "rank"], members)
  const n = db.fill(
    "message",
    [
      "chat_row_id",
      "from_me",
      "key_id",
      "sender_jid_row_id",
      "status",
      "timestamp",
      "received_timestamp",
      "message_type",
      "text_data",
      "sort_id",
    ],
    lines.map(({ line, row, sender }, i) => [
      row,
      line.from === null ? 1 : 0,
      `3EB0${(i + 1).toString(16).toUpperCase().padStart(12, "0")}`,
      sender,
      line.from === null ? 13 : 0,
      line.at,
      line.at,
      messageType(line),
      line.body,
      i + 1,
    ]),
  )
  db.fill(
    "message_media",
    ["message_row_id", "chat_row_id", "file_path", "media_duration", "mime_type"],
    lines.flatMap(({ line, row }, i) => {
      if (line.voice) return [[i + 1, row, `Media/WhatsApp Voice Notes/${line.voice.file}`, line.voice.seconds, "audio/ogg; codecs=opus"]]
      return line.media ? [[i + 1, row, `Media/WhatsApp Images/${line.media.file}`, null, line.media.type]] : []
    }),
  )
  db.fill(
    "message_location",
    ["message_row_id", "chat_row_id", "latitude", "longitude", "place_name"],
    lines.flatMap(({ line, row }, i) => (line.point ? [[i + 1, row, line.point.lat, line.point.lon, line.point.name]] : [])),
  )
  const rung = db.fill(
    "call_log",
    ["jid_row_id", "from_me", "call_id", "timestamp", "video_call", "duration", "call_result"],
    calls.map(({ c, jid: row }, i) => [
      row,
      c.direction === "out" ? 1 : 0,
      `call:${i + 1}`,
      c.at,
      c.video ? 1 : 0,
      c.seconds,
      c.answered ? RESULT.connected : c.direction === "in" ? RESULT.missed : RESULT.unanswered,
    ]),
  )
  db.close()
  const voices = lines.filter((x) => x.line.voice).length
  const points = lines.filter((x) => x.line.point).length
  return countFor(listed, { message: n - voices, "voice-note": voices, location: points, account: chats.length, call: rung })
}

/** One chat per counterpart: a database has one row for a person, however often the talk was picked up. */
export function mergedChats(chats: readonly Chat[]): Chat[] {
  const byPeer = new Map<string, Chat>()
  const out: Chat[] = []
  for (const chat of chats) {
    const key = chat.group ? chat.id : chat.others[0]!.number
    const found = byPeer.get(key)
    if (found) found.lines = [...found.lines, ...chat.lines].sort((a, b) => a.at - b.at)
    else {
      const copy = { ...chat }
      byPeer.set(key, copy)
      out.push(copy)
    }
  }
  return out
}

function known(path: string, listed: string, contents: Contents): FileCount {
  const db = new Database(
    path,
    `CREATE TABLE wa_contacts (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid TEXT NOT NULL, is_whatsapp_user BOOLEAN NOT NULL, status TEXT, number TEXT, raw_contact_id INTEGER, display_name TEXT, given_name TEXT, family_name TEXT, wa_name TEXT, company TEXT, title TEXT);`,
  )
  const n = db.fill(
    "wa_contacts",
    ["jid", "is_whatsapp_user", "number", "raw_contact_id", "display_name"],
    contents.cards
      .filter((c) => c.source !== "phone" && c.source !== "sim")
      .map((c, i) => [`${c.e164.slice(1)}@s.whatsapp.net`, 1, c.number, i + 1, c.label]),
  )
  db.close()
  return countFor(listed, { contact: n })
}
