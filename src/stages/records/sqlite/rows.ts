import type { StatementSync } from "node:sqlite"
import { type Cell, type Database, messageOf, quoted, type Table } from "./database.ts"
import { Row, type Shape } from "./row.ts"

/** A stretch of a table that cannot be read. */
export interface Lost {
  code: "too-large" | "malformed"
  reason: string
  /** The row, where it is known; else the row ids between which it lies, as text. */
  row: number | string | undefined
}

/** After this many damaged places the rest of a table counts as one. */
const DAMAGE_LIMIT = 200
const TOP = 9223372036854775807n

/** The statement that walks `table` in row order from a row id on. */
function walkOf(table: Table): string {
  const columns = table.columns.map((column) => `t.${quoted(column)}`).join(", ")
  // NOT INDEXED: a covering index may disagree with a damaged table, and its rows are not in row order.
  if (table.rowid === null) return `SELECT NULL, ${columns} FROM ${quoted(table.name)} AS t`
  const id = `t.${quoted(table.rowid)}`
  return `SELECT ${id}, ${columns} FROM ${quoted(table.name)} AS t NOT INDEXED WHERE ${id} >= ? ORDER BY ${id}`
}

/**
 * All rows of a table in the order of their row ids, in flat memory. Where a page is damaged the walk goes on behind it; each row
 * that an index still names in between is told as lost by its row id, else the gap as one.
 */
export function* rowsOf(database: Database, shape: Shape): Generator<Row | Lost> {
  const { table } = shape
  let walk: StatementSync
  try {
    walk = database.connection.prepare(walkOf(table))
  } catch (error) {
    yield { code: "malformed", reason: `the table cannot be read: ${messageOf(error)}`, row: undefined }
    return
  }
  if (table.rowid === null) {
    yield* unordered(walk, shape)
    return
  }
  let from = -TOP - 1n
  let damages = 0
  for (;;) {
    let last: bigint | null = null
    let failure = ""
    try {
      // A statement that failed tells its failure again when it is begun anew: each walk has its own.
      for (const cells of database.connection.prepare(walkOf(table)).iterate(from) as Iterable<unknown> as Iterable<Cell[]>) {
        const id = cells[0]
        // Row ids that do not rise are a b-tree that points back into itself.
        if (typeof id !== "bigint" || id < from || (last !== null && id <= last)) {
          failure = "row ids out of order"
          break
        }
        last = id
        yield new Row(shape, id, cells.slice(1))
      }
      if (failure === "") return
    } catch (error) {
      failure = messageOf(error)
    }
    const after = last === null ? from : last + 1n
    if (last === TOP) return
    damages++
    const next = damages >= DAMAGE_LIMIT ? null : resume(database, table, after)
    yield* lost(database, table, after, next, failure)
    if (next === null) return
    if (next.tooLarge) {
      if (next.id === TOP) return
      from = next.id + 1n
    } else from = next.id
  }
}

function* unordered(walk: StatementSync, shape: Shape): Generator<Row | Lost> {
  try {
    for (const cells of walk.iterate() as Iterable<unknown> as Iterable<Cell[]>) yield new Row(shape, null, cells.slice(1))
  } catch (error) {
    yield { code: "malformed", reason: `the rest of the table cannot be read: ${messageOf(error)}`, row: undefined }
  }
}

interface Resumption {
  id: bigint
  /** The row itself is there, a cell of it is beyond the limit. */
  tooLarge: boolean
}

/** The first row id from `after` on that can be reached again: ahead in doubling steps, then back by halves. Null when there is none. */
function resume(database: Database, table: Table, after: bigint): Resumption | null {
  const id = quoted(table.rowid!)
  const rows = `FROM ${quoted(table.name)} NOT INDEXED WHERE ${id} >= ? ORDER BY ${id} LIMIT 1`
  const probe = (from: bigint): Resumption | null | "end" => {
    let found: bigint | null = null
    try {
      const first = database.connection.prepare(`SELECT ${id} ${rows}`).get(from) as unknown as [Cell] | undefined
      if (first === undefined) return "end"
      if (typeof first[0] !== "bigint" || first[0] < from) return null
      found = first[0]
      database.connection.prepare(`SELECT ${table.columns.map(quoted).join(", ")} ${rows}`).get(from)
      return { id: found, tooLarge: false }
    } catch (error) {
      return found !== null && /too big/i.test(messageOf(error)) ? { id: found, tooLarge: true } : null
    }
  }
  let bad = after
  let good: Resumption | null = null
  for (let step = 0n; good === null; step = step === 0n ? 1n : step * 2n) {
    const from = after + step
    if (from > TOP) return null
    const found = probe(from)
    if (found === "end") return null
    if (found === null) bad = from
    else if (step === 0n) return found
    else good = found
  }
  let high = good.id
  while (high - bad > 1n) {
    const middle = bad + (high - bad) / 2n
    const found = probe(middle)
    if (found === null || found === "end") bad = middle
    else {
      good = found
      high = middle
    }
  }
  return good
}

function* lost(database: Database, table: Table, after: bigint, next: Resumption | null, failure: string): Generator<Lost> {
  if (next?.tooLarge && next.id === after) {
    yield { code: "too-large", reason: "a cell is longer than 32 MiB", row: Number(next.id) }
    return
  }
  const to = next === null ? TOP : next.tooLarge ? next.id : next.id - 1n
  let named = 0
  if (table.anyIndex !== null) {
    try {
      const id = quoted(table.rowid!)
      const listed = database.connection.prepare(
        `SELECT DISTINCT ${id} FROM ${quoted(table.name)} INDEXED BY ${quoted(table.anyIndex)} WHERE ${id} BETWEEN ? AND ? ORDER BY 1`,
      )
      for (const [row] of listed.iterate(after, to) as Iterable<unknown> as Iterable<Cell[]>) {
        if (typeof row !== "bigint") continue
        named++
        yield { code: "malformed", reason: `an index names this row, the table's page is damaged: ${failure}`, row: Number(row) }
      }
    } catch {
      // The index is damaged as well, or cannot answer without the table: then the gap itself is told.
    }
  }
  if (named > 0) return
  const range =
    next === null ? `from ${after === -TOP - 1n ? "the start" : after} to the end` : `${after === -TOP - 1n ? "the start" : after} to ${to}`
  yield {
    code: "malformed",
    reason: `rows ${range} cannot be read: ${failure}`,
    row: next === null && after === -TOP - 1n ? undefined : `${after}..`,
  }
}
