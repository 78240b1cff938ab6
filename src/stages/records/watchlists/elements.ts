import { isUtf8 } from "node:buffer"
import { SaxesParser } from "saxes"
import type { Place } from "#vocabulary/record"
import type { Material, Sink } from "../importer.ts"

/**
 * Watch lists in XML: a root around many entries. Entries are cut out by their tags and parsed one by one, so that a damaged entry
 * costs itself only, and a list without its closing tag is said to be cut.
 */
export interface Element {
  name: string
  text: string
  children: Element[]
}

const MAX_ENTRY = 4 * 1024 * 1024

function parse(xml: string): Element {
  const root: Element = { name: "", text: "", children: [] }
  const open = [root]
  const parser = new SaxesParser({ fragment: true })
  parser.on("error", (error) => {
    throw error
  })
  parser.on("opentag", (tag) => {
    const element: Element = { name: tag.name, text: "", children: [] }
    open.at(-1)!.children.push(element)
    open.push(element)
  })
  parser.on("text", (text) => {
    open.at(-1)!.text += text
  })
  parser.on("cdata", (text) => {
    open.at(-1)!.text += text
  })
  parser.on("closetag", () => {
    open.pop()
  })
  parser.write(xml).close()
  return root.children[0]!
}

const squeezed = (text: string) => text.replace(/\s+/g, " ").trim()

/** The text of the first child of that name; null when there is none or it is empty. */
export const first = (element: Element, name: string): string | null =>
  squeezed(element.children.find((child) => child.name === name)?.text ?? "") || null

export const all = (element: Element, pattern: RegExp): Element[] => element.children.filter((child) => pattern.test(child.name))

/** Every element of that name anywhere below. */
export const below = (element: Element, name: string): Element[] =>
  element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...below(child, name)])

/** Texts of an element and below, in order, as one line: addresses and birth places. */
export function line(element: Element): string {
  return [squeezed(element.text), ...element.children.map(line)].filter((text) => text !== "").join(", ")
}

/** How one list is laid out. */
export interface ListLayout {
  /** Tags of its entries. */
  names: readonly string[]
  /** The closing tag of the root. */
  rootEnd: string
  /** What may stand between entries. */
  frame: RegExp
}

interface Tag {
  at: number
  name: string
}

/** The next entry's tag: `<INDIVIDUAL>`, not `<INDIVIDUALS>` or `<INDIVIDUAL_ALIAS>`. */
function nextOpen(buffer: Buffer, from: number, names: readonly string[]): Tag | null {
  let best: Tag | null = null
  for (const name of names) {
    let at = buffer.indexOf(`<${name}`, from)
    while (at >= 0 && ![62, 32, 9, 10, 13, 47].includes(buffer[at + name.length + 1] ?? 0)) at = buffer.indexOf(`<${name}`, at + 1)
    if (at >= 0 && (best === null || at < best.at)) best = { at, name }
  }
  return best
}

/** Hands each entry of the list to `take` with its byte range; what is broken becomes a reject with its place. */
export async function readEntries(
  material: Material,
  sink: Sink,
  signal: AbortSignal,
  layout: ListLayout,
  give: (element: Element, place: Place) => Promise<void>,
): Promise<void> {
  let buffer: Buffer = Buffer.alloc(0)
  let base = 0
  let ended = false
  const snippetOf = (bytes: Buffer) => bytes.subarray(0, 400).toString("utf8").trim().slice(0, 200)
  const rejectBytes = (from: number, to: number, code: string, reason: string) => {
    sink.seen(1)
    sink.reject({
      place: { file: material.file, byteStart: base + from, byteEnd: base + to },
      code,
      reason,
      snippet: snippetOf(buffer.subarray(from, to)),
    })
  }
  const between = (from: number, to: number) => {
    if (to <= from) return
    const text = buffer.subarray(from, to).toString("utf8")
    if (text.includes(layout.rootEnd)) ended = true
    if (text.replace(layout.frame, "") !== "")
      rejectBytes(from, to, "malformed", "something that is neither an entry nor the list around it")
  }
  async function entry(from: number, to: number): Promise<void> {
    const bytes = buffer.subarray(from, to)
    if (bytes.length > MAX_ENTRY) return rejectBytes(from, to, "too-large", `an entry of ${bytes.length} bytes`)
    if (!isUtf8(bytes)) return rejectBytes(from, to, "encoding", "bytes that are not UTF-8")
    let element: Element
    try {
      element = parse(bytes.toString("utf8"))
    } catch (error) {
      return rejectBytes(from, to, "malformed", `not well-formed: ${error instanceof Error ? error.message : String(error)}`)
    }
    sink.seen(1)
    await give(element, { file: material.file, byteStart: base + from, byteEnd: base + to })
  }
  /** Takes whole entries off the front of the buffer; returns where the rest begins. */
  async function take(final: boolean): Promise<number> {
    let done = 0
    for (;;) {
      const open = nextOpen(buffer, done, layout.names)
      if (open === null) {
        // What may be the start of a tag, or of the closing one, waits for the next bytes.
        const keep = final ? buffer.length : Math.max(done, buffer.lastIndexOf("<"))
        if (!final && buffer.length - done <= MAX_ENTRY) return done
        between(done, keep)
        return keep
      }
      const close = buffer.indexOf(`</${open.name}>`, open.at)
      const another = nextOpen(buffer, open.at + 1, layout.names)
      if (close >= 0 && (another === null || close < another.at)) {
        between(done, open.at)
        done = close + open.name.length + 3
        await entry(open.at, done)
      } else if (another !== null) {
        between(done, open.at)
        rejectBytes(open.at, another.at, "truncated", "an entry that does not end before the next one begins")
        done = another.at
      } else if (final || buffer.length - open.at > MAX_ENTRY) {
        between(done, open.at)
        rejectBytes(open.at, buffer.length, final ? "truncated" : "too-large", "an entry that does not end")
        return buffer.length
      } else return done
    }
  }
  for await (const chunk of material.open()) {
    signal.throwIfAborted()
    buffer = buffer.length === 0 ? (chunk as Buffer) : Buffer.concat([buffer, chunk as Buffer])
    const done = await take(false)
    base += done
    buffer = buffer.subarray(done)
  }
  await take(true)
  if (!ended && material.sizeBytes > 0) {
    sink.seen(1)
    sink.reject({
      place: { file: material.file, byteStart: material.sizeBytes, byteEnd: material.sizeBytes },
      code: "truncated",
      reason: "the list has no closing tag: entries may be missing behind the last byte",
    })
  }
}
