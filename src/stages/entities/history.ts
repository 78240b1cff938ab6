import { z } from "zod"
import type { Context } from "#access"
import { type ConductAssertionRow, type StandingDecisionRow, selectConductHistory, selectStandingHistory } from "./sql.ts"

/** A decision of a person about somebody, and what became of it. */
export const History = z.object({
  decision: z.string(),
  about: z.enum(["standing", "conduct"]),
  says: z.string().describe("the standing or the conduct"),
  event: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  grade: z.string().nullable(),
  reason: z.string(),
  records: z.array(z.string()),
  by: z.string(),
  at: z.string(),
  withdrawn: z.object({ decision: z.string(), reason: z.string(), by: z.string(), at: z.string() }).nullable(),
})

/** What people decided on whoever bears or bore these keys, as far as the sight shows it, oldest first. */
export async function historyOf(ctx: Context, keys: readonly string[]): Promise<z.infer<typeof History>[]> {
  const { standings, conduct } = await ctx.store.register.transaction(
    async (tx) => ({
      standings: await selectStandingHistory(tx, ctx.investigation!.id, keys),
      conduct: await selectConductHistory(tx, ctx.investigation!.id, keys),
    }),
    ctx.sight.classes,
  )
  return [...standingsOf(standings), ...conductsOf(conduct)].sort((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : a.decision < b.decision ? -1 : 1,
  )
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

function standingsOf(rows: readonly StandingDecisionRow[]): z.infer<typeof History>[] {
  const withdrawals = new Map(rows.flatMap((r) => (r.withdraws === null ? [] : [[r.withdraws, r] as const])))
  return rows
    .filter((r) => r.withdraws === null)
    .map((r) => {
      const w = withdrawals.get(r.id)
      return {
        decision: r.id,
        about: "standing",
        says: r.standing,
        event: r.event,
        from: iso(r.from_at),
        to: iso(r.to_at),
        grade: r.grade_code === null ? null : `${r.grade_code} (${r.grade_scheme})`,
        reason: r.reason,
        records: r.records,
        by: r.decided_by,
        at: r.decided_at.toISOString(),
        withdrawn: w ? { decision: w.id, reason: w.reason, by: w.decided_by, at: w.decided_at.toISOString() } : null,
      }
    })
}

function conductsOf(rows: readonly ConductAssertionRow[]): z.infer<typeof History>[] {
  const withdrawals = new Map(rows.flatMap((r) => (r.withdraws === null ? [] : [[r.withdraws, r] as const])))
  return rows
    .filter((r) => r.withdraws === null)
    .map((r) => {
      const w = withdrawals.get(r.id)
      return {
        decision: r.id,
        about: "conduct",
        says: r.conduct,
        event: null,
        from: null,
        to: null,
        grade: null,
        reason: r.reasoning,
        records: r.records,
        by: r.asserted_by,
        at: r.asserted_at.toISOString(),
        withdrawn: w ? { decision: w.id, reason: w.reasoning, by: w.asserted_by, at: w.asserted_at.toISOString() } : null,
      }
    })
}
