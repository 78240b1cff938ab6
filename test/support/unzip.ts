import { createWriteStream, mkdirSync, mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { pipeline } from "node:stream/promises"
import { openPromise } from "yauzl"

/** Unpacks the members of the folders that hold `suffix` into temporary folders; gives the path of the member that ends so. */
export async function unzipped(path: string, suffix: string): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), "unzipped-"))
  const zip = await openPromise(path)
  let found: string | null = null
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith("/")) continue
    const target = join(root, dirname(entry.fileName).replaceAll("/", "_"), basename(entry.fileName))
    mkdirSync(dirname(target), { recursive: true })
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target))
    if (entry.fileName.endsWith(suffix)) found = target
  }
  zip.close()
  if (found === null) throw new Error(`${path} holds no member that ends in ${suffix}`)
  return found
}
