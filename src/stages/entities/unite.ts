import {
  type Apart,
  absorb,
  type BornFact,
  type Conflict,
  clashOf,
  type PlaceFact,
  type StatedFact,
  statedClashOf,
  type Traits,
} from "./identity/conflict.ts"
import { know, traitsOf } from "./identity/traits.ts"

/**
 * Which identifiers belong to one person, by checked normal form and by what single records say of one party; never by name
 * alone. Pure and independent of the order of its input: pairs are united in the order of weight, then of the pair's keys.
 */

/** How sure it is that two identifiers have one user. `firm`: the platform or the device says so; `fair`: one record gives both to one party; `slight`: a card or a label. */
export type ClaimGrade = "firm" | "fair" | "slight"

/** What a grade weighs, hundredths of a bit: a claim is of the highest grade that it reaches. */
export const GRADE_WEIGHT: Record<ClaimGrade, number> = { firm: 3000, fair: 1500, slight: 500 }
/** What one item more that says the same adds, and how many are counted: it orders claims of one grade and never lifts one to the next. */
const PER_ITEM = 1
const MOST_ITEMS = 400

export const weightOf = (grade: ClaimGrade, items: number): number =>
  GRADE_WEIGHT[grade] + PER_ITEM * Math.min(Math.max(items - 1, 0), MOST_ITEMS)
export const gradeOf = (weight: number): ClaimGrade =>
  weight >= GRADE_WEIGHT.firm ? "firm" : weight >= GRADE_WEIGHT.fair ? "fair" : "slight"

/** What a person's decision weighs: more than anything that records say. */
export const DECIDED_WEIGHT = 1_000_000

/** One part of a weight: what was compared, what that gives for (above 0) or against, and why. */
export interface WeightPart {
  part: string
  weight: number
  words: string
}

/** A reason to hold two keys for one person's, with what says so. A key is an identifier's normal form, or a fragment's (`fragment:<record>:<party>`). */
export interface Claim {
  a: string
  b: string
  /** Hundredths of a bit, whole. What the platform or the device itself does not say stays under `GRADE_WEIGHT.firm`. */
  weight: number
  /** Stable id of the rule. */
  rule: "same-number" | "own-device" | "one-party" | "one-card" | "spoken-of" | "own-contact" | "full-name" | "linkage" | "decided"
  reason: string
  /** How many seized items say so independently. */
  items: number
  records: string[]
  /** What the weight is made of, where it is made of several things. */
  detail?: readonly WeightPart[]
  /** The identity decision that says so, where one does. */
  decision?: string
}

/** Everything that clusters follow from. Facts and decisions about keys that no claim ties are without effect. */
export interface Ties {
  claims: readonly Claim[]
  apart: readonly Apart[]
  born: readonly BornFact[]
  stated: readonly StatedFact[]
  places: readonly PlaceFact[]
}

export interface United {
  /** The cluster of each key, as its smallest member; a key that no claim names is alone. */
  rootOf(key: string): string
  /** What each key is tied to by claims, followed or not, as the smallest key of it all: what one claim changes stays inside. */
  componentOf(key: string): string
  /** Every key that a claim names. */
  keys: readonly string[]
  /** Claims that were not followed, with what forbids them. */
  refused: { claim: Claim; conflict: Conflict }[]
}

/** Heaviest first; equal ones by their keys. */
const inOrder = (x: Claim, y: Claim): number =>
  y.weight - x.weight ||
  (x.a < y.a
    ? -1
    : x.a > y.a
      ? 1
      : x.b < y.b
        ? -1
        : x.b > y.b
          ? 1
          : x.rule < y.rule
            ? -1
            : x.rule > y.rule
              ? 1
              : (x.decision ?? "") < (y.decision ?? "")
                ? -1
                : 1)

/** A cluster that grew beyond this many numbers is a shop, a hotline or a mistake: claims of that grade stop there. */
export const MOST_NUMBERS: Record<ClaimGrade, number> = { slight: 8, fair: 16, firm: 32 }
/** An identifier that single records tie to more numbers and papers than this is used by several: none of them is its user by that. */
export const MOST_USES = 8

/**
 * Joins keys by claims, heaviest first, unless what the clusters are known to be forbids it (`clashOf`): of a chain that leads from
 * one person to somebody who cannot be him the weakest link is left out. Two devices that were seized from different holders are never
 * one person by anything but a firm claim or a decision. Follows from its input alone, in any order.
 */
export function unite({ claims, apart, born, stated, places }: Ties): United {
  const parent = new Map<string, string>()
  const wide = new Map<string, string>()
  const traits = new Map<string, Traits>()
  const sorted = [...claims].sort(inOrder)
  for (const { a, b } of sorted) {
    for (const key of [a, b])
      if (!parent.has(key)) {
        parent.set(key, key)
        wide.set(key, key)
        traits.set(key, traitsOf(key))
      }
    join(wide, find(wide, a), find(wide, b))
  }
  const sides = apart.flatMap(({ decision, left, right }) => [
    ...left.map((key) => ({ decision, key, side: "left" as const })),
    ...right.map((key) => ({ decision, key, side: "right" as const })),
  ])
  know(traits, { born, stated, places, sides })
  const shared = sharedKeys(sorted)
  const refused: United["refused"] = []
  for (const claim of sorted) {
    const [x, y] = [find(parent, claim.a), find(parent, claim.b)]
    if (x === y) continue
    const conflict = forbids(claim, traits.get(x)!, traits.get(y)!, shared)
    if (conflict) {
      refused.push({ claim, conflict })
      continue
    }
    const root = join(parent, x, y)
    const [kept, gone] = root === x ? [x, y] : [y, x]
    absorb(traits.get(kept)!, traits.get(gone)!)
    traits.delete(gone)
  }
  return {
    rootOf: (key) => find(parent, key),
    componentOf: (key) => find(wide, key),
    keys: [...parent.keys()],
    refused,
  }
}

function find(parent: Map<string, string>, key: string): string {
  let at = key
  for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) {
    parent.set(at, parent.get(up) ?? up)
    at = up
  }
  return at
}

/** The smaller of two roots becomes the root of both. */
function join(parent: Map<string, string>, x: string, y: string): string {
  const [root, child] = x < y ? [x, y] : [y, x]
  parent.set(child, root)
  return root
}

const isNumber = (key: string): boolean => key.startsWith("phone:")
const isPaper = (key: string): boolean => key.startsWith("document:")

/** Keys that claims of single records tie to more numbers and papers than one person has, with how many those are. */
function sharedKeys(claims: readonly Claim[]): Map<string, number> {
  const uses = new Map<string, Set<string>>()
  for (const { a, b, weight, rule } of claims) {
    if (gradeOf(weight) === "firm" || !(rule === "one-party" || rule === "one-card")) continue
    for (const [key, other] of [
      [a, b],
      [b, a],
    ] as const)
      if (isNumber(other) || isPaper(other)) {
        const known = uses.get(key)
        if (known) known.add(other)
        else uses.set(key, new Set([other]))
      }
  }
  return new Map([...uses].filter(([, others]) => others.size > MOST_USES).map(([key, others]) => [key, others.size]))
}

const because = (kind: Conflict["kind"], words: string): Conflict => ({ kind, words, decision: null, records: [] })

function forbids(claim: Claim, x: Traits, y: Traits, shared: ReadonlyMap<string, number>): Conflict | null {
  const clash = clashOf(x, y)
  if (clash) return clash
  if (claim.weight >= DECIDED_WEIGHT) return null
  const stated = statedClashOf(x, y)
  if (stated) return stated
  const grade = gradeOf(claim.weight)
  if (grade !== "firm" && x.holders.size > 0 && y.holders.size > 0)
    return because("two-holders", "two devices seized from different holders")
  const uses = claim.rule === "one-party" || claim.rule === "one-card" ? (shared.get(claim.a) ?? shared.get(claim.b)) : undefined
  if (uses !== undefined && grade !== "firm")
    return because("shared-by-many", `one of the two is tied to ${uses} numbers and papers: several people use it`)
  if (x.numbers + y.numbers > MOST_NUMBERS[grade])
    return because("too-many-numbers", `more than ${MOST_NUMBERS[grade]} numbers for one person`)
  return null
}
