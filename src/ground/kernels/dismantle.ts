import { components } from "./components.ts"
import { type Graph, induced, nodesWhere } from "./graph.ts"
import { LOCAL, type MeasureName, measured } from "./measures.ts"
import type { MeasureOptions } from "./options.ts"
import type { Pool } from "./pool.ts"

export interface DismantleOptions {
  /** Default true: after each removal the measure is computed again on all that is left. False: ranked once. */
  recompute?: boolean
  /** How many go before the measure is computed again, default 1 (sequential); more are the blocks of Cavallaro et al. 2020. */
  block?: number
  /** How many nodes to remove; default all that may be. */
  removals?: number
  /** Nodes with 0 here are never removed. */
  removable?: ArrayLike<number>
  /**
   * Among equal scores the node with the smallest entry goes first. Default: the highest node number goes first, which, with
   * nodes numbered by ascending label, is what the published curves of Cavallaro et al. 2020 do once all scores are equal.
   */
  tieOrder?: ArrayLike<number>
  measure?: MeasureOptions
}

export interface Dismantling {
  order: Int32Array<ArrayBuffer>
  /** Before the first and after each removal: largest component left, as a share of the first largest component. */
  lcc: Float64Array<ArrayBuffer>
  /** Of each removal, how many nodes had its score when it went: above 1 the order among equals decided. */
  equals: Int32Array<ArrayBuffer>
}

/** Scores closer than this share of each other are equal: sums in another order must not decide who goes first. */
const EQUAL = 1e-9

/** A piece of more than one node in so many is put in order by a look at all nodes, which is sooner done than sorting it. */
const SCAN = 32

/** Removes, time after time, the node that the measure puts highest. */
export async function dismantle(graph: Graph, name: MeasureName, options: DismantleOptions = {}, pool?: Pool): Promise<Dismantling> {
  const alive = Uint8Array.from({ length: graph.n }, () => 1)
  const may = Uint8Array.from({ length: graph.n }, (_, v) => (!options.removable || options.removable[v] ? 1 : 0))
  const removals = Math.min(options.removals ?? graph.n, nodesWhere(may).length)
  const rank = options.tieOrder ?? Int32Array.from({ length: graph.n }, (_, v) => -v)
  const order = new Int32Array(removals)
  const equals = new Int32Array(removals)
  const block = options.block ?? 1
  const score = new Float64Array(graph.n)
  const local = LOCAL.has(name)
  const measure = local ? { ...options.measure, normalised: false } : { ...options.measure }
  const rescore = async (nodes: Int32Array) => {
    const fresh = await measured(induced(graph, nodes), name, measure, pool)
    for (let i = 0; i < nodes.length; i++) score[nodes[i]!] = fresh[i]!
  }
  await rescore(nodesWhere(alive))
  for (let i = 0; i < removals; i++) {
    const { best: gone, among } = highest(score, rank, may)
    order[i] = gone
    equals[i] = among
    may[gone] = 0
    alive[gone] = 0
    if (options.recompute === false || i + 1 === removals || (i + 1) % block > 0) continue
    if (local) for (const nodes of pieces(graph, alive, order.subarray(i + 1 - block, i + 1))) await rescore(nodes)
    else await rescore(nodesWhere(alive))
  }
  return { order, lcc: shareLeft(graph, order), equals }
}

/**
 * Largest component after each removal of `order`, as a share of the first largest component; one entry more than `order`.
 * Works from the end by joining, so that the whole curve costs about as much as one search. A node named twice is gone already.
 */
export function shareLeft(graph: Graph, order: ArrayLike<number>): Float64Array<ArrayBuffer> {
  const { n } = graph
  const alive = new Uint8Array(n).fill(1)
  const goneAt = new Int32Array(n).fill(-1)
  for (let i = 0; i < order.length; i++) {
    if (alive[order[i]!]) goneAt[order[i]!] = i
    alive[order[i]!] = 0
  }
  const parent = Int32Array.from({ length: n }, (_, v) => v)
  const size = new Int32Array(n).fill(1)
  const root = (v: number) => {
    let at = v
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!
      at = parent[at]!
    }
    return at
  }
  const { label, size: sizes, largest } = components(graph, alive)
  const face = new Int32Array(sizes.length).fill(-1)
  for (let v = 0; v < n; v++) {
    if (label[v]! < 0) continue
    if (face[label[v]!]! < 0) {
      face[label[v]!] = v
      size[v] = sizes[label[v]!]!
    }
    parent[v] = face[label[v]!]!
  }
  const curve = new Float64Array(order.length + 1)
  let most = largest
  for (let i = order.length; ; i--) {
    curve[i] = most
    if (i === 0) break
    const v = order[i - 1]!
    if (goneAt[v] !== i - 1) continue
    alive[v] = 1
    for (const { starts, targets } of graph.directed ? [graph.out, graph.in] : [graph.out]) {
      for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) {
        if (!alive[targets[arc]!]) continue
        const a = root(v)
        const b = root(targets[arc]!)
        if (a === b) continue
        const [big, small] = size[a]! >= size[b]! ? [a, b] : [b, a]
        parent[small] = big
        size[big]! += size[small]!
      }
    }
    most = Math.max(most, size[root(v)]!)
  }
  const first = curve[0]!
  return first > 0 ? curve.map((left) => left / first) : curve
}

function highest(score: Float64Array, rank: ArrayLike<number>, may: Uint8Array): { best: number; among: number } {
  let most = -Infinity
  for (let v = 0; v < score.length; v++) if (may[v] && score[v]! > most) most = score[v]!
  const least = most - EQUAL * Math.abs(most)
  let best = -1
  let among = 0
  for (let v = 0; v < score.length; v++) {
    if (!may[v] || score[v]! < least) continue
    among++
    if (best < 0 || rank[v]! < rank[best]!) best = v
  }
  return { best, among }
}

/** The components into which removals have cut those that held the nodes, each ascending. */
function pieces(graph: Graph, alive: Uint8Array, gone: Int32Array): Int32Array[] {
  const seen = new Uint8Array(graph.n)
  const sides = graph.directed ? [graph.out, graph.in] : [graph.out]
  const queue = new Int32Array(graph.n)
  const found: Int32Array[] = []
  let tail = 0
  const take = (v: number, cut = false) => {
    for (const { starts, targets } of sides) {
      for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) {
        const w = targets[arc]!
        if (seen[w] || !alive[w]) continue
        seen[w] = 1
        queue[tail++] = w
        if (cut) spread()
      }
    }
  }
  const spread = () => {
    const from = tail - 1
    for (let head = from; head < tail; head++) take(queue[head]!)
    const nodes = queue.subarray(from, tail)
    if (nodes.length < graph.n / SCAN) {
      found.push(nodes.slice().sort())
      return
    }
    const inside = new Uint8Array(graph.n)
    for (const v of nodes) inside[v] = 1
    found.push(nodesWhere(inside))
  }
  for (const v of gone) take(v, true)
  return found
}
