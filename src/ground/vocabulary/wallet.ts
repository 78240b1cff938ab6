/**
 * Addresses of crypto wallets, checksums verified: Bitcoin (base58check; bech32 BIP-173; bech32m BIP-350), Ethereum (EIP-55), TRON
 * (base58check, version 0x41). A right checksum says that the address was copied without error, not that anybody holds it.
 */
import { hash } from "node:crypto"
import { tidy } from "./digits.ts"
import { keccak256 } from "./keccak.ts"
import type { Normalised } from "./values.ts"

const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
const BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

/** Payload with its version byte, or null when the four checksum bytes are wrong. */
function base58check(text: string): Buffer | null {
  let number = 0n
  for (const letter of text) {
    const digit = BASE58.indexOf(letter)
    if (digit < 0) return null
    number = number * 58n + BigInt(digit)
  }
  if (number >= 1n << 200n) return null
  const bytes = Buffer.from(number.toString(16).padStart(50, "0"), "hex")
  const zeros = /^1*/.exec(text)![0].length
  const needed = Math.max(
    0,
    bytes.findIndex((byte) => byte !== 0),
  )
  if (bytes.length !== 25 || (zeros !== needed && number !== 0n)) return null
  const body = bytes.subarray(0, 21)
  const check = hash("sha256", hash("sha256", body, "buffer"), "buffer")
  return check.subarray(0, 4).equals(bytes.subarray(21)) ? body : null
}

function polymod(values: readonly number[]): number {
  const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]
  let check = 1
  for (const value of values) {
    const top = check >>> 25
    check = ((check & 0x1ffffff) << 5) ^ value
    for (let bit = 0; bit < 5; bit++) if ((top >> bit) & 1) check ^= generator[bit]!
  }
  return check
}

/** Why a segwit address is not one, or "" when it is (BIP-173 with BIP-350: version 0 bech32, later versions bech32m). */
function segwitFault(text: string): string {
  const lower = text.toLowerCase()
  if (text !== lower && text !== text.toUpperCase()) return "capitals and small letters mixed"
  const cut = lower.lastIndexOf("1")
  const human = lower.slice(0, cut)
  const data = [...lower.slice(cut + 1)].map((letter) => BECH32.indexOf(letter))
  if (data.includes(-1) || data.length < 8 || lower.length > 90) return "characters that an address cannot have"
  const expanded = [...human].map((c) => c.charCodeAt(0))
  const check = polymod([...expanded.map((c) => c >> 5), 0, ...expanded.map((c) => c & 31), ...data])
  const version = data[0]!
  if (check !== (version === 0 ? 1 : 0x2bc830a3)) return "checksum does not fit"
  const bits = (data.length - 7) * 5
  const length = Math.floor(bits / 8)
  const padding = bits % 8
  if (padding > 4 || (data.at(-7)! & ((1 << padding) - 1)) !== 0) return "wrong padding"
  if (version > 16 || length < 2 || length > 40 || (version === 0 && length !== 20 && length !== 32)) return "wrong length for its version"
  return ""
}

function ethereum(text: string): Normalised {
  const lower = text.slice(2).toLowerCase()
  const norm = `eth:0x${lower}`
  const given = text.slice(2)
  if (given === lower || given === given.toUpperCase())
    return { norm, valid: true, reason: "written without EIP-55 capitals: nothing checked" }
  const digest = keccak256(Buffer.from(lower, "latin1"))
  const right = [...lower].map((c, at) => (Number.parseInt(digest[at]!, 16) > 7 ? c.toUpperCase() : c)).join("")
  return given === right ? { norm, valid: true, reason: "" } : { norm: text, valid: false, reason: "EIP-55 capitals do not fit" }
}

/** Valid: `btc:…`, `eth:0x…` (any chain that uses Ethereum's addresses), `tron:…`. Base 58 keeps its case, the others are lower case. */
export function wallet(raw: string): Normalised {
  const text = tidy(raw)
    .replace(/^(?:bitcoin|btc|ethereum|eth|tron|trx|trc20|erc20|usdt)\s*[:=]\s*(?:pay-)?/i, "")
    .replace(/[?@].*$/, "")
    .trim()
  if (/^0x[0-9a-f]{40}$/i.test(text)) return ethereum(`0x${text.slice(2)}`)
  if (/^bc1[a-z0-9]+$/i.test(text)) {
    const reason = segwitFault(text)
    return { norm: reason ? text : `btc:${text.toLowerCase()}`, valid: reason === "", reason }
  }
  if (/^(?:tb1|bcrt1)/i.test(text)) return { norm: text, valid: false, reason: "an address of a test network" }
  if (!/^[1-9A-HJ-NP-Za-km-z]{25,36}$/.test(text))
    return { norm: text, valid: false, reason: text ? "no form of address that is known here" : "empty" }
  const version = base58check(text)?.[0]
  if (version === undefined) return { norm: text, valid: false, reason: "checksum does not fit" }
  if (version === 0x00 || version === 0x05) return { norm: `btc:${text}`, valid: true, reason: "" }
  if (version === 0x41) return { norm: `tron:${text}`, valid: true, reason: "" }
  if (version === 0x6f || version === 0xc4) return { norm: text, valid: false, reason: "an address of a test network" }
  return { norm: text, valid: false, reason: `version ${version} belongs to no chain that is known here` }
}
