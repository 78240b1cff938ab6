import type { Moment, Place, SourceRecord } from "#vocabulary/record"
import type { Importer, Material, Sink } from "../importer.ts"
import { type BrokenRow, type Dialect, type Row, rowsOf } from "../mapping/delimited.ts"
import { type Encoding, encodingOf } from "../mapping/encoding.ts"
import { headRows } from "../mapping/sniff.ts"

/**
 * Bare networks: an edge list (`a b [weight [time]]`, one unit a data line) or an adjacency matrix with labels in the first row and
 * column (one unit a cell that is not zero and not empty; a rectangular one is a two-mode network). What it is decides the content.
 * A node's id is its label exactly as in the file, trimmed. Repeated pairs stay separate records; a matrix cell (i, j) is i → j.
 */
type Shape =
  | { form: "list"; separator: string | null; header: boolean; named: boolean }
  | { form: "matrix"; separator: string; columns: string[] }

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/
const SEPARATORS = [",", ";", "\t", "|"]
const HEADER =
  /^(?:source|target|from|to|src|dst|node ?[12ab]?|id ?[12]|weight|count|freq(?:uency)?|n|time|date|timestamp|value|caller|callee|von|nach|gewicht|de|vers|poids|من|إلى|alter|ego)$/i
const MAX_LIST_CELLS = 4

const isComment = (row: Row) => /^\s*[#%]/.test(row.cells[0]!)

/** Blank-separated lines with `"quoted labels"`. Null when a quote does not close. */
export function blankCells(text: string): string[] | null {
  const cells: string[] = []
  const token = /\s*(?:"((?:[^"]|"")*)"(?=\s|$)|([^\s"]+)(?=\s|$))/y
  const body = text.trim()
  while (token.lastIndex < body.length) {
    const at = token.lastIndex
    const match = token.exec(body)
    if (match === null) return null
    cells.push(match[1] !== undefined ? match[1].replaceAll('""', '"') : match[2]!)
    if (token.lastIndex === at) return null
  }
  return cells
}

const dialectOf = (separator: string | null, eol: "\n" | "\r"): Dialect => ({
  separator: separator ?? "\u0000",
  quote: separator === null ? null : '"',
  eol,
})
const cellsOf = (row: Row, separator: string | null): string[] | null =>
  separator === null ? blankCells(row.cells[0]!) : row.cells.map((cell) => cell.trim())

function rowsFor(material: Material, encoding: Encoding, bom: number, separator: string | null): (Row | BrokenRow)[] {
  const eol = material.head.includes(10) || !material.head.includes(13) ? "\n" : "\r"
  const rows = headRows(material.head, material.head.length >= material.sizeBytes, encoding, dialectOf(separator, eol), bom)
  return rows.filter((row) => !("cells" in row ? isComment(row) : /^\s*[#%]/.test(row.snippet)))
}

function matrixOf(rows: readonly Row[]): { columns: string[]; modes: 1 | 2 } | null {
  const [first, ...body] = rows
  if (first === undefined || body.length === 0 || first.cells.length < 3) return null
  const width = first.cells.length
  const numeric = (row: Row) => row.cells.slice(1).every((cell) => cell.trim() === "" || NUMBER.test(cell.trim()))
  const fits = body.filter((row) => row.cells.length === width && row.cells[0]!.trim() !== "" && numeric(row)).length
  if (fits < body.length * 0.9) return null
  const columns = first.cells.slice(1).map((cell) => cell.trim())
  const corner = first.cells[0]!.trim()
  if (NUMBER.test(corner) || columns.includes(corner)) return null
  const rowLabels = body.map((row) => row.cells[0]!.trim())
  const shared = columns.filter((label) => rowLabels.includes(label)).length
  // A one-mode matrix names its rows as its columns; a two-mode one leaves the corner empty and has words for columns.
  const square = shared >= columns.length * 0.9 && rowLabels.length <= columns.length
  const cut = rowLabels.every((label, i) => columns[i] === label)
  const rectangular = corner === "" && columns.every((label) => label !== "" && !NUMBER.test(label))
  if (new Set(columns).size !== columns.length || !(square || cut || rectangular)) return null
  return { columns, modes: square || cut ? 1 : 2 }
}

/** A first line that names the columns: known words, a weight that is none, words above numbers, or twins such as `person_a`, `person_b`. */
function headerLine(first: readonly string[], rest: readonly (readonly string[] | null)[]): boolean {
  const [a, b, weight] = first
  if (a === undefined || b === undefined || first.length > MAX_LIST_CELLS || rest.length === 0) return false
  if (first.filter((cell) => HEADER.test(cell)).length >= 2) return true
  const below = rest.filter((cells) => cells !== null)
  if (weight !== undefined && weight !== "" && !NUMBER.test(weight))
    return below.every((cells) => cells[2] === undefined || cells[2] === "" || NUMBER.test(cells[2]))
  if (!NUMBER.test(a) && !NUMBER.test(b) && below.every((cells) => NUMBER.test(cells[0] ?? "") && NUMBER.test(cells[1] ?? ""))) return true
  const stem = /^(.*?)[ _.-]?[a1xi]$/i.exec(a)?.[1]?.toLowerCase()
  const twin = /^(.*?)[ _.-]?[b2yj]$/i.exec(b)?.[1]?.toLowerCase()
  return (
    stem !== undefined &&
    stem.length >= 3 &&
    stem === twin &&
    !below.some((cells) => cells[0] === a || cells[1] === b || cells[0] === b || cells[1] === a)
  )
}

function shapeOf(material: Material, encoding: Encoding, bom: number): { shape: Shape; overlap: number } | null {
  let best: { shape: Shape; overlap: number; fit: number } | null = null
  for (const separator of SEPARATORS) {
    const matrix = matrixOf(rowsFor(material, encoding, bom, separator).filter((row): row is Row => "cells" in row))
    if (matrix !== null) return { shape: { form: "matrix", separator, columns: matrix.columns }, overlap: matrix.modes === 1 ? 1 : 0 }
  }
  for (const separator of [...SEPARATORS, null]) {
    const lines = rowsFor(material, encoding, bom, separator)
      .slice(0, 2000)
      .map((row) => ("cells" in row ? cellsOf(row, separator) : null))
    if (lines.length === 0) continue
    const first = lines[0] ?? null
    const header = first !== null && headerLine(first, lines.slice(1, 200))
    const data = header ? lines.slice(1) : lines
    const fitting = data.filter(
      (cells) =>
        cells !== null &&
        cells.length >= 2 &&
        cells.length <= MAX_LIST_CELLS &&
        (cells.length < 3 || cells[2] === "" || NUMBER.test(cells[2]!)),
    ) as string[][]
    const fit = data.length === 0 ? (header ? 1 : 0) : fitting.length / data.length
    const sources = new Set(fitting.map((cells) => cells[0]))
    const targets = new Set(fitting.map((cells) => cells[1]))
    // A column of two or three values (a flag, a group) is no list of people, whatever it shares with the first.
    const many = Math.min(sources.size, targets.size) >= Math.min(4, Math.ceil(fitting.length / 2))
    const overlap = !many
      ? 0
      : [...targets].filter((label) => sources.has(label)).length / Math.max(1, Math.min(sources.size, targets.size))
    if (fit > (best?.fit ?? 0.5))
      best = {
        shape: { form: "list", separator, header, named: header && first.slice(0, 2).every((cell) => HEADER.test(cell)) },
        overlap,
        fit,
      }
  }
  return best
}

/** Time of a link: ISO 8601 with offset, or a Unix count of ten or thirteen digits. Anything else keeps its words only. */
function momentOf(raw: string): Moment {
  const unread: Moment = { ms: null, raw, precision: "unknown", zone: "unknown", calendar: "gregorian" }
  if (/^\d{10}$/.test(raw)) return { ...unread, ms: Number(raw) * 1000, precision: "second", zone: "utc" }
  if (/^\d{13}$/.test(raw)) return { ...unread, ms: Number(raw), precision: "millisecond", zone: "utc" }
  const iso = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.exec(raw)
  if (iso === null) return unread
  const zoned = iso[7] !== undefined
  const ms = Date.parse(iso[4] === undefined ? raw : `${raw.replace(" ", "T")}${zoned ? "" : "Z"}`)
  if (Number.isNaN(ms)) return unread
  return {
    ...unread,
    ms,
    precision: iso[4] === undefined ? "day" : iso[6] === undefined ? "minute" : "second",
    zone: zoned ? (iso[7] === "Z" ? "utc" : "offset") : "unknown",
  }
}

function link(
  place: Place,
  source: string,
  target: string,
  weight: number,
  at: Moment | null,
  extra?: Record<string, unknown>,
): SourceRecord<"link"> {
  return {
    kind: "link",
    place,
    at,
    fields: { weight },
    parties: [
      { part: "source", ids: [{ type: "node", raw: source }], name: source },
      { part: "target", ids: [{ type: "node", raw: target }], name: target },
    ],
    ...(extra === undefined ? {} : { extra }),
  }
}

const placeOf = (material: Material, row: Row | BrokenRow): Place => ({
  file: material.file,
  row: row.line,
  byteStart: row.start,
  byteEnd: row.end,
})

async function readList(row: Row, separator: string | null, place: Place, sink: Sink): Promise<void> {
  sink.seen(1)
  const cells = cellsOf(row, separator)
  const snippet = row.cells.join(separator ?? " ").slice(0, 200)
  const reject = (reason: string) => sink.reject({ place, code: "malformed", reason, snippet })
  if (cells === null) return reject("a quoted label does not close")
  while (cells.length > 2 && cells.at(-1) === "") cells.pop()
  const [source, target, weight, time] = cells
  if (cells.length < 2 || source === "" || target === "") return reject("a link needs two labels")
  if (cells.length > MAX_LIST_CELLS)
    return reject(`${cells.length} cells where a link has at most ${MAX_LIST_CELLS}: two labels, weight, time`)
  if (weight !== undefined && weight !== "" && !NUMBER.test(weight)) return reject(`"${weight.slice(0, 40)}" is no weight`)
  await sink.record(
    link(
      place,
      source!,
      target!,
      weight === undefined || weight === "" ? 1 : Number(weight),
      time === undefined || time === "" ? null : momentOf(time),
    ),
  )
}

async function readMatrixRow(row: Row, columns: readonly string[], place: Place, sink: Sink): Promise<void> {
  const label = row.cells[0]!.trim()
  if (label === "" || row.cells.length !== columns.length + 1) {
    sink.seen(1)
    sink.reject({
      place,
      code: "malformed",
      reason: `${row.cells.length} cells where the matrix has ${columns.length + 1}, or no label`,
      snippet: row.cells.join(",").slice(0, 200),
    })
    return
  }
  for (let j = 0; j < columns.length; j++) {
    const cell = row.cells[j + 1]!.trim()
    if (cell === "" || (NUMBER.test(cell) && Number(cell) === 0)) continue
    sink.seen(1)
    const at: Place = { ...place, row: `${row.line}:${j + 2}` }
    if (!NUMBER.test(cell)) sink.reject({ place: at, code: "malformed", reason: "the cell is no number", snippet: cell.slice(0, 200) })
    else if (columns[j] === "")
      sink.reject({ place: at, code: "malformed", reason: "the column has no label", snippet: cell.slice(0, 200) })
    else await sink.record(link(at, label, columns[j]!, Number(cell), null))
  }
}

async function read(material: Material, sink: Sink, signal: AbortSignal): Promise<void> {
  const { encoding, bom, why } = await encodingOf(material)
  if (why !== "") sink.note(why)
  const found = shapeOf(material, encoding, bom)
  const shape: Shape = found?.shape ?? { form: "list", separator: ",", header: false, named: false }
  const separator = shape.separator
  if (found !== null)
    sink.note(
      shape.form === "matrix"
        ? `read as an adjacency matrix: ${shape.columns.length} columns, cell (row, column) = link from row to column, zero = none`
        : `read as an edge list, separated by ${separator === null ? "blanks" : JSON.stringify(separator)}${shape.header ? ", with a header" : ", without header"}`,
    )
  const eol = material.head.includes(10) || !material.head.includes(13) ? "\n" : "\r"
  let first = true
  const labels = new Set(shape.form === "matrix" ? shape.columns.filter((label) => label !== "") : [])
  const linked = new Set<string>()
  const counting: Sink = {
    seen: (n) => sink.seen(n),
    record: (record) => {
      for (const party of record.parties) linked.add(party.ids[0]!.raw)
      return sink.record(record)
    },
    also: (record) => sink.also(record),
    reject: (reject) => sink.reject(reject),
    note: (text) => sink.note(text),
  }
  for await (const batch of rowsOf(material, encoding, dialectOf(separator, eol), bom, signal)) {
    for (const row of batch) {
      const place = placeOf(material, row)
      if (!("cells" in row)) {
        if (row.broken === "malformed" && /^\s*[#%]/.test(row.snippet)) continue
        sink.seen(1)
        sink.reject({ place, code: row.broken, reason: row.reason, snippet: row.snippet })
        continue
      }
      if (isComment(row)) continue
      const header = first && (shape.form === "matrix" || shape.header)
      first = false
      if (header) continue
      if (shape.form === "matrix") {
        if (row.cells[0]!.trim() !== "") labels.add(row.cells[0]!.trim())
        await readMatrixRow(row, shape.columns, place, counting)
      } else await readList(row, separator, place, sink)
    }
  }
  // Who has no tie in a matrix still is in it: measures count everybody.
  for (const label of labels)
    if (!linked.has(label))
      await sink.also({
        kind: "statement",
        place: { file: material.file },
        at: null,
        fields: { schema: "node", caption: label, nativeId: label },
        parties: [{ part: "source", ids: [{ type: "node", raw: label }], name: label }],
      })
}

export const edges: Importer = {
  id: "edges",
  version: 1,
  title: "Network: edge list or adjacency matrix",
  unknowns: "Lines with more than two labels, weight and time are rejected with their place; comment lines (#, %) are passed over.",
  async claim(material) {
    if (material.head.length === 0) return null
    const { encoding, bom } = await encodingOf(material)
    const found = shapeOf(material, encoding, bom)
    if (found === null) return null
    // Any table of numbers with an index column looks like a two-mode matrix: that one waits to be asked for.
    if (found.shape.form === "matrix")
      return found.overlap === 1
        ? { confidence: 0.7, why: "the same labels in the first row and the first column, numbers between" }
        : { confidence: 0.25, why: "labels in the first row and column, numbers between" }
    if (found.shape.named) return { confidence: 0.45, why: "a header that names both ends of a link" }
    if (found.overlap > 0.3) return { confidence: 0.4, why: "two labels a line, and the second ones stand among the first ones" }
    return found.shape.separator === null ? null : { confidence: 0.1, why: "two labels a line" }
  },
  read: (material, sink, context) => read(material, sink, context.signal),
}
