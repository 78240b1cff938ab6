import { createReadStream, existsSync, statSync } from "node:fs"
import { open } from "node:fs/promises"
import { basename } from "node:path"
import { z } from "zod"
import { localPath, procedure } from "#access"
import { Failure } from "#vocabulary/failure"
import type { Material } from "./importer.ts"
import { IMPORTERS } from "./importers/list.ts"
import { openText } from "./mapping/layout.ts"
import { previewMapping } from "./mapping/preview.ts"

const HEAD_BYTES = 65_536

/** A file that is not taken in yet, as importers see one. */
async function materialAt(path: string): Promise<Material> {
  if (!existsSync(path) || !statSync(path).isFile()) throw new Failure("invalid.no-such-path", `There is no file at ${path}.`, { at: path })
  const sizeBytes = statSync(path).size
  const handle = await open(path)
  const head = new Uint8Array(Math.min(HEAD_BYTES, sizeBytes))
  try {
    await handle.read(head, 0, head.length, 0)
  } finally {
    await handle.close()
  }
  return {
    name: basename(path),
    file: "",
    sizeBytes,
    head,
    open: (range) => createReadStream(path, range ? { start: range.start, end: Math.max(range.start, range.end - 1) } : {}),
    path: async () => path,
    siblings: async () => [],
  }
}

const Loose = z.record(z.string(), z.unknown())

export const preview = procedure({
  name: "records.preview",
  title: "What a mapping makes of the first rows of a table, before anything is taken in",
  input: z.object({
    path: localPath(),
    map: z.unknown().optional().describe("mapping (JSON, or a file on the command line); none = the suggested one"),
  }),
  output: z.object({
    importer: z.string(),
    suggestion: z
      .object({ mapping: z.unknown(), kind: z.string().nullable(), confidence: z.number(), reasons: z.array(z.string()) })
      .nullable(),
    records: z.array(Loose),
    rejects: z.array(Loose),
    unmapped: z.array(z.string()),
    notes: z.array(z.string()),
  }),
  needs: "take-in",
  effect: "read",
  shape: "value",
  run: async (_ctx, { path, map }) => {
    const material = await materialAt(path)
    const shown = await previewMapping(material, map ?? null)
    const text = shown.importer === "table" ? await openText(material, map) : null
    const suggested = text?.suggestion
    return {
      importer: shown.importer,
      suggestion: suggested
        ? { mapping: suggested.mapping, kind: suggested.kind, confidence: suggested.confidence, reasons: suggested.reasons }
        : null,
      records: shown.records as unknown as Record<string, unknown>[],
      rejects: shown.rejects as unknown as Record<string, unknown>[],
      unmapped: shown.unmapped,
      notes: shown.notes,
    }
  },
})

export const formats = procedure({
  name: "records.formats",
  title: "What can be read, and what becomes of unknown columns and versions",
  input: z.object({}),
  output: z.array(z.object({ id: z.string(), title: z.string(), version: z.number(), unknowns: z.string() })),
  needs: "look",
  effect: "read",
  shape: "value",
  run: async () => IMPORTERS.map(({ id, title, version, unknowns }) => ({ id, title, version, unknowns })),
})
