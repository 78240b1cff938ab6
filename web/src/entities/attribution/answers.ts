/** What speaks for or against one claim of who used what. */
export interface AttributionEvidence {
  rule: string
  class: string
  weight: number
  origin: string
  words: string
  innocent: string
  from: string | null
  to: string | null
  records: string[]
  statement: string | null
  by: string | null
}

export interface AttributionClaim {
  id: string
  relation: string
  title: string
  whose: string
  whoseLabel: string
  what: string
  from: string | null
  to: string | null
  grade: string
  weight: number
  origins: number
  contradicted: boolean
  for: AttributionEvidence[]
  against: AttributionEvidence[]
}

interface SpokenPart {
  rule: string
  weight: number
  words: string
  records: string[]
}

/** A name that is spoken of, and whom it may be. */
export interface SpokenName {
  name: string
  key: string
  events: number
  resolved: string | null
  candidates: { entity: string; label: string; weight: number; for: SpokenPart[]; against: SpokenPart[] }[]
}

export interface AttributionTable {
  edgesFrom: string
  claims: AttributionClaim[]
  of: number
  spoken: SpokenName[]
}

/** Procedures on attribution: input and answer. */
export interface AttributionValues {
  "entities.attribution": [
    { investigation: string; entity?: string; relation?: string; atLeast?: string; limit?: number },
    AttributionTable,
  ]
  "entities.attribute": [
    {
      investigation: string
      entity: string
      relation?: string
      what: string
      side: string
      grade: string
      from?: string
      to?: string
      records: string[]
      reason: string
    },
    { statement: string },
  ]
  "entities.withdraw-attribution": [{ investigation: string; statement: string; reason: string }, { statement: string }]
}
