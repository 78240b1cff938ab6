import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { tango } from "../../src/stages/records/importers/tango.ts"
import { testVectors } from "../support/database.ts"
import { countOf, materialOf, reading, SHARED } from "../support/material.ts"

describe("tango vectors", () => testVectors(tango))

test.skipIf(!SHARED)("reads plaso's tango_profile.db (shared data)", async () => {
  const material = await materialOf(join(SHARED!, "phones/plaso/tango_profile.db"))
  expect(await tango.claim(material)).not.toBeNull()
  const found = await reading(tango, material)
  expect(countOf(found.records)).toEqual({ account: 57 })
  expect(found.rejects).toEqual([])
  expect(found.records.filter((record) => record.parties[0]?.owner)).toHaveLength(1)
})
