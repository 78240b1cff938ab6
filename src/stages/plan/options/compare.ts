import { z } from "zod"
import { type Context, procedure } from "#access"
import { openPool } from "#kernels"
import { Failure } from "#vocabulary/failure"
import { say } from "#vocabulary/sentences"
import { ASSUMPTIONS, ChainInput, needsFlow, type OpenChain, RangeView, withChain } from "../chain/procedure.ts"
import { Mechanisms, OutcomeView, REGROWTH_SAYS, Runs } from "../regrowth/procedure.ts"
import { HORIZONS, type Outcome, outcomesOf, percent, VERDICT_SAYS, VERDICTS, verdictOf } from "../regrowth/regrowth.ts"
import { ItemView, itemsOf } from "./items.ts"
import { actionsOf, OptionInput } from "./option.ts"
import { setsOf } from "./sets.ts"

/** The size of the sets that are compared where nobody says what to compare: that of those whose effects were measured. */
const BESIDE = 5

/** What stands beside every option. */
const NOTHING = "doing nothing"

export const CompareInput = ChainInput.extend({
  options: z.array(OptionInput).max(6).default([]).describe("doing nothing is always beside them"),
  mechanisms: Mechanisms,
  runs: Runs,
  day: z.iso.date().optional().describe("the day on which the law is looked at; today when left out"),
})

/** An option's effect at one horizon over all mechanisms: nobody knows which of them will be at work. */
const SummaryView = z.object({
  weeks: z.number(),
  change: RangeView,
  mean: z.number().describe("mean of the change over all mechanisms and runs: by it the best is told"),
  verdict: z.enum(VERDICTS),
  says: z.string(),
})

export const ComparedView = z.object({
  name: z.string(),
  summary: z.array(SummaryView),
  outcomes: z.array(OutcomeView),
  items: z.array(ItemView),
  cost: z.tuple([z.number(), z.number()]),
  lead: z.tuple([z.number(), z.number()]),
  collateral: z
    .object({ protected: z.number(), unknown: z.number() })
    .describe("sums over the parts: somebody who stands beside two is counted twice"),
  clashes: z.array(z.string()).describe("other teams that ask to be spoken to first"),
  open: z.array(z.string()).describe("what stands in the way or is not known"),
})
export type Compared = z.infer<typeof ComparedView>

/** Every option with its effects and its parts; the first is doing nothing. */
export async function comparedIn(ctx: Context, open: OpenChain, input: z.infer<typeof CompareInput>): Promise<Compared[]> {
  const names = [NOTHING, ...input.options.map((o) => o.name)]
  if (new Set(names).size !== names.length)
    throw new Failure("invalid.option-names", "Two options have one name, or one is called “doing nothing”.", { at: "options" })
  needsFlow(open)
  const { snapshot, parts, chain, scenarios } = open
  const day = input.day ?? new Date(ctx.at).toISOString().slice(0, 10)
  const all = [{ name: NOTHING, levers: [], players: [] }, ...input.options].map((option) => ({
    name: option.name,
    actions: actionsOf(option, chain, parts, day),
  }))
  const pool = openPool()
  try {
    const out: Compared[] = []
    for (const [i, { name, actions }] of all.entries()) {
      ctx.progress(0.88 + (0.1 * i) / all.length, `Working out “${name}”`)
      const outcomes = await outcomesOf(snapshot, parts, chain, scenarios, actions, input, pool)
      const items = await itemsOf(ctx, snapshot, parts, actions)
      const sum = (of: (item: (typeof items)[number]) => readonly [number, number] | null): [number, number] => {
        const given = items.flatMap((item) => of(item) ?? [])
        return [
          given.filter((_, k) => k % 2 === 0).reduce((a, b) => a + b, 0),
          given.filter((_, k) => k % 2 === 1).reduce((a, b) => a + b, 0),
        ]
      }
      const leads = items.flatMap((item) => (item.lead ? [item.lead] : []))
      out.push({
        name,
        summary: summaryOf(outcomes),
        outcomes,
        items,
        cost: sum((item) => item.cost),
        lead: [Math.max(0, ...leads.map(([low]) => low)), Math.max(0, ...leads.map(([, high]) => high))],
        collateral: {
          protected: items.reduce((n, item) => n + item.collateral.protected, 0),
          unknown: items.reduce((n, item) => n + item.collateral.unknown, 0),
        },
        clashes: [...new Set(items.flatMap((item) => item.contacts))].sort(),
        open: openOf(items),
      })
    }
    return out
  } finally {
    await pool.close()
  }
}

/** The widest interval over the mechanisms, and the middle of their middles. */
export function summaryOf(outcomes: readonly Outcome[]): z.infer<typeof SummaryView>[] {
  return HORIZONS.map((weeks) => {
    const here = outcomes.filter((o) => o.weeks === weeks)
    const own = here.map((o) => o.change)
    const mean = here.reduce((sum, o) => sum + o.mean, 0) / Math.max(1, here.length)
    const middles = own.map((c) => c.middle).sort((a, b) => a - b)
    const change = {
      low: Math.min(...own.map((c) => c.low)),
      middle: middles[Math.floor(middles.length / 2)] ?? 0,
      high: Math.max(...own.map((c) => c.high)),
    }
    const verdict = verdictOf(change)
    return { weeks, change, mean, verdict, says: VERDICT_SAYS[verdict] }
  })
}

interface Forecast {
  name: string
  summary: readonly Pick<Outcome, "change" | "mean">[]
}

interface Best {
  name: string
  /** The one that comes nearest; null where there is no other. */
  next: string | null
  /** Whether at some horizon the whole range of the best lies below the middle of the next, and at none the other way round. */
  apart: boolean
}

/**
 * The option that leaves least on average over all mechanisms, horizons and runs, and whether it can be told from the one that comes nearest.
 * Null where nothing but doing nothing is compared.
 */
export function bestOf(options: readonly Forecast[]): Best | null {
  const forecast = (o: Forecast) => o.summary.reduce((sum, s) => sum + s.mean, 0)
  const [best, next] = options.filter((o) => o.name !== NOTHING).sort((a, b) => forecast(a) - forecast(b))
  if (!best) return null
  const below = (a: Forecast, b: Forecast) => a.summary.some((s, h) => s.change.high < b.summary[h]!.change.middle)
  return { name: best.name, next: next?.name ?? null, apart: next !== undefined && below(best, next) && !below(next, best) }
}

function bestSays({ name, next, apart }: Best): string {
  if (next === null) return `“${name}” is compared with doing nothing alone.`
  return apart
    ? `“${name}” leaves least on average; “${next}” comes nearest, and its middle lies outside the range.`
    : `“${name}” leaves least on average, and cannot be told from “${next}”: it is no better beyond its range.`
}

function openOf(items: Compared["items"]): string[] {
  return items.flatMap((item) => {
    const about = { title: item.title, label: item.label }
    const { status } = item.evidence
    return [
      ...(item.feasible === "not-looked-up" ? [say("open.law", about)] : []),
      ...(status === "nothing" || status === "thin" || status === "reserved" ? [say(`open.${status}`, about)] : []),
      ...(item.contacts.length > 0 ? [say("open.contacts", about)] : []),
    ]
  })
}

export const compare = procedure({
  name: "plan.compare",
  title:
    "Options side by side, doing nothing among them: effect at two horizons, law, evidence, people around, time, what it reveals, clashes",
  input: CompareInput.extend({
    beside: z
      .number()
      .int()
      .min(0)
      .max(10)
      .optional()
      .describe(
        `also compare the sets of so many players that the flow and simpler ways choose; 0: none; where no option is given ${BESIDE}, else 0`,
      ),
    spare: z.array(z.string()).max(200).default([]).describe("entities who are to be in none of those sets"),
  }),
  output: z.object({
    snapshot: z.string(),
    options: z.array(ComparedView),
    sets: z.array(z.object({ name: z.string(), players: z.array(z.string()), byFlow: z.boolean() })),
    best: z.object({ name: z.string(), next: z.string().nullable(), apart: z.boolean() }).nullable(),
    assumptions: z.array(z.string()),
    says: z.string(),
  }),
  needs: "plan",
  effect: "read",
  shape: "job",
  entry: "combination",
  about: (input) => input.options.flatMap((o) => [...o.players, ...o.levers.flatMap((l) => l.entity ?? [])]),
  show: (v) =>
    [
      ...v.options.flatMap((o) => [
        o.name,
        ...(o.items.length > 0 ? [`  ${o.items.map((i) => (i.lever === null ? i.label : `${i.title}, ${i.label}`)).join(" · ")}`] : []),
        ...o.summary.map(
          (s) =>
            `  after ${s.weeks} weeks: ${percent(s.change.low)} to ${percent(s.change.high)}, ${percent(s.mean)} on average. ${s.says}`,
        ),
        ...o.open.map((w) => `  ! ${w}`),
      ]),
      "",
      ...(v.best ? [bestSays(v.best)] : []),
      v.says,
    ].join("\n"),
  run: (ctx, input) =>
    withChain(ctx, input, async (open) => {
      const ground = { ...open, ties: await open.snapshot.ties() }
      const size = input.beside ?? (input.options.length === 0 ? BESIDE : 0)
      const sets = size === 0 ? [] : setsOf(ground, { size, spared: new Set(input.spare) })
      const own = sets.map(({ name, players }) => ({ name, levers: [], players }))
      const options = await comparedIn(ctx, open, { ...input, options: [...input.options, ...own] })
      return {
        snapshot: open.snapshot.id,
        options,
        sets,
        best: bestOf(options),
        assumptions: [...ASSUMPTIONS, ...REGROWTH_SAYS],
        says: "These are figures under stated assumptions. Whether the test of a power is met is for those who hold it, and what is done is decided by people.",
      }
    }),
})
