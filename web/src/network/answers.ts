import type { SnapshotInput } from "../types.ts"

interface Support {
  origins: number
  best: string | null
  banner: string | null
}

export interface StagePerson {
  entity: string
  label: string
  roles: string[]
  events: number
  firstAt: string | null
  lastAt: string | null
  support: Support
}

export interface StageCell {
  stage: number
  /** Null: all routes together. */
  route: string | null
  known: number
  unseenAtLeast: number
  state: "blank" | "chokepoint" | "held" | "unplaced"
  seenOnce: boolean
  people: StagePerson[]
}

export interface Stages {
  snapshot: string
  script: { stage: number; title: string; roles: string[] }[]
  routes: { id: string; scarce: { role: string; known: number }[] }[]
  cells: StageCell[]
  unstaged: number
  says: string
}

export interface Head {
  snapshot: string
  verdict: "nothing" | "not visible" | "partly visible"
  says: string
  people: {
    entity: string
    label: string
    rank: number
    shownBy: ("spoken" | "paid" | "releases" | "proceeds")[]
    onlyThroughOthers: boolean
    strong: boolean
    spokenAs: { name: string; events: number; records: string[] }[]
    without: { source: "spoken" | "paid" | "releases" | "proceeds"; rank: number | null }[]
    reasons: { words: string; innocent: string; records: string[]; support: Support }[]
  }[]
  unknownNames: { name: string; events: number; runs: boolean }[]
  missing: string[]
}

export interface Wanted {
  kind: "phone" | "book" | "decision" | "held"
  entity: string | null
  event: string | null
  join: { a: string; b: string; grade: string; rule: string } | null
  label: string
  shift: number
  topShare: number
  says: string
}

export interface NamedSnapshot {
  id: string
  name: string
  snapshot: string
  state: "stands" | "erased"
  madeAt: string
  sha256: string
  players: number
  ties: number
}

export interface OpenedSnapshot extends NamedSnapshot {
  parts: {
    layers: string[]
    from: string | null
    to: string | null
    grades: string
    projection: string
    mode?: "first" | "second"
    release: string
    measure?: string
    weighted?: boolean
    directed?: boolean
  }
  people: {
    entity: string
    label: string
    rank: number
    score: number
    range: [number, number] | null
    strength: { out: number; in: number }
    roles: string[]
  }[]
  tied: { a: string; b: string; layers: string[]; events: number; weight: number; forth: number; back: number }[]
  today: { same: boolean; says: string }
}

export type Why = "world" | "evidence" | "undated"
export interface TieChange {
  a: string
  b: string
  layers: string[]
  why: Why
  firstAt: string | null
  lastAt: string | null
}

export interface Comparison {
  earlier: NamedSnapshot
  later: NamedSnapshot
  until: string
  players: {
    entity: string
    label: string
    change: "new" | "gone" | "rose" | "fell" | "same" | "joined"
    rankBefore: number | null
    rankAfter: number | null
    beyondRange: boolean | null
    signs: Record<Why, number>
  }[]
  newTies: TieChange[]
  goneTies: TieChange[]
  stayed: number
  says: string
}

export interface Communities {
  basis: "conduct" | "structure only"
  alone: number
  count: number
  modularity: number
  runs: number
  communities: {
    community: number
    size: number
    firmness: number
    people: { entity: string; label: string; firmness: number }[]
    others: number
  }[]
  /** Everybody with a community but protected people. */
  nodes: { entity: string; community: number; firmness: number }[]
}

export type BrokerGroups = "stage" | "place" | "community"

export interface Broker {
  entity: string
  label: string
  group: string | null
  roles: Record<"coordinator" | "itinerant" | "representative" | "gatekeeper" | "liaison", number>
  pairs: number
  interval: [number, number]
  constraint: number | null
  effective: number
  joins: { from: string; to: string }[]
  records: string[]
  support: Support
}

export interface Brokers {
  by: BrokerGroups
  ungrouped: number
  people: Broker[]
  draws: { draws: number }
}

export interface CrossedTies {
  ties: {
    a: { entity: string; label: string }
    b: { entity: string; label: string }
    betweenness: number
    interval: [number, number] | null
    records: string[]
    support: Support
  }[]
  draws: { draws: number }
}

export interface PeopleTogether {
  between: number
  tied: number
  people: { entity: string; label: string; alone: number; without: number }[]
  random: { mean: number; low: number; high: number } | null
}

type StepKind = "pay" | "call" | "message" | "move" | "ok" | "release"

export interface Occurrence {
  firstAt: string
  lastAt: string
  roles: { role: string; entity: string | null; label: string | null; withheld: "protected" | "customer" | null }[]
  steps: { kind: StepKind; from: string; to: string; at: string; record: string | null }[]
  support: Support
}

export interface Sequences {
  steps: { kind: StepKind; from: string; to: string; either: boolean; code: boolean; reached: number }[]
  withinHours: number
  happened: { kind: StepKind; n: number }[]
  count: number
  complete: boolean
  occurrences: Occurrence[]
}

/** What each procedure about the picture takes and answers at once. */
export interface PictureValues {
  "network.snapshots": [{ investigation: string }, { snapshots: NamedSnapshot[] }]
}

/** The same of those that run as jobs. */
export interface PictureJobs {
  "network.stages": [SnapshotInput, Stages]
  "network.unseen": [SnapshotInput, Head]
  "network.collect": [SnapshotInput & { top?: number; items?: number; seed?: number }, { items: Wanted[]; leftOut: number; says: string }]
  "network.name-snapshot": [SnapshotInput & { name: string; measure?: string; weighted?: boolean; directed?: boolean }, { id: string }]
  "network.open-snapshot": [{ investigation: string; snapshot: string }, OpenedSnapshot]
  "network.communities": [SnapshotInput, Communities]
  "network.brokers": [SnapshotInput & { by?: BrokerGroups }, Brokers]
  "network.ties": [SnapshotInput, CrossedTies]
  "network.group": [SnapshotInput & { who: string[] }, PeopleTogether]
  "network.motifs": [{ investigation: string; steps: string; within: number }, Sequences]
  "network.compare": [{ investigation: string; earlier: string; later: string }, Comparison]
}
