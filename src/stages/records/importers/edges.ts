import { Failure } from "#vocabulary/failure"
import type { Moment, Place, Reject, SourceRecord } from "#vocabulary/record"
import type { ImportContext, Importer, Material, Sink } from "../importer.ts"
import { contentless, filled, type Row } from "../mapping/delimited.ts"
import { decoderOf, type Encoding, encodingOf } from "../mapping/encoding.ts"
import { isZip, WorkbookFault } from "../mapping/workbook.ts"
import { NETWORK_MAP, type NetworkMap, networkMap } from "../networks/map.ts"
import { type Columns, cellsOf, figureOf, isComment, matrixCell, PLAIN, type Shape } from "../networks/shape.ts"
import { type NetworkSheets, type NetworkTable, sheetTables, textShape, textTable } from "../networks/table.ts"
import { FORMATS, type NetworkFormat, type WrittenPlace } from "../networks/written.ts"

/**
 * Bare networks: an edge list (`a b [weight [time]]`, or by the names of its columns; one unit a data line), an adjacency matrix (one unit a
 * cell that is not zero and not missing; labels in the first row and column, in one of the two, or none; a rectangular one is a two-mode
 * network), or a file of Pajek, GML, GraphML, GEXF, UCINET DL or nodes and links in JSON. Lists and matrices may be sheets of a workbook (.xlsx). What it is decides the content,
 * or a map that names the sheet and the columns. A line of weight zero or less is no link.
 * A link goes from the first end to the second, except where the file says that its links have no direction (edges of Pajek, GML, GraphML,
 * GEXF and JSON). A node's id is its label exactly as in the file, trimmed; where a file with ids gives two nodes one label, with the id behind it. Repeated pairs stay separate records; a matrix cell (i, j) is i → j.
 */
const MAX_LIST_CELLS = 4
/** Files of formats that are read whole may be so large. */
const MOST_WRITTEN = 256 * 1024 * 1024
const HEAD_READ = 4096

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

function link(place: Place, source: string, target: string, weight: number, at: Moment | null, directed?: false): SourceRecord<"link"> {
  return {
    kind: "link",
    place,
    at,
    fields: { weight, ...(directed === false ? { directed } : {}) },
    parties: [
      { part: "source", ids: [{ type: "node", raw: source }], name: source },
      { part: "target", ids: [{ type: "node", raw: target }], name: target },
    ],
  }
}

async function readList(row: Row, separator: string | null, columns: Columns | null, place: Place, sink: Sink): Promise<string[]> {
  sink.seen(1)
  const cells = cellsOf(row, separator)
  const snippet = row.cells.join(separator ?? " ").slice(0, 200)
  const at = columns ?? PLAIN
  const reject = (reason: string, ends: string[] = []) => {
    sink.reject({ place, code: "malformed", reason, snippet })
    return ends
  }
  if (cells === null) return reject("a quoted label does not close")
  if (columns === null) while (cells.length > 2 && cells.at(-1) === "") cells.pop()
  const [source, target] = [cells[at.source], cells[at.target]]
  const [weight, time] = [at.weight, at.time].map((i) => (i === null ? undefined : cells[i]))
  if (source === undefined || target === undefined || source === "" || target === "") return reject("a link needs two labels")
  if (columns === null && cells.length > MAX_LIST_CELLS)
    return reject(`${cells.length} cells where a link has at most ${MAX_LIST_CELLS}: two labels, weight, time`)
  const figure = weight === undefined || weight === "" ? 1 : figureOf(weight, separator)
  if (figure === null) return reject(`"${weight!.slice(0, 40)}" is no weight`)
  if (figure <= 0) return reject("a weight of zero or less is no link", [source, target])
  await sink.record(link(place, source, target, figure, time === undefined || time === "" ? null : momentOf(time)))
  return []
}

async function readMatrixRow(row: Row, of: Shape & { form: "matrix" }, turn: number, place: Place, sink: Sink): Promise<void> {
  const { columns, separator } = of
  const cells = cellsOf(row, separator) ?? []
  const own = of.rows === "first" ? cells.slice(1) : cells
  const label = of.rows === "first" ? cells[0] : columns[turn]
  if (label === undefined || label === "" || own.length !== columns.length) {
    sink.seen(1)
    sink.reject({
      place,
      code: "malformed",
      reason: `${own.length} figures where the matrix has ${columns.length}, or no label`,
      snippet: row.cells.join(",").slice(0, 200),
    })
    return
  }
  for (const [j, cell] of own.entries()) {
    const weight = matrixCell(cell, separator)
    if (weight === 0) continue
    sink.seen(1)
    const at: Place = { ...place, row: `${row.line}:${j + (of.rows === "first" ? 2 : 1)}` }
    if (weight === null) sink.reject({ place: at, code: "malformed", reason: "the cell is no number", snippet: cell.slice(0, 200) })
    else if (columns[j] === "")
      sink.reject({ place: at, code: "malformed", reason: "the column has no label", snippet: cell.slice(0, 200) })
    else await sink.record(link(at, label, columns[j]!, weight, null))
  }
}

/** Who has no tie in a network still is in it: measures count everybody. */
async function alone(material: Material, sink: Sink, labels: Iterable<string>, linked: ReadonlySet<string>): Promise<void> {
  for (const label of new Set(labels))
    if (!linked.has(label))
      await sink.also({
        kind: "statement",
        place: { file: material.file },
        at: null,
        fields: { schema: "node", caption: label, nativeId: label },
        parties: [{ part: "source", ids: [{ type: "node", raw: label }], name: label }],
      })
}

/** The sink, remembering who has a link. */
function noting(sink: Sink, linked: Set<string>): Sink {
  return {
    seen: (n) => sink.seen(n),
    record: (record) => {
      for (const party of record.parties) linked.add(party.ids[0]!.raw)
      return sink.record(record)
    },
    also: (record) => sink.also(record),
    reject: (reject) => sink.reject(reject),
    note: (text) => sink.note(text),
  }
}

async function textOf(material: Material, encoding: Encoding, bom: number): Promise<string | null> {
  if (material.sizeBytes > MOST_WRITTEN) return null
  const chunks: Uint8Array[] = []
  for await (const chunk of material.open()) chunks.push(chunk as Uint8Array)
  return decoderOf(encoding)(Buffer.concat(chunks).subarray(bom))
}

async function readWritten(format: NetworkFormat, material: Material, encoding: Encoding, bom: number, sink: Sink): Promise<void> {
  sink.note(`read as ${format.title}`)
  const placeOf = ({ line, bytes }: WrittenPlace): Place => {
    if (line !== undefined) return { file: material.file, row: line }
    // Bytes are of the text as UTF-8: in another encoding they say nothing of the file.
    return encoding === "utf-8" ? { file: material.file, byteStart: bom + bytes.start, byteEnd: bom + bytes.end } : { file: material.file }
  }
  const text = await textOf(material, encoding, bom)
  if (text === null) {
    sink.seen(1)
    sink.reject({
      place: { file: material.file },
      code: "too-large",
      reason: `a ${format.title} file of more than ${MOST_WRITTEN} bytes, or not in its encoding`,
    })
    return
  }
  const linked = new Set<string>()
  const counting = noting(sink, linked)
  const { links, nodes, rejects, shared } = await format.read(text)
  if (shared.length > 0)
    sink.note(
      `several nodes are called ${shared.slice(0, 5).join(", ")}${shared.length > 5 ? ` and ${shared.length - 5} more` : ""}: each has its id behind its name`,
    )
  sink.seen(links.length + rejects.length)
  const ends: string[] = []
  for (const { source, target, weight, directed, ...at } of links) {
    const place = placeOf(at)
    if (weight > 0) await counting.record(link(place, source, target, weight, null, directed))
    else {
      ends.push(source, target)
      sink.reject({ place, code: "malformed", reason: "a weight of zero or less is no link", snippet: `${source} ${target}`.slice(0, 200) })
    }
  }
  for (const { reason, snippet, ...at } of rejects) sink.reject({ place: placeOf(at), code: "malformed", reason, snippet })
  await alone(material, sink, [...nodes, ...ends], linked)
}

const formatOf = (material: Material, encoding: Encoding, bom: number): NetworkFormat | undefined => {
  const head = new TextDecoder(encoding).decode(material.head.subarray(bom, HEAD_READ))
  return FORMATS.find((f) => f.claims(head))
}

function saidOf(shape: Shape): string {
  const separator = shape.separator === null ? "blanks" : JSON.stringify(shape.separator)
  if (shape.form === "list")
    return `read as an edge list, separated by ${separator}${shape.header ? ", with a header" : ", without header"}${shape.columns && shape.columns.others.length > 0 ? `; columns not read: ${shape.columns.others.join(", ")}` : ""}`
  const labels =
    shape.rows === "first"
      ? ""
      : shape.header
        ? ", rows in the order of the columns"
        : ", without labels: people are called by their number"
  return `read as an adjacency matrix: ${shape.columns.length} columns, cell (row, column) = link from row to column, zero = none${labels}`
}

/** Reads one table. What comes back are all its labels: those with a link are in what `sink` notes. */
async function readTable(table: NetworkTable, sink: Sink): Promise<Set<string>> {
  const { shape } = table
  sink.note(`${table.name === null ? "" : `${table.name}: `}${saidOf(shape)}`)
  let first = true
  let turn = 0
  let blank = 0
  const labels = new Set(shape.form === "matrix" ? shape.columns.filter((label) => label !== "") : [])
  for await (const batch of table.rows()) {
    for (const row of batch) {
      const place = table.placeOf(row)
      if (!("cells" in row)) {
        if (row.broken === "malformed" && /^\s*[#%]/.test(row.snippet)) continue
        sink.seen(1)
        sink.reject({ place, code: row.broken, reason: row.reason, snippet: row.snippet })
        continue
      }
      if (isComment(row)) continue
      if (!filled(row.cells)) {
        blank++
        continue
      }
      const header = first && shape.header
      first = false
      if (header) continue
      if (shape.form === "list") {
        for (const end of await readList(row, shape.separator, shape.columns, place, sink)) labels.add(end)
        continue
      }
      const own = shape.rows === "first" ? (cellsOf(row, shape.separator)?.[0] ?? "") : ""
      if (own !== "") labels.add(own)
      await readMatrixRow(row, shape, turn++, place, sink)
    }
  }
  if (blank > 0) sink.note(contentless(blank))
  return labels
}

/** Nothing of the file can be read as a network. */
function unreadable(material: Material, sink: Sink, code: Reject["code"], reason: string): void {
  sink.seen(1)
  sink.reject({ place: { file: material.file, byteStart: 0, byteEnd: material.sizeBytes }, code, reason })
}

async function readWorkbook(material: Material, sink: Sink, map: NetworkMap | null, signal: AbortSignal): Promise<void> {
  let found: NetworkSheets
  try {
    found = await sheetTables(material, map, signal)
  } catch (error) {
    if (!(error instanceof WorkbookFault)) throw error
    unreadable(material, sink, error.code, `the workbook cannot be opened: ${error.message}`)
    return
  }
  try {
    const { tables, unread, sheets } = found
    if (map?.sheet !== undefined && !sheets.includes(map.sheet))
      throw new Failure("invalid.mapping-sheet", `The workbook has no sheet "${map.sheet}".`, { hint: `It has: ${sheets.join(", ")}` })
    if (tables.length === 0) {
      const ways = "a matrix with the same labels above and beside, or columns named source and target; or name the sheet in a map"
      unreadable(material, sink, "unknown-structure", `of the sheets ${sheets.join(", ")} none is known for a network: ${ways}`)
      return
    }
    if (unread.length > 0) sink.note(`Sheets not read: ${unread.join(", ")}.`)
    const linked = new Set<string>()
    const labels = new Set<string>()
    for (const table of tables)
      try {
        for (const label of await readTable(table, noting(sink, linked))) labels.add(label)
      } catch (error) {
        if (!(error instanceof WorkbookFault)) throw error
        sink.seen(1)
        sink.reject({
          place: { file: material.file, table: table.name! },
          code: error.code,
          reason: `the sheet cannot be read to its end: ${error.message}`,
        })
      }
    await alone(material, sink, labels, linked)
  } finally {
    found.close()
  }
}

/** Control characters that no text has, in a share that no damage explains. */
function isBinary(head: Uint8Array, encoding: Encoding): boolean {
  if (encoding.startsWith("utf-16")) return false
  return head.filter((byte) => byte < 9 || (byte > 13 && byte < 27)).length > head.length / 20
}

async function read(material: Material, sink: Sink, context: ImportContext): Promise<void> {
  const map = networkMap(context.mapping)
  if (isZip(material.head)) return readWorkbook(material, sink, map, context.signal)
  const { encoding, bom, why } = await encodingOf(material)
  if (isBinary(material.head, encoding)) return unreadable(material, sink, "unknown-structure", "neither a text nor a workbook (.xlsx)")
  if (why !== "") sink.note(why)
  const format = formatOf(material, encoding, bom)
  if (format !== undefined) return readWritten(format, material, encoding, bom, sink)
  const found = textShape(material, encoding, bom, map)
  if (found === null) sink.note(`no network is seen in the first lines: a map names the columns, such as ${NETWORK_MAP}`)
  const shape: Shape = found?.shape ?? { form: "list", separator: ",", header: false, named: false, columns: null }
  const table = textTable(material, encoding, bom, shape, context.signal)
  const linked = new Set<string>()
  await alone(material, sink, await readTable(table, noting(sink, linked)), linked)
}

export const edges: Importer = {
  id: "edges",
  version: 5,
  title: "Network: edge list, adjacency matrix, workbook, Pajek, GML, GraphML, GEXF, JSON of nodes and links, or UCINET DL",
  unknowns:
    "Where a header names both ends, columns of other names are told and not read; else lines with more than two labels, weight and time are rejected with their place. Comment lines (#, %) are passed over.",
  async claim(material) {
    if (material.head.length === 0 || isZip(material.head)) return null
    const { encoding, bom } = await encodingOf(material)
    if (isBinary(material.head, encoding)) return null
    const format = formatOf(material, encoding, bom)
    if (format !== undefined) return { confidence: 0.9, why: `the beginning of a ${format.title} file` }
    const found = textShape(material, encoding, bom, null)
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
  read,
}
