import { createHash } from "node:crypto"
import { z } from "zod"
import { type Context, procedure } from "#access"
import {
  type ExhibitRow,
  finishDestruction,
  type ItemRow,
  insertDestruction,
  reviewDue,
  selectDestructions,
  selectExhibits,
  selectItems,
  stripReadings,
} from "#evidence"
import type { Segment, Store } from "#store"
import { Failure } from "#vocabulary/failure"
import { keyedId } from "#vocabulary/ids"
import { KIND_NAMES } from "#vocabulary/kinds"
import { type Mounted, mountRecords, viewOf } from "../mounted.ts"
import { listed, unsortedOf } from "./sort.ts"
import { deleteTraces } from "./sql.ts"

const Counts = z.object({ in: z.number(), sealed: z.number(), apart: z.number(), rejects: z.number(), originals: z.number() })
type Counts = z.infer<typeof Counts>

const Device = z.object({ investigation: z.string().describe("name or id"), item: z.string().describe("one device") })

async function deviceOf(ctx: Context, item: string): Promise<{ device: ItemRow; exhibits: ExhibitRow[] }> {
  const found = await ctx.store.register.transaction(
    async (tx) => ({ device: (await selectItems(tx, { ids: [item] }))[0], exhibits: await selectExhibits(tx, { item }) }),
    ctx.sight.classes,
  )
  if (!found.device?.on_arrival || found.device.investigation !== ctx.investigation!.id)
    throw new Failure("invalid.item-unknown", "There is no device from an arrival of that id that you may see.", {
      at: item,
      hint: "evidence list shows what you hold.",
    })
  return { device: found.device, exhibits: found.exhibits }
}

const rowsOf = async ({ engine }: Mounted, exhibits: readonly ExhibitRow[], table: string): Promise<number> => {
  const here = `where exhibit in (${listed(exhibits)})`
  const views = table === "record" ? KIND_NAMES.map(viewOf) : [table]
  const [{ n }] = (await engine.all<{ n: number }>(
    `select ${views.map((v) => `(select count(*) from ${v} ${here})`).join(" + ")} as n`,
  )) as [{ n: number }]
  return n
}

async function countsOf(ctx: Context, exhibits: readonly ExhibitRow[]): Promise<Counts & { undecided: number }> {
  const out = { in: 0, undecided: 0, sealed: 0, apart: 0, rejects: 0, originals: exhibits.length }
  for (const scope of ["in", "undecided", "sealed", "apart"] as const) {
    const mounted = await mountRecords(ctx.store, ctx.sight.classes, { scope, exhibits: exhibits.map((e) => e.id) })
    try {
      out[scope] = await rowsOf(mounted, exhibits, "record")
      out.rejects += await rowsOf(mounted, exhibits, "reject")
    } finally {
      mounted.close()
    }
  }
  return out
}

/** Only at its review, and only once somebody has decided on every row: what nobody looked at is not destroyed by the way. */
async function mayGo(ctx: Context, item: string, exhibits: readonly ExhibitRow[]): Promise<Counts> {
  const due = await ctx.store.register.transaction((tx) => reviewDue(tx, item), ctx.sight.classes)
  if (due === null || due.getTime() > ctx.store.clock())
    throw new Failure(
      "conflict.review-not-due",
      due === null ? "The device's record has no date of review." : `Its review is due on ${due.toISOString()}.`,
      { at: item, hint: "evidence record-device --review-by sets the date, with its reason." },
    )
  const { undecided, ...counts } = await countsOf(ctx, exhibits)
  if (undecided > 0 || (await unsortedOf(ctx, exhibits)).length > 0)
    throw new Failure("conflict.rows-undecided", `${undecided} rows of this device are undecided.`, {
      at: item,
      hint: "Its examiner decides on them first (records decide-scope; rest puts the remainder out of scope).",
    })
  return counts
}

export const proposeDestruction = procedure({
  name: "records.propose-destruction",
  title: "Propose that what is out of scope on one device, and its original, is destroyed at review",
  input: Device.extend({ ground: z.string().trim().min(10).max(500).describe("legal ground, as the stub will say it") }),
  output: z.object({ proposal: z.string(), item: z.string(), counts: Counts }),
  needs: "retain",
  effect: "decision",
  shape: "value",
  about: ({ item }) => [item],
  run: async (ctx, { item, ground }) => {
    const { device, exhibits } = await deviceOf(ctx, item)
    const counts = await mayGo(ctx, item, exhibits)
    const before = await selectDestructions(ctx.tx, [item])
    if (before.some((d) => d.done_at !== null))
      throw new Failure("conflict.already-destroyed", "The original of this device was destroyed before.", { at: item })
    const proposal = keyedId("dc_", ctx.store.nodeKey, "destroy", item, String(before.length), ctx.caller.id)
    await insertDestruction(ctx.tx, {
      id: proposal,
      item,
      investigation: device.investigation,
      access_class: device.access_class,
      ground,
      counts,
      proposed_by: ctx.caller.id,
      proposed_at: new Date(ctx.at),
    })
    return { proposal, item, counts }
  },
})

const Stub = z.object({
  item: z.string(),
  proposal: z.string(),
  doneAt: z.string(),
  proposedBy: z.string(),
  confirmedBy: z.string(),
  ground: z.string(),
  before: Counts,
  after: Counts,
  records: z.object({ count: z.number(), sha256: z.string().describe("of the ids that went, one a line") }),
  originals: z.array(z.object({ exhibit: z.string(), sha256: z.string(), sizeBytes: z.number() })),
})

export const destroyOutOfScope = procedure({
  name: "records.destroy-out-of-scope",
  title: "Confirm and carry out, as a second person, what was proposed for one device: keys and rows out of scope go, an extract stays",
  input: Device.extend({ proposal: z.string().describe("of somebody else") }),
  output: Stub,
  needs: "retain",
  effect: "decision",
  shape: "job",
  entry: "erasure",
  about: ({ item, proposal }) => [item, proposal],
  run: async (ctx, { item, proposal }) => {
    const { store } = ctx
    const { exhibits } = await deviceOf(ctx, item)
    const asked = await proposalOf(ctx, item, proposal)
    if (asked.proposed_by === ctx.caller.id)
      throw new Failure("refused.second-person", "Who proposed it does not confirm it.", {
        at: "proposal",
        hint: "A second person who may review what is kept confirms it.",
      })
    if (asked.done_at === null) {
      const before = await mayGo(ctx, item, exhibits)
      await destroyRows(ctx, item, proposal, exhibits, before)
    }
    // From here on everything can be repeated: a job that was killed after its commit does the rest when it is begun again.
    const done = await proposalOf(ctx, item, proposal)
    await clearAway(store, done.stub!.derived, done.stub!.originals)
    return {
      item,
      proposal,
      doneAt: done.done_at!.toISOString(),
      proposedBy: done.proposed_by,
      confirmedBy: done.confirmed_by!,
      ground: done.ground,
      before: done.stub!.before as Counts,
      after: done.stub!.after as Counts,
      records: done.stub!.records,
      originals: done.stub!.originals.map(({ exhibit, sha256, sizeBytes }) => ({ exhibit, sha256, sizeBytes })),
    }
  },
})

async function proposalOf(ctx: Context, item: string, proposal: string) {
  const all = await ctx.store.register.transaction((tx) => selectDestructions(tx, [item]), ctx.sight.classes)
  const found = all.find((d) => d.id === proposal)
  if (!found)
    throw new Failure("invalid.proposal-unknown", "There is no such proposal for this device.", {
      at: "proposal",
      hint: "records propose-destruction makes one.",
    })
  return found
}

/** Takes the rows out of every file, retired ones too, and the keys out of the vault, in one commit with the stub. */
async function destroyRows(ctx: Context, item: string, proposal: string, exhibits: readonly ExhibitRow[], before: Counts): Promise<void> {
  const { store } = ctx
  const ids = exhibits.map((e) => e.id)
  const mounted = await mountRecords(store, ctx.sight.classes, { scope: ["sealed", "apart"], exhibits: ids })
  try {
    const { engine } = mounted
    const ours = `exhibit in (${listed(exhibits)})`
    await engine.exec(`create temp table gone as ${KIND_NAMES.map((k) => `select id from ${viewOf(k)} where ${ours}`).join(" union all ")}`)
    const went = (await engine.all<{ id: string }>("select distinct id from gone order by id")).map((r) => r.id)
    ctx.progress(0.3, "Writing files without what goes")
    const rewriting = await store.segments.rewriteWithout(
      engine,
      {
        exhibits: ids,
        rows: (dataset) =>
          dataset === "reject" ? ours : dataset === "mention" ? "record in (select id from gone)" : "id in (select id from gone)",
      },
      ctx.sight.classes,
    )
    ctx.progress(0.8, "Taking the keys away")
    const records = { count: went.length, sha256: createHash("sha256").update(went.join("\n")).digest("hex") }
    const after: Counts = { in: before.in, sealed: 0, apart: 0, rejects: 0, originals: 0 }
    await ctx.commit({ item, proposal, records, before, after }, async (tx) => {
      await store.segments.replace(tx, rewriting)
      const originals = []
      for (const exhibit of ids) for (const d of await store.vault.destroy(tx, exhibit)) originals.push({ exhibit, ...d })
      await stripReadings(tx, item)
      await deleteTraces(tx, item, went)
      const derived = restsOf(rewriting.replaced)
      const at = new Date(store.clock())
      if (!(await finishDestruction(tx, proposal, ctx.caller.id, at, { before, after, records, originals, derived })))
        throw new Failure("conflict.already-destroyed", "Somebody else has carried this out.", { at: proposal })
    })
  } finally {
    mounted.close()
  }
}

/** What derived things that quote these files say they rest on. */
const restsOf = (replaced: readonly Segment[]): string[] => [
  ...replaced.map((s) => `segment:${s.id}`),
  ...new Set(replaced.map((s) => `class:${s.accessClass}`)),
]

async function clearAway(store: Store, derived: readonly string[], originals: readonly { sha256: string }[]): Promise<void> {
  await store.derived.forget(derived)
  await store.segments.removeReplaced()
  await store.vault.discard(originals.map((o) => o.sha256))
}
