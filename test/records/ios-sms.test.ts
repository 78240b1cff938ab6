import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { iosSms } from "../../src/stages/records/importers/ios-sms.ts"
import { testVectors } from "../support/database.ts"
import { countOf, materialOf, reading, SHARED } from "../support/material.ts"

describe("ios-sms vectors", () => testVectors(iosSms))

test.skipIf(!SHARED)("reads plaso's imessage_chat.db of macOS (shared data)", async () => {
  const material = await materialOf(join(SHARED!, "phones/plaso/imessage_chat.db"))
  expect(await iosSms.claim(material)).not.toBeNull()
  const found = await reading(iosSms, material)
  expect(countOf(found.records)).toEqual({ message: 10, "message/imessage": 10 })
  expect(found.rejects).toEqual([])
  expect(countOf(found.also)).toEqual({ account: 1 })
})
