/** Scratch and result of shortest-path searches over one set of rows; the arrays are reused by every run. */
export interface Search {
  /** Nodes reached, nearest first; valid up to the number that `run` returned. */
  readonly queue: Int32Array
  /** Place of each node in `queue`; -1 when not reached. */
  readonly place: Int32Array
  /** Distance of each reached node, by its place in `queue`. */
  readonly far: Float64Array
  /** Searches from one node; call `clear` with its answer before the next run. */
  run(source: number): number
  clear(reached: number): void
}

/**
 * Dijkstra 1959 on a heap of four children a node that holds stale entries instead of moving them: every arc enters at most
 * once, and keys lie next to each other. Lengths are positive.
 */
export function searchOf(starts: Int32Array, targets: Int32Array, lengths: Float64Array): Search {
  const count = starts.length - 1
  const queue = new Int32Array(count)
  const place = new Int32Array(count).fill(-1)
  const far = new Float64Array(count)
  const best = new Float64Array(count).fill(Infinity)
  const keys = new Float64Array(targets.length + 1)
  const items = new Int32Array(targets.length + 1)

  const run = (source: number): number => {
    let size = 1
    let reached = 0
    keys[0] = 0
    items[0] = source
    best[source] = 0
    while (size > 0) {
      const v: number = items[0]!
      const here = keys[0]!
      size--
      const key = keys[size]!
      const item = items[size]!
      let at = 0
      for (;;) {
        let down = 4 * at + 1
        if (down >= size) break
        const end = Math.min(down + 4, size)
        let least = keys[down]!
        for (let other = down + 1; other < end; other++) {
          if (keys[other]! < least) {
            least = keys[other]!
            down = other
          }
        }
        if (least >= key) break
        keys[at] = least
        items[at] = items[down]!
        at = down
      }
      keys[at] = key
      items[at] = item
      if (place[v]! >= 0) continue
      place[v] = reached
      far[reached] = here
      queue[reached++] = v
      const last = starts[v + 1]!
      for (let arc: number = starts[v]!; arc < last; arc++) {
        const w = targets[arc]!
        const there = here + lengths[arc]!
        if (there >= best[w]!) continue
        best[w] = there
        let hole = size++
        while (hole > 0) {
          const up = (hole - 1) >> 2
          if (keys[up]! <= there) break
          keys[hole] = keys[up]!
          items[hole] = items[up]!
          hole = up
        }
        keys[hole] = there
        items[hole] = w
      }
    }
    return reached
  }
  const clear = (reached: number): void => {
    for (let i = 0; i < reached; i++) {
      place[queue[i]!] = -1
      best[queue[i]!] = Infinity
    }
  }
  return { queue, place, far, run, clear }
}
