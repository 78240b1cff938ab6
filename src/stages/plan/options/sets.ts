import { MEASURES } from "#kernels"
import { namedGraph, type TieRow } from "#network"
import { type Chain, flowOf, type Scenario } from "../chain/chain.ts"
import type { Participations } from "../chain/participation.ts"
import { type Left, leftOf } from "./left.ts"

/** A set of players of a given size, and how it was found. */
interface PlayerSet {
  name: string
  players: string[]
  /** Chosen by the flow; the others are simpler ways, for comparison. */
  byFlow: boolean
}

interface SetsRequest {
  size: number
  /** Players at whom nothing is to be aimed. */
  spared: ReadonlySet<string>
}

/** The whole chain, read once. */
interface SetGround {
  parts: Pick<Participations, "players">
  chain: Chain
  scenarios: readonly Scenario[]
  ties: readonly TieRow[]
}

/**
 * Sets that may be put beside each other: whom the flow says over all scenarios, and the first by betweenness, degree and conduct. The flow's
 * set is filled up, where no more players lower the flow, with those who carry most of a stage. In the order of players where all is equal.
 */
export function setsOf({ parts, chain, scenarios, ties }: SetGround, { size, spared }: SetsRequest): PlayerSet[] {
  const players = parts.players.map((p) => p.entity).filter((e) => !spared.has(e))
  const net = namedGraph(players, ties)
  const first = (score: ArrayLike<number>) => [...players.keys()].sort((a, b) => score[b]! - score[a]! || a - b).slice(0, size)
  const evidence = parts.players.filter((p) => !spared.has(p.entity)).map((p) => p.evidence.reduce((sum, e) => sum + e.strength, 0))
  const named = (name: string, chosen: readonly number[], byFlow = false): PlayerSet => ({
    name,
    players: chosen.map((v) => players[v]!),
    byFlow,
  })
  const flow = byFlow(players, chain, leftOf(chain, limited(chain, scenarios)), size)
  return [
    named("by flow", [...new Set([...flow, ...first(workOf(players, chain))])].slice(0, size), true),
    named("first by betweenness", first(MEASURES.betweenness(net.graph))),
    named("first by degree", first(MEASURES.degree(net.graph))),
    named("first by evidence", first(evidence)),
  ]
}

/** What share of the days of their stages is each one's. */
function workOf(players: readonly string[], chain: Chain): Float64Array {
  const index = new Map(players.map((e, v) => [e, v]))
  const work = new Float64Array(players.length)
  for (const cell of chain.cells) {
    const days = (s: number) => chain.slots[s]!.participation.days.length * chain.slots[s]!.share
    const total = cell.slots.reduce((sum, s) => sum + days(s), 0)
    for (const s of cell.slots) {
      const v = index.get(chain.slots[s]!.participation.entity)
      if (v !== undefined) work[v]! += days(s) / total
    }
  }
  return work
}

/** Scenarios in which a stage that is known limits the flow. */
const limited = (chain: Chain, scenarios: readonly Scenario[]): Scenario[] => scenarios.filter((s) => (flowOf(chain, s) ?? 0) > 0)

/**
 * Greedy from nothing and from those of each stage, then exchanges while they lower the mean share of the flow that is left. A journey is
 * cut at one stage, where one loss shows nothing before the next: greedy from nothing alone would stop there.
 */
function byFlow(players: readonly string[], chain: Chain, scenarios: readonly Left[], size: number): number[] {
  const seen = new Map<string, number>()
  const left = (set: readonly number[]): number => {
    const key = [...set].sort((a, b) => a - b).join(" ")
    const had = seen.get(key)
    if (had !== undefined) return had
    const gone = set.map((v) => players[v]!)
    const sum = scenarios.reduce((n, left) => n + left(gone), 0)
    seen.set(key, sum)
    return sum
  }
  const stages = [...new Set(chain.slots.map((s) => s.participation.stage))].sort((a, b) => a - b)
  const work = workOf(players, chain)
  const starts = stages.map((stage) =>
    [...players.keys()]
      .filter((v) => chain.slots.some((s) => s.participation.entity === players[v] && s.participation.stage === stage))
      .sort((a, b) => work[b]! - work[a]! || a - b)
      .slice(0, size),
  )
  const filled = [[], ...starts].map((start) => {
    const set = [...start]
    while (set.length < size) {
      const next = leastOf(
        [...players.keys()].filter((v) => !set.includes(v)).map((v) => [...set, v]),
        left,
      )
      if (next === null || left(next) >= left(set) - LEAST_GAIN) break
      set.splice(0, set.length, ...next)
    }
    return set
  })
  let best = leastOf(filled, left) ?? []
  for (;;) {
    const exchanged = best.flatMap((_, i) =>
      [...players.keys()].filter((v) => !best.includes(v)).map((v) => best.map((old, j) => (j === i ? v : old))),
    )
    const next = leastOf(exchanged, left)
    if (next === null || left(next) >= left(best) - LEAST_GAIN) return best
    best = next
  }
}

/** Sums over scenarios that differ by less are rounding. */
const LEAST_GAIN = 1e-9

/** The set that leaves least; the first of equals. */
function leastOf(sets: readonly number[][], left: (set: readonly number[]) => number): number[] | null {
  let best: number[] | null = null
  for (const set of sets) if (best === null || left(set) < left(best) - LEAST_GAIN) best = set
  return best
}
