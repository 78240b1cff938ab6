import { type Graph, type MeasureName, type MeasureOptions, sampling } from "#kernels"
import { say } from "#vocabulary/sentences"

/** Arc visits that scores, and all draws together, may take: some two minutes on two processors. */
const MOST_VISITS = 1e11
/** A search over lengths takes about as long as this many over steps. */
const LENGTHS_COST = 4
/** A draw looks from no fewer places than this. */
const FEWEST = 16

export interface Estimate {
  /** What the scores, and those of each draw, are to be measured with. */
  score: MeasureOptions
  draws: MeasureOptions
  /** What is estimated and how well, in words; null where all is exact. */
  says: string | null
}

/**
 * Exact where time allows, else from sampled sources: the scores with a bound on how far any of them errs, the draws without one.
 * Only betweenness is ever estimated.
 */
export function estimateFor(graph: Graph, measure: MeasureName, weighted: boolean, draws: number, most = MOST_VISITS): Estimate {
  const exact = { score: { weighted }, draws: { weighted }, says: null }
  if (measure !== "betweenness") return exact
  const work = sampling.betweennessWork(graph, { weighted })
  const cost = weighted ? LENGTHS_COST : 1
  const drawSources = Math.max(FEWEST, Math.floor(most / (draws * cost * work.each)))
  if (drawSources >= work.sources) return exact
  const drawn = say("draws.estimated", { sources: drawSources, all: work.sources })
  const sampled = { weighted, pivots: drawSources }
  if (work.sources * work.each * cost <= most) return { ...exact, draws: sampled, says: drawn }
  const sources = Math.max(FEWEST, Math.floor(most / (cost * (graph.n + 2 * graph.m))))
  const within = sampling.withinFor(graph.n, sources)
  return {
    score: { weighted, within },
    draws: sampled,
    says: `${say("scores.estimated", { sources, all: graph.n, within: Number(within.toPrecision(2)), chance: 0.95 })} ${drawn}`,
  }
}
