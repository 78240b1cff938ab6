import { Failure } from "#vocabulary/failure"
import { type FlowNetwork, flowSolver } from "./flow.ts"
import type { Milp, Solver } from "./milp.ts"

/** Something that can be done at a cost, and what share of which arcs' capacity goes with it. Of several on one arc the strongest counts. */
export interface Cutter {
  cost: number
  cuts: readonly { arc: number; share: number }[]
}

export interface Interdiction {
  network: FlowNetwork
  /** Capacity of each arc, one list per scenario. */
  scenarios: readonly ArrayLike<number>[]
  /** How much each scenario counts; equal when left out. */
  chance?: readonly number[]
  cutters: readonly Cutter[]
  /**
   * 0: the mean flow over the scenarios is made small; 1: the mean of the `tail` share of scenarios in which most gets through
   * (conditional value at risk, Rockafellar and Uryasev 2000); between: the weighted sum of both.
   */
  aversion?: number
  tail?: number
}

export interface InterdictionPlan {
  budget: number
  chosen: number[]
  cost: number
  /** Flow that is left in each scenario. */
  left: Float64Array
  mean: number
  worst: number
  /** What was made small: of mean and worst. */
  value: number
  /** No choice within the budget leaves less. */
  bound: number
  optimal: boolean
  rounds: number
}

export interface InterdictOptions {
  /** Rounds of cuts per budget, after which the best found is given with its bound. */
  rounds?: number
  /** Nodes of each master program's search tree. */
  nodes?: number
  /** Told after each round. */
  progress?: (budget: number, round: number) => void
}

const ROUNDS = 60
const NODES = 20_000
/** Arcs × scenarios × cutters below which a greedy choice is worth its flows. */
const GREEDY_WORK = 300_000
const TOLERANCE = 1e-7

/**
 * For each budget the set of cutters that leaves the least flow, with proof or gap. Decomposed (Benders 1962; for interdiction
 * Israeli and Wood 2002): a master program over the cutters, to which every choice that was tried adds one cut per scenario. A largest flow
 * that remains under a choice shows how much flow any other choice leaves at least: what of it does not pass an arc that is cut. Cuts hold
 * for every budget and are kept. Deterministic.
 */
export async function interdict(
  problem: Interdiction,
  budgets: readonly number[],
  solver: Solver,
  options: InterdictOptions = {},
): Promise<InterdictionPlan[]> {
  const judge = judgeOf(problem)
  const cuts: Cut[] = []
  const tried = new Map<string, Tried>()
  const attempt = (chosen: readonly number[]): Tried => {
    const key = chosen.join(" ")
    const known = tried.get(key)
    if (known) return known
    const made = judge.judged(chosen)
    tried.set(key, made)
    cuts.push(...made.cuts)
    return made
  }
  attempt([])
  const work = problem.network.from.length * problem.scenarios.length * problem.cutters.length
  if (work < GREEDY_WORK) for (const budget of budgets) greedy(problem, judge, budget, attempt)
  const plans: InterdictionPlan[] = []
  for (const budget of budgets) {
    let best: { chosen: readonly number[]; tried: Tried } = { chosen: [], tried: attempt([]) }
    for (const [key, made] of tried) {
      const chosen = key === "" ? [] : key.split(" ").map(Number)
      if (judge.costOf(chosen) <= budget + TOLERANCE && made.value < best.tried.value - TOLERANCE) best = { chosen, tried: made }
    }
    let bound = 0
    let round = 0
    const most = options.rounds ?? ROUNDS
    for (; round < most; round++) {
      options.progress?.(budget, round)
      const answer = await solver.solve(masterOf(problem, judge, cuts, budget), { nodes: options.nodes ?? NODES })
      if (answer.status === "infeasible")
        throw new Failure("invalid.interdiction", "A budget must not be less than nothing.", { at: `${budget}` })
      bound = Math.max(bound, Math.min(answer.bound, best.tried.value))
      const close = () => best.tried.value - bound <= TOLERANCE * Math.max(1, judge.nothing.value)
      if (close()) break
      const chosen = problem.cutters.flatMap((_, c) => (answer.x[c]! > 0.5 ? [c] : []))
      const made = attempt(chosen)
      if (made.value < best.tried.value) best = { chosen, tried: made }
      if (close()) break
    }
    // What changes nothing is not chosen, however much of the budget is left.
    for (const c of [...best.chosen].sort((a, b) => problem.cutters[b]!.cost - problem.cutters[a]!.cost || b - a)) {
      const chosen = best.chosen.filter((other) => other !== c)
      const made = attempt(chosen)
      if (made.value <= best.tried.value + TOLERANCE * Math.max(1, judge.nothing.value)) best = { chosen, tried: made }
    }
    const { chosen, tried: made } = best
    plans.push({
      budget,
      chosen: [...chosen],
      cost: judge.costOf(chosen),
      left: made.left,
      mean: made.mean,
      worst: made.worst,
      value: made.value,
      bound,
      optimal: made.value - bound <= 4 * TOLERANCE * Math.max(1, judge.nothing.value),
      rounds: round,
    })
  }
  return plans
}

/** What is best for its cost, one after the other: a first choice, and cuts that show where flow goes instead. */
function greedy({ cutters }: Interdiction, judge: Judge, budget: number, attempt: (chosen: readonly number[]) => Tried): void {
  let chosen: number[] = []
  for (;;) {
    const now = attempt(chosen).value
    let best: { set: number[]; by: number } | null = null
    for (let c = 0; c < cutters.length; c++) {
      if (chosen.includes(c)) continue
      const set = [...chosen, c].sort((a, b) => a - b)
      if (judge.costOf(set) > budget + TOLERANCE) continue
      const by = (now - judge.judged(set).value) / Math.max(cutters[c]!.cost, 1e-9)
      if (by > TOLERANCE && (!best || by > best.by)) best = { set, by }
    }
    if (!best) return
    chosen = best.set
    attempt(chosen)
  }
}

/** Flow that is left in each scenario when these cutters are used. */
export function flowUnder(problem: Interdiction, chosen: readonly number[]): Float64Array {
  return judgeOf(problem).judged(chosen).left
}

/** θ of a scenario is at least `value − Σ loss·x`. */
interface Cut {
  scenario: number
  value: number
  loss: [cutter: number, amount: number][]
}

interface Tried {
  left: Float64Array
  mean: number
  worst: number
  value: number
  cuts: Cut[]
}

interface Judge {
  nothing: Tried
  chance: readonly number[]
  aversion: number
  tail: number
  costOf(chosen: readonly number[]): number
  judged(chosen: readonly number[]): Tried
}

/**
 * Each arc in pieces: what the weakest cutter on it takes, what the next one takes besides, and what none takes. A piece is gone when any
 * of the cutters that reach it is used; so the strongest of several counts, and flow on a piece is lost as a whole.
 */
function judgeOf(problem: Interdiction): Judge {
  const { network, scenarios, cutters } = problem
  const aversion = problem.aversion ?? 0
  const tail = problem.tail ?? 0.1
  const total = problem.chance?.reduce((a, b) => a + b, 0) ?? scenarios.length
  const chance = scenarios.map((_, s) => (problem.chance?.[s] ?? 1) / total)
  if (scenarios.length === 0 || !(aversion >= 0 && aversion <= 1) || !(tail > 0 && tail <= 1))
    throw new Failure("invalid.interdiction", "Interdiction needs scenarios, an aversion from 0 to 1, and a tail above 0 up to 1.")
  const byArc = new Map<number, { cutter: number; share: number }[]>()
  cutters.forEach((c, cutter) => {
    for (const { arc, share } of c.cuts) {
      if (!(share >= 0 && share <= 1) || !(arc >= 0 && arc < network.from.length))
        throw new Failure("invalid.interdiction", `Cutter ${cutter} does not fit the network: arc ${arc}, share ${share}.`)
      if (share > 0) byArc.set(arc, [...(byArc.get(arc) ?? []), { cutter, share }])
    }
  })
  const pieces: { arc: number; share: number; by: number[] }[] = []
  for (let arc = 0; arc < network.from.length; arc++) {
    const own = (byArc.get(arc) ?? []).sort((a, b) => a.share - b.share)
    let below = 0
    for (let i = 0; i < own.length; i++) {
      if (own[i]!.share - below > 1e-12) pieces.push({ arc, share: own[i]!.share - below, by: own.slice(i).map((o) => o.cutter) })
      below = own[i]!.share
    }
    if (below < 1) pieces.push({ arc, share: 1 - below, by: [] })
  }
  const solver = flowSolver({
    ...network,
    from: pieces.map((p) => network.from[p.arc]!),
    to: pieces.map((p) => network.to[p.arc]!),
  })
  const free = Uint8Array.from(pieces, (p) => Number(p.by.length === 0))
  const judged = (chosen: readonly number[]): Tried => {
    const used = new Set(chosen)
    const open = pieces.map((p) => (p.by.some((c) => used.has(c)) ? 0 : p.share))
    const left = new Float64Array(scenarios.length)
    const cuts: Cut[] = []
    scenarios.forEach((capacity, scenario) => {
      const { value, flow } = solver.solve(
        pieces.map((p, i) => open[i]! * capacity[p.arc]!),
        free,
      )
      left[scenario] = value
      const loss = new Map<number, number>()
      pieces.forEach((p, i) => {
        if (flow[i]! > 0) for (const c of p.by) loss.set(c, (loss.get(c) ?? 0) + flow[i]!)
      })
      cuts.push({ scenario, value, loss: [...loss].sort((a, b) => a[0] - b[0]) })
    })
    const mean = left.reduce((sum, v, s) => sum + v * chance[s]!, 0)
    const worst = tailMean(left, chance, tail)
    return { left, mean, worst, value: (1 - aversion) * mean + aversion * worst, cuts }
  }
  return {
    nothing: judged([]),
    chance,
    aversion,
    tail,
    costOf: (chosen) => chosen.reduce((sum, c) => sum + cutters[c]!.cost, 0),
    judged,
  }
}

/** Mean of the largest values that make up `tail` of the chances. */
export function tailMean(values: ArrayLike<number>, chance: readonly number[], tail: number): number {
  const order = Array.from(values, (v, s) => ({ v, p: chance[s]! })).sort((a, b) => b.v - a.v)
  let left = tail
  let sum = 0
  for (const { v, p } of order) {
    const part = Math.min(p, left)
    sum += v * part
    left -= part
    if (left <= 0) break
  }
  return sum / (tail - Math.max(0, left))
}

/** Columns: one 0/1 per cutter, one θ per scenario, and for the tail η and one excess per scenario. */
function masterOf({ cutters }: Interdiction, judge: Judge, cuts: readonly Cut[], budget: number): Milp {
  const { nothing, chance, aversion, tail } = judge
  const k = cutters.length
  const n = chance.length
  const risk = aversion > 0
  const cost = [
    ...cutters.map(() => 0),
    ...chance.map((p) => (1 - aversion) * p),
    ...(risk ? [aversion, ...chance.map((p) => (aversion * p) / tail)] : []),
  ]
  const most = Math.max(...nothing.left, 1)
  const rows: Milp["rows"][number][] = [
    { lower: -Infinity, upper: budget, index: cutters.map((_, c) => c), value: cutters.map((c) => c.cost) },
    ...cuts.map((cut) => ({
      lower: cut.value,
      upper: Infinity,
      index: [...cut.loss.map(([c]) => c), k + cut.scenario],
      value: [...cut.loss.map(([, amount]) => amount), 1],
    })),
  ]
  if (risk) for (let s = 0; s < n; s++) rows.push({ lower: 0, upper: Infinity, index: [k + s, k + n, k + n + 1 + s], value: [-1, 1, 1] })
  return {
    cost,
    lower: cost.map(() => 0),
    upper: [...cutters.map(() => 1), ...chance.map((_, s) => nothing.left[s]!), ...(risk ? [most, ...chance.map(() => most)] : [])],
    integer: cost.map((_, i) => Number(i < k)),
    rows,
  }
}
