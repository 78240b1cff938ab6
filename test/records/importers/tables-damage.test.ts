import ExcelJS from "exceljs"
import { expect, test } from "vitest"
import type { Importer } from "../../../src/stages/records/importer.ts"
import { caseJsonld } from "../../../src/stages/records/importers/case-jsonld.ts"
import { edges } from "../../../src/stages/records/importers/edges.ts"
import { ftmJson } from "../../../src/stages/records/importers/ftm-json.ts"
import { jsonLines } from "../../../src/stages/records/importers/json-lines.ts"
import { ofacCsv } from "../../../src/stages/records/importers/ofac-csv.ts"
import { table } from "../../../src/stages/records/importers/table.ts"
import { unXml } from "../../../src/stages/records/importers/un-xml.ts"
import { xlsx } from "../../../src/stages/records/importers/xlsx.ts"
import { type BrokenRow, type Row, tokenizer } from "../../../src/stages/records/mapping/delimited.ts"
import { ENCODINGS } from "../../../src/stages/records/mapping/encoding.ts"
import { materialFrom, type Reading, reading } from "../../support/material.ts"
import fc from "../../support/properties.ts"

const CSV = `name,phone,note\n${Array.from({ length: 12 }, (_, i) => `Person ${i},+4477009001${String(i).padStart(2, "0")},"a ""note"" ${i}"`).join("\n")}\n`
const SAMPLES: [Importer, string][] = [
  [table, CSV],
  [edges, "a,b,1\nb,c,2\nc,a,3\n"],
  [edges, ",A,B,C\nA,0,1,2\nB,1,0,0\nC,2,0,0\n"],
  [
    ofacCsv,
    '1,"MUSTER",-0- ,"T",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1970."\n2,"ZWEI",-0- ,"T",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n',
  ],
  [
    unXml,
    "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>Max</FIRST_NAME></INDIVIDUAL><INDIVIDUAL><DATAID>2</DATAID><FIRST_NAME>Eva</FIRST_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>",
  ],
  [jsonLines, '{"name": "Max", "phone": "+447700900101"}\n{"name": "Eva", "phone": "+447700900102"}\n'],
  [jsonLines, '[{"name": "Max", "phone": "+447700900101"},\n{"name": "Eva", "phone": "+447700900102"}]'],
  [
    ftmJson,
    '{"id": "a", "schema": "Person", "properties": {"name": ["Max"]}}\n{"id": "b", "schema": "Call", "properties": {"callerNumber": ["+447700900101"]}}\n',
  ],
  [
    caseJsonld,
    '{"@context": {"uco-core": "https://ontology.unifiedcyberontology.org/uco/core/"}, "@graph": [{"@id": "kb:1", "@type": "uco-identity:Person"}, {"@id": "kb:2", "@type": "uco-identity:Person"}]}',
  ],
]

/** What may happen to a file on its way: cut, single bits, zero bytes, another encoding, a quote too many, lines a million wide. */
const damage = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("cut" as const), at: fc.nat(2000) }),
    fc.record({ kind: fc.constant("flip" as const), at: fc.nat(2000), bit: fc.nat(7) }),
    fc.record({ kind: fc.constant("zeros" as const), at: fc.nat(2000), length: fc.integer({ min: 1, max: 40 }) }),
    fc.record({
      kind: fc.constant("insert" as const),
      at: fc.nat(2000),
      text: fc.constantFrom('"', "\r", "\n", ",", "\uFFFF", "<", "{", "]", "\\", "é"),
    }),
    fc.record({ kind: fc.constant("bytes" as const), at: fc.nat(2000), bytes: fc.uint8Array({ maxLength: 30 }) }),
    fc.record({ kind: fc.constant("utf16" as const) }),
  ),
  { minLength: 1, maxLength: 4 },
)

function damaged(text: string, steps: typeof damage extends fc.Arbitrary<infer T> ? T : never): Buffer {
  let bytes: Buffer = Buffer.from(text)
  for (const step of steps) {
    if (step.kind === "utf16") bytes = Buffer.from(bytes.toString("latin1"), "utf16le")
    else {
      const at = step.at % (bytes.length + 1)
      if (step.kind === "cut") bytes = bytes.subarray(0, at)
      else if (step.kind === "flip") {
        bytes = Buffer.from(bytes)
        if (at < bytes.length) bytes[at]! ^= 1 << step.bit
      } else {
        const extra =
          step.kind === "zeros" ? Buffer.alloc(step.length) : step.kind === "insert" ? Buffer.from(step.text) : Buffer.from(step.bytes)
        bytes = Buffer.concat([bytes.subarray(0, at), extra, bytes.subarray(at)])
      }
    }
  }
  return bytes
}

/** Places point into the file; no two units stand on the same bytes of a line unless they share its row. */
function placed(read: Reading, size: number): void {
  for (const { place } of [...read.records, ...read.rejects]) {
    if (place.byteStart === undefined || place.byteEnd === undefined) continue
    expect(place.byteStart).toBeLessThanOrEqual(place.byteEnd)
    expect(place.byteEnd).toBeLessThanOrEqual(size)
  }
}

test.each(SAMPLES.map(([importer, text], i) => ({ name: `${importer.id} ${i}`, importer, text })))(
  "$name: no damage makes it throw, lose count or point outside",
  async ({ importer, text }) => {
    await fc.assert(
      fc.asyncProperty(damage, async (steps) => {
        const bytes = damaged(text, steps)
        const material = await materialFrom(bytes, "sample")
        await importer.claim(material)
        placed(await reading(importer, material), bytes.length)
      }),
      { numRuns: 60 },
    )
  },
)

test.each(SAMPLES.map(([importer, text], i) => ({ name: `${importer.id} ${i}`, importer, text })))(
  "$name: nothing in it, nothing read; zero bytes alone are never records",
  async ({ importer }) => {
    expect((await reading(importer, await materialFrom("", "empty"))).records).toEqual([])
    expect((await reading(importer, await materialFrom(Buffer.alloc(5000), "zeros"))).records).toEqual([])
  },
)

test.each([xlsx, edges])("$id: bytes of every kind behind the beginning of a zip are rejects, never a throw", async (importer) => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (bytes) => {
      const read = await reading(importer, await materialFrom(Buffer.concat([Buffer.from("PK\u0003\u0004"), bytes]), "x.xlsx"))
      expect(read.rejects).toHaveLength(1)
    }),
    { numRuns: 30 },
  )
})

test.each([xlsx, edges])("$id: a workbook cut short or with bytes changed is read as far as it goes, or rejected", async (importer) => {
  const book = new ExcelJS.Workbook()
  for (const name of ["One", "Two"])
    book
      .addWorksheet(name)
      .addRows([["source", "target", "weight"], ...Array.from({ length: 40 }, (_, i) => [`p${i}`, `p${(i * 7) % 40}`, i])])
  const whole = Buffer.from(await book.xlsx.writeBuffer())
  expect((await reading(importer, await materialFrom(whole, "x.xlsx"))).seen).toBe(80)
  await fc.assert(
    fc.asyncProperty(
      fc.nat(2 * whole.length),
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 6 }),
      async (cut, changes) => {
        const bytes = Buffer.from(whole.subarray(0, Math.max(4, cut)))
        for (const [at, value] of changes) if (at > 3 && at < bytes.length) bytes[at]! ^= value
        await reading(importer, await materialFrom(bytes, "x.xlsx"))
      },
    ),
    { numRuns: 60 },
  )
})

test("the portions in which bytes arrive change no row", () => {
  const text = fc.stringMatching(/^[ab,"\r\né]{0,80}$/)
  fc.assert(
    fc.property(
      text,
      fc.constantFrom(...ENCODINGS),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 }),
      (source, encoding, portions) => {
        const bytes =
          encoding === "utf-8"
            ? Buffer.from(source)
            : encoding === "utf-16le"
              ? Buffer.from(source, "utf16le")
              : encoding === "utf-16be"
                ? Buffer.from(source, "utf16le").swap16()
                : Buffer.from(source, "latin1")
        const run = (sizes: number[]): (Row | BrokenRow)[] => {
          const rows = tokenizer(encoding, { separator: ",", quote: '"', eol: "\n" })
          const out: (Row | BrokenRow)[] = []
          for (let at = 0, i = 0; at < bytes.length; i++) {
            const size = sizes[i % sizes.length]!
            out.push(...rows.push(bytes.subarray(at, at + size)))
            at += size
          }
          return [...out, ...rows.finish()]
        }
        expect(run(portions)).toEqual(run([bytes.length + 1]))
      },
    ),
  )
})

test("cells survive being quoted, whatever is in them", () => {
  const cell = fc
    .string({ unit: "grapheme", maxLength: 12 })
    .filter((text) => !text.includes("\0") && !text.includes("\r") && text.isWellFormed())
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }), (table) => {
      const bytes = Buffer.from(table.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(",")).join("\n"))
      const rows = tokenizer("utf-8", { separator: ",", quote: '"', eol: "\n" })
      expect([...rows.push(bytes), ...rows.finish()].map((row) => ("cells" in row ? row.cells : row))).toEqual(table)
    }),
  )
})
