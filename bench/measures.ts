/**
 * Every measure beside NetworkX and igraph on small random graphs: draws them, scores them here and writes both as one JSON line each for
 * `bench/measures-peers.py`, which does the comparing: `node bench/measures.ts [graphs] | python3 bench/measures-peers.py` (needs networkx, scipy
 * and python-igraph; the product never does). Half of the graphs have directions, half of either whole weights 1 to 6; ties are few enough that
 * nodes stand alone and parts come apart, and some directed ones have no way back to where it began.
 */
import { type Graph, graphFrom, MEASURES, type MeasureName, rng } from "#kernels"

const [graphs = 400] = process.argv.slice(2).map(Number)
const NAMES = Object.keys(MEASURES) as MeasureName[]

function drawn(seed: number, directed: boolean, weighted: boolean): Graph {
  const random = rng(seed)
  const n = 2 + random.int(29)
  const ties = Math.floor(n * (0.4 + 2.2 * random.next()))
  // One directed graph in five goes down only.
  const down = directed && random.int(5) === 0
  const rows = Array.from({ length: ties }, () => [random.int(n), random.int(n)] as const).map(([a, b]) =>
    down && a > b ? [b, a] : [a, b],
  )
  return graphFrom({
    n,
    source: rows.map(([a]) => a!),
    target: rows.map(([, b]) => b!),
    weight: rows.map(() => (weighted ? 1 + random.int(6) : 1)),
    directed,
    repeats: "last",
  }).graph
}

for (let seed = 1; seed <= graphs; seed++) {
  const [directed, weighted] = [seed % 2 === 0, seed % 4 > 1]
  const graph = drawn(seed, directed, weighted)
  const scores: Record<string, number[] | string> = {}
  for (const name of NAMES) {
    try {
      scores[name] = [...MEASURES[name](graph, { weighted })]
    } catch (error) {
      scores[name] = String(error)
    }
  }
  scores["katz 0.05"] = [...MEASURES.katz(graph, { weighted, alpha: 0.05 })]
  const edges = Array.from(graph.from, (a, e) => [a, graph.to[e], graph.weight[e]])
  process.stdout.write(`${JSON.stringify({ seed, n: graph.n, directed, weighted, edges, scores })}\n`)
}
