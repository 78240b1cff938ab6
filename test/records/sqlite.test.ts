import { copyFileSync, mkdtempSync, readFileSync, truncateSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { describe, expect, test } from "vitest"
import type { Importer } from "../../src/stages/records/importer.ts"
import { androidCallLog } from "../../src/stages/records/importers/android-calls.ts"
import { androidSms } from "../../src/stages/records/importers/android-sms.ts"
import { isSqlite } from "../../src/stages/records/sqlite/database.ts"
import { attributedText } from "../../src/stages/records/sqlite/typedstream.ts"
import { databaseFile } from "../support/database.ts"
import { materialFrom, materialOf, type Reading, reading } from "../support/material.ts"
import fc from "../support/properties.ts"

const SMS = "_id INTEGER PRIMARY KEY, thread_id INTEGER, address TEXT, date INTEGER, type INTEGER, read INTEGER, body TEXT"
const PAGE = 4096

function smsDatabase(rows: number, more: (database: DatabaseSync) => void = () => {}): string {
  return databaseFile("mmssms.db", (database) => {
    database.exec(`PRAGMA page_size = ${PAGE}; CREATE TABLE sms (${SMS})`)
    const insert = database.prepare("INSERT INTO sms VALUES (?, 1, '+447700900123', ?, 1, 1, ?)")
    database.exec("BEGIN")
    for (let i = 1; i <= rows; i++) insert.run(i, 1700000000000 + i * 1000, `کاروان نامەی ژمارە ${i} ${"x".repeat(200)}`)
    database.exec("COMMIT")
    more(database)
  })
}

function rowsRead(reading: Reading): number[] {
  return reading.records.map((record) => record.place.row as number)
}

/** Leaf pages of the table with rows in them: type 13 (file format, section 1.6). */
function leaves(bytes: Buffer): number[] {
  const found: number[] = []
  for (let at = PAGE; at < bytes.length; at += PAGE) if (bytes[at] === 13 && bytes.readUInt16BE(at + 3) > 0) found.push(at)
  return found
}

describe("a damaged database", () => {
  test("is read around a zeroed page, and the gap is told with its place", async () => {
    const path = smsDatabase(400)
    const bytes = readFileSync(path)
    const pages = leaves(bytes)
    const hit = pages[3]!
    const lost = bytes.readUInt16BE(hit + 3)
    bytes.fill(0, hit, hit + PAGE)
    const found = await reading(androidSms, await materialFrom(bytes))
    expect(found.records).toHaveLength(400 - lost)
    expect(rowsRead(found).at(-1)).toBe(400)
    expect(found.rejects).toEqual([
      { place: { file: "", table: "sms", row: expect.stringMatching(/^\d+\.\.$/) }, code: "malformed", reason: expect.any(String) },
    ])
  })

  test("is read around several zeroed pages", async () => {
    const bytes = readFileSync(smsDatabase(1000))
    const pages = leaves(bytes)
    const hits = [pages[2]!, pages[10]!, pages[11]!, pages[20]!]
    let lost = 0
    for (const at of hits) {
      lost += bytes.readUInt16BE(at + 3)
      bytes.fill(0, at, at + PAGE)
    }
    const found = await reading(androidSms, await materialFrom(bytes))
    expect(found.records).toHaveLength(1000 - lost)
    expect(found.rejects).toHaveLength(3)
  })

  test("names each lost row where an index still lists it", async () => {
    const bytes = readFileSync(smsDatabase(400, (database) => database.exec("CREATE INDEX byDate ON sms (date)")))
    const hit = leaves(bytes)[4]!
    const lost = bytes.readUInt16BE(hit + 3)
    bytes.fill(0, hit, hit + PAGE)
    const found = await reading(androidSms, await materialFrom(bytes))
    expect(found.rejects).toHaveLength(lost)
    const all = [...rowsRead(found), ...found.rejects.map((reject) => reject.place.row as number)].sort((a, b) => a - b)
    expect(all).toEqual(Array.from({ length: 400 }, (_, i) => i + 1))
  })

  test("that was cut short gives the rows of the pages that are there", async () => {
    const path = smsDatabase(1000)
    truncateSync(path, PAGE * 30)
    const material = await materialOf(path)
    expect(await androidSms.claim(material)).not.toBeNull()
    const found = await reading(androidSms, material)
    expect(found.records.length).toBeGreaterThan(100)
    expect(found.rejects.length).toBeGreaterThan(0)
    expect(found.notes.join()).toContain("damaged")
  })

  test("whose pages point back into themselves ends", async () => {
    const bytes = readFileSync(smsDatabase(2000))
    // The root of the table is the second page, an inner one: all its children become the first.
    const root = PAGE
    expect(bytes[root]).toBe(5)
    const cells = bytes.readUInt16BE(root + 3)
    const first = bytes.readUInt32BE(root + bytes.readUInt16BE(root + 12))
    for (let i = 0; i < cells; i++) bytes.writeUInt32BE(first, root + bytes.readUInt16BE(root + 12 + 2 * i))
    const found = await reading(androidSms, await materialFrom(bytes))
    expect(new Set(rowsRead(found)).size).toBe(found.records.length)
    expect(found.rejects.length).toBeGreaterThan(0)
  })

  test("never throws and never loses count, whatever bytes are flipped", { timeout: 120_000 }, async () => {
    const sound = readFileSync(smsDatabase(60))
    const position = fc.oneof(fc.integer({ min: 16, max: 400 }), fc.integer({ min: 0, max: sound.length - 1 }))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(position, fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 12 }), async (flips) => {
        const bytes = Buffer.from(sound)
        for (const [at, value] of flips) bytes[at] = value
        const material = await materialFrom(bytes)
        await androidSms.claim(material)
        const found = await reading(androidSms, material)
        expect(new Set(rowsRead(found)).size).toBe(found.records.length)
      }),
      { numRuns: 150 },
    )
  })

  test("never throws and never loses count, wherever it is cut", { timeout: 120_000 }, async () => {
    const sound = readFileSync(smsDatabase(60))
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: sound.length - 1 }), async (length) => {
        const material = await materialFrom(sound.subarray(0, length))
        await androidSms.claim(material)
        const found = await reading(androidSms, material)
        expect(found.seen).toBeGreaterThan(0)
      }),
      { numRuns: 60 },
    )
  })

  test("whose definitions cannot be read is still claimed by what its first page says, and rejected as a whole", async () => {
    const calls = readFileSync(
      databaseFile("calllog.db", (db) => db.exec("CREATE TABLE calls (_id INTEGER PRIMARY KEY, number, date, duration, type, numbertype)")),
    )
    calls.fill(0xff, 100, 108)
    const broken = await materialFrom(calls)
    expect(await androidCallLog.claim(broken)).toMatchObject({ confidence: 0.5 })
    expect(await androidSms.claim(broken)).toBeNull()
    const found = await reading(androidCallLog, broken)
    expect(found.rejects).toMatchObject([{ place: { file: "" }, code: "malformed" }])
  })
})

describe("what is no SQLite database", () => {
  test.each([
    ["an encrypted file", Buffer.from(Array.from({ length: 8192 }, (_, i) => (i * 7919) % 256))],
    ["an empty file", Buffer.alloc(0)],
    ["a file of text", Buffer.from("SQLite format 2 is not this")],
    ["a header alone", Buffer.from("SQLite format 3\0")],
  ])("%s is not claimed, and rejected when it is read all the same", async (_, bytes) => {
    const material = await materialFrom(bytes)
    expect(isSqlite(material.head)).toBe(false)
    expect(await androidSms.claim(material)).toBeNull()
    expect((await reading(androidSms, material)).rejects).toHaveLength(1)
  })
})

describe("a hostile database", () => {
  test("with views, triggers, generated columns, virtual tables and strange names runs nothing of its own", async () => {
    const path = smsDatabase(3, (database) => {
      database.exec(`
        CREATE TABLE "a"";DROP TABLE sms;--" ("x"" y" INTEGER, "select" TEXT);
        INSERT INTO "a"";DROP TABLE sms;--" VALUES (1, 'one');
        CREATE VIEW messages AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n;
        CREATE TRIGGER t AFTER INSERT ON sms BEGIN DELETE FROM sms; END;
        CREATE VIRTUAL TABLE words USING fts5(body);
        CREATE TABLE pdu (_id INTEGER PRIMARY KEY, thread_id, msg_box, m_type,
          sub TEXT GENERATED ALWAYS AS ('evaluated') VIRTUAL);
        INSERT INTO pdu (thread_id, msg_box, m_type) VALUES (1, 1, 132);
      `)
    })
    const before = readFileSync(path)
    const found = await reading(androidSms, await materialOf(path))
    expect(found.records).toHaveLength(4)
    expect(found.rejects).toEqual([])
    expect(JSON.stringify(found.records)).not.toContain("evaluated")
    expect(found.notes.join()).toContain('a";DROP TABLE sms;-- (1)')
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  test("with a view in the place of a known table is not claimed", async () => {
    const path = databaseFile("mmssms.db", (db) =>
      db.exec("CREATE VIEW sms AS SELECT 1 AS address, 2 AS body, 3 AS date, 4 AS type, 5 AS thread_id"),
    )
    expect(await androidSms.claim(await materialOf(path))).toBeNull()
  })

  test("with a cell beyond all bounds loses that row only", async () => {
    const path = smsDatabase(3, (db) => db.exec("UPDATE sms SET body = printf('%.*c', 40000000, 'x') WHERE _id = 2"))
    const found = await reading(androidSms, await materialOf(path))
    expect(rowsRead(found)).toEqual([1, 3])
    expect(found.rejects).toMatchObject([{ code: "too-large", place: { table: "sms", row: 2 } }])
  })
})

describe("values", () => {
  test("of the wrong type are read as what they spell", async () => {
    const path = smsDatabase(0, (database) => {
      database.exec(
        "INSERT INTO sms VALUES (9007199254740993, 'a thread', 447700900123, ' 1700000000000 ', 'one', x'31', x'd8b3d984d8a7d985')",
      )
      database.exec("INSERT INTO sms VALUES (-5, 1, NULL, 9223372036854775807, 1.0, '', 'zero' || char(0) || 'inside')")
    })
    const [low, high] = (await reading(androidSms, await materialOf(path))).records
    expect(high).toMatchObject({
      place: { row: "9007199254740993" },
      at: { ms: 1700000000000 },
      fields: { thread: "a thread", body: "سلام", direction: null, status: null },
      parties: [{ ids: [{ raw: "447700900123" }] }],
    })
    expect(low).toMatchObject({
      place: { row: -5 },
      at: { ms: null, raw: "9223372036854775807" },
      fields: { direction: "in", body: "zero\0inside" },
    })
  })

  test("that are no valid text keep their row, and are told", async () => {
    const path = smsDatabase(1, (db) => db.exec("UPDATE sms SET body = CAST(x'c8c9caff' AS TEXT)"))
    const found = await reading(androidSms, await materialOf(path))
    expect(found.records).toHaveLength(1)
    expect(found.notes.join()).toContain("no valid text")
  })

  test("of columns that are not known are kept beside the record", async () => {
    const path = smsDatabase(1, (db) =>
      db.exec("ALTER TABLE sms ADD COLUMN spam_score REAL DEFAULT 0.5; ALTER TABLE sms ADD COLUMN blob BLOB DEFAULT x'00ff'"),
    )
    expect((await reading(androidSms, await materialOf(path))).records[0]!.extra).toEqual({ spam_score: 0.5, blob: { hex: "00ff" } })
  })

  test("of a table without row ids are read, in a database of UTF-16", async () => {
    const path = databaseFile("mmssms.db", (db) =>
      db.exec(
        "PRAGMA encoding = 'UTF-16le'; CREATE TABLE sms (_id TEXT PRIMARY KEY, thread_id, address, date, type, body) WITHOUT ROWID; INSERT INTO sms VALUES ('a', 1, '+447700900124', 1700000000000, 2, 'بەڕێز')",
      ),
    )
    const { records } = await reading(androidSms, await materialOf(path))
    expect(records).toMatchObject([{ place: { file: "", table: "sms" }, fields: { body: "بەڕێز", direction: "out" } }])
  })
})

describe("a write-ahead log", () => {
  function walPair(): { path: string; folder: string } {
    const folder = mkdtempSync(join(tmpdir(), "walpair-"))
    const live = join(folder, "live.db")
    const database = new DatabaseSync(live)
    database.exec(
      `PRAGMA journal_mode = WAL; CREATE TABLE sms (${SMS}); INSERT INTO sms VALUES (1, 1, '+447700900125', 1700000000000, 1, 1, 'in the file'); PRAGMA wal_checkpoint(TRUNCATE)`,
    )
    database.exec("INSERT INTO sms VALUES (2, 1, '+447700900125', 1700000001000, 1, 1, 'in the log')")
    const path = join(folder, "mmssms.db")
    copyFileSync(live, path)
    copyFileSync(`${live}-wal`, `${path}-wal`)
    copyFileSync(`${live}-shm`, `${path}-shm`)
    database.close()
    return { path, folder }
  }

  test("is applied in a copy, and the exhibit keeps its bytes", async () => {
    const { path } = walPair()
    const before = [path, `${path}-wal`, `${path}-shm`].map((file) => readFileSync(file))
    const found = await reading(androidSms, await materialOf(path))
    expect(rowsRead(found)).toEqual([1, 2])
    expect(found.notes.join()).toContain("write-ahead log")
    expect([path, `${path}-wal`, `${path}-shm`].map((file, i) => readFileSync(file).equals(before[i]!))).toEqual([true, true, true])
  })

  test("that holds everything, the database itself being empty, is seen and read", async () => {
    const folder = mkdtempSync(join(tmpdir(), "walonly-"))
    const live = join(folder, "live.db")
    const database = new DatabaseSync(live)
    database.exec(
      `PRAGMA journal_mode = WAL; CREATE TABLE sms (${SMS}); INSERT INTO sms VALUES (7, 1, '+447700900126', 1700000000000, 1, 1, 'new')`,
    )
    const path = join(folder, "mmssms.db")
    copyFileSync(live, path)
    copyFileSync(`${live}-wal`, `${path}-wal`)
    database.close()
    expect(await androidSms.claim(await materialOf(path))).not.toBeNull()
    expect(rowsRead(await reading(androidSms, await materialOf(path)))).toEqual([7])
  })

  test("that is missing leaves the database readable as it stands", async () => {
    const { path } = walPair()
    const alone = join(mkdtempSync(join(tmpdir(), "walless-")), "mmssms.db")
    copyFileSync(path, alone)
    const found = await reading(androidSms, await materialOf(alone))
    expect(rowsRead(found)).toEqual([1])
    expect(found.notes).toEqual([])
  })

  test("of garbage changes nothing", async () => {
    const { path } = walPair()
    writeFileSync(`${path}-wal`, Buffer.alloc(10_000, 0x5a))
    expect(rowsRead(await reading(androidSms, await materialOf(path)))).toEqual([1])
  })
})

describe("formatted text", () => {
  const archived = (length: Buffer, text: string) =>
    Buffer.concat([
      Buffer.from(
        "040b73747265616d747970656481e803840140848484124e53417474726962757465645374726967008484084e534f626a656374008592848484084e53537472696e67019484012b",
        "hex",
      ),
      length,
      Buffer.from(text),
      Buffer.from("8684", "hex"),
    ])

  test("gives its first string, short or long", () => {
    expect(attributedText(archived(Buffer.from([9]), "سڵاو!"))).toBe("سڵاو!")
    const long = "پ".repeat(200)
    expect(attributedText(archived(Buffer.from([0x81, 0x90, 0x01]), long))).toBe(long)
  })

  test("that is anything else gives nothing and does not throw", () => {
    expect(attributedText(null)).toBeNull()
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (tail) => {
        const text = attributedText(Buffer.concat([Buffer.from("NSString"), tail]))
        expect(text === null || text.length > 0).toBe(true)
      }),
    )
  })
})

test("two importers that know a table each are told apart by how much they know", async () => {
  const claims = async (importer: Importer) => (await importer.claim(await materialOf(smsDatabase(1))))?.confidence ?? 0
  expect(await claims(androidSms)).toBeGreaterThan(await claims(androidCallLog))
})
