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

/** An entry that was committed beside a waiting one that was just being numbered is met after this long at the latest. */
const LOOK_EVERY_MS = 1000

/** Numbers entries as they are committed, until the returned function is called. Failures of single rounds reach `onFailure`. */
export async function keepSequencing(register: Register, onFailure: (error: unknown) => void): Promise<() => Promise<void>> {
  let running: Promise<void> | null = null
  let again = false
  let stopped = false
  const round = async () => {
    do {
      again = false
      if ((await sequence(register)) > 0) again = true
    } while (again && !stopped)
  }
  const wake = () => {
    again = true
    if (stopped || running) return
    running = round()
      .catch(onFailure)
      .finally(() => {
        running = null
        if (again) wake()
      })
  }
  const stopListening = await register.listen("journal_pending", wake)
  let looking: Promise<void> | null = null
  const look = setInterval(() => {
    if (running || looking) return
    looking = isWaiting(register.read)
      .then((waiting) => (waiting ? wake() : undefined))
      .catch(onFailure)
      .finally(() => {
        looking = null
      })
  }, LOOK_EVERY_MS)
  look.unref()
  wake()
  return async () => {
    stopped = true
    clearInterval(look)
    await stopListening()
    await looking
    await running
  }
}
