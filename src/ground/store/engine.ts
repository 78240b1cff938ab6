import { randomBytes } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs"
import { join, resolve } from "node:path"
import { type DuckDBAppender, type DuckDBConnection, DuckDBInstance, DuckDBListValue, type DuckDBValue } from "@duckdb/node-api"

/** A value that comes back from the engine: bigints as numbers (all counts and times here are below 2^53), lists as arrays. */
export type Cell = string | number | boolean | null | Cell[] | { [key: string]: Cell }
export type Row = Record<string, Cell>

/** Engine types that a table or segment may hold. Times are BIGINT, UTC milliseconds. */
export type SegmentType = "VARCHAR" | "BIGINT" | "INTEGER" | "DOUBLE" | "BOOLEAN"
export type Value = string | number | boolean | null | undefined
/** Columns in order. */
export type Layout = readonly (readonly [string, SegmentType])[]

/** One DuckDB in memory over Parquet files below the data folder: reads nothing else and cannot be told to. */
export interface Engine {
  exec(sql: string, values?: DuckDBValue[]): Promise<void>
  all<R extends Row = Row>(sql: string, values?: DuckDBValue[]): Promise<R[]>
  /** Rows in batches, without holding them all. */
  stream<R extends Row = Row>(sql: string, values?: DuckDBValue[]): AsyncGenerator<R[]>
  /** Views over segment files; without a file, empty ones with the declared columns. */
  mount(views: readonly View[]): Promise<void>
  /** The connection itself, for appenders and scalar functions. */
  readonly connection: DuckDBConnection
  close(): void
}

/** A view by its name, with the files below the data folder that it shows and their columns. */
export interface View {
  view: string
  files: readonly string[]
  columns: readonly (readonly [string, string])[]
}

export interface EngineOptions {
  memoryLimit?: string
  /** Rows that it is to read, where that is known. */
  rows?: number
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

function plain(value: unknown): Cell {
  if (typeof value === "bigint") return Number(value)
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof DuckDBListValue) return value.items.map(plain)
  return value as Cell
}

/** A database in memory with its configuration locked; what an engine makes in it goes with the engine's connection. */
interface Workbench {
  kind: string
  instance: DuckDBInstance
  spill: string
  /** Empty views that stand in it for every connection, with their columns. */
  empty: Map<string, string>
}

/** Engines over one data folder. A database takes longer to open than a small piece of work, so that the next engine of its kind gets it. */
export interface Engines {
  /** An engine that may touch files below the data folder only, spills to a folder of its own there, and cannot be reconfigured. */
  open(options?: EngineOptions): Promise<Engine>
  /** Ends the databases that wait; those in use end with their engines. */
  close(): void
}

/** Databases that wait for the next engine, at most, and what one may still hold. */
const WAITING = 4
const LEFT_BYTES = 1 << 24
/** Up to so many rows a second thread costs more than it gains. */
const FEW_ROWS = 5_000

export function openEngines(dataFolder: string): Engines {
  const root = resolve(dataFolder)
  let waiting: Workbench[] = []
  let closed = false
  const leave = (bench: Workbench, clean: boolean): void => {
    // What spilled, broke or was left in the middle is not handed on.
    if (!closed && clean && existsSync(bench.spill) && readdirSync(bench.spill).length === 0) waiting.push(bench)
    else endBench(bench)
    if (waiting.length > WAITING) endBench(waiting.shift()!)
  }
  return {
    open: async (options = {}) => {
      const { memoryLimit = "1500MB", rows } = options
      const threads = rows !== undefined && rows <= FEW_ROWS ? 1 : 2
      const kind = `${memoryLimit} ${threads}`
      const next = waiting.findLast((bench) => bench.kind === kind)
      waiting = waiting.filter((bench) => bench !== next)
      const there = next && (await cleared(next))
      const bench = there ? next : await openBench(root, kind, memoryLimit, threads)
      const connection = there ?? (await bench.instance.connect())
      return engineOn(bench, connection, root, (clean) => leave(bench, clean))
    },
    close: () => {
      closed = true
      for (const bench of waiting) endBench(bench)
      waiting = []
    },
  }
}

async function openBench(root: string, kind: string, memoryLimit: string, threads: number): Promise<Workbench> {
  const spill = join(root, "tmp", `engine-${process.pid}-${randomBytes(6).toString("hex")}`)
  mkdirSync(spill, { recursive: true, mode: 0o700 })
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: memoryLimit,
    threads: String(threads),
    temp_directory: spill,
    preserve_insertion_order: "true",
  })
  const connection = await instance.connect()
  // No page of a file outlives the engine that read it.
  await connection.run(
    `set global timezone = 'UTC'; set enable_external_file_cache = false; set allowed_directories = [${literal(`${root}/`)}];
     set enable_external_access = false; set lock_configuration = true`,
  )
  connection.closeSync()
  return { kind, instance, spill, empty: new Map() }
}

/** A connection, if nothing of the work before is held any more: what was read in part is let go of late. Else the database ends. */
async function cleared(bench: Workbench): Promise<DuckDBConnection | null> {
  const connection = await bench.instance.connect()
  const reader = await connection.runAndReadAll("select coalesce(sum(memory_usage_bytes), 0)::double as held from duckdb_memory()")
  if (Number(reader.getRowsJS()[0]![0]) <= LEFT_BYTES) return connection
  connection.closeSync()
  endBench(bench)
  return null
}

function endBench({ instance, spill }: Workbench): void {
  instance.closeSync()
  rmSync(spill, { recursive: true, force: true })
}

function engineOn(bench: Workbench, connection: DuckDBConnection, root: string, leave: (clean: boolean) => void): Engine {
  /** Statements and streams that have not ended well. */
  let open = 0
  const whole = async <T>(work: () => Promise<T>): Promise<T> => {
    open++
    const out = await work()
    open--
    return out
  }
  let ended = false
  const mounted = new Set<string>()
  return {
    connection,
    exec: (sql, values) => whole(async () => void (await connection.run(sql, values))),
    all: <R extends Row>(sql: string, values?: DuckDBValue[]) =>
      whole(async () => {
        const reader = await connection.runAndReadAll(sql, values)
        const names = reader.columnNames()
        return reader.getRowsJS().map((row) => Object.fromEntries(row.map((v, i) => [names[i]!, plain(v)])) as R)
      }),
    stream: async function* <R extends Row>(sql: string, values?: DuckDBValue[]) {
      open++
      const result = await connection.stream(sql, values)
      const names = result.columnNames()
      for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
        const columns = names.map((_, i) => chunk.getColumnValues(i))
        const rows: R[] = []
        for (let r = 0; r < chunk.rowCount; r++) rows.push(Object.fromEntries(names.map((n, i) => [n, plain(columns[i]![r])])) as R)
        yield rows
      }
      open--
    },
    mount: (views) =>
      whole(async () => {
        const statements: string[] = []
        for (const { view, files, columns } of views) {
          const empty = `select ${columns.map(([name, type]) => `cast(null as ${type}) as ${quoted(name)}`).join(", ")} where false`
          if (files.length > 0) {
            const listed = files.map((f) => literal(resolve(root, f))).join(", ")
            statements.push(
              `create or replace temp view ${quoted(view)} as select ${columns.map(([n]) => quoted(n)).join(", ")} from (${empty} union all by name select * from read_parquet([${listed}], union_by_name = true))`,
            )
            mounted.add(view)
          } else if (mounted.has(view)) statements.push(`create or replace temp view ${quoted(view)} as ${empty}`)
          // Without a file a view shows nothing of this piece of work: it may stay for the next. A temporary one of its name is found first.
          else if (bench.empty.get(view) !== empty) {
            statements.push(`create or replace view main.${quoted(view)} as ${empty}`)
            bench.empty.set(view, empty)
          }
        }
        if (statements.length > 0) await connection.run(statements.join("; "))
      }),
    close: () => {
      if (ended) return
      ended = true
      connection.closeSync()
      leave(open === 0)
    },
  }
}

/** An empty temporary table of that layout. */
export async function createTable(engine: Engine, table: string, layout: Layout): Promise<void> {
  await engine.exec(`create temp table ${quoted(table)} (${layout.map(([n, t]) => `${quoted(n)} ${t}`).join(", ")})`)
}

/** Rows going into a table one by one. They are in it for certain once `close` has returned. */
export interface Rows {
  /** Values in the layout's order. */
  append(values: readonly Value[]): void
  close(): void
}

/** What the appender holds before it is in the table, where the engine can move it to the disk. */
const ROWS_HELD = 20_480
const CHARACTERS_HELD = 1 << 24

/** Opens a table of that layout for appending. Nothing else may use the table until `close`. */
export async function openRows(engine: Engine, table: string, layout: Layout): Promise<Rows> {
  const appender = await engine.connection.createAppender(table)
  const types = layout.map(([, type]) => type)
  let rows = 0
  let characters = 0
  return {
    append: (values) => {
      for (let c = 0; c < types.length; c++) {
        const value = values[c]
        if (typeof value === "string") characters += value.length
        put(appender, types[c]!, value)
      }
      appender.endRow()
      if (++rows < ROWS_HELD && characters < CHARACTERS_HELD) return
      appender.flushSync()
      rows = 0
      characters = 0
    },
    close: () => appender.closeSync(),
  }
}

/** Rows in the layout's order, appended in one go. */
export async function appendRows(engine: Engine, table: string, layout: Layout, rows: Iterable<readonly Value[]>): Promise<void> {
  const into = await openRows(engine, table, layout)
  for (const values of rows) into.append(values)
  into.close()
}

/** A temporary table of that layout with these rows. */
export async function fill(engine: Engine, table: string, layout: Layout, rows: Iterable<readonly Value[]>): Promise<void> {
  await createTable(engine, table, layout)
  await appendRows(engine, table, layout, rows)
}

/** Whole numbers that a double holds exactly go in as doubles: a BigInt each costs more than the engine's conversion. */
const EXACT = Number.MAX_SAFE_INTEGER

function put(appender: DuckDBAppender, type: SegmentType, value: Value): void {
  if (value === null || value === undefined || (typeof value === "number" && !Number.isFinite(value))) appender.appendNull()
  else if (type === "VARCHAR") appender.appendVarchar((typeof value === "string" ? value : String(value)).toWellFormed())
  else if (type === "BIGINT") {
    const whole = Math.trunc(Number(value))
    if (whole <= EXACT && whole >= -EXACT) appender.appendDouble(whole)
    else appender.appendBigInt(BigInt(whole))
  } else if (type === "INTEGER") appender.appendInteger(Math.trunc(Number(value)))
  else if (type === "DOUBLE") appender.appendDouble(Number(value))
  else appender.appendBoolean(Boolean(value))
}
