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
