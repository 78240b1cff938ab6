import { type Graph, undirected } from "../graph.ts"
import { cutsOf } from "./cuts.ts"
import { ballsOf, nearness } from "./near.ts"

/**
 * What a set of nodes is judged by (Borgatti 2006, "Identifying sets of key players in a social network"). More is better for all.
 *
 * | goal | value of a set |
 * |---|---|
 * | fragment | 1 − Σ s(s−1) / n(n−1) over the component sizes s of the n nodes left without the set |
 * | fragment-distance | 1 − Σ 1/d / n(n−1) over ordered pairs of the n nodes left, d = steps between them |
 * | reach | share of all nodes within `steps` steps of the set, its members among them |
 * | reach-distance | Σ 1/d / n over all nodes, d = steps from the nearest member, 1 for a member itself |
 */
export type SetGoal = "fragment" | "fragment-distance" | "reach" | "reach-distance"
export const SET_GOALS = ["fragment", "fragment-distance", "reach", "reach-distance"] as const satisfies readonly SetGoal[]

/** Values this close are one: sums in another order must not decide. */
export const SAME = 1e-12

export interface Objective {
  value(set: ArrayLike<number>): number
  /** Writes the value of `set` with each node of `nodes` added into `into`, by node. */
  each(set: ArrayLike<number>, nodes: Int32Array, into: Float64Array): void
  /** Arc visits of one `each`, about: what limits of effort are counted in. */
  cost(nodes: number): number
  /** Adding a node helps a larger set at most as much as a smaller one, so that gains bound what is to come. */
  readonly submodular: boolean
}

/** Directions are dropped. `steps` is read by `reach` alone. */
export function objectiveOf(given: Graph, goal: SetGoal, steps: number): Objective {
  const graph = undirected(given)
  if (goal === "fragment") return fragmentation(graph)
  if (goal === "fragment-distance") return distances(graph)
  return goal === "reach" ? reach(graph, steps) : reachByDistance(graph)
}

function fragmentation(graph: Graph): Objective {
  const { n, m } = graph
  const cuts = cutsOf(graph)
  const gone = new Uint8Array(n)
  const share = (pairs: number, left: number) => (left < 2 ? 1 : 1 - (2 * pairs) / (left * (left - 1)))
  const pairsOf = (set: ArrayLike<number>) => {
    for (let i = 0; i < set.length; i++) gone[set[i]!] = 1
    const pairs = cuts.run(gone)
    for (let i = 0; i < set.length; i++) gone[set[i]!] = 0
    return pairs
  }
  return {
    value: (set) => share(pairsOf(set), n - set.length),
    each: (set, nodes, into) => {
      pairsOf(set)
      for (const v of nodes) into[v] = share(cuts.after[v]!, n - set.length - 1)
    },
    cost: () => n + 2 * m,
    submodular: false,
  }
}

function distances(graph: Graph): Objective {
  const { n, m } = graph
  const gone = new Uint8Array(n)
  const near = nearness(graph)
  const without = (set: ArrayLike<number>) => {
    for (let i = 0; i < set.length; i++) gone[set[i]!] = 1
    const sum = near(gone)
    for (let i = 0; i < set.length; i++) gone[set[i]!] = 0
    const left = n - set.length
    return left < 2 ? 1 : 1 - sum / (left * (left - 1))
  }
  return {
    value: without,
    each: (set, nodes, into) => {
      const more = [...Array.from(set), -1]
      for (const v of nodes) {
        more[more.length - 1] = v
        into[v] = without(more)
      }
    },
    cost: (nodes) => nodes * Math.ceil(n / 32) * (n + 2 * m) * 3,
    submodular: false,
  }
}

function reach(graph: Graph, steps: number): Objective {
  const { n, m } = graph
  const ball = ballsOf(graph)
  const covered = new Uint8Array(n)
  const cover = (set: ArrayLike<number>) => {
    let count = 0
    for (let i = 0; i < set.length; i++) {
      for (const w of ball(set[i]!, steps).nodes) {
        count += 1 - covered[w]!
        covered[w] = 1
      }
    }
    return count
  }
  return {
    value: (set) => {
      covered.fill(0)
      return n === 0 ? 0 : cover(set) / n
    },
    each: (set, nodes, into) => {
      covered.fill(0)
      const now = cover(set)
      for (const v of nodes) {
        let more = 0
        for (const w of ball(v, steps).nodes) more += 1 - covered[w]!
        into[v] = (now + more) / n
      }
    },
    cost: (nodes) => nodes * (steps === 1 ? 1 + (2 * m) / Math.max(1, n) : n + 2 * m),
    submodular: true,
  }
}

function reachByDistance(graph: Graph): Objective {
  const { n, m } = graph
  const ball = ballsOf(graph)
  const best = new Float64Array(n)
  const one = (far: number) => 1 / Math.max(1, far)
  const spread = (set: ArrayLike<number>) => {
    best.fill(0)
    for (let i = 0; i < set.length; i++) {
      const { nodes, far } = ball(set[i]!, n)
      for (let j = 0; j < nodes.length; j++) best[nodes[j]!] = Math.max(best[nodes[j]!]!, one(far[j]!))
    }
    let sum = 0
    for (const x of best) sum += x
    return sum
  }
  return {
    value: (set) => (n === 0 ? 0 : spread(set) / n),
    each: (set, nodes, into) => {
      const now = spread(set)
      for (const v of nodes) {
        const { nodes: reached, far } = ball(v, n)
        let more = 0
        for (let j = 0; j < reached.length; j++) more += Math.max(0, one(far[j]!) - best[reached[j]!]!)
        into[v] = (now + more) / n
      }
    },
    cost: (nodes) => nodes * (n + 2 * m),
    submodular: true,
  }
}
