import { tokenKeys } from "#names"
import { type Facts, type Reason, weigh } from "./weigh.ts"

/** One side of a comparison, under an id of its own. */
export interface Subject extends Facts {
  id: string
}

export interface Match {
  a: string
  b: string
  weight: number
  reasons: Reason[]
}

/**
 * A hit, hundredths of a bit, and what is kept apart as weak. Both by measurement (`bench/screening/README.md`).
 */
export const HIT_FROM = 1400
export const WEAK_FROM = 1000

/** Of 1 000 invented innocents, how many had a hit of a weight or more on a list of 3 845 individuals (`node bench/screening.ts`). */
const INNOCENTS: readonly (readonly [from: number, count: number])[] = [
  [1000, 20],
  [1100, 13],
  [1200, 6],
  [1300, 2],
  [1400, 1],
  [1500, 0],
]

/** The same at a weight: of the heaviest one that was measured and that it reaches. */
export const innocentsAt = (weight: number): number => INNOCENTS.findLast(([from]) => weight >= from)?.[1] ?? 1_000
/** A word's key that is shorter is everybody's. */
const SHORTEST_KEY = 2

/** The keys of a name's words. */
const keysOf = (name: string): Set<string> => new Set(tokenKeys(name).filter((key) => key.length >= SHORTEST_KEY))

/** A key, and what is left of it without one of its consonants: two scripts differ by one now and then. */
const nearOf = (key: string): string[] => [
  key,
  ...(key.length >= 3 ? Array.from({ length: key.length }, (_, at) => key.slice(0, at) + key.slice(at + 1)) : []),
]

/**
 * Compares everybody of one side with everybody of the other who may fit: they share an identifier; or two words of their names by key, one of
 * which may differ by a consonant; or all of a name that has one word. Which pairs are compared follows from the two alone, so that nobody's hit
 * hangs on who else is held. Heaviest first.
 */
export function matches(side: readonly Subject[], other: readonly Subject[], from = HIT_FROM): Match[] {
  const byKey = new Map<string, number[]>()
  const byNear = new Map<string, number[]>()
  const byIdentifier = new Map<string, number[]>()
  const add = (map: Map<string, number[]>, key: string, at: number) => {
    const list = map.get(key)
    if (list) {
      if (list.at(-1) !== at) list.push(at)
    } else map.set(key, [at])
  }
  /** Names of the other side, each with its bearer. */
  const names: { bearer: number; words: number }[] = []
  other.forEach((subject, bearer) => {
    for (const { name } of subject.names) {
      const keys = keysOf(name)
      const at = names.push({ bearer, words: keys.size }) - 1
      for (const key of keys) {
        add(byKey, key, at)
        for (const near of nearOf(key)) add(byNear, near, at)
      }
    }
    for (const key of subject.identifiers.keys()) add(byIdentifier, key, bearer)
  })
  const out: Match[] = []
  for (const subject of side) {
    const bearers = new Set<number>()
    for (const key of subject.identifiers.keys()) for (const bearer of byIdentifier.get(key) ?? []) bearers.add(bearer)
    for (const { name } of subject.names) {
      const exact = keysOf(name)
      const shared = new Map<number, { exact: number; near: number }>()
      for (const key of exact) {
        const same = new Set(byKey.get(key) ?? [])
        const alike = new Set(same)
        for (const near of nearOf(key)) for (const at of byNear.get(near) ?? []) alike.add(at)
        for (const at of alike) {
          const count = shared.get(at) ?? { exact: 0, near: 0 }
          if (same.has(at)) count.exact++
          else count.near++
          shared.set(at, count)
        }
      }
      for (const [at, count] of shared) {
        const words = Math.min(exact.size, names[at]!.words)
        if ((count.exact >= 1 && count.exact + count.near >= 2) || (words === 1 && count.exact >= 1)) bearers.add(names[at]!.bearer)
      }
    }
    for (const bearer of bearers) {
      const listed = other[bearer]!
      const { weight, reasons } = weigh(subject, listed)
      if (weight >= from) out.push({ a: subject.id, b: listed.id, weight, reasons })
    }
  }
  return out.sort((x, y) => y.weight - x.weight || (x.a < y.a ? -1 : x.a > y.a ? 1 : x.b < y.b ? -1 : 1))
}
