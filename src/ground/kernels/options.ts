import type { Graph, Rows } from "./graph.ts"

/** What a measure may be told. Each measure reads the fields that concern it; `measures.ts` lists which. */
export interface MeasureOptions {
  /** Use edge weights; default false: every edge counts the same. */
  weighted?: boolean
  /** How long a weighted edge is: `inverse` = 1 / weight (default: strong ties are short), `weight` = the weight itself. */
  length?: "inverse" | "weight"
  /** Default true: scaled as NetworkX scales, so that graphs of different size compare. */
  normalised?: boolean
  /** Katz attenuation. Left out: 0.85 / largest eigenvalue. Given: the linear system is solved as it stands. */
  alpha?: number
  /** PageRank: chance to follow an edge, default 0.85. */
  damping?: number
  /** Collective influence: radius of the ball, default 2. */
  radius?: number
  /** Betweenness from this many sampled sources instead of all: an estimate, for graphs too large for the exact figure. */
  pivots?: number
  /**
   * Betweenness from as many sampled sources as make every normalised score err by no more than this, with chance 0.95 for all
   * nodes together; exact where that takes no fewer sources than there are. See `pivotsFor`.
   */
  within?: number
  /** Seed of either sample, default 1. */
  seed?: number
}

/** Length of each arc, or null when every arc counts 1. */
export function lengthsOf(rows: Rows, options: MeasureOptions): Float64Array | null {
  if (!options.weighted) return null
  return options.length === "weight" ? rows.weights : rows.weights.map((w) => 1 / w)
}

/** Weight of each arc as the options want it. */
export function weightsOf(rows: Rows, options: MeasureOptions): Float64Array {
  return options.weighted ? rows.weights : new Float64Array(rows.targets.length).fill(1)
}

/** Number or weight of the arcs of each node; a directed node counts both directions. */
export function strengths(graph: Graph, options: MeasureOptions): Float64Array {
  const total = new Float64Array(graph.n)
  for (let e = 0; e < graph.m; e++) {
    const w = options.weighted ? graph.weight[e]! : 1
    total[graph.from[e]!]! += w
    total[graph.to[e]!]! += w
  }
  return total
}
