import { z } from "zod"
import { accessClass, type Context, joinedMarking, procedure } from "#access"
import { label, openPeople } from "#entities"
import { selectExhibits } from "#evidence"
import { recordsById } from "#records"
import { canonical, type Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import { keyedId } from "#vocabulary/ids"
import { joinMarkings, UNMARKED } from "#vocabulary/markings"
import { RangeView, withChain } from "../chain/procedure.ts"
import { CompareInput, comparedIn } from "./compare.ts"
import { type DecisionRow, insertDecision, insertOutcome, type OutcomeRow, selectDecisions, selectOutcomes } from "./sql.ts"

const Forecast = z.object({ name: z.string(), weeks: z.number(), change: RangeView })
type Forecast = z.infer<typeof Forecast>

/** The class of what rests on material of these classes; what follows in this transaction sees it. */
async function classFor(ctx: Context, tx: Tx, classes: readonly number[]): Promise<number> {
  const joined = joinMarkings(await joinedMarking(tx, classes), { ...UNMARKED, originators: ["this node"] })
  const own = await accessClass(tx, { ...joined, investigation: ctx.investigation!.id })
  await tx.query("select set_config('linchpin.classes', $1, true)", [`{${[...new Set([...ctx.sight.classes, own])].join(",")}}`])
  return own
}

export const decide = procedure({
  name: "plan.decide",
  title: "Record which option was chosen and why, with what was forecast for each",
  input: CompareInput.extend({
    chosen: z.string().trim().min(1).max(80).describe("the name of one of the options, or “doing nothing”"),
    reason: z.string().trim().min(20).max(4000).describe("why this one and not the others"),
  }),
  output: z.object({ decision: z.string(), forecast: z.array(Forecast) }),
  needs: "plan",
  effect: "decision",
  shape: "job",
  entry: "decision",
  names: false,
  about: (input) => input.options.flatMap((o) => [...o.players, ...o.levers.flatMap((l) => l.entity ?? [])]),
  run: (ctx, input) =>
    withChain(ctx, input, async (open) => {
      const options = await comparedIn(ctx, open, input)
      if (!options.some((o) => o.name === input.chosen))
        throw new Failure("invalid.option-unknown", "What was chosen is none of the options.", {
          at: "chosen",
          hint: `The options are: ${options.map((o) => o.name).join(", ")}.`,
        })
      const forecast = options.flatMap((o) => o.summary.map((s): Forecast => ({ name: o.name, weeks: s.weeks, change: s.change })))
      const id = keyedId("dc_", ctx.store.nodeKey, ctx.investigation!.id, ctx.caller.id, ctx.job ?? ctx.at, canonical(input))
      const rested = ctx.rested()
      await ctx.lookAgain()
      await ctx.commit({ decision: id, chosen: input.chosen, reason: input.reason }, async (tx) => {
        await insertDecision(tx, {
          id,
          investigation: ctx.investigation!.id,
          access_class: await classFor(ctx, tx, rested),
          snapshot: open.snapshot.id,
          chosen: input.chosen,
          reason: input.reason,
          options: canonical(input.options),
          forecast: canonical(forecast),
          entities: [...new Set(input.options.flatMap((o) => [...o.players, ...o.levers.flatMap((l) => l.entity ?? [])]))].sort(),
          decided_by: ctx.caller.id,
          decided_at: new Date(ctx.at),
        })
      })
      return { decision: id, forecast }
    }),
})

const ScoredView = z.object({
  weeks: z.number(),
  before: z.number(),
  after: z.number(),
  change: z.number(),
  forecast: RangeView.nullable(),
  inside: z.boolean().nullable().describe("whether what was seen lies in the forecast interval"),
  says: z.string(),
  records: z.array(z.string()),
  enteredBy: z.string(),
  enteredAt: z.string(),
})

const DecisionView = z.object({
  id: z.string(),
  snapshot: z.string(),
  chosen: z.string(),
  reason: z.string(),
  options: z.array(z.string()),
  people: z.array(z.object({ entity: z.string(), label: z.string().nullable().describe("null: nobody of that id is in view any more") })),
  forecast: z.array(Forecast),
  decidedBy: z.string(),
  decidedAt: z.string(),
  outcomes: z.array(ScoredView),
})

/** The forecast for the horizon nearest to when it was looked at. */
function scored(decision: DecisionRow, o: OutcomeRow): z.infer<typeof ScoredView> {
  const own = (JSON.parse(decision.forecast) as Forecast[])
    .filter((f) => f.name === decision.chosen)
    .sort((a, b) => Math.abs(a.weeks - o.weeks) - Math.abs(b.weeks - o.weeks))[0]
  const change = o.after_flow / o.before_flow - 1
  return {
    weeks: o.weeks,
    before: o.before_flow,
    after: o.after_flow,
    change,
    forecast: own?.change ?? null,
    inside: own ? change >= own.change.low && change <= own.change.high : null,
    says: o.says,
    records: o.records,
    enteredBy: o.entered_by,
    enteredAt: o.entered_at.toISOString(),
  }
}

export const decisions = procedure({
  name: "plan.decisions",
  title: "What was decided between options and why, what was forecast, what was seen since, and how often forecasts held",
  input: z.object({ investigation: z.string().describe("name or id") }),
  output: z.object({
    decisions: z.array(DecisionView),
    calibration: z.object({
      nominal: z.number().describe("share of what is seen that should lie in the intervals"),
      scored: z.number(),
      inside: z.number(),
      bias: z
        .number()
        .nullable()
        .describe("mean of what was seen less the middle of the forecast; above 0: less came of it than was forecast"),
      says: z.string(),
    }),
  }),
  needs: "plan",
  effect: "read",
  shape: "value",
  run: async (ctx) => {
    const investigation = ctx.investigation!.id
    const { rows, seen } = await ctx.store.register.transaction(
      async (tx) => ({ rows: await selectDecisions(tx, investigation), seen: await selectOutcomes(tx, investigation) }),
      ctx.sight.classes,
    )
    ctx.rests([...rows, ...seen].map((r) => r.access_class))
    const names = await labelsOf(
      ctx,
      rows.flatMap((r) => r.entities),
    )
    const list = rows.map((d) => ({
      id: d.id,
      snapshot: d.snapshot,
      chosen: d.chosen,
      reason: d.reason,
      options: (JSON.parse(d.options) as { name: string }[]).map((o) => o.name),
      people: d.entities.map((entity) => ({ entity, label: names.get(entity) ?? null })),
      forecast: JSON.parse(d.forecast) as Forecast[],
      decidedBy: d.decided_by,
      decidedAt: d.decided_at.toISOString(),
      outcomes: seen.filter((o) => o.decision === d.id).map((o) => scored(d, o)),
    }))
    const judged = list.flatMap((d) => d.outcomes.filter((o) => o.forecast !== null))
    const inside = judged.filter((o) => o.inside).length
    return {
      decisions: list,
      calibration: {
        nominal: 0.9,
        scored: judged.length,
        inside,
        bias: judged.length === 0 ? null : judged.reduce((sum, o) => sum + o.change - o.forecast!.middle, 0) / judged.length,
        says:
          judged.length === 0
            ? "Nothing was scored yet: whether forecasts hold is not known."
            : `${inside} of ${judged.length} outcomes lie in their interval; nine in ten should. ${judged.length < 10 ? "Too few to judge by." : ""}`.trim(),
      },
    }
  },
})

async function labelsOf(ctx: Context, entities: readonly string[]): Promise<Map<string, string>> {
  if (entities.length === 0) return new Map()
  const people = await openPeople({
    store: ctx.store,
    classes: ctx.sight.classes,
    investigation: ctx.investigation!.id,
    digest: ctx.sight.digest,
  })
  try {
    ctx.rests(people.classes)
    return new Map([...(await label(people, [...new Set(entities)]))].map(([id, l]) => [id, l.label]))
  } finally {
    people.close()
  }
}

export const score = procedure({
  name: "plan.score",
  title: "Enter what was seen after a decision, with its sources, and hold it against the forecast",
  input: z.object({
    investigation: z.string().describe("name or id"),
    decision: z.string(),
    weeks: z.number().int().min(1).max(520).describe("weeks after the chosen option took effect"),
    before: z.number().positive().max(1e6).describe("people a week before, by the same way of counting"),
    after: z.number().min(0).max(1e6).describe("people a week then"),
    says: z.string().trim().min(20).max(4000).describe("where the figures come from, and what else changed: weather, season, other routes"),
    records: z.array(z.string()).max(50).default([]).describe("records that show it"),
  }),
  output: ScoredView,
  needs: "plan",
  effect: "decision",
  shape: "value",
  about: (input) => [input.decision],
  run: async (ctx, input) => {
    const investigation = ctx.investigation!.id
    const found = (await selectDecisions(ctx.tx, investigation)).find((d) => d.id === input.decision)
    if (!found) throw new Failure("invalid.decision-unknown", "There is no decision of that id here.", { at: "decision" })
    const classes = await classesOf(ctx, input.records)
    const row: OutcomeRow = {
      id: keyedId("dc_", ctx.store.nodeKey, investigation, ctx.caller.id, ctx.at, canonical(input)),
      decision: found.id,
      investigation,
      access_class: await classFor(ctx, ctx.tx, [found.access_class, ...classes]),
      weeks: input.weeks,
      before_flow: input.before,
      after_flow: input.after,
      says: input.says,
      records: input.records,
      entered_by: ctx.caller.id,
      entered_at: new Date(ctx.at),
    }
    await insertOutcome(ctx.tx, row)
    return scored(found, row)
  },
})

/** Classes of the exhibits of these records, each of which must be in sight. */
async function classesOf(ctx: Context, records: readonly string[]): Promise<number[]> {
  if (records.length === 0) return []
  const people = await openPeople({
    store: ctx.store,
    classes: ctx.sight.classes,
    investigation: ctx.investigation!.id,
    digest: ctx.sight.digest,
  })
  try {
    const found = await recordsById({ engine: await people.structure() }, records)
    if (found.length !== new Set(records).size)
      throw new Failure("invalid.record-unknown", "One of the records is not there, or not in your sight.", { at: "records" })
    return (await selectExhibits(ctx.tx, { ids: [...new Set(found.map((r) => r.exhibit))] })).map((e) => e.access_class)
  } finally {
    people.close()
  }
}
