import type { SnapshotInput } from "../types.ts"

/** Shapes of what the node answers about plans; they follow the outputs that its procedures declare. */

export interface Range {
  low: number
  middle: number
  high: number
}

export interface ChainCell {
  stage: number
  title: string
  route: string
  known: number
  blank: boolean
  capacity: Range | null
  narrow: number
  players: { entity: string; label: string; days: number; conducts: string[]; records: string[] }[]
}

export interface ChainAnswer {
  snapshot: string
  weeks: number
  from: string | null
  to: string | null
  routes: { id: string; title: string; flow: Range | null }[]
  flow: Range | null
  unknown: number
  cells: ChainCell[]
  unstaged: { entity: string; label: string }[]
  blanks: string[]
  assumptions: string[]
}

type Pair = [number, number]

export interface LeverLine {
  id: string
  kind: string
  state: string
  title: string
  owner: string
  object: "person" | "stage"
  stages: number[]
  test: string
  provision: string
  since: string | null
  evidence: "admissible" | "intelligence"
  evidenceSays: string
  cost: Pair
  lead: Pair
  effect: Pair
  reveals: string
  source: string
  asOf: string
}

export interface InterdictAnswer {
  before: Range
  plans: {
    budget: number
    cost: number
    left: Range
    mean: number
    worst: number
    lowered: number
    optimal: boolean
    gap: number
    says: string
    levers: { lever: string; title: string; stage: number; entity: string | null; label: string; cost: number }[]
  }[]
  weighed: number
  leftOut: number
  assumptions: string[]
}

export interface PlanOption {
  name: string
  levers: { lever: string; stage: number; entity?: string }[]
  players: string[]
}

type Verdict = "lower" | "uncertain" | "none" | "worse"
export type Mechanism = "none" | "random" | "preferential" | "triadic" | "alike"

export interface ComparedOption {
  name: string
  summary: { weeks: number; change: Range; mean: number; verdict: Verdict; says: string }[]
  outcomes: { mechanism: Mechanism; weeks: number; change: Range; verdict: Verdict; worse: number }[]
  items: {
    /** Null: what would be if somebody were gone, whatever removed him. */
    lever: string | null
    title: string
    label: string
    stage: number | null
    provision: string | null
    feasible: "listed" | "not-looked-up" | "no-power"
    evidence: {
      says: string | null
      records: number
      status: "held" | "thin" | "reserved" | "nothing"
      support: { origins: number; best: string | null }
    }
    reveals: string | null
    reports: number
  }[]
  lead: Pair
  collateral: { protected: number; unknown: number }
  clashes: string[]
  open: string[]
}

export interface CompareAnswer {
  snapshot: string
  options: ComparedOption[]
  sets: { name: string; players: string[]; byFlow: boolean }[]
  best: { name: string; next: string | null; apart: boolean } | null
  assumptions: string[]
  says: string
}

export interface DecisionsAnswer {
  decisions: {
    id: string
    chosen: string
    reason: string
    options: string[]
    people: { entity: string; label: string | null }[]
    forecast: { name: string; weeks: number; change: Range }[]
    decidedBy: string
    decidedAt: string
    outcomes: { weeks: number; change: number; forecast: Range | null; inside: boolean | null; says: string; enteredAt: string }[]
  }[]
  calibration: { scored: number; inside: number; bias: number | null }
}

export interface PlanJobs {
  "plan.chain": [SnapshotInput & { draws?: number }, ChainAnswer]
  "plan.interdict": [SnapshotInput & { draws?: number; aversion?: number; budgets?: number[] }, InterdictAnswer]
  "plan.compare": [SnapshotInput & { options: PlanOption[]; beside?: number; draws?: number; runs?: number }, CompareAnswer]
  "plan.decide": [
    SnapshotInput & { options: PlanOption[]; chosen: string; reason: string; draws?: number; runs?: number },
    { decision: string },
  ]
}

export interface PlanValues {
  "plan.levers": [{ investigation: string; state?: string }, LeverLine[]]
  "plan.decisions": [{ investigation: string }, DecisionsAnswer]
  "plan.score": [
    { investigation: string; decision: string; weeks: number; before: number; after: number; says: string; records?: string[] },
    { change: number; inside: boolean | null },
  ]
}
