import { ACTIVE_DAYS_BY_MONTH, ARRIVALS_BY_MONTH, type Draw, type Parameters } from "./parameters.ts"
import type { Rng } from "./rng.ts"

export const DAY = 86_400_000
export const HOUR = 3_600_000
export const MINUTE = 60_000

export const WINDOW = { from: Date.UTC(2026, 1, 1), to: Date.UTC(2026, 10, 15) } as const

export interface Day {
  /** Midnight UTC. */
  at: number
  /** Boats arrived somewhere in the country. */
  active: boolean
  boats: number
}

export interface Lull {
  from: number
  to: number
}

/**
 * Days with and without arrivals as a two-state Markov chain. The stay probabilities of the parameters fix how sticky the
 * chain is (their sum minus one); each month's measured share of active days fixes its level.
 */
export function makeDays(parameters: Parameters, rng: Rng, from: number = WINDOW.from, to: number = WINDOW.to): Day[] {
  const stick = Math.max(0, Math.min(0.9, parameters.activeAfterActive + parameters.idleAfterIdle - 1))
  const days: Day[] = []
  let active = rng.chance(ACTIVE_DAYS_BY_MONTH[new Date(from).getUTCMonth()]! / 100)
  let idle = 0
  for (let at = from; at < to; at += DAY) {
    const level = ACTIVE_DAYS_BY_MONTH[new Date(at).getUTCMonth()]! / 100
    active = rng.chance(active ? level + (1 - level) * stick : level * (1 - stick))
    idle = active ? 0 : idle + 1
    if (idle > parameters.longestLullDays) {
      active = true
      idle = 0
    }
    days.push({ at, active, boats: active ? boatsOf(parameters, rng) : 0 })
  }
  return days
}

/** Boats on an active day: negative binomial (a Poisson whose mean is gamma distributed), at least one. */
function boatsOf(parameters: Parameters, rng: Rng): number {
  const mean = parameters.nationalBoatsMean
  const scale = Math.max(0.2, parameters.nationalBoatsDispersion - 1)
  const shape = mean / scale
  let gamma = 0
  for (let k = 0; k < Math.floor(shape); k++) gamma -= Math.log(1 - rng.unit())
  // The fractional part by Johnk's method.
  const rest = shape - Math.floor(shape)
  if (rest > 0)
    for (;;) {
      const x = rng.unit() ** (1 / rest)
      const y = rng.unit() ** (1 / (1 - rest))
      if (x + y <= 1 && x + y > 0) {
        gamma += (-Math.log(1 - rng.unit()) * x) / (x + y)
        break
      }
    }
  return Math.max(1, rng.poisson(gamma * scale))
}

/** The longest run of idle days: nobody crosses, whatever anybody does. */
export function longestLull(days: readonly Day[]): Lull {
  let best: Lull = { from: WINDOW.from, to: WINDOW.from }
  let start: number | null = null
  // Not at the edges: before it something must have happened, after it something must happen again.
  for (const day of days.filter((d) => d.at > WINDOW.from + 60 * DAY && d.at < WINDOW.to - 30 * DAY)) {
    if (!day.active) start ??= day.at
    else if (start !== null) {
      if (day.at - start > best.to - best.from) best = { from: start, to: day.at }
      start = null
    }
  }
  return best
}

/** Days on which these groups launch: national boats thinned, month and weekday weighted as measured. */
export function launchDays(days: readonly Day[], draw: Draw, rng: Rng): number[] {
  const active = days.filter((d) => d.active)
  const p = draw.parameters
  const saturday = (p.saturdayShare * 6) / (1 - p.saturdayShare)
  const perMonth = new Map<number, number>()
  for (const d of active) {
    const month = new Date(d.at).getUTCMonth()
    perMonth.set(month, (perMonth.get(month) ?? 0) + d.boats)
  }
  const weights = active.map((d) => {
    const date = new Date(d.at)
    const month = date.getUTCMonth()
    return ((ARRIVALS_BY_MONTH[month]! * d.boats) / perMonth.get(month)!) * (date.getUTCDay() === 6 ? saturday : 1)
  })
  const chosen: number[] = []
  for (let i = 0; i < p.launches; i++) chosen.push(rng.weighted(active, weights).at)
  return chosen.sort((a, b) => a - b)
}
