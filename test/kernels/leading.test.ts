import { expect, test } from "vitest"
import { type Graph, graphFrom, MEASURES, rng } from "#kernels"
import fc from "../support/properties.ts"
import { apart, build, graphs, matrix } from "./oracles.ts"

const DOUBLINGS = 20

/** What powers of A' + I make of ones, by squaring the matrix: where two parts are equally strong, that is right to one in 2^20. */
function byPowers(graph: Graph): number[] {
  const scaled = (m: number[][]) => {
    const most = Math.max(...m.flat())
    return m.map((row) => row.map((x) => x / most))
  }
  const a = matrix(graph, true)
  let power = scaled(a.map((row, v) => row.map((_, u) => a[u]![v]! + Number(u === v))))
  for (let i = 0; i < DOUBLINGS; i++)
    power = scaled(power.map((row) => row.map((_, j) => row.reduce((sum, x, k) => sum + x * power[k]![j]!, 0))))
  const x = power.map((row) => row.reduce((sum, y) => sum + y, 0))
  const length = Math.hypot(...x)
  return x.map((y) => y / length)
}

/** Whether some way leads back to where it began. */
function circles(graph: Graph): boolean {
  let alive = new Set(Array(graph.n).keys())
  for (;;) {
    const fed = new Set(Array.from(graph.from).flatMap((a, e) => (alive.has(a) && alive.has(graph.to[e]!) ? [graph.to[e]!] : [])))
    if (fed.size === alive.size) return alive.size > 0
    alive = fed
  }
}

test("a directed eigenvector is what powers make of an even start, whichever parts are equally strong", () => {
  fc.assert(
    fc.property(graphs(true, 9), (list) => {
      const graph = build(list)
      const scores = MEASURES.eigenvector(graph, { weighted: true })
      if (circles(graph)) expect(apart(scores, byPowers(graph))).toBeLessThan(1e-3)
      else expect([...scores]).toEqual(Array(graph.n).fill(0))
    }),
    { numRuns: 400 },
  )
})

test("two pairs on one way: all is at its end, and what that end reaches", () => {
  const { graph } = graphFrom({ n: 6, source: [0, 1, 1, 2, 3, 3, 5], target: [1, 0, 2, 3, 2, 4, 0], directed: true })
  const third = 1 / Math.sqrt(3)
  expect([...MEASURES.eigenvector(graph)]).toEqual([0, 0, third, third, third, 0].map((x) => expect.closeTo(x, 12)))
})

test("katz of ways without a circle is a sum of walks", () => {
  // 0 → 1 → 2, 0 → 2: with the alpha of a graph without eigenvalue, 0.85.
  const { graph } = graphFrom({ n: 4, source: [0, 1, 0], target: [1, 2, 2], directed: true })
  const walks = [1, 1 + 0.85, 1 + 2 * 0.85 + 0.85 ** 2, 1]
  const length = Math.hypot(...walks)
  expect([...MEASURES.katz(graph)]).toEqual(walks.map((x) => expect.closeTo(x / length, 12)))
})

test("two dense parts that hardly touch settle all the same", () => {
  const random = rng(3)
  const source: number[] = []
  const target: number[] = []
  const weight: number[] = []
  const join = (a: number, b: number, w: number) => [source, target, weight].map((list, i) => list.push([a, b, w][i]!))
  for (const side of [0, 20])
    for (let a = 0; a < 20; a++) for (let b = 0; b < 20; b++) if (a !== b) join(side + a, side + b, 1 + random.next() / 50)
  join(0, 20, 1e-4)
  join(25, 3, 1e-4)
  const { graph } = graphFrom({ n: 40, source, target, weight, directed: true })
  const x = MEASURES.eigenvector(graph, { weighted: true })
  const image = new Float64Array(40)
  for (let e = 0; e < graph.m; e++) image[graph.to[e]!]! += graph.weight[e]! * x[graph.from[e]!]!
  const value = image[0]! / x[0]!
  expect(
    apart(
      image,
      x.map((y) => y * value),
    ),
  ).toBeLessThan(1e-10)
})
