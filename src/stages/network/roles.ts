import type { ConductReason, Rankable } from "#entities"

/**
 * What share of the evidence for a conduct counts for rank: how much a network hangs on whoever does it. Those who run, pay, supply and
 * forge are few and hard to replace; those who advertise, drive and lead groups to a beach are many and soon replaced (Campana 2018:
 * 15 % organisers, 85 % aides; Duijn et al. 2014: skills of the value chain; sources §5). Starting values, not findings.
 */
const WEIGHT: Readonly<Record<string, number>> = {
  organises: 1,
  finances: 1,
  "is-paid": 1,
  "holds-deposits": 1,
  supplies: 1,
  forges: 1,
  launders: 1,
  coerces: 0.6,
  transports: 0.5,
  shelters: 0.5,
  recruits: 0.4,
  advertises: 0.3,
}
/** A conduct that the table does not name counts in full: a person asserted it. */
const roleWeight = (conduct: string): number => WEIGHT[conduct] ?? 1

/** A conduct that this many of the list or fewer are shown to do is scarce: it counts in full. */
const SCARCE = 3

/**
 * Evidence of each player by seizure event, hundredths of a bit, each conduct by its weight and by how many others of the list do the
 * same: who does what few others do is harder to replace. In the order of the players, then of events.
 */
export function weighedEvidence(players: readonly Rankable[]): { event: string; strength: number }[][] {
  const doers = new Map<string, number>()
  for (const p of players) for (const conduct of new Set(p.reasons.map((r) => r.conduct))) doers.set(conduct, (doers.get(conduct) ?? 0) + 1)
  const share = (r: ConductReason) =>
    (r.strength * roleWeight(r.conduct) * Math.min(1, Math.sqrt(SCARCE / doers.get(r.conduct)!))) / r.events.length
  return players.map((p) => {
    const out = new Map<string, number>()
    for (const r of p.reasons) for (const event of r.events) out.set(event, (out.get(event) ?? 0) + share(r))
    return [...out].map(([event, strength]) => ({ event, strength })).sort((a, b) => (a.event < b.event ? -1 : 1))
  })
}
