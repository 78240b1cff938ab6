import { mkdirSync, mkdtempSync, renameSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { afterAll, beforeAll, expect, test } from "vitest"
import { folderOf, ground, openInvestigationAs, personAs, type TestApp, take, testApp } from "../support/store.ts"

const NODE_KEY = Buffer.alloc(32, 7)
const RUNS = process.env.LONG === "1" ? 10 : 2

const AT = { column: "at", format: "ymd", zone: "UTC" }
const PAPER = { type: "document", column: "number", issuer: { column: "issuer" } }

/** Tables of the kinds of which fragments are made, by their columns. */
const FORMS = {
  inspections: {
    header: "at,holder,issuer,number,born,outcome,features",
    kind: "document-inspection",
    fields: { issuer: "issuer", number: "number", birthDate: "born", outcome: "outcome", features: "features" },
    at: AT,
    parties: [{ part: "holder", name: "holder", ids: [PAPER] }],
  },
  legs: {
    header: "at,name,issuer,number,origin,destination",
    kind: "journey-leg",
    fields: { origin: "origin", destination: "destination" },
    constants: { means: "boat" },
    at: AT,
    parties: [{ part: "passenger", name: "name", ids: [PAPER] }],
  },
  lines: {
    header: "at,name,issuer,number,born,carrier,service",
    kind: "passenger",
    fields: { carrier: "carrier", service: "service", birthDate: "born" },
    at: AT,
    parties: [{ part: "passenger", name: "name", ids: [PAPER] }],
  },
  cards: {
    header: "name,phone,born,firm",
    kind: "contact",
    fields: { label: "name", birthDate: "born", organisation: "firm" },
    parties: [{ part: "contact", name: "name", ids: [{ type: "phone", column: "phone" }] }],
  },
  sightings: {
    header: "at,name,number,issuer,lat,lon,place",
    kind: "sighting",
    fields: { lat: "lat", lon: "lon", placeName: "place" },
    at: AT,
    parties: [{ part: "subject", name: "name", ids: [PAPER] }],
  },
} as const
type Form = keyof typeof FORMS

/** One thing that was taken in: a table of one kind, below its reference. */
function thing(form: Form, reference: string, rows: readonly string[], sheet: object = {}): Record<string, string | object> {
  const { header, ...record } = FORMS[form]
  return {
    [`${reference}/material.json`]: {
      reference,
      kind: form === "cards" ? "device" : "register",
      authority: `request ${reference} (invented)`,
      grade: { scheme: "3x5x2", code: "1A" },
      handling: "P",
      region: "GB",
      zone: "UTC",
      seizureEvent: { id: `event-${reference}`, kind: "handover" },
      files: { "table.csv": { as: "table", mapping: { records: [record] } } },
      ...sheet,
    },
    [`${reference}/table.csv`]: `${[header, ...rows].join("\n")}\n`,
  }
}

let app: TestApp
beforeAll(async () => {
  app = await testApp({ clock: () => Date.UTC(2026, 10, 22) })
})
afterAll(() => app?.end())

type Caller = Parameters<TestApp["ask"]>[2]
interface Shown {
  id: string
  label: string
  masked: boolean
  identifiers: { value: string }[]
  claims: { a: string; b: string; rule: string; weight: number; refused: string | null; records: string[] }[]
}
const show = (investigation: string, entity: string, by?: Caller) => app.ask<Shown>("entities.show", { investigation, entity }, by)
const listed = async (investigation: string, by?: Caller) =>
  (await app.ask<{ entities: { id: string; label: string }[] }>("entities.list", { investigation, limit: 1000 }, by)).entities
const idOf = async (investigation: string, label: string, by?: Caller): Promise<string> => {
  const found = (await listed(investigation, by)).filter((e) => e.label === label)
  expect(found).toHaveLength(1)
  return found[0]!.id
}
const takeIn = (investigation: string, ...things: Record<string, string | object>[]) =>
  take(app, investigation, [folderOf(Object.assign({}, ...things) as Record<string, string | object>)])

test("whoever is carried with nothing but a paper without an issuer protects the inspection that he is joined with", async () => {
  await takeIn(
    "carried",
    thing("inspections", "DOC1", [
      "2026-03-01,Rebaz Qalatani,IRQ,A7712093,1991-04-12,genuine,",
      "2026-03-02,Hozan Berkewti,IRQ,A5512777,1988-09-23,genuine,",
    ]),
  )
  const id = await idOf("carried", "Rebaz Qalatani")
  const other = await idOf("carried", "Hozan Berkewti")
  await takeIn("carried", thing("legs", "LEG1", ["2026-03-09,Rebaz Qalatani,,A7712093,Loon,Lydd", "2026-03-09,Diyar Serchinari,,B1,Loon,Lydd"]))
  const now = await show("carried", id)
  expect([now.masked, now.identifiers, now.claims]).toEqual([true, [], []])
  const all = await listed("carried")
  expect(JSON.stringify(all)).not.toMatch(/Rebaz|Qalatani|7712093|Serchinari/)
  // Nobody is hidden who has nothing to do with a boat.
  expect((await show("carried", other)).masked).toBe(false)
  for (const words of ["Rebaz", "A7712093", "Serchinari"])
    expect((await app.ask<{ entities: unknown[] }>("entities.list", { investigation: "carried", find: words })).entities).toEqual([])
})

test("protection that a list gives through a fragment holds for whoever may not see the list", async () => {
  const id = "in_000000000000000000f1"
  await openInvestigationAs(app, id, "hidden-list")
  await takeIn(
    "hidden-list",
    thing("inspections", "DOC2", ["2026-03-01,Zerdesht Malbendi,,C4420175,1990-02-17,false,", "2026-03-02,Zerdesht Malbendi,,C4420175,1990-02-17,false,"]),
  )
  const low = await personAs(app, { id: "us_000000000000000000f2", roles: [{ role: "analyst", investigation: id }], clearance: "OFFICIAL" })
  const before = await idOf("hidden-list", "Zerdesht Malbendi", low)
  expect((await show("hidden-list", before, low)).masked).toBe(false)
  await takeIn("hidden-list", thing("legs", "LEG2", ["2026-03-09,Zerdesht Malbendi,,C4420175,Loon,Lydd"], { classification: "SECRET" }))
  // Whoever sees all works it out first.
  await listed("hidden-list")
  const after = await show("hidden-list", before, low)
  expect([after.masked, after.identifiers, after.claims]).toEqual([true, [], []])
  expect(JSON.stringify(await listed("hidden-list", low))).not.toContain("Malbendi")
})
