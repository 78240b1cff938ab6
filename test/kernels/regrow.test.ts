import { expect, test } from "vitest"
import { flows, openPool, rng } from "#kernels"

/** Two ways from 0 to 3 over 1 and 2; member 0 serves the first way and member 1 the second, member 2 serves the last arc. */
const chain = (lost: [number, number][], mechanism: flows.Mechanism, more: object = {}): Parameters<typeof flows.regrow>[0] => ({
  network: { n: 4, source: 0, sink: 3, from: [0, 0, 1, 2, 1], to: [1, 2, 3, 3, 3] },
  members: 4,
  ties: { from: [0, 0, 1], to: [2, 1, 3] },
  slots: [
    { arc: 0, member: 0, layer: 4, lane: 0 },
    { arc: 1, member: 1, layer: 4, lane: 1 },
    { arc: 2, member: 2, layer: 8, lane: -1 },
  ],
  scenarios: [[6, 4, 10, 10, 0]],
  lost,
  arcs: [],
  median: Array.from({ length: 11 }, () => 4),
  mechanism,
  weeks: [4, 52],
  runs: 60,
  seed: 3,
  shift: [0, 0],
  ...more,
})
const UNTOUCHED: [number, number][] = [
  [0, 0],
  [0, 0],
  [0, 0],
]
const FIRST: [number, number][] = [
  [1, 1],
  [0, 0],
  [0, 0],
]
const field = (values: Float64Array, week: number, which: number) =>
  Array.from({ length: values.length / 8 }, (_, run) => values[(run * 2 + week) * flows.REGROWN_FIELDS + which]!)
const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length

test("where nothing is lost nothing changes, whatever the mechanism", async () => {
  for (const mechanism of flows.MECHANISMS) {
    const values = await flows.regrow(chain(UNTOUCHED, mechanism))
    expect(new Set([...field(values, 0, 0), ...field(values, 1, 0), ...field(values, 1, 1)])).toEqual(new Set([10]))
    expect(field(values, 1, 2)).toEqual(field(values, 1, 3))
  }
})

test("without regrowth what is lost stays lost; with it most is back after a year and less after four weeks", async () => {
  const none = await flows.regrow(chain(FIRST, "none"))
  expect(new Set([...field(none, 0, 0), ...field(none, 1, 0)])).toEqual(new Set([4]))
  for (const mechanism of ["random", "preferential", "triadic", "alike"] as const) {
    const values = await flows.regrow(chain(FIRST, mechanism))
    const [soon, late] = [mean(field(values, 0, 0)), mean(field(values, 1, 0))]
    expect(soon).toBeGreaterThanOrEqual(4)
    expect(late, mechanism).toBeGreaterThan(soon)
    expect(late).toBeGreaterThan(6)
  }
})

test("more can get through than before", async () => {
  const values = await flows.regrow(chain(FIRST, "preferential"))
  const runs = field(values, 1, 0)
  expect(runs.some((flow) => flow > 10)).toBe(true)
  expect(runs.some((flow) => flow < 10)).toBe(true)
})

test("who joined nobody is not replaced through mutual acquaintances", async () => {
  const apart = { ties: { from: [1], to: [3] } }
  const values = await flows.regrow(chain(FIRST, "triadic", apart))
  expect(new Set(field(values, 1, 0))).toEqual(new Set([4]))
  expect(mean(field(await flows.regrow(chain(FIRST, "random", apart)), 1, 0))).toBeGreaterThan(6)
})

test("what one way loses goes by the other, as far as it is told to", async () => {
  // The second way's last arc carries ten: four of its own and up to six more.
  const values = await flows.regrow(chain(FIRST, "alike", { shift: [1, 1], median: Array.from({ length: 11 }, () => 1e9) }))
  expect(mean(field(values, 1, 0))).toBeCloseTo(10, 6)
})

test("the same seed gives the same bytes on any number of workers", async () => {
  const random = rng(9)
  const big = chain(FIRST, "preferential", {
    runs: 97,
    scenarios: Array.from({ length: 7 }, () => [6, 4, 10, 10, 0].map((c) => c * random.next())),
  })
  const here = await flows.regrow(big)
  for (const workers of [1, 2]) {
    const pool = openPool(workers)
    expect(await flows.regrow(big, pool)).toEqual(here)
    await pool.close()
  }
})
