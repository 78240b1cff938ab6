import type { DuckDBIntegerVector } from "@duckdb/node-api"
import { linkage, rng } from "#kernels"
import { type Engine, quoted } from "#store"
import { COMPARATORS } from "../comparators/list.ts"
import { commonness } from "./commonness.ts"
import { fillPairs, floorFor, type Unused } from "./keys.ts"
import { forbidden } from "./limits.ts"
import { COLUMNS, type Packed, Packing } from "./packed.ts"
import { FEWEST_TO_LEARN, type ParameterSource, SHIPPED } from "./parameters.ts"

export const LEVELS = COMPARATORS.map((c) => c.levels.length)

export interface Linked {
  table: Packed
  source: ParameterSource
  /** What a key had to be worth, in bits. */
  floor: number
  chances: linkage.Chances
  weights: linkage.Weights
  /** Pairs that were compared, with what their pattern is. */
  a: Int32Array
  b: Int32Array
  pattern: Int32Array
  keys: number
  unused: Unused[]
}

export async function packed(engine: Engine): Promise<Packed> {
  const [{ n }] = (await engine.all<{ n: number }>("select count(*)::int as n from fragment")) as [{ n: number }]
  const packing = new Packing(n)
  const result = await engine.connection.stream(`select ${COLUMNS.map(quoted).join(", ")} from fragment order by i`)
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const columns = COLUMNS.map((_, c) => chunk.getColumnValues(c) as (string | null)[])
    for (let r = 0; r < chunk.rowCount; r++) packing.add(columns.map((column) => column[r]!))
  }
  return packing.done()
}

export type Compare = (a: number, b: number) => number

export function comparing(table: Packed): Compare {
  const each = COMPARATORS.map((c) => c.over(table))
  const levels = new Array<number>(each.length).fill(0)
  return (a, b) => {
    for (let c = 0; c < each.length; c++) levels[c] = each[c]!(a, b)
    return linkage.packLevels(levels)
  }
}

const DRAWN = 60_000

/** Patterns of pairs drawn at random from all, the same for the same fragments; all pairs where there are few. */
function strangers(size: number, compare: Compare): Int32Array {
  const all = (size * (size - 1)) / 2
  if (all <= DRAWN) {
    const out = new Int32Array(all)
    let at = 0
    for (let a = 0; a < size; a++) for (let b = a + 1; b < size; b++) out[at++] = compare(a, b)
    return out
  }
  const random = rng(1)
  const out = new Int32Array(DRAWN)
  for (let at = 0; at < DRAWN; at++) {
    const a = random.int(size)
    const b = random.int(size - 1)
    out[at] = compare(a, b >= a ? b + 1 : b)
  }
  return out
}

export async function link(engine: Engine): Promise<Linked> {
  const table = await packed(engine)
  const floor = floorFor(table.size)
  const { keys, pairs, unused } = await fillPairs(engine, table, floor)
  const compare = comparing(table)
  const a = new Int32Array(pairs)
  const b = new Int32Array(pairs)
  const pattern = new Int32Array(pairs)
  let at = 0
  const result = await engine.connection.stream("select a, b from pair")
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const [x, y] = [chunk.getColumnVector(0), chunk.getColumnVector(1)] as [DuckDBIntegerVector, DuckDBIntegerVector]
    for (let r = 0; r < chunk.rowCount; r++) {
      a[at] = x.getItem(r)!
      b[at] = y.getItem(r)!
      pattern[at] = compare(a[at]!, b[at]!)
      at++
    }
  }
  const source: ParameterSource = table.size < FEWEST_TO_LEARN ? "shipped" : "learnt on this sight"
  const chances = source === "shipped" ? SHIPPED : learnt(table, pattern, compare)
  return { table, source, floor, chances, weights: linkage.weightsOf(chances), a, b, pattern, keys, unused }
}

function learnt(table: Packed, pattern: Int32Array, compare: Compare): linkage.Chances {
  const u = linkage.chancesOfStrangers(LEVELS, linkage.countPatterns(strangers(table.size, compare)))
  // Patterns that are never of one person count as of two: what households share must not be learnt as what a person repeats.
  const seen = linkage.countPatterns(pattern)
  const open = [...seen.patterns.keys()].filter((p) => forbidden(seen.patterns[p]!) === null)
  const counted = { patterns: Int32Array.from(open, (p) => seen.patterns[p]!), counts: Float64Array.from(open, (p) => seen.counts[p]!) }
  return linkage.learn(counted, u, { levels: LEVELS, start: SHIPPED.m, pairs: (table.size * (table.size - 1)) / 2 })
}

/** What a pair weighs, hundredths of a bit; null where its pattern is forbidden whatever it weighs. */
export function weigher({ table, chances, weights, a, b, pattern }: Linked): (at: number) => number | null {
  const known = new Map<number, number | null>()
  const common = commonness(table, chances)
  return (at) => {
    const own = pattern[at]!
    let weight = known.get(own)
    if (weight === undefined) {
      weight = forbidden(own) === null ? linkage.weigh(weights, own) : null
      known.set(own, weight)
    }
    if (weight === null) return null
    const off = common(a[at]!, b[at]!, own)
    return weight + off.given + off.family
  }
}
