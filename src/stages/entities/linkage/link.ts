import type { DuckDBIntegerVector } from "@duckdb/node-api"
import { linkage, rng } from "#kernels"
import { type Engine, quoted } from "#store"
import { COMPARATORS } from "../comparators/list.ts"
import { fillPairs, floorFor, type Unused } from "./keys.ts"
import { COLUMNS, type Packed, Packing } from "./packed.ts"
import { START } from "./parameters.ts"

export const LEVELS = COMPARATORS.map((c) => c.levels.length)

export interface Linked {
  table: Packed
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
  const { keys, pairs, unused } = await fillPairs(engine, table, floorFor(table.size))
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
  const u = linkage.chancesOfStrangers(LEVELS, linkage.countPatterns(strangers(table.size, compare)))
  const chances = linkage.learn(linkage.countPatterns(pattern), u, {
    levels: LEVELS,
    start: START,
    pairs: (table.size * (table.size - 1)) / 2,
  })
  return { table, weights: linkage.weightsOf(chances), a, b, pattern, keys, unused }
}

export const weightOf = (linked: Linked, at: number): number => linkage.weigh(linked.weights, linked.pattern[at]!)
