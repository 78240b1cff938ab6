import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, type KeyObject, sign } from "node:crypto"
import { chmodSync, existsSync, linkSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Register, Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import type { Tree } from "./entry.ts"
import { type Head, head } from "./follow.ts"
import { cosignatureLine, makeVerifierKey, readCheckpointNote, signatureLine } from "./note.ts"
import { insertCheckpoint, selectLastCheckpoint, sizeOf } from "./sql.ts"

/** The node's name and key as a signer of tree heads, its own and, as a witness, other nodes'. */
export interface Signer {
  /** Key name, as in a signed note. */
  name: string
  /** Verifier key in the form of C2SP signed-note: `name+keyhash+base64`. Give it to whoever is to check. */
  verifierKey: string
  /** The key under which this node cosigns what other nodes' journals say: give it to those nodes. */
  witnessKey: string
  /** A checkpoint in the form of C2SP tlog-checkpoint: origin, size, root, signature. */
  note(head: Head): string
  /** A signed note (C2SP) over a text that ends in a line feed and whose first line says that it is no checkpoint. */
  signed(text: string): string
  /** The line of a witness under the text of a checkpoint (C2SP tlog-cosignature). */
  cosignature(text: string, at: number): string
}

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
  const log = makeVerifierKey(name, 1, raw)
  const witness = makeVerifierKey(name, 4, raw)
  const signed = (text: string): string => `${text}\n${signatureLine(log, sign(null, Buffer.from(text), key))}\n`
  return {
    name,
    verifierKey: log.text,
    witnessKey: witness.text,
    note: ({ tree, size, root }) => signed(`${name}/${tree}\n${size}\n${root.toString("base64")}\n`),
    signed,
    cosignature: (text, at) => cosignatureLine(text, witness, key, Math.floor(at / 1000)),
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

/**
 * Signs the present head of a tree and keeps the note. What is handed to a partner or a clock service pins the past. Throws
 * `conflict.journal-rewritten` instead of signing a head that does not continue the last one signed.
 */
export async function checkpoint(register: Register, signer: Signer, tree: Tree): Promise<string> {
  return register.transaction((tx) => signHead(tx, signer, tree))
}

export async function signHead(tx: Tx, signer: Signer, tree: Tree): Promise<string> {
  const last = await selectLastCheckpoint(tx, tree)
  if (last && !(await continues(tx, tree, last.note)))
    throw new Failure("conflict.journal-rewritten", `The ${tree} tree no longer begins as it was signed at ${last.size} entries.`, {
      at: `${tree}:${last.size}`,
      hint: "Somebody changed the journal in the database. Export it, verify the export, and keep both: the file says from where on.",
    })
  const now = await head(tx, tree)
  const note = signer.note(now)
  await insertCheckpoint(tx, tree, now.size, note)
  return note
}

/** Whether a tree as it is held now begins with what a note signed. */
export async function continues(tx: Tx, tree: Tree, note: string): Promise<boolean> {
  const { size, root } = readCheckpointNote(note)
  return size <= (await sizeOf(tx, tree)) && (await head(tx, tree, size)).root.equals(root)
}
