import { createHash } from "node:crypto"

/**
 * Content lines of vCard 2.1 (versit 1996), 3.0 (RFC 2426) and 4.0 (RFC 6350): unfolding, groups, parameters with and without names,
 * `^` escapes (RFC 6868), quoted-printable with its soft line breaks, character sets, base64 blobs.
 */
export interface Property {
  /** `item1` of `item1.TEL`. */
  group: string | undefined
  /** Upper case. */
  name: string
  /** Names in upper case; values that have no name (2.1) are types. */
  parameters: Record<string, string[]>
  /** Decoded as far as transport goes; text escapes (`\n`, `\,`) still stand. */
  value: string
  /** Size of a photo, sound or key, whose value is left out. */
  blobBytes?: number
  /** Of a photo that stands whole in its property. */
  blobSha256?: string
}

const BLOBS = new Set(["PHOTO", "LOGO", "SOUND", "KEY"])
const BARE: Record<string, string> = {
  "QUOTED-PRINTABLE": "ENCODING",
  BASE64: "ENCODING",
  B: "ENCODING",
  "8BIT": "ENCODING",
  "7BIT": "ENCODING",
  URL: "VALUE",
  INLINE: "VALUE",
}

/** Logical lines out of physical ones; null for a line that is no property. */
export function property(line: string): Property | null {
  const colon = colonOf(line)
  if (colon <= 0) return null
  const [head, ...rest] = split(line.slice(0, colon), ";")
  const named = /^\s*(?:([\w-]+)\.)?([\w-]+)\s*$/.exec(head ?? "")
  if (!named?.[2]) return null
  const parameters = parametersOf(rest)
  const encoding = parameters.ENCODING?.[0]?.toUpperCase()
  const charset = parameters.CHARSET?.[0]
  const name = named[2].toUpperCase()
  const raw = line.slice(colon + 1)
  const found = { group: named[1], name, parameters }
  const blob = encoding === "BASE64" || encoding === "B" || /^data:[^,]{0,100};base64,/i.test(raw)
  if (blob || (BLOBS.has(name) && raw.length > 2000))
    return { ...found, value: "", ...blobOf(raw.replace(/^data:[^,]*,/i, "").replace(/[\s=]+/g, ""), blob && name === "PHOTO") }
  return { ...found, value: encoding === "QUOTED-PRINTABLE" ? unquoted(raw, charset) : charset ? recoded(raw, charset) : raw }
}

const blobOf = (base64: string, hashed: boolean): Pick<Property, "blobBytes" | "blobSha256"> => ({
  blobBytes: Math.floor((base64.length * 3) / 4),
  ...(hashed && base64 !== "" ? { blobSha256: createHash("sha256").update(base64, "base64").digest("hex") } : {}),
})

/** Physical lines joined: a line that begins with white space continues (RFC 6350, 3.2); so does one after `=` in quoted-printable (2.1). */
export class Unfolder {
  // In parts: a photo has ten thousand lines, and joining them one by one would copy it ten thousand times.
  #parts: string[] = []
  #printable = false

  /** The line before, when `text` does not continue it. */
  push(text: string): string | undefined {
    const last = this.#parts.at(-1)
    // Some writers break quoted-printable without the soft sign at the next property: a new name ends the text.
    if (last !== undefined && this.#printable && last.endsWith("=") && !/^(?:[\w-]+\.)?[A-Z][A-Z-]*[;:]/.test(text)) {
      this.#parts.push(`\n${text}`)
      return undefined
    }
    if (last !== undefined && /^[ \t]/.test(text) && text.trim() !== "") {
      this.#parts.push(text.slice(1))
      return undefined
    }
    const before = this.end()
    this.#parts = [text]
    this.#printable = /^[^:]*QUOTED-PRINTABLE[^:]*:/i.test(text.slice(0, 300))
    return before
  }

  end(): string | undefined {
    const whole = this.#parts.length === 0 ? undefined : this.#parts.join("")
    this.#parts = []
    return whole
  }
}

/** Text escapes of 3.0 and 4.0; 2.1 has `\;` only, and writes no others that mean themselves. */
export function unescaped(value: string): string {
  return value.replace(/\\([nN\\,;:])/g, (_, c: string) => (c === "n" || c === "N" ? "\n" : c))
}

/** Components of `N`, `ORG` and `ADR`, each unescaped and trimmed. */
export function components(value: string): string[] {
  return split(value, ";").map((part) => unescaped(part).trim())
}

/** The colon that ends name and parameters: the first outside quotes. */
function colonOf(line: string): number {
  let quoted = false
  for (let i = 0; i < line.length && i < 4096; i++) {
    const c = line[i]
    if (c === '"') quoted = !quoted
    else if (c === ":" && !quoted) return i
  }
  return line.indexOf(":")
}

/** Split at a sign outside quotes and not behind a backslash. */
function split(text: string, sign: string): string[] {
  const out: string[] = []
  let from = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (c === "\\") i++
    else if (c === '"') quoted = !quoted
    else if (c === sign && !quoted) {
      out.push(text.slice(from, i))
      from = i + 1
    }
  }
  out.push(text.slice(from))
  return out
}

function parametersOf(parts: string[]): Record<string, string[]> {
  const out: Record<string, string[]> = {}
  for (const part of parts) {
    const equals = part.indexOf("=")
    const bare = part.trim().toUpperCase()
    const name = equals > 0 ? part.slice(0, equals).trim().toUpperCase() : (BARE[bare] ?? "TYPE")
    const values = split(equals > 0 ? part.slice(equals + 1) : part, ",").map((v) =>
      v.replace(/"/g, "").replace(/\^n/g, "\n").replace(/\^'/g, '"').replace(/\^\^/g, "^").trim(),
    )
    out[name] = [...(out[name] ?? []), ...values.filter((v) => v !== "")]
  }
  return out
}

/** RFC 2045, 6.7. A broken escape stays as it stands. */
function unquoted(text: string, charset: string | undefined): string {
  const joined = text.replace(/=[ \t]*\r?\n/g, "").replace(/=$/, "")
  const bytes: Buffer[] = []
  let from = 0
  for (const m of joined.matchAll(/(?:=[0-9A-Fa-f]{2})+/g)) {
    bytes.push(Buffer.from(joined.slice(from, m.index)), Buffer.from(m[0].replaceAll("=", ""), "hex"))
    from = m.index + m[0].length
  }
  bytes.push(Buffer.from(joined.slice(from)))
  return decoderOf(charset).decode(Buffer.concat(bytes)).replace(/\r\n/g, "\n")
}

/** Raw text whose card says that its bytes are of another character set: only where they came through as single bytes. */
function recoded(text: string, charset: string): string {
  if (/^utf-?8$/i.test(charset) || !/[\x80-\xff]/.test(text) || /[^\x00-\xff]/.test(text)) return text
  return decoderOf(charset).decode(Buffer.from(text, "latin1"))
}

function decoderOf(charset: string | undefined): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(charset?.trim() || "utf-8")
  } catch {
    return new TextDecoder("utf-8")
  }
}
