import { z } from "zod"
import { type Context, procedure } from "#access"
import { type ExhibitRow, examinable, type ItemRow, insertScopeRule, selectExhibits, selectScopeRules } from "#evidence"
import { appendRows, canonical, createTable, type Scope } from "#store"
import { Failure } from "#vocabulary/failure"
import { keyedId } from "#vocabulary/ids"
import { KIND_NAMES } from "#vocabulary/kinds"
import { type Mounted, mountRecords, viewOf } from "../mounted.ts"
import { Normaliser } from "../writer.ts"
import { CATEGORY_IDS, type Category } from "./apart.ts"
import { resegment } from "./resegment.ts"
import { fillKnown, matching, ScopeRule } from "./rule.ts"
import { listed, sortApart } from "./sort.ts"
import { insertApart, liftApart, selectApart } from "./sql.ts"

const VERDICTS = ["in", "sealed", "apart"] as const
type Verdict = (typeof VERDICTS)[number]

const Input = z.object({
  investigation: z.string().describe("name or id"),
  item: z.string().describe("the seized device: one at a time, on its own ground"),
  rule: ScopeRule,
  verdict: z.enum(VERDICTS).default("in").describe("in scope; sealed = out of scope, destroyed at review; apart = set apart, by row"),
  again: z.boolean().default(false).describe("also rows that were decided on before; without it a rule takes undecided ones only"),
  category: z.enum(CATEGORY_IDS).optional().describe("what is set apart: privileged, medical, asylum, child"),
  counsel: z.string().trim().min(1).max(200).optional().describe("who, not of the investigation, advised that a row is not privileged"),
  reason: z.string().trim().min(10).max(2000).describe("why this relates to the lawful purpose, or does not; signed by you"),
})
type Decision = z.infer<typeof Input>

/** One row, named, and nothing else: the only way by which what stands apart comes into scope. */
const single = (rule: ScopeRule): string | null =>
  rule.records.length === 1 &&
  rule.words.length + rule.identifiers.length + rule.kinds.length === 0 &&
  !(rule.knownIdentifiers || rule.rest || rule.from || rule.to)
    ? rule.records[0]!
    : null

/** Rows chosen one by one may be decided on again; a rule takes what nobody decided on, unless it says otherwise. */
const sourcesOf = ({ rule, again, verdict }: Decision): Scope[] => {
  const decided: Scope[] = ["in", "sealed"]
  const from: Scope[] = again || (rule.records.length > 0 && single(rule)) ? ["undecided", ...decided] : ["undecided"]
  return from.filter((s) => s !== verdict)
}

function refuseUnfit(d: Decision): void {
  if (d.rule.rest && d.verdict !== "sealed")
    throw new Failure("invalid.rest", "The rest of a device can only be put out of scope: nothing comes into scope unread.", {
      at: "rule.rest",
      hint: "Give words, numbers or rows.",
    })
  if (d.verdict === "apart" && (!d.category || d.rule.records.length === 0))
    throw new Failure("invalid.set-apart", "What is set apart by hand is named row by row, with its category.", { at: "category" })
}

export const decideScope = procedure({
  name: "records.decide-scope",
  title: "Sign a decision on rows of one device: in scope, out of scope, or set apart",
  input: Input,
  output: z.object({ item: z.string(), moved: z.record(z.string(), z.number()), left: z.number() }),
  needs: "examine",
  effect: "decision",
  shape: "job",
  about: (input) => [input.item],
  run: async (ctx, d) => {
    const { store } = ctx
    const { item, rule, reason, verdict } = d
    const investigation = ctx.investigation!.id
    refuseUnfit(d)
    const { device, exhibits, signed } = await store.register.transaction(
      async (tx) => ({
        device: (await examinable(tx, ctx, item, ["access", "examine", "copy", "retain"])).device,
        exhibits: await selectExhibits(tx, { item }),
        signed: (await selectScopeRules(tx, investigation)).find((r) => r.item === item && r.job !== null && r.job === ctx.job),
      }),
      ctx.sight.classes,
    )
    // A job that ended between its commit and its answer is begun again: what it signed stands, and is not signed twice.
    if (signed) return { item, moved: signed.moved as Record<string, number>, left: await leftOf(ctx, exhibits) }
    await sortApart(ctx, exhibits)
    const lifted = await apartRow(ctx, d, device)
    const mounted = await mountRecords(store, ctx.sight.classes, {
      scope: lifted === null ? sourcesOf(d) : ["apart"],
      exhibits: exhibits.map((e) => e.id),
    })
    try {
      await choose(ctx, mounted, d, device, exhibits)
      const done = await resegment(store, mounted.engine, mounted.segments, verdict, (f) =>
        ctx.progress(0.3 + 0.6 * f, "Rewriting segments"),
      )
      const moved = Object.fromEntries(Object.entries(done.moved).sort(([a], [b]) => (a < b ? -1 : 1)))
      const chosen = verdict === "apart" ? await idsOf(mounted) : []
      await ctx.commit({ item, rule, reason, verdict, moved }, async (tx) => {
        const at = new Date(store.clock())
        if (done.fresh.length > 0) await store.segments.list(tx, done.fresh, done.gone)
        if (lifted !== null) await liftApart(tx, lifted, ctx.caller.id, at, reason)
        const where = { item, investigation, accessClass: device.access_class }
        await insertApart(
          tx,
          where,
          chosen.map((record) => ({ record, category: d.category as Category, why: "examiner" as const })),
          ctx.caller.id,
          at,
        )
        await insertScopeRule(tx, {
          id: keyedId("dc_", store.nodeKey, investigation, item, verdict, canonical(rule), reason, ctx.caller.id, ctx.at),
          investigation,
          item,
          accessClass: device.access_class,
          rule,
          reason,
          signedBy: ctx.caller.id,
          signedAt: at,
          moved,
          verdict,
          job: ctx.job ?? null,
          counsel: d.counsel ?? null,
        })
      })
      return { item, moved, left: await leftOf(ctx, exhibits) }
    } finally {
      mounted.close()
    }
  },
})

async function choose(ctx: Context, mounted: Mounted, d: Decision, device: ItemRow, exhibits: readonly ExhibitRow[]): Promise<void> {
  const { engine } = mounted
  await engine.exec(`create temp table ours as select unnest([${listed(exhibits)}]) as exhibit`)
  await fillKnown(ctx, mounted, d.rule.knownIdentifiers, device.access_class)
  ctx.progress(0.2, "Looking for rows that meet the rule")
  await engine.exec(`create temp table chosen as select id from (${matching(d.rule, new Normaliser(device.region ?? undefined, d.item))})`)
}

const idsOf = async (mounted: Mounted): Promise<string[]> =>
  (await mounted.engine.all<{ id: string }>("select id from chosen order by id")).map((r) => r.id)

/**
 * The row that a decision takes back from what stands apart; null when it takes none. One row at a time, named and reasoned; what was
 * said to a lawyer only with the advice of somebody outside the investigation.
 */
async function apartRow(ctx: Context, d: Decision, device: ItemRow): Promise<string | null> {
  const record = single(d.rule)
  if (record === null || d.verdict === "apart") return null
  const standing = (await ctx.store.register.transaction((tx) => selectApart(tx, device.id, record), ctx.sight.classes)).filter(
    (a) => a.lifted_by === null,
  )
  if (standing.length === 0) return null
  if (d.verdict === "in" && standing.some((a) => a.category === "privileged") && !d.counsel)
    throw new Failure("refused.privileged", "This row stands apart as said to or by a lawyer: an examiner alone does not bring it in.", {
      at: "counsel",
      hint: "Have somebody outside the investigation advise, and name who did.",
    })
  return record
}

/** Rows of the device that nobody has decided on. */
async function leftOf(ctx: Context, exhibits: readonly ExhibitRow[]): Promise<number> {
  const mounted = await mountRecords(ctx.store, ctx.sight.classes, { scope: "undecided", exhibits: exhibits.map((e) => e.id) })
  try {
    await createTable(mounted.engine, "ours", [["exhibit", "VARCHAR"]])
    await appendRows(
      mounted.engine,
      "ours",
      [["exhibit", "VARCHAR"]],
      exhibits.map((e) => [e.id]),
    )
    const [{ n }] = (await mounted.engine.all<{ n: number }>(
      `select ${KIND_NAMES.map((k) => `(select count(*) from ${viewOf(k)} where exhibit in (select exhibit from ours))`).join(" + ")} as n`,
    )) as [{ n: number }]
    return n
  } finally {
    mounted.close()
  }
}

export const scopeRules = procedure({
  name: "records.scope-rules",
  title: "Signed scope decisions",
  input: z.object({ investigation: z.string().describe("name or id") }),
  output: z.array(
    z.object({
      id: z.string(),
      item: z.string(),
      rule: z.unknown(),
      verdict: z.enum(VERDICTS),
      counsel: z.string().nullable(),
      reason: z.string(),
      signedBy: z.string(),
      signedAt: z.string(),
      moved: z.unknown(),
    }),
  ),
  needs: "look",
  effect: "read",
  shape: "value",
  run: async (ctx) => {
    const rows = await ctx.store.register.transaction((tx) => selectScopeRules(tx, ctx.investigation!.id), ctx.sight.classes)
    return rows.map((r) => ({
      id: r.id,
      item: r.item,
      rule: r.rule,
      verdict: r.verdict as Verdict,
      counsel: r.counsel,
      reason: r.reason,
      signedBy: r.signed_by,
      signedAt: r.signed_at.toISOString(),
      moved: r.moved,
    }))
  },
})
