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
  parts: { layers: string[]; from: string | null; to: string | null; grades: string; projection: string; release: string }
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

/** What each procedure about the picture takes and answers at once. */
export interface PictureValues {
  "network.snapshots": [{ investigation: string }, { snapshots: NamedSnapshot[] }]
}

/** The same of those that run as jobs. */
export interface PictureJobs {
  "network.stages": [SnapshotInput, Stages]
  "network.unseen": [SnapshotInput, Head]
  "network.collect": [SnapshotInput & { top?: number; items?: number; seed?: number }, { items: Wanted[]; leftOut: number; says: string }]
  "network.name-snapshot": [SnapshotInput & { name: string }, { id: string }]
  "network.open-snapshot": [{ investigation: string; snapshot: string }, OpenedSnapshot]
  "network.compare": [{ investigation: string; earlier: string; later: string }, Comparison]
}
