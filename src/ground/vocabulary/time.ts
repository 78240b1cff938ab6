/** Moments as people and programs write them. Numbers of stores are in `epochs.ts`, re-exported here. */
import { type Calendar, dayOf } from "./calendars.ts"
import { tidy } from "./digits.ts"
import { foldMonth, monthIn } from "./months.ts"
import type { Moment } from "./record.ts"
import { fromLocal, isZone } from "./zones.ts"

export { KURDISH_OFFSET } from "./calendars.ts"
export { type EpochForm, epochMoment, likelyEpoch } from "./epochs.ts"
export { isZone } from "./zones.ts"

/** What the surroundings say about a time. */
export interface TimeContext {
  /** IANA zone of local times without an offset. */
  zone?: string | undefined
  /** Order of day and month in purely numeric dates; without it day first, and the reading says when that mattered. */
  order?: "dmy" | "mdy" | undefined
  /** Calendar of years that could be several. */
  calendar?: Calendar | undefined
}

export type MomentReading =
  | {
      ok: true
      moment: Moment
      /** Day and month could be the other way round, and the context did not say. */
      ambiguous: boolean
      /** What was assumed, in words. */
      notes: string[]
    }
  | { ok: false; code: "empty" | "year-missing" | "impossible" | "unreadable"; reason: string; raw: string }

interface Parts {
  calendar: Calendar
  year: number
  month: number
  day: number
  precision: "day" | "month" | "year"
  ambiguous: boolean
  notes: string[]
}

interface Clock {
  /** Milliseconds since midnight. */
  ms: number
  precision: "minute" | "second" | "millisecond"
}

class Refusal {
  readonly code: "empty" | "year-missing" | "impossible" | "unreadable"
  readonly reason: string
  constructor(code: Refusal["code"], reason: string) {
    this.code = code
    this.reason = reason
  }
}

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$/i
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2}))?(Z)?$/i
const TIME = /(?<![\d])(\d{1,2})(?::|h(?=\d{2}))(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?![\d:])/i
const OFFSET =
  /(?:\(?\s*(?:UTC|GMT)\s*(?:([+-])\s*(\d{1,2})(?::?(\d{2}))?)?\s*\)?|(?<=\d\s?)([+-])(\d{2}):?(\d{2})|(?<=\d)Z)\s*(?:\([^)]*\))?$/i
const AM = /(?<!\p{L})(?:a\.?\s?m\.?|ص|صباحا|صباحاً|ق\.?ظ\.?|ب\.ن\.?|öö|پێش نیوەڕۆ)(?!\p{L})/iu
const PM = /(?<!\p{L})(?:p\.?\s?m\.?|م|مساء|مساءً|ب\.?ظ\.?|د\.ن\.?|ös|پاش نیوەڕۆ|دوای نیوەڕۆ)(?!\p{L})/iu
const FILLER = /(?<!\p{L})(?:of|the|de|den|der|le|um|at|à|on|saat|يوم|في|روز|ساعت|ڕۆژی|مانگی|ساڵی|uhr)(?!\p{L})/giu
const WEEKDAY =
  /(?<!\p{L})(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mo|di|mi|do|fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar|(?:ال)?(?:احد|أحد|اثنين|إثنين|ثلاثاء|اربعاء|أربعاء|خميس|جمعة|سبت)|(?:یک|دو|سه|چهار|پنج)?\s?شنبه|جمعه|(?:یەک|دوو|سێ|چوار|پێنج)?\s?شەممە|هەینی)(?!\p{L})[.,]?/giu
const ERAS: readonly (readonly [RegExp, Calendar])[] = [
  [/(?<=\d\s?)(?:هـ?\.?\s?ش|ش|شمسی|خورشیدی)(?!\p{L})\.?/u, "jalali"],
  [/(?<=\d\s?)(?:هـ?|هجري|هجرية|ah)(?!\p{L})\.?/iu, "hijri"],
  [/(?<=\d\s?)(?:کوردی|ک)(?!\p{L})\.?/u, "kurdish"],
  [/(?<=\d\s?)(?:میلادی|ميلادي|ميلادية|زایینی|زاینی|م|ز|ad|ce)(?!\p{L})\.?/iu, "gregorian"],
]

function clockOf(hour: number, minute: number, second: string | undefined, fraction: string | undefined): Clock {
  if (hour > 23 || minute > 59 || Number(second ?? 0) > 59)
    throw new Refusal("impossible", `there is no time ${hour}:${minute}${second ? `:${second}` : ""}`)
  const ms = ((hour * 60 + minute) * 60 + Number(second ?? 0)) * 1000 + Number((fraction ?? "0").padEnd(3, "0").slice(0, 3))
  return { ms, precision: fraction ? "millisecond" : second ? "second" : "minute" }
}

/** Half of the day, written behind the clock or right before it, and what is left around the clock. */
function halfOf(head: string, tail: string): { half: "am" | "pm" | null; rest: string } {
  if (PM.test(tail)) return { half: "pm", rest: `${head} ${tail.replace(PM, " ")}` }
  if (AM.test(tail)) return { half: "am", rest: `${head} ${tail.replace(AM, " ")}` }
  const before = /(?<!\p{L})(?:([ap])\.?m\.?|(م)|(ص))\s*$/iu.exec(head)
  if (!before) return { half: null, rest: `${head} ${tail}` }
  return { half: before[2] || before[1]?.toLowerCase() === "p" ? "pm" : "am", rest: `${head.slice(0, before.index)} ${tail}` }
}

function offsetMs(sign: string, hours: string, minutes: string): number {
  const ms = (Number(hours) * 60 + Number(minutes)) * 60_000
  if (ms > 15 * 3_600_000) throw new Refusal("impossible", `no zone is ${hours}:${minutes} from UTC`)
  return sign === "-" ? -ms : ms
}

/** A year of two or four digits, and the calendar it belongs to when nobody says. */
function yearOf(
  text: string,
  family: "gregorian" | "solar" | "hijri" | null,
  given: Calendar | undefined,
  notes: string[],
): { year: number; calendar: Calendar } {
  const number = Number(text)
  if (text.length <= 2) {
    if (family === "solar" || given === "jalali" || given === "kurdish") {
      if (given === "kurdish") throw new Refusal("impossible", "a Kurdish year of two digits")
      notes.push("century assumed")
      return { year: number < 60 ? 1400 + number : 1300 + number, calendar: "jalali" }
    }
    if (family === "hijri" || given === "hijri") return { year: 1400 + number, calendar: "hijri" }
    notes.push("century assumed")
    return { year: number < 70 ? 2000 + number : 1900 + number, calendar: "gregorian" }
  }
  if (given && family === null) return { year: number, calendar: given }
  if (family === "hijri") return { year: number, calendar: "hijri" }
  if (number >= 2600 && number < 2900) return { year: number, calendar: "kurdish" }
  if (family === "solar") {
    if (number >= 1206 && number <= 1498) return { year: number, calendar: "jalali" }
    throw new Refusal("impossible", `a solar month with the year ${number}: months differ between the calendars`)
  }
  if (family === "gregorian" || number >= 1600) return { year: number, calendar: "gregorian" }
  if (number >= 1300 && number <= 1420) {
    notes.push("read as the Iranian calendar by its year")
    return { year: number, calendar: "jalali" }
  }
  if (number > 1420 && number <= 1500) {
    notes.push("read as the Islamic calendar by its year")
    return { year: number, calendar: "hijri" }
  }
  return { year: number, calendar: "gregorian" }
}

function numeric(text: string, given: Calendar | undefined, order: TimeContext["order"]): Parts {
  const notes: string[] = []
  const bare = text.replace(/\s+/g, " ").trim()
  const three = /^(\d{1,4})\s?[-/.\\:_ ]\s?(\d{1,2})\s?[-/.\\:_ ]\s?(\d{1,4})$/.exec(bare)
  if (three) {
    const [, a, b, c] = three as unknown as [string, string, string, string]
    if (a.length >= 3) {
      if (c.length > 2) throw new Refusal("unreadable", "two years")
      return { ...yearOf(a, null, given, notes), month: Number(b), day: Number(c), precision: "day", ambiguous: false, notes }
    }
    const first = Number(a)
    const second = Number(b)
    const monthFirst = first > 12 ? false : second > 12 ? true : order === "mdy"
    const ambiguous = order === undefined && first <= 12 && second <= 12 && first !== second
    if (ambiguous) notes.push("day and month could be the other way round; read with the day first")
    const [day, month] = monthFirst ? [second, first] : [first, second]
    return { ...yearOf(c, null, given, notes), month, day, precision: "day", ambiguous, notes }
  }
  const two = /^(\d{4})\s?[-/.]\s?(\d{1,2})$|^(\d{1,2})\s?[-/.]\s?(\d{4})$/.exec(bare)
  if (two)
    return {
      ...yearOf(two[1] ?? two[4]!, null, given, notes),
      month: Number(two[2] ?? two[3]),
      day: 1,
      precision: "month",
      ambiguous: false,
      notes,
    }
  if (/^\d{4}$/.test(bare)) return { ...yearOf(bare, null, given, notes), month: 1, day: 1, precision: "year", ambiguous: false, notes }
  if (/^\d{1,2}\s?[-/.]\s?\d{1,2}$/.test(bare)) throw new Refusal("year-missing", "the year is not written")
  throw new Refusal("unreadable", "not a form of date that is known here")
}

function dateOf(text: string, context: TimeContext): Parts {
  let folded = text
  let given = context.calendar
  for (const [era, calendar] of ERAS)
    if (era.test(folded)) {
      folded = folded.replace(era, " ")
      given = calendar
      break
    }
  folded = folded
    .replace(WEEKDAY, " ")
    .replace(/(?<=\d)(?:st|nd|rd|th|er|ی)(?!\p{L})/giu, " ")
    .replace(FILLER, " ")
    .replace(/[,()[\]'’\u0640]/g, " ")
  const named = monthIn(foldMonth(folded))
  const rest = (named ? named.rest : folded).trim()
  if (!named) return numeric(rest, given, context.order)
  const numbers = rest.split(/[\s.\-/]+/).filter(Boolean)
  if (numbers.some((word) => !/^\d{1,4}$/.test(word)) || numbers.length > 2)
    throw new Refusal("unreadable", "words that are not understood")
  const yearAt = numbers.findIndex((word) => word.length >= 3)
  if (yearAt < 0 && numbers.length < 2) throw new Refusal("year-missing", "the year is not written")
  const year = numbers[yearAt < 0 ? 1 : yearAt]!
  const day = numbers.length === 2 ? numbers[yearAt === 0 ? 1 : 0]! : undefined
  const notes: string[] = []
  const parts = yearOf(year, named.family, given, notes)
  return { ...parts, month: named.month, day: Number(day ?? 1), precision: day === undefined ? "month" : "day", ambiguous: false, notes }
}

function settle(raw: string, parts: Parts, clock: Clock | null, offset: number | null, context: TimeContext): MomentReading {
  const midnight = dayOf(parts.calendar, parts.year, parts.month, parts.day)
  if (midnight === null) throw new Refusal("impossible", `the ${parts.calendar} calendar has no ${parts.year}-${parts.month}-${parts.day}`)
  const moment: Moment = { ms: midnight, raw, precision: parts.precision, zone: "unknown", calendar: parts.calendar }
  const { ambiguous, notes } = parts
  if (clock) {
    const local = midnight + clock.ms
    moment.precision = clock.precision
    if (offset !== null) {
      moment.ms = local - offset
      moment.zone = offset === 0 ? "utc" : "offset"
    } else if (context.zone && isZone(context.zone)) {
      const { ms, note } = fromLocal(local, context.zone)
      moment.ms = ms
      moment.zone = "offset"
      if (note) notes.push(note)
    } else moment.ms = local
  }
  return { ok: true, moment, ambiguous, notes }
}

function gregorianParts(year: string, month: string, day: string): Parts {
  return {
    calendar: "gregorian",
    year: Number(year),
    month: Number(month),
    day: Number(day),
    precision: "day",
    ambiguous: false,
    notes: [],
  }
}

function read(raw: string, context: TimeContext): MomentReading {
  const trimmed = raw.trim()
  const iso = ISO.exec(trimmed)
  if (iso && (Number(iso[1]) >= 1600 || context.calendar === "gregorian") && Number(iso[1]) < 2600) {
    const clock = iso[4] ? clockOf(Number(iso[4]), Number(iso[5]), iso[6], iso[7]) : null
    const zone = iso[8]
    const offset = zone === undefined ? null : /^(?:z|utc)$/i.test(zone) ? 0 : offsetMs(zone[0]!, zone.slice(1, 3), zone.slice(-2))
    return settle(raw, gregorianParts(iso[1]!, iso[2]!, iso[3]!), clock, offset, context)
  }
  let text = tidy(raw).replace(/،/g, ",")
  if (text === "" || /^(?:n\/?a|null|none|unknown|-+|0000[-:/]00[-:/]00.*)$/i.test(text)) throw new Refusal("empty", "no time is given")
  if (text.length > 100) throw new Refusal("unreadable", "far too long for a date")
  const compact = COMPACT.exec(text)
  if (compact && Number(compact[1]) >= 1900 && Number(compact[1]) < 2200) {
    const clock = compact[4] ? clockOf(Number(compact[4]), Number(compact[5]), compact[6], undefined) : null
    return settle(raw, gregorianParts(compact[1]!, compact[2]!, compact[3]!), clock, clock && compact[7] ? 0 : null, context)
  }
  // EXIF writes the date with colons, which the clock would take.
  text = text.replace(/^(\d{4}):(\d{2}):(\d{2})(?=\D|$)/, "$1-$2-$3")
  let offset: number | null = null
  const found = TIME.exec(text)
  if (!found) return settle(raw, dateOf(text, context), null, null, context)
  const zoned = OFFSET.exec(text)
  if (zoned && zoned.index >= found.index) {
    const sign = zoned[1] ?? zoned[4]
    offset = sign ? offsetMs(sign, zoned[2] ?? zoned[5]!, zoned[3] ?? zoned[6] ?? "0") : 0
    text = text.slice(0, zoned.index)
  }
  const { half, rest } = halfOf(text.slice(0, found.index), text.slice(found.index + found[0].length))
  let hour = Number(found[1])
  if (half && hour > 12) throw new Refusal("impossible", `${hour} o'clock ${half}`)
  if (half === "pm" && hour < 12) hour += 12
  if (half === "am" && hour === 12) hour = 0
  const clock = clockOf(hour, Number(found[2]), found[3], found[4])
  return settle(raw, dateOf(rest.replace(/T(?=\s|$)/g, " "), context), clock, offset, context)
}

/**
 * Reads a date or a time in the forms of phones, exports and books: ISO 8601; `23/10/2012 16:16:05(UTC+0)`; EXIF; iCalendar;
 * numeric in either order; month names in the languages of the routes; western, Arabic and Persian digits; 12-hour clocks; the
 * Gregorian, Iranian, Islamic (Umm al-Qura) and Kurdish calendars. A date without a time is midnight UTC of that day. A local
 * time without offset is put into `context.zone`, else read as UTC with `zone: "unknown"`. An impossible date is refused with its
 * reason, never rolled over. Does not throw.
 */
export function readMoment(raw: string, context: TimeContext = {}): MomentReading {
  try {
    return read(raw, context)
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, code: error.code, reason: error.reason, raw }
    throw error
  }
}

/** A Unix time in milliseconds, known to be UTC. */
export function momentAt(ms: number, raw: string = new Date(ms).toISOString()): Moment {
  return { ms, raw, precision: "millisecond", zone: "utc", calendar: "gregorian" }
}
