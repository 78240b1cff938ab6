import { components } from "../components.ts"
import { type Graph, induced, nodesWhere, undirected } from "../graph.ts"

const ROUNDS = 300

/**
 * Generalized network dismantling (Ren, Gleinig, Helbing and Antulov-Fantulin 2019) with unit costs: the largest component is
 * halved along the second eigenvector of the node-weighted Laplacian (B = A ∘ (w1' + 1w' − 1), w = 1: the plain Laplacian), ties
 * across are covered by few nodes (Clarkson 1983: most ties first), and so on. The first k of them that may be taken.
 */
export function dismantlingSet(given: Graph, may: Uint8Array, k: number): Int32Array {
  const graph = undirected(given)
  const alive = new Uint8Array(graph.n).fill(1)
  const set: number[] = []
  while (set.length < k) {
    const { label, size, largest } = components(graph, alive)
    const biggest = size.indexOf(largest)
    const nodes = nodesWhere(label.map((c) => Number(c === biggest)))
    const cover = largest < 2 ? [] : covered(induced(graph, nodes), (i) => Boolean(may[nodes[i]!])).map((i) => nodes[i]!)
    // What is left has no tie that may be cut: any node does as well.
    const chosen = cover.length > 0 ? cover : [...nodesWhere(alive.map((a, v) => Number(a && may[v])))]
    for (const v of chosen.slice(0, k - set.length)) {
      set.push(v)
      alive[v] = 0
    }
  }
  return Int32Array.from(set)
}

/** Nodes that cover the ties between the two sides, of those that may be taken. */
function covered(graph: Graph, may: (v: number) => boolean): number[] {
  const { starts, targets } = graph.out
  const side = halves(graph)
  const open = new Int32Array(graph.n)
  const across = (v: number, w: number) => side[v] !== side[w]
  for (let v = 0; v < graph.n; v++) for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) open[v]! += Number(across(v, targets[arc]!))
  const cover: number[] = []
  for (;;) {
    let best = -1
    for (let v = 0; v < graph.n; v++) if (open[v]! > 0 && may(v) && (best < 0 || open[v]! > open[best]!)) best = v
    if (best < 0) return cover
    cover.push(best)
    open[best] = 0
    for (let arc = starts[best]!; arc < starts[best + 1]!; arc++) {
      const w = targets[arc]!
      if (across(best, w) && open[w]! > 0) open[w]!--
    }
  }
}

/** Sides by the sign of the second eigenvector of the Laplacian: powers of (largest bound − L), kept free of the constant vector. */
function halves({ n, out: { starts, targets } }: Graph): Uint8Array {
  let most = 0
  for (let v = 0; v < n; v++) most = Math.max(most, starts[v + 1]! - starts[v]!)
  let x = Float64Array.from({ length: n }, (_, v) => Math.sin(v + 1))
  for (let round = 0; round < ROUNDS; round++) {
    let mean = 0
    for (const y of x) mean += y / n
    let length = 0
    for (let v = 0; v < n; v++) {
      x[v]! -= mean
      length += x[v]! * x[v]!
    }
    const by = 1 / Math.sqrt(length || 1)
    const next = new Float64Array(n)
    for (let v = 0; v < n; v++) {
      let sum = (2 * most - (starts[v + 1]! - starts[v]!)) * x[v]!
      for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) sum += x[targets[arc]!]!
      next[v] = sum * by
    }
    x = next
  }
  return Uint8Array.from(x, (y) => Number(y >= 0))
}
