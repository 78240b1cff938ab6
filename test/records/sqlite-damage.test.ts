import { readFileSync } from "node:fs"
import type { DatabaseSync } from "node:sqlite"
import { describe, expect, test } from "vitest"
import type { Importer } from "../../src/stages/records/importer.ts"
import { androidCallLog } from "../../src/stages/records/importers/android-calls.ts"
import { androidContacts } from "../../src/stages/records/importers/android-contacts.ts"
import { androidSms } from "../../src/stages/records/importers/android-sms.ts"
import { googleVoice } from "../../src/stages/records/importers/google-voice.ts"
import { iosAddressBook } from "../../src/stages/records/importers/ios-addressbook.ts"
import { iosCallHistory } from "../../src/stages/records/importers/ios-callhistory.ts"
import { iosSms } from "../../src/stages/records/importers/ios-sms.ts"
import { iosVoicemail } from "../../src/stages/records/importers/ios-voicemail.ts"
import { kikIos } from "../../src/stages/records/importers/kik-ios.ts"
import { skype } from "../../src/stages/records/importers/skype.ts"
import { tango } from "../../src/stages/records/importers/tango.ts"
import { twitter } from "../../src/stages/records/importers/twitter.ts"
import { viberAndroid } from "../../src/stages/records/importers/viber-android.ts"
import { whatsappAndroid } from "../../src/stages/records/importers/whatsapp-android.ts"
import { whatsappIos } from "../../src/stages/records/importers/whatsapp-ios.ts"
import { type DatabaseVector, databaseFile, fillTables, vectorsOf } from "../support/database.ts"
import { materialFrom, materialOf, reading } from "../support/material.ts"
import fc from "../support/properties.ts"

const IMPORTERS: Importer[] = [
  androidCallLog,
  androidContacts,
  androidSms,
  googleVoice,
  iosAddressBook,
  iosCallHistory,
  iosSms,
  iosVoicemail,
  kikIos,
  skype,
  tango,
  twitter,
  viberAndroid,
  whatsappAndroid,
  whatsappIos,
]

const bytesOf = (vector: DatabaseVector) => readFileSync(databaseFile(vector.file, (database) => fillTables(database, vector.tables)))

/** Anything that SQLite can keep in a cell, whatever its column was meant for. */
const cell = fc.oneof(
  fc.constant(null),
  fc.integer(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.double({ noNaN: true }),
  fc.string({ unit: "binary" }),
  fc.constantFrom("-1", "0", "@g.us", "\u202Eسڵاو\0", "99999999999999999999", "[]", "BEGIN:VCARD\nTEL:"),
  fc.uint8Array({ maxLength: 40 }),
)

function refill(database: DatabaseSync, vector: DatabaseVector, values: readonly (string | number | bigint | null | Uint8Array)[]): void {
  fillTables(database, vector.tables)
  let next = 0
  for (const table of Object.keys(vector.tables)) {
    for (const column of database.prepare(`PRAGMA table_info("${table}")`).all()) {
      if (column.pk !== 0) continue
      // A column that must be filled or unique may refuse a value, and then keeps its own.
      database.prepare(`UPDATE OR IGNORE "${table}" SET "${String(column.name)}" = ?`).run(values[next++ % values.length]!)
    }
  }
}

describe.each(IMPORTERS.map((importer) => [importer.id, importer] as const))("%s", (id, importer) => {
  const vectors = vectorsOf(id)

  test("keeps count and does not throw on flipped bytes and cut ends", { timeout: 120_000 }, async () => {
    const sound = vectors.map(bytesOf)
    const damage = fc.tuple(
      fc.nat(sound.length - 1),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 40 }),
      fc.option(fc.nat(), { freq: 3 }),
    )
    await fc.assert(
      fc.asyncProperty(damage, async ([which, flips, cut]) => {
        const bytes = Buffer.from(sound[which]!)
        for (const [at, value] of flips) bytes[100 + (at % (bytes.length - 100))] = value
        const material = await materialFrom(cut === null ? bytes : bytes.subarray(0, cut % bytes.length))
        await importer.claim(material)
        const found = await reading(importer, material)
        expect([...found.records, ...found.also, ...found.rejects].every((one) => one.place.file === "")).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  test("reads every row whatever stands in its cells", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(vectors.length - 1), fc.array(cell, { minLength: 1, maxLength: 30 }), async (which, values) => {
        const vector = vectors[which]!
        const path = databaseFile(vector.file, (database) => refill(database, vector, values))
        const found = await reading(importer, await materialOf(path))
        expect(found.rejects.filter((reject) => reject.code !== "placeholder")).toEqual([])
        expect(() => JSON.stringify([...found.records, ...found.also])).not.toThrow()
      }),
      { numRuns: 40 },
    )
  })
})
