import { afterAll, beforeAll, expect, test } from "vitest"
import { failureOf, folderOf, type TestApp, take, testApp } from "../support/store.ts"
import { number } from "../support/world.ts"
import { takeCase } from "./case.ts"

interface Named {
  entity: string
  label: string
}
interface Communities {
  basis: string
  count: number
  alone: number
  communities: { community: number; size: number; firmness: number; people: (Named & { firmness: number })[]; others: number }[]
  nodes: { entity: string; community: number; firmness: number }[]
}
interface Brokers {
  basis: string
  by: string
  groups: { group: string; people: number }[]
  ungrouped: number
  people: (Named & {
    group: string | null
    roles: Record<string, number>
    pairs: number
    interval: [number, number]
    stability: number
    constraint: number | null
    effective: number
    joins: { from: string; to: string; role: string }[]
    support: { origins: number }
  })[]
}
interface Ties {
  ties: { a: Named; b: Named; betweenness: number; interval: [number, number]; stability: number; events: number; records: string[] }[]
}
interface Group {
  between: number
  tied: number
  people: (Named & { alone: number; without: number })[]
  random: { mean: number; low: number; high: number; draws: number }
}
interface Motifs {
  count: number
  complete: boolean
  steps: { reached: number }[]
  happened: { kind: string; n: number }[]
  occurrences: {
    roles: { role: string; entity: string | null; label: string | null; withheld: string | null }[]
    steps: { kind: string; at: string; record: string | null }[]
    support: { origins: number }
  }[]
}

let app: TestApp
beforeAll(async () => {
  app = await testApp()
  // Two cliques of five, joined by x, and somebody who is tied to nobody.
  const clique = (nodes: string) => [...nodes].flatMap((a, i) => [...nodes.slice(i + 1)].map((b) => `${a},${b},1`))
  const lines = [...clique("abcde"), ...clique("fghij"), "a,x,1", "x,f,1", "z,z,1"]
  await take(app, "two", [folderOf({ "net.csv": `source,target,weight\n${lines.join("\n")}\n` })], { as: "edges" })
  // 1 supplies (stage 7), 2 and 3 drive (stage 5), 4 forges (stage 3); 1 is named beside all of them, who are named together nowhere.
  await takeCase(app, "chain", [
    { event: "e1", day: "2026-03-01", who: 1, does: "supplies", stage: 7, text: "boats kept near Calais", with: 2 },
    { event: "e2", day: "2026-03-02", who: 1, does: "supplies", stage: 7, text: "boats kept near Calais again", with: 3 },
    { event: "e3", day: "2026-03-03", who: 1, does: "supplies", stage: 7, text: "boats again", with: 4 },
    { event: "e1", day: "2026-03-04", who: 2, does: "drives", stage: 5, text: "drove people to Calais" },
    { event: "e2", day: "2026-03-05", who: 3, does: "drives", stage: 5, text: "drove people to Dunkirk" },
    { event: "e3", day: "2026-03-06", who: 4, does: "forges", stage: 3, text: "papers made in Erbil", with: 9 },
  ])
})
afterAll(() => app.end())

test("communities of a bare network: who is in which, how firmly, and who is in none", async () => {
  const found = await app.ask<Communities>("network.communities", { investigation: "two" })
  expect([found.basis, found.count, found.alone]).toEqual(["structure only", 2, 1])
  expect(found.communities.flatMap((c) => [c.size, c.others]).toSorted()).toEqual([0, 0, 5, 6])
  const of = (who: string) => found.communities.find((c) => c.people.some((p) => p.label === who))!
  for (const side of ["abcde", "fghij"]) expect(new Set([...side].map((p) => of(p).community)).size).toBe(1)
  expect(of("a")).not.toBe(of("f"))
  const firmness = (who: string) => of(who).people.find((p) => p.label === who)!.firmness
  // x could be on either side.
  expect(firmness("x")).toBeLessThan(1)
  expect(firmness("b")).toBe(1)
  expect(found.nodes).toHaveLength(11)
  expect(await app.ask("network.communities", { investigation: "two" })).toEqual(found)
})

test("where there is conduct, communities name those who have it and count the rest", async () => {
  const found = await app.ask<Communities>("network.communities", { investigation: "chain" })
  const people = found.communities.flatMap((c) => c.people.map((p) => p.label)).sort()
  expect(found.basis).toBe("conduct")
  expect(people).toEqual([1, 2, 3, 4].map(number))
  expect(found.communities.reduce((sum, c) => sum + c.others, 0)).toBe(1)
})

test("brokers by stage: whoever joins stages that nobody else joins, with his range; nobody without conduct is in it", async () => {
  const found = await app.ask<Brokers>("network.brokers", { investigation: "chain" })
  expect([found.basis, found.by, found.ungrouped]).toEqual(["conduct", "stage", 0])
  expect(found.groups).toEqual([
    { group: "3", people: 1 },
    { group: "5", people: 2 },
    { group: "7", people: 1 },
  ])
  expect(found.people.map((p) => p.label).sort()).toEqual([1, 2, 3, 4].map(number))
  const first = found.people[0]!
  // 2 and 3 are of one stage and he is not: itinerant, both ways. 2 or 3 and 4: liaison.
  expect(first).toMatchObject({
    label: number(1),
    group: "7",
    pairs: 6,
    roles: { coordinator: 0, itinerant: 2, representative: 0, gatekeeper: 0, liaison: 4 },
    effective: 3,
    ties: 3,
    support: { origins: 3 },
  })
  expect(first.constraint).toBeCloseTo(1 / 3, 12)
  expect(first.interval[0]).toBeLessThan(6)
  expect(first.joins.map((j) => j.role)).toEqual(["liaison", "liaison", "itinerant"])
  expect(found.people.slice(1).every((p) => p.pairs === 0 && p.constraint === 1)).toBe(true)
})

test("a bare network has brokers by community, and none by stage", async () => {
  const found = await app.ask<Brokers>("network.brokers", { investigation: "two", top: 3 })
  expect([found.by, found.people.map((p) => p.label).sort()]).toEqual(["community", ["a", "f", "x"]])
  expect((await failureOf(app.ask("network.brokers", { investigation: "two", by: "stage" }))).code).toBe("invalid.measure")
})

test("ties over which most paths run, with what shows them", async () => {
  const { ties } = await app.ask<Ties>("network.ties", { investigation: "two", top: 3 })
  expect(ties.slice(0, 2).map((t) => [t.a.label, t.b.label])).toEqual([
    ["a", "x"],
    ["f", "x"],
  ])
  // 5 · 6 of the 12 · 11 / 2 pairs, z among the twelve.
  expect(ties[0]!.betweenness).toBeCloseTo(30 / 66, 12)
  expect(ties[2]!.betweenness).toBeLessThan(30 / 66)
  expect(ties[0]!.interval[0]).toBe(0)
  expect(ties[0]!.stability).toBeGreaterThan(0.5)
  expect([ties[0]!.events, ties[0]!.records.length]).toEqual([1, 1])
})

test("a group that somebody names: what runs through it together, and beside groups at random", async () => {
  const found = await app.ask<Group>("network.group", { investigation: "two", who: ["a", "f"] })
  // Outside are 4 + 4 + x + z. Paths between the fours and x, and between the two fours, meet it: 16 + 8 of 45 pairs.
  expect(found.between).toBeCloseTo(24 / 45, 12)
  expect(found.tied).toBeCloseTo(9 / 10, 12)
  expect(found.people.map((p) => p.label)).toEqual(["a", "f"])
  for (const p of found.people) expect(p.without).toBeLessThan(found.between)
  expect(found.random.mean).toBeLessThan(found.between)
  expect((await failureOf(app.ask("network.group", { investigation: "two", who: ["nobody"] }))).code).toBe("invalid.not-a-member")
})

const two = (kind: string, one: string, other: string, fields: object = {}) => ({
  records: [
    {
      kind,
      at: { column: "at", format: "ymd", zone: "UTC" },
      fields,
      parties: [
        { part: one, ids: [{ type: "phone", column: "one" }] },
        { part: other, ids: [{ type: "phone", column: "two" }] },
      ],
    },
  ],
})

test("pay, call, move, word, release: the sequence with its records, and a passenger in it without a name", async () => {
  const [customer, holder, organiser, driver] = [21, 22, 23, 24].map(number)
  const files = {
    "pay.csv": { as: "table", mapping: two("transfer", "payer", "payee") },
    "call.csv": { as: "table", mapping: two("call", "caller", "callee") },
    "leg.csv": { as: "table", mapping: two("journey-leg", "driver", "passenger") },
    "said.csv": { as: "table", mapping: two("message", "sender", "recipient", { body: "text" }) },
  }
  const sheet = { reference: "S1", kind: "other", handling: "P", region: "GB", zone: "UTC", files }
  const row = (at: string, one: string | undefined, other: string | undefined, text = "") => `${at},${one},${other},${text}\n`
  const table = (...rows: string[]) => `at,one,two,text\n${rows.join("")}`
  const folder = folderOf({
    "S1/material.json": {
      ...sheet,
      authority: "invented",
      grade: { scheme: "3x5x2", code: "1A" },
      seizureEvent: { id: "s1", kind: "raid" },
    },
    "S1/pay.csv": table(row("2026-03-01 10:00", customer, holder), row("2026-06-01 10:00", customer, holder)),
    "S1/call.csv": table(row("2026-03-05 10:00", organiser, driver)),
    "S1/leg.csv": table(row("2026-03-06 02:00", driver, customer)),
    "S1/said.csv": table(
      row("2026-03-06 09:00", customer, organiser, "Ok reached Dover safely"),
      row("2026-03-06 12:00", organiser, holder, "they arrived in the UK. release the money. code 3310"),
    ),
  })
  await take(app, "journey", [folder])
  const steps = "pay c>o, call b>d, move d>c, ok c>b, release b>o"
  const ask = (more: object) => app.ask<Motifs>("network.motifs", { investigation: "journey", steps, ...more })
  const found = await ask({})
  expect([found.count, found.complete]).toEqual([1, true])
  expect(found.steps.map((s) => s.reached)).toEqual([2, 1, 1, 1, 1])
  const [one] = found.occurrences
  expect(one!.roles.map((r) => [r.role, r.label])).toEqual([
    ["c", null],
    ["o", number(22)],
    ["b", number(23)],
    ["d", number(24)],
  ])
  expect(one!.roles[0]!.entity).toBeNull()
  // Of five records two are between people of whom none is protected.
  expect(one!.steps.map((s) => [s.kind, s.record === null])).toEqual([
    ["pay", true],
    ["call", false],
    ["move", true],
    ["ok", true],
    ["release", false],
  ])
  expect((await ask({ steps: "call d>b, move d>c" })).count).toBe(0)
  expect((await ask({ steps: "call d-b, move d>c" })).count).toBe(1)
  expect((await ask({ steps: "call d-b, release o-b" })).count).toBe(1)
  expect((await ask({ within: 24 })).count).toBe(0)
  expect((await ask({ to: "2026-03-06T10:00:00Z" })).count).toBe(0)
  expect((await ask({ steps: "call b>d, release b>o" })).occurrences[0]!.support.origins).toBe(1)
  for (const wrong of ["pay", "steal a>b", "pay a>a", "pay a>b,".repeat(9)])
    expect((await failureOf(ask({ steps: wrong }))).code).toBe("invalid.steps")
})

test("a deposit is released where a book says when, and where a line pays one out, and followed by its code", async () => {
  const [outlet, organiser] = ["shwan exchange", "hemin"]
  const mapping = {
    records: [
      {
        kind: "book-entry",
        at: { column: "at", format: "ymd", zone: "UTC" },
        fields: {
          code: "code",
          status: "status",
          side: "side",
          commission: "commission",
          releasedAt: "released",
          struckOut: { column: "struck", values: { x: true } },
        },
        parties: [
          { part: "outlet", ids: [{ type: "outlet", column: "outlet" }] },
          { part: "payer", ids: [{ type: "alias", column: "payer" }] },
          { part: "payee", ids: [{ type: "alias", column: "name" }] },
        ],
      },
    ],
  }
  const [one, other] = ["karwan", "rebin"]
  const lines = [
    `2026-02-20,4471,in,,,,${one},`,
    `2026-02-21,٣٣١٠,in,,,,${other},`,
    `2026-02-22,,in,,,,${other},`,
    `2026-03-01,٤٤٧١,out,5,,,,${organiser}`,
    `2026-03-02,,out,2,,,,${organiser}`,
    `2026-03-03,,out,8,,x,,${organiser}`,
    `2026-03-04,3310,out,2,2026-03-09,,,${organiser}`,
    `2026-03-05,,out,5,,,,${organiser}`,
    // Neither what was struck out nor a refund is a release, whatever day stands beside it; nor is a struck out line a payment.
    `2026-03-06,4471,out,5,2026-03-10,x,,${organiser}`,
    `2026-03-07,3310,out,5,2026-03-11,,,${other},refunded`,
    `2026-02-23,4471,in,,,x,${one},`,
  ].map((line) => (line.endsWith(",refunded") ? line : `${line},`))
  const folder = folderOf({
    "S1/material.json": {
      reference: "B1",
      kind: "book",
      handling: "P",
      region: "GB",
      zone: "UTC",
      authority: "invented",
      grade: { scheme: "3x5x2", code: "1A" },
      seizureEvent: { id: "b1", kind: "book" },
      files: { "book.csv": { as: "table", mapping } },
    },
    "S1/book.csv": `at,code,side,commission,released,struck,payer,name,status,outlet\n${lines.map((l) => `${l},${outlet}\n`).join("")}`,
  })
  await take(app, "released", [folder])
  const ask = (steps: string) => app.ask<Motifs>("network.motifs", { investigation: "released", steps })
  const found = await ask("release o>b")
  expect(found.count).toBe(3)
  expect(found.occurrences.map((o) => o.steps[0]!.at.slice(0, 10))).toEqual(["2026-03-01", "2026-03-05", "2026-03-09"])
  // Three paid in and three times money went out: nine sequences, and two of one code, whose digits are of two scripts.
  expect((await ask("pay c>o, release o>b")).count).toBe(9)
  const coded = await ask("pay c>o #, release o>b #")
  expect(coded.steps.map((s) => s.reached)).toEqual([2, 2])
  // Whoever leaves money for a journey may be the person carried: he is in the records and in no list.
  expect(coded.occurrences.map((o) => o.roles.map((r) => r.label ?? r.withheld))).toEqual([
    ["customer", outlet, organiser],
    ["customer", outlet, organiser],
  ])
  expect(JSON.stringify(coded)).not.toMatch(new RegExp(`${one}|${other}`))
  expect((await failureOf(ask("call c-b #, release o>b #"))).code).toBe("invalid.steps")
})
