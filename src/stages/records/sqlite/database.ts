import { copyFile, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync, type DatabaseSyncOptions } from "node:sqlite"
import { pathToFileURL } from "node:url"
import type { Material } from "../importer.ts"

/** First bytes of every SQLite 3 file (file format, section 1.3.1). An encrypted (SQLCipher) file has random bytes here. */
const MAGIC = "SQLite format 3\0"
const NO_DATABASE = "the file does not begin as a SQLite 3 database: another format, overwritten, or encrypted"
/** A cell longer than this is rejected instead of read: no phone writes one, and a hostile file would fill the memory with it. */
const LONGEST_CELL = 32 << 20
/** Rows of tables that are not read are counted up to here, so that a looped b-tree cannot hold the reader for ever. */
const COUNT_LIMIT = 1_000_000

export interface Table {
  name: string
  /** Stored columns in order; generated columns are left out, because reading one would run an expression of the file. */
  columns: readonly string[]
  /** Columns whose names are damaged, so that they cannot be asked for. */
  nameless: number
  /** The name under which the row id can be read; null for a table WITHOUT ROWID. */
  rowid: string | null
  /** The column that is the row id, if any. */
  key: string | null
  /** Columns that lead a plain index. */
  indexed: ReadonlySet<string>
  /** A plain index over all rows, by which row ids can be listed where the table itself is damaged. */
  anyIndex: string | null
}

export type Cell = null | number | bigint | string | Uint8Array

/** True when the bytes start as a SQLite 3 file. */
export function isSqlite(head: Uint8Array): boolean {
  return head.length >= 100 && Buffer.from(head.subarray(0, 16)).toString("latin1") === MAGIC
}

/** An SQL identifier; names come from the file and may hold anything. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/**
 * One SQLite file, open for reading only. The bytes of the exhibit are never written: the file is opened immutable, or, where a
 * write-ahead log lies beside it, both are copied to a temporary folder and the log is applied there. Only ordinary tables are
 * touched: no view, trigger, virtual table or generated column of the file is ever evaluated.
 */
export class Database {
  readonly connection: DatabaseSync
  /** By lower-case name: SQLite compares names without case. */
  readonly tables: ReadonlyMap<string, Table>
  /** What the examiner should know about how it was opened. */
  readonly notes: readonly string[]
  readonly #folder: string | null

  private constructor(connection: DatabaseSync, tables: ReadonlyMap<string, Table>, notes: string[], folder: string | null) {
    this.connection = connection
    this.tables = tables
    this.notes = notes
    this.#folder = folder
  }

  /**
   * Opens `material` to see which tables it has, without its write-ahead log unless nothing is to be seen without: applying a log
   * copies the file, and every importer asks.
   */
  static async glance(material: Material): Promise<Database | string> {
    if (!isSqlite(material.head)) return NO_DATABASE
    const opened = attempt(await material.path(), "immutable", false)
    if (typeof opened !== "string" && opened.tables.size > 0) return new Database(opened.connection, opened.tables, [], null)
    if (typeof opened !== "string") opened.connection.close()
    return Database.open(material)
  }

  /** Opens `material`; a string says in words why it cannot be read as a database. Throws only when the disk fails. */
  static async open(material: Material): Promise<Database | string> {
    if (!isSqlite(material.head)) return NO_DATABASE
    const notes: string[] = []
    const path = await material.path()
    const beside = await material.siblings()
    const wal = beside.find((m) => m.name === `${material.name}-wal` && m.sizeBytes > 0)
    if (beside.some((m) => m.name === `${material.name}-journal` && m.sizeBytes > 0 && m.head.some((byte) => byte !== 0)))
      notes.push("A rollback journal lies beside the database; it was not applied, so the last transaction may stand half written.")
    if (wal) {
      const folder = await mkdtemp(join(tmpdir(), "wal-"))
      const copy = join(folder, "copy.db")
      await copyFile(path, copy)
      await copyFile(await wal.path(), `${copy}-wal`)
      const opened = attempt(copy, "wal", false)
      if (typeof opened !== "string") {
        notes.push(
          `The write-ahead log (${wal.sizeBytes} bytes) beside the database was applied in a temporary copy; the original is untouched.`,
        )
        return new Database(opened.connection, opened.tables, notes, folder)
      }
      await rm(folder, { recursive: true, force: true })
      notes.push(`The write-ahead log beside the database could not be applied (${opened}); the database was read without it.`)
    }
    const opened = attempt(path, "immutable", false)
    if (typeof opened !== "string") return new Database(opened.connection, opened.tables, notes, null)
    const salvaged = attempt(path, "immutable", true)
    if (typeof salvaged === "string") return opened
    notes.push(`The database is damaged (${opened}); what can still be reached was read.`)
    return new Database(salvaged.connection, salvaged.tables, notes, null)
  }

  table(name: string): Table | undefined {
    return this.tables.get(name.toLowerCase())
  }

  /** Rows of a table, at most a million and one; null when it cannot be counted. */
  count(table: Table): number | null {
    try {
      const counted = this.connection.prepare(`SELECT count(*) AS n FROM (SELECT 1 FROM ${quoted(table.name)} LIMIT ${COUNT_LIMIT + 1})`)
      return Number((counted.get() as unknown as [bigint])[0])
    } catch {
      // Damage in a table that is not read: there is nothing to reject, and the note then says "unknown".
      return null
    }
  }

  async close(): Promise<void> {
    this.connection.close()
    if (this.#folder) await rm(this.#folder, { recursive: true, force: true })
  }
}

interface Attempt {
  connection: DatabaseSync
  tables: ReadonlyMap<string, Table>
}

function attempt(path: string, mode: "immutable" | "wal", salvage: boolean): Attempt | string {
  const url = pathToFileURL(path)
  if (mode === "immutable") url.searchParams.set("immutable", "1")
  const options: DatabaseSyncOptions & { defensive: boolean; limits: { length: number } } = {
    readOnly: true,
    allowExtension: false,
    returnArrays: true,
    readBigInts: true,
    defensive: !salvage,
    limits: { length: LONGEST_CELL },
  }
  let connection: DatabaseSync | undefined
  try {
    connection = new DatabaseSync(url, options)
    connection.exec("PRAGMA trusted_schema = OFF")
    // With this pragma SQLite passes over schema rows it cannot parse, and reads a file that is shorter than its header says.
    if (salvage) connection.exec("PRAGMA writable_schema = ON")
    return { connection, tables: tablesOf(connection) }
  } catch (error) {
    connection?.close()
    return messageOf(error)
  }
}

function tablesOf(connection: DatabaseSync): ReadonlyMap<string, Table> {
  const tables = new Map<string, Table>()
  // Views have no root page, virtual tables have root page 0: both stay out.
  const named = connection.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 ORDER BY rootpage").all()
  for (const [name] of named as unknown as [Cell][]) {
    if (typeof name !== "string" || name.toLowerCase().startsWith("sqlite_")) continue
    try {
      const table = tableOf(connection, name)
      if (table.columns.length > 0) tables.set(name.toLowerCase(), table)
    } catch {
      // A definition that SQLite cannot use: the table cannot be asked for, and stays unknown.
    }
  }
  return tables
}

function tableOf(connection: DatabaseSync, name: string): Table {
  const described = connection.prepare(`PRAGMA table_xinfo(${quoted(name)})`).all() as unknown as [
    bigint,
    string,
    string,
    bigint,
    Cell,
    bigint,
    bigint,
  ][]
  const stored = described.filter((column) => column[6] === 0n)
  const named = stored.map((column) => column[1])
  const columns = asks(connection, name, named) ? named : named.filter((column) => asks(connection, name, [column]))
  const taken = new Set(named.map((column) => column.toLowerCase()))
  const free = ["rowid", "_rowid_", "oid"].find((alias) => !taken.has(alias))
  const primary = stored.filter((column) => column[5] > 0n)
  const key = primary.length === 1 && /^integer$/i.test(primary[0]![2]) ? primary[0]![1] : null
  const id = key !== null && columns.includes(key) ? key : free
  const rowid = id !== undefined && asks(connection, name, [id]) ? id : null
  const indexed = new Set<string>()
  let anyIndex: string | null = null
  const indexes = connection.prepare(`PRAGMA index_list(${quoted(name)})`).all() as unknown as [bigint, string, bigint, string, bigint][]
  for (const [, index, , , partial] of indexes) {
    if (partial !== 0n) continue
    const [leading] = connection.prepare(`PRAGMA index_info(${quoted(index)})`).all() as unknown as [bigint, bigint, string | null][]
    if (leading?.[2] == null) continue
    indexed.add(leading[2].toLowerCase())
    anyIndex ??= index
  }
  return { name, columns, nameless: named.length - columns.length, rowid, key, indexed, anyIndex }
}

function asks(connection: DatabaseSync, table: string, columns: readonly string[]): boolean {
  try {
    connection.prepare(`SELECT ${columns.map(quoted).join(", ")} FROM ${quoted(table)}`)
    return true
  } catch {
    // A name of bytes that are no text does not come back as it went in.
    return false
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
