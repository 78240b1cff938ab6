import { z } from "zod"
import { type Context, joinedMarking, permissions, procedure } from "#access"
import { Failure } from "#vocabulary/failure"
import { randomId } from "#vocabulary/ids"
import { banner, blocks, CONDITIONS, HANDLING_CODES } from "#vocabulary/markings"
import { selectExhibits, selectItems } from "./sql.ts"

const CODES: string[] = [...Object.keys(HANDLING_CODES), ...Object.keys(CONDITIONS), "tlp", "condition"]

const PermissionView = z.object({
  id: z.string(),
  originator: z.string(),
  code: z.string(),
  condition: z.string().nullable(),
  use: z.enum(["evidence", "sharing"]),
  reference: z.string(),
  reason: z.string(),
  document: z.string().nullable(),
  recordedBy: z.string(),
  recordedAt: z.string(),
  until: z.string().nullable(),
  confirmedBy: z.string().nullable(),
  withdrawnBy: z.string().nullable(),
  inForce: z.boolean(),
})

const view = (p: permissions.PermissionRow, at: number): z.infer<typeof PermissionView> => ({
  id: p.id,
  originator: p.originator,
  code: p.code,
  condition: p.condition,
  use: p.use,
  reference: p.reference,
  reason: p.reason,
  document: p.document,
  recordedBy: p.recorded_by,
  recordedAt: p.recorded_at.toISOString(),
  until: p.until?.toISOString() ?? null,
  confirmedBy: p.confirmed_by,
  withdrawnBy: p.withdrawn_by,
  inForce: permissions.inForce(p, at),
})

const one = async (ctx: Context, id: string): Promise<permissions.PermissionRow> => {
  const found = (await permissions.selectPermissions(ctx.tx, [ctx.investigation!.id])).find((p) => p.id === id)
  if (!found)
    throw new Failure("invalid.permission-unknown", "There is no permission of that id in this investigation.", {
      at: "permission",
      hint: "markings permissions lists them.",
    })
  return found
}

const Investigation = z.string().describe("name or id")

/**
 * Reservations of originators and what lifts them (Regulation (EU) 2016/794 Art. 19(2): further use is the provider's to permit; APP on
 * intelligence handling: conditions stay with the originator). Somebody of the originator permits by himself; anybody else records a
 * document of the originator, and a second person of another team confirms that it says so.
 */
export const permissionProcedures = [
  procedure({
    name: "markings.reserved",
    title: "What originators keep to themselves of the material that you see, and whether they have permitted it",
    input: z.object({ investigation: Investigation }),
    output: z.array(
      z.object({
        banner: z.string(),
        items: z.array(z.object({ id: z.string(), reference: z.string().nullable() })),
        use: z.enum(["evidence", "sharing"]),
        code: z.string(),
        says: z.string(),
        ask: z.array(z.string()),
        permitted: z.boolean(),
      }),
    ),
    needs: "look",
    effect: "read",
    shape: "value",
    run: (ctx) =>
      ctx.store.register.transaction(async (tx) => {
        const given = await permissions.selectPermissions(tx, [ctx.investigation!.id])
        const held = Map.groupBy(await selectItems(tx, { investigation: ctx.investigation!.id }), (i) => i.access_class)
        ctx.rests(held.keys())
        const out = []
        for (const [cls, items] of held) {
          const marking = await joinedMarking(tx, [cls])
          for (const use of ["evidence", "sharing"] as const) {
            const standing = permissions.standingBlocks(marking, use, given, ctx.at)
            for (const { code, says, ask } of blocks(marking, use))
              out.push({
                banner: banner(marking),
                items: items.map((i) => ({ id: i.id, reference: i.reference })),
                use,
                code,
                says,
                ask: [...ask],
                permitted: !standing.some((s) => s.code === code && s.says === says),
              })
          }
        }
        return out.sort((a, b) => (`${a.banner}${a.use}${a.code}` < `${b.banner}${b.use}${b.code}` ? -1 : 1))
      }, ctx.sight.classes),
  }),
  procedure({
    name: "markings.permissions",
    title: "What originators have permitted, with what each permission rests on",
    input: z.object({ investigation: Investigation }),
    output: z.array(PermissionView),
    needs: "look",
    effect: "read",
    shape: "value",
    run: async (ctx) => (await permissions.selectPermissions(ctx.tx, [ctx.investigation!.id])).map((p) => view(p, ctx.at)),
  }),
  procedure({
    name: "markings.permit",
    title: "Record that an originator permits a use of his material that its marking blocks",
    input: z.object({
      investigation: Investigation,
      originator: z.string().trim().min(1).max(200).describe("whose material it is, as its marking names him"),
      code: z.enum(CODES).describe("what blocks: a handling code, a condition, tlp, or condition for one in words"),
      condition: z.string().trim().min(1).max(500).optional().describe("the words, for code condition"),
      use: z.enum(["evidence", "sharing"]),
      reference: z.string().trim().min(1).max(200).describe("the originator's reference for it"),
      reason: z.string().trim().min(10).max(2000),
      document: z.string().optional().describe("exhibit that holds the permission; needed unless you are the originator's"),
      until: z.iso.datetime({ offset: true }).optional(),
    }),
    output: PermissionView,
    needs: "release",
    effect: "decision",
    shape: "value",
    run: async (ctx, input) => {
      if ((input.code === "condition") !== (input.condition !== undefined))
        throw new Failure("invalid.condition", "The words of a condition go with code condition, and with no other.", {
          at: "condition",
          hint: "Give the condition as the marking has it.",
        })
      const own = permissions.isOriginator(ctx.caller, input.originator)
      if (!own) await mustHold(ctx, input.document)
      const row = {
        id: randomId("dc_"),
        investigation: ctx.investigation!.id,
        originator: input.originator,
        code: input.code,
        condition: input.condition ?? null,
        use: input.use,
        reference: input.reference,
        reason: input.reason,
        document: input.document ?? null,
        recorded_by: ctx.caller.id,
        recorded_team: ctx.caller.team,
        recorded_at: new Date(ctx.at),
        until: input.until ? new Date(input.until) : null,
        confirmed_by: null,
        confirmed_at: own ? new Date(ctx.at) : null,
      }
      await permissions.insertPermission(ctx.tx, row)
      return view({ ...row, withdrawn_by: null, withdrawn_at: null }, ctx.at)
    },
  }),
  procedure({
    name: "markings.confirm",
    title: "Confirm as the second person that the originator's document permits it",
    input: z.object({ investigation: Investigation, permission: z.string() }),
    output: PermissionView,
    needs: "approve",
    effect: "decision",
    shape: "value",
    about: (input) => [input.permission],
    run: async (ctx, { permission }) => {
      const found = await one(ctx, permission)
      if (found.recorded_by === ctx.caller.id || found.recorded_team === ctx.caller.team)
        throw new Failure("refused.second-person", "A permission is confirmed by a second person of another team.", {
          at: permission,
          hint: "Ask somebody of another team to read the document.",
        })
      await mustHold(ctx, found.document ?? undefined)
      if (!(await permissions.confirmPermission(ctx.tx, permission, found.investigation, ctx.caller.id, new Date(ctx.at))))
        throw new Failure("conflict.permission-settled", "This permission was confirmed or withdrawn already.", { at: permission })
      return view(await one(ctx, permission), ctx.at)
    },
  }),
  procedure({
    name: "markings.withdraw",
    title: "End a permission: from now on the marking blocks again",
    input: z.object({ investigation: Investigation, permission: z.string() }),
    output: PermissionView,
    needs: "release",
    effect: "decision",
    shape: "value",
    about: (input) => [input.permission],
    run: async (ctx, { permission }) => {
      const found = await one(ctx, permission)
      if (!(await permissions.withdrawPermission(ctx.tx, permission, found.investigation, ctx.caller.id, new Date(ctx.at))))
        throw new Failure("conflict.permission-settled", "This permission was withdrawn already.", { at: permission })
      return view(await one(ctx, permission), ctx.at)
    },
  }),
]

/** The document must be an exhibit that the caller sees: a permission that nobody can read is none. */
async function mustHold(ctx: Context, document: string | undefined): Promise<void> {
  const [found] = document === undefined ? [] : await selectExhibits(ctx.tx, { ids: [document], investigation: ctx.investigation!.id })
  if (!found)
    throw new Failure("refused.originator-alone", "Only the originator loosens what he reserved.", {
      at: "document",
      hint: "Take his written permission in as an exhibit and name it, or ask somebody of the originator's to permit it.",
    })
}
