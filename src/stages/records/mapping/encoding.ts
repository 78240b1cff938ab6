import { isUtf8 } from "node:buffer"
import type { Material } from "../importer.ts"

/** The encodings that tables come in. Single-byte ones cannot be told for certain: what was guessed is said in a note. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | "windows-1256"
export const ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "windows-1252", "windows-1256"] as const

export interface EncodingGuess {
  encoding: Encoding
  /** Bytes of the byte-order mark, not part of the text. */
  bom: number
  /** For the note; empty when nothing was assumed. */
  why: string
}

/** Drops a character that the end of the window cut in two, so that the rest can be judged. */
function withoutCutTail(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!
    if (byte >= 0xc0) return bytes.subarray(0, bytes.length - back)
    if (byte < 0x80) break
  }
  return bytes
}

/** Share of bytes above 0x7f that stand beside another such byte: Arabic words are runs, Western accents stand alone among letters. */
function runShare(bytes: Uint8Array): number {
  let high = 0
  let beside = 0
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i]! < 0x80) continue
    high++
    if ((i > 0 && bytes[i - 1]! >= 0x80) || (i + 1 < bytes.length && bytes[i + 1]! >= 0x80)) beside++
  }
  return high === 0 ? 0 : beside / high
}

/** Damaged UTF-8 still has many well-formed sequences of two to four bytes; single-byte text has almost none. */
function looksLikeDamagedUtf8(bytes: Uint8Array): boolean {
  let good = 0
  let bad = 0
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i]!
    if (byte < 0x80) {
      i++
      continue
    }
    const length = byte >= 0xc2 && byte < 0xe0 ? 2 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xf0 && byte < 0xf5 ? 4 : 0
    if (length > 0 && isUtf8(bytes.subarray(i, i + length))) {
      good++
      i += length
    } else {
      bad++
      i++
    }
  }
  return good > bad
}

/** By byte-order mark, then zero bytes in one parity (UTF-16), then validity (UTF-8), then the shape of the high bytes. */
export function guessEncoding(bytes: Uint8Array): EncodingGuess {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: "utf-8", bom: 3, why: "" }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: "utf-16le", bom: 2, why: "" }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: "utf-16be", bom: 2, why: "" }
  const zeros = [0, 0]
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 0) zeros[i & 1]!++
  const pairs = bytes.length >> 1
  if (pairs > 1 && zeros[1]! > pairs / 10 && zeros[0]! < zeros[1]! / 20)
    return { encoding: "utf-16le", bom: 0, why: "read as UTF-16 (little end first) by its zero bytes; the file does not say" }
  if (pairs > 1 && zeros[0]! > pairs / 10 && zeros[1]! < zeros[0]! / 20)
    return { encoding: "utf-16be", bom: 0, why: "read as UTF-16 (big end first) by its zero bytes; the file does not say" }
  const whole = withoutCutTail(bytes)
  if (isUtf8(whole) || looksLikeDamagedUtf8(whole)) return { encoding: "utf-8", bom: 0, why: "" }
  return runShare(bytes) > 0.5
    ? { encoding: "windows-1256", bom: 0, why: "read as windows-1256 (Arabic) by its letter runs; the file does not say" }
    : { encoding: "windows-1252", bom: 0, why: "read as windows-1252 (Western) by its letters; the file does not say" }
}

/** As `guessEncoding`, and where the head is plain ASCII, by three further windows: the first umlaut may stand at row 100 000. */
export async function encodingOf(material: Material): Promise<EncodingGuess> {
  const first = guessEncoding(material.head)
  const head = material.head
  if (first.encoding !== "utf-8" || first.bom > 0 || head.length >= material.sizeBytes || head.some((byte) => byte >= 0x80)) return first
  const WINDOW = 65_536
  for (const share of [0.25, 0.5, 0.9]) {
    const start = Math.max(head.length, Math.floor(material.sizeBytes * share))
    const chunks: Uint8Array[] = []
    for await (const chunk of material.open({ start, end: Math.min(start + WINDOW, material.sizeBytes) })) chunks.push(chunk as Uint8Array)
    const window = Buffer.concat(chunks)
    let from = 0
    while (from < 4 && (window[from]! & 0xc0) === 0x80) from++
    const bytes = window.subarray(from)
    if (bytes.some((byte) => byte >= 0x80)) return guessEncoding(bytes)
  }
  return first
}

/** Decodes whole lines. Null where the bytes are not text in this encoding; windows-125x accept every byte. */
export function decoderOf(encoding: Encoding): (bytes: Buffer) => string | null {
  if (encoding === "utf-8") return (bytes) => (isUtf8(bytes) ? bytes.toString("utf8") : null)
  if (encoding === "utf-16le" || encoding === "utf-16be") {
    const decoder = new TextDecoder("utf-16le", { fatal: true, ignoreBOM: true })
    return (bytes) => {
      try {
        return decoder.decode(bytes)
      } catch {
        return null
      }
    }
  }
  const decoder = new TextDecoder(encoding)
  return (bytes) => decoder.decode(bytes)
}
