import { afterAll, beforeAll, expect, test } from "vitest"
import { sampling } from "#kernels"
import { matrixOf } from "../../src/stages/network/chain/matrix.ts"
import type { Part } from "../../src/stages/network/chain/parts.ts"
import { type TestApp, testApp } from "../support/store.ts"
import { number } from "../support/world.ts"
import { takeCase } from "./case.ts"

interface Stages {
  cells: {
    stage: number
    route: string | null
    known: number
    state: string
    seenOnce: boolean
    people: {
      label: string
      roles: string[]
      events: number
      firstAt: string | null
      lastAt: string | null
      support: { best: string | null; origins: number }
    }[]
  }[]
  routes: { id: string; scarce: { role: string; known: number }[] }[]
  chokepoints: { stage: number; route: string | null; says: string }[]
  blankSpots: { stage: number; route: string | null }[]
  unstaged: number
}

let app: TestApp
beforeAll(async () => {
  app = await testApp()
  await takeCase(
    app,
    "chain",
    [
      { event: "e1", day: "2026-03-01", who: 1, does: "supplies", stage: 7, text: "boats kept near Calais" },
      { event: "e2", day: "2026-04-01", who: 1, does: "supplies", stage: 7, text: "boats kept near Calais again" },
      { event: "e2", day: "2026-04-02", who: 1, does: "drives", stage: 5, text: "drove people to Dunkirk" },
      { event: "e1", day: "2026-03-02", who: 2, does: "drives", stage: 5, text: "drove people to Calais" },
      { event: "e3", day: "2026-05-01", who: 3, does: "forges", stage: 3, text: "papers made in Erbil" },
    ],
    (event) => (event === "e3" ? "Erbil" : "Dover"),
  )
})
afterAll(() => app.end())

test("parts by stage and route, with dates and grade; one person known is a chokepoint, nobody a blank spot", async () => {
  const s = await app.ask<Stages>("network.stages", { investigation: "chain" })
  const at = (stage: number, route: string | null) => s.cells.find((c) => c.stage === stage && c.route === route)!
  expect(s.routes.map((r) => r.id)).toEqual(["FR", "IQ"])
  expect(at(7, "FR")).toMatchObject({ known: 1, state: "chokepoint", seenOnce: false })
  expect(at(7, "FR").people).toEqual([
    {
      entity: expect.any(String),
      label: number(1),
      roles: ["supplies"],
      events: 2,
      firstAt: "2026-03-01T10:00:00.000Z",
      lastAt: "2026-04-01T10:00:00.000Z",
      support: { origins: 2, best: "3x5x2:1A", banner: expect.anything() },
    },
  ])
  expect(at(5, "FR")).toMatchObject({ known: 2, state: "held" })
  expect(at(3, "IQ")).toMatchObject({ known: 1, state: "chokepoint", seenOnce: true })
  expect(at(7, "IQ")).toMatchObject({ known: 0, state: "blank", people: [] })
  expect(s.routes[0]!.scarce.map((r) => [r.role, r.known])).toEqual([
    ["supplies", 1],
    ["holds-deposits", 0],
    ["forges", 0],
    ["transports", 2],
  ])
  expect(s.chokepoints.filter((c) => c.route === null).map((c) => c.stage)).toEqual([3, 7])
  expect(s.blankSpots.filter((b) => b.route === null).map((b) => b.stage)).toEqual([1, 2, 4, 6, 8, 9, 10])
})

test("the same person takes several parts, and a window of time leaves out those before it", async () => {
  const s = await app.ask<Stages>("network.stages", { investigation: "chain", from: "2026-04-01T00:00:00Z" })
  const who = (stage: number) => s.cells.find((c) => c.stage === stage && c.route === null)!.people.map((p) => p.label)
  expect([who(7), who(5), who(3)]).toEqual([[number(1)], [number(1)], [number(3)]])
  const before = await app.ask<Stages>("network.stages", { investigation: "chain", to: "2026-03-15T00:00:00Z" })
  expect(before.cells.filter((c) => c.route === null && c.known > 0).map((c) => [c.stage, c.people.map((p) => p.events)])).toEqual([
    [5, [1]],
    [7, [1]],
  ])
})

const part = (entity: string, event: string, routes: string[]): Part => ({
  entity,
  label: entity,
  role: "transports",
  stage: 5,
  event,
  firstAt: null,
  lastAt: null,
  routes,
  basis: "book",
  strength: 100,
  records: [],
})

test("a part whose route nobody knows makes no chokepoint, and nobody is counted twice for two events", () => {
  const cells = matrixOf([part("a", "e1", ["not known"]), part("b", "e1", ["FR"]), part("b", "e2", ["FR"])])
  const at = (route: string | null) => cells.find((c) => c.stage === 5 && c.route === route)!
  expect([at("not known").state, at("FR").state, at("FR").known, at(null).state]).toEqual(["unplaced", "chokepoint", 1, "held"])
})

test("many who were seen once speak for more who were not; two who were seen often do not", () => {
  expect(sampling.unseenAtLeast([1, 1, 1, 1, 2])).toBe(3)
  expect(sampling.unseenAtLeast([3, 4])).toBe(0)
})
