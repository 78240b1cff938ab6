import { describe, expect, test } from "vitest"
import { graphFrom, MEASURES, overDraws, rangesOf } from "#kernels"
import { reweighted } from "../../src/ground/kernels/graph.ts"
import fc from "../support/properties.ts"
import { KARATE } from "./oracles.ts"

const rowsOf = (scores: Float64Array, n: number) =>
  Array.from({ length: scores.length / n }, (_, d) => [...scores.subarray(d * n, d * n + n)])

describe("overDraws", () => {
  test("keeping everything gives the measure itself in every draw", async () => {
    const scores = await overDraws(KARATE, "betweenness", { draws: 3, keepEdge: 1 })
    expect(rowsOf(scores, 34)).toEqual([1, 2, 3].map(() => [...MEASURES.betweenness(KARATE)]))
  })

  test("keeping nothing leaves every node alone", async () => {
    expect([...(await overDraws(KARATE, "degree", { draws: 2, keepEdge: 0 }))].every((s) => s === 0)).toBe(true)
  })

  test("a draw does not depend on how many there are, and another seed draws otherwise", async () => {
    const few = await overDraws(KARATE, "degree", { draws: 5, keepEdge: 0.7, seed: 4 })
    const many = await overDraws(KARATE, "degree", { draws: 70, keepEdge: 0.7, seed: 4 })
    const other = await overDraws(KARATE, "degree", { draws: 5, keepEdge: 0.7, seed: 5 })
    expect(few).toEqual(many.subarray(0, few.length))
    expect(other).not.toEqual(few)
    expect(new Set(rowsOf(many, 34).map(String)).size).toBe(70)
  })

  test("keeps edges with the chance given", async () => {
    const scores = await overDraws(KARATE, "degree", { draws: 400, keepEdge: 0.9, measure: { normalised: false } })
    const kept = scores.reduce((sum, s) => sum + s, 0) / 2 / 400 / 78
    expect(Math.abs(kept - 0.9)).toBeLessThan(0.006)
  })

  test("an edge weighs what its kept groups add up to; groups fall together; rows of no group stay; dropped rows are passed over", async () => {
    const { graph, edgeOf } = graphFrom({ n: 4, source: [0, 0, 1, 2, 3, 2], target: [1, 1, 2, 3, 3, 3] })
    const contributions = { edge: edgeOf, group: [0, 1, 1, -1, 0, 0], weight: [1, 2, 4, 8, 99, 16], groups: 2 }
    const scores = await overDraws(graph, "strength", { draws: 300, keepEdge: 1, keepGroup: 0.6, contributions })
    const seen = new Map<string, number>()
    for (const row of rowsOf(scores, 4)) seen.set(row.join(" "), (seen.get(row.join(" ")) ?? 0) + 1)
    expect([...seen.keys()].sort()).toEqual(["0 0 8 8", "1 1 24 24", "2 6 12 8", "3 7 28 24"])
    expect(Math.abs(seen.get("3 7 28 24")! / 300 - 0.36)).toBeLessThan(0.08)
  })

  test("an edge that is drawn away takes all its contributions along", async () => {
    const { graph, edgeOf } = graphFrom({ n: 2, source: [0, 1], target: [1, 0] })
    const contributions = { edge: edgeOf, group: [0, -1], weight: [1, 1], groups: 1 }
    const scores = await overDraws(graph, "strength", { draws: 200, keepEdge: 0.5, contributions })
    expect([...new Set(rowsOf(scores, 2).map(String))].sort()).toEqual(["0,0", "2,2"])
  })

  test("measures the thinned graph, weights and all", async () => {
    const strengths = rowsOf(
      await overDraws(KARATE, "degree", { draws: 20, keepEdge: 0.8, measure: { weighted: true, normalised: false } }),
      34,
    )
    const scores = rowsOf(await overDraws(KARATE, "closeness", { draws: 20, keepEdge: 0.8, measure: { weighted: true } }), 34)
    const whole = MEASURES.closeness(reweighted(KARATE, KARATE.weight), { weighted: true })
    expect(strengths.every((row) => row.reduce((a, b) => a + b, 0) < 2 * KARATE.weight.reduce((a, b) => a + b, 0))).toBe(true)
    expect(scores.every((row) => row.some((s, v) => s < whole[v]!))).toBe(true)
  })
})

describe("overDraws refuses", () => {
  const rows = { edge: [0], group: [0], weight: [1], groups: 1 }
  test.each([
    ["no draws", { draws: 0, keepEdge: 1 }],
    ["half a draw", { draws: 0.5, keepEdge: 1 }],
    ["a chance above 1", { draws: 1, keepEdge: 1.1 }],
    ["a chance that is no number", { draws: 1, keepEdge: 1, keepGroup: Number.NaN }],
    ["rows of different number", { draws: 1, keepEdge: 1, contributions: { ...rows, weight: [] } }],
    ["an edge that is not there", { draws: 1, keepEdge: 1, contributions: { ...rows, edge: [78] } }],
    ["a group that is not there", { draws: 1, keepEdge: 1, contributions: { ...rows, group: [1] } }],
    ["a weight that is no number", { draws: 1, keepEdge: 1, contributions: { ...rows, weight: [Number.NaN] } }],
  ])("%s", async (_, options) => {
    await expect(overDraws(KARATE, "degree", options)).rejects.toMatchObject({ code: "invalid.draws" })
  })
})

describe("rangesOf", () => {
  test("takes quantiles between order statistics and counts draws in the top", () => {
    const scores = Float64Array.from([1, 5, 2, 2, 4, 3, 3, 3, 4, 4, 2, 5, 5, 1, 6].map(Number))
    expect(rangesOf(scores, 3, { top: 1, low: 0.25, high: 0.9 })).toEqual({
      low: Float64Array.of(2, 2, 3),
      median: Float64Array.of(3, 3, 4),
      high: Float64Array.of(4.6, 4.6, 5.6),
      stability: Float64Array.of(0, 0.4, 0.6),
    })
  })

  test("only those who compete are counted, and equal scores go to the lower number", () => {
    const scores = Float64Array.from([7, 7, 7, 9, 9, 1, 1, 1])
    expect([...rangesOf(scores, 4, { top: 2 }).stability]).toEqual([1, 0.5, 0, 0.5])
    expect([...rangesOf(scores, 4, { top: 1, among: [0, 1, 0, 1] }).stability]).toEqual([0, 0.5, 0, 0.5])
  })

  test("low, median and high are in order, and stabilities sum to the size of the top", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 9 }),
        fc.infiniteStream(fc.integer({ min: 0, max: 4 })),
        (n, draws, stream) => {
          const scores = Float64Array.from({ length: n * draws }, () => stream.next().value)
          const { low, median, high, stability } = rangesOf(scores, n, { top: 3 })
          for (let v = 0; v < n; v++) expect(low[v]! <= median[v]! && median[v]! <= high[v]!).toBe(true)
          expect(stability.reduce((sum, s) => sum + s, 0)).toBeCloseTo(Math.min(3, n), 10)
        },
      ),
    )
  })
})
