import { readFileSync } from "node:fs"
import ExcelJS from "exceljs"
import { expect, test } from "vitest"
import { edges } from "../../../src/stages/records/importers/edges.ts"
import { table } from "../../../src/stages/records/importers/table.ts"
import { blankCells } from "../../../src/stages/records/networks/shape.ts"
import { materialFrom, materialOf, type Reading, reading, SHARED } from "../../support/material.ts"
import fc from "../../support/properties.ts"

interface Vector {
  name: string
  text: string
  links: [string, string, number][]
  rejected: number
}
const vectors = JSON.parse(readFileSync(new URL("../../vectors/records/edges.json", import.meta.url), "utf8")) as Vector[]

test.each(vectors)("network: $name", async ({ text, links, rejected }) => {
  const read = await reading(edges, await materialFrom(text, "net.csv"))
  const found = read.records.map((record) => [
    ...record.parties.map((party) => party.ids[0]!.raw),
    (record.fields as { weight: number }).weight,
  ])
  expect(found).toEqual(links)
  expect(read.rejects).toHaveLength(rejected)
  for (const record of read.records)
    expect(record.parties.map((party) => [party.part, party.ids[0]!.type])).toEqual([
      ["source", "node"],
      ["target", "node"],
    ])
})

test("the time of a link is read where its form leaves no doubt", async () => {
  const read = await reading(edges, await materialFrom("a,b,1,2026-03-01T10:00:00+03:00\nb,a,1,1772358000\na,b,1,soon\n", "net.csv"))
  expect(read.records.map((record) => [record.at?.ms, record.at?.zone])).toEqual([
    [Date.UTC(2026, 2, 1, 7), "offset"],
    [1_772_358_000_000, "utc"],
    [null, "unknown"],
  ])
})

test("who has no tie in a matrix is kept as a node", async () => {
  const read = await reading(edges, await materialFrom(",A,B,C\nA,0,1,0\nB,1,0,0\nC,0,0,0\n", "m.csv"))
  expect(read.records).toHaveLength(2)
  expect(read.also).toMatchObject([
    { kind: "statement", fields: { schema: "node", caption: "C" }, parties: [{ ids: [{ type: "node", raw: "C" }] }] },
  ])
})

test.each([
  ["a,b,0\nb,c,1\n", ["a"]],
  ['*Vertices 2\n1 "Lone"\n2 "Too"\n*Edges\n', ["Lone", "Too"]],
  ["dl n=2\nlabels: A B\ndata:\n0 0\n0 0\n", ["A", "B"]],
])("who has no link in a file is kept as a node: %j", async (text, alone) => {
  const read = await reading(edges, await materialFrom(text, "net.txt"))
  expect(read.also.map((r) => (r.fields as { caption: string }).caption)).toEqual(alone)
})

test.each([
  ["Pajek edges", '*Vertices 2\n1 "A"\n2 "B"\n*Edges\n1 2\n', [false]],
  ["Pajek arcs, then a list of edges", '*Vertices 2\n1 "A"\n2 "B"\n*Arcs\n1 2\n*Edgeslist\n2 1\n', [undefined, false]],
  ["GML that says nothing", "graph [ node [ id 1 ] node [ id 2 ] edge [ source 1 target 2 ] ]", [false]],
  ["GML with directions", "graph [ directed 1 node [ id 1 ] node [ id 2 ] edge [ source 1 target 2 ] ]", [undefined]],
  [
    "GraphML without directions, one link apart",
    '<graphml><graph edgedefault="undirected"><node id="a"/><node id="b"/><edge source="a" target="b"/><edge source="b" target="a" directed="true"/></graph></graphml>',
    [false, undefined],
  ],
  [
    "GEXF without a word on it, one link apart",
    '<gexf><graph><nodes><node id="a"/><node id="b"/></nodes><edges><edge source="a" target="b"/><edge source="b" target="a" type="directed"/></edges></graph></gexf>',
    [false, undefined],
  ],
  ["JSON, told behind the links", '{"nodes":["a","b"],"links":[{"source":"a","target":"b"}],"directed":true}', [undefined]],
  ["JSON that says nothing", '{"nodes":["a","b"],"links":[{"source":"a","target":"b"}]}', [false]],
  ["a list", "A,B\nB,C\nC,A\n", [undefined, undefined, undefined]],
])("a link has a direction unless its file says that it has none: %s", async (_, text, directed) => {
  const { records } = await reading(edges, await materialFrom(text, "net.txt"))
  expect(records.filter((r) => r.kind === "link").map((r) => (r.fields as { directed?: false }).directed)).toEqual(directed)
})

test("formats that say what they are claim more than any table", async () => {
  for (const { text } of vectors.filter((v) => /^(?:Pajek|GML|GraphML|UCINET|GEXF|JSON)/.test(v.name)))
    expect((await edges.claim(await materialFrom(text, "net.txt")))!.confidence).toBe(0.9)
})

test("JSON that is something else is no network", async () => {
  for (const text of [
    '{"name":"x","type":"personal_chat","messages":[]}',
    '{"data":{"user":{"edges":[{"node":{"id":1}}]}}}',
    '[{"nodes":[]}]',
    '{"participants":[{"name":"a"}],"messages":[]}',
  ])
    expect((await edges.claim(await materialFrom(text, "x.json")))?.confidence ?? 0, text).toBeLessThan(0.2)
})

test("a link in JSON is where its bytes are; nodes that share a name are told", async () => {
  const text = '\uFEFF{"nodes":[{"id":1,"label":"Zoë"},{"id":2,"label":"Zoë"}],\n"links":[{"source":1,"target":2}]}'
  const read = await reading(edges, await materialFrom(text, "net.json"))
  const { byteStart, byteEnd } = read.records[0]!.place
  expect(Buffer.from(text).subarray(byteStart, byteEnd).toString()).toBe('{"source":1,"target":2}')
  expect(ends(read)).toEqual(["Zoë (1),Zoë (2)"])
  expect(read.notes.join()).toContain("several nodes are called Zoë: each has its id behind its name")
})

const WAYS_TO_WRITE: Record<string, (labels: string[], links: [number, number, number][]) => string> = {
  Pajek: (labels, links) =>
    `*Vertices ${labels.length}\n${labels.map((l, i) => `${i + 1} "${l}"`).join("\n")}\n*Arcs\n${links.map(([a, b, w]) => `${a + 1} ${b + 1} ${w}`).join("\n")}\n`,
  GML: (labels, links) =>
    `graph [\n directed 1\n${labels.map((l, i) => ` node [ id ${i} label "${l}" ]`).join("\n")}\n${links.map(([a, b, w]) => ` edge [ source ${a} target ${b} weight ${w} ]`).join("\n")}\n]`,
  GraphML: (labels, links) =>
    `<graphml><key id="l" for="node" attr.name="label"/><key id="w" for="edge" attr.name="weight"/><graph edgedefault="directed">${labels.map((l, i) => `<node id="n${i}"><data key="l">${l}</data></node>`).join("")}${links.map(([a, b, w]) => `<edge source="n${a}" target="n${b}"><data key="w">${w}</data></edge>`).join("")}</graph></graphml>`,
  GEXF: (labels, links) =>
    `<gexf><graph defaultedgetype="directed"><nodes>${labels.map((l, i) => `<node id="${i}" label="${l}"/>`).join("")}</nodes><edges>${links.map(([a, b, w]) => `<edge source="${a}" target="${b}" weight="${w}"/>`).join("")}</edges></graph></gexf>`,
  JSON: (labels, links) =>
    JSON.stringify({
      directed: true,
      nodes: labels.map((label, id) => ({ id, label })),
      links: links.map(([source, target, weight]) => ({ source, target, weight })),
    }),
  "UCINET DL": (labels, links) =>
    `dl n=${labels.length} format=edgelist1\nlabels:\n${labels.map((l) => `"${l}"`).join("\n")}\ndata:\n${links.map(([a, b, w]) => `${a + 1} ${b + 1} ${w}`).join("\n")}\n`,
}

test("one network comes out of every format alike, and no damage to a file breaks its reading", async () => {
  const label = fc.stringMatching(/^[A-Za-zäëاسێ0-9][A-Za-zäëاسێ0-9 ._-]{0,6}[A-Za-zäëاسێ0-9]$/)
  const network = fc.uniqueArray(label, { minLength: 2, maxLength: 6 }).chain((labels) => {
    const node = fc.nat(labels.length - 1)
    return fc.record({
      labels: fc.constant(labels),
      links: fc.array(fc.tuple(node, node, fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 9 }),
    })
  })
  await fc.assert(
    fc.asyncProperty(network, fc.nat(), fc.nat(), fc.string({ maxLength: 3 }), async ({ labels, links }, at, cut, junk) => {
      for (const [name, write] of Object.entries(WAYS_TO_WRITE)) {
        const text = write(labels, links)
        const read = await reading(edges, await materialFrom(text, "net.txt"))
        const found = read.records.map((r) => [...r.parties.map((p) => p.ids[0]!.raw), (r.fields as { weight: number }).weight])
        expect([read.rejects, found], name).toEqual([[], links.map(([a, b, w]) => [labels[a], labels[b], w])])
        const begin = at % text.length
        const damaged = text.slice(0, begin) + junk + text.slice(begin + (cut % 20))
        const worse = await reading(edges, await materialFrom(damaged, "net.txt"))
        expect(worse.seen, name).toBe(worse.records.length + worse.rejects.length)
      }
    }),
    { numRuns: 100 },
  )
})

test.each([
  ["person_a,person_b\nx,y\ny,z\n", 2],
  ["who,whom,how often\nx,y,3\ny,z,1\n", 2],
  ["first,second\n1,2\n2,3\n", 2],
  ["x1,x2\nx2,x3\nx3,x1\n", 3],
])("a line that names the columns is no link: %j", async (text, links) => {
  expect((await reading(edges, await materialFrom(text, "net.csv"))).records).toHaveLength(links)
})

const ends = (read: Reading) => read.records.map((r) => r.parties.map((p) => p.ids[0]!.raw).join())

test.each([
  ["Operation,ID,Tie_ID,Year\n43,a,b,2004\n43,a,c,2005\n44,b,c,2004\n", ["a,b", "a,c", "b,c"]],
  ["no;Caller_Number;Callee_Number;Calls;seen\n1;a;b;3;x\n2;b;c;1;x\n", ["a,b", "b,c"]],
  ["From-Node\tTo-Node\tx\ty\tz\na\tb\t1\t1\t1\nb\tc\t1\t1\t1\n", ["a,b", "b,c"]],
])("columns that say whose ends they hold are found among others: %j", async (text, links) => {
  const read = await reading(edges, await materialFrom(text, "net.csv"))
  expect([ends(read), read.rejects]).toEqual([links, []])
})

test("rows with separators and no content are no links, and told", async () => {
  const read = await reading(edges, await materialFrom("source,target,x,y,z\na,b,1,1,1\n,,,,\n , ,,,\nb,c,1,1,1\n", "net.csv"))
  expect([ends(read), read.rejects, read.notes.at(-1)]).toEqual([["a,b", "b,c"], [], "2 rows have separators and no content: not counted."])
})

test("a map names the columns of a network; a column that is not there is told with those that are", async () => {
  const material = await materialFrom("who,met,place,2004\na,b,x,2\nb,c,y,\nc,a,y,0\n", "net.csv")
  const read = await reading(edges, material, { mapping: { source: "who", target: "met", weight: "2004" } })
  expect([ends(read), read.records.map((r) => (r.fields as { weight: number }).weight)]).toEqual([
    ["a,b", "b,c"],
    [2, 1],
  ])
  expect(read.rejects.map((r) => r.reason)).toEqual(["a weight of zero or less is no link"])
  await expect(reading(edges, material, { mapping: { source: "who", target: "whom" } })).rejects.toMatchObject({
    code: "invalid.mapping-column",
    message: expect.stringContaining('"whom"'),
    hint: "It has: who, met, place, 2004",
  })
  await expect(reading(edges, material, { mapping: { source: "who", target: "met", weight: "2005" } })).rejects.toMatchObject({
    code: "invalid.mapping-column",
  })
  for (const mapping of [{ source: "who" }, { weight: "2004" }, { sheets: "1" }])
    await expect(reading(edges, material, { mapping })).rejects.toMatchObject({ code: "invalid.mapping" })
})

async function networksBook(): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  book.addWorksheet("Kinship").addRows([
    [null, "A", "B", "C"],
    ["A", 0, 1, 0],
    ["B", 1, 0, 0],
    ["C", 0, 0, 0],
  ])
  book.addWorksheet("Calls").addRows([["Source", "Target", "Weight"], ["A", "D", 2.5], [], ["D", "B"]])
  book.addWorksheet("Attributes").addRows([
    [null, "Age group", "Role"],
    ["A", 3, 1],
    ["B", 2, 2],
  ])
  book.addWorksheet("Notes").addRows([["Collected by hand"], ["in spring"]])
  return Buffer.from(await book.xlsx.writeBuffer())
}

test("the sheets of a workbook that say that they are networks are read, the others told; a map names any one", async () => {
  const material = await materialFrom(await networksBook(), "nets.xlsx")
  const read = await reading(edges, material)
  expect([ends(read), read.rejects]).toEqual([["A,B", "B,A", "A,D", "D,B"], []])
  expect(read.records.map((r) => [r.place.table, r.place.row, (r.fields as { weight: number }).weight])).toEqual([
    ["Kinship", "2:3", 1],
    ["Kinship", "3:2", 1],
    ["Calls", 2, 2.5],
    ["Calls", 4, 1],
  ])
  expect(read.also.map((r) => (r.fields as { caption: string }).caption)).toEqual(["C"])
  expect(read.notes.join(" ")).toContain("Sheets not read: Attributes, Notes.")
  expect(ends(await reading(edges, material, { mapping: { sheet: "Attributes" } }))).toEqual([
    "A,Age group",
    "A,Role",
    "B,Age group",
    "B,Role",
  ])
  expect(ends(await reading(edges, material, { mapping: { source: "Target", target: "Source" } }))).toEqual(["D,A", "B,D"])
  await expect(reading(edges, material, { mapping: { source: "Target", target: "Caller" } })).rejects.toMatchObject({
    code: "invalid.mapping-column",
  })
  await expect(reading(edges, material, { mapping: { sheet: "Nope" } })).rejects.toMatchObject({ code: "invalid.mapping-sheet" })
  expect(await edges.claim(material)).toBeNull()
  // What could be anything is no network because the other sheets are less.
  const book = new ExcelJS.Workbook()
  book.addWorksheet("Attributes").addRows([
    [null, "Age group", "Role"],
    ["A", 3, 1],
  ])
  const only = async () => reading(edges, await materialFrom(Buffer.from(await book.xlsx.writeBuffer()), "nets.xlsx"))
  expect((await only()).records).toHaveLength(2)
  book.addWorksheet("Notes").addRow(["Collected by hand"])
  expect([(await only()).records, (await only()).rejects.map((r) => r.code)]).toEqual([[], ["unknown-structure"]])
})

test.each([
  ["a zip that is no workbook", Buffer.from("PK\u0003\u0004 and then nothing of the kind")],
  [
    "a picture",
    Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.from(Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256))]),
  ],
])("%s is refused as a whole, not read as lines", async (_, bytes) => {
  const material = await materialFrom(bytes, "net.csv")
  const read = await reading(edges, material)
  expect([read.records, read.rejects.length, read.seen]).toEqual([[], 1, 1])
  expect(await edges.claim(material)).toBeNull()
})

test("a workbook cut short keeps what was read, and says so", async () => {
  const whole = await networksBook()
  for (const share of [0.2, 0.6, 0.95]) {
    const read = await reading(edges, await materialFrom(whole.subarray(0, Math.floor(whole.length * share)), "nets.xlsx"))
    expect(read.rejects.length).toBeGreaterThan(0)
  }
})

test("a flag beside an id is no network", async () => {
  const text = `id,flag,balance\n${Array.from({ length: 40 }, (_, i) => `${i},${i % 2},10.5`).join("\n")}\n`
  expect((await edges.claim(await materialFrom(text, "nodes.csv")))?.confidence ?? 0).toBeLessThan(0.2)
})

test("a quoted label that does not close is no label", () => {
  expect(blankCells('"a b" c')).toEqual(["a b", "c"])
  expect(blankCells('"a b c')).toBeNull()
})

test("an edge list claims less than a table that says what it is; a matrix claims more", async () => {
  const transfers = await materialFrom("source,target,amount,currency,date\n1,2,10.50,EUR,2026-03-01\n", "t.csv")
  expect((await table.claim(transfers))!.confidence).toBeGreaterThan((await edges.claim(transfers))?.confidence ?? 0)
  const matrix = await materialFrom(vectors.find((vector) => vector.name.startsWith("square"))!.text, "m.csv")
  expect((await edges.claim(matrix))!.confidence).toBeGreaterThan((await table.claim(matrix))!.confidence)
})

test.skipIf(!SHARED)("shared data: real networks have the links and people that their papers give", async () => {
  const figures: Record<string, [links: number, nodes: number]> = {}
  for (const name of ["montagna-meetings", "morselli_caviar", "morselli_cielnet", "natajaran_cocaine"]) {
    const read = await reading(edges, await materialOf(`${SHARED}/networks/${name}.csv`, true))
    expect(read.rejects).toEqual([])
    figures[name] = [read.records.length, new Set(read.records.flatMap((record) => record.parties.map((party) => party.ids[0]!.raw))).size]
  }
  expect(figures).toEqual({
    "montagna-meetings": [289, 101],
    morselli_caviar: [295, 110],
    morselli_cielnet: [45, 25],
    natajaran_cocaine: [40, 28],
  })
})
