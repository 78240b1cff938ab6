import type { Moment } from "#vocabulary/record"
import { type EpochForm, epochMoment } from "#vocabulary/time"
import type { Row } from "./row.ts"

/**
 * Phone databases write Unix time in seconds, milliseconds or microseconds, and the same column has changed its unit between
 * versions. The size tells them apart for every instant after 1973: a second count reaches 10^11 only in the year 5138.
 */
export function unixMoment(row: Row, column: string): Moment | null {
  return moment(row, column, (size) => (size < 1e11 ? "unix-s" : size < 1e14 ? "unix-ms" : "unix-us"))
}

/** Cocoa time: seconds since 2001 with a fraction, or nanoseconds since iOS 11 and macOS 10.13. */
export function cocoaMoment(row: Row, column: string): Moment | null {
  return moment(row, column, (size) => (size < 1e12 ? "cocoa-s" : "cocoa-ns"))
}

/** Null for an empty cell, 0 and -1, which apps write for "never"; `ms` null for what is there and is no time of our centuries. */
function moment(row: Row, column: string, form: (size: number) => EpochForm): Moment | null {
  const raw = row.text(column)
  const value = row.number(column)
  if (raw === null || value === 0 || value === -1) return null
  const read = value === null ? null : epochMoment(value, form(Math.abs(value)))
  if (read !== null) return { ...read, raw, ...(Number.isInteger(value) ? {} : { precision: "millisecond" }) }
  return { ms: null, raw: raw.slice(0, 100), precision: "unknown", zone: "utc", calendar: "gregorian" }
}
