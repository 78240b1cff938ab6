import { Failure } from "#vocabulary/failure"
import { type Graph, undirected } from "../graph.ts"
import type { Milp, Solver } from "../milp.ts"
import { ballsOf } from "./near.ts"
import type { SetGoal } from "./objective.ts"

export interface Solved {
  /** Null: the search tree ended before any set was met. */
  set: Int32Array | null
  optimal: boolean
  /** No set has a higher value; never above 1. Null: than the value of this one. */
  bound: number | null
}

/** A program whose first variables say of some nodes whether they are in the set. */
export interface Program {
  milp: Milp
  /** Node of each of the first variables. */
  nodes: Int32Array
  /** Objectives this near are one. */
  gap: number
  /** The value of a set whose program has this objective. */
  share(objective: number): number
}

/** Programs with more entries than this are not tried: one relaxation of them takes minutes. */
const MOST_ENTRIES = 120_000
/** Entries that all nodes of the search tree together may have: what a node costs grows with the program. */
const WORK = 3_000_000
const LEAST_TREE = 20

/**
 * The best set of k of the candidates by integer programming, or what is known of it when the search tree ends first; null where the
 * solver breaks.
 */
export async function byProgram({ milp, nodes, share, gap }: Program, may: Uint8Array, k: number, solver: Solver): Promise<Solved | null> {
  // All who matter fit into the set, and nobody else changes anything.
  if (k >= nodes.length) return { set: filled(nodes, may, k), optimal: true, bound: null }
  const answer = await solver.solve(milp, { nodes: treeOf(milp), gap, heuristics: false }).catch(broken)
  if (answer === null || answer.status === "infeasible") return null
  const chosen = nodes.filter((_, i) => answer.x[i]! > 0.5)
  return {
    set: answer.x.length > 0 ? filled(chosen, may, k) : null,
    optimal: answer.status === "optimal",
    bound: Math.min(1, share(answer.bound)),
  }
}

const treeOf = ({ rows }: Milp): number => Math.max(LEAST_TREE, Math.floor(WORK / rows.reduce((sum, r) => sum + r.index.length, 1)))

/** A solver that broke, or ended without any set, has proved nothing: what was searched stands. */
function broken(error: unknown): null {
  if (error instanceof Failure && error.code === "unavailable.solver") return null
  throw error
}

/** Whoever does not matter fills the set up to its size, lowest first. */
function filled(chosen: Int32Array, may: Uint8Array, k: number): Int32Array {
  const set = new Set(chosen)
  for (let v = 0; v < may.length && set.size < k; v++) if (may[v]) set.add(v)
  return Int32Array.from(set)
}

/**
 * Null for a goal without a program, and for a program that is too large. Reach is maximal covering (Church and ReVelle 1974). Fragmentation
 * is the critical node problem in the form of Veremyev, Boginski and Pasiliao (2014): a pair stays joined unless one of its ends goes, or
 * every neighbour of one end goes or is parted from the other.
 */
export function programOf(given: Graph, goal: SetGoal, steps: number, may: Uint8Array, k: number): Program | null {
  const graph = undirected(given)
  if (goal === "fragment") return fragmentation(graph, may, k)
  if (goal === "fragment-distance") return null
  return covering(graph, may, k, goal === "reach" ? [steps] : null)
}

/** `levels`: within how many steps counts, all alike; null: every distance counts as its inverse. */
function covering(graph: Graph, may: Uint8Array, k: number, levels: readonly number[] | null): Program | null {
  const { n } = graph
  const ball = ballsOf(graph)
  const nodes = Int32Array.from(may.keys()).filter((v) => may[v])
  const place = new Int32Array(n).fill(-1)
  for (const [i, v] of nodes.entries()) place[v] = i
  const cost = Array.from(nodes, () => 0)
  const rows: Milp["rows"][number][] = [all(nodes.length, k)]
  let entries = nodes.length
  for (let v = 0; v < n; v++) {
    const { nodes: near, far } = ball(v, levels ? levels[0]! : n)
    const last = levels ? levels[0]! : (far.at(-1) ?? 0)
    // Within d steps of a member: what that adds to being within d + 1.
    for (let d = levels ? last : 1; d <= last || d === 1; d++) {
      const within = [...near.keys()].filter((i) => far[i]! <= d && place[near[i]!]! >= 0).map((i) => place[near[i]!]!)
      const worth = levels ? 1 : 1 / d - (d < last ? 1 / (d + 1) : 0)
      if (within.length === 0) continue
      entries += within.length
      if (entries > MOST_ENTRIES) return null
      rows.push({ lower: 0, upper: Infinity, index: [...within, cost.length], value: [...within.map(() => 1), -1] })
      cost.push(-worth / n)
    }
  }
  return {
    milp: { cost, lower: cost.map(() => 0), upper: cost.map(() => 1), integer: cost.map((_, i) => Number(i < nodes.length)), rows },
    nodes,
    gap: 1e-9,
    share: (objective) => -objective,
  }
}

const all = (count: number, k: number): Milp["rows"][number] => ({
  lower: k,
  upper: k,
  index: Array.from({ length: count }, (_, i) => i),
  value: Array.from({ length: count }, () => 1),
})

function fragmentation(graph: Graph, may: Uint8Array, k: number): Program | null {
  const { n } = graph
  const { starts, targets } = graph.out
  const near = (v: number) => targets.subarray(starts[v]!, starts[v + 1]!)
  // A leaf goes with its only neighbour as long as that one may be taken instead, or the leaf may not.
  const hub = Int32Array.from({ length: n }, (_, v) => {
    const [only, second] = near(v)
    return only !== undefined && second === undefined && near(only).length > 1 && (may[only] || !may[v]) ? only : -1
  })
  const core = Int32Array.from({ length: n }, (_, v) => v).filter((v) => near(v).length > 0 && hub[v]! < 0)
  if ((core.length * (core.length - 1)) / 2 > MOST_ENTRIES) return null
  const place = new Int32Array(n).fill(-1)
  for (const [i, v] of core.entries()) place[v] = i
  const size = new Float64Array(core.length).fill(1)
  for (const h of hub) if (h >= 0) size[place[h]!]!++
  const tied = Array.from(core, (v) => [...near(v)].flatMap((w) => (place[w]! >= 0 ? [place[w]!] : [])))
  // Those who may be taken come first: the first variables are theirs.
  const order = Int32Array.from(core.keys()).sort((a, b) => may[core[b]!]! - may[core[a]!]! || a - b)
  const nodes = Int32Array.from(order, (i) => core[i]!).filter((v) => may[v])
  const own = new Int32Array(core.length).fill(-1)
  for (const [variable, i] of order.subarray(0, nodes.length).entries()) own[i] = variable
  const cost: number[] = Array.from(nodes, (v) => (-size[place[v]!]! * (size[place[v]!]! - 1)) / 2)
  const pair = new Map<number, number>()
  const joined = (i: number, j: number): number => pair.get(i < j ? i * core.length + j : j * core.length + i)!
  for (let i = 0; i < core.length; i++)
    for (let j = i + 1; j < core.length; j++) {
      pair.set(i * core.length + j, cost.length)
      cost.push(size[i]! * size[j]!)
    }
  const rows: Milp["rows"][number][] = [all(nodes.length, k)]
  let entries = nodes.length
  const row = (lower: number, terms: readonly [number, number][]) => {
    const real = terms.filter(([variable]) => variable >= 0)
    entries += real.length
    rows.push({ lower, upper: Infinity, index: real.map(([variable]) => variable), value: real.map(([, value]) => value) })
  }
  for (let i = 0; i < core.length; i++) {
    for (let j = i + 1; j < core.length; j++) {
      if (tied[i]!.includes(j)) {
        row(1, [
          [joined(i, j), 1],
          [own[i]!, 1],
          [own[j]!, 1],
        ])
        continue
      }
      const [a, b] = tied[i]!.length <= tied[j]!.length ? [i, j] : [j, i]
      for (const q of tied[a]!)
        row(0, [
          [joined(a, b), 1],
          [joined(q, b), -1],
          [own[a]!, 1],
        ])
    }
    if (entries > MOST_ENTRIES) return null
  }
  for (const [above, below] of dominated(tied, size, own))
    row(0, [
      [own[above]!, 1],
      [own[below]!, -1],
    ])
  const kept = Math.max(0, n - k)
  const fixed = size.reduce((sum, s) => sum + (s * (s - 1)) / 2, 0)
  return {
    milp: { cost, lower: cost.map(() => 0), upper: cost.map(() => 1), integer: cost.map((_, i) => Number(i < nodes.length)), rows },
    nodes,
    // Of two whole numbers of pairs less than one apart there is only one.
    gap: 0.99,
    // Pairs are whole: no set leaves fewer than the next whole number above a bound.
    share: (objective) => (kept < 2 ? 1 : 1 - (2 * Math.ceil(objective + fixed - 1e-6)) / (kept * (kept - 1))),
  }
}

/** Pairs of which one stands above the other: what is tied to the one that goes for nobody else is tied to the other too, so that the other does at least as well. */
function dominated(tied: readonly (readonly number[])[], size: Float64Array, own: Int32Array): [number, number][] {
  const sets = tied.map((t) => new Set(t))
  const found: [number, number][] = []
  for (let below = 0; below < tied.length; below++) {
    if (own[below]! < 0 || size[below]! > 1) continue
    for (const above of new Set(tied[below]!.flatMap((w) => [w, ...tied[w]!]))) {
      if (above === below || own[above]! < 0 || !tied[below]!.every((w) => w === above || sets[above]!.has(w))) continue
      // Twins stand above each other: the lower number comes first.
      const twins = size[above] === 1 && tied[above]!.every((w) => w === below || sets[below]!.has(w))
      if (!twins || above < below) found.push([above, below])
    }
  }
  return found
}
