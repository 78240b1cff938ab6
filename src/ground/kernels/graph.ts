import { Failure } from "#vocabulary/failure"

/** Compressed sparse rows: the arcs of node v are `starts[v]` to `starts[v + 1]`, their targets ascending. */
export interface Rows {
  readonly starts: Int32Array
  readonly targets: Int32Array
  readonly weights: Float64Array
}

/**
 * A simple graph over the nodes 0 to n - 1. Buffers are shared memory, so that workers read them without a copy; nobody
 * writes to them after `graphFrom`. Edge e joins `from[e]` to `to[e]` (undirected: from < to), ordered by from, then to.
 */
export interface Graph {
  readonly n: number
  readonly m: number
  readonly directed: boolean
  readonly from: Int32Array
  readonly to: Int32Array
  readonly weight: Float64Array
  /** Outgoing rows; an undirected edge stands in the rows of both its ends. */
  readonly out: Rows
  /** Incoming rows; the same object as `out` when undirected. */
  readonly in: Rows
}

export interface EdgeList {
  /** Number of nodes; nodes without an edge count too. */
  n: number
  source: ArrayLike<number>
  target: ArrayLike<number>
  /** Finite and not negative; 1 each when left out. A row of weight 0 is no edge. */
  weight?: ArrayLike<number>
  /** Default false: a pair is one edge, in whichever order its ends are written. */
  directed?: boolean
  /** What a pair that is written again does: adds up (default), or replaces what stood before it. */
  repeats?: "sum" | "last"
}

const MOST = 2 ** 30

export function int32(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * 4))
}

export function float64(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * 8))
}

/**
 * Builds a graph from edge rows. Self-loops are dropped: no measure here gives them a meaning. `edgeOf` says which edge each
 * row went into, -1 for a dropped one. Linear in n and rows. Throws `invalid.graph` on a node outside 0..n-1 or a weight
 * that is negative or not a number.
 */
export function graphFrom(list: EdgeList): { graph: Graph; edgeOf: Int32Array } {
  const { n, source, target, weight, directed = false, repeats = "sum" } = list
  const rows = source.length
  if (!Number.isInteger(n) || n < 0 || n > MOST || rows > MOST || target.length !== rows || (weight && weight.length !== rows))
    throw new Failure("invalid.graph", `cannot make a graph of ${n} nodes from ${rows} sources and ${target.length} targets`)
  const a = new Int32Array(rows)
  const b = new Int32Array(rows)
  const kept = new Int32Array(rows)
  let count = 0
  for (let row = 0; row < rows; row++) {
    const s = source[row]!
    const t = target[row]!
    const w = weight ? weight[row]! : 1
    if (!Number.isInteger(s) || !Number.isInteger(t) || s < 0 || t < 0 || s >= n || t >= n || !(w >= 0 && w < Infinity))
      throw new Failure("invalid.graph", `edge row ${row} (${s}, ${t}, ${w}) does not fit a graph of ${n} nodes`, { at: `row ${row}` })
    const turned = !directed && t < s
    a[row] = turned ? t : s
    b[row] = turned ? s : t
    if (s !== t && w > 0) kept[count++] = row
  }
  const sorted = byKey(byKey(kept.subarray(0, count), b, n), a, n)
  const edgeOf = new Int32Array(rows).fill(-1)
  const from = int32(count)
  const to = int32(count)
  const sum = float64(count)
  let m = 0
  for (const row of sorted) {
    const w = weight ? weight[row]! : 1
    if (m > 0 && from[m - 1] === a[row] && to[m - 1] === b[row]) sum[m - 1] = repeats === "sum" ? sum[m - 1]! + w : w
    else {
      from[m] = a[row]!
      to[m] = b[row]!
      sum[m++] = w
    }
    edgeOf[row] = m - 1
  }
  return { graph: assemble(n, from.subarray(0, m), to.subarray(0, m), sum.subarray(0, m), directed), edgeOf }
}

/** The same nodes with other edge weights, one per edge of `graph`; an edge of weight 0 is gone. */
export function reweighted(graph: Graph, weight: Float64Array): Graph {
  let m = 0
  for (let e = 0; e < graph.m; e++) if (weight[e]! > 0) m++
  const from = int32(m)
  const to = int32(m)
  const left = float64(m)
  m = 0
  for (let e = 0; e < graph.m; e++) {
    if (!(weight[e]! > 0)) continue
    from[m] = graph.from[e]!
    to[m] = graph.to[e]!
    left[m++] = weight[e]!
  }
  return assemble(graph.n, from, to, left, graph.directed)
}

/** The graph on `nodes` (ascending, no repeats) alone: node i of the result is `nodes[i]`. Linear in those nodes' arcs and n. */
export function induced(graph: Graph, nodes: Int32Array): Graph {
  const place = new Int32Array(graph.n).fill(-1)
  for (let i = 0; i < nodes.length; i++) place[nodes[i]!] = i
  const { starts, targets, weights } = graph.out
  let most = 0
  for (let i = 0; i < nodes.length; i++) most += starts[nodes[i]! + 1]! - starts[nodes[i]!]!
  const from = int32(most)
  const to = int32(most)
  const weight = float64(most)
  let m = 0
  for (let i = 0; i < nodes.length; i++) {
    for (let arc = starts[nodes[i]!]!; arc < starts[nodes[i]! + 1]!; arc++) {
      const j = place[targets[arc]!]!
      if (j < 0 || (!graph.directed && j < i)) continue
      from[m] = i
      to[m] = j
      weight[m++] = weights[arc]!
    }
  }
  return assemble(nodes.length, from.subarray(0, m), to.subarray(0, m), weight.subarray(0, m), graph.directed)
}

/** The graph without directions; two arcs against each other become one edge with their weights added. */
export function undirected(graph: Graph): Graph {
  return graph.directed ? graphFrom({ n: graph.n, source: graph.from, target: graph.to, weight: graph.weight }).graph : graph
}

/** The nodes v with `keep[v]` not 0, ascending. */
export function nodesWhere(keep: ArrayLike<number>): Int32Array {
  const nodes = new Int32Array(keep.length)
  let count = 0
  for (let v = 0; v < keep.length; v++) if (keep[v]) nodes[count++] = v
  return nodes.subarray(0, count)
}

function assemble(n: number, from: Int32Array, to: Int32Array, weight: Float64Array, directed: boolean): Graph {
  const m = from.length
  if (!directed) {
    const both = rowsOf(n, weight, [
      [to, from],
      [from, to],
    ])
    return { n, m, directed, from, to, weight, out: both, in: both }
  }
  return { n, m, directed, from, to, weight, out: rowsOf(n, weight, [[from, to]]), in: rowsOf(n, weight, [[to, from]]) }
}

/** Edges come ordered by both ends, so that each pass fills every row in ascending order of its targets. */
function rowsOf(n: number, weight: Float64Array, passes: readonly (readonly [Int32Array, Int32Array])[]): Rows {
  const m = weight.length
  const starts = int32(n + 1)
  for (const [own] of passes) for (let e = 0; e < m; e++) starts[own[e]! + 1]!++
  for (let v = 0; v < n; v++) starts[v + 1]! += starts[v]!
  const fill = starts.slice(0, n)
  const targets = int32(m * passes.length)
  const weights = float64(m * passes.length)
  for (const [own, other] of passes) {
    for (let e = 0; e < m; e++) {
      const arc = fill[own[e]!]!++
      targets[arc] = other[e]!
      weights[arc] = weight[e]!
    }
  }
  return { starts, targets, weights }
}

/** Stable counting sort of `rows` by `key[row]`, keys in 0..n-1. */
function byKey(rows: Int32Array, key: Int32Array, n: number): Int32Array {
  const place = new Int32Array(n + 1)
  for (const row of rows) place[key[row]! + 1]!++
  for (let k = 0; k < n; k++) place[k + 1]! += place[k]!
  const sorted = new Int32Array(rows.length)
  for (const row of rows) sorted[place[key[row]!]!++] = row
  return sorted
}
