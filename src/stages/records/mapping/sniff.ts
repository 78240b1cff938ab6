import { type BrokenRow, type Dialect, type Row, tokenizer } from "./delimited.ts"
import type { Encoding } from "./encoding.ts"
import { type Look, lookOf } from "./looks.ts"

const SEPARATORS = [",", ";", "\t", "|"] as const
const SAMPLE_ROWS = 200

/** Complete rows of the first bytes; the last line is left out when the head is cut there. */
export function headRows(head: Uint8Array, whole: boolean, encoding: Encoding, dialect: Dialect, bom: number): (Row | BrokenRow)[] {
  const rows = tokenizer(encoding, dialect, bom)
  const out = rows.push(head)
  return whole ? [...out, ...rows.finish()] : out
}

export interface Sniffed {
  dialect: Dialect
  /** Cells of most rows. */
  width: number
  /** Share of sampled rows with that many cells, 0..1. */
  agreement: number
  rows: Row[]
}

const isRow = (row: Row | BrokenRow): row is Row => "cells" in row

/** A CR counts as line end only in files without LF (old Macintosh exports). */
function eolOf(head: Uint8Array): "\n" | "\r" {
  return head.includes(10) || !head.includes(13) ? "\n" : "\r"
}

function modalWidth(rows: readonly Row[]): [width: number, share: number] {
  const counts = new Map<number, number>()
  for (const row of rows) counts.set(row.cells.length, (counts.get(row.cells.length) ?? 0) + 1)
  let best: [number, number] = [1, 0]
  for (const [width, n] of counts) if (n > best[1] || (n === best[1] && width > best[0])) best = [width, n]
  return [best[0], rows.length === 0 ? 0 : best[1] / rows.length]
}

/**
 * The separator under which most rows have the same number of cells, more cells first among equals. Quotes count as quotes when a
 * cell begins with one, and where the sample has none (RFC 4180: they may come later). A separator that is given is kept. Null when there is no row at all.
 */
export function sniff(
  head: Uint8Array,
  whole: boolean,
  encoding: Encoding,
  bom: number,
  given: { separator?: string | undefined; quote?: string | null | undefined } = {},
): Sniffed | null {
  const eol = eolOf(head)
  let best: Sniffed | null = null
  let bestScore = -1
  for (const separator of given.separator === undefined ? SEPARATORS : [given.separator]) {
    const dialect: Dialect = { separator, quote: given.quote === undefined ? '"' : given.quote, eol }
    if (given.quote === undefined) {
      const plain = headRows(head, whole, encoding, { ...dialect, quote: null }, bom)
        .filter(isRow)
        .slice(0, SAMPLE_ROWS)
      // A lone quote in a cell is a ditto mark, not the begin of a quoted cell.
      const quoted = plain.flatMap((row) => row.cells.filter((cell) => cell.trimStart().startsWith('"')))
      if (quoted.length > 0 && quoted.every((cell) => cell.trim() === '"')) dialect.quote = null
    }
    const all = headRows(head, whole, encoding, dialect, bom).slice(0, SAMPLE_ROWS)
    const rows = all.filter(isRow)
    if (rows.length === 0) continue
    const [width, share] = modalWidth(rows)
    const agreement = share * (rows.length / all.length)
    const score = width === 1 ? 0.01 : agreement * agreement * (1 + Math.log2(width) / 8)
    if (score > bestScore) {
      bestScore = score
      best = { dialect, width, agreement, rows }
    }
  }
  return best
}

/** `sep=;` in the first line is Excel's own word on the separator. Not data. */
export function declaredSeparator(row: Row | undefined, separator: string): string | null {
  const match = /^sep=(.)$/i.exec(row?.cells.join(separator) ?? "")
  return match === null ? null : match[1]!
}

export interface Header {
  /** Rows above the header: a report's title, an account holder. */
  above: number
  /** False: the first row is data, columns are called `column 1`, `column 2` … */
  present: boolean
}

/** Looks that a label can have: `No`, `USD` and `EUR` stand above columns too. */
const LABEL_LOOKS = new Set<Look>(["text", "word", "boolean", "currency"])

/** A row's cells without the empty ones at its end. */
const closed = (cells: readonly string[]) => cells.slice(0, cells.findLastIndex((cell) => cell !== "") + 1)

/**
 * Where the header stands. A header row is as wide as the table (empty cells behind it do not count; one cell fewer is the habit of
 * writers that give row names no label), has no two equal labels, and nothing in it looks like a number, date, phone, mail
 * address or coordinate.
 */
export function headerOf(rows: readonly Row[], width: number): Header {
  for (let at = 0; at < Math.min(rows.length, 30); at++) {
    const all = rows[at]!.cells.map((cell) => cell.trim())
    const cells = all.length > width ? closed(all) : all
    const short = at === 0 && width > 2 && cells.length === width - 1
    if (cells.length !== width && !short) continue
    const filled = cells.filter((cell) => cell !== "")
    if (filled.length < Math.max(1, width * 0.5)) continue
    const valueLike = filled.filter((cell) => !LABEL_LOOKS.has(lookOf(cell))).length
    const distinct = new Set(filled.map((cell) => cell.toLowerCase())).size
    if (valueLike === 0 && distinct === filled.length && filled.every((cell) => cell.length <= 80)) {
      const below = rows.slice(at + 1, at + 21).filter((row) => row.cells.length === width)
      const contrast = below.some((row) => row.cells.some((cell) => !LABEL_LOOKS.has(lookOf(cell)) && cell.trim() !== ""))
      if (below.length === 0 || contrast || at === 0) return { above: at, present: true }
    }
    if (!short) return { above: at, present: false }
  }
  return { above: 0, present: false }
}

/**
 * A header row brought to the width of its table. One that is a cell short names no row names: its labels stand one to the right,
 * unless the last column is empty everywhere and only the rows have a separator too many.
 */
export function fittedHeader(cells: readonly string[], width: number, below: readonly Row[]): string[] {
  const trimmed = cells.length > width ? closed(cells.map((cell) => cell.trim())) : [...cells]
  if (trimmed.length !== width - 1 || width < 3) return trimmed
  return below.some((row) => row.cells.length === width && row.cells[width - 1]!.trim() !== "") ? ["", ...trimmed] : [...trimmed, ""]
}

/** Labels of the columns: never empty, never twice (`Name`, `Name (2)`). */
export function labelsOf(cells: readonly string[] | null, width: number): string[] {
  const taken = new Set<string>()
  return Array.from({ length: width }, (_, i) => {
    const base = (cells?.[i] ?? "").replace(/\s+/g, " ").trim() || `column ${i + 1}`
    let label = base
    for (let n = 2; taken.has(label); n++) label = `${base} (${n})`
    taken.add(label)
    return label
  })
}
