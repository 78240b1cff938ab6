/**
 * The only source of chance in the demo: sfc32 (Chris Doty-Humphrey, PractRand), seeded by hashing a path of labels.
 * `fork(label)` depends on the path alone, never on how much was drawn before, so that adding a draw in one place
 * changes nothing elsewhere.
 */
export interface Rng {
  /** Uniform in [0, 1). */
  unit(): number
  /** Uniform integer, both ends included. */
  integer(low: number, high: number): number
  uniform(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  weighted<T>(list: readonly T[], weights: readonly number[]): T
  normal(mean: number, deviation: number): number
  /** Log-normal with the given median; sigma is the deviation of the logarithm. */
  logNormal(median: number, sigma: number): number
  /** Number of trials up to and including the first success: 1, 2, … with the given mean. */
  geometric(mean: number): number
  poisson(mean: number): number
  shuffle<T>(list: readonly T[]): T[]
  sample<T>(list: readonly T[], n: number): T[]
  /** `n` hexadecimal digits. */
  hex(n: number): string
  /** `n` decimal digits. */
  digits(n: number): string
  fork(label: string): Rng
}

function seedWords(path: string): [number, number, number, number] {
  const words: number[] = []
  for (let k = 0; k < 4; k++) {
    let h = (2166136261 ^ Math.imul(k + 1, 0x9e3779b1)) >>> 0
    for (let i = 0; i < path.length; i++) {
      h = Math.imul(h ^ path.charCodeAt(i), 16777619)
      h ^= h >>> 15
    }
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
    words.push((h ^ (h >>> 16)) >>> 0)
  }
  return [words[0]!, words[1]!, words[2]!, words[3]!]
}

export function rngOf(path: string): Rng {
  let [a, b, c, d] = seedWords(path)
  const word = (): number => {
    const t = (((a + b) >>> 0) + d) >>> 0
    d = (d + 1) >>> 0
    a = (b ^ (b >>> 9)) >>> 0
    b = (c + (c << 3)) >>> 0
    c = ((c << 21) | (c >>> 11)) >>> 0
    c = (c + t) >>> 0
    return t
  }
  for (let i = 0; i < 12; i++) word()

  const unit = () => (word() * 2097152 + (word() >>> 11)) / 9007199254740992
  const integer = (low: number, high: number) => low + Math.floor(unit() * (high - low + 1))
  const normal = (mean: number, deviation: number) =>
    mean + deviation * Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit())
  const poisson = (mean: number) => {
    if (mean > 60) return Math.max(0, Math.round(normal(mean, Math.sqrt(mean))))
    const limit = Math.exp(-mean)
    let n = 0
    for (let p = unit(); p > limit; p *= unit()) n++
    return n
  }
  const shuffle = <T>(list: readonly T[]) => {
    const out = [...list]
    for (let i = out.length - 1; i > 0; i--) {
      const j = integer(0, i)
      const held = out[i]!
      out[i] = out[j]!
      out[j] = held
    }
    return out
  }
  return {
    unit,
    integer,
    uniform: (low, high) => low + unit() * (high - low),
    chance: (p) => unit() < p,
    pick: (list) => {
      if (list.length === 0) throw new RangeError("nothing to pick from")
      return list[integer(0, list.length - 1)]!
    },
    weighted: (list, weights) => {
      let total = 0
      for (const w of weights) total += w
      let at = unit() * total
      for (let i = 0; i < list.length; i++) {
        at -= weights[i]!
        if (at < 0) return list[i]!
      }
      return list[list.length - 1]!
    },
    normal,
    logNormal: (median, sigma) => median * Math.exp(normal(0, sigma)),
    geometric: (mean) => (mean <= 1 ? 1 : 1 + Math.floor(Math.log(1 - unit()) / Math.log(1 - 1 / mean))),
    poisson,
    shuffle,
    sample: (list, n) => shuffle(list).slice(0, n),
    hex: (n) => Array.from({ length: n }, () => integer(0, 15).toString(16)).join(""),
    digits: (n) => Array.from({ length: n }, () => integer(0, 9)).join(""),
    fork: (label) => rngOf(`${path}/${label}`),
  }
}
