export interface WeighedPart {
  part: string
  weight: number
  words: string
}

/** One claim between two keys, with what its weight is made of. */
export interface WhyStep {
  a: string
  b: string
  rule: string
  weight: number
  grade: string
  reason: string
  prior: number | null
  parts: WeighedPart[]
  probability: number
  items: number
  records: string[]
  refused: string | null
  decision: string | null
}

export interface ReasonView extends WeighedPart {
  code: string
  records: string[]
}

interface WhySide {
  entity: string
  label: string
  identifiers: string[]
}

export interface Why {
  a: WhySide
  b: WhySide
  together: boolean
  direct: WhyStep[]
  forbids: WhyStep[]
  path: WhyStep[]
  compared: ReasonView[]
  weight: number | null
  probability: number | null
  says: string
}

export interface PairSide {
  entity: string
  label: string
  identifiers: string[]
  names: string[]
  born: string[]
  from: string | null
  to: string | null
  items: number
  records: string[]
}

export interface ReviewPair {
  pair: string
  a: PairSide
  b: PairSide
  together: boolean
  claim: { rule: string; words: string; weight: number; records: string[] } | null
  reasons: ReasonView[]
  effect: number
  rank: number | null
  rankThen: number | null
  leaves: string[]
  enters: string[]
  how: "recomputed" | "no-conduct"
}

export interface ErrorRate {
  checked: number
  wrong: number
  unsure: number
  rate: number | null
  interval: [number, number] | null
}

export type Answer = "same" | "not-same" | "unsure"

export interface ListVersion {
  list: string
  date: string | null
  exhibit: string
  file: string
  takenAt: string
  entries: number
  superseded: boolean
}

interface Changed {
  code: string
  words: string
}

export interface Hit {
  entity: string
  label: string
  entry: string
  list: string
  date: string | null
  exhibit: string
  takenAt: string | null
  program: string | null
  listedNames: string[]
  born: string | null
  weight: number
  weak: boolean
  innocents: number | null
  reasons: ReasonView[]
  records: string[]
  state: "new" | "changed" | "same" | "gone"
  because: Changed[]
  silent: boolean
  cameBack: Changed[]
  decision: { decision: "not-him" | "may-be" | "unsure"; reason: string; by: string; at: string } | null
}

export interface ReviewValues {
  "entities.why": [{ investigation: string; a: string; b: string }, Why]
  "entities.queue": [
    { investigation: string; limit?: number },
    { pairs: ReviewPair[]; of: number; answered: number; own: ErrorRate; method: string },
  ]
  "entities.answer": [
    { investigation: string; pair: string; answer: Answer; reason: string; records?: string[] },
    { pair: string; answer: string },
  ]
  "entities.readers": [{ investigation: string }, { readers: (ErrorRate & { reader: string; answered: number })[] }]
  "screening.lists": [
    { investigation: string },
    { lists: ListVersion[]; people: number; left: number; ran: string | null; changed: boolean },
  ]
  "screening.hits": [
    { investigation: string; show?: string; limit?: number },
    { run: string | null; ran: string | null; changed: boolean; threshold: number; weak: number; hits: Hit[]; of: number },
  ]
  "screening.decide": [
    { investigation: string; entity: string; entry: string; decision: "not-him" | "may-be" | "unsure"; reason: string },
    { decision: string },
  ]
}

export interface ReviewJobs {
  "screening.run": [
    { investigation: string },
    {
      run: string
      unchanged: boolean
      people: number
      listings: number
      left: number
      new: number
      changed: number
      gone: number
      same: number
      silent: number
      lists: ListVersion[]
    },
  ]
}
