import { createHash } from "node:crypto"
import { closeSync, createReadStream, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { pipeline } from "node:stream/promises"
import { Failure } from "#vocabulary/failure"
import { randomId } from "#vocabulary/ids"
import { createTable, type Engine, type Engines, type Layout, literal, openRows, quoted, type Rows, type Value } from "./engine.ts"
import type { Migration } from "./migrations.ts"
import type { Classes, Register, Tx } from "./register.ts"
import { syncFolder } from "./vault.ts"

/**
 * Whether the rows of a segment may be used; only `in` reaches search, resolution and network. `sealed`: decided to be out of scope;
 * `apart`: privileged, medical, of an asylum claim or of a child, which no rule ever moves.
 */
export type Scope = "in" | "undecided" | "sealed" | "apart"

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
  live(
    tx: Tx,
    filter: { dataset?: string; scope?: Scope | readonly Scope[]; exhibits?: readonly string[]; asOf?: number },
  ): Promise<Segment[]>
  /** Every file under the transaction's classes, retired ones included; of these exhibits, or all. */
  every(tx: Tx, exhibits?: readonly string[]): Promise<Segment[]>
  /** The manifest's present position. */
  position(tx: Tx): Promise<number>
  /**
   * Writes every file anew, live or retired, that holds a row which must go, without it; nothing is listed yet. `engine` must hold
   * whatever tables the conditions speak of. `dry` only counts.
   */
  rewriteWithout(engine: Engine, loss: Loss, classes: Classes, options?: { dry?: boolean }): Promise<Rewriting>
  /**
   * Puts the rewritten files in the place of the old ones in the caller's transaction, which must show their classes: same span of
   * positions, so that the past shows the rows no more either. The old files stay on the disk until `removeReplaced`; `heldBy`
   * keeps them over a restart for whoever has still to read what went. Throws `conflict.segment-replaced`.
   */
  replace(tx: Tx, rewriting: Rewriting, heldBy?: string): Promise<number>
  /** Old files that wait for removal under that name, by path. */
  replaced(tx: Tx, heldBy: string): Promise<{ path: string; dataset: string }[]>
  /** Removes old files for good: those held by that name, or those that nobody holds. Can be repeated. */
  removeReplaced(heldBy?: string): Promise<number>
  /** Removes files that no row names. Only while nobody else writes segments: that is in a job, or while the folder is opened alone. */
  sweep(): Promise<number>
}

/** Which rows go, and what becomes of others. */
export interface Loss {
  /** Files that name one of these are looked at. */
  exhibits: readonly string[]
  /** Only files of this scope. */
  scope?: Scope
  /** Condition on the columns of a dataset's file, which is `s`, for rows that go; null for none. */
  rows: (dataset: string) => string | null
  /** Rows that stay in another form: a condition, and an expression for each column that changes in them. */
  altered?: (dataset: string) => { where: string; columns: Readonly<Record<string, string>> } | null
  /** Of these exhibits nothing is left: files name them no more. */
  gone?: readonly string[]
}

/** Files written anew, and what they replace. */
export interface Rewriting {
  replaced: Segment[]
  fresh: (Segment & { instead: string })[]
  gone: readonly string[]
  /** Rows that go and rows that change, by dataset, as they stand now. */
  lost: Record<string, number>
  altered: Record<string, number>
  /** The same in files that only the past shows; a row counts once for each. */
  past: number
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
  {
    id: "0701-segments-replaced",
    // What the law orders destroyed is destroyed, also in files that only the past shows.
    sql: `
      create table segment_replaced (path text primary key, dataset text not null, held_by text);
      grant select, insert, delete on segment_replaced to linchpin_app;
      grant delete, update (exhibits) on segment to linchpin_app;`,
  },
  {
    id: "0706-segments-replaced-by-name",
    // A file leaves the manifest in one way: as one that was replaced, by whoever sees its class.
    sql: `
      revoke delete on segment from linchpin_app;
      revoke insert on segment_replaced from linchpin_app;
      create function linchpin_replace(ids text[], held text) returns table (path text, dataset text) language sql security definer as $$
        with gone as (delete from segment s where s.id = any (ids) and linchpin_sees(s.access_class) returning s.path, s.dataset)
        insert into segment_replaced (path, dataset, held_by) select gone.path, gone.dataset, held from gone returning segment_replaced.path, segment_replaced.dataset
      $$ set search_path from current;`,
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

export function openSegments(dataFolder: string, register: Register, engines: Engines): Segments {
  const root = join(dataFolder, "segments")
  const aside = join(root, "aside")
  mkdirSync(aside, { recursive: true, mode: 0o700 })
  return {
    writer: async (options = {}) => new ParquetWriter(await engines.open({ memoryLimit: options.memoryLimit ?? "700MB" }), root, aside),
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
        `select * from segment where ($1::text is null or dataset = $1) and ($2::text[] is null or scope = any($2)) and ($3::text[] is null or exhibits && $3)
           and case when $4::bigint is null then until is null else since <= $4 and (until is null or until > $4) end order by since, dataset, scope, sha256, id`,
        [dataset ?? null, scope === undefined ? null : typeof scope === "string" ? [scope] : scope, exhibits ?? null, asOf ?? null],
      )
      return rows.map(fromRow)
    },
    position: async (tx) => Number((await tx.query<{ position: string }>("select position from manifest_head")).rows[0]!.position),
    every: async (tx, exhibits) =>
      (
        await tx.query<SegmentRow>("select * from segment where $1::text[] is null or exhibits && $1 order by since, id", [
          exhibits ?? null,
        ])
      ).rows.map(fromRow),
    rewriteWithout: async (engine, loss, classes, { dry = false } = {}) => {
      const looked = await register.transaction(
        async (tx) =>
          (
            await tx.query<SegmentRow & { until: string | null }>(
              "select * from segment where exhibits && $1 and ($2::text is null or scope = $2) order by since, id",
              [loss.exhibits, loss.scope ?? null],
            )
          ).rows,
        classes,
      )
      const out: Rewriting = { replaced: [], fresh: [], gone: loss.gone ?? [], lost: {}, altered: {}, past: 0 }
      const at: Ground = { engine, dataFolder, root, aside, dry }
      for (const row of looked) await rewrite(at, fromRow(row), row.until !== null, loss, out)
      return out
    },
    replace: async (tx, { replaced, fresh, gone }, heldBy) => {
      const { rows } = await tx.query<{ position: string }>("update manifest_head set position = position + 1 returning position")
      for (const f of fresh)
        await tx.query(
          `insert into segment (id, dataset, access_class, scope, path, row_count, size_bytes, sha256, version, exhibits, since, until)
           select $1, dataset, access_class, scope, $2, $3, $4, $5, version, $6, since, until from segment where id = $7`,
          [f.id, f.path, f.rows, f.sizeBytes, f.sha256, f.exhibits, f.instead],
        )
      const done = await tx.query("select * from linchpin_replace($1, $2)", [replaced.map((s) => s.id), heldBy ?? null])
      if (done.rowCount !== replaced.length)
        throw new Failure("conflict.segment-replaced", "Somebody else has already written one of these segments anew.", {
          hint: "Try again: what is there now is looked at.",
        })
      if (gone.length > 0)
        await tx.query(
          "update segment set exhibits = array(select e from unnest(exhibits) e where e <> all($1) order by e) where exhibits && $1",
          [gone],
        )
      return Number(rows[0]!.position)
    },
    replaced: async (tx, heldBy) =>
      (
        await tx.query<{ path: string; dataset: string }>("select path, dataset from segment_replaced where held_by = $1 order by path", [
          heldBy,
        ])
      ).rows,
    removeReplaced: (heldBy) => removeReplaced(register, dataFolder, heldBy),
    sweep: async () => {
      await removeReplaced(register, dataFolder)
      const known = new Set(
        await register.transaction(
          async (tx) =>
            (await tx.query<{ path: string }>("select path from segment union all select path from segment_replaced")).rows.map(
              (r) => r.path,
            ),
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

interface Ground {
  engine: Engine
  dataFolder: string
  root: string
  aside: string
  dry: boolean
}

/** Writes one file anew if a row of it goes or changes, and counts both. */
async function rewrite(at: Ground, segment: Segment, retired: boolean, loss: Loss, out: Rewriting): Promise<void> {
  const { engine, dataFolder, root, aside } = at
  const { dataset } = segment
  const goes = loss.rows(dataset) ?? "false"
  const other = loss.altered?.(dataset) ?? null
  const changes = other ? `((${goes}) is not true and (${other.where}) is true)` : "false"
  const source = `read_parquet(${literal(join(dataFolder, segment.path))}) s`
  const [count] = await engine.all<{ lost: number; altered: number }>(
    `select count(*) filter (where (${goes}) is true) as lost, count(*) filter (where ${changes}) as altered from ${source}`,
  )
  const { lost, altered } = count!
  if (lost === 0 && altered === 0) return
  if (retired) out.past += lost + altered
  else {
    if (lost > 0) out.lost[dataset] = (out.lost[dataset] ?? 0) + lost
    if (altered > 0) out.altered[dataset] = (out.altered[dataset] ?? 0) + altered
  }
  const columns = Object.entries(other?.columns ?? {}).map(
    ([name, expression]) => `case when ${changes} then ${expression} else ${quoted(name)} end as ${quoted(name)}`,
  )
  out.replaced.push(segment)
  if (lost === segment.rows || at.dry) return
  const file = await writeFileOf(
    engine,
    `select * ${columns.length > 0 ? `replace (${columns.join(", ")})` : ""} from ${source} where (${goes}) is not true`,
    aside,
  )
  const exhibits = segment.exhibits.filter((e) => !out.gone.includes(e))
  out.fresh.push({ ...segment, ...file, path: moveIn(root, dataset, file), exhibits, instead: segment.id })
}

async function removeReplaced(register: Register, dataFolder: string, heldBy?: string): Promise<number> {
  const { rows } = await register.read.query<{ path: string }>(
    "select path from segment_replaced where held_by is not distinct from $1 order by path",
    [heldBy ?? null],
  )
  for (const { path } of rows) rmSync(join(dataFolder, path), { force: true })
  for (const folder of new Set(rows.map((r) => dirname(join(dataFolder, r.path))))) if (existsSync(folder)) syncFolder(folder)
  await register.read.query("delete from segment_replaced where path = any($1)", [rows.map((r) => r.path)])
  return rows.length
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
