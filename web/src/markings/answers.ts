/** A grade as somebody gave it; the last one counts. */
export interface Grading {
  code: string
  scheme: string
  words: string
  /** Null: as it came. */
  grader: string | null
  reason: string | null
  at: string
  europol: { code: string | null; asOf: string; losses: string[] } | null
}

export interface Reservation {
  banner: string
  items: { id: string; reference: string | null }[]
  use: "evidence" | "sharing"
  code: string
  says: string
  ask: string[]
  permitted: boolean
}

export interface Permission {
  id: string
  originator: string
  code: string
  condition: string | null
  use: "evidence" | "sharing"
  reference: string
  reason: string
  document: string | null
  recordedBy: string
  recordedAt: string
  until: string | null
  confirmedBy: string | null
  withdrawnBy: string | null
  inForce: boolean
}

/** What each procedure about grades and markings takes and answers. */
export interface MarkingValues {
  "evidence.regrade": [{ investigation: string; item: string; scheme: string; code: string; reason: string }, Grading[]]
  "markings.reserved": [{ investigation: string }, Reservation[]]
  "markings.permissions": [{ investigation: string }, Permission[]]
  "markings.permit": [
    {
      investigation: string
      originator: string
      code: string
      condition?: string
      use: "evidence" | "sharing"
      reference: string
      reason: string
      document?: string
    },
    Permission,
  ]
  "markings.confirm": [{ investigation: string; permission: string }, Permission]
  "markings.withdraw": [{ investigation: string; permission: string }, Permission]
}
