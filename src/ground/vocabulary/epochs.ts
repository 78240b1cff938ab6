/** Moments as numbers: the ways in which the stores of phones and computers count time. Made for millions of rows. */
import type { Moment } from "./record.ts"

/** What is counted, and from when. */
export type EpochForm =
  | "unix-s" // seconds since 1970
  | "unix-ms"
  | "unix-us"
  | "cocoa-s" // seconds since 2001-01-01 (Apple), fractions allowed
  | "cocoa-ns" // nanoseconds since 2001-01-01 (iMessage since iOS 11)
  | "webkit-us" // microseconds since 1601-01-01 (Chromium)
  | "filetime" // 100 nanoseconds since 1601-01-01 (Windows)

const FROM_2001 = 978_307_200_000
const FROM_1601 = -11_644_473_600_000

/** Units in a millisecond, and the epoch in Unix milliseconds. */
const SCALE: Readonly<Record<EpochForm, readonly [number, number]>> = {
  "unix-s": [0.001, 0],
  "unix-ms": [1, 0],
  "unix-us": [1_000, 0],
  "cocoa-s": [0.001, FROM_2001],
  "cocoa-ns": [1_000_000, FROM_2001],
  "webkit-us": [1_000, FROM_1601],
  filetime: [10_000, FROM_1601],
}

const FIRST = Date.UTC(1900, 0, 1)
const LAST = Date.UTC(2200, 0, 1)

/**
 * The moment that a number stands for, UTC. Null when the store holds none: null, empty, 0, the epoch itself, or what falls outside
 * the years 1900 to 2199. Milliseconds are rounded down. Large integers may come as `bigint` or text, which lose nothing.
 */
export function epochMoment(value: number | bigint | string | null | undefined, form: EpochForm): Moment | null {
  if (value === null || value === undefined || value === "") return null
  const number = typeof value === "number" ? value : Number(value)
  if (!Number.isFinite(number) || number === 0) return null
  const [perMs, from] = SCALE[form]
  // Division by 0.001 is not exact in binary; multiplication by 1000 is, for whole seconds.
  const ms = Math.floor((perMs === 0.001 ? number * 1000 : number / perMs) + from)
  if (ms === 0 || ms < FIRST || ms >= LAST) return null
  const whole = form === "unix-s" || (form === "cocoa-s" && Number.isInteger(number))
  return { ms, raw: String(value), precision: whole ? "second" : "millisecond", zone: "utc", calendar: "gregorian" }
}

/** Ranges of the years 2005 to 2035 in each form; they do not overlap, except before June 2005. */
const LIKELY: readonly (readonly [EpochForm, number, number])[] = (
  ["unix-s", "cocoa-s", "unix-ms", "unix-us", "webkit-us", "filetime", "cocoa-ns"] as const
).map((form) => {
  const [perMs, from] = SCALE[form]
  return [form, (Date.UTC(2005, 0, 1) - from) * perMs, (Date.UTC(2035, 0, 1) - from) * perMs] as const
})

/** The form in which a number of an unknown column would fall into the years 2005 to 2034, or null. A guess: say so to the examiner. */
export function likelyEpoch(value: number | bigint): EpochForm | null {
  const number = Number(value)
  return LIKELY.find(([, from, to]) => number >= from && number < to)?.[0] ?? null
}
