import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { afterAll, beforeAll, expect, test } from "vitest"
import { sqliteCompanion } from "../../src/stages/records/importers/sqlite-companion.ts"
import { databaseFile } from "../support/database.ts"
import { materialFrom, materialOf, reading } from "../support/material.ts"
import { type TestApp, take, testApp } from "../support/store.ts"

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.end())

/** A database with a write-ahead log that is not folded in, as a phone that was switched off leaves it. */
function unfolded(): { folder: string; close: () => void } {
  const folder = join(mkdtempSync(join(tmpdir(), "companion-")), "phone")
  mkdirSync(folder)
  const database = new DatabaseSync(join(folder, "sms.db"))
  database.exec(
    "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE sms (_id INTEGER PRIMARY KEY, thread_id INTEGER, address TEXT, date INTEGER, type INTEGER, read INTEGER, body TEXT)",
  )
  database.exec("INSERT INTO sms VALUES (1, 1, '+447700900180', 1717230000000, 1, 1, 'کەشتی')")
  return { folder, close: () => database.close() }
}

test("log and index beside their database hold no unit and name it", async () => {
  const { folder, close } = unfolded()
  try {
    const notes: string[] = []
    for (const name of ["sms.db-wal", "sms.db-shm"]) {
      const material = await materialOf(join(folder, name))
      expect((await sqliteCompanion.claim(material))?.confidence).toBeGreaterThan(0.8)
      const out = await reading(sqliteCompanion, material)
      expect([out.seen, out.records.length]).toEqual([0, 0])
      notes.push(...out.notes)
    }
    expect(notes).toEqual([
      "The write-ahead log of sms.db: what it holds is read together with that database, where its format is known.",
      "The index of a write-ahead log of sms.db.",
    ])
  } finally {
    close()
  }
})

test("a log whose database is not beside it is told as not read", async () => {
  const { folder, close } = unfolded()
  try {
    const out = await reading(sqliteCompanion, await materialOf(join(folder, "sms.db-wal"), true))
    expect(out.rejects.map((r) => r.code)).toEqual(["database-missing"])
  } finally {
    close()
  }
})

test("a rollback journal is known by its content, an empty or zeroed companion by its name", async () => {
  const folder = mkdtempSync(join(tmpdir(), "companion-"))
  const journal = Buffer.concat([Buffer.from("d9d505f920a163d7", "hex"), Buffer.alloc(504)])
  const given: [string, Uint8Array, boolean][] = [
    ["chat.db-journal", journal, true],
    ["misnamed.bin", journal, true],
    ["chat.db-journal", Buffer.alloc(512), true],
    ["chat.db-wal", Buffer.alloc(0), true],
    ["chat.db-wal", Buffer.from("not a log at all, whatever it is called"), false],
    ["letter.txt", Buffer.alloc(0), false],
  ]
  for (const [name, bytes, claimed] of given) {
    writeFileSync(join(folder, name), bytes)
    expect([name, (await sqliteCompanion.claim(await materialOf(join(folder, name)))) !== null]).toEqual([name, claimed])
  }
})

test("a database itself is not claimed", async () => {
  const path = databaseFile("sms.db", (database) => database.exec("CREATE TABLE sms (_id INTEGER PRIMARY KEY)"))
  expect(await sqliteCompanion.claim(await materialOf(path))).toBeNull()
  expect(await sqliteCompanion.claim(await materialFrom("plain text", "notes.txt"))).toBeNull()
})

test("intake tells companions as read, also an empty one, and reads their content with the database", async () => {
  const { folder, close } = unfolded()
  try {
    writeFileSync(join(folder, "other.db-wal"), "")
    writeFileSync(join(folder, "empty.txt"), "")
    const files = await take(app, "companions", [dirname(folder)])
    const told = Object.fromEntries(files.map((f) => [f.path.slice(folder.length + 1), [f.state, f.format, f.there, f.rejected]]))
    expect(told).toEqual({
      "sms.db": ["read", "android-sms", 1, 0],
      "sms.db-wal": ["read", "sqlite-companion", 0, 0],
      "sms.db-shm": ["read", "sqlite-companion", 0, 0],
      "other.db-wal": ["read", "sqlite-companion", 0, 0],
      "empty.txt": ["unclaimed", null, 0, 0],
    })
  } finally {
    close()
  }
})
