import ExcelJS from "exceljs"
import { expect, test } from "vitest"
import yazl from "yazl"
import { xlsx } from "../../../src/stages/records/importers/xlsx.ts"
import { columnIndex, serialText } from "../../../src/stages/records/mapping/workbook.ts"
import { countOf, materialFrom, reading } from "../../support/material.ts"

async function workbook(): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const calls = book.addWorksheet("Calls")
  calls.addRow(["Extract of an invented phone"])
  calls.addRow(["Caller", "Callee", "Start time", "Duration"])
  calls.addRow(["+447700900101", "+447700900102", new Date(Date.UTC(2026, 2, 1, 10, 11, 12)), 61])
  calls.addRow(["+447700900103", "+447700900104", new Date(Date.UTC(2026, 2, 2)), { formula: "D3+1", result: 62 }])
  calls.addRow([null, null, null, null])
  calls.addRow(["+447700900105", "+447700900106", new Date(Date.UTC(2026, 2, 3)), 5, "beside the table"])
  const book2 = book.addWorksheet("Book", { state: "hidden" })
  book2.addRow(["outlet", "code", "amount", "currency", "recipient"])
  book2.addRow(["Office Example", "A1", 3500, "USD", "Kawa"])
  book2.addRow([null, "A2", 1200, "USD", "Dara"])
  book2.mergeCells("A2:A3")
  return Buffer.from(await book.xlsx.writeBuffer())
}

test("each sheet is a table: header found, dates, cached values, merged and hidden things", async () => {
  const material = await materialFrom(await workbook(), "made-up.xlsx")
  expect((await xlsx.claim(material))?.confidence).toBeGreaterThan(0.9)
  const read = await reading(xlsx, material)
  expect(read.rejects).toEqual([])
  expect(countOf(read.records)).toEqual({ "call-data": 3, "book-entry": 2 })
  expect(read.records.map((record) => [record.place.table, record.place.row])).toEqual([
    ["Calls", 3],
    ["Calls", 4],
    ["Calls", 6],
    ["Book", 2],
    ["Book", 3],
  ])
  expect(read.records[0]).toMatchObject({
    at: { ms: Date.UTC(2026, 2, 1, 10, 11, 12), precision: "second" },
    fields: { durationS: 61 },
    parties: [{ part: "caller", ids: [{ raw: "+447700900101" }] }, { part: "callee" }],
  })
  expect(read.records[1]).toMatchObject({ at: { ms: Date.UTC(2026, 2, 2), precision: "day" }, fields: { durationS: 62 } })
  expect(read.records[2]!.extra).toMatchObject({ "column 5": "beside the table" })
  expect(read.records.slice(3).map((record) => record.parties[0]?.name)).toEqual(["Office Example", "Office Example"])
  expect(read.also).toMatchObject([
    { kind: "statement", place: { row: 1 }, fields: { properties: { "column 1": "Extract of an invented phone" } } },
  ])
  expect(read.notes.join(" ")).toMatch(/"Book" is hidden.*merged downwards/s)
})

test("a mapping for one sheet leaves the other to its own columns; one for no sheet is refused", async () => {
  const material = await materialFrom(await workbook(), "made-up.xlsx")
  const mapping = { kind: "event", table: { sheet: "Book" }, fields: { what: "code" } }
  expect(countOf((await reading(xlsx, material, { mapping })).records)).toEqual({ "call-data": 3, event: 2 })
  await expect(reading(xlsx, material, { mapping: { ...mapping, table: { sheet: "Nope" } } })).rejects.toMatchObject({
    code: "invalid.mapping-sheet",
  })
  await expect(reading(xlsx, material, { mapping: { kind: "event", fields: { what: "cod" } } })).rejects.toMatchObject({
    code: "invalid.mapping-column",
  })
})

test("an id column names the row, and the sheet's own row number stays beside it", async () => {
  const mapping = { kind: "event", table: { sheet: "Book" }, id: "code", fields: { what: "code" } }
  const read = await reading(xlsx, await materialFrom(await workbook(), "made-up.xlsx"), { mapping })
  expect(read.records.filter((record) => record.kind === "event").map((record) => [record.place.row, record.extra?.["sheet row"]])).toEqual(
    [
      ["A1", 2],
      ["A2", 3],
    ],
  )
})

test("a workbook that breaks off is one reject", async () => {
  const bytes = await workbook()
  const read = await reading(xlsx, await materialFrom(bytes.subarray(0, bytes.length - 200), "cut.xlsx"))
  expect([read.records.length, read.rejects.length]).toEqual([0, 1])
})

function zipped(parts: Record<string, string>): Promise<Buffer> {
  const zip = new yazl.ZipFile()
  for (const [name, text] of Object.entries(parts)) zip.addBuffer(Buffer.from(text), name)
  zip.end()
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    zip.outputStream
      .on("data", (chunk: Buffer) => chunks.push(chunk))
      .on("end", () => resolve(Buffer.concat(chunks)))
      .on("error", reject)
  })
}

const BOOK = {
  "[Content_Types].xml": "<Types/>",
  "xl/workbook.xml": '<workbook><sheets><sheet name="One" sheetId="1"/></sheets></workbook>',
}

test("a bomb is refused by what its directory says, before anything is unpacked", async () => {
  const bytes = await zipped({
    ...BOOK,
    "xl/worksheets/sheet1.xml": `<worksheet><sheetData>${" ".repeat(20_000_000)}</sheetData></worksheet>`,
  })
  const read = await reading(xlsx, await materialFrom(bytes, "bomb.xlsx"))
  expect(read.rejects).toMatchObject([{ code: "too-large" }])
})

test("entities are not expanded", async () => {
  const bytes = await zipped({
    ...BOOK,
    "xl/worksheets/sheet1.xml":
      '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row></sheetData></worksheet>',
  })
  expect((await reading(xlsx, await materialFrom(bytes, "x.xlsx"))).rejects).toMatchObject([{ code: "malformed", place: { table: "One" } }])
})

test("a sheet that is damaged keeps the rows before the damage", async () => {
  const row = (n: number) =>
    `<row r="${n}"><c r="A${n}" t="inlineStr"><is><t>Person ${n}</t></is></c><c r="B${n}" t="inlineStr"><is><t>+4477009001${n}0</t></is></c></row>`
  const head = '<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c><c r="B1" t="inlineStr"><is><t>phone</t></is></c></row>'
  const sheet = `<worksheet><sheetData>${head}${row(2)}${row(3)}<row r="4"><c r="A4"></row></sheetData></worksheet>`
  const read = await reading(xlsx, await materialFrom(await zipped({ ...BOOK, "xl/worksheets/sheet1.xml": sheet }), "x.xlsx"))
  expect(read.rejects).toMatchObject([{ code: "malformed", place: { table: "One" } }])
  expect(read.records.map((record) => record.place.row)).toEqual([2, 3])
})

test("serial days of both epochs, and the 29 February 1900 that never was", () => {
  expect(serialText(46_082, false)).toBe("2026-03-01")
  expect(serialText(44_620, true)).toBe("2026-03-01")
  expect(serialText(46_082.5, false)).toBe("2026-03-01 12:00:00")
  expect(serialText(0.75, false)).toBe("18:00:00")
  expect([serialText(1, false), serialText(59, false), serialText(61, false)]).toEqual(["1900-01-01", "1900-02-28", "1900-03-01"])
  expect([columnIndex("A1"), columnIndex("Z9"), columnIndex("AA3"), columnIndex("XFD1")]).toEqual([0, 25, 26, 16_383])
})
