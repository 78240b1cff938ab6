type Nothing = Record<string, never>

export interface LifeAlert {
  id: string
  kind: "boat" | "captive" | "threat" | "lone-child" | "trafficking" | "examine"
  urgency: "now" | "soon"
  state: "open" | "overdue" | "acknowledged" | "closed"
  signs: number
  evidenceAt: string | null
  place: string | null
  lat: number | null
  lon: number | null
  contact: string
  sentence: string | null
  byHand: boolean
  foundAt: string
  dueAt: string
  deliveredAt: string | null
  deliveredAfterMs: number | null
  acknowledgedAt: string | null
  acknowledgedAfterMs: number | null
  closedAt: string | null
  outcome: "acted" | "known-already" | "no-risk" | "passed-on" | null
  told: string[]
  remark: string | null
}

export type RaisedKind = Exclude<LifeAlert["kind"], "examine">

export interface RaisedAlert {
  alert: string
  kind: LifeAlert["kind"]
  state: LifeAlert["state"]
  foundAt: string
  escalated: boolean
  sources: { record: string; exhibit: string; item: string; kind: RaisedKind; words: string }[]
}

export interface RightsRequest {
  id: string
  kind: "access" | "rectification" | "erasure" | "restriction"
  subject: string
  wants: string
  receivedAt: string
  state: "identity awaited" | "answer of the subject awaited" | "to search" | "to decide" | "to answer" | "closed"
  identity: string | null
  dueAt: string | null
  extendBy: string | null
  overdue: boolean
  items: number
  undecided: number
}

export type RestrictionGround = "a" | "b" | "c" | "d" | "e"
export type ItemDecision = "give" | "withhold" | "silent" | "not-about"

export interface RightsItem {
  n: number
  exhibit: string
  item: string
  scope: "in" | "undecided" | "apart" | "sealed"
  kinds: Record<string, number>
  foundBy: string[]
  ownDevice: boolean
  banner: string
  suggestions: { ground: RestrictionGround; why: string }[]
  decision: ItemDecision | null
  ground: RestrictionGround | null
  reason: string | null
}

export type ClockStep = "identified" | "asked" | "answered" | "extended" | "refused"

export interface Breach {
  id: string
  what: string
  awareAt: string
  dueAt: string
  state: "to assess" | "to notify" | "overdue" | "to tell people" | "to close" | "closed"
  risk: "unknown" | "unlikely" | "likely" | "high"
  steps: { step: BreachStep; words: string; at: string }[]
}

export type BreachStep = "facts" | "risk" | "notified" | "told-people" | "not-told-people" | "closed"

export type NoticeKind = "seizure" | "retention" | "outcome" | "return"
export type NoticeState = "due" | "overdue" | "sent" | "delayed" | "not-reachable" | "withdrawn"

export interface DeviceNotice {
  item: string
  reference: string | null
  onArrival: boolean
  kind: NoticeKind
  state: NoticeState
  dueAt: string
  language: string | null
  reason: string | null
}

export interface Contest {
  id: string
  entity: string
  about: "standing" | "attribution" | "conduct"
  target: string | null
  party: "person" | "defence" | "colleague"
  reason: string
  raisedAt: string
  state: "open" | "answered"
  outcome: "upheld" | "changed" | "partly" | null
  answer: string | null
  answeredAt: string | null
}

export type SamplePool = "reasons" | "unmaskings" | "liftings" | "restrictions"
export type Verdict = "adequate" | "inadequate" | "follow-up"

export interface VerdictCounts {
  adequate: number
  inadequate: number
  followUp: number
  open: number
}

export interface Sample {
  id: string
  pool: SamplePool
  from: string
  to: string
  drawnAt: string
  poolSize: number
  size: number
  seed: string
  counts: VerdictCounts
}

export interface DrawnEntry {
  turn: number
  entry: string
  at: string
  kind: string
  procedure: string | null
  actor: string
  ground: string | null
  said: Record<string, unknown>
  about: string[]
  left: string[]
  verdict: Verdict | null
  remark: string | null
}

export interface RightsFigures {
  alerts: { all: number; byHand: number; overdue: number; medianToScreenMs: number | null; noRisk: number }
  requests: { all: number; open: number; closed: number; extended: number; refused: number }
  breaches: { all: number; open: number; notified: number; late: number }
}

/** Procedures that answer at once: input and answer. */
export interface SafeguardValues {
  "safeguards.acknowledge": [{ alert: string }, LifeAlert]
  "safeguards.close": [{ alert: string; outcome: string; told: string[]; remark: string }, LifeAlert]
  "safeguards.raise": [
    { kind: RaisedKind; words: string; investigation?: string; place?: string; lat?: number; lon?: number; record?: string },
    { alert: string },
  ]
  "safeguards.raised": [{ investigation: string }, RaisedAlert[]]
  "safeguards.to-examine": [{ investigation: string }, RaisedAlert[]]
  "safeguards.set-contact": [{ investigation: string; contact: string; tellName: boolean }, { contact: string }]
  "safeguards.requests": [Nothing, RightsRequest[]]
  "safeguards.request-enter": [
    {
      kind: RightsRequest["kind"]
      subject: string
      wants: string
      channel: string
      receivedAt: string
      identityNeeded: boolean
      names: string[]
      identifiers: { type: string; raw: string }[]
    },
    RightsRequest,
  ]
  "safeguards.request-show": [{ request: string }, { request: RightsRequest; items: RightsItem[]; letter: string | null }]
  "safeguards.request-clock": [{ request: string; step: ClockStep; words: string }, RightsRequest]
  "safeguards.request-decide": [
    { request: string; n: number; decision: ItemDecision; ground?: RestrictionGround; reason: string },
    { undecided: number },
  ]
  "safeguards.request-letter": [{ request: string }, { text: string; ready: boolean }]
  "safeguards.request-close": [{ request: string }, RightsRequest]
  "safeguards.request-hand-over": [{ request: string }, { next: string }]
  "safeguards.notes-of": [
    { investigation: string; record: string },
    { id: string; record: string; state: "contested" | "rectified" | "restricted"; words: string; at: string }[],
  ]
  "safeguards.breaches": [Nothing, Breach[]]
  "safeguards.breach-report": [{ what: string; awareAt?: string }, { breach: string; dueAt: string }]
  "safeguards.breach-step": [
    {
      breach: string
      step: BreachStep
      words: string
      risk?: Breach["risk"]
      people?: number
      categories?: string
      consequences?: string
      measures?: string
      delay?: string
    },
    Breach,
  ]
  "safeguards.breach-text": [{ breach: string }, { text: string }]
  "safeguards.notices": [{ open?: boolean }, DeviceNotice[]]
  "safeguards.notice-text": [
    { item: string; kind: NoticeKind; language: string; reason?: string; contact: string },
    { text: string; rtl: boolean; checked: boolean },
  ]
  "safeguards.notice-record": [
    { item: string; kind: NoticeKind; state: string; language?: string; channel?: string; reason?: string; contact?: string },
    { notice: string },
  ]
  "safeguards.contest": [
    { investigation: string; entity: string; about: Contest["about"]; target?: string; party: Contest["party"]; reason: string },
    { contest: string },
  ]
  "safeguards.contests": [{ investigation: string; entity?: string }, Contest[]]
  "safeguards.answer-contest": [{ investigation: string; contest: string; outcome: string; answer: string }, Contest]
  "safeguards.method": [{ investigation: string; entity: string }, { text: string; facts: number }]
  "safeguards.draw-sample": [{ pool: SamplePool; from: string; to: string; size: number }, Sample]
  "safeguards.samples": [Nothing, Sample[]]
  "safeguards.sample-show": [{ sample: string }, { sample: Sample; items: DrawnEntry[] }]
  "safeguards.judge-sample": [{ sample: string; turn: number; verdict: Verdict; remark: string }, VerdictCounts]
  "safeguards.rights-report": [Nothing, RightsFigures]
}

export interface SafeguardJobs {
  "safeguards.request-search": [{ request: string }, { found: number; bySound: number }]
}
