import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { twitter } from "../../src/stages/records/importers/twitter.ts"
import { testVectors } from "../support/database.ts"
import { countOf, materialOf, reading, SHARED } from "../support/material.ts"

describe("twitter vectors", () => testVectors(twitter))

test.skipIf(!SHARED)("reads plaso's twitter.db (shared data)", async () => {
  const material = await materialOf(join(SHARED!, "phones/plaso/twitter.db"))
  expect(await twitter.claim(material)).not.toBeNull()
  const found = await reading(twitter, material)
  expect(countOf(found.records)).toEqual({ account: 242, post: 263, message: 1, "message/twitter": 1 })
  expect(found.rejects).toEqual([])
})
