import type { Importer, Material, Sink } from "../importer.ts"
import { contentless, filled, type Row, rowsOf } from "../mapping/delimited.ts"
import { openText, type TextTable } from "../mapping/layout.ts"
import { rowsInto } from "../mapping/rows.ts"

/**
 * Delimited text (CSV, TSV, semicolons, pipes). One unit a data row; rows above the header come as further statements. Rows with
 * filled cells beyond the header, or with fewer cells than it, are rejected: half a row is not evidence of the whole one.
 */
function ragged(row: Row, width: number): string | null {
  if (row.cells.length === width) return null
  if (row.cells.length < width) return `${row.cells.length} cells where the header has ${width}`
  return row.cells.slice(width).every((cell) => cell.trim() === "")
    ? null
    : `${row.cells.length} cells where the header has ${width}, and the ones behind are not empty`
}

async function readText(
  material: Material,
  table: TextTable,
  sink: Sink,
  zone: string | undefined,
  mapping: unknown,
  signal: AbortSignal,
): Promise<void> {
  const rows = rowsInto(sink, { labels: table.labels, sample: table.sample, zone, mapping, where: "" })
  let passed = 0
  let blank = 0
  for await (const batch of rowsOf(material, table.encoding, table.dialect, table.bom, signal)) {
    for (const row of batch) {
      const place = { file: material.file, row: row.line, byteStart: row.start, byteEnd: row.end }
      if ("cells" in row && passed < table.above + (table.header ? 1 : 0)) {
        passed++
        if (passed <= table.above && !table.directive(row)) await rows.above(row.cells, place)
        continue
      }
      if (!("cells" in row)) {
        sink.seen(1)
        sink.reject({ place, code: row.broken, reason: row.reason, snippet: row.snippet })
        continue
      }
      if (!filled(row.cells)) {
        blank++
        continue
      }
      const reason = ragged(row, table.width)
      if (reason !== null) {
        sink.seen(1)
        sink.reject({ place, code: "malformed", reason, snippet: row.cells.slice(0, 50).join(table.dialect.separator).slice(0, 200) })
        continue
      }
      const waiting = rows.row(row.cells, place)
      if (waiting !== undefined) await waiting
    }
  }
  if (blank > 0) sink.note(contentless(blank))
  rows.end()
}

export const table: Importer = {
  id: "table",
  version: 1,
  title: "Table (CSV, TSV, semicolons, pipes), with or without mapping",
  unknowns:
    "Columns that the mapping does not take are kept with each record by their own names. Without a mapping that fits, rows are kept as statements.",
  async claim(material) {
    const opened = await openText(material, {})
    if (opened === null) return null
    const named = /\.(?:csv|tsv|tab|psv)$/i.test(material.name)
    if (opened.width < 2) return named ? { confidence: 0.2, why: "one column, by the file's name" } : null
    if (opened.agreement < (named ? 0.3 : 0.8)) return null
    const guessed = opened.suggestion.mapping !== null
    return {
      confidence: Math.min(0.65, (guessed ? 0.5 : 0.28) + (named ? 0.05 : 0)),
      why: `${opened.width} columns in ${Math.round(opened.agreement * 100)} % of the first rows${guessed ? `, like ${opened.suggestion.kind}` : ""}`,
    }
  },
  async read(material, sink, context) {
    const opened = await openText(material, context.mapping)
    if (opened === null) {
      if (material.sizeBytes > 0) {
        sink.seen(1)
        sink.reject({
          place: { file: material.file, byteStart: 0, byteEnd: material.sizeBytes },
          code: "unknown-structure",
          reason: "no rows of text were found",
        })
      }
      return
    }
    for (const note of opened.notes) sink.note(note)
    await readText(material, opened, sink, context.zone, context.mapping, context.signal)
  },
}
