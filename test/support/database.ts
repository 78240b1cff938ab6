import { mkdtempSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync, type SQLInputValue } from "node:sqlite"
import { expect, test } from "vitest"
import type { Party, SourceRecord } from "#vocabulary/record"
import type { Importer } from "../../src/stages/records/importer.ts"
import { materialOf, reading } from "./material.ts"

/** A cell of a vector: JSON's values, or bytes in hexadecimal. */
type VectorCell = string | number | null | { hex: string }

/** A table of a vector: its column definitions as SQL, and its rows in their order. */
export type VectorTables = Record<string, { columns: string; rows: VectorCell[][] }>

export interface DatabaseVector {
  name: string
  /** File name on the phone. */
  file: string
  tables: VectorTables
  expect: { records: Told[]; also?: Told[]; rejects?: string[]; notes?: string[] }
}

/** A record as a vector writes it: empty fields left out, parties as one line each. */
export interface Told {
  kind: string
  place: string
  at: string | null
  parties: string[]
  fields: Record<string, unknown>
  deleted?: string
  extra?: Record<string, unknown>
}

/** Writes a new database into a temporary folder and gives its path. */
export function databaseFile(name: string, fill: (database: DatabaseSync) => void): string {
  const path = join(mkdtempSync(join(tmpdir(), "database-")), name)
  const database = new DatabaseSync(path)
  database.exec("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY")
  fill(database)
  database.close()
  return path
}

export function fillTables(database: DatabaseSync, tables: VectorTables): void {
  for (const [name, { columns, rows }] of Object.entries(tables)) {
    database.exec(`CREATE TABLE "${name}" (${columns})`)
    for (const row of rows) {
      const cells: SQLInputValue[] = row.map((cell) => (cell !== null && typeof cell === "object" ? Buffer.from(cell.hex, "hex") : cell))
      database.prepare(`INSERT INTO "${name}" VALUES (${row.map(() => "?").join(", ")})`).run(...cells)
    }
  }
}

function line(party: Party): string {
  const ids = party.ids.map((id) => `${id.type}${id.platform ? `@${id.platform}` : ""} ${id.raw}`)
  return [`${party.part}${party.owner ? " (owner)" : ""}`, ...ids, ...(party.name ? [`“${party.name}”`] : [])].join(" | ")
}

export function told(record: SourceRecord): Told {
  return {
    kind: record.kind,
    place: `${record.place.table}:${record.place.row}`,
    at: record.at === null ? null : record.at.ms === null ? `unread ${record.at.raw}` : new Date(record.at.ms).toISOString(),
    parties: record.parties.map(line),
    fields: Object.fromEntries(Object.entries(record.fields).filter(([, value]) => value !== null && value !== undefined)),
    ...(record.deleted ? { deleted: record.deleted } : {}),
    ...(record.extra ? { extra: record.extra } : {}),
  }
}

export function vectorsOf(name: string): DatabaseVector[] {
  return JSON.parse(readFileSync(join(import.meta.dirname, "../vectors/records", `${name}.json`), "utf8")) as DatabaseVector[]
}

/** One test for each vector in `test/vectors/records/<importer id>.json`: the importer claims the file and tells exactly this. */
export function testVectors(importer: Importer): void {
  test.each(vectorsOf(importer.id))("$name", async (vector) => {
    const material = await materialOf(databaseFile(vector.file, (database) => fillTables(database, vector.tables)))
    expect(await importer.claim(material)).toMatchObject({ confidence: expect.closeTo(0.95, 1) })
    const { records, also, rejects, notes } = await reading(importer, material)
    expect({
      records: records.map(told),
      ...(also.length > 0 ? { also: also.map(told) } : {}),
      ...(rejects.length > 0 ? { rejects: rejects.map((reject) => `${reject.place.table}:${reject.place.row} ${reject.code}`) } : {}),
      ...(notes.length > 0 ? { notes } : {}),
    }).toEqual(vector.expect)
  })
}
