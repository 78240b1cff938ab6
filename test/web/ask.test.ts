import { expect, test } from "vitest"
import { emptyOf, type Field, type Filled, fieldsOf, type Schema, saidOf } from "../../web/src/ask/schema.ts"

const field = (schema: Schema, required = false): Field =>
  fieldsOf({ type: "object", properties: { it: schema }, required: required ? ["it"] : [] }).fields[0]!
const STRINGS: Schema = { type: "array", items: { type: "string" } }

test("an investigation that must be named is filled in by the page; one that need not be stays a field", () => {
  const properties = { investigation: { type: "string" }, limit: { type: "integer" } }
  const named = fieldsOf({ type: "object", properties, required: ["investigation"] })
  expect([named.investigation, named.fields.map((f) => f.name)]).toEqual([true, ["limit"]])
  const free = fieldsOf({ type: "object", properties })
  expect([free.investigation, free.fields.map((f) => f.name)]).toEqual([false, ["investigation", "limit"]])
})

test.each<[Schema, Field["way"]]>([
  [{ type: "string" }, "text"],
  [{ type: "string", maxLength: 4000 }, "long"],
  [{ type: "string", format: "date-time" }, "time"],
  [{ type: "string", enum: ["a", "b"] }, "one-of"],
  [{ anyOf: [{ type: "integer" }, { type: "null" }] }, "number"],
  [{ type: ["string", "null"] }, "text"],
  [{ type: "boolean" }, "yes-no"],
  [STRINGS, "lines"],
  [{ type: "array", items: { type: "string", enum: ["a"] } }, "some-of"],
  [{ type: "array", items: { type: "object" } }, "json"],
  [{ type: "object", properties: {} }, "json"],
  [{ anyOf: [{ type: "string" }, { type: "number" }] }, "json"],
  [{}, "json"],
])("%j is filled in as %s", (schema, way) => {
  expect(field(schema).way).toBe(way)
})

test.each<[Schema, Filled, ReturnType<typeof saidOf>]>([
  [{ type: "integer" }, " 12 ", { value: 12 }],
  [{ type: "integer" }, "many", { wrong: "notNumber" }],
  [STRINGS, "a\n\n b \n", { value: ["a", "b"] }],
  [{}, '{"words": ["x"]}', { value: { words: ["x"] } }],
  [{}, "{", { wrong: "notJson" }],
  [{ type: "string", format: "date-time" }, "2026-05-12T09:00", { value: "2026-05-12T09:00:00.000Z" }],
  [{ type: "string", format: "date-time" }, "soon", { wrong: "notTime" }],
  [{ type: "boolean" }, false, { value: false }],
])("%j filled in with %j says %j", (schema, filled, said) => {
  expect(saidOf(field(schema), filled)).toEqual(said)
})

test("what is not filled in is not sent, so that the node's own default holds; what is required is asked for", () => {
  for (const schema of [{ type: "string", default: "x" }, { type: "integer" }, STRINGS, {}]) {
    expect(saidOf(field(schema), emptyOf(field(schema)))).toEqual({})
    expect(saidOf(field(schema, true), emptyOf(field(schema, true)))).toEqual({ wrong: "missing" })
  }
  expect(emptyOf(field({ type: "boolean", default: true }))).toBe(true)
})
