/** The cheap stage: names as bits, so that most pairs are put aside without a look at a letter. */
import { skeletonOf, soundOf } from "./sounds.ts"
import { longKeysOf } from "./usage.ts"
import { wordsOf } from "./words.ts"

/** Words of 32 bits of one name: 58 bits for its keys, six above for how many words it has (one, where all have one key). */
const SIGNATURE_WORDS = 2
const KEY_BITS = 58
const HIGH = 26
const KEYS_OF_HIGH = (1 << HIGH) - 1

/** FNV-1a. */
function bitOf(key: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193) >>> 0
  return hash % KEY_BITS
}

/** Signatures of names, one after the other. A short form of the table has the keys of what it is short for too. */
export function signatures(names: readonly string[]): Uint32Array {
  const out = new Uint32Array(names.length * SIGNATURE_WORDS)
  names.forEach((name, n) => {
    const words = wordsOf(name).filter((word) => word.kind !== "initial")
    for (const word of words) {
      const sound = soundOf(word.core)
      for (const key of [skeletonOf(sound), ...longKeysOf(sound)]) {
        const bit = bitOf(key)
        const at = n * SIGNATURE_WORDS + (bit >> 5)
        out[at] = (out[at]! | (1 << (bit & 31))) >>> 0
      }
    }
    const at = n * SIGNATURE_WORDS
    // Ali Ali Ali has three words and one key: it can share no two with anybody, not even with itself.
    const counted = ones(out[at]!) + ones(out[at + 1]!) > 1 ? Math.min(words.length, 63) : 1
    out[at + 1] = (out[at + 1]! | (counted << HIGH)) >>> 0
  })
  return out
}

function ones(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/**
 * Whether name `i` of one list may be worth comparing with name `j` of the other: they share a key, two where both have three words or
 * more. False only for pairs that `compareNames` would hardly call alike; true for many that it would not.
 */
export function worthComparing(a: Uint32Array, i: number, b: Uint32Array, j: number): boolean {
  const x = i * SIGNATURE_WORDS
  const y = j * SIGNATURE_WORDS
  const high = a[x + 1]!
  const other = b[y + 1]!
  const shared = ones(a[x]! & b[y]!) + ones(high & other & KEYS_OF_HIGH)
  return shared >= (high >>> HIGH >= 3 && other >>> HIGH >= 3 ? 2 : 1)
}
