import { expect, test } from "vitest"
import { Failure } from "#vocabulary/failure"
import { checkColumns, nearest, parseMapping } from "../../../src/stages/records/mapping/schema.ts"

function refusal(act: () => unknown): { code: string; message: string } {
  try {
    act()
  } catch (error) {
    if (error instanceof Failure) return { code: error.code, message: error.message }
    throw error
  }
  throw new Error("not refused")
}

test("a single record may be written without the list around it", () => {
  const short = parseMapping({ kind: "contact", id: "ref", fields: { label: "name" }, table: { separator: ";" } })
  expect(short).toEqual(parseMapping({ id: "ref", table: { separator: ";" }, records: [{ kind: "contact", fields: { label: "name" } }] }))
})

test.each([
  ["a kind that is none", { kind: "contcat" }, 'did you mean "contact"'],
  ["a field that the kind has not", { kind: "contact", fields: { lable: "name" } }, 'did you mean "label"'],
  ["a constant for a field that the kind has not", { kind: "contact", constants: { souce: "sim" } }, 'did you mean "source"'],
  ["a part that is none", { kind: "contact", parties: [{ part: "contacts" }] }, 'did you mean "contact"'],
  [
    "a value type that is none",
    { kind: "contact", parties: [{ part: "contact", ids: [{ type: "fone", column: "x" }] }] },
    'did you mean "phone"',
  ],
  ["a key that is none", { kind: "contact", feilds: {} }, 'did you mean "fields"'],
  ["a calendar that is none", { kind: "event", at: { column: "d", calendar: "jalalli" } }, "at"],
  ["a time that says nothing", { kind: "event", at: { format: "dmy" } }, "neither column"],
  ["no records", { records: [] }, "records"],
  ["no object", "mapping", "mapping"],
])("refused: %s", (_, json, says) => {
  const { code, message } = refusal(() => parseMapping(json))
  expect(code).toBe("invalid.mapping")
  expect(message).toContain(says)
})

test("columns that the table has not are all named, each with the nearest", () => {
  const mapping = parseMapping({
    id: "Ref",
    records: [
      {
        kind: "call",
        fields: { durationS: "Dauer" },
        at: { columns: ["Tag", "Uhr"] },
        parties: [
          { part: "caller", name: { first: ["Nmae", "Alias"] }, ids: [{ type: "phone", column: "Rufnumer", platform: { column: "App" } }] },
        ],
      },
    ],
  })
  const { code, message } = refusal(() => checkColumns(mapping, ["Ref", "Dauer", "Tag", "Uhrzeit", "Name", "Alias", "Rufnummer", "App"]))
  expect(code).toBe("invalid.mapping-column")
  expect(message).toContain('no column "Uhr"; did you mean "Uhrzeit"?')
  expect(message).toContain('no column "Nmae"; did you mean "Name"?')
  expect(message).toContain('no column "Rufnumer"; did you mean "Rufnummer"?')
  expect(message).not.toContain('"Alias"')
  expect(() => checkColumns(mapping, ["Ref", "Dauer", "Tag", "Uhr", "Nmae", "Alias", "Rufnumer", "App"])).not.toThrow()
})

test("nothing is near what is far", () => {
  expect(nearest("zzzzzzzz", ["name", "phone"])).toBeNull()
})
