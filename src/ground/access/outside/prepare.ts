import { hash } from "node:crypto"
import { z } from "zod"
import type { Json } from "#journal"
import { canonical, type Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import { randomId } from "#vocabulary/ids"
import { MarkingSchema } from "#vocabulary/markings"
import { RELEASE } from "#vocabulary/release"
import { selectOrganisation } from "../people/sql.ts"
import { selectPermissions, standingBlocks } from "../permissions.ts"
import { type Context, type Performance, type Preview, type Procedure, type ProcedureInit, procedure } from "../procedure.ts"
import { askCleared } from "../reruns/ask.ts"
import { joinedMarking } from "../sight.ts"
import { selectClassesById } from "../sql.ts"
import { insertPreview } from "./sql.ts"

/** What was shown to a second person three days ago is no longer what is known. */
const EXPIRES_MS = 3 * 86_400_000

/** All that is approved: its canonical form is hashed, and perform gets nothing else. */
export const Content = z.object({
  preview: z.string(),
  procedure: z.string(),
  release: z.string(),
  investigation: z.string(),
  recipients: z.array(z.string()).min(1),
  marking: MarkingSchema,
  purpose: z.string(),
  preparedBy: z.string(),
  preparedAt: z.string(),
  expiresAt: z.string(),
  body: z.unknown(),
})
export type Content = z.infer<typeof Content>

export const contentHash = (content: string): string => hash("sha256", content)

const Prepared = z.object({ preview: z.string(), sha256: z.string(), expiresAt: z.string(), clearedOfficer: z.string() })

/** Says who must be asked before material of these classes may go to these. Throws `refused.marking-blocks` and `refused.audience`. */
export async function mustBeFree(tx: Tx, classes: readonly number[], recipients: readonly string[], at: number): Promise<void> {
  const rows = await selectClassesById(tx, classes)
  const permissions = await selectPermissions(tx, [...new Set(rows.map((c) => c.investigation))])
  const standing = rows.flatMap((c) =>
    standingBlocks(
      c,
      "sharing",
      permissions.filter((p) => p.investigation === c.investigation),
      at,
    ),
  )
  const first = standing[0]
  if (first) {
    const ask = [...new Set(standing.flatMap((b) => b.ask))].sort()
    throw new Failure(
      "refused.marking-blocks",
      `What this rests on must not be shared: ${[...new Set(standing.map((b) => b.says))].join("; ")}.`,
      {
        at: first.code,
        hint:
          ask.length > 0
            ? `Ask for the permission of ${ask.join(", ")}, and have it recorded.`
            : "No originator is recorded who could permit it.",
      },
    )
  }
  for (const { audience } of rows) {
    const outsider = audience === null ? undefined : recipients.find((r) => !audience.includes(r))
    if (outsider !== undefined)
      throw new Failure("refused.audience", "What this rests on is for a named audience, and a recipient does not belong to it.", {
        at: "recipients",
        hint: "Leave the recipient out, or ask the originator.",
      })
  }
}

interface OutsideInit<I extends z.ZodObject, B extends z.ZodType>
  extends Omit<ProcedureInit<I, typeof Prepared, "value">, "run" | "output" | "effect" | "shape" | "question" | "show" | "entry"> {
  /** What leaves. Whoever approves it sees this, and perform gets this. */
  body: B
  /** A limited view never acts alone: what the cleared officer looks at before anything leaves. */
  question: NonNullable<ProcedureInit<I, typeof Prepared, "value">["question"]>
  prepare: (ctx: Context, input: z.output<I>) => Promise<Preview<z.input<B>>>
  repeatable: boolean
  perform: (ctx: Context, preview: Preview<z.output<B>> & { key: string }) => Promise<Json>
}

/**
 * Declares what reaches people beyond this node. Asking it prepares: a preview is kept that nobody can change, and the question
 * under it goes to the cleared officer. A second person of another team then approves the preview's hash (`outside.approve`), and
 * whoever prepared it lets it go, once (`outside.perform`).
 */
export function outside<I extends z.ZodObject, B extends z.ZodType>(init: OutsideInit<I, B>): Procedure {
  const { body, prepare, perform, repeatable, ...rest } = init
  if (!Object.hasOwn(init.input.shape, "investigation")) throw new TypeError(`${init.name} names no investigation`)
  const performance: Performance = {
    repeatable,
    perform: (ctx, preview) => perform(ctx, { ...preview, body: body.parse(preview.body) }),
  }
  const declared = procedure<I, typeof Prepared, "value">({
    ...rest,
    output: Prepared,
    effect: "decision",
    shape: "value",
    run: async (ctx, input) => keep(ctx, init.name, input as Record<string, Json>, await prepare(ctx, input)),
  })
  return { ...declared, effect: "outside", performance }
}

async function keep(ctx: Context, name: string, input: Record<string, Json>, preview: Preview<unknown>): Promise<z.input<typeof Prepared>> {
  const { investigation } = ctx
  if (!investigation)
    throw new Failure("invalid.investigation-missing", "What leaves the node leaves an investigation.", {
      at: "investigation",
      hint: "Name it.",
    })
  const recipients = [...new Set(preview.recipients)].sort()
  if (recipients.length === 0)
    throw new Failure("invalid.recipients-missing", "Nothing goes to nobody in particular.", {
      at: "recipients",
      hint: "Name organisations.",
    })
  for (const id of recipients)
    if (!(await selectOrganisation(ctx.tx, id)))
      throw new Failure("invalid.recipient-unknown", `No organisation ${id} is entered on this node.`, {
        at: "recipients",
        hint: "organisations list shows those that are.",
      })
  if (ctx.caller.team === "")
    throw new Failure("refused.no-team", "Nobody can tell who is of another team than you.", {
      at: name,
      hint: "Have your team entered in the directory.",
    })
  const classes = ctx.rested()
  await mustBeFree(ctx.tx, classes, recipients, ctx.at)
  const id = randomId("pv_")
  const expires = new Date(ctx.at + EXPIRES_MS)
  const content = canonical({
    preview: id,
    procedure: name,
    release: RELEASE,
    investigation: investigation.id,
    recipients,
    marking: await joinedMarking(ctx.tx, classes),
    purpose: ctx.purpose,
    preparedBy: ctx.caller.id,
    preparedAt: new Date(ctx.at).toISOString(),
    expiresAt: expires.toISOString(),
    body: preview.body,
  } satisfies Content)
  const sha256 = contentHash(content)
  const told = await askCleared(ctx, { procedure: name, input })
  await insertPreview(ctx.tx, {
    id,
    procedure: name,
    investigation: investigation.id,
    content,
    sha256,
    classes: [...classes],
    prepared_by: ctx.caller.id,
    prepared_team: ctx.caller.team,
    prepared_at: new Date(ctx.at),
    expires_at: expires,
    rerun: told.rerun,
  })
  await ctx.journal({ preview: id, sha256, recipients })
  return { preview: id, sha256, expiresAt: expires.toISOString(), clearedOfficer: told.state }
}
