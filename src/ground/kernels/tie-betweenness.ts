import { searchOf } from "./dijkstra.ts"
import type { Graph } from "./graph.ts"
import { lengthsOf, type MeasureOptions } from "./options.ts"

/** Lengths closer than this share of each other are the same length. */
const SAME = 1e-12

/**
 * Betweenness of every edge (Girvan and Newman 2002): shortest paths that run over it, shared among equally short ones, end points
 * included. Normalised: divided by the pairs of nodes. One score per edge of the graph, on this thread.
 */
export function tieBetweenness(graph: Graph, options: MeasureOptions = {}): Float64Array<ArrayBuffer> {
  const { n, m, directed, out } = graph
  const { starts, targets } = out
  const lengths = lengthsOf(out, options) ?? new Float64Array(targets.length).fill(1)
  const edge = edgesOf(graph)
  const score = new Float64Array(m)
  const paths = new Float64Array(n)
  const behind = new Float64Array(n)
  const search = searchOf(starts, targets, lengths)
  const { queue, place, far } = search
  for (let source = 0; source < n; source++) {
    const tail = search.run(source)
    paths.fill(0, 0, tail)
    behind.fill(0, 0, tail)
    paths[0] = 1
    const next = (head: number, arc: number) => {
      const at = place[targets[arc]!]!
      return at > head && far[head]! + lengths[arc]! <= far[at]! * (1 + SAME) ? at : -1
    }
    for (let head = 0; head < tail; head++) {
      const v = queue[head]!
      for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) {
        const at = next(head, arc)
        if (at >= 0) paths[at]! += paths[head]!
      }
    }
    for (let head = tail - 1; head >= 0; head--) {
      const v = queue[head]!
      for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) {
        const at = next(head, arc)
        if (at < 0) continue
        const share = (paths[head]! / paths[at]!) * (1 + behind[at]!)
        score[edge[arc]!]! += share
        behind[head]! += share
      }
    }
    search.clear(tail)
  }
  const unit = options.normalised !== false && n > 1 ? 1 / (n * (n - 1)) : directed ? 1 : 0.5
  return score.map((s) => s * unit)
}

/** The edge of each arc of the outgoing rows. */
function edgesOf({ n, m, directed, from, to, out }: Graph): Int32Array {
  const edge = new Int32Array(out.targets.length)
  const fill = out.starts.slice(0, n)
  const put = (v: number, e: number) => {
    edge[fill[v]!++] = e
  }
  // Rows list lower neighbours first, both in the order of edges: see how rows are filled.
  if (!directed) for (let e = 0; e < m; e++) put(to[e]!, e)
  for (let e = 0; e < m; e++) put(from[e]!, e)
  return edge
}
