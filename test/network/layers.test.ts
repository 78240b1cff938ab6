import { afterAll, beforeAll, expect, test } from "vitest"
import { folderOf, type TestApp, take, testApp } from "../support/store.ts"
import { number, phonesFolder } from "../support/world.ts"

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.end())

interface Edge {
  a: string
  b: string
  weight: number
  events: number
  records: number
  layers: string[]
  sample: string[]
}
/** The edges of one layer with their ends' labels, and what each is made of. */
async function edges(investigation: string, layer: string): Promise<Record<string, { events: number; records: number; weight: number }>> {
  const { nodes, edges } = await app.ask<{ nodes: { id: string; label: string }[]; edges: Edge[] }>("network.graph", {
    leaves: true,
    investigation,
    layers: [layer],
  })
  const name = new Map(nodes.map((n) => [n.id, n.label]))
  return Object.fromEntries(
    edges.map((e) => [[name.get(e.a)!, name.get(e.b)!].sort().join(" – "), { events: e.events, records: e.records, weight: e.weight }]),
  )
}

const [A, B, C, D] = [number(1), number(2), number(3), number(4)]
const line = (day: number, other: string, group?: string) => ({
  day,
  way: "in" as const,
  other,
  text: "hello",
  ...(group ? { group } : {}),
})

const sheet = (reference: string, event: string, kind: string, files: object) => ({
  reference,
  kind,
  authority: "invented",
  grade: { scheme: "3x5x2", code: "1A" },
  handling: "P",
  region: "GB",
  zone: "UTC",
  seizureEvent: { id: event, kind: "raid" },
  files,
})

/** One table per event, read by a mapping of a single record. */
async function tables(
  investigation: string,
  record: object,
  header: string,
  byEvent: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  const files: Record<string, string | object> = {}
  for (const [event, rows] of Object.entries(byEvent)) {
    files[`${event}/material.json`] = sheet(event, event, "other", { "t.csv": { as: "table", mapping: { records: [record] } } })
    files[`${event}/t.csv`] = `${header}\n${rows.join("\n")}\n`
  }
  const taken = await take(app, investigation, [folderOf(files)])
  expect(taken.filter((f) => f.state !== "read" || f.rejected > 0)).toEqual([])
}
const phone = (part: string, column: string) => ({ part, ids: [{ type: "phone", column }] })
const AT = { column: "at", format: "ymd", zone: "UTC" }

test("messages: fifty in one phone are one sign, one in each of two seizures are two; what goes to a group is another layer", async () => {
  await take(app, "messages", [
    phonesFolder([
      { reference: "M1", event: "e1", own: A, lines: [...Array.from({ length: 50 }, (_, n) => line(n, B)), line(60, C, "g1")] },
      { reference: "M2", event: "e1", own: D, lines: [line(1, B)] },
      { reference: "M3", event: "e2", own: B, lines: [line(2, A)] },
    ]),
  ])
  expect(await edges("messages", "messages")).toEqual({
    [`${A} – ${B}`]: { events: 2, records: 51, weight: 2 },
    [`${B} – ${D}`]: { events: 1, records: 1, weight: 1 },
  })
  expect(await edges("messages", "groups")).toEqual({ [`${A} – ${C}`]: { events: 1, records: 1, weight: 0.25 } })
})

test("calls: two phones of one landing count once", async () => {
  const calls = (other: string) => [{ day: 1, way: "in" as const, other }]
  await take(app, "calls", [
    phonesFolder([
      { reference: "C1", event: "landing", own: A, calls: [...calls(B), ...calls(B)] },
      { reference: "C2", event: "landing", own: B, calls: calls(A) },
    ]),
  ])
  expect(await edges("calls", "calls")).toEqual({ [`${A} – ${B}`]: { events: 1, records: 3, weight: 1 } })
  expect(await edges("calls", "messages")).toEqual({})
})

test("saved contacts: the holder is tied to whom he saved, and two saved ones are not tied", async () => {
  await take(app, "contacts", [
    phonesFolder([
      {
        reference: "K1",
        event: "e1",
        own: A,
        calls: [{ day: 1, way: "in", other: D }],
        cards: [
          ["Bee", B],
          ["Cee", C],
        ],
      },
    ]),
  ])
  expect(await edges("contacts", "contacts")).toEqual({
    [`${A} – Bee`]: { events: 1, records: 1, weight: 0.3 },
    [`${A} – Cee`]: { events: 1, records: 1, weight: 0.3 },
  })
})

test("spoken of: who writes of a number is tied to it, not who reads it", async () => {
  await take(app, "spoken", [
    phonesFolder([{ reference: "S1", event: "e1", own: A, lines: [{ day: 1, way: "in", other: B, text: `call ${C} about the boat` }] }]),
  ])
  expect(await edges("spoken", "spoken")).toEqual({ [`${B} – ${C}`]: { events: 1, records: 1, weight: 0.7 } })
})

test("money: payer, payee and outlet of one transfer, counted by seized book", async () => {
  const record = {
    kind: "transfer",
    at: AT,
    fields: { amount: "amount" },
    constants: { currency: "GBP" },
    parties: [phone("payer", "from"), phone("payee", "to")],
  }
  await tables("money", record, "at,from,to,amount", {
    book1: [`2025-06-01 10:00,${A},${B},100`, `2025-06-02 10:00,${A},${B},200`, `2025-06-02 10:00,${C},${B},200`],
    book2: [`2025-06-01 10:00,${B},${A},100`],
  })
  expect(await edges("money", "money")).toEqual({
    [`${A} – ${B}`]: { events: 2, records: 3, weight: 2 },
    [`${B} – ${C}`]: { events: 1, records: 1, weight: 1 },
  })
})

test("goods: supplier and consignee of one consignment", async () => {
  const record = {
    kind: "seizure",
    at: AT,
    fields: {},
    parties: [phone("supplier", "from"), phone("consignee", "to"), phone("passenger", "aboard")],
  }
  await tables("goods", record, "at,from,to,aboard", { stop1: [`2025-06-01 10:00,${A},${B},${C}`] })
  expect(await edges("goods", "goods")).toEqual({ [`${A} – ${B}`]: { events: 1, records: 1, weight: 1 } })
})

test("documents: those whom one series joins", async () => {
  const record = {
    kind: "document-inspection",
    at: AT,
    fields: { series: "series" },
    parties: [phone("supplier", "from"), phone("holder", "holder")],
  }
  await tables("documents", record, "at,series,from,holder", {
    port: [`2025-06-01 10:00,S-1,${A},${B}`, `2025-06-03 10:00,S-1,,${C}`, `2025-06-03 10:00,S-2,,${D}`],
  })
  expect(Object.keys(await edges("documents", "documents")).sort()).toEqual([`${A} – ${B}`, `${A} – ${C}`, `${B} – ${C}`])
})

test("reports: the subjects and associates of one report", async () => {
  const record = {
    kind: "intelligence-report",
    at: AT,
    fields: { text: "words" },
    parties: [phone("subject", "one"), phone("associate", "two")],
  }
  await tables("reports", record, "at,words,one,two", { log: [`2025-06-01 10:00,met at a cafe,${A},${B}`] })
  expect(await edges("reports", "reports")).toEqual({ [`${A} – ${B}`]: { events: 1, records: 1, weight: 0.6 } })
})

test("places: two devices near each other within half an hour, not two far apart", async () => {
  const location = {
    kind: "location",
    at: AT,
    fields: { lat: "lat", lon: "lon" },
    parties: [{ part: "owner", owner: true, ids: [{ type: "phone", column: "own" }] }],
  }
  await tables("places", location, "at,lat,lon,own", {
    d1: [`2025-06-01 10:05,50.95101,1.85101,${A}`],
    d2: [`2025-06-01 10:10,50.95102,1.85102,${B}`],
    d3: [`2025-06-01 10:10,48.0,2.0,${C}`],
  })
  expect(Object.keys(await edges("places", "places"))).toEqual([`${A} – ${B}`])
})

test("links: as weighted in the file, and a window of time leaves out what has none", async () => {
  await take(app, "links", [folderOf({ "n.csv": "source,target,weight\na,b,2\na,b,3\nb,c,1\n" })], { as: "edges" })
  expect(await edges("links", "links")).toEqual({
    "a – b": { events: 1, records: 2, weight: 5 },
    "b – c": { events: 1, records: 1, weight: 1 },
  })
  const { edges: none } = await app.ask<{ edges: Edge[] }>("network.graph", {
    leaves: true,
    investigation: "links",
    from: "2000-01-01T00:00:00Z",
  })
  expect(none).toEqual([])
})

test("a window of time and firm grades leave out what is outside of them", async () => {
  const window = { leaves: true, investigation: "messages", layers: ["messages"], from: "2025-06-03T00:00:00Z", to: "2025-06-04T00:00:00Z" }
  const { edges: within } = await app.ask<{ edges: Edge[] }>("network.graph", window)
  expect(within.map((e) => e.records)).toEqual([2])
  await take(app, "weak", [
    phonesFolder([{ reference: "W1", event: "e1", own: A, lines: [line(1, B)], sheet: { grade: { scheme: "3x5x2", code: "3E" } } }]),
  ])
  const { edges: all } = await app.ask<{ edges: Edge[] }>("network.graph", { leaves: true, investigation: "weak", layers: ["messages"] })
  const { edges: firm } = await app.ask<{ edges: Edge[] }>("network.graph", {
    leaves: true,
    investigation: "weak",
    layers: ["messages"],
    grades: "firm",
  })
  expect([all.length, firm.length]).toEqual([1, 0])
})

test("each edge leads to records that show it", async () => {
  const { edges: all } = await app.ask<{ edges: Edge[] }>("network.graph", { leaves: true, investigation: "money" })
  for (const { sample } of all) {
    const { record } = await app.ask<{ record: { kind: string } }>("records.show", { investigation: "money", record: sample[0]! })
    expect(record.kind).toBe("transfer")
  }
})
