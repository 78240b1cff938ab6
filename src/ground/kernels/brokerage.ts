import { type Graph, graphFrom } from "./graph.ts"
import type { MeasureOptions } from "./options.ts"

interface Shares {
  starts: Int32Array
  targets: Int32Array
  /** What of the ties of a node goes along each arc, both directions added. */
  share: Float64Array
  /** The strongest share of each node. */
  most: Float64Array
}

function sharesOf(given: Graph, { weighted = false }: MeasureOptions): Shares {
  const { n, from, to, weight } = given
  const ones = weighted ? weight : new Float64Array(given.m).fill(1)
  const { starts, targets, weights } = graphFrom({ n, source: from, target: to, weight: ones }).graph.out
  const share = Float64Array.from(weights)
  const most = new Float64Array(n)
  for (let v = 0; v < n; v++) {
    let whole = 0
    for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) whole += weights[arc]!
    for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) {
      share[arc]! /= whole
      most[v] = Math.max(most[v]!, share[arc]!)
    }
  }
  return { starts, targets, share, most }
}

/**
 * Constraint (Burt 1992, "Structural Holes"): Σ over the neighbours j of (p_vj + Σ_q p_vq p_qj)², p_ij = what of i's ties goes to
 * j. Low for a broker between people who do not know each other: no entry of `MEASURES`, since there more is more central. Nodes
 * without a tie have 0.
 */
export function constraint(graph: Graph, options: MeasureOptions = {}): Float64Array<ArrayBuffer> {
  const { starts, targets, share } = sharesOf(graph, options)
  const score = new Float64Array(graph.n)
  const sum = new Float64Array(graph.n)
  for (let v = 0; v < graph.n; v++) {
    const [first, end] = [starts[v]!, starts[v + 1]!]
    for (let arc = first; arc < end; arc++) {
      sum[targets[arc]!]! += share[arc]!
      const q = targets[arc]!
      for (let far = starts[q]!; far < starts[q + 1]!; far++) sum[targets[far]!]! += share[arc]! * share[far]!
    }
    for (let arc = first; arc < end; arc++) score[v]! += sum[targets[arc]!]! ** 2
    for (let arc = first; arc < end; arc++) {
      const q = targets[arc]!
      sum[q] = 0
      for (let far = starts[q]!; far < starts[q + 1]!; far++) sum[targets[far]!] = 0
    }
  }
  return score
}

/**
 * Brokerage as effective size (Burt 1992): the neighbours less what they are redundant to each other, Σ_j (1 − Σ_q p_vq m_jq), m_jq =
 * the tie of j and q over j's strongest. Without weights that is the number of ties less the mean number of ties among the
 * neighbours (Borgatti 1997).
 */
export function brokerage(graph: Graph, options: MeasureOptions = {}): Float64Array<ArrayBuffer> {
  const { starts, targets, share, most } = sharesOf(graph, options)
  const score = new Float64Array(graph.n)
  const own = new Float64Array(graph.n)
  for (let v = 0; v < graph.n; v++) {
    for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) own[targets[arc]!] = share[arc]!
    for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) {
      const j = targets[arc]!
      let redundant = 0
      for (let far = starts[j]!; far < starts[j + 1]!; far++) redundant += (own[targets[far]!]! * share[far]!) / most[j]!
      score[v]! += 1 - redundant
    }
    for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) own[targets[arc]!] = 0
  }
  return score
}

/** Roles of a broker b in a → b → c without a → c, by the groups of the three. */
export const BROKER_ROLES = ["coordinator", "itinerant", "representative", "gatekeeper", "liaison"] as const
export type BrokerRole = (typeof BROKER_ROLES)[number]

/**
 * Brokerage roles (Gould and Fernandez 1989, "Structures of mediation"): how many pairs each node joins as coordinator (all of one group),
 * itinerant (a and c of one, b of another), representative (a and b of one), gatekeeper (b and c of one), liaison (three groups).
 * An undirected pair counts in both directions. Nodes of group -1 count nowhere. Role r of node v stands at `v * 5 + r`.
 */
export function brokerRoles(graph: Graph, group: ArrayLike<number>): Float64Array<ArrayBuffer> {
  const counts = new Float64Array(graph.n * BROKER_ROLES.length)
  const { out } = graph
  const direct = new Int32Array(graph.n).fill(-1)
  for (let a = 0; a < graph.n; a++) {
    if (group[a]! < 0) continue
    for (let arc = out.starts[a]!; arc < out.starts[a + 1]!; arc++) direct[out.targets[arc]!] = a
    for (let arc = out.starts[a]!; arc < out.starts[a + 1]!; arc++) {
      const b = out.targets[arc]!
      if (group[b]! < 0) continue
      for (let far = out.starts[b]!; far < out.starts[b + 1]!; far++) {
        const c = out.targets[far]!
        if (c === a || direct[c] === a || group[c]! < 0) continue
        counts[b * BROKER_ROLES.length + BROKER_ROLES.indexOf(roleOf(group[a]!, group[b]!, group[c]!))]!++
      }
    }
  }
  return counts
}

/** The role of b in a → b → c by the groups of the three. */
export function roleOf(a: number, b: number, c: number): BrokerRole {
  if (a === c) return a === b ? "coordinator" : "itinerant"
  return a === b ? "representative" : b === c ? "gatekeeper" : "liaison"
}
