import { Failure } from "#vocabulary/failure"
import { solved } from "./dense.ts"
import type { Graph, Rows } from "./graph.ts"
import { type Leading, leadingDirected } from "./leading.ts"
import { type MeasureOptions, weightsOf } from "./options.ts"

const MOST_ROUNDS = 20_000
const SETTLED = 1e-13
/** Length of A x - value x, as a share of the value, at which x is taken for the eigenvector. */
const CLOSE = 1e-12
/** A dense system of this size takes 130 MB and some 40 s; beyond, only a convergent alpha can be served. */
const MOST_DENSE = 4000

/** PageRank (Brin and Page 1998); sums to 1. Nodes without an arc out spread evenly. An undirected edge counts both ways. */
export function pagerank(graph: Graph, options: MeasureOptions = {}): Float64Array<ArrayBuffer> {
  const { n } = graph
  const damping = options.damping ?? 0.85
  const out = weightsOf(graph.out, options)
  const given = rowSums(graph.out, out, n)
  const weights = weightsOf(graph.in, options)
  let score = new Float64Array(n).fill(n > 0 ? 1 / n : 0)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let idle = 0
    const share = new Float64Array(n)
    for (let v = 0; v < n; v++) {
      if (given[v]! > 0) share[v] = score[v]! / given[v]!
      else idle += score[v]!
    }
    const next = pulled(graph.in, weights, share)
    let change = 0
    for (let v = 0; v < n; v++) {
      next[v] = damping * (next[v]! + idle / n) + (1 - damping) / n
      change += Math.abs(next[v]! - score[v]!)
    }
    score = next
    if (change <= SETTLED) return score
  }
  throw unsettled("pagerank")
}

/**
 * Eigenvector centrality (Bonacich 1972), length 1. A directed node is fed by the arcs into it. Only the component with the
 * largest eigenvalue (directed: its strong part, and whom that reaches) scores above 0; where several have the same one, each has the share
 * of an even start. A directed graph without a way back to where it began has 0 everywhere.
 */
export function eigenvector(graph: Graph, options: MeasureOptions = {}): Float64Array<ArrayBuffer> {
  return leading(graph, options).vector
}

/**
 * Katz centrality (1953), length 1: x = alpha A'x + 1. With the default alpha = 0.85 / largest eigenvalue the series is summed
 * until it settles. A given alpha is used as it stands, by direct solution of the linear system, as `katz_centrality_numpy` of
 * NetworkX does: beyond 1 / largest eigenvalue the solution still exists but is no longer a count of walks, and may be negative.
 */
export function katz(graph: Graph, options: MeasureOptions = {}): Float64Array<ArrayBuffer> {
  const { n } = graph
  if (options.alpha !== undefined && n <= MOST_DENSE) return unit(katzSolved(graph, options, options.alpha))
  const { value } = leading(graph, options)
  const alpha = options.alpha ?? (value > 1e-9 ? 0.85 / value : 0.85)
  if (alpha * value >= 1)
    throw new Failure("invalid.katz-alpha", `alpha ${alpha} is not below 1 / ${value}, and ${n} nodes are too many to solve directly`, {
      hint: `leave alpha out, or give one below ${1 / value}`,
    })
  const weights = weightsOf(graph.in, options)
  let score = new Float64Array(n).fill(1)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = pulled(graph.in, weights, score)
    let change = 0
    let size = 0
    for (let v = 0; v < n; v++) {
      next[v] = alpha * next[v]! + 1
      change += Math.abs(next[v]! - score[v]!)
      size += next[v]!
    }
    score = next
    if (change <= SETTLED * size) return unit(score)
  }
  throw unsettled("katz")
}

/**
 * Largest eigenvalue and its vector of length 1. Directed: `leadingDirected`. Undirected: `conjugate`, for powers alone take tens of
 * thousands of rounds where two halves of a graph are nearly as strong.
 */
function leading(graph: Graph, options: MeasureOptions): Leading {
  if (!graph.directed) return conjugate(graph, weightsOf(graph.out, options))
  const found = leadingDirected(graph, weightsOf(graph.in, options), weightsOf(graph.out, options))
  if (found === null) throw unsettled("eigenvector")
  return { value: found.value, vector: unit(found.vector) }
}

/** Climbs the Rayleigh quotient by locally optimal conjugate directions (Knyazev 2001), one vector, no preconditioner. */
function conjugate({ n, out }: Graph, weights: Float64Array): Leading {
  let x = unit(new Float64Array(n).fill(1))
  let along: Float64Array<ArrayBuffer> | null = null
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const image = pulled(out, weights, x)
    const value = dot(x, image)
    const rest = mixed([image, x], [1, -value])
    if (Math.sqrt(dot(rest, rest)) <= CLOSE * value) return { value, vector: unit(x.map((y) => Math.max(0, y))) }
    const basis = [x]
    const images = [image]
    for (const next of along ? [rest, along] : [rest]) {
      let free = unit(next)
      for (let twice = 0; twice < 2; twice++) free = unit(mixed([free, ...basis], [1, ...basis.map((q) => -dot(q, free))]))
      basis.push(free)
      images.push(pulled(out, weights, free))
    }
    const share = steepest(basis.map((q) => images.map((i) => dot(q, i))))
    along = mixed(basis.slice(1), share.slice(1))
    x = unit(mixed(basis, share))
  }
  throw unsettled("eigenvector")
}

/** Vector of the largest eigenvalue of a small symmetric matrix, by Jacobi's rotations. */
function steepest(a: number[][]): number[] {
  const size = a.length
  const v = a.map((_, i) => a.map((_, j) => (i === j ? 1 : 0)))
  for (let sweep = 0; sweep < 12; sweep++) {
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        if (a[p]![q] === 0) continue
        const theta = (a[q]![q]! - a[p]![p]!) / (2 * a[p]![q]!)
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
        const c = 1 / Math.sqrt(t * t + 1)
        const turn = (row: number[], i: number, j: number) => {
          const [left, right] = [row[i]!, row[j]!]
          row[i] = c * left - t * c * right
          row[j] = t * c * left + c * right
        }
        for (const row of a) turn(row, p, q)
        for (let k = 0; k < size; k++) {
          const [up, down] = [a[p]![k]!, a[q]![k]!]
          a[p]![k] = c * up - t * c * down
          a[q]![k] = t * c * up + c * down
        }
        for (const row of v) turn(row, p, q)
      }
    }
  }
  let best = 0
  for (let i = 1; i < size; i++) if (a[i]![i]! > a[best]![best]!) best = i
  return v.map((row) => row[best]!)
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let v = 0; v < a.length; v++) sum += a[v]! * b[v]!
  return sum
}

function mixed(vectors: readonly Float64Array[], by: readonly number[]): Float64Array<ArrayBuffer> {
  const sum = new Float64Array(vectors[0]!.length)
  for (const [i, vector] of vectors.entries()) for (let v = 0; v < sum.length; v++) sum[v]! += by[i]! * vector[v]!
  return sum
}

function pulled({ starts, targets }: Rows, weights: Float64Array, from: Float64Array): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(from.length)
  for (let v = 0; v < from.length; v++) {
    let sum = 0
    for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) sum += weights[arc]! * from[targets[arc]!]!
    sums[v] = sum
  }
  return sums
}

function rowSums({ starts }: Rows, weights: Float64Array, n: number): Float64Array {
  const sums = new Float64Array(n)
  for (let v = 0; v < n; v++) for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) sums[v]! += weights[arc]!
  return sums
}

/** Length 1, and turned so that the entries' sum is not negative. */
function unit(vector: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  let square = 0
  let sum = 0
  for (const x of vector) {
    square += x * x
    sum += x
  }
  const by = (sum < 0 ? -1 : 1) / Math.sqrt(square)
  if (square > 0) for (let v = 0; v < vector.length; v++) vector[v]! *= by
  return vector
}

/** (I - alpha A') x = 1. Throws `invalid.katz-alpha` when it has no single solution. */
function katzSolved(graph: Graph, options: MeasureOptions, alpha: number): Float64Array<ArrayBuffer> {
  const { n } = graph
  const { starts, targets } = graph.in
  const weights = weightsOf(graph.in, options)
  const rows = Array.from({ length: n }, (_, v) => {
    const row = new Float64Array(n + 1)
    row[v] = 1
    row[n] = 1
    for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) row[targets[arc]!]! -= alpha * weights[arc]!
    return row
  })
  const x = solved(rows)
  if (x === null) throw new Failure("invalid.katz-alpha", `alpha ${alpha} is 1 / an eigenvalue of this graph`)
  return x
}

function unsettled(name: string): Failure {
  return new Failure("invalid.no-convergence", `${name} did not settle in ${MOST_ROUNDS} rounds on this graph`, {
    hint: "use another measure",
  })
}
