/** The four claims that are kept apart: a number is not its user, an account not its number, a SIM not the handset it is in. */
export const RELATIONS = {
  "person-number": "who uses the number",
  "number-account": "which account was opened with the number",
  "sim-handset": "which SIM was in which handset",
  "person-handset": "who held the handset at that moment",
} as const
export type Relation = keyof typeof RELATIONS
export const RELATION_IDS = Object.keys(RELATIONS) as [Relation, ...Relation[]]

/** What one rule read out of records, for or against one claim. */
export interface Evidence {
  relation: Relation
  /** The user: an entity for the claims about a person, a number or SIM (by key) for the others. */
  whose: string
  /** A number, account or handset, by key; a seized handset is `holder:` and its item. */
  what: string
  side: "for" | "against"
  /** Stable id of the rule. */
  rule: string
  /**
   * Whether it can attribute. `naming` says what somebody else calls or writes it (a label, a bill, a register): it adds to an attribution
   * and never makes one, however often it is said.
   */
  class: "attributing" | "naming"
  /** Hundredths of a bit, a whole number; 0 is kept and shown, and moves nothing. */
  weight: number
  /** The seizure event or report root that says so, for which it counts; of several the one that speaks. */
  origin: string
  words: string
  /** How it may be read otherwise. */
  innocent: string
  /** UTC milliseconds; null where the source has no time. */
  from: number | null
  to: number | null
  records: string[]
  /** The recorded statement of a person, where one said so. */
  statement: string | null
}

export const GRADES = ["none", "slight", "fair", "strong"] as const
export type AttributionGrade = (typeof GRADES)[number]

/** One claim in one period, with everything that speaks for it and against it. */
export interface Attribution {
  relation: Relation
  whose: string
  what: string
  from: number | null
  to: number | null
  /** The part of the number's life that it is about, where the number had several users; open where it is about all of it. */
  period: { from: number | null; to: number | null }
  grade: AttributionGrade
  /** Hundredths of a bit: what speaks for it less what speaks against it. */
  weight: number
  /** Independent origins that attribute. */
  origins: number
  /** True where what speaks against it outweighs what speaks for it. */
  contradicted: boolean
  evidence: Evidence[]
}
