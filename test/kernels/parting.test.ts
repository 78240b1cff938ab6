import { expect, test } from "vitest"
import { graphFrom } from "#kernels"
import { disjointWays } from "../../src/ground/kernels/sets/disjoint.ts"
import { objectiveOf } from "../../src/ground/kernels/sets/objective.ts"
import { byParting } from "../../src/ground/kernels/sets/parting.ts"
import fc from "../support/properties.ts"
import { distances, matrix } from "./oracles.ts"

/** A dense middle with others hanging on it and on each other, and a few that hang on nothing. */
const network = fc
  .record({
    middle: fc.integer({ min: 4, max: 7 }),
    others: fc.integer({ min: 0, max: 6 }),
    gaps: fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 5 }),
    ties: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 14 }),
  })
  .map(({ middle, others, gaps, ties }) => {
    const n = middle + others
    const edges: [number, number][] = []
    for (let i = 0; i < middle; i++) for (let j = 0; j < i; j++) if (!gaps.includes(edges.length)) edges.push([i, j])
    if (others > 0) for (const [a, b] of ties) edges.push([middle + (a % others), b % n])
    return graphFrom({ n, source: edges.map((e) => e[0]), target: edges.map((e) => e[1]) }).graph
  })

function subsets(nodes: readonly number[], k: number): number[][] {
  if (k === 0) return [[]]
  return nodes.flatMap((v, i) => subsets(nodes.slice(i + 1), k - 1).map((rest) => [v, ...rest]))
}

const nodesOf = (n: number) => Array.from({ length: n }, (_, v) => v)

test("the set that is proved by parting has the highest value of all that may be taken", () => {
  let proved = 0
  let runs = 0
  fc.assert(
    fc.property(network, fc.integer({ min: 1, max: 4 }), fc.nat(), (graph, k, barred) => {
      const may = Uint8Array.from(nodesOf(graph.n), (v) => (barred % 3 > 0 && (barred >> v) & 1 ? 0 : 1))
      const open = nodesOf(graph.n).filter((v) => may[v])
      if (open.length < k || graph.n - k < 2) return
      runs++
      const objective = objectiveOf(graph, "fragment", 2)
      const found = byParting(graph, objective, may, k, 1e9, Int32Array.from(open.slice(0, k)))
      const most = Math.max(...subsets(open, k).map((s) => objective.value(s)))
      expect(found.bound).toBeGreaterThanOrEqual(most - 1e-12)
      expect(objective.value(found.set)).toBeCloseTo(found.value, 12)
      expect([...found.set].every((v) => may[v])).toBe(true)
      expect(new Set(found.set).size).toBe(k)
      if (found.bound > found.value + 1e-12) return
      proved++
      expect(found.value).toBeCloseTo(most, 12)
    }),
    { numRuns: 2000 },
  )
  expect(proved).toBeGreaterThan(0.75 * runs)
})

test("a search that is broken off gives a bound that no set exceeds", () => {
  fc.assert(
    fc.property(network, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2000 }), (graph, k, effort) => {
      if (graph.n - k < 2) return
      const objective = objectiveOf(graph, "fragment", 2)
      const found = byParting(graph, objective, new Uint8Array(graph.n).fill(1), k, effort, Int32Array.from(nodesOf(k)))
      const most = Math.max(...subsets(nodesOf(graph.n), k).map((s) => objective.value(s)))
      expect(found.bound).toBeGreaterThanOrEqual(most - 1e-12)
      expect(found.value).toBeLessThanOrEqual(found.bound + 1e-12)
    }),
    { numRuns: 500 },
  )
})

test("what is long or wide ends within the effort, with a bound that holds", () => {
  const shapes: Record<string, (v: number) => number> = {
    path: (v) => v - 1,
    tree: (v) => (v - 1) >> 1,
    combs: (v) => (v % 50 === 0 ? v - 50 : v - 1),
  }
  for (const [name, above] of Object.entries(shapes))
    for (const n of [500, 6000]) {
      const { graph } = graphFrom({ n, source: nodesOf(n).slice(1), target: nodesOf(n).slice(1).map(above) })
      const objective = objectiveOf(graph, "fragment", 2)
      const middle = Int32Array.from([n >> 2, n >> 1])
      const found = byParting(graph, objective, new Uint8Array(n).fill(1), 2, 2e6, Int32Array.from([0, 1]))
      expect(found.bound, `${name} ${n}`).toBeGreaterThanOrEqual(Math.max(found.value, objective.value(middle)))
      expect(objective.value(found.set)).toBeCloseTo(found.value, 12)
    }
})

test("as many ways share nothing as nodes must go to cut them all (Menger 1927)", () => {
  fc.assert(
    fc.property(network, fc.nat(), fc.nat(), (graph, marked, shut) => {
      const { n } = graph
      const ends = Uint8Array.from(nodesOf(n), (v) => Number(v > 0 && ((marked >> v) & 1) === 1))
      const closed = Uint8Array.from(nodesOf(n), (v) => Number(v > 0 && ((shut >> v) & 3) === 3))
      const a = matrix(graph, false)
      const reaches = (gone: readonly number[]) => {
        const off = (v: number) => gone.includes(v) || closed[v] === 1
        // Nobody goes on from an end.
        const far = distances(a.map((row, i) => row.map((w, j) => (off(i) || off(j) || ends[i] ? 0 : w))))
        return nodesOf(n).some((v) => ends[v] && !off(v) && far[0]![v]! < Infinity)
      }
      const others = nodesOf(n).filter((v) => v > 0)
      let cut = 0
      while (subsets(others, cut).every((s) => reaches(s))) cut++
      const ways = disjointWays(graph)
      expect(ways.count(0, ends, closed, n)).toBe(cut)
      expect(ways.on().filter((v) => ends[v]).length).toBe(cut)
      expect(ways.count(0, ends, closed, 1)).toBe(Math.min(1, cut))
    }),
    { numRuns: 300 },
  )
})
