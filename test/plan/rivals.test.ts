import { expect, test } from "vitest"
import { graphFrom } from "#kernels"
import { chainOf, scenariosOf } from "../../src/stages/plan/chain/chain.ts"
import type { Participation } from "../../src/stages/plan/chain/participation.ts"
import { rivalsOf } from "../../src/stages/plan/options/rivals.ts"

/** Two groups of five, each a clique: all of one carry goods, and of the other one alone holds deposits. */
const PLAYERS = ["a1", "a2", "a3", "a4", "a5", "b1", "b2", "b3", "b4", "b5"]

function clique(...groups: number[][]) {
  const pairs = groups.flatMap((g) => g.flatMap((a, i) => g.slice(i + 1).map((b) => [a, b] as const)))
  return graphFrom({ n: PLAYERS.length, source: pairs.map(([a]) => a), target: pairs.map(([, b]) => b) }).graph
}

const works = (entity: string, stage: Participation["stage"], events: number): Participation => ({
  entity,
  label: entity,
  stage,
  conducts: [],
  days: Array.from({ length: events }, (_, n) => ({ day: `2026-01-0${n + 1}`, event: `e${n}` })),
  records: [],
  routes: [{ route: "unknown", share: 1 }],
})

const everyDraw = Array.from({ length: 40 }, () => ({ keeps: () => true, unseen: 0.1 }))
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length

test("whom one group loses the other's people do not replace", () => {
  // Launches of both; deposits are held by three of the first group and by one of the second.
  const list = [...["a1", "a2", "b1", "b2"].map((e) => works(e, 8, 4)), ...["a3", "a4", "a5"].map((e) => works(e, 2, 4)), works("b3", 2, 4)]
  const chain = chainOf({ list, weeks: 10 })
  const scenarios = scenariosOf(chain, everyDraw, 1)
  const apart = rivalsOf(PLAYERS, clique([0, 1, 2, 3, 4], [5, 6, 7, 8, 9]), chain, scenarios)
  const together = rivalsOf(PLAYERS, clique([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), chain, scenarios)
  const left = (of: typeof apart, gone: string[]) => mean(of.map((f) => f(gone)))

  expect(left(apart, [])).toBe(1)
  // The one who alone holds deposits for the second group ends it, but for what nobody saw: half of all.
  expect(left(apart, ["b3"])).toBeLessThan(0.65)
  expect(left(together, ["b3"])).toBeGreaterThan(0.75)
  // One of three weighs a third of his group.
  expect(left(apart, ["a3"])).toBeGreaterThan(left(apart, ["b3"]) + 0.1)
  // Two stages of one group are cut by the worse of them alone.
  expect(left(apart, ["b3", "b1"])).toBeCloseTo(left(apart, ["b3"]), 1)
  for (const f of apart) for (const gone of [["a1"], ["b1", "b3"], PLAYERS]) expect(f(gone)).toBeGreaterThanOrEqual(0)
})

test("who is shown by one seizure alone leaves most of a stage to whom nobody saw", () => {
  const seen = (events: number) => {
    const list = [...["a1", "a2"].map((e) => works(e, 8, 4)), ...["a3", "a4", "a5"].map((e) => works(e, 2, events))]
    const chain = chainOf({ list, weeks: 10 })
    const [rivals, all] = [rivalsOf(PLAYERS, clique(), chain, scenariosOf(chain, everyDraw, 1)), ["a3", "a4", "a5"]]
    return mean(rivals.map((f) => f(all)))
  }
  expect(seen(1)).toBeGreaterThan(0.6)
  expect(seen(4)).toBeLessThan(0.4)
})
