import { expect, test } from "vitest"
import { graphFrom, MEASURES, rng, sampling } from "#kernels"
import { estimateFor } from "../../src/stages/network/estimate.ts"

const random = rng(8)
const { graph } = graphFrom({
  n: 600,
  source: Array.from({ length: 2400 }, () => random.int(600)),
  target: Array.from({ length: 2400 }, () => random.int(600)),
})

test("betweenness is exact where time allows, and other measures always are", () => {
  expect(estimateFor(graph, "betweenness", false, 200)).toEqual({ score: { weighted: false }, draws: { weighted: false }, says: null })
  expect(estimateFor(graph, "closeness", true, 200, 1000).says).toBe(null)
})

test("where there is time for the scores but not for every draw, the draws alone are estimates, and it says so", () => {
  const { score, draws, says } = estimateFor(graph, "betweenness", false, 200, 5_000_000)
  expect(score).toEqual({ weighted: false })
  const { sources } = sampling.betweennessWork(graph, {})
  expect(draws.pivots).toBeLessThan(sources)
  expect(says).toBe(`In each draw betweenness is estimated from ${draws.pivots} of ${sources} sources, which widens the intervals.`)
})

test("estimated scores say by how much they may err, and err by no more", () => {
  const { score, says } = estimateFor(graph, "betweenness", false, 200, 1_000_000)
  const sources = Number(/estimates from (\d+) of 600/.exec(says!)?.[1])
  expect(sources).toBe(Math.floor(1_000_000 / (600 + 2 * graph.m)))
  expect(score.within).toBeCloseTo(sampling.withinFor(600, sources), 12)
  expect(says).toContain(`none errs by more than ${Number(score.within!.toPrecision(2))}, with a chance of 0.95 for all together`)
  const exact = MEASURES.betweenness(graph)
  const sampled = MEASURES.betweenness(graph, score)
  expect(sampled).not.toEqual(exact)
  expect(Math.max(...exact.map((b, v) => Math.abs(b - sampled[v]!)))).toBeLessThanOrEqual(score.within!)
})

test("a crowd that one device knows needs no search, so that nothing of it is estimated", () => {
  const crowd = graphFrom({ n: 5000, source: new Int32Array(4999), target: Int32Array.from({ length: 4999 }, (_, v) => v + 1) }).graph
  expect(estimateFor(crowd, "betweenness", false, 200, 1000).says).toBe(null)
})
