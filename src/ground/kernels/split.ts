/**
 * Work that is cut into a fixed number of blocks. The number of blocks follows from the job alone, never from the number of
 * workers, and parts are joined in block order: so the result has the same bytes on one thread and on many.
 */
export interface Split<Job> {
  blocks(job: Job): number
  /** One block's part; pure, and the job is only read. */
  block(job: Job, block: number): Float64Array<ArrayBuffer>
}

const MOST_BLOCKS = 64
const SMALLEST = 8

/** Starting threads and warming their compilers up costs about as much as this many visits of an arc. */
const WORTH_VISITS = 50_000_000

/** Whether work of so many arc visits is done sooner by a pool. */
export function worthSplitting(visits: number): boolean {
  return visits > WORTH_VISITS
}

/** Blocks for so many sources: at most 64, of `smallest` sources or more. */
export function blocksOf(sources: number, smallest = SMALLEST): number {
  return Math.min(MOST_BLOCKS, Math.ceil(sources / smallest))
}

/** The first and the one after the last item of a block. */
export function range(items: number, blocks: number, block: number): [number, number] {
  return [Math.floor((items * block) / blocks), Math.floor((items * (block + 1)) / blocks)]
}

/** All parts on this thread. */
export function partsHere<Job>(split: Split<Job>, job: Job): Float64Array[] {
  return Array.from({ length: split.blocks(job) }, (_, block) => split.block(job, block))
}

/** Sum of parts of equal length, in their order. */
export function summed(parts: readonly Float64Array[], length: number): Float64Array<ArrayBuffer> {
  const total = new Float64Array(length)
  for (const part of parts) for (let i = 0; i < length; i++) total[i]! += part[i]!
  return total
}

/** Parts one after the other. */
export function joined(parts: readonly Float64Array[]): Float64Array<ArrayBuffer> {
  const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
