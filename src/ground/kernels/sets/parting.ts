import { type Graph, undirected } from "../graph.ts"
import { type Objective, SAME } from "./objective.ts"
import { PARTED, pairsOf, STAYS, standingIn, TAKEN } from "./standing.ts"

/** Nodes parted one inside the other: as many as the call stack bears. */
const DEEPEST = 1500

export interface Parted {
  set: Int32Array
  value: number
  /** No set has a higher value; the value itself when the search came to its end. */
  bound: number
  /** Parts of the search that a bound did not cut off. */
  looked: number
}

/**
 * The best set of k for fragmentation, or the best found by then and a bound where `effort` (arc visits) does not suffice. `known` is a set to
 * beat. Either the node with most neighbours is not taken, or it is and the next one is not, and so on. What hangs together with the one that
 * is not taken is the body; of the others it is said one after the other whether they are parted from it. Whoever is tied to a parted node is
 * parted himself or taken, so that most follows from little.
 */
export function byParting(given: Graph, objective: Objective, may: Uint8Array, k: number, effort: number, known: Int32Array): Parted {
  const graph = undirected(given)
  const { n } = graph
  const { starts } = graph.out
  /** Who may be taken: not the one whose part is the body. */
  const free = may.slice()
  const standing = standingIn(graph, free, effort)
  const all = pairsOf(n - k)
  let set = known
  let value = objective.value(known)
  let fewest = Math.round((1 - value) * all)
  let looked = 0
  /** Fewest pairs that may be left by a set that was not looked at although no bound rules it out. */
  let missed = Infinity

  /** All is decided. Whoever is not needed fills the set up: from the body, where most pairs go with him. */
  const end = (state: Int8Array, least: number): void => {
    const taken: number[] = []
    for (let v = 0; v < n; v++) if (state[v] === TAKEN) taken.push(v)
    for (let v = 0; v < n && taken.length < k; v++) if (state[v] === STAYS && free[v]) taken.push(v)
    if (taken.length < k) {
      missed = Math.min(missed, least)
      return
    }
    const found = objective.value(taken)
    if (found <= value + SAME) return
    value = found
    set = Int32Array.from(taken)
    fewest = Math.round((1 - value) * all)
  }

  /** Decides of one open node after the other: first that it is parted, then the other way, in place. */
  const search = (state: Int8Array, allowed: number, depth = 0): void => {
    for (let left = allowed; ; ) {
      left = standing.follow(state, left)
      if (left < 0) return
      looked++
      const { most, next, stays } = standing.outlook(state, left)
      const parted = standing.parted(state)
      const least = pairsOf(Math.max(0, n - k - parted.nodes - most)) + parted.pairs
      if (least >= fewest) return
      // What does not follow any more for want of effort is not decided: such a part is not looked at.
      if (standing.visits > effort || depth > DEEPEST) missed = Math.min(missed, least)
      if (missed <= least) return
      if (next < 0) {
        end(state, least)
        return
      }
      const own = state.slice()
      own[next] = PARTED
      search(own, left, depth + 1)
      if (stays) state[next] = STAYS
      else if (!free[next] || left-- === 0) return
      else state[next] = TAKEN
    }
  }

  const degree = (v: number) => starts[v + 1]! - starts[v]!
  const hubs = Int32Array.from({ length: n }, (_, v) => v).sort((a, b) => degree(b) - degree(a) || a - b)
  const state = new Int8Array(n)
  for (const [taken, hub] of hubs.subarray(0, k + 1).entries()) {
    const own = state.slice()
    own[hub] = STAYS
    free[hub] = 0
    search(own, k - taken)
    if (!may[hub]) break
    free[hub] = 1
    state[hub] = TAKEN
  }
  return { set, value, bound: missed < fewest ? 1 - missed / all : value, looked }
}
