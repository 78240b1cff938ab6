import { createHash } from "node:crypto"
import { open, rename, rm } from "node:fs/promises"
import type { Register, Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import { checkpoint, type Signer } from "./checkpoint.ts"
import { append, type Entry, type Header, TREES, type Tree } from "./entry.ts"
import { sequence } from "./sequencer.ts"
import {
  type EntryRow,
  erasePayloads,
  hasErasureSince,
  lockErasure,
  selectCheckpoints,
  selectEntries,
  selectErasuresOf,
  selectLastCheckpoint,
  selectParties,
  selectVouchers,
  sizeOf,
} from "./sql.ts"
import { withLines } from "./state.ts"

const BATCH = 1000

/** What an auditor may have: entries to which all of it applies. The others are given as leaf hashes, so that the roots still follow. */
export interface Selection {
  tree?: Tree | undefined
  /** Id of an investigation. */
  investigation?: string | undefined
  /** Numbers of entries; `until` is not included. */
  from?: number | undefined
  until?: number | undefined
}

export interface Exported {
  /** Written out in full. */
  entries: number
  /** Given as leaf hashes only. */
  leftOut: number
  sizeBytes: number
  sha256: string
}

/**
 * Writes the journal as JSON lines: a head, signed checkpoints with what parties outside said of them, then every entry with
 * its payload as far as that is not erased. Of a selection, the rest is leaf hashes; an erasure entry that explains a missing
 * payload comes with it, and a tree of which nothing is given stays out whole. `verify.ts` checks the file with nothing but it
 * and the verifier key. Entries committed while it runs stay out.
 */
export async function exportJournal(register: Register, signer: Signer, path: string, selection?: Selection): Promise<Exported> {
  for (;;) {
    // Before the transaction, not in it: whoever holds one connection and waits for a second can wait for ever.
    await sequence(register)
    for (const tree of TREES) await checkpointUnlessRewritten(register, signer, tree)
    const done = await register.transaction(async (tx) => {
      // While this lock is held nothing is erased: a payload gone by an entry that the file does not hold would look like a tampering.
      await lockErasure(tx)
      const last = await selectLastCheckpoint(tx, "decisions")
      return (await hasErasureSince(tx, last?.size ?? 0)) ? null : writeJournal(tx, signer, path, selection)
    })
    if (done) return done
  }
}

/** A journal that was tampered with is not signed again, but it is written out: the file shows what was done to it. */
async function checkpointUnlessRewritten(register: Register, signer: Signer, tree: Tree): Promise<void> {
  try {
    await checkpoint(register, signer, tree)
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== "conflict.journal-rewritten") throw error
  }
}

/** Writes what the transaction sees, up to the last checkpoint. */
export async function writeJournal(tx: Tx, signer: Signer, path: string, selection?: Selection): Promise<Exported> {
  const notes = await selectCheckpoints(tx)
  const vouchers = await selectVouchers(tx)
  const sizes = Object.fromEntries(
    TREES.map((tree) => [tree, Math.max(0, ...notes.filter((c) => c.tree === tree).map((c) => Number(c.size)))]),
  ) as Record<Tree, number>
  const erasures = selection ? await erasuresFor(tx, selection, sizes) : new Set<string>()
  const trees = TREES.filter((t) => !selection?.tree || selection.tree === t || [...erasures].some((place) => place.startsWith(`${t}:`)))
  const witnesses = [...(await selectParties(tx, "witness")), ...vouchers.filter((v) => v.line !== null)].map((w) => w.key)
  const file = await openExport(path)
  const exported = { entries: 0, leftOut: 0 }
  try {
    await file.write([
      {
        journal: 1,
        key: signer.verifierKey,
        sizes: Object.fromEntries(trees.map((t) => [t, sizes[t]])),
        ...(witnesses.length > 0 ? { witnesses: [...new Set(witnesses)].sort() } : {}),
        ...(selection ? { selection } : {}),
      },
      ...notes
        .filter((c) => trees.includes(c.tree as Tree))
        .flatMap((c) => {
          const own = vouchers.filter((v) => v.tree === c.tree && v.size === Number(c.size))
          return [
            { checkpoint: withLines(c.note, own) },
            ...own.flatMap((v) => (v.token ? [{ timestamp: v.token.toString("base64") }] : [])),
          ]
        }),
    ])
    for (const tree of trees)
      for (let from = 0; from < sizes[tree]; from += BATCH) {
        const rows = await selectEntries(tx, tree, from, Math.min(from + BATCH, sizes[tree]))
        const lines = linesOf(tree, rows, (row) => !selection || fits(tree, row, selection) || erasures.has(`${tree}:${row.n}`))
        exported.entries += lines.filter((l) => "entry" in l).length
        exported.leftOut += rows.length - lines.filter((l) => "entry" in l).length
        await file.write(lines)
      }
  } catch (error) {
    await file.drop()
    throw error
  }
  return { ...exported, ...(await file.keep()) }
}

function fits(tree: Tree, row: EntryRow, { tree: only, investigation, from, until }: Selection): boolean {
  const n = Number(row.n)
  if ((only !== undefined && only !== tree) || n < (from ?? 0) || n >= (until ?? Number.POSITIVE_INFINITY)) return false
  return investigation === undefined || (JSON.parse(row.leaf) as Header).investigation === investigation
}

/** The erasure entries that name chosen entries whose payload is gone. */
async function erasuresFor(tx: Tx, selection: Selection, sizes: Record<Tree, number>): Promise<Set<string>> {
  const gone: string[] = []
  for (const tree of TREES)
    for (let from = 0; from < sizes[tree]; from += BATCH)
      for (const row of await selectEntries(tx, tree, from, Math.min(from + BATCH, sizes[tree])))
        if (row.body === null && fits(tree, row, selection) && (JSON.parse(row.leaf) as Header).payload !== null)
          gone.push(`${tree}:${row.n}`)
  return new Set((await selectErasuresOf(tx, gone)).map(({ tree, n }) => `${tree}:${n}`))
}

/** Chosen entries in full, and runs of the others as `{ leftOut: first, hashes }`. */
function linesOf(tree: Tree, rows: readonly EntryRow[], chosen: (row: EntryRow) => boolean): object[] {
  const lines: object[] = []
  let run: EntryRow[] = []
  const endRun = () => {
    if (run[0]) lines.push({ leftOut: `${tree}:${run[0].n}`, hashes: Buffer.concat(run.map((r) => r.hash)).toString("base64") })
    run = []
  }
  for (const row of rows) {
    if (!chosen(row)) {
      run.push(row)
      continue
    }
    endRun()
    lines.push({
      entry: `${tree}:${row.n}`,
      hash: row.hash.toString("hex"),
      leaf: row.leaf,
      ...(row.salt && row.body !== null ? { salt: row.salt.toString("hex"), payload: row.body } : {}),
    })
  }
  endRun()
  return lines
}

/** A file that has its name only when it is whole. */
async function openExport(path: string) {
  const aside = `${path}.partial`
  const file = await open(aside, "w", 0o600)
  const sum = createHash("sha256")
  let sizeBytes = 0
  return {
    write: async (lines: readonly object[]) => {
      const text = Buffer.from(lines.map((l) => `${JSON.stringify(l)}\n`).join(""))
      sum.update(text)
      sizeBytes += text.length
      await file.writeFile(text)
    },
    drop: async () => {
      await file.close()
      await rm(aside, { force: true })
    },
    keep: async () => {
      await file.sync()
      await file.close()
      await rename(aside, path)
      return { sizeBytes, sha256: sum.digest("hex") }
    },
  }
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
