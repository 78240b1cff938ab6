import type { Register, Tx } from "#store"
import { type Entry, type Json, TREES, type Tree } from "./entry.ts"
import { erase } from "./export.ts"
import { sequence } from "./sequencer.ts"
import { selectErasureEntry, selectPayloads } from "./sql.ts"
import type { Hash } from "./tree.ts"

const BATCH = 2000
/** A leaf has room for so many names of entries. */
const NAMED_AT_ONCE = 2000

/** Numbers of the entries whose payload says something of which `holds` is true. Erasures' own entries are kept: they are the proof. */
export async function findPayloads(
  register: Register,
  holds: (payload: Json, investigation: string | null) => boolean,
): Promise<Map<Tree, number[]>> {
  await sequence(register)
  const found = new Map<Tree, number[]>(TREES.map((tree) => [tree, []]))
  let after = "0"
  for (;;) {
    const rows = await selectPayloads(register.read, after, BATCH)
    for (const { tree, n, body, investigation } of rows)
      if (holds(JSON.parse(body) as Json, investigation)) found.get(tree as Tree)!.push(Number(n))
    if (rows.length < BATCH) return found
    after = rows.at(-1)!.id
  }
}

/** Erases the payloads of these entries, with as many entries that name them as are needed, each in a transaction of its own. */
export async function eraseEntries(
  register: Register,
  entry: Omit<Entry, "kind">,
  found: ReadonlyMap<Tree, readonly number[]>,
): Promise<number> {
  let erased = 0
  for (const [tree, numbers] of found)
    for (let from = 0; from < numbers.length; from += NAMED_AT_ONCE)
      erased += await register.transaction((tx) => erase(tx, entry, tree, numbers.slice(from, from + NAMED_AT_ONCE)))
  return erased
}

/** The erasure entry that was written on that ground, in the tree of decisions; null while it has no number. */
export async function erasureEntry(tx: Tx, ground: string): Promise<{ n: number; hash: Hash } | null> {
  return selectErasureEntry(tx, ground)
}
