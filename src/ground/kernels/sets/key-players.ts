import { Failure } from "#vocabulary/failure"
import { dismantle } from "../dismantle.ts"
import { type Graph, nodesWhere } from "../graph.ts"
import { measured } from "../measures.ts"
import { openSolver, type Solver } from "../milp.ts"
import type { Pool } from "../pool.ts"
import { rng } from "../rng.ts"
import { byBound, byEnumeration, type Proof } from "./exact.ts"
import { groupBetweenness, groupGreedy } from "./group.ts"
import { byProgram, programOf } from "./integer.ts"
import { type Objective, objectiveOf, SAME, SET_GOALS, type SetGoal } from "./objective.ts"
import { byParting } from "./parting.ts"
import { exchanged, greedy } from "./search.ts"
import { dismantlingSet } from "./spectral-cut.ts"

export { type Redrawn, redrawn } from "./redrawn.ts"
export { groupBetweenness, openSolver, SET_GOALS, type SetGoal }

export interface SetOptions {
  k: number
  goal: SetGoal
  /** Steps of the goal `reach`, default 2. */
  steps?: number
  /** Only nodes with `among[v]` not 0 may be in a set; all when left out. */
  among?: ArrayLike<number>
  seed?: number
  /** Arc visits that a proof without the solver may take, default some ten seconds of them, a tenth where there is a solver. */
  effort?: number
}

/** How a set was come by. */
export type SetMethod = "degree" | "betweenness" | "group betweenness" | "dismantling" | "collective influence"

export interface Compared {
  method: SetMethod
  set: Int32Array
  value: number
}

export interface KeySet {
  /** Ascending. */
  set: Int32Array
  value: number
  /** The value of the empty set. */
  before: number
  /** No other set of the size, of nodes that may be in one, has a higher value. */
  optimal: boolean
  /** No set has a higher value than this; the value itself when optimal, null when nothing is known. */
  bound: number | null
  /** How it was found or proved. */
  by: "enumeration" | "branch and bound" | "integer programming" | "greedy and exchange"
  /** How many sets the proof had to look at; 0 where the solver proved it. */
  looked: number
  /** Value lost when a member is left out, in the order of `set`. */
  adds: Float64Array
  /** Sets drawn at random: mean, 5th and 95th percentile of their values. */
  random: { mean: number; low: number; high: number; draws: number }
  compared: Compared[]
  /** Group betweenness of the set: share of the pairs outside it whose shortest paths meet it; null where that takes too long. */
  between: number | null
}

const EFFORT = 4e9
/** What a visit takes longer in the search by parting than in the enumeration. */
const PER_VISIT = 4
/** How far a solver's bound may lie above the value that it proves. */
const TOLERANCE = 1e-7
/** Arc visits for improving a set that is not proved. */
const SEARCH = 2e9
/** Random sets take at most about so many visits. */
const RANDOM = 3e8
/** Methods that count all shortest paths again for each member are left out beyond so many visits. */
const SLOW = 2e10

/**
 * The set of k nodes best for a goal, with proof where `effort` or else the solver suffices, beside other ways to choose one. Throws
 * `invalid.set-size`.
 */
export async function keyPlayers(graph: Graph, options: SetOptions, pool?: Pool, solver?: Solver): Promise<KeySet> {
  const { k, goal, steps = 2, seed = 1 } = options
  const may = Uint8Array.from({ length: graph.n }, (_, v) => (!options.among || options.among[v] ? 1 : 0))
  const candidates = nodesWhere(may)
  if (!Number.isInteger(k) || k < 1 || k > candidates.length)
    throw new Failure("invalid.set-size", `cannot choose ${k} of ${candidates.length} nodes`, { hint: "ask for a smaller set" })
  const objective = objectiveOf(graph, goal, steps)
  const compared: Compared[] = []
  const add = (method: SetMethod, set: Int32Array) => compared.push({ method, set: set.slice().sort(), value: objective.value(set) })
  const visits = graph.n * (graph.n + 2 * graph.m)
  for (const method of ["degree", "betweenness"] as const) {
    const sampled =
      method === "betweenness" && visits > SLOW ? { pivots: Math.max(100, Math.floor(SLOW / (graph.n + 2 * graph.m))), seed } : {}
    add(method, highest(await measured(graph, method, sampled, pool), candidates, k))
  }
  if (visits * k <= SLOW / 4) add("group betweenness", groupGreedy(graph, candidates, k))
  add("dismantling", dismantlingSet(graph, may, k))
  if (graph.n * k < 2e6) add("collective influence", (await dismantle(graph, "influence", { removals: k, removable: may }, pool)).order)

  const searched = best(objective, candidates, k, graph.n, compared)
  const program = solver ? programOf(graph, goal, steps, may, k) : null
  const { effort = solver ? EFFORT / 10 : EFFORT } = options
  // Where no program follows, the proof by parting is the last chance.
  const parting = (options.effort ?? (program ? effort : EFFORT)) / PER_VISIT
  const { proof, found, above } = proved(graph, goal, objective, may, k, { effort, parting }, searched)
  const solved = proof || !program || !solver ? null : await byProgram(program, may, k, solver)
  const better = solved?.set && objective.value(solved.set) > objective.value(found) + SAME ? solved.set : found
  const set = (proof?.set ?? better).slice().sort()
  const value = objective.value(set)
  // A solver works within tolerances: what it calls proved is so only where its bound is the value.
  const limit = solved ? (solved.bound ?? value) : 1
  const met = solved?.optimal === true && limit <= value + TOLERANCE
  const known = objective.submodular ? ceiling(objective, candidates, k, set, graph.n) : above
  return {
    set,
    value,
    before: objective.value([]),
    optimal: proof !== null || met,
    bound: proof || met ? value : solved ? Math.max(value, Math.min(limit, known ?? 1)) : known,
    by: proof?.by ?? (solved ? "integer programming" : "greedy and exchange"),
    looked: proof?.looked ?? 0,
    adds: Float64Array.from(set, (v) => value - objective.value(set.filter((w) => w !== v))),
    random: drawn(objective, candidates, k, seed),
    compared,
    between: visits <= SLOW / 4 ? groupBetweenness(graph, set) : null,
  }
}

interface Search {
  proof: (Proof & { by: KeySet["by"] }) | null
  /** The best set that is known, and a value that no set exceeds where one is known. */
  found: Int32Array
  above: number | null
}

/** Proves the best set where `effort` suffices: by whichever way ends first, as far as that can be told before. */
function proved(
  graph: Graph,
  goal: SetGoal,
  objective: Objective,
  may: Uint8Array,
  k: number,
  { effort, parting }: { effort: number; parting: number },
  searched: Int32Array,
): Search {
  const candidates = nodesWhere(may)
  const told = (proof: Proof | null, by: KeySet["by"]): Search => ({ proof: proof && { ...proof, by }, found: searched, above: null })
  if (objective.submodular) return told(byBound(objective, candidates, k, effort, searched, graph.n), "branch and bound")
  const sure = beginnings(candidates.length, k) * objective.cost(1) <= effort
  const parted = goal === "fragment" && !sure && parting > 0 ? byParting(graph, objective, may, k, parting, searched) : null
  if (parted && parted.bound <= parted.value + SAME) return told(parted, "branch and bound")
  const counted = told(byEnumeration(graph, objective, candidates, k, effort), "enumeration")
  return counted.proof || !parted ? counted : { proof: null, found: parted.set, above: parted.bound }
}

/** How many sets the last member is looked for, at most. */
const beginnings = (of: number, k: number): number => {
  let count = 1
  for (let i = 1; i < k; i++) count = (count * (of - k + 1 + i)) / i
  return count
}

/** The best of: greedy, and every compared set, each improved by exchanges. */
function best(objective: Objective, candidates: Int32Array, k: number, n: number, compared: readonly Compared[]): Int32Array {
  const near = narrowed(objective, candidates, compared, k)
  const starts = [greedy(objective, near, k, n), ...compared.map((c) => c.set)]
  let set = starts[0]!
  for (const start of starts) {
    const found = exchanged(objective, near, start, n, SEARCH / starts.length)
    if (objective.value(found) > objective.value(set) + SAME) set = found
  }
  return set
}

/** Where one look at all candidates takes too long, those that the other methods name and as many more as there is time for. */
function narrowed(objective: Objective, candidates: Int32Array, compared: readonly Compared[], k: number): Int32Array {
  const each = objective.cost(candidates.length) / candidates.length
  const most = Math.floor(SEARCH / (4 * k * each))
  if (candidates.length <= most) return candidates
  const named = new Set(compared.flatMap((c) => [...c.set]))
  const every = Math.ceil(candidates.length / Math.max(k, most))
  return candidates.filter((v, i) => named.has(v) || i % every === 0)
}

/** Gains over a set only shrink: no set of k does better than this one with the k highest gains added. */
function ceiling(objective: Objective, candidates: Int32Array, k: number, set: Int32Array, n: number): number {
  const values = new Float64Array(n)
  const now = objective.value(set)
  const open = candidates.filter((v) => !set.includes(v))
  objective.each(set, open, values)
  const gains = Array.from(open, (v) => values[v]! - now).sort((a, b) => b - a)
  return Math.min(
    1,
    gains.slice(0, k).reduce((sum, gain) => sum + gain, now),
  )
}

function drawn(objective: Objective, candidates: Int32Array, k: number, seed: number): KeySet["random"] {
  const draws = Math.max(20, Math.min(1000, Math.floor(RANDOM / objective.cost(1))))
  const values = new Float64Array(draws)
  for (let d = 0; d < draws; d++) {
    const random = rng(seed, d + 1)
    const pick = candidates.slice()
    for (let i = 0; i < k; i++) {
      const j = i + random.int(pick.length - i)
      const kept = pick[i]!
      pick[i] = pick[j]!
      pick[j] = kept
    }
    values[d] = objective.value(pick.subarray(0, k))
  }
  const mean = values.reduce((sum, x) => sum + x, 0) / draws
  values.sort()
  const at = (share: number) => values[Math.round(share * (draws - 1))]!
  return { mean, low: at(0.05), high: at(0.95), draws }
}

function highest(score: Float64Array, candidates: Int32Array, k: number): Int32Array {
  return candidates
    .slice()
    .sort((a, b) => score[b]! - score[a]! || a - b)
    .slice(0, k)
}
