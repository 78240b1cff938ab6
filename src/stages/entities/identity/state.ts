import type { Tx } from "#store"
import { say } from "#vocabulary/sentences"
import { type Claim, DECIDED_WEIGHT } from "../unite.ts"
import type { Apart } from "./conflict.ts"
import { type IdentityDecisionRow, type IdentityReadingRow, selectIdentity, selectReadings } from "./sql.ts"

/** A decision that a second reader may have to read, and that another row undoes. */
export interface Readable {
  id: string
  consequences: readonly string[]
  withdraws: string | null
}

/** What became of a decision. Only `in-force` joins or parts anybody. */
export type DecisionState = "in-force" | "waits" | "refused" | "undone"

export interface Judged<Row extends Readable = IdentityDecisionRow> {
  row: Row
  state: DecisionState
  reading: IdentityReadingRow | null
  /** The row that undoes it, or would. */
  undoing: Judged<Row> | null
}

/** Decisions with what became of them, oldest first; undoings stand beside what they undo. */
export function judged<Row extends Readable>(rows: readonly Row[], readings: readonly IdentityReadingRow[]): Judged<Row>[] {
  const readingOf = new Map(readings.map((r) => [r.decision, r]))
  const alone = (row: Row): Judged<Row> => {
    const reading = readingOf.get(row.id) ?? null
    const state = row.consequences.length === 0 ? "in-force" : reading === null ? "waits" : reading.agrees ? "in-force" : "refused"
    return { row, state, reading, undoing: null }
  }
  const undoings = Map.groupBy(rows.filter((r) => r.withdraws !== null).map(alone), (u) => u.row.withdraws!)
  return rows
    .filter((r) => r.withdraws === null)
    .map((row) => {
      const own = alone(row)
      const tries = undoings.get(row.id) ?? []
      // One that a second reader refused is past; it may be asked for again.
      const undoing = tries.find((u) => u.state === "in-force") ?? tries.find((u) => u.state === "waits") ?? null
      return { ...own, undoing, state: undoing?.state === "in-force" ? "undone" : own.state }
    })
}

export async function judgedOf(tx: Tx, investigation: string): Promise<Judged[]> {
  return judged(await selectIdentity(tx, investigation), await selectReadings(tx, investigation))
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
export const inForce = (all: readonly Judged[]): InForce[] =>
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
