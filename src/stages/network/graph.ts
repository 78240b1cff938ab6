import { type Contributions, type Graph, graphFrom } from "#kernels"
import { type LayerId, layerOf } from "./layers.ts"
import type { TieRow } from "./snapshot.ts"

/** A graph over named nodes, with what each edge is made of: one row per layer and seizure event. */
export interface NamedGraph {
  graph: Graph
  /** Entity of each node, in node order. */
  ids: string[]
  index: Map<string, number>
  /** Seizure events in a fixed order; rows name them by number. */
  events: string[]
  contributions: Contributions & { edge: Int32Array; group: Int32Array; weight: Float64Array }
}

/** What a tie row adds to its edge. A bare link weighs what its file says. */
export const weightOf = (tie: TieRow): number => (tie.layer === "links" ? tie.weight : layerOf(tie.layer).weight * tie.share)

/** The graph over `ids` (in that order) from the tie rows that have both ends among them. */
export function namedGraph(ids: readonly string[], ties: readonly TieRow[], only?: ReadonlySet<LayerId>): NamedGraph {
  const index = new Map(ids.map((id, i) => [id, i]))
  const rows = ties.filter((t) => index.has(t.a) && index.has(t.b) && (!only || only.has(t.layer)))
  const events = [...new Set(rows.map((t) => t.event))].sort()
  const eventIndex = new Map(events.map((e, i) => [e, i]))
  const weight = Float64Array.from(rows, weightOf)
  const { graph, edgeOf } = graphFrom({
    n: ids.length,
    source: rows.map((t) => index.get(t.a)!),
    target: rows.map((t) => index.get(t.b)!),
    weight,
  })
  return {
    graph,
    ids: [...ids],
    index,
    events,
    contributions: { edge: edgeOf, group: Int32Array.from(rows, (t) => eventIndex.get(t.event)!), weight, groups: events.length },
  }
}
