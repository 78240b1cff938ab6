import { z } from "zod"
import { accessClass, type Context, joinedMarking, procedure } from "#access"
import { checkpoint, head, erasure as journalErasure, openSigner, proveInclusion, sequence } from "#journal"
import { canonical } from "#store"
import { Failure } from "#vocabulary/failure"
import { keyedId } from "#vocabulary/ids"
import { carryOut, groundOf, stubHash } from "./carry-out.ts"
import { Preview, previewErasure } from "./preview.ts"
import { type ErasureRow, insertErasure, orderErasure, PARTS, selectErasures, withdrawErasure } from "./sql.ts"
import { TARGET_KINDS, TargetInput, targetOf } from "./target.ts"

/** On what an erasure may rest. */
export const GROUNDS = {
  "no-longer-needed": "DPA 2018 s.39(1): kept no longer than is necessary",
  unlawful: "DPA 2018 s.47(1)(a): the processing would infringe the data protection principles",
  obligation: "DPA 2018 s.47(1)(b): a legal obligation to erase",
  "out-of-scope": "BSAIA 2025 s.26: does not relate to ss.25/25A offences",
  originator: "The originator withdrew what he gave",
} as const
type GroundId = keyof typeof GROUNDS
const Ground = z.enum(Object.keys(GROUNDS) as [GroundId, ...GroundId[]])

const Order = z.object({
  id: z.string(),
  kind: z.enum(TARGET_KINDS),
  state: z.enum(["proposed", "ordered", "done", "withdrawn"]),
  ground: z.string(),
  reason: z.string(),
  proposedBy: z.string(),
  proposedAt: z.string(),
  orderedBy: z.string().nullable(),
  orderedAt: z.string().nullable(),
  doneAt: z.string().nullable(),
  parts: z.array(z.enum(PARTS)),
  target: z.array(z.string()).describe("ids of what it is about"),
})

const orderView = (e: ErasureRow): z.infer<typeof Order> => ({
  id: e.id,
  kind: e.target_kind,
  state: e.state,
  ground: e.ground,
  reason: e.reason,
  proposedBy: e.proposed_by,
  proposedAt: e.proposed_at.toISOString(),
  orderedBy: e.ordered_by,
  orderedAt: e.ordered_at?.toISOString() ?? null,
  doneAt: e.done_at?.toISOString() ?? null,
  parts: e.parts,
  target: [
    ...(e.target.items ?? []),
    ...(e.target.exhibits ?? []),
    ...(e.target.records ?? []),
    ...(e.target.entity ? [e.target.entity] : []),
  ],
})

const looker = (ctx: Context) => ({
  store: ctx.store,
  investigation: ctx.investigation!.id,
  classes: ctx.sight.classes,
  digest: ctx.sight.digest,
})

const preview = procedure({
  name: "retention.erase-preview",
  title: "What an erasure would take, counted; nothing is taken",
  input: TargetInput,
  output: Preview,
  needs: "retain",
  effect: "read",
  shape: "job",
  about: (input) => [input.item, input.exhibit, input.entity, ...input.records].filter((id) => id !== undefined),
  run: async (ctx, input) => {
    const target = await targetOf(looker(ctx), input)
    return previewErasure(ctx.store, target, ctx.sight.classes)
  },
})

const propose = procedure({
  name: "retention.propose-erasure",
  title: "Propose that something is erased; another person, the data protection officer, orders it",
  input: TargetInput.extend({ ground: Ground.describe("legal ground"), reason: z.string().trim().min(20).max(2000) }),
  output: Order,
  needs: "retain",
  effect: "decision",
  shape: "value",
  about: (input) => [input.item, input.exhibit, input.entity, ...input.records].filter((id) => id !== undefined),
  run: async (ctx, { ground, reason, ...input }) => {
    const investigation = ctx.investigation!.id
    const target = await targetOf(looker(ctx), input)
    // The proposal is marked like all that it can reach of what the proposer sees.
    const marking = await joinedMarking(ctx.tx, ctx.sight.classes)
    const id = keyedId("er_", ctx.store.nodeKey, investigation, ctx.caller.id, ctx.at, canonical(target))
    const cls = await accessClass(ctx.tx, { ...marking, investigation })
    await ctx.tx.query("select set_config('linchpin.classes', $1, true)", [`{${[...new Set([...ctx.sight.classes, cls])].join(",")}}`])
    await insertErasure(ctx.tx, {
      id,
      investigation,
      access_class: cls,
      target,
      ground: GROUNDS[ground],
      reason,
      proposed_by: ctx.caller.id,
      proposed_at: new Date(ctx.at),
    })
    await ctx.journal({ proposed: id, kind: target.kind, ground })
    const [made] = await selectErasures(ctx.tx, { id })
    return orderView(made!)
  },
})

const ORDER = z.object({ erasure: z.string().describe("id of the proposal") })

async function orderOf(ctx: Context, id: string): Promise<ErasureRow> {
  const [found] = await ctx.store.register.transaction((tx) => selectErasures(tx, { id }), "all")
  if (!found) throw new Failure("invalid.erasure-unknown", "There is no erasure of that id.", { at: "erasure" })
  return found
}

const waiting = procedure({
  name: "retention.orders",
  title: "Erasures that were proposed, ordered and done, for the data protection officer",
  input: z.object({ open: z.boolean().default(false).describe("only those that wait for an order or were not finished") }),
  output: z.array(
    Order.extend({
      investigation: z.string(),
      left: z.array(z.string()).describe("what the cleaning of the register's files could not do"),
    }),
  ),
  needs: "erase",
  effect: "read",
  shape: "value",
  run: async (ctx, { open }) => {
    const found = await ctx.store.register.transaction((tx) => selectErasures(tx, {}), "all")
    return found
      .filter((e) => !open || e.state === "proposed" || e.state === "ordered")
      .map((e) => ({ ...orderView(e), investigation: e.investigation, left: e.cleaned?.left.map((l) => `${l.what}: ${l.why}`) ?? [] }))
  },
})

const orderPreview = procedure({
  name: "retention.order-preview",
  title: "What a proposed erasure would take, over all holdings, counted; nothing is taken",
  input: ORDER,
  output: Preview,
  needs: "erase",
  effect: "read",
  shape: "job",
  about: (input) => [input.erasure],
  run: async (ctx, { erasure }) => {
    const found = await orderOf(ctx, erasure)
    if (found.state !== "proposed")
      throw new Failure("conflict.erasure-not-open", "This erasure waits for no order.", {
        at: "erasure",
        hint: "retention orders shows which do.",
      })
    return previewErasure(ctx.store, found.target)
  },
})

const erase = procedure({
  name: "retention.erase",
  title: "Order a proposed erasure and carry it out; one that was broken off is finished",
  input: ORDER.extend({
    digest: z.string().describe("of the preview that you saw"),
    reason: z.string().trim().min(10).max(2000),
  }),
  output: Order,
  needs: "erase",
  effect: "decision",
  shape: "job",
  entry: "decision",
  about: (input) => [input.erasure],
  run: async (ctx, { erasure, digest, reason }) => {
    const { store } = ctx
    const found = await orderOf(ctx, erasure)
    if (found.state === "withdrawn")
      throw new Failure("conflict.erasure-not-open", "This erasure was withdrawn.", { at: "erasure", hint: "It can be proposed anew." })
    if (found.state === "proposed") {
      if (found.proposed_by === ctx.caller.id)
        throw new Failure("refused.same-person", "Whoever proposed an erasure does not order it.", {
          at: "erasure",
          hint: "Another data protection officer orders it.",
        })
      if ((await previewErasure(store, found.target)).digest !== digest)
        throw new Failure("conflict.preview-stale", "What would go is not what you saw.", {
          at: "digest",
          hint: "Look at the preview again (retention order-preview).",
        })
      const note = { ordered: erasure, kind: found.target_kind, ground: found.ground, proposedBy: found.proposed_by }
      await ctx.commit(note, (tx) =>
        withAll(tx, async () => {
          if (!(await orderErasure(tx, erasure, ctx.caller.id, new Date(store.clock()), reason)))
            throw new Failure("conflict.concurrent-change", "Somebody else has just decided on this erasure.", { hint: "Reload." })
        }),
      )
    }
    return orderView(await carryOut(store, erasure, { signal: ctx.signal, progress: (f, words) => ctx.progress(f, words) }))
  },
})

/** An order reaches over all classes; the officer who gives it sees none of what they hold. */
async function withAll<T>(tx: Context["tx"], run: () => Promise<T>): Promise<T> {
  await tx.query("select set_config('linchpin.classes', '*', true)")
  return run()
}

const withdraw = procedure({
  name: "retention.withdraw-erasure",
  title: "Withdraw a proposed erasure",
  input: z.object({ investigation: z.string().describe("name or id"), erasure: z.string(), reason: z.string().trim().min(10).max(2000) }),
  output: Order,
  needs: "retain",
  effect: "decision",
  shape: "value",
  about: (input) => [input.erasure],
  run: async (ctx, { erasure }) => {
    const [found] = await selectErasures(ctx.tx, { investigation: ctx.investigation!.id, id: erasure })
    if (!found) throw new Failure("invalid.erasure-unknown", "There is no erasure of that id.", { at: "erasure" })
    if (!(await withdrawErasure(ctx.tx, erasure)))
      throw new Failure("conflict.erasure-not-open", "This erasure waits for no order.", {
        at: "erasure",
        hint: "What was ordered is carried out.",
      })
    return orderView({ ...found, state: "withdrawn", target: {} as ErasureRow["target"] })
  },
})

const list = procedure({
  name: "retention.erasures",
  title: "Erasures in an investigation, latest first",
  input: z.object({ investigation: z.string().describe("name or id") }),
  output: z.array(Order),
  needs: "look",
  effect: "read",
  shape: "value",
  run: async (ctx) =>
    (await ctx.store.register.transaction((tx) => selectErasures(tx, { investigation: ctx.investigation!.id }), ctx.sight.classes)).map(
      orderView,
    ),
})

const stub = procedure({
  name: "retention.stub",
  title: "What is left of something erased: ids, hashes, sizes, counts, and the proof that the journal holds its entry",
  input: z.object({ investigation: z.string().describe("name or id"), erasure: z.string() }),
  output: z.object({
    order: Order,
    exhibits: z.array(z.object({ id: z.string(), sha256: z.string(), sizeBytes: z.number() })),
    items: z.array(z.string()),
    records: z.object({ count: z.number(), sha256: z.string().describe("of the sorted ids of the rows, one a line") }),
    lost: z.record(z.string(), z.number()),
    altered: z.record(z.string(), z.number()),
    past: z.number(),
    restricted: z.array(z.string()),
    stubSha256: z.string().describe("of the canonical JSON of all this; the journal's entry names it"),
    proof: z
      .object({
        entry: z.string(),
        leafHash: z.string(),
        size: z.number(),
        root: z.string(),
        path: z.array(z.string()).describe("RFC 9162, 2.1.3"),
        checkpoint: z.string(),
        key: z.string(),
      })
      .nullable()
      .describe("null until the erasure is done"),
  }),
  needs: "look",
  effect: "read",
  shape: "value",
  about: (input) => [input.erasure],
  run: async (ctx, { erasure }) => {
    const { store } = ctx
    const [found] = await store.register.transaction(
      (tx) => selectErasures(tx, { investigation: ctx.investigation!.id, id: erasure }),
      ctx.sight.classes,
    )
    if (!found?.stub)
      throw new Failure("invalid.erasure-unknown", "There is no stub of that id that you may see.", {
        at: "erasure",
        hint: "retention erasures lists them.",
      })
    const { kind: _, ...left } = found.stub
    return {
      order: orderView(found),
      ...left,
      stubSha256: stubHash(found.stub),
      proof: found.state === "done" ? await proofOf(ctx, found) : null,
    }
  },
})

async function proofOf({ store }: Context, e: ErasureRow) {
  const { register } = store
  await sequence(register)
  const found = await journalErasure.erasureEntry(register.read, `done ${groundOf(e)}`.slice(0, 500))
  if (!found) throw new Failure("unavailable.proof-missing", "The journal's entry of this erasure is not to be found.", { at: e.id })
  const signer = openSigner(store.folder)
  const note = await checkpoint(register, signer, "decisions")
  const size = Number(note.split("\n")[1])
  const { root } = await head(register.read, "decisions", size)
  const path = await proveInclusion(register.read, "decisions", found.n, size)
  return {
    entry: `decisions:${found.n}`,
    leafHash: found.hash.toString("hex"),
    size,
    root: root.toString("hex"),
    path: path.map((h) => h.toString("hex")),
    checkpoint: note,
    key: signer.verifierKey,
  }
}

export const orderProcedures = [preview, propose, withdraw, list, stub, waiting, orderPreview, erase]
