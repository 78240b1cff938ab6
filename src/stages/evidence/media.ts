/** Media types by content (first bytes), for what a task force takes in. Null when nothing is recognised. */
const MAGIC: [string, number, number[] | string][] = [
  ["application/vnd.sqlite3", 0, "SQLite format 3\0"],
  ["application/zip", 0, [0x50, 0x4b, 0x03, 0x04]],
  ["application/zip", 0, [0x50, 0x4b, 0x05, 0x06]],
  ["application/gzip", 0, [0x1f, 0x8b]],
  ["application/x-tar", 257, "ustar"],
  ["application/x-7z-compressed", 0, [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ["application/vnd.rar", 0, "Rar!"],
  ["application/pdf", 0, "%PDF-"],
  ["image/jpeg", 0, [0xff, 0xd8, 0xff]],
  ["image/png", 0, [0x89, 0x50, 0x4e, 0x47]],
  ["image/gif", 0, "GIF8"],
  ["image/webp", 8, "WEBP"],
  ["image/heic", 4, "ftypheic"],
  ["video/mp4", 4, "ftyp"],
  ["audio/ogg", 0, "OggS"],
  ["audio/amr", 0, "#!AMR"],
  ["audio/mpeg", 0, "ID3"],
  ["application/x-bplist", 0, "bplist00"],
]

export function mediaTypeOf(head: Uint8Array): string {
  for (const [type, at, mark] of MAGIC) {
    const bytes = typeof mark === "string" ? Buffer.from(mark, "latin1") : Buffer.from(mark)
    if (head.length >= at + bytes.length && Buffer.from(head.buffer, head.byteOffset + at, bytes.length).equals(bytes)) return type
  }
  if (head.length === 0) return "application/x-empty"
  const text = textOf(head)
  if (text === null) return "application/octet-stream"
  const start = text.replace(/^\uFEFF/, "").trimStart()
  if (start.startsWith("<?xml") || /^<[a-zA-Z!]/.test(start)) return "application/xml"
  if (/^[[{]/.test(start)) return "application/json"
  if (/^BEGIN:VCARD/i.test(start)) return "text/vcard"
  return "text/plain"
}

/** The head as text when it looks like text in UTF-8, UTF-16 or an 8-bit code page; null for binary. */
function textOf(head: Uint8Array): string | null {
  const part = head.subarray(0, 4096)
  if (part.length >= 2 && ((part[0] === 0xff && part[1] === 0xfe) || (part[0] === 0xfe && part[1] === 0xff)))
    return new TextDecoder(part[0] === 0xff ? "utf-16le" : "utf-16be").decode(part)
  let odd = 0
  for (const b of part) if (b === 0 || (b < 32 && b !== 9 && b !== 10 && b !== 13 && b !== 12 && b !== 27)) odd++
  return odd > part.length / 200 ? null : new TextDecoder().decode(part)
}
