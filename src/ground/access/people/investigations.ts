import { z } from "zod"
import { Failure } from "#vocabulary/failure"
import { INVESTIGATION_ROLES, NEEDS, ROLE_IDS, type Role } from "#vocabulary/roles"
import { type Context, procedure } from "../procedure.ts"
import { type Investigation, permits } from "../sight.ts"
import { colleague, notHimself, PersonId, Reason } from "./directory.ts"
import { holdingsOf } from "./roles.ts"
import {
  askReopening,
  type ClosingRow,
  closeInvestigation,
  endRole,
  grantRole,
  reopenInvestigation,
  selectClosings,
  selectHoldings,
} from "./sql.ts"

const Here = z.string().describe("id or name")
const CaseRole = z.enum(INVESTIGATION_ROLES as [Role, ...Role[]]).describe("role in the investigation")
const Someone = z.object({ id: z.string(), name: z.string(), organisation: z.string(), team: z.string() })
const Changed = z.object({ person: z.string(), role: z.enum(ROLE_IDS), state: z.enum(["granted", "ended"]) })

/** Whoever runs or inspects the node works in no case: a role there would permit nothing (linchpin.cedar). */
async function notApart(ctx: Context, person: string, role: Role): Promise<void> {
  const node = (await selectHoldings(ctx.tx, null)).filter((h) => h.person === person).map((h) => h.role)
  const here = (await selectHoldings(ctx.tx, ctx.investigation!.id)).filter((h) => h.person === person).map((h) => h.role)
  const clash = node.includes("administrator")
    ? "An administrator"
    : node.includes("inspector")
      ? "An inspector"
      : role === "examiner" && here.includes("authorising-officer")
        ? "Whoever authorises examinations here"
        : role === "authorising-officer" && here.includes("examiner")
          ? "Whoever examines devices here"
          : null
  if (clash && ctx.caller.via !== "local")
    throw new Failure("refused.roles-apart", `${clash} does not hold that role: the policy keeps the two apart.`, {
      at: "person",
      hint: "Ask somebody else, or end the other role first.",
    })
}

/** Closed investigations in which the caller's roles, were they in force, would permit the need. The policy decides, as elsewhere. */
async function closedFor(ctx: Context, need: "grant" | "approve"): Promise<(ClosingRow & { roles: Role[] })[]> {
  const { caller } = ctx
  return (await selectClosings(ctx.tx, caller.id)).filter((c) => {
    const roles = [...caller.roles, ...c.roles.map((role) => ({ role, investigation: c.investigation }))]
    return permits({ ...caller, roles }, { need, purpose: NEEDS[need].purpose, investigation: closing(c) }).allowed
  })
}

const closing = ({ investigation: id, name, title }: ClosingRow): Investigation => ({ id, name, title })

const ClosedView = z.object({
  investigation: z.string(),
  name: z.string(),
  title: z.string(),
  reason: z.string(),
  closedAt: z.string(),
  /** Asked for by somebody else, so that you may second it; by you; or by nobody yet. */
  reopening: z.enum(["none", "asked-by-you", "asked"]),
  reopenReason: z.string().nullable(),
})
const Reopened = z.object({ investigation: z.string(), state: z.enum(["waits", "open"]) })

export const investigationProcedures = [
  procedure({
    name: "roles.of-investigation",
    title: "Who works in an investigation",
    input: z.object({ investigation: Here }),
    output: z.array(z.object({ person: Someone, role: z.enum(ROLE_IDS), since: z.string() })),
    needs: "look",
    effect: "read",
    shape: "value",
    run: (ctx) => holdingsOf(ctx.tx, ctx.investigation!.id),
  }),
  procedure({
    name: "investigations.grant-role",
    title: "Give a colleague a role in an investigation that you lead",
    input: z.object({ investigation: Here, person: PersonId, role: CaseRole, reason: Reason }),
    output: Changed,
    about: ({ person }) => [person],
    needs: "grant",
    effect: "decision",
    shape: "value",
    run: async (ctx, { person, role, reason }): Promise<z.input<typeof Changed>> => {
      await colleague(ctx.tx, person)
      notHimself(ctx, person, "gives a role to")
      await notApart(ctx, person, role)
      const given = { person, investigation: ctx.investigation!.id, role, by: ctx.caller.id, at: new Date(ctx.at), reason }
      if (!(await grantRole(ctx.tx, given)))
        throw new Failure("conflict.role-as-it-is", "He holds that role already.", {
          at: "role",
          hint: "roles of-investigation shows who holds what.",
        })
      return { person, role, state: "granted" }
    },
  }),
  procedure({
    name: "investigations.end-role",
    title: "End a role in an investigation that you lead",
    input: z.object({ investigation: Here, person: PersonId, role: CaseRole, reason: Reason }),
    output: Changed,
    about: ({ person }) => [person],
    needs: "grant",
    effect: "decision",
    shape: "value",
    run: async (ctx, { person, role }): Promise<z.input<typeof Changed>> => {
      const investigation = ctx.investigation!.id
      const leads = (await selectHoldings(ctx.tx, investigation)).filter((h) => h.role === "operations-lead")
      if (role === "operations-lead" && leads.length === 1 && leads[0]!.person === person)
        throw new Failure("conflict.last-lead", "Without an operations lead nobody could give a role here any more.", {
          at: "person",
          hint: "Make somebody else operations lead first, or close the investigation.",
        })
      if (!(await endRole(ctx.tx, { person, investigation, role, by: ctx.caller.id, at: new Date(ctx.at) })))
        throw new Failure("conflict.role-as-it-is", "He does not hold that role.", {
          at: "role",
          hint: "roles of-investigation shows who holds what.",
        })
      return { person, role, state: "ended" }
    },
  }),
  procedure({
    name: "investigations.close",
    title: "Close an investigation: from then on nobody sees it",
    input: z.object({ investigation: Here, reason: Reason }),
    output: z.object({ investigation: z.string() }),
    needs: "grant",
    effect: "decision",
    shape: "value",
    run: async (ctx, { reason }) => {
      const { id } = ctx.investigation!
      await closeInvestigation(ctx.tx, { investigation: id, reason, by: ctx.caller.id, at: new Date(ctx.at) })
      return { investigation: id }
    },
  }),
  procedure({
    name: "investigations.closed",
    title: "Closed investigations that you may ask or help to reopen",
    input: z.object({}),
    output: z.array(ClosedView),
    needs: "own",
    effect: "read",
    shape: "value",
    run: async (ctx): Promise<z.input<typeof ClosedView>[]> => {
      const both = new Map([...(await closedFor(ctx, "grant")), ...(await closedFor(ctx, "approve"))].map((c) => [c.investigation, c]))
      return [...both.values()].map((c) => ({
        investigation: c.investigation,
        name: c.name,
        title: c.title,
        reason: c.reason,
        closedAt: c.closed_at.toISOString(),
        reopening: c.reopen_asked_by === null ? "none" : c.reopen_asked_by === ctx.caller.id ? "asked-by-you" : "asked",
        reopenReason: c.reopen_reason,
      }))
    },
  }),
  procedure({
    name: "investigations.reopen",
    title: "Ask that a closed investigation is reopened, or second who asked",
    input: z.object({ closed: z.string().regex(/^in_/).describe("id of the closed investigation"), reason: Reason }),
    output: Reopened,
    about: ({ closed }) => [closed],
    needs: "own",
    effect: "decision",
    shape: "value",
    run: async (ctx, { closed, reason }): Promise<z.input<typeof Reopened>> => {
      const { id: by, via } = ctx.caller
      const at = new Date(ctx.at)
      const leads = (await closedFor(ctx, "grant")).find((c) => c.investigation === closed)
      const seconds = (await closedFor(ctx, "approve")).find((c) => c.investigation === closed)
      const asked = seconds?.reopen_asked_by ?? leads?.reopen_asked_by ?? null
      if (seconds && asked !== null && asked !== by) {
        await reopenInvestigation(ctx.tx, closed, by, at)
        return { investigation: closed, state: "open" }
      }
      // One that is not there and one that he may not know of are refused alike.
      if (!leads)
        throw new Failure("refused.investigation", `You lead no closed investigation ${closed}.`, {
          at: "closed",
          hint: "investigations closed shows those that you may ask or help to reopen.",
        })
      if (asked === by)
        throw new Failure("refused.second-person", "You asked for it: a second person has to agree.", {
          at: "closed",
          hint: "Somebody else who may approve there has to ask for the same.",
        })
      await askReopening(ctx.tx, { investigation: closed, reason, by, at })
      if (via !== "local") return { investigation: closed, state: "waits" }
      // The one user of a node without sign-in has nobody to ask.
      await ctx.journal({ alone: true })
      await reopenInvestigation(ctx.tx, closed, by, at)
      return { investigation: closed, state: "open" }
    },
  }),
]
