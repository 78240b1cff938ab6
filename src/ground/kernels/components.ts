import type { Graph } from "./graph.ts"

export interface Components {
  /** Component of each node, numbered by its lowest node; -1 for a node that is not alive. */
  label: Int32Array
  /** Number of nodes of each component. */
  size: Int32Array
  /** Nodes of the largest component; 0 when nobody is alive. */
  largest: number
}

/** Connected components, directions dropped, of the nodes with `alive[v]` not 0 (all when left out). Linear. */
export function components(graph: Graph, alive?: ArrayLike<number>): Components {
  const label = new Int32Array(graph.n).fill(-1)
  const queue = new Int32Array(graph.n)
  const sizes: number[] = []
  const sides = graph.directed ? [graph.out, graph.in] : [graph.out]
  let largest = 0
  for (let root = 0; root < graph.n; root++) {
    if (label[root] !== -1 || (alive && !alive[root])) continue
    let tail = 1
    queue[0] = root
    label[root] = sizes.length
    for (let head = 0; head < tail; head++) {
      const v = queue[head]!
      for (const { starts, targets } of sides) {
        for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) {
          const w = targets[arc]!
          if (label[w] !== -1 || (alive && !alive[w])) continue
          label[w] = sizes.length
          queue[tail++] = w
        }
      }
    }
    sizes.push(tail)
    if (tail > largest) largest = tail
  }
  return { label, size: Int32Array.from(sizes), largest }
}
