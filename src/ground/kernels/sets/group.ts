import { type Graph, undirected } from "../graph.ts"

/** Shortest paths that a set of nodes lies on. */
interface Covering {
  /** Group betweenness of the set: the sum over pairs outside it of the share of their shortest paths that meet it. */
  value: number
  /** The same for the set with each node added; the set's own value for its members. */
  withNode: Float64Array
}

/**
 * Group betweenness (Everett and Borgatti 1999), unordered pairs, steps, directions dropped; also for each larger set by one node,
 * in one pass of counting per source: paths that avoid the set are counted beside all paths, so that what a node adds is what of
 * the avoiding paths runs through it, less the pairs of which it is itself an end.
 */
export function covering(given: Graph, set: ArrayLike<number>): Covering {
  const { n, out } = undirected(given)
  const { starts, targets } = out
  const inside = new Uint8Array(n)
  for (let i = 0; i < set.length; i++) inside[set[i]!] = 1
  const far = new Int32Array(n).fill(-1)
  const queue = new Int32Array(n)
  const paths = new Float64Array(n)
  const avoiding = new Float64Array(n)
  const behind = new Float64Array(n)
  const withNode = new Float64Array(n)
  let value = 0
  for (let s = 0; s < n; s++) {
    if (inside[s]) continue
    queue[0] = s
    far[s] = 0
    paths[s] = avoiding[s] = 1
    let tail = 1
    for (let head = 0; head < tail; head++) {
      const v = queue[head]!
      for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) {
        const w = targets[arc]!
        if (far[w]! < 0) {
          far[w] = far[v]! + 1
          paths[w] = avoiding[w] = 0
          queue[tail++] = w
        }
        if (far[w] !== far[v]! + 1) continue
        paths[w]! += paths[v]!
        if (!inside[w]) avoiding[w]! += avoiding[v]!
      }
    }
    let met = 0
    for (let head = tail - 1; head > 0; head--) {
      const v = queue[head]!
      let sum = 0
      for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) {
        const w = targets[arc]!
        if (far[w] === far[v]! + 1 && !inside[w]) sum += behind[w]!
      }
      if (!inside[v]) {
        met += 1 - avoiding[v]! / paths[v]!
        withNode[v]! += avoiding[v]! * sum
      }
      behind[v] = sum + 1 / paths[v]!
    }
    value += met
    withNode[s]! -= 2 * met
    for (let head = 0; head < tail; head++) far[queue[head]!] = -1
  }
  for (let v = 0; v < n; v++) withNode[v] = inside[v] ? value / 2 : (value + withNode[v]!) / 2
  return { value: value / 2, withNode }
}

/** Group betweenness of a set, as a share of the pairs outside it. */
export function groupBetweenness(graph: Graph, set: ArrayLike<number>): number {
  const left = graph.n - set.length
  return left < 2 ? 0 : covering(graph, set).value / ((left * (left - 1)) / 2)
}

/** A set of k, each member the one that raises group betweenness most; among equals the lowest node. */
export function groupGreedy(graph: Graph, candidates: Int32Array, k: number): Int32Array {
  const set: number[] = []
  while (set.length < k) {
    const { withNode } = covering(graph, set)
    let best = -1
    for (const v of candidates)
      if (!set.includes(v) && (best < 0 || withNode[v]! > withNode[best]! + 1e-9 * Math.abs(withNode[best]!))) best = v
    set.push(best)
  }
  return Int32Array.from(set)
}
