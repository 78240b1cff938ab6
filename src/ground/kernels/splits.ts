import { betweennessSplit } from "./betweenness.ts"
import { distanceSplit } from "./closeness.ts"
import { drawsSplit } from "./draws.ts"
import { regrowSplit } from "./regrow.ts"
import type { Split } from "./split.ts"

/** All work that a worker can be asked to do a block of. */
export const SPLITS = {
  betweenness: betweennessSplit,
  distances: distanceSplit,
  draws: drawsSplit,
  regrow: regrowSplit,
}

export type SplitName = keyof typeof SPLITS

export function partOf(name: SplitName, job: unknown, block: number): Float64Array<ArrayBuffer> {
  const split: Split<never> = SPLITS[name]
  return split.block(job as never, block)
}
