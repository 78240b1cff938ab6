import { afterAll, expect, test } from "vitest"
import { dismantle, graphFrom, MEASURES, type MeasureName, measured, openPool, overDraws, rng } from "#kernels"

/** Just large enough that a pool takes it on. */
function built(n: number, directed: boolean) {
  const random = rng(21)
  const ends = Array.from({ length: 4 * n }, () => random.int(n))
  const weight = Array.from({ length: 2 * n }, () => 1 + random.int(9))
  return graphFrom({ n, source: ends.slice(0, 2 * n), target: ends.slice(2 * n), weight, directed }).graph
}
const graph = built(3_000, false)
const pools = [0, 1, 3].map((workers) => openPool(workers))
afterAll(() => Promise.all(pools.map((pool) => pool.close())))

const bytes = (scores: Float64Array) => Buffer.from(scores.buffer, scores.byteOffset, scores.byteLength).toString("base64")

test.each<[MeasureName, boolean]>([
  ["betweenness", false],
  ["betweenness", true],
  ["closeness", false],
  ["harmonic", true],
])("the number of workers changes no byte of %s (weighted: %s)", async (name, weighted) => {
  for (const directed of [false, true]) {
    const given = built(weighted ? 1_500 : 3_000, directed)
    const here = bytes(MEASURES[name](given, { weighted }))
    for (const pool of pools) expect(bytes(await measured(given, name, { weighted }, pool))).toBe(here)
  }
})

test("nor of draws, nor of an order of removal", async () => {
  const options = { draws: 12, keepEdge: 0.9, measure: { pivots: 250 } }
  const here = bytes(await overDraws(graph, "betweenness", options))
  const removed = await dismantle(graph, "betweenness", { removals: 3 })
  for (const pool of pools) {
    expect(bytes(await overDraws(graph, "betweenness", options, pool))).toBe(here)
    expect(await dismantle(graph, "betweenness", { removals: 3 }, pool)).toEqual(removed)
  }
})

test("a failure in a worker arrives with its code, and the pool goes on", async () => {
  const pair = graphFrom({ n: 1_000, source: [0], target: [1] }).graph
  const options = { draws: 40, keepEdge: 1, measure: { alpha: 1 } }
  for (const pool of pools) {
    await expect(overDraws(pair, "katz", options, pool)).rejects.toMatchObject({ code: "invalid.katz-alpha" })
    expect(bytes(await measured(graph, "closeness", {}, pool))).toBe(bytes(MEASURES.closeness(graph)))
  }
})

test("a worker that dies rejects its work, and another takes its place", async () => {
  const broken = { n: 10, rows: null }
  for (const pool of pools) {
    await expect(pool.run("distances", broken, 2)).rejects.toThrow(TypeError)
    expect(bytes(await measured(graph, "closeness", {}, pool))).toBe(bytes(MEASURES.closeness(graph)))
  }
})

test("closing waits for work under way, may be done twice, and ends the pool", async () => {
  const pool = openPool(2)
  const work = measured(graph, "closeness", {}, pool)
  await pool.close()
  expect(bytes(await work)).toBe(bytes(MEASURES.closeness(graph)))
  await pool.close()
  await expect(measured(graph, "closeness", {}, pool)).rejects.toThrow("closed")
})
