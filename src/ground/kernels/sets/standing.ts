import type { Graph } from "../graph.ts"
import { disjointWays } from "./disjoint.ts"

/** What is decided of a node. One that stays with the body may still be taken; one that is parted is neither in it nor taken. */
export const OPEN = 0
export const STAYS = 1
export const PARTED = 2
export const TAKEN = 3

/** What follows from what is decided of some nodes; `left` is how many may still be taken. The graph is undirected. */
export interface Standing {
  /** Decides what follows; how many may still be taken then, or -1 where nothing can come of it. Beyond the effort not all that follows. */
  follow(state: Int8Array, left: number): number
  /** What can still be reached, at most, and whom to decide next; decides of whoever cannot be parted any more. Beyond the effort all open nodes count. */
  outlook(state: Int8Array, left: number): Outlook
  /** Parted nodes, and pairs of them that hang together whatever is decided of the others. */
  parted(state: Int8Array): { nodes: number; pairs: number }
  /** Arcs visited so far. */
  readonly visits: number
}

export interface Outlook {
  /** How many open nodes can be parted, at most. */
  most: number
  /**
   * Whom to decide next: an open node tied to a parted one; else one that the body holds, of those who depend on whoever is worth most; else one
   * that has no way to the body any more. -1 where none is open.
   */
  next: number
  /** Where it is not parted it stays with the body, unless it is taken later; else it is taken. */
  stays: boolean
}

export const pairsOf = (nodes: number): number => (nodes * (nodes - 1)) / 2

/** Only nodes with `may[v]` not 0 can be taken. `effort`: arc visits that may be spent in all. */
export function standingIn(graph: Graph, may: Uint8Array, effort: number): Standing {
  const { n, m } = graph
  const { starts, targets } = graph.out
  const ways = disjointWays(graph)
  const worth = new Float64Array(n)
  const ends = new Uint8Array(n)
  const closed = new Uint8Array(n)
  const seen = new Int32Array(n)
  const queue = new Int32Array(n)
  let scanned = 0
  let time = 0
  const spent = () => scanned + ways.visits > effort

  /** Whoever is tied to a parted node and stays must be taken; an open node held by more who stay than may be taken stays. */
  const follow = (state: Int8Array, allowed: number): number => {
    let left = allowed
    for (let changed = true; changed && !spent(); ) {
      changed = false
      scanned += n + 2 * m
      for (let v = 0; v < n; v++) {
        const own = state[v]!
        if (own !== OPEN && own !== PARTED) continue
        let holders = 0
        for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) {
          const w = targets[arc]!
          if (state[w] !== STAYS) continue
          if (own === OPEN) holders += may[w] ? 1 : n
          else if (!may[w] || --left < 0) return -1
          else {
            state[w] = TAKEN
            changed = true
          }
        }
        if (own === OPEN && holders > left) {
          state[v] = STAYS
          changed = true
        }
      }
    }
    return left
  }

  /**
   * Ways from a node to the body that share nothing must all be cut for it to be parted: one with more of them than may be taken stays, and
   * the worth of another is dealt out over the nodes of each way, so that whoever are taken part no more than they are worth together.
   * False where the effort does not suffice.
   */
  const weigh = (state: Int8Array, left: number): boolean => {
    for (let changed = true; changed; ) {
      changed = false
      worth.fill(0)
      for (let v = 0; v < n; v++) {
        ends[v] = Number(state[v] === STAYS)
        closed[v] = Number(state[v] === PARTED || state[v] === TAKEN)
      }
      for (let v = 0; v < n; v++) {
        if (state[v] !== OPEN) continue
        if (spent()) return false
        const count = ways.count(v, ends, closed, left + 1)
        if (count > left) {
          state[v] = STAYS
          changed = true
        } else for (const w of ways.on()) worth[w]! += may[w] ? 1 / count : 0
      }
    }
    return true
  }

  const outlook = (state: Int8Array, left: number): Outlook => {
    const weighed = weigh(state, left)
    let [tied, held, enclosed] = [-1, -1, -1]
    let open = 0
    let free = 0
    let top = -1
    for (let v = 0; v < n; v++) {
      if (state[v] !== OPEN) continue
      open++
      let holders = 0
      let theirs = 0
      for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) {
        const w = targets[arc]!
        if (state[w] === PARTED) tied = v
        if (state[w] !== STAYS) continue
        holders++
        theirs += worth[w]!
      }
      if (holders > 0 && theirs / holders > top) {
        top = theirs / holders
        held = v
      }
      if (weighed && holders === 0 && ways.count(v, ends, closed, 1) === 0) {
        free++
        enclosed = v
      }
    }
    const next = tied >= 0 ? tied : held >= 0 ? held : enclosed
    const stays = tied < 0 && held >= 0
    if (!weighed) return { most: open, next, stays }
    const ascending = worth.filter((w) => w > 0).sort()
    const reach = ascending.subarray(Math.max(0, ascending.length - left)).reduce((sum, w) => sum + w, 0)
    return { most: free + Math.min(open - free, Math.floor(reach + 1e-9)), next, stays }
  }

  const parted = (state: Int8Array): { nodes: number; pairs: number } => {
    time++
    let nodes = 0
    let pairs = 0
    for (let root = 0; root < n; root++) {
      if (state[root] !== PARTED || seen[root] === time) continue
      let tail = 1
      seen[root] = time
      queue[0] = root
      for (let head = 0; head < tail; head++) {
        const v = queue[head]!
        for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) {
          const w = targets[arc]!
          if (state[w] !== PARTED || seen[w] === time) continue
          seen[w] = time
          queue[tail++] = w
        }
      }
      nodes += tail
      pairs += pairsOf(tail)
    }
    return { nodes, pairs }
  }

  return {
    follow,
    outlook,
    parted,
    get visits() {
      return scanned + ways.visits
    },
  }
}
