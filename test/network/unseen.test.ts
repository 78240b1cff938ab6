import { afterAll, beforeAll, expect, test } from "vitest"
import type { ConductReason, Rankable } from "#entities"
import { aboveOthers, isStrong, verdictOf } from "../../src/stages/network/unseen/principals.ts"
import { type TestApp, testApp } from "../support/store.ts"
import { number } from "../support/world.ts"
import { takeCase } from "./case.ts"

const reason = (conduct: string, basis: string, events: string[]): ConductReason => ({
  conduct,
  stage: null,
  strength: 300,
  basis,
  rule: "r",
  words: "w",
  innocent: "i",
  records: ["rc"],
  events,
})
const player = (entity: string, ...reasons: ConductReason[]): Rankable => ({
  entity,
  label: entity,
  evidence: [],
  reasons,
  events: 1,
  items: 1,
})

test("who is only said to run it stands out, falls without what is said, and is not yet visible as the head", () => {
  const players = [
    player("boss", reason("organises", "others' words", ["e1", "e2"])),
    player("driver", reason("transports", "own words", ["e1"])),
  ]
  const [boss, ...rest] = aboveOthers(players, [])
  expect(rest).toEqual([])
  expect(boss).toMatchObject({ entity: "boss", onlyThroughOthers: true, shownBy: ["spoken"], without: [{ source: "spoken", rank: null }] })
  expect(isStrong(boss!)).toBe(false)
  expect(verdictOf(2, [boss!], []).verdict).toBe("not visible")
})

const heard = (...events: string[]) => [{ name: "سۆفی", events, records: ["rc"] }]
const money = reason("launders", "stated by report", ["reports"])

test.each([
  ["reports see the money go to him, and a landing speaks of him in another script", [money], heard("landing"), true],
  ["reports alone, however many", [money, reason("finances", "stated by report", ["other reports"])], [], false],
  ["talk alone", [reason("organises", "others' words", ["e1", "e2"])], heard("e3"), false],
  ["talk of the same seizure event", [money], heard("reports"), false],
  ["a bookkeeper whom books pay", [money, reason("is-paid", "book", ["reports"])], heard("landing"), false],
  ["a financier who orders releases himself", [money, reason("finances", "own words", ["reports"])], heard("landing"), false],
  [
    "a planted boss: reports say that he runs it, and talk repeats it",
    [reason("organises", "stated by report", ["reports"])],
    heard("landing"),
    false,
  ],
  ["a guarantor: he holds deposits, and travellers speak of him", [reason("holds-deposits", "book", ["b1"])], heard("landing"), false],
] as const)("at the head or not: %s", (_, reasons, names, strong) => {
  const above = aboveOthers(
    [player("x", ...reasons), player("driver", reason("transports", "own words", ["e1"]))],
    [],
    new Map([["x", [...names]]]),
  )
  expect(above.filter(isStrong).map((a) => a.entity)).toEqual(strong ? ["x"] : [])
})

test("whoever phones himself is not the boss whom only others show", () => {
  const call = {
    a: "driver",
    b: "x",
    layer: "calls" as const,
    event: "e1",
    n: 1,
    forth: 1,
    weight: 1,
    forthWeight: 1,
    backWeight: 0,
    share: 1,
    records: [],
    firstAt: null,
    lastAt: null,
    sure: "fair" as const,
  }
  const players = [player("x", money), player("driver", reason("transports", "own words", ["e1"]))]
  const names = new Map([["x", heard("landing")]])
  expect(aboveOthers(players, [], names).filter(isStrong)).toHaveLength(1)
  expect(aboveOthers(players, [call], names).filter(isStrong)).toEqual([])
})

test("two kinds of source in two seizures make the head partly visible, and never more than partly", () => {
  const players = [
    player("boss", reason("organises", "others' words", ["e1"]), reason("is-paid", "book", ["e2"])),
    player("driver", reason("transports", "own words", ["e1"])),
  ]
  const above = aboveOthers(players, [])
  expect(above[0]!.without.map((w) => w.rank)).toEqual([expect.any(Number), expect.any(Number)])
  const { verdict, says } = verdictOf(2, above, [{ runs: true }])
  expect(verdict).toBe("partly visible")
  expect(says).toContain(
    "On 72 invented operations, of which all is known, 13 people were marked so: 7 of them stood at the head, 6 did not.",
  )
  expect(says).toMatch(/1 name that is said to run it belongs to nobody known.*not visible, and nothing here rules him out/)
})

let app: TestApp
beforeAll(async () => {
  app = await testApp()
  const acts = ["supplies", "drives", "forges", "finances"]
  await takeCase(
    app,
    "wanted",
    Array.from({ length: 10 }, (_, i) => ({
      event: `e${1 + (i % 5)}`,
      day: "2026-03-01",
      who: 1 + i,
      does: acts[i % 4]!,
      stage: 5,
      text: `seen ${i}`,
      with: 1 + ((i + 1) % 10),
    })),
  )
  await app.ask("investigations.open", { name: "empty" })
})
afterAll(() => app.end())

test("nothing held: it is said that there is no chain, and that nothing can be planned on ranks", async () => {
  expect(await app.ask("network.unseen", { investigation: "empty" })).toMatchObject({ verdict: "nothing", people: [] })
  expect(await app.ask("network.collect", { investigation: "empty" })).toMatchObject({
    items: [],
    says: expect.stringMatching(/^Nobody is ranked/),
  })
})

test("the collection plan weighs devices not held and events held, the same for the same seed, and says who decides", async () => {
  const plan = await app.ask<{ items: { kind: string; label: string; shift: number; topShare: number; says: string }[]; says: string }>(
    "network.collect",
    { investigation: "wanted", top: 3 },
  )
  expect(new Set(plan.items.map((i) => i.kind))).toEqual(new Set(["phone", "held"]))
  expect(
    plan.items
      .filter((i) => i.kind === "held")
      .map((i) => i.label)
      .sort(),
  ).toEqual(["e1", "e2", "e3", "e4", "e5"])
  expect(plan.items.filter((i) => i.kind === "phone").map((i) => i.label)).toContain(number(1))
  expect(plan.says).toMatch(/decided by people for each thing on its own grounds/)
  for (const i of plan.items) expect(i.shift).toBeGreaterThan(0)
  expect(await app.ask("network.collect", { investigation: "wanted", top: 3 })).toEqual(plan)
})
