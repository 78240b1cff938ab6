import { createHash, randomBytes } from "node:crypto"
import { crc32 } from "node:zlib"

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
/** Base-62 digits of 256 bits, and of the 32 bits of the checksum. */
const SECRET_DIGITS = 43
const SUM_DIGITS = 6

/** `lpt_`: a token for programs. `lpi_`: a one-time invitation. */
export type SecretKind = "lpt_" | "lpi_"

function base62(value: bigint, digits: number): string {
  let out = ""
  for (let rest = value; out.length < digits; rest /= 62n) out = DIGITS[Number(rest % 62n)]! + out
  return out
}

const sumOf = (text: string): string => base62(BigInt(crc32(text)), SUM_DIGITS)

/**
 * 256 random bits with a prefix that says what they open and a checksum over both, so that a scanner for leaked secrets finds one
 * and is not deceived by what only looks like one.
 */
export function newSecret(kind: SecretKind): string {
  const body = kind + base62(BigInt(`0x${randomBytes(32).toString("hex")}`), SECRET_DIGITS)
  return body + sumOf(body)
}

/** Whether a text has the form and checksum of such a secret; says nothing of whether it opens anything. */
export function isSecret(kind: SecretKind, text: string): boolean {
  if (text.length !== kind.length + SECRET_DIGITS + SUM_DIGITS || !text.startsWith(kind)) return false
  return text.slice(-SUM_DIGITS) === sumOf(text.slice(0, -SUM_DIGITS))
}

/** What is kept of a secret. 256 random bits cannot be guessed from it, so that no slow hash is needed. */
export const digestOf = (secret: string): string => createHash("sha256").update(secret).digest("hex")
