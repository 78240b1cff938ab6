/**
 * The journal: what people and machines decided, did, read and disclosed, append-only and hash-linked (RFC 9162), in two trees,
 * `decisions` and `access`. An act appends its entry inside its own transaction; the sequencer numbers committed entries;
 * followers read numbered ones. A leaf commits to a header and to a salted hash of the payload, so that payloads can be erased
 * as the law orders and everything else still verifies. Parties outside the operator vouch for checkpoints: witnesses (C2SP) and
 * time-stamping authorities (RFC 3161). Owns the `journal_…` tables and `DATA/journal.key`.
 */
export { checkpoint, openSigner, type Signer } from "./checkpoint.ts"
export { append, type Entry, type EntryKind, type Header, type Json, PAYLOAD_LIMIT_BYTES, TREE_OF, TREES, type Tree } from "./entry.ts"
export * as erasure from "./erasure.ts"
export { erase, exportJournal, type Selection } from "./export.ts"
export { follow, type Head, head, type Numbered, proveConsistency, proveInclusion, readEntries, searchEntries } from "./follow.ts"
export * as party from "./party.ts"
export { keepSequencing, sequence } from "./sequencer.ts"
export { migrations } from "./sql.ts"
export * as state from "./state.ts"
export * as timestamp from "./timestamp.ts"
export { type Verdict, verifyJournal } from "./verify.ts"
export * as witness from "./witness.ts"
