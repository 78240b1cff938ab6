import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { KIND_NAMES, KINDS } from "#vocabulary/kinds"
import { captionOf, isSchema, SCHEMA_NAMES, SCHEMA_OF_VALUE, SCHEMAS } from "#vocabulary/schemas"
import { SHARED } from "../support/material.ts"

test("captions and ends of links are properties of their schema", () => {
  const wrong = SCHEMA_NAMES.flatMap((name) => {
    const { caption, edge, properties } = SCHEMAS[name]
    return [...caption, ...(edge ? [edge.source, edge.target] : [])]
      .filter((property) => !Object.hasOwn(properties, property))
      .map((property) => `${name}.${property}`)
  })
  expect(wrong).toEqual([])
})

test("every record kind has its schema", () => {
  expect(KIND_NAMES.filter((kind) => !isSchema(KINDS[kind].schema))).toEqual([])
})

test("an identifying value type identifies in the schema that stands for it", () => {
  const words = ["holder", "alias", "outlet", "node", "name"]
  const missing = Object.entries(SCHEMA_OF_VALUE)
    .filter(([type]) => !words.includes(type))
    .filter(([type, schema]) => !Object.values(SCHEMAS[schema].properties).some((property) => property.identifies === type))
  expect(missing).toEqual([])
})

test("nationality and sex are features of nothing; religion and ethnicity are not held", () => {
  const { nationality, gender, ...others } = SCHEMAS.Person.properties
  expect([nationality?.neverFeature, gender?.neverFeature]).toEqual([true, true])
  expect(Object.keys(others).filter((name) => /relig|ethnic/i.test(name))).toEqual([])
})

test("no schema holds a password or a private key", () => {
  expect(SCHEMA_NAMES.flatMap((name) => Object.keys(SCHEMAS[name].properties)).filter((name) => /password|private/i.test(name))).toEqual([])
})

test("a caption is the first value that is there", () => {
  expect(captionOf("Hull", { win: [" "], make: ["Unbranded"], model: ["12 m"] })).toBe("Unbranded")
  expect(captionOf("Hull", {})).toBeNull()
  expect(captionOf("Person", { weakAlias: ["Nato"], alias: [] })).toBe("Nato")
})

test.skipIf(!SHARED)("properties not marked as ours are FollowTheMoney's (needs the shared schema files)", () => {
  const folder = join(SHARED!, "exchange/followthemoney")
  const read = (name: string): { parents: string[]; properties: string[] } => {
    const path = join(folder, `${name}.yaml`)
    if (!existsSync(path)) return { parents: [], properties: [] }
    const lines = readFileSync(path, "utf8").split("\n")
    const section = (head: string) => {
      const from = lines.findIndex((line) => line.startsWith(`  ${head}:`))
      if (from < 0) return []
      const to = lines.findIndex((line, at) => at > from && /^ {2}\S/.test(line) && !line.trimStart().startsWith("#"))
      return lines.slice(from + 1, to < 0 ? undefined : to)
    }
    return {
      parents: section("extends").flatMap((line) => /^ {4}- "?(\w+)"?/.exec(line)?.[1] ?? []),
      properties: section("properties").flatMap((line) => /^ {4}(\w+):/.exec(line)?.[1] ?? []),
    }
  }
  const all = (name: string): string[] => {
    const { parents, properties } = read(name)
    return [...properties, ...parents.flatMap(all)]
  }
  expect(all("Person")).toContain("fatherName")
  const unknown = SCHEMA_NAMES.flatMap((name) => {
    const { follows, properties } = SCHEMAS[name]
    if (follows === null) return []
    const theirs = new Set(all(follows))
    return Object.entries(properties).flatMap(([property, { ours }]) => (ours ? [] : theirs.has(property) ? [] : [`${name}.${property}`]))
  })
  expect(unknown).toEqual([])
})
