import { createHash } from "node:crypto"
import { createReadStream, createWriteStream, statSync } from "node:fs"
import { rm } from "node:fs/promises"
import type { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { createGunzip } from "node:zlib"
import tar from "tar-stream"
import yauzl from "yauzl"
import { mediaTypeOf } from "./media.ts"

/** How far containers are opened. A member beyond a limit is kept sealed inside its container and said to be unopened. */
export interface Limits {
  depth: number
  members: number
  /** Bytes of one member when unpacked. */
  memberBytes: number
  /** Bytes of all members of one exhibit when unpacked. */
  totalBytes: number
  /** Unpacked : packed, above which a member is taken for a bomb once it is larger than 64 MiB. */
  ratio: number
}

export const LIMITS: Limits = { depth: 4, members: 500_000, memberBytes: 16 * 2 ** 30, totalBytes: 256 * 2 ** 30, ratio: 400 }

/** One file inside a container. */
export interface Member {
  /** Path inside the exhibit; `!` between nested containers. */
  path: string
  sizeBytes: number
  sha256: string
  mediaType: string
  open(): Promise<Readable>
}

/** A member that was not opened, with its reason; it stays sealed in its container. */
export interface Unopened {
  path: string
  code: "path-unsafe" | "too-deep" | "too-large" | "zip-bomb" | "encrypted" | "damaged" | "too-many"
  reason: string
}

const HEAD_BYTES = 65_536
const BOMB_FROM_BYTES = 64 * 2 ** 20

/** What kind of container the first bytes say, if any. Office documents are zips but stay whole. */
export function containerOf(head: Uint8Array): "zip" | "tar" | "gzip" | null {
  const type = mediaTypeOf(head)
  if (type === "application/zip") return isOffice(head) ? null : "zip"
  if (type === "application/x-tar") return "tar"
  if (type === "application/gzip") return "gzip"
  return null
}

function isOffice(head: Uint8Array): boolean {
  const start = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 4096)).toString("latin1")
  return (
    start.includes("[Content_Types].xml") ||
    start.includes("mimetypeapplication/vnd.oasis") ||
    /PK\x03\x04.{26}(?:xl|word|ppt|_rels)\//s.test(start)
  )
}

/**
 * A member's path below its container. An absolute one is read from there, as extraction tools write whole file systems: nothing is ever
 * written under a member's own name. Null when it climbs, is empty, or holds a NUL.
 */
export function safePath(path: string): string | null {
  const clean = path.replaceAll("\\", "/")
  if (clean.includes("\0")) return null
  const parts = clean.split("/").filter((p) => p !== "" && p !== ".")
  if (parts.includes("..") || parts.length === 0) return null
  return parts.join("/")
}

/** An opened container: its files in its order, valid until `close`. */
export interface Opened {
  members: Member[]
  unopened: Unopened[]
  close(): Promise<void>
}

/**
 * Opens a container that lies on the disk, nested ones too. Every member is read once for its hash and size. Damage ends that
 * container alone; what was unpacked before it counts. `scratch` gives paths for nested containers and tar members.
 */
export async function openContainer(
  path: string,
  kind: "zip" | "tar" | "gzip",
  scratch: (suffix: string) => string,
  limits: Limits = LIMITS,
): Promise<Opened> {
  const members: Member[] = []
  const unopened: Unopened[] = []
  const closers: (() => Promise<void>)[] = []
  const budget = { bytes: limits.totalBytes, members: limits.members }
  const named = new Set<string>()
  /** Two members of one name stay two, each with a path of its own. */
  const onePath = (path: string): string => {
    let one = path
    for (let n = 2; named.has(one); n++) one = `${path}#${n}`
    named.add(one)
    return one
  }

  const openOne = async (file: string, form: "zip" | "tar" | "gzip", prefix: string, depth: number): Promise<void> => {
    const take: Take = async (name, packedBytes, open) => {
      const inside = safePath(name)
      if (inside === null)
        return void unopened.push({ path: prefix + name, code: "path-unsafe", reason: "the path leads out of its container" })
      const at = onePath(prefix + inside)
      if (budget.members-- <= 0) return void unopened.push({ path: at, code: "too-many", reason: `more than ${limits.members} members` })
      let look: Look
      try {
        look = await lookThrough(await open(), Math.min(limits.memberBytes, budget.bytes), packedBytes, limits.ratio)
      } catch (error) {
        return void unopened.push({ path: at, code: "damaged", reason: (error as Error).message })
      }
      if (look.stopped)
        return void unopened.push({
          path: at,
          code: look.stopped,
          reason: look.stopped === "zip-bomb" ? `unpacks to more than ${limits.ratio} times its packed size` : "larger than the limit",
        })
      budget.bytes -= look.sizeBytes
      const inner = containerOf(look.head)
      if (inner && depth < limits.depth) {
        const copy = scratch(`.${inner}`)
        closers.push(() => rm(copy, { force: true }))
        await pipeline(await open(), createWriteStream(copy, { mode: 0o600 }))
        return openOne(copy, inner, `${at}!`, depth + 1)
      }
      if (inner) unopened.push({ path: at, code: "too-deep", reason: `containers nested deeper than ${limits.depth}` })
      members.push({ path: at, sizeBytes: look.sizeBytes, sha256: look.sha256, mediaType: mediaTypeOf(look.head), open })
    }
    try {
      if (form === "zip") await openZip(file, take, (u) => unopened.push({ ...u, path: prefix + u.path }), closers)
      else if (form === "tar") await openTar(file, take, scratch, closers, limits.memberBytes)
      else await take("unpacked", statSync(file).size, async () => unzipped(file))
    } catch (error) {
      unopened.push({ path: prefix === "" ? "" : prefix.slice(0, -1), code: "damaged", reason: (error as Error).message })
    }
  }
  await openOne(path, kind, "", 1)
  return {
    members,
    unopened,
    close: async () => {
      for (const closer of closers.reverse()) await closer()
    },
  }
}

/** What a gzip file holds. Either end that breaks ends the other; `compose` now and then leaves a torn file's error to nobody, or waits for ever. */
function unzipped(file: string): Readable {
  const [packed, content] = [createReadStream(file), createGunzip()]
  packed.once("error", (error) => content.destroy(error))
  content.once("close", () => packed.destroy())
  return packed.pipe(content)
}

interface Look {
  sizeBytes: number
  sha256: string
  head: Uint8Array
  stopped: "zip-bomb" | "too-large" | null
}

/** One pass over a member: hash, size and head, stopping at a limit instead of filling the disk. */
async function lookThrough(content: Readable, limitBytes: number, packedBytes: number | null, ratio: number): Promise<Look> {
  const hash = createHash("sha256")
  const head: Buffer[] = []
  let headBytes = 0
  let sizeBytes = 0
  let stopped: Look["stopped"] = null
  for await (const part of content as AsyncIterable<Buffer>) {
    hash.update(part)
    sizeBytes += part.length
    if (headBytes < HEAD_BYTES) {
      head.push(part.subarray(0, HEAD_BYTES - headBytes))
      headBytes += Math.min(part.length, HEAD_BYTES - headBytes)
    }
    if (sizeBytes > limitBytes) stopped = "too-large"
    else if (packedBytes !== null && sizeBytes > BOMB_FROM_BYTES && sizeBytes > packedBytes * ratio) stopped = "zip-bomb"
    if (stopped) break
  }
  content.destroy()
  return { sizeBytes, sha256: hash.digest("hex"), head: Buffer.concat(head), stopped }
}

type Take = (name: string, packedBytes: number | null, open: () => Promise<Readable>) => Promise<void>

async function openZip(file: string, take: Take, onUnopened: (u: Unopened) => void, closers: (() => Promise<void>)[]): Promise<void> {
  const zip = await yauzl.openPromise(file, { autoClose: false, lazyEntries: true, decodeStrings: false, validateEntrySizes: true })
  closers.push(async () => zip.close())
  for await (const entry of zip.eachEntry()) {
    // Names are decoded here, so that a hostile one is reported and not an end to the whole container.
    const name = nameOf(entry)
    if (name.endsWith("/")) continue
    if (entry.isEncrypted()) onUnopened({ path: name, code: "encrypted", reason: "locked with a password" })
    else await take(name, entry.compressedSize, () => zip.openReadStreamPromise(entry))
  }
}

function nameOf(entry: yauzl.Entry): string {
  const bytes = entry.fileName as unknown as Buffer
  const utf8 = (entry.generalPurposeBitFlag & 0x800) !== 0
  const text = new TextDecoder("utf-8").decode(bytes)
  return utf8 || !text.includes("\uFFFD") ? text : new TextDecoder("windows-1252").decode(bytes)
}

/** Tars have no index: members are unpacked beside the tar while it is open. */
async function openTar(
  file: string,
  take: Take,
  scratch: (suffix: string) => string,
  closers: (() => Promise<void>)[],
  limitBytes: number,
): Promise<void> {
  const extract = tar.extract()
  const source = createReadStream(file)
  const fed = pipeline(source, extract).catch((error: unknown) => {
    extract.destroy(error as Error)
  })
  for await (const entry of extract) {
    if (entry.header.type === "file") {
      const copy = scratch(".member")
      closers.push(() => rm(copy, { force: true }))
      if ((entry.header.size ?? 0) <= limitBytes) await pipeline(entry as unknown as Readable, createWriteStream(copy, { mode: 0o600 }))
      await take(entry.header.name, null, async () => createReadStream(copy))
    }
    entry.resume()
  }
  await fed
}
