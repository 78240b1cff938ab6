import { afterAll, beforeAll, expect, test } from "vitest"
import { erased, filesWith } from "../retention/erasing.ts"
import fc from "../support/properties.ts"
import { folderOf, ground, openInvestigationAs, personAs, type TestApp, take, testApp } from "../support/store.ts"

const NODE_KEY = Buffer.alloc(32, 7)
const RUNS = process.env.LONG === "1" ? 7 : 2

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
  await takeIn(
    "carried",
    thing("legs", "LEG1", ["2026-03-09,Rebaz Qalatani,,A7712093,Loon,Lydd", "2026-03-09,Diyar Serchinari,,B1,Loon,Lydd"]),
  )
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
    thing("inspections", "DOC2", [
      "2026-03-01,Zerdesht Malbendi,,C4420175,1990-02-17,false,",
      "2026-03-02,Zerdesht Malbendi,,C4420175,1990-02-17,false,",
    ]),
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

interface Why {
  together: boolean
  direct: { rule: string; weight: number; parts: { part: string; weight: number; words: string }[] }[]
  path: { rule: string; parts: { part: string; weight: number; words: string }[] }[]
}
const why = (investigation: string, a: string, b: string) => app.ask<Why>("entities.why", { investigation, a, b })
const phone = (n: number): string => `+447700900${n}`
/** A picture of more than a kilobyte, as a card has it. */
const picture = (n: number): string => Buffer.alloc(1500, n).toString("base64")
const vcf = (name: string, number: string, photo: string): string =>
  ["BEGIN:VCARD", "VERSION:3.0", `FN:${name}`, `TEL:${number}`, `PHOTO;ENCODING=b;TYPE=JPEG:${photo}`, "END:VCARD", ""].join("\r\n")
const book = (reference: string, cards: string): Record<string, string | object> => {
  const made = thing("cards", reference, [])
  const sheet = made[`${reference}/material.json`] as object
  return { [`${reference}/material.json`]: { ...sheet, files: { "book.vcf": { as: "vcard" } } }, [`${reference}/book.vcf`]: cards }
}

const portrait = (hash: string): string => `"{""microprint_mm"": 0.31, ""photo_dhash"": ""${hash}""}"`

/** What two things tell of two parties, the identifiers of those, and whether they are of one person. */
const STORIES: readonly (readonly [name: string, one: boolean, a: string, b: string])[] = [
  ["an inspected paper and a line of a ferry, two scripts, one birthday", true, "document:IRQ:A1000001", "document:SYR:B1000001"],
  ["two false papers of two states, one name and birthday", true, "document:BGR:A1000002", "document:GRC:B1000002"],
  ["a card with a birthday, and an inspected paper", true, `phone:${phone(303)}`, "document:IRQ:A1000003"],
  ["two cards of one name with one picture", true, `phone:${phone(304)}`, `phone:${phone(305)}`],
  ["two papers of two states with one portrait, as the examiner hashed it", true, "document:BGR:A1000016", "document:GRC:B1000016"],
  ["two papers of two states with two portraits", false, "document:BGR:A1000017", "document:GRC:B1000017"],
  ["two cards of one name with two pictures", false, `phone:${phone(306)}`, `phone:${phone(307)}`],
  ["two cards of one name in two books that share many numbers", false, `phone:${phone(308)}`, `phone:${phone(309)}`],
  ["a father and his son of one name on two papers", false, "document:IRQ:A1000010", "document:IRQ:B1000010"],
  ["twins on one ferry, whose papers have numbers one apart", false, "document:IRQ:A1000011", "document:IRQ:B1000011"],
  ["brother and sister with papers one apart and the day that a registry enters", false, "document:IRQ:A1000014", "document:IRQ:A1000015"],
  ["brothers of one day, the one called as their grandfather was", false, "document:IRQ:A1000018", "document:SYR:B1000018"],
  ["one name and a registry's default birth date", false, "document:IRQ:A1000012", "document:SYR:B1000012"],
  ["one name, a journey and nothing else", false, "document:IRQ:A1000013", "document:SYR:B1000013"],
]

test("stories: what papers, lists and cards tell of one person is joined, and what families and namesakes share joins nobody", async () => {
  const shared = Array.from({ length: 12 }, (_, n) => `Word,${phone(500 + n)},,`)
  await takeIn(
    "stories",
    thing("inspections", "I1", [
      "2026-03-01,Karwan Doshghari,IRQ,A1000001,1990-03-14,genuine,",
      "2026-03-01,Sherzad Mirkani,BGR,A1000002,1985-10-21,false,",
      "2026-03-02,Sherzad Mirkani,GRC,B1000002,1985-10-21,false,",
      "2026-03-02,Bakhtiar Qelatani,IRQ,A1000003,1979-11-23,genuine,",
      "2026-03-03,Ali Sorchemi,IRQ,A1000010,1951-02-17,inconclusive,",
      "2026-03-03,Ali Sorchemi,IRQ,B1000010,1983-09-30,inconclusive,",
      `2026-03-05,Sirwan Zorkhashi,BGR,A1000016,,false,${portrait("c3a5f01e77b2d948")}`,
      `2026-03-05,Sirwan Zorkhashi,GRC,B1000016,,false,${portrait("c3a5f01e77b2d948")}`,
      `2026-03-05,Ribwar Mirkani,BGR,A1000017,,false,${portrait("c3a5f01e77b2d948")}`,
      `2026-03-05,Ribwar Mirkani,GRC,B1000017,,false,${portrait("3c5a0fe1884d26b7")}`,
      "2026-03-06,Rawand Goran,IRQ,A1000018,1998-03-27,inconclusive,",
      "2026-03-06,Salih Goran Rawand,SYR,B1000018,1998-03-27,inconclusive,",
      "2026-03-03,Farid Berkewti,IRQ,A1000014,1988-07-01,inconclusive,",
      "2026-03-03,Farida Berkewti,IRQ,A1000015,1988-07-01,inconclusive,",
      "2026-03-04,Goran Lanmandi,IRQ,A1000012,1988-07-01,inconclusive,",
      "2026-03-04,Goran Lanmandi,SYR,B1000012,1988-07-01,inconclusive,",
    ]),
    thing("lines", "L1", [
      "2026-03-07,کاروان دۆشغەری,SYR,B1000001,1990-03-14,North Line,NL 7",
      "2026-03-07,Darla Wezgoli,IRQ,A1000011,1998-01-09,North Line,NL 7",
      "2026-03-07,Darlene Wezgoli,IRQ,B1000011,1998-01-09,North Line,NL 7",
      "2026-03-07,Rizgar Firbushi,IRQ,A1000013,,North Line,NL 7",
    ]),
    thing("lines", "L2", ["2026-03-07,Rizgar Firbushi,SYR,B1000013,,North Line,NL 7"]),
    thing("cards", "C1", [`Bakhtiar Qelatani,${phone(303)},1979-11-23,`, `Dilshad Zorkhashi,${phone(308)},,`, ...shared]),
    thing("cards", "C2", [`Dilshad Zorkhashi,${phone(309)},,`, ...shared]),
    book("V1", vcf("Hemin Tebqani", phone(304), picture(1)) + vcf("Hiwa Namjaki", phone(306), picture(2))),
    book("V2", vcf("Hemin Tebqani", phone(305), picture(1)) + vcf("Hiwa Namjaki", phone(307), picture(3))),
  )
  const found = []
  for (const [name, , a, b] of STORIES) found.push([name, (await why("stories", a, b)).together])
  expect(found).toEqual(STORIES.map(([name, one]) => [name, one]))
})

test("why two are one names the fragments on the way, with what agrees and every record", async () => {
  const [, , a, b] = STORIES[3]!
  const { path } = await why("stories", a, b)
  expect(path.map((s) => s.rule)).toEqual(["one-card", "linkage", "one-card"])
  const parts = path[1]!.parts
  expect(parts.find((p) => p.part === "picture")).toEqual({ part: "picture", weight: 900, words: "the same picture by its hash" })
  const shown = await show("stories", (await listed("stories")).find((e) => e.label === "Hemin Tebqani")!.id)
  const link = shown.claims.find((c) => c.rule === "linkage")!
  expect(link.records).toHaveLength(2)
  for (const record of link.records)
    expect(await app.ask("records.show", { investigation: "stories", record })).toMatchObject({ record: { kind: "contact" } })
})

test("an erasure of a person takes the rows that only a fragment ties to him", async () => {
  const officer = await personAs(app, { id: "us_000000000000000000f7", roles: [{ role: "data-protection-officer", investigation: null }] })
  await takeIn(
    "erased",
    thing("inspections", "DOC7", [
      "2026-03-01,Zilan Qertaxi,,Z4420175,1990-02-17,false,",
      "2026-03-02,Zilan Qertaxi,,Z4420175,1990-02-17,false,",
      "2026-03-02,Nawroz Mirkani,,N5520175,1987-06-11,false,",
    ]),
  )
  const rows = async () =>
    (
      await app.ask<{ parties: { name?: string }[] }[]>("records.list", {
        investigation: "erased",
        kind: "document-inspection",
        limit: 100,
      })
    ).map((r) => r.parties[0]!.name)
  expect(await rows()).toContain("Zilan Qertaxi")
  expect((await erased(app, officer, { investigation: "erased", entity: await idOf("erased", "Zilan Qertaxi") })).state).toBe("done")
  expect(await rows()).toEqual(["Nawroz Mirkani"])
  expect(filesWith(app.ground.folder, ["Qertaxi"])).toEqual([])
})

interface Plan {
  order: number[]
  cuts: boolean[]
  looks: boolean[]
}

/** Things in which order could matter: one person in many spellings and on many papers, cards told twice, somebody carried. */
const THINGS: readonly Record<string, string | object>[] = [
  thing("inspections", "D1", [
    "2026-03-01,Karwan Doshghari,IRQ,A2000001,1990-03-14,genuine,",
    "2026-03-01,Karwan Doshghary,BGR,A2000002,1990-03-14,false,",
    "2026-03-02,Nergiz Berkewti,,A2000003,1992-05-06,false,",
  ]),
  thing("lines", "D2", [
    "2026-03-07,Kaerwan Doshghari,SYR,A2000004,1990-03-14,North Line,NL 7",
    "2026-03-07,Nergiz Berkewti,IRQ,A2000003,1992-05-06,North Line,NL 7",
  ]),
  thing("legs", "D3", ["2026-03-09,Nergiz Berkewti,,A2000003,Loon,Lydd"]),
  thing("cards", "D4", [
    `Karwan Doshghari,${phone(401)},1990-03-14,`,
    `Karwan Doshghari,${phone(401)},1990-03-14,`,
    `Sherko Bazaar,${phone(402)},,Mirkani Travel`,
  ]),
  thing("cards", "D5", [
    `Karwan Doshghari,${phone(403)},1990-03-14,`,
    `KARWAN DOSHGHARI,${phone(401)},,`,
    `Sherko Bazaar,${phone(404)},,Mirkani Travel`,
  ]),
]

async function outcome(plan: Plan): Promise<unknown> {
  const own = await testApp({ ground: await ground({ nodeKey: NODE_KEY }), clock: () => Date.UTC(2026, 10, 22) })
  const investigation = "order"
  try {
    await openInvestigationAs(own, "in_000000000000000000f9", investigation)
    let batch: Record<string, string | object> = {}
    for (const [at, n] of plan.order.entries()) {
      batch = { ...batch, ...THINGS[n]! }
      if (!plan.cuts[at] && at < plan.order.length - 1) continue
      await take(own, investigation, [folderOf(batch)])
      batch = {}
      if (plan.looks[at]) await own.ask("entities.list", { investigation })
    }
    const list = await own.ask<{ entities: { id: string }[] }>("entities.list", { investigation, limit: 1000 })
    const shown = []
    for (const { id } of list.entities) shown.push(await own.ask("entities.show", { investigation, entity: id }))
    return [list, shown, await own.ask("entities.export", { investigation })]
  } finally {
    await own.end()
  }
}

test("fragments of the same evidence in any order and in any batches give the same people, ids and claims included", async () => {
  const count = THINGS.length
  const all = Array.from({ length: count }, (_, n) => n)
  const straight = await outcome({ order: all, cuts: Array(count).fill(false), looks: [] })
  expect(JSON.stringify(straight)).toContain("fragment:")
  expect(JSON.stringify(straight)).not.toContain("Nergiz")
  const flags = fc.array(fc.boolean(), { minLength: count, maxLength: count })
  await fc.assert(
    fc.asyncProperty(fc.record({ order: fc.shuffledSubarray(all, { minLength: count }), cuts: flags, looks: flags }), async (plan) => {
      expect(await outcome(plan)).toEqual(straight)
      return true
    }),
    { numRuns: RUNS, endOnFailure: true },
  )
}, 600_000)
