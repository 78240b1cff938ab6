import { afterAll, beforeAll, expect, test } from "vitest"
import { compare } from "../../src/stages/network/named/compare.ts"
import type { Frozen, FrozenPlayer, FrozenTie } from "../../src/stages/network/named/content.ts"
import { failureOf, type TestApp, testApp } from "../support/store.ts"
import { number } from "../support/world.ts"
import { type Told, takeCase } from "./case.ts"

const told = (event: string, day: string, who: number, more: Partial<Told> = {}): Told => ({
  event,
  day,
  who,
  does: "supplies",
  stage: 7,
  text: "boats near Calais",
  ...more,
})

interface Compared {
  players: { label: string; change: string; signs: { world: number; evidence: number; undated: number } }[]
  newTies: { why: string; layers: string[] }[]
}

let app: TestApp
beforeAll(async () => {
  app = await testApp()
  await takeCase(app, "time", [told("e1", "2026-03-01", 1, { with: 2 }), told("e2", "2026-03-02", 2)])
})
afterAll(() => app.end())

test("a snapshot is named once, stands as it was, and the same question gives the same bytes until something comes in", async () => {
  const first = await app.ask<{ id: string; sha256: string }>("network.name-snapshot", { investigation: "time", name: "spring" })
  expect(
    (await failureOf(app.ask("network.name-snapshot", { investigation: "time", name: "spring", grades: "firm", layers: ["money"] }))).code,
  ).toBe("conflict.snapshot-named")
  const opened = await app.ask<{ today: { same: boolean }; people: { label: string }[] }>("network.open-snapshot", {
    investigation: "time",
    snapshot: first.id,
  })
  expect(opened.today.same).toBe(true)
  await takeCase(app, "time", [told("e3", "2026-02-01", 3, { with: 1 }), told("e4", "2026-05-01", 4, { with: 2 })])
  const again = await app.ask<{ sha256: string; today: { same: boolean }; people: { label: string }[] }>("network.open-snapshot", {
    investigation: "time",
    snapshot: first.id,
  })
  expect([again.today.same, again.sha256, again.people]).toEqual([false, first.sha256, opened.people])
  const second = await app.ask<{ id: string }>("network.name-snapshot", { investigation: "time", name: "summer" })
  const { snapshots } = await app.ask<{ snapshots: { name: string; state: string; players: number }[] }>("network.snapshots", {
    investigation: "time",
  })
  expect(snapshots.map((s) => [s.name, s.state, s.players])).toEqual([
    ["spring", "stands", 2],
    ["summer", "stands", 4],
  ])
  const c = await app.ask<Compared>("network.compare", { investigation: "time", earlier: first.id, later: second.id })
  // Everything that came in is dated before the first one was frozen: nothing of it is a change in the world.
  expect(c.newTies.map((t) => t.why)).toEqual(["evidence", "evidence"])
  expect(c.players.filter((p) => p.change === "new").map((p) => [p.label, p.signs.world])).toEqual([
    [number(3), 0],
    [number(4), 0],
  ])
})

test("a snapshot may be frozen by a measure, by direction and with weights: its parts say so, and the same question gives the same bytes", async () => {
  const { id } = await app.ask<{ id: string }>("network.name-snapshot", {
    investigation: "time",
    name: "by direction",
    measure: "pagerank",
    directed: true,
    weighted: true,
  })
  const open = (snapshot: string) =>
    app.ask<{ parts: object; people: { label: string; score: number }[]; today: { same: boolean } }>("network.open-snapshot", {
      investigation: "time",
      snapshot,
    })
  const opened = await open(id)
  expect([opened.parts, opened.today.same]).toEqual([
    expect.objectContaining({ measure: "pagerank", directed: true, weighted: true }),
    true,
  ])
  const now = await app.ask<{ players: { label: string; score: number }[] }>("network.rank", {
    investigation: "time",
    measure: "pagerank",
    directed: true,
    weighted: true,
  })
  expect(opened.people.map((p) => [p.label, p.score])).toEqual(now.players.map((p) => [p.label, p.score]))
  const { id: plain } = await app.ask<{ id: string }>("network.name-snapshot", { investigation: "time", name: "as ever" })
  expect((await open(plain)).parts).not.toHaveProperty("measure")
  const compared = await app.ask<{ says: string }>("network.compare", { investigation: "time", earlier: id, later: plain })
  expect(compared.says).toContain("not asked alike")
  expect((await failureOf(app.ask("network.name-snapshot", { investigation: "time", name: "no", directed: true }))).code).toBe(
    "invalid.measure",
  )
})

test("with a window that ended before, what is dated after it is the world's", async () => {
  const name = async (to: string) =>
    (
      await app.ask<{ id: string }>("network.name-snapshot", {
        investigation: "time",
        name: `until ${to}`,
        to: `${to}T00:00:00Z`,
        layers: ["reports"],
      })
    ).id
  const [april, june] = [await name("2026-04-01"), await name("2026-06-01")]
  const c = await app.ask<Compared>("network.compare", { investigation: "time", earlier: april, later: june })
  expect(c.newTies).toMatchObject([{ why: "world", layers: ["reports"] }])
})

const player = (entity: string, rank: number, more: Partial<FrozenPlayer> = {}): FrozenPlayer => ({
  entity,
  label: entity,
  marks: [entity],
  rank,
  score: 1 / rank,
  range: null,
  strength: { out: 0, in: 0 },
  acts: [],
  ...more,
})
const tie = (a: string, b: string, firstAt: number | null, lastAt = firstAt): FrozenTie => ({
  a,
  b,
  layer: "calls",
  event: "e",
  n: 1,
  forth: 1,
  weight: 1,
  firstAt,
  lastAt,
})
const frozen = (players: FrozenPlayer[], ties: FrozenTie[], from: number | null = null): Frozen => ({
  parts: { layers: [], from, to: null, grades: "all", projection: "plain", release: "x" },
  counts: { players: players.length, entities: 0, ties: ties.length, events: 1 },
  players,
  ties,
})

test("who rose, fell, vanished, was joined; a person keeps his past when his id changes with his identifiers", () => {
  const before = frozen(
    [player("a", 1, { range: [1, 2] }), player("b", 2), player("c", 3), player("d", 4), player("z", 5)],
    [tie("a", "c", 5)],
  )
  const after = frozen(
    [player("b", 1), player("a", 3), player("x", 2, { marks: ["c", "d"] }), player("n", 4)],
    [tie("a", "x", 5), tie("b", "n", null)],
  )
  const { players, newTies, goneTies, stayed } = compare(before, after, { until: 10 })
  expect(Object.fromEntries(players.map((p) => [p.entity, p.change]))).toEqual({ b: "rose", a: "fell", x: "joined", n: "new", z: "gone" })
  expect(players.find((p) => p.entity === "a")!.beyondRange).toBe(true)
  expect([stayed, newTies.map((t) => t.why), goneTies]).toEqual([1, ["undated"], []])
})

test("a tie last seen before the later window is gone in the world or from our eyes; one within it is no longer held", () => {
  const before = frozen([player("a", 1), player("b", 2), player("c", 3)], [tie("a", "b", 3), tie("b", "c", 30)])
  expect(compare(before, frozen(before.players, [], 20), { until: 40 }).goneTies.map((t) => t.why)).toEqual(["world", "evidence"])
})

test("the projection of Newman gives each pair of three who share a report half, and a pair alone the whole", async () => {
  await takeCase(app, "crowd", [told("e1", "2026-03-01", 1, { with: 2, and: 3 }), told("e2", "2026-03-02", 1, { with: 4 })])
  const weights = async (projection: string) =>
    (await app.ask<{ edges: { weight: number }[] }>("network.graph", { investigation: "crowd", projection, leaves: true })).edges
      .map((e) => e.weight)
      .sort()
  expect(await weights("plain")).toEqual([0.6, 0.6, 0.6, 0.6])
  expect(await weights("newman")).toEqual([0.3, 0.3, 0.3, 0.6])
})
