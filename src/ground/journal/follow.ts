import type { Register, Tx } from "#store"
import type { Header, Json, Tree } from "./entry.ts"
import { subtree } from "./sequencer.ts"
import { type EntryRow, selectEntries, selectWanted, sizeOf, type Wanted } from "./sql.ts"
import { consistencyRanges, type Hash, inclusionRanges } from "./tree.ts"

export interface Numbered {
  tree: Tree
  /** From 0, without gaps. */
  n: number
  header: Header
  /** null when there was none, or when it was erased: the header tells which. */
  payload: Json | null
  hash: Hash
}

export interface Head {
  tree: Tree
  size: number
  root: Hash
}

const BATCH = 500

const numbered = (tree: Tree, row: EntryRow): Numbered => ({
  tree,
  n: Number(row.n),
  header: JSON.parse(row.leaf) as Header,
  payload: row.body === null ? null : (JSON.parse(row.body) as Json),
  hash: row.hash,
})

/** Numbered entries from `from` on, at most `limit`. */
export async function readEntries(tx: Tx, tree: Tree, from: number, limit: number): Promise<Numbered[]> {
  return (await selectEntries(tx, tree, from, from + limit)).map((row) => numbered(tree, row))
}

/** One page of the entries that are looked for, onwards from entry `from` in the given order. */
export async function searchEntries(
  tx: Tx,
  wanted: Wanted & { tree: Tree },
  page: { order: "oldest" | "newest"; from?: number | undefined; limit: number },
): Promise<Numbered[]> {
  const rows = await selectWanted(tx, wanted, page.order === "oldest" ? "asc" : "desc", page.from ?? null, page.limit)
  return rows.map((row) => numbered(wanted.tree, row))
}

/**
 * Visits every numbered entry of a tree in order from `from` on, each once, then waits for more; ends when `signal` is
 * aborted. A follower that keeps the number it has dealt with, in the transaction in which it dealt with it, can stop and go
 * on anywhere.
 */
export async function* follow(register: Register, options: { tree: Tree; from: number; signal: AbortSignal }): AsyncGenerator<Numbered> {
  let wake: () => void = () => undefined
  let news = false
  const onNews = () => {
    news = true
    wake()
  }
  const stop = await register.listen("journal", onNews)
  options.signal.addEventListener("abort", onNews)
  try {
    let next = options.from
    while (!options.signal.aborted) {
      news = false
      const batch = await readEntries(register.read, options.tree, next, BATCH)
      for (const entry of batch) {
        if (options.signal.aborted) return
        yield entry
        next = entry.n + 1
      }
      if (batch.length === 0 && !news && !options.signal.aborted)
        await new Promise<void>((resolve) => {
          wake = resolve
          if (news) resolve()
        })
    }
  } finally {
    options.signal.removeEventListener("abort", onNews)
    await stop()
  }
}

/** Size and root of a tree as numbered so far. */
export async function head(tx: Tx, tree: Tree, size?: number): Promise<Head> {
  const at = size ?? (await sizeOf(tx, tree))
  return { tree, size: at, root: await subtree(tx, tree, [0, at]) }
}

/** Hashes that show entry `n` in the tree of `size` (RFC 9162, 2.1.3). `includes` checks them. */
export async function proveInclusion(tx: Tx, tree: Tree, n: number, size: number): Promise<Hash[]> {
  if (n < 0 || n >= size || size > (await sizeOf(tx, tree))) throw new RangeError(`no entry ${n} in a ${tree} tree of ${size}`)
  return subtrees(tx, tree, inclusionRanges(n, size))
}

/** Hashes that show that the tree of `size` begins with the tree of `from` (RFC 9162, 2.1.4). `extendsTree` checks them. */
export async function proveConsistency(tx: Tx, tree: Tree, from: number, size: number): Promise<Hash[]> {
  if (from < 0 || from > size || size > (await sizeOf(tx, tree))) throw new RangeError(`no ${tree} trees of ${from} and ${size}`)
  return from === 0 ? [] : subtrees(tx, tree, consistencyRanges(from, size))
}

async function subtrees(tx: Tx, tree: Tree, ranges: readonly (readonly [number, number])[]): Promise<Hash[]> {
  const hashes: Hash[] = []
  for (const range of ranges) hashes.push(await subtree(tx, tree, range))
  return hashes
}
