import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto"
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, rmSync } from "node:fs"
import { type FileHandle, open, rename, rm } from "node:fs/promises"
import { join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { Failure } from "#vocabulary/failure"
import type { Migration } from "./migrations.ts"
import type { Register, Tx } from "./register.ts"

/**
 * Originals by hash, written once. Each file is sealed with a content key of its own in chunks of 1 MiB (AES-256-GCM, the
 * chunk's number and a last-chunk flag in the nonce, so that no chunk can be moved, dropped or cut off). The content key is
 * wrapped once per exhibit that holds the bytes: when the last wrap is gone, so is the content.
 */
export interface Vault {
  /** Reads a stream aside, hashing and sealing it. Nothing is held until `hold` ran in a transaction that committed. */
  stage(content: Readable, options?: { limitBytes?: number }): Promise<Staged>
  /** The content as a stream of exactly the asked range. Each chunk's seal is checked as it is read. */
  open(exhibit: string, sha256: string, range?: { start: number; end: number }): Promise<Readable>
  /** Writes the plain content to a file that the caller removes. */
  copyTo(exhibit: string, sha256: string, path: string): Promise<void>
  /**
   * Takes an exhibit's keys away in the caller's transaction: once it commits, nothing opens the content for this exhibit. Of
   * content that no other exhibit holds the file goes with `discard`, to be called after the commit.
   */
  destroy(tx: Tx, exhibit: string): Promise<Destroyed[]>
  /** Removes the files of contents that no exhibit holds; those that one holds stay. Can be repeated. */
  discard(sha256s: readonly string[]): Promise<number>
  /** Removes files that no committed row names. Only while nobody else seals: that is in a job, or while the folder is opened alone. */
  sweep(): Promise<number>
}

/** Content to which an exhibit had a key. */
export interface Destroyed {
  sha256: string
  sizeBytes: number
  /** No exhibit holds it any more. */
  unheld: boolean
}

export interface Staged {
  sha256: string
  sizeBytes: number
  /** The first 64 KiB. */
  head: Uint8Array
  /** Puts the sealed file in its place and records it, for one exhibit. The caller's transaction decides. */
  hold(tx: Tx, exhibit: string): Promise<{ alreadyHeld: boolean }>
  /** Forgets what was staged. */
  drop(): Promise<void>
}

export const vaultMigrations: Migration[] = [
  {
    id: "0001-vault",
    sql: `
      create table blob (sha256 text primary key, size_bytes bigint not null, stored_at timestamptz not null default now());
      create table blob_key (sha256 text not null references blob, exhibit text not null, wrapped bytea not null, primary key (exhibit, sha256));
      create index blob_key_sha256 on blob_key (sha256);
      grant select, insert, delete on blob, blob_key to linchpin_app;`,
  },
]

const CHUNK = 1 << 20
const TAG = 16
const HEAD_BYTES = 65_536

function nonceOf(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(last ? 1 : 0, 0)
  nonce.writeBigUInt64BE(BigInt(index), 4)
  return nonce
}

function sealChunk(key: Buffer, index: number, last: boolean, plain: Uint8Array): Buffer[] {
  const cipher = createCipheriv("aes-256-gcm", key, nonceOf(index, last))
  return [cipher.update(plain), cipher.final(), cipher.getAuthTag()]
}

function wrap(nodeKey: Buffer, exhibit: string, contentKey: Buffer): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv("aes-256-gcm", nodeKey, nonce)
  cipher.setAAD(Buffer.from(exhibit))
  return Buffer.concat([nonce, cipher.update(contentKey), cipher.final(), cipher.getAuthTag()])
}

function unwrap(nodeKey: Buffer, exhibit: string, wrapped: Buffer): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", nodeKey, wrapped.subarray(0, 12))
  decipher.setAAD(Buffer.from(exhibit))
  decipher.setAuthTag(wrapped.subarray(-TAG))
  return Buffer.concat([decipher.update(wrapped.subarray(12, -TAG)), decipher.final()])
}

export function openVault(folder: string, register: Register, nodeKey: Buffer): Vault {
  const aside = join(folder, "aside")
  mkdirSync(aside, { recursive: true, mode: 0o700 })
  const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256)

  const keyAndSize = async (exhibit: string, sha256: string): Promise<{ key: Buffer; sizeBytes: number }> => {
    const { rows } = await register.read.query<{ wrapped: Buffer; size_bytes: string }>(
      "select wrapped, size_bytes from blob_key join blob using (sha256) where exhibit = $1 and sha256 = $2",
      [exhibit, sha256],
    )
    if (!rows[0])
      throw new Failure("refused.no-key", "There is no key to this content for this exhibit: it was never held, or it was destroyed.", {
        at: sha256,
      })
    return { key: unwrap(nodeKey, exhibit, rows[0].wrapped), sizeBytes: Number(rows[0].size_bytes) }
  }

  const stage: Vault["stage"] = async (content, options = {}) => {
    const path = join(aside, randomBytes(12).toString("hex"))
    const key = randomBytes(32)
    const hash = createHash("sha256")
    const head = Buffer.alloc(HEAD_BYTES)
    let sizeBytes = 0
    let index = 0
    const file = await open(path, "wx", 0o600)
    try {
      let held: Buffer[] = []
      let heldBytes = 0
      const flush = async (last: boolean) => {
        const plain = Buffer.concat(held)
        let from = 0
        while (plain.length - from > CHUNK) {
          await file.writev(sealChunk(key, index++, false, plain.subarray(from, from + CHUNK)))
          from += CHUNK
        }
        if (last) await file.writev(sealChunk(key, index++, true, plain.subarray(from)))
        held = last ? [] : [plain.subarray(from)]
        heldBytes = last ? 0 : plain.length - from
      }
      for await (const part of content as AsyncIterable<Buffer>) {
        hash.update(part)
        if (sizeBytes < HEAD_BYTES) part.copy(head, sizeBytes, 0, Math.min(part.length, HEAD_BYTES - sizeBytes))
        sizeBytes += part.length
        if (options.limitBytes !== undefined && sizeBytes > options.limitBytes)
          throw new Failure("invalid.too-large", `The content is larger than ${options.limitBytes} bytes.`, {
            hint: "Raise the limit, or take the container in as it is.",
          })
        held.push(part)
        heldBytes += part.length
        if (heldBytes > CHUNK) await flush(false)
      }
      await flush(true)
      await file.sync()
    } catch (error) {
      await file.close()
      await rm(path, { force: true })
      throw error
    }
    await file.close()
    const sha256 = hash.digest("hex")
    return {
      sha256,
      sizeBytes,
      head: head.subarray(0, Math.min(sizeBytes, HEAD_BYTES)),
      hold: async (tx, exhibit) => {
        await lockContent(tx, sha256)
        const known = await tx.query<{ exhibit: string; wrapped: Buffer }>(
          "select exhibit, wrapped from blob_key where sha256 = $1 order by exhibit limit 1",
          [sha256],
        )
        const other = known.rows[0]
        if (other && existsSync(pathOf(sha256))) {
          await tx.query("insert into blob_key (sha256, exhibit, wrapped) values ($1, $2, $3) on conflict do nothing", [
            sha256,
            exhibit,
            wrap(nodeKey, exhibit, unwrap(nodeKey, other.exhibit, other.wrapped)),
          ])
          await rm(path, { force: true })
          return { alreadyHeld: true }
        }
        const target = pathOf(sha256)
        mkdirSync(join(folder, sha256.slice(0, 2)), { recursive: true, mode: 0o700 })
        await rename(path, target)
        syncFolder(join(folder, sha256.slice(0, 2)))
        await tx.query("insert into blob (sha256, size_bytes) values ($1, $2) on conflict do nothing", [sha256, sizeBytes])
        // Where the disk had lost the file, this one takes its place under a new key: whoever held the bytes holds them again.
        const holders = await tx.query<{ exhibit: string }>("delete from blob_key where sha256 = $1 returning exhibit", [sha256])
        for (const holder of new Set([...holders.rows.map((r) => r.exhibit), exhibit]))
          await tx.query("insert into blob_key (sha256, exhibit, wrapped) values ($1, $2, $3)", [
            sha256,
            holder,
            wrap(nodeKey, holder, key),
          ])
        return { alreadyHeld: false }
      },
      drop: () => rm(path, { force: true }),
    }
  }

  const openContent: Vault["open"] = async (exhibit, sha256, range) => {
    const { key, sizeBytes } = await keyAndSize(exhibit, sha256)
    let file: FileHandle
    try {
      file = await open(pathOf(sha256), "r")
    } catch (cause) {
      throw new Failure("unavailable.vault-file-missing", "The vault has lost a sealed file.", {
        at: sha256,
        hint: "Restore it from a backup; its hash is its name.",
        cause,
      })
    }
    return Readable.from(chunks(file, key, sha256, sizeBytes, range), { objectMode: false, highWaterMark: CHUNK })
  }

  return {
    stage,
    open: openContent,
    copyTo: async (exhibit, sha256, path) => {
      const target = await open(path, "wx", 0o600)
      await pipeline(await openContent(exhibit, sha256), target.createWriteStream())
    },
    destroy: async (tx, exhibit) => {
      const { rows: held } = await tx.query<{ sha256: string }>("select sha256 from blob_key where exhibit = $1 order by sha256", [exhibit])
      const out: Destroyed[] = []
      for (const { sha256 } of held) {
        await lockContent(tx, sha256)
        await tx.query("delete from blob_key where exhibit = $1 and sha256 = $2", [exhibit, sha256])
        const { rows } = await tx.query<{ size_bytes: string; unheld: boolean }>(
          "select size_bytes, not exists (select from blob_key where sha256 = $1) as unheld from blob where sha256 = $1",
          [sha256],
        )
        const { size_bytes, unheld } = rows[0]!
        if (unheld) await tx.query("delete from blob where sha256 = $1", [sha256])
        out.push({ sha256, sizeBytes: Number(size_bytes), unheld })
      }
      return out
    },
    discard: async (sha256s) => {
      let removed = 0
      for (const sha256 of new Set(sha256s))
        await register.transaction(async (tx) => {
          await lockContent(tx, sha256)
          const held = await tx.query("select from blob where sha256 = $1", [sha256])
          if (held.rowCount !== 0 || !existsSync(pathOf(sha256))) return
          rmSync(pathOf(sha256))
          syncFolder(join(folder, sha256.slice(0, 2)))
          removed++
        })
      return removed
    },
    sweep: async () => {
      const { rows } = await register.read.query<{ sha256: string }>("select sha256 from blob")
      const known = new Set(rows.map((r) => r.sha256))
      let swept = 0
      for (const name of readdirSync(folder)) {
        for (const file of readdirSync(join(folder, name))) {
          if (name !== "aside" && known.has(file)) continue
          rmSync(join(folder, name, file), { force: true })
          swept++
        }
      }
      return swept
    },
  }
}

/** Whoever gives content its place or takes it away waits for whoever does the same. */
const lockContent = (tx: Tx, sha256: string) => tx.query("select pg_advisory_xact_lock(hashtextextended($1, 7))", [sha256])

/** Makes a rename last: the folder's entry is written too. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, "r")
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

const sealBroken = (sha256: string, where: string, cause?: unknown): Failure =>
  new Failure("unavailable.seal-broken", `The sealed content was changed on the disk (${where}).`, {
    at: sha256,
    hint: "Restore the file from a backup; its hash is its name.",
    cause,
  })

async function* chunks(
  file: FileHandle,
  key: Buffer,
  sha256: string,
  sizeBytes: number,
  range?: { start: number; end: number },
): AsyncGenerator<Buffer> {
  try {
    const count = Math.max(1, Math.ceil(sizeBytes / CHUNK))
    // A range may lie wholly before or behind what was cut off or added: the length is checked first.
    if ((await file.stat()).size !== sizeBytes + count * TAG) throw sealBroken(sha256, "its length")
    const start = Math.min(Math.max(range?.start ?? 0, 0), sizeBytes)
    const end = Math.min(Math.max(range?.end ?? sizeBytes, start), sizeBytes)
    if (range && start === end) return
    const sealed = Buffer.allocUnsafe(Math.min(CHUNK, sizeBytes) + TAG)
    for (let index = Math.floor(start / CHUNK); index < count && (index * CHUNK < end || end === 0); index++) {
      const { bytesRead } = await file.read(sealed, 0, sealed.length, index * (CHUNK + TAG))
      let plain: Buffer
      try {
        const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(index, index === count - 1))
        decipher.setAuthTag(sealed.subarray(bytesRead - TAG, bytesRead))
        plain = decipher.update(sealed.subarray(0, bytesRead - TAG))
        decipher.final()
      } catch (cause) {
        throw sealBroken(sha256, `chunk ${index}`, cause)
      }
      const from = Math.max(0, start - index * CHUNK)
      const to = Math.min(plain.length, end - index * CHUNK)
      if (to > from) yield plain.subarray(from, to)
    }
  } finally {
    await file.close()
  }
}
