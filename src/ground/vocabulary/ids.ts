/**
 * Public ids: a prefix that says what it is, then 20 characters of Crockford's base 32 in lower case (100 bits). Ids of derived
 * things are keyed hashes of what they stand for, never sequences, so that an id tells nothing about what else is held.
 */
import { hash, randomBytes } from "node:crypto"
import { type $brand, z } from "zod"

export const PREFIXES = {
  exhibit: "ex_",
  item: "it_",
  "seizure-event": "se_",
  record: "rc_",
  fragment: "fr_",
  entity: "en_",
  snapshot: "sn_",
  job: "jb_",
  investigation: "in_",
  segment: "sg_",
  user: "us_",
  decision: "dc_",
  erasure: "er_",
  rerun: "rr_",
  alert: "al_",
  request: "rq_",
  breach: "br_",
  notice: "nt_",
  contest: "ct_",
  sample: "sa_",
  session: "ss_",
  token: "tk_",
  passkey: "pk_",
  invitation: "nv_",
  "role-request": "qr_",
  preview: "pv_",
  announcement: "an_",
  attribution: "at_",
  "number-node": "nu_",
  screening: "sr_",
  "review-pair": "pr_",
} as const

export type Prefix = (typeof PREFIXES)[keyof typeof PREFIXES]

/** An id with prefix P. Only `keyedId`, `randomId`, `isId` and the schemas below make one. */
export type Id<P extends Prefix = Prefix> = string & $brand<P>

export type ExhibitId = Id<"ex_">
/** A seized item: the phone, not the copy of it. */
export type ItemId = Id<"it_">
/** A landing, a raid, a book: what ties are counted by. */
export type SeizureEventId = Id<"se_">
export type RecordId = Id<"rc_">
export type FragmentId = Id<"fr_">
export type EntityId = Id<"en_">
export type SnapshotId = Id<"sn_">
export type JobId = Id<"jb_">
export type InvestigationId = Id<"in_">
export type SegmentId = Id<"sg_">
export type UserId = Id<"us_">
export type DecisionId = Id<"dc_">

/** The only user of a node on which nobody signs in. */
export const LOCAL_USER = "us_00000000000000000001"

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
const PAIRS = Array.from({ length: 1024 }, (_, n) => ALPHABET[n >> 5]! + ALPHABET[n & 31]!)
const FORM = /^[0-9a-hjkmnp-tv-z]{20}$/

/** 25 hexadecimal digits are exactly 20 base-32 digits. */
function base32(hex: string): string {
  let out = ""
  for (let at = 0; at < 25; at += 5) {
    const group = Number.parseInt(hex.slice(at, at + 5), 16)
    out += PAIRS[group >> 10]! + PAIRS[group & 1023]!
  }
  return out
}

/**
 * The id of the thing that `parts` name, under a node's secret `key` (16 bytes or more). Same key and parts, same id; parts are
 * length-prefixed, so that ("ab", "c") and ("a", "bc") differ; 5 and "5" are the same part. Without the key nobody can test a
 * guess ("is this number held?"). SHA-256 over key and message with 100 bits kept: what is cut off is what a length
 * extension would need. About a million a second.
 */
export function keyedId<P extends Prefix>(prefix: P, key: Buffer, ...parts: readonly (string | number)[]): Id<P> {
  if (key.length < 16) throw new RangeError(`a key of ${key.length} bytes is too short for ids`)
  let message = `${key.length}:${key.toString("hex")}${prefix}`
  for (const part of parts) {
    const text = typeof part === "string" ? part : String(part)
    message += `${text.length}:${text}`
  }
  return (prefix + base32(hash("sha256", message, "hex"))) as Id<P>
}

/** An id that stands for nothing but itself. */
export function randomId<P extends Prefix>(prefix: P): Id<P> {
  return (prefix + base32(randomBytes(13).toString("hex"))) as Id<P>
}

export function isId<P extends Prefix>(prefix: P, text: string): text is Id<P> {
  return text.startsWith(prefix) && FORM.test(text.slice(prefix.length))
}

function schemaOf<P extends Prefix>(prefix: P) {
  return z
    .string()
    .regex(new RegExp(`^${prefix}[0-9a-hjkmnp-tv-z]{20}$`), `expected an id that begins with ${prefix}`)
    .brand<P>()
}

export const ExhibitId = schemaOf("ex_")
export const ItemId = schemaOf("it_")
export const SeizureEventId = schemaOf("se_")
export const RecordId = schemaOf("rc_")
export const FragmentId = schemaOf("fr_")
export const EntityId = schemaOf("en_")
export const SnapshotId = schemaOf("sn_")
export const JobId = schemaOf("jb_")
export const InvestigationId = schemaOf("in_")
export const SegmentId = schemaOf("sg_")
export const UserId = schemaOf("us_")
export const DecisionId = schemaOf("dc_")
