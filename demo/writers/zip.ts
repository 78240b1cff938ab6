import { createReadStream, createWriteStream } from "node:fs"
import { pipeline } from "node:stream/promises"
import { ZipFile } from "yazl"

/** Local time, so that the DOS stamp has the same bytes in every time zone. */
const STAMP = new Date(2026, 10, 1, 12, 0, 0)
const OPTIONS = { mtime: STAMP, mode: 0o100644, forceDosTimestamp: true } as const

type ZipEntry = { name: string; text: string } | { name: string; file: string }

/** A zip file whose bytes depend on its content alone. */
export async function writeZip(path: string, entries: readonly ZipEntry[]): Promise<void> {
  const zip = new ZipFile()
  for (const entry of entries) {
    if ("text" in entry) zip.addBuffer(Buffer.from(entry.text, "utf8"), entry.name, OPTIONS)
    else zip.addReadStream(createReadStream(entry.file), entry.name, OPTIONS)
  }
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(path))
}
