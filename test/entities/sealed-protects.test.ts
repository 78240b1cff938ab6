import { afterAll, beforeAll, expect, test } from "vitest"
import { folderOf, GROUNDS, type TestApp, take, testApp } from "../support/store.ts"
import { number, OFFERS, type Phone, phonesFolder } from "../support/world.ts"

const OPEN = { investigation: "sealed" }
const HOLDER = number(700)
let app: TestApp

beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.end())

/** Raided phones on which the same number offers crossings, in several events: conduct by any rule. */
const raids: Phone[] = OFFERS.map((_, n) => ({
  reference: `R${n}`,
  event: `raid-${n}`,
  own: number(710 + n),
  lines: OFFERS.map((text, day) => ({ day, way: "in" as const, other: HOLDER, text })),
}))

test("a device seized on arrival protects its own number while every row of it is undecided", async () => {
  await take(app, "sealed", [phonesFolder(raids)])
  const before = await app.ask<{ players: { entity: string }[] }>("network.rank", { ...OPEN, top: 100 })
  expect(before.players.length).toBe(1)
  const held: Phone = {
    reference: "LDG",
    event: "landing",
    own: HOLDER,
    arrival: true,
    lines: [{ day: 1, way: "out", other: number(799), text: "hello mother" }],
  }
  await take(app, "sealed", [phonesFolder([held])])
  const after = await app.ask<{ players: unknown[]; blindSpots: string[] }>("network.rank", { ...OPEN, top: 100 })
  expect(after.players).toEqual([])
  const shown = await app.ask<{ label: string; masked: boolean; identifiers: unknown[] }>("entities.show", {
    ...OPEN,
    entity: before.players[0]!.entity,
  })
  expect([shown.masked, shown.identifiers]).toEqual([true, []])
})

test("a protected node of a bare network is structure without a name, in rank and curve", async () => {
  const folder = folderOf({ "edges.csv": "hub,x\nhub,y\nhub,z\nx,q\n" })
  await app.ask("records.intake", { ...GROUNDS, investigation: "bare", paths: [`${folder}/edges.csv`], as: "edges" })
  const rank = () =>
    app.ask<{ players: { entity: string; label: string; reasons: unknown[] }[] }>("network.rank", {
      investigation: "bare",
      measure: "degree",
      top: 10,
    })
  const first = (await rank()).players[0]!
  expect(first.label).toBe("hub")
  await app.ask("entities.set-standing", { investigation: "bare", entity: first.entity, standing: "witness", reason: "gave a statement" })
  const now = await rank()
  expect(now.players.map((p) => p.label).sort()).toEqual(["q", "x", "y", "z"])
  expect(JSON.stringify(now)).not.toContain("hub")
  const curve = await app.ask<{ order: string[] }>("plan.curve", { investigation: "bare", measure: "degree" })
  expect(curve.order.sort()).toEqual(["q", "x", "y", "z"])
})
