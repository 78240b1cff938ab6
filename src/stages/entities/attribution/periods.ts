import type { StretchFact } from "./facts.ts"

export interface Period {
  from: number | null
  to: number | null
}

/** Counterparts that two stretches must share for the number to be in the same hands. */
const SHARED = 2

/**
 * The periods in which a number has one user: a long silence, then other contacts and another script, is a number that was issued again.
 * Silence alone is nobody's proof: with the same contacts or the same script after it the period goes on. `seizures`: times from
 * which on its use is another's, because the handset was taken and the number goes on.
 */
export function periodsOf(stretches: readonly StretchFact[], seizures: readonly number[]): Period[] {
  const cuts: number[] = [...seizures]
  const ordered = [...stretches].sort((a, b) => (a.from ?? 0) - (b.from ?? 0))
  for (const [i, s] of ordered.entries()) {
    const before = ordered.slice(0, i)
    if (before.length === 0 || s.from === null) continue
    const known = new Set(before.flatMap((b) => b.counterparts))
    const shared = s.counterparts.filter((c) => known.has(c)).length
    const scripts = new Set(before.flatMap((b) => b.scripts))
    const otherScript = s.scripts.length > 0 && scripts.size > 0 && s.scripts.every((x) => !scripts.has(x))
    if (shared < SHARED && s.counterparts.length >= SHARED && otherScript) cuts.push(s.from)
  }
  const at = [...new Set(cuts)].sort((a, b) => a - b)
  if (at.length === 0) return [{ from: null, to: null }]
  return [null, ...at].map((from, i) => ({ from, to: at[i] ?? null }))
}

/** Whether something of that time belongs to the period; what has no time belongs to each. */
export function within(period: Period, from: number | null, to: number | null): boolean {
  if (from === null && to === null) return true
  const [start, end] = [from ?? to!, to ?? from!]
  return (period.to === null || start < period.to) && (period.from === null || end >= period.from)
}
