import { rng } from "#kernels"
import { say } from "#vocabulary/sentences"
import type { InvolvementInput } from "../measures/involvement.ts"
import { calibrated } from "./calibration.ts"
import type { Doubt } from "./doubt.ts"
import { type Drawn, drawOnce } from "./draw.ts"
import { SCENARIOS, type Scenario } from "./scenarios.ts"

/** Draws per scenario: enough for a 5th and a 95th percentile, few enough for a list of some hundred. */
const DRAWS_EACH = 60

/** A score per player of a drawn picture. */
export type Scorer = (drawn: Drawn) => Float64Array

/** Where a player stood in the draws of one scenario, as ranks in the list. */
export interface ScenarioRange {
  scenario: string
  low: number
  high: number
  /** Share of the draws with him in which he is among the first `top`. */
  top: number
}

/** Places of all players in draws of all scenarios, on the scale from 0 (before the first) to 1 (behind the last). NaN where unseen. */
export interface Places {
  scenario: Scenario
  /** Place of player v in draw d at `d * n + v`. */
  place: Float64Array
  draws: number
}

/** Places over the draws of every scenario. A draw depends on seed, scenario and its number alone. */
export function placesOver(
  input: InvolvementInput,
  score: Scorer,
  first: ArrayLike<number>,
  doubts: readonly (Doubt | null)[],
  seed: number,
  { among, draws = DRAWS_EACH }: { among?: Uint8Array; draws?: number } = {},
): Places[] {
  return SCENARIOS.map((scenario, s) => {
    const place = new Float64Array(draws * input.n)
    for (let d = 0; d < draws; d++) {
      const drawn = drawOnce(input, first, scenario, rng(seed, 1 + s * 100_000 + d), doubts)
      place.set(placesOf(score(drawn), among ? drawn.present.map((here, v) => here & among[v]!) : drawn.present), d * input.n)
    }
    return { scenario, place, draws }
  })
}

/** Mid-places: equal scores share theirs. */
export function placesOf(score: ArrayLike<number>, present: ArrayLike<number>): Float64Array {
  const out = new Float64Array(score.length).fill(Number.NaN)
  const order = [...Array(score.length).keys()].filter((v) => present[v]).sort((a, b) => score[b]! - score[a]!)
  for (let i = 0; i < order.length; ) {
    let j = i
    while (j < order.length && score[order[j]!] === score[order[i]!]) j++
    for (let k = i; k < j; k++) out[order[k]!] = (i + j) / 2 / order.length
    i = j
  }
  return out
}

/** What the range is meant to hold: nine in ten. */
export const NOMINAL = 0.9
/** Below this many people or seizure events a place among them says nothing. */
const PEOPLE_FROM = 8
const EVENTS_FROM = 5

export interface RangeRequest {
  /** Evidence of each (hundredths of a bit) for the measure whose coverage was measured; null for the others, to whom no range is given. */
  evidence: ArrayLike<number> | null
  top: number
  events: number
}

export interface RangeOfOne {
  /** Ranks in the list; null where withheld. */
  rank: [number, number] | null
  scenarios: ScenarioRange[]
}

export interface Ranged {
  of: RangeOfOne[]
  /** Why no range is given; null where one is. */
  withheld: string | null
}

/** Ranges of all of a graph from their places over the draws; `n` of them compete for a rank. */
export function rangesFrom(places: readonly Places[], first: ArrayLike<number>, n: number, request: RangeRequest): Ranged {
  const withheld = withholding(n, request)
  const size = first.length
  const of = Array.from({ length: size }, (_, v) => {
    const all: number[] = []
    const scenarios = places.map(({ scenario, place, draws }) => {
      const own: number[] = []
      for (let d = 0; d < draws; d++) {
        const at = place[d * size + v]!
        if (!Number.isNaN(at)) own.push(at)
      }
      own.sort((a, b) => a - b)
      all.push(...own)
      return {
        scenario: scenario.id,
        low: rankAt(quantile(own, 0.05), n),
        high: rankAt(quantile(own, 0.95), n),
        top: own.length === 0 ? 0 : own.filter((at) => at * n < request.top).length / own.length,
      }
    })
    if (withheld !== null) return { rank: null, scenarios }
    const [low, high] = calibrated({ place: first[v]!, drawn: all, evidence: request.evidence![v]! })
    return { rank: [rankAt(low, n), rankAt(high, n)] as [number, number], scenarios }
  })
  return { of, withheld }
}

function withholding(n: number, { evidence, events }: RangeRequest): string | null {
  if (evidence === null) return say("range.other-measure")
  if (n < PEOPLE_FROM) return say("range.few-people", { from: PEOPLE_FROM })
  if (events < EVENTS_FROM) return say("range.few-events", { from: EVENTS_FROM })
  return null
}

/** The rank at a place: the first of n for places below 1/n. */
const rankAt = (place: number, n: number): number => Math.min(n, Math.max(1, Math.floor(place * n - 1e-9) + 1))

function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return share < 0.5 ? 0 : 1
  const at = (sorted.length - 1) * share
  const [a, b] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!]
  return a + (b - a) * (at - Math.floor(at))
}
