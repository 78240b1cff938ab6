import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { androidContacts } from "../../src/stages/records/importers/android-contacts.ts"
import { testVectors } from "../support/database.ts"
import { countOf, materialOf, reading, SHARED } from "../support/material.ts"

describe("android-contacts vectors", () => testVectors(androidContacts))

test.skipIf(!SHARED)("reads the calls of plaso's contacts2.db (shared data)", async () => {
  const material = await materialOf(join(SHARED!, "phones/plaso/contacts2.db"))
  expect(await androidContacts.claim(material)).not.toBeNull()
  const found = await reading(androidContacts, material)
  expect(countOf(found.records)).toEqual({ call: 3, "call/cellular": 3 })
  expect(found.rejects).toEqual([])
  expect(found.records.map((record) => record.fields)).toMatchObject([
    { outcome: "missed", durationS: 0 },
    { direction: "out", durationS: 126 },
    { outcome: "answered", durationS: 639 },
  ])
})
