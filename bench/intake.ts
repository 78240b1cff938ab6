/**
 * Importers beside the bare parser of their format, in one run on one generated file each: `node bench/intake.ts [--mb N] [--runs N]
 * [--formats csv,ufed-xml,whatsapp-text,sqlite,json-lines]`. One JSON line per format: records and megabytes a second of the parser alone
 * (`raw`), of the importer into a sink that only counts (`importer`), of the importer with normal forms, ids and segment files (`written`),
 * and of intake as a user asks for it, sealing and register included (`intake`); medians over the runs, the three kinds in turn within
 * each run. A ratio is the parser's time over ours: 0.5 is half the parser's speed.
 */
import { createHash } from "node:crypto"
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs"
import { open } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { DatabaseSync } from "node:sqlite"
import { Readable } from "node:stream"
import { finished } from "node:stream/promises"
import { setTimeout as wait } from "node:timers/promises"
import { parseArgs } from "node:util"
import Papa from "papaparse"
import { SaxesParser } from "saxes"
import { openApp } from "#app"
import { rng } from "#kernels"
import type { Material, Sink } from "../src/stages/records/importer.ts"
import { importerOf } from "../src/stages/records/importers/list.ts"
import { Normaliser, RecordSink } from "../src/stages/records/writer.ts"

const { values: flags } = parseArgs({
  options: {
    mb: { type: "string", default: "20" },
    runs: { type: "string", default: "3" },
    formats: { type: "string", default: "csv,ufed-xml,whatsapp-text,sqlite,json-lines" },
  },
})
const bytesWanted = Number(flags.mb) * 1e6
const runs = Number(flags.runs)
const scratch = mkdtempSync(join(tmpdir(), "linchpin-intake-"))

const NAMES = ["Azad", "کاروان ئەحمەد", "Rêbîn", "حمه", "Sara K.", "Joe's Cars", "Zana", "آزاد"]
const WORDS = "boat tomorrow ئەمشەو money paid 500 € Dunkirk کاتژمێر ten people ready wait call me later باشە".split(" ")

/** Numbers that nobody has: Ofcom's range for drama, and Germany's. */
const phone = (r: Random) => (r.int(4) === 0 ? `+4930${23125000 + r.int(1000)}` : `+447700${900000 + r.int(1000)}`)
type Random = ReturnType<typeof rng>
const text = (r: Random) => Array.from({ length: 4 + r.int(14) }, () => WORDS[r.int(WORDS.length)]!).join(" ")
const when = (r: Random, n: number) => new Date(Date.UTC(2024, 0, 1) + n * 61_000 + r.int(50_000))

interface Format {
  id: string
  file: string
  importer: string
  /** Writes about so many bytes. */
  write(path: string, random: Random): Promise<void>
  /** The parser alone over the whole file; how much it met. */
  raw(path: string): Promise<number>
}

/** Lines into a file until it is as large as asked for. */
async function writeLines(path: string, head: string, line: (n: number) => string, tail = ""): Promise<void> {
  const out = createWriteStream(path)
  let written = 0
  let held = head
  for (let n = 0; written < bytesWanted; n++) {
    held += line(n)
    if (held.length < 1 << 16) continue
    written += Buffer.byteLength(held)
    if (!out.write(held)) await new Promise((go) => out.once("drain", () => go(undefined)))
    held = ""
  }
  out.end(held + tail)
  await finished(out)
}

const stream = (path: string, range?: { start: number; end: number }) =>
  createReadStream(path, { highWaterMark: 1 << 20, ...(range ? { start: range.start, end: range.end - 1 } : {}) })

const field = (name: string, type: string, value: string) =>
  `<field name="${name}" type="${type}"><value type="${type}"><![CDATA[${value}]]></value></field>\n`

const FORMATS: readonly Format[] = [
  {
    id: "csv",
    file: "calls.csv",
    importer: "table",
    write: (path, r) =>
      writeLines(path, "Date,Time,Caller,Callee,Duration (s),Direction,Cell ID,Remark\n", (n) => {
        const at = when(r, n).toISOString()
        return `${at.slice(0, 10)},${at.slice(11, 19)},${phone(r)},${phone(r)},${r.int(900)},${r.int(2) ? "in" : "out"},${r.int(60_000)},"${text(r)}"\n`
      }),
    raw: (path) =>
      new Promise((done, fail) => {
        let rows = 0
        Papa.parse(stream(path), {
          chunk: (part: Papa.ParseResult<unknown>) => {
            rows += part.data.length
          },
          complete: () => done(rows),
          error: fail,
        })
      }),
  },
  {
    id: "ufed-xml",
    file: "report.xml",
    importer: "ufed-xml",
    write: (path, r) =>
      writeLines(
        path,
        `<?xml version="1.0" encoding="utf-8"?>\n<project id="b" name="Bench" reportVersion="5.0.0.0" xmlns="http://pa.cellebrite.com/report/2.0">\n<decodedData><modelType type="InstantMessage">\n`,
        (n) =>
          `<model type="InstantMessage" id="m-${n}" deleted_state="Intact" decoding_confidence="High">\n${field("Source", "String", "WhatsApp")}${field("Body", "String", text(r))}<field name="TimeStamp" type="TimeStamp"><value type="TimeStamp">${when(r, n).toISOString().slice(0, 19)}+00:00</value></field>\n<modelField name="From" type="Party"><model type="Party" id="f-${n}">\n${field("Identifier", "String", phone(r))}${field("Name", "String", NAMES[r.int(8)]!)}</model></modelField>\n<multiModelField name="To" type="Party"><model type="Party" id="t-${n}">\n${field("Identifier", "String", phone(r))}</model></multiModelField>\n</model>\n`,
        "</modelType></decodedData></project>\n",
      ),
    raw: async (path) => {
      let models = 0
      const parser = new SaxesParser({ xmlns: false, position: false })
      parser.on("opentag", (tag) => {
        if (tag.name === "model" && tag.attributes.type === "InstantMessage") models++
      })
      const source = stream(path)
      source.setEncoding("utf8")
      for await (const part of source) parser.write(part as string)
      parser.close()
      return models
    },
  },
  {
    id: "whatsapp-text",
    file: "WhatsApp Chat with Azad.txt",
    importer: "whatsapp-text",
    write: (path, r) =>
      writeLines(path, "", (n) => {
        const at = when(r, n)
        const day = `${String(at.getUTCDate()).padStart(2, "0")}/${String(at.getUTCMonth() + 1).padStart(2, "0")}/${at.getUTCFullYear()}`
        return `${day}, ${at.toISOString().slice(11, 16)} - ${r.int(3) ? NAMES[r.int(8)] : phone(r)}: ${text(r)}\n`
      }),
    raw: async (path) => {
      let rows = 0
      for await (const line of createInterface({ input: stream(path), crlfDelay: Number.POSITIVE_INFINITY }))
        if (/^\d\d\/\d\d\/\d{4}, \d\d:\d\d - ([^:]+): (.*)$/.test(line)) rows++
      return rows
    },
  },
  {
    id: "sqlite",
    file: "mmssms.db",
    importer: "android-sms",
    write: async (path, r) => {
      const db = new DatabaseSync(path)
      db.exec(
        "create table sms (_id integer primary key, thread_id integer, address text, date integer, read integer, type integer, body text); create table threads (_id integer primary key, recipient_ids text); create table canonical_addresses (_id integer primary key, address text); begin",
      )
      const insert = db.prepare("insert into sms values (?,?,?,?,?,?,?)")
      for (let n = 0, bytes = 0; bytes < bytesWanted; n++) {
        const body = text(r)
        bytes += Buffer.byteLength(body) + 40
        insert.run(n + 1, 1 + r.int(300), phone(r), when(r, n).getTime(), r.int(2), 1 + r.int(2), body)
      }
      db.exec("commit")
      db.close()
    },
    raw: async (path) => {
      const db = new DatabaseSync(path, { readOnly: true })
      let rows = 0
      for (const _ of db.prepare("select * from sms").iterate()) rows++
      db.close()
      return rows
    },
  },
  {
    id: "json-lines",
    file: "messages.jsonl",
    importer: "json-lines",
    write: (path, r) =>
      writeLines(
        path,
        "",
        (n) =>
          `${JSON.stringify({ id: n, sent_at: when(r, n).toISOString(), sender: { phone: phone(r), name: NAMES[r.int(8)] }, recipient: { phone: phone(r) }, body: text(r) })}\n`,
      ),
    raw: async (path) => {
      let rows = 0
      for await (const line of createInterface({ input: stream(path), crlfDelay: Number.POSITIVE_INFINITY })) if (JSON.parse(line)) rows++
      return rows
    },
  },
]

async function materialAt(path: string, name: string): Promise<Material> {
  const sizeBytes = statSync(path).size
  const head = Buffer.alloc(Math.min(65_536, sizeBytes))
  const file = await open(path)
  await file.read(head, 0, head.length, 0)
  await file.close()
  return {
    name,
    file: "",
    sizeBytes,
    head,
    open: (range) => (range && range.end <= range.start ? Readable.from([]) : stream(path, range)),
    path: async () => path,
    siblings: async () => [],
  }
}

/** Takes everything and keeps nothing. */
function counter(): Sink & { records: number; rejected: number } {
  const sink = {
    records: 0,
    rejected: 0,
    seen: () => undefined,
    record: () => {
      sink.records++
      return undefined
    },
    also: () => undefined,
    reject: () => {
      sink.rejected++
    },
    note: () => undefined,
  }
  return sink
}

const median = (of: readonly number[]): number => [...of].sort((a, b) => a - b)[of.length >> 1]!
const round = (x: number) => Number(x.toPrecision(3))
const data = join(scratch, "data")
const app = await openApp({ folder: data, worker: false })

async function timed(run: () => Promise<number>): Promise<{ seconds: number; count: number }> {
  const start = performance.now()
  const count = await run()
  return { seconds: (performance.now() - start) / 1000, count }
}

/** The importer into segment files, as reading does it. */
async function written(format: Format, path: string, name: string): Promise<number> {
  const writer = await app.store.segments.writer()
  try {
    const exhibit = `ex_${createHash("sha256").update(path).digest("hex").slice(0, 20)}`
    const origin = { exhibit, item: "it_bench", accessClass: 1, scope: "in" as const, region: undefined }
    const sink = new RecordSink(writer, origin, app.store.nodeKey, new Normaliser(undefined, "it_bench"), "")
    const signal = new AbortController().signal
    await importerOf(format.importer).read(await materialAt(path, name), sink, {
      region: undefined,
      zone: undefined,
      mapping: undefined,
      signal,
    })
    await writer.finish([exhibit], "bench")
    return sink.tally.units
  } finally {
    writer.close()
  }
}

/** What a user asks for, done here instead of in a worker. */
async function intake(path: string, importer: string): Promise<number> {
  const answer = await app.gate.invoke("records.intake", {
    input: { paths: [path], investigation: "bench", authority: "bench", grade: "A1", handling: "P", as: importer },
    caller: app.caller!,
  })
  if (answer.shape !== "job") throw new Error("intake is no job")
  const ending = new AbortController()
  const handler = app.gate.handlers["records.intake"]!
  const working = app.store.jobs.work({ "records.intake": handler }, ending.signal)
  while (!(await app.store.jobs.get(answer.job))?.finishedAt) await wait(20)
  ending.abort()
  await working
  const job = (await app.store.jobs.get(answer.job))!
  const result = job.result as { files: { read: Record<string, number> }[] } | null
  if (!result) throw new Error(JSON.stringify(job.failure))
  return result.files.flatMap((f) => Object.values(f.read)).reduce((a, b) => a + b, 0)
}

try {
  for (const format of FORMATS.filter((f) => flags.formats.split(",").includes(f.id))) {
    const times: Record<"raw" | "importer" | "written" | "intake", number[]> = { raw: [], importer: [], written: [], intake: [] }
    let records = 0
    let megabytes = 0
    for (let run = 0; run < runs; run++) {
      // Each run has bytes of its own: what is already held would not be sealed again.
      const path = join(scratch, `${run} ${format.file}`)
      await format.write(path, rng(run + 1))
      readFileSync(path)
      megabytes = statSync(path).size / 1e6
      const raw = await timed(() => format.raw(path))
      const sink = counter()
      const signal = new AbortController().signal
      const material = await materialAt(path, format.file)
      const bare = await timed(async () => {
        await importerOf(format.importer).read(material, sink, { region: undefined, zone: undefined, mapping: undefined, signal })
        return sink.records
      })
      const full = await timed(() => written(format, path, format.file))
      const whole = await timed(() => intake(path, format.importer))
      times.raw.push(raw.seconds)
      times.importer.push(bare.seconds)
      times.written.push(full.seconds)
      times.intake.push(whole.seconds)
      records = bare.count
      rmSync(path)
      if (Math.abs(raw.count - bare.count) > 1 || sink.rejected > 0)
        throw new Error(`${format.id}: the parser met ${raw.count}, the importer gave ${bare.count} and rejected ${sink.rejected}`)
    }
    const base = median(times.raw)
    const line: Record<string, unknown> = { format: format.id, megabytes: round(megabytes), records, runs }
    for (const kind of ["raw", "importer", "written", "intake"] as const) {
      const seconds = median(times[kind])
      line[kind] = {
        seconds: round(seconds),
        recordsPerSecond: Math.round(records / seconds),
        mbPerSecond: round(megabytes / seconds),
        ...(kind === "raw" ? {} : { ratio: round(base / seconds) }),
      }
    }
    line.peakMb = Math.round(process.resourceUsage().maxRSS / 1024)
    process.stdout.write(`${JSON.stringify(line)}\n`)
  }
} finally {
  await app.close()
  rmSync(scratch, { recursive: true, force: true })
}
