import type { Readable } from "node:stream"

/** Text encodings that exports of phones and chats come in. `windows-1252` is never guessed, only asked for. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be"

/** A stretch of decoded text and where its bytes stand. */
export interface Stretch {
  text: string
  /** Offset of the first byte of `text` in the stream. */
  byteStart: number
  byteEnd: number
  /** False when a byte sequence could not be decoded (it stands as U+FFFD), so that offsets inside this stretch are unknown. */
  exact: boolean
}

/** A line without its end, and the bytes that it took with its end: half-open. */
export interface Line {
  text: string
  /** From 1. */
  number: number
  byteStart: number
  byteEnd: number
  /** False when bytes were replaced or the line was cut at the limit. */
  sound: boolean
}

/** What is known of the encoding from the first bytes: a byte order mark, or zero bytes on one side of each pair. */
export function encodingOf(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le"
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be"
  const n = Math.min(head.length & ~1, 512)
  let even = 0
  let odd = 0
  for (let i = 0; i < n; i += 2) {
    if (head[i] === 0) even++
    if (head[i + 1] === 0) odd++
  }
  if (n >= 4 && odd > n / 5 && even === 0) return "utf-16le"
  if (n >= 4 && even > n / 5 && odd === 0) return "utf-16be"
  return "utf-8"
}

/** The first bytes as text, with the byte order mark taken off: for `claim`. */
export function headText(head: Uint8Array, limit = 8192): string {
  const part = Buffer.from(head.subarray(0, limit))
  return decode(part.subarray(0, whole(part, encodingOf(head))), encodingOf(head)).replace(/^\uFEFF/, "")
}

/** Decodes a stream without splitting a character between stretches. A byte order mark stays in the text as U+FEFF. */
export async function* stretches(stream: Readable, encoding: Encoding): AsyncGenerator<Stretch> {
  let rest = Buffer.alloc(0)
  let byteStart = 0
  for await (const chunk of stream) {
    const bytes = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer])
    const end = whole(bytes, encoding)
    rest = Buffer.from(bytes.subarray(end))
    if (end === 0) continue
    yield stretch(bytes.subarray(0, end), byteStart, encoding)
    byteStart += end
  }
  if (rest.length > 0) yield { text: "\uFFFD", byteStart, byteEnd: byteStart + rest.length, exact: false }
}

/** Bytes that `text.slice(0, units)` takes. */
export function bytesOf(text: string, units: number, encoding: Encoding): number {
  return encoding === "utf-8" ? Buffer.byteLength(units >= text.length ? text : text.slice(0, units)) : units * 2
}

/**
 * Lines of a text file, ended by LF, CR LF or a lone CR. A line longer than `limit` bytes (UTF-16: units) is cut there and
 * marked unsound; its bytes still count, so that the next line stands where it stands.
 */
export async function* lines(stream: Readable, encoding: Encoding, limit = 8_000_000): AsyncGenerator<Line> {
  const width = encoding === "utf-8" ? 1 : 2
  let held = ""
  let cut = false
  let number = 1
  let lineStart = 0
  let carriage = false
  const finish = (byteEnd: number): Line => {
    const [text, clean] = encoding === "utf-8" ? fromBytes(held) : [held, true]
    const line = { text: number === 1 ? text.replace(/^\uFEFF/, "") : text, number, byteStart: lineStart, byteEnd, sound: clean && !cut }
    held = ""
    cut = false
    number++
    lineStart = byteEnd
    return line
  }
  const add = (piece: string) => {
    if (held.length + piece.length > limit) cut = true
    if (held.length < limit) held += piece.length > limit - held.length ? piece.slice(0, limit - held.length) : piece
  }
  let base = 0
  for await (const text of units(stream, encoding)) {
    let from = 0
    if (carriage) {
      carriage = false
      if (text.charCodeAt(0) === 10) from = 1
      yield finish(base + from * width)
    }
    while (from < text.length) {
      const lf = text.indexOf("\n", from)
      const whole = text.slice(from, lf < 0 ? text.length : lf)
      const cr = whole.indexOf("\r")
      add(cr < 0 ? whole : whole.slice(0, cr))
      if (cr < 0) {
        if (lf < 0) break
        from = lf + 1
      } else {
        from += cr + 1
        if (from === text.length) {
          carriage = true
          break
        }
        if (from === lf) from++
      }
      yield finish(base + from * width)
    }
    base += text.length * width
  }
  if (carriage || held.length > 0) yield finish(base)
}

/** The stream as strings in which one unit is one byte (UTF-8) or one pair of bytes (UTF-16). */
async function* units(stream: Readable, encoding: Encoding): AsyncGenerator<string> {
  if (encoding === "utf-8") for await (const chunk of stream) yield (chunk as Buffer).toString("latin1")
  else for await (const { text } of stretches(stream, encoding)) yield text
}

/** UTF-8 out of a string of bytes; false when a sequence could not be decoded. */
function fromBytes(bytes: string): [string, boolean] {
  if (!/[\x80-\xff]/.test(bytes)) return [bytes, true]
  const raw = Buffer.from(bytes, "latin1")
  const text = raw.toString("utf8")
  return [text, !text.includes("\uFFFD") || Buffer.byteLength(text) === raw.length]
}

function stretch(bytes: Buffer, byteStart: number, encoding: Encoding): Stretch {
  const text = decode(bytes, encoding)
  const exact = encoding !== "utf-8" || !text.includes("\uFFFD") || Buffer.byteLength(text) === bytes.length
  return { text, byteStart, byteEnd: byteStart + bytes.length, exact }
}

function decode(bytes: Buffer, encoding: Encoding): string {
  if (encoding === "utf-8") return bytes.toString("utf8")
  return (encoding === "utf-16be" ? Buffer.from(bytes).swap16() : bytes).toString("utf16le")
}

/** How many leading bytes hold whole characters. */
function whole(bytes: Buffer, encoding: Encoding): number {
  if (encoding !== "utf-8") {
    const even = bytes.length & ~1
    const unit = even < 2 ? 0 : encoding === "utf-16le" ? bytes.readUInt16LE(even - 2) : bytes.readUInt16BE(even - 2)
    return unit >= 0xd800 && unit <= 0xdbff ? even - 2 : even
  }
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number
    if (byte < 0x80) return bytes.length
    if (byte >= 0xc0) {
      const need = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return need > back ? bytes.length - back : bytes.length
    }
  }
  return bytes.length
}
