import { type Graph, graphFrom, leiden, rng } from "#kernels"
import type { Chain, Scenario } from "../chain/chain.ts"

/** Share of the flow that is left, from 1 to 0, when those players are gone. */
export type Left = (gone: readonly string[]) => number

/** A community of fewer carries nobody through ten stages: its people are counted with others, by chance. */
const LEAST_GROUP = 4
/** A tie stands in a draw as often as in the draws of ranks. */
const KEEP_TIE = 0.9
const STREAM = 0x7269

/**
 * One function per scenario. Rivals serve the same stages side by side, and whom one of them loses the others' people do not replace: the
 * journeys of a group end where that group has few, whatever others have. Who works with whom is drawn anew in each scenario, as the
 * communities of a network that keeps each tie by chance. A group carries its share of the players; where nobody of it is known at a
 * stage, nothing is known to limit it there. Nodes of `graph` are the players, in their order.
 */
export function rivalsOf(players: readonly string[], graph: Graph, chain: Chain, scenarios: readonly Scenario[]): Left[] {
  const place = new Map(players.map((entity, v) => [entity, v]))
  const stages = [...Map.groupBy(chain.cells.keys(), (c) => chain.cells[c]!.stage).values()]
  return scenarios.map(({ capacity }, d) => {
    const { of, weight } = drawnGroups(graph, d)
    const carried = (arcs: readonly number[]) => arcs.reduce((sum, arc) => sum + capacity[arc]!, 0)
    /** By group: whose which share of its work is, at each stage where somebody of it is known. */
    const work = weight.map((): Map<string, number>[] => [])
    for (const cells of stages) {
      const slots = cells.flatMap((c) => chain.cells[c]!.slots.map((s) => chain.slots[s]!))
      const known = carried(slots.map((s) => s.arc))
      const all = known + carried(cells.map((c) => chain.unseen[c]!))
      for (const [group, own] of Map.groupBy(slots, (s) => of[place.get(s.participation.entity)!]!)) {
        const total = carried(own.map((s) => s.arc))
        if (total === 0) continue
        const share = new Map<string, number>()
        for (const { participation, arc } of own) {
          const { entity } = participation
          share.set(entity, (share.get(entity) ?? 0) + (capacity[arc]! / total) * (known / all))
        }
        work[group]!.push(share)
      }
    }
    return (gone) =>
      weight.reduce((left, part, group) => {
        const lost = work[group]!.map((share) => gone.reduce((sum, entity) => sum + (share.get(entity) ?? 0), 0))
        return left + part * (1 - Math.max(0, ...lost))
      }, 0)
  })
}

/** The group of each node, and what share of all nodes each group has. */
function drawnGroups(graph: Graph, draw: number): { of: number[]; weight: number[] } {
  const random = rng(STREAM, draw + 1)
  const weight = graph.weight.map((w) => (random.next() < KEEP_TIE ? w : 0))
  const kept = graphFrom({ n: graph.n, source: graph.from, target: graph.to, weight }).graph
  const { label, count } = leiden(kept, { seed: draw + 1 })
  const size = Array.from<number>({ length: count }).fill(0)
  for (const l of label) size[l]!++
  // Communities are numbered from the largest on.
  const groups = Math.max(1, size.filter((n) => n >= LEAST_GROUP).length)
  const of = [...label].map((l) => (l < groups ? l : Math.floor(random.next() * groups)))
  return { of, weight: Array.from({ length: groups }, (_, g) => of.filter((o) => o === g).length / Math.max(1, graph.n)) }
}
