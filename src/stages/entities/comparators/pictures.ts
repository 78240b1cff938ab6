import { say } from "#vocabulary/sentences"
import { SEVERAL } from "../linkage/packed.ts"
import { type FrozenComparator, remembered } from "./comparator.ts"

/** Levels of two pictures. */
export const PICTURE = { none: 0, different: 1, alike: 2, same: 3 } as const

/** Of 64 bits of a perceptual hash so many may differ where a picture was scaled or pressed again. */
const MOST_BITS_APART = 6

const bitsOf = (hex: string): number => {
  let n = 0
  for (const digit of hex) for (let v = Number.parseInt(digit, 16); v > 0; v >>= 1) n += v & 1
  return n
}

/** Bits in which two hexadecimal numbers of one length differ. */
function bitsApart(a: string, b: string): number {
  let n = 0
  for (let i = 0; i < a.length; i += 8)
    n += bitsOf(((Number.parseInt(a.slice(i, i + 8), 16) ^ Number.parseInt(b.slice(i, i + 8), 16)) >>> 0).toString(16))
  return n
}

/** Two hashes, `kind:hex`. Those of two kinds say nothing of each other; those of contents are equal or nothing. */
function levelOf(a: string, b: string): number {
  const [[kind, hex], [other, hash]] = [a.split(":"), b.split(":")] as [[string, string], [string, string]]
  if (kind !== other || hex.length !== hash.length) return PICTURE.none
  if (hex === hash) return PICTURE.same
  if (/sha256|md5/.test(kind)) return PICTURE.none
  return bitsApart(hex, hash) <= (MOST_BITS_APART * hex.length * 4) / 64 ? PICTURE.alike : PICTURE.different
}

/** Pictures of the person by their hashes: of contents, as importers note them, and perceptual ones that a report states. No picture is decoded. */
export const pictures: FrozenComparator = {
  id: "picture",
  levels: [
    say("likeness.no-pictures"),
    say("likeness.other-picture"),
    say("likeness.like-picture", { bits: MOST_BITS_APART }),
    say("likeness.same-picture"),
  ],
  weights: [0, -50, 500, 900],
  reads: ["photo"],
  over: ({ code, values }) => {
    const all = values.photo.map((v) => (v === "" ? [] : v.split(SEVERAL)))
    const compared = remembered((x, y) => Math.max(PICTURE.none, ...all[x]!.flatMap((a) => all[y]!.map((b) => levelOf(a, b)))))
    return (a, b) => {
      const [x, y] = [code.photo[a]!, code.photo[b]!]
      return x === 0 || y === 0 ? 0 : x === y ? PICTURE.same : compared(x, y)
    }
  },
}
