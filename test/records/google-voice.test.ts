import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { googleVoice } from "../../src/stages/records/importers/google-voice.ts"
import { testVectors } from "../support/database.ts"
import { countOf, materialOf, reading, SHARED } from "../support/material.ts"
import { unzipped } from "../support/unzip.ts"

describe("google-voice vectors", () => testVectors(googleVoice))

test.skipIf(!SHARED)("reads the items of an iOS 17 device (shared data)", async () => {
  const material = await materialOf(
    await unzipped(join(SHARED!, "phones/ios/testdata.googleVoice.googleVoiceMessages.josh_ios17_ffs.zip"), "/threadingStore.sqlite"),
  )
  expect(await googleVoice.claim(material)).not.toBeNull()
  const found = await reading(googleVoice, material)
  expect(countOf(found.records)).toEqual({
    message: 118,
    "message/google voice": 118,
    call: 29,
    "call/google voice": 29,
    "voice-note": 5,
    "voice-note/google voice": 5,
  })
  expect(found.rejects).toEqual([])
})
