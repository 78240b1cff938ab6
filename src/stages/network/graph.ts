import { type Contributions, type Graph, graphFrom } from "#kernels"
import { type LayerId, layerOf } from "./layers.ts"
import type { TieRow } from "./snapshot.ts"

/** A graph over named nodes, with what each edge is made of: one row per layer and seizure event, or thing that its ends share in one. */
export interface NamedGraph {
  graph: Graph
  /** Entity of each node, in node order. */
  ids: string[]
  index: Map<string, number>
  /** What a draw keeps or drops as one, in a fixed order: seizure events, and `event thing` of what nodes at one end share. Rows name them by number. */
  units: string[]
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
  const units = [...new Set(rows.flatMap((t) => (t.shared ? t.shared.map((s) => unitOf(t.event, s.thing)) : t.event)))].sort()
  const unitIndex = new Map(units.map((u, i) => [u, i]))
  // An arc that nothing went along weighs nothing, and what weighs nothing is no edge.
  const parts = rows.flatMap((t) =>
    (directed ? arcsOf(t) : [weightOf(t)]).flatMap((weight, back) => {
      const ends = back ? { from: t.b, to: t.a } : { from: t.a, to: t.b }
      if (!t.shared) return [{ ...ends, unit: t.event, weight }]
      return t.shared.map((s) => ({ ...ends, unit: unitOf(t.event, s.thing), weight: (weight * s.adds) / t.weight }))
    }),
  )
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
    units,
    contributions: { edge: edgeOf, group: Int32Array.from(parts, ({ unit }) => unitIndex.get(unit)!), weight, groups: units.length },
  }
}

const unitOf = (event: string, thing: string): string => `${event} ${thing}`

/** How many pairs are tied: the edges, or the arcs without those that go back along another. */
export function pairsIn({ graph }: NamedGraph): number {
  if (!graph.directed) return graph.m
  return new Set(Array.from(graph.from, (a, e) => Math.min(a, graph.to[e]!) * graph.n + Math.max(a, graph.to[e]!))).size
}
