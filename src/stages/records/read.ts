import { type Content, type ExhibitRow, type ItemRow, type MemberReading, openExhibit, type Reading, updateReading } from "#evidence"
import type { Json } from "#journal"
import type { Progress, SegmentWriter, Store, Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import type { ImportContext, Importer, Material } from "./importer.ts"
import { IMPORTERS, importerOf, SHAPED, SHAPED_AT_MOST } from "./importers/list.ts"
import { sqliteCompanion } from "./importers/sqlite-companion.ts"
import { LAYOUT_VERSION } from "./layout.ts"
import { Normaliser, type Origin, RecordSink, type Tally } from "./writer.ts"

/** Exhibits are listed together once this many rows wait, so that small ones share files. */
const ROWS_PER_COMMIT = 250_000
const EXHIBITS_PER_COMMIT = 50

type Commit = <T>(note: Json, run: (tx: Tx) => Promise<T>) => Promise<T>

interface Done {
  exhibit: ExhibitRow
  state: ExhibitRow["state"]
  format: string | null
  version: number | null
  reading: Reading
}

/**
 * Reads sealed exhibits into records; `beside` are all exhibits of their items, read or not, because a file may need its
 * neighbour whenever it is read. Each batch of exhibits appears whole: its segments, its counts and its entry in one
 * commit; after a crash, exhibits still `sealed` are read again from the start.
 */
export async function readExhibits(
  store: Store,
  exhibits: readonly ExhibitRow[],
  beside: readonly ExhibitRow[],
  items: ReadonlyMap<string, ItemRow>,
  commit: Commit,
  progress: (p: Progress) => void,
  signal: AbortSignal,
): Promise<void> {
  const writer = await store.segments.writer()
  const byItem = Map.groupBy(beside, (e) => e.item)
  let neighbours: Neighbours | undefined
  let done: Done[] = []
  let rows = 0
  const flush = async () => {
    if (done.length === 0) return
    const batch = done
    const ids = batch.map((d) => d.exhibit.id)
    const version = `layout ${LAYOUT_VERSION}`
    const segments = await writer.finish(ids, version)
    await commit(
      { read: batch.map((d) => ({ exhibit: d.exhibit.id, format: d.format, read: d.reading.read, rejected: d.reading.rejected })) },
      async (tx) => {
        await store.segments.list(tx, segments)
        for (const d of batch) await updateReading(tx, d.exhibit.id, d.state, d.format, d.version, d.reading, new Date(store.clock()))
      },
    )
    done = []
    rows = 0
  }
  /** What importers broke on, by exhibit and file in it: kept, said, not read. */
  const broken = new Map<string, Map<string, string>>()
  let begun = 0
  try {
    for (let n = 0; n < exhibits.length; n++) {
      signal.throwIfAborted()
      const exhibit = exhibits[n]!
      const item = items.get(exhibit.item)
      if (!item) throw new Failure("unavailable.item-missing", "An exhibit's item is not to be found.", { at: exhibit.id })
      const tell = (counts: Record<string, number>) =>
        progress({
          fraction: n / exhibits.length,
          words: `Reading ${exhibit.name}`,
          counts: { exhibits: n, of: exhibits.length, ...counts },
        })
      tell({})
      if (neighbours?.item !== exhibit.item) {
        await neighbours?.close()
        neighbours = new Neighbours(store, exhibit.item, byItem.get(exhibit.item) ?? [])
      }
      try {
        const one = await readOne(
          store,
          writer,
          exhibit,
          item,
          neighbours,
          broken.get(exhibit.id) ?? new Map<string, string>(),
          signal,
          (t) => tell({ records: t.units, rejected: t.rejected }),
        )
        done.push(one)
        rows += one.reading.there
      } catch (error) {
        if (!(error instanceof ImporterBroke) || signal.aborted) throw error
        const faults = broken.get(exhibit.id) ?? new Map<string, string>()
        broken.set(exhibit.id, faults.set(error.file, error.message))
        // Half of the file may be in the writer: the batch is read again without it.
        writer.discard()
        done = []
        rows = 0
        n = begun - 1
        continue
      }
      // What is decided on device by device lies apart device by device, so that a decision rewrites no other one's rows.
      const next = exhibits[n + 1]
      const apart = next !== undefined && next.item !== exhibit.item && (exhibit.undecided || next.undecided)
      if (apart || rows >= ROWS_PER_COMMIT || done.length >= EXHIBITS_PER_COMMIT) {
        await flush()
        begun = n + 1
      }
    }
    await flush()
  } finally {
    writer.close()
    await neighbours?.close()
  }
}

/** The files of one item that may stand beside another of it, each opened once however many importers ask. */
class Neighbours {
  readonly item: string
  readonly #store: Store
  readonly #folders: Map<string, ExhibitRow[]>
  readonly #materials = new Map<string, Promise<Material[]>>()
  readonly #opened: { close(): Promise<void> }[] = []

  constructor(store: Store, item: string, exhibits: readonly ExhibitRow[]) {
    this.#store = store
    this.item = item
    this.#folders = Map.groupBy(exhibits, (e) => folderOf(e.path))
  }

  /** Everything in the exhibit's folder but itself. Containers are no files beside it: their members are beside each other. */
  async of(exhibit: ExhibitRow): Promise<Material[]> {
    const out: Material[] = []
    for (const other of this.#folders.get(folderOf(exhibit.path)) ?? [])
      if (other.id !== exhibit.id) out.push(...(await this.#materialsOf(other)))
    return out
  }

  async close(): Promise<void> {
    for (const opened of this.#opened.splice(0)) await opened.close()
  }

  #materialsOf(exhibit: ExhibitRow): Promise<Material[]> {
    let materials = this.#materials.get(exhibit.id)
    if (!materials) {
      materials = (async () => {
        const opened = await openExhibit(this.#store, exhibit)
        if (opened.container) {
          await opened.close()
          return []
        }
        this.#opened.push(opened)
        return materialsOf(opened.contents)
      })()
      this.#materials.set(exhibit.id, materials)
    }
    return materials
  }
}

const originOf = (exhibit: ExhibitRow, region: string | null): Origin => ({
  exhibit: exhibit.id,
  item: exhibit.item,
  accessClass: exhibit.access_class,
  scope: exhibit.undecided ? "undecided" : "in",
  region: region ?? undefined,
})

/** An importer broke on one file, which is the importer's fault. */
class ImporterBroke extends Error {
  readonly file: string

  constructor(file: string, cause: unknown) {
    super((cause as Error)?.message ?? String(cause), { cause })
    this.file = file
  }
}

const notItsOwn = (error: unknown): boolean =>
  (error instanceof Failure && (error.kind === "unavailable" || error.code.startsWith("invalid.mapping"))) ||
  typeof (error as NodeJS.ErrnoException | null)?.syscall === "string"

/** Lets an importer work; whatever it throws that is not the store's or the disk's fault is its own. */
async function guarded<T>(file: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (signal.aborted || notItsOwn(error)) throw error
    throw new ImporterBroke(file, error)
  }
}

async function readOne(
  store: Store,
  writer: SegmentWriter,
  exhibit: ExhibitRow,
  item: ItemRow,
  neighbours: Neighbours,
  faults: ReadonlyMap<string, string>,
  signal: AbortSignal,
  onCount: (t: Tally) => void,
): Promise<Done> {
  const origin = originOf(exhibit, item.region)
  const normaliser = new Normaliser(origin.region, item.id)
  const opened = await openExhibit(store, exhibit)
  try {
    const siblingsOf = async (content: Content): Promise<Material[]> => {
      const folder = folderOf(content.file || exhibit.path)
      return opened.container
        ? materialsOf(opened.contents.filter((c) => c !== content && sameTree(folderOf(c.file), folder)))
        : neighbours.of(exhibit)
    }
    const context: ImportContext = {
      region: item.region ?? undefined,
      zone: item.zone ?? undefined,
      mapping: exhibit.mapping ?? undefined,
      signal,
    }
    const total: Reading = { there: 0, read: {}, detail: {}, units: 0, rejected: 0, notes: [] }
    const members: MemberReading[] = []
    const formats = new Map<string, number>()
    let broke = false
    for (const content of opened.contents) {
      signal.throwIfAborted()
      const material = await materialOf(content, () => siblingsOf(content))
      const sink = new RecordSink(writer, origin, store.nodeKey, normaliser, material.file, onCount)
      const fault = faults.get(material.file)
      let importer: Importer | null = null
      if (fault === undefined) {
        await guarded(material.file, signal, async () => {
          importer = await importerFor(material, opened.container ? null : exhibit.forced, exhibit.forced)
          await importer?.read(material, sink, context)
          balanced(sink.tally)
        })
      } else {
        broke = true
        sink.seen(1)
        sink.reject({
          place: { file: material.file },
          code: "importer-broke",
          reason: `the importer broke on this file and nothing of it was read: ${fault}`,
        })
      }
      const reader = importer as Importer | null
      if (reader) formats.set(reader.id, reader.version)
      addTo(total, sink.tally)
      if (opened.container) {
        const { there, units, rejected } = sink.tally
        members.push({
          path: material.file,
          sha256: material.sha256,
          sizeBytes: material.sizeBytes,
          mediaType: material.mediaType,
          format: reader?.id ?? null,
          there,
          units,
          rejected,
        })
      }
    }
    if (opened.unopened.length > 0) {
      const sink = new RecordSink(writer, origin, store.nodeKey, normaliser, "")
      for (const u of opened.unopened) {
        sink.seen(1)
        sink.reject({ place: { file: u.path }, code: u.code, reason: u.reason })
      }
      addTo(total, sink.tally)
    }
    if (members.length > 0) total.members = members
    const format = [...formats.keys()].sort().join(", ") || null
    const state = format ? "read" : broke || opened.unopened.some((u) => u.path === "") ? "unreadable" : "unclaimed"
    return { exhibit, state, format, version: formats.size === 1 ? [...formats.values()][0]! : null, reading: total }
  } finally {
    await opened.close()
  }
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")))
/** In a container, attachments lie in folders below the report: those count as beside it. */
const sameTree = (folder: string, base: string): boolean => folder === base || base === "" || folder.startsWith(`${base}/`)

type Sealed = Material & { sha256: string; mediaType: string }

async function materialOf(content: Content, siblings: () => Promise<Material[]>): Promise<Sealed> {
  return {
    name: content.name,
    file: content.file,
    sizeBytes: content.sizeBytes,
    sha256: content.sha256,
    mediaType: content.mediaType,
    head: await content.head(),
    open: content.open,
    path: content.path,
    siblings,
  }
}

async function materialsOf(contents: readonly Content[]): Promise<Material[]> {
  const out: Material[] = []
  for (const content of contents) out.push(await materialOf(content, async () => []))
  return out
}

/** Read and rejected are what was there, or the importer counts wrongly. */
function balanced({ there, units, rejected }: Tally): void {
  if (there !== units + rejected) throw new Error(`it counted ${there} units and gave ${units} + ${rejected}`)
}

function addTo(total: Reading, tally: Tally): void {
  total.there += tally.there
  total.units += tally.units
  total.rejected += tally.rejected
  for (const [k, v] of Object.entries(tally.read)) total.read[k] = (total.read[k] ?? 0) + v
  for (const [k, v] of Object.entries(tally.detail)) total.detail[k] = (total.detail[k] ?? 0) + v
  total.notes.push(...tally.notes.filter((n) => !total.notes.includes(n)))
}

/** The importer that was asked for, or the one that is surest that the content is its own; null when nobody is. */
async function importerFor(material: Material, forced: string | null, wanted: string | null): Promise<Importer | null> {
  if (forced) return importerOf(forced)
  let best: { importer: Importer; confidence: number } | null = null
  for (const importer of IMPORTERS) {
    // Of an empty file only the name says something: a write-ahead log that was folded into its database.
    if (material.sizeBytes === 0 && importer !== sqliteCompanion) continue
    if (best && best.confidence >= SHAPED_AT_MOST && SHAPED.has(importer) && importer.id !== wanted) continue
    const claim = await importer.claim(material)
    const confidence = claim ? claim.confidence + (importer.id === wanted ? 1 : 0) : 0
    if (claim && confidence > (best?.confidence ?? 0)) best = { importer, confidence }
  }
  return best?.importer ?? null
}
