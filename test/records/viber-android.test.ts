import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { viberAndroid } from "../../src/stages/records/importers/viber-android.ts"
import { testVectors } from "../support/database.ts"
import { countOf, materialOf, reading, SHARED } from "../support/material.ts"

describe("viber-android vectors", () => testVectors(viberAndroid))

test.skipIf(!SHARED)("reads plaso's viber_data (shared data)", async () => {
  const material = await materialOf(join(SHARED!, "phones/plaso/viber_data"))
  expect(await viberAndroid.claim(material)).not.toBeNull()
  const found = await reading(viberAndroid, material)
  expect(countOf(found.records)).toEqual({ contact: 5, account: 1, call: 4, "call/viber": 4 })
  expect(found.rejects).toEqual([])
  expect(found.notes[0]).toMatch(/^24 raw contacts/)
  expect(found.records.flatMap((record) => (record.extra?.rawContacts as number[] | undefined) ?? [])).toHaveLength(24)
})
