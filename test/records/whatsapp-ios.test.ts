import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { whatsappIos } from "../../src/stages/records/importers/whatsapp-ios.ts"
import { testVectors } from "../support/database.ts"
import { countOf, materialOf, reading, SHARED } from "../support/material.ts"
import { unzipped } from "../support/unzip.ts"

describe("whatsapp-ios vectors", () => testVectors(whatsappIos))

test.skipIf(!SHARED)("reads the messages of an iOS 15 device, with their write-ahead log (shared data)", async () => {
  const material = await materialOf(
    await unzipped(join(SHARED!, "phones/ios/testdata.whatsApp.whatsAppMessages.josh_ios15_ffs.zip"), "/ChatStorage.sqlite"),
  )
  expect(await whatsappIos.claim(material)).not.toBeNull()
  const found = await reading(whatsappIos, material)
  expect(countOf(found.records)).toEqual({ message: 32, "message/whatsapp": 32, account: 6 })
  expect(found.rejects).toEqual([])
  expect(countOf(found.also)).toEqual({ account: 1, location: 4 })
  expect(new Set(found.records.flatMap((record) => (record.fields as { thread?: string }).thread ?? [])).size).toBe(5)
  expect(found.records.filter((record) => record.place.table === "ZWACHATSESSION")).toHaveLength(5)
})

test.skipIf(!SHARED)("reads the calls of an iOS 15 device (shared data)", async () => {
  const material = await materialOf(
    await unzipped(join(SHARED!, "phones/ios/testdata.whatsApp.whatsAppCallHistory.josh_ios15_ffs.zip"), "/CallHistory.sqlite"),
  )
  expect(await whatsappIos.claim(material)).not.toBeNull()
  const found = await reading(whatsappIos, material)
  expect(countOf(found.records)).toEqual({ call: 4, "call/whatsapp": 4 })
  expect(found.rejects).toEqual([])
})

test.skipIf(!SHARED)("reads the contacts of an iOS 15 device (shared data)", async () => {
  const material = await materialOf(
    await unzipped(join(SHARED!, "phones/ios/testdata.whatsApp.whatsAppContacts.josh_ios15_ffs.zip"), "/ContactsV2.sqlite"),
  )
  expect(await whatsappIos.claim(material)).not.toBeNull()
  const found = await reading(whatsappIos, material)
  expect(countOf(found.records)).toEqual({ contact: 9 })
  expect(found.rejects).toEqual([])
})
