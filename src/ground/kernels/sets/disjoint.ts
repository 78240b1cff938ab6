import type { Graph } from "../graph.ts"

export interface Disjoint {
  /**
   * How many ways, `most` at most, lead from a node to different ends, of which no two share a node and none goes through a closed one; ends are
   * led to, never through.
   */
  count(from: number, ends: Uint8Array, closed: Uint8Array, most: number): number
  /** The nodes of the ways that were counted last, their ends among them and their beginning not. */
  on(): number[]
  /** Arcs and nodes visited so far. */
  readonly visits: number
}

/**
 * Ways are added one by one, each along a shortest one on which earlier ones may be given back (Ford and Fulkerson 1956, with nodes split
 * in two). State 2v: where a way already goes through v, to be given back from there; state 2v + 1: leaving v.
 */
export function disjointWays({ n, out: { starts, targets } }: Graph): Disjoint {
  const used = new Uint8Array(n)
  const before = new Int32Array(n)
  const after = new Int32Array(n).fill(-1)
  const seen = new Int32Array(2 * n)
  const parent = new Int32Array(2 * n)
  const queue = new Int32Array(2 * n)
  let touched: number[] = []
  let time = 0
  let visits = 0

  /** The last state of one way more, or -1. */
  const sought = (from: number, ends: Uint8Array, closed: Uint8Array): number => {
    time++
    let tail = 0
    const reach = (state: number, by: number) => {
      if (seen[state] === time) return
      seen[state] = time
      parent[state] = by
      queue[tail++] = state
    }
    reach(2 * from + 1, -1)
    for (let head = 0; head < tail; head++) {
      const state = queue[head]!
      const v = state >> 1
      visits++
      if ((state & 1) === 0) {
        if (before[v] !== from) reach(2 * before[v]! + 1, state)
        continue
      }
      if (used[v]) reach(2 * v, state)
      visits += starts[v + 1]! - starts[v]!
      for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) {
        const w = targets[arc]!
        if (w === from || closed[w] || after[v] === w) continue
        reach(used[w] ? 2 * w : 2 * w + 1, state)
        if (ends[w] && !used[w]) return 2 * w + 1
      }
    }
    return -1
  }

  /** Lays the way that ends in this state; giving one back leads from a leaving to an entering state of one node. */
  const lay = (last: number): void => {
    const states: number[] = []
    for (let state = last; state >= 0; state = parent[state]!) states.push(state)
    states.reverse()
    for (let i = 1; i < states.length; i++) {
      const u = states[i - 1]! >> 1
      const w = states[i]! >> 1
      if ((states[i - 1]! & 1) === 0) continue
      if (u === w) {
        used[u] = 0
        after[u] = -1
        continue
      }
      used[w] = 1
      before[w] = u
      after[u] = w
      touched.push(w)
    }
    // Any number of ways leave the beginning.
    after[states[0]! >> 1] = -1
  }

  return {
    count: (from, ends, closed, most) => {
      for (const v of touched) {
        used[v] = 0
        after[v] = -1
      }
      touched = []
      for (let found = 0; ; found++) {
        const last = found < most ? sought(from, ends, closed) : -1
        if (last < 0) return found
        lay(last)
      }
    },
    on: () => [...new Set(touched)].filter((v) => used[v]),
    get visits() {
      return visits
    },
  }
}
