import type { Graph } from "./graph.ts"

/**
 * The strong parts of a directed graph: nodes that reach each other along arcs. Those that others are reached from come first, so that
 * every arc between parts goes on to a later one (Tarjan 1972, without recursion). Linear.
 */
export function strongParts({ n, out: { starts, targets } }: Graph): Int32Array[] {
  const parts: Int32Array[] = []
  const order = new Int32Array(n).fill(-1)
  const low = new Int32Array(n)
  const open = new Uint8Array(n)
  const next = starts.slice(0, n)
  const stack: number[] = []
  const way: number[] = []
  let met = 0
  const enter = (v: number) => {
    order[v] = low[v] = met++
    open[v] = 1
    stack.push(v)
    way.push(v)
  }
  for (let root = 0; root < n; root++) {
    if (order[root] !== -1) continue
    enter(root)
    while (way.length > 0) {
      const v = way.at(-1)!
      if (next[v]! < starts[v + 1]!) {
        const w = targets[next[v]!++]!
        if (order[w] === -1) enter(w)
        else if (open[w]) low[v] = Math.min(low[v]!, order[w]!)
        continue
      }
      way.pop()
      const back = way.at(-1)
      if (back !== undefined) low[back] = Math.min(low[back]!, low[v]!)
      if (low[v] !== order[v]) continue
      const part = Int32Array.from(stack.splice(stack.lastIndexOf(v)))
      for (const w of part) open[w] = 0
      parts.push(part.sort())
    }
  }
  return parts.reverse()
}
