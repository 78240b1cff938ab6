import { expect, test } from "vitest"
import { type Graph, graphFrom } from "#kernels"
import { type Chain, chainOf, flowOf, onEverySide } from "../../src/stages/plan/chain/chain.ts"
import type { Participation } from "../../src/stages/plan/chain/participation.ts"
import { scenariosOf } from "../../src/stages/plan/chain/scenarios.ts"
import { sidesOf } from "../../src/stages/plan/chain/sides.ts"
import { leftOf } from "../../src/stages/plan/options/left.ts"

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
  conducts: ["organises"],
  days: Array.from({ length: events }, (_, n) => ({ day: `2026-01-0${n + 1}`, event: `e${n}` })),
  records: [],
  routes: [{ route: "unknown", share: 1 }],
})

const DRAWS = 200
const scenarios = (chain: Chain, graph: Graph) =>
  scenariosOf(
    chain,
    sidesOf(PLAYERS, graph, DRAWS).map((sides) => ({ keeps: () => true, unseen: 0.1, sides })),
    1,
  )
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length

// Launches of both; deposits are held by three of the first group and by one of the second.
const LIST = [...["a1", "a2", "b1", "b2"].map((e) => works(e, 8, 4)), ...["a3", "a4", "a5"].map((e) => works(e, 2, 4)), works("b3", 2, 4)]
const APART = clique([0, 1, 2, 3, 4], [5, 6, 7, 8, 9])
const TOGETHER = clique([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])

test("whom one group loses the other's people do not replace", () => {
  const chain = chainOf({ list: LIST, weeks: 10 })
  const apart = leftOf(chain, scenarios(chain, APART))
  const together = leftOf(chain, scenarios(chain, TOGETHER))
  const left = (of: typeof apart, gone: string[]) => mean(of.map((f) => f(gone)))

  expect(left(apart, [])).toBeCloseTo(1, 12)
  // The one who alone holds deposits for the second group ends what is known of it: half of all.
  expect(left(apart, ["b3"])).toBeLessThan(left(together, ["b3"]) - 0.1)
  // One of three weighs a third of his group.
  expect(left(apart, ["a3"])).toBeGreaterThan(left(apart, ["b3"]) + 0.1)
  // Two stages of one group are cut by the worse of them alone.
  expect(left(apart, ["b3", "b1"])).toBeCloseTo(left(apart, ["b3"]), 1)
  for (const f of apart) for (const gone of [["a1"], ["b1", "b3"], PLAYERS]) expect(f(gone)).toBeGreaterThanOrEqual(-1e-12)
})

test("each side carries its part of every stage, and the flow that is left is what the least of the stages carries", () => {
  const chain = chainOf({ list: LIST, weeks: 10 })
  let sides = 0
  for (const scenario of scenarios(chain, APART)) {
    const { capacity, weight } = scenario
    sides = Math.max(sides, weight.length)
    expect(weight.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
    const stage = (number: number) => chain.cells.findIndex((c) => c.stage === number)
    const carried = (number: number, side: number) =>
      [chain.unseen[stage(number)]!, ...chain.cells[stage(number)]!.slots.map((s) => chain.slots[s]!.arc)].reduce(
        (sum, arc) => sum + capacity[side * chain.arcs + arc]!,
        0,
      )
    for (const number of [2, 8]) {
      const all = weight.reduce((sum, _, side) => sum + carried(number, side), 0)
      weight.forEach((part, side) => {
        expect(carried(number, side) / all).toBeCloseTo(part, 9)
      })
    }
    const flow = flowOf(chain, scenario)!
    for (const gone of [["b3"], ["a1", "a3"], ["a3", "a4", "a5"], PLAYERS]) {
      const without = capacity.slice()
      for (const slot of chain.slots)
        if (gone.includes(slot.participation.entity)) for (const arc of onEverySide(chain, slot.arc)) without[arc] = 0
      expect(flowOf(chain, { capacity: without, weight })! / flow).toBeCloseTo(leftOf(chain, [scenario])[0]!(gone), 6)
    }
  }
  expect(sides).toBe(2)
})

test("who is shown by one seizure alone leaves more of a stage to whom nobody saw", () => {
  const left = (events: number) => {
    const chain = chainOf({
      list: [...["a1", "a2"].map((e) => works(e, 8, 4)), ...["a3", "a4", "a5"].map((e) => works(e, 2, events))],
      weeks: 10,
    })
    return mean(leftOf(chain, scenarios(chain, clique())).map((f) => f(["a3", "a4", "a5"])))
  }
  expect(left(1)).toBeGreaterThan(left(4) + 0.2)
})

test("where fewer are known than at the best-known stage, the others are unseen and not missing", () => {
  const left = (known: number) => {
    const few = ["a3", "a4", "a5", "b3"].slice(0, known)
    const chain = chainOf({ list: [...["a1", "a2", "b1", "b2"].map((e) => works(e, 8, 4)), ...few.map((e) => works(e, 2, 4))], weeks: 10 })
    return mean(leftOf(chain, scenarios(chain, TOGETHER)).map((f) => f(few)))
  }
  expect(left(1)).toBeGreaterThan(0.75)
  expect(left(4)).toBeLessThan(left(1) - 0.2)
})

test("those who launch together on one day can do without each other, those of different days cannot", () => {
  const on = (entity: string, stage: Participation["stage"], first: number) => ({
    ...works(entity, stage, 4),
    days: Array.from({ length: 4 }, (_, n) => ({ day: `day ${n + first}`, event: `e${n}` })),
  })
  const left = (apart: number) => {
    const launching = ["a1", "a2", "a3"].map((e, i) => on(e, 8, i * apart))
    const holding = ["a4", "a5", "b1"].map((e, i) => on(e, 2, i * 4))
    const chain = chainOf({ list: [...launching, ...holding], weeks: 10 })
    return mean(leftOf(chain, scenarios(chain, TOGETHER)).map((f) => f(["a1"])))
  }
  expect(left(0)).toBeGreaterThan(0.95)
  expect(left(4)).toBeLessThan(left(0) - 0.1)
})

test("whoever is only paid at the release stands in no stage of the chain, and still does where he orders releases, too", () => {
  const paid = (entity: string, ...conducts: string[]) => ({ ...works(entity, 9, 2), conducts })
  const { cells, slots } = chainOf({ list: [...LIST, paid("b4", "is-paid"), paid("b5", "finances", "is-paid")], weeks: 10 })
  expect(slots.filter((s) => s.participation.stage === 9).map((s) => s.participation.entity)).toEqual(["b5"])
  expect(cells.find((c) => c.stage === 9)!.blank).toBe(false)
  expect(chainOf({ list: [...LIST, paid("b4", "is-paid")], weeks: 10 }).cells.find((c) => c.stage === 9)!.blank).toBe(true)
})

test("where most of the best-known stage are shown by one seizure each, every stage is taken to have more people", () => {
  const left = (events: number) => {
    const chain = chainOf({
      list: [...["a1", "a2", "b1", "b2", "b4"].map((e) => works(e, 8, events)), ...["a3", "a4", "a5"].map((e) => works(e, 2, 4))],
      weeks: 10,
    })
    return mean(leftOf(chain, scenarios(chain, TOGETHER)).map((f) => f(["a3", "a4", "a5"])))
  }
  expect(left(1)).toBeGreaterThan(left(4) + 0.1)
})

test("whoever is shown driving to launches is taken to be at work elsewhere in more scenarios than whoever directs them", () => {
  const drives = { ...works("a1", 8, 4), conducts: ["transports"] }
  const directs = { ...works("a2", 8, 4), conducts: ["organises", "transports"] }
  const chain = chainOf({ list: [drives, directs, ...["a3", "a4", "b3"].map((e) => works(e, 2, 4))], weeks: 10 })
  const away = (entity: string) =>
    mean(
      scenarios(chain, TOGETHER).map(({ capacity }) => {
        const arcs = chain.slots.filter((s) => s.participation.entity === entity).flatMap((s) => onEverySide(chain, s.arc))
        return arcs.every((arc) => capacity[arc] === 0) ? 1 : 0
      }),
    )
  expect(away("a1")).toBeGreaterThan(away("a2") + 0.2)
  expect(away("a2")).toBeGreaterThan(0.1)
  expect(away("a1")).toBeLessThan(0.7)
})
