import { createHash } from "node:crypto"
import { RELEASE } from "#vocabulary/release"

/** Throws of a die that a seed repeats: mulberry32 over the seed's hash. */
export interface Dice {
  /** 0 ≤ n < sides. */
  roll(sides: number): number
  chance(share: number): boolean
  pick<T>(from: readonly T[]): T
  /** Each with this chance, in order. */
  some<T>(from: readonly T[], share: number): T[]
  shuffle<T>(from: readonly T[]): T[]
}

export function dice(...seed: readonly (string | number)[]): Dice {
  let state = createHash("sha256").update(seed.join("/")).digest().readUInt32LE(0)
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const roll = (sides: number): number => Math.floor(next() * sides)
  return {
    roll,
    chance: (share) => next() < share,
    pick: (from) => {
      if (from.length === 0) throw new RangeError("nothing to pick from")
      return from[roll(from.length)]!
    },
    some: (from, share) => from.filter(() => next() < share),
    shuffle: (from) => {
      const out = [...from]
      for (let i = out.length - 1; i > 0; i--) {
        const j = roll(i + 1)
        ;[out[i], out[j]] = [out[j]!, out[i]!]
      }
      return out
    },
  }
}

/**
 * The seed of a run. By itself it follows from the release, so that two runs of one release throw the same dice and a failure is no
 * accident of the day; the environment gives another (`WORLDS_SEED=7`), or `random` a new one. It is printed.
 */
export const seedOf = (variable: string): number => {
  const given = process.env[variable]
  if (given === "random") return Math.floor(Math.random() * 2 ** 31)
  return given === undefined ? createHash("sha256").update(`${variable} ${RELEASE}`).digest().readUInt32LE(0) : Number(given)
}

/** More rounds where a suite has them. */
export const LONG = process.env.LONG === "1"
