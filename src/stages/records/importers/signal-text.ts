import type { Place } from "#vocabulary/record"
import { entries, participant, speaker } from "../chat-log.ts"
import { statedMoment } from "../clock.ts"
import { looksLikePhone } from "../identify.ts"
import type { Importer, Sink } from "../importer.ts"
import { encodingOf, headText, lines } from "../text-source.ts"

interface Head {
  raw: string
  name: string
  rest: string
}

const HEAD = /^\[(\d{4}-\d{2}-\d{2},? \d{2}:\d{2}(?::\d{2})?)\] /

function headOf(line: string): Head | null {
  const raw = HEAD.exec(line)
  const spoken = raw && speaker(line.slice(raw[0].length))
  return raw?.[1] && spoken ? { raw: raw[1], name: spoken.name, rest: spoken.body } : null
}

/**
 * Text exports of Signal chats, `[2019-12-24, 12:23] Jane Doe: Hello`. One unit: each message with the lines that go on with it, and what
 * stands before the first. `Me` is the exporting phone's own name.
 */
export const signalText: Importer = {
  id: "signal-text",
  version: 1,
  title: "Signal chat (text export)",
  unknowns: "A line without date and sender goes on with the message before. Times are local to an unknown place unless a zone is given.",

  async claim(material) {
    const head = headText(material.head, 16_384).split(/\r\n|\n|\r/, 200)
    if (!headOf(head[0] ?? "") && !headOf(head[1] ?? "")) return null
    const named = /signal/i.test(material.name) || /signal/i.test(material.file)
    return {
      confidence: named ? 0.9 : 0.6,
      why: `lines begin with an ISO date in brackets and a name${named ? ", and the name says Signal" : ""}`,
    }
  },

  async read(material, sink, context) {
    const own = await writesAsMe(lines(material.open(), encodingOf(material.head)))
    const title = material.file.split(/[/!]/).at(-2) || null
    let units = 0
    let unsound = 0
    const source = lines(material.open(), encodingOf(material.head))
    for await (const entry of entries(source, headOf, (p) => {
      units++
      refuse(
        sink,
        { file: material.file, row: p.line, byteStart: p.byteStart, byteEnd: p.byteEnd },
        "unknown-structure",
        "text before the first message",
        p.text,
      )
    })) {
      context.signal.throwIfAborted()
      units++
      if (!entry.sound) unsound++
      const { name, raw } = entry.head
      const mine = name === "Me"
      const party = mine
        ? { part: "sender" as const, owner: true, ids: [], name: null }
        : participant("sender", name, "signal", looksLikePhone)
      const at = statedMoment(raw.replace(",", ""), { zone: context.zone })
      sink.seen(1)
      await sink.record({
        kind: "message",
        place: { file: material.file, row: entry.line, byteStart: entry.byteStart, byteEnd: entry.byteEnd },
        at: at && { ...at, raw },
        fields: {
          app: "signal",
          thread: title,
          threadTitle: title,
          direction: own ? (mine ? "out" : "in") : null,
          body: entry.text.trim() || null,
        },
        parties: [party],
      })
    }
    if (!own && !/signal/i.test(`${material.file}/${material.name}`))
      sink.note("Neither the file's name nor a sender called Me says Signal: WhatsApp exports of phones set to ISO dates look the same.")
    if (unsound > 0) sink.note(`${unsound} messages hold bytes that are not in the file's encoding, or are too long to keep whole.`)
    if (units === 0)
      refuse(sink, { file: material.file, byteStart: 0, byteEnd: material.sizeBytes }, "truncated", "no message in the file", "")
  },
}

function refuse(sink: Sink, place: Place, code: string, reason: string, text: string): void {
  sink.seen(1)
  sink.reject({ place, code, reason, snippet: text.slice(0, 200) })
}

async function writesAsMe(source: AsyncIterable<{ text: string }>): Promise<boolean> {
  let found = false
  for await (const line of source) found ||= headOf(line.text)?.name === "Me"
  return found
}
