import { randomBytes } from "node:crypto"
import { mkdirSync, rmSync } from "node:fs"
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
  /** A view over segment files; with no file, an empty one with the declared columns. */
  mount(view: string, files: readonly string[], columns: readonly (readonly [string, string])[]): Promise<void>
  /** The connection itself, for appenders and scalar functions. */
  readonly connection: DuckDBConnection
  close(): void
}

export interface EngineOptions {
  memoryLimit?: string
  threads?: number
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

function plain(value: unknown): Cell {
  if (typeof value === "bigint") return Number(value)
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof DuckDBListValue) return value.items.map(plain)
  return value as Cell
}

/** Opens an engine that may touch files below `dataFolder` only, spills to a folder of its own there, and cannot be reconfigured. */
export async function openEngine(dataFolder: string, options: EngineOptions = {}): Promise<Engine> {
  const root = resolve(dataFolder)
  const spill = join(root, "tmp", `engine-${process.pid}-${randomBytes(6).toString("hex")}`)
  mkdirSync(spill, { recursive: true, mode: 0o700 })
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: options.memoryLimit ?? "1500MB",
    threads: String(options.threads ?? 2),
    temp_directory: spill,
    preserve_insertion_order: "true",
  })
  const connection = await instance.connect()
  await connection.run("set timezone = 'UTC'")
  await connection.run(`set allowed_directories = [${literal(`${root}/`)}]`)
  await connection.run("set enable_external_access = false")
  await connection.run("set lock_configuration = true")
  return {
    connection,
    exec: async (sql, values) => {
      await connection.run(sql, values)
    },
    all: async <R extends Row>(sql: string, values?: DuckDBValue[]) => {
      const reader = await connection.runAndReadAll(sql, values)
      const names = reader.columnNames()
      return reader.getRowsJS().map((row) => Object.fromEntries(row.map((v, i) => [names[i]!, plain(v)])) as R)
    },
    stream: async function* <R extends Row>(sql: string, values?: DuckDBValue[]) {
      const result = await connection.stream(sql, values)
      const names = result.columnNames()
      for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
        const columns = names.map((_, i) => chunk.getColumnValues(i))
        const rows: R[] = []
        for (let r = 0; r < chunk.rowCount; r++) rows.push(Object.fromEntries(names.map((n, i) => [n, plain(columns[i]![r])])) as R)
        yield rows
      }
    },
    mount: async (view, files, columns) => {
      const empty = `select ${columns.map(([name, type]) => `cast(null as ${type}) as ${quoted(name)}`).join(", ")} where false`
      if (files.length === 0) return void (await connection.run(`create or replace temp view ${quoted(view)} as ${empty}`))
      const listed = files.map((f) => literal(resolve(root, f))).join(", ")
      await connection.run(
        `create or replace temp view ${quoted(view)} as select ${columns.map(([n]) => quoted(n)).join(", ")} from (${empty} union all by name select * from read_parquet([${listed}], union_by_name = true))`,
      )
    },
    close: () => {
      connection.closeSync()
      instance.closeSync()
      rmSync(spill, { recursive: true, force: true })
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
