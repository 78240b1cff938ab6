import { type Graph, graphFrom, undirected } from "./graph.ts"
import { type Communities, type LeidenOptions, leiden } from "./leiden.ts"

export interface ConsensusOptions extends LeidenOptions {
  /** Seeds that Leiden is run from, default 50. */
  runs?: number
}

export interface Consensus extends Communities {
  /** Of each node: mean share of runs in which it is with another member of its community; 1 when always, or when alone. */
  firmness: Float64Array
  /** Rounds until all runs agreed; 0 when they did at once. */
  rounds: number
}

/** Pairs that fewer runs than this put together are no tie of the next round. */
const LEAST = 0.5
const MOST_ROUNDS = 20

/**
 * Consensus clustering (Lancichinetti and Fortunato 2012) over Leiden: the runs of many seeds are taken as a weighted graph, tied
 * pairs weighing the share of runs that put them together, which is clustered the same way until all runs agree. Only pairs with
 * a tie in the graph are weighed (Tandon et al. 2019), so that the work stays linear in ties. Same seed, same answer.
 */
export function consensus(given: Graph, options: ConsensusOptions = {}): Consensus {
  const { runs = 50, seed = 1 } = options
  const graph = undirected(given)
  const first = partitions(graph, options, runs, seed)
  let found = first
  let rounds = 0
  while (rounds < MOST_ROUNDS && !agreed(graph, found)) {
    rounds++
    const weight = together(graph, found).map((share) => (share < LEAST ? 0 : share))
    const ties = graphFrom({ n: graph.n, source: graph.from, target: graph.to, weight }).graph
    found = partitions(ties, { ...options, weighted: true }, runs, seed + rounds * runs)
  }
  const label = found[0]!.label
  const shares = together(graph, first)
  const sum = new Float64Array(graph.n)
  const ties = new Int32Array(graph.n)
  for (let e = 0; e < graph.m; e++) {
    const [a, b] = [graph.from[e]!, graph.to[e]!]
    if (label[a] !== label[b]) continue
    for (const v of [a, b]) {
      sum[v]! += shares[e]!
      ties[v]!++
    }
  }
  return {
    ...found[0]!,
    modularity: modularityOf(graph, label, options),
    firmness: sum.map((s, v) => (ties[v]! > 0 ? s / ties[v]! : 1)),
    rounds,
  }
}

function partitions(graph: Graph, options: LeidenOptions, runs: number, seed: number): Communities[] {
  return Array.from({ length: runs }, (_, run) => leiden(graph, { ...options, seed: seed + run }))
}

/** Share of runs that put the two ends of each tie together. */
function together(graph: Graph, found: readonly Communities[]): Float64Array {
  const shares = new Float64Array(graph.m)
  for (let e = 0; e < graph.m; e++) {
    for (const { label } of found) shares[e]! += Number(label[graph.from[e]!] === label[graph.to[e]!])
    shares[e]! /= found.length
  }
  return shares
}

const agreed = (graph: Graph, found: readonly Communities[]): boolean => together(graph, found).every((share) => share === 0 || share === 1)

/** Newman and Girvan's modularity of a partition. */
function modularityOf(graph: Graph, label: Int32Array, { weighted, resolution = 1 }: LeidenOptions): number {
  const held = new Float64Array(graph.n)
  let inside = 0
  let total = 0
  for (let e = 0; e < graph.m; e++) {
    const w = weighted ? graph.weight[e]! : 1
    total += 2 * w
    held[label[graph.from[e]!]!]! += w
    held[label[graph.to[e]!]!]! += w
    if (label[graph.from[e]!] === label[graph.to[e]!]) inside += 2 * w
  }
  return total === 0 ? 0 : inside / total - held.reduce((sum, k) => sum + resolution * (k / total) ** 2, 0)
}
