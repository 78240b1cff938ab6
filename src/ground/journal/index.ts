/**
 * The journal: what people and machines decided, did, read and disclosed, append-only and hash-linked (RFC 9162), in two trees,
 * `decisions` and `access`. An act appends its entry inside its own transaction; the sequencer numbers committed entries;
 * followers read numbered ones. A leaf commits to a header and to a salted hash of the payload, so that payloads can be erased
 * as the law orders and everything else still verifies. Owns the `journal_…` tables and `DATA/journal.key`.
 */
export { checkpoint, openSigner, type Signer } from "./checkpoint.ts"
export { append, type Entry, type EntryKind, type Header, type Json, PAYLOAD_LIMIT_BYTES, TREE_OF, TREES, type Tree } from "./entry.ts"
export { erase, exportJournal } from "./export.ts"
export { follow, type Head, head, type Numbered, proveConsistency, proveInclusion, readEntries } from "./follow.ts"
export { keepSequencing, sequence } from "./sequencer.ts"
export { migrations } from "./sql.ts"
export { type Verdict, verifyJournal } from "./verify.ts"
