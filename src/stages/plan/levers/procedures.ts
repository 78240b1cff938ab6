import { z } from "zod"
import { procedure } from "#access"
import { flows } from "#kernels"
import { say } from "#vocabulary/sentences"
import type { Chain, Scenario } from "../chain/chain.ts"
import { flowOf, rangeOf } from "../chain/chain.ts"
import { ASSUMPTIONS, ChainInput, needsFlow, RangeView, withChain } from "../chain/procedure.ts"
import { type Candidate, candidatesOf } from "./candidates.ts"
import { LEVER_KINDS, leversOn } from "./catalogue.ts"

const Interval = z.tuple([z.number(), z.number()])

const LeverView = z.object({
  id: z.string(),
  kind: z.enum(LEVER_KINDS),
  state: z.string(),
  title: z.string(),
  owner: z.string(),
  object: z.enum(["person", "stage"]),
  stages: z.array(z.number()),
  test: z.string(),
  provision: z.string(),
  since: z.string().nullable(),
  until: z.string().nullable(),
  evidence: z.enum(["admissible", "intelligence"]),
  evidenceSays: z.string(),
  cost: Interval,
  lead: Interval,
  effect: Interval,
  reveals: z.string(),
  source: z.string(),
  asOf: z.string(),
})

const pair = ([low, high]: readonly [number, number]): [number, number] => [low, high]
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)
export const Day = z.iso.date().optional().describe("the day on which the law is looked at; today when left out")

export const levers = procedure({
  name: "plan.levers",
  title: "Levers by state: owner, legal test, provision with its dates, evidence needed, cost, time and what it reveals. Data, not advice",
  input: z.object({ investigation: z.string().describe("name or id"), day: Day, state: z.string().max(5).optional() }),
  output: z.array(LeverView),
  needs: "plan",
  effect: "read",
  shape: "value",
  // The list is the same for everybody: it rests on no material.
  run: async (ctx, { day, state }) => {
    ctx.rests([])
    return leversOn(day ?? dayOf(ctx.at))
      .filter((l) => state === undefined || l.state === state)
      .map((l) => ({ ...l, stages: [...l.stages], cost: pair(l.cost), lead: pair(l.lead), effect: pair(l.effect) }))
  },
})

/** The interdiction problem of a chain. */
export function problemOf(
  chain: Chain,
  scenarios: readonly Scenario[],
  candidates: readonly Candidate[],
  risk: { aversion: number; tail: number },
): flows.Interdiction {
  return { network: chain.network, scenarios: scenarios.map((s) => s.capacity), cutters: candidates.map((c) => c.cutter), ...risk }
}

const DEFAULT_BUDGETS = [5, 10, 20, 40, 80]

export const interdictProcedure = procedure({
  name: "plan.interdict",
  title: "Which levers within a budget lower the flow most over the scenarios, with proof or gap, and the curve over budgets",
  input: ChainInput.extend({
    budgets: z.array(z.number().min(0).max(10_000)).max(12).default(DEFAULT_BUDGETS).describe("weeks of work; each is solved"),
    aversion: z.number().min(0).max(1).default(0.5).describe("0: the mean over the scenarios counts; 1: only the worst of them"),
    tail: z.number().min(0.01).max(1).default(0.1).describe("share of the scenarios that are the worst"),
    states: z.array(z.string().max(5)).max(20).default([]).describe("states whose powers are at hand; none = all"),
    without: z.array(z.string().max(60)).max(50).default([]).describe("levers that are ruled out"),
    spare: z.array(z.string()).max(200).default([]).describe("entities at whom nothing is to be aimed"),
    day: Day,
  }),
  output: z.object({
    snapshot: z.string(),
    before: RangeView,
    plans: z.array(
      z.object({
        budget: z.number(),
        cost: z.number(),
        left: RangeView,
        mean: z.number(),
        worst: z.number(),
        lowered: z.number().describe("share of the mean flow that goes, before anything grows back"),
        optimal: z.boolean(),
        gap: z.number(),
        says: z.string(),
        levers: z.array(
          z.object({
            lever: z.string(),
            title: z.string(),
            stage: z.number(),
            entity: z.string().nullable(),
            label: z.string(),
            cost: z.number(),
          }),
        ),
      }),
    ),
    weighed: z.number(),
    leftOut: z.number(),
    blank: z.array(z.number()),
    assumptions: z.array(z.string()),
  }),
  needs: "plan",
  effect: "read",
  shape: "job",
  entry: "combination",
  show: (v) =>
    [
      `Before: ${v.before.low.toFixed(1)} to ${v.before.high.toFixed(1)} people a week`,
      ...v.plans.map(
        (p) =>
          `${String(p.budget).padStart(5)} weeks: ${p.left.low.toFixed(1)} to ${p.left.high.toFixed(1)} left (${Math.round(p.lowered * 100)} % less); ${p.says} ${p.levers.map((l) => `${l.title}: ${l.label}, stage ${l.stage}`).join("; ")}`,
      ),
    ].join("\n"),
  run: (ctx, input) =>
    withChain(ctx, input, async (open) => {
      needsFlow(open)
      const { snapshot, chain, scenarios } = open
      const { list, leftOut } = candidatesOf(chain, {
        day: input.day ?? dayOf(ctx.at),
        states: input.states,
        without: input.without,
        spared: new Set(input.spare),
      })
      const problem = problemOf(chain, scenarios, list, { aversion: input.aversion, tail: input.tail })
      const solver = flows.openSolver()
      try {
        const budgets = [...new Set(input.budgets)].sort((a, b) => a - b)
        const plans = await flows.interdict(problem, budgets, solver, {
          progress: (budget, round) => ctx.progress(0.9, `Weighing levers for ${budget} weeks of work, round ${round + 1}`),
        })
        const carried = scenarios.flatMap((s) => flowOf(chain, s) ?? [])
        const mean = carried.reduce((a, b) => a + b, 0) / carried.length
        return {
          snapshot: snapshot.id,
          before: rangeOf(carried),
          plans: plans.map((p) => {
            const gap = p.value > 0 ? Math.max(0, p.value - p.bound) / p.value : 0
            return {
              budget: p.budget,
              cost: p.cost,
              left: rangeOf(p.left),
              mean: p.mean,
              worst: p.worst,
              lowered: mean > 0 ? 1 - p.mean / mean : 0,
              optimal: p.optimal,
              gap: p.optimal ? 0 : gap,
              says: p.optimal
                ? "Proved: no other choice of the levers weighed leaves less in these scenarios."
                : `Not proved: another choice could leave up to ${(gap * 100).toFixed(1)} % less.`,
              levers: p.chosen.map((c) => {
                const { lever, stage, entity, label } = list[c]!
                return { lever: lever.id, title: lever.title, stage, entity, label, cost: problem.cutters[c]!.cost }
              }),
            }
          }),
          weighed: list.length,
          leftOut,
          blank: [...new Set(chain.cells.filter((c) => c.blank).map((c) => c.stage))],
          assumptions: [...ASSUMPTIONS, say("assume.levers")],
        }
      } finally {
        await solver.close()
      }
    }),
})
