import { type BrokenRow, type Dialect, type Row, tokenizer } from "./delimited.ts"
import type { Encoding } from "./encoding.ts"
import { lookOf } from "./looks.ts"

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
 * cell begins with one. A separator that is given is kept. Null when there is no row at all.
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
      if (!plain.some((row) => row.cells.some((cell) => cell.trimStart().startsWith('"')))) dialect.quote = null
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

/**
 * Where the header stands. A header row is as wide as the table, has no two equal labels, and nothing in it looks like a
 * number, date, phone, mail address or coordinate, unless the same column below never does either.
 */
export function headerOf(rows: readonly Row[], width: number): Header {
  for (let at = 0; at < Math.min(rows.length, 30); at++) {
    const cells = rows[at]!.cells.map((cell) => cell.trim())
    if (cells.length !== width) continue
    const filled = cells.filter((cell) => cell !== "")
    if (filled.length < Math.max(1, width * 0.5)) continue
    const valueLike = filled.filter((cell) => lookOf(cell) !== "text" && lookOf(cell) !== "word").length
    const distinct = new Set(filled.map((cell) => cell.toLowerCase())).size
    if (valueLike === 0 && distinct === filled.length && filled.every((cell) => cell.length <= 80)) {
      const below = rows.slice(at + 1, at + 21).filter((row) => row.cells.length === width)
      const contrast = below.some((row) => row.cells.some((cell) => !["text", "word"].includes(lookOf(cell.trim()))))
      if (below.length === 0 || contrast || at === 0) return { above: at, present: true }
    }
    return { above: at, present: false }
  }
  return { above: 0, present: false }
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
