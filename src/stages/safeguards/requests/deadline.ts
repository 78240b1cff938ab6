/**
 * When a request must be answered: one month from the relevant time, and two months more by notice (Data Protection Act 2018 s.54 as
 * amended by the Data (Use and Access) Act 2025; text as on legislation.gov.uk, looked up 2026-11-22).
 */
const DAY = 86_400_000

/** The same day so many months later; the last day where that month is shorter. */
export function monthsLater(at: number, months: number): number {
  const d = new Date(at)
  const last = new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + months + 1, 0)).getUTCDate()
  return Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + months, Math.min(d.getUTCDate(), last))
}

const endOfDay = (at: number): number => Math.floor(at / DAY) * DAY + DAY - 1

export interface Clock {
  receivedAt: number
  /** When what was asked for to prove identity came (s.52(4)); null while it is awaited, undefined where nothing was asked for. */
  identifiedAt?: number | null
  /** Stretches in which the subject was asked what the request is about (s.54(3C)): they do not count. An open one has no end. */
  waits: readonly { from: number; to: number | null }[]
  /** Two further months were announced in time (s.54(3A)). */
  extended: boolean
}

export interface Due {
  /** Null while the clock has not begun or stands still. */
  at: number | null
  /** Until when two further months can be announced (s.54(3B)); null when they were, or cannot be. */
  extendBy: number | null
  why: "counting" | "identity awaited" | "answer of the subject awaited"
}

export function dueOf(clock: Clock): Due {
  if (clock.identifiedAt === null) return { at: null, extendBy: null, why: "identity awaited" }
  if (clock.waits.some((w) => w.to === null)) return { at: null, extendBy: null, why: "answer of the subject awaited" }
  const relevant = Math.max(clock.receivedAt, clock.identifiedAt ?? 0)
  // The day of the question and the day of the answer are both within the period that does not count.
  const waited = clock.waits.reduce((n, w) => n + (Math.floor(w.to! / DAY) - Math.floor(w.from / DAY) + 1) * DAY, 0)
  const first = endOfDay(monthsLater(relevant, 1) + waited)
  const last = endOfDay(monthsLater(relevant, 3) + waited)
  return { at: clock.extended ? last : first, extendBy: clock.extended ? null : first, why: "counting" }
}
