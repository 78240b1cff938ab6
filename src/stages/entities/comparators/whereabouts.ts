import { say } from "#vocabulary/sentences"
import { distanceKm, placesClash } from "../identity/conflict.ts"
import { SEVERAL } from "../linkage/packed.ts"
import { type FrozenComparator, remembered } from "./comparator.ts"

/** Somewhere at a moment (`T|ms|lat|lon|place`), or on one journey of a day as one list has it (`D|day|what|item`). */
type Seen = { at: { atMs: number; lat: number; lon: number }; common: boolean } | { day: string; what: string; item: string }

/** Where a great many are at any time: that two were there at once says nothing. */
const COMMON_PLACE =
  /border|customs|airport|station|\bport\b|ferry|crossing|checkpoint|camp\b|centre|center|hospital|market|grenze|flughafen|bahnhof|hafen|lager|gare|a[ée]roport|fronti[èe]re|havaliman|otogar|s[ıi]n[ıi]r|مطار|حدود|معبر|محطة|مخيم|فرودگاه|مرز|ایستگاه|اردوگاه|فڕۆکەخانە|سنوور|گەراج|کەمپ/i

const NEAR_KM = 0.3
const NEAR_MS = 30 * 60_000

function seenIn(cell: string): Seen[] {
  return cell.split(SEVERAL).flatMap((entry): Seen[] => {
    const [how, ...rest] = entry.split("|") as [string, ...string[]]
    if (how === "D") return [{ day: rest[0]!, what: rest[1]!, item: rest[2]! }]
    const [atMs, lat, lon] = rest.slice(0, 3).map(Number) as [number, number, number]
    return how === "T" ? [{ at: { atMs, lat, lon }, common: COMMON_PLACE.test(rest[3] ?? "") }] : []
  })
}

export const SEEN = { none: 0, elsewhere: 1, journey: 2, together: 3 } as const

function levelOf(a: Seen, b: Seen): number {
  if ("at" in a && "at" in b) {
    if (placesClash(a.at, b.at)) return SEEN.elsewhere
    const near = Math.abs(a.at.atMs - b.at.atMs) <= NEAR_MS && distanceKm(a.at, b.at) <= NEAR_KM
    return near && !a.common && !b.common ? SEEN.together : SEEN.none
  }
  // One list has everybody once: two lines of it are two people.
  if ("day" in a && "day" in b) return a.day === b.day && a.what === b.what && a.item !== b.item ? SEEN.journey : SEEN.none
  return SEEN.none
}

/** Where two were at one time: at one rare place, on one journey, or at two places that nobody reaches from one to the other. */
export const whereabouts: FrozenComparator = {
  id: "whereabouts",
  levels: [
    say("likeness.no-whereabouts"),
    say("likeness.two-places"),
    say("likeness.one-journey"),
    say("likeness.one-place", { metres: NEAR_KM * 1000, minutes: NEAR_MS / 60_000 }),
  ],
  weights: [0, -2000, 250, 200],
  reads: ["seen"],
  over: ({ code, values }) => {
    const all = values.seen.map((v) => (v === "" ? [] : seenIn(v)))
    const level = (x: number, y: number): number => {
      const levels = all[x]!.flatMap((a) => all[y]!.map((b) => levelOf(a, b)))
      return levels.includes(SEEN.elsewhere) ? SEEN.elsewhere : Math.max(SEEN.none, ...levels)
    }
    const compared = remembered(level)
    return (a, b) => {
      const [x, y] = [code.seen[a]!, code.seen[b]!]
      return x === 0 || y === 0 ? 0 : compared(x, y)
    }
  },
}
