import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { iosAddressBook } from "../../src/stages/records/importers/ios-addressbook.ts"
import { testVectors } from "../support/database.ts"
import { countOf, materialOf, reading, SHARED } from "../support/material.ts"
import { unzipped } from "../support/unzip.ts"

describe("ios-addressbook vectors", () => testVectors(iosAddressBook))

test.skipIf(!SHARED)("reads the address book of an iOS 15 device, with its write-ahead log (shared data)", async () => {
  const material = await materialOf(
    await unzipped(join(SHARED!, "phones/ios/testdata.addressBook.addressBook.josh_ios15_ffs.zip"), "/AddressBook.sqlitedb"),
  )
  expect(await iosAddressBook.claim(material)).not.toBeNull()
  const found = await reading(iosAddressBook, material)
  expect(countOf(found.records)).toEqual({ contact: 9 })
  expect(found.rejects).toEqual([])
  expect(found.notes[0]).toContain("write-ahead log")
})
