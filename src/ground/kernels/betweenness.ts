import { searchOf } from "./dijkstra.ts"
import { type Graph, int32 } from "./graph.ts"
import { countInLanes, fitsLanes, LANES } from "./lanes.ts"
import { lengthsOf, type MeasureOptions } from "./options.ts"
import { rng } from "./rng.ts"
import { type Pieces, shatter, whole } from "./shatter.ts"
import { blocksOf, partsHere, range, type Split, summed } from "./split.ts"

/** Lengths closer than this share of each other are the same length: 1/3 + 1/6 must tie with 1/2. */
const SAME = 1e-12

export interface BetweennessJob {
  pieces: Pieces
  sources: Int32Array
}

/**
 * Betweenness of every node (Freeman 1977) by the counting of Brandes 2001, "A faster algorithm for betweenness centrality",
 * within biconnected parts when undirected, neighbours of the same nodes as one. End points do not count. Normalised: times 2 / ((n-1)(n-2)), directed
 * 1 / ((n-1)(n-2)); otherwise pairs, each unordered pair once when undirected.
 *
 * Exact unless `pivots` or `within` is given (Brandes and Pich 2007): then sources are sampled without repeats and sums scaled up.
 */
export function betweenness(graph: Graph, options: MeasureOptions = {}): Float64Array<ArrayBuffer> {
  const job = betweennessJob(graph, options)
  return foldBetweenness(graph, options, job, partsHere(betweennessSplit, job))
}

export function betweennessJob(graph: Graph, options: MeasureOptions): BetweennessJob {
  const lengths = lengthsOf(graph.out, options)
  const sampled = options.within === undefined ? graph.n : pivotsFor(graph.n, options.within)
  // Parts have no common range of what one source can see, and the bound needs one.
  if (sampled < graph.n) return sample(whole(graph, lengths), sampled, options)
  const pieces = graph.directed ? whole(graph, lengths) : shatter(graph, lengths)
  return sample(pieces, options.pivots ?? pieces.mass.length, options)
}

/** From how many sources exact betweenness looks, after all that is counted without a search, and how many visits each takes. */
export function betweennessWork(graph: Graph, options: MeasureOptions): { sources: number; each: number } {
  const { pieces, sources } = betweennessJob(graph, options)
  return { sources: sources.length, each: pieces.mass.length + pieces.targets.length }
}

function sample(pieces: Pieces, pivots: number, { seed = 1 }: MeasureOptions): BetweennessJob {
  const all = int32(pieces.mass.length)
  for (let c = 0; c < all.length; c++) all[c] = c
  if (pivots >= all.length) return { pieces, sources: all }
  return { pieces, sources: rng(seed).shuffle(all).subarray(0, pivots).sort() }
}

/** Chance that some score errs by more than the bound. */
const MISSED = 0.05

/**
 * Sources to sample so that no normalised betweenness errs by more than `within`, but for a chance of 0.05. One source sees between
 * 0 and n − 2 behind a node, and the score is n / (n − 1) times the mean share over all sources; so by Hoeffding 1963 (theorem 2,
 * which section 6 carries over to drawing without repeats) and a union over the n nodes, ln(2n / 0.05) / (2 e²) sources suffice,
 * e = within · (n − 1) / n.
 */
export function pivotsFor(n: number, within: number): number {
  if (n < 3 || !(within > 0)) return n
  const error = (within * (n - 1)) / n
  return Math.min(n, Math.ceil(Math.log((2 * n) / MISSED) / (2 * error * error)))
}

/** The other way round: by how much a score may err when so many sources are sampled. */
export function withinFor(n: number, sources: number): number {
  return n < 3 || sources >= n ? 0 : (n / (n - 1)) * Math.sqrt(Math.log((2 * n) / MISSED) / (2 * sources))
}

export const betweennessSplit: Split<BetweennessJob> = {
  blocks: (job) => blocksOf(job.sources.length, LANES),
  block: (job, block) => {
    const batches = Math.ceil(job.sources.length / LANES)
    const [first, end] = range(batches, betweennessSplit.blocks(job), block)
    const sources = job.sources.subarray(first * LANES, end * LANES)
    if (job.pieces.lengths.length > 0) return byLength(job.pieces, sources)
    const total = new Float64Array(job.pieces.mass.length)
    const done = fitsLanes(job.pieces) ? countInLanes(job.pieces, sources, total) : 0
    return bySteps(job.pieces, sources.subarray(done), total)
  },
}

export function foldBetweenness(
  graph: Graph,
  options: MeasureOptions,
  { pieces, sources }: BetweennessJob,
  parts: readonly Float64Array[],
): Float64Array<ArrayBuffer> {
  const { home, as, many, fixed } = pieces
  const { n } = graph
  const sums = summed(parts, many.length)
  const scale = sources.length === 0 ? 0 : many.length / sources.length
  const score = Float64Array.from(fixed)
  for (let c = 0; c < home.length; c++) score[home[c]!]! += (sums[as[c]!]! / many[as[c]!]!) * scale
  const normalised = options.normalised !== false && n > 2
  const unit = normalised ? 1 / ((n - 1) * (n - 2)) : graph.directed ? 1 : 0.5
  for (let v = 0; v < n; v++) score[v]! *= unit
  return score
}

/**
 * Breadth-first counting. Path counts and shares are kept by position in the queue, not by node: a level is then one
 * contiguous range, and the way back reads the successors in the order in which the way out wrote them.
 */
function bySteps(
  { starts, targets, mass, many }: Pieces,
  sources: Int32Array,
  total: Float64Array<ArrayBuffer>,
): Float64Array<ArrayBuffer> {
  if (sources.length === 0) return total
  const count = mass.length
  const place = new Int32Array(count).fill(-1)
  const queue = new Int32Array(count)
  const paths = new Float64Array(count)
  const share = new Float64Array(count)
  const first = new Int32Array(count + 1)
  const after = new Int32Array(targets.length + 1)
  for (let s = 0; s < sources.length; s++) {
    const source = sources[s]!
    queue[0] = source
    place[source] = 0
    paths[0] = 1
    let tail = 1
    let used = 0
    for (let head = 0; head < tail; ) {
      const levelEnd = tail
      for (; head < levelEnd; head++) {
        const v = queue[head]!
        const end = starts[v + 1]!
        first[head] = used
        for (let arc = starts[v]!; arc < end; arc++) {
          const w = targets[arc]!
          let at = place[w]!
          if (at < 0) {
            at = tail++
            place[w] = at
            queue[at] = w
            paths[at] = 0
          }
          // Kept only when it lies in the next level. Half of all arcs do not: a branch here would be guessed wrong all the time.
          after[used] = at
          used += (levelEnd - 1 - at) >>> 31
        }
        if (head > 0) paths[head]! *= many[v]!
        const ways = paths[head]!
        for (let k = first[head]!; k < used; k++) paths[after[k]!]! += ways
      }
    }
    first[tail] = used
    const weight = mass[source]!
    let k = used
    for (let head = tail - 1; head > 0; head--) {
      const v = queue[head]!
      const ways = paths[head]!
      let sum = 0
      for (const from = first[head]!; k > from; ) sum += share[after[--k]!]!
      const behind = sum * ways
      total[v]! += weight * behind
      share[head] = (many[v]! * (mass[v]! + behind)) / ways
      place[v] = -1
    }
    place[source] = -1
  }
  return total
}

/** The same over lengths: Dijkstra's search first, then paths are counted over nodes in the order of their distance. */
function byLength({ starts, targets, lengths, mass }: Pieces, sources: Int32Array): Float64Array<ArrayBuffer> {
  const count = mass.length
  const total = new Float64Array(count)
  const paths = new Float64Array(count)
  const share = new Float64Array(count)
  const first = new Int32Array(count + 1)
  const after = new Int32Array(targets.length)
  const search = searchOf(starts, targets, lengths)
  const { queue, place, far } = search
  for (let s = 0; s < sources.length; s++) {
    const source = sources[s]!
    const tail = search.run(source)
    paths.fill(0, 0, tail)
    paths[0] = 1
    let used = 0
    for (let head = 0; head < tail; head++) {
      const v = queue[head]!
      const ways = paths[head]!
      const here = far[head]!
      const end = starts[v + 1]!
      first[head] = used
      for (let arc = starts[v]!; arc < end; arc++) {
        const at = place[targets[arc]!]!
        if (at <= head || here + lengths[arc]! > far[at]! * (1 + SAME)) continue
        paths[at]! += ways
        after[used++] = at
      }
    }
    first[tail] = used
    const weight = mass[source]!
    let k = used
    for (let head = tail - 1; head > 0; head--) {
      const v = queue[head]!
      const ways = paths[head]!
      let sum = 0
      for (const from = first[head]!; k > from; ) sum += share[after[--k]!]!
      const behind = sum * ways
      total[v]! += weight * behind
      share[head] = (mass[v]! + behind) / ways
    }
    search.clear(tail)
  }
  return total
}
