import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { caseJsonld } from "../../../src/stages/records/importers/case-jsonld.ts"
import { ftmJson } from "../../../src/stages/records/importers/ftm-json.ts"
import { jsonLines } from "../../../src/stages/records/importers/json-lines.ts"
import { countOf, materialFrom, materialOf, reading, SHARED } from "../../support/material.ts"

const LINES = [
  '{"from": {"phone": "+447700900101"}, "to": {"phone": "+447700900102"}, "started_at": "2026-03-01T10:00:00Z", "duration": 61}',
  '{"from": {"phone": "+447700900103"}, "to": {"phone": "+447700900104"}, "started_at": "2026-03-01T11:00:00Z", "duration": 5, "new": [1, 2]}',
]

test("objects a line: flattened, mapped by suggestion; a broken line is a reject with its bytes", async () => {
  const text = `${LINES[0]}\n{"broken": \n[1]\n${LINES[1]}\n`
  const material = await materialFrom(text, "calls.jsonl")
  expect(await jsonLines.claim(material)).toBeNull()
  const read = await reading(jsonLines, material)
  expect(countOf(read.records)).toEqual({ "call-data": 2 })
  expect(read.records[1]).toMatchObject({
    fields: { durationS: 5 },
    parties: [{ part: "caller", ids: [{ raw: "+447700900103" }] }, { part: "callee" }],
    extra: { "new.0": "1", "new.1": "2" },
  })
  expect(
    read.rejects.map((reject) => [
      reject.code,
      reject.place.row,
      Buffer.from(text).subarray(reject.place.byteStart, reject.place.byteEnd).toString(),
    ]),
  ).toEqual([
    ["malformed", 2, '{"broken": '],
    ["unknown-structure", 3, "[1]"],
  ])
})

test("the same objects in one array give the same records", async () => {
  const lines = await reading(jsonLines, await materialFrom(LINES.join("\n"), "a.jsonl"))
  const array = await reading(jsonLines, await materialFrom(`[${LINES.join(",\n")}]`, "a.json"))
  const bare = (records: typeof lines.records) => records.map(({ place: _, ...rest }) => rest)
  expect(bare(array.records)).toEqual(bare(lines.records))
  expect(array.records[0]?.place.byteStart).toBe(1)
})

test("an array that breaks off is read up to the break and says where", async () => {
  const text = `[${LINES.join(",\n")}`
  const read = await reading(jsonLines, await materialFrom(text, "a.json"))
  expect(read.records).toHaveLength(2)
  expect(read.rejects).toMatchObject([{ code: "truncated", place: { byteEnd: text.length } }])
})

const FTM = [
  {
    id: "NK-0123456789abcdef",
    schema: "Person",
    caption: "Max Beispiel",
    datasets: ["made_up"],
    properties: {
      name: ["Max Beispiel"],
      alias: ["Maxi"],
      phone: ["+447700900101"],
      passportNumber: ["X1234567"],
      nationality: ["iq"],
      birthDate: ["1970-02-01"],
    },
  },
  { id: "p2", schema: "Company", properties: { name: ["Muster Ltd"] } },
  { id: "own", schema: "Ownership", properties: { owner: ["NK-0123456789abcdef"], asset: ["p2"], startDate: ["2020-01-01"] } },
  {
    id: "c1",
    schema: "Call",
    properties: { callerNumber: ["+447700900101"], receiverNumber: ["+447700900102"], duration: ["61"], date: ["2026-03-01T10:00:00"] },
  },
  {
    id: "m1",
    schema: "Message",
    properties: { bodyText: ["OK"], sender: ["NK-0123456789abcdef"], recipients: ["p2"], date: ["2026-03-01"] },
  },
  {
    id: "pay",
    schema: "Payment",
    properties: { payer: ["NK-0123456789abcdef"], beneficiary: ["p2"], amount: ["1200.50"], currency: ["EUR"] },
  },
  { id: "ua", schema: "UserAccount", properties: { service: ["Telegram"], username: ["maxi_b"], owner: ["NK-0123456789abcdef"] } },
  { id: "pass", schema: "Passport", properties: { holder: ["NK-0123456789abcdef"], number: ["X1234567"], country: ["iq"] } },
  { id: "new", schema: "Starship", properties: { name: ["Invented"] } },
]

test("FollowTheMoney entities become their kinds, links keep both ends, nothing is dropped", async () => {
  const material = await materialFrom(`${FTM.map((entity) => JSON.stringify(entity)).join("\n")}\n{"id": 5}\n`, "ftm.json")
  expect((await ftmJson.claim(material))?.confidence).toBeGreaterThan(0.8)
  const read = await reading(ftmJson, material)
  expect(read.records.map((record) => record.kind)).toEqual([
    "statement",
    "statement",
    "statement",
    "call",
    "message",
    "transfer",
    "account",
    "statement",
    "statement",
  ])
  expect(read.rejects).toMatchObject([{ code: "unknown-structure", place: { row: 10 } }])
  const max = { type: "account", raw: "NK-0123456789abcdef", platform: "ftm" }
  expect(read.records[0]!.parties).toEqual([
    {
      part: "subject",
      name: "Max Beispiel",
      ids: [
        max,
        { type: "phone", raw: "+447700900101" },
        { type: "document", raw: "X1234567", issuer: "IRQ" },
        { type: "name", raw: "Maxi" },
      ],
    },
  ])
  expect(read.records[2]).toMatchObject({
    fields: { sourceRef: "NK-0123456789abcdef", targetRef: "p2" },
    parties: [
      { part: "source", ids: [max] },
      { part: "target", ids: [{ type: "alias", raw: "ftm p2" }] },
    ],
  })
  expect(read.records[3]).toMatchObject({
    fields: { durationS: 61 },
    parties: [{ part: "caller", ids: [{ type: "phone", raw: "+447700900101" }] }, { part: "callee" }],
  })
  expect(read.records[5]).toMatchObject({ fields: { amount: 1200.5, currency: "EUR" } })
  expect(read.records[6]).toMatchObject({ fields: { platform: "telegram", username: "maxi_b" } })
  expect(read.records[7]!.parties).toEqual([
    { part: "holder", name: null, ids: [max, { type: "document", raw: "X1234567", issuer: "IRQ" }] },
  ])
  expect(read.notes.join()).toContain("Starship")
  for (const [i, record] of read.records.entries()) {
    const kept = record.kind === "statement" ? (record.fields as { properties: unknown }).properties : record.extra?.["properties"]
    expect(kept).toEqual(FTM[i]!.properties)
  }
})

const ID = "0f0f0f0f-1111-4222-8333-444444444444"
const GRAPH = {
  "@context": {
    kb: "http://example.org/kb/",
    o: "https://ontology.unifiedcyberontology.org/uco/observable/",
    core: "https://ontology.unifiedcyberontology.org/uco/core/",
    loc: "https://ontology.unifiedcyberontology.org/uco/location/",
  },
  "@graph": [
    {
      "@id": `kb:acc-${ID}`,
      "@type": "o:PhoneAccount",
      "core:hasFacet": [{ "@type": "o:PhoneAccountFacet", "o:phoneNumber": "+447700900101" }],
    },
    { "@id": "kb:other", "@type": "o:PhoneAccount", "core:hasFacet": { "@type": "o:PhoneAccountFacet", "o:phoneNumber": "+447700900102" } },
    { "@id": "kb:app", "@type": "o:Application", "core:name": "WhatsApp" },
    {
      "@id": "kb:call",
      "@type": "o:Call",
      "core:hasFacet": [
        {
          "@type": "o:CallFacet",
          "o:application": { "@id": "kb:app" },
          "o:callType": "incoming",
          "o:startTime": { "@type": "xsd:dateTime", "@value": "2026-03-01T10:00:00Z" },
          "o:from": { "@id": `kb:acc-${ID}` },
          "o:to": [{ "@id": "kb:other" }],
          "o:duration": 61,
        },
      ],
    },
    {
      "@id": "kb:place",
      "@type": "loc:Location",
      "core:hasFacet": [
        { "@type": "loc:LatLongCoordinatesFacet", "loc:latitude": { "@value": "36.19" }, "loc:longitude": { "@value": "44.01" } },
      ],
    },
    {
      "@id": "kb:rel",
      "@type": "core:Relationship",
      "core:source": { "@id": "kb:other" },
      "core:target": { "@id": "kb:place" },
      "core:kindOfRelationship": "Located_At",
    },
    "not a node",
  ],
}

test("a CASE graph under other prefixes: kinds by facet, parties by reference, the rest as statements", async () => {
  const read = await reading(caseJsonld, await materialFrom(JSON.stringify(GRAPH), "case.json"))
  expect(countOf(read.records)).toEqual({ account: 2, statement: 2, call: 1, "call/whatsapp": 1, location: 1 })
  expect(read.rejects).toMatchObject([{ code: "unknown-structure", place: { row: "/@graph/6" } }])
  expect(read.records[3]).toMatchObject({
    at: { ms: Date.UTC(2026, 2, 1, 10), zone: "utc" },
    fields: { direction: "in", durationS: 61 },
    parties: [
      {
        part: "caller",
        ids: [
          { type: "account", raw: `http://example.org/kb/acc-${ID}`, platform: "case" },
          { type: "phone", raw: "+447700900101" },
        ],
      },
      {
        part: "callee",
        ids: [
          { type: "alias", raw: "kb:other" },
          { type: "phone", raw: "+447700900102" },
        ],
      },
    ],
  })
  expect(read.records[5]).toMatchObject({ fields: { sourceRef: "kb:other", targetRef: "kb:place", caption: "Located_At" } })
})

test.skipIf(!SHARED)("shared data: every node of every CASE example is read", async () => {
  const folder = `${SHARED}/exchange/case`
  const kinds: Record<string, number> = {}
  let nodes = 0
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".json"))) {
    const json = JSON.parse(readFileSync(`${folder}/${name}`, "utf8")) as unknown[] | { "@graph"?: unknown[] }
    const graph = Array.isArray(json) ? json : json["@graph"]
    const read = await reading(caseJsonld, await materialOf(`${folder}/${name}`, true))
    expect([name, read.rejects]).toEqual([name, []])
    const top = read.records.filter(
      (record) => graph === undefined || (graph as { "@id"?: string }[]).some((node) => node["@id"] === record.place.row),
    )
    if (graph !== undefined) expect([name, top.length]).toEqual([name, graph.length])
    nodes += read.seen
    for (const [kind, n] of Object.entries(countOf(read.records))) kinds[kind] = (kinds[kind] ?? 0) + n
  }
  expect(nodes).toBe(994)
  expect(kinds).toMatchObject({ call: 4, message: 15, account: 33, device: 14, file: 37, location: 7, contact: 1 })
})
