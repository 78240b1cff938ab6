/** Seeded random numbers that are the same on every machine. Not for secrets. */
export interface Rng {
  /** A number in [0, 1) with 32 random bits. */
  next(): number
  /** A whole number in [0, n), without bias; n from 1 to 2^32. */
  int(n: number): number
  /** Shuffles in place (Fisher-Yates) and returns the same array. */
  shuffle<T extends Int32Array | unknown[]>(items: T): T
}

/**
 * xoshiro128** (Blackman and Vigna 2021), its state filled by splitmix32 from `seed` and `stream` (both taken modulo 2^32).
 * Different streams of one seed are used for draws that must not depend on each other's order.
 */
export function rng(seed: number, stream = 0): Rng {
  let mixed = (seed ^ Math.imul(stream, 0x85ebca6b)) >>> 0
  const word = (): number => {
    mixed = (mixed + 0x9e3779b9) >>> 0
    let z = mixed
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return (z ^ (z >>> 15)) >>> 0
  }
  const first = word()
  return xoshiro([first, word() ^ stream, word(), word() | 1])
}

/** The generator alone, from a state of four words that are not all zero. */
export function xoshiro(state: readonly [number, number, number, number]): Rng {
  let [a, b, c, d] = state
  const bits = (): number => {
    const five = Math.imul(b, 5)
    const result = Math.imul((five << 7) | (five >>> 25), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 11) | (d >>> 21)
    return result
  }
  const int = (n: number): number => {
    const limit = 0x100000000 - (0x100000000 % n)
    let drawn = bits()
    while (drawn >= limit) drawn = bits()
    return drawn % n
  }
  return {
    next: () => bits() / 0x100000000,
    int,
    shuffle(items) {
      for (let i = items.length - 1; i > 0; i--) {
        const j = int(i + 1)
        const kept = items[i]
        items[i] = items[j] as never
        items[j] = kept as never
      }
      return items
    },
  }
}
