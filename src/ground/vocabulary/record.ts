import type { FieldsOf, KindName } from "./kinds.ts"
import type { ValueType } from "./values.ts"

/** Where in its exhibit a record stands. Enough to find the bytes or the row again with other tools. */
export interface Place {
  /** Path inside the exhibit when it is a container, `""` when the exhibit is the file itself. `!` separates nested containers. */
  file: string
  /** Table or sheet. */
  table?: string | undefined
  /** Row id (SQLite rowid, sheet row from 1, line from 1), or an element's id / JSON pointer. */
  row?: string | number | undefined
  /** Byte range in `file`, half-open. */
  byteStart?: number | undefined
  byteEnd?: number | undefined
}

/** A moment as the source gives it. `ms` is UTC; null when the source has none that can be read. */
export interface Moment {
  ms: number | null
  /** As written. */
  raw: string
  precision: "millisecond" | "second" | "minute" | "day" | "month" | "year" | "unknown"
  /** How the zone is known: the source gives UTC or an offset, or it is local time of an unknown zone (then read as UTC and said so). */
  zone: "utc" | "offset" | "unknown"
  calendar: "gregorian" | "jalali" | "hijri" | "kurdish"
}

/** One identifying value inside a party. */
export interface Identifier {
  type: ValueType
  /** As written in the source, never changed. */
  raw: string
  platform?: string | undefined
  issuer?: string | undefined
}

/** Which role an identity plays in one record. Conduct and standing are never read from the part alone. */
export type Part =
  | "sender"
  | "recipient"
  | "participant"
  | "caller"
  | "callee" // communication
  | "contact" // a saved card
  | "owner" // the account or device is theirs
  | "payer"
  | "payee"
  | "outlet"
  | "counter-outlet"
  | "guarantor"
  | "account-holder" // money
  | "holder" // of a document or item
  | "supplier"
  | "consignor"
  | "consignee"
  | "driver"
  | "passenger"
  | "pilot" // movement, seizure
  | "author"
  | "subject"
  | "associate" // posts, reports
  | "source"
  | "target" // edge list
  | "spoken-of" // named in free text; never merged with spoken-to

/** One identity in one record: all identifiers and names that this record gives to it. */
export interface Party {
  part: Part
  /** True when the source says that this is whoever holds the seized device. The sink adds the `holder` identifier. */
  owner?: boolean | undefined
  ids: Identifier[]
  /** Display name or label as written; null when the source has none. */
  name?: string | null | undefined
}

/** What an importer emits. Never changed after it is written. */
export interface SourceRecord<K extends KindName = KindName> {
  kind: K
  place: Place
  at: Moment | null
  fields: FieldsOf<K>
  parties: Party[]
  /** As the extraction tool says. */
  deleted?: "no" | "yes" | "unknown" | undefined
  /** Columns of the source that no column here takes, by their own names: kept, shown, never interpreted. */
  extra?: Record<string, unknown> | undefined
}

/** Something that was there and could not be read. It keeps its place. */
export interface Reject {
  place: Place
  /** Stable: `truncated`, `encoding`, `malformed`, `unknown-structure`, `too-large`, `bad-time`, `path-unsafe`, `duplicate-key`, … */
  code: string
  /** In words, for a person. */
  reason: string
  /** Up to 200 characters of what stood there. */
  snippet?: string | undefined
}
