import { z } from "zod"
import type { Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import { randomId } from "#vocabulary/ids"
import { NEED_IDS, NEEDS, NODE_ROLES, ROLE_IDS, ROLES, type Role } from "#vocabulary/roles"
import { type Context, procedure } from "../procedure.ts"
import { permits } from "../sight.ts"
import { administrators, colleague, notHimself, PersonId, Reason } from "./directory.ts"
import { decideRequest, endRole, grantRole, insertRequest, type RequestRow, selectCard, selectHoldings, selectRequests } from "./sql.ts"

/** Whoever holds one of these can see everything, or decides who may: two administrators are needed to give or take it. */
const FOUR_EYES: readonly Role[] = ["administrator", "cleared-officer", "inspector"]

const NodeRole = z.enum(NODE_ROLES as [Role, ...Role[]]).describe("role on the node")
const RequestId = z.string().regex(/^qr_/).describe("id of the request")
const Outcome = z.object({
  person: z.string(),
  role: z.enum(ROLE_IDS),
  /** `waits`: a second administrator has to confirm it. */
  state: z.enum(["granted", "ended", "waits", "refused"]),
  request: z.string().nullable(),
})
const Someone = z.object({ id: z.string(), name: z.string(), organisation: z.string(), team: z.string() })

/** Without a second administrator a first appointment could never be confirmed: the only one may appoint one more, and nobody else. */
async function needsSecond(ctx: Context, role: Role, ends: boolean): Promise<boolean> {
  if (!FOUR_EYES.includes(role) || ctx.caller.via === "local") return false
  return ends || role !== "administrator" || (await administrators(ctx.tx)).length > 1
}

async function put(tx: Tx, change: { person: string; role: Role; ends: boolean; reason: string; by: string; at: Date }): Promise<void> {
  const { ends, ...grant } = change
  if (ends && grant.role === "administrator" && (await administrators(tx)).join() === grant.person)
    throw new Failure("conflict.last-administrator", "Without him nobody would look after this node.", {
      at: "person",
      hint: "Appoint another administrator first.",
    })
  const done = ends ? await endRole(tx, { ...grant, investigation: null }) : await grantRole(tx, { ...grant, investigation: null })
  if (!done)
    throw new Failure("conflict.role-as-it-is", ends ? "He does not hold that role." : "He holds that role already.", {
      at: "role",
      hint: "roles list shows who holds what.",
    })
}

async function propose(
  ctx: Context,
  change: { person: string; role: Role; reason: string },
  ends: boolean,
): Promise<z.input<typeof Outcome>> {
  const { person, role } = change
  await colleague(ctx.tx, person)
  notHimself(ctx, person, ends ? "ends a role of" : "gives a role to")
  const at = new Date(ctx.at)
  if (!(await needsSecond(ctx, role, ends))) {
    await put(ctx.tx, { ...change, ends, by: ctx.caller.id, at })
    return { person, role, state: ends ? "ended" : "granted", request: null }
  }
  const held = (await selectHoldings(ctx.tx, null)).some((h) => h.person === person && h.role === role)
  const request = randomId("qr_")
  if (held !== ends || !(await insertRequest(ctx.tx, { id: request, ...change, ends, asked_by: ctx.caller.id, asked_at: at })))
    throw new Failure(
      "conflict.role-as-it-is",
      held === ends ? "The same waits for a second administrator already." : "So it is already.",
      {
        at: "role",
        hint: "roles list shows who holds what, and what waits.",
      },
    )
  await ctx.journal({ request })
  return { person, role, state: "waits", request }
}

async function decided(ctx: Context, id: string, agree: boolean): Promise<RequestRow> {
  const request = (await selectRequests(ctx.tx)).find((r) => r.id === id)
  if (!request)
    throw new Failure("invalid.request-unknown", "No such request waits.", { at: "request", hint: "roles list shows those that do." })
  if (request.asked_by === ctx.caller.id || request.person === ctx.caller.id)
    throw new Failure("refused.second-administrator", "Neither who asked for it nor whom it is about may confirm it.", {
      at: "request",
      hint: "Another administrator has to look at it.",
    })
  const row = await decideRequest(ctx.tx, id, ctx.caller.id, new Date(ctx.at), agree)
  if (!row)
    throw new Failure("conflict.request-decided", "Somebody has just decided on it.", { at: "request", hint: "Look at the list again." })
  return row
}

const HoldingView = z.object({ person: Someone, role: z.enum(ROLE_IDS), since: z.string() })

/** Who holds what, in an investigation or on the node, with names. */
export async function holdingsOf(tx: Tx, investigation: string | null): Promise<z.input<typeof HoldingView>[]> {
  return Promise.all(
    (await selectHoldings(tx, investigation)).map(async ({ person, role, since }) => {
      const { id, name, organisation, team } = (await selectCard(tx, person))!
      return { person: { id, name, organisation, team }, role, since: since.toISOString() }
    }),
  )
}

export const roleProcedures = [
  procedure({
    name: "roles.mine",
    title: "What you may do: on the node, and in the investigation that you name",
    input: z.object({ investigation: z.string().optional().describe("id or name") }),
    output: z.object({
      id: z.string(),
      name: z.string(),
      organisation: z.string(),
      team: z.string(),
      clearance: z.string(),
      via: z.enum(["local", "session", "token"]),
      roles: z.array(z.object({ role: z.enum(ROLE_IDS), title: z.string(), investigation: z.string().nullable() })),
      /** What may be asked of the node. */
      node: z.array(z.enum(NEED_IDS)),
      /** What may be asked in the named investigation; null when none is named. */
      here: z.array(z.enum(NEED_IDS)).nullable(),
    }),
    needs: "own",
    effect: "read",
    shape: "value",
    run: async ({ caller, investigation }) => {
      const { id, name, organisation, team, clearance, via } = caller
      const may = (about: "node" | "investigation") =>
        NEED_IDS.filter((need) => {
          const asked = NEEDS[need]
          return asked.about === about && permits(caller, { need, purpose: asked.purpose, investigation }).allowed
        })
      return {
        id,
        name,
        organisation,
        team,
        clearance,
        via,
        roles: caller.roles
          .filter((r) => r.investigation === null || r.investigation === investigation?.id)
          .map((r) => ({ ...r, title: ROLES[r.role].title })),
        node: may("node"),
        here: investigation ? may("investigation") : null,
      }
    },
  }),
  procedure({
    name: "roles.list",
    title: "Roles on the node, and what waits for a second administrator",
    input: z.object({}),
    output: z.object({
      held: z.array(HoldingView),
      waiting: z.array(
        z.object({
          request: z.string(),
          person: Someone,
          role: z.enum(ROLE_IDS),
          ends: z.boolean(),
          reason: z.string(),
          askedBy: Someone,
          askedAt: z.string(),
        }),
      ),
    }),
    needs: "administer",
    effect: "read",
    shape: "value",
    run: async (ctx) => ({
      held: await holdingsOf(ctx.tx, null),
      waiting: await Promise.all(
        (await selectRequests(ctx.tx)).map(async (r) => ({
          request: r.id,
          person: await someone(ctx.tx, r.person),
          role: r.role,
          ends: r.ends,
          reason: r.reason,
          askedBy: await someone(ctx.tx, r.asked_by),
          askedAt: r.asked_at.toISOString(),
        })),
      ),
    }),
  }),
  procedure({
    name: "roles.grant",
    title: "Give somebody a role on the node",
    input: z.object({ person: PersonId, role: NodeRole, reason: Reason }),
    output: Outcome,
    about: ({ person }) => [person],
    needs: "administer",
    effect: "decision",
    shape: "value",
    run: (ctx, change) => propose(ctx, change, false),
  }),
  procedure({
    name: "roles.end",
    title: "End a role of somebody on the node",
    input: z.object({ person: PersonId, role: NodeRole, reason: Reason }),
    output: Outcome,
    about: ({ person }) => [person],
    needs: "administer",
    effect: "decision",
    shape: "value",
    run: (ctx, change) => propose(ctx, change, true),
  }),
  procedure({
    name: "roles.confirm",
    title: "Confirm or refuse, as second administrator, what another one asked for",
    input: z.object({ request: RequestId, agree: z.boolean().describe("false refuses it"), reason: Reason }),
    output: Outcome,
    about: ({ request }) => [request],
    needs: "administer",
    effect: "decision",
    shape: "value",
    run: async (ctx, { request, agree }): Promise<z.input<typeof Outcome>> => {
      const row = await decided(ctx, request, agree)
      const { person, role, ends, reason } = row
      await ctx.journal({ person, role, ends, askedBy: row.asked_by })
      if (!agree) return { person, role, state: "refused", request }
      await put(ctx.tx, { person, role, ends, reason, by: ctx.caller.id, at: new Date(ctx.at) })
      return { person, role, state: ends ? "ended" : "granted", request }
    },
  }),
]

async function someone(tx: Tx, id: string): Promise<z.input<typeof Someone>> {
  const { name, organisation, team } = (await selectCard(tx, id))!
  return { id, name, organisation, team }
}
