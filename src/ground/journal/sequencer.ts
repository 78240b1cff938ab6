import type { Register, Tx } from "#store"
import { TREES, type Tree } from "./entry.ts"
import { insertSubtrees, isWaiting, lockSequencer, numberEntries, selectHashes, sizeOf } from "./sql.ts"
import { EMPTY_ROOT, type Hash, nodeHash, type Range, rootOf, split } from "./tree.ts"

const BATCH = 2000
/** Hashes of full subtrees of 256, 65 536, … leaves are kept: one row for 255 entries, and a proof reads a few hundred rows at most. */
const LEVEL = 8
const WIDTH = 1 << LEVEL

/**
 * Numbers and hashes every committed entry that has no number yet, in batches, one transaction each; returns how many. Any
 * number of processes may call it: one at a time works. Entries of transactions still open are met by a later call.
 */
export async function sequence(register: Register): Promise<number> {
  let total = 0
  for (const tree of TREES) {
    for (;;) {
      const done = await register.transaction((tx) => sequenceBatch(tx, tree))
      total += done
      if (done < BATCH) break
    }
  }
  return total
}

async function sequenceBatch(tx: Tx, tree: Tree): Promise<number> {
  await lockSequencer(tx)
  const size = await sizeOf(tx, tree)
  const numbered = await numberEntries(tx, tree, size, BATCH)
  if (numbered === 0) return 0
  await keepSubtrees(tx, tree, 0, size, size + numbered)
  await tx.query("select pg_notify('journal', $1)", [tree])
  return numbered
}

/** Keeps the subtrees of `level + 8` that became full as `level` grew from `from` to `to` hashes. */
async function keepSubtrees(tx: Tx, tree: Tree, level: number, from: number, to: number): Promise<void> {
  const [first, end] = [Math.floor(from / WIDTH), Math.floor(to / WIDTH)]
  if (first >= end) return
  const hashes = await selectHashes(tx, tree, level, first * WIDTH, end * WIDTH)
  const rows: { level: number; place: number; hash: Hash }[] = []
  for (let place = first; place < end; place++)
    rows.push({ level: level + LEVEL, place, hash: rootOf(hashes.slice((place - first) * WIDTH, (place - first + 1) * WIDTH)) })
  await insertSubtrees(tx, tree, rows)
  await keepSubtrees(tx, tree, level + LEVEL, first, end)
}

/** The hash over leaves start to end, where the range is one that RFC 9162 splits to. */
export async function subtree(tx: Tx, tree: Tree, [start, end]: Range): Promise<Hash> {
  const size = end - start
  if (size === 0) return EMPTY_ROOT
  let level = 0
  let width = 1
  while (width * WIDTH <= size) {
    level += LEVEL
    width *= WIDTH
  }
  if (width === 1) return rootOf(await selectHashes(tx, tree, 0, start, end))
  const whole = Math.floor(size / width)
  const kept = await selectHashes(tx, tree, level, start / width, start / width + whole)
  const rest = whole * width === size ? null : await subtree(tx, tree, [start + whole * width, end])
  return joined(rest ? [...kept, rest] : kept)
}

/** Full subtrees of one size, the last perhaps smaller: split as the leaves under them would be. */
function joined(parts: readonly Hash[]): Hash {
  if (parts.length === 1) return parts[0]!
  const k = split(parts.length)
  return nodeHash(joined(parts.slice(0, k)), joined(parts.slice(k)))
}

/** How long a committed entry waits for its number at most, when nothing else is being numbered. */
const LOOK_EVERY_MS = 200

/**
 * Numbers entries as they are committed, until the returned function is called; failures of single rounds reach `onFailure`. It
 * looks by itself: were it woken by each commit (`pg_notify`), commits of the whole server would wait for each other.
 */
export function keepSequencing(register: Register, onFailure: (error: unknown) => void): () => Promise<void> {
  let running: Promise<void> | null = null
  const round = async () => {
    while (await isWaiting(register.read)) await sequence(register)
  }
  const look = () => {
    running ??= round()
      .catch(onFailure)
      .finally(() => {
        running = null
      })
  }
  const looking = setInterval(look, LOOK_EVERY_MS)
  looking.unref()
  look()
  return async () => {
    clearInterval(looking)
    await running
  }
}
