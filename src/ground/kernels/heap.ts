/** A binary heap of node numbers under keys that may fall: the queue of Dijkstra's search. Equal keys leave lowest node first. */
export interface Heap {
  readonly key: Float64Array
  /** Puts a node in, or moves it up, after `key[node]` was set or lowered. */
  lift(node: number): void
  /** Takes the node with the smallest key out; -1 when empty. */
  pop(): number
}

export function heapOf(n: number): Heap {
  const key = new Float64Array(n).fill(Infinity)
  const items = new Int32Array(n)
  const place = new Int32Array(n).fill(-1)
  let size = 0
  const before = (a: number, b: number) => key[a]! < key[b]! || (key[a] === key[b] && a < b)
  const rise = (node: number, from: number) => {
    let at = from
    while (at > 0) {
      const up = (at - 1) >> 1
      const other = items[up]!
      if (!before(node, other)) break
      items[at] = other
      place[other] = at
      at = up
    }
    items[at] = node
    place[node] = at
  }
  return {
    key,
    lift: (node) => rise(node, place[node]! < 0 ? size++ : place[node]!),
    pop() {
      if (size === 0) return -1
      const first = items[0]!
      place[first] = -1
      const last = items[--size]!
      if (size === 0) return first
      let at = 0
      for (;;) {
        let down = 2 * at + 1
        if (down >= size) break
        if (down + 1 < size && before(items[down + 1]!, items[down]!)) down++
        const other = items[down]!
        if (!before(other, last)) break
        items[at] = other
        place[other] = at
        at = down
      }
      items[at] = last
      place[last] = at
      return first
    },
  }
}
