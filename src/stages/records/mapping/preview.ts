import type { Reject, SourceRecord } from "#vocabulary/record"
import type { Importer, Material } from "../importer.ts"
import { jsonLines } from "../importers/json-lines.ts"
import { table } from "../importers/table.ts"
import { xlsx } from "../importers/xlsx.ts"

/** What a mapping makes of the first rows, before anything is written. */
export interface Preview {
  importer: string
  records: SourceRecord[]
  /** Further records of the same rows. */
  further: SourceRecord[]
  rejects: Reject[]
  /** Columns that go to `extra` as they are. */
  unmapped: string[]
  notes: string[]
}

const ROWS = 20

async function importerFor(material: Material): Promise<Importer> {
  for (const importer of [xlsx, jsonLines]) if ((await importer.claim(material)) !== null) return importer
  return table
}

/**
 * Reads the first 20 units of a table, workbook or file of JSON objects under `mapping` (its JSON; null = as suggested). Throws
 * `invalid.mapping…` for a mapping that is none or does not fit.
 */
export async function previewMapping(material: Material, mapping: unknown): Promise<Preview> {
  const importer = await importerFor(material)
  const stop = new AbortController()
  const out: Preview = { importer: importer.id, records: [], further: [], rejects: [], unmapped: [], notes: [] }
  const full = () => out.records.length + out.rejects.length >= ROWS
  const unmapped = new Set<string>()
  try {
    await importer.read(
      material,
      {
        seen: () => {},
        record: (record) => {
          if (full()) stop.abort()
          else out.records.push(record as SourceRecord)
          return undefined
        },
        also: (record) => {
          if (!full()) out.further.push(record as SourceRecord)
          return undefined
        },
        reject: (reject) => {
          if (full()) stop.abort()
          else out.rejects.push(reject)
        },
        note: (text) => {
          out.notes.push(text)
        },
      },
      { region: undefined, zone: undefined, mapping, signal: stop.signal },
    )
  } catch (error) {
    if (!stop.signal.aborted) throw error
  }
  for (const record of out.records) for (const column of Object.keys(record.extra ?? {})) unmapped.add(column)
  out.unmapped = [...unmapped]
  return out
}
