import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { iosVoicemail } from "../../src/stages/records/importers/ios-voicemail.ts"
import { testVectors } from "../support/database.ts"
import { countOf, materialOf, reading, SHARED } from "../support/material.ts"
import { unzipped } from "../support/unzip.ts"

describe("ios-voicemail vectors", () => testVectors(iosVoicemail))

test.skipIf(!SHARED)("reads an empty voicemail store of an iOS 15 device (shared data)", async () => {
  const material = await materialOf(
    await unzipped(join(SHARED!, "phones/ios/testdata.voicemail.voicemail.josh_ios15_ffs.zip"), "/voicemail.db"),
  )
  expect(await iosVoicemail.claim(material)).not.toBeNull()
  const found = await reading(iosVoicemail, material)
  expect(countOf(found.records)).toEqual({ account: 1 })
  expect(found.rejects).toEqual([])
})
