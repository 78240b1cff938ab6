import { createHash } from "node:crypto"
import { closeSync, createReadStream, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync } from "node:fs"
import { join } from "node:path"
import { pipeline } from "node:stream/promises"
import { Failure } from "#vocabulary/failure"
import { randomId } from "#vocabulary/ids"
import { createTable, type Engine, type Layout, literal, openEngine, openRows, type Rows, type Value } from "./engine.ts"
import type { Migration } from "./migrations.ts"
import type { Register, Tx } from "./register.ts"
import { syncFolder } from "./vault.ts"

/** Whether the rows of a segment may be used; only `in` reaches search, resolution and network. */
export type Scope = "in" | "undecided" | "sealed"

/** One Parquet file that the register lists. */
export interface Segment {
  id: string
  dataset: string
  accessClass: number
  scope: Scope
  path: string
  rows: number
  sizeBytes: number
  sha256: string
  version: string
  exhibits: string[]
}

/**
 * The manifest: which segment files exist. A file counts only when a committed row names it; `as of` a position is the set of
 * rows with `since <= position < until`.
 */
export interface Segments {
  /** A writer whose files are complete and durable, but unlisted, until `list` commits. */
  writer(options?: { memoryLimit?: string }): Promise<SegmentWriter>
  /** The rows of a query as one complete, durable, unlisted file; null when there are none. */
  fromQuery(
    engine: Engine,
    sql: string,
    facts: Pick<Segment, "dataset" | "accessClass" | "scope" | "exhibits" | "version">,
  ): Promise<Segment | null>
  /** Lists new files and retires old ones in the caller's transaction; returns the manifest position. */
  list(tx: Tx, segments: readonly Segment[], retire?: readonly string[]): Promise<number>
  /** Live segments of a dataset under the transaction's classes. */
  live(tx: Tx, filter: { dataset?: string; scope?: Scope; exhibits?: readonly string[]; asOf?: number }): Promise<Segment[]>
  /** The manifest's present position. */
  position(tx: Tx): Promise<number>
  /** Removes files that no row names. Only while nobody else works on the data folder. */
  sweep(): Promise<number>
}

export interface SegmentWriter {
  /** Rows of one dataset, class and scope go to one file. Values stand in the layout's order. Returns a promise only when the caller should wait before it appends more. */
  append(dataset: string, layout: Layout, accessClass: number, scope: Scope, values: readonly Value[]): Promise<void> | undefined
  /** Writes everything to files: aside, flushed to the disk, renamed. The writer is empty afterwards and can go on. */
  finish(exhibits: readonly string[], version: string): Promise<Segment[]>
  /** Forgets rows and files that were not finished. */
  discard(): void
  close(): void
}

/** `linchpin_sees(class)` is the second wall: every table with an access class has a policy that calls it. */
export const segmentMigrations: Migration[] = [
  {
    id: "0002-segments",
    sql: `
      create function linchpin_sees(class int) returns boolean language sql stable parallel safe as $$
        select case when current_setting('linchpin.classes', true) = '*' then true
                    when coalesce(current_setting('linchpin.classes', true), '') = '' then false
                    else class = any (current_setting('linchpin.classes', true)::int[]) end $$;
      create table segment (
        id text primary key, dataset text not null, access_class int not null, scope text not null check (scope in ('in','undecided','sealed')),
        path text not null unique, row_count bigint not null, size_bytes bigint not null, sha256 text not null, version text not null,
        exhibits text[] not null, since bigint not null, until bigint);
      create index segment_live on segment (dataset, scope) where until is null;
      create index segment_exhibits on segment using gin (exhibits);
      create table manifest_head (one boolean primary key default true check (one), position bigint not null);
      insert into manifest_head (position) values (0);
      alter table segment enable row level security;
      create policy segment_sight on segment using (linchpin_sees(access_class));
      grant select, insert on segment to linchpin_app; grant update (until) on segment to linchpin_app; grant select, update on manifest_head to linchpin_app;`,
  },
]

/** Rows wait in memory until this many are there; from then on they go straight to the engine. */
const ROWS_IN_HAND = 512
/** Above this many rows a file is closed and the next begun, so that memory stays flat. */
const ROWS_PER_FILE = 400_000

interface SegmentRow {
  id: string
  dataset: string
  access_class: number
  scope: Scope
  path: string
  row_count: string
  size_bytes: string
  sha256: string
  version: string
  exhibits: string[]
}

const fromRow = (r: SegmentRow): Segment => ({
  id: r.id,
  dataset: r.dataset,
  accessClass: r.access_class,
  scope: r.scope,
  path: r.path,
  rows: Number(r.row_count),
  sizeBytes: Number(r.size_bytes),
  sha256: r.sha256,
  version: r.version,
  exhibits: r.exhibits,
})

export function openSegments(dataFolder: string, register: Register): Segments {
  const root = join(dataFolder, "segments")
  const aside = join(root, "aside")
  mkdirSync(aside, { recursive: true, mode: 0o700 })
  return {
    writer: async (options = {}) =>
      new ParquetWriter(await openEngine(dataFolder, { memoryLimit: options.memoryLimit ?? "700MB" }), root, aside),
    fromQuery: async (engine, sql, facts) => {
      const file = await writeFileOf(engine, sql, aside)
      if (file.rows === 0) {
        rmSync(file.path)
        return null
      }
      return { ...facts, ...file, path: moveIn(root, facts.dataset, file) }
    },
    list: async (tx, segments, retire = []) => {
      const { rows } = await tx.query<{ position: string }>("update manifest_head set position = position + 1 returning position")
      const position = Number(rows[0]!.position)
      for (const s of segments)
        await tx.query(
          "insert into segment (id, dataset, access_class, scope, path, row_count, size_bytes, sha256, version, exhibits, since) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)",
          [s.id, s.dataset, s.accessClass, s.scope, s.path, s.rows, s.sizeBytes, s.sha256, s.version, s.exhibits, position],
        )
      if (retire.length > 0) {
        const done = await tx.query("update segment set until = $1 where id = any($2) and until is null", [position, retire])
        if (done.rowCount !== retire.length)
          throw new Failure("conflict.segment-retired", "Somebody else has already replaced one of these segments.", {
            hint: "Reload and try again.",
          })
      }
      return position
    },
    live: async (tx, { dataset, scope, exhibits, asOf }) => {
      const { rows } = await tx.query<SegmentRow>(
        `select * from segment where ($1::text is null or dataset = $1) and ($2::text is null or scope = $2) and ($3::text[] is null or exhibits && $3)
           and case when $4::bigint is null then until is null else since <= $4 and (until is null or until > $4) end order by since, id`,
        [dataset ?? null, scope ?? null, exhibits ?? null, asOf ?? null],
      )
      return rows.map(fromRow)
    },
    position: async (tx) => Number((await tx.query<{ position: string }>("select position from manifest_head")).rows[0]!.position),
    sweep: async () => {
      const known = new Set(
        await register.transaction(
          async (tx) => (await tx.query<{ path: string }>("select path from segment")).rows.map((r) => r.path),
          "all",
        ),
      )
      let swept = 0
      for (const folder of readdirSync(root))
        for (const file of readdirSync(join(root, folder))) {
          if (known.has(`segments/${folder}/${file}`)) continue
          rmSync(join(root, folder, file), { force: true, recursive: true })
          swept++
        }
      return swept
    },
  }
}

interface Part {
  dataset: string
  accessClass: number
  scope: Scope
  layout: Layout
  /** Rows that came while no table was open. */
  hand: (readonly Value[])[]
  open: OpenTable | null
  /** Pending while a table is being opened. */
  opening: Promise<void> | null
}

interface OpenTable {
  table: string
  into: Rows
  rows: number
}

type Finished = Omit<Segment, "exhibits" | "version">

class ParquetWriter implements SegmentWriter {
  readonly #engine: Engine
  readonly #root: string
  readonly #aside: string
  /** By dataset; a dataset has few classes and scopes. */
  #parts = new Map<string, Part[]>()
  #finished: Finished[] = []
  #tables = 0
  /** Engine work is done one after the other, whatever the caller awaits. */
  #work: Promise<void> = Promise.resolve()

  constructor(engine: Engine, root: string, aside: string) {
    this.#engine = engine
    this.#root = root
    this.#aside = aside
  }

  append(dataset: string, layout: Layout, accessClass: number, scope: Scope, values: readonly Value[]): Promise<void> | undefined {
    const part = this.#part(dataset, layout, accessClass, scope)
    if (part.open) {
      part.open.into.append(values)
      if (++part.open.rows < ROWS_PER_FILE) return undefined
      const full = part.open
      part.open = null
      return this.#after(() => this.#toFile(part, full))
    }
    part.hand.push(values)
    if (part.hand.length < ROWS_IN_HAND) return undefined
    part.opening ??= this.#after(() => this.#toEngine(part))
    return part.opening
  }

  async finish(exhibits: readonly string[], version: string): Promise<Segment[]> {
    for (const byClass of this.#parts.values())
      for (const part of byClass)
        await this.#after(async () => {
          if (!part.open && part.hand.length > 0) await this.#toEngine(part)
          const { open } = part
          part.open = null
          if (open) await this.#toFile(part, open)
        })
    this.#parts = new Map()
    const done = this.#finished.map((f) => ({ ...f, path: moveIn(this.#root, f.dataset, f), exhibits: [...exhibits], version }))
    this.#finished = []
    return done
  }

  discard(): void {
    for (const table of this.#forget()) void this.#after(() => this.#engine.exec(`drop table ${table}`)).catch(() => undefined)
  }

  close(): void {
    this.#forget()
    this.#engine.close()
  }

  /** Lets go of everything; what it gives are the tables that are left in the engine. */
  #forget(): string[] {
    const left: string[] = []
    for (const byClass of this.#parts.values())
      for (const part of byClass) {
        part.hand = []
        if (!part.open) continue
        part.open.into.close()
        left.push(part.open.table)
      }
    this.#parts = new Map()
    for (const { path } of this.#finished) rmSync(path, { force: true })
    this.#finished = []
    return left
  }

  #part(dataset: string, layout: Layout, accessClass: number, scope: Scope): Part {
    let byClass = this.#parts.get(dataset)
    if (!byClass) {
      byClass = []
      this.#parts.set(dataset, byClass)
    }
    for (const part of byClass) if (part.accessClass === accessClass && part.scope === scope) return part
    const part: Part = { dataset, accessClass, scope, layout, hand: [], open: null, opening: null }
    byClass.push(part)
    return part
  }

  #after(run: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(run)
    return this.#work
  }

  /** Opens a table for the part and puts into it what waits; nothing can come between the two. */
  async #toEngine(part: Part): Promise<void> {
    const table = `part_${this.#tables++}`
    await createTable(this.#engine, table, part.layout)
    const into = await openRows(this.#engine, table, part.layout)
    part.opening = null
    if (!this.#parts.get(part.dataset)?.includes(part)) {
      into.close()
      return this.#engine.exec(`drop table ${table}`)
    }
    for (const values of part.hand) into.append(values)
    part.open = { table, into, rows: part.hand.length }
    part.hand = []
  }

  async #toFile(part: Part, { table, into }: OpenTable): Promise<void> {
    into.close()
    const file = await writeFileOf(this.#engine, `select * from ${table}`, this.#aside)
    await this.#engine.exec(`drop table ${table}`)
    this.#finished.push({ ...file, dataset: part.dataset, accessClass: part.accessClass, scope: part.scope })
  }
}

type Written = Pick<Segment, "id" | "path" | "rows" | "sizeBytes" | "sha256">

/** Writes a query's rows to a file aside, flushed to the disk and hashed. */
async function writeFileOf(engine: Engine, sql: string, aside: string): Promise<Written> {
  const id = randomId("sg_")
  const path = join(aside, `${id}.parquet`)
  const [written] = await engine.all<{ Count: number }>(
    `copy (${sql}) to ${literal(path)} (format parquet, compression zstd, row_group_size 122880)`,
  )
  const handle = openSync(path, "r+")
  fsyncSync(handle)
  closeSync(handle)
  const hash = createHash("sha256")
  await pipeline(createReadStream(path), hash)
  return { id, path, rows: written!.Count, sizeBytes: statSync(path).size, sha256: hash.digest("hex") }
}

/** Gives a finished file its place; from now on it exists, and counts once a row lists it. */
function moveIn(root: string, dataset: string, file: Written): string {
  const folder = join(root, dataset)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  renameSync(file.path, join(folder, `${file.id}.parquet`))
  syncFolder(folder)
  return `segments/${dataset}/${file.id}.parquet`
}
