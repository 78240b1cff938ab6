import { expect, test } from "vitest"
import { inclusionRanges, leafHash, rootOf } from "../../src/ground/journal/tree.ts"
import { workOut } from "../../web/src/journal/proof.ts"
import fc from "../support/properties.ts"

const leaf = (i: number) => `{"n":${i}}`
const hashes = (size: number) => Array.from({ length: size }, (_, i) => leafHash(Buffer.from(leaf(i))))

function proofOf(n: number, size: number) {
  const all = hashes(size)
  const path = inclusionRanges(n, size).map(([from, until]) => rootOf(all.slice(from, until)).toString("base64"))
  const root = rootOf(all).toString("base64")
  return { size, root, path, checkpoint: `invented/access\n${size}\n${root}\n\n\u2014 invented AAAA\n`, text: "" }
}
const place = fc.integer({ min: 1, max: 70 }).chain((size) => fc.record({ size: fc.constant(size), n: fc.nat({ max: size - 1 }) }))

test("the browser's own reckoning holds for every entry of a journal of any size", async () => {
  await fc.assert(
    fc.asyncProperty(place, async ({ size, n }) => {
      const worked = await workOut({ n, leaf: leaf(n), proof: proofOf(n, size) })
      expect([worked.holds, worked.leaf]).toEqual([true, leafHash(Buffer.from(leaf(n))).toString("hex")])
    }),
  )
})

test("it does not hold for another text, another place, a changed or missing hash, or another signed root", async () => {
  await fc.assert(
    fc.asyncProperty(place, fc.nat(), async ({ size, n }, at) => {
      const proof = proofOf(n, size)
      const i = at % Math.max(1, proof.path.length)
      const other = leafHash(Buffer.from("other")).toString("base64")
      const wrong = [
        { n, leaf: leaf(size), proof },
        { n, leaf: leaf(n), proof: { ...proof, checkpoint: proof.checkpoint.replace(proof.root, other) } },
        { n, leaf: leaf(n), proof: { ...proof, path: [...proof.path, other] } },
        ...(size > 1 ? [{ n: (n + 1) % size, leaf: leaf(n), proof }] : []),
        ...(size > 1 ? [{ n, leaf: leaf(n), proof: { ...proof, path: proof.path.with(i, other) } }] : []),
        ...(size > 1 ? [{ n, leaf: leaf(n), proof: { ...proof, path: proof.path.toSpliced(i, 1) } }] : []),
      ]
      expect((await Promise.all(wrong.map(workOut))).map((w) => w.holds)).toEqual(wrong.map(() => false))
    }),
  )
})
