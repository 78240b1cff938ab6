const CLASS = Buffer.from("NSString")
/** Type code `+` (bytes of a C string) that comes before the length. */
const BYTES = 0x2b
/** Between class name and type code stand its version and a few references. */
const REACH = 24

/**
 * The plain text in an archived NSAttributedString (`typedstream`, as NSArchiver of NeXTSTEP writes it): the first NSString, its
 * length in one byte, or in two or four behind 0x81 or 0x82, little-endian, then UTF-8. Null where it is not that.
 */
export function attributedText(bytes: Uint8Array | null): string | null {
  if (bytes === null) return null
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const named = data.indexOf(CLASS)
  if (named < 0) return null
  const code = data.indexOf(BYTES, named + CLASS.length)
  if (code < 0 || code - named > REACH + CLASS.length) return null
  let at = code + 1
  const first = data[at++]
  if (first === undefined) return null
  let length: number = first
  if (first === 0x81 && at + 2 <= data.length) {
    length = data.readUInt16LE(at)
    at += 2
  } else if (first === 0x82 && at + 4 <= data.length) {
    length = data.readUInt32LE(at)
    at += 4
  } else if (first >= 0x80) return null
  if (length === 0 || at + length > data.length) return null
  return data.toString("utf8", at, at + length)
}
