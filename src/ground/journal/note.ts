import { createPublicKey, hash, type KeyObject, sign, verify } from "node:crypto"
import { Failure } from "#vocabulary/failure"

/**
 * Signed notes (C2SP signed-note), the checkpoints that are written as such (tlog-checkpoint) and the lines by which a witness
 * says that it has seen one (tlog-cosignature), in Ed25519 only.
 */

/** What a signature says: `1`, this text is mine; `4`, at this time this was the largest consistent tree that I had seen. */
type SignatureType = 1 | 4

export interface VerifierKey {
  name: string
  type: SignatureType
  id: Buffer
  raw: Buffer
  /** `name+keyhash+base64`. */
  text: string
}

interface SignatureLine {
  name: string
  id: Buffer
  signature: Buffer
  line: string
}

export interface CheckpointNote {
  /** Three lines and perhaps more, each ended: what is signed. */
  text: string
  origin: string
  size: number
  root: Buffer
  signatures: SignatureLine[]
}

const NOTE_LIMIT = 65_536
const SIGNATURES_LIMIT = 64

function keyId(name: string, typed: Buffer): Buffer {
  return hash("sha256", Buffer.concat([Buffer.from(`${name}\n`), typed]), "buffer").subarray(0, 4)
}

export function makeVerifierKey(name: string, type: SignatureType, raw: Buffer): VerifierKey {
  const typed = Buffer.concat([Buffer.from([type]), raw])
  const id = keyId(name, typed)
  return { name, type, id, raw, text: `${name}+${id.toString("hex")}+${typed.toString("base64")}` }
}

/** Throws `invalid.verifier-key` for what is no such key, for one of another type, and for one whose own hash is wrong. */
export function readVerifierKey(text: string, type: SignatureType): VerifierKey {
  const [, name, id, base64] = /^([^+\s]{1,200})\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim()) ?? []
  const typed = Buffer.from(base64 ?? "", "base64")
  const made = name && typed.length === 33 && typed[0] === type ? makeVerifierKey(name, type, typed.subarray(1)) : null
  if (!made || made.text !== text.trim() || made.id.toString("hex") !== id)
    throw new Failure(
      "invalid.verifier-key",
      type === 1 ? "This is not the verifier key of a log (Ed25519)." : "This is not the verifier key of a witness (Ed25519 cosignatures).",
      { at: "key", hint: "It is one line, name+hash+base64, as whoever holds the key gives it out: take it from a party that you know." },
    )
  return made
}

/** Throws `invalid.checkpoint`. Says nothing of who signed: `isSignedBy` and `cosignedAt` do. */
export function readCheckpointNote(note: string): CheckpointNote {
  const wrong = (why: string) =>
    new Failure("invalid.checkpoint", `This is no signed checkpoint: ${why}.`, {
      at: "note",
      hint: "Hand in the note as it was given out, with its empty line and every signature line.",
    })
  if (Buffer.byteLength(note) > NOTE_LIMIT || !note.isWellFormed()) throw wrong("it is too long or not text")
  const [, text, lines] = /^((?:[^\n]+\n)+)\n((?:\u2014 [^\n]+\n)+)$/.exec(note.endsWith("\n") ? note : `${note}\n`) ?? []
  if (text === undefined || lines === undefined) throw wrong("it has no text with signatures below")
  const [, origin, size, root] = /^([^\n]+)\n(0|[1-9][0-9]{0,14})\n([A-Za-z0-9+/]{43}=)\n/.exec(text) ?? []
  if (origin === undefined || root === undefined) throw wrong("its text is not an origin, a size and a root")
  const signatures = lines
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [, name, base64] = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+=*)$/.exec(line) ?? []
      const bytes = Buffer.from(base64 ?? "", "base64")
      if (name === undefined || bytes.length < 5 || bytes.toString("base64") !== base64) throw wrong("a signature line is broken")
      return { name, id: bytes.subarray(0, 4), signature: bytes.subarray(4), line }
    })
  if (signatures.length > SIGNATURES_LIMIT) throw wrong("it has too many signatures")
  return { text, origin, size: Number(size), root: Buffer.from(root, "base64"), signatures }
}

export const signatureLine = (key: VerifierKey, signature: Buffer): string =>
  `\u2014 ${key.name} ${Buffer.concat([key.id, signature]).toString("base64")}`

const publicKeyOf = (key: VerifierKey): KeyObject =>
  createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: key.raw.toString("base64url") }, format: "jwk" })

const lineOf = (note: CheckpointNote, key: VerifierKey): SignatureLine | undefined =>
  note.signatures.find((s) => s.name === key.name && s.id.equals(key.id))

/** The log's own signature line, when it is right. */
export function signedBy(note: CheckpointNote, log: VerifierKey): string | null {
  const found = lineOf(note, log)
  return found && verify(null, Buffer.from(note.text), publicKeyOf(log), found.signature) ? found.line : null
}

const cosigned = (text: string, seconds: bigint | number): Buffer => Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`)

/** A witness's line under a checkpoint's text. */
export function cosignatureLine(text: string, key: VerifierKey, secret: KeyObject, seconds: number): string {
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(BigInt(seconds))
  return signatureLine(key, Buffer.concat([time, sign(null, cosigned(text, seconds), secret)]))
}

/** A witness's own line and its time in UTC milliseconds, when it is there and right. */
export function cosignatureBy(note: CheckpointNote, witness: VerifierKey): { line: string; at: number } | null {
  const found = lineOf(note, witness)
  if (found?.signature.length !== 72) return null
  const seconds = found.signature.readBigUInt64BE(0)
  if (seconds > BigInt(Number.MAX_SAFE_INTEGER) / 1000n) return null
  if (!verify(null, cosigned(note.text, seconds), publicKeyOf(witness), found.signature.subarray(8))) return null
  return { line: found.line, at: Number(seconds) * 1000 }
}
