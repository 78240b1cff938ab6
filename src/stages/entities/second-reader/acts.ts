import { z } from "zod"
import type { Context } from "#access"
import { Failure } from "#vocabulary/failure"
import type { Role } from "#vocabulary/roles"
import { Investigation } from "../open.ts"
import type { Judged, Readable } from "./judged.ts"
import { insertReading, type Tables } from "./sql.ts"

export const Reason = z.string().trim().min(5).max(2000)

/** What whoever decides is told. */
export const Decided = z.object({
  decision: z.string(),
  state: z.enum(["in-force", "waits"]).describe("it waits where a second reader must agree"),
  consequences: z.array(z.string()).describe("why it is read by a second person"),
})
/** What whoever undoes a decision says, and is told. */
export const UndoInput = z.object({ investigation: Investigation, decision: z.string(), reason: Reason })
export const Undone = z.object({ decision: z.string(), state: z.enum(["in-force", "waits"]) })
/** What a second reader says, and is told. */
export const ReadInput = z.object({ investigation: Investigation, decision: z.string(), agrees: z.boolean(), reason: Reason })
export const Read = z.object({ decision: z.string(), state: z.enum(["in-force", "refused"]) })

/** Roles that may decide, so that a second reader of another team can be asked for where there is one. */
const DECIDING: readonly Role[] = ["analyst", "financial-investigator", "examiner", "online-officer", "operations-lead"]

type Made = Pick<Readable, "decided_by" | "team">

/** Who decides what, and when: what every row of a decision says. */
export const decidedNow = (ctx: Context, reason: string): Pick<Readable, "reason" | "decided_by" | "team" | "decided_at"> => ({
  reason,
  decided_by: ctx.caller.id,
  team: ctx.caller.team,
  decided_at: new Date(ctx.at),
})

/** Whether a decision counts from the beginning, or waits for a second reader. */
export const stateOf = ({ consequences }: Pick<Readable, "consequences">): "in-force" | "waits" =>
  consequences.length > 0 ? "waits" : "in-force"

/** What a row says that undoes another. Throws `conflict.undone`. */
export function undoingRow<Row extends Readable>(ctx: Context, { row, state, undoing }: Judged<Row>, id: string, reason: string): Row {
  if (undoing !== null)
    throw new Failure("conflict.undone", "That is undone, or a second reader is asked whether it shall be.", {
      at: "decision",
      hint: "Look again.",
    })
  // What took two to decide takes two to undo; what does not count yet is taken back by one.
  return { ...row, ...decidedNow(ctx, reason), id, consequences: state === "in-force" ? row.consequences : [], withdraws: row.id }
}

/** What waits for a second reader under an id: a decision, or its undoing. Throws `conflict.read-already`. */
export function waitingUnder<Row extends Readable>(found: Judged<Row>, id: string): Judged<Row> {
  const waits = found.row.id === id ? found : found.undoing!
  if (waits.state !== "waits") throw alreadyRead()
  return waits
}

/** Keeps what the caller says as the second reader of rows that were decided in one. Throws `refused.second-person` and `conflict.read-already`. */
export async function readAsSecond(
  ctx: Context,
  tables: Tables,
  rows: readonly [Readable, ...Readable[]],
  { agrees, reason }: { agrees: boolean; reason: string },
): Promise<"in-force" | "refused"> {
  await mayRead(ctx, rows[0])
  for (const { id, access_class } of rows) {
    const said = { decision: id, access_class, agrees, reason, read_by: ctx.caller.id, team: ctx.caller.team, read_at: new Date(ctx.at) }
    if (!(await insertReading(ctx.tx, tables, said))) throw alreadyRead()
  }
  return agrees ? "in-force" : "refused"
}

/** Throws `refused.second-person` where the caller decided himself, or is of that team while somebody of another one works on the investigation. */
async function mayRead(ctx: Context, { decided_by, team }: Made): Promise<void> {
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

const alreadyRead = (): Failure =>
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
