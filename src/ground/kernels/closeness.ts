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

/**
 * Thirty-two searches at a time, one bit each (Then et al. 2014): a node is looked at once for all searches that reach it at one
 * distance. How many each search reached is added up in bits as well, a place value a word.
 */
function bySteps(job: DistanceJob, from: number, to: number): Float64Array<ArrayBuffer> {
  const { n } = job
  const { starts, targets } = job.rows
  const score = new Float64Array(to - from)
  const seen = new Int32Array(n)
  const now = new Int32Array(n)
  const next = new Int32Array(n)
  const counter = new Int32Array(32)
  let front = new Int32Array(n)
  let after = new Int32Array(n)
  for (let first = from; first < to; first += 32) {
    const lanes = Math.min(32, to - first)
    const reached = new Float64Array(lanes).fill(1)
    const sum = new Float64Array(lanes)
    const inverse = new Float64Array(lanes)
    seen.fill(0)
    for (let lane = 0; lane < lanes; lane++) {
      now[first + lane] = seen[first + lane] = 1 << lane
      front[lane] = first + lane
    }
    let width = lanes
    for (let far = 1; width > 0; far++) {
      let wide = 0
      for (let i = 0; i < width; i++) {
        const v = front[i]!
        const bits = now[v]!
        now[v] = 0
        const end = starts[v + 1]!
        for (let arc = starts[v]!; arc < end; arc++) {
          const w = targets[arc]!
          const fresh = bits & ~seen[w]!
          if (fresh === 0) continue
          if (next[w] === 0) after[wide++] = w
          next[w]! |= fresh
        }
      }
      let places = 0
      for (let i = 0; i < wide; i++) {
        const w = after[i]!
        const fresh = next[w]!
        next[w] = 0
        now[w] = fresh
        seen[w]! |= fresh
        let carry = fresh
        let place = 0
        for (; carry !== 0; place++) {
          const kept = counter[place]!
          counter[place] = kept ^ carry
          carry &= kept
        }
        if (place > places) places = place
      }
      for (let lane = 0; lane < lanes; lane++) {
        let met = 0
        for (let place = 0; place < places; place++) met += ((counter[place]! >>> lane) & 1) * 2 ** place
        reached[lane]! += met
        sum[lane]! += met * far
        inverse[lane]! += met / far
      }
      counter.fill(0)
      ;[front, after] = [after, front]
      width = wide
    }
    for (let lane = 0; lane < lanes; lane++) score[first - from + lane] = scored(job, reached[lane]!, sum[lane]!, inverse[lane]!)
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
