/**
 * Fellegi and Sunter's record linkage (J. Am. Stat. Assoc. 64, 1969) on agreement patterns: a pattern is one whole number that holds,
 * three bits each, the level that every comparison reached. Level 0 means that nothing was compared and weighs nothing.
 */
const BITS = 3
/** Levels that one comparison can have, 0 included. */
export const MOST_LEVELS = 1 << BITS
/** Comparisons that fit one pattern. */
export const MOST_COMPARISONS = 10

/** The pattern of these levels, first comparison lowest. */
export function packLevels(levels: readonly number[]): number {
  let pattern = 0
  for (let c = 0; c < levels.length; c++) pattern |= levels[c]! << (BITS * c)
  return pattern
}

export const levelOf = (pattern: number, comparison: number): number => (pattern >>> (BITS * comparison)) & (MOST_LEVELS - 1)

/** How often each pattern occurs, by pattern: the order of pairs does not matter. */
export interface PatternCounts {
  patterns: Int32Array
  counts: Float64Array
}

export function countPatterns(all: Int32Array, size = all.length): PatternCounts {
  const by = new Map<number, number>()
  for (let i = 0; i < size; i++) by.set(all[i]!, (by.get(all[i]!) ?? 0) + 1)
  const patterns = Int32Array.from(by.keys()).sort()
  return { patterns, counts: Float64Array.from(patterns, (p) => by.get(p)!) }
}

/** Chances of each level, given that it was compared: `m` where two records are of one, `u` where they are of two. By comparison, then level; level 0 stands empty. */
export interface Chances {
  m: number[][]
  u: number[][]
  /** Chance that two records drawn from all are of one. */
  prior: number
}

export interface LearnOptions {
  /** Levels of each comparison, 0 included. */
  levels: readonly number[]
  /** Where to begin: chances that were learnt before, or a guess. */
  start: readonly (readonly number[])[]
  /** Pairs of all records with each other. */
  pairs: number
  rounds?: number
  /** What people said of pairs, by their pattern. */
  decided?: ReadonlyMap<number, Decided>
  /** How many pairs `start` counts as beside what was seen. */
  smoothing?: number
}

/** How many pairs of a pattern people held for one, and how many for two. */
export interface Decided {
  same: number
  other: number
}

/** How many people's answers to pairs of a pattern the model's own opinion of that pattern is worth. */
const OPINION = 4

/** What a level is counted as beside what was seen, so that a level nobody met is unlikely and not impossible. */
const SMOOTHING = 0.5

/** Level chances in these patterns, each weighted. */
function chancesIn(
  levels: readonly number[],
  { patterns }: PatternCounts,
  weight: Float64Array,
  smooth: readonly (readonly number[])[],
  smoothing = SMOOTHING,
): number[][] {
  return levels.map((size, c) => {
    const seen = new Array<number>(size).fill(0)
    for (let p = 0; p < patterns.length; p++) seen[levelOf(patterns[p]!, c)]! += weight[p]!
    seen[0] = 0
    let total = 0
    for (let l = 1; l < size; l++) total += seen[l]! + smoothing * smooth[c]![l]!
    return seen.map((n, l) => (l === 0 ? 0 : (n + smoothing * smooth[c]![l]!) / total))
  })
}

/** The chances of levels between records that have nothing to do with each other, from pairs drawn at random. */
export function chancesOfStrangers(levels: readonly number[], drawn: PatternCounts): number[][] {
  const even = levels.map((size) => Array.from({ length: size }, (_, l) => (l === 0 ? 0 : 1 / Math.max(1, size - 1))))
  return chancesIn(levels, drawn, drawn.counts, even)
}

/**
 * Expectation maximisation without labels (Dempster, Laird and Rubin 1977) over all pairs of the records: those that are in `candidates`
 * by their patterns, the others as pairs that are certainly of two. `u` is given and stays, so that what the records' fields share by
 * chance is not taken for what the candidates were picked by. Sums run over patterns in order: the same counts give the same chances.
 *
 * Where people decided on pairs, what they said stands beside the model's opinion of every pair of that pattern (after Larsen and Rubin, J. Am. Stat.
 * Assoc. 96, 2001). Which pairs they were shown follows from the pattern, so that within one pattern their answers are those of any pair: that
 * doubtful pairs are decided more often than clear ones shifts nothing.
 */
export function learn(
  candidates: PatternCounts,
  u: number[][],
  { levels, start, pairs, rounds = 60, decided, smoothing }: LearnOptions,
): Chances {
  const { patterns, counts } = candidates
  let m = start.map((row) => [...row])
  let prior = Math.min(0.25, Math.max(1, total(counts) / 4) / Math.max(2, pairs))
  const weight = new Float64Array(patterns.length)
  for (let round = 0; round < rounds; round++) {
    for (let p = 0; p < patterns.length; p++) {
      let same = prior
      let other = 1 - prior
      for (let c = 0; c < levels.length; c++) {
        const level = levelOf(patterns[p]!, c)
        if (level === 0) continue
        same *= m[c]![level]!
        other *= u[c]![level]!
      }
      const opinion = same / (same + other)
      const said = decided?.get(patterns[p]!)
      weight[p] = counts[p]! * (said ? (opinion * OPINION + said.same) / (OPINION + said.same + said.other) : opinion)
    }
    m = chancesIn(levels, candidates, weight, start, smoothing)
    const next = Math.min(0.5, Math.max(0.5, total(weight)) / Math.max(2, pairs))
    const moved = Math.abs(Math.log2(next / prior))
    prior = next
    if (moved < 1e-4 && round > 10) break
  }
  return { m, u, prior }
}

function total(values: Float64Array): number {
  let sum = 0
  for (const v of values) sum += v
  return sum
}

/** Weights in hundredths of a bit, whole numbers: of the prior odds, and of each level of each comparison. */
export interface Weights {
  prior: number
  levels: Int32Array[]
}

const hundredths = (ratio: number): number => Math.round(100 * Math.log2(ratio))

export function weightsOf({ m, u, prior }: Chances): Weights {
  return {
    prior: hundredths(prior / (1 - prior)),
    levels: m.map((row, c) => {
      const out = new Int32Array(MOST_LEVELS)
      for (let l = 1; l < row.length; l++) out[l] = hundredths(Math.max(row[l]!, 1e-9) / Math.max(u[c]![l]!, 1e-9))
      return out
    }),
  }
}

/** What a pattern weighs, the prior odds included. */
export function weigh({ prior, levels }: Weights, pattern: number): number {
  let sum = prior
  for (let c = 0; c < levels.length; c++) sum += levels[c]![levelOf(pattern, c)]!
  return sum
}
