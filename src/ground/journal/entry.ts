import { createHmac, randomBytes } from "node:crypto"
import { canonical, type Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import { insertEntry } from "./sql.ts"

/** `decisions`: what changed what is held or concluded. `access`: who saw what. */
export type Tree = "decisions" | "access"
export const TREES = ["decisions", "access"] as const satisfies readonly Tree[]

/**
 * The six processing operations that Data Protection Act 2018 s.62(1) has logged, and three of our own. s.62(2) and (3) ask, for
 * consultation and disclosure, for date and time, the person, and the recipients. The justification, which Data (Use and Access)
 * Act 2025 s.82 took out of them, is still asked for by Directive (EU) 2016/680 art 25(1): `ground`.
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
  /** What a search or consultation is for, in one line of at most 200 characters; the payload says what was asked. */
  purpose?: string | undefined
  /**
   * To whom a disclosure goes (DPA 2018 s.62(3): the identity of the recipients): ids of organisations, or a word for one that
   * has none here. Never a person's name: the header stays for ever.
   */
  recipients?: readonly string[] | undefined
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
  purpose?: string
  /** Sorted, each once. */
  recipients?: readonly string[]
  /** Entries whose payloads this entry erases, as `tree:number`. */
  erases?: readonly string[]
}

export const PAYLOAD_LIMIT_BYTES = 65_536
const GROUND_LIMIT = 500
const WORD_LIMIT = 200
const RECIPIENTS_LIMIT = 100

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

function recipientsOf(recipients: readonly string[]): string[] {
  if (recipients.length > RECIPIENTS_LIMIT)
    throw new Failure("invalid.journal-recipients", `A journal entry names at most ${RECIPIENTS_LIMIT} recipients.`, {
      at: "recipients",
      hint: "Disclose to groups of them one after the other: each disclosure has an entry of its own.",
    })
  return [...new Set(recipients.map((r) => plain("recipient", r, WORD_LIMIT)!))].sort()
}

/**
 * Inserts an entry into the caller's transaction, unnumbered: it becomes part of the journal when that transaction commits and
 * the sequencer has numbered it. Throws `invalid.journal-text`, `invalid.journal-payload` or
 * `invalid.journal-recipients`, and what the register throws.
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
    actor: plain("actor", entry.actor, WORD_LIMIT)!,
    at: new Date(entry.at).toISOString(),
    investigation: plain("investigation", entry.investigation, WORD_LIMIT),
    procedure: plain("procedure", entry.procedure, WORD_LIMIT),
    ground: plain("ground", entry.ground, GROUND_LIMIT),
    payload: salt && body !== null ? payloadHash(salt, body) : null,
    ...(entry.purpose === undefined ? {} : { purpose: plain("purpose", entry.purpose, WORD_LIMIT)! }),
    ...(entry.recipients?.length ? { recipients: recipientsOf(entry.recipients) } : {}),
    ...(erases ? { erases } : {}),
  }
  await insertEntry(tx, canonical(header), salt && body !== null ? { salt, body } : null)
}
