import type { Column, Packed } from "../linkage/packed.ts"

/** One way in which two fragments are compared. Depends on the two fragments and frozen tables alone, and is symmetric. */
export interface Comparator {
  /** Stable; part of explanations and of parameter sets. */
  id: string
  /** What each level says, in words; level 0 is that there was nothing to compare. At most eight. */
  levels: readonly string[]
  /** Columns that it reads. */
  reads: readonly Column[]
  /** Made ready for many comparisons: the level of two fragments, by their numbers. */
  over(table: Packed): (a: number, b: number) => number
}

/** One whose levels weigh what stands here, hundredths of a bit, in every sight: too few records state it to learn from. Level 0 weighs nothing. */
export interface FrozenComparator extends Comparator {
  weights: readonly number[]
}

const CACHED = 1 << 17

/**
 * Answers about two values by their codes, kept for a while: common pairs of values come back all the time. The answer must not depend on the order of the
 * two; it is asked with the lower code first.
 */
export function remembered(answer: (a: number, b: number) => number): (a: number, b: number) => number {
  const low = new Int32Array(CACHED).fill(-1)
  const high = new Int32Array(CACHED)
  const kept = new Int32Array(CACHED)
  return (a, b) => {
    const x = a < b ? a : b
    const y = a < b ? b : a
    const at = ((Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b)) >>> 15) & (CACHED - 1)
    if (low[at] === x && high[at] === y) return kept[at]!
    const level = answer(x, y)
    low[at] = x
    high[at] = y
    kept[at] = level
    return level
  }
}
