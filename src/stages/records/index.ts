/**
 * Owns records: what importers read out of exhibits, each with its place, and what they could not read. Records never change.
 * Scope decisions move rows between `undecided`, `in`, `sealed` and `apart`; only rows in scope are mounted for later stages.
 */
import { list, rejects, show } from "./browse.ts"
import { intake } from "./intake.ts"
import { formats, preview } from "./preview.ts"
import { remark } from "./remark.ts"
import { blindHits, compareBlind } from "./scope/blind.ts"
import { scopeCounts } from "./scope/counts.ts"
import { decideScope, scopeRules } from "./scope/decide.ts"
import { destroyOutOfScope, proposeDestruction } from "./scope/destroy.ts"
import { apart, apartRow, sort, undecided, undecidedRejects } from "./scope/examine.ts"

export { decideScope, intake }
export const procedures = [
  intake,
  preview,
  formats,
  list,
  show,
  rejects,
  undecided,
  undecidedRejects,
  sort,
  apart,
  apartRow,
  compareBlind,
  blindHits,
  decideScope,
  scopeRules,
  scopeCounts,
  proposeDestruction,
  destroyOutOfScope,
  remark,
]
export { RecordView, recordsById } from "./browse.ts"
export { datasetKind, MENTION, storedRecord } from "./layout.ts"
export { type Mounted, mountRecords, rowsOf, viewOf } from "./mounted.ts"
export { migrations } from "./scope/sql.ts"
export { readFreeText } from "./text/acts.ts"
export { type LifeSign, type LifeSignKind, readLifeSigns } from "./text/life.ts"
