import { literal } from "#store"
import type { People } from "../people.ts"
import { type Rankable, rankable } from "../rankable.ts"
import type { Side } from "./side.ts"
import type { Decision } from "./sql.ts"

/** Why a decision is read by a second person before it counts. */
export const CONSEQUENCES = {
  "two-ranked": "joins two people who are ranked",
  protected: "touches a protected person",
  "first-ten": "changes what one of the first ten by evidence of conduct is held to be",
  "many-pairs": "changes more than one in twenty of the pairs of rows that are joined",
} as const
export type Consequence = keyof typeof CONSEQUENCES

/** Whose picture may not be changed by one person alone. */
const FIRST = 10

const strength = (r: Rankable): number => r.evidence.reduce((sum, e) => sum + e.strength, 0)

/** Those whom the top ranks are made of. */
export const firstOf = (ranked: readonly Rankable[]): Rankable[] =>
  [...ranked].sort((a, b) => strength(b) - strength(a) || (a.entity < b.entity ? -1 : 1)).slice(0, FIRST)

/**
 * The rule for a second reader. A decision is consequential when it touches a protected person; when it changes the picture (joins two
 * entities, or parts one) and joins two who are ranked; or when it changes the picture of one of the ten with the most evidence of
 * conduct, whom the top ranks are made of. "Unsure" changes nothing. Gives also the records that say so, whose markings the decision bears.
 */
export async function consequencesOf(
  people: People,
  decision: Decision,
  sides: readonly Side[],
): Promise<{ consequences: Consequence[]; records: string[] }> {
  if (decision === "unsure") return { consequences: [], records: [] }
  const entities = [...new Set(sides.map((s) => s.entity))]
  const listed = entities.map(literal).join(",")
  const hidden = await people.engine.all(`select entity from hidden where entity in (${listed})`)
  const moves = decision === "same" ? entities.length > 1 : entities.length === 1
  const ranked = moves ? await rankable(people) : []
  const touched = ranked.filter((r) => entities.includes(r.entity))
  const first = firstOf(ranked)
  const consequences: Consequence[] = [
    ...(decision === "same" && touched.length > 1 ? (["two-ranked"] as const) : []),
    ...(hidden.length > 0 ? (["protected"] as const) : []),
    ...(touched.some((r) => first.includes(r)) ? (["first-ten"] as const) : []),
  ]
  return { consequences, records: [...new Set(touched.flatMap((r) => r.reasons.flatMap((c) => c.records)))].sort() }
}
