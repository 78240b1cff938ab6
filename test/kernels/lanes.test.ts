import { describe, expect, test } from "vitest"
import { type EdgeList, graphFrom, MEASURES } from "#kernels"
import { shatter } from "../../src/ground/kernels/shatter.ts"
import fc from "../support/properties.ts"
import { apart, build, distances, matrix, naiveBetweenness } from "./oracles.ts"

/** Graphs large enough for sixteen sources at once: many ties or few, hubs, long threads, several parts. */
function wide(directed: boolean): fc.Arbitrary<EdgeList> {
  return fc
    .record({ n: fc.integer({ min: 48, max: 90 }), seed: fc.integer({ min: 0, max: 1000 }), thread: fc.integer({ min: 0, max: 40 }) })
    .chain(({ n, thread }) => {
      const node = fc.integer({ min: 0, max: n - 1 })
      const hub = fc.oneof(fc.integer({ min: 0, max: 3 }), node)
      return fc.array(fc.tuple(hub, node), { minLength: n >> 1, maxLength: 3 * n }).map((rows) => {
        const path = Array.from({ length: thread }, (_, i) => [i, i + 1] as const)
        const all = [...rows, ...path]
        return { n, directed, source: all.map((r) => r[0]), target: all.map((r) => r[1]) }
      })
    })
}

describe.each([false, true])("sixteen searches side by side (directed %s)", (directed) => {
  test("betweenness is that of its definition", () => {
    fc.assert(
      fc.property(wide(directed), (list) => {
        const graph = build(list)
        const expected = naiveBetweenness(matrix(graph, false)).map((x) => (directed ? x : x / 2))
        expect(apart(MEASURES.betweenness(graph, { normalised: false }), expected)).toBeLessThan(1e-12)
      }),
      { numRuns: 12 },
    )
  })

  test("closeness and harmonic centrality are those of all distances", () => {
    fc.assert(
      fc.property(wide(directed), (list) => {
        const graph = build(list)
        const d = distances(matrix(graph, false))
        const into = d.map((_, v) => d.flatMap((row, u) => (u !== v && row[v]! < Infinity ? [row[v]!] : [])))
        const sum = (xs: number[]) => xs.reduce((a, b) => a + b, 0)
        expect(
          apart(
            MEASURES.closeness(graph),
            into.map((xs) => (xs.length === 0 ? 0 : (xs.length / sum(xs)) * (xs.length / (graph.n - 1)))),
          ),
        ).toBeLessThan(1e-12)
        expect(
          apart(
            MEASURES.harmonic(graph, { normalised: false }),
            into.map((xs) => sum(xs.map((x) => 1 / x))),
          ),
        ).toBeLessThan(1e-12)
      }),
      { numRuns: 12 },
    )
  })
})

/** A few devices with whole crowds that the same devices know, some of them tied to each other, some with people of their own behind them. */
const crowds: fc.Arbitrary<EdgeList> = fc
  .record({
    devices: fc.integer({ min: 2, max: 5 }),
    ties: fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { maxLength: 6 }),
    crowds: fc.array(
      fc.record({ knownBy: fc.integer({ min: 1, max: 31 }), size: fc.integer({ min: 1, max: 9 }), tied: fc.boolean(), behind: fc.nat(4) }),
      { minLength: 1, maxLength: 10 },
    ),
  })
  .map(({ devices, ties, crowds }) => {
    const rows = ties.map(([a, b]): [number, number] => [a % devices, b % devices])
    let n = devices
    for (const { knownBy, size, tied, behind } of crowds) {
      const first = n
      n += size
      for (let v = first; v < n; v++) {
        for (let d = 0; d < devices; d++) if ((knownBy >> d) & 1) rows.push([d, v])
        if (tied) for (let w = first; w < v; w++) rows.push([v, w])
      }
      for (let i = 0; i < behind; i++) rows.push([first + (i % size), n++])
    }
    return { n, source: rows.map((r) => r[0]), target: rows.map((r) => r[1]) }
  })

test("crowds with the same neighbours are counted as one, with the figures of each", () => {
  fc.assert(
    fc.property(crowds, (list) => {
      const graph = build(list)
      const expected = naiveBetweenness(matrix(graph, false)).map((x) => x / 2)
      expect(apart(MEASURES.betweenness(graph, { normalised: false }), expected)).toBeLessThan(1e-12)
    }),
    { numRuns: 40 },
  )
  const { graph } = graphFrom({
    n: 303,
    source: Array.from({ length: 900 }, (_, i) => i % 3),
    target: Array.from({ length: 900 }, (_, i) => 3 + Math.floor(i / 3)),
  })
  expect(shatter(graph, null).mass.length).toBe(2)
  // 300 who know the same three: each pair of them has three ways, each pair of the three has 300.
  const scores = MEASURES.betweenness(graph, { normalised: false })
  expect([scores[0], scores[302]].map((x) => Number(x!.toFixed(9)))).toEqual([(300 * 299) / 6, 0.01])
})

test("a ring of 500, where lanes hardly ever meet, falls back to one search at a time with the same figures", () => {
  const nodes = Array.from({ length: 500 }, (_, v) => v)
  const ring = build({ n: 500, source: nodes, target: nodes.map((v) => (v + 1) % 500) })
  // Each pair at distance d < 250 has d - 1 nodes between, the 250 opposite pairs 249 nodes on each of two halves.
  const each = (500 * (249 * 248) * 0.5 + 250 * 249) / 500
  const scores = MEASURES.betweenness(ring, { normalised: false })
  expect(
    apart(
      scores,
      nodes.map(() => each),
    ),
  ).toBeLessThan(1e-9)
})
