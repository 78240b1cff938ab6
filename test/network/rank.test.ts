import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { SHARED } from "../support/material.ts"
import { failureOf, folderOf, type TestApp, take, testApp } from "../support/store.ts"

interface Ranking {
  basis: string
  measure: string
  players: {
    entity: string
    label: string
    rank: number
    score: number
    interval: [number, number]
    stability: number
    reasons: { records: string[] }[]
    missing: string[]
  }[]
  identifiersToResolve: unknown[]
  blindSpots: string[]
  counts: { players: number; ties: number; events: number }
}
let app: TestApp
beforeAll(async () => {
  app = await testApp()
  if (SHARED) {
    await take(app, "montagna", [join(SHARED, "networks/montagna-meetings.csv")], { as: "edges" })
    await take(app, "caviar", [join(SHARED, "networks/morselli_caviar.csv")], { as: "edges" })
    await take(app, "cocaine", [join(SHARED, "networks/natajaran_cocaine.csv")], { as: "edges" })
  }
})
afterAll(() => app.end())
const rank = (investigation: string, more: object = {}): Promise<Ranking> =>
  app.ask("network.rank", { investigation, measure: "betweenness", ...more })
const edges = (text: string) => folderOf({ "net.csv": text })

describe.skipIf(!SHARED)("published networks (shared data) through the gate", () => {
  test("Montagna meetings: the five highest by betweenness are 18, 47, 27, 68 and 12, as structure only", async () => {
    const r = await rank("montagna", { top: 5 })
    expect(r.players.map((p) => p.label)).toEqual(["18", "47", "27", "68", "12"])
    expect(r.basis).toBe("structure only")
    expect(r.identifiersToResolve).toEqual([])
    for (const p of r.players) {
      expect(p.interval[0]).toBeLessThanOrEqual(p.score + 1e-12)
      expect(p.stability).toBeGreaterThan(0)
      expect(p.reasons[0]!.records.length).toBeGreaterThan(0)
      expect(p.missing).toHaveLength(1)
    }
  })

  test("Caviar: the five published values of betweenness, undirected and normalised", async () => {
    const { players, counts } = await rank("caviar", { top: 5 })
    expect(players.map((p) => [p.label, Number(p.score.toFixed(4))])).toEqual([
      ["1", 0.6375],
      ["12", 0.2921],
      ["87", 0.1193],
      ["76", 0.1152],
      ["3", 0.1052],
    ])
    expect(counts.players).toBe(110)
  })

  test("Cocaine: Kay has betweenness .8875 and 24 of 27 ties", async () => {
    expect((await rank("cocaine", { top: 1 })).players[0]).toMatchObject({ label: "Kay", score: expect.closeTo(0.8875, 4) })
    expect((await rank("cocaine", { top: 1, measure: "degree" })).players[0]).toMatchObject({
      label: "Kay",
      score: expect.closeTo(24 / 27, 10),
    })
  })
})

test("a bare edge list is ranked as structure only, by label where scores are equal, and says what it is not", async () => {
  await take(app, "bare", [edges("source,target\n10,2\n10,3\n10,1\n")], { as: "edges" })
  const r = await rank("bare", { top: 10 })
  expect(r.players.map((p) => [p.label, p.score])).toEqual([
    ["10", 1],
    ["1", 0],
    ["2", 0],
    ["3", 0],
  ])
  expect(r.basis).toBe("structure only")
  expect(r.blindSpots[0]).toMatch(/not who did what/)
  expect((await failureOf(rank("bare", { measure: "involvement" }))).code).toBe("invalid.measure")
})

test("repeated pairs are summed, in whatever order and direction they stand", async () => {
  await take(app, "summed-1", [edges("source,target,weight\na,b,0.1\na,b,0.2\nb,a,0.3\nb,c,0.5\n")], { as: "edges" })
  await take(app, "summed-2", [edges("source,target,weight\nb,c,0.5\nb,a,0.3\na,b,0.2\na,b,0.1\n")], { as: "edges" })
  const one = await rank("summed-1", { measure: "strength", weighted: true })
  const two = await rank("summed-2", { measure: "strength", weighted: true })
  expect(one.players.map((p) => [p.label, p.score])).toEqual(two.players.map((p) => [p.label, p.score]))
  expect(one.counts.ties).toBe(2)
})

test("the same seed twice gives the same bytes; another seed other draws of the same scores", async () => {
  await take(app, "seeded", [edges("source,target\na,b\nb,c\nc,d\nd,e\ne,a\nb,e\nf,a\n")], { as: "edges" })
  const first = JSON.stringify(await rank("seeded", { seed: 5, top: 3 }))
  expect(JSON.stringify(await rank("seeded", { seed: 5, top: 3 }))).toBe(first)
  const other = await rank("seeded", { seed: 6, top: 3 })
  expect(JSON.stringify(other)).not.toBe(first)
  expect(other.players.map((p) => p.score)).toEqual((JSON.parse(first) as Ranking).players.map((p) => p.score))
})

test("nobody is ranked where nothing is held, and that is said", async () => {
  await app.ask("investigations.open", { name: "nothing" })
  const r = await rank("nothing")
  expect([r.players, r.basis]).toEqual([[], "conduct"])
  expect(r.blindSpots[0]).toMatch(/nobody is ranked/)
})
