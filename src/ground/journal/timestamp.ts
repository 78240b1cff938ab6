import { hash, X509Certificate } from "node:crypto"
import { fromBER, Null, OctetString, Sequence } from "asn1js"
import {
  AlgorithmIdentifier,
  Certificate,
  ContentInfo,
  ExtKeyUsage,
  MessageImprint,
  SignedData,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from "pkijs"
import type { Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import type { Tree } from "./entry.ts"
import { insertTimestamp, selectCheckpointByHash, selectParties } from "./sql.ts"

/**
 * Time stamps (RFC 3161) over checkpoints: the request goes out as a file, the authority's answer comes back as one. What is
 * stamped is the SHA-256 of the note as this node signed it, so that any tool for time stamps can check it against the note.
 */

const SHA256 = "2.16.840.1.101.3.4.2.1"
const TST_INFO = "1.2.840.113549.1.9.16.1.4"
const EXTENDED_KEY_USAGE = "2.5.29.37"
const TIME_STAMPING = "1.3.6.1.5.5.7.3.8"
const CONTENT_TYPE = "1.2.840.113549.1.9.3"
/** ESSCertID names the signer's certificate by SHA-1 (RFC 2634), ESSCertIDv2 by SHA-256 unless it says otherwise (RFC 5035). */
const SIGNING_CERTIFICATE = { "1.2.840.113549.1.9.16.2.12": "sha1", "1.2.840.113549.1.9.16.2.47": "sha256" } as const

/**
 * The request for a note, in DER, asking for the authority's certificate. Without a nonce: every checkpoint is another text, and
 * an answer is never taken for fresher than the time that it states.
 */
export function timestampRequest(note: string): Buffer {
  const imprint = new MessageImprint({
    hashAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA256, algorithmParams: new Null() }),
    hashedMessage: new OctetString({ valueHex: exact(hash("sha256", note, "buffer")) }),
  })
  return Buffer.from(new TimeStampReq({ version: 1, messageImprint: imprint, certReq: true }).toSchema().toBER())
}

export interface Stamped {
  tree: Tree
  size: number
  clock: string
  at: number
}

const refused = (why: string, cause?: unknown) =>
  new Failure("invalid.timestamp", `This time stamp is not taken in: ${why}.`, {
    at: "upload",
    hint: "Hand in what the authority answered to journal timestamp-request (.tsr), made over a checkpoint of this node, by an authority that is recorded (journal add-clock).",
    cause,
  })

/**
 * Takes in an authority's answer (or the bare token) to a request over a checkpoint of this journal, and keeps it beside the
 * checkpoint. Checked: imprint, signature, that the signer's certificate is the recorded one or was issued under it at the
 * stated time, is named by the token and is for time stamping alone. Not checked: whether it was revoked. Throws
 * `invalid.timestamp`.
 */
export async function takeTimestamp(tx: Tx, bytes: Uint8Array): Promise<Stamped> {
  const read = readToken(bytes)
  const { token, info } = read
  const imprint = info.messageImprint
  if (imprint.hashAlgorithm.algorithmId !== SHA256) throw refused("its imprint is not SHA-256")
  const found = await selectCheckpointByHash(tx, Buffer.from(imprint.hashedMessage.valueBlock.valueHexView))
  if (!found) throw refused("no checkpoint of this node has its imprint")
  const clocks = await selectParties(tx, "clock")
  for (const { id, name, key } of clocks) {
    if (!(await isBy(read, new X509Certificate(key), found.note))) continue
    await insertTimestamp(tx, { tree: found.tree, size: found.size, party: id, token, at: info.genTime })
    return { tree: found.tree as Tree, size: found.size, clock: name, at: info.genTime.getTime() }
  }
  throw refused(clocks.length === 0 ? "no time-stamping authority is recorded" : "no recorded authority signed it")
}

interface Token {
  /** The token alone, DER. */
  token: Buffer
  info: TSTInfo
}

function readToken(bytes: Uint8Array): Token {
  try {
    const token = tokenOf(exact(bytes))
    const signed = new SignedData({ schema: ContentInfo.fromBER(exact(token)).content })
    const { eContentType, eContent } = signed.encapContentInfo
    if (eContentType !== TST_INFO || !eContent) throw new TypeError("no TSTInfo")
    return { token, info: TSTInfo.fromBER(eContent.getValue()) }
  } catch (cause) {
    if (cause instanceof Failure) throw cause
    throw refused("it is no answer of a time-stamping authority", cause)
  }
}

/** The token's bytes as they came: of a response that grants (status 0 or 1), or given bare. */
function tokenOf(bytes: ArrayBuffer): Buffer {
  const { result, offset } = fromBER(bytes)
  if (offset !== bytes.byteLength || !(result instanceof Sequence)) throw new TypeError("not one sequence")
  const [status, token] = result.valueBlock.value
  if (!(status instanceof Sequence)) return Buffer.from(bytes)
  if (new TimeStampResp({ schema: result }).status.status > 1 || !token) throw refused("the authority refused the request")
  return Buffer.from(token.valueBeforeDecodeView)
}

async function isBy({ token, info }: Token, recorded: X509Certificate, note: string): Promise<boolean> {
  const at = info.genTime
  const trusted = Certificate.fromBER(exact(recorded.raw))
  // Read anew for each: the signature is over attributes as they came, and those are kept only by what was read.
  const signed = new SignedData({ schema: ContentInfo.fromBER(exact(token)).content })
  const brought = signed.certificates ?? []
  if (!brought.some((c) => isSame(c, recorded))) signed.certificates = [...brought, trusted]
  const verdictOf = (checkChain: boolean) =>
    signed.verify({
      signer: 0,
      data: exact(Buffer.from(note)),
      trustedCerts: [trusted],
      checkChain,
      passedWhenNotRevValues: true,
      extendedMode: true,
    })
  try {
    const { signatureVerified, signerCertificate } = await verdictOf(false)
    if (signatureVerified !== true || !signerCertificate || signed.signerInfos.length !== 1) return false
    if (!isForTimeStamping(signerCertificate) || !attributesName(signed, signerCertificate)) return false
    if (isSame(signerCertificate, recorded)) return at >= signerCertificate.notBefore.value && at <= signerCertificate.notAfter.value
    return (await verdictOf(true)).signatureVerified === true
  } catch (error) {
    if (error instanceof Error) return false
    throw error
  }
}

const isSame = (certificate: unknown, recorded: X509Certificate): boolean =>
  certificate instanceof Certificate && Buffer.from(certificate.toSchema().toBER()).equals(recorded.raw)

/** RFC 3161, 2.3: the certificate is for time stamping and nothing else, and says so as critical. */
function isForTimeStamping(certificate: Certificate): boolean {
  const usage = certificate.extensions?.find((e) => e.extnID === EXTENDED_KEY_USAGE)
  return usage?.critical === true && usage.parsedValue instanceof ExtKeyUsage && usage.parsedValue.keyPurposes.join() === TIME_STAMPING
}

/** The signed attributes state the content's type and name the signer's certificate by its hash (RFC 3161, 2.4.2; RFC 5816). */
function attributesName(signed: SignedData, certificate: Certificate): boolean {
  const attributes = signed.signerInfos[0]!.signedAttrs?.attributes ?? []
  const type = attributes.find((a) => a.type === CONTENT_TYPE)?.values[0] as { getValue?: () => string } | undefined
  if (type?.getValue?.() !== TST_INFO) return false
  const der = Buffer.from(certificate.toSchema().toBER())
  return Object.entries(SIGNING_CERTIFICATE).some(([oid, digest]) => {
    const first = descend(attributes.find((a) => a.type === oid)?.values[0], 3)
    return first instanceof OctetString && hash(digest, der, "buffer").equals(Buffer.from(first.valueBlock.valueHexView))
  })
}

/** SigningCertificate → certs → the first → its hash (an algorithm other than the default stands before it, and is not taken). */
function descend(value: unknown, levels: number): unknown {
  for (let i = 0; i < levels; i++) value = value instanceof Sequence ? value.valueBlock.value[0] : undefined
  return value
}

/** Bytes in a buffer of exactly their own: asn1js takes the whole. */
const exact = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer
