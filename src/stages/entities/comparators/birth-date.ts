import type { Comparator } from "./comparator.ts"
import { remembered } from "./comparator.ts"
import { edits } from "./letters.ts"

/**
 * Days on which a registry enters whoever knows only his year: 1 July in Iraq's, 1 January with most host countries. That two people
 * share one says little more than that they share a year.
 */
const DEFAULT_DAYS = new Set(["0101", "0701"])

export const isDefaultBirth = (digits: string): boolean => digits.length === 8 && DEFAULT_DAYS.has(digits.slice(4))

/** Dates are digits, year first, as far as they are known: `19800107`, `198001`, `1980`. */
function levelOfDates(a: string, b: string): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (short === long) return long.length < 8 ? (long.length === 6 ? 4 : 3) : isDefaultBirth(long) ? 5 : 6
  if (short.length < 8) return long.startsWith(short) ? (short.length >= 6 ? 4 : 3) : 1
  if (long.length !== 8) return edits(short, long, 1) === 1 ? 4 : 1
  const year = short.slice(0, 4) === long.slice(0, 4)
  // The known year of a default day is all that the other date has to agree with.
  if (year && (isDefaultBirth(short) || isDefaultBirth(long))) return 3
  // Of two default days only the years were ever stated, and those differ: brothers are a digit apart.
  if (isDefaultBirth(short) && isDefaultBirth(long)) return 1
  if (year && short.slice(4, 6) === long.slice(6) && short.slice(6) === long.slice(4, 6)) return 4
  const apart = edits(short, long, 2)
  if (apart === 1) return 4
  if (apart === 2) return 2
  return 1
}

/** Years between two people of two generations. */
const GENERATION = 12

/**
 * Two whole birth dates in digits that no slip of writing makes of each other: a generation apart, and neither day nor month in common, exchanged or
 * not. A wrong digit or an invented day of one man is not parted by it; a father and his son of one name at one address are.
 */
export const datesDiffer = (a: string, b: string): boolean => {
  const parts = (date: string) => [date.slice(4, 6), date.slice(6)]
  return Math.abs(Number(a.slice(0, 4)) - Number(b.slice(0, 4))) >= GENERATION && !parts(a).some((part) => parts(b).includes(part))
}

export const birthDate: Comparator = {
  id: "birth-date",
  levels: [
    "not stated by both",
    "different",
    "two digits apart",
    "the same year, one day a registry's default or unknown",
    "one digit apart, or day and month exchanged",
    "the same, a registry's default day (1 January, 1 July)",
    "the same day",
  ],
  reads: ["birth"],
  over: ({ code, values }) => {
    const { birth } = code
    const level = remembered((a, b) => levelOfDates(values.birth[a]!, values.birth[b]!))
    const own = values.birth.map((v) => (v === "" ? 0 : levelOfDates(v, v)))
    return (a, b) => {
      const x = birth[a]!
      const y = birth[b]!
      return x === 0 || y === 0 ? 0 : x === y ? own[x]! : level(x, y)
    }
  },
}
