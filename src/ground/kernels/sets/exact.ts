import { type Graph, undirected } from "../graph.ts"
import { type Objective, SAME } from "./objective.ts"

export interface Proof {
  set: Int32Array
  value: number
  /** Sets whose last member was looked for, or parts of the search that a bound did not cut off. */
  looked: number
}

/**
 * The best set of k of the candidates for a goal of fragmentation, or null when `effort` (arc visits) does not suffice. Sets of
 * k − 1 are gone through, and the best last member is found for all at once. A set may hold a node only together with every
 * candidate that stands above it: u stands above v when v's neighbours are all u's, since then taking u instead of v leaves a
 * part of the same graph. No set that this passes over is better than one that it looks at.
 */
export function byEnumeration(given: Graph, objective: Objective, candidates: Int32Array, k: number, effort: number): Proof | null {
  const graph = undirected(given)
  const { starts } = graph.out
  const degree = (v: number) => starts[v + 1]! - starts[v]!
  const order = Int32Array.from(candidates).sort((a, b) => degree(b) - degree(a) || a - b)
  const over = above(graph, order)
  const inside = new Uint8Array(graph.n)
  const values = new Float64Array(graph.n)
  const chosen: number[] = []
  let best: Int32Array | null = null
  let value = -Infinity
  let spent = 0
  let looked = 0
  const allowed = (v: number) => over[v]!.every((u) => inside[u])
  const extend = (from: number): boolean => {
    if (chosen.length === k - 1) {
      const open = order.subarray(from).filter(allowed)
      if (open.length === 0) return true
      spent += objective.cost(open.length)
      if (spent > effort) return false
      objective.each(chosen, open, values)
      looked++
      for (const v of open) {
        if (values[v]! <= value + SAME) continue
        value = values[v]!
        best = Int32Array.from([...chosen, v])
      }
      return true
    }
    for (let i = from; i <= order.length - (k - chosen.length); i++) {
      const v = order[i]!
      if (!allowed(v)) continue
      chosen.push(v)
      inside[v] = 1
      const done = extend(i + 1)
      inside[v] = 0
      chosen.pop()
      if (!done) return false
    }
    return true
  }
  const found = extend(0) ? best : null
  return found && { set: found, value, looked }
}

/** For each node of `order` the nodes before it that stand above it; found among its neighbours and theirs. */
function above({ n, out: { starts, targets } }: Graph, order: Int32Array): number[][] {
  const place = new Int32Array(n).fill(-1)
  for (const [i, v] of order.entries()) place[v] = i
  const over: number[][] = Array.from({ length: n }, () => [])
  const common = new Int32Array(n)
  for (const v of order) {
    const own = targets.subarray(starts[v]!, starts[v + 1]!)
    if (own.length === 0) {
      // Any node stands above one without ties; to ask for one of them is enough.
      if (place[v]! > 0) over[v]!.push(order[place[v]! - 1]!)
      continue
    }
    const met = new Set<number>()
    for (const w of own) {
      met.add(w)
      for (const u of targets.subarray(starts[w]!, starts[w + 1]!)) {
        met.add(u)
        common[u]!++
      }
    }
    for (const u of met) {
      if (u === v || place[u]! < 0 || place[u]! >= place[v]!) continue
      const adjacent = own.includes(u) ? 1 : 0
      if (common[u]! + adjacent === own.length) over[v]!.push(u)
    }
    for (const u of met) common[u] = 0
  }
  return over
}

/** The best set of k of the candidates for a submodular goal whose values are shares, or null when `effort` does not suffice; `known` is a set to beat. */
export function byBound(
  objective: Objective,
  candidates: Int32Array,
  k: number,
  effort: number,
  known: Int32Array,
  n: number,
): Proof | null {
  let set = known
  let value = objective.value(known)
  let spent = 0
  let looked = 0
  const values = new Float64Array(n)
  const extend = (chosen: number[], now: number, open: Int32Array): boolean => {
    spent += objective.cost(open.length)
    if (spent > effort) return false
    looked++
    objective.each(chosen, open, values)
    const gains = Float64Array.from(open, (v) => values[v]! - now)
    const order = Array.from(open.keys()).sort((a, b) => gains[b]! - gains[a]! || open[a]! - open[b]!)
    const left = k - chosen.length
    if (left === 1) {
      const top = order[0]
      if (top !== undefined && now + gains[top]! > value + SAME) {
        value = now + gains[top]!
        set = Int32Array.from([...chosen, open[top]!])
      }
      return true
    }
    for (let i = 0; i + left <= order.length; i++) {
      let most = now
      for (let j = i; j < i + left; j++) most += gains[order[j]!]!
      if (Math.min(1, most) <= value + SAME) return true
      const v = open[order[i]!]!
      const rest = Int32Array.from(order.slice(i + 1), (j) => open[j]!)
      if (!extend([...chosen, v], now + gains[order[i]!]!, rest)) return false
    }
    return true
  }
  return extend([], objective.value([]), candidates) ? { set, value, looked } : null
}
