import { describe, expect, test } from "vitest"
import { components, graphFrom, induced, rng } from "#kernels"
import { reweighted } from "../../src/ground/kernels/graph.ts"
import { xoshiro } from "../../src/ground/kernels/rng.ts"
import fc from "../support/properties.ts"
import { build, distances, graphs, matrix } from "./oracles.ts"

const plain = (array: ArrayLike<number>) => Array.from(array)

describe("graphFrom", () => {
  test("sums repeated pairs in whichever order they are written, drops self-loops and weight 0, and says where each row went", () => {
    const { graph, edgeOf } = graphFrom({ n: 4, source: [2, 0, 1, 0, 3, 1], target: [1, 2, 2, 0, 0, 3], weight: [1, 2, 4, 9, 0, 5] })
    expect(plain(edgeOf)).toEqual([1, 0, 1, -1, -1, 2])
    expect([plain(graph.from), plain(graph.to), plain(graph.weight)]).toEqual([
      [0, 1, 1],
      [2, 2, 3],
      [2, 5, 5],
    ])
    expect([plain(graph.out.starts), plain(graph.out.targets), plain(graph.out.weights)]).toEqual([
      [0, 1, 3, 5, 6],
      [2, 2, 3, 0, 1, 1],
      [2, 5, 5, 2, 5, 5],
    ])
  })

  test("keeps the last weight of a repeated pair when told so", () => {
    const { graph } = graphFrom({ n: 2, source: [0, 1], target: [1, 0], weight: [3, 7], repeats: "last" })
    expect(plain(graph.weight)).toEqual([7])
  })

  test("keeps both directions apart when directed", () => {
    const { graph } = graphFrom({ n: 3, source: [1, 0, 2], target: [0, 1, 0], directed: true })
    expect(plain(graph.out.targets)).toEqual([1, 0, 0])
    expect(plain(graph.in.targets)).toEqual([1, 2, 0])
  })

  test.each([
    { n: 2, source: [0], target: [2] },
    { n: 2, source: [-1], target: [1] },
    { n: 2, source: [0.5], target: [1] },
    { n: 2, source: [0], target: [1], weight: [-1] },
    { n: 2, source: [0], target: [1], weight: [Number.NaN] },
    { n: 2, source: [0], target: [1], weight: [Infinity] },
    { n: 2, source: [0, 1], target: [1] },
    { n: -1, source: [], target: [] },
  ])("refuses $n nodes with $source to $target weighing $weight", (list) => {
    expect(() => graphFrom(list)).toThrow(expect.objectContaining({ code: "invalid.graph" }))
  })

  test("lies in shared memory", () => {
    const { graph } = graphFrom({ n: 2, source: [0], target: [1] })
    for (const array of [graph.from, graph.to, graph.weight, ...Object.values(graph.out)])
      expect(array.buffer).toBeInstanceOf(SharedArrayBuffer)
  })

  test.each([false, true])("has the rows of its matrix, ascending (directed: %s)", (directed) => {
    fc.assert(
      fc.property(graphs(directed), (list) => {
        const graph = build(list)
        const a = matrix(graph, true)
        const rows = (side: "out" | "in") =>
          a.map((_, v) => {
            const { starts, targets, weights } = graph[side]
            return plain(targets.slice(starts[v]!, starts[v + 1]!)).map((w, i) => [w, weights[starts[v]! + i]])
          })
        expect(rows("out")).toEqual(a.map((row) => [...row.entries()].filter(([, w]) => w > 0)))
        expect(rows("in")).toEqual(a.map((_, v) => [...a.map((row) => row[v]!).entries()].filter(([, w]) => w > 0)))
      }),
    )
  })

  test.each([false, true])("reweighted and induced graphs are the graphs built from what is left (directed: %s)", (directed) => {
    fc.assert(
      fc.property(graphs(directed), fc.infiniteStream(fc.integer({ min: 0, max: 2 })), (list, stream) => {
        const graph = build(list)
        const weight = Float64Array.from(graph.weight, () => stream.next().value)
        const kept = [...weight.keys()].filter((e) => weight[e]! > 0)
        const again = { n: graph.n, directed, source: kept.map((e) => graph.from[e]!), target: kept.map((e) => graph.to[e]!) }
        expect(reweighted(graph, weight)).toEqual(graphFrom({ ...again, weight: kept.map((e) => weight[e]!) }).graph)
        const nodes = Int32Array.from({ length: graph.n }, (_, v) => v).filter(() => stream.next().value > 0)
        const inside = [...graph.weight.keys()].filter((e) => nodes.includes(graph.from[e]!) && nodes.includes(graph.to[e]!))
        expect(induced(graph, nodes)).toEqual(
          graphFrom({
            n: nodes.length,
            directed,
            source: inside.map((e) => nodes.indexOf(graph.from[e]!)),
            target: inside.map((e) => nodes.indexOf(graph.to[e]!)),
            weight: inside.map((e) => graph.weight[e]!),
          }).graph,
        )
      }),
    )
  })
})

describe("components", () => {
  test.each([false, true])("are the nodes that reach each other among the living, directions dropped (directed: %s)", (directed) => {
    fc.assert(
      fc.property(graphs(directed), fc.infiniteStream(fc.boolean()), (list, stream) => {
        const graph = build(list)
        const alive = Array.from({ length: graph.n }, () => (stream.next().value ? 1 : 0))
        const a = matrix(graph, false)
        const d = distances(a.map((row, i) => row.map((x, j) => (alive[i] && alive[j] ? x || a[j]![i]! : 0))))
        const first = d.map((row, v) => (alive[v] ? row.findIndex((far) => far < Infinity) : -1))
        const heads = [...new Set(first)].filter((v) => v >= 0).sort((x, y) => x - y)
        const size = heads.map((h) => first.filter((v) => v === h).length)
        const found = components(graph, alive)
        expect(plain(found.label)).toEqual(first.map((v) => heads.indexOf(v)))
        expect(plain(found.size)).toEqual(size)
        expect(found.largest).toBe(Math.max(0, ...size))
      }),
    )
  })

  test("walk a path longer than the call stack", () => {
    const n = 200_000
    const steps = Array.from({ length: n - 1 }, (_, v) => v)
    const { graph } = graphFrom({ n, source: steps, target: steps.map((v) => v + 1) })
    expect(components(graph).largest).toBe(n)
  })
})

describe("rng", () => {
  test("is xoshiro128**: the reference sequence from the state 1, 2, 3, 4", () => {
    const random = xoshiro([1, 2, 3, 4])
    expect(Array.from({ length: 10 }, () => random.next() * 2 ** 32)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ])
  })

  test("repeats for a seed and stream, and differs between them", () => {
    const take = (seed: number, stream: number) => {
      const random = rng(seed, stream)
      return Array.from({ length: 4 }, () => random.int(1_000_000))
    }
    expect(take(7, 2)).toEqual(take(7, 2))
    expect(new Set([take(7, 2), take(7, 3), take(8, 2), take(0, 0), take(0, 1)].map(String)).size).toBe(5)
  })

  test("int covers 0 to n - 1 evenly and shuffle keeps every item", () => {
    const random = rng(3)
    const counts = new Int32Array(6)
    for (let i = 0; i < 60_000; i++) counts[random.int(6)]!++
    expect(Math.min(...counts)).toBeGreaterThan(9_600)
    expect(Math.max(...counts)).toBeLessThan(10_400)
    expect([...random.shuffle(["a", "b", "c", "d"])].sort()).toEqual(["a", "b", "c", "d"])
    expect(new Set(Array.from({ length: 200 }, () => random.shuffle([0, 1, 2]).join(""))).size).toBe(6)
  })
})
