import { createHash } from "node:crypto"
import { open, rename, rm } from "node:fs/promises"
import type { Register, Tx } from "#store"
import type { Signer } from "./checkpoint.ts"
import { checkpoint } from "./checkpoint.ts"
import { append, type Entry, TREES, type Tree } from "./entry.ts"
import { sequence } from "./sequencer.ts"
import { erasePayloads, lockErasure, selectCheckpoints, selectEntries, sizeOf } from "./sql.ts"

const BATCH = 1000

/**
 * Writes the whole journal as JSON lines: a head, signed checkpoints, then every entry with its payload as far as that is not
 * erased. `verify.ts` checks it with nothing but the file and the verifier key. Entries committed while it runs stay out.
 */
export async function exportJournal(
  register: Register,
  signer: Signer,
  path: string,
): Promise<{ entries: number; sizeBytes: number; sha256: string }> {
  // While this lock is held nothing is erased: a payload gone by an entry without a number yet would look like a tampering.
  return register.transaction(async (tx) => {
    await lockErasure(tx)
    await sequence(register)
    for (const tree of TREES) await checkpoint(register, signer, tree)
    return writeJournal(tx, signer, path)
  })
}

async function writeJournal(tx: Tx, signer: Signer, path: string): Promise<{ entries: number; sizeBytes: number; sha256: string }> {
  const sizes: Record<Tree, number> = { decisions: 0, access: 0 }
  const notes = await selectCheckpoints(tx)
  // Entries past the last checkpoint were numbered after it was signed: the next export has them.
  for (const { tree, size } of notes) sizes[tree as Tree] = Math.max(sizes[tree as Tree], Number(size))
  const aside = `${path}.partial`
  const file = await open(aside, "w", 0o600)
  const sum = createHash("sha256")
  let sizeBytes = 0
  const write = async (lines: readonly unknown[]) => {
    const text = Buffer.from(lines.map((l) => `${JSON.stringify(l)}\n`).join(""))
    sum.update(text)
    sizeBytes += text.length
    await file.writeFile(text)
  }
  try {
    await write([{ journal: 1, key: signer.verifierKey, sizes }, ...notes.map((c) => ({ checkpoint: c.note }))])
    for (const tree of TREES) {
      for (let from = 0; from < sizes[tree]; from += BATCH) {
        const rows = await selectEntries(tx, tree, from, Math.min(BATCH, sizes[tree] - from))
        await write(
          rows.map((r) => ({
            entry: `${tree}:${r.n}`,
            hash: r.hash.toString("hex"),
            leaf: r.leaf,
            ...(r.salt && r.body !== null ? { salt: r.salt.toString("hex"), payload: r.body } : {}),
          })),
        )
      }
    }
    await file.sync()
  } catch (error) {
    await file.close()
    await rm(aside, { force: true })
    throw error
  }
  await file.close()
  await rename(aside, path)
  return { entries: sizes.decisions + sizes.access, sizeBytes, sha256: sum.digest("hex") }
}

/**
 * Erases the payloads of numbered entries and appends the entry that says so, in the caller's transaction. Headers, and with
 * them every proof, stay. Returns how many payloads were still there.
 */
export async function erase(tx: Tx, entry: Omit<Entry, "kind">, from: Tree, numbers: readonly number[]): Promise<number> {
  await lockErasure(tx)
  const size = await sizeOf(tx, from)
  for (const n of numbers) if (!Number.isInteger(n) || n < 0 || n >= size) throw new RangeError(`no entry ${from}:${n}`)
  await append(
    tx,
    { ...entry, kind: "erasure" },
    numbers.map((n) => `${from}:${n}`),
  )
  return erasePayloads(tx, from, numbers)
}
