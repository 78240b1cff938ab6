import { createHash } from "node:crypto"
import { expect, test } from "vitest"
import {
  consistencyRanges,
  EMPTY_ROOT,
  extendsTree,
  type Hash,
  includes,
  inclusionRanges,
  leafHash,
  nodeHash,
  rootOf,
} from "../../src/ground/journal/tree.ts"
import fc from "../support/properties.ts"

/** The eight leaves and the roots that the certificate-transparency reference code is tested with (RFC 6962, 9162). */
const LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"].map((h) =>
  Buffer.from(h, "hex"),
)
const ROOTS = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

const hashes = (n: number): Hash[] => Array.from({ length: n }, (_, i) => leafHash(Buffer.from(`leaf ${i}`)))
const proofOf = (leaves: readonly Hash[], ranges: readonly (readonly [number, number])[]) =>
  ranges.map(([a, b]) => rootOf(leaves.slice(a, b)))

test("roots of the known leaves are the known roots", () => {
  const leaves = LEAVES.map(leafHash)
  expect(EMPTY_ROOT.toString("hex")).toBe(createHash("sha256").digest("hex"))
  expect(ROOTS.map((_, i) => rootOf(leaves.slice(0, i + 1)).toString("hex"))).toEqual(ROOTS)
})

test("the known inclusion path of leaf 6 of 8 and consistency proof of 6 to 8 have the known hashes", () => {
  const leaves = LEAVES.map(leafHash)
  expect(proofOf(leaves, inclusionRanges(5, 8)).map((h) => h.toString("hex"))).toEqual([
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  ])
  expect(proofOf(leaves, consistencyRanges(6, 8)).map((h) => h.toString("hex"))).toEqual([
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  ])
})

test("every leaf of every small tree is proven, and by its own path only", () => {
  for (let size = 1; size <= 40; size++) {
    const leaves = hashes(size)
    const root = rootOf(leaves)
    for (let i = 0; i < size; i++) {
      const path = proofOf(leaves, inclusionRanges(i, size))
      expect(includes(leaves[i]!, i, size, path, root)).toBe(true)
      expect(includes(leaves[i]!, (i + 1) % size, size, path, root)).toBe(size === 1)
      expect(includes(leafHash(Buffer.from("another")), i, size, path, root)).toBe(false)
      expect(includes(leaves[i]!, i, size, [...path, root], root)).toBe(false)
    }
  }
})

test("a tree extends each of its beginnings, and none that was rewritten", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat(), (size, a, b) => {
      const from = 1 + (a % size)
      const leaves = hashes(size)
      const root = rootOf(leaves)
      const older = rootOf(leaves.slice(0, from))
      const proof = proofOf(leaves, consistencyRanges(from, size))
      expect(extendsTree(from, older, size, root, proof)).toBe(true)
      const rewritten = leaves.with(b % from, nodeHash(root, older))
      expect(extendsTree(from, older, size, rootOf(rewritten), proofOf(rewritten, consistencyRanges(from, size)))).toBe(false)
    }),
  )
})
