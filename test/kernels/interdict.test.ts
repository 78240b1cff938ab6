import { afterAll, expect, test } from "vitest"
import { flows, rng } from "#kernels"
import { LONG } from "../support/dice.ts"

const solver = flows.openSolver()
afterAll(() => solver.close())

/** Largest flow by single paths found breadth first. */
function plainFlow(n: number, arcs: readonly { from: number; to: number; capacity: number }[]): number {
  const left = Array.from({ length: n }, () => new Float64Array(n))
  for (const a of arcs) left[a.from]![a.to]! += a.capacity
  for (let value = 0; ; ) {
    const by = new Map([[0, -1]])
    for (const v of by.keys()) for (let w = 0; w < n; w++) if (!by.has(w) && left[v]![w]! > 1e-9) by.set(w, v)
    if (!by.has(n - 1)) return value
    const path: [number, number][] = []
    for (let v = n - 1; v !== 0; v = by.get(v)!) path.push([by.get(v)!, v])
    const least = Math.min(...path.map(([a, b]) => left[a]![b]!))
    for (const [a, b] of path) {
      left[a]![b]! -= least
      left[b]![a]! += least
    }
    value += least
  }
}

function instance(seed: number): flows.Interdiction {
  const r = rng(seed)
  const n = 4 + r.int(6)
  const arcs = Array.from({ length: n + r.int(2 * n) }, () => ({ from: r.int(n - 1), to: 1 + r.int(n - 1) })).filter((a) => a.from !== a.to)
  for (let v = 0; v < n - 1; v++) arcs.push({ from: v, to: v + 1 })
  return {
    network: { n, source: 0, sink: n - 1, from: arcs.map((a) => a.from), to: arcs.map((a) => a.to) },
    scenarios: Array.from({ length: 1 + r.int(5) }, () => arcs.map(() => (r.next() < 0.15 ? 0 : Math.round(r.next() * 1000) / 100))),
    cutters: Array.from({ length: 1 + r.int(6) }, () => ({
      cost: 1 + r.int(4),
      cuts: Array.from({ length: 1 + r.int(3) }, () => ({ arc: r.int(arcs.length), share: r.next() < 0.5 ? 1 : r.int(10) / 10 })),
    })),
    aversion: [0, 0.5, 1][r.int(3)]!,
    tail: [0.1, 0.3, 1][r.int(3)]!,
  }
}

/** The least that any choice within the budget leaves, by trying all. */
function leastOf(p: flows.Interdiction, budget: number): number {
  const { cutters, scenarios, network, aversion = 0, tail = 0.1 } = p
  const chance = scenarios.map(() => 1 / scenarios.length)
  let least = Infinity
  for (let set = 0; set < 2 ** cutters.length; set++) {
    const used = cutters.filter((_, c) => (set >> c) & 1)
    if (used.reduce((sum, c) => sum + c.cost, 0) > budget) continue
    const left = scenarios.map((capacity) => {
      const arcs = Array.from(network.from, (from, arc) => {
        const taken = Math.max(0, ...used.flatMap((c) => c.cuts.filter((cut) => cut.arc === arc).map((cut) => cut.share)))
        return { from, to: network.to[arc]!, capacity: capacity[arc]! * (1 - taken) }
      })
      return plainFlow(network.n, arcs)
    })
    const mean = left.reduce((a, b) => a + b, 0) / left.length
    least = Math.min(least, (1 - aversion) * mean + aversion * flows.tailMean(left, chance, tail))
  }
  return least
}

test("on hundreds of small random networks the choice is as good as the best of all choices, with proof", async () => {
  for (let seed = 1; seed <= (LONG ? 1000 : 220); seed++) {
    const problem = instance(seed)
    const budgets = [0, 2, 5]
    for (const plan of await flows.interdict(problem, budgets, solver)) {
      expect(plan.value, `seed ${seed}, budget ${plan.budget}`).toBeCloseTo(leastOf(problem, plan.budget), 6)
      expect(plan.optimal, `seed ${seed}`).toBe(true)
      expect(plan.cost).toBeLessThanOrEqual(plan.budget)
      expect([...flows.flowUnder(problem, plan.chosen)]).toEqual([...plan.left])
    }
  }
})

test("where the rounds do not suffice the gap is told and holds the best value", async () => {
  const hard = Array.from({ length: 200 }, (_, i) => instance(5000 + i)).find(
    (p) => p.cutters.length === 6 && leastOf(p, 6) < leastOf(p, 0) - 1,
  )!
  const [plan] = await flows.interdict(hard, [6], solver, { rounds: 1 })
  expect(plan!.bound).toBeLessThanOrEqual(leastOf(hard, 6) + 1e-6)
  expect(plan!.value).toBeGreaterThanOrEqual(leastOf(hard, 6) - 1e-6)
})

test("the mean of the tail takes part of a scenario where a whole one is too much", () => {
  expect(flows.tailMean([1, 2, 3, 4], [0.25, 0.25, 0.25, 0.25], 0.5)).toBeCloseTo(3.5)
  expect(flows.tailMean([1, 4], [0.5, 0.5], 0.75)).toBeCloseTo(3)
})
