import { z } from "zod"
import type { Json } from "#journal"
import { Failure } from "#vocabulary/failure"
import { banner, MarkingSchema } from "#vocabulary/markings"
import { selectCard, selectOrganisation } from "../people/sql.ts"
import { type Context, procedure } from "../procedure.ts"
import { answerOf } from "../reruns/ask.ts"
import { permits } from "../sight.ts"
import { Content, contentHash, mustBeFree } from "./prepare.ts"
import { insertAttempt, insertOutcome, insertVerdict, type PreviewNow, selectPreviews } from "./sql.ts"

const Here = z.string().describe("id or name")
const PreviewId = z.string().regex(/^pv_/).describe("id of what was prepared")
const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe("hash of the preview that you read")
const Reason = z.string().trim().min(3).max(2000).describe("why; goes into the journal")
const States = z.enum([
  "waiting",
  "approved",
  "refused",
  "expired",
  "begun",
  "done",
  "nothing-left",
  "unknown",
  "settled-left",
  "settled-not",
])

const PreviewView = z.object({
  preview: z.string(),
  procedure: z.string(),
  title: z.string(),
  state: States,
  preparedBy: z.object({ id: z.string(), name: z.string(), team: z.string() }),
  preparedAt: z.string(),
  expiresAt: z.string(),
  recipients: z.array(z.object({ id: z.string(), name: z.string() })),
  banner: z.string(),
  sha256: z.string(),
  /** Whether the caller may be the second person; null when he may, else why not. */
  notYou: z.enum(["yours", "same-team", "may-not"]).nullable(),
  yours: z.boolean(),
  /** What the cleared officer said to whoever prepared it. */
  clearedOfficer: z.enum(["waiting", "lapsed", "proceed", "stop", "see-me"]),
})
const WholeView = PreviewView.extend({
  marking: MarkingSchema,
  purpose: z.string(),
  body: z.unknown(),
  verdict: z.object({ agreed: z.boolean(), by: z.string(), reason: z.string(), at: z.string() }).nullable(),
  result: z.unknown(),
  words: z.string().nullable(),
})

function stateOf(p: PreviewNow, at: number): z.infer<typeof States> {
  if (p.attempts > p.endings) return "begun"
  if (p.ending !== null && p.ending !== "nothing-left") return p.ending
  if (p.agreed === false) return "refused"
  if (at > p.expires_at.getTime()) return "expired"
  if (p.ending === "nothing-left") return p.ending
  return p.agreed ? "approved" : "waiting"
}

/** What was prepared, if the caller's sight covers all that it rests on. One that was changed behind our back is not believed. */
async function previewOf(ctx: Context, id: string): Promise<{ row: PreviewNow; content: Content }> {
  const [row] = await ctx.store.register.transaction((tx) => selectPreviews(tx, ctx.investigation!.id, id), ctx.sight.classes)
  if (!row)
    throw new Failure("invalid.preview-unknown", "Nothing of that id was prepared here.", {
      at: "preview",
      hint: "outside list shows what was.",
    })
  if (contentHash(row.content) !== row.sha256) throw new Error(`the preview ${id} is not what was prepared`)
  return { row, content: Content.parse(JSON.parse(row.content)) }
}

async function viewOf(ctx: Context, row: PreviewNow): Promise<z.infer<typeof PreviewView>> {
  const content = Content.parse(JSON.parse(row.content))
  const by = (await selectCard(ctx.tx, row.prepared_by))!
  const may = permits(ctx.caller, { need: "approve", purpose: ctx.purpose, investigation: ctx.investigation }).allowed
  const yours = row.prepared_by === ctx.caller.id
  return {
    preview: row.id,
    procedure: row.procedure,
    title: ctx.find(row.procedure).title,
    state: stateOf(row, ctx.at),
    preparedBy: { id: by.id, name: by.name, team: row.prepared_team },
    preparedAt: row.prepared_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    recipients: await Promise.all(content.recipients.map(async (id) => ({ id, name: (await selectOrganisation(ctx.tx, id))?.name ?? id }))),
    banner: banner(content.marking),
    sha256: row.sha256,
    notYou: yours ? "yours" : !sameTeamApart(ctx, row) ? "same-team" : may ? null : "may-not",
    yours,
    clearedOfficer: (await answerOf(ctx.tx, row.rerun, ctx.at))!.state,
  }
}

const sameTeamApart = (ctx: Context, row: PreviewNow): boolean => ctx.caller.team !== "" && ctx.caller.team !== row.prepared_team

/** The second person's word on exactly what he read. */
async function say(ctx: Context, said: { preview: string; sha256: string; reason: string }, agreed: boolean) {
  const { row, content } = await previewOf(ctx, said.preview)
  if (row.prepared_by === ctx.caller.id)
    throw new Failure("refused.own-preview", "Nobody approves what he prepared.", {
      at: "preview",
      hint: "A second person of another team does.",
    })
  if (!sameTeamApart(ctx, row))
    throw new Failure("refused.same-team", "Whoever approves must be of another team than whoever prepared.", {
      at: "preview",
      hint: "Ask somebody of another team.",
    })
  if (said.sha256 !== row.sha256)
    throw new Failure("conflict.preview-differs", "That is not the hash of what was prepared.", {
      at: "sha256",
      hint: "Look at it again (outside show), then approve what you read.",
    })
  if (ctx.at > row.expires_at.getTime())
    throw new Failure("conflict.preview-expired", "What was prepared has expired.", { at: "preview", hint: "Have it prepared anew." })
  const { caller, at } = ctx
  if (!(await insertVerdict(ctx.tx, { ...said, agreed, by: caller.id, team: caller.team, at: new Date(at) })))
    throw new Failure("conflict.preview-decided", "Somebody has decided on it already.", { at: "preview", hint: "Look at the list again." })
  await ctx.journal({ sha256: row.sha256, recipients: content.recipients, agreed })
  return { preview: row.id, state: agreed ? ("approved" as const) : ("refused" as const) }
}

const notReady = (code: `refused.${string}`, message: string, hint: string) => new Failure(code, message, { at: "preview", hint })

/** Everything that must hold at the moment in which it leaves, however long ago it was prepared. */
async function mustBeReady(ctx: Context, row: PreviewNow, content: Content): Promise<void> {
  const { caller } = ctx
  if (row.prepared_by !== caller.id)
    throw notReady("refused.not-prepared-by-you", "Whoever prepared it lets it go.", "Ask whoever prepared it, or prepare it yourself.")
  const verdict = permits(caller, { need: ctx.find(row.procedure).needs, purpose: ctx.purpose, investigation: ctx.investigation })
  if (!verdict.allowed) throw notReady("refused.not-yours-to-do", verdict.why, "Ask whoever grants roles there.")
  if (row.agreed !== true || row.approved_sha256 !== row.sha256)
    throw notReady(
      "refused.second-person",
      "No second person has approved it.",
      "Somebody of another team who may approve looks at it first.",
    )
  if (ctx.at > row.expires_at.getTime())
    throw new Failure("conflict.preview-expired", "What was prepared has expired.", { at: "preview", hint: "Prepare it anew." })
  const told = await answerOf(ctx.tx, row.rerun, ctx.at)
  if (told?.state !== "proceed")
    throw notReady(
      "refused.cleared-officer",
      told?.state === "see-me"
        ? `The cleared officer asks you to see him: ${told.contact}.`
        : `The cleared officer's word on it: ${told?.state}.`,
      told?.state === "lapsed" ? "Prepare it anew." : told?.state === "waiting" ? "Wait for the answer." : "Do not go on.",
    )
  await mustBeFree(ctx.tx, row.classes, content.recipients, ctx.at)
}

async function perform(ctx: Context, id: string): Promise<{ preview: string; result: Json }> {
  const { row, content } = await previewOf(ctx, id)
  const { performance } = ctx.find(row.procedure)
  if (!performance) throw new Error(`${row.procedure} cannot be performed`)
  const { recipients } = content
  const end = { preview: id, by: ctx.caller.id, at: new Date(ctx.at) }
  const unknown = new Failure("conflict.outside-unknown", "It was begun, and nobody knows whether it left.", {
    at: "preview",
    hint: "Ask the recipients, then say what you found (outside settle).",
  })
  if (row.ending === "done") return { preview: id, result: row.result }
  if (row.ending === "unknown") throw unknown
  if (row.ending === "settled-left" || row.ending === "settled-not")
    throw new Failure("conflict.outside-settled", "It is settled what became of it.", {
      at: "preview",
      hint: "Prepare it anew if it is still to go.",
    })
  if (row.attempts > row.endings) {
    // The process that began it died before it could say how it ended.
    if (!performance.repeatable) {
      await ctx.commit({ preview: id, outcome: "unknown" }, (tx) =>
        insertOutcome(tx, { ...end, state: "unknown", result: null, words: null }),
      )
      throw unknown
    }
  } else {
    await mustBeReady(ctx, row, content)
    await ctx.commit({ preview: id, begun: row.sha256 }, (tx) => insertAttempt(tx, id, ctx.caller.id, end.at))
  }
  let result: Json
  try {
    result = await performance.perform(ctx, { body: content.body, recipients, key: id })
  } catch (error) {
    const nothingLeft = error instanceof Failure
    if (nothingLeft || !performance.repeatable)
      await ctx.commit({ preview: id, outcome: nothingLeft ? "nothing-left" : "unknown" }, (tx) =>
        insertOutcome(tx, {
          ...end,
          state: nothingLeft ? "nothing-left" : "unknown",
          result: null,
          words: nothingLeft ? error.message : null,
        }),
      )
    throw error
  }
  await ctx.commit(
    { preview: id, sha256: row.sha256, outcome: "done" },
    (tx) => insertOutcome(tx, { ...end, state: "done", result, words: null }),
    recipients,
  )
  return { preview: id, result }
}

/** What reaches people beyond this node: prepared by one, approved by another of another team, done once. */
export const outsideApprovals = [
  procedure({
    name: "outside.list",
    title: "What was prepared to leave the node, latest first",
    input: z.object({ investigation: Here }),
    output: z.array(PreviewView),
    needs: "look",
    effect: "read",
    shape: "value",
    run: async (ctx) => {
      const rows = await ctx.store.register.transaction((tx) => selectPreviews(tx, ctx.investigation!.id), ctx.sight.classes)
      ctx.rests(rows.flatMap((r) => r.classes))
      return Promise.all(rows.map((row) => viewOf(ctx, row)))
    },
  }),
  procedure({
    name: "outside.show",
    title: "Exactly what would leave, with its hash",
    input: z.object({ investigation: Here, preview: PreviewId }),
    output: WholeView,
    about: ({ preview }) => [preview],
    needs: "look",
    effect: "read",
    shape: "value",
    run: async (ctx, { preview }) => {
      const { row, content } = await previewOf(ctx, preview)
      ctx.rests(row.classes)
      const { agreed, said_by, reason, said_at } = row
      return {
        ...(await viewOf(ctx, row)),
        marking: content.marking,
        purpose: content.purpose,
        body: content.body,
        verdict:
          agreed === null || said_by === null || reason === null || said_at === null
            ? null
            : { agreed, by: (await selectCard(ctx.tx, said_by))!.name, reason, at: said_at.toISOString() },
        result: row.result,
        words: row.words,
      }
    },
  }),
  procedure({
    name: "outside.approve",
    title: "Approve, as second person of another team, exactly what you read",
    input: z.object({ investigation: Here, preview: PreviewId, sha256: Sha256, reason: Reason }),
    output: z.object({ preview: z.string(), state: z.enum(["approved", "refused"]) }),
    about: ({ preview }) => [preview],
    needs: "approve",
    effect: "decision",
    shape: "value",
    run: (ctx, { preview, sha256, reason }) => say(ctx, { preview, sha256, reason }, true),
  }),
  procedure({
    name: "outside.refuse",
    title: "Refuse, as second person, what was prepared",
    input: z.object({ investigation: Here, preview: PreviewId, sha256: Sha256, reason: Reason }),
    output: z.object({ preview: z.string(), state: z.enum(["approved", "refused"]) }),
    about: ({ preview }) => [preview],
    needs: "approve",
    effect: "decision",
    shape: "value",
    run: (ctx, { preview, sha256, reason }) => say(ctx, { preview, sha256, reason }, false),
  }),
  procedure({
    name: "outside.perform",
    title: "Let go what you prepared and another approved; asked twice, it is done once",
    input: z.object({ investigation: Here, preview: PreviewId }),
    output: z.object({ preview: z.string(), result: z.unknown() }),
    about: ({ preview }) => [preview],
    needs: "look",
    effect: "decision",
    shape: "job",
    proves: true,
    run: (ctx, { preview }) => perform(ctx, preview),
  }),
  procedure({
    name: "outside.settle",
    title: "Say, after asking the recipients, whether something that was interrupted has left",
    input: z.object({ investigation: Here, preview: PreviewId, left: z.boolean().describe("true: it has reached them"), reason: Reason }),
    output: z.object({ preview: z.string(), state: States }),
    about: ({ preview }) => [preview],
    needs: "approve",
    effect: "decision",
    shape: "value",
    run: async (ctx, { preview, left, reason }) => {
      const { row, content } = await previewOf(ctx, preview)
      if (row.ending !== "unknown")
        throw new Failure("conflict.outside-known", "What became of it is known.", { at: "preview", hint: "outside show says it." })
      const state = left ? ("settled-left" as const) : ("settled-not" as const)
      await ctx.commit(
        { preview, sha256: row.sha256, outcome: state },
        (tx) => insertOutcome(tx, { preview, state, result: null, words: reason, by: ctx.caller.id, at: new Date(ctx.at) }),
        left ? content.recipients : undefined,
      )
      return { preview, state }
    },
  }),
]
