import { solved } from "./dense.ts"
import type { Graph, Rows } from "./graph.ts"
import { strongParts } from "./strong.ts"

/** Largest eigenvalue of a graph's matrix, and its vector (of any length). */
export interface Leading {
  value: number
  vector: Float64Array<ArrayBuffer>
}

const ROUNDS = 2_000
const MOST_ROUNDS = 20_000
/** Bounds of an eigenvalue this close, as a share of it, are one value. */
const CLOSE = 1e-13
/** Eigenvalues of two parts this close are the same. */
const SAME = 1e-9
/** A part of this size or less that settles slowly is solved directly. */
const MOST_DENSE = 600

/**
 * The vector that the powers of A' + I make of a vector of ones, as an even start: x = A'x / value, each node fed by the arcs into it. Null where
 * a part is too large and settles too slowly, or figures leave what a double holds.
 *
 * Powers alone never settle where two strong parts of one eigenvalue lie on one way (they grow like k · value^k), and where no way leads back
 * to where it began there is no eigenvalue but 0: there all are 0. So the limit is put together from strong parts, each of
 * which has one positive vector (Perron 1907, Frobenius 1912). A node's height is how many parts of the largest eigenvalue lie on a way to it;
 * only the greatest height counts in the limit (Rothblum 1975), and what flows there is carried down part by part.
 */
export function leadingDirected(graph: Graph, weightsIn: Float64Array, weightsOut: Float64Array): Leading | null {
  const { n } = graph
  const parts = strongParts(graph).map((nodes) => ({ nodes, of: localRows(graph.in, weightsIn, nodes) }))
  const perrons = parts.map(({ of }) => (of.size === 1 ? { value: 0, vector: new Float64Array([1]) } : perron(of)))
  if (perrons.includes(null)) return null
  const value = perrons.reduce((most, p) => Math.max(most, p!.value), 0)
  const share = new Float64Array(n)
  if (value === 0) return { value, vector: share }
  const height = new Int32Array(n)
  for (const [i, { nodes, of }] of parts.entries()) {
    // What comes in from parts before: only the greatest height among them counts, and the even start as long as there is none.
    const { starts, targets } = graph.in
    const inside = new Set(nodes)
    const outside = (v: number) => [...arcs(starts, v)].filter((arc) => !inside.has(targets[arc]!))
    const tall = nodes.reduce((most, v) => outside(v).reduce((m, arc) => Math.max(m, height[targets[arc]!]!), most), 0)
    const fed = Float64Array.from(nodes, (v) =>
      outside(v)
        .filter((arc) => height[targets[arc]!] === tall)
        .reduce((sum, arc) => sum + weightsIn[arc]! * share[targets[arc]!]!, tall === 0 ? 1 : 0),
    )
    const own = perrons[i]!
    const leads = own.value >= value * (1 - SAME)
    let result: Float64Array | null
    if (leads) {
      const left = perron(localRows(graph.out, weightsOut, nodes))
      const by = left && dot(left.vector, fed) / dot(left.vector, own.vector)
      result = by === null ? null : own.vector.map((x) => x * by)
    } else result = passedOn(of, value, fed)
    if (result === null || !result.every(Number.isFinite)) return null
    for (const [at, v] of nodes.entries()) {
      share[v] = result[at]!
      height[v] = tall + Number(leads)
    }
  }
  const top = height.reduce((a, b) => Math.max(a, b), 0)
  return { value, vector: share.map((x, v) => (height[v] === top ? x : 0)) }
}

interface Local {
  size: number
  starts: Int32Array
  targets: Int32Array
  weights: Float64Array
}

function* arcs(starts: Int32Array, v: number): Generator<number> {
  for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) yield arc
}

/** The rows among `nodes` (ascending) alone. */
function localRows(rows: Rows, weights: Float64Array, nodes: Int32Array): Local {
  const place = new Map(Array.from(nodes, (v, i) => [v, i] as const))
  const kept = Array.from(nodes, (v) => [...arcs(rows.starts, v)].filter((arc) => place.has(rows.targets[arc]!)))
  const starts = new Int32Array(nodes.length + 1)
  for (const [i, own] of kept.entries()) starts[i + 1] = starts[i]! + own.length
  const all = kept.flat()
  return {
    size: nodes.length,
    starts,
    targets: Int32Array.from(all, (arc) => place.get(rows.targets[arc]!)!),
    weights: Float64Array.from(all, (arc) => weights[arc]!),
  }
}

function pulled({ size, starts, targets, weights }: Local, x: Float64Array): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(size)
  for (let v = 0; v < size; v++) {
    let sum = 0
    for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) sum += weights[arc]! * x[targets[arc]!]!
    sums[v] = sum
  }
  return sums
}

/** Between the least and the greatest of (Ax)_v / x_v lies the eigenvalue (Collatz 1942, Wielandt 1950). */
function bounds(image: Float64Array, x: Float64Array): [number, number] {
  let [low, high] = [Infinity, 0]
  for (let v = 0; v < x.length; v++) {
    const ratio = image[v]! / x[v]!
    if (ratio < low) low = ratio
    if (ratio > high) high = ratio
  }
  return [low, high]
}

/** Eigenvalue and positive vector of a strong part of two nodes or more, its length 1 in sums. Null: it does not settle. */
function perron(of: Local): Leading | null {
  let x: Float64Array<ArrayBuffer> = new Float64Array(of.size).fill(1 / of.size)
  // Half the mean sum of a row keeps rings from swinging for ever.
  const shift = of.weights.reduce((a, b) => a + b, 0) / of.size / 2
  for (let round = 0; round < (of.size <= MOST_DENSE ? ROUNDS : MOST_ROUNDS); round++) {
    const image = pulled(of, x)
    const [low, high] = bounds(image, x)
    if (high - low <= CLOSE * high) return { value: high, vector: x }
    for (let v = 0; v < of.size; v++) image[v]! += shift * x[v]!
    x = scaled(image)
  }
  return of.size <= MOST_DENSE ? noda(of, x) : null
}

/** Inverse iteration from above (Noda 1971): settles from any positive start, ever faster. */
function noda(of: Local, start: Float64Array): Leading | null {
  let x = Float64Array.from(start)
  let best = Infinity
  for (let round = 0; round < 100; round++) {
    const [low, high] = bounds(pulled(of, x), x)
    // What rounding leaves open is not closed by going on.
    if (high - low <= CLOSE * high || (high - low <= 1e-10 * high && high - low >= best)) return { value: high, vector: x }
    best = Math.min(best, high - low)
    const next = solved(minus(of, high, x))
    if (next === null) return high - low <= 1e-10 * high ? { value: high, vector: x } : null
    x = scaled(next.map(Math.abs))
  }
  return null
}

/** x of (value I − A) x = fed for a part whose own eigenvalue is less. */
function passedOn(of: Local, value: number, fed: Float64Array): Float64Array | null {
  if (of.size === 1) return fed.map((b) => b / value)
  let x = fed.map((b) => b / value)
  for (let round = 0; round < (of.size <= MOST_DENSE ? ROUNDS : MOST_ROUNDS); round++) {
    const next = pulled(of, x)
    let [change, size] = [0, 0]
    for (let v = 0; v < of.size; v++) {
      next[v] = (next[v]! + fed[v]!) / value
      change += Math.abs(next[v]! - x[v]!)
      size += next[v]!
    }
    x = next
    if (change <= 1e-15 * size) return x
  }
  return of.size <= MOST_DENSE ? solved(minus(of, value, fed)) : null
}

/** value I − A with the right side b. */
function minus({ size, starts, targets, weights }: Local, value: number, b: Float64Array): Float64Array[] {
  return Array.from({ length: size }, (_, v) => {
    const row = new Float64Array(size + 1)
    row[v] = value
    row[size] = b[v]!
    for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) row[targets[arc]!]! -= weights[arc]!
    return row
  })
}

/** Scaled in place so that its sum is 1. */
function scaled(x: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  let sum = 0
  for (let v = 0; v < x.length; v++) sum += x[v]!
  for (let v = 0; v < x.length; v++) x[v]! /= sum
  return x
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let v = 0; v < a.length; v++) sum += a[v]! * b[v]!
  return sum
}
