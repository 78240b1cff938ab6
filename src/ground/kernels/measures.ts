import { betweenness, betweennessJob, betweennessSplit, foldBetweenness } from "./betweenness.ts"
import { brokerage } from "./brokerage.ts"
import { closeness, distanceJob, distanceSplit, harmonic } from "./closeness.ts"
import { core, degree, influence, strength } from "./degree.ts"
import type { Graph } from "./graph.ts"
import type { MeasureOptions } from "./options.ts"
import type { Pool } from "./pool.ts"
import { eigenvector, katz, pagerank } from "./spectral.ts"
import { joined, worthSplitting } from "./split.ts"

export type Measure = (graph: Graph, options?: MeasureOptions) => Float64Array<ArrayBuffer>

/**
 * Every measure by its name: one score per node, more is more central. Undirected and unweighted unless the graph and the
 * options say otherwise; normalised unless `normalised: false`. An isolated node has a score too. Each runs on this thread.
 *
 * | name | reads | directed graph |
 * |---|---|---|
 * | degree | weighted, normalised | both directions |
 * | strength | - | both directions |
 * | core | - | directions dropped |
 * | betweenness | weighted, length, normalised, pivots, within, seed | along arcs |
 * | closeness, harmonic | weighted, length, normalised | distances to the node |
 * | pagerank | weighted, damping | along arcs |
 * | eigenvector | weighted | fed by arcs in |
 * | katz | weighted, alpha | fed by arcs in |
 * | influence | weighted, radius | directions dropped |
 * | brokerage | weighted | both directions |
 *
 * Throws `invalid.no-convergence` (pagerank, eigenvector, katz) and `invalid.katz-alpha`.
 */
export const MEASURES = {
  degree,
  strength,
  core,
  betweenness,
  closeness,
  harmonic,
  pagerank,
  eigenvector,
  katz,
  influence,
  brokerage,
} satisfies Record<string, Measure>

export type MeasureName = keyof typeof MEASURES

/** Measures whose unnormalised score of a node follows from its own component alone. */
export const LOCAL: ReadonlySet<MeasureName> = new Set(["degree", "strength", "core", "betweenness", "harmonic", "influence", "brokerage"])

/** A search over lengths takes about as long as this many over steps. */
const LENGTHS_COST = 4

/**
 * The same scores as `MEASURES[name]`, byte for byte, computed by the pool where that pays: shortest-path measures on
 * graphs of some thousand nodes and more. Without a pool it runs here.
 */
export async function measured(
  graph: Graph,
  name: MeasureName,
  options: MeasureOptions = {},
  pool?: Pool,
): Promise<Float64Array<ArrayBuffer>> {
  const visits = (options.pivots ?? graph.n) * (graph.m + graph.n) * 2 * (options.weighted ? LENGTHS_COST : 1)
  const worth = pool !== undefined && pool.workers > 0 && worthSplitting(visits)
  if (worth && name === "betweenness") {
    const job = betweennessJob(graph, options)
    return foldBetweenness(graph, options, job, await pool.run("betweenness", job, betweennessSplit.blocks(job)))
  }
  if (worth && (name === "closeness" || name === "harmonic")) {
    const job = distanceJob(graph, options, name)
    return joined(await pool.run("distances", job, distanceSplit.blocks(job)))
  }
  return MEASURES[name](graph, options)
}
