import { type Graph, graphFrom, rng } from "#kernels"
import { say } from "#vocabulary/sentences"
import type { NamedGraph } from "./graph.ts"
import { type InvolvementInput, involvement } from "./measures/involvement.ts"

/**
 * How often the picture is drawn again, and what each draw keeps: a seizure event with 0.8 from five of them on, a link with 0.9. Where nodes at one
 * end of links are tied by what they share, each such thing comes and goes as an event does, with all pairs that it ties.
 */
export const DRAWS = 200
export const KEEP_EVENT = 0.8
export const KEEP_EDGE = 0.9
/** With fewer events than this, dropping one drops most of the case: only links are drawn then. */
export const EVENTS_FROM = 5

export const keepEvent = (events: number): number => (events >= EVENTS_FROM ? KEEP_EVENT : 1)

/** What each of so many draws keeps, in words. `sharing`: nodes are tied by what they share. */
export function drawsSaid(
  units: number,
  sharing: boolean,
  draws = DRAWS,
): { draws: number; keepEvent: number; keepEdge: number; says: string } {
  const keep = keepEvent(units)
  const says =
    keep < 1
      ? say(sharing ? "draws.shared" : "draws.events", { draws, event: keep, edge: KEEP_EDGE })
      : say("draws.few", { from: EVENTS_FROM, draws, edge: KEEP_EDGE })
  return { draws, keepEvent: keep, keepEdge: KEEP_EDGE, says }
}

/** Involvement over thinned copies of the case: the score of player v in draw d stands at `d * n + v`. Depends on seed and input alone. */
export function involvementDraws(input: InvolvementInput, seed: number, draws = DRAWS): Float64Array {
  const out = new Float64Array(draws * input.n)
  const chance = keepEvent(input.events)
  for (let d = 0; d < draws; d++) {
    const random = rng(seed, d + 1)
    const event = Uint8Array.from({ length: input.events }, () => (random.next() < chance ? 1 : 0))
    const edge = Uint8Array.from({ length: input.from.length }, () => (random.next() < KEEP_EDGE ? 1 : 0))
    out.set(involvement(input, { event, edge }), d * input.n)
  }
  return out
}

/** The graph of a network as each draw leaves it, for ranges of figures that are no measure of one node. Draw d depends on the seed and d alone. */
export function* thinned({ graph, units, contributions }: NamedGraph, seed: number, draws: number): Generator<Graph> {
  const chance = keepEvent(units.length)
  for (let d = 0; d < draws; d++) {
    const random = rng(seed, d + 1)
    const kept = Uint8Array.from(units, () => (random.next() < chance ? 1 : 0))
    const stays = Uint8Array.from({ length: graph.m }, () => (random.next() < KEEP_EDGE ? 1 : 0))
    const weight = new Float64Array(graph.m)
    for (const [row, edge] of contributions.edge.entries())
      if (edge >= 0 && stays[edge] && kept[contributions.group[row]!]) weight[edge]! += contributions.weight[row]!
    const left = [...weight.keys()].filter((e) => weight[e]! > 0)
    yield graphFrom({
      n: graph.n,
      source: left.map((e) => graph.from[e]!),
      target: left.map((e) => graph.to[e]!),
      weight: left.map((e) => weight[e]!),
      directed: graph.directed,
    }).graph
  }
}
