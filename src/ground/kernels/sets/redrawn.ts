import { quantile } from "../draws.ts"
import { type Graph, nodesWhere } from "../graph.ts"
import { objectiveOf, SAME, type SetGoal } from "./objective.ts"
import { byParting } from "./parting.ts"
import { exchanged, greedy } from "./search.ts"

/** How a set fares where the network is drawn again. */
export interface Redrawn {
  /** Value of the set over the draws: 5th percentile, median, 95th. */
  value: [low: number, median: number, high: number]
  /** How far it falls short of the best set that was found in a draw: median, 95th percentile. */
  short: [median: number, high: number]
  /** Share of the draws in which no better set was found. */
  best: number
  /** Share of the draws in whose best set each node is. Where no better one was found, that is the set itself. */
  share: Float64Array
}

/** Arc visits of all draws together, about: for exchanges, and for the search by parting, whose visits take longer. */
const EFFORT = 6e8
const PARTING = 1e8

export interface RedrawnOptions {
  goal: SetGoal
  steps: number
  among: ArrayLike<number>
  /** How many graphs there are. */
  draws: number
}

/**
 * Holds a set against the best that is found in each of many drawings of one network, all over the same nodes. Null where one drawing takes
 * too long to be searched.
 */
export function redrawn(graphs: Iterable<Graph>, set: Int32Array, { goal, steps, among, draws }: RedrawnOptions): Redrawn | null {
  const candidates = nodesWhere(among)
  const may = Uint8Array.from(among, (a) => Number(Boolean(a)))
  const effort = EFFORT / draws
  const share = new Float64Array(among.length)
  const values: number[] = []
  const short: number[] = []
  for (const graph of graphs) {
    const objective = objectiveOf(graph, goal, steps)
    if (objective.cost(candidates.length) * set.length > effort) return null
    const value = objective.value(set)
    let best = exchanged(objective, candidates, set, graph.n, effort)
    const other = exchanged(objective, candidates, greedy(objective, candidates, set.length, graph.n), graph.n, effort)
    if (objective.value(other) > objective.value(best) + SAME) best = other
    if (goal === "fragment") best = byParting(graph, objective, may, set.length, PARTING / draws, best).set
    const highest = objective.value(best)
    if (highest <= value + SAME) best = set
    values.push(value)
    short.push(Math.max(0, highest - value))
    for (const v of best) share[v]!++
  }
  const equal = short.filter((s) => s <= SAME).length
  for (const list of [values, short]) list.sort((a, b) => a - b)
  return {
    value: [quantile(values, 0.05), quantile(values, 0.5), quantile(values, 0.95)],
    short: [quantile(short, 0.5), quantile(short, 0.95)],
    best: equal / draws,
    share: share.map((times) => times / draws),
  }
}
