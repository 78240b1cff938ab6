/** Shapes of what the node answers about devices; they follow the outputs that its procedures declare. */

export interface DeviceAlert {
  code: string
  words: string
  since: string | null
}

export interface DeviceHead {
  item: string
  reference: string | null
  title: string | null
  onArrival: boolean
  event: string
  place: string | null
  takenAt: string
}

export interface Power {
  id: string
  state: string
  title: string
  provision: string
  reach: string
  since: string | null
  section26: boolean
  says: string
  source: string
  asOf: string
}

export type Answer = "yes" | "no" | "unknown"
export const LIMBS = ["no-leave", "deportation-order", "no-clearance", "no-travel-authorisation", "leave-since"] as const
export type Limb = (typeof LIMBS)[number]

export interface DeviceFacts {
  power?: string
  takenFrom?: "person" | "premises"
  takenAt?: string
  grounds?: string
  officer?: string
  service?: string
  agent?: string
  relevantPerson?: { limbs: Record<Limb, Answer>; by: string; at: string; basis?: string }
  superintendentInformed?: { at: string; who: string }
  receipt?: { given: boolean; language?: string; at?: string; words?: string }
  returnBy?: string
  returned?: { at: string; to: string }
  reviewBy?: string
}

export interface DeviceRecord {
  device: DeviceHead
  power: Power | null
  facts: DeviceFacts
  relevantPerson: Answer | null
  authorisations: {
    id: string
    authoriser: string
    person: string | null
    rank: string
    service: string
    givenAt: string
    until: string | null
    acts: string[]
    reason: string
    withdrawnAt: string | null
  }[]
  examiner: { person: string; name: string; since: string } | null
  alerts: DeviceAlert[]
  destruction: {
    proposal: string
    ground: string
    counts: Record<string, number>
    proposedBy: string
    proposedAt: string
    confirmedBy: string | null
    doneAt: string | null
  } | null
  history: {
    id: string
    kind: string
    said: Record<string, unknown>
    reason: string | null
    by: string
    byName: string | null
    at: string
  }[]
}

export interface ScopeCounts {
  item: string
  rows: { in: number; undecided: number; sealed: number; apart: number }
  rejects: number
  apart: { category: string; rows: number; byRule: number; lifted: number }[]
  sorted: boolean
}

export interface BlindHits {
  item: string
  lastRun: { at: string; compared: number; hits: number } | null
  hits: {
    record: string
    kind: string
    type: string
    value: string
    foundIn: { item: string; reference: string | null }[]
    foundAt: string
  }[]
  decided: number
}

export interface CandourRow {
  item: string
  reference: string | null
  event: string
  place: string | null
  takenAt: string
  power: string | null
  provision: string | null
  relevantPerson: string | null
  officer: string | null
  authoriser: string | null
  authoriserRank: string | null
  authorisedAt: string | null
  superintendentInformedAt: string | null
  receiptGiven: string | null
  receiptLanguage: string | null
  returnBy: string | null
  returnedAt: string | null
  scopeDecisions: number
  missing: string
}

interface Device {
  investigation: string
  item: string
}

export interface DeviceValues {
  "evidence.powers": [Record<string, never>, Power[]]
  "evidence.device-record": [Device, DeviceRecord]
  "evidence.record-device": [Device & DeviceFacts & { reason?: string }, DeviceRecord]
  "evidence.authorise-device": [
    Device & { rank: string; service: string; equivalent?: boolean; reason: string; authoriser?: string; until?: string },
    DeviceRecord,
  ]
  "evidence.withdraw-authority": [Device & { reason: string }, DeviceRecord]
  "evidence.assign-examiner": [Device & { person: string; reason?: string }, DeviceRecord]
  "evidence.device-alerts": [{ investigation: string }, { devices: (DeviceHead & { alerts: DeviceAlert[] })[]; without: number }]
  "records.scope-counts": [Device, ScopeCounts]
  "records.blind-hits": [Device, BlindHits]
  "records.propose-destruction": [Device & { ground: string }, { proposal: string; item: string; counts: Record<string, number> }]
}

export interface DeviceJobs {
  "records.compare-blind": [Device, { item: string; compared: number; hits: number }]
  "records.destroy-out-of-scope": [Device & { proposal: string }, { doneAt: string; records: { count: number } }]
}

export interface DeviceRows {
  "evidence.devices-under": [{ investigation: string; power?: string; from?: string; to?: string }, CandourRow]
}
