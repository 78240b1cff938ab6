import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { SHARED } from "../support/material.ts"
import { failureOf, folderOf, type TestApp, take, testApp } from "../support/store.ts"
import { passengers, phonesFolder } from "../support/world.ts"

interface Found {
  set: string[]
  value: number
  optimal: boolean
  baselines: Record<string, number>
  members: { label: string; adds: number }[]
  leftOut: { label: string; ground: string; contacts: string[] }[]
  counts: { nodes: number; candidates: number }
  basis: string
  proof: { by: string }
  redrawn: {
    draws: number
    value: [number, number, number]
    short: [number, number]
    best: number
    people: { label: string; share: number; member: boolean }[]
    says: string
  } | null
}
let app: TestApp
beforeAll(async () => {
  app = await testApp()
  // Two stars, joined by their centres, and a triangle at the end of a thread.
  const lines = [..."abcd"].map((x) => `hub,${x},1`).concat([..."efg"].map((x) => `mid,${x},1`))
  const net = folderOf({ "net.csv": `source,target,weight\n${[...lines, "hub,mid,1", "g,x,1", "x,y,1", "y,z,1", "z,x,1"].join("\n")}\n` })
  await take(app, "stars", [net], { as: "edges" })
})
afterAll(() => app.end())
const find = (investigation: string, more: object = {}): Promise<Found> => app.ask("plan.set", { investigation, ...more })

test.skipIf(!SHARED)("Caviar (Morselli, shared data): {1, 12, 87} is the best set of three of all 110, fragmentation 0.6547", async () => {
  await take(app, "caviar", [join(SHARED!, "networks/morselli_caviar.csv")], { as: "edges" })
  const found = await find("caviar", { k: 3, goal: "fragment" })
  expect([found.set, Number(found.value.toFixed(4)), found.optimal]).toEqual([["1", "12", "87"], 0.6547, true])
  expect(found.counts).toMatchObject({ nodes: 110, candidates: 110 })
  expect(found.baselines.random).toBeLessThan(found.baselines.degree!)
  expect(found.baselines.degree).toBeLessThan(found.value)
  expect(found.basis).toBe("structure only")
})

test.skipIf(!SHARED)("sets beyond enumeration are proved too: ten of Caviar, five of Montagna's meetings", async () => {
  await take(app, "montagna", [join(SHARED!, "networks/montagna-meetings.csv")], { as: "edges" })
  const proved = async (investigation: string, k: number) => {
    const { value, optimal, proof } = await find(investigation, { k, goal: "fragment" })
    return [Number(value.toFixed(4)), optimal, proof.by]
  }
  expect(await proved("caviar", 10)).toEqual([0.9859, true, expect.any(String)])
  expect(await proved("montagna", 5)).toEqual([0.7842, true, expect.any(String)])
})

test("what holds a bare network together, and what each member adds", async () => {
  const found = await find("stars", { k: 2 })
  expect(found.set).toEqual(["hub", "mid"])
  // a, b, c, d, e, f alone and g, x, y, z together: 1 − 4·3 / 10·9.
  expect(found.value).toBeCloseTo(1 - 12 / 90, 12)
  expect(found.members.every((m) => m.adds > 0)).toBe(true)
  expect((await find("stars", { k: 1, goal: "reach", steps: 1 })).set).toEqual(["hub"])
})

test("how sure the set is: what it does where the network is drawn again, and who else is in the best sets there", async () => {
  const { set, value, redrawn } = await find("stars", { k: 2 })
  expect(redrawn).toMatchObject({ draws: 100, says: expect.stringContaining("each of 100 draws keeps a link with 0.9") })
  const { value: range, short, best, people } = redrawn!
  expect(range[0]).toBeLessThanOrEqual(range[1])
  expect(range[1]).toBeLessThanOrEqual(range[2])
  // Ties only go: what is left of this network is never less apart.
  expect(range[0]).toBeGreaterThanOrEqual(value - 1e-12)
  expect(short[0]).toBeLessThanOrEqual(short[1])
  expect(people.filter((p) => p.member).map((p) => p.label)).toEqual(set)
  expect(people.filter((p) => p.member).every((p) => p.share >= best && p.share > 0.5)).toBe(true)
  expect(people.reduce((sum, p) => sum + p.share, 0)).toBeLessThanOrEqual(2 + 1e-9)
  expect((await find("stars", { k: 2 })).redrawn).toEqual(redrawn)
  expect((await find("stars", { k: 2, seed: 2 })).redrawn!.people).not.toEqual(people)
  expect((await find("stars", { k: 2, draws: 0 })).redrawn).toBeNull()
  // Whoever may not be in a set is in none of the draws either.
  const without = await find("stars", { k: 2, otherTeam: ["hub"] })
  expect(without.redrawn!.people.map((p) => p.label)).not.toContain("hub")
})

test("people without a tie count among those who are left", async () => {
  await take(app, "lone", [folderOf({ "net.csv": ",a,b,c,d\na,0,1,0,0\nb,1,0,1,0\nc,0,1,0,0\nd,0,0,0,0\n" })], { as: "edges" })
  const found = await find("lone", { k: 1 })
  expect([found.set, found.value, found.counts.nodes]).toEqual([["b"], 1, 4])
  expect((await find("lone", { k: 1, reachable: ["a"] })).value).toBeCloseTo(1 - 2 / 6, 12)
})

test("who may not be in it is left out with the ground, and a name that nobody bears fails", async () => {
  const found = await find("stars", { k: 2, otherTeam: ["hub"], safeguarding: ["mid"] })
  expect(found.set).not.toContain("hub")
  expect(found.leftOut.map((o) => [o.label, o.ground])).toEqual([
    ["hub", "other-team"],
    ["mid", "safeguarding"],
  ])
  expect((await find("stars", { k: 1, reachable: ["e", "y"] })).counts.candidates).toBe(2)
  expect((await failureOf(find("stars", { covert: ["nobody"] }))).code).toBe("invalid.not-a-member")
  expect((await failureOf(find("stars", { k: 3, reachable: ["e", "y"] }))).code).toBe("invalid.set-size")
})

test("where there is conduct only players may be in a set", async () => {
  await take(app, "people", [phonesFolder(passengers(5))])
  const found = await find("people", { k: 1 })
  expect([found.set, found.basis]).toEqual([["Mam Karwan"], "conduct"])
})
