import { isUtf8 } from "node:buffer"
import type { Place } from "#vocabulary/record"
import type { Cell, Table } from "./database.ts"

/** Longer binary cells are kept as their length only. */
const SHOWN_BYTES = 256

/** Column positions of one table, and what was met in it. */
export class Shape {
  readonly table: Table
  readonly file: string
  readonly #at: ReadonlyMap<string, number>
  /** Cells whose bytes are not valid text in the database's encoding, or that hold U+FFFD already. */
  replaced = 0

  constructor(table: Table, file: string) {
    this.table = table
    this.file = file
    this.#at = new Map(table.columns.map((column, index) => [column.toLowerCase(), index]))
  }

  at(column: string): number | undefined {
    return this.#at.get(column.toLowerCase())
  }
}

/**
 * One row. A column that the table does not have reads as null: schema versions differ. SQLite columns hold any type, so every
 * reader converts: text in an integer column, a number in a text column, text stored as bytes.
 */
export class Row {
  /** Row id; a string where it is beyond 2^53, undefined in tables without one. */
  readonly id: number | string | undefined
  readonly #shape: Shape
  readonly #cells: readonly Cell[]
  readonly #taken: Uint8Array

  constructor(shape: Shape, id: Cell, cells: readonly Cell[]) {
    this.#shape = shape
    this.#cells = cells
    this.#taken = new Uint8Array(cells.length)
    this.id = typeof id === "bigint" ? plain(id) : undefined
  }

  get place(): Place {
    return { file: this.#shape.file, table: this.#shape.table.name, ...(this.id === undefined ? {} : { row: this.id }) }
  }

  cell(column: string): Cell {
    const at = this.#shape.at(column)
    if (at === undefined) return null
    this.#taken[at] = 1
    return this.#cells[at] ?? null
  }

  /** Text as stored; numbers as written; bytes as UTF-8 where they are that, else in hexadecimal. Null when absent or empty. */
  text(column: string): string | null {
    const cell = this.cell(column)
    if (cell === null) return null
    const text = cell instanceof Uint8Array ? spelt(cell) : String(cell)
    if (text.includes("\uFFFD")) this.#shape.replaced++
    return text === "" ? null : text
  }

  /** A number; text that spells one is read as one. Null otherwise. */
  number(column: string): number | null {
    const cell = this.cell(column)
    if (typeof cell === "number") return Number.isFinite(cell) ? cell : null
    if (typeof cell === "bigint") return Number(cell)
    if (typeof cell !== "string" || !/^\s*[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?\s*$/.test(cell)) return null
    const read = Number(cell)
    return Number.isFinite(read) ? read : null
  }

  /** A whole number that a double holds exactly. */
  integer(column: string): number | null {
    const read = this.number(column)
    return read !== null && Number.isSafeInteger(Math.trunc(read)) ? Math.trunc(read) : null
  }

  flag(column: string): boolean | null {
    const read = this.number(column)
    return read === null ? null : read !== 0
  }

  bytes(column: string): Uint8Array | null {
    const cell = this.cell(column)
    return cell instanceof Uint8Array ? cell : null
  }

  /** A reference to another row: whole numbers and texts compare as one key. Null for 0, -1 and empty: apps write those for "none". */
  reference(column: string): string | null {
    const text = this.text(column)
    return text === null || text === "0" || text === "-1" ? null : text
  }

  /** Columns that nobody asked for, by their own names, where they are not null. */
  rest(): Record<string, unknown> | undefined {
    let rest: Record<string, unknown> | undefined
    for (let i = 0; i < this.#cells.length; i++) {
      const cell = this.#cells[i] ?? null
      // The key column is the row id, which the place tells.
      if (cell === null || this.#taken[i] === 1 || this.#shape.table.columns[i] === this.#shape.table.key) continue
      rest ??= {}
      rest[this.#shape.table.columns[i]!] = shown(cell)
    }
    return rest
  }
}

function spelt(bytes: Uint8Array): string {
  return isUtf8(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8") : Buffer.from(bytes).toString("hex")
}

function plain(id: bigint): number | string {
  const number = Number(id)
  return Number.isSafeInteger(number) ? number : String(id)
}

function shown(cell: Exclude<Cell, null>): unknown {
  if (typeof cell === "bigint") return plain(cell)
  if (typeof cell === "number") return Number.isFinite(cell) ? cell : String(cell)
  if (!(cell instanceof Uint8Array)) return cell
  return cell.length <= SHOWN_BYTES ? { hex: Buffer.from(cell).toString("hex") } : { bytes: cell.length }
}
