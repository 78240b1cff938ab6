import { z } from "zod"
import type { Context } from "#access"
import { literal } from "#store"
import { Failure } from "#vocabulary/failure"
import { classesOf, classOf, decisionId, restingOn, speakingOf } from "../decisions.ts"
import { Investigation, withPeople } from "../open.ts"
import type { People } from "../people.ts"
import { type Decided, decidedNow, Reason, stateOf } from "../second-reader/acts.ts"
import type { Conflict } from "./conflict.ts"
import { type Consequence, consequencesOf } from "./consequences.ts"
import { anchorOf, contradictionOf, decidedPath, keysIn, type Side, sideOf } from "./side.ts"
import { DECISIONS, type Decision, type IdentityDecisionRow, insertIdentity } from "./sql.ts"

export const Records = z.array(z.string()).max(50).default([]).describe("the records on which it rests")

export const DecideInput = z.object({
  investigation: Investigation,
  a: z.string().min(1).max(400).describe("an entity's or fragment's id, or an identifier as it is shown (phone:+44…)"),
  b: z.string().min(1).max(400).describe("the other"),
  decision: z.enum(DECISIONS),
  reason: Reason,
  records: Records,
  rule: z.string().trim().min(3).max(80).optional().describe("the rule that decided, where a person only lets it in"),
})

/** What is to be written of a decision: rows that are decided together. */
interface Draft {
  decision: Decision
  left: string[]
  right: string[]
}

/**
 * Records a decision on two sides, in the transaction of `ctx`. The class of it is the join of the markings of its reasons: of the records
 * that it names; of what speaks of an identifier that none of them gives; of what makes it consequential. Throws
 * `refused.identity-conflict` for "same" where something in view forbids it, and for "not the same" against a decision that they are.
 */
export async function decideIdentity(ctx: Context, input: z.infer<typeof DecideInput>): Promise<z.infer<typeof Decided>> {
  return withPeople(ctx, async (people) => {
    const sides: [Side, Side] = [await sideOf(people, input.a, "a"), await sideOf(people, input.b, "b")]
    const records = await restingOn(people, input.records)
    const cited = await keysIn(people, input.records)
    const [left, right] = [anchorOf(sides[0], cited), anchorOf(sides[1], cited)]
    if (left === right || (sides[0].entity === sides[1].entity && (sides[0].key === null || sides[1].key === null)))
      throw new Failure("invalid.one-side", "Both sides are the same: there is nothing to decide.", {
        at: "b",
        hint: "To part somebody, name two identifiers of that person, or use entities.split.",
      })
    if (input.decision === "same") await mayBeJoined(people, sides)
    if (input.decision === "not-same") await mayBeParted(people, left, right)
    const drafts = [{ decision: input.decision, left: [left], right: [right] }]
    return record(ctx, people, { input, drafts, sides, records, cited })
  })
}

async function mayBeJoined(people: People, [a, b]: readonly [Side, Side]): Promise<void> {
  const conflict = await contradictionOf(people, a, b)
  if (!conflict) return
  const hidden = await people.engine.all(`select entity from hidden where entity in (${[a, b].map((s) => literal(s.entity)).join(",")})`)
  throw new Failure(
    "refused.identity-conflict",
    `They cannot be decided to be one person: ${hidden.length > 0 ? blind(conflict) : conflict.words}.`,
    {
      at: conflict.decision ?? conflict.records[0] ?? "b",
      hint: conflict.decision
        ? `Undo ${conflict.decision} first, with your reasons.`
        : "Look at the records: one of the two facts must be about somebody else.",
    },
  )
}

/** What contradicts, without where a protected person was or was born. */
const blind = ({ kind }: Conflict): string =>
  kind === "not-same" ? "somebody decided that they are not the same" : "what records say of them cannot be true of one person"

async function mayBeParted(people: People, left: string, right: string): Promise<void> {
  const path = await decidedPath(people, left, right)
  if (path !== null)
    throw new Failure("refused.identity-conflict", "Somebody decided that they are the same.", {
      at: path,
      hint: `Undo ${path} first, with your reasons.`,
    })
}

/** Writes drafts as one decision: the first row bears the id, the others are part of it. */
export async function record(
  ctx: Context,
  people: People,
  about: {
    input: { decision?: Decision; reason: string; records: string[]; rule?: string | undefined }
    drafts: readonly Draft[]
    sides: readonly Side[]
    records: Awaited<ReturnType<typeof restingOn>>
    cited: ReadonlySet<string>
  },
): Promise<z.infer<typeof Decided>> {
  const { input, drafts, sides, records, cited } = about
  const changes: Decision = drafts.some((d) => d.decision === "not-same") ? "not-same" : drafts[0]!.decision
  const grave = await consequencesOf(people, changes, sides)
  const uncited = [...new Set(drafts.flatMap((d) => [...d.left, ...d.right]))].filter((k) => !cited.has(k))
  const speaking = uncited.length === 0 ? [] : await speakingOf(people, uncited)
  const under = await exhibitsOf(people, grave.records)
  const accessClass = await classOf(ctx, records, await classesOf(ctx, [...new Set([...speaking, ...under])]))
  const id = decisionId(ctx, input)
  for (const [n, draft] of drafts.entries())
    await insertIdentity(ctx.tx, ctx.investigation!.id, {
      ...rowOf(ctx, input, accessClass, grave.consequences),
      id: n === 0 ? id : decisionId(ctx, { ...input, part: n }),
      part_of: n === 0 ? null : id,
      decision: draft.decision,
      left_keys: draft.left,
      right_keys: draft.right,
      withdraws: null,
    })
  return { decision: id, state: stateOf(grave), consequences: grave.consequences }
}

/** What every row of a decision says alike. */
const rowOf = (
  ctx: Context,
  { reason, records, rule }: { reason: string; records: string[]; rule?: string | undefined },
  accessClass: number,
  consequences: Consequence[],
): Omit<IdentityDecisionRow, "id" | "part_of" | "decision" | "left_keys" | "right_keys" | "withdraws"> => ({
  ...decidedNow(ctx, reason),
  access_class: accessClass,
  records,
  rule: rule ?? null,
  consequences,
})

async function exhibitsOf(people: People, records: readonly string[]): Promise<string[]> {
  if (records.length === 0) return []
  const whole = await people.structure()
  const rows = await whole.all<{ exhibit: string }>(
    `select distinct exhibit from m where record in (${records.map(literal).join(",")}) order by exhibit`,
  )
  return rows.map((r) => r.exhibit)
}
