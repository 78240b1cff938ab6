import { expect, test } from "vitest"
import { linkage, rng } from "#kernels"

const LEVELS = [4, 3, 5]
const M = [
  [0, 0.1, 0.2, 0.7],
  [0, 0.1, 0.9],
  [0, 0.05, 0.05, 0.1, 0.8],
]
const U = [
  [0, 0.9, 0.08, 0.02],
  [0, 0.8, 0.2],
  [0, 0.93, 0.04, 0.02, 0.01],
]

/** Patterns drawn from known chances, some comparisons not made. */
function drawn(size: number, chances: readonly (readonly number[])[], seed: number): Int32Array {
  const random = rng(seed)
  return Int32Array.from({ length: size }, () =>
    linkage.packLevels(
      chances.map((row) => {
        if (random.next() < 0.1) return 0
        let left = random.next()
        for (let l = 1; l < row.length; l++) {
          left -= row[l]!
          if (left < 0) return l
        }
        return row.length - 1
      }),
    ),
  )
}

const EVEN = LEVELS.map((size) =>
  Array.from({ length: size }, (_, l) => (l === 0 ? 0 : l === size - 1 ? 0.6 : 0.4 / Math.max(1, size - 2))),
)

test("chances are learnt without labels: what the patterns were drawn from comes back", () => {
  const same = drawn(4000, M, 1)
  const other = drawn(16_000, U, 2)
  const u = linkage.chancesOfStrangers(LEVELS, linkage.countPatterns(drawn(60_000, U, 3)))
  for (const [c, row] of U.entries()) for (let l = 1; l < row.length; l++) expect(u[c]![l]).toBeCloseTo(row[l]!, 2)
  const pairs = 20_000
  const learnt = linkage.learn(linkage.countPatterns(Int32Array.from([...same, ...other])), u, { levels: LEVELS, start: EVEN, pairs })
  for (const [c, row] of M.entries()) for (let l = 1; l < row.length; l++) expect(Math.abs(learnt.m[c]![l]! - row[l]!)).toBeLessThan(0.05)
  expect(learnt.prior * pairs).toBeGreaterThan(3400)
  expect(learnt.prior * pairs).toBeLessThan(4600)
})

test("the order of pairs does not matter to a byte, and weights are whole hundredths of a bit", () => {
  const all = [...drawn(3000, M, 4), ...drawn(9000, U, 5)]
  const options = { levels: LEVELS, start: EVEN, pairs: 1_000_000 }
  const one = linkage.learn(linkage.countPatterns(Int32Array.from(all)), U, options)
  const two = linkage.learn(linkage.countPatterns(Int32Array.from(all.toReversed())), U, options)
  expect(JSON.stringify(one)).toBe(JSON.stringify(two))
  const weights = linkage.weightsOf(one)
  for (const row of weights.levels) for (const w of row) expect(Number.isInteger(w)).toBe(true)
  const pattern = linkage.packLevels([3, 0, 4])
  expect([0, 1, 2].map((c) => linkage.levelOf(pattern, c))).toEqual([3, 0, 4])
  expect(linkage.weigh(weights, pattern)).toBe(weights.prior + weights.levels[0]![3]! + weights.levels[2]![4]!)
})

test("what people said of pairs stands beside the model's opinion of their pattern, and of nothing else", () => {
  const counted = linkage.countPatterns(Int32Array.from([...drawn(3000, M, 6), ...drawn(9000, U, 7)]))
  const options = { levels: LEVELS, start: EVEN, pairs: 1_000_000 }
  const alone = linkage.learn(counted, U, options)
  expect(linkage.learn(counted, U, { ...options, decided: new Map() })).toEqual(alone)
  // The first comparison at its middle level, all else agreeing: people hold most of these for two.
  const doubtful = linkage.packLevels([2, 2, 4])
  const said = (same: number, other: number) => linkage.learn(counted, U, { ...options, decided: new Map([[doubtful, { same, other }]]) })
  expect(said(0, 200).m[0]![2]!).toBeLessThan(alone.m[0]![2]!)
  expect(said(200, 0).m[0]![2]!).toBeGreaterThanOrEqual(alone.m[0]![2]!)
  expect(said(0, 200).u).toEqual(alone.u)
})
