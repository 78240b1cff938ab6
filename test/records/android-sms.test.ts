import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { androidSms } from "../../src/stages/records/importers/android-sms.ts"
import { testVectors } from "../support/database.ts"
import { countOf, materialOf, reading, SHARED } from "../support/material.ts"

describe("android-sms vectors", () => testVectors(androidSms))

test.skipIf(!SHARED)("reads plaso's mmssms.db (shared data)", async () => {
  const material = await materialOf(join(SHARED!, "phones/plaso/mmssms.db"))
  expect(await androidSms.claim(material)).not.toBeNull()
  const found = await reading(androidSms, material)
  expect(countOf(found.records)).toEqual({ message: 9, "message/sms": 9 })
  expect(found.rejects).toEqual([])
})
