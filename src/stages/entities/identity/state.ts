import type { Tx } from "#store"
import { say } from "#vocabulary/sentences"
import { type Judged, judged } from "../second-reader/judged.ts"
import { selectReadings } from "../second-reader/sql.ts"
import { type Claim, DECIDED_WEIGHT } from "../unite.ts"
import type { Apart } from "./conflict.ts"
import { IDENTITY, type IdentityDecisionRow, selectIdentity } from "./sql.ts"

/** An identity decision with what became of it. */
export type JudgedIdentity = Judged<IdentityDecisionRow>

export async function judgedOf(tx: Tx, investigation: string): Promise<JudgedIdentity[]> {
  return judged(await selectIdentity(tx, investigation), await selectReadings(tx, IDENTITY, investigation))
}

/** A decision that joins or parts, without anything that tells how many others there are. */
export interface InForce {
  id: string
  decision: "same" | "not-same"
  left: string[]
  right: string[]
  reason: string
  records: string[]
  rule: string | null
}

/** The decisions that clusters follow from, in the order of their ids. */
export const inForce = (all: readonly JudgedIdentity[]): InForce[] =>
  all
    .flatMap(({ row: { id, decision, left_keys: left, right_keys: right, reason, records, rule }, state }) =>
      // Of a side that was erased nothing is decided any more.
      state === "in-force" && decision !== "unsure" && left.length > 0 && right.length > 0
        ? [{ id, decision, left, right, reason, records, rule }]
        : [],
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1))

/** What the decisions say is one: each key with the smallest of them. */
export function claimsOf(decisions: readonly InForce[]): Claim[] {
  return decisions.flatMap(({ id, decision, left, right, reason, records, rule }) => {
    if (decision !== "same") return []
    const [first, ...rest] = [...new Set([...left, ...right])].sort()
    return rest.map((key) => ({
      a: first!,
      b: key,
      weight: DECIDED_WEIGHT,
      rule: "decided" as const,
      reason: rule === null ? say("claim.decided", { reason }) : say("claim.ruled", { rule, reason }),
      items: 1,
      records,
      decision: id,
    }))
  })
}

export const apartOf = (decisions: readonly InForce[]): Apart[] =>
  decisions.filter((d) => d.decision === "not-same").map(({ id, left, right }) => ({ decision: id, left, right }))
