import { afterAll, beforeAll, expect, test } from "vitest"
import { failureOf, folderOf, type TestApp, take, testApp } from "../../support/store.ts"
import { number, phonesFolder } from "../../support/world.ts"

const OPEN = { investigation: "attribution" }
/** Taken from its holder, whose other number a partner's call data shows travelling with it. */
const OWN = number(1)
const SECOND = number(2)
/** Only ever saved and billed under a name. */
const LABELLED = number(3)
/** Says who he is. */
const SPEAKER = number(4)
const PASSENGER = number(5)
let app: TestApp

const CALLS = {
  records: [
    {
      kind: "call-data",
      at: { column: "at", format: "ymd", zone: "UTC" },
      fields: { cell: "cell", lat: "lat", lon: "lon" },
      parties: [
        { part: "caller", ids: [{ type: "phone", column: "caller" }] },
        { part: "callee", ids: [{ type: "phone", column: "callee" }] },
      ],
    },
  ],
}
const PLACES = {
  records: [
    {
      kind: "location",
      at: { column: "at", format: "ymd", zone: "UTC" },
      fields: { lat: "lat", lon: "lon" },
      constants: { origin: "gps" },
      parties: [{ part: "subject", ids: [{ type: "phone", column: "phone" }] }],
    },
  ],
}
const REPORT = {
  records: [
    {
      kind: "intelligence-report",
      fields: { urn: "urn", source: "source", information: "information" },
      constants: { gradeScheme: "3x5x2" },
      parties: [
        {
          part: "subject",
          name: "name",
          ids: [
            { type: "phone", column: "one" },
            { type: "phone", column: "two" },
          ],
        },
      ],
    },
  ],
}
const DAYS = Array.from({ length: 6 }, (_, d) => `2025-06-${String(d + 1).padStart(2, "0")} 12:0`)
const sheet = (reference: string, files: object, more: object = {}) => ({
  reference,
  kind: "document",
  authority: "partner",
  grade: { scheme: "3x5x2", code: "1A" },
  handling: "P",
  region: "GB",
  files,
  ...more,
})

beforeAll(async () => {
  app = await testApp()
  const cards = (n: number) => [["Mam Karwan", LABELLED] as const, [n % 2 === 0 ? "Rebin" : "Kak Rebin", SPEAKER] as const]
  const lines = (n: number) => [LABELLED, SPEAKER].map((other) => ({ day: n, way: "in" as const, other, text: "call me later" }))
  const phones = Array.from({ length: 4 }, (_, n) => ({
    reference: `P${n}`,
    event: `raid-${n}`,
    own: number(100 + n),
    cards: cards(n),
    lines: lines(n),
  }))
  await take(app, "attribution", [
    phonesFolder([
      ...phones,
      {
        reference: "H1",
        event: "raid-h",
        own: OWN,
        lines: [{ day: 1, way: "out" as const, other: number(200), text: "on my way" }],
        sheet: { holder: { description: "occupant" }, title: "Phone of an arrested man" },
      },
      {
        reference: "A1",
        event: "landing",
        own: PASSENGER,
        sheet: { holder: { standing: "smuggled-person" } },
        lines: [{ day: 1, way: "in" as const, other: SPEAKER, text: "Hello, my name is Rebin" }],
      },
    ]),
  ])
  await take(app, "attribution", [
    folderOf({
      "C1/material.json": sheet("C1", { "calls.csv": { as: "table", mapping: CALLS } }),
      "C1/calls.csv": `at,caller,callee,cell,lat,lon\n${DAYS.map((d, i) => `${d}5,${SECOND},${number(300 + i)},a,51.10${i},1.30`).join("\n")}\n`,
      "G1/material.json": sheet(
        "G1",
        { "track.csv": { as: "table", mapping: PLACES } },
        { kind: "device", title: "Second handset of the man", holder: { description: "occupant" } },
      ),
      "G1/track.csv": `at,phone,lat,lon\n${DAYS.map((d, i) => `${d}0,${OWN},51.10${i},1.30`).join("\n")}\n`,
      "R1/material.json": sheet("R1", { "reports.csv": { as: "table", mapping: REPORT } }),
      "R1/reports.csv": `urn,source,information,name,one,two\nURN-1,1,A,Soran Invented,${OWN},${SECOND}\n`,
    }),
  ])
  await app.ask("network.analyse", OPEN)
})
afterAll(() => app.end())

interface Side {
  rule: string
  class: string
  weight: number
  words: string
  records: string[]
  statement: string | null
  by: string | null
}
interface Claim {
  id: string
  relation: string
  whose: string
  what: string
  grade: string
  contradicted: boolean
  for: Side[]
  against: Side[]
}
interface Shown {
  claims: Claim[]
  of: number
  spoken: unknown[]
  sources: { id: string }[]
}
const table = (more: object = {}): Promise<Shown> => app.ask("entities.attribution", { ...OPEN, limit: 2000, ...more })
const of = async (phone: string): Promise<Claim> => {
  const found = (await table({ relation: "person-number" })).claims.filter((c) => c.what === `phone:${phone}`)
  expect(found).toHaveLength(1)
  return found[0]!
}

test("a number that four phones save under one name has no user; who names himself and whose handset was taken have", async () => {
  const labelled = await of(LABELLED)
  expect(labelled.grade).toBe("none")
  expect(labelled.for.map((e) => [e.rule, e.class])).toEqual(Array(4).fill(["label", "naming"]))
  const speaker = await of(SPEAKER)
  expect(speaker.grade).toBe("fair")
  expect(speaker.for[0]).toMatchObject({ rule: "self-naming", class: "attributing" })
  const own = await of(OWN)
  expect(own.grade).toBe("strong")
  expect(own.for.filter((e) => e.class === "attributing").map((e) => e.rule)).toEqual(["possession", "co-location", "report"])
  const second = await of(SECOND)
  expect(second.for.map((e) => e.rule)).toEqual(expect.arrayContaining(["co-location", "report"]))
  expect(second.for.find((e) => e.rule === "co-location")!.words).toMatch(/on 6 days/)
  expect(second.grade).toBe("strong")
  for (const e of [...speaker.for, ...own.for, ...labelled.for]) expect(e.records.length).toBeGreaterThan(0)
})

test("the label of a number without a user is what others call it, and the number stands for it", async () => {
  const labelled = await of(LABELLED)
  const shown = await app.ask<{ label: string; identifier: string | null }>("entities.show", { ...OPEN, entity: labelled.whose })
  expect(shown).toMatchObject({ label: "Mam Karwan", identifier: `number …${LABELLED.slice(-4)}, user not established` })
  const own = await app.ask<{ identifier: string | null }>("entities.show", { ...OPEN, entity: (await of(OWN)).whose })
  expect(own.identifier).toBeNull()
})

test("an edge names the weakest attribution of its ends", async () => {
  const { nodes, edges } = await app.ask<{ nodes: { id: string }[]; edges: { a: string; b: string; sure: string }[] }>("network.graph", {
    ...OPEN,
    leaves: true,
    nodes: 20_000,
  })
  const labelled = await of(LABELLED)
  const speaker = await of(SPEAKER)
  expect(nodes.map((n) => n.id)).toContain(labelled.whose)
  const sure = (id: string) => [...new Set(edges.filter((e) => e.a === id || e.b === id).map((e) => e.sure))]
  expect(sure(labelled.whose)).toEqual(["none"])
  expect(sure(speaker.whose)).toContain("slight")
  expect(sure(speaker.whose)).not.toContain("none")
})

test("a person's statement is evidence with a name under it, against as well as for, and is withdrawn by another row", async () => {
  const { whose, for: sides } = await of(LABELLED)
  const said = (side: string) =>
    app.ask<{ statement: string }>("entities.attribute", {
      ...OPEN,
      entity: whose,
      what: `phone:${LABELLED}`,
      side,
      grade: "fair",
      records: sides[0]!.records,
      reason: "seen with this handset in his hand at the launch, by two officers",
    })
  const first = await said("for")
  expect((await of(LABELLED)).grade).toBe("fair")
  await said("against")
  const now = await of(LABELLED)
  expect(now.grade).toBe("none")
  expect(now.contradicted).toBe(true)
  expect(now.against.map((e) => [e.rule, e.by])).toEqual([["person", app.caller.id]])
  await app.ask("entities.withdraw-attribution", { ...OPEN, statement: first.statement, reason: "he held another one" })
  expect((await of(LABELLED)).for.some((e) => e.statement === first.statement)).toBe(false)
  const again = app.ask("entities.withdraw-attribution", { ...OPEN, statement: first.statement, reason: "he held another one" })
  expect((await failureOf(again)).code).toBe("conflict.withdrawn")
  const unknown = app.ask("entities.attribute", {
    ...OPEN,
    entity: whose,
    what: "phone:+447700900999",
    side: "for",
    records: sides[0]!.records,
    reason: "seen with this handset in his hand at the launch",
  })
  expect((await failureOf(unknown)).code).toBe("invalid.identifier-unknown")
})

test("a protected person's number and words about it stand nowhere in the table", async () => {
  expect(JSON.stringify(await table())).not.toContain(PASSENGER.slice(1))
})
