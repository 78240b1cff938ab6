export type GroupId = "arrival-device" | "watch-list" | "partner" | "group-1" | "group-2" | "group-3" | "group-4"

/** A line of the schedule: how long until somebody must look again, and where that is written. */
export interface ScheduleLine {
  id: GroupId
  title: string
  from: string
  period: { years?: number; months?: number; days?: number }
  source: string
  basis: "law" | "own"
}

export interface Review {
  id: string
  item: string
  decision: "keep" | "destroy" | "hand-back"
  keepUntil: string | null
  group: string | null
  reason: string
  by: string
  at: string
}

export interface DueItem {
  item: string
  reference: string | null
  title: string | null
  kind: string
  power: string | null
  takenInAt: string
  group: GroupId
  groupTitle: string
  source: string
  basis: "law" | "own"
  reviewBy: string
  state: "running" | "due" | "destroy" | "hand-back"
  overdueDays: number
  childUnderTen: boolean
  facts: number
  assessments: number
  last: Review | null
}

export type OrderState = "proposed" | "ordered" | "done" | "withdrawn"
export type TargetKind = "exhibit" | "item" | "records" | "person" | "investigation"

export interface ErasureOrder {
  id: string
  kind: TargetKind
  state: OrderState
  ground: string
  reason: string
  proposedBy: string
  proposedAt: string
  orderedBy: string | null
  orderedAt: string | null
  doneAt: string | null
  parts: string[]
  target: string[]
}

export interface ErasurePreview {
  kind: TargetKind
  exhibits: { id: string; sha256: string; sizeBytes: number }[]
  items: number
  records: number
  lost: Record<string, number>
  altered: Record<string, number>
  past: number
  restricted: number
  register: Record<string, number>
  payloads: number | null
  snapshots: number
  digest: string
}

export interface ErasureStub {
  order: ErasureOrder
  exhibits: { id: string; sha256: string; sizeBytes: number }[]
  items: string[]
  records: { count: number; sha256: string }
  lost: Record<string, number>
  altered: Record<string, number>
  past: number
  restricted: string[]
  stubSha256: string
  proof: { entry: string; leafHash: string; size: number; root: string; path: string[]; checkpoint: string; key: string } | null
}

export interface ErasureTarget {
  investigation: string
  item?: string
  exhibit?: string
  records?: string[]
  entity?: string
  whole?: boolean
}

export const GROUND_IDS = ["no-longer-needed", "unlawful", "obligation", "out-of-scope", "originator"] as const
export const MOPI = ["group-1", "group-2", "group-3", "group-4"] as const

/** What each procedure about retention takes and answers at once. */
export interface RetentionValues {
  "retention.schedule": [Record<string, never>, ScheduleLine[]]
  "retention.due": [{ investigation: string; within?: number; all?: boolean }, { items: DueItem[]; alerts: number }]
  "retention.review": [
    { investigation: string; item: string; decision: Review["decision"]; until?: string; group?: string; child?: string; reason: string },
    Review,
  ]
  "retention.history": [{ investigation: string; item?: string }, Review[]]
  "retention.erasures": [{ investigation: string }, ErasureOrder[]]
  "retention.stub": [{ investigation: string; erasure: string }, ErasureStub]
  "retention.propose-erasure": [ErasureTarget & { ground: string; reason: string }, ErasureOrder]
  "retention.withdraw-erasure": [{ investigation: string; erasure: string; reason: string }, ErasureOrder]
  "retention.orders": [{ open?: boolean }, (ErasureOrder & { investigation: string; left: string[] })[]]
}

export interface RetentionJobs {
  "retention.erase-preview": [ErasureTarget, ErasurePreview]
  "retention.order-preview": [{ erasure: string }, ErasurePreview]
  "retention.erase": [{ erasure: string; digest: string; reason: string }, ErasureOrder]
}
