import type { Context } from "#access"
import { Failure } from "#vocabulary/failure"
import type { Role } from "#vocabulary/roles"

/** Roles that may decide, so that a second reader of another team can be asked for where there is one. */
const DECIDING: readonly Role[] = ["analyst", "financial-investigator", "examiner", "online-officer", "operations-lead"]

interface Made {
  decided_by: string
  team: string
}

/** Throws `refused.second-person` where the caller decided himself, or is of that team while somebody of another one works on the investigation. */
export async function mayRead(ctx: Context, { decided_by, team }: Made): Promise<void> {
  if (decided_by !== ctx.caller.id && (team !== ctx.caller.team || !(await anotherTeam(ctx, { decided_by, team })))) return
  throw new Failure(
    "refused.second-person",
    "A consequential decision is read by another person, of another team where one works on this.",
    {
      at: "decision",
      hint: "Ask somebody of another team who may decide.",
    },
  )
}

export const alreadyRead = (): Failure =>
  new Failure("conflict.read-already", "No second reader is waited for.", { at: "decision", hint: "Look again at what became of it." })

/** Somebody of another team than whoever decided could read it. */
async function anotherTeam(ctx: Context, { decided_by, team }: Made): Promise<boolean> {
  const { rows } = await ctx.tx.query(
    `select from role_grant g join person p on p.id = g.person
     where g.investigation = $1 and g.ended_at is null and g.role = any ($2) and p.id <> $3 and p.team <> $4 limit 1`,
    [ctx.investigation!.id, DECIDING, decided_by, team],
  )
  return rows.length > 0
}
