import { z } from "zod"
import { type Context, procedure } from "#access"
import { flows } from "#kernels"
import { redrawn, type Snapshot, SnapshotInput, withSnapshot } from "#network"
import { STAGES } from "#vocabulary/conduct"
import { Failure } from "#vocabulary/failure"
import { say } from "#vocabulary/sentences"
import { ASSUMED } from "./capacity.ts"
import { type Chain, chainOf, flowOf, onEverySide, rangeOf, type Scenario } from "./chain.ts"
import { type Participations, participationsOf } from "./participation.ts"
import { ROUTES } from "./routes.ts"
import { drawsOf, scenariosOf } from "./scenarios.ts"
import { SIDES } from "./sides.ts"

export const RangeView = z.object({ low: z.number(), middle: z.number(), high: z.number() })

/** What every procedure on the chain takes. */
export const ChainInput = SnapshotInput.extend({
  draws: z.number().int().min(1).max(40).default(5).describe("draws of each scenario of the stability range"),
  seed: z.number().int().min(0).default(1),
})

export interface OpenChain {
  snapshot: Snapshot
  parts: Participations
  chain: Chain
  /** Those in which something that is known limits the flow. */
  scenarios: Scenario[]
  /** Share of the scenarios in which nothing does. */
  unknown: number
}

/** Throws where no scenario has a flow that could be lowered. */
export function needsFlow({ scenarios }: OpenChain): void {
  if (scenarios.length === 0)
    throw new Failure("invalid.no-chain", "Nothing that is known limits the journey here: there is no flow to lower.", {
      hint: "plan chain shows which stages are blank.",
    })
}

/** Opens the chain of a snapshot with its scenarios. */
export const withChain = <T>(ctx: Context, input: z.infer<typeof ChainInput>, run: (open: OpenChain) => Promise<T>): Promise<T> =>
  withSnapshot(ctx, input, async (snapshot) => {
    ctx.progress(0.85, "Laying out the journey's stages")
    const parts = await participationsOf(snapshot)
    const chain = chainOf(parts)
    const resampled = await redrawn.resampledNetworks(snapshot, { draws: input.draws, seed: input.seed })
    const players = parts.players.map((p) => p.entity)
    const draws = drawsOf(resampled, players, await snapshot.ties())
    const all = scenariosOf(chain, draws, input.seed)
    const scenarios = all.filter((s) => flowOf(chain, s) !== null)
    return run({ snapshot, parts, chain, scenarios, unknown: all.length === 0 ? 1 : 1 - scenarios.length / all.length })
  })

const percents = ([least, most]: readonly [number, number]) => ({ least: Math.round(least * 100), most: Math.round(most * 100) })

export const ASSUMPTIONS: readonly string[] = [
  say("assume.journey", { least: ASSUMED.load[0], most: ASSUMED.load[1] }),
  say("assume.scenarios"),
  say("assume.rate"),
  say("assume.unseen", percents(ASSUMED.unseen)),
  say("assume.hands", percents(ASSUMED.hands)),
  say("assume.mistaken", { moving: Math.round(ASSUMED.mistaken.moving * 100), other: Math.round(ASSUMED.mistaken.other * 100) }),
  say("assume.paid"),
  say("assume.phones"),
  say("assume.launched", percents(ASSUMED.slack)),
  say("assume.rivals", { most: SIDES }),
  say("assume.blank"),
  say("assume.ways"),
]

const ChainView = z.object({
  snapshot: z.string(),
  weeks: z.number(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  routes: z.array(z.object({ id: z.string(), title: z.string(), flow: RangeView.nullable() })),
  flow: RangeView.nullable().describe("people a week; null where no stage that is known limits it"),
  unknown: z.number().describe("share of the scenarios in which nothing that is known limits the flow; they are in no figure"),
  cells: z.array(
    z.object({
      stage: z.number(),
      title: z.string(),
      route: z.string().describe("all: this stage serves every way"),
      known: z.number(),
      blank: z.boolean(),
      capacity: RangeView.nullable(),
      narrow: z.number().describe("share of scenarios in which this stage limits the flow"),
      players: z.array(
        z.object({ entity: z.string(), label: z.string(), days: z.number(), conducts: z.array(z.string()), records: z.array(z.string()) }),
      ),
    }),
  ),
  unstaged: z
    .array(z.object({ entity: z.string(), label: z.string() }))
    .describe("players who are known to work at no stage in particular"),
  blanks: z.array(z.string()),
  assumptions: z.array(z.string()),
})

/** Stages (by cell) that are in a smallest cut of a scenario, by what the sides on which they are carry. */
function narrowIn(chain: Chain, scenarios: readonly Scenario[]): number[] {
  const solver = flows.flowSolver(chain.network)
  const count = chain.cells.map(() => 0)
  for (const { capacity, weight } of scenarios) {
    const { near } = solver.solve(capacity)
    chain.cells.forEach((_, c) => {
      onEverySide(chain, chain.unseen[c]!).forEach((arc, side) => {
        if (near[chain.network.from[arc]!] && !near[chain.network.to[arc]!]) count[c]! += weight[side] ?? 0
      })
    })
  }
  return count.map((n) => n / Math.max(1, scenarios.length))
}

/** Flow over one way alone: the other ways carry nothing. */
function alone(chain: Chain, scenarios: readonly Scenario[], route: string): ReturnType<typeof rangeOf> | null {
  const carried = scenarios.map(({ capacity, weight }) => {
    const only = capacity.slice()
    chain.cells.forEach((cell, c) => {
      if ((cell.stage !== 4 && cell.stage !== 5) || cell.route === route) return
      for (const arc of [chain.unseen[c]!, ...cell.slots.map((s) => chain.slots[s]!.arc)])
        for (const same of onEverySide(chain, arc)) only[same] = 0
    })
    return flowOf(chain, { capacity: only, weight })
  })
  return knownRange(carried)
}

/** The range of the flows that are known; null when none is. */
function knownRange(carried: readonly (number | null)[]): ReturnType<typeof rangeOf> | null {
  const known = carried.filter((f) => f !== null)
  return known.length === 0 ? null : rangeOf(known)
}

export const chainProcedure = procedure({
  name: "plan.chain",
  title: "The journey as a flow through ten stages: what the known players of each stage carry on each way, and what is blank",
  input: ChainInput,
  output: ChainView,
  needs: "plan",
  effect: "read",
  shape: "job",
  entry: "combination",
  show: (v) =>
    [
      v.flow
        ? `${v.flow.low.toFixed(1)} to ${v.flow.high.toFixed(1)} people a week, as far as records show`
        : "What gets through is unknown.",
      ...v.cells.map(
        (c) =>
          `${String(c.stage).padStart(2)} ${c.title} (${c.route}): ${c.blank ? "blank" : `${c.known} known, ${c.capacity!.low.toFixed(1)} to ${c.capacity!.high.toFixed(1)} a week`}`,
      ),
      "",
      ...v.blanks.map((b) => `! ${b}`),
      ...v.assumptions.map((a) => `  ${a}`),
    ].join("\n"),
  run: (ctx, input) =>
    withChain(ctx, input, async ({ snapshot, parts, chain, scenarios, unknown }) => {
      const narrow = narrowIn(chain, scenarios)
      const staged = new Set(chain.slots.map((s) => s.participation.entity))
      const titleOf = (stage: number) => STAGES.find((s) => s.stage === stage)!.title
      const wayOf = (route: string) => ROUTES.find((r) => r.id === route)!.title
      const legs = (stage: number) => stage === 4 || stage === 5
      return {
        snapshot: snapshot.id,
        weeks: parts.weeks,
        from: parts.from,
        to: parts.to,
        routes: chain.routes.map((id) => ({ id, title: wayOf(id), flow: alone(chain, scenarios, id) })),
        flow: knownRange(scenarios.map((s) => flowOf(chain, s))),
        unknown,
        cells: chain.cells.map((cell, c) => ({
          stage: cell.stage,
          title: titleOf(cell.stage),
          route: legs(cell.stage) ? cell.route : "all",
          known: cell.slots.length,
          blank: cell.blank,
          capacity: cell.capacity,
          narrow: narrow[c]!,
          players: cell.slots
            .map((s) => chain.slots[s]!.participation)
            .map((p) => ({ entity: p.entity, label: p.label, days: p.days.length, conducts: p.conducts, records: p.records.slice(0, 6) }))
            .sort((a, b) => b.days - a.days || (a.entity < b.entity ? -1 : 1)),
        })),
        unstaged: parts.players.filter((p) => !staged.has(p.entity)).map(({ entity, label }) => ({ entity, label })),
        blanks: chain.cells.flatMap((cell, c) => {
          const at = { n: cell.stage, stage: titleOf(cell.stage), way: wayOf(cell.route), days: daysOf(chain, c) }
          if (cell.blank) return [say(legs(cell.stage) ? "blank.way" : "blank.stage", at)]
          return cell.slots.length === 1 ? [say(legs(cell.stage) ? "blank.one-way" : "blank.one", at)] : []
        }),
        assumptions: [...ASSUMPTIONS],
      }
    }),
})

const daysOf = (chain: Chain, cell: number): number =>
  chain.cells[cell]!.slots.reduce((sum, s) => sum + chain.slots[s]!.participation.days.length, 0)
