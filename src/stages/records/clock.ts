import type { Moment } from "#vocabulary/record"
import { readMoment, type TimeContext } from "#vocabulary/time"

/** A time in words or digits; one that cannot be read keeps its raw form and has no `ms`. Null for an empty cell. */
export function statedMoment(raw: string | undefined, context: TimeContext = {}): Moment | null {
  if (raw === undefined || raw.trim() === "") return null
  const reading = readMoment(raw, context)
  if (reading.ok) return reading.moment
  return reading.code === "empty" ? null : { ms: null, raw, precision: "unknown", zone: "unknown", calendar: "gregorian" }
}

/** `00:02:17`, `1.00:00:05` or `00:00:05.2500000` in seconds; null when it is not a time span. */
export function spanSeconds(text: string): number | null {
  const m = /^\s*(?:(\d+)\.)?(\d{1,3}):(\d{2}):(\d{2})(?:\.(\d+))?\s*$/.exec(text)
  if (!m) return null
  return Number(m[1] ?? 0) * 86_400 + Number(m[2]) * 3600 + Number(m[3]) * 60 + Number(m[4]) + Number(`0.${m[5] ?? 0}`)
}
