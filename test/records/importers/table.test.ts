import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { table } from "../../../src/stages/records/importers/table.ts"
import { materialFrom, materialOf, reading, SHARED } from "../../support/material.ts"

interface Vector {
  name: string
  text: string
  mapping?: unknown
  seen: number
  rejected: number
  kind: string
  also?: number
  records?: object[]
  rejects?: object[]
}
const vectors = JSON.parse(readFileSync(new URL("../../vectors/records/tables.json", import.meta.url), "utf8")) as Vector[]

test.each(vectors)("table: $name", async (vector) => {
  const read = await reading(table, await materialFrom(vector.text, "table.csv"), { mapping: vector.mapping })
  expect({ seen: read.seen, rejected: read.rejects.length, also: read.also.length }).toEqual({
    seen: vector.seen,
    rejected: vector.rejected,
    also: vector.also ?? 0,
  })
  expect(new Set(read.records.map((record) => record.kind))).toEqual(new Set([vector.kind]))
  if (vector.records !== undefined) expect(read.records.slice(0, vector.records.length)).toMatchObject(vector.records)
  if (vector.rejects !== undefined) expect(read.rejects).toMatchObject(vector.rejects)
})

test.each(vectors)("table: the place of every row of “$name” holds its bytes", async (vector) => {
  const bytes = Buffer.from(vector.text)
  const read = await reading(table, await materialFrom(vector.text, "table.csv"), { mapping: vector.mapping })
  for (const { place } of [...read.records, ...read.rejects]) {
    const cut = bytes.subarray(place.byteStart, place.byteEnd).toString()
    expect(cut).not.toBe("")
    const before = bytes[place.byteStart! - 1]
    const after = bytes[place.byteEnd!]
    expect([undefined, 10]).toContain(before)
    expect([undefined, 10, 13]).toContain(after)
  }
})

const TEXT = "الاسم;رقم الهاتف\nشخص مثال;+447700900101\nآخر;+447700900102\n"
const WINDOWS_1256: Record<string, number> = {
  ا: 0xc7,
  ل: 0xe1,
  س: 0xd3,
  م: 0xe3,
  ر: 0xd1,
  ق: 0xde,
  ه: 0xe5,
  ت: 0xca,
  ف: 0xdd,
  ش: 0xd4,
  خ: 0xce,
  ص: 0xd5,
  ث: 0xcb,
  آ: 0xc2,
}
const utf16 = (text: string, big: boolean) => (big ? Buffer.from(text, "utf16le").swap16() : Buffer.from(text, "utf16le"))

test.each([
  ["UTF-8", Buffer.from(TEXT), ""],
  ["UTF-8 with byte order mark", Buffer.from(`\uFEFF${TEXT}`), ""],
  ["UTF-16, little end first, with mark", utf16(`\uFEFF${TEXT}`, false), ""],
  ["UTF-16, big end first, with mark", utf16(`\uFEFF${TEXT}`, true), ""],
  ["UTF-16, little end first, without mark", utf16(TEXT, false), "UTF-16"],
  ["UTF-16, big end first, without mark", utf16(TEXT, true), "UTF-16"],
  ["windows-1256", Buffer.from([...TEXT].map((char) => WINDOWS_1256[char] ?? char.charCodeAt(0))), "windows-1256"],
])("the same contacts are read from %s", async (_, bytes, said) => {
  const read = await reading(table, await materialFrom(bytes, "contacts.csv"))
  expect(read.records.map((record) => record.parties[0]?.name)).toEqual(["شخص مثال", "آخر"])
  expect(read.records.map((record) => record.kind)).toEqual(["contact", "contact"])
  if (said === "") expect(read.notes.join(" ")).not.toContain("read as")
  else expect(read.notes.join(" ")).toContain(said)
})

test("quoted cells that first come behind the sampled rows are read as quoted (RFC 4180)", async () => {
  const plain = Array.from({ length: 400 }, (_, i) => `${i},+4477009000${String(i % 100).padStart(2, "0")},plain note ${i}`)
  const text = ["nr,phone,note", ...plain, '400,+447700900111,"paid, then left"'].join("\n")
  const read = await reading(table, await materialFrom(`${text}\n`, "table.csv"))
  expect({ seen: read.seen, rejected: read.rejects.length }).toEqual({ seen: 401, rejected: 0 })
  expect(JSON.stringify(read.records.at(-1))).toContain("paid, then left")
})

test("a first umlaut far behind the first 64 KiB decides the encoding", async () => {
  const rows = Array.from({ length: 6000 }, (_, i) => `Person ${i},+4477009001${String(i % 100).padStart(2, "0")}`)
  const bytes = Buffer.concat([Buffer.from(`name,phone\n${rows.join("\n")}\nM`), Buffer.from([0xfc]), Buffer.from("ller,+447700900199\n")])
  const read = await reading(table, await materialFrom(bytes, "contacts.csv"))
  expect(read.rejects).toEqual([])
  expect(read.records.at(-1)?.parties[0]?.name).toBe("Müller")
})

test("bytes that are not text in a file of UTF-8 cost their own row", async () => {
  const bytes = Buffer.concat([
    Buffer.from("name,phone\nÄnne,+447700900101\nM"),
    Buffer.from([0xfc]),
    Buffer.from("ller,+447700900102\nÖde Übung,+447700900103\n"),
  ])
  const read = await reading(table, await materialFrom(bytes, "contacts.csv"))
  expect(read.rejects).toMatchObject([{ code: "encoding", place: { row: 3 } }])
  expect(read.records).toHaveLength(2)
})

test("a line of a million columns is one reject, and the rows around it are read", async () => {
  const read = await reading(
    table,
    await materialFrom(`name,phone\nA One,+447700900101\n${"x,".repeat(1_000_000)}\nB Two,+447700900102\n`, "wide.csv"),
  )
  expect(read.rejects).toMatchObject([{ code: "too-large", place: { row: 3 } }])
  expect(read.records).toHaveLength(2)
})

test("a line of nine megabytes is one reject with its whole byte range", async () => {
  const long = "y".repeat(9_000_000)
  const read = await reading(table, await materialFrom(`name,phone\nA One,+447700900101\n${long}\nB Two,+447700900102\n`, "long.csv"))
  expect(read.rejects).toMatchObject([{ code: "too-large", place: { row: 3, byteStart: 31, byteEnd: 31 + long.length } }])
  expect(read.records).toMatchObject([{ place: { row: 2 } }, { place: { row: 4 } }])
})

test("a mapping that names a column which is not there is refused with the nearest one", async () => {
  const material = await materialFrom("name,phone\nA,+447700900101\n", "t.csv")
  const refusal = reading(table, material, { mapping: { kind: "contact", fields: { label: "nmae" } } })
  await expect(refusal).rejects.toMatchObject({ code: "invalid.mapping-column", message: expect.stringContaining('did you mean "name"') })
})

test("nothing in it, nothing read", async () => {
  expect(await reading(table, await materialFrom("", "empty.csv"))).toEqual({ seen: 0, records: [], also: [], rejects: [], notes: [] })
})

test.skipIf(!SHARED)("shared data: real tables are read whole and as what they are", async () => {
  const expected = [
    ["identity/fake_1000.csv", "person", 1000],
    ["identity/febrl1.csv", "person", 1000],
    ["identity/febrl3.csv", "person", 5000],
    ["identity/senzing-demo/customers.csv", "person", 120],
    ["identity/senzing-demo/watchlist.csv", "person", 17],
    ["money/amlsim-20K-cycle200/transactions.csv", "transfer", 117_805],
    ["flows/iom-missing-migrants-europe.csv", "event", 6802],
    ["flows/uk-small-boats-daily.csv", "statement", 3154],
  ] as const
  for (const [path, kind, count] of expected) {
    const read = await reading(table, await materialOf(`${SHARED}/${path}`, true))
    expect([path, read.rejects.length, read.records.length, read.records[0]?.kind]).toEqual([path, 0, count, kind])
  }
})
