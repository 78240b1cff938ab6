/**
 * Merkle tree hashing of RFC 9162 (sections 2.1.1 to 2.1.4): leaves and inner nodes are hashed with different first bytes, so
 * that no inner node can pass for a leaf; the left part of a tree is always the largest full one.
 */
import { hash } from "node:crypto"

export type Hash = Buffer

export const EMPTY_ROOT: Hash = hash("sha256", Buffer.alloc(0), "buffer")

const LEAF = Buffer.from([0])
const NODE = Buffer.from([1])

export const leafHash = (leaf: Uint8Array): Hash => hash("sha256", Buffer.concat([LEAF, leaf]), "buffer")

export const nodeHash = (left: Hash, right: Hash): Hash => hash("sha256", Buffer.concat([NODE, left, right]), "buffer")

/** The largest power of two below `size`, for `size` of 2 or more. Sizes are below 2^53, so no bit operations on 32 bits. */
export function split(size: number): number {
  let k = 1
  while (k * 2 < size) k *= 2
  return k
}

/** A half-open range of leaves whose subtree hash stands in a proof. */
export type Range = readonly [start: number, end: number]

/** Root of the leaves that `hashes` are of. For tests and small trees; the journal itself keeps subtree hashes. */
export function rootOf(hashes: readonly Hash[]): Hash {
  if (hashes.length === 0) return EMPTY_ROOT
  if (hashes.length === 1) return hashes[0]!
  const k = split(hashes.length)
  return nodeHash(rootOf(hashes.slice(0, k)), rootOf(hashes.slice(k)))
}

/** The subtrees whose hashes prove that leaf `index` is in a tree of `size`, from the leaf upwards (2.1.3.1). */
export function inclusionRanges(index: number, size: number): Range[] {
  const path: Range[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const middle = start + split(end - start)
    if (index < middle) {
      path.push([middle, end])
      end = middle
    } else {
      path.push([start, middle])
      start = middle
    }
  }
  return path.reverse()
}

/** The subtrees whose hashes prove that the tree of `size` begins with the tree of `from`, for 0 < from <= size (2.1.4.1). */
export function consistencyRanges(from: number, size: number): Range[] {
  const proof: Range[] = []
  let [start, end, whole] = [0, size, true]
  let m = from
  while (m !== end - start) {
    const k = split(end - start)
    if (m <= k) {
      proof.push([start + k, end])
      end = start + k
    } else {
      proof.push([start, start + k])
      start += k
      m -= k
      whole = false
    }
  }
  if (!whole) proof.push([start, end])
  return proof.reverse()
}

const isOdd = (n: number) => n % 2 === 1
const half = (n: number) => Math.floor(n / 2)

/** Whether `path` shows leaf `index` under `root` (2.1.3.2). */
export function includes(leaf: Hash, index: number, size: number, path: readonly Hash[], root: Hash): boolean {
  if (index < 0 || index >= size) return false
  let [fn, sn, r] = [index, size - 1, leaf]
  for (const p of path) {
    if (sn === 0) return false
    if (isOdd(fn) || fn === sn) {
      r = nodeHash(p, r)
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)]
    } else r = nodeHash(r, p)
    ;[fn, sn] = [half(fn), half(sn)]
  }
  return sn === 0 && r.equals(root)
}

/** Whether `proof` shows that the tree with root `newer` begins with the tree with root `older` (2.1.4.2). */
export function extendsTree(from: number, older: Hash, size: number, newer: Hash, proof: readonly Hash[]): boolean {
  if (from > size || from < 0) return false
  if (from === size) return proof.length === 0 && older.equals(newer)
  if (from === 0) return proof.length === 0 && older.equals(EMPTY_ROOT)
  let [fn, sn] = [from - 1, size - 1]
  while (isOdd(fn)) [fn, sn] = [half(fn), half(sn)]
  const path = fn === 0 ? [older, ...proof] : [...proof]
  const first = path.shift()
  if (!first) return false
  let [fr, sr] = [first, first]
  for (const c of path) {
    if (sn === 0) return false
    if (isOdd(fn) || fn === sn) {
      fr = nodeHash(c, fr)
      sr = nodeHash(c, sr)
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)]
    } else sr = nodeHash(sr, c)
    ;[fn, sn] = [half(fn), half(sn)]
  }
  return sn === 0 && fr.equals(older) && sr.equals(newer)
}
