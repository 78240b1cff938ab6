import { createHmac, randomBytes } from "node:crypto"
import { canonical, type Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import { insertEntry } from "./sql.ts"

/** `decisions`: what changed what is held or concluded. `access`: who saw what. */
export type Tree = "decisions" | "access"
export const TREES = ["decisions", "access"] as const satisfies readonly Tree[]

/**
 * The six processing operations that Data Protection Act 2018 s.62(1) has logged, and three of our own. s.62(2) and (3) ask,
 * for consultation and disclosure, for the justification, the date and time, the person, and the recipients.
 */
export const TREE_OF = {
  collection: "decisions",
  alteration: "decisions",
  combination: "decisions",
  erasure: "decisions",
  decision: "decisions",
  job: "decisions",
  consultation: "access",
  disclosure: "access",
  "sign-in": "access",
} as const satisfies Record<string, Tree>
export type EntryKind = keyof typeof TREE_OF

/** A JSON value, as payloads hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }

/** What is written down of one act. The header stays for ever: nothing of a person or an inquiry belongs into it but the ids here. */
export interface Entry {
  kind: EntryKind
  /** User or job id. */
  actor: string
  /** UTC milliseconds by the caller's clock. */
  at: number
  investigation?: string | undefined
  /** Name of the procedure. */
  procedure?: string | undefined
  /** Why, in the caller's words or as a legal ground; at most 500 characters. */
  ground?: string | undefined
  /** Query texts, names, inputs: hashed with a salt, kept apart, erasable. At most 64 KiB of JSON. */
  payload?: Json | undefined
}

export interface Header {
  tree: Tree
  kind: EntryKind
  actor: string
  /** ISO 8601, UTC. */
  at: string
  investigation: string | null
  procedure: string | null
  ground: string | null
  /** HMAC-SHA256 of the payload under its salt, in hexadecimal; null when there is none. */
  payload: string | null
  /** Entries whose payloads this entry erases, as `tree:number`. */
  erases?: readonly string[]
}

export const PAYLOAD_LIMIT_BYTES = 65_536
const GROUND_LIMIT = 500

export const payloadHash = (salt: Uint8Array, body: string): string => createHmac("sha256", salt).update(body).digest("hex")

/** Text that every JSON reader and the register give back as it went in: whole characters, no controls. */
function plain(name: string, text: string | undefined, limit: number): string | null {
  if (text === undefined) return null
  if (text.length > limit || !text.isWellFormed() || /\p{Cc}/u.test(text))
    throw new Failure("invalid.journal-text", `The ${name} of a journal entry is one line of at most ${limit} characters.`, {
      at: name,
      hint: "Shorten it; details belong into the payload.",
    })
  return text
}

/**
 * Inserts an entry into the caller's transaction, unnumbered: it becomes part of the journal when that transaction commits and
 * the sequencer has numbered it. Throws `invalid.journal-text` or `invalid.journal-payload`, and what the register throws.
 */
export async function append(tx: Tx, entry: Entry, erases?: readonly string[]): Promise<void> {
  const body = entry.payload === undefined ? null : canonical(entry.payload)
  if (body !== null && Buffer.byteLength(body) > PAYLOAD_LIMIT_BYTES)
    throw new Failure("invalid.journal-payload", `The payload of a journal entry is at most ${PAYLOAD_LIMIT_BYTES} bytes.`, {
      hint: "Write down a hash and a count instead of the whole.",
    })
  const salt = body === null ? null : randomBytes(32)
  const header: Header = {
    tree: TREE_OF[entry.kind],
    kind: entry.kind,
    actor: plain("actor", entry.actor, 200)!,
    at: new Date(entry.at).toISOString(),
    investigation: plain("investigation", entry.investigation, 200),
    procedure: plain("procedure", entry.procedure, 200),
    ground: plain("ground", entry.ground, GROUND_LIMIT),
    payload: salt && body !== null ? payloadHash(salt, body) : null,
    ...(erases ? { erases } : {}),
  }
  await insertEntry(tx, canonical(header), salt && body !== null ? { salt, body } : null)
}
