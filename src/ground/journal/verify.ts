/**
 * Checks an exported journal with nothing but the file and a public key. It imports only Node's own modules and nothing of the
 * code that writes the journal, so that whoever doubts the writer can read this file alone and run it:
 *
 *     node verify.ts FILE [--checkpoint FILE] [--key VERIFIER-KEY-OR-FILE]
 *
 * Without `--key` the key is taken from the file: then the answer says only that the file agrees with itself. A checkpoint kept
 * elsewhere shows that nothing before it was rewritten, even by somebody who holds the signing key. One pass, memory does not
 * grow with the number of entries (only with erased payloads).
 */
import { createHmac, createPublicKey, hash, verify as verifySignature } from "node:crypto"
import { createReadStream, existsSync, readFileSync } from "node:fs"

export interface Verdict {
  ok: boolean
  kind: "journal"
  /** Entries checked. */
  checked: number
  /** The first bad entry (`decisions:17`), or the line or checkpoint that is wrong. */
  first: { at: string; why: string } | null
  /** `given`: the caller vouches for the key. `in file`: nobody does. */
  key: "given" | "in file"
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
}

/** C2SP signed-note verifier key: `name+keyhash+base64(0x01 || Ed25519 key)`. */
function readKey(text: string, at: string): Key {
  const [, name, id, base64] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim()) ?? []
  const typed = Buffer.from(base64 ?? "", "base64")
  if (!name || !id || typed.length !== 33 || typed[0] !== 1 || typed.toString("base64") !== base64)
    throw new Flaw(at, "not an Ed25519 verifier key")
  if (
    sha256(Buffer.from(`${name}\n`), typed)
      .subarray(0, 4)
      .toString("hex") !== id
  )
    throw new Flaw(at, "the verifier key's own hash is wrong")
  return { name, id: Buffer.from(id, "hex"), raw: typed.subarray(1) }
}

interface Pin {
  at: string
  tree: string
  size: number
  root: Buffer
}

/** Checks the signature of a checkpoint and returns what it pins. */
function readCheckpoint(note: string, key: Key, at: string): Pin {
  const [, text, origin, size, root, name, signature] =
    /^(([^\n]+)\n(0|[1-9][0-9]{0,14})\n([A-Za-z0-9+/]{43}=)\n)\n\u2014 (\S+) ([A-Za-z0-9+/=]+)\n$/.exec(note) ?? []
  if (text === undefined || !origin || !root || !signature) throw new Flaw(at, "not a checkpoint")
  const bytes = Buffer.from(signature, "base64")
  const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: key.raw.toString("base64url") }, format: "jwk" })
  if (
    name !== key.name ||
    bytes.toString("base64") !== signature ||
    !bytes.subarray(0, 4).equals(key.id) ||
    !verifySignature(null, Buffer.from(text), publicKey, bytes.subarray(4))
  )
    throw new Flaw(at, "the checkpoint's signature is not by this key")
  const tree = TREES.find((t) => origin === `${key.name}/${t}`)
  const rootBytes = Buffer.from(root, "base64")
  if (!tree || rootBytes.toString("base64") !== root) throw new Flaw(at, "the checkpoint is of no tree of this journal")
  return { at: `checkpoint ${tree} ${size}`, tree, size: Number(size), root: rootBytes }
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
  private key: Key | null
  private readonly kept: string | null
  private sizes: Record<string, number> | null = null
  private readonly pins = new Map<string, Pin[]>(TREES.map((t) => [t, []]))
  private readonly folds = new Map<string, Fold>(TREES.map((t) => [t, new Fold()]))
  /** Trusted up to here: the size of the last checkpoint that agreed. */
  private readonly agreed = new Map<string, number>()
  private readonly erased = new Set<string>()
  private readonly missing: string[] = []
  private tree = 0
  private line = 0

  constructor(key: Key | null, kept: string | null) {
    this.key = key
    this.kept = kept
  }

  read(text: string): void {
    this.line++
    const fields = readLine(text, this.line === 1 ? "line 1" : this.place())
    if (this.line === 1) this.head(fields)
    else if ("checkpoint" in fields && this.checked === 0) this.pin(fields)
    else this.entry(fields)
  }

  private head(fields: Fields): void {
    if (fields.journal !== 1 || typeof fields.key !== "string") throw new Flaw("line 1", "not the head of a journal of this version")
    const written = readKey(fields.key, "line 1")
    if (this.key && (this.key.name !== written.name || !this.key.raw.equals(written.raw)))
      throw new Flaw("line 1", "the journal names another key than the given one")
    this.key = written
    const sizes = fields.sizes as Record<string, unknown> | null
    if (
      !sizes ||
      canonical(Object.keys(sizes)) !== canonical(TREES) ||
      !TREES.every((t) => Number.isSafeInteger(sizes[t]) && (sizes[t] as number) >= 0)
    )
      throw new Flaw("line 1", "the sizes of the trees are missing")
    this.sizes = sizes as Record<string, number>
    if (this.kept !== null) {
      const pin = readCheckpoint(this.kept, this.key, "given checkpoint")
      if (pin.size > this.sizes[pin.tree]!)
        throw new Flaw(`${pin.tree}:${this.sizes[pin.tree]}`, `missing: the given checkpoint is of ${pin.size} entries`)
      this.pins.get(pin.tree)!.push({ ...pin, at: "given checkpoint" })
    }
  }

  private pin(fields: Fields): void {
    const at = `line ${this.line}`
    if (typeof fields.checkpoint !== "string" || Object.keys(fields).length !== 1) throw new Flaw(at, "not a checkpoint")
    const pin = readCheckpoint(fields.checkpoint, this.key!, at)
    if (pin.size > this.sizes![pin.tree]!) throw new Flaw(pin.at, "more entries were signed than the journal says that it has")
    this.pins.get(pin.tree)!.push(pin)
  }

  /** The entry that must come now. */
  place(): string {
    if (!this.sizes) return "line 1"
    while (this.tree < TREES.length && this.fold().size >= this.sizes[TREES[this.tree]!]!) this.tree++
    return this.tree < TREES.length ? `${TREES[this.tree]}:${this.fold().size}` : `line ${this.line}`
  }

  private fold(): Fold {
    return this.folds.get(TREES[this.tree]!)!
  }

  private entry(fields: Fields): void {
    if (this.checked === 0) for (const tree of TREES) this.comparePins(tree)
    const at = this.place()
    if (this.tree >= TREES.length) throw new Flaw(at, "more lines than entries")
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
    this.comparePins(TREES[this.tree]!)
  }

  private header(leaf: string, at: string): Fields {
    const header = readLine(leaf, at)
    if (canonical(header) !== leaf) throw new Flaw(at, "the header is not in canonical form")
    if (KINDS[String(header.kind)] !== TREES[this.tree] || header.tree !== TREES[this.tree]) throw new Flaw(at, "an entry of another tree")
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
  }

  /** Compares the root so far with every checkpoint of this size. */
  private comparePins(tree: string): void {
    const fold = this.folds.get(tree)!
    for (const pin of this.pins.get(tree)!) {
      if (pin.size !== fold.size) continue
      if (!fold.root().equals(pin.root)) {
        const from = this.agreed.get(tree) ?? 0
        const last = pin.size - 1
        throw new Flaw(
          pin.size === 0 ? pin.at : `${tree}:${from}`,
          `between here and ${tree}:${last} the journal was rewritten: ${pin.at} signed another root`,
        )
      }
      this.agreed.set(tree, pin.size)
    }
  }

  end(): void {
    if (!this.sizes) throw new Flaw("line 1", "the file is empty")
    if (this.checked === 0) for (const tree of TREES) this.comparePins(tree)
    const at = this.place()
    if (this.tree < TREES.length) throw new Flaw(at, "missing: the file ends before it")
    for (const place of this.missing) if (!this.erased.has(place)) throw new Flaw(place, "the payload is gone and no erasure names it")
    for (const tree of TREES) {
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

/** Throws only when a file cannot be read; everything wrong in it is the verdict. */
export async function verifyJournal(
  path: string,
  options: { checkpoint?: string | undefined; key?: string | undefined } = {},
): Promise<Verdict> {
  const keyFrom = options.key === undefined ? "in file" : "given"
  const input = createReadStream(path)
  let check: Check | null = null
  try {
    const keyText = options.key === undefined ? null : existsSync(options.key) ? readFileSync(options.key, "utf8") : options.key
    const reading = new Check(
      keyText === null ? null : readKey(keyText, "given key"),
      options.checkpoint === undefined ? null : readFileSync(options.checkpoint, "utf8"),
    )
    check = reading
    for await (const line of lines(input, () => reading.place())) reading.read(line)
    reading.end()
    return { ok: true, kind: "journal", checked: reading.checked, first: null, key: keyFrom }
  } catch (error) {
    if (!(error instanceof Flaw)) throw error
    return { ok: false, kind: "journal", checked: check?.checked ?? 0, first: { at: error.at, why: error.message }, key: keyFrom }
  } finally {
    input.destroy()
  }
}

async function main(args: readonly string[]): Promise<number> {
  const options: Record<string, string> = {}
  const files: string[] = []
  for (let i = 0; i < args.length; i++) {
    const flag = /^--(checkpoint|key)$/.exec(args[i]!)?.[1]
    if (flag) options[flag] = args[++i] ?? ""
    else files.push(args[i]!)
  }
  if (files.length !== 1) {
    process.stderr.write("node verify.ts FILE [--checkpoint FILE] [--key VERIFIER-KEY-OR-FILE]\n")
    return 2
  }
  const verdict = await verifyJournal(files[0]!, options)
  process.stdout.write(`${JSON.stringify(verdict)}\n`)
  return verdict.ok ? 0 : 4
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2))
