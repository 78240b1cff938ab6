import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import type { TimeSource } from "../../../src/stages/records/mapping/schema.ts"
import { parseMapping } from "../../../src/stages/records/mapping/schema.ts"
import { FLOOR, suggestMapping } from "../../../src/stages/records/mapping/suggest.ts"

interface Vector {
  name: string
  headers: string[]
  rows: string[][]
  kind: string | null
  parties: Record<string, string[]>
  fields: Record<string, unknown>
  at?: TimeSource
}
const vectors = JSON.parse(readFileSync(new URL("../../vectors/records/suggestions.json", import.meta.url), "utf8")) as Vector[]

test.each(vectors)("a mapping is suggested for: $name", ({ headers, rows, kind, parties, fields, at }) => {
  const suggestion = suggestMapping(headers, rows)
  if (kind === null) {
    expect(suggestion.mapping).toBeNull()
    expect(suggestion.confidence).toBeLessThan(FLOOR)
    return
  }
  const record = suggestion.mapping?.records[0]
  expect(record?.kind).toBe(kind)
  expect(record?.fields).toMatchObject(fields)
  const found: Record<string, string[]> = {}
  for (const party of record!.parties) found[party.part] = [...(found[party.part] ?? []), ...party.ids.map((id) => id.type)]
  expect(found).toEqual(parties)
  if (at !== undefined) expect(record?.at).toEqual(at)
})

test("a suggested mapping is a mapping file: it passes its own schema", () => {
  for (const { headers, rows } of vectors) {
    const { mapping } = suggestMapping(headers, rows)
    if (mapping !== null) expect(parseMapping(JSON.parse(JSON.stringify(mapping)))).toEqual(mapping)
  }
})

test("every suggested column has its reason, and nothing is suggested for a column twice", () => {
  const { columns } = suggestMapping(["Name", "Full name", "Phone"], [["A B", "A B", "+447700900101"]])
  expect(columns.filter((column) => column.concept === "name")).toHaveLength(1)
  for (const column of columns) expect(column.reason).not.toBe("")
})
