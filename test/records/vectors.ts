import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { SourceRecord } from "#vocabulary/record"
import type { Importer } from "../../src/stages/records/importer.ts"
import { materialOf, type Reading, reading } from "../support/material.ts"

/** A record as a person would check it: empty fields left out, one line per party. */
export function brief(record: SourceRecord): Record<string, unknown> {
  const fields = Object.fromEntries(
    Object.entries(record.fields).filter(([, value]) => value !== null && value !== undefined && value !== ""),
  )
  return {
    kind: record.kind,
    at: record.at === null ? null : record.at.ms === null ? `? ${record.at.raw}` : new Date(record.at.ms).toISOString(),
    ...fields,
    parties: record.parties.map((p) =>
      [
        p.owner ? `${p.part}*` : p.part,
        ...p.ids.map((id) => `${id.type}${id.platform ? `@${id.platform}` : ""}=${id.raw}`),
        ...(p.name ? [`(${p.name})`] : []),
      ].join(" "),
    ),
    ...(record.deleted && record.deleted !== "no" ? { deleted: record.deleted } : {}),
    ...(record.extra ? { extra: record.extra } : {}),
  }
}

export function summary(out: Reading): Record<string, unknown> {
  return {
    records: out.records.map(brief),
    also: out.also.map(brief),
    rejects: out.rejects.map((r) => ({ code: r.code, reason: r.reason, row: r.place.row ?? null })),
    notes: out.notes,
  }
}

export interface Vector {
  name: string
  given: string
  expect: unknown
}

/** Every file of `test/vectors/<id>` with its `.expect.json`. */
export function vectorsOf(id: string): Vector[] {
  const folder = join(import.meta.dirname, "../vectors", id)
  return readdirSync(folder)
    .filter((name) => !name.endsWith(".expect.json"))
    .map((name) => ({
      name,
      given: join(folder, name),
      expect: JSON.parse(readFileSync(join(folder, `${name}.expect.json`), "utf8")) as unknown,
    }))
}

export async function outcome(importer: Importer, path: string): Promise<unknown> {
  return JSON.parse(JSON.stringify(summary(await reading(importer, await materialOf(path, true))))) as unknown
}
