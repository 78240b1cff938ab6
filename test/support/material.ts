import { createReadStream, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { open } from "node:fs/promises"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import type { Reject, SourceRecord } from "#vocabulary/record"
import type { ImportContext, Importer, Material } from "../../src/stages/records/importer.ts"

const HEAD = 65_536

/** A Material over a plain local file, its folder's other files as siblings. */
export async function materialOf(path: string, alone = false): Promise<Material> {
  const handle = await open(path)
  const sizeBytes = statSync(path).size
  const head = new Uint8Array(Math.min(HEAD, sizeBytes))
  await handle.read(head, 0, head.length, 0)
  await handle.close()
  return {
    name: basename(path),
    file: "",
    sizeBytes,
    head,
    open: (range) => createReadStream(path, range ? { start: range.start, end: range.end - 1 } : {}),
    path: async () => path,
    siblings: async () =>
      alone
        ? []
        : Promise.all(
            readdirSync(dirname(path))
              .filter((n) => n !== basename(path) && statSync(join(dirname(path), n)).isFile())
              .map((n) => materialOf(join(dirname(path), n), true)),
          ),
  }
}

/** A Material over bytes, written to a temporary file first. */
export async function materialFrom(bytes: Uint8Array | string, name = "material"): Promise<Material> {
  const path = join(mkdtempSync(join(tmpdir(), "material-")), name)
  writeFileSync(path, bytes)
  return materialOf(path)
}

export interface Reading {
  seen: number
  records: SourceRecord[]
  also: SourceRecord[]
  rejects: Reject[]
  notes: string[]
}

export const CONTEXT: ImportContext = { region: undefined, zone: undefined, mapping: undefined, signal: new AbortController().signal }

/** Runs an importer and collects everything; throws when read + rejected is not what was there. */
export async function reading(importer: Importer, material: Material, context: Partial<ImportContext> = {}): Promise<Reading> {
  const out: Reading = { seen: 0, records: [], also: [], rejects: [], notes: [] }
  await importer.read(
    material,
    {
      seen: (n) => {
        out.seen += n
      },
      record: (r) => {
        out.records.push(r)
        return undefined
      },
      also: (r) => {
        out.also.push(r)
        return undefined
      },
      reject: (r) => {
        out.rejects.push(r)
      },
      note: (t) => {
        out.notes.push(t)
      },
    },
    { ...CONTEXT, ...context },
  )
  if (out.seen !== out.records.length + out.rejects.length)
    throw new Error(`${importer.id}: ${out.seen} there, ${out.records.length} read + ${out.rejects.length} rejected`)
  return out
}

/** Records by kind, and by kind/app where there is an app. */
export function countOf(records: SourceRecord[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const r of records) {
    const app = (r.fields as { app?: string }).app
    for (const key of app ? [r.kind, `${r.kind}/${app}`] : [r.kind]) counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}

/** The shared folder of real data, or null where it is absent. */
export const SHARED = ((): string | null => {
  const path = join(import.meta.dirname, "../../../shared/data")
  try {
    readFileSync(join(path, "README.md"))
    return path
  } catch {
    return null
  }
})()
