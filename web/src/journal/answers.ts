/** What the procedures of the journal take and answer. */

/** Which of the journal's two trees. */
export type JournalTree = "decisions" | "access"

export interface JournalRow {
  n: number
  at: string
  kind: string
  actor: string
  procedure: string | null
  investigation: string | null
  ground: string | null
  purpose: string | null
  recipients: string[]
  payload: "kept" | "erased" | "none"
}

export interface JournalSought {
  tree: JournalTree
  kind?: string
  actor?: string
  concerning?: string
  procedure?: string
  since?: string
  until?: string
  text?: string
}

export interface JournalEntry extends Omit<JournalRow, "payload"> {
  tree: JournalTree
  payload: unknown
  payloadState: JournalRow["payload"]
  /** Canonical JSON: what the leaf's hash is over. */
  leaf: string
  /** Hashes in base64. */
  hash: string
  proof: { size: number; root: string; path: string[]; checkpoint: string; text: string }
}

export type PartyKind = "witness" | "clock" | "log"

export interface JournalState {
  key: string
  witnessKey: string
  trees: {
    tree: JournalTree
    size: number
    checkpoint: { size: number; note: string } | null
    witnessed: { size: number; by: { name: string; kind: PartyKind; size: number; at: string }[] }
    unwitnessed: { entries: number; since: string | null }
  }[]
  parties: { kind: PartyKind; name: string; key: string; addedAt: string }[]
}

export interface JournalValues {
  "journal.witnessing": [Record<string, never>, { state: "never" | "late" | "current"; last: string | null }]
  "journal.state": [Record<string, never>, JournalState]
  "journal.entry": [{ tree: JournalTree; n: number }, JournalEntry]
  "journal.checkpoint": [Record<string, never>, { key: string; checkpoints: { tree: JournalTree; note: string }[] }]
}

export interface JournalRows {
  "journal.list": [JournalSought & { order: "oldest" | "newest"; from?: number; limit: number }, JournalRow]
}
