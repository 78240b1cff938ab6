import { afterAll, beforeAll, expect, test } from "vitest"
import { failureOf, folderOf, GROUNDS, personAs, type TestApp, take, testApp } from "../support/store.ts"
import { number, OFFERS, type Phone, phonesFolder } from "../support/world.ts"

const DAY = 86_400_000
let now = Date.parse("2026-11-01T12:00:00Z")
let app: TestApp
const BOSS = number(300)
const OTHER = number(301)

/** Raided phones on which these numbers offer crossings, in several events: conduct by any rule. */
const raids = (tag: string, count: number, who: readonly (readonly [string, string])[], more: Partial<Phone> = {}): Phone[] =>
  Array.from({ length: count }, (_, n) => ({
    reference: `${tag}${n}`,
    event: `${tag}-raid-${n}`,
    own: number(400 + n),
    cards: who,
    lines: who.flatMap(([, to]) => OFFERS.map((text, day) => ({ day, way: "in" as const, other: to, text }))),
    ...more,
  }))

beforeAll(async () => {
  app = await testApp({ clock: () => now })
  await take(app, "north", [
    phonesFolder(
      raids("N", 3, [
        ["Mam Zana", BOSS],
        ["Kak Dara", OTHER],
      ]),
    ),
  ])
  await take(app, "south", [
    phonesFolder(
      raids("S", 3, [
        ["Zana Boat", BOSS],
        ["Kak Dara", OTHER],
      ]),
    ),
  ])
})
afterAll(() => app.end())

interface Shown {
  label: string
  masked: boolean
  standing: {
    standing: string
    protected: boolean
    claims: { standing: string; source: string; event: string | null; from: string | null; decision: string | null }[]
    history: { decision: string; says: string; grade: string; reason: string; by: string; withdrawn: { reason: string } | null }[]
  }
  identifiers: { value: string }[]
  conduct: { rule: string; words: string }[]
}
const find = async (investigation: string, words: string) =>
  (await app.ask<{ entities: { id: string; label: string }[] }>("entities.list", { investigation, find: words })).entities
const show = (investigation: string, entity: string, by?: Parameters<TestApp["ask"]>[2]) =>
  app.ask<Shown>("entities.show", { investigation, entity }, by)
const players = async (investigation: string) =>
  (await app.ask<{ players: { label: string }[]; snapshot: string }>("network.rank", { investigation, top: 50 })).players
    .map((p) => p.label)
    .sort()
const setStanding = (investigation: string, entity: string, standing: string, more: object = {}) =>
  app.ask<{ decision: string }>("entities.set-standing", { investigation, entity, standing, reason: "said so in an interview", ...more })

test("several standings hold at once, each with event, period, grade and source; what is withdrawn stays to be read", async () => {
  const [dara] = await find("north", OTHER)
  const suspect = await setStanding("north", dara!.id, "suspect", { from: "2026-01-01T00:00:00Z", to: "2026-06-01T00:00:00Z", grade: "1A" })
  await setStanding("north", dara!.id, "convicted", { event: "N-raid-0", grade: "B2", scheme: "admiralty" })
  const both = (await show("north", dara!.id)).standing
  expect(both.standing).toBe("convicted")
  expect(both.claims.map((c) => [c.standing, c.event, c.from])).toEqual([
    ["convicted", "N-raid-0", null],
    ["suspect", null, "2026-01-01T00:00:00.000Z"],
  ])
  expect(both.history.map((h) => [h.says, h.grade, h.withdrawn])).toEqual(
    expect.arrayContaining([
      ["suspect", "1A (3x5x2)", null],
      ["convicted", "B2 (admiralty)", null],
    ]),
  )
  await app.ask("entities.withdraw-standing", { investigation: "north", decision: suspect.decision, reason: "another man of that name" })
  const left = (await show("north", dara!.id)).standing
  expect(left.claims.map((c) => c.standing)).toEqual(["convicted"])
  expect(left.history.find((h) => h.decision === suspect.decision)!.withdrawn).toMatchObject({ reason: "another man of that name" })
  const again = app.ask("entities.withdraw-standing", { investigation: "north", decision: suspect.decision, reason: "once more" })
  expect((await failureOf(again)).code).toBe("conflict.withdrawn")
  expect(
    (await failureOf(setStanding("north", dara!.id, "suspect", { from: "2026-06-01T00:00:00Z", to: "2026-01-01T00:00:00Z" }))).code,
  ).toBe("invalid.period")
  expect((await failureOf(setStanding("north", dara!.id, "suspect", { records: ["rc_00000000000000000000"] }))).code).toBe(
    "invalid.record-unknown",
  )
})

test("a conduct that was asserted is withdrawn by another decision, and then ranks nobody", async () => {
  const [dara] = await find("south", OTHER)
  const [record] = await app.ask<{ id: string }[]>("records.list", { investigation: "south", kind: "message" })
  const { assertion } = await app.ask<{ assertion: string }>("entities.assert-conduct", {
    investigation: "south",
    entity: dara!.id,
    conduct: "finances",
    reasoning: "he holds the purse of the group (invented)",
    records: [record!.id],
  })
  const analyst = async () => (await show("south", dara!.id)).conduct.filter((c) => c.rule === "analyst").length
  expect(await analyst()).toBe(1)
  await app.ask("entities.withdraw-conduct", { investigation: "south", assertion, reason: "misread the sums" })
  expect(await analyst()).toBe(0)
})

test("a protective standing of one investigation masks in every other, and tells nothing of where it comes from", async () => {
  expect(await players("south")).toEqual(["Kak Dara", "Zana Boat"])
  const [zana] = await find("north", BOSS)
  const { decision } = await setStanding("north", zana!.id, "victim", { reason: "held at gun-point (invented)" })
  expect(await players("south")).toEqual(["Kak Dara"])
  expect(await find("south", BOSS)).toEqual([])
  expect(await find("south", "Zana")).toEqual([])
  const shown = await show("south", zana!.id)
  expect(shown).toMatchObject({ label: "Protected person", masked: true, identifiers: [], conduct: [] })
  expect(shown.standing).toEqual({ standing: "protected", title: "protected", protected: true, claims: [], history: [] })
  expect(JSON.stringify(shown)).not.toMatch(/victim|north|gun-point|Zana/)
  // Nothing of a case is in the register of protections.
  const { rows } = await app.store.register.read.query("select * from protection")
  expect(JSON.stringify(rows)).not.toMatch(/7700|Zana|in_|victim|dc_|en_/)
  const late = () => app.ask("entities.withdraw-standing", { investigation: "north", decision, reason: "wrong person was picked" })
  now += 2 * DAY
  expect((await failureOf(late())).code).toBe("refused.protective-standing")
  now -= 2 * DAY
  const colleague = await personAs(app, {
    id: "us_000000000000000000c1",
    roles: [
      {
        role: "analyst",
        investigation: (await app.ask<{ id: string; name: string }[]>("investigations.list", {})).find((i) => i.name === "north")!.id,
      },
    ],
  })
  const notHis = app.ask("entities.withdraw-standing", { investigation: "north", decision, reason: "not my view of it" }, colleague)
  expect((await failureOf(notHis)).code).toBe("refused.protective-standing")
  await late()
  expect(await players("north")).toEqual(["Kak Dara", "Mam Zana"])
  expect(await players("south")).toEqual(["Kak Dara", "Zana Boat"])
})

test("protection of people who are not in view changes nothing, not even a snapshot's name", async () => {
  const snapshot = async () => (await app.ask<{ snapshot: string }>("network.analyse", { investigation: "south" })).snapshot
  const before = await snapshot()
  await take(app, "west", [phonesFolder(raids("W", 1, [["Nobody Else", number(390)]]))])
  const [stranger] = await find("west", number(390))
  await setStanding("west", stranger!.id, "child")
  expect((await failureOf(show("south", stranger!.id))).code).toBe("invalid.entity-unknown")
  await take(app, "west", [phonesFolder([{ reference: "W9", event: "west-landing", own: number(391), arrival: true, lines: [] }])])
  await app.ask("network.analyse", { investigation: "west" })
  expect(await snapshot()).toBe(before)
  await setStanding("west", stranger!.id, "victim")
  expect(await snapshot()).toBe(before)
})

test("protection that analysis finds holds elsewhere too, by every number of the person, and ends when it is found no more", async () => {
  // A device seized on arrival gives its number; a card there, in scope, is nobody's. The number offers crossings in another case.
  await take(app, "landing", [
    phonesFolder([
      {
        reference: "L1",
        event: "landing-1",
        own: OTHER,
        arrival: true,
        lines: [{ day: 1, way: "out", other: number(398), text: "mother, I am safe" }],
      },
    ]),
  ])
  expect(await players("south")).toContain("Kak Dara")
  await app.ask("network.analyse", { investigation: "landing" })
  expect(await players("south")).not.toContain("Kak Dara")
  const rows = async () =>
    (await app.store.register.read.query("select person, protects, source from protection where until is null order by 1, 2, 3")).rows
  const once = await rows()
  await app.ask("network.analyse", { investigation: "landing" })
  await app.ask("network.rank", { investigation: "landing" })
  expect(await rows()).toEqual(once)
})

test("a decision that rests on records is seen by whoever may see these; its protection holds for all", async () => {
  const secret = phonesFolder(raids("T", 2, [["Big Serbest", number(350)]], { sheet: { classification: "SECRET" } }))
  const open = phonesFolder(raids("U", 2, [["Big Serbest", number(350)]]))
  await take(app, "tiers", [secret, open])
  const { id } = (await app.ask<{ id: string; name: string }[]>("investigations.list", {})).find((i) => i.name === "tiers")!
  const low = await personAs(app, { id: "us_000000000000000000d1", roles: [{ role: "analyst", investigation: id }], clearance: "OFFICIAL" })
  const records = await app.ask<{ id: string; exhibit: string }[]>("records.list", { investigation: "tiers", kind: "message" })
  const lows = new Set((await app.ask<{ id: string }[]>("records.list", { investigation: "tiers", kind: "message" }, low)).map((r) => r.id))
  const hidden = records.find((r) => !lows.has(r.id))!
  expect(lows.size).toBeGreaterThan(0)
  const [serbest] = await find("tiers", number(350))
  const suspect = await setStanding("tiers", serbest!.id, "suspect", { records: [hidden.id], reason: "seen by a source (invented)" })
  expect((await show("tiers", serbest!.id, low)).standing).toMatchObject({ standing: "unknown", claims: [], history: [] })
  expect((await show("tiers", serbest!.id)).standing.history.map((h) => h.decision)).toEqual([suspect.decision])
  const withdrawing = app.ask(
    "entities.withdraw-standing",
    { investigation: "tiers", decision: suspect.decision, reason: "is not there" },
    low,
  )
  expect((await failureOf(withdrawing)).code).toBe("invalid.decision-unknown")
  await setStanding("tiers", serbest!.id, "witness", { records: [hidden.id], reason: "gives evidence under cover" })
  const low2 = await show("tiers", serbest!.id, low)
  expect(low2).toMatchObject({ masked: true, label: "Protected person", standing: { standing: "protected", claims: [], history: [] } })
  expect(JSON.stringify(low2)).not.toMatch(/witness|cover/)
})

test("a decision goes with the person through a merge and a split: by any identifier that was his then", async () => {
  const FIRST = number(360)
  const SECOND = number(361)
  const card = (name: string, numbers: readonly string[]) =>
    `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${name}\r\n${numbers.map((n) => `TEL:${n}\r\n`).join("")}END:VCARD\r\n`
  const sheet = (reference: string) => ({
    reference,
    kind: "device",
    ...GROUNDS,
    grade: { scheme: "3x5x2", code: "1A" },
    region: "GB",
    files: {},
  })
  await take(app, "split", [
    folderOf({ "V1/material.json": sheet("V1"), "V1/one.vcf": card("Twin", [FIRST, SECOND]) }),
    phonesFolder(
      raids("V", 2, [
        ["Twin A", FIRST],
        ["Twin B", SECOND],
      ]),
    ),
  ])
  const [twin] = await find("split", FIRST)
  expect((await show("split", twin!.id)).identifiers.map((i) => i.value)).toEqual(expect.arrayContaining([FIRST, SECOND]))
  await setStanding("split", twin!.id, "rescuer", { reason: "fishes people out of the sea" })
  // In another case no card joins the two: they are two people there, and both are protected.
  await take(app, "apart", [
    phonesFolder(
      raids("X", 2, [
        ["Twin A", FIRST],
        ["Twin B", SECOND],
        ["Open One", number(362)],
      ]),
    ),
  ])
  expect(await players("apart")).toEqual(["Open One"])
})
