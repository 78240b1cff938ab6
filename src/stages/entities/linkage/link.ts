import type { DuckDBIntegerVector } from "@duckdb/node-api"
import { linkage, rng } from "#kernels"
import { type Engine, quoted } from "#store"
import type { Comparator } from "../comparators/comparator.ts"
import { COMPARATORS, FROZEN } from "../comparators/list.ts"
import { commonness } from "./commonness.ts"
import { fillPairs, floorFor, type Unused } from "./keys.ts"
import { forbidden } from "./limits.ts"
import { COLUMNS, type Packed, Packing } from "./packed.ts"
import { chancesOf, FEWEST_TO_LEARN, hashOf, type ParameterSet, SHIPPED, setOf } from "./parameters.ts"

export const LEVELS = COMPARATORS.map((c) => c.levels.length)

/** Fragments and how those pairs of them agree that share a key. */
export interface Compared {
  table: Packed
  /** What a key had to be worth, in bits. */
  floor: number
  compare: Compare
  /** Pairs that were compared, with what their pattern is. */
  a: Int32Array
  b: Int32Array
  pattern: Int32Array
  /** The same of the comparators of frozen weights. */
  frozen: Int32Array
  keys: number
  unused: Unused[]
}

export interface Linked extends Compared {
  set: ParameterSet
  hash: string
  /** It was adopted by a decision: whoever comes into the sight changes nothing of it. */
  adopted: boolean
  chances: linkage.Chances
  weights: linkage.Weights
}

async function packed(engine: Engine, from: string, books: Packed["books"]): Promise<Packed> {
  const [{ n }] = (await engine.all<{ n: number }>(`select count(*)::int as n from ${from}`)) as [{ n: number }]
  const packing = new Packing(n)
  const result = await engine.connection.stream(`select ${COLUMNS.map(quoted).join(", ")} from ${from} order by i`)
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const columns = COLUMNS.map((_, c) => chunk.getColumnValues(c) as (string | null)[])
    for (let r = 0; r < chunk.rowCount; r++) packing.add(columns.map((column) => column[r]!))
  }
  return packing.done(books)
}

export type Compare = (a: number, b: number) => number

export function comparing(table: Packed, comparators: readonly Comparator[] = COMPARATORS): Compare {
  const stated = (c: Comparator) => table.values[c.reads[0]!]!.length > 1
  const each = comparators.map((c) => (comparators === COMPARATORS || stated(c) ? c.over(table) : () => 0))
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

/** What is compared, where that is not the rows of registers with each other. */
export interface Among {
  /** A table with the columns of `fragment`. */
  from: string
  /** Which pairs count, in SQL over two rows `x` and `y` of it. */
  which: string
  books: Packed["books"]
}

/** Compares those of `fragment` that share a key worth `floor` bits; by default what follows from how many there are. */
export async function compareFragments(engine: Engine, floor?: number, among?: Among): Promise<Compared> {
  const table = await packed(engine, among?.from ?? "fragment", among?.books ?? new Map())
  const least = floor ?? floorFor(table.size)
  const { keys, pairs, unused } = await fillPairs(engine, table, least, among)
  const compare = comparing(table)
  const a = new Int32Array(pairs)
  const b = new Int32Array(pairs)
  const pattern = new Int32Array(pairs)
  const frozen = new Int32Array(pairs)
  const beside = comparing(table, FROZEN)
  let at = 0
  const result = await engine.connection.stream("select a, b from pair")
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const [x, y] = [chunk.getColumnVector(0), chunk.getColumnVector(1)] as [DuckDBIntegerVector, DuckDBIntegerVector]
    for (let r = 0; r < chunk.rowCount; r++) {
      a[at] = x.getItem(r)!
      b[at] = y.getItem(r)!
      pattern[at] = compare(a[at]!, b[at]!)
      frozen[at] = beside(a[at]!, b[at]!)
      at++
    }
  }
  await engine.exec("drop table pair")
  return { table, floor: least, compare, a, b, pattern, frozen, keys, unused }
}

/** Fragments compared and weighed: by the adopted set, else by what is learnt on them, else by what is shipped. */
export async function link(engine: Engine, adopted: ParameterSet | null = null): Promise<Linked> {
  const compared = await compareFragments(engine, adopted?.floor)
  return weighed(compared, adopted ?? ownSet(compared), adopted !== null)
}

export function weighed(compared: Compared, set: ParameterSet, adopted: boolean): Linked {
  const { chances } = chancesOf(set)
  return { ...compared, set, hash: hashOf(set), adopted, chances, weights: linkage.weightsOf(chances) }
}

export const shippedSet = (compared: Compared): ParameterSet => setOf("shipped", floorFor(compared.table.size), SHIPPED)

/** What is used where nothing was adopted. */
const ownSet = (compared: Compared): ParameterSet =>
  compared.table.size < FEWEST_TO_LEARN ? shippedSet(compared) : learntSet(compared, strangersOf(compared))

/** Chances of levels between any two of the fragments. */
export const strangersOf = ({ table, compare }: Compared): number[][] =>
  linkage.chancesOfStrangers(LEVELS, linkage.countPatterns(strangers(table.size, compare)))

/** Patterns with what people said of them. */
export type DecidedPatterns = ReadonlyMap<number, linkage.Decided>
/** Pairs that the shipped chances count as where decisions are learnt from: a few answers outweigh no experience. */
const SHIPPED_COUNTS = 20

/** Patterns of the compared pairs, with those that only decided pairs have. */
function withPatterns(pattern: Int32Array, decided: DecidedPatterns): Int32Array {
  const known = new Set(pattern)
  const more = [...decided].flatMap(([own, { same, other }]) => (known.has(own) ? [] : new Array<number>(same + other).fill(own)))
  return Int32Array.from([...pattern, ...more])
}

/** The set that is learnt on the fragments alone, or with what people said of pairs of them. */
export function learntSet({ table, pattern, floor }: Compared, u: number[][], decided?: DecidedPatterns): ParameterSet {
  // Patterns that are never of one person count as of two: what households share must not be learnt as what a person repeats.
  const seen = linkage.countPatterns(decided ? withPatterns(pattern, decided) : pattern)
  const open = [...seen.patterns.keys()].filter((p) => forbidden(seen.patterns[p]!) === null)
  const counted = { patterns: Int32Array.from(open, (p) => seen.patterns[p]!), counts: Float64Array.from(open, (p) => seen.counts[p]!) }
  const options = { levels: LEVELS, start: SHIPPED.m, pairs: (table.size * (table.size - 1)) / 2 }
  return decided
    ? setOf("decisions", floor, linkage.learn(counted, u, { ...options, decided, smoothing: SHIPPED_COUNTS }))
    : setOf("learnt", floor, linkage.learn(counted, u, options))
}

const weighFrozen = (frozen: number): number =>
  frozen === 0 ? 0 : FROZEN.reduce((sum, { weights }, c) => sum + weights[linkage.levelOf(frozen, c)]!, 0)

/** What a pair weighs, hundredths of a bit; null where its pattern is forbidden whatever it weighs. */
export function weigher({ table, chances, weights, a, b, pattern, frozen }: Linked): (at: number) => number | null {
  const known = new Map<string | number, number | null>()
  const common = commonness(table, chances)
  return (at) => {
    const own = pattern[at]!
    const beside = frozen[at]!
    const both = beside === 0 ? own : `${own} ${beside}`
    let weight = known.get(both)
    if (weight === undefined) {
      weight = forbidden(own, beside) === null ? linkage.weigh(weights, own) + weighFrozen(beside) : null
      known.set(both, weight)
    }
    if (weight === null) return null
    const off = common(a[at]!, b[at]!, own)
    return weight + off.given + off.family + off.whole
  }
}
