import { Failure } from "#vocabulary/failure"
import { float64, type Graph, int32, reweighted } from "./graph.ts"
import { MEASURES, type MeasureName } from "./measures.ts"
import type { MeasureOptions } from "./options.ts"
import type { Pool } from "./pool.ts"
import { rng } from "./rng.ts"
import { joined, partsHere, range, type Split, worthSplitting } from "./split.ts"

/**
 * What edges are made of: row i adds `weight[i]` to edge `edge[i]` as long as group `group[i]` is kept. To count groups, give
 * one row of weight 1 per edge and group. Rows of edge -1 (`edgeOf` of a dropped self-loop) and of group -1 (never lost) are
 * allowed; an edge that no kept row adds to is gone in that draw.
 */
export interface Contributions {
  edge: ArrayLike<number>
  group: ArrayLike<number>
  weight: ArrayLike<number>
  groups: number
}

export interface DrawOptions {
  draws: number
  /** Chance that an edge is kept in a draw. */
  keepEdge: number
  /** Chance that a group is kept in a draw, with all that it contributes; default 1. */
  keepGroup?: number
  /** Left out: each edge is one lump of its weight in the graph, and there are no groups. */
  contributions?: Contributions
  seed?: number
  measure?: MeasureOptions
}

export interface DrawsJob {
  graph: Graph
  edge: Int32Array
  group: Int32Array
  weight: Float64Array
  groups: number
  draws: number
  keepEdge: number
  keepGroup: number
  seed: number
  name: MeasureName
  measure: MeasureOptions
}

const MOST_BLOCKS = 64

/**
 * One measure over many thinned copies of one graph: the score of node v in draw d stands at `d * n + v`. All nodes stay,
 * only edges go; so scores of different draws are on one scale. Draw d depends on the seed and d alone (not on the number of
 * draws or workers): it first decides on each group in order, then on each edge in order.
 *
 * A draw costs what the measure costs. Where exact betweenness takes seconds, as of 10 000 nodes with 46 000 ties at random, give
 * `measure.pivots` and say that the ranges are of estimates.
 * Throws `invalid.draws`, and what the measure throws.
 */
export async function overDraws(graph: Graph, name: MeasureName, options: DrawOptions, pool?: Pool): Promise<Float64Array<ArrayBuffer>> {
  const { contributions } = options
  const lumps = contributions ?? { edge: Array.from(graph.weight.keys()), group: [], weight: graph.weight, groups: 0 }
  const rows = lumps.edge.length
  check(graph, options, lumps)
  const job: DrawsJob = {
    graph,
    edge: int32(rows),
    group: int32(rows).fill(-1),
    weight: float64(rows),
    groups: lumps.groups,
    draws: options.draws,
    keepEdge: options.keepEdge,
    keepGroup: options.keepGroup ?? 1,
    seed: options.seed ?? 1,
    name,
    measure: options.measure ?? {},
  }
  job.edge.set(lumps.edge)
  job.group.set(lumps.group)
  job.weight.set(lumps.weight)
  const visits = options.draws * (options.measure?.pivots ?? graph.n) * (graph.m + graph.n) * 2
  if (!pool || pool.workers === 0 || !worthSplitting(visits)) return joined(partsHere(drawsSplit, job))
  return joined(await pool.run("draws", job, drawsSplit.blocks(job)))
}

function check(
  graph: Graph,
  { draws, keepEdge, keepGroup = 1, contributions }: DrawOptions,
  { edge, group, weight, groups }: Contributions,
): void {
  const chance = (p: number) => p >= 0 && p <= 1
  if (!Number.isInteger(draws) || draws < 1 || !chance(keepEdge) || !chance(keepGroup))
    throw new Failure("invalid.draws", `cannot make ${draws} draws that keep edges with ${keepEdge} and groups with ${keepGroup}`, {
      hint: "draws are a whole number from 1, chances lie between 0 and 1",
    })
  if (contributions && (group.length !== edge.length || weight.length !== edge.length))
    throw new Failure("invalid.draws", `${edge.length} edges, ${group.length} groups and ${weight.length} weights are not the same rows`)
  for (let row = 0; row < group.length; row++) {
    const fits = edge[row]! >= -1 && edge[row]! < graph.m && group[row]! >= -1 && group[row]! < groups && weight[row]! >= 0
    if (!fits)
      throw new Failure("invalid.draws", `contribution ${row} does not fit ${graph.m} edges and ${groups} groups`, { at: `row ${row}` })
  }
}

export const drawsSplit: Split<DrawsJob> = {
  blocks: (job) => Math.min(MOST_BLOCKS, job.draws),
  block(job, block) {
    const { n } = job.graph
    const [from, to] = range(job.draws, drawsSplit.blocks(job), block)
    const scores = new Float64Array((to - from) * n)
    for (let draw = from; draw < to; draw++) {
      scores.set(MEASURES[job.name](reweighted(job.graph, drawn(job, draw)), job.measure), (draw - from) * n)
    }
    return scores
  },
}

function drawn(job: DrawsJob, draw: number): Float64Array {
  const random = rng(job.seed, draw + 1)
  const kept = Uint8Array.from({ length: job.groups }, () => (random.next() < job.keepGroup ? 1 : 0))
  const stays = Uint8Array.from({ length: job.graph.m }, () => (random.next() < job.keepEdge ? 1 : 0))
  const weight = new Float64Array(job.graph.m)
  for (let row = 0; row < job.edge.length; row++) {
    const edge = job.edge[row]!
    const group = job.group[row]!
    if (edge >= 0 && stays[edge] && (group < 0 || kept[group])) weight[edge]! += job.weight[row]!
  }
  return weight
}

export interface RangeOptions {
  /** Default 0.05 and 0.95. */
  low?: number
  high?: number
  /** Size of the top in which `stability` counts a node. */
  top: number
  /** Only nodes with `among[v]` not 0 compete for the top; all when left out. */
  among?: ArrayLike<number>
}

export interface Ranges {
  /** Quantiles of each node's score over the draws, linear between order statistics (type 7 of Hyndman and Fan 1996). */
  low: Float64Array
  median: Float64Array
  high: Float64Array
  /** Share of draws in which the node is among the top; equal scores go to the lower node number. 0 outside `among`. */
  stability: Float64Array
}

/** Sums up what `overDraws` returned for a graph of n nodes. */
export function rangesOf(scores: Float64Array, n: number, options: RangeOptions): Ranges {
  const { low = 0.05, high = 0.95, top, among } = options
  const draws = n === 0 ? 0 : scores.length / n
  const ranges: Ranges = {
    low: new Float64Array(n),
    median: new Float64Array(n),
    high: new Float64Array(n),
    stability: new Float64Array(n),
  }
  const own = new Float64Array(draws)
  for (let v = 0; v < n; v++) {
    for (let d = 0; d < draws; d++) own[d] = scores[d * n + v]!
    own.sort()
    ranges.low[v] = quantile(own, low)
    ranges.median[v] = quantile(own, 0.5)
    ranges.high[v] = quantile(own, high)
  }
  const rivals = Int32Array.from({ length: n }, (_, v) => v).filter((v) => !among || among[v])
  for (let d = 0; d < draws; d++) {
    const score = scores.subarray(d * n, (d + 1) * n)
    const order = rivals.slice().sort((a, b) => score[b]! - score[a]! || a - b)
    for (const v of order.subarray(0, top)) ranges.stability[v]! += 1
  }
  for (let v = 0; v < n; v++) ranges.stability[v]! /= draws
  return ranges
}

/** Of values in ascending order; linear between them (type 7 of Hyndman and Fan 1996). 0 of none. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const at = (sorted.length - 1) * share
  const below = Math.floor(at)
  const a = sorted[below] ?? 0
  const b = sorted[Math.min(below + 1, sorted.length - 1)] ?? 0
  return a + (b - a) * (at - below)
}
