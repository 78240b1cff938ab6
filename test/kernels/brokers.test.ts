import { describe, expect, test } from "vitest"
import { brokers, type Graph, graphFrom, MEASURES, tieMeasures } from "#kernels"
import fc from "../support/properties.ts"
import { apart, build, distances, graphs, KARATE, matrix } from "./oracles.ts"

const total = (row: readonly number[]) => row.reduce((sum, x) => sum + x, 0)
/** What of the ties of i goes to j, both directions added. */
function shares(graph: Graph, weighted: boolean): number[][] {
  const a = matrix(graph, weighted)
  const both = graph.directed ? a.map((row, i) => row.map((w, j) => w + a[j]![i]!)) : a
  return both.map((row) => row.map((w) => w / (total(row) || 1)))
}

describe.each([
  { directed: false, weighted: false },
  { directed: true, weighted: false },
  { directed: false, weighted: true },
  { directed: true, weighted: true },
])("brokers (directed $directed, weighted $weighted)", ({ directed, weighted }) => {
  const each = (check: (graph: Graph, p: number[][]) => void) =>
    fc.assert(fc.property(graphs(directed), (list) => check(build(list), shares(build(list), weighted))))

  test("constraint is Burt's sum over neighbours", () => {
    each((graph, p) => {
      const expected = p.map((row, v) =>
        total(row.map((own, j) => (own === 0 ? 0 : (own + total(row.map((by, q) => (q === v ? 0 : by * p[q]![j]!)))) ** 2))),
      )
      expect(apart(brokers.constraint(graph, { weighted }), expected)).toBeLessThan(1e-12)
    })
  })

  test("brokerage is Burt's effective size", () => {
    each((graph, p) => {
      const expected = p.map((row, v) =>
        total(row.map((own, j) => (own === 0 ? 0 : 1 - total(row.map((by, q) => (q === v ? 0 : (by * p[j]![q]!) / Math.max(...p[j]!))))))),
      )
      expect(apart(MEASURES.brokerage(graph, { weighted }), expected)).toBeLessThan(1e-12)
    })
  })

  test("betweenness of ties is the share of shortest paths over them", () => {
    each((graph) => {
      const a = matrix(graph, weighted)
      const d = distances(a)
      const nodes = [...a.keys()]
      const paths = nodes.map((s) => {
        const count = nodes.map((t) => Number(s === t))
        for (const t of nodes.toSorted((x, y) => d[s]![x]! - d[s]![y]!))
          for (const u of nodes) if (t !== s && a[u]![t] && d[s]![u]! + a[u]![t]! === d[s]![t]) count[t]! += count[u]!
        return count
      })
      const over = (u: number, w: number) =>
        total(
          nodes.flatMap((s) =>
            nodes.map((t) =>
              s !== t && d[s]![t]! < Infinity && d[s]![u]! + a[u]![w]! + d[w]![t]! === d[s]![t]
                ? (paths[s]![u]! * paths[w]![t]!) / paths[s]![t]!
                : 0,
            ),
          ),
        )
      const expected = Array.from(graph.from, (u, e) =>
        directed ? over(u, graph.to[e]!) : (over(u, graph.to[e]!) + over(graph.to[e]!, u)) / 2,
      )
      expect(apart(tieMeasures.tieBetweenness(graph, { weighted, length: "weight", normalised: false }), expected)).toBeLessThan(1e-11)
    })
  })
})

test("broker roles are counted triple by triple", () => {
  for (const directed of [false, true])
    fc.assert(
      fc.property(graphs(directed), fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 11, maxLength: 11 }), (list, group) => {
        const graph = build(list)
        const a = matrix(graph, false)
        const counts = new Float64Array(graph.n * 5)
        for (const [x, row] of a.entries())
          for (const b of a.keys())
            for (const z of a.keys()) {
              if (!row[b] || !a[b]![z] || row[z] || x === z || [x, b, z].some((v) => group[v]! < 0)) continue
              const [i, j, k] = [group[x], group[b], group[z]]
              const role =
                i === k ? (i === j ? "coordinator" : "itinerant") : i === j ? "representative" : j === k ? "gatekeeper" : "liaison"
              counts[b * 5 + brokers.BROKER_ROLES.indexOf(role)]!++
            }
        expect(brokers.brokerRoles(graph, group)).toEqual(counts)
      }),
    )
})

test("the karate club: the tie of 1 and 32 is the most travelled (Girvan and Newman 2002), and 1 and 34 broker most", () => {
  const ties = tieMeasures.tieBetweenness(KARATE, { normalised: false })
  const top = [...ties.keys()].sort((x, y) => ties[y]! - ties[x]!)[0]!
  expect([KARATE.from[top]! + 1, KARATE.to[top]! + 1, Number(ties[top]!.toFixed(3))]).toEqual([1, 32, 71.393])
  const brokerage = MEASURES.brokerage(KARATE)
  expect([...brokerage.keys()].sort((x, y) => brokerage[y]! - brokerage[x]!).slice(0, 2)).toEqual([33, 0])
})

test("sampled betweenness stays within the error that was asked for", () => {
  const random = Array.from({ length: 9000 }, (_, i) => Math.imul(i + 1, 2654435761) >>> 0)
  const { graph } = graphFrom({
    n: 3000,
    source: random.map((x) => x % 3000),
    target: random.map((x) => Math.floor(((x >>> 12) % 1000) ** 2 / 340) % 3000),
  })
  const exact = MEASURES.betweenness(graph)
  const within = 0.06
  for (const seed of [1, 2, 3]) {
    const sampled = MEASURES.betweenness(graph, { within, seed })
    expect(sampled).not.toEqual(exact)
    expect(Math.max(...exact.map((b, v) => Math.abs(b - sampled[v]!)))).toBeLessThanOrEqual(within)
  }
  expect(MEASURES.betweenness(KARATE, { within: 0.01 })).toEqual(MEASURES.betweenness(KARATE))
})
