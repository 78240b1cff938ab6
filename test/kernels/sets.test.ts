import { describe, expect, test } from "vitest"
import { type Graph, graphFrom, keySets, rng } from "#kernels"
import fc from "../support/properties.ts"
import { build, distances, graphs, KARATE, matrix } from "./oracles.ts"

const { keyPlayers, SET_GOALS } = keySets

/** Borgatti's figures by their definition, over all pairs. */
function naive(graph: Graph, goal: keySets.SetGoal, steps: number, set: readonly number[]): number {
  const a = matrix(graph, false)
  const left = [...a.keys()].filter((v) => !set.includes(v))
  const far = distances(goal.startsWith("reach") ? a : a.map((row, i) => row.map((w, j) => (left.includes(i) && left.includes(j) ? w : 0))))
  const pairs = left.length * (left.length - 1)
  const over = (f: (d: number) => number) => left.reduce((sum, i) => sum + left.reduce((s, j) => s + (i === j ? 0 : f(far[i]![j]!)), 0), 0)
  const nearest = [...a.keys()].map((v) => Math.min(Infinity, ...set.map((s) => far[s]![v]!)))
  if (goal === "fragment") return pairs === 0 ? 1 : 1 - over((d) => (d < Infinity ? 1 : 0)) / pairs
  if (goal === "fragment-distance") return pairs === 0 ? 1 : 1 - over((d) => 1 / d) / pairs
  if (goal === "reach") return nearest.filter((d) => d <= steps).length / a.length
  return nearest.reduce((sum, d) => sum + 1 / Math.max(1, d), 0) / a.length
}

function subsets(nodes: readonly number[], k: number): number[][] {
  if (k === 0) return [[]]
  return nodes.flatMap((v, i) => subsets(nodes.slice(i + 1), k - 1).map((rest) => [v, ...rest]))
}

describe.each(SET_GOALS)("key players for %s", (goal) => {
  test("the proved set has the highest value of all sets that may be taken, and its figures are the definition's", async () => {
    await fc.assert(
      fc.asyncProperty(graphs(false, 9), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 511 }), async (list, k, barred) => {
        const graph = build(list)
        const may = Array.from({ length: graph.n }, (_, v) => ((barred >> v) & 1 && barred % 3 > 0 ? 0 : 1))
        const open = [...may.keys()].filter((v) => may[v])
        if (open.length < k) return
        const found = await keyPlayers(graph, { k, goal, among: may })
        const most = Math.max(...subsets(open, k).map((s) => naive(graph, goal, 2, s)))
        expect(found.optimal).toBe(true)
        expect(found.value).toBeCloseTo(most, 10)
        expect(naive(graph, goal, 2, [...found.set])).toBeCloseTo(found.value, 10)
        expect([...found.set].every((v) => may[v] === 1)).toBe(true)
        expect(found.before).toBeCloseTo(naive(graph, goal, 2, []), 10)
        for (const [i, v] of found.set.entries())
          expect(found.value - found.adds[i]!).toBeCloseTo(
            naive(
              graph,
              goal,
              2,
              [...found.set].filter((w) => w !== v),
            ),
            10,
          )
        for (const other of found.compared) {
          expect(new Set(other.set).size).toBe(k)
          expect(other.value).toBeLessThanOrEqual(found.value + 1e-12)
        }
      }),
      { numRuns: 60 },
    )
  })

  test("without the effort for a proof the search says so, is mostly right, and never above its bound", async () => {
    const random = rng(goal.length)
    let right = 0
    for (let run = 0; run < 20; run++) {
      const ends = Array.from({ length: 60 }, () => random.int(20))
      const { graph } = graphFrom({ n: 20, source: ends.slice(0, 30), target: ends.slice(30) })
      const exact = await keyPlayers(graph, { k: 3, goal, steps: 1 })
      const found = await keyPlayers(graph, { k: 3, goal, steps: 1, effort: 0 })
      expect([exact.optimal, found.optimal]).toEqual([true, false])
      expect(found.value).toBeLessThanOrEqual(exact.value + 1e-12)
      expect(found.bound ?? 1).toBeGreaterThanOrEqual(exact.value - 1e-12)
      if (found.value > exact.value - 1e-12) right++
    }
    expect(right).toBeGreaterThan(16)
  })
})

describe.each(["fragment", "reach", "reach-distance"] as const)("by integer programming, for %s", (goal) => {
  test("the set has the highest value of all sets that may be taken, and says that it is proved", async () => {
    const solver = keySets.openSolver()
    try {
      await fc.assert(
        fc.asyncProperty(graphs(false, 9), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 511 }), async (list, k, barred) => {
          const graph = build(list)
          const may = Array.from({ length: graph.n }, (_, v) => ((barred >> v) & 1 && barred % 3 > 0 ? 0 : 1))
          const open = [...may.keys()].filter((v) => may[v])
          if (open.length < k) return
          const found = await keyPlayers(graph, { k, goal, steps: 1, among: may, effort: 0 }, undefined, solver)
          expect([found.optimal, found.by]).toEqual([true, "integer programming"])
          expect(found.value).toBeCloseTo(Math.max(...subsets(open, k).map((s) => naive(graph, goal, 1, s))), 10)
          expect(found.bound).toBe(found.value)
          expect([...found.set].every((v) => may[v] === 1)).toBe(true)
          expect(found.set).toHaveLength(k)
        }),
        { numRuns: 80 },
      )
    } finally {
      await solver.close()
    }
  })
})

test("a set is held against the best of each drawing of the network", () => {
  fc.assert(
    fc.property(graphs(false, 8), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 9 }), (list, k, seed) => {
      const graph = build(list)
      if (graph.n < k + 2) return
      const random = rng(seed)
      const drawings = [1, 2, 3, 4].map(() => {
        const stays = [...graph.weight.keys()].filter(() => random.next() < 0.7)
        return graphFrom({ n: graph.n, source: stays.map((e) => graph.from[e]!), target: stays.map((e) => graph.to[e]!) }).graph
      })
      const nodes = Array.from({ length: graph.n }, (_, v) => v)
      const set = nodes.slice(0, k)
      const found = keySets.redrawn(drawings, Int32Array.from(set), { goal: "fragment", steps: 2, among: nodes.map(() => 1), draws: 4 })!
      const own = drawings.map((d) => naive(d, "fragment", 2, set))
      const most = drawings.map((d) => Math.max(...subsets(nodes, k).map((s) => naive(d, "fragment", 2, s))))
      const ascending = own.toSorted((a, b) => a - b)
      expect(found.value[1]).toBeCloseTo((ascending[1]! + ascending[2]!) / 2, 10)
      expect(found.best).toBe(own.filter((x, d) => x >= most[d]! - 1e-9).length / 4)
      const short = most.map((x, d) => x - own[d]!).sort((a, b) => a - b)
      expect(found.short[0]).toBeCloseTo((short[1]! + short[2]!) / 2, 10)
      expect(found.share.reduce((sum, s) => sum + s, 0)).toBeCloseTo(k, 10)
      for (const v of set) expect(found.share[v]).toBeGreaterThanOrEqual(found.best)
    }),
    { numRuns: 100 },
  )
  // No drawing may take longer than its share of the effort.
  expect(
    keySets.redrawn([KARATE], Int32Array.from([0]), { goal: "fragment", steps: 2, among: new Uint8Array(KARATE.n).fill(1), draws: 1e9 }),
  ).toBeNull()
})

test("a hub of leaves: leaves stand under their hub, and the proof need not look at them", async () => {
  const source = Array.from({ length: 60 }, (_, i) => Math.floor(i / 20))
  const { graph } = graphFrom({ n: 63, source: [...source, 0, 1], target: [...source.map((_, i) => i + 3), 1, 2] })
  const found = await keyPlayers(graph, { k: 3, goal: "fragment" })
  expect([...found.set]).toEqual([0, 1, 2])
  expect(found.value).toBe(1)
  expect(found.looked).toBeLessThan(5)
})

test("the same seed draws the same random sets, and there is no set larger than those who may be in it", async () => {
  const one = await keyPlayers(KARATE, { k: 2, goal: "fragment", seed: 4 })
  expect(await keyPlayers(KARATE, { k: 2, goal: "fragment", seed: 4 })).toEqual(one)
  expect(one.random.low).toBeLessThanOrEqual(one.random.mean)
  await expect(keyPlayers(KARATE, { k: 2, goal: "reach", among: [1] })).rejects.toMatchObject({ code: "invalid.set-size" })
})

test("group betweenness is the share of pairs outside whose shortest paths meet the set; greedy takes who raises it most", async () => {
  await fc.assert(
    fc.asyncProperty(graphs(false, 8), fc.integer({ min: 1, max: 3 }), async (list, k) => {
      const graph = build(list)
      if (graph.n < k) return
      const a = matrix(graph, false)
      const d = distances(a)
      const paths = (s: number, t: number, open: (v: number) => boolean): number =>
        s === t
          ? 1
          : [...a.keys()]
              .filter((u) => a[u]![t] && d[s]![u]! + 1 === d[s]![t] && (u === s || open(u)))
              .reduce((sum, u) => sum + paths(s, u, open), 0)
      const between = (set: readonly number[]) => {
        const left = [...a.keys()].filter((v) => !set.includes(v))
        const share = (s: number, t: number) =>
          s === t || d[s]![t] === Infinity ? 0 : 1 - paths(s, t, (v) => !set.includes(v)) / paths(s, t, () => true)
        return left.length < 2
          ? 0
          : left.reduce((sum, s) => sum + left.reduce((x, t) => x + share(s, t), 0), 0) / (left.length * (left.length - 1))
      }
      const found = await keyPlayers(graph, { k, goal: "fragment" })
      expect(found.between).toBeCloseTo(between([...found.set]), 10)
      const first = (await keyPlayers(graph, { k: 1, goal: "fragment" })).compared.find((c) => c.method === "group betweenness")!
      expect(between([...first.set])).toBeCloseTo(Math.max(...[...a.keys()].map((v) => between([v]))), 10)
    }),
    { numRuns: 50 },
  )
})
