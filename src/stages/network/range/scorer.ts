import type { Rankable } from "#entities"
import { graphFrom, MEASURES, type MeasureName } from "#kernels"
import { say } from "#vocabulary/sentences"
import { type InvolvementInput, involvement } from "../measures/involvement.ts"
import type { Doubt } from "./doubt.ts"
import type { Drawn } from "./draw.ts"
import { placesOf, placesOver, type Ranged, rangesFrom } from "./range.ts"

/** Draws per scenario of a measure of structure, which costs more than involvement. */
const DRAWS_OF_STRUCTURE = 20
/** Above so many visits of nodes and ties in all draws, a measure of structure is not drawn again. */
const VISITS_AT_MOST = 4e8

export interface RangesRequest {
  measure: "involvement" | MeasureName
  weighted: boolean
  top: number
  seed: number
  /** Who competes for a rank; everybody when left out. */
  among?: Uint8Array
}

/** All that is held of a player's conduct, hundredths of a bit, before roles weigh it. */
export const evidenceOf = (player: Rankable): number => player.evidence.reduce((sum, e) => sum + e.strength, 0)

/** The ranges of a list whose scores and evidence (hundredths of a bit) are known, from draws of all scenarios. */
export function rangesOfList(
  input: InvolvementInput,
  score: Float64Array,
  evidence: ArrayLike<number>,
  doubts: readonly (Doubt | null)[],
  request: RangesRequest,
): Ranged {
  const { measure, top, seed } = request
  const among = request.among ?? new Uint8Array(input.n).fill(1)
  const ranked = among.reduce((a, b) => a + b, 0)
  const first = placesOf(score, among)
  const asked = { evidence: measure === "involvement" ? evidence : null, top, events: input.events }
  if (measure === "involvement")
    return rangesFrom(
      placesOver(input, (d) => involvement(d.input), first, doubts, seed, { among }),
      first,
      ranked,
      asked,
    )
  if (input.n * (input.n + input.from.length) * DRAWS_OF_STRUCTURE * 10 > VISITS_AT_MOST)
    return {
      of: Array.from(first, () => ({ rank: null, scenarios: [] })),
      withheld: say("range.too-large"),
    }
  const structural = (drawn: Drawn) => MEASURES[measure](graphOf(drawn.input), { weighted: request.weighted })
  return rangesFrom(placesOver(input, structural, first, doubts, seed, { among, draws: DRAWS_OF_STRUCTURE }), first, ranked, asked)
}

function graphOf(input: InvolvementInput) {
  return graphFrom({
    n: input.n,
    source: Array.from(input.edge, (e) => input.from[e]!),
    target: Array.from(input.edge, (e) => input.to[e]!),
    weight: input.edgeWeight,
    directed: input.directed ?? false,
  }).graph
}
