import type { CallLine, Card, Chat, Contents, Counterpart, Line } from "../contents.ts"
import type { Rng } from "../rng.ts"
import { OutFile } from "./outfile.ts"
import { countFor, type FileCount } from "./tally.ts"

/**
 * The XML report of Cellebrite UFED / Physical Analyzer: projects of `decodedData` with a `modelType` per kind of model. Shape after
 * a published report of an iPhone 3GS, and chats with participants as reports since about version 5 write them.
 */
const SOURCES = { whatsapp: "WhatsApp", telegram: "Telegram", viber: "Viber", sms: "" } as const

const attribute = (text: string) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")
const cdata = (text: string) => `<![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`
const iso = (at: number) => `${new Date(at).toISOString().slice(0, 19)}+00:00`
const span = (seconds: number) => new Date(seconds * 1000).toISOString().slice(11, 19)

export function writeUfed(path: string, listed: string, contents: Contents, rng: Rng): FileCount {
  const out = new OutFile(path)
  const report = new Report(out, rng.hex(8))
  const { handset } = contents
  out.write(
    `<?xml version="1.0" encoding="utf-8"?>\n<project id="${report.id()}" name="${attribute(`${handset.make} ${handset.model}`)}" reportVersion="5.0.0.0" xmlns="http://pa.cellebrite.com/report/2.0">\n`,
  )
  report.metadata("Extraction Data", [
    ["Unit Version", "Software: 7.69.0.1 UFED"],
    ["Selected Manufacturer", handset.make],
    ["Selected Device Name", handset.model],
    ["Extraction start date/time", iso(handset.extractedAt - 1_800_000)],
    ["Extraction end date/time", iso(handset.extractedAt)],
  ])
  report.metadata("Device Info", [
    ["Detected model", handset.model],
    ["OS Version", handset.os],
    ["IMEI", handset.imei],
    ["IMSI", handset.imsi],
    ["ICCID", handset.iccid],
    ["Serial", handset.serial],
    ["MSISDN", handset.msisdn],
  ])
  out.write("  <decodedData>\n")
  if (contents.calls.length > 0) report.type("Call", contents.calls, (c) => report.call(c, contents))
  const chats = contents.chats.filter((c) => c.app !== "sms" && c.lines.length > 0)
  if (chats.length > 0) report.type("Chat", chats, (c) => report.chat(c, contents))
  report.type("Contact", contents.cards, (c) => report.contact(c))
  if (contents.fixes.length > 0)
    report.type("Location", contents.fixes, (f) => {
      report.open("Location")
      report.value("TimeStamp", "TimeStamp", iso(f.at))
      report.text("LocationOrigin", f.origin)
      if (f.name) report.text("Name", f.name)
      report.models("Position", "Coordinate", 1, () => {
        report.open("Coordinate")
        report.value("Latitude", "Double", String(f.lat))
        report.value("Longitude", "Double", String(f.lon))
        report.close()
      })
      report.close()
    })
  const letters = contents.chats.filter((c) => c.app === "sms")
  const sms = letters.reduce((n, c) => n + c.lines.length, 0)
  if (sms > 0) {
    out.write('    <modelType type="SMS">\n')
    for (const chat of letters) for (const line of chat.lines) report.sms(line, chat.others[0]!)
    out.write("    </modelType>\n")
  }
  if (contents.accounts.length > 0)
    report.type("UserAccount", contents.accounts, (a) => {
      report.open("UserAccount")
      report.text("Source", a.platform)
      report.text("Name", a.name)
      report.text("Username", a.username)
      report.close()
    })
  out.write("  </decodedData>\n  <carvedFiles />\n</project>\n")
  out.close()
  const lines = chats.flatMap((c) => c.lines)
  const voices = lines.reduce((n, l) => n + (l.voice ? 1 : 0), 0)
  return countFor(listed, {
    device: 1,
    contact: contents.cards.length,
    call: contents.calls.length,
    statement: chats.length,
    "voice-note": voices,
    message: lines.length - voices + sms,
    location: contents.fixes.length + lines.filter((l) => l.point).length,
    account: contents.accounts.length,
  })
}

/** Writes models and fields with their nesting; ids run on, so that equal content gives equal bytes. */
class Report {
  #out: OutFile
  #prefix: string
  #next = 1
  constructor(out: OutFile, prefix: string) {
    this.#out = out
    this.#prefix = prefix
  }
  id(): string {
    return `${this.#prefix}-0000-4000-8000-${(this.#next++).toString(16).padStart(12, "0")}`
  }
  metadata(section: string, items: readonly (readonly [string, string])[]): void {
    this.#out.write(`  <metadata section="${section}">\n`)
    for (const [name, value] of items) this.#out.write(`    <item name="${name}">${cdata(value)}</item>\n`)
    this.#out.write("  </metadata>\n")
  }
  type<T>(type: string, items: readonly T[], write: (item: T) => void): void {
    this.#out.write(`    <modelType type="${type}">\n`)
    for (const item of items) write(item)
    this.#out.write("    </modelType>\n")
  }
  open(type: string, deleted = false): void {
    this.#out.write(
      `<model type="${type}" id="${this.id()}" deleted_state="${deleted ? "Deleted" : "Intact"}" decoding_confidence="${deleted ? "Medium" : "High"}">\n`,
    )
  }
  close(): void {
    this.#out.write("</model>\n")
  }
  value(name: string, type: string, text: string): void {
    this.#out.write(
      `<field name="${name}" type="${type}"><value type="${type}">${type === "TimeStamp" ? text : cdata(text)}</value></field>\n`,
    )
  }
  text(name: string, text: string): void {
    this.value(name, "String", text)
  }
  empty(name: string, type = "String"): void {
    this.#out.write(`<field name="${name}" type="${type}"><empty /></field>\n`)
  }
  models(name: string, type: string, n: number, write: (i: number) => void): void {
    this.#out.write(`<multiModelField name="${name}" type="${type}">\n`)
    for (let i = 0; i < n; i++) write(i)
    this.#out.write("</multiModelField>\n")
  }

  contact(card: Card): void {
    this.open("Contact")
    if (card.label === null) this.empty("Name")
    else this.text("Name", card.label)
    this.models("Entries", "ContactEntry", 1, () => {
      this.open("PhoneNumber")
      this.text("Category", "Mobile")
      this.text("Value", card.number)
      this.text("Domain", "Phone Number")
      this.close()
    })
    this.text("Source", card.source === "phone" ? "Phone" : card.source === "sim" ? "SIM" : SOURCES[card.source])
    this.close()
  }

  party(identifier: string, name: string | null, role: string, owner: boolean): void {
    this.open("Party")
    this.text("Identifier", identifier)
    this.value("Role", "PartyRole", role)
    if (name === null) this.empty("Name")
    else this.text("Name", name)
    this.value("IsPhoneOwner", "Boolean", owner ? "True" : "False")
    this.close()
  }

  call(call: CallLine, contents: Contents): void {
    const cellular = call.app === "cellular"
    const address = (number: string) => (cellular ? number : `${number.slice(1)}@s.whatsapp.net`)
    this.open("Call")
    this.value("Type", "CallType", call.direction === "out" ? "Outgoing" : call.answered ? "Incoming" : "Missed")
    this.value("TimeStamp", "TimeStamp", iso(call.at))
    this.value("Duration", "TimeSpan", span(call.seconds))
    if (cellular) this.empty("Source")
    else this.text("Source", "WhatsApp")
    this.models("Parties", "Party", 2, (i) => {
      if (i === 0) this.party(address(call.other.number), call.other.label, call.direction === "out" ? "To" : "From", false)
      else
        this.party(address(cellular ? contents.owner.number : contents.owner.account), null, call.direction === "out" ? "From" : "To", true)
    })
    this.value("VideoCall", "Boolean", call.video ? "True" : "False")
    this.close()
  }

  chat(chat: Chat, contents: Contents): void {
    const address = (number: string) => (chat.app === "whatsapp" ? `${number.slice(1)}@s.whatsapp.net` : number)
    const own = address(contents.owner.account)
    const id = chat.group ? `${contents.owner.account.slice(1)}-${chat.lines[0]!.at / 1000}@g.us` : address(chat.others[0]!.number)
    this.open("Chat")
    this.text("Source", SOURCES[chat.app])
    this.text("Id", id)
    if (chat.title === null) this.empty("Name")
    else this.text("Name", chat.title)
    this.value("StartTime", "TimeStamp", iso(chat.lines[0]!.at))
    this.value("LastActivity", "TimeStamp", iso(chat.lines.at(-1)!.at))
    this.text("Account", own)
    this.text("ChatType", chat.group ? "Group" : "OneOnOne")
    this.models("Participants", "Party", chat.others.length + 1, (i) => {
      if (i === 0) this.party(own, contents.owner.name, "General", true)
      else this.party(address(chat.others[i - 1]!.number), chat.others[i - 1]!.label, "General", false)
    })
    this.models("Messages", "InstantMessage", chat.lines.length, (i) => this.message(chat.lines[i]!, chat, own, address))
    this.close()
  }

  message(line: Line, chat: Chat, own: string, address: (number: string) => string): void {
    this.open("InstantMessage", line.deleted)
    const from = line.from === null ? null : chat.others[line.from]!
    this.#out.write('<modelField name="From" type="Party">\n')
    this.party(from ? address(from.number) : own, from?.label ?? null, "From", from === null)
    this.#out.write("</modelField>\n")
    if (line.body === null) this.empty("Body")
    else this.text("Body", line.body)
    this.value("TimeStamp", "TimeStamp", iso(line.at))
    this.value("Status", "MessageStatus", from ? "Read" : "Sent")
    this.text("SourceApplication", SOURCES[chat.app])
    const file = line.voice ? { file: line.voice.file, type: "audio/ogg; codecs=opus" } : line.media
    if (file)
      this.models("Attachments", "Attachment", 1, () => {
        this.open("Attachment")
        this.text("Filename", file.file)
        this.text("ContentType", file.type)
        if (line.voice) this.value("Duration", "TimeSpan", span(line.voice.seconds))
        this.text("attachment_extracted_path", `files\\${line.voice ? "Audio" : "Media"}\\${file.file}`)
        this.close()
      })
    const point = line.point
    if (point) {
      this.#out.write('<modelField name="Position" type="Coordinate">\n')
      this.open("Coordinate")
      this.value("Latitude", "Double", String(point.lat))
      this.value("Longitude", "Double", String(point.lon))
      this.close()
      this.#out.write("</modelField>\n")
      this.text("PositionAddress", point.name)
    }
    this.close()
  }

  sms(line: Line, other: Counterpart): void {
    this.open("SMS", line.deleted)
    this.value("TimeStamp", "TimeStamp", iso(line.at))
    this.value("Status", "MessageStatus", line.from === null ? "Sent" : "Read")
    this.models("Parties", "Party", 1, () => this.party(other.number, other.label, line.from === null ? "To" : "From", false))
    this.text("Folder", line.from === null ? "Sent" : "Inbox")
    this.text("Body", line.body ?? "")
    this.text("Source", "Phone")
    this.close()
  }
}
