import { z } from "zod"
import { type Context, procedure } from "#access"
import { head, type Numbered, readEntries, sequence, TREES } from "#journal"
import type { Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import { randomId } from "#vocabulary/ids"
import { draw, needed, POOL_IDS, POOLS, type Pool } from "./draw.ts"

/** Samples point into the journal and hold none of it: what is shown of an entry is read there each time. */
export const sampleMigration = {
  id: "0506-sample",
  sql: `
    create table sample (
      id text primary key, pool text not null, from_at timestamptz not null, to_at timestamptz not null, pool_size int not null,
      decisions_size bigint not null, access_size bigint not null, seed text not null, drawn_by text not null, drawn_at timestamptz not null);
    create table sample_item (
      sample text not null references sample, turn int not null, tree text not null, n bigint not null,
      verdict text check (verdict in ('adequate', 'inadequate', 'follow-up')), remark text, judged_by text, judged_at timestamptz, primary key (sample, turn));
    grant select, insert on sample to linchpin_app;
    grant select, insert, update (verdict, remark, judged_by, judged_at) on sample_item to linchpin_app;`,
}

interface SampleRow {
  id: string
  pool: Pool
  from_at: Date
  to_at: Date
  pool_size: number
  decisions_size: string
  access_size: string
  seed: string
  drawn_by: string
  drawn_at: Date
}

interface ItemRow {
  sample: string
  turn: number
  tree: "decisions" | "access"
  n: string
  verdict: "adequate" | "inadequate" | "follow-up" | null
  remark: string | null
  judged_by: string | null
  judged_at: Date | null
}

async function selectSamples(tx: Tx, id: string | null): Promise<{ sample: SampleRow; items: ItemRow[] }[]> {
  const { rows } = await tx.query<SampleRow & Record<string, unknown>>(
    "select * from sample where $1::text is null or id = $1 order by drawn_at desc, id",
    [id],
  )
  const items = (
    await tx.query<ItemRow & Record<string, unknown>>("select * from sample_item where $1::text is null or sample = $1 order by turn", [id])
  ).rows
  return rows.map((sample) => ({ sample, items: items.filter((i) => i.sample === sample.id) }))
}

const Counts = z.object({ adequate: z.number(), inadequate: z.number(), followUp: z.number(), open: z.number() })

const Sample = z.object({
  id: z.string(),
  pool: z.enum(POOL_IDS),
  from: z.string(),
  to: z.string(),
  drawnAt: z.string(),
  drawnBy: z.string(),
  poolSize: z.number().describe("how many entries it was drawn from"),
  size: z.number(),
  seed: z.string().describe("roots of both trees as they stood: the draw can be repeated"),
  counts: Counts,
})

const countsOf = (items: readonly ItemRow[]): z.input<typeof Counts> => ({
  adequate: items.filter((i) => i.verdict === "adequate").length,
  inadequate: items.filter((i) => i.verdict === "inadequate").length,
  followUp: items.filter((i) => i.verdict === "follow-up").length,
  open: items.filter((i) => i.verdict === null).length,
})

const view = ({ sample: s, items }: { sample: SampleRow; items: readonly ItemRow[] }): z.input<typeof Sample> => ({
  id: s.id,
  pool: s.pool,
  from: s.from_at.toISOString(),
  to: s.to_at.toISOString(),
  drawnAt: s.drawn_at.toISOString(),
  drawnBy: s.drawn_by,
  poolSize: s.pool_size,
  size: items.length,
  seed: s.seed,
  counts: countsOf(items),
})

const BATCH = 2000

/** Entries of a pool within a time, among those numbered when the sample was asked for. */
async function poolOf(tx: Tx, pool: Pool, from: number, to: number, sizes: Record<"decisions" | "access", number>): Promise<Numbered[]> {
  const out: Numbered[] = []
  for (const tree of TREES)
    for (let next = 0; next < sizes[tree]; next += BATCH)
      for (const entry of await readEntries(tx, tree, next, Math.min(BATCH, sizes[tree] - next))) {
        const at = Date.parse(entry.header.at)
        if (at >= from && at < to && POOLS[pool].takes(entry)) out.push(entry)
      }
  return out
}

const drawSample = procedure({
  name: "safeguards.draw-sample",
  title: "Draw entries of the journal to be looked at by an outsider",
  input: z.object({
    pool: z.enum(POOL_IDS),
    from: z.iso.datetime({ offset: true }),
    to: z.iso.datetime({ offset: true }),
    size: z.number().int().min(1).max(200).default(20),
  }),
  output: Sample,
  needs: "oversee",
  effect: "decision",
  shape: "value",
  run: async (ctx, { pool, from, to, size }) => {
    await sequence(ctx.store.register)
    const heads = { decisions: await head(ctx.tx, "decisions"), access: await head(ctx.tx, "access") }
    const seed = Buffer.concat([heads.decisions.root, heads.access.root])
    const sizes = { decisions: heads.decisions.size, access: heads.access.size }
    const all = await poolOf(ctx.tx, pool, Date.parse(from), Date.parse(to), sizes)
    if (all.length === 0)
      throw new Failure("invalid.pool-empty", "Nothing of that kind was done in that time.", { at: "pool", hint: "Choose another time." })
    const id = randomId("sa_")
    await ctx.tx.query(
      `insert into sample (id, pool, from_at, to_at, pool_size, decisions_size, access_size, seed, drawn_by, drawn_at)
       values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
      [id, pool, from, to, all.length, sizes.decisions, sizes.access, seed.toString("hex"), ctx.caller.id, new Date(ctx.at)],
    )
    for (const [turn, entry] of draw(all, seed, size).entries())
      await ctx.tx.query("insert into sample_item (sample, turn, tree, n) values ($1,$2,$3,$4)", [id, turn + 1, entry.tree, entry.n])
    await ctx.journal({ sample: id, seed: seed.toString("hex"), sizes, of: all.length })
    return view((await selectSamples(ctx.tx, id))[0]!)
  },
})

const samples = procedure({
  name: "safeguards.samples",
  title: "Samples that were drawn, and how far they are judged",
  input: z.object({}),
  output: z.array(Sample),
  needs: "oversee",
  effect: "read",
  shape: "value",
  run: async (ctx) => (await selectSamples(ctx.tx, null)).map(view),
})

const Drawn = z.object({
  turn: z.number(),
  entry: z.string().describe("tree and number in the journal"),
  at: z.string(),
  kind: z.string(),
  procedure: z.string().nullable(),
  actor: z.string(),
  ground: z.string().nullable(),
  said: z.record(z.string(), z.unknown()).describe("what the entry holds that a judgement needs"),
  about: z.array(z.string()),
  left: z.array(z.string()).describe("names of fields that are not shown"),
  verdict: z.enum(["adequate", "inadequate", "follow-up"]).nullable(),
  remark: z.string().nullable(),
})

async function sampleOf(ctx: Context, id: string) {
  const [found] = await selectSamples(ctx.tx, id)
  if (!found)
    throw new Failure("invalid.sample-unknown", "There is no sample of that id.", { at: id, hint: "safeguards samples lists them." })
  return found
}

const showSample = procedure({
  name: "safeguards.sample-show",
  title: "The entries of a sample, as far as they must be seen to be judged",
  input: z.object({ sample: z.string() }),
  output: z.object({ sample: Sample, items: z.array(Drawn) }),
  needs: "oversee",
  effect: "read",
  shape: "value",
  about: (input) => [input.sample],
  run: async (ctx, { sample }) => {
    const found = await sampleOf(ctx, sample)
    const items: z.input<typeof Drawn>[] = []
    for (const i of found.items) {
      const [entry] = await readEntries(ctx.tx, i.tree, Number(i.n), 1)
      if (!entry) continue
      const { at, kind, procedure: asked, actor, ground } = entry.header
      const { turn, verdict, remark } = i
      items.push({ turn, entry: `${i.tree}:${i.n}`, at, kind, procedure: asked, actor, ground, ...needed(entry.payload), verdict, remark })
    }
    return { sample: view(found), items }
  },
})

const judge = procedure({
  name: "safeguards.judge-sample",
  title: "Judge one entry of a sample",
  input: z.object({
    sample: z.string(),
    turn: z.number().int().min(1),
    verdict: z.enum(["adequate", "inadequate", "follow-up"]),
    remark: z.string().trim().min(3).max(2000),
  }),
  output: Counts,
  needs: "oversee",
  effect: "decision",
  shape: "value",
  about: (input) => [input.sample],
  run: async (ctx, { sample, turn, verdict, remark }) => {
    const { items } = await sampleOf(ctx, sample)
    const item = items.find((i) => i.turn === turn)
    if (!item) throw new Failure("invalid.sample-item", "The sample has no such entry.", { at: "turn" })
    const [entry] = await readEntries(ctx.tx, item.tree, Number(item.n), 1)
    if (entry?.header.actor === ctx.caller.id)
      throw new Failure("refused.own-act", "Nobody judges what he did himself.", { at: "turn", hint: "Ask another inspector." })
    await ctx.tx.query("update sample_item set verdict = $3, remark = $4, judged_by = $5, judged_at = $6 where sample = $1 and turn = $2", [
      sample,
      turn,
      verdict,
      remark,
      ctx.caller.id,
      new Date(ctx.at),
    ])
    return countsOf((await sampleOf(ctx, sample)).items)
  },
})

const report = procedure({
  name: "safeguards.sample-report",
  title: "What the samples of a time showed",
  input: z.object({}),
  output: z.array(z.object({ pool: z.enum(POOL_IDS), title: z.string(), samples: z.number(), counts: Counts })),
  needs: "report",
  effect: "read",
  shape: "value",
  run: async (ctx) => {
    const all = await selectSamples(ctx.tx, null)
    return POOL_IDS.map((pool) => {
      const own = all.filter((s) => s.sample.pool === pool)
      return { pool, title: POOLS[pool].title, samples: own.length, counts: countsOf(own.flatMap((s) => s.items)) }
    })
  },
})

const Rights = z.object({
  alerts: z.object({
    all: z.number(),
    byHand: z.number(),
    overdue: z.number(),
    medianToScreenMs: z.number().nullable(),
    noRisk: z.number(),
  }),
  requests: z.object({ all: z.number(), open: z.number(), closed: z.number(), extended: z.number(), refused: z.number() }),
  breaches: z.object({ all: z.number(), open: z.number(), notified: z.number(), late: z.number() }),
})

const rightsReport = procedure({
  name: "safeguards.rights-report",
  title: "How many alerts, requests and breaches there were, and how they were dealt with",
  input: z.object({}),
  output: Rights,
  needs: "report",
  effect: "read",
  shape: "value",
  run: async (ctx) => {
    const one = async (sql: string) => (await ctx.tx.query<Record<string, unknown>>(sql)).rows[0]
    return Rights.parse({
      alerts: await one(
        `select count(*)::int as "all", count(*) filter (where raised_by is not null)::int as "byHand", count(escalated_at)::int as overdue,
           (percentile_cont(0.5) within group (order by extract(epoch from delivered_at - committed_at) * 1000) filter (where raised_by is null))::float8 as "medianToScreenMs",
           count(*) filter (where outcome = 'no-risk')::int as "noRisk" from life_alert`,
      ),
      requests: await one(
        `select count(*)::int as "all", count(*) filter (where closed_at is null)::int as open, count(closed_at)::int as closed,
           count(extended_at)::int as extended, count(refused_at)::int as refused from rights_request`,
      ),
      breaches: await one(
        `select count(*)::int as "all", count(*) filter (where closed_at is null)::int as open, count(notified_at)::int as notified,
           count(delay_reason)::int as late from breach`,
      ),
    })
  },
})

export const sampleProcedures = [drawSample, samples, showSample, judge, report, rightsReport]
