import { type Id, keyedId } from "#vocabulary/ids"
import type { People } from "../people.ts"
import { screenedOf } from "../screening/gather.ts"
import { matches } from "../screening/match.ts"
import { type ShownClaim, shownClaims } from "../shown-claims.ts"
import { GRADE_WEIGHT } from "../unite.ts"
import { partedBy, strongestPath } from "./ties.ts"

/** Two sides of which a person may say whether they are one. */
export interface Pair {
  id: Id<"pr_">
  /** The keys by which the two sides are named in a decision. */
  a: string
  b: string
  left: string[]
  right: string[]
  /** Entities of the two sides today: one where they are joined. */
  entities: [string, string]
  together: boolean
  /** What ties them, where a claim does. */
  claim: ShownClaim | null
  /** Hundredths of a bit: of the claim, or of what names and birth dates say. */
  weight: number
}

/** A pair of which the answer is known. It looks like any other and changes nothing. */
export interface KnownPair extends Pair {
  known: "same" | "not-same"
}

/** From this weight on people who are alike by name are shown to a reader. */
const ALIKE_FROM = 900
const ALIKE_SHOWN = 400
/** What contradicts that two are one person whatever ties them: as the words of a refused claim begin. */
const CONTRADICTS = /two devices|different holders|birth dates|two places|not the same/

/**
 * Pairs that a person should look at, and pairs of which the answer is known: the same where another way that is sure joins the two besides; not
 * the same where what records say of them cannot be true of one person. Nobody who is protected is in either.
 */
export async function pairsOf(people: People, nodeKey: Buffer, investigation: string): Promise<{ open: Pair[]; known: KnownPair[] }> {
  const entityOf = new Map(
    (await people.engine.all<{ key: string; entity: string }>("select key, entity from identity order by key")).map((r) => [
      r.key,
      r.entity,
    ]),
  )
  const keysOf = Map.groupBy(entityOf.keys(), (key) => entityOf.get(key)!)
  const idOf = (a: string, b: string) => keyedId("pr_", nodeKey, investigation, ...[a, b].sort())
  const claims = (await shownClaims(people)).filter((c) => entityOf.has(c.a) && entityOf.has(c.b))
  const byEntity = Map.groupBy(
    claims.filter((c) => c.refused === null),
    (c) => entityOf.get(c.a)!,
  )
  const open = new Map<string, Pair>()
  const known = new Map<string, KnownPair>()
  for (const claim of claims) {
    const { a, b } = claim
    const id = idOf(a, b)
    const [x, y] = [entityOf.get(a)!, entityOf.get(b)!]
    if (claim.rule === "decided" || claim.weight >= GRADE_WEIGHT.firm || open.has(id) || known.has(id)) continue
    const pair = { id, a, b, entities: [x, y] as [string, string], claim, weight: claim.weight }
    if (claim.refused !== null) {
      const apart: Pair = { ...pair, left: keysOf.get(x)!, right: keysOf.get(y)!, together: false }
      if (x === y) continue
      if (CONTRADICTS.test(claim.refused)) known.set(id, { ...apart, known: "not-same" })
      else open.set(id, apart)
      continue
    }
    const own = byEntity.get(x)!
    const sides = partedBy(claim, own)
    const joined: Pair = { ...pair, left: sides.a, right: sides.b, together: true }
    if (sides.bridge) open.set(id, joined)
    else {
      const besides = strongestPath(
        own.filter((c) => c !== claim),
        new Set([a]),
        new Set([b]),
      )
      if (besides && Math.min(...besides.map((c) => c.weight)) >= GRADE_WEIGHT.fair) known.set(id, { ...joined, known: "same" })
    }
  }
  const persons = (await screenedOf(people)).filter((s) => s.kind === "person")
  const of = new Map(persons.map((p) => [p.id, p]))
  const isHolder = (entity: string) => keysOf.get(entity)?.some((k) => k.startsWith("holder:")) ?? false
  for (const { a: x, b: y, weight } of matches(persons, persons, ALIKE_FROM)
    .filter((m) => m.a < m.b)
    .slice(0, ALIKE_SHOWN)) {
    const [left, right] = [of.get(x)!.keys, of.get(y)!.keys]
    const [a, b] = [left[0]!, right[0]!]
    const id = idOf(a, b)
    if (open.has(id) || known.has(id)) continue
    const pair: Pair = { id, a, b, left, right, entities: [x, y], together: false, claim: null, weight }
    // Two seized devices of different holders are two people, however alike they are called.
    if (isHolder(x) && isHolder(y)) known.set(id, { ...pair, known: "not-same" })
    else open.set(id, pair)
  }
  return { open: [...open.values()], known: [...known.values()] }
}
