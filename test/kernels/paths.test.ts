import { describe, expect, test } from "vitest"
import { graphFrom, MEASURES } from "#kernels"
import fc from "../support/properties.ts"
import { apart, build, distances, graphs, matrix, naiveBetweenness } from "./oracles.ts"

const WAYS = [
  { weighted: false, length: "inverse" },
  { weighted: true, length: "weight" },
  { weighted: true, length: "inverse" },
] as const

const CASES = WAYS.flatMap((way) => [false, true].map((directed) => ({ ...way, directed })))

/** Weights are 1 to 6, so that 60 / weight is whole and the oracle's distances are exact. */
const lengthsFor = (a: number[][], { weighted, length }: (typeof WAYS)[number]) =>
  a.map((row) => row.map((w) => (w === 0 ? 0 : weighted && length === "inverse" ? 60 / w : w)))

describe.each(CASES)("paths (directed $directed, weighted $weighted, length $length)", ({ directed, ...way }) => {
  test("betweenness is its definition, raw and normalised", () => {
    fc.assert(
      fc.property(graphs(directed), (list) => {
        const graph = build(list)
        const ordered = naiveBetweenness(lengthsFor(matrix(graph, way.weighted), way))
        const raw = MEASURES.betweenness(graph, { ...way, normalised: false })
        expect(apart(raw, directed ? ordered : ordered.map((b) => b / 2))).toBeLessThan(1e-12)
        const pairs = (graph.n - 1) * (graph.n - 2)
        if (graph.n > 2)
          expect(
            apart(
              MEASURES.betweenness(graph, way),
              ordered.map((b) => b / pairs),
            ),
          ).toBeLessThan(1e-12)
      }),
      { numRuns: 300 },
    )
  })

  test("closeness and harmonic are sums over the distances to a node", () => {
    fc.assert(
      fc.property(graphs(directed), (list) => {
        const graph = build(list)
        const unit = way.weighted && way.length === "inverse" ? 60 : 1
        const d = distances(lengthsFor(matrix(graph, way.weighted), way))
        const near = d
          .map((_, v) => d.filter((_, u) => u !== v).map((row) => row[v]! / unit))
          .map((row) => row.filter((far) => far < Infinity))
        const sum = (row: number[]) => row.reduce((total, x) => total + x, 0)
        const others = Math.max(1, graph.n - 1)
        const close = near.map((row) => (row.length === 0 ? 0 : row.length ** 2 / sum(row) / others))
        const inverse = near.map((row) => sum(row.map((far) => 1 / far)))
        expect(apart(MEASURES.closeness(graph, way), close)).toBeLessThan(1e-12)
        expect(
          apart(
            MEASURES.closeness(graph, { ...way, normalised: false }),
            near.map((row) => (row.length === 0 ? 0 : row.length / sum(row))),
          ),
        ).toBeLessThan(1e-12)
        expect(apart(MEASURES.harmonic(graph, { ...way, normalised: false }), inverse)).toBeLessThan(1e-12)
        expect(
          apart(
            MEASURES.harmonic(graph, way),
            inverse.map((h) => h / others),
          ),
        ).toBeLessThan(1e-12)
      }),
    )
  })
})

describe("betweenness", () => {
  test("of a tree, a path and a star comes from counting alone", () => {
    const path = graphFrom({ n: 5, source: [0, 1, 2, 3], target: [1, 2, 3, 4] }).graph
    expect([...MEASURES.betweenness(path, { normalised: false })]).toEqual([0, 3, 4, 3, 0])
    const star = graphFrom({ n: 6, source: [0, 0, 0, 0, 0], target: [1, 2, 3, 4, 5] }).graph
    expect([...MEASURES.betweenness(star)]).toEqual([1, 0, 0, 0, 0, 0])
  })

  test("takes 1/3 + 1/6 for as long as 1/2", () => {
    const { graph } = graphFrom({ n: 4, source: [0, 1, 0, 3], target: [1, 2, 3, 2], weight: [3, 6, 6, 3] })
    expect(apart(MEASURES.betweenness(graph, { weighted: true, normalised: false }), [0.5, 0.5, 0.5, 0.5])).toBeLessThan(1e-15)
  })

  test("walks a path longer than the call stack", () => {
    const n = 50_000
    const steps = Array.from({ length: n - 1 }, (_, v) => v)
    const { graph } = graphFrom({ n, source: steps, target: steps.map((v) => v + 1) })
    const raw = MEASURES.betweenness(graph, { normalised: false })
    expect([raw[0], raw[1], raw[1000], raw[n - 1]]).toEqual([0, n - 2, 1000 * (n - 1001), 0])
  })

  test("from all pivots is exact; from some it is an estimate that averages to the exact figure", () => {
    const { graph } = graphFrom({ n: 8, source: [0, 1, 2, 3, 4, 5, 6, 7, 0, 2], target: [1, 2, 3, 4, 5, 6, 7, 0, 4, 6] })
    const exact = MEASURES.betweenness(graph, { normalised: false })
    expect(MEASURES.betweenness(graph, { normalised: false, pivots: 8 })).toEqual(exact)
    const mean = new Float64Array(8)
    for (let seed = 0; seed < 2000; seed++) {
      const estimate = MEASURES.betweenness(graph, { normalised: false, pivots: 3, seed })
      for (let v = 0; v < 8; v++) mean[v]! += estimate[v]! / 2000
    }
    expect(MEASURES.betweenness(graph, { normalised: false, pivots: 3, seed: 5 })).not.toEqual(exact)
    expect(apart(mean, exact)).toBeLessThan(0.05)
  })

  test("of no, one and two nodes is 0", () => {
    for (const n of [0, 1, 2]) {
      const { graph } = graphFrom({ n, source: n === 2 ? [0] : [], target: n === 2 ? [1] : [] })
      expect([...MEASURES.betweenness(graph)]).toEqual(Array.from({ length: n }, () => 0))
    }
  })
})
