import type { Rng } from "#kernels"

/**
 * How many people a week somebody's work at a stage can serve. Assumed, and said wherever a figure is shown: each day on which records
 * show him at work stands for one journey. Rates are what `days` in `weeks` support (Garwood 1936, 90 %); what nobody recorded comes
 * on top as the unseen share of the stage.
 */
export const ASSUMED = {
  /** People per boat: means of 2022, 2023 and 2024 in official figures. */
  load: [41, 53] as const,
  /** Share of a stage's capacity that no exhibit shows. Nobody knows it: an assumption, drawn anew in each scenario. */
  unseen: [0.1, 0.4] as const,
  /**
   * Chance that whoever is shown at a stage is not at work there, of those who are shown moving people or equipment at stages 7 and 8, and of
   * all others: 0.62 and 0.15 on invented operations 101 to 130 (scale S), 0.56 and 0.22 on 201 to 219 (M).
   */
  mistaken: { moving: 0.55, other: 0.2 },
  /** People at work at each stage, over those whom events show or hint at (Chao) at the best-known one: every boat needs every stage. */
  hands: [0.7, 1.5] as const,
  /** What a stage can carry above the launches, as a share of them: each stage up to one such share, which is drawn anew in each scenario. */
  slack: [0, 1] as const,
}

export interface Range {
  low: number
  middle: number
  high: number
}

const Z90 = 1.6449

/** Quantile of χ² by Wilson and Hilferty (1931); within one per cent from two degrees of freedom on at 5 and 95 %. */
function chiSquared(degrees: number, z: number): number {
  const a = 2 / (9 * degrees)
  return degrees * Math.max(0, 1 - a + z * Math.sqrt(a)) ** 3
}

/** Journeys a week from days at work. */
export function rateOf(days: number, weeks: number): Range {
  return {
    low: days === 0 ? 0 : chiSquared(2 * days, -Z90) / 2 / weeks,
    middle: days / weeks,
    high: chiSquared(2 * days + 2, Z90) / 2 / weeks,
  }
}

/** People a week from days at work. */
export function capacityOf(days: number, weeks: number): Range {
  const rate = rateOf(days, weeks)
  const [least, most] = ASSUMED.load
  return { low: rate.low * least, middle: (rate.middle * (least + most)) / 2, high: rate.high * most }
}

/** A rate drawn from what the days support: gamma with shape days + ½ (Jeffreys). */
export const drawnRate = (random: Rng, days: number, weeks: number): number => (days === 0 ? 0 : gamma(random, days + 0.5) / weeks)

/** A share drawn from so many that are of it and so many that are not: beta with half a one more of each (Jeffreys). */
export function drawnShare(random: Rng, of: number, others: number): number {
  const [a, b] = [gamma(random, of + 0.5), gamma(random, others + 0.5)]
  return a / (a + b)
}

export const between = (random: Rng, [low, high]: readonly [number, number]): number => low + (high - low) * random.next()

/** Marsaglia and Tsang (2000), for shapes of ½ and more. */
function gamma(random: Rng, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * Math.max(random.next(), 1e-12) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(random)
    const v = (1 + c * x) ** 3
    if (v <= 0) continue
    const u = Math.max(random.next(), 1e-12)
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

function normal(random: Rng): number {
  return Math.sqrt(-2 * Math.log(Math.max(random.next(), 1e-12))) * Math.cos(2 * Math.PI * random.next())
}
