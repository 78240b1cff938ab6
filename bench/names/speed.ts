/** How fast names are put aside, prepared and compared, on one core. */
import { compareNames, MATCH, nameLevel, signatures, worthComparing } from "../../src/ground/names/index.ts"
import { makePairs } from "./pairs.ts"

export interface SpeedReport {
  signaturesPerSecond: number
  cheapPairsPerSecond: number
  comparisonsPerSecond: number
  comparisonsOfPreparedPerSecond: number
  /** Of pairs that are the same, how many the cheap stage keeps; of those that would match, too. */
  keptOfSame: number
  keptOfMatching: number
  /** Of random pairs, how many it keeps. */
  keptOfRandom: number
}

const perSecond = (count: number, run: () => void) => {
  const begun = performance.now()
  run()
  return Math.round((count * 1000) / (performance.now() - begun))
}

export function reportSpeed(): SpeedReport {
  const pairs = makePairs(12_000, 7)
  const left = pairs.map((p) => p.name1)
  const right = pairs.map((p) => p.name2)
  let a: Uint32Array = new Uint32Array()
  let b: Uint32Array = new Uint32Array()
  const signaturesPerSecond = perSecond(left.length * 2, () => {
    a = signatures(left)
    b = signatures(right)
  })
  let kept = 0
  const rows = 2_000
  const cheap = perSecond(rows * right.length, () => {
    for (let i = 0; i < rows; i++) for (let j = 0; j < right.length; j++) if (worthComparing(a, i, b, j)) kept++
  })
  const fresh = perSecond(pairs.length, () => {
    for (const p of pairs) compareNames(p.name1, p.name2)
  })
  const again = perSecond(pairs.length, () => {
    for (const p of pairs) nameLevel(p.name1, p.name2)
  })
  const share = (of: (at: number) => boolean) => {
    const asked = pairs.map((_, at) => at).filter(of)
    return asked.filter((at) => worthComparing(a, at, b, at)).length / asked.length
  }
  return {
    signaturesPerSecond,
    cheapPairsPerSecond: cheap,
    comparisonsPerSecond: fresh,
    comparisonsOfPreparedPerSecond: again,
    keptOfSame: share((at) => pairs[at]!.same),
    keptOfMatching: share((at) => compareNames(left[at]!, right[at]!).score >= MATCH),
    keptOfRandom: kept / (rows * right.length),
  }
}
