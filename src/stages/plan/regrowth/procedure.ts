import { z } from "zod"
import { procedure } from "#access"
import { flows, openPool } from "#kernels"
import { say } from "#vocabulary/sentences"
import { ASSUMPTIONS, ChainInput, needsFlow, RangeView, withChain } from "../chain/procedure.ts"
import { actionsOf, OptionInput } from "../options/option.ts"
import { HORIZONS, MECHANISMS, outcomesOf, percent, REPLACED_AFTER, VERDICT_SAYS, VERDICTS } from "./regrowth.ts"

export const Mechanisms = z
  .array(z.enum(flows.MECHANISMS))
  .min(1)
  .max(flows.MECHANISMS.length)
  .default([...flows.MECHANISMS])
  .describe("ways in which a network may fill what it lost")
export const Runs = z.number().int().min(20).max(2000).default(200)

export const OutcomeView = z.object({
  mechanism: z.enum(flows.MECHANISMS),
  weeks: z.number(),
  before: RangeView,
  after: RangeView,
  change: RangeView.describe("after over before, less one; 5th to 95th percentile of the runs"),
  mean: z.number().describe("mean of that change over the runs"),
  worse: z.number().describe("share of the runs in which noticeably more gets through than before"),
  cohesion: RangeView.describe("the same of the share of players in the largest component"),
  verdict: z.enum(VERDICTS),
})

/** Invented operations on which forecasts were held against what happened, and in how many they held. */
const HELD = { worlds: 48, held: 44 }

export const REGROWTH_SAYS: readonly string[] = [
  say("assume.replaced", {
    weeks: Object.entries(REPLACED_AFTER)
      .map(([stage, weeks]) => `${stage}: ${weeks}`)
      .join(", "),
  }),
  say("assume.comes-back"),
  say("assume.intervals"),
  say("assume.held", HELD),
]

export const regrowProcedure = procedure({
  name: "plan.regrow",
  title: "What happens after: how a chain fills what it lost, over four weeks and over a year, under several mechanisms",
  input: ChainInput.extend({ option: OptionInput, mechanisms: Mechanisms, runs: Runs, day: z.iso.date().optional() }),
  output: z.object({
    snapshot: z.string(),
    option: z.string(),
    outcomes: z.array(OutcomeView),
    mechanisms: z.array(z.object({ id: z.string(), title: z.string(), says: z.string(), source: z.string() })),
    assumptions: z.array(z.string()),
  }),
  needs: "plan",
  effect: "read",
  shape: "job",
  entry: "combination",
  about: (input) => [...input.option.players, ...input.option.levers.flatMap((l) => l.entity ?? [])],
  show: (v) =>
    [
      v.option,
      ...v.outcomes.map(
        (o) =>
          `${o.mechanism.padEnd(14)} after ${String(o.weeks).padStart(2)} weeks: ${percent(o.change.low)} to ${percent(o.change.high)}. ${VERDICT_SAYS[o.verdict]}`,
      ),
      ...v.assumptions.map((a) => `  ${a}`),
    ].join("\n"),
  run: (ctx, input) =>
    withChain(ctx, input, async (open) => {
      needsFlow(open)
      const { snapshot, parts, chain, scenarios } = open
      const actions = actionsOf(input.option, chain, parts, input.day ?? new Date(ctx.at).toISOString().slice(0, 10))
      const pool = openPool()
      try {
        ctx.progress(0.9, `Running ${HORIZONS.at(-1)} weeks`)
        return {
          snapshot: snapshot.id,
          option: input.option.name,
          outcomes: await outcomesOf(snapshot, parts, chain, scenarios, actions, input, pool),
          mechanisms: MECHANISMS.filter((m) => input.mechanisms.includes(m.id)).map((m) => ({ ...m })),
          assumptions: [...ASSUMPTIONS, ...REGROWTH_SAYS],
        }
      } finally {
        await pool.close()
      }
    }),
})
