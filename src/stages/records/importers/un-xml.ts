import { isUtf8 } from "node:buffer"
import { SaxesParser } from "saxes"
import type { Identifier, Place, SourceRecord } from "#vocabulary/record"
import type { Importer, Material, Sink } from "../importer.ts"
import { countryOf } from "../mapping/issuers.ts"

/**
 * The United Nations Security Council consolidated list (XML, UTF-8). One unit an INDIVIDUAL or ENTITY element. Elements are cut out
 * by their tags and parsed one by one, so that a damaged entry costs itself only. A list without its closing tag is said to be cut.
 */
const NAMES = ["INDIVIDUAL", "ENTITY"] as const
const ROOT_END = "</CONSOLIDATED_LIST>"
const MAX_ENTRY = 4 * 1024 * 1024
const FRAME = /<\?xml[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>]*>|<\/?(?:CONSOLIDATED_LIST|INDIVIDUALS|ENTITIES)(?:\s[^>]*)?\/?>|\s+|\uFEFF/g

interface Element {
  name: string
  text: string
  children: Element[]
}

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
const first = (element: Element, name: string): string | null =>
  squeezed(element.children.find((child) => child.name === name)?.text ?? "") || null
const all = (element: Element, pattern: RegExp): Element[] => element.children.filter((child) => pattern.test(child.name))

/** Texts below an element, in order: addresses and birth places as one line. */
function line(element: Element): string {
  return [squeezed(element.text), ...element.children.map(line)].filter((text) => text !== "").join(", ")
}

/** "EXACT 1967-07-18", "BETWEEN 1973 1974", "APPROXIMATELY 1968": type and figures as given. */
function birthOf(element: Element): string {
  const type = first(element, "TYPE_OF_DATE")
  const figures = ["DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE"].flatMap((name) => first(element, name) ?? [])
  return [...(type === null || type === "EXACT" ? [] : [type.toLowerCase()]), ...figures].join(" ")
}

const TAKEN =
  /^(?:DATAID|FIRST_NAME|SECOND_NAME|THIRD_NAME|FOURTH_NAME|UN_LIST_TYPE|NAME_ORIGINAL_SCRIPT|COMMENTS1|NATIONALITY|(?:INDIVIDUAL|ENTITY)_ALIAS|(?:INDIVIDUAL|ENTITY)_ADDRESS|INDIVIDUAL_DATE_OF_BIRTH|INDIVIDUAL_PLACE_OF_BIRTH)$/

function listings(entry: Element, place: Place): { main: SourceRecord<"listing">; aliases: SourceRecord<"listing">[] } {
  const dataId = first(entry, "DATAID")
  const name = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"].flatMap((part) => first(entry, part) ?? []).join(" ")
  const original = first(entry, "NAME_ORIGINAL_SCRIPT")
  const key: Identifier[] = dataId === null ? [] : [{ type: "account", raw: dataId, platform: "un-sc" }]
  const aliases = all(entry, /_ALIAS$/).flatMap((alias) => {
    const raw = first(alias, "ALIAS_NAME")
    return raw === null ? [] : [{ raw, quality: first(alias, "QUALITY") ?? "" }]
  })
  const documents = all(entry, /_DOCUMENT$/).flatMap((document): Identifier[] => {
    const raw = first(document, "NUMBER")
    const issuer = countryOf(first(document, "ISSUING_COUNTRY") ?? first(document, "COUNTRY_OF_ISSUE") ?? "")
    return raw === null ? [] : [{ type: "document", raw, ...(issuer === null ? {} : { issuer }) }]
  })
  const weak = (quality: string) => /low|weak/i.test(quality)
  const strong = aliases.filter((alias) => !weak(alias.quality))
  const extra: Record<string, unknown> = {}
  for (const child of entry.children) {
    const text = line(child)
    if (!TAKEN.test(child.name) && text !== "") extra[child.name] = child.name in extra ? `${extra[child.name]}; ${text}` : text
  }
  const lines = (pattern: RegExp, of: (element: Element) => string) =>
    all(entry, pattern)
      .map(of)
      .filter((text) => text !== "")
      .join("; ") || null
  const shared = {
    list: "UN Security Council consolidated list",
    program: first(entry, "UN_LIST_TYPE"),
    entryType: entry.name.toLowerCase(),
    nativeId: dataId,
  }
  const main: SourceRecord<"listing"> = {
    kind: "listing",
    place,
    at: null,
    fields: {
      ...shared,
      nameType: "primary",
      birthDate: lines(/_DATE_OF_BIRTH$/, birthOf),
      birthPlace: lines(/_PLACE_OF_BIRTH$/, line),
      nationality: lines(/^NATIONALITY$/, line),
      address: lines(/_ADDRESS$/, line),
      remarks: first(entry, "COMMENTS1"),
    },
    parties: [
      {
        part: "subject",
        ids: [
          ...key,
          ...(original === null ? [] : [{ type: "name" as const, raw: original }]),
          ...strong.map((alias) => ({ type: "name" as const, raw: alias.raw })),
          ...documents,
        ],
        name: name || original,
      },
    ],
    ...(Object.keys(extra).length > 0 ? { extra } : {}),
  }
  return {
    main,
    aliases: aliases.map((alias) => ({
      kind: "listing",
      place,
      at: null,
      fields: { ...shared, nameType: weak(alias.quality) ? "weak alias" : "strong alias" },
      parties: [{ part: "subject", ids: key, name: alias.raw }],
      extra: { QUALITY: alias.quality },
    })),
  }
}

interface Tag {
  at: number
  name: (typeof NAMES)[number]
}

/** The next `<INDIVIDUAL>` or `<ENTITY>`, not `<INDIVIDUALS>` or `<INDIVIDUAL_ALIAS>`. */
function nextOpen(buffer: Buffer, from: number): Tag | null {
  let best: Tag | null = null
  for (const name of NAMES) {
    let at = buffer.indexOf(`<${name}`, from)
    while (at >= 0 && ![62, 32, 9, 10, 13, 47].includes(buffer[at + name.length + 1] ?? 0)) at = buffer.indexOf(`<${name}`, at + 1)
    if (at >= 0 && (best === null || at < best.at)) best = { at, name }
  }
  return best
}

async function read(material: Material, sink: Sink, signal: AbortSignal): Promise<void> {
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
    if (text.includes(ROOT_END)) ended = true
    if (text.replace(FRAME, "") !== "") rejectBytes(from, to, "malformed", "something that is neither an entry nor the list around it")
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
    const id = first(element, "DATAID")
    const { main, aliases } = listings(element, { file: material.file, row: id ?? undefined, byteStart: base + from, byteEnd: base + to })
    await sink.record(main)
    for (const alias of aliases) await sink.also(alias)
  }
  /** Takes whole entries off the front of the buffer; returns where the rest begins. */
  async function take(final: boolean): Promise<number> {
    let done = 0
    for (;;) {
      const open = nextOpen(buffer, done)
      if (open === null) {
        // What may be the start of a tag, or of the closing one, waits for the next bytes.
        const keep = final ? buffer.length : Math.max(done, buffer.lastIndexOf("<"))
        if (!final && buffer.length - done <= MAX_ENTRY) return done
        between(done, keep)
        return keep
      }
      const close = buffer.indexOf(`</${open.name}>`, open.at)
      const another = nextOpen(buffer, open.at + 1)
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

export const unXml: Importer = {
  id: "un-xml",
  version: 1,
  title: "UN Security Council consolidated list (XML)",
  unknowns: "Elements that are not known are kept by their names in the entry's extra columns.",
  async claim(material) {
    const head = Buffer.from(material.head).toString("latin1")
    return /<CONSOLIDATED_LIST[\s>]/.test(head) ? { confidence: 0.98, why: "root element CONSOLIDATED_LIST" } : null
  },
  read: (material, sink, context) => read(material, sink, context.signal),
}
