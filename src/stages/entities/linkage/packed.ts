/** What is compared of a fragment. */
export const COLUMNS = [
  "given",
  "family",
  "whole",
  "native",
  "birth",
  "sex",
  "document",
  "phone",
  "email",
  "street",
  "locality",
  "region",
  "postcode",
  "form",
  "employer",
  "book",
  "seen",
  "photo",
  "called",
] as const
export type Column = (typeof COLUMNS)[number]

/** Fragments in columns of whole numbers: each cell is the number of its value; 0 = nothing stated. */
export interface Packed {
  size: number
  code: Readonly<Record<Column, Int32Array>>
  /** The values of a column by number; the one at 0 is empty. */
  values: Readonly<Record<Column, readonly string[]>>
  /** The numbers in each contact book that stands in `book`, those left out that a great many have. */
  books: ReadonlyMap<string, ReadonlySet<string>>
}

/** Between several values in one cell. */
export const SEVERAL = "\u001f"
/** The same, as the engine writes it. */
export const SEVERAL_SQL = "chr(31)"

/** Columns that grow row by row. */
export class Packing {
  readonly #codes: Record<Column, Int32Array>
  readonly #known: Record<Column, Map<string, number>>
  readonly #values: Record<Column, string[]>
  #size = 0
  readonly #room: number

  constructor(room: number) {
    this.#room = room
    const of = <T>(make: () => T) => Object.fromEntries(COLUMNS.map((c) => [c, make()])) as Record<Column, T>
    this.#codes = of(() => new Int32Array(room))
    this.#known = of(() => new Map([["", 0]]))
    this.#values = of(() => [""])
  }

  /** Cells in the order of COLUMNS. */
  add(cells: readonly (string | null)[]): void {
    if (this.#size === this.#room) throw new RangeError("more fragments than were counted")
    for (let c = 0; c < COLUMNS.length; c++) {
      const cell = cells[c]
      if (cell === null || cell === undefined || cell === "") continue
      const column = COLUMNS[c]!
      const known = this.#known[column]
      let code = known.get(cell)
      if (code === undefined) {
        code = this.#values[column].length
        known.set(cell, code)
        this.#values[column].push(cell)
      }
      this.#codes[column][this.#size] = code
    }
    this.#size++
  }

  done(books: Packed["books"] = new Map()): Packed {
    return { size: this.#size, code: this.#codes, values: this.#values, books }
  }
}
