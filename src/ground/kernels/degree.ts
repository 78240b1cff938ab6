import { type Graph, undirected } from "./graph.ts"
import { type MeasureOptions, strengths } from "./options.ts"

/**
 * Number of ties of each node, divided by n - 1 when normalised; with `weighted`, the sum of their weights, divided likewise.
 * A directed node counts both directions.
 */
export function degree(graph: Graph, options: MeasureOptions = {}): Float64Array<ArrayBuffer> {
  const score = Float64Array.from(strengths(graph, options))
  if (options.normalised === false || graph.n < 2) return score
  return score.map((s) => s / (graph.n - 1))
}

/** Sum of the weights of each node's ties, never scaled. */
export function strength(graph: Graph): Float64Array<ArrayBuffer> {
  return Float64Array.from(strengths(graph, { weighted: true }))
}

/**
 * Core number: the largest k such that the node stays in the part where everybody has k ties or more. Directions dropped.
 * Batagelj and Zaversnik 2003, "An O(m) algorithm for cores decomposition of networks".
 */
export function core(given: Graph): Float64Array<ArrayBuffer> {
  const graph = undirected(given)
  const { starts, targets } = graph.out
  const { n } = graph
  const left = Int32Array.from({ length: n }, (_, v) => starts[v + 1]! - starts[v]!)
  const bins = new Int32Array(n + 1)
  for (const k of left) bins[k + 1]!++
  for (let k = 0; k < n; k++) bins[k + 1]! += bins[k]!
  const order = new Int32Array(n)
  const place = new Int32Array(n)
  const fill = bins.slice()
  for (let v = 0; v < n; v++) {
    place[v] = fill[left[v]!]!++
    order[place[v]!] = v
  }
  for (const v of order) {
    for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) {
      const w = targets[arc]!
      if (left[w]! <= left[v]!) continue
      const head = bins[left[w]!]!
      const other = order[head]!
      order[place[w]!] = other
      place[other] = place[w]!
      order[head] = w
      place[w] = head
      bins[left[w]!]!++
      left[w]!--
    }
  }
  return Float64Array.from(left)
}

/**
 * Collective influence (Morone and Makse 2015): (k - 1) times the sum of (k - 1) over the nodes at exactly `radius` steps
 * (default 2). With `weighted`, k is the sum of weights; steps stay steps. Directions dropped.
 */
export function influence(given: Graph, options: MeasureOptions = {}): Float64Array<ArrayBuffer> {
  const graph = undirected(given)
  const radius = options.radius ?? 2
  const { starts, targets } = graph.out
  const k = strengths(graph, options)
  const score = new Float64Array(graph.n)
  const seen = new Int32Array(graph.n).fill(-1)
  const queue = new Int32Array(graph.n)
  for (let source = 0; source < graph.n; source++) {
    queue[0] = source
    seen[source] = source
    let head = 0
    let tail = 1
    for (let step = 0; step < radius && head < tail; step++) {
      for (const end = tail; head < end; head++) {
        const v = queue[head]!
        for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) {
          const w = targets[arc]!
          if (seen[w] === source) continue
          seen[w] = source
          queue[tail++] = w
        }
      }
    }
    let sum = 0
    for (; head < tail; head++) sum += k[queue[head]!]! - 1
    score[source] = (k[source]! - 1) * sum
  }
  return score
}
