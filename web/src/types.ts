import type { AuthorityValues } from "./authority/answers.ts"
import type { Decision, IdentityValues, Lifting, StandingValues } from "./entities/answers.ts"
import type { AttributionValues } from "./entities/attribution/answers.ts"
import type { JournalRows, JournalValues } from "./journal/answers.ts"
import type { LinkageValues } from "./linkage/answers.ts"
import type { Grading, MarkingValues } from "./markings/answers.ts"
import type { Mark } from "./marks.ts"
import type { NameValues } from "./names/answers.ts"
import type { PictureJobs, PictureValues } from "./network/answers.ts"
import type { PlanJobs, PlanValues } from "./plan/answers.ts"
import type { RetentionJobs, RetentionValues } from "./retention/answers.ts"
import type { ReviewJobs, ReviewValues } from "./review/answers.ts"
import type { SafeguardJobs, SafeguardValues } from "./safeguards/types.ts"
import type { DeviceJobs, DeviceRows, DeviceValues } from "./scope/answers.ts"
import type { SignInValues } from "./sign-in/answers.ts"

/** Shapes that the node answers with; they follow the outputs that its procedures declare (`/api/openapi.json`). */

export interface Investigation {
  id: string
  name: string
  title: string
}

/** `fraction` 0..1, null while the end is not known. */
export interface Progress {
  fraction: number | null
  words: string
  counts?: Record<string, number>
}

export interface FailureView {
  code: string
  message: string
  hint?: string
  at?: string
  retryAfterMs?: number
}

export interface Job {
  id: string
  procedure: string
  state: "queued" | "running" | "done" | "failed" | "stopped"
  progress: Progress | null
  result: unknown
  /** Of the result. */
  mark: Mark | null
  failure: { code: string; message: string; hint?: string } | null
}

export type Classification = "OFFICIAL" | "OFFICIAL-SENSITIVE" | "SECRET" | "TOP SECRET"

export interface Exhibit {
  id: string
  item: string
  name: string
  path: string
  sha256: string
  sizeBytes: number
  mediaType: string
  undecided: boolean
  state: string
  format: string | null
  /** Records by kind. */
  read: Record<string, number>
  detail: Record<string, number>
  /** Units that were there; `units` + `rejected` of them. */
  there: number
  units: number
  rejected: number
  notes: string[]
  members: number
}

export interface SeizureEvent {
  id: string
  label: string
  kind: string
  place: string | null
  lat: number | null
  lon: number | null
  at: string | null
}

export interface Item {
  id: string
  reference: string | null
  kind: string
  title: string | null
  authority: string
  power: string | null
  undecided: boolean
  grade: string
  handling: string
  conditions: string[]
  classification: string
  originator: string
  notInEvidence: boolean
  permittedUses: string[]
  /** For which its material is seen; null = for all. */
  purposes: string[] | null
  grounds: string | null
  officer: string | null
  authoriser: string | null
  authoriserRank: string | null
  region: string | null
  language: string | null
  holder: { description?: string; standing?: string } | null
  takenInAt: string
  seizureEvent: SeizureEvent
}

export interface ItemWithExhibits extends Item {
  exhibits: Exhibit[]
}

export interface Member {
  path: string
  sha256: string
  sizeBytes: number
  mediaType: string
  format: string | null
  there: number
  units: number
  rejected: number
}

export interface ContinuityEvent {
  at: string
  what: string
  by: string | null
  to: string | null
  seal: string | null
}

export interface ExhibitShown {
  exhibit: Exhibit
  item: Item
  continuity: ContinuityEvent[]
  gradings: Grading[]
  members: Member[]
}

export interface IntakeFile {
  path: string
  sha256: string
  format: string | null
  read: Record<string, number>
  detail: Record<string, number>
  there: number
  rejected: number
  exhibit: string
  item: string
  state: string
  undecided: boolean
  held: boolean
  notes: string[]
}

/** A file that waits, seen by who handed it in alone, until an intake seals it. */
export interface Staged {
  handle: string
  name: string
  sizeBytes: number
  sha256: string
}

/** What a mapping makes of the first rows of a table. */
export interface Preview {
  importer: string
  /** `mapping` is null where no kind of record fits. */
  suggestion: { mapping: unknown; kind: string | null; confidence: number; reasons: string[] } | null
  records: Record<string, unknown>[]
  rejects: Record<string, unknown>[]
  unmapped: string[]
  notes: string[]
}

export interface IntakeInput {
  paths: string[]
  /** Handles of staged files; together one seized thing. */
  uploads?: string[]
  /** Mapping for tables. */
  map?: unknown
  investigation: string
  authority?: string
  grade?: string
  handling?: string
  condition?: string[]
  classification?: Classification
  originator?: string
  power?: string
  onArrival?: boolean
  reference?: string
  kind?: string
  seizureEvent?: { id: string; kind: string; place?: string; at?: string }
  region?: string
  zone?: string
  as?: string
}

export interface RecordIdentifier {
  type: string
  raw: string
  platform?: string
  issuer?: string
}

export interface Party {
  part: string
  owner?: boolean
  ids: RecordIdentifier[]
  name?: string | null
}

export interface Place {
  file: string
  table: string | null
  row: string | null
  byteStart: number | null
  byteEnd: number | null
}

export interface SourceRecord {
  id: string
  kind: string
  title: string
  exhibit: string
  item: string
  place: Place
  at: { iso: string | null; raw: string | null; precision: string | null; zone: string | null; calendar: string | null }
  deleted: string | null
  parties: Party[]
  fields: Record<string, unknown>
  extra: Record<string, unknown> | null
}

export interface RecordShown {
  record: SourceRecord
  around: SourceRecord[]
  exhibit: {
    id: string
    name: string
    sha256: string
    reference: string | null
    title: string | null
    authority: string
    grade: string
    handling: string
    undecided: boolean
  }
}

export interface Reject {
  exhibit: string
  file: string | null
  table: string | null
  row: string | null
  byteStart: number | null
  byteEnd: number | null
  code: string
  reason: string
  snippet: string | null
}

export interface ScopeRule {
  words?: string[]
  identifiers?: string[]
  knownIdentifiers?: boolean
  records?: string[]
  kinds?: string[]
  rest?: boolean
  from?: string
  to?: string
}

export interface SignedRule {
  id: string
  item: string
  rule: ScopeRule
  verdict: "in" | "sealed" | "apart"
  reason: string
  signedBy: string
  signedAt: string
  moved: Record<string, number>
}

export interface ScopeDecided {
  item: string
  moved: Record<string, number>
  left: number
}

export interface EntityBrief {
  id: string
  label: string
  kind: string
  masked: boolean
  /** Stands for a number whose user is not established: the label is only what others call it. */
  identifier: string | null
  identifiers: number
  items: number
  events: number
  records: number
  player: boolean
}

export interface StandingClaim {
  standing: string
  source: string
  event: string | null
  from: string | null
  to: string | null
  decision: string | null
  records: string[]
}

export interface IdentityClaim {
  a: string
  b: string
  grade: string
  rule: string
  reason: string
  items: number
  records: string[]
  refused: string | null
}

export interface ConductClaim {
  conduct: string
  stage: number | null
  strength: number
  basis: string
  rule: string
  words: string
  innocent: string
  records: string[]
  events: string[]
  support: Support
}

export interface HeldIdentifier {
  key: string
  type: string
  value: string
  items: number
  events: number
  records: number
  from: string | null
  to: string | null
}

export interface Entity {
  id: string
  /** Where another id was asked about than the one it goes by now: what became of that. */
  asked: { id: string; became: "part-of" | "merged-into"; parted: { entity: string; label: string; why: string }[] } | null
  label: string
  kind: string
  masked: boolean
  /** Stands for a number whose user is not established: the label is only what others call it. */
  identifier: string | null
  standing: { standing: string; title: string; protected: boolean; claims: StandingClaim[]; history: Decision[] }
  lifted: string | null
  liftings: Lifting[]
  announced: { contact: string }[]
  labels: { name: string; items: number; uses: number }[]
  identifiers: HeldIdentifier[]
  claims: IdentityClaim[]
  conduct: ConductClaim[]
  mentions: { kind: string; part: string; items: number; records: number }[]
  sources: SourceRecord[]
}

export interface SnapshotInput {
  investigation: string
  layers?: string[]
  from?: string
  to?: string
  grades?: "all" | "firm"
  mode?: "first" | "second"
}

/** What the records under a statement amount to. */
export interface Support {
  /** Independent of each other. */
  origins: number
  /** Best single grade, `scheme:code`. */
  best: string | null
  banner: string | null
}

export interface Reason {
  words: string
  innocent: string | null
  records: string[]
  support: Support
}

export interface Player {
  entity: string
  label: string
  /** Stands for a number whose user is not established: the label is only what others call it. */
  identifier: string | null
  rank: number
  score: number
  interval: [number, number]
  stability: number
  range: { rank: [number, number] | null; scenarios: { scenario: string; low: number; high: number; top: number }[] }
  reasons: Reason[]
  conduct: string[]
  stages: number[]
  events: number
  items: number
  missing: string[]
  wouldChange: { event: string; rankWithout: number | null } | null
  rankWithStructure: number | null
}

export interface SharedIdentifier {
  identifiers: string[]
  entity: string
  items: number
  events: number
}

export interface LayerSummary {
  layer: string
  title: string
  ties: number
  top: string[]
  onlyHere: string[]
}

export interface Ranking {
  snapshot: string
  measure: string
  basis: "conduct" | "structure only"
  players: Player[]
  identifiersToResolve: SharedIdentifier[]
  blindSpots: string[]
  layers: LayerSummary[]
  counts: { players: number; entities: number; ties: number; events: number }
  variant: { directed: boolean; weighted: boolean; arcs: number | null; says: string }
  draws: { draws: number; keepEvent: number; keepEdge: number; seed: number; says: string }
  range: { withheld: string | null; says: string }
}

export interface GraphNode {
  id: string
  label: string
  kind: string
  masked: boolean
  /** Stands for a number whose user is not established: the label is only what others call it. */
  identifier: string | null
  weight: number
}

export interface GraphEdge {
  a: string
  b: string
  weight: number
  events: number
  records: number
  layers: string[]
  sample: string[]
  /** How sure it is who the less sure of its ends is. */
  sure: string
}

export interface Layer {
  id: string
  title: string
  weight: number
  why: string
}

export interface NetworkGraph {
  snapshot: string
  nodes: GraphNode[]
  edges: GraphEdge[]
  leftOut: { nodes: number; edges: number }
  layers: Layer[]
}

export interface Curve {
  snapshot: string
  measure: string
  recompute: boolean
  order: string[]
  lcc: number[]
  equals: number[]
}

/** Procedures that answer at once: input and answer. */
export interface Values
  extends AuthorityValues,
    PlanValues,
    JournalValues,
    MarkingValues,
    LinkageValues,
    NameValues,
    PictureValues,
    SafeguardValues,
    RetentionValues,
    SignInValues,
    StandingValues,
    AttributionValues,
    IdentityValues,
    ReviewValues,
    DeviceValues {
  "investigations.list": [Record<string, never>, Investigation[]]
  "investigations.open": [{ name: string; title?: string }, Investigation]
  "jobs.list": [{ limit?: number }, Job[]]
  "jobs.stop": [{ job: string }, Job]
  "evidence.list": [{ investigation: string }, { items: ItemWithExhibits[] }]
  "evidence.show": [{ exhibit: string }, ExhibitShown]
  "records.show": [{ investigation: string; record: string }, RecordShown]
  "records.rejects": [{ investigation: string; exhibit?: string; limit?: number }, Reject[]]
  "records.preview": [{ path: string; map?: unknown }, Preview]
  "records.undecided": [{ investigation: string; item: string; kind: string; limit?: number }, SourceRecord[]]
  "records.scope-rules": [{ investigation: string }, SignedRule[]]
  "entities.list": [{ investigation: string; find?: string; kind?: string; limit?: number }, { entities: EntityBrief[]; of: number }]
  "entities.show": [{ investigation: string; entity: string }, Entity]
  "entities.assert-conduct": [
    { investigation: string; entity: string; conduct: string; stage?: number; reasoning: string; records: string[] },
    { assertion: string },
  ]
  "network.graph": [SnapshotInput & { nodes?: number; leaves?: boolean }, NetworkGraph]
}

export type KeySetGoal = "fragment" | "fragment-distance" | "reach" | "reach-distance"

export interface KeySet {
  basis: "conduct" | "structure only"
  goal: KeySetGoal
  set: string[]
  value: number
  before: number
  optimal: boolean
  bound: number | null
  proof: { looked: number; of: number }
  between: number | null
  members: { entity: string; label: string; adds: number; without: number }[]
  compared: { method: string; set: string[]; value: number }[]
  random: { mean: number; low: number; high: number; draws: number }
  redrawn: {
    draws: number
    value: [low: number, median: number, high: number]
    short: [median: number, high: number]
    best: number
    people: { entity: string; label: string; share: number; member: boolean }[]
    says: string
  } | null
  leftOut: {
    entity: string
    label: string
    ground: "protected" | "safeguarding" | "covert" | "other-team" | "announced" | "jurisdiction" | "power"
    contacts: string[]
  }[]
  counts: { candidates: number }
}

/** Procedures that run as a job: input and the job's result. */
export interface JobResults extends PictureJobs, PlanJobs, SafeguardJobs, RetentionJobs, DeviceJobs, ReviewJobs {
  "outside.perform": [{ investigation: string; preview: string }, { preview: string; result: unknown }]
  "records.intake": [IntakeInput, { files: IntakeFile[] }]
  "records.decide-scope": [
    { investigation: string; item: string; rule: ScopeRule; reason: string; verdict?: "in" | "sealed" },
    ScopeDecided,
  ]
  "network.rank": [SnapshotInput & { measure?: string; top?: number; seed?: number; weighted?: boolean; directed?: boolean }, Ranking]
  "plan.set": [{ investigation: string; k?: number; goal?: KeySetGoal; steps?: number } & { [list: string]: unknown }, KeySet]
  "plan.curve": [SnapshotInput & { measure?: string; recompute?: boolean; block?: number; weighted?: boolean; removals?: number }, Curve]
}

/** Procedures that stream rows. */
export interface RowStreams extends DeviceRows, JournalRows {
  "records.list": [{ investigation: string; kind: string; exhibit?: string; limit?: number }, SourceRecord]
}
