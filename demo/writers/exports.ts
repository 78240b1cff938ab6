import { join } from "node:path"
import type { Card, Chat, Contents, Line } from "../contents.ts"
import type { Rng } from "../rng.ts"
import { easternDigits } from "../talk.ts"
import { mergedChats } from "./android.ts"
import { OutFile } from "./outfile.ts"
import { countFor, type FileCount } from "./tally.ts"
import { writeZip } from "./zip.ts"

const two = (n: number) => String(n).padStart(2, "0")

/** Time stamps of three phones' settings: Android 24 h, iOS brackets, Android in Arabic with its digits and ص/م. */
const STAMPS = {
  android: (d: Date) =>
    `${two(d.getUTCDate())}/${two(d.getUTCMonth() + 1)}/${d.getUTCFullYear()}, ${two(d.getUTCHours())}:${two(d.getUTCMinutes())} - `,
  ios: (d: Date) =>
    `[${two(d.getUTCDate())}/${two(d.getUTCMonth() + 1)}/${d.getUTCFullYear()}, ${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}] `,
  arabic: (d: Date) => {
    const hour = d.getUTCHours() % 12 || 12
    return `${easternDigits(`${d.getUTCDate()}/${d.getUTCMonth() + 1}/${d.getUTCFullYear()}`, "arabic")}، ${easternDigits(`${hour}:${two(d.getUTCMinutes())}`, "arabic")} ${d.getUTCHours() < 12 ? "ص" : "م"} - `
  },
} as const

const NOTICE = "Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, can read or listen to them."

function spaced(number: string): string {
  return number.replace(/^(\+\d{2,3})(\d{3})(\d{3})(\d+)$/, "$1 $2 $3 $4")
}

function textOf(line: Line, style: keyof typeof STAMPS): string {
  const file = line.voice?.file ?? line.media?.file
  if (file) {
    const attached = style === "ios" ? `\u200e<attached: ${file}>` : `\u200e${file} (file attached)`
    return line.body ? `${attached}\n${line.body}` : attached
  }
  if (line.point) return `location: https://maps.google.com/?q=${line.point.lat},${line.point.lon}`
  return line.body ?? ""
}

/** Chats as WhatsApp exports them: one zip per chat with a text in it, and the address book as vCards beside them. */
export async function writeWhatsappExport(folder: string, listed: string, contents: Contents, rng: Rng): Promise<FileCount[]> {
  const counts: FileCount[] = []
  const chats = mergedChats(contents.chats.filter((c) => c.app === "whatsapp" && c.lines.length > 0))
  for (const [i, chat] of chats.entries()) {
    const style = i % 7 === 3 ? "arabic" : rng.pick(["android", "ios"] as const)
    const stamp = (at: number) => STAMPS[style](new Date(at))
    const name = (from: number | null) =>
      from === null ? contents.owner.name : (chat.others[from]!.label ?? spaced(chat.others[from]!.number))
    const shown = chat.title ?? name(0)
    const notice = `${stamp(chat.lines[0]!.at)}${style === "ios" ? `${shown}: \u200e` : ""}${NOTICE}`
    const text = [notice, ...chat.lines.map((l) => `${stamp(l.at)}${name(l.from)}: ${textOf(l, style)}`)].join("\n")
    const title = `WhatsApp Chat ${String(i + 1).padStart(3, "0")}`
    const inner = style === "ios" ? "_chat.txt" : `WhatsApp Chat with ${shown.replace(/[/\\:]/g, " ")}.txt`
    await writeZip(join(folder, `${title}.zip`), [{ name: inner, text: `${text}\n` }])
    const voices = chat.lines.filter((l) => l.voice).length
    const points = chat.lines.filter((l) => l.point && !l.voice && !l.media).length
    counts.push(countFor(`${listed}/${title}.zip`, { message: chat.lines.length - voices + 1, "voice-note": voices, location: points }))
  }
  counts.push(writeVcards(join(folder, "contacts.vcf"), `${listed}/contacts.vcf`, contents.cards))
  return counts
}

const escaped = (text: string) => text.replace(/([\\;,])/g, "\\$1").replaceAll("\n", "\\n")

/** vCard 3.0 (RFC 2426) as phones export it. */
export function writeVcards(path: string, listed: string, cards: readonly Card[]): FileCount {
  const out = new OutFile(path)
  for (const card of cards) {
    const [first = "", ...rest] = (card.label ?? "").split(" ")
    out.write(
      `BEGIN:VCARD\r\nVERSION:3.0\r\nN:${escaped(rest.join(" "))};${escaped(first)};;;\r\nFN:${escaped(card.label ?? "")}\r\nTEL;TYPE=CELL:${card.number}\r\nEND:VCARD\r\n`,
    )
  }
  out.close()
  return countFor(listed, { contact: cards.length })
}

const userId = (number: string) => {
  let h = 2_166_136_261
  for (let i = 0; i < number.length; i++) h = Math.imul(h ^ number.charCodeAt(i), 16_777_619)
  return 1_000_000_000 + (h >>> 0)
}

/** Telegram Desktop's account export: one JSON with the account, its contacts and its chats. */
export function writeTelegram(path: string, listed: string, contents: Contents): FileCount {
  const out = new OutFile(path)
  const chats = mergedChats(contents.chats.filter((c) => c.app === "telegram" && c.lines.length > 0))
  const own = userId(contents.owner.account)
  const local = (at: number) => new Date(at).toISOString().slice(0, 19)
  out.write(
    `{\n "about": "Here is the data you requested.",\n "personal_information": ${JSON.stringify({ user_id: own, first_name: contents.owner.name, last_name: "", phone_number: contents.owner.account, username: "", bio: "" })},\n "contacts": {\n  "about": "If you allow access, contacts are continuously synced with Telegram.",\n  "list": [`,
  )
  contents.cards.forEach((card, i) => {
    const entry = {
      user_id: userId(card.e164),
      first_name: card.label ?? "",
      last_name: "",
      phone_number: card.number,
      date: local(contents.handset.extractedAt - 90 * 86_400_000),
      date_unixtime: String(Math.round(contents.handset.extractedAt / 1000) - 7_776_000),
    }
    out.write(`${i > 0 ? "," : ""}\n   ${JSON.stringify(entry)}`)
  })
  out.write(`\n  ]\n },\n "chats": {\n  "about": "This page lists all chats from this export.",\n  "list": [`)
  let voices = 0
  let points = 0
  let lines = 0
  chats.forEach((chat, i) => {
    out.write(
      `${i > 0 ? "," : ""}\n   {\n    "name": ${JSON.stringify(chat.title ?? chat.others[0]!.label)},\n    "type": "${chat.group ? "private_group" : "personal_chat"}",\n    "id": ${chat.group ? userId(chat.id) : userId(chat.others[0]!.number)},\n    "messages": [`,
    )
    chat.lines.forEach((line, k) => {
      out.write(`${k > 0 ? "," : ""}\n     ${JSON.stringify(telegramMessage(line, chat, k + 1, own, contents))}`)
      lines++
      if (line.voice) voices++
      if (line.point) points++
    })
    out.write("\n    ]\n   }")
  })
  out.write("\n  ]\n }\n}\n")
  out.close()
  return countFor(listed, {
    account: 1,
    contact: contents.cards.length,
    statement: chats.length,
    message: lines - voices,
    "voice-note": voices,
    location: points,
  })
}

function telegramMessage(line: Line, chat: Chat, id: number, own: number, contents: Contents): Record<string, unknown> {
  const other = line.from === null ? null : chat.others[line.from]!
  return {
    id,
    type: "message",
    date: new Date(line.at).toISOString().slice(0, 19),
    date_unixtime: String(Math.round(line.at / 1000)),
    from: other ? (other.label ?? other.number) : contents.owner.name,
    from_id: `user${other ? userId(other.number) : own}`,
    ...(line.voice
      ? {
          file: `voice_messages/${line.voice.file}`,
          media_type: "voice_message",
          mime_type: "audio/ogg",
          duration_seconds: line.voice.seconds,
        }
      : {}),
    ...(line.media ? { file: `files/${line.media.file}`, mime_type: line.media.type } : {}),
    ...(line.point ? { location_information: { latitude: line.point.lat, longitude: line.point.lon } } : {}),
    text: line.body ?? "",
    text_entities: line.body ? [{ type: "plain", text: line.body }] : [],
  }
}
