import type { Readable } from "node:stream"

/** Object keys and array indices from the root. */
type JsonPath = (string | number)[]

/** One wanted value, whole. Half-open byte range. */
export interface JsonElement {
  path: JsonPath
  value: unknown
  byteStart: number
  byteEnd: number
  /** Why there is no value although the element's borders are clear: it is not valid JSON inside, or too large. */
  fault?: { code: "malformed" | "too-large"; reason: string; snippet: string }
  /** False when bytes in it are not UTF-8 (they stand as U+FFFD). */
  sound: boolean
}

/** The document breaks off or goes wrong at `offset`: what comes behind cannot be read. */
export class JsonBreak extends Error {
  readonly code: "truncated" | "malformed"
  readonly offset: number
  /** Where the wanted element begins that was open, else `offset`. */
  readonly byteStart: number
  readonly snippet: string
  constructor(code: "truncated" | "malformed", message: string, offset: number, byteStart: number, snippet: string) {
    super(message)
    this.code = code
    this.offset = offset
    this.byteStart = byteStart
    this.snippet = snippet
  }
}

/** Wanted elements larger than this come as a fault. */
const LARGEST = 64 * 1024 * 1024
const DEEPEST = 5000
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OPEN = 0x7b
const CLOSE = 0x7d
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d

/**
 * Hands out the wanted elements of one JSON document (UTF-8, with or without byte order mark) in the order of the file, holding one at a time.
 * `wanted` are paths with `*` for any index or key: `chats.list.*.messages.*`, `chats.list.*.name`; `$` is the root. An element inside a wanted
 * one is not handed out again. Throws `JsonBreak` after the last element that was complete, and whatever the stream throws.
 */
export async function* elements(stream: Readable, wanted: readonly string[]): AsyncGenerator<JsonElement> {
  const scanner = new Scanner(wanted)
  let base = 0
  for await (const chunk of stream) {
    const bytes = chunk as Buffer
    const fault = scanner.feed(bytes, base)
    yield* scanner.drain()
    if (fault) {
      stream.destroy()
      throw fault
    }
    base += bytes.length
  }
  const fault = scanner.end(base)
  yield* scanner.drain()
  if (fault) throw fault
}

interface Frame {
  array: boolean
  key: string
  index: number
}

/** What may come next outside a wanted element. */
type Expect = "value" | "value-or-end" | "key" | "key-or-end" | "colon" | "comma-or-end" | "nothing"

class Scanner {
  readonly #wanted: string[][]
  readonly #stack: Frame[] = []
  #out: JsonElement[] = []
  #expect: Expect = "value"
  /** Inside a string, a bare word or number, or neither. */
  #token: "string" | "word" | null = null
  #escaped = false
  /** The string being read is a key. */
  #isKey = false
  #text: Buffer[] = []
  #textBytes = 0
  /** Depth inside the wanted element; -1 when none is open. */
  #depth = -1
  #byteStart = 0
  #path: JsonPath = []

  constructor(wanted: readonly string[]) {
    this.#wanted = wanted.map((path) => (path === "$" ? [] : path.split(".")))
  }

  drain(): JsonElement[] {
    const out = this.#out
    this.#out = []
    return out
  }

  feed(bytes: Buffer, base: number): JsonBreak | null {
    let from = 0
    let i = 0
    const n = bytes.length
    while (base + i < 3 && i < n && bytes[i] === BYTE_ORDER_MARK[base + i]) i++
    for (; i < n; i++) {
      const c = bytes[i] as number
      if (this.#token === "string") {
        while (i < n) {
          const d = bytes[i] as number
          if (this.#escaped) this.#escaped = false
          else if (d === BACKSLASH) this.#escaped = true
          else if (d === QUOTE) break
          i++
        }
        if (i === n) break
        this.#token = null
        if (this.#depth === 0) this.#whole(bytes, from, i + 1, base)
        else if (this.#depth < 0 && this.#isKey) this.#key(bytes, from, i + 1)
        continue
      }
      if (this.#token === "word") {
        if (isWord(c)) continue
        this.#token = null
        if (this.#depth === 0) this.#whole(bytes, from, i, base)
      }
      if (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09) continue
      if (this.#depth >= 0) {
        if (c === QUOTE) this.#token = "string"
        else if (c === OPEN || c === OPEN_ARRAY) this.#depth++
        else if (c === CLOSE || c === CLOSE_ARRAY) {
          this.#depth--
          if (this.#depth === 0) this.#whole(bytes, from, i + 1, base)
        }
        continue
      }
      const fault = this.#outside(c, base + i, bytes.subarray(i, i + 200))
      if (fault) return fault
      if (this.#depth >= 0 || this.#isKey) from = i
    }
    if (this.#depth >= 0 || (this.#isKey && this.#token === "string")) this.#keep(bytes.subarray(from))
    return null
  }

  end(offset: number): JsonBreak | null {
    if (this.#token === "word") {
      this.#token = null
      if (this.#depth === 0) this.#whole(Buffer.alloc(0), 0, 0, offset)
    }
    if (this.#expect === "nothing" && this.#depth < 0 && this.#stack.length === 0) return null
    const snippet = Buffer.concat(this.#text).subarray(0, 200).toString("utf8")
    const open = this.#depth >= 0 ? this.#byteStart : offset
    return new JsonBreak(
      "truncated",
      offset === 0 ? "empty, no JSON value" : "the document ends before it is complete",
      offset,
      open,
      snippet,
    )
  }

  /** A byte that is neither white space nor inside a token nor inside a wanted element. */
  #outside(c: number, offset: number, ahead: Buffer): JsonBreak | null {
    const wrong = (what: string) => new JsonBreak("malformed", `${what} at byte ${offset}`, offset, offset, ahead.toString("utf8"))
    const top = this.#stack[this.#stack.length - 1]
    const expect = this.#expect
    if (c === QUOTE && (expect === "key" || expect === "key-or-end")) {
      this.#token = "string"
      this.#isKey = true
      return null
    }
    if (c === CLOSE || c === CLOSE_ARRAY) {
      const empty = expect === "key-or-end" || expect === "value-or-end"
      if (!top || top.array !== (c === CLOSE_ARRAY) || !(empty || expect === "comma-or-end")) return wrong("a bracket that closes nothing")
      this.#stack.pop()
      this.#after()
      return null
    }
    if (c === COMMA && expect === "comma-or-end" && top) {
      this.#expect = top.array ? "value" : "key"
      top.index++
      return null
    }
    if (c === COLON && expect === "colon") {
      this.#expect = "value"
      return null
    }
    if (expect !== "value" && expect !== "value-or-end") return wrong(`expected ${expect.replaceAll("-", " ")}`)
    return this.#value(c, offset) ? null : wrong("no value")
  }

  /** Begins a value outside a wanted element; false when no value begins with this byte. */
  #value(c: number, offset: number): boolean {
    const container = c === OPEN || c === OPEN_ARRAY
    if (!container && c !== QUOTE && !isWord(c)) return false
    if (this.#matches()) {
      this.#path = this.#stack.map((f) => (f.array ? f.index : f.key))
      this.#byteStart = offset
      this.#text = []
      this.#textBytes = 0
      this.#depth = container ? 1 : 0
    } else if (container) {
      if (this.#stack.length >= DEEPEST) return false
      this.#stack.push({ array: c === OPEN_ARRAY, key: "", index: 0 })
      this.#expect = c === OPEN ? "key-or-end" : "value-or-end"
      return true
    }
    this.#isKey = false
    if (!container) this.#token = c === QUOTE ? "string" : "word"
    this.#after()
    return true
  }

  #after(): void {
    this.#expect = this.#stack.length === 0 ? "nothing" : "comma-or-end"
  }

  #matches(): boolean {
    return this.#wanted.some(
      (path) =>
        path.length === this.#stack.length &&
        path.every((step, i) => {
          const frame = this.#stack[i] as Frame
          return step === "*" || step === (frame.array ? String(frame.index) : frame.key)
        }),
    )
  }

  #keep(bytes: Buffer): void {
    this.#textBytes += bytes.length
    if (this.#textBytes <= LARGEST) this.#text.push(Buffer.from(bytes))
  }

  #key(bytes: Buffer, from: number, to: number): void {
    this.#keep(bytes.subarray(from, to))
    const [text] = this.#taken()
    const top = this.#stack[this.#stack.length - 1] as Frame
    top.key = unquoted(text)
    this.#isKey = false
    this.#expect = "colon"
  }

  #whole(bytes: Buffer, from: number, to: number, base: number): void {
    const size = this.#textBytes + to - from
    this.#depth = -1
    const element = { path: this.#path, byteStart: this.#byteStart, byteEnd: base + to }
    if (size > LARGEST) {
      this.#out.push({
        ...element,
        value: undefined,
        sound: true,
        fault: { code: "too-large", reason: `an element of ${size} bytes`, snippet: "" },
      })
      this.#taken()
      return
    }
    this.#keep(bytes.subarray(from, to))
    const [text, sound] = this.#taken()
    try {
      this.#out.push({ ...element, value: JSON.parse(text), sound })
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error
      this.#out.push({
        ...element,
        value: undefined,
        sound,
        fault: { code: "malformed", reason: error.message, snippet: text.slice(0, 200) },
      })
    }
  }

  #taken(): [string, boolean] {
    const raw = this.#text.length === 1 ? (this.#text[0] as Buffer) : Buffer.concat(this.#text)
    this.#text = []
    this.#textBytes = 0
    const text = raw.toString("utf8")
    return [text, !text.includes("\uFFFD") || Buffer.byteLength(text) === raw.length]
  }
}

/** Bytes of numbers and of `true`, `false`, `null`; whether they spell one is for the parser. */
function isWord(c: number): boolean {
  return (c >= 0x30 && c <= 0x39) || (c >= 0x61 && c <= 0x7a) || (c >= 0x41 && c <= 0x5a) || c === 0x2d || c === 0x2b || c === 0x2e
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text))
  } catch {
    return text.slice(1, -1)
  }
}
