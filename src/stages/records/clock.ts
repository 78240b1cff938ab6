import type { Moment } from "#vocabulary/record"

/** Times as chat and phone exports write them; `raw` always stays. */

const ISO = /^\s*(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?\s*$/

/** ISO 8601 date or date-time. Null when it is none; a date that no calendar has gives `ms: null`. */
export function isoMoment(raw: string): Moment | null {
  const m = ISO.exec(raw)
  if (!m) return null
  const [, year, month, day, hour, minute, second, fraction, offset] = m
  const ms = utc(Number(year), Number(month), Number(day), Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0), millis(fraction))
  const precision = fraction ? "millisecond" : second ? "second" : hour ? "minute" : "day"
  if (ms === null) return { ms, raw, precision: "unknown", zone: "unknown", calendar: "gregorian" }
  return {
    ms: ms - shiftOf(offset),
    raw,
    precision,
    zone: offset === undefined ? "unknown" : shiftOf(offset) === 0 ? "utc" : "offset",
    calendar: "gregorian",
  }
}

/** Seconds or milliseconds since 1970 UTC, told apart by the caller. Null when not a finite number of a sane century. */
export function epochMoment(value: unknown, unit: "second" | "millisecond"): Moment | null {
  const number =
    typeof value === "number" ? value : typeof value === "string" && /^-?\d{1,16}$/.test(value.trim()) ? Number(value) : Number.NaN
  const ms = unit === "second" ? number * 1000 : number
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15 || number === 0) return null
  return { ms: Math.trunc(ms), raw: String(value), precision: unit, zone: "utc", calendar: "gregorian" }
}

/** A time that is there and cannot be read. */
export function unreadMoment(raw: string): Moment {
  return { ms: null, raw, precision: "unknown", zone: "unknown", calendar: "gregorian" }
}

/** UTC milliseconds of a Gregorian date and time; null when there is no such day or hour. */
export function utc(year: number, month: number, day: number, hour = 0, minute = 0, second = 0, ms = 0): number | null {
  const at = new Date(0)
  at.setUTCFullYear(year, month - 1, day)
  at.setUTCHours(hour, minute, second, ms)
  const same = at.getUTCMonth() === month - 1 && at.getUTCDate() === day && hour < 24 && minute < 60 && second < 61
  return same && month > 0 ? at.getTime() : null
}

/** `00:02:17`, `1.00:00:05` or `00:00:05.2500000` in seconds; null when it is not a time span. */
export function spanSeconds(text: string): number | null {
  const m = /^\s*(?:(\d+)\.)?(\d{1,3}):(\d{2}):(\d{2})(?:\.(\d+))?\s*$/.exec(text)
  if (!m) return null
  return Number(m[1] ?? 0) * 86_400 + Number(m[2]) * 3600 + Number(m[3]) * 60 + Number(m[4]) + Number(`0.${m[5] ?? 0}`)
}

function millis(fraction: string | undefined): number {
  return fraction === undefined ? 0 : Math.trunc(Number(`0.${fraction}`) * 1000)
}

function shiftOf(offset: string | undefined): number {
  if (offset === undefined || offset === "Z") return 0
  const sign = offset.startsWith("-") ? -1 : 1
  return sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2))) * 60_000
}
