import type { Graph } from "../graph.ts"

/** Pairs of nodes that a path joins, and how many would be left if one more node went. */
export interface Cuts {
  /** Joined pairs among the nodes that are not gone; afterwards `after[v]` holds the pairs without v as well, for each of them. */
  run(gone: Uint8Array): number
  readonly after: Float64Array
}

/**
 * One depth-first search says for every node what its removal would leave: the subtrees that hang on it alone, and the rest
 * (Hopcroft and Tarjan 1973). Linear, without recursion. The graph is undirected.
 */
export function cutsOf({ n, out: { starts, targets } }: Graph): Cuts {
  const after = new Float64Array(n)
  const found = new Int32Array(n)
  const low = new Int32Array(n)
  const size = new Int32Array(n)
  const next = new Int32Array(n)
  const above = new Int32Array(n)
  const order = new Int32Array(n)
  /** Nodes in the subtrees that a node alone holds, and pairs within them. */
  const held = new Int32Array(n)
  const heldPairs = new Float64Array(n)

  const run = (gone: Uint8Array): number => {
    found.fill(0)
    let clock = 0
    let pairs = 0
    for (let root = 0; root < n; root++) {
      if (gone[root] || found[root]) continue
      const first = clock
      let v = root
      above[root] = -1
      order[clock] = root
      found[root] = low[root] = ++clock
      size[root] = 1
      held[root] = 0
      heldPairs[root] = 0
      next[root] = starts[root]!
      while (v >= 0) {
        const end = starts[v + 1]!
        let arc = next[v]!
        let deeper = -1
        let lowest = low[v]!
        const parent = above[v]!
        for (; arc < end; arc++) {
          const w = targets[arc]!
          if (gone[w] || w === parent) continue
          if (found[w]) {
            if (found[w]! < lowest) lowest = found[w]!
          } else {
            deeper = w
            break
          }
        }
        low[v] = lowest
        if (deeper >= 0) {
          next[v] = arc + 1
          above[deeper] = v
          order[clock] = deeper
          found[deeper] = low[deeper] = ++clock
          size[deeper] = 1
          held[deeper] = 0
          heldPairs[deeper] = 0
          next[deeper] = starts[deeper]!
          v = deeper
          continue
        }
        if (parent >= 0) {
          const s = size[v]!
          size[parent]! += s
          if (lowest < low[parent]!) low[parent] = lowest
          if (lowest >= found[parent]!) {
            held[parent]! += s
            heldPairs[parent]! += (s * (s - 1)) / 2
          }
        }
        v = parent
      }
      const all = clock - first
      const own = (all * (all - 1)) / 2
      pairs += own
      for (let i = first; i < clock; i++) {
        const u = order[i]!
        const rest = all - 1 - held[u]!
        after[u] = heldPairs[u]! + (rest * (rest - 1)) / 2 - own
      }
    }
    for (let i = 0; i < clock; i++) after[order[i]!]! += pairs
    return pairs
  }
  return { run, after }
}
