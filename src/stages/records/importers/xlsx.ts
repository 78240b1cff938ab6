import { Failure } from "#vocabulary/failure"
import type { Place } from "#vocabulary/record"
import type { ImportContext, Importer, Material, Sink } from "../importer.ts"
import { filled, padded } from "../mapping/delimited.ts"
import { rowsInto } from "../mapping/rows.ts"
import { parseMapping, type TableMapping } from "../mapping/schema.ts"
import { headerOf, labelsOf } from "../mapping/sniff.ts"
import { isZip, type Merge, openWorkbook, type Sheet, type Workbook, WorkbookFault } from "../mapping/workbook.ts"

/**
 * Workbooks (.xlsx): each sheet is a table of its own, hidden ones too. One unit a row with content. Formulas give their cached
 * values, dates ISO text; a cell merged downwards stands in each of its rows. A damaged sheet keeps the rows before the damage.
 */
const SAMPLE = 200

interface SheetLayout {
  labels: string[]
  sample: string[][]
  /** Sheet row number of the header; 0 when there is none. */
  header: number
  merges: Merge[]
}

async function layoutOf(book: Workbook, sheet: Sheet, mapping: TableMapping | null): Promise<SheetLayout> {
  const merges: Merge[] = []
  const first: { number: number; cells: string[] }[] = []
  try {
    for await (const row of book.rows(sheet, (merge) => merges.push(merge))) if (first.length < SAMPLE && filled(row.cells)) first.push(row)
  } catch (error) {
    // The second reading meets the same damage at the same row and rejects it there.
    if (!(error instanceof WorkbookFault)) throw error
  }
  const width = first.reduce((most, row) => Math.max(most, row.cells.findLastIndex((cell) => cell.trim() !== "") + 1), 0)
  const rows = first.map((row) => ({ cells: padded(row.cells, width), line: row.number, start: 0, end: 0 }))
  const found = headerOf(rows, width)
  const above = mapping?.table.above ?? found.above
  const present = mapping?.table.header ?? found.present
  const labels = labelsOf(present ? (rows[above]?.cells ?? null) : null, width)
  return {
    labels,
    sample: rows.slice(above + (present ? 1 : 0)).map((row) => row.cells),
    header: present ? (rows[above]?.line ?? 0) : (rows[above - 1]?.line ?? 0),
    merges,
  }
}

/** The same sink without notes. */
function quiet(sink: Sink): Sink {
  return {
    seen: (n) => sink.seen(n),
    record: (record) => sink.record(record),
    also: (record) => sink.also(record),
    reject: (reject) => sink.reject(reject),
    note: () => {},
  }
}

async function readSheet(
  book: Workbook,
  sheet: Sheet,
  layout: SheetLayout,
  mapping: unknown,
  material: Material,
  sink: Sink,
  context: ImportContext,
): Promise<void> {
  const rows = rowsInto(sink, { labels: layout.labels, sample: layout.sample, zone: context.zone, mapping, where: `${sheet.name}: ` })
  const width = layout.labels.length
  const down = new Map<number, Map<number, string>>()
  const starts = new Map<number, Merge[]>()
  for (const merge of layout.merges) starts.set(merge.from, [...(starts.get(merge.from) ?? []), merge])
  let at = 0
  let hidden = 0
  try {
    for await (const row of book.rows(sheet)) {
      context.signal.throwIfAborted()
      at = row.number
      const cells = padded(row.cells, width)
      for (const [column, text] of down.get(row.number) ?? []) if (cells[column] === "") cells[column] = text
      down.delete(row.number)
      // A merge of more rows than anybody merges by hand is a layout trick; filling it would be an invention.
      for (const merge of starts.get(row.number) ?? [])
        if (row.number > layout.header && merge.to - merge.from <= 1000 && (cells[merge.column] ?? "") !== "")
          for (let below = merge.from + 1; below <= merge.to; below++)
            down.set(below, (down.get(below) ?? new Map<number, string>()).set(merge.column, cells[merge.column]!))
      if (!filled(row.cells)) continue
      const place: Place = { file: material.file, table: sheet.name, row: row.number }
      if (row.number < layout.header) {
        await rows.above(row.cells, place)
        continue
      }
      if (row.number === layout.header) continue
      if (row.hidden) hidden++
      const late = row.cells
        .slice(width)
        .flatMap((text, i): [string, string][] => (text.trim() === "" ? [] : [[`column ${width + i + 1}`, text]]))
      await rows.row(cells, place, late.length === 0 ? undefined : Object.fromEntries(late))
    }
  } catch (error) {
    if (!(error instanceof WorkbookFault)) throw error
    sink.seen(1)
    sink.reject({
      place: { file: material.file, table: sheet.name, row: at + 1 },
      code: error.code,
      reason: `the sheet cannot be read past row ${at}: ${error.message}`,
    })
  }
  rows.end()
  if (hidden > 0) sink.note(`${sheet.name}: ${hidden} hidden rows were read like the others.`)
  if (layout.merges.length > 0) sink.note(`${sheet.name}: ${layout.merges.length} cells merged downwards, their value stands in each row.`)
}

async function read(material: Material, sink: Sink, context: ImportContext): Promise<void> {
  const given =
    typeof context.mapping === "object" && context.mapping !== null && Object.keys(context.mapping).length > 0 ? context.mapping : undefined
  const mapping = given === undefined ? null : parseMapping(given)
  let book: Workbook
  try {
    book = await openWorkbook(await material.path())
  } catch (error) {
    if (!(error instanceof WorkbookFault)) throw error
    sink.seen(1)
    sink.reject({
      place: { file: material.file, byteStart: 0, byteEnd: material.sizeBytes },
      code: error.code,
      reason: `the workbook cannot be opened: ${error.message}`,
    })
    return
  }
  try {
    let misfit: Failure | null = null
    let fitted = 0
    for (const sheet of book.sheets) {
      if (sheet.hidden) sink.note(`Sheet "${sheet.name}" is hidden in the workbook; it was read like the others.`)
      const meant = mapping !== null && (mapping.table.sheet === undefined || mapping.table.sheet === sheet.name)
      const layout = await layoutOf(book, sheet, meant ? mapping : null)
      if (layout.labels.length === 0) {
        // Nothing in it, or damaged before the first row: the second reading tells which.
        await readSheet(book, sheet, layout, undefined, material, quiet(sink), context)
        continue
      }
      if (meant) {
        try {
          await readSheet(book, sheet, layout, given, material, sink, context)
          fitted++
          continue
        } catch (error) {
          if (!(error instanceof Failure) || error.code !== "invalid.mapping-column") throw error
          misfit = error
        }
      }
      await readSheet(book, sheet, layout, undefined, material, sink, context)
    }
    if (mapping !== null && fitted === 0)
      throw (
        misfit ??
        new Failure("invalid.mapping-sheet", `The workbook has no sheet "${mapping.table.sheet}".`, {
          hint: `It has: ${book.sheets.map((sheet) => sheet.name).join(", ")}`,
        })
      )
  } finally {
    book.close()
  }
}

export const xlsx: Importer = {
  id: "xlsx",
  version: 1,
  title: "Workbook (.xlsx), each sheet a table",
  unknowns:
    "Columns that the mapping does not take are kept with each record; charts, pictures, comments and formulas' texts are not read.",
  async claim(material) {
    if (!isZip(material.head)) return null
    const head = Buffer.from(material.head).toString("latin1")
    if (!/xl\/|\[Content_Types\]\.xml|_rels\/|docProps\//.test(head) && !/\.xls[xm]$/i.test(material.name)) return null
    try {
      const book = await openWorkbook(await material.path())
      book.close()
      return { confidence: 0.95, why: "a zip with xl/workbook.xml" }
    } catch (error) {
      if (!(error instanceof WorkbookFault)) throw error
      return /\.xls[xm]$/i.test(material.name) || head.includes("xl/workbook.xml")
        ? { confidence: 0.9, why: `a workbook that cannot be opened: ${error.message}` }
        : null
    }
  },
  read,
}
