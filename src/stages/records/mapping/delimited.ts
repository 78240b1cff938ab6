import type { Material } from "../importer.ts"
import { decoderOf, type Encoding } from "./encoding.ts"

/**
 * Rows of a delimited text with exact lines and byte ranges, in memory that does not grow with the file. RFC 4180, and: any
 * one-character separator, LF, CRLF or CR, blanks before an opening and after a closing quote. A quote inside an unquoted cell
 * is a letter when `quote` is null, else the row is broken. A quote that never closes costs the one line that it opens in.
 */
export interface Dialect {
  separator: string
  /** Null: quotes are letters. */
  quote: string | null
  eol: "\n" | "\r"
}

export interface Row {
  cells: string[]
  /** First line of the row, from 1. */
  line: number
  /** Byte range without the line end. */
  start: number
  end: number
}

/** Whether a row has content. */
export const filled = (cells: readonly string[]): boolean => cells.some((cell) => cell.trim() !== "")
/** The first `width` cells of a row; what it lacks is empty. */
export const padded = (cells: readonly string[], width: number): string[] =>
  cells.length >= width ? cells.slice(0, width) : [...cells, ...Array<string>(width - cells.length).fill("")]

/** For the note on rows without content. */
export const contentless = (n: number): string => `${n} rows have separators and no content: not counted.`

export interface BrokenRow {
  broken: "malformed" | "encoding" | "too-large"
  reason: string
  snippet: string
  line: number
  start: number
  end: number
}

const MAX_LINE = 4 * 1024 * 1024
const MAX_CELLS = 16_384
/** A quoted cell may hold line ends, but a forgotten quote must not eat the file. */
const MAX_QUOTED = 1024 * 1024
const MAX_QUOTED_LINES = 1000
const SNIPPET = 200

/** Cells of one row with quotes; a word when it is not one: `open` = the quote goes on behind the end. */
function quotedCells(text: string, separator: string, quote: string): string[] | "open" | "malformed" {
  const cells: string[] = []
  let at = 0
  for (;;) {
    let from = at
    while (text[from] === " ") from++
    if (text[from] === quote) {
      let cell = ""
      let run = from + 1
      for (;;) {
        const close = text.indexOf(quote, run)
        if (close < 0) return "open"
        cell += text.slice(run, close)
        if (text[close + 1] !== quote) {
          run = close + 1
          break
        }
        cell += quote
        run = close + 2
      }
      while (text[run] === " ") run++
      if (run < text.length && text[run] !== separator) return "malformed"
      cells.push(cell)
      if (run >= text.length) return cells
      at = run + 1
    } else {
      const stop = text.indexOf(separator, at)
      const cell = stop < 0 ? text.slice(at) : text.slice(at, stop)
      if (cell.includes(quote)) return "malformed"
      cells.push(cell)
      if (stop < 0) return cells
      at = stop + 1
    }
  }
}

/** Push bytes in any portions, get rows; the portions change nothing. Blank lines are no rows. */
export function tokenizer(
  encoding: Encoding,
  dialect: Dialect,
  bom = 0,
): { push(chunk: Uint8Array): (Row | BrokenRow)[]; finish(): (Row | BrokenRow)[] } {
  const wide = encoding === "utf-16le" || encoding === "utf-16be"
  const width = wide ? 2 : 1
  const decode = decoderOf(encoding)
  const eolCode = dialect.eol === "\n" ? 10 : 13
  const eolBytes = Buffer.from(wide ? [eolCode, 0] : [eolCode])
  const quoteCode = dialect.quote?.charCodeAt(0) ?? -1
  const quoteBytes = Buffer.from(wide ? [quoteCode & 255, quoteCode >> 8] : [quoteCode & 255])
  let rest: Buffer = Buffer.alloc(0)
  let base = 0
  let line = 1
  let toSkip = bom
  let skipping: BrokenRow | null = null

  const find = (buffer: Buffer, needle: Buffer, from: number): number => {
    if (!wide) return buffer.indexOf(needle[0]!, from)
    let at = buffer.indexOf(needle, from)
    while (at >= 0 && (at & 1) === 1) at = buffer.indexOf(needle, at + 1)
    return at
  }
  const contentEnd = (buffer: Buffer, from: number, stop: number): number =>
    stop - width >= from && buffer[stop - width] === 13 && (!wide || buffer[stop - 1] === 0) && eolCode === 10 ? stop - width : stop
  const snippetOf = (buffer: Buffer, from: number, stop: number): string => {
    const piece = buffer.subarray(from, Math.min(stop, from + SNIPPET * 4))
    return (wide ? piece.toString("utf16le") : piece.toString("utf8")).slice(0, SNIPPET)
  }

  function rows(buffer: Buffer, final: boolean, out: (Row | BrokenRow)[]): number {
    let at = 0
    while (at < buffer.length) {
      const eol = find(buffer, eolBytes, at)
      if (eol < 0 && !final) break
      const stop = eol < 0 ? buffer.length : eol
      const next = eol < 0 ? buffer.length : eol + width
      const end = contentEnd(buffer, at, stop)
      const broken = (code: BrokenRow["broken"], reason: string) => {
        out.push({ broken: code, reason, snippet: snippetOf(buffer, at, end), line, start: base + at, end: base + end })
        line++
        at = next
      }
      if (end - at > MAX_LINE) {
        broken("too-large", `the line has ${end - at} bytes, more than ${MAX_LINE}`)
        continue
      }
      const text = end === at ? "" : decode(buffer.subarray(at, end))
      if (text === null) {
        broken("encoding", `bytes that are not ${encoding}`)
        continue
      }
      if (text.trim() === "") {
        line++
        at = next
        continue
      }
      if (text.includes("\0")) {
        broken("malformed", "zero bytes in the line")
        continue
      }
      if (dialect.quote === null || !text.includes(dialect.quote)) {
        const cells = text.split(dialect.separator)
        if (cells.length > MAX_CELLS) broken("too-large", `${cells.length} cells in one row, more than ${MAX_CELLS}`)
        else {
          out.push({ cells, line, start: base + at, end: base + end })
          line++
          at = next
        }
        continue
      }
      let cells = quotedCells(text, dialect.separator, dialect.quote)
      let rowEnd = end
      let rowNext = next
      let lines = 1
      let starved = false
      while (cells === "open") {
        const close = find(buffer, quoteBytes, rowNext)
        const eolAfter = close < 0 ? -1 : find(buffer, eolBytes, close)
        if (close < 0 || (eolAfter < 0 && !final)) {
          starved = !final && buffer.length - at <= MAX_QUOTED
          break
        }
        const stopAfter = eolAfter < 0 ? buffer.length : eolAfter
        for (let nl = find(buffer, eolBytes, rowNext - width); nl >= 0 && nl < stopAfter; nl = find(buffer, eolBytes, nl + width)) lines++
        if (stopAfter - at > MAX_QUOTED || lines > MAX_QUOTED_LINES) break
        rowEnd = contentEnd(buffer, at, stopAfter)
        rowNext = eolAfter < 0 ? buffer.length : eolAfter + width
        const longer = decode(buffer.subarray(at, rowEnd))
        if (longer === null || longer.includes("\0")) break
        cells = quotedCells(longer, dialect.separator, dialect.quote)
      }
      if (starved) break
      if (cells === "open") broken("malformed", "a quote opens in this line and does not close where it could")
      else if (cells === "malformed") broken("malformed", "a quote stands where none may stand")
      else if (cells.length > MAX_CELLS) broken("too-large", `${cells.length} cells in one row, more than ${MAX_CELLS}`)
      else {
        out.push({ cells, line, start: base + at, end: base + rowEnd })
        line += lines
        at = rowNext
      }
    }
    return at
  }

  function take(chunk: Uint8Array, final: boolean): (Row | BrokenRow)[] {
    const out: (Row | BrokenRow)[] = []
    let fresh = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    if (toSkip > 0) {
      const cut = Math.min(toSkip, fresh.length)
      fresh = fresh.subarray(cut)
      toSkip -= cut
      base += cut
    }
    let swapped: Buffer = fresh
    let buffer: Buffer
    if (encoding === "utf-16be") {
      // Swapping needs whole pairs: an odd byte waits, unswapped, at the end of `rest`.
      const odd = rest.length & 1
      const raw = odd === 1 ? Buffer.concat([rest.subarray(rest.length - 1), fresh]) : Buffer.from(fresh)
      const even = raw.length & ~1
      raw.subarray(0, even).swap16()
      swapped = raw
      buffer = Buffer.concat([rest.subarray(0, rest.length - odd), swapped])
    } else buffer = rest.length === 0 ? fresh : Buffer.concat([rest, fresh])

    if (skipping !== null) {
      const eol = find(buffer, eolBytes, 0)
      if (eol < 0 && !final) {
        const kept = wide ? buffer.length & 1 : 0
        base += buffer.length - kept
        rest = buffer.subarray(buffer.length - kept)
        return out
      }
      const stop = eol < 0 ? buffer.length : contentEnd(buffer, 0, eol)
      out.push({ ...skipping, end: base + stop, reason: `the line has ${base + stop - skipping.start} bytes, more than ${MAX_LINE}` })
      skipping = null
      line++
      const next = eol < 0 ? buffer.length : eol + width
      base += next
      buffer = buffer.subarray(next)
    }
    const done = rows(buffer, final, out)
    base += done
    rest = buffer.subarray(done)
    // One byte more than a CR before the line end: the same lines are too large however the bytes arrive.
    if (!final && rest.length > MAX_LINE + 2 * width && find(rest, eolBytes, 0) < 0) {
      skipping = { broken: "too-large", reason: "", snippet: snippetOf(rest, 0, rest.length), line, start: base, end: base }
      const kept = wide ? rest.length & 1 : 0
      const tailCr = rest.length - kept - width >= 0 && rest[rest.length - kept - width] === 13 ? width : 0
      base += rest.length - kept - tailCr
      rest = rest.subarray(rest.length - kept - tailCr)
    }
    return out
  }

  return { push: (chunk) => take(chunk, false), finish: () => take(new Uint8Array(0), true) }
}

/** The rows of a material in batches, one batch a chunk. */
export async function* rowsOf(
  material: Material,
  encoding: Encoding,
  dialect: Dialect,
  bom: number,
  signal?: AbortSignal,
): AsyncGenerator<(Row | BrokenRow)[]> {
  const rows = tokenizer(encoding, dialect, bom)
  for await (const chunk of material.open()) {
    signal?.throwIfAborted()
    const batch = rows.push(chunk as Uint8Array)
    if (batch.length > 0) yield batch
  }
  const last = rows.finish()
  if (last.length > 0) yield last
}
