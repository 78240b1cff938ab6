import { createWriteStream } from "node:fs"
import { rm } from "node:fs/promises"
import { PassThrough, type Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { Store } from "#store"
import { containerOf, type Member, openContainer, type Unopened } from "./container.ts"
import type { ExhibitRow } from "./sql.ts"

/** One readable thing of an exhibit: the sealed file itself, or a member of the container that it is. */
export interface Content {
  name: string
  /** `""` for the exhibit itself. */
  file: string
  sizeBytes: number
  sha256: string
  mediaType: string
  head(): Promise<Uint8Array>
  open(range?: { start: number; end: number }): Readable
  /** A plain file with the content, made at the first call, gone after `close`. */
  path(): Promise<string>
}

/** What is in an exhibit. Containers are opened; `close` removes every plain copy. */
export interface Contents {
  contents: Content[]
  unopened: Unopened[]
  /** True when the exhibit is a container and `contents` are its members. */
  container: boolean
  close(): Promise<void>
}

const HEAD_BYTES = 65_536

/** Opens a sealed exhibit for reading. The seal is checked as the bytes are read. */
export async function openExhibit(
  store: Store,
  exhibit: Pick<ExhibitRow, "id" | "sha256" | "name" | "size_bytes" | "media_type">,
): Promise<Contents> {
  const copies: string[] = []
  const whole: Content = {
    name: exhibit.name,
    file: "",
    sizeBytes: Number(exhibit.size_bytes),
    sha256: exhibit.sha256,
    mediaType: exhibit.media_type,
    head: async () => {
      const parts: Buffer[] = []
      for await (const part of (await store.vault.open(exhibit.id, exhibit.sha256, { start: 0, end: HEAD_BYTES })) as AsyncIterable<Buffer>)
        parts.push(part)
      return Buffer.concat(parts)
    },
    open: (range) => later(() => store.vault.open(exhibit.id, exhibit.sha256, range)),
    path: once(async () => {
      const copy = store.scratch()
      copies.push(copy)
      await store.vault.copyTo(exhibit.id, exhibit.sha256, copy)
      return copy
    }),
  }
  const removeCopies = async () => {
    for (const copy of copies) await rm(copy, { force: true, recursive: true })
  }
  const kind = containerOf(await whole.head())
  if (!kind) return { contents: [whole], unopened: [], container: false, close: removeCopies }
  const opened = await openContainer(await whole.path(), kind, (suffix) => store.scratch(suffix))
  return {
    contents: opened.members.map((m) => ofMember(m, store, copies)),
    unopened: opened.unopened,
    container: true,
    close: async () => {
      await opened.close()
      await removeCopies()
    },
  }
}

function ofMember(member: Member, store: Store, copies: string[]): Content {
  return {
    name: member.path.split(/[/!]/).at(-1)!,
    file: member.path,
    sizeBytes: member.sizeBytes,
    sha256: member.sha256,
    mediaType: member.mediaType,
    head: async () => {
      const parts: Buffer[] = []
      let bytes = 0
      for await (const part of (await member.open()) as AsyncIterable<Buffer>) {
        parts.push(part)
        bytes += part.length
        if (bytes >= HEAD_BYTES) break
      }
      return Buffer.concat(parts).subarray(0, HEAD_BYTES)
    },
    open: (range) => later(async () => (range ? slice(await member.open(), range.start, range.end) : member.open())),
    path: once(async () => {
      const copy = store.scratch()
      copies.push(copy)
      await pipeline(await member.open(), createWriteStream(copy, { flags: "wx", mode: 0o600 }))
      return copy
    }),
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** A stream that exists at once and is filled when its source has opened. */
function later(open: () => Promise<Readable>): Readable {
  const out = new PassThrough({ highWaterMark: 1 << 20 })
  open().then(
    (source) => {
      source.on("error", (error) => out.destroy(error))
      out.on("close", () => source.destroy())
      source.pipe(out)
    },
    (error: Error) => out.destroy(error),
  )
  return out
}

async function slice(source: Readable, start: number, end: number): Promise<Readable> {
  const out = new PassThrough()
  void (async () => {
    let at = 0
    try {
      for await (const part of source as AsyncIterable<Buffer>) {
        const from = Math.max(0, start - at)
        const to = Math.min(part.length, end - at)
        if (to > from && !out.write(part.subarray(from, to))) await new Promise((done) => out.once("drain", () => done(undefined)))
        at += part.length
        if (at >= end) break
      }
      out.end()
    } catch (error) {
      out.destroy(error as Error)
    }
  })()
  return out
}
