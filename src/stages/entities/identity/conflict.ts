import { say } from "#vocabulary/sentences"
import { datesDiffer } from "../comparators/birth-date.ts"

/** What cannot be true of one person: found between two clusters before they are joined, so that no cluster ever holds it. Pure. */

/** Why a join was not made. */
export type ConflictKind =
  | "not-same"
  | "two-birth-dates"
  | "two-stated-birth-dates"
  | "two-places-at-once"
  | "two-holders"
  | "too-many-numbers"
  | "shared-by-many"

export const CONFLICT_KINDS = [
  "not-same",
  "two-birth-dates",
  "two-stated-birth-dates",
  "two-places-at-once",
  "two-holders",
  "too-many-numbers",
  "shared-by-many",
] as const satisfies readonly ConflictKind[]

export interface Conflict {
  kind: ConflictKind
  words: string
  /** The decision that forbids it, where one does. */
  decision: string | null
  /** The records that contradict each other. */
  records: string[]
}

/** A birth date on a passport or identity card that an examiner found genuine. */
export interface BornFact {
  key: string
  date: string
  record: string
}

/** A whole birth date that a record states of a fragment, with the papers, numbers and mailboxes that it states beside it. */
export interface StatedFact extends BornFact {
  ids: readonly string[]
}

/** A moment at a place. */
type Moment = Pick<PlaceFact, "atMs" | "lat" | "lon">

/** Where somebody was at a moment that is known to the minute. */
export interface PlaceFact {
  key: string
  atMs: number
  lat: number
  lon: number
  record: string
}

/** No key of `left` is one person with any key of `right`. */
export interface Apart {
  decision: string
  left: readonly string[]
  right: readonly string[]
}

/** What a cluster of keys is known to be, as far as it can contradict another. Grown by `absorb`, never shrunk. */
export interface Traits {
  numbers: number
  holders: Set<string>
  born: Map<string, string>
  stated: StatedFact[]
  /** In order of time. */
  places: PlaceFact[]
  /** Decisions that part it from others, each with the side that it is on. */
  sides: Map<string, "left" | "right" | "both">
}

/** Faster than any flight with its way to the airport; a cell or a sighting is only about where it says. */
const FASTEST_KMH = 900
const SLACK_KM = 50
const SLACK_MS = 30 * 60_000
const HOUR_MS = 3_600_000
/** From anywhere to anywhere. */
const LONGEST_MS = (20_040 / FASTEST_KMH) * HOUR_MS

/** Two records whose birth dates are no slip of each other, and that have no paper, number or mailbox in common. */
const statesClash = (a: StatedFact, b: StatedFact): boolean => datesDiffer(a.date, b.date) && !a.ids.some((id) => b.ids.includes(id))

/** 1 January and 1 July stand for "not known" in host countries' and Iraqi registers: with one of them, the year alone can contradict. */
const isDefault = (date: string): boolean => date.endsWith("-01-01") || date.endsWith("-07-01")

export function datesClash(a: string, b: string): boolean {
  if (a === b) return false
  if (isDefault(a) || isDefault(b)) return a.slice(0, 4) !== b.slice(0, 4)
  return true
}

const RADIANS = Math.PI / 180

/** Great-circle distance (haversine), mean radius of the earth. */
export function distanceKm(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const h =
    Math.sin(((b.lat - a.lat) * RADIANS) / 2) ** 2 +
    Math.cos(a.lat * RADIANS) * Math.cos(b.lat * RADIANS) * Math.sin(((b.lon - a.lon) * RADIANS) / 2) ** 2
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(h)))
}

export const placesClash = (a: Moment, b: Moment): boolean =>
  distanceKm(a, b) > SLACK_KM + (FASTEST_KMH * (Math.abs(a.atMs - b.atMs) + SLACK_MS)) / HOUR_MS

const firstPlaces = (x: readonly PlaceFact[], y: readonly PlaceFact[]): [PlaceFact, PlaceFact] | null => {
  let from = 0
  for (const a of x) {
    while (from < y.length && y[from]!.atMs < a.atMs - LONGEST_MS) from++
    for (let at = from; at < y.length && y[at]!.atMs <= a.atMs + LONGEST_MS; at++) if (placesClash(a, y[at]!)) return [a, y[at]!]
  }
  return null
}

const at = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace("T", " ")
const degrees = (p: PlaceFact): string => `${p.lat.toFixed(2)}, ${p.lon.toFixed(2)}`

/**
 * The contradiction that joining two clusters would make, whatever speaks for joining; null when there is none. A decision of a person
 * is named first. Whether there is one is symmetric; the same for the same facts in any order.
 */
export function clashOf(x: Traits, y: Traits): Conflict | null {
  for (const decision of [...x.sides.keys()].filter((d) => y.sides.has(d)).sort()) {
    const [a, b] = [x.sides.get(decision)!, y.sides.get(decision)!]
    if (a !== b || a === "both") return { kind: "not-same", words: say("contradiction.not-same"), decision, records: [] }
  }
  for (const [a, ra] of [...x.born].sort(byFirst))
    for (const [b, rb] of [...y.born].sort(byFirst))
      if (datesClash(a, b)) {
        const [first, second] = a < b ? [a, b] : [b, a]
        return {
          kind: "two-birth-dates",
          words: say("contradiction.birth-dates", { first, second }),
          decision: null,
          records: [ra, rb].sort(),
        }
      }
  const apart = firstPlaces(x.places, y.places)
  if (apart) {
    const [a, b] = [...apart].sort(inTime) as [PlaceFact, PlaceFact]
    return {
      kind: "two-places-at-once",
      words: `two places at once: ${degrees(a)} at ${at(a.atMs)} and ${degrees(b)} at ${at(b.atMs)} UTC, ${Math.round(distanceKm(a, b))} km apart, farther than can be travelled`,
      decision: null,
      records: [a.record, b.record].sort(),
    }
  }
  return null
}

/** Birth dates that records state of the two, where they contradict each other: cuts what records say, and no decision. */
export function statedClashOf(x: Traits, y: Traits): Conflict | null {
  for (const a of x.stated)
    for (const b of y.stated)
      if (statesClash(a, b)) {
        const [first, second] = [a.date, b.date].sort()
        return {
          kind: "two-stated-birth-dates",
          words: say("contradiction.stated-birth-dates", { first: first!, second: second! }),
          decision: null,
          records: [a.record, b.record].sort(),
        }
      }
  return null
}

const byFirst = (a: readonly [string, string], b: readonly [string, string]): number => (a[0] < b[0] ? -1 : 1)

const byKey = (a: StatedFact, b: StatedFact): number => byText(a.key, b.key)

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** A whole order: of two places that one record gives for one moment the same comes first, whoever told it first. */
export const inTime = (a: PlaceFact, b: PlaceFact): number =>
  a.atMs - b.atMs || byText(a.record, b.record) || byText(a.key, b.key) || a.lat - b.lat || a.lon - b.lon

/** What records say of one key alone that cannot be true of one person. Both lists are about that key, in any order. */
export function ownClash(born: readonly BornFact[], places: readonly PlaceFact[]): Conflict | null {
  const own: Traits = {
    numbers: 0,
    holders: new Set(),
    born: new Map([...born].sort((a, b) => (a.record < b.record ? 1 : -1)).map((b) => [b.date, b.record])),
    stated: [],
    places: [...places].sort(inTime),
    sides: new Map(),
  }
  return clashOf(own, own)
}

/** What both were is what they are together. */
export function absorb(into: Traits, other: Traits): void {
  into.numbers += other.numbers
  for (const holder of other.holders) into.holders.add(holder)
  for (const [date, record] of other.born) {
    const known = into.born.get(date)
    if (known === undefined || record < known) into.born.set(date, record)
  }
  if (other.stated.length > 0) into.stated = [...into.stated, ...other.stated].sort(byKey)
  if (other.places.length > 0) into.places = [...into.places, ...other.places].sort(inTime)
  for (const [decision, side] of other.sides) {
    const own = into.sides.get(decision)
    into.sides.set(decision, own === undefined || own === side ? side : "both")
  }
}
