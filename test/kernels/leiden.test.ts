import { describe, expect, test } from "vitest"
import { components, graphFrom, leiden, rng } from "#kernels"
import fc from "../support/properties.ts"
import { build, graphs, KARATE, matrix } from "./oracles.ts"

/** Newman and Girvan's formula, pair by pair. */
function naiveModularity(a: number[][], label: ArrayLike<number>, resolution: number): number {
  const k = a.map((row) => row.reduce((sum, w) => sum + w, 0))
  const all = k.reduce((sum, x) => sum + x, 0)
  let q = 0
  for (const i of a.keys())
    for (const j of a.keys()) if (label[i] === label[j]) q += a[i]![j]! / all - (resolution * k[i]! * k[j]!) / all ** 2
  return all > 0 ? q : 0
}

/** The best modularity over all partitions. */
function best(a: number[][], resolution: number): number {
  let most = -Infinity
  const label: number[] = []
  const place = (v: number, used: number) => {
    if (v === a.length) most = Math.max(most, naiveModularity(a, label, resolution))
    else
      for (let c = 0; c <= used; c++) {
        label[v] = c
        place(v + 1, Math.max(used, c + 1))
      }
  }
  place(0, 0)
  return most
}

describe("leiden", () => {
  test("reports the modularity of its communities, which are connected and numbered from the largest", () => {
    fc.assert(
      fc.property(graphs(false), fc.boolean(), fc.constantFrom(0.5, 1, 2), (list, weighted, resolution) => {
        const graph = build(list)
        const found = leiden(graph, { weighted, resolution })
        expect(found.modularity).toBeCloseTo(naiveModularity(matrix(graph, weighted), found.label, resolution), 12)
        const sizes = Array.from({ length: found.count }, (_, c) => found.label.filter((l) => l === c).length)
        expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
        for (let c = 0; c < found.count; c++)
          expect(
            components(
              graph,
              Array.from(found.label, (l) => (l === c ? 1 : 0)),
            ).largest,
          ).toBe(sizes[c])
      }),
    )
  })

  test("comes within 0.06 of the best of all partitions of small graphs, and mostly finds it", () => {
    const random = rng(11)
    let exact = 0
    for (let run = 0; run < 60; run++) {
      const ends = Array.from({ length: 24 }, () => random.int(7))
      const { graph } = graphFrom({ n: 7, source: ends.slice(0, 12), target: ends.slice(12) })
      const gap = best(matrix(graph, false), 1) - leiden(graph).modularity
      expect(gap).toBeLessThan(0.06)
      if (gap < 1e-9) exact++
    }
    expect(exact).toBeGreaterThan(45)
  })

  test("finds the best known partition of the karate club: 0.4198 (Brandes et al. 2008)", () => {
    const found = leiden(KARATE)
    expect(found.modularity).toBeCloseTo(0.41979, 5)
    expect(found.count).toBe(4)
  })

  test("finds the cliques of a ring of cliques", () => {
    const source: number[] = []
    const target: number[] = []
    for (let c = 0; c < 12; c++) {
      for (const [i, j] of [
        [1, 0],
        [2, 0],
        [2, 1],
        [3, 0],
        [3, 1],
        [3, 2],
        [4, 0],
        [4, 1],
        [4, 2],
        [4, 3],
      ] as const) {
        source.push(5 * c + i)
        target.push(5 * c + j)
      }
      source.push(5 * c)
      target.push((5 * c + 6) % 60)
    }
    const { label, count } = leiden(graphFrom({ n: 60, source, target }).graph, { resolution: 2 })
    expect(count).toBe(12)
    expect(Array.from(label)).toEqual(Array.from({ length: 60 }, (_, v) => label[v - (v % 5)]))
  })

  test("finds planted groups among 2 000 nodes", () => {
    const random = rng(5)
    const source: number[] = []
    const target: number[] = []
    for (let v = 0; v < 2000; v++) {
      for (let tie = 0; tie < 6; tie++) {
        source.push(v)
        target.push(random.int(10) === 0 ? random.int(2000) : random.int(100) * 20 + (v % 20))
      }
    }
    const { label, count } = leiden(graphFrom({ n: 2000, source, target }).graph)
    expect(count).toBe(20)
    const right = Array.from(label).filter((l, v) => l === label[v % 20]).length
    expect(right).toBeGreaterThan(1900)
  })

  test("goes over the whole as often as is asked, and further passes never lower modularity", () => {
    const random = rng(3)
    const ends = Array.from({ length: 4000 }, () => random.int(500))
    const { graph } = graphFrom({ n: 500, source: ends.slice(0, 2000), target: ends.slice(2000) })
    const reached = [0, 1, 2, 4, 100].map((passes) => leiden(graph, { passes }).modularity)
    expect(reached).toEqual(reached.toSorted((a, b) => a - b))
    expect(reached[2]).toBeLessThan(reached[4]!)
    expect(leiden(graph).modularity).toBe(reached[4])
  })

  test("whoever has one tie is with his neighbour", () => {
    fc.assert(
      fc.property(graphs(false, 20), fc.boolean(), fc.constantFrom(0.5, 1), (list, weighted, resolution) => {
        const graph = build(list)
        const { label } = leiden(graph, { weighted, resolution })
        const degree = matrix(graph, false).map((row) => row.filter((w) => w > 0).length)
        for (let e = 0; e < graph.m; e++) {
          const [a, b] = [graph.from[e]!, graph.to[e]!]
          if (degree[a] === 1 || degree[b] === 1) expect(label[a]).toBe(label[b])
        }
      }),
    )
  })

  test("gives the same answer for the same seed, and each node its own community without edges", () => {
    expect(leiden(KARATE, { seed: 9, weighted: true })).toEqual(leiden(KARATE, { seed: 9, weighted: true }))
    expect(leiden(graphFrom({ n: 3, source: [], target: [] }).graph)).toEqual({ label: Int32Array.of(0, 1, 2), count: 3, modularity: 0 })
  })
})
