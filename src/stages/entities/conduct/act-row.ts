import type { KindName } from "#vocabulary/kinds"

/** How an act is known. Own words weigh on the one who wrote them; others' words on the one they speak of. */
export type Basis = "stated by report" | "own words" | "others' words" | "book" | "seizure" | "inspection" | "declaration"

/** What a person is held to have done. `steers` is no conduct: it is an act in an event (R v Kakaei [2021] EWCA Crim 503). */
export type Conduct =
  | "organises"
  | "finances"
  | "is-paid" // paid out of deposits on arrival
  | "holds-deposits"
  | "supplies"
  | "forges"
  | "transports"
  | "shelters"
  | "recruits"
  | "advertises"
  | "launders"
  | "coerces"

/**
 * One act in one record: the row of the dataset `act`. The actor is a party of the record or a stretch of its free text, exactly one of
 * the two. Flat, so that a column store holds it; nulls where the record does not say.
 */
export interface ActRow {
  record: string
  exhibit: string
  kind: KindName
  /** UTC milliseconds. */
  at: number | null
  /** Ordinal of the acting party in the record, or null when the actor is spoken of. */
  actorParty: number | null
  /** Column, UTF-16 range, type and normal form of the span that speaks of the actor; null for a party. */
  actorColumn: string | null
  actorStart: number | null
  actorEnd: number | null
  actorType: string | null
  actorNorm: string | null
  /** Towards whom: the only other party of a one-to-one exchange, the payer, the supplier's customer; null in a group. */
  towardParty: number | null
  /** A name from `ActName` of the text reader, or one of the acts that a record states by its own form. */
  act: string
  stage: number | null
  /** Hundredths. */
  confidence: number
  basis: Basis
  /** Chat or thread; null outside conversations. */
  thread: string | null
  /** For reports the reference on which this one rests in the end: reports with one root are one origin. */
  root: string | null
  /** `scheme:code` of a report. */
  grade: string | null
  /** Boats, engines, people, items. */
  quantity: number | null
  /** Deposit code or series of a document. */
  code: string | null
  rule: string
  /** The words or cells that carried it. */
  words: string
}

/** An act row gathered under whom it is asserted of. The engine joins parties and spans to identifiers. */
export interface SubjectAct extends ActRow {
  /** Identifier, or `record#party`, or the spoken-of mention's key: the same for all rows of one call. */
  subject: string
  /** Identifier of `towardParty`; null when none is known. */
  counterpart: string | null
  /** The independent seizure event (a landing, a raid, a book) to which the exhibit belongs; the exhibit where none is known. */
  event: string
}

/** A graded assertion that somebody took part in facilitation. */
export interface ConductAssertion {
  subject: string
  conduct: Conduct
  stage: number | null
  /** Evidence in hundredths of a bit: 100 doubles the odds. The table of each rule says how it is made up. */
  strength: number
  basis: Basis
  rule: string
  /** Why, in words. */
  words: string
  /** What else it could be. */
  innocent: string
  /** In order, each once; at most `MOST_RECORDS`, the first of each event before the second of any. */
  records: string[]
  events: string[]
}
