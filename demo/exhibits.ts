import { rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Contents } from "./contents.ts"
import type { MaterialSheet } from "./material.ts"
import { phoneSheet, putSheet } from "./material.ts"
import { LANGUAGE_TAGS } from "./names.ts"
import type { World } from "./operation.ts"
import type { PhonePlan } from "./plan.ts"
import { writeAndroid } from "./writers/android.ts"
import { writeTelegram, writeVcards, writeWhatsappExport } from "./writers/exports.ts"
import { writeIos } from "./writers/ios.ts"
import { type Cell, CSV_FORM, writeCsv } from "./writers/outfile.ts"
import { countFor, type FileCount } from "./writers/tally.ts"
import { writeUfed } from "./writers/ufed.ts"
import { writeZip } from "./writers/zip.ts"

const TRANSCRIPT_HEADER = ["at", "app", "from", "to", "duration_s", "file", "transcript", "language", "transcriber"] as const

/** A form filled in by a translator who heard the voice notes: it is an exhibit's companion, not part of the phone. */
const TRANSCRIPT_MAPPING = {
  title: "Transcripts of voice notes",
  table: CSV_FORM,
  records: [
    {
      kind: "voice-note",
      fields: { app: "app", durationS: "duration_s", file: "file", transcript: "transcript", transcriber: "transcriber" },
      constants: { listening: "transcribed" },
      at: { column: "at", format: "ymd", zone: "UTC" },
      parties: [
        { part: "sender", ids: [{ type: "phone", column: "from" }] },
        { part: "recipient", ids: [{ type: "phone", column: "to" }] },
      ],
    },
  ],
}

/** Writes one phone in its format, with its sheet and the transcripts of its voice notes. */
export async function writePhone(world: World, evidence: string, plan: PhonePlan, contents: Contents): Promise<FileCount[]> {
  const place = plan.class === "arrival" ? plan.launch.landing : plan.class === "shop" ? plan.launch.home : plan.launch.hub
  const rows = transcriptRows(contents, LANGUAGE_TAGS[plan.owners[0]!.language])
  const files: MaterialSheet["files"] = rows.length > 0 && !plan.unreadable ? { "transcripts.csv": { mapping: TRANSCRIPT_MAPPING } } : {}
  const folder = putSheet(evidence, plan.folder, phoneSheet(plan, place, files, contents.handset.extractedAt))
  if (plan.unreadable) return [writeUnreadable(world, folder, plan)]
  const counts = await writeFormat(world, folder, plan, contents)
  if (rows.length > 0)
    counts.push(
      countFor(`${plan.folder}/transcripts.csv`, { "voice-note": writeCsv(join(folder, "transcripts.csv"), TRANSCRIPT_HEADER, rows) }),
    )
  return counts
}

async function writeFormat(world: World, folder: string, plan: PhonePlan, contents: Contents): Promise<FileCount[]> {
  const name = plan.folder
  const rng = world.rng.fork(`ids/${name}`)
  switch (plan.format) {
    case "ufed-xml":
      return [writeUfed(join(folder, "report.xml"), `${name}/report.xml`, contents, rng)]
    case "ufdr": {
      const report = join(folder, "report.xml.part")
      const count = writeUfed(report, `${name}/${name}.ufdr`, contents, rng)
      await writeZip(join(folder, `${name}.ufdr`), [{ name: "report.xml", file: report }])
      rmSync(report)
      return [count]
    }
    case "android":
      return writeAndroid(folder, name, contents)
    case "ios":
      return writeIos(folder, name, contents)
    case "telegram-export":
      return [
        writeTelegram(join(folder, "result.json"), `${name}/result.json`, contents),
        writeVcards(join(folder, "contacts.vcf"), `${name}/contacts.vcf`, contents.cards),
      ]
    default:
      return writeWhatsappExport(folder, name, contents, rng)
  }
}

/** An image whose encryption nobody has opened: noise, for intake to keep and to say that it cannot read. */
function writeUnreadable(world: World, folder: string, plan: PhonePlan): FileCount {
  const rng = world.rng.fork(`noise/${plan.folder}`)
  const bytes = Buffer.alloc(32_768)
  for (let i = 0; i < bytes.length; i++) bytes[i] = rng.integer(0, 255)
  writeFileSync(join(folder, "image.bin"), bytes)
  return countFor(`${plan.folder}/image.bin`, {}, 1)
}

function transcriptRows(contents: Contents, language: string): Cell[][] {
  const rows: Cell[][] = []
  for (const chat of contents.chats)
    for (const line of chat.lines) {
      if (!line.voice?.transcript) continue
      const other = chat.others[line.from ?? 0]!.number
      const own = contents.owner.account
      const [from, to] = line.from === null ? [own, other] : [other, own]
      rows.push([
        new Date(line.at).toISOString().slice(0, 19).replace("T", " "),
        chat.app,
        from,
        chat.group ? (line.from === null ? "" : own) : to,
        line.voice.seconds,
        line.voice.file,
        line.voice.transcript,
        language,
        "translator 2",
      ])
    }
  return rows
}
