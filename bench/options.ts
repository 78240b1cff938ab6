/**
 * Sets of k players against the ground truth: by the flow over the scenarios, first by betweenness, by degree and by evidence, the one of these
 * that the forecasts prefer (`chosen`), and 10 random sets, all removed from the operation as it is in truth (every part that anybody took
 * in any launch, every tie), with and without regrowth. Usage: node bench/options.ts [--scale S] [--seeds 101-130] [--missing 0.2] [--k 5]
 * [--worlds DIR]. Prints a line per seed and, at the end, means over the seeds; `behind` is how much more of the flow gets through than
 * under the best simpler way, beyond that way's range; `told` whether the forecasts said that the two cannot be told apart; `beyond`
 * whether the best simpler way did better than the chosen set, and better than its forecast's range reaches, `held` whether the chosen set
 * did what its forecast said.
 */
import { parseArgs } from "node:util"
import { flows, rng } from "#kernels"
import { chainOf, flowOf, rangeOf } from "../src/stages/plan/chain/chain.ts"
import { drawsOf, scenariosOf } from "../src/stages/plan/chain/scenarios.ts"
import { bestOf, summaryOf } from "../src/stages/plan/options/compare.ts"
import { actionsOf } from "../src/stages/plan/options/option.ts"
import { setsOf } from "../src/stages/plan/options/sets.ts"
import { type Outcome, outcomesOf } from "../src/stages/plan/regrowth/regrowth.ts"
import { wholeOperation } from "./whole-operation.ts"
import { type SeenWorld, seedsOf, seenWorld, WORLDS } from "./worlds.ts"

const { values } = parseArgs({
  options: {
    scale: { type: "string", default: "S" },
    seeds: { type: "string", default: "101-130" },
    missing: { type: "string", default: "0.2" },
    k: { type: "string", default: "5" },
    worlds: { type: "string", default: WORLDS },
  },
})
const k = Number(values.k)
const RANDOM_SETS = 10
const RUNS = 60
const WEEKS = [4, 52]
/** Differences below are of the sums of floating-point numbers. */
const ROUNDING = 1e-9
/** The forecasts are of all ways of recovery; the truth is looked at without any, and with those of the same place and stage taking over. */
const IN_TRUTH: readonly flows.Mechanism[] = ["none", "alike"]

type Ranges = Record<string, ReturnType<typeof rangeOf>>
const round = (x: number) => Math.round(x * 1000) / 1000
const all: { of: string; ranges: Ranges; behind: number; told: boolean; beyond: boolean; held: boolean }[] = []

async function measure(world: SeenWorld): Promise<void> {
  const chain = chainOf(world.participations)
  const draws = drawsOf(
    world.draws,
    world.players.map((p) => p.entity),
    world.ties,
  )
  const scenarios = scenariosOf(chain, draws, 1).filter((s) => flowOf(chain, s) !== null)
  const parts = { ...world.participations, players: world.players, from: null, to: null }
  const sets = setsOf({ parts, chain, scenarios, ties: world.ties }, { size: k, spared: new Set() })
  const forecasts: { name: string; outcomes: Outcome[]; summary: ReturnType<typeof summaryOf> }[] = []
  for (const { name, players } of sets) {
    const actions = actionsOf({ name, levers: [], players }, chain, parts, "2026-06-01")
    const outcomes = await outcomesOf({ ties: async () => world.ties }, parts, chain, scenarios, actions, {
      mechanisms: flows.MECHANISMS,
      runs: RUNS,
      seed: 1,
    })
    forecasts.push({ name, outcomes, summary: summaryOf(outcomes) })
  }
  const best = bestOf(forecasts)!
  const truth = wholeOperation(world.truth)
  const person = (entity: string) => world.known[entity]?.person ?? null
  const removed: Record<string, (string | null)[][]> = Object.fromEntries(sets.map((s) => [s.name, [s.players.map(person)]]))
  removed.chosen = removed[best.name]!
  removed.random = Array.from({ length: RANDOM_SETS }, (_, i) =>
    rng(7, i)
      .shuffle(world.players.map((p) => person(p.entity)))
      .slice(0, k),
  )
  const simple = [...sets.filter((s) => !s.byFlow).map((s) => s.name), "random"]
  const line: Record<string, unknown> = { seed: world.seed, players: world.players.length, preferred: best.name, apart: best.apart }
  for (const mechanism of IN_TRUTH) {
    const runs = await Promise.all(
      Object.entries(removed).map(
        async ([name, own]) => [name, await Promise.all(own.map((set) => truth.without(set, mechanism)))] as const,
      ),
    )
    WEEKS.forEach((weeks, h) => {
      const ranges: Ranges = Object.fromEntries(runs.map(([name, own]) => [name, rangeOf(own.flatMap((r) => r[h]!))]))
      const rival = simple.reduce((a, b) => (ranges[b]!.middle < ranges[a]!.middle ? b : a))
      const behind = Math.max(0, ranges.chosen!.middle - ranges[rival]!.high)
      const reach = forecasts.find((f) => f.name === best.name)!.outcomes.find((o) => o.mechanism === mechanism && o.weeks === weeks)!
      const beyond = ranges[rival]!.middle < Math.min(reach.change.low, ranges.chosen!.middle) - ROUNDING
      const held = ranges.chosen!.middle >= reach.change.low - ROUNDING && ranges.chosen!.middle <= reach.change.high + ROUNDING
      all.push({ of: `${mechanism} ${weeks}`, ranges, behind, told: !best.apart, beyond, held })
      line[`${mechanism} ${weeks}`] = {
        ...Object.fromEntries(Object.entries(ranges).map(([name, r]) => [name, [r.low, r.middle, r.high].map(round)])),
        rival,
        behind: round(behind),
        forecast: [reach.change.low, reach.change.middle, reach.change.high].map(round),
      }
    })
  }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

for (const seed of seedsOf(values.seeds)) {
  const world = await seenWorld(seed, {
    folder: values.worlds,
    scale: values.scale as SeenWorld["scale"],
    missing: Number(values.missing),
  })
  if (world.smuggling) await measure(world)
}
for (const [of, own] of Map.groupBy(all, (x) => x.of)) {
  const mean = (name: string) => round(own.reduce((sum, x) => sum + x.ranges[name]!.middle, 0) / own.length)
  process.stdout.write(
    `${JSON.stringify({
      of,
      worlds: own.length,
      ...Object.fromEntries(Object.keys(own[0]!.ranges).map((name) => [name, mean(name)])),
      behind: own.filter((x) => x.behind > ROUNDING).length,
      behindUntold: own.filter((x) => x.behind > ROUNDING && !x.told).length,
      beyond: own.filter((x) => x.beyond).length,
      held: own.filter((x) => x.held).length,
      mostBehind: round(Math.max(...own.map((x) => x.behind))),
    })}\n`,
  )
}
