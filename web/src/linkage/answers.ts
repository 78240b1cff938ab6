import type { SecondReading } from "../entities/answers.ts"
import type { linkage } from "../language/en-linkage.ts"

export type ParameterSource = keyof typeof linkage.sources

export interface LevelShown {
  level: string
  m: number
  u: number
  weight: number
}

export interface ParameterSetShown {
  source: ParameterSource
  hash: string
  floor: number
  prior: number
  priorWeight: number
  comparators: { comparator: string; shipped: boolean; levels: LevelShown[] }[]
}

export interface Proposal {
  source: ParameterSource
  set: ParameterSetShown | null
  missing: string | null
  joins: number
  parts: number
  answered: { same: number; sameHeld: number; other: number; otherHeld: number }
}

export interface Adoption {
  decision: string
  source: ParameterSource
  hash: string
  learntOn: { fragments: number; pairs: number; decided: number }
  reason: string
  by: string
  at: string
  state: "in-force" | "waits" | "refused" | "undone"
  counts: boolean
  consequences: { id: string; words: string }[]
  reading: SecondReading | null
  undoing: { decision: string; reason: string; by: string; at: string; state: string; reading: SecondReading | null } | null
}

export interface ParametersShown {
  fragments: number
  pairs: number
  held: number
  decided: { same: number; other: number }
  inForce: (ParameterSetShown & { adopted: boolean }) | null
  proposals: Proposal[]
  adoptions: Adoption[]
}

export interface ChangedRow {
  entity: string
  label: string
  record: string
}

export interface ParametersCompared {
  source: ParameterSource
  hash: string
  joins: number
  parts: number
  withheld: number
  pairs: { change: "join" | "part"; a: ChangedRow; b: ChangedRow; together: boolean; weight: number }[]
}

type Signed = { decision: string; state: "in-force" | "waits" }

/** Procedures on parameters of linkage that answer at once: input and answer. */
export interface LinkageValues {
  "entities.parameters": [{ investigation: string }, ParametersShown]
  "entities.compare-parameters": [{ investigation: string; source: ParameterSource; limit?: number }, ParametersCompared]
  "entities.adopt-parameters": [{ investigation: string; source: ParameterSource; hash: string; reason: string }, Signed]
  "entities.withdraw-parameters": [{ investigation: string; decision: string; reason: string }, Signed]
  "entities.second-parameters": [{ investigation: string; decision: string; agrees: boolean; reason: string }, Signed]
}
