import { entries, unmarked } from "../chat-log.ts"
import { looksLikePhone } from "../identify.ts"
import type { ImportContext, Importer, Material, Sink } from "../importer.ts"
import { encodingOf, headText, lines } from "../text-source.ts"
import { type Chat, messageOf, speakerOf, systemLine } from "../whatsapp/message.ts"
import { Clock, DateOrder, type Order, stampOf, startsLikeStamp } from "../whatsapp/stamp.ts"
import { DELETED, TITLES, YOU } from "../whatsapp/words.ts"

/**
 * WhatsApp's exported chats (`_chat.txt`, `WhatsApp Chat with X.txt`). One unit: each message or system line with the lines that go on with
 * it, and what stands before the first of them. The file is read twice: first for the shape and order of its dates, and for who wrote.
 */
export const whatsappText: Importer = {
  id: "whatsapp-text",
  version: 2,
  title: "WhatsApp chat (text export)",
  unknowns:
    "A line without a sender is kept as a system message, understood or not. Dates that nothing decides are left open, with a note.",

  async claim(material) {
    const head = headText(material.head, 65_536).split(/\r\n|\n|\r/, 400)
    const stamps = head.map(stampOf).filter((s) => s !== null)
    if (stamps.length === 0) return null
    const named = titleOf(material) !== null || /^_chat/i.test(material.name)
    const told = head.some((line) => stampOf(line) && systemLine(stampOf(line)?.rest ?? ""))
    const early = head.slice(0, 5).some((line) => stampOf(line))
    if (!early || stamps.length < Math.min(3, Math.ceil(head.length / 20))) return null
    const signal = stamps.every((s) => s.shape === "[-y4")
    return {
      confidence: named ? 0.95 : told ? 0.85 : signal ? 0.4 : 0.7,
      why: `${stamps.length} lines of the head begin as in a WhatsApp chat${named ? ", and the name is that of an export" : ""}`,
    }
  },

  async read(material, sink, context) {
    const survey = await surveyed(material)
    if (survey.shape === null) {
      sink.seen(1)
      const place = { file: material.file, byteStart: 0, byteEnd: material.sizeBytes }
      sink.reject({
        place,
        code: material.sizeBytes === 0 ? "truncated" : "unknown-structure",
        reason: "no line begins with a date and a time as WhatsApp writes them",
      })
      return
    }
    const { chat, undecided } = await chatOf(material, survey, sink, context)
    const { shape } = survey
    const headOf = (line: string) => {
      const stamp = stampOf(line)
      return stamp?.shape === shape ? stamp : null
    }
    let unsound = 0
    let unread = 0
    const preface = (text: string, line: number, byteStart: number, byteEnd: number) => {
      sink.seen(1)
      sink.reject({
        place: { file: material.file, row: line, byteStart, byteEnd },
        code: "unknown-structure",
        reason: "text before the first message",
        snippet: text.slice(0, 200),
      })
    }
    const source = lines(material.open(), encodingOf(material.head))
    for await (const entry of entries(source, headOf, (p) => preface(p.text, p.line, p.byteStart, p.byteEnd))) {
      context.signal.throwIfAborted()
      if (!entry.sound) unsound++
      const cut = entry.byteEnd === material.sizeBytes && !survey.ended ? lastLine(entry.text) : undefined
      const { record, also } = messageOf(
        cut === undefined ? entry : { ...entry, text: entry.text.slice(0, -cut.length).trimEnd() },
        chat,
        material.file,
      )
      if (record.at?.ms == null) unread++
      sink.seen(1)
      await sink.record(record)
      for (const further of also) await sink.also(further)
      if (cut === undefined) continue
      sink.seen(1)
      const place = { file: material.file, byteStart: material.sizeBytes - Buffer.byteLength(cut), byteEnd: material.sizeBytes }
      sink.reject({ place, code: "truncated", reason: "the file ends inside the date of a message", snippet: cut })
    }
    if (!survey.ended) sink.note("The last line has no end: the export may have been cut there.")
    if (unsound > 0)
      sink.note(`${unsound} messages hold bytes that are not in the file's encoding (they stand as U+FFFD) or are too long to keep whole.`)
    if (unread > 0 && !undecided) sink.note(`${unread} messages have a time that could not be read; it stands as written.`)
    if (survey.others > 0)
      sink.note(
        `${survey.others} lines begin with a date in another form than the export's own and were read as part of the message before.`,
      )
  },
}

interface Survey {
  shape: string | null
  /** Lines that begin with a stamp of another shape. */
  others: number
  order: DateOrder
  senders: Set<string>
  owners: Set<string>
  created: boolean
  /** The last line has its end. */
  ended: boolean
}

async function surveyed(material: Material): Promise<Survey> {
  const shapes = new Map<string, { count: number; order: DateOrder; senders: Set<string>; owners: Set<string>; created: boolean }>()
  let last = { byteStart: 0, byteEnd: 0, text: "" }
  for await (const line of lines(material.open(), encodingOf(material.head))) {
    last = line
    const stamp = stampOf(line.text)
    if (!stamp) continue
    let shape = shapes.get(stamp.shape)
    if (!shape) {
      shape = { count: 0, order: new DateOrder(), senders: new Set(), owners: new Set(), created: false }
      shapes.set(stamp.shape, shape)
    }
    shape.count++
    shape.order.add(stamp)
    const spoken = speakerOf({ head: stamp, text: stamp.rest, line: line.number, byteStart: 0, byteEnd: 0, sound: true })
    if (!spoken) shape.created ||= /created|subject|added|left|removed|joined/.test(systemLine(stamp.rest)?.action ?? "")
    else if (!(/^[\u200e\u200f]/.test(spoken.body) && systemLine(spoken.body)) && shape.senders.size < 2000) {
      shape.senders.add(spoken.name)
      if (DELETED.own.test(unmarked(spoken.body).trim()) || YOU.test(spoken.name)) shape.owners.add(spoken.name)
    }
  }
  const [most] = [...shapes].sort(([, a], [, b]) => b.count - a.count)
  const lastBytes = Buffer.byteLength(last.text)
  const ended = last.byteEnd - last.byteStart > lastBytes || encodingOf(material.head) !== "utf-8" || last.byteEnd === 0
  if (!most) return { shape: null, others: 0, order: new DateOrder(), senders: new Set(), owners: new Set(), created: false, ended }
  const others = [...shapes.values()].reduce((sum, each) => sum + each.count, 0) - most[1].count
  return { shape: most[0], others, ended, ...most[1] }
}

async function chatOf(material: Material, survey: Survey, sink: Sink, context: ImportContext): Promise<{ chat: Chat; undecided: boolean }> {
  const { order, note } = survey.order.decide(orderGiven(context.mapping))
  if (note) sink.note(note)
  const title = titleOf(material)
  const names = [...survey.senders]
  const group = survey.created || names.length > 2
  let owner = survey.owners.size === 1 ? ([...survey.owners][0] as string) : null
  if (owner !== null)
    sink.note(`${owner} is taken as the exporting phone's own name: only the sender's phone writes that a message was deleted by "you".`)
  else if (!group && names.length === 2 && title !== null && names.includes(title)) {
    owner = names.find((name) => name !== title) ?? null
    sink.note(`The chat is named after ${title}, so the other name is taken as the exporting phone's own.`)
  } else sink.note("The export does not say whose phone it comes from.")
  const files = new Map((await material.siblings()).map((sibling) => [sibling.name, sibling.file || sibling.name] as const))
  return {
    chat: { title, group, senders: survey.senders, owner, clock: new Clock(order, context.zone), files },
    undecided: order === undefined,
  }
}

/** From the file's name, or from the folder or archive in which a `_chat.txt` lies. */
function titleOf(material: Material): string | null {
  for (const part of [material.name, ...material.file.split(/[/!]/).reverse()])
    for (const pattern of TITLES) {
      const title = pattern.exec(part)?.groups?.title?.trim()
      if (title) return title
    }
  return null
}

function orderGiven(mapping: unknown): Order | undefined {
  const order = typeof mapping === "object" && mapping !== null ? (mapping as Record<string, unknown>).order : undefined
  return order === "dmy" || order === "mdy" ? order : undefined
}

/** The last line of a message, when it looks like a stamp that was cut off. */
function lastLine(text: string): string | undefined {
  const at = text.lastIndexOf("\n")
  const last = at < 0 ? "" : text.slice(at + 1)
  return last !== "" && startsLikeStamp(last) && !stampOf(last) && !looksLikePhone(last) ? last : undefined
}
