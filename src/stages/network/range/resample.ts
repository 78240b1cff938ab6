import { rng } from "#kernels"
import { namedGraph } from "../graph.ts"
import { involvement } from "../measures/involvement.ts"
import { playersOf } from "../players.ts"
import { involvementInput } from "../rank.ts"
import type { Snapshot } from "../snapshot.ts"
import { doubtsOf } from "./doubt.ts"
import { drawOnce } from "./draw.ts"
import { placesOf } from "./range.ts"
import { SCENARIOS } from "./scenarios.ts"

/** The network of players as it would look in one draw of one scenario. */
export interface ResampledNetwork {
  scenario: string
  /** 1 where anything is held of the player. */
  present: Uint8Array
  /** How often each event counts; 0: never seized. What only such events show is not known in this draw. */
  event: Float64Array
  /** Ends as numbers of players, each pair once, weights summed. */
  ties: { a: number; b: number; weight: number }[]
  /** Involvement. */
  score: Float64Array
}

export interface ResampledNetworks {
  players: { entity: string; label: string }[]
  /** Seizure events, in the order of `event`. */
  events: string[]
  networks: ResampledNetwork[]
}

/**
 * The snapshot's network of players drawn again under every scenario of the stability range, `draws` times each: for whoever must hold
 * not only on the picture that we have. Deterministic for a seed. Says nothing of people whom no exhibit mentions.
 */
export async function resampledNetworks(snapshot: Snapshot, { draws, seed }: { draws: number; seed: number }): Promise<ResampledNetworks> {
  const players = await playersOf(snapshot)
  const net = namedGraph(
    players.map((p) => p.entity),
    await snapshot.ties(),
  )
  const { input, events } = involvementInput(net, players)
  const doubts = await doubtsOf(snapshot.people, net.ids, events)
  const place = placesOf(involvement(input), new Uint8Array(input.n).fill(1))
  const networks = SCENARIOS.flatMap((scenario, s) =>
    Array.from({ length: draws }, (_, d) => {
      const drawn = drawOnce(input, place, scenario, rng(seed, 1 + s * 100_000 + d), doubts)
      const weight = new Float64Array(drawn.input.from.length)
      drawn.input.edge.forEach((e, r) => {
        weight[e]! += drawn.input.edgeWeight[r]!
      })
      const ties = Array.from(drawn.input.from, (a, e) => ({ a, b: drawn.input.to[e]!, weight: weight[e]! }))
      return { scenario: scenario.id, present: drawn.present, event: drawn.event, ties, score: involvement(drawn.input) }
    }),
  )
  return { players: players.map(({ entity, label }) => ({ entity, label })), events, networks }
}
