import { type Graph, graphFrom, leiden, rng } from "#kernels"

/** Who works beside whom: groups that serve the same stages side by side. */
export interface Sides {
  /** The side of each player. */
  of: ReadonlyMap<string, number>
  /** What share of the players each side has; at most `SIDES` of them. */
  weight: number[]
}

/** Nobody knows how many rivals there are: in each draw one to so many. Of more groups, the smallest are counted with the others by chance. */
export const SIDES = 5
/** A community of fewer carries nobody through ten stages. */
const LEAST_GROUP = 3
/** A tie stands in a draw as often as in the draws of ranks. */
const KEEP_TIE = 0.9
const STREAM = 0x7269

/**
 * The sides of each of so many draws: communities of a network that keeps each tie by chance, at a resolution between none and the usual
 * one, as nobody knows better than that how many rivals there are and who works with whom. Nodes of `graph` are the players, in their order.
 */
export const sidesOf = (players: readonly string[], graph: Graph, draws: number): Sides[] =>
  Array.from({ length: draws }, (_, draw) => {
    const random = rng(STREAM, draw + 1)
    const weight = graph.weight.map((w) => (random.next() < KEEP_TIE ? w : 0))
    const kept = graphFrom({ n: graph.n, source: graph.from, target: graph.to, weight }).graph
    const { label, count } = leiden(kept, { seed: draw + 1, resolution: random.next() })
    const size = Array.from<number>({ length: count }).fill(0)
    for (const l of label) size[l]!++
    // Communities are numbered from the largest on.
    const groups = Math.min(1 + Math.floor(random.next() * SIDES), Math.max(1, size.filter((n) => n >= LEAST_GROUP).length))
    const of = [...label].map((l) => (l < groups ? l : Math.floor(random.next() * groups)))
    return {
      of: new Map(players.map((entity, v) => [entity, of[v]!])),
      weight: Array.from({ length: groups }, (_, g) => of.filter((o) => o === g).length / Math.max(1, graph.n)),
    }
  })
