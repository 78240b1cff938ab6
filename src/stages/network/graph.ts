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

/**
 * What a tie row adds to the arc from a to b and to the one from b to a, together what it weighs: parted by the number of records that went
 * each way, a bare link by what the file gives each way. A layer without direction adds half to each.
 */
export function arcsOf(tie: TieRow): [forth: number, back: number] {
  if (tie.layer === "links") return [tie.forthWeight, tie.backWeight]
  const weight = weightOf(tie)
  if (!layerOf(tie.layer).directed) return [weight / 2, weight / 2]
  return [(weight * tie.forth) / tie.n, (weight * (tie.n - tie.forth)) / tie.n]
}

export interface NamedGraphOptions {
  /** Ties of these layers alone; all when left out. */
  only?: ReadonlySet<LayerId>
  /** Arcs instead of edges (`arcsOf`); default false. */
  directed?: boolean
}

/** The graph over `ids` (in that order) from the tie rows that have both ends among them. */
export function namedGraph(
  ids: readonly string[],
  ties: readonly TieRow[],
  { only, directed = false }: NamedGraphOptions = {},
): NamedGraph {
  const index = new Map(ids.map((id, i) => [id, i]))
  const rows = ties.filter((t) => index.has(t.a) && index.has(t.b) && (!only || only.has(t.layer)))
  const events = [...new Set(rows.map((t) => t.event))].sort()
  const eventIndex = new Map(events.map((e, i) => [e, i]))
  // An arc that nothing went along weighs nothing, and what weighs nothing is no edge.
  const parts = directed
    ? rows.flatMap((t) => [
        { t, from: t.a, to: t.b, weight: arcsOf(t)[0] },
        { t, from: t.b, to: t.a, weight: arcsOf(t)[1] },
      ])
    : rows.map((t) => ({ t, from: t.a, to: t.b, weight: weightOf(t) }))
  const weight = Float64Array.from(parts, (p) => p.weight)
  const { graph, edgeOf } = graphFrom({
    n: ids.length,
    source: parts.map((p) => index.get(p.from)!),
    target: parts.map((p) => index.get(p.to)!),
    weight,
    directed,
  })
  return {
    graph,
    ids: [...ids],
    index,
    events,
    contributions: { edge: edgeOf, group: Int32Array.from(parts, ({ t }) => eventIndex.get(t.event)!), weight, groups: events.length },
  }
}

/** How many pairs are tied: the edges, or the arcs without those that go back along another. */
export function pairsIn({ graph }: NamedGraph): number {
  if (!graph.directed) return graph.m
  return new Set(Array.from(graph.from, (a, e) => Math.min(a, graph.to[e]!) * graph.n + Math.max(a, graph.to[e]!))).size
}
