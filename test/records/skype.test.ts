import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { skype } from "../../src/stages/records/importers/skype.ts"
import { testVectors } from "../support/database.ts"
import { countOf, materialOf, reading, SHARED } from "../support/material.ts"

describe("skype vectors", () => testVectors(skype))

test.skipIf(!SHARED)("reads plaso's main.db (shared data)", async () => {
  const material = await materialOf(join(SHARED!, "phones/plaso/skype_main.db"))
  expect(await skype.claim(material)).not.toBeNull()
  const found = await reading(skype, material)
  expect(countOf(found.records)).toEqual({
    account: 1,
    contact: 2,
    message: 16,
    "message/skype": 14,
    "message/skype sms": 2,
    call: 1,
    "call/skype": 1,
    file: 2,
  })
  expect(found.rejects).toEqual([])
})
