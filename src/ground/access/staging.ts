import { createHash, randomBytes } from "node:crypto"
import { createReadStream, existsSync, mkdirSync, readdirSync } from "node:fs"
import { open, readFile, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Readable } from "node:stream"
import type { Store } from "#store"
import { Failure } from "#vocabulary/failure"
import type { Caller } from "./sight.ts"

/** A file that was handed in and is not sealed yet. Only whoever handed it in can name it. */
export interface Upload {
  handle: string
  name: string
  sizeBytes: number
  sha256: string
  open(): Readable
}

const HANDLE = /^st_[0-9a-f]{32}$/
/** What one caller may have waiting to be taken in. A phone extraction may be some 500 GB; the disk is the other limit. */
interface StagingLimits {
  bytes: number
  files: number
}
const LIMITS: StagingLimits = { bytes: 2 ** 40, files: 500 }

const folderOf = (store: Store, caller: Caller) => join(store.folder, "staging", caller.id)

/**
 * Streams to a file of the caller's, complete under its handle or not at all. Throws `conflict.staging-full`: before the first byte
 * where too many files wait, at the byte with which there would be too many.
 */
export async function stageUpload(
  store: Store,
  caller: Caller,
  source: { name: string; stream: AsyncIterable<Uint8Array> },
  limits = LIMITS,
): Promise<Upload> {
  const folder = folderOf(store, caller)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const left = await roomFor(store, caller, limits)
  const handle = `st_${randomBytes(16).toString("hex")}`
  const path = join(folder, handle)
  const aside = store.scratch(".upload")
  const file = await open(aside, "wx", 0o600)
  const sum = createHash("sha256")
  let sizeBytes = 0
  try {
    for await (const part of source.stream) {
      sizeBytes += part.length
      if (sizeBytes > left) throw full(source.name)
      sum.update(part)
      await file.writeFile(part)
    }
    await file.sync()
    // Another file of the caller's may have come meanwhile.
    if (sizeBytes > (await roomFor(store, caller, limits))) throw full(source.name)
  } catch (error) {
    await file.close()
    await rm(aside, { force: true })
    throw error
  }
  await file.close()
  const told = { name: source.name.replace(/^.*[/\\]/, "").slice(0, 255) || "upload", sizeBytes, sha256: sum.digest("hex") }
  await writeFile(`${path}.json`, JSON.stringify(told), { mode: 0o600 })
  await rename(aside, path)
  return { handle, ...told, open: () => createReadStream(path) }
}

const full = (at?: string) =>
  new Failure("conflict.staging-full", "Too much of yours waits to be taken in.", {
    ...(at === undefined ? {} : { at }),
    hint: "Take in what you handed in (records intake), or drop it (uploads list, uploads drop); larger things go in from a folder of the node.",
  })

/** How many bytes the caller may still hand in. */
async function roomFor(store: Store, caller: Caller, { bytes, files }: StagingLimits): Promise<number> {
  const waiting = await stagedOf(store, caller)
  if (waiting.length >= files) throw full()
  return bytes - waiting.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
}

/** Everything that the caller staged and nobody took in or dropped yet. */
export async function stagedOf(store: Store, caller: Caller): Promise<Upload[]> {
  const folder = folderOf(store, caller)
  const handles = existsSync(folder) ? readdirSync(folder).filter((name) => HANDLE.test(name)) : []
  return Promise.all(handles.sort().map((handle) => openUpload(store, caller, handle)))
}

/** What the caller staged under a handle. Throws `invalid.upload-unknown`, also for somebody else's. */
export async function openUpload(store: Store, caller: Caller, handle: string): Promise<Upload & { path: string }> {
  const unknown = (cause?: unknown) =>
    new Failure("invalid.upload-unknown", "You have no upload of that name.", { at: handle, hint: "Send the file again.", cause })
  if (!HANDLE.test(handle)) throw unknown()
  const path = join(folderOf(store, caller), handle)
  try {
    const told = JSON.parse(await readFile(`${path}.json`, "utf8")) as { name: string; sizeBytes: number; sha256: string }
    return { handle, ...told, path, open: () => createReadStream(path) }
  } catch (cause) {
    throw unknown(cause)
  }
}

/** Removes an upload, once it is sealed or no longer wanted. */
export async function dropUpload(store: Store, caller: Caller, handle: string): Promise<void> {
  const { path } = await openUpload(store, caller, handle)
  await rm(path, { force: true })
  await rm(`${path}.json`, { force: true })
}

/** Removes whatever anybody has staged of these contents: what is destroyed is not handed in any more. */
export async function dropStagedContent(store: Store, sha256s: ReadonlySet<string>): Promise<number> {
  const root = join(store.folder, "staging")
  let dropped = 0
  for (const caller of existsSync(root) ? readdirSync(root) : [])
    for (const name of readdirSync(join(root, caller))) {
      if (!name.endsWith(".json")) continue
      const told = JSON.parse(await readFile(join(root, caller, name), "utf8")) as { sha256: string }
      if (!sha256s.has(told.sha256)) continue
      await rm(join(root, caller, name.slice(0, -".json".length)), { force: true })
      await rm(join(root, caller, name), { force: true })
      dropped++
    }
  return dropped
}
