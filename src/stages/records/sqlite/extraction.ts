import type { Reject, SourceRecord } from "#vocabulary/record"
import type { ImportContext, Importer, Material, Sink } from "../importer.ts"
import { type Cell, Database, isSqlite, messageOf, quoted } from "./database.ts"
import { Row, Shape } from "./row.ts"
import { type Lost, rowsOf } from "./rows.ts"

/** What one row gives: a record and further records, or the reason why not; null where the row is part of another unit and is read there. */
export type Unit = { record: SourceRecord; also?: SourceRecord[] } | { code: string; reason: string } | null

/** Tables with the columns that they must have. */
export type Signature = Readonly<Record<string, readonly string[]>>

/** A run over one open database: counts units, keeps damage and unread tables in view. */
export class Extraction {
  readonly file: string
  readonly #database: Database
  readonly #sink: Sink
  readonly #signal: AbortSignal
  readonly #shapes = new Map<string, Shape>()

  constructor(database: Database, file: string, sink: Sink, signal: AbortSignal) {
    this.#database = database
    this.file = file
    this.#sink = sink
    this.#signal = signal
  }

  has(table: string, ...columns: string[]): boolean {
    return fits(this.#database, { [table]: columns })
  }

  /** Names of the columns of a table, as the file spells them; empty when there is no such table. */
  columns(table: string): readonly string[] {
    return this.#database.table(table)?.columns ?? []
  }

  /** The first table whose name fits: Core Data numbers its join tables anew in every version. */
  tableLike(pattern: RegExp): string | null {
    for (const table of this.#database.tables.values()) if (pattern.test(table.name)) return table.name
    return null
  }

  note(text: string): void {
    this.#sink.note(text)
  }

  /** A record beside the units, such as the account that the whole database belongs to. */
  async also(record: SourceRecord): Promise<void> {
    await this.#sink.also(record)
  }

  /** Reads every row of `table` as a unit. A table that is not there gives none. */
  async units(table: string, make: (row: Row) => Unit): Promise<void> {
    const shape = this.#shape(table)
    if (shape === null) return
    let n = 0
    for (const row of rowsOf(this.#database, shape)) {
      if (++n % 512 === 0) this.#signal.throwIfAborted()
      if (!(row instanceof Row)) {
        this.#sink.seen(1)
        this.#sink.reject(rejectOf(row, this.file, shape.table.name))
        continue
      }
      const unit = made(make, row)
      if (unit === null) continue
      this.#sink.seen(1)
      if ("record" in unit) {
        const pressed = this.#sink.record(unit.record)
        if (pressed) await pressed
        for (const further of unit.also ?? []) await this.#sink.also(further)
      } else this.#sink.reject({ place: row.place, code: unit.code, reason: unit.reason })
    }
  }

  /** The rows of a small table that others point into; what is damaged in it is noted, for it is no unit of its own. */
  *lookup(table: string): Generator<Row> {
    const shape = this.#shape(table)
    if (shape === null) return
    let lost = 0
    for (const row of rowsOf(this.#database, shape)) {
      if (row instanceof Row) yield row
      else lost++
    }
    if (lost > 0) this.#sink.note(`${lost} places in the table ${shape.table.name} cannot be read: names or members may be missing.`)
  }

  /** Rows of `table` by a column that points at another table's rows: by its index where it has one, else by a list of row ids. */
  children(table: string, column: string): (key: number | string | null | undefined) => Row[] {
    const shape = this.#shape(table)
    if (shape === null || shape.at(column) === undefined) return () => []
    const { table: found } = shape
    const columns = found.columns.map(quoted).join(", ")
    const id = found.rowid === null ? "NULL" : quoted(found.rowid)
    const failures = { told: false }
    const read = (sql: string) => {
      const statement = this.#database.connection.prepare(`SELECT ${id}, ${columns} FROM ${quoted(found.name)} ${sql}`)
      return (key: bigint | string): Row[] => {
        try {
          return (statement.all(key) as unknown as Cell[][]).map((cells) => new Row(shape, cells[0]!, cells.slice(1)))
        } catch (error) {
          if (!failures.told) this.#sink.note(`Rows of the table ${found.name} cannot be read: ${messageOf(error)}.`)
          failures.told = true
          return []
        }
      }
    }
    const isKey = found.key?.toLowerCase() === column.toLowerCase()
    if (isKey || found.indexed.has(column.toLowerCase()) || found.rowid === null) {
      const byColumn = read(`WHERE ${quoted(column)} = ?${found.rowid === null || isKey ? "" : ` ORDER BY ${id}`}`)
      return (key) => (key == null ? [] : byColumn(bound(key)))
    }
    const byRow = read(`WHERE ${id} = ?`)
    // One number for a key that stands once: a join table of a phone has millions of rows, and most keys have one.
    const lists = new Map<number | string, number | string | (number | string)[]>()
    for (const row of this.lookup(table)) {
      const key = row.text(column)
      if (key === null || row.id === undefined) continue
      const before = lists.get(listed(key))
      if (before === undefined) lists.set(listed(key), row.id)
      else if (Array.isArray(before)) before.push(row.id)
      else lists.set(listed(key), [before, row.id])
    }
    return (key) => (key == null ? [] : [lists.get(listed(key)) ?? []].flat().flatMap((row) => byRow(BigInt(row))))
  }

  /** Tells of tables that hold rows and were not read, and of text that was not valid. */
  finish(): void {
    const unread: string[] = []
    for (const table of this.#database.tables.values()) {
      if (this.#shapes.has(table.name.toLowerCase())) continue
      const rows = this.#database.count(table)
      if (rows !== 0) unread.push(`${table.name} (${rows === null ? "unknown" : rows > 1_000_000 ? "over 1000000" : rows})`)
    }
    if (unread.length > 0) this.#sink.note(`Tables with rows that were not read: ${unread.join(", ")}.`)
    for (const shape of this.#shapes.values())
      if (shape.replaced > 0)
        this.#sink.note(
          `${shape.replaced} texts in the table ${shape.table.name} have bytes that are no valid text; each stands as U+FFFD.`,
        )
  }

  #shape(name: string): Shape | null {
    const known = this.#shapes.get(name.toLowerCase())
    if (known) return known
    const table = this.#database.table(name)
    if (!table) return null
    const shape = new Shape(table, this.file)
    this.#shapes.set(name.toLowerCase(), shape)
    if (table.nameless > 0) this.#sink.note(`${table.nameless} columns of the table ${table.name} have damaged names and were not read.`)
    return shape
  }
}

/** Whole numbers and the text that spells them are one key. */
function listed(key: number | string): number | string {
  return typeof key === "string" && /^(?:0|-?[1-9]\d{0,14})$/.test(key) ? Number(key) : key
}

function bound(key: number | string): bigint | string {
  return typeof key === "number" ? BigInt(Math.trunc(key)) : /^(?:0|-?[1-9]\d{0,17})$/.test(key) ? BigInt(key) : key
}

function made(make: (row: Row) => Unit, row: Row): Unit {
  try {
    return make(row)
  } catch (error) {
    // Input that no branch foresaw must not end the run; the row keeps its place among the rejects.
    return { code: "malformed", reason: `the row cannot be read: ${messageOf(error)}` }
  }
}

function rejectOf(lost: Lost, file: string, table: string): Reject {
  return { place: { file, table, ...(lost.row === undefined ? {} : { row: lost.row }) }, code: lost.code, reason: lost.reason }
}

function fits(database: Database, signature: Signature): boolean {
  return Object.entries(signature).every(([name, columns]) => {
    const table = database.table(name)
    if (!table) return false
    const there = new Set(table.columns.map((column) => column.toLowerCase()))
    return columns.every((column) => there.has(column.toLowerCase()))
  })
}

/** An importer of one kind of SQLite file, told by its tables. */
export function databaseImporter(init: {
  id: string
  version: number
  title: string
  unknowns: string
  /** Any one of these is enough. */
  signatures: readonly Signature[]
  extract(extraction: Extraction, context: ImportContext): Promise<void>
}): Importer {
  return {
    id: init.id,
    version: init.version,
    title: init.title,
    unknowns: `${init.unknowns} Columns without a field of ours are kept under their own names; tables that are not read are listed with their row counts; deleted rows in free pages are not carved.`,
    claim: async (material) => {
      if (!isSqlite(material.head)) return null
      const database = await Database.glance(material)
      if (typeof database === "string") return broken(material, init.signatures)
      try {
        const signature = init.signatures.find((candidate) => fits(database, candidate))
        // The more of its tables stand there, the surer: contacts2.db holds the table of the call log as well.
        return signature
          ? {
              confidence: Math.min(0.99, 0.9 + 0.02 * Object.keys(signature).length),
              why: `SQLite database with the tables ${Object.keys(signature).join(", ")}`,
            }
          : null
      } finally {
        await database.close()
      }
    },
    read: async (material, sink, context) => {
      const database = await Database.open(material)
      if (typeof database === "string") {
        sink.seen(1)
        sink.reject({ place: { file: material.file }, code: "malformed", reason: `the database cannot be opened: ${database}` })
        return
      }
      try {
        for (const note of database.notes) sink.note(note)
        const extraction = new Extraction(database, material.file, sink, context.signal)
        if (!init.signatures.some((candidate) => fits(database, candidate))) {
          sink.seen(1)
          const reason = `the tables that ${init.title} is known by are not there, or cannot be read`
          sink.reject({ place: { file: material.file }, code: "unknown-structure", reason })
        }
        await init.extract(extraction, context)
        extraction.finish()
      } finally {
        await database.close()
      }
    },
  }
}

/** A database whose schema cannot be read is told by the definitions that still stand in its first pages. */
function broken(material: Material, signatures: readonly Signature[]): { confidence: number; why: string } | null {
  const text = Buffer.from(material.head).toString("latin1").toLowerCase()
  const stands = (table: string) =>
    new RegExp(`create table\\s+(?:if not exists\\s+)?["'\`\\[]?${table.toLowerCase()}["'\`\\]]?\\s*\\(`).test(text)
  const signature = signatures.find((candidate) => Object.keys(candidate).every(stands))
  return signature ? { confidence: 0.5, why: `damaged SQLite database that defines ${Object.keys(signature).join(", ")}` } : null
}
