import { datasetKind, type Mounted, readFreeText, storedRecord } from "#records"
import { fill, type Layout, literal, type Segment, type Store, type Value } from "#store"
import { KINDS, type KindName } from "#vocabulary/kinds"
import { RELEASE } from "#vocabulary/release"
import { selfNamesIn } from "./attribution/self-names.ts"
import { actsOf, type TextReading } from "./conduct/acts-of.ts"

/** Raised when the same text would give other spans or acts. */
const READER = 7

/** Kinds that can say who did what, by their form or in their words. */
const READ: readonly KindName[] = [
  "message",
  "voice-note",
  "post",
  "account",
  "debrief",
  "intelligence-report",
  "event",
  "contact",
  "book-entry",
  "seizure",
  "customs",
  "journey-leg",
  "document-inspection",
]
/** What a text speaks of and somebody can be behind. */
const BEINGS = new Set(["name", "nickname", "title", "phone", "handle", "email", "wallet", "iban"])

const ACT: Layout = [
  ["record", "VARCHAR"],
  ["exhibit", "VARCHAR"],
  ["kind", "VARCHAR"],
  ["at_ms", "BIGINT"],
  ["actor_party", "INTEGER"],
  ["actor_column", "VARCHAR"],
  ["actor_start", "INTEGER"],
  ["actor_end", "INTEGER"],
  ["actor_type", "VARCHAR"],
  ["actor_norm", "VARCHAR"],
  ["toward_party", "INTEGER"],
  ["act", "VARCHAR"],
  ["stage", "INTEGER"],
  ["confidence", "INTEGER"],
  ["basis", "VARCHAR"],
  ["thread", "VARCHAR"],
  ["root", "VARCHAR"],
  ["grade", "VARCHAR"],
  ["quantity", "DOUBLE"],
  ["code", "VARCHAR"],
  ["rule", "VARCHAR"],
  ["words", "VARCHAR"],
]
const SPOKEN: Layout = [
  ["record", "VARCHAR"],
  ["exhibit", "VARCHAR"],
  ["kind", "VARCHAR"],
  ["at_ms", "BIGINT"],
  ["col", "VARCHAR"],
  ["start_at", "INTEGER"],
  ["end_at", "INTEGER"],
  ["type", "VARCHAR"],
  ["raw", "VARCHAR"],
  ["norm", "VARCHAR"],
  ["confidence", "DOUBLE"],
]
/** Who a writer says he is (`firm` or `loose`), and by what name he speaks to somebody (`hail`). */
const SELF: Layout = [
  ["record", "VARCHAR"],
  ["exhibit", "VARCHAR"],
  ["how", "VARCHAR"],
  ["name", "VARCHAR"],
]

/**
 * Reads the free text of every segment in the mounted sight, once per segment and reader, and mounts the answers as views `act`,
 * `spoken` and `self_said`. A segment never changes, so its reading is kept; new segments are read when they come.
 */
export async function mountReadings(
  store: Store,
  mounted: Mounted,
  regionOf: ReadonlyMap<string, string>,
  progress: (fraction: number, words: string) => void,
): Promise<void> {
  const segments = mounted.segments.filter((s) => {
    const kind = datasetKind(s.dataset)
    return kind !== null && READ.includes(kind)
  })
  const total = segments.reduce((n, s) => n + s.rows, 0)
  let done = 0
  const folders: string[] = []
  for (const segment of segments) {
    folders.push(
      await store.derived.folder(
        "reading",
        { segment: segment.sha256, reader: READER, release: RELEASE },
        (into) =>
          readSegment(store, segment, regionOf, into, (rows) =>
            progress((done + rows) / Math.max(1, total), `Reading texts (${done + rows} of ${total})`),
          ),
        [`segment:${segment.id}`],
      ),
    )
    done += segment.rows
  }
  const views = [
    ["act", ACT],
    ["spoken", SPOKEN],
    ["self_said", SELF],
  ] as const
  await mounted.engine.mount(views.map(([view, columns]) => ({ view, files: folders.map((f) => `${f}/${view}.parquet`), columns })))
}

async function readSegment(
  store: Store,
  segment: Segment,
  regionOf: ReadonlyMap<string, string>,
  into: string,
  onRows: (rows: number) => void,
): Promise<void> {
  const kind = datasetKind(segment.dataset)!
  const acts: Value[][] = []
  const spoken: Value[][] = []
  const self: Value[][] = []
  const engine = await store.engine({ memoryLimit: "600MB" })
  let rows = 0
  try {
    for await (const batch of engine.stream(`select * from read_parquet(${literal(`${store.folder}/${segment.path}`)})`)) {
      for (const row of batch) {
        const { id, exhibit, record } = storedRecord(kind, row)
        const at = record.at?.ms ?? null
        const fields = record.fields as Record<string, unknown>
        const texts: Record<string, TextReading> = {}
        const platform = typeof fields.app === "string" ? fields.app : typeof fields.platform === "string" ? fields.platform : undefined
        for (const column of KINDS[kind].freeText) {
          const text = fields[column]
          if (typeof text !== "string" || text.length < 2) continue
          const reading = readFreeText(text, { region: regionOf.get(exhibit), at, platform })
          texts[column] = reading
          for (const { name, firm } of selfNamesIn(text)) self.push([id, exhibit, firm ? "firm" : "loose", name])
          for (const s of reading.spans) if (s.addressed && s.type !== "title") self.push([id, exhibit, "hail", s.raw])
          for (const s of reading.spans)
            if (BEINGS.has(s.type) && !s.addressed)
              spoken.push([id, exhibit, kind, at, column, s.start, s.end, s.type, s.raw, s.norm, s.confidence])
        }
        for (const a of actsOf({ id, exhibit, record }, texts))
          acts.push([
            a.record,
            a.exhibit,
            a.kind,
            a.at,
            a.actorParty,
            a.actorColumn,
            a.actorStart,
            a.actorEnd,
            a.actorType,
            a.actorNorm,
            a.towardParty,
            a.act,
            a.stage,
            a.confidence,
            a.basis,
            a.thread,
            a.root,
            a.grade,
            a.quantity,
            a.code,
            a.rule,
            a.words,
          ])
      }
      rows += batch.length
      onRows(rows)
      // The text reader is one long computation: let the job's heartbeat and stop signal through.
      await new Promise((go) => setImmediate(go))
    }
    await fill(engine, "act_rows", ACT, acts)
    await fill(engine, "spoken_rows", SPOKEN, spoken)
    await fill(engine, "self_rows", SELF, self)
    await engine.exec(`copy act_rows to ${literal(`${into}/act.parquet`)} (format parquet, compression zstd)`)
    await engine.exec(`copy spoken_rows to ${literal(`${into}/spoken.parquet`)} (format parquet, compression zstd)`)
    await engine.exec(`copy self_rows to ${literal(`${into}/self_said.parquet`)} (format parquet, compression zstd)`)
  } finally {
    engine.close()
  }
}
