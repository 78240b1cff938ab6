import { Failure } from "#vocabulary/failure"
import type { Place } from "#vocabulary/record"
import type { Material } from "../importer.ts"
import { type BrokenRow, filled, padded, type Row, rowsOf } from "../mapping/delimited.ts"
import type { Encoding } from "../mapping/encoding.ts"
import { openWorkbook, type Sheet, type Workbook, WorkbookFault } from "../mapping/workbook.ts"
import type { NetworkMap } from "./map.ts"
import { dialectOf, eolOf, linesOf, type Shape, shapeOf } from "./shape.ts"

/** A table that holds a network: a text, or one sheet of a workbook. */
export interface NetworkTable {
  /** Of a sheet its name. */
  name: string | null
  shape: Shape
  rows(): AsyncIterable<(Row | BrokenRow)[]>
  placeOf(row: Row | BrokenRow): Place
}

/** What a text is by its first lines; null where they show no network. Throws `invalid.mapping-column` where it lacks a column of the map. */
export const textShape = (material: Material, encoding: Encoding, bom: number, map: NetworkMap | null): ReturnType<typeof shapeOf> =>
  shapeOf(linesOf(material, encoding, bom), material.head.length >= material.sizeBytes, map)

/** A text as a table. */
export function textTable(material: Material, encoding: Encoding, bom: number, shape: Shape, signal: AbortSignal): NetworkTable {
  return {
    name: null,
    shape,
    rows: () => rowsOf(material, encoding, dialectOf(shape.separator, eolOf(material)), bom, signal),
    placeOf: (row) => ({ file: material.file, row: row.line, byteStart: row.start, byteEnd: row.end }),
  }
}

/** So many rows of a sheet are looked at to tell what it is. */
const SAMPLE = 2000

/** The sheets of a workbook. `unread`: those that show no network, or one that could as well be anything else. Close the book. */
export interface NetworkSheets {
  tables: NetworkTable[]
  unread: string[]
  sheets: string[]
  close(): void
}

/**
 * The networks in a workbook: of the sheet that the map names; else of each that says what it is (the same people beside as above, or a header
 * that names both ends), or of the only one that could be one. A column of figures beside a name is an attribute as often as a meeting.
 * Throws `WorkbookFault` for what is damaged and `invalid.mapping-column` where no sheet has the columns of the map.
 */
export async function sheetTables(material: Material, map: NetworkMap | null, signal: AbortSignal): Promise<NetworkSheets> {
  const book = await openWorkbook(await material.path())
  try {
    const found: (NetworkTable & { sure: boolean })[] = []
    let lacking: Failure | null = null
    for (const sheet of book.sheets) {
      if (map?.sheet !== undefined && map.sheet !== sheet.name) continue
      try {
        const table = await sheetTable(material, book, sheet, map, signal)
        if (table !== null) found.push(table)
      } catch (error) {
        // Another sheet may have the columns of the map.
        if (!(error instanceof Failure) || error.code !== "invalid.mapping-column") throw error
        lacking = error
      }
    }
    if (lacking && found.length === 0) throw lacking
    const sure = found.filter((table) => table.sure)
    const tables = sure.length > 0 ? sure : book.sheets.length === 1 || map?.sheet !== undefined ? found : []
    const sheets = book.sheets.map((sheet) => sheet.name)
    return { tables, unread: sheets.filter((name) => !tables.some((t) => t.name === name)), sheets, close: () => book.close() }
  } catch (error) {
    book.close()
    throw error
  }
}

async function sheetTable(
  material: Material,
  book: Workbook,
  sheet: Sheet,
  map: NetworkMap | null,
  signal: AbortSignal,
): Promise<(NetworkTable & { sure: boolean }) | null> {
  const sample: string[][] = []
  let whole = true
  try {
    for await (const { cells } of book.rows(sheet)) {
      signal.throwIfAborted()
      if (sample.length === SAMPLE) {
        whole = false
        break
      }
      if (filled(cells)) sample.push(cells)
    }
  } catch (error) {
    // The second reading meets the same damage at the same row and rejects it there.
    if (!(error instanceof WorkbookFault)) throw error
  }
  const width = sample.reduce((most, cells) => Math.max(most, cells.findLastIndex((cell) => cell.trim() !== "") + 1), 0)
  const lines = sample.map((cells) => padded(cells, width).map((cell) => cell.trim()))
  const found = lines.length === 0 ? null : shapeOf([{ separator: ",", lines }], whole, map)
  if (found === null) return null
  const { shape, overlap } = found
  return {
    name: sheet.name,
    shape,
    sure: shape.form === "matrix" ? overlap === 1 : shape.named,
    rows: async function* () {
      for await (const { cells, number } of book.rows(sheet)) {
        signal.throwIfAborted()
        const wide = filled(cells.slice(width)) ? cells : padded(cells, width)
        if (filled(cells)) yield [{ cells: wide, line: number, start: 0, end: 0 }]
      }
    },
    placeOf: (row) => ({ file: material.file, table: sheet.name, row: row.line }),
  }
}
