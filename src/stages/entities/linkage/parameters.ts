import { createHash } from "node:crypto"
import type { linkage } from "#kernels"
import { canonical } from "#store"
import { COMPARATORS } from "../comparators/list.ts"

/**
 * Chances of each level between records of one person (m) and of two (u), by comparator in their order; level 0 stands empty. Starting
 * values: learnt on invented people (`bench/linkage.ts --learn`), rounded, and made more cautious where life is untidier than the invention (new
 * passports, second mailboxes, moves). Nobody has fitted them on authorised data. The prior is one row in ten thousand: an
 * investigation's registers are no random draw of a people.
 */
export const SHIPPED: linkage.Chances = {
  m: [
    [0, 0.01, 0.015, 0.1, 0.25, 0.58, 0.03, 0.015],
    [0, 0.02, 0.03, 0.08, 0.25, 0.57, 0.03, 0.02],
    [0, 0.05, 0.05, 0.1, 0.3, 0.5],
    [0, 0.03, 0.02, 0.01, 0.08, 0.12, 0.74],
    [0, 0.3, 0.01, 0.04, 0.65],
    [0, 0.45, 0.01, 0.02, 0.52],
    [0, 0.35, 0.01, 0.01, 0.03, 0.05, 0.55],
    [0, 0.3, 0.01, 0.1, 0.04, 0.2, 0.25, 0.1],
    [0, 0.2, 0.03, 0.02, 0.3, 0.05, 0.4],
    [0, 0.03, 0.97],
  ],
  u: [
    [0, 0.97, 0.0055, 0.0044, 0.013, 0.005, 0.00005, 0.002],
    [0, 0.985, 0.006, 0.001, 0.001, 0.002, 0.00005, 0.002],
    [0, 0.97, 0.02, 0.005, 0.0005, 0.0001],
    [0, 0.96, 0.027, 0.0052, 0.0046, 0.00024, 0.000045],
    [0, 0.99998, 0.00001, 0.000002, 0.000001],
    [0, 0.9999, 0.00001, 0.00001, 0.00001],
    [0, 0.99, 0.003, 0.0069, 0.0001, 0.00002, 0.00001],
    [0, 0.94, 0.0024, 0.023, 0.018, 0.013, 0.00015, 0.00001],
    [0, 0.95, 0.002, 0.001, 0.04, 0.0005, 0.0005],
    [0, 0.5, 0.5],
  ],
  prior: 1e-4,
}

/** With fewer fragments than this there is too little to learn from: the shipped chances are used as they are. */
export const FEWEST_TO_LEARN = 500
/** So many decided pairs of fragments are enough to learn from, and so many of them on each side. */
export const FEWEST_DECIDED = 40
export const FEWEST_OF_EACH = 10

/** Where the parameters of a linkage come from. */
export const PARAMETER_SOURCES = ["shipped", "learnt", "decisions"] as const
export type ParameterSource = (typeof PARAMETER_SOURCES)[number]
export const SOURCE_WORDS: Readonly<Record<ParameterSource, string>> = {
  shipped: "shipped",
  learnt: "learnt on this sight",
  decisions: "learnt on a sight from its decisions",
}

/** All that a linkage follows from beside the two fragments and the release. */
export interface ParameterSet {
  source: ParameterSource
  /** What a key has to be worth, bits. */
  floor: number
  prior: number
  comparators: readonly ComparatorChances[]
}

export interface ComparatorChances {
  id: string
  /** By level; level 0 (nothing to compare) stands empty. */
  m: readonly number[]
  u: readonly number[]
}

/** A set as it is written out, with the comparators' names: what is adopted under one release can be told apart from another's order. */
export const setOf = (source: ParameterSource, floor: number, { m, u, prior }: linkage.Chances): ParameterSet => ({
  source,
  floor,
  prior,
  comparators: COMPARATORS.map(({ id }, c) => ({ id, m: m[c]!, u: u[c]! })),
})

/** Names a set by its content: the same numbers have the same hash wherever they were learnt or adopted. */
export const hashOf = ({ source: _, ...numbers }: ParameterSet): string => createHash("sha256").update(canonical(numbers)).digest("hex")

/**
 * The chances of a set for the comparators of this release, in their order. A comparator that the set does not know, or knows with
 * other levels, has the shipped chances, and is named in `shipped`.
 */
export function chancesOf({ prior, comparators }: ParameterSet): { chances: linkage.Chances; shipped: string[] } {
  const known = new Map(comparators.map((c) => [c.id, c]))
  const fits = COMPARATORS.map(({ id, levels }) => {
    const own = known.get(id)
    return own?.m.length === levels.length && own.u.length === levels.length ? own : null
  })
  return {
    chances: { prior, m: fits.map((own, c) => [...(own?.m ?? SHIPPED.m[c]!)]), u: fits.map((own, c) => [...(own?.u ?? SHIPPED.u[c]!)]) },
    shipped: COMPARATORS.filter((_, c) => fits[c] === null).map((c) => c.id),
  }
}
