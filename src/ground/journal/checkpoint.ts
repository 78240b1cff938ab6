import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, type KeyObject, sign } from "node:crypto"
import { chmodSync, existsSync, linkSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Register } from "#store"
import { Failure } from "#vocabulary/failure"
import type { Tree } from "./entry.ts"
import { type Head, head } from "./follow.ts"
import { insertCheckpoint } from "./sql.ts"

/** The node's name and key as a signer of tree heads. */
export interface Signer {
  /** Key name, as in a signed note. */
  name: string
  /** Verifier key in the form of C2SP signed-note: `name+keyhash+base64`. Give it to whoever is to check. */
  verifierKey: string
  /** A checkpoint in the form of C2SP tlog-checkpoint: origin, size, root, signature. */
  note(head: Head): string
}

const ED25519 = Buffer.from([1])
const FILE = "journal.key"

/**
 * The Ed25519 key in `DATA/journal.key`, made on first use with mode 0600. Throws `refused.key-readable` when others may read
 * it: a key that may have been copied proves nothing.
 */
export function openSigner(folder: string): Signer {
  const path = join(folder, FILE)
  if (!existsSync(path)) makeKey(path)
  if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0)
    throw new Failure("refused.key-readable", "The journal's signing key can be read by other users of this machine.", {
      at: path,
      hint: `Find out who read it; then chmod 600 ${path}.`,
    })
  let key: KeyObject
  try {
    key = createPrivateKey(readFileSync(path))
  } catch (cause) {
    throw new Failure("unavailable.key-broken", "The journal's signing key cannot be read.", {
      at: path,
      hint: "Restore it from a backup.",
      cause,
    })
  }
  const raw = Buffer.from(createPublicKey(key).export({ format: "jwk" }).x!, "base64url")
  const name = `linchpin-${hash("sha256", raw, "hex").slice(0, 16)}`
  const typed = Buffer.concat([ED25519, raw])
  const id = hash("sha256", Buffer.concat([Buffer.from(`${name}\n`), typed]), "buffer").subarray(0, 4)
  return {
    name,
    verifierKey: `${name}+${id.toString("hex")}+${typed.toString("base64")}`,
    note: ({ tree, size, root }) => {
      const text = `${name}/${tree}\n${size}\n${root.toString("base64")}\n`
      return `${text}\n\u2014 ${name} ${Buffer.concat([id, sign(null, Buffer.from(text), key)]).toString("base64")}\n`
    },
  }
}

/** Complete before it has its name, and never over another's: of two processes that start at once, one key stays. */
function makeKey(path: string): void {
  const aside = `${path}.${process.pid}`
  writeFileSync(aside, generateKeyPairSync("ed25519").privateKey.export({ format: "pem", type: "pkcs8" }), { mode: 0o600 })
  chmodSync(aside, 0o600)
  try {
    linkSync(aside, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
  } finally {
    rmSync(aside)
  }
}

/** Signs the present head of a tree and keeps the note. What is handed to a partner or a clock service pins the past. */
export async function checkpoint(register: Register, signer: Signer, tree: Tree): Promise<string> {
  return register.transaction(async (tx) => {
    const now = await head(tx, tree)
    const note = signer.note(now)
    await insertCheckpoint(tx, tree, now.size, note)
    return note
  })
}
