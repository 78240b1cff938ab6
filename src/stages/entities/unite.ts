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
  rule: "same-number" | "own-device" | "one-party" | "one-card" | "spoken-of" | "own-contact" | "full-name" | "linkage"
  reason: string
  /** How many seized items say so independently. */
  items: number
  records: string[]
  /** What the weight is made of, where it is made of several things. */
  detail?: readonly WeightPart[]
}

export interface United {
  /** The cluster of each key, as its smallest member. */
  rootOf(key: string): string
  /** Claims that were not followed, with the reason. */
  refused: { claim: Claim; why: string }[]
}

/** Heaviest first; equal ones by their keys. */
const inOrder = (x: Claim, y: Claim): number =>
  y.weight - x.weight || (x.a < y.a ? -1 : x.a > y.a ? 1 : x.b < y.b ? -1 : x.b > y.b ? 1 : x.rule < y.rule ? -1 : x.rule > y.rule ? 1 : 0)

/** A cluster that grew beyond this many numbers is a shop, a hotline or a mistake: slight claims stop there. */
export const MOST_NUMBERS = 8

/**
 * Joins keys by claims. Two devices that were seized from different holders are never one person by anything but a firm claim,
 * and a slight claim never makes a cluster of more than MOST_NUMBERS numbers.
 */
export function unite(keys: Iterable<string>, claims: readonly Claim[]): United {
  const parent = new Map<string, string>()
  const numbers = new Map<string, number>()
  const holders = new Map<string, Set<string>>()
  for (const key of keys) {
    parent.set(key, key)
    numbers.set(key, key.startsWith("phone:") ? 1 : 0)
    holders.set(key, new Set(key.startsWith("holder:") ? [key] : []))
  }
  const rootOf = (key: string): string => {
    let at = key
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) {
      parent.set(at, parent.get(up) ?? up)
      at = up
    }
    return at
  }
  const refused: United["refused"] = []
  const sorted = [...claims].sort(inOrder)
  for (const claim of sorted) {
    if (!parent.has(claim.a) || !parent.has(claim.b)) continue
    const [x, y] = [rootOf(claim.a), rootOf(claim.b)]
    if (x === y) continue
    const count = numbers.get(x)! + numbers.get(y)!
    const both = new Set([...holders.get(x)!, ...holders.get(y)!])
    if (gradeOf(claim.weight) !== "firm" && both.size > 1 && holders.get(x)!.size > 0 && holders.get(y)!.size > 0) {
      refused.push({ claim, why: "two devices seized from different holders" })
      continue
    }
    if (gradeOf(claim.weight) === "slight" && count > MOST_NUMBERS) {
      refused.push({ claim, why: `more than ${MOST_NUMBERS} numbers for one person` })
      continue
    }
    const [root, child] = x < y ? [x, y] : [y, x]
    parent.set(child, root)
    numbers.set(root, count)
    holders.set(root, both)
  }
  return { rootOf, refused }
}
