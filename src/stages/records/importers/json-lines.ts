import type { Place } from "#vocabulary/record"
import type { ImportContext, Importer, Material, Sink } from "../importer.ts"
import { elements, JsonBreak } from "../json-stream.ts"
import { type BrokenRow, type Dialect, type Row, tokenizer } from "../mapping/delimited.ts"
import { encodingOf } from "../mapping/encoding.ts"
import { flatten } from "../mapping/flat.ts"
import { type RowsInto, rowsInto } from "../mapping/rows.ts"

/**
 * JSON objects, one a line or in one top-level array: flattened by dotted path, then read like the rows of a table. One unit a line
 * or an element. Columns are the paths of the first 500 objects; later paths that are new are kept as further extra columns.
 */
const LINE: Dialect = { separator: "\u0000", quote: null, eol: "\n" }
const SAMPLE = 500

interface Unit {
  place: Place
  value?: Record<string, unknown>
  fault?: { code: string; reason: string; snippet: string }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value)

function unitOfLine(file: string, row: Row | BrokenRow): Unit {
  const place: Place = { file, row: row.line, byteStart: row.start, byteEnd: row.end }
  if (!("cells" in row)) return { place, fault: { code: row.broken, reason: row.reason, snippet: row.snippet } }
  const text = row.cells[0]!
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value)
      ? { place, value }
      : { place, fault: { code: "unknown-structure", reason: "the line is no JSON object", snippet: text.slice(0, 200) } }
  } catch (error) {
    return {
      place,
      fault: { code: "malformed", reason: error instanceof Error ? error.message : String(error), snippet: text.slice(0, 200) },
    }
  }
}

async function* fromLines(material: Material): AsyncGenerator<Unit> {
  const { encoding, bom } = await encodingOf(material)
  const rows = tokenizer(encoding, LINE, bom)
  for await (const chunk of material.open()) for (const row of rows.push(chunk as Uint8Array)) yield unitOfLine(material.file, row)
  for (const row of rows.finish()) yield unitOfLine(material.file, row)
}

async function* fromArray(material: Material): AsyncGenerator<Unit> {
  try {
    for await (const element of elements(material.open(), ["*"])) {
      const place: Place = { file: material.file, row: String(element.path[0]), byteStart: element.byteStart, byteEnd: element.byteEnd }
      if (element.fault !== undefined) yield { place, fault: element.fault }
      else if (!element.sound) yield { place, fault: { code: "encoding", reason: "bytes that are not UTF-8", snippet: "" } }
      else if (isObject(element.value)) yield { place, value: element.value }
      else
        yield {
          place,
          fault: { code: "unknown-structure", reason: "the element is no object", snippet: JSON.stringify(element.value).slice(0, 200) },
        }
    }
  } catch (error) {
    if (!(error instanceof JsonBreak)) throw error
    yield {
      place: { file: material.file, byteStart: error.byteStart, byteEnd: material.sizeBytes },
      fault: { code: error.code, reason: error.message, snippet: error.snippet },
    }
  }
}

const firstSign = (material: Material) => /^[\s\uFEFF]*([[{])/.exec(Buffer.from(material.head.subarray(0, 4096)).toString("utf8"))?.[1]

/** The objects of a material one by one; the first of them decide the columns. */
export function unitsOf(material: Material): AsyncGenerator<Unit> {
  return firstSign(material) === "[" ? fromArray(material) : fromLines(material)
}

function begin(units: readonly Unit[], sink: Sink, context: ImportContext): { rows: RowsInto; labels: string[] } {
  const flats = units.flatMap((unit) => (unit.value === undefined ? [] : [flatten(unit.value)]))
  const labels = [...new Set(flats.flatMap((flat) => [...flat.keys()]))]
  const sample = flats.slice(0, 200).map((flat) => labels.map((label) => flat.get(label) ?? ""))
  return { rows: rowsInto(sink, { labels, sample, zone: context.zone, mapping: context.mapping, where: "" }), labels }
}

async function put(unit: Unit, table: { rows: RowsInto; labels: string[] }, sink: Sink): Promise<void> {
  if (unit.value === undefined) {
    sink.seen(1)
    sink.reject({ place: unit.place, ...unit.fault! })
    return
  }
  const flat = flatten(unit.value)
  const known = new Set(table.labels)
  const late = [...flat].filter(([path]) => !known.has(path))
  await table.rows.row(
    table.labels.map((label) => flat.get(label) ?? ""),
    unit.place,
    late.length === 0 ? undefined : Object.fromEntries(late),
  )
}

async function read(material: Material, sink: Sink, context: ImportContext): Promise<void> {
  let held: Unit[] = []
  let open: { rows: RowsInto; labels: string[] } | null = null
  for await (const unit of unitsOf(material)) {
    context.signal.throwIfAborted()
    if (open !== null) {
      await put(unit, open, sink)
      continue
    }
    held.push(unit)
    if (held.length < SAMPLE) continue
    open = begin(held, sink, context)
    for (const first of held) await put(first, open, sink)
    held = []
  }
  if (open === null && held.length > 0) {
    open = begin(held, sink, context)
    for (const first of held) await put(first, open, sink)
  }
  open?.rows.end()
}

export const jsonLines: Importer = {
  id: "json-lines",
  version: 1,
  title: "JSON objects, one a line or in one array, with or without mapping",
  unknowns:
    "Paths that the mapping does not take are kept with each record by their own names; a line that is no object is rejected with its bytes.",
  async claim(material) {
    const sign = firstSign(material)
    if (sign === undefined) return null
    const text = Buffer.from(material.head).toString("utf8").trim()
    if (sign === "[") return /^\uFEFF?\[\s*(?:\{|\])/.test(text) ? { confidence: 0.3, why: "a JSON array of objects" } : null
    const lines = text.split("\n")
    const whole = (material.head.length >= material.sizeBytes ? lines : lines.slice(0, -1))
      .slice(0, 50)
      .filter((line) => line.trim() !== "")
    const good = whole.filter((line) => {
      try {
        return isObject(JSON.parse(line))
      } catch {
        return false
      }
    }).length
    return whole.length > 0 && good >= whole.length * 0.6
      ? { confidence: whole.length > 1 ? 0.35 : 0.25, why: `${good} of the first ${whole.length} lines are JSON objects` }
      : null
  },
  read,
}
