/**
 * Calendars in which the papers of the region are dated. All answers are UTC milliseconds of the day's first moment in the
 * Gregorian calendar, or null for a day that the calendar does not have: nothing rolls over.
 */
import type { Moment } from "./record.ts"

export type Calendar = Moment["calendar"]

const DAY = 86_400_000

function gregorian(year: number, month: number, day: number): number | null {
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) return null
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCDate() === day ? date.getTime() : null
}

/** 1 Farvardin 1 in days since 1970, by the 33-year cycle. */
const JALALI_EPOCH = -492_268

function jalaliLeap(year: number): boolean {
  return (25 * year + 11) % 33 < 8
}

/** Solar Hijri calendar of Iran and Afghanistan: the 33-year cycle, which equals the observed one for the years 1206 to 1498. */
function jalali(year: number, month: number, day: number): number | null {
  if (year < 1206 || year > 1498 || month < 1 || month > 12 || day < 1) return null
  const length = month < 7 ? 31 : month < 12 || jalaliLeap(year) ? 30 : 29
  if (day > length) return null
  const before = 365 * (year - 1) + Math.floor((8 * year + 21) / 33)
  const inYear = month < 7 ? 31 * (month - 1) : 186 + 30 * (month - 7)
  return (JALALI_EPOCH + before + inYear + day - 1) * DAY
}

/** Kurdish solar years are counted from 700 BC: 1 Xakelêwe 2726 = 1 Farvardin 1405 = 21 March 2026. */
export const KURDISH_OFFSET = 1321

const HIJRI = new Intl.DateTimeFormat("en-u-ca-islamic-umalqura-nu-latn", {
  timeZone: "UTC",
  year: "numeric",
  month: "numeric",
  day: "numeric",
})

function hijriOf(ms: number): { year: number; month: number; day: number } {
  const parts: Record<string, number> = {}
  for (const { type, value } of HIJRI.formatToParts(ms)) parts[type] = Number.parseInt(value, 10)
  return { year: parts.year!, month: parts.month!, day: parts.day! }
}

/** First day of each Hijri month met so far, in days since 1970. */
const HIJRI_MONTHS = new Map<number, number>()

function hijriMonth(year: number, month: number): number {
  const key = year * 12 + month
  const known = HIJRI_MONTHS.get(key)
  if (known !== undefined) return known
  // Mean month 29.530588 days; the estimate is off by a few days at most.
  let day = Math.round(-492_148 + (key - 13) * 29.530588)
  for (let tries = 0; tries < 6; tries++) {
    const there = hijriOf(day * DAY)
    const apart = (there.year * 12 + there.month - key) * 29.53 + (there.day - 1)
    if (there.year * 12 + there.month === key && there.day === 1) break
    day -= Math.round(apart) || 1
  }
  HIJRI_MONTHS.set(key, day)
  return day
}

/** Umm al-Qura calendar (Saudi Arabia, used in Iraq for religious dates), years 1300 to 1600 AH, after the tables of ICU. */
function hijri(year: number, month: number, day: number): number | null {
  if (year < 1300 || year > 1600 || month < 1 || month > 12 || day < 1 || day > 30) return null
  const first = hijriMonth(year, month)
  const next = month === 12 ? hijriMonth(year + 1, 1) : hijriMonth(year, month + 1)
  return first + day - 1 < next ? (first + day - 1) * DAY : null
}

/** UTC milliseconds at the start of a day of `calendar`; null when there is no such day. Years are written in full. */
export function dayOf(calendar: Calendar, year: number, month: number, day: number): number | null {
  if (calendar === "gregorian") return gregorian(year, month, day)
  if (calendar === "hijri") return hijri(year, month, day)
  return jalali(calendar === "kurdish" ? year - KURDISH_OFFSET : year, month, day)
}
