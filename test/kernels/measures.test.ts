import { describe, expect, test } from "vitest"
import { type Graph, graphFrom, MEASURES } from "#kernels"
import fc from "../support/properties.ts"
import { apart, build, distances, graphs, KARATE, matrix } from "./oracles.ts"

const BOTH = [
  { directed: false, weighted: false },
  { directed: false, weighted: true },
  { directed: true, weighted: false },
  { directed: true, weighted: true },
]

const total = (row: readonly number[]) => row.reduce((sum, x) => sum + x, 0)
/** Row v holds what comes into v. */
const incoming = (a: number[][]) => a.map((_, v) => a.map((row) => row[v]!))
const times = (a: number[][], x: readonly number[]) => a.map((row) => total(row.map((w, j) => w * x[j]!)))
const length = (x: readonly number[]) => Math.sqrt(total(x.map((y) => y * y)))
const without = (graph: Graph) => {
  const a = matrix(graph, true)
  return graph.directed ? a.map((row, i) => row.map((w, j) => w + a[j]![i]!)) : a
}

describe.each(BOTH)("measures (directed $directed, weighted $weighted)", ({ directed, weighted }) => {
  const each = (check: (graph: Graph) => void) => fc.assert(fc.property(graphs(directed), (list) => check(build(list))))

  test("degree and strength add up the ties of a node", () => {
    each((graph) => {
      const a = matrix(graph, weighted)
      const sums = a.map((row, v) => total(row) + (directed ? total(incoming(a)[v]!) : 0))
      expect([...MEASURES.degree(graph, { weighted, normalised: false })]).toEqual(sums)
      expect(
        apart(
          MEASURES.degree(graph, { weighted }),
          sums.map((s) => s / Math.max(1, graph.n - 1)),
        ),
      ).toBeLessThan(1e-15)
      if (weighted) expect([...MEASURES.strength(graph)]).toEqual(sums)
    })
  })

  test("pagerank is the fixed point of its walk", () => {
    each((graph) => {
      const a = matrix(graph, weighted)
      let x = a.map(() => 1 / graph.n)
      for (let round = 0; round < 300; round++) {
        const idle = total(x.filter((_, v) => total(a[v]!) === 0))
        const moved = times(incoming(a.map((row) => row.map((w) => w / (total(row) || 1)))), x)
        x = moved.map((p) => 0.85 * (p + idle / graph.n) + 0.15 / graph.n)
      }
      expect(apart(MEASURES.pagerank(graph, { weighted }), x)).toBeLessThan(1e-11)
    })
  })

  test("katz with an alpha solves its equation, whatever the alpha", () => {
    each((graph) => {
      const x = [...MEASURES.katz(graph, { weighted, alpha: 0.313 })]
      const back = times(incoming(matrix(graph, weighted)), x)
      const ones = x.map((y, v) => y - 0.313 * back[v]!)
      expect(length(x)).toBeCloseTo(1, 12)
      expect(total(x)).toBeGreaterThan(-1e-9)
      expect(
        apart(
          ones,
          ones.map(() => ones[0]!),
        ),
      ).toBeLessThan(1e-8)
    })
  })

  test("influence multiplies the ties of a node with those at exactly the radius", () => {
    fc.assert(
      fc.property(graphs(directed), fc.integer({ min: 1, max: 3 }), (list, radius) => {
        const graph = build(list)
        const a = without(graph)
        const d = distances(a.map((row) => row.map((w) => (w > 0 ? 1 : 0))))
        const k = directed
          ? [
              ...MEASURES.degree(graphFrom({ ...graph, source: graph.from, target: graph.to, directed: false }).graph, {
                weighted,
                normalised: false,
              }),
            ]
          : a.map((row) => (weighted ? total(row) : row.filter((w) => w > 0).length))
        const expected = k.map((own, v) => (own - 1) * total(k.filter((_, u) => d[v]![u] === radius).map((other) => other - 1)))
        expect(MEASURES.influence(graph, { weighted, radius })).toEqual(Float64Array.from(expected, (x) => x))
      }),
    )
  })
})

describe("undirected measures", () => {
  test("core is the largest k that survives taking away everybody below k", () => {
    fc.assert(
      fc.property(graphs(false), graphs(true), (one, other) => {
        for (const list of [one, other]) {
          const graph = build(list)
          const a = without(graph)
          const cores = a.map(() => 0)
          for (let k = 1; k <= graph.n; k++) {
            let left = [...a.keys()]
            for (let size = -1; size !== left.length; ) {
              size = left.length
              left = left.filter((v, _, all) => all.filter((w) => a[v]![w]! > 0).length >= k)
            }
            for (const v of left) cores[v] = k
          }
          expect([...MEASURES.core(graph)]).toEqual(cores)
        }
      }),
    )
  })

  test("eigenvector is a vector that the graph only stretches, by the largest factor", () => {
    fc.assert(
      fc.property(graphs(false), (list) => {
        const path = Array.from({ length: list.n - 1 }, (_, v) => v)
        const { graph } = graphFrom({
          n: list.n,
          source: [...Array.from(list.source), ...path],
          target: [...Array.from(list.target), ...path.map((v) => v + 1)],
        })
        const x = [...MEASURES.eigenvector(graph)]
        const stretched = times(matrix(graph, false), x)
        expect(length(x)).toBeCloseTo(1, 12)
        expect(
          apart(
            stretched,
            x.map((y) => y * length(stretched)),
          ),
        ).toBeLessThan(1e-9)
        expect(Math.min(...x)).toBeGreaterThan(list.n > 1 ? 0 : -1)
      }),
    )
  })

  test("eigenvector settles where two halves are nearly as strong: cliques of 30 on a long thread, one tie apart", () => {
    const clique = (first: number) => Array.from({ length: 900 }, (_, k) => [first + Math.floor(k / 30), first + (k % 30)] as const)
    const thread = Array.from({ length: 11 }, (_, k) => [k === 0 ? 29 : 59 + k, k === 10 ? 30 : 60 + k] as const)
    const ties = [...clique(0), ...clique(30), ...thread].filter(([a, b]) => !(a === 58 && b === 59) && !(a === 59 && b === 58))
    const { graph } = graphFrom({ n: 70, source: ties.map((t) => t[0]), target: ties.map((t) => t[1]) })
    const x = [...MEASURES.eigenvector(graph)]
    const stretched = times(
      matrix(graph, false).map((row) => row.map((w) => Math.min(1, w))),
      x,
    )
    expect(
      apart(
        stretched,
        x.map((y) => y * length(stretched)),
      ),
    ).toBeLessThan(1e-9)
    expect(x[0]).toBeGreaterThan(10 * x[31]!)
  })

  test("katz by default counts walks, each step worth 0.85 / the largest eigenvalue", () => {
    const a = matrix(KARATE, false)
    let x = a.map(() => 1)
    for (let round = 0; round < 400; round++) x = times(a, x).map((y) => (0.85 / 6.725697727631747) * y + 1)
    expect(
      apart(
        MEASURES.katz(KARATE),
        x.map((y) => y / length(x)),
      ),
    ).toBeLessThan(1e-10)
  })

  test("katz refuses an alpha at which the equation has no single solution", () => {
    const { graph } = graphFrom({ n: 2, source: [0], target: [1] })
    expect(() => MEASURES.katz(graph, { alpha: 1 })).toThrow(expect.objectContaining({ code: "invalid.katz-alpha" }))
  })

  test("every measure gives one finite score per node, also without edges and without nodes", () => {
    for (const n of [0, 1, 3]) {
      const { graph } = graphFrom({ n, source: [], target: [] })
      for (const measure of Object.values(MEASURES))
        expect([...measure(graph)].map(Number.isFinite)).toEqual(Array.from({ length: n }, () => true))
    }
  })
})

describe("Zachary's karate club, as NetworkX 3.6.1 computes it", () => {
  const figures = {
    betweenness:
      "0.437635 0.053937 0.143657 0.011909 0.000631 0.029987 0.029987 0 0.055927 0.000848 0.000631 0 0 0.045863 0 0 0 0 0 0.032475 0 0 0 0.017614 0.00221 0.00384 0 0.022333 0.001795 0.002922 0.014412 0.138276 0.145247 0.304075",
    closeness:
      "0.568966 0.485294 0.559322 0.464789 0.37931 0.383721 0.383721 0.44 0.515625 0.434211 0.37931 0.366667 0.370787 0.515625 0.370787 0.370787 0.284483 0.375 0.370787 0.5 0.370787 0.375 0.370787 0.392857 0.375 0.375 0.362637 0.458333 0.452055 0.383721 0.458333 0.540984 0.515625 0.55",
    eigenvector:
      "0.355491 0.26596 0.317193 0.21118 0.075969 0.079483 0.079483 0.17096 0.227404 0.102674 0.075969 0.052856 0.084255 0.226473 0.101403 0.101403 0.023636 0.0924 0.101403 0.147913 0.101403 0.0924 0.101403 0.150119 0.057052 0.059206 0.075579 0.133477 0.131078 0.134961 0.174758 0.191034 0.308644 0.373363",
    pagerank:
      "0.096997 0.052877 0.057079 0.03586 0.021978 0.029111 0.029111 0.02449 0.029766 0.014309 0.021978 0.009565 0.014645 0.029536 0.014536 0.014536 0.016784 0.014559 0.014536 0.019605 0.014536 0.014559 0.014536 0.031523 0.021076 0.021006 0.015044 0.02564 0.019573 0.026289 0.02459 0.037158 0.071693 0.100919",
    katz: "0.343837 0.251529 0.292949 0.202932 0.099511 0.106711 0.106711 0.167907 0.214569 0.112179 0.099511 0.073449 0.099095 0.213069 0.112437 0.112437 0.056967 0.105237 0.112437 0.150399 0.112437 0.105237 0.112437 0.159522 0.083409 0.085276 0.093406 0.142881 0.13676 0.144402 0.171343 0.194494 0.294991 0.357346",
    core: "4 4 4 4 3 3 3 4 4 2 3 1 2 4 2 2 2 2 2 3 2 2 2 3 3 3 2 3 3 3 4 3 4 4",
  } as const

  test.each(Object.entries(figures))("%s", (name, row) => {
    const scores = MEASURES[name as keyof typeof figures](KARATE)
    expect([...scores].map((s) => Number(s.toFixed(6)))).toEqual(row.split(" ").map(Number))
  })

  test("katz with alpha 0.2, beyond 1 / the largest eigenvalue, is negative for node 17", () => {
    const scores = MEASURES.katz(KARATE, { alpha: 0.2 })
    expect([0, 16, 33].map((v) => Number(scores[v]!.toFixed(6)))).toEqual([0.397247, -0.063712, 0.321288])
  })

  test("weighted betweenness puts 1, 3 and 34 first", () => {
    const scores = MEASURES.betweenness(KARATE, { weighted: true })
    expect([...scores.keys()].sort((a, b) => scores[b]! - scores[a]!).slice(0, 3)).toEqual([0, 2, 33])
  })
})

test("a directed graph is scored as NetworkX 3.6.1 scores it", () => {
  const rows = [
    [0, 1, 1],
    [1, 2, 2],
    [2, 0, 1],
    [2, 3, 4],
    [3, 4, 1],
    [4, 3, 2],
    [1, 4, 1],
    [5, 3, 3],
    [0, 2, 5],
  ] as const
  const { graph } = graphFrom({
    n: 7,
    source: rows.map((r) => r[0]),
    target: rows.map((r) => r[1]),
    weight: rows.map((r) => r[2]),
    directed: true,
  })
  const rounded = (scores: Float64Array) => [...scores].map((s) => Number(s.toFixed(8)))
  expect(rounded(MEASURES.betweenness(graph))).toEqual([0.03333333, 0.03333333, 0.08333333, 0.06666667, 0.01666667, 0, 0])
  expect(rounded(MEASURES.betweenness(graph, { weighted: true }))).toEqual([0.03333333, 0, 0.13333333, 0.1, 0, 0, 0])
  expect(rounded(MEASURES.closeness(graph))).toEqual([0.22222222, 0.22222222, 0.33333333, 0.5952381, 0.52083333, 0, 0])
  expect(rounded(MEASURES.harmonic(graph, { normalised: false }))).toEqual([1.5, 1.5, 2, 4, 3.5, 0, 0])
  expect(rounded(MEASURES.pagerank(graph, { weighted: true }))).toEqual([
    0.03566796, 0.02944321, 0.06633954, 0.42542504, 0.39434377, 0.02439024, 0.02439024,
  ])
  expect(rounded(MEASURES.katz(graph, { alpha: 0.3 }))).toEqual([
    0.33884023, 0.31690093, 0.41197121, 0.54561608, 0.47400397, 0.21524886, 0.21524886,
  ])
})
