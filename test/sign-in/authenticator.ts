import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto"

/** The least of CBOR (RFC 8949) that an authenticator writes. */
type Cbor = number | string | Buffer | Map<number | string, Cbor>

function head(major: number, n: number): Buffer {
  if (n < 24) return Buffer.from([(major << 5) | n])
  if (n < 256) return Buffer.from([(major << 5) | 24, n])
  return Buffer.from([(major << 5) | 25, n >> 8, n & 255])
}

function cbor(value: Cbor): Buffer {
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === "string") return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([k, v]) => [cbor(k), cbor(v)])])
}

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest()

export interface Deviation {
  origin?: string
  site?: string
  challenge?: string
  /** Neither PIN nor finger was asked for. */
  unverified?: boolean
  /** The counter does not go on. */
  counter?: number
  /** Another key signs. */
  forged?: boolean
}

/** A passkey in software: ES256, attestation "none", as WebAuthn Level 2 writes it (6.1, 6.5). */
export class Authenticator {
  readonly credential = randomBytes(32)
  counter = 0
  private readonly privateKey: KeyObject
  private readonly publicKey: KeyObject
  private handle = ""

  constructor() {
    const pair = generateKeyPairSync("ec", { namedCurve: "P-256" })
    this.privateKey = pair.privateKey
    this.publicKey = pair.publicKey
  }

  create(options: { challenge: string; rp: { id?: string }; user: { id: string } }, origin: string, more: Deviation = {}) {
    this.handle = options.user.id
    const client = this.clientData("webauthn.create", more.challenge ?? options.challenge, more.origin ?? origin)
    const { x, y } = this.publicKey.export({ format: "jwk" })
    // COSE (RFC 9053): key type EC2, algorithm ES256, curve P-256, the point.
    const key = cbor(
      new Map<number, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x!, "base64url")],
        [-3, Buffer.from(y!, "base64url")],
      ]),
    )
    const length = Buffer.alloc(2)
    length.writeUInt16BE(this.credential.length)
    const attested = Buffer.concat([Buffer.alloc(16), length, this.credential, key])
    const authData = Buffer.concat([this.authenticatorData(more.site ?? options.rp.id!, more, 0x40), attested])
    const object = new Map<string, Cbor>([
      ["fmt", "none"],
      ["attStmt", new Map()],
      ["authData", authData],
    ])
    return this.credentialOf({
      clientDataJSON: client.toString("base64url"),
      attestationObject: cbor(object).toString("base64url"),
      transports: ["internal"],
    })
  }

  get(options: { challenge: string; rpId?: string }, origin: string, more: Deviation = {}) {
    this.counter++
    const client = this.clientData("webauthn.get", more.challenge ?? options.challenge, more.origin ?? origin)
    const authData = this.authenticatorData(more.site ?? options.rpId!, more, 0)
    const signed = Buffer.concat([authData, sha256(client)])
    const key = more.forged ? generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey : this.privateKey
    return this.credentialOf({
      clientDataJSON: client.toString("base64url"),
      authenticatorData: authData.toString("base64url"),
      signature: sign("sha256", signed, key).toString("base64url"),
      userHandle: this.handle,
    })
  }

  private credentialOf(response: object) {
    const id = this.credential.toString("base64url")
    return { id, rawId: id, type: "public-key", clientExtensionResults: {}, authenticatorAttachment: "platform", response }
  }

  private clientData(type: string, challenge: string, origin: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  }

  /** Hash of the site, flags (user present 0x01, verified 0x04), counter. */
  private authenticatorData(site: string, { unverified, counter }: Deviation, flags: number): Buffer {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter ?? this.counter)
    return Buffer.concat([sha256(site), Buffer.from([flags | 0x01 | (unverified ? 0 : 0x04)]), count])
  }
}
