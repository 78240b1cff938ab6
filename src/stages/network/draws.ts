import { type DrawOptions, rng } from "#kernels"
import type { NamedGraph } from "./graph.ts"
import { type InvolvementInput, involvement } from "./measures/involvement.ts"

/** How often the picture is drawn again, and what each draw keeps (an event with 0.8 from five events on, a link with 0.9). */
export const DRAWS = 200
export const KEEP_EVENT = 0.8
export const KEEP_EDGE = 0.9
/** With fewer events than this, dropping one drops most of the case: only links are drawn then. */
export const EVENTS_FROM = 5

export const keepEvent = (events: number): number => (events >= EVENTS_FROM ? KEEP_EVENT : 1)

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

/** How the graph of a network is thinned for ranges of figures of structure. */
export const thinning = (net: NamedGraph, seed: number, draws = DRAWS): DrawOptions => ({
  draws,
  keepEdge: KEEP_EDGE,
  keepGroup: keepEvent(net.events.length),
  contributions: net.contributions,
  seed,
})
