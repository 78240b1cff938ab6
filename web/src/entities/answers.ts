/** What a person decided about somebody, and what became of it. */
export interface Decision {
  decision: string
  about: "standing" | "conduct"
  says: string
  event: string | null
  from: string | null
  to: string | null
  grade: string | null
  reason: string
  records: string[]
  by: string
  at: string
  withdrawn: { decision: string; reason: string; by: string; at: string } | null
}

export interface SignedStep {
  by: string
  team: string
  organisation: string
  at: string
  reason: string
}

export type LiftingAnswers = Record<"age" | "trafficking" | "compulsion", { answer: string; text: string; by: string }>

/** Protection of one person lifted for a time, or proposed to be. */
export interface Lifting {
  lifting: string
  state: string
  officer: string | null
  conduct: { record: string; conduct: string; shows: string }[]
  answers: LiftingAnswers
  proposed: SignedStep
  seconded: (SignedStep & { until: string }) | null
  ended: SignedStep | null
}

/** A lifting as oversight sees it: without names. */
export interface CountedLifting extends Omit<Lifting, "officer" | "conduct" | "answers"> {
  standing: string | null
  records: number
  exhibits: number
}

/** Procedures on standings and liftings that answer at once: input and answer. */
export interface StandingValues {
  "entities.set-standing": [
    {
      investigation: string
      entity: string
      standing: string
      event?: string
      from?: string
      to?: string
      grade?: string
      records?: string[]
      reason: string
    },
    { decision: string },
  ]
  "entities.withdraw-standing": [{ investigation: string; decision: string; reason: string }, { decision: string }]
  "entities.withdraw-conduct": [{ investigation: string; assertion: string; reason: string }, { assertion: string }]
  "entities.propose-lifting": [
    LiftingAnswers & {
      investigation: string
      entity: string
      conduct: { record: string; conduct: string; shows: string }[]
      reason: string
    },
    { lifting: string; officer: string },
  ]
  "entities.second-lifting": [{ investigation: string; lifting: string; reason: string }, { lifting: string; until: string }]
  "entities.end-lifting": [{ investigation: string; lifting: string; reason: string }, { lifting: string }]
  "entities.liftings": [
    Record<string, never>,
    {
      counts: { proposed: number; seconded: number; inForce: number; lapsed: number; ended: number }
      liftings: CountedLifting[]
    },
  ]
}

/** Somebody whom a decision or a conflict is about. */
export interface Who {
  entity: string
  label: string
  masked: boolean
  identifiers: string[]
}

export interface SecondReading {
  agrees: boolean
  reason: string
  by: string
  at: string
}

/** What was decided on who is who, and what became of it. */
export interface IdentityDecision {
  decision: string
  says: "same" | "not-same" | "unsure" | "split"
  a: Who[]
  b: Who[]
  reason: string
  records: string[]
  rule: string | null
  by: string
  at: string
  state: "in-force" | "waits" | "refused" | "undone"
  consequences: { id: string; words: string }[]
  reading: SecondReading | null
  undoing: { decision: string; reason: string; by: string; at: string; state: string; reading: SecondReading | null } | null
  overruled: string | null
}

/** What would have been joined and was cut. */
export interface Conflict {
  kind:
    | "not-same"
    | "two-birth-dates"
    | "two-stated-birth-dates"
    | "two-places-at-once"
    | "two-holders"
    | "too-many-numbers"
    | "shared-by-many"
  words: string
  a: Who
  b: Who
  decision: string | null
  against: string[]
  weight: number | null
  rule: string
  reason: string
  records: string[]
}

interface Decided {
  decision: string
  state: "in-force" | "waits"
  consequences: string[]
}

/** Procedures on who is who that answer at once: input and answer. */
export interface IdentityValues {
  "entities.decide": [{ investigation: string; a: string; b: string; decision: string; reason: string; records: string[] }, Decided]
  "entities.split": [{ investigation: string; entity: string; parts: string[][]; reason: string; records: string[] }, Decided]
  "entities.undo": [{ investigation: string; decision: string; reason: string }, { decision: string; state: string }]
  "entities.second": [{ investigation: string; decision: string; agrees: boolean; reason: string }, { decision: string; state: string }]
  "entities.decisions": [{ investigation: string; entity?: string; state?: string }, { decisions: IdentityDecision[] }]
  "entities.conflicts": [{ investigation: string; entity?: string; kind?: string; limit?: number }, { conflicts: Conflict[]; of: number }]
}
