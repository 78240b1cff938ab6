import { type EdgeList, type Graph, graphFrom } from "#kernels"
import fc from "../support/properties.ts"

/** Small random graphs, sparse enough to fall apart, with trees and bridges hanging off. */
export function graphs(directed: boolean, most = 11): fc.Arbitrary<EdgeList> {
  return fc.integer({ min: 1, max: most }).chain((n) => {
    const node = fc.integer({ min: 0, max: n - 1 })
    return fc
      .array(fc.tuple(node, node, fc.integer({ min: 1, max: 6 })), { maxLength: 2 * n })
      .map((rows) => ({ n, directed, source: rows.map((r) => r[0]), target: rows.map((r) => r[1]), weight: rows.map((r) => r[2]) }))
  })
}

export const build = (list: EdgeList): Graph => graphFrom({ ...list, repeats: "last" }).graph

/** Dense matrix of weights. */
export function matrix({ n, m, directed, from, to, weight }: Graph, weighted: boolean): number[][] {
  const a = Array.from({ length: n }, () => Array.from({ length: n }, () => 0))
  for (let e = 0; e < m; e++) {
    a[from[e]!]![to[e]!] = weighted ? weight[e]! : 1
    if (!directed) a[to[e]!]![from[e]!] = weighted ? weight[e]! : 1
  }
  return a
}

/** Distances of all pairs (Floyd and Warshall) over a matrix of lengths, 0 = no arc. Whole lengths keep this exact. */
export function distances(lengths: number[][]): number[][] {
  const d = lengths.map((row, i) => row.map((l, j) => (i === j ? 0 : l || Infinity)))
  for (const k of d.keys()) for (const i of d.keys()) for (const j of d.keys()) d[i]![j] = Math.min(d[i]![j]!, d[i]![k]! + d[k]![j]!)
  return d
}

/** Betweenness by its definition, ordered pairs: the share of shortest s-t paths through v, over all s and t. */
export function naiveBetweenness(lengths: number[][]): number[] {
  const d = distances(lengths)
  const nodes = [...d.keys()]
  const paths = nodes.map((s) => {
    const count = nodes.map((t) => (s === t ? 1 : 0))
    for (const t of nodes.toSorted((a, b) => d[s]![a]! - d[s]![b]!))
      if (t !== s) for (const u of nodes) if (lengths[u]![t] && d[s]![u]! + lengths[u]![t]! === d[s]![t]) count[t]! += count[u]!
    return count
  })
  const share = (s: number, v: number, t: number) =>
    s !== v && v !== t && s !== t && d[s]![t]! < Infinity && d[s]![v]! + d[v]![t]! === d[s]![t]
      ? (paths[s]![v]! * paths[v]![t]!) / paths[s]![t]!
      : 0
  return nodes.map((v) => nodes.reduce((sum, s) => sum + nodes.reduce((inner, t) => inner + share(s, v, t), 0), 0))
}

/** Largest difference, as a share of the largest entry. */
export function apart(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const all = Array.from(a)
  if (all.length !== b.length) return Infinity
  const scale = Math.max(1e-300, ...all.map(Math.abs), ...Array.from(b).map(Math.abs))
  return Math.max(0, ...all.map((x, i) => Math.abs(x - b[i]!) / scale))
}

/** Zachary 1977, the karate club with its weights: 34 nodes, 78 edges; nodes numbered from 1 as in the paper. */
export const KARATE = (() => {
  const rows =
    "1 2 4,1 3 5,1 4 3,1 5 3,1 6 3,1 7 3,1 8 2,1 9 2,1 11 2,1 12 3,1 13 1,1 14 3,1 18 2,1 20 2,1 22 2,1 32 2,2 3 6,2 4 3,2 8 4,2 14 5,2 18 1,2 20 2,2 22 2,2 31 2,3 4 3,3 8 4,3 9 5,3 10 1,3 14 3,3 28 2,3 29 2,3 33 2,4 8 3,4 13 3,4 14 3,5 7 2,5 11 3,6 7 5,6 11 3,6 17 3,7 17 3,9 31 3,9 33 3,9 34 4,10 34 2,14 34 3,15 33 3,15 34 2,16 33 3,16 34 4,19 33 1,19 34 2,20 34 1,21 33 3,21 34 1,23 33 2,23 34 3,24 26 5,24 28 4,24 30 3,24 33 5,24 34 4,25 26 2,25 28 3,25 32 2,26 32 7,27 30 4,27 34 2,28 34 4,29 32 2,29 34 2,30 33 4,30 34 2,31 33 3,31 34 3,32 33 4,32 34 4,33 34 5"
      .split(",")
      .map((row) => row.split(" ").map(Number))
  return graphFrom({ n: 34, source: rows.map((r) => r[0]! - 1), target: rows.map((r) => r[1]! - 1), weight: rows.map((r) => r[2]!) }).graph
})()
