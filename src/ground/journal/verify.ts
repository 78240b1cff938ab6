/**
 * Checks an exported journal with nothing but the file and a public key. It imports only Node's own modules and nothing of the
 * code that writes the journal, so that whoever doubts the writer can read this file alone and run it:
 *
 *     node verify.ts FILE [--key VERIFIER-KEY-OR-FILE] [--checkpoint FILE] [--witness VERIFIER-KEY-OR-FILE]... [--clock PEM-FILE]...
 *
 * Without `--key` the key is taken from the file: then the answer says only that the file agrees with itself. A checkpoint kept
 * elsewhere shows that nothing before it was rewritten, even by somebody who holds the signing key; so does what a party outside
 * signed: a witness (C2SP tlog-cosignature) or a time-stamping authority (RFC 3161), as far as the caller gives their key.
 *
 * A file may hold a selection: entries that are left out are there as leaf hashes, and whether more should have been chosen is
 * not checked. Of a time stamp are checked its imprint, its signature, and that the certificate is for time stamping, was valid
 * at the stated time and is, or was issued by, one that was given; not whether it was revoked, nor the rest of a chain.
 *
 * One pass; memory grows by one bit an entry, and with erased payloads and checkpoints.
 */
import { createHmac, createPublicKey, hash, verify as verifySignature, X509Certificate } from "node:crypto"
import { createReadStream, existsSync, readFileSync } from "node:fs"

export interface Verdict {
  ok: boolean
  kind: "journal"
  /** Entries checked. */
  checked: number
  /** Entries of which the file gives the leaf hash alone. */
  leftOut: number
  /** The first bad entry (`decisions:17`), or the line or checkpoint that is wrong. */
  first: { at: string; why: string } | null
  /** `given`: the caller vouches for the key. `in file`: nobody does. */
  key: "given" | "in file"
  /** Who outside vouches for a tree, up to which size, since when; of each the largest size. Only when `ok`. */
  outside: Voucher[]
}

interface Voucher {
  tree: string
  size: number
  by: string
  how: "cosignature" | "time stamp"
  /** ISO 8601, UTC, by that party's clock. */
  at: string
  /** `unchecked`: a time stamp without the certificate of its signer; only its imprint was checked. */
  key: "given" | "in file" | "unchecked"
}

export interface VerifyOptions {
  checkpoint?: string | undefined
  /** Verifier key, or a file with it. */
  key?: string | undefined
  /** Verifier keys of witnesses, or files with them. */
  witnesses?: readonly string[] | undefined
  /** PEM files: certificates of time-stamping authorities, or of who certifies them. */
  clocks?: readonly string[] | undefined
}

class Flaw extends Error {
  readonly at: string
  constructor(at: string, why: string) {
    super(why)
    this.at = at
  }
}

const sha256 = (...parts: Uint8Array[]) => hash("sha256", Buffer.concat(parts), "buffer")
const LEAF = Buffer.from([0])
const NODE = Buffer.from([1])
const TREES = ["decisions", "access"] as const
const KINDS: Record<string, (typeof TREES)[number]> = {
  collection: "decisions",
  alteration: "decisions",
  combination: "decisions",
  erasure: "decisions",
  decision: "decisions",
  job: "decisions",
  consultation: "access",
  disclosure: "access",
  "sign-in": "access",
}

interface Key {
  name: string
  id: Buffer
  raw: Buffer
  given: boolean
}

/** C2SP verifier key `name+keyhash+base64(type || Ed25519 key)`: type 1 of a log, 4 of a witness. */
function readKey(text: string, type: 1 | 4, given: boolean, at: string): Key {
  const [, name, id, base64] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim()) ?? []
  const typed = Buffer.from(base64 ?? "", "base64")
  if (!name || !id || typed.length !== 33 || typed[0] !== type || typed.toString("base64") !== base64)
    throw new Flaw(at, "not an Ed25519 verifier key")
  const own = sha256(Buffer.from(`${name}\n`), typed).subarray(0, 4)
  if (own.toString("hex") !== id) throw new Flaw(at, "the verifier key's own hash is wrong")
  return { name, id: own, raw: typed.subarray(1), given }
}

function isSigned(key: Key, text: string, signature: Buffer): boolean {
  const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: key.raw.toString("base64url") }, format: "jwk" })
  return verifySignature(null, Buffer.from(text), publicKey, signature)
}

interface Pin {
  at: string
  tree: string
  size: number
  root: Buffer
  /** SHA-256 of the checkpoint as the log signed it: what a time stamp is over. */
  imprint: Buffer
  vouchers: Voucher[]
}

/**
 * Checks the signatures of a checkpoint and returns what it pins. `strict`: in a file of ours, a line of nobody that its head
 * names is wrong; on a checkpoint from elsewhere it is passed over, as C2SP signed-note asks.
 */
function readCheckpoint(note: string, key: Key, witnesses: readonly Key[], strict: boolean, at: string): Pin {
  const [, text, origin, sizeText, rootText, lines] =
    /^(([^\n]+)\n(0|[1-9][0-9]{0,14})\n([A-Za-z0-9+/]{43}=)\n)\n((?:\u2014 [^\n]+\n)+)$/.exec(note) ?? []
  if (text === undefined || !origin || !rootText || !lines) throw new Flaw(at, "not a checkpoint")
  const tree = TREES.find((t) => origin === `${key.name}/${t}`)
  const root = Buffer.from(rootText, "base64")
  if (!tree || root.toString("base64") !== rootText) throw new Flaw(at, "the checkpoint is of no tree of this journal")
  const size = Number(sizeText)
  const vouchers: Voucher[] = []
  let own: string | null = null
  for (const line of lines.trimEnd().split("\n")) {
    const [, name, signature] = /^\u2014 (\S+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? []
    const bytes = Buffer.from(signature ?? "", "base64")
    if (bytes.toString("base64") !== signature) throw new Flaw(at, "a signature of the checkpoint is broken")
    const by = [key, ...witnesses].find((k) => k.name === name && k.id.equals(bytes.subarray(0, 4)))
    if (!by && strict) throw new Flaw(at, "the checkpoint's signature is not by this key, nor by a witness that the head names")
    if (by === key) {
      if (!isSigned(key, text, bytes.subarray(4))) throw new Flaw(at, "the checkpoint's signature is not by this key")
      own = line
    } else if (by) {
      const seconds = bytes.length === 76 ? bytes.readBigUInt64BE(4) : -1n
      if (!isSigned(by, `cosignature/v1\ntime ${seconds}\n${text}`, bytes.subarray(12)))
        throw new Flaw(at, `the cosignature is not by the witness ${by.name}`)
      const time = new Date(Number(seconds) * 1000).toISOString()
      vouchers.push({ tree, size, by: by.name, how: "cosignature", at: time, key: by.given ? "given" : "in file" })
    }
  }
  if (own === null) throw new Flaw(at, "the checkpoint's signature is not by this key")
  const imprint = sha256(Buffer.from(`${text}\n${own}\n`))
  return { at: strict ? `checkpoint ${tree} ${size}` : at, tree, size, root, imprint, vouchers }
}

interface Der {
  tag: number
  body: Buffer
  /** Tag, length and body. */
  whole: Buffer
}

/** The values that stand one after the other in a DER body. */
function der(bytes: Buffer, at: string): Der[] {
  const values: Der[] = []
  for (let from = 0; from < bytes.length; ) {
    let [head, length] = [2, bytes[from + 1] ?? 128]
    if (length > 128 && length < 132) {
      head += length - 128
      length = Number.parseInt(bytes.subarray(from + 2, from + head).toString("hex"), 16)
    } else if (length >= 128) throw new Flaw(at, "the time stamp is not DER")
    const end = from + head + length
    if (!(end <= bytes.length)) throw new Flaw(at, "the time stamp is cut off")
    values.push({ tag: bytes[from]!, body: bytes.subarray(from + head, end), whole: bytes.subarray(from, end) })
    from = end
  }
  return values
}

const OID = { signed: "2a864886f70d010702", info: "2a864886f70d0109100104", type: "2a864886f70d010903", digest: "2a864886f70d010904" }
const DIGESTS: Record<string, string> = {
  "608648016503040201": "sha256",
  "608648016503040202": "sha384",
  "608648016503040203": "sha512",
}
const TIME_STAMPING = "1.3.6.1.5.5.7.3.8"

interface Stamp {
  imprint: Buffer
  by: string
  at: string
  key: Voucher["key"]
}

/** Reads an RFC 3161 token and checks its signature, with a certificate that was given or that the token brings. */
function readStamp(token: Buffer, clocks: readonly X509Certificate[], at: string): Stamp {
  const inside = (value: Der | undefined): Der[] => der(value?.body ?? Buffer.alloc(0), at)
  const [content] = der(token, at)
  const [kind, explicit] = inside(content)
  const parts = inside(inside(explicit)[0])
  const [infoKind, infoBox] = inside(parts[2])
  const info = inside(infoBox)[0]?.body ?? Buffer.alloc(0)
  const [, , imprintOf, , time] = inside(der(info, at)[0])
  const [algorithm, imprint] = inside(imprintOf)
  if (kind?.body.toString("hex") !== OID.signed || infoKind?.body.toString("hex") !== OID.info || !imprint || !time)
    throw new Flaw(at, "not a time stamp")
  if (DIGESTS[inside(algorithm)[0]?.body.toString("hex") ?? ""] !== "sha256") throw new Flaw(at, "the time stamp's imprint is not SHA-256")
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/.exec(time.body.toString("latin1")) ?? []
  const stamped = new Date(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`)
  if (Number.isNaN(stamped.getTime())) throw new Flaw(at, "the time stamp has no time")
  const signer = inside(parts.at(-1))[0]
  const [, , digestOf, signedBox, , signature] = inside(signer)
  const digest = DIGESTS[inside(digestOf)[0]?.body.toString("hex") ?? ""]
  const attribute = (oid: string) =>
    inside(signedBox)
      .map(inside)
      .find(([name]) => name?.body.toString("hex") === oid)?.[1]
  const stated = inside(attribute(OID.digest))[0]?.body
  if (!digest || !signature || signedBox?.tag !== 0xa0) throw new Flaw(at, "the time stamp is signed in a way that is not known here")
  if (inside(attribute(OID.type))[0]?.body.toString("hex") !== OID.info || !stated?.equals(hash(digest, info, "buffer")))
    throw new Flaw(at, "the time stamp's content is not what was signed")
  const signedBytes = Buffer.concat([Buffer.from([0x31]), signedBox.whole.subarray(1)])
  const brought = parts.filter((p) => p.tag === 0xa0).flatMap((p) => inside(p).map((c) => new X509Certificate(c.whole)))
  if (brought.length + clocks.length === 0) return { imprint: imprint.body, by: "", at: stamped.toISOString(), key: "unchecked" }
  const by = [...clocks, ...brought].find((c) => isStampedBy(c, digest, signedBytes, signature.body))
  if (!by || stamped < new Date(by.validFrom) || stamped > new Date(by.validTo))
    throw new Flaw(at, "the time stamp is not signed by a certificate for time stamping that was valid then")
  const given = clocks.some((c) => c.fingerprint256 === by.fingerprint256 || (by.checkIssued(c) && by.verify(c.publicKey)))
  return { imprint: imprint.body, by: by.subject.replaceAll("\n", ", "), at: stamped.toISOString(), key: given ? "given" : "in file" }
}

function isStampedBy(certificate: X509Certificate, digest: string, signed: Buffer, signature: Buffer): boolean {
  try {
    return certificate.keyUsage?.join() === TIME_STAMPING && verifySignature(digest, signed, certificate.publicKey, signature)
  } catch {
    return false // a key of another kind than the signature
  }
}

/** Leaves in order, folded to one hash per set bit of their number. */
class Fold {
  size = 0
  private readonly peaks: { width: number; hash: Buffer }[] = []

  add(leaf: Buffer): void {
    this.peaks.push({ width: 1, hash: leaf })
    this.size++
    while (this.peaks.length > 1 && this.peaks.at(-1)!.width === this.peaks.at(-2)!.width) {
      const right = this.peaks.pop()!
      const left = this.peaks.pop()!
      this.peaks.push({ width: left.width * 2, hash: sha256(NODE, left.hash, right.hash) })
    }
  }

  root(): Buffer {
    if (this.peaks.length === 0) return sha256()
    return this.peaks.slice(0, -1).reduceRight((right, left) => sha256(NODE, left.hash, right), this.peaks.at(-1)!.hash)
  }
}

/** Places, one bit each. */
class Marks {
  private bits = new Uint8Array(1024)

  set(n: number): void {
    if (n >= this.bits.length * 8) {
      const longer = new Uint8Array(this.bits.length * 2)
      longer.set(this.bits)
      this.bits = longer
    }
    this.bits[n >> 3]! |= 1 << (n & 7)
  }

  has = (n: number): boolean => ((this.bits[n >> 3] ?? 0) & (1 << (n & 7))) !== 0
}

type Fields = Record<string, unknown>

/** A line must be the one way to write what it says: otherwise a change could hide in the spelling. */
function readLine(line: string, at: string): Fields {
  let fields: unknown
  try {
    fields = JSON.parse(line)
  } catch {
    throw new Flaw(at, "not JSON")
  }
  if (fields === null || typeof fields !== "object" || Array.isArray(fields) || JSON.stringify(fields) !== line)
    throw new Flaw(at, "not written as a journal writes it")
  return fields as Fields
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`
  if (value === null || typeof value !== "object") return JSON.stringify(value)
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(",")}}`
}

class Check {
  checked = 0
  leftOut = 0
  private key: Key | null
  private readonly given: Given
  private witnesses: Key[]
  private sizes: Record<string, number> | null = null
  private trees: (typeof TREES)[number][] = []
  private selected = false
  /** By tree and size. */
  private readonly pins = new Map<string, Pin[]>()
  private readonly folds = new Map<string, Fold>(TREES.map((t) => [t, new Fold()]))
  /** Trusted up to here: the size of the last checkpoint that agreed. */
  private readonly agreed = new Map<string, number>()
  private readonly erased = new Set<string>()
  private readonly missing: string[] = []
  /** Entries that came with their payload. */
  private readonly shown = new Map<string, Marks>(TREES.map((t) => [t, new Marks()]))
  private tree = 0
  private line = 0

  constructor(given: Given) {
    this.given = given
    this.key = given.key
    this.witnesses = [...given.witnesses]
  }

  read(text: string): void {
    this.line++
    const fields = readLine(text, this.line === 1 ? "line 1" : this.place())
    const inHead = this.checked + this.leftOut === 0
    if (this.line === 1) this.head(fields)
    else if ("checkpoint" in fields && inHead) this.pin(fields)
    else if ("timestamp" in fields && inHead) this.stamp(fields)
    else if ("leftOut" in fields && this.selected) this.hashes(fields)
    else this.entry(fields)
  }

  private head(fields: Fields): void {
    const { journal, key, sizes, witnesses = [], selection, ...rest } = fields
    if (journal !== 1 || typeof key !== "string" || Object.keys(rest).length > 0)
      throw new Flaw("line 1", "not the head of a journal of this version")
    const written = readKey(key, 1, this.key !== null, "line 1")
    if (this.key && (this.key.name !== written.name || !this.key.raw.equals(written.raw)))
      throw new Flaw("line 1", "the journal names another key than the given one")
    this.key = written
    if (!Array.isArray(witnesses)) throw new Flaw("line 1", "the witnesses are not keys")
    const named = witnesses.map((w) => readKey(String(w), 4, false, "line 1"))
    this.witnesses.push(...named.filter((n) => !this.witnesses.some((w) => w.raw.equals(n.raw) && w.name === n.name)))
    this.selected = selection !== undefined
    const has = sizes as Record<string, unknown> | null
    this.trees = TREES.filter((t) => has && t in has)
    if (
      !has ||
      canonical(Object.keys(has)) !== canonical(this.selected ? this.trees : TREES) ||
      !this.trees.every((t) => Number.isSafeInteger(has[t]) && (has[t] as number) >= 0)
    )
      throw new Flaw("line 1", "the sizes of the trees are missing")
    this.sizes = has as Record<string, number>
    if (this.given.checkpoint !== null) {
      const pin = readCheckpoint(this.given.checkpoint, this.key, this.witnesses, false, "given checkpoint")
      if (!(pin.tree in this.sizes)) throw new Flaw("given checkpoint", `the file holds nothing of the tree ${pin.tree}`)
      if (pin.size > this.sizes[pin.tree]!)
        throw new Flaw(`${pin.tree}:${this.sizes[pin.tree]}`, `missing: the given checkpoint is of ${pin.size} entries`)
      this.keep(pin)
    }
  }

  private keep(pin: Pin): void {
    const place = `${pin.tree}:${pin.size}`
    this.pins.set(place, [...(this.pins.get(place) ?? []), pin])
  }

  private pin(fields: Fields): void {
    const at = `line ${this.line}`
    if (typeof fields.checkpoint !== "string" || Object.keys(fields).length !== 1) throw new Flaw(at, "not a checkpoint")
    const pin = readCheckpoint(fields.checkpoint, this.key!, this.witnesses, true, at)
    if (!(pin.size <= (this.sizes![pin.tree] ?? -1))) throw new Flaw(pin.at, "more entries were signed than the journal says that it has")
    this.keep(pin)
  }

  private stamp(fields: Fields): void {
    const at = `line ${this.line}`
    const bytes = Buffer.from(String(fields.timestamp), "base64")
    if (bytes.toString("base64") !== fields.timestamp || Object.keys(fields).length !== 1) throw new Flaw(at, "not a time stamp")
    const { imprint, ...stamp } = readStamp(bytes, this.given.clocks, at)
    const pin = [...this.pins.values()].flat().find((p) => p.imprint.equals(imprint))
    if (!pin) throw new Flaw(at, "a time stamp over something else than a checkpoint above it")
    pin.vouchers.push({ tree: pin.tree, size: pin.size, how: "time stamp", ...stamp })
  }

  /** The entry that must come now. */
  place(): string {
    if (!this.sizes) return "line 1"
    while (this.tree < this.trees.length && this.fold().size >= this.sizes[this.trees[this.tree]!]!) this.tree++
    return this.tree < this.trees.length ? `${this.trees[this.tree]}:${this.fold().size}` : `line ${this.line}`
  }

  private fold(): Fold {
    return this.folds.get(this.trees[this.tree]!)!
  }

  private hashes(fields: Fields): void {
    if (this.checked + this.leftOut === 0) this.comparePinsOfEmpty()
    const at = this.place()
    const bytes = Buffer.from(String(fields.hashes), "base64")
    if (fields.leftOut !== at) throw new Flaw(at, "missing or out of order")
    if (bytes.toString("base64") !== fields.hashes || bytes.length === 0 || bytes.length % 32 !== 0 || Object.keys(fields).length !== 2)
      throw new Flaw(at, "not the hashes of entries that were left out")
    const tree = this.trees[this.tree]!
    for (let from = 0; from < bytes.length; from += 32) {
      if (this.fold().size >= this.sizes![tree]!) throw new Flaw(at, "more hashes than entries")
      this.fold().add(bytes.subarray(from, from + 32))
      this.leftOut++
      this.comparePins(tree)
    }
  }

  private entry(fields: Fields): void {
    if (this.checked + this.leftOut === 0) this.comparePinsOfEmpty()
    const at = this.place()
    if (this.tree >= this.trees.length) throw new Flaw(at, "more lines than entries")
    if (fields.entry !== at) throw new Flaw(at, "missing or out of order")
    const { hash: written, leaf, salt, payload } = fields
    if (typeof leaf !== "string" || typeof written !== "string") throw new Flaw(at, "no leaf or no hash")
    const leafHash = sha256(LEAF, Buffer.from(leaf))
    if (leafHash.toString("hex") !== written) throw new Flaw(at, "the entry does not have its hash: header changed")
    const header = this.header(leaf, at)
    this.payload(header.payload, salt, payload, at)
    const known = ["entry", "hash", "leaf", ...(salt === undefined ? [] : ["salt", "payload"])]
    if (Object.keys(fields).join() !== known.join()) throw new Flaw(at, "fields that an entry does not have")
    this.fold().add(leafHash)
    this.checked++
    this.comparePins(this.trees[this.tree]!)
  }

  private header(leaf: string, at: string): Fields {
    const header = readLine(leaf, at)
    if (canonical(header) !== leaf) throw new Flaw(at, "the header is not in canonical form")
    if (KINDS[String(header.kind)] !== this.trees[this.tree] || header.tree !== this.trees[this.tree])
      throw new Flaw(at, "an entry of another tree")
    if (header.kind === "erasure" && Array.isArray(header.erases)) for (const place of header.erases) this.erased.add(String(place))
    return header
  }

  private payload(committed: unknown, salt: unknown, payload: unknown, at: string): void {
    if (committed === null && salt === undefined && payload === undefined) return
    if (salt === undefined && payload === undefined) {
      this.missing.push(at)
      return
    }
    if (typeof salt !== "string" || typeof payload !== "string" || !/^[0-9a-f]{64}$/.test(salt))
      throw new Flaw(at, "payload without salt, or salt without payload")
    if (createHmac("sha256", Buffer.from(salt, "hex")).update(payload).digest("hex") !== committed)
      throw new Flaw(at, "the payload does not have its hash: payload changed")
    this.shown.get(this.trees[this.tree]!)!.set(this.fold().size)
  }

  private comparePinsOfEmpty(): void {
    for (const tree of this.trees) this.comparePins(tree)
  }

  /** Compares the root so far with every checkpoint of this size. */
  private comparePins(tree: string): void {
    const fold = this.folds.get(tree)!
    for (const pin of this.pins.get(`${tree}:${fold.size}`) ?? []) {
      if (!fold.root().equals(pin.root)) {
        const from = this.agreed.get(tree) ?? 0
        throw new Flaw(
          pin.size === 0 ? pin.at : `${tree}:${from}`,
          `between here and ${tree}:${pin.size - 1} the journal was rewritten: ${pin.at} signed another root`,
        )
      }
      this.agreed.set(tree, pin.size)
    }
  }

  /** Of each party and tree the largest size, once everything agreed. */
  outside(): Voucher[] {
    const largest = new Map<string, Voucher>()
    for (const voucher of [...this.pins.values()].flat().flatMap((p) => p.vouchers)) {
      const of = [voucher.tree, voucher.how, voucher.key, voucher.by].join()
      if ((largest.get(of)?.size ?? -1) <= voucher.size) largest.set(of, voucher)
    }
    return [...largest.values()]
  }

  end(): void {
    if (!this.sizes) throw new Flaw("line 1", "the file is empty")
    if (this.checked + this.leftOut === 0) this.comparePinsOfEmpty()
    const at = this.place()
    if (this.tree < this.trees.length) throw new Flaw(at, "missing: the file ends before it")
    for (const place of this.missing) if (!this.erased.has(place)) throw new Flaw(place, "the payload is gone and no erasure names it")
    for (const place of this.erased) {
      const [tree, n] = place.split(":")
      if (this.shown.get(tree!)?.has(Number(n))) throw new Flaw(place, "the payload is there, though an entry says that it was erased")
    }
    for (const tree of this.trees) {
      const size = this.sizes[tree]!
      if (this.agreed.get(tree) !== size)
        throw new Flaw(`${tree}:${this.agreed.get(tree) ?? 0}`, "no checkpoint vouches for the entries from here on")
    }
  }
}

const LINE_LIMIT = 4_194_304

/** Lines by the newline byte alone, in strict UTF-8, each of them ended: readline would also take a carriage return. */
async function* lines(input: AsyncIterable<Buffer>, place: () => string): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
  const text = (bytes: Buffer) => {
    try {
      return decoder.decode(bytes)
    } catch {
      throw new Flaw(place(), "not UTF-8")
    }
  }
  let held: Buffer[] = []
  let heldBytes = 0
  for await (const part of input) {
    let from = 0
    for (let end = part.indexOf(10); end >= 0; end = part.indexOf(10, from)) {
      yield text(Buffer.concat([...held, part.subarray(from, end)]))
      held = []
      heldBytes = 0
      from = end + 1
    }
    held.push(part.subarray(from))
    heldBytes += part.length - from
    if (heldBytes > LINE_LIMIT) throw new Flaw(place(), "a line that is too long for an entry")
  }
  if (heldBytes > 0) throw new Flaw(place(), "the last line is not ended")
}

interface Given {
  key: Key | null
  checkpoint: string | null
  witnesses: Key[]
  clocks: X509Certificate[]
}

const textOf = (keyOrFile: string): string => (existsSync(keyOrFile) ? readFileSync(keyOrFile, "utf8") : keyOrFile)

function readClock(path: string): X509Certificate {
  try {
    return new X509Certificate(readFileSync(path))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall !== undefined) throw error
    throw new Flaw("given clock", "not a certificate")
  }
}

/** Throws only when a file cannot be read; everything wrong in it is the verdict. */
export async function verifyJournal(path: string, options: VerifyOptions = {}): Promise<Verdict> {
  const key = options.key === undefined ? "in file" : "given"
  const input = createReadStream(path)
  let check: Check | null = null
  try {
    const reading = new Check({
      key: options.key === undefined ? null : readKey(textOf(options.key), 1, true, "given key"),
      checkpoint: options.checkpoint === undefined ? null : readFileSync(options.checkpoint, "utf8"),
      witnesses: (options.witnesses ?? []).map((w) => readKey(textOf(w), 4, true, "given witness")),
      clocks: (options.clocks ?? []).map(readClock),
    })
    check = reading
    for await (const line of lines(input, () => reading.place())) reading.read(line)
    reading.end()
    const { checked, leftOut } = reading
    return { ok: true, kind: "journal", checked, leftOut, first: null, key, outside: reading.outside() }
  } catch (error) {
    if (!(error instanceof Flaw)) throw error
    const first = { at: error.at, why: error.message }
    return { ok: false, kind: "journal", checked: check?.checked ?? 0, leftOut: check?.leftOut ?? 0, first, key, outside: [] }
  } finally {
    input.destroy()
  }
}

async function main(args: readonly string[]): Promise<number> {
  const given: Record<string, string[]> = { key: [], checkpoint: [], witness: [], clock: [] }
  const files: string[] = []
  for (let i = 0; i < args.length; i++) {
    const flag = given[/^--(\w+)$/.exec(args[i]!)?.[1] ?? ""]
    if (flag) flag.push(args[++i] ?? "")
    else files.push(args[i]!)
  }
  if (files.length !== 1) {
    process.stderr.write("node verify.ts FILE [--key K] [--checkpoint FILE] [--witness K]... [--clock PEM]...\n")
    return 2
  }
  const [key, checkpoint] = [given.key![0], given.checkpoint![0]]
  const verdict = await verifyJournal(files[0]!, { key, checkpoint, witnesses: given.witness, clocks: given.clock })
  process.stdout.write(`${JSON.stringify(verdict)}\n`)
  return verdict.ok ? 0 : 4
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2))
