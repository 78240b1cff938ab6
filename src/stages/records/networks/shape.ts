import { Failure } from "#vocabulary/failure"
import type { Material } from "../importer.ts"
import type { BrokenRow, Dialect, Row } from "../mapping/delimited.ts"
import type { Encoding } from "../mapping/encoding.ts"
import { headRows } from "../mapping/sniff.ts"
import type { NetworkMap } from "./map.ts"

/** Where in a line of an edge list what stands; null: there is none. */
export interface Columns {
  source: number
  target: number
  weight: number | null
  time: number | null
  /** Named columns that are not read. */
  others: string[]
}

export type Shape =
  | { form: "list"; separator: string | null; header: boolean; named: boolean; columns: Columns | null }
  | {
      form: "matrix"
      separator: string | null
      columns: string[]
      /** The first line names the columns. */
      header: boolean
      /** Labels of the rows: in the first cell of each, or those of the columns in their order. */
      rows: "first" | "as columns"
    }

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/
/** What a cell of a matrix says where nothing is known: no link. */
const MISSING = /^(?:|NA|N\/A|NaN|NULL|\.|-)$/i
const SEPARATORS = [",", ";", "\t", "|"]
/** What the name of a column that holds one end may say besides: `source_id`, `Caller number`. */
const OF_END = "(?: ?(?:id|name|label|node|no|nr|number|person|actor))?"
const SOURCE = new RegExp(
  `^(?:(?:source|from|src|sender|caller|ego|von|de)${OF_END}|(?:node|id|actor|person|name|vertex|user|party) ?[1a]|المصدر|من|منبع|مبدأ|سەرچاوە|لە)$`,
  "i",
)
const TARGET = new RegExp(
  `^(?:(?:target|to|dst|destination|receiver|recipient|callee|alter|tie|nach|vers)${OF_END}|(?:node|id|actor|person|name|vertex|user|party) ?[2b]|الهدف|إلى|هدف|مقصد|ئامانج|بۆ)$`,
  "i",
)
/** Where a column names the other end, one of these names whose row it is. */
const OWN = /^(?:id|name|node|actor|person|vertex|user)$/i
const WEIGHT = /^(?:weight|count|freq(?:uency)?|n|value|strength|calls|times|gewicht|poids|الوزن|وزن|عدد|کێش|ژمارە)$/i
const TIME = /^(?:time|date|timestamp|when|zeit|datum|temps|التاريخ|تاریخ|کات|بەروار)$/i
const MAX_LIST_CELLS = 4
/** Wider squares of numbers without labels are matrices: no line of an edge list has so many cells. */
const LEAST_SQUARE = 5

const says = (words: RegExp, cell: string): boolean => words.test(cell.trim().replace(/[_.\s-]+/g, " "))
const wordy = (cell: string): boolean => [SOURCE, TARGET, WEIGHT, TIME].some((words) => says(words, cell))

/** A figure as written, with a decimal comma where commas do not separate cells; null for what is none. */
export function figureOf(cell: string, separator: string | null): number | null {
  const plain = separator === "," ? cell : cell.replace(/^([-+]?\d*),(\d+)$/, "$1.$2")
  return NUMBER.test(plain) ? Number(plain) : null
}

/** A cell of a matrix: its weight, 0 where nothing is known, null for what is no number. */
export const matrixCell = (cell: string, separator: string | null): number | null => (MISSING.test(cell) ? 0 : figureOf(cell, separator))

export const isComment = (row: Row): boolean => /^\s*[#%]/.test(row.cells[0]!)

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

export const dialectOf = (separator: string | null, eol: "\n" | "\r"): Dialect => ({
  separator: separator ?? "\u0000",
  quote: separator === null ? null : '"',
  eol,
})
export const eolOf = (material: Material): "\n" | "\r" => (material.head.includes(10) || !material.head.includes(13) ? "\n" : "\r")
export const cellsOf = (row: Row, separator: string | null): string[] | null =>
  separator === null ? blankCells(row.cells[0]!) : row.cells.map((cell) => cell.trim())

function rowsFor(material: Material, encoding: Encoding, bom: number, separator: string | null): (Row | BrokenRow)[] {
  const whole = material.head.length >= material.sizeBytes
  const rows = headRows(material.head, whole, encoding, dialectOf(separator, eolOf(material)), bom)
  return rows.filter((row) => !("cells" in row ? isComment(row) : /^\s*[#%]/.test(row.snippet)))
}

/** `whole`: the lines are all that the file has. */
function matrixOf(
  lines: readonly string[][],
  separator: string | null,
  whole: boolean,
): { shape: Shape & { form: "matrix" }; modes: 1 | 2 } | null {
  const [first, ...body] = lines
  if (first === undefined || body.length === 0) return null
  const figures = (cells: readonly string[]) => cells.every((cell) => matrixCell(cell, separator) !== null)
  const most = (fits: (cells: string[]) => boolean) => body.filter(fits).length >= body.length * 0.9
  const found = (columns: string[], header: boolean, rows: "first" | "as columns", modes: 1 | 2 = 1) =>
    new Set(columns).size === columns.length ? { shape: { form: "matrix" as const, separator, columns, header, rows }, modes } : null
  const width = first.length
  const square = whole ? body.length === width : body.length <= width
  // Labels above and none beside: as many lines below as columns.
  const words = first.filter(wordy).length
  if (
    width >= 4 &&
    square &&
    words < 2 &&
    (!figures(first) || (whole && width >= LEAST_SQUARE && new Set(first).size === width)) &&
    first.every((cell) => cell !== "") &&
    most((c) => c.length === width && figures(c))
  )
    return found(first, true, "as columns")
  // No labels at all: people are called by their number.
  if (
    width >= LEAST_SQUARE &&
    (whole ? lines.length === width : lines.length <= width) &&
    first[0] !== "" &&
    figures(first) &&
    most((c) => c.length === width && figures(c))
  )
    return found(
      first.map((_, i) => String(i + 1)),
      false,
      "as columns",
    )
  const short = body.every((cells) => cells.length === width + 1)
  if (width < (short ? 2 : 3)) return null
  const columns = short ? first : first.slice(1)
  const across = columns.length
  if (!most((c) => c.length === across + 1 && c[0] !== "" && figures(c.slice(1)))) return null
  const corner = short ? "" : first[0]!
  if (NUMBER.test(corner) || columns.includes(corner)) return null
  const labels = body.map((cells) => cells[0]!)
  const shared = columns.filter((label) => labels.includes(label)).length
  // A one-mode matrix names its rows as its columns; a two-mode one leaves the corner empty and has words for columns.
  const named = shared >= columns.length * 0.9 && labels.length <= columns.length
  const cut = labels.every((label, i) => columns[i] === label)
  if (named || cut) return found(columns, true, "first")
  const rectangular =
    corner === "" &&
    !short &&
    columns.every((label) => label !== "" && !NUMBER.test(label)) &&
    columns.filter(wordy).length < 2 &&
    columnsOf(first) === null
  return rectangular ? found(columns, true, "first", 2) : null
}

/** The columns that the map names; null where the header does not have both ends. Throws `invalid.mapping-column` where it lacks another. */
function mapped(header: readonly string[], map: NetworkMap): Columns | null {
  const names = header.map((cell) => cell.trim())
  const [source, target] = [names.indexOf(map.source!), names.indexOf(map.target!)]
  if (source < 0 || target < 0) return null
  const also = (name: string | undefined): number | null => {
    if (name === undefined) return null
    if (!names.includes(name)) throw noColumn([name], names)
    return names.indexOf(name)
  }
  return withOthers(names, { source, target, weight: also(map.weight), time: also(map.time) })
}

/** Columns with the names of those that are not read. */
function withOthers(header: readonly string[], read: Omit<Columns, "others">): Columns {
  const taken = new Set<number | null>(Object.values(read))
  return { ...read, others: header.filter((cell, i) => !taken.has(i) && cell.trim() !== "") }
}

const noColumn = (wanted: readonly string[], header: readonly string[]): Failure =>
  new Failure("invalid.mapping-column", `The table has no column ${wanted.map((name) => `"${name}"`).join(" and ")} of the map.`, {
    hint: `It has: ${header.filter((name) => name !== "").join(", ")}`,
  })

/** Which columns a header names; null where it does not name both ends. */
function columnsOf(header: readonly string[]): Columns | null {
  const at = (words: RegExp): number => header.findIndex((cell) => says(words, cell))
  // What R writes of a table without names: numbers of lines, then V1, V2 …
  if (header[0] === "" && /^[VX]1$/.test(header[1] ?? "") && /^[VX]2$/.test(header[2] ?? ""))
    return { source: 1, target: 2, weight: header.length > 3 ? 3 : null, time: null, others: header.slice(4) }
  const [named, target, weight, time] = [at(SOURCE), at(TARGET), at(WEIGHT), at(TIME)]
  const source = named < 0 && target >= 0 ? at(OWN) : named
  if (source < 0 || target < 0) return null
  // A third and fourth column under other words are what they always are.
  const plain = source === 0 && target === 1 && header.length <= MAX_LIST_CELLS && weight < 0 && time < 0
  return withOthers(header, {
    source,
    target,
    weight: plain ? (header.length > 2 ? 2 : null) : weight < 0 ? null : weight,
    time: plain ? null : time < 0 ? null : time,
  })
}

/** A first line that names the columns: known words, a weight that is none, words above numbers, or twins such as `person_a`, `person_b`. */
function headerLine(first: readonly string[], rest: readonly (readonly string[] | null)[], separator: string | null): boolean {
  const [a, b, weight] = first
  if (a === undefined || b === undefined || first.length > MAX_LIST_CELLS || rest.length === 0) return false
  if (first.filter(wordy).length >= 2) return true
  const below = rest.filter((cells) => cells !== null)
  const figure = (cell: string | undefined): boolean => cell === undefined || cell === "" || figureOf(cell, separator) !== null
  if (!figure(weight)) return below.every((cells) => figure(cells[2]))
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

/** The first lines of a table, cut at a separator; null for a broken one. */
export interface Lines {
  separator: string | null
  lines: (string[] | null)[]
}

/** The first lines of a text, cut at each separator that there may be. */
export const linesOf = (material: Material, encoding: Encoding, bom: number): Lines[] =>
  [...SEPARATORS, null].map((separator) => ({
    separator,
    lines: rowsFor(material, encoding, bom, separator).map((row) => ("cells" in row ? cellsOf(row, separator) : null)),
  }))

/** An edge list by the columns that a map names. Throws `invalid.mapping-column`. */
function mappedShape(read: readonly Lines[], map: NetworkMap): Shape {
  const headers = read.flatMap(({ separator, lines }) => (lines[0] ? [{ separator, header: lines[0] }] : []))
  for (const { separator, header } of headers) {
    const columns = mapped(header, map)
    if (columns !== null) return { form: "list", separator, header: true, named: true, columns }
  }
  const widest = headers.reduce<string[]>((most, { header }) => (header.length > most.length ? header : most), [])
  throw noColumn(
    [map.source!, map.target!].filter((name) => !widest.includes(name)),
    widest,
  )
}

/** What a table is, as far as its first lines show; `whole`: they are all that it has. `overlap`: how far both ends name the same, 0 to 1. */
export function shapeOf(read: readonly Lines[], whole: boolean, map: NetworkMap | null = null): { shape: Shape; overlap: number } | null {
  if (map?.source !== undefined) return { shape: mappedShape(read, map), overlap: 0 }
  let best: { shape: Shape; overlap: number; fit: number } | null = null
  for (const { separator, lines } of read) {
    const matrix = matrixOf(
      lines.filter((cells) => cells !== null),
      separator,
      whole,
    )
    if (matrix !== null) return { shape: matrix.shape, overlap: matrix.modes === 1 ? 1 : 0 }
  }
  for (const { separator, lines: all } of read) {
    const lines = all.slice(0, 2000)
    if (lines.length === 0) continue
    const first = lines[0] ?? null
    const named = first === null ? null : columnsOf(first)
    // Words that are labels further down name no column.
    const labels = new Set(named ? lines.slice(1, 200).flatMap((cells) => [cells?.[named.source], cells?.[named.target]]) : [])
    const columns = named && !labels.has(first![named.source]) && !labels.has(first![named.target]) ? named : null
    const header = columns !== null || (first !== null && headerLine(first, lines.slice(1, 200), separator))
    const data = header ? lines.slice(1) : lines
    const ends = columns ?? PLAIN
    const fitting = data.filter((cells) => {
      if (cells === null || cells.length <= Math.max(ends.source, ends.target)) return false
      if (columns === null && cells.length > MAX_LIST_CELLS) return false
      const weight = ends.weight === null ? undefined : cells[ends.weight]
      return weight === undefined || weight === "" || figureOf(weight, separator) !== null
    }) as string[][]
    const fit = data.length === 0 ? (header ? 1 : 0) : fitting.length / data.length
    const sources = new Set(fitting.map((cells) => cells[ends.source]))
    const targets = new Set(fitting.map((cells) => cells[ends.target]))
    // A column of two or three values (a flag, a group) is no list of people, whatever it shares with the first.
    const many = Math.min(sources.size, targets.size) >= Math.min(4, Math.ceil(fitting.length / 2))
    const overlap = !many
      ? 0
      : [...targets].filter((label) => sources.has(label)).length / Math.max(1, Math.min(sources.size, targets.size))
    if (fit > (best?.fit ?? 0.5)) best = { shape: { form: "list", separator, header, named: columns !== null, columns }, overlap, fit }
  }
  return best
}

/** An edge list whose header names nothing that is known. */
export const PLAIN: Columns = { source: 0, target: 1, weight: 2, time: 3, others: [] }
