import { searchOf } from "./dijkstra.ts"
import { float64, type Graph, type Rows } from "./graph.ts"
import { lengthsOf, type MeasureOptions } from "./options.ts"
import { blocksOf, joined, partsHere, range, type Split } from "./split.ts"

export interface DistanceJob {
  n: number
  rows: Rows
  /** Empty when every arc counts 1. */
  lengths: Float64Array
  /** What is made of a node's distances: `closeness` or `harmonic`. */
  of: "closeness" | "harmonic"
  normalised: boolean
}

/**
 * Closeness after Wasserman and Faust 1994: ((r - 1) / sum of distances) times ((r - 1) / (n - 1)), r = nodes in reach, itself
 * among them; without `normalised` the second factor is left out. A directed node is judged by the distances *to* it, as in
 * NetworkX. A node that nobody reaches has 0.
 */
export function closeness(graph: Graph, options: MeasureOptions = {}): Float64Array<ArrayBuffer> {
  return joined(partsHere(distanceSplit, distanceJob(graph, options, "closeness")))
}

/** Harmonic centrality (Marchiori and Latora 2000): sum of 1 / distance over the others, divided by n - 1 when normalised. */
export function harmonic(graph: Graph, options: MeasureOptions = {}): Float64Array<ArrayBuffer> {
  return joined(partsHere(distanceSplit, distanceJob(graph, options, "harmonic")))
}

export function distanceJob(graph: Graph, options: MeasureOptions, of: "closeness" | "harmonic"): DistanceJob {
  const found = lengthsOf(graph.in, options)
  const lengths = float64(found?.length ?? 0)
  if (found) lengths.set(found)
  return { n: graph.n, rows: graph.in, lengths, of, normalised: options.normalised !== false }
}

export const distanceSplit: Split<DistanceJob> = {
  blocks: (job) => blocksOf(job.n),
  block(job, block) {
    const [from, to] = range(job.n, distanceSplit.blocks(job), block)
    return (job.lengths.length > 0 ? byLength : bySteps)(job, from, to)
  },
}

function bySteps(job: DistanceJob, from: number, to: number): Float64Array<ArrayBuffer> {
  const { starts, targets } = job.rows
  const score = new Float64Array(to - from)
  const distance = new Int32Array(job.n).fill(-1)
  const queue = new Int32Array(job.n)
  for (let source = from; source < to; source++) {
    queue[0] = source
    distance[source] = 0
    let tail = 1
    let sum = 0
    let inverse = 0
    for (let head = 0; head < tail; head++) {
      const v = queue[head]!
      const far = distance[v]! + 1
      const end = starts[v + 1]!
      for (let arc = starts[v]!; arc < end; arc++) {
        const w = targets[arc]!
        if (distance[w]! >= 0) continue
        distance[w] = far
        queue[tail++] = w
        sum += far
        inverse += 1 / far
      }
    }
    score[source - from] = scored(job, tail, sum, inverse)
    for (let i = 0; i < tail; i++) distance[queue[i]!] = -1
  }
  return score
}

function byLength(job: DistanceJob, from: number, to: number): Float64Array<ArrayBuffer> {
  const score = new Float64Array(to - from)
  const search = searchOf(job.rows.starts, job.rows.targets, job.lengths)
  for (let source = from; source < to; source++) {
    const reached = search.run(source)
    let sum = 0
    let inverse = 0
    for (let i = 1; i < reached; i++) {
      sum += search.far[i]!
      inverse += 1 / search.far[i]!
    }
    score[source - from] = scored(job, reached, sum, inverse)
    search.clear(reached)
  }
  return score
}

function scored({ of, n, normalised }: DistanceJob, reached: number, sum: number, inverse: number): number {
  if (reached < 2) return 0
  if (of === "harmonic") return normalised ? inverse / (n - 1) : inverse
  return ((reached - 1) / sum) * (normalised ? (reached - 1) / (n - 1) : 1)
}
