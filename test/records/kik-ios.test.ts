import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { kikIos } from "../../src/stages/records/importers/kik-ios.ts"
import { testVectors } from "../support/database.ts"
import { countOf, materialOf, reading, SHARED } from "../support/material.ts"

describe("kik-ios vectors", () => testVectors(kikIos))

test.skipIf(!SHARED)("reads plaso's kik.sqlite (shared data)", async () => {
  const material = await materialOf(join(SHARED!, "phones/plaso/kik.sqlite"))
  expect(await kikIos.claim(material)).not.toBeNull()
  const found = await reading(kikIos, material)
  expect(countOf(found.records)).toEqual({ message: 60, "message/kik": 60, account: 25 })
  expect(found.rejects).toEqual([])
})
