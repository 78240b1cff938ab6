/**
 * Standing: what a person is in a case, per event and period. People carried in boats are not targets: a person is ranked only on
 * conduct, and protection wins wherever standings differ. The default is unknown, never suspect.
 */

interface StandingShape {
  title: string
  /** Kept in the network as structure without a label; never ranked, scored or listed. */
  protective: boolean
  /** Category of DPA 2018 s.38(3): suspects, convicted, victims, witnesses and others with information; null for none of these. */
  category: "suspect" | "convicted" | "victim" | "witness or other" | null
  /** Whether two people of different teams may lift the protection for one person for a time. Never for children. */
  liftable: boolean
}

/** In order of strength: where several protective standings hold, the first is shown. */
export const STANDINGS = {
  child: { title: "child", protective: true, category: "victim", liftable: false },
  "age-disputed": { title: "age disputed: treated as a child", protective: true, category: "victim", liftable: false },
  "possible-trafficking-victim": { title: "possible victim of trafficking", protective: true, category: "victim", liftable: true },
  victim: { title: "victim", protective: true, category: "victim", liftable: true },
  "smuggled-person": { title: "smuggled person", protective: true, category: "witness or other", liftable: true },
  witness: { title: "witness", protective: true, category: "witness or other", liftable: true },
  rescuer: { title: "rescuer or helper", protective: true, category: "witness or other", liftable: true },
  convicted: { title: "convicted", protective: false, category: "convicted", liftable: false },
  suspect: { title: "suspect", protective: false, category: "suspect", liftable: false },
  unknown: { title: "unknown", protective: false, category: null, liftable: false },
} as const satisfies Record<string, StandingShape>

export type Standing = keyof typeof STANDINGS
export const STANDING_IDS = Object.keys(STANDINGS) as Standing[]

/** A lifted protection lapses by itself. */
export const LIFT_DAYS = 28

export function isProtective(standing: Standing): boolean {
  return STANDINGS[standing].protective
}

/** One statement of what somebody is. Several may hold at once. */
export interface StandingClaim {
  standing: Standing
  /** The event in which it holds (a crossing, a raid, a case); null for all. */
  event: string | null
  /** UTC milliseconds, half-open; null = open. */
  from: number | null
  to: number | null
}

/** What holds for a person when all claims are weighed. */
export interface StandingAnswer<C extends StandingClaim = StandingClaim> {
  standing: Standing
  protected: boolean
  /** The claims on which the answer rests. */
  because: C[]
  /** Claims that hold too and say something else. */
  differing: C[]
}

function holds(claim: StandingClaim, at: number | undefined): boolean {
  if (at === undefined) return true
  return (claim.from === null || claim.from <= at) && (claim.to === null || at < claim.to)
}

/**
 * The standing that counts. Every claim in force at `at` (all of them without it) takes part, whatever event it is about: a victim
 * of one crossing who is named as a suspect in another stays protected. Conviction counts over suspicion, both over unknown. The
 * order of the claims does not matter.
 */
export function standingOf<C extends StandingClaim>(claims: readonly C[], at?: number): StandingAnswer<C> {
  const inForce = claims.filter((claim) => holds(claim, at))
  const strongest = STANDING_IDS.find((id) => inForce.some((claim) => claim.standing === id)) ?? "unknown"
  return {
    standing: strongest,
    protected: isProtective(strongest),
    because: inForce.filter((claim) => claim.standing === strongest),
    differing: inForce.filter((claim) => claim.standing !== strongest),
  }
}
