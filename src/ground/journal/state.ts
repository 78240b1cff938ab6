import type { Tx } from "#store"
import { TREES, type Tree } from "./entry.ts"
import { searchEntries } from "./follow.ts"
import {
  type PartyKind,
  selectCheckpoint,
  selectLargestVouchers,
  selectLastCheckpoint,
  selectParties,
  selectVouchers,
  sizeOf,
  type VoucherRow,
} from "./sql.ts"

/** A day's exchange may be some hours late before it is said. */
const LATE_AFTER_MS = 36 * 3_600_000

export interface TreeState {
  tree: Tree
  size: number
  checkpoint: { size: number; note: string } | null
  /** The largest size that a party outside has vouched for, and who did when. */
  witnessed: { size: number; by: { name: string; kind: PartyKind; size: number; at: number }[] }
  /** Entries that only the operator vouches for, and when the first of them was made. */
  unwitnessed: { entries: number; since: string | null }
}

/** How far the journal is vouched for from outside. For those who may read the journal: sizes tell how much is done here. */
export async function witnessState(
  tx: Tx,
): Promise<{ trees: TreeState[]; parties: { kind: PartyKind; name: string; key: string; addedAt: number }[] }> {
  const vouchers = await selectLargestVouchers(tx)
  const trees: TreeState[] = []
  for (const tree of TREES) {
    const size = await sizeOf(tx, tree)
    const by = vouchers
      .filter((v) => v.tree === tree)
      .map(({ name, kind, size: upTo, at }) => ({ name, kind, size: upTo, at: at.getTime() }))
    const witnessed = Math.max(0, ...by.map((v) => v.size))
    const [first] = witnessed < size ? await searchEntries(tx, { tree }, { order: "oldest", from: witnessed, limit: 1 }) : []
    trees.push({
      tree,
      size,
      checkpoint: await selectLastCheckpoint(tx, tree),
      witnessed: { size: witnessed, by },
      unwitnessed: { entries: Math.max(0, size - witnessed), since: first?.header.at ?? null },
    })
  }
  const parties = (await selectParties(tx)).map(({ kind, name, key, addedAt }) => ({ kind, name, key, addedAt: addedAt.getTime() }))
  return { trees, parties }
}

export interface Witnessing {
  /** `never`: nobody outside vouches for this journal. `late`: the last time is longer ago than a day and a half. */
  state: "never" | "late" | "current"
  /** When somebody outside last vouched for the tree that waits longest, UTC milliseconds. */
  last: number | null
}

/** For the banner on every screen: follows from what parties outside signed alone, and tells nothing of what is held or asked here. */
export async function witnessing(tx: Tx, now: number): Promise<Witnessing> {
  const vouchers = await selectLargestVouchers(tx)
  const latest = TREES.map((tree) => Math.max(...vouchers.filter((v) => v.tree === tree).map((v) => v.at.getTime())))
  const last = Math.min(...latest)
  if (!Number.isFinite(last)) return { state: "never", last: null }
  return { state: now - last > LATE_AFTER_MS ? "late" : "current", last }
}

export interface Pin {
  tree: Tree
  size: number
  /** The checkpoint with every cosignature: text that stands alone. */
  note: string
  /** RFC 3161 tokens over the checkpoint as it was first signed, DER. */
  timestamps: Buffer[]
}

/** A checkpoint with the lines of the witnesses that cosigned it. */
export const withLines = (note: string, vouchers: readonly Pick<VoucherRow, "line">[]): string =>
  note + vouchers.flatMap(({ line }) => (line === null ? [] : [`${line}\n`])).join("")

/** The latest checkpoint of each tree that a party outside has vouched for, else the latest at all: for every export to carry. */
export async function latestPins(tx: Tx): Promise<Pin[]> {
  const vouchers = await selectLargestVouchers(tx)
  const pins: Pin[] = []
  for (const tree of TREES) {
    const last = await selectLastCheckpoint(tx, tree)
    if (!last) continue
    const size = Math.max(...vouchers.filter((v) => v.tree === tree).map((v) => v.size))
    const at = Number.isFinite(size) ? size : last.size
    const rows = await selectVouchers(tx, { tree, size: at })
    const note = at === last.size ? last.note : (await selectCheckpoint(tx, tree, at))!
    pins.push({ tree, size: at, note: withLines(note, rows), timestamps: rows.flatMap((r) => (r.token ? [r.token] : [])) })
  }
  return pins
}
