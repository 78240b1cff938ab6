import type { Readable } from "node:stream"
import { SaxesParser } from "saxes"
import { bytesOf, type Encoding, type Stretch, stretches } from "../text-source.ts"

/** One `<model>` (or tagged `<file>`) of a report, with everything below it. */
export interface Model {
  type: string
  id: string | undefined
  /** `deleted_state`, or `deleted` of a tagged file. */
  deleted: string | undefined
  /** All attributes: `decoding_confidence`, `source_index`, `isrelated`, … too. */
  attributes: Record<string, string>
  fields: Map<string, string>
  /** Values of a `multiField`, and of everything that stands more than once. */
  lists: ReadonlyMap<string, string[]>
  models: ReadonlyMap<string, Model[]>
  /** Half-open byte range; undefined where bytes around it could not be decoded. */
  byteStart: number | undefined
  byteEnd: number | undefined
}

/** A line of a `metadata` section, of the case information or of an extraction. */
export interface Particular {
  section: string
  name: string
  value: string
}

export type Item =
  | { what: "model"; model: Model }
  | { what: "file"; model: Model }
  /** Messages of a chat, in order. `last` is true when the chat's own fields are complete. */
  | { what: "chat"; chat: Model; messages: Model[]; last: boolean; early: boolean }
  | { what: "particulars"; particulars: Particular[]; byteStart: number | undefined; byteEnd: number | undefined }
  | { what: "note"; text: string }
  | { what: "broken"; code: string; reason: string; byteStart: number | undefined; byteEnd: number; snippet: string }

/** Messages kept back until the end of their chat: its source and participants may stand after them. */
const HELD_MESSAGES = 20_000
/** Largest run without an element, and largest single model, in UTF-16 units: beyond it the report counts as broken. */
const LARGEST = 64 * 1024 * 1024

const FIELDS = new Set(["field", "multiField", "modelField", "multiModelField", "nodeField", "dataField"])
const FRAME = new Set(
  "project decodedData modelType taggedFiles metadata item images image carvedFiles caseInformation sourceExtractions extractionInfo extraData infectedFiles".split(
    " ",
  ),
)
/** What may stand wrongly inside text without moving any border between elements. */
const HARMLESS = new Set(["disallowed character.", "undefined entity.", 'the string "]]>" is disallowed in char data.'])

/** Positions in decoded text mapped to bytes; queries must not go backwards by more than the length of a tag. */
class Positions {
  readonly #encoding: Encoding
  #text = ""
  #unitStart = 0
  #units = 0
  #bytes = 0
  #exact = true
  constructor(encoding: Encoding) {
    this.#encoding = encoding
  }
  feed(stretch: Stretch): void {
    this.#unitStart += this.#text.length
    this.#text = stretch.text
    this.#units = 0
    this.#bytes = stretch.byteStart
    this.#exact = stretch.exact
  }
  /** Units fed before and with the present stretch. */
  get end(): number {
    return this.#unitStart + this.#text.length
  }
  at(position: number): number | undefined {
    if (!this.#exact) return undefined
    const units = position - this.#unitStart
    if (units < this.#units) return undefined
    this.#bytes += bytesOf(units === this.#units ? "" : this.#text.slice(this.#units, units), units - this.#units, this.#encoding)
    this.#units = units
    return this.#bytes
  }
  /** Where the `<` of a tag stands of which `name` and one more character have just been read. */
  tagStart(position: number, name: string): number | undefined {
    const units = position - this.#unitStart
    const end = this.at(position)
    const delimiter = this.#text[units - 1] === "\n" && this.#text[units - 2] === "\r" ? 2 : 1
    const width = this.#encoding === "utf-8" ? 1 : 2
    return end === undefined ? undefined : end - (name.length + 1 + delimiter) * width
  }
}

/**
 * The items of a Cellebrite XML report (`project`, report versions 2 to 5), in the order of the file, one array per stretch
 * read. A broken report gives every item that was complete before the break and then one `broken`, as its last item. Entities
 * are the five of XML and character references; a document type is passed over, so nothing is fetched or multiplied.
 * Throws only when the stream fails.
 */
export async function* items(stream: Readable, encoding: Encoding): AsyncGenerator<Item[]> {
  const parser = new SaxesParser({ xmlns: false, position: false })
  const positions = new Positions(encoding)
  const reader = new Reader(parser, positions)
  let read = 0
  let tail = ""
  for await (const stretch of stretches(stream, encoding)) {
    positions.feed(stretch)
    read = stretch.byteEnd
    try {
      parser.write(stretch.text)
      reader.watch(positions.end)
    } catch (error) {
      if (!(error instanceof Broken)) throw error
      reader.broken(error.code, error.message, read, stretch.text.slice(0, 200))
      reader.finish()
      stream.destroy()
      yield reader.drain()
      return
    }
    if (!stretch.exact) reader.undecodable++
    tail = stretch.text.slice(-200)
    if (reader.ready > 0) yield reader.drain()
  }
  try {
    parser.close()
  } catch (error) {
    if (!(error instanceof Broken)) throw error
    reader.broken("truncated", `the report ends before it is complete: ${error.message}`, read, tail)
  }
  reader.finish()
  yield reader.drain()
}

class Broken extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

class Reader {
  undecodable = 0
  #queue: Item[] = []
  readonly #parser: SaxesParser
  readonly #positions: Positions
  readonly #stack: Model[] = []
  /** The field open in each model of the stack. */
  readonly #open: { name: string; many: boolean }[] = []
  readonly #held = new Map<Model, { messages: Model[]; early: boolean }>()
  readonly #particulars: Particular[] = []
  #particularsStart: number | undefined
  #particularsEnd: number | undefined
  readonly #unread = new Set<string>()
  readonly #harmless = new Map<string, number>()
  #section = ""
  #item = ""
  #text = ""
  #collecting = false
  #start: number | undefined
  #lastEvent = 0
  #modelStart = 0
  #depth = 0
  #root = ""
  #broken = false

  constructor(parser: SaxesParser, positions: Positions) {
    this.#parser = parser
    this.#positions = positions
    parser.on("error", (error) => this.#fault(error.message))
    parser.on("opentagstart", (tag) => {
      const name = local(tag.name)
      if (name === "model" || name === "file" || name === "metadata") this.#start = positions.tagStart(parser.position, tag.name)
    })
    parser.on("opentag", (tag) => this.#opened(local(tag.name), tag.attributes))
    parser.on("closetag", (tag) => this.#closed(local(tag.name)))
    parser.on("text", (text) => {
      if (this.#collecting) this.#text += text
    })
    parser.on("cdata", (text) => {
      if (this.#collecting) this.#text += text
    })
  }

  get ready(): number {
    return this.#queue.length
  }

  drain(): Item[] {
    const out = this.#queue
    this.#queue = []
    return out
  }

  watch(end: number): void {
    if (end - this.#lastEvent > LARGEST) throw new Broken("too-large", "more than 64 Mi characters without an element")
    if (this.#stack.length > 0 && end - this.#modelStart > LARGEST) throw new Broken("too-large", "one model of more than 64 Mi characters")
  }

  broken(code: string, reason: string, byteEnd: number, snippet: string): void {
    this.#broken = true
    const outer = this.#stack[0]
    for (const [chat, held] of this.#held) this.#queue.push({ what: "chat", chat, messages: held.messages, last: false, early: held.early })
    this.#queue.push({ what: "broken", code, reason, byteStart: outer?.byteStart, byteEnd, snippet })
  }

  finish(): void {
    const notes: string[] = []
    if (this.#root !== "project" && !this.#broken)
      this.#queue.unshift({
        what: "broken",
        code: "unknown-structure",
        reason: `the root element is ${this.#root || "missing"}, not project`,
        byteStart: 0,
        byteEnd: 0,
        snippet: "",
      })
    if (this.#particulars.length > 0)
      this.#queue.unshift({
        what: "particulars",
        particulars: this.#particulars.splice(0),
        byteStart: this.#particularsStart,
        byteEnd: this.#particularsEnd,
      })
    for (const [fault, count] of this.#harmless) notes.push(`${count} times in text: ${fault} Read on, the text is as it stands.`)
    if (this.undecodable > 0) notes.push(`Bytes that are not valid in the report's encoding stand as U+FFFD in ${this.undecodable} places.`)
    if (this.#unread.size > 0) notes.push(`Sections that hold no models and were not read: ${[...this.#unread].join(", ")}.`)
    for (const text of notes) this.#queue.unshift({ what: "note", text })
  }

  #fault(message: string): void {
    if (!HARMLESS.has(message)) throw new Broken("malformed", message)
    this.#harmless.set(message, (this.#harmless.get(message) ?? 0) + 1)
  }

  #opened(name: string, attributes: Record<string, string>): void {
    this.#lastEvent = this.#parser.position
    this.#depth++
    if (this.#depth === 1) this.#root = name
    const inside = this.#stack.length > 0
    if (name === "model" || (name === "file" && !inside)) this.#begin(name, attributes)
    else if (inside && FIELDS.has(name)) {
      this.#open[this.#open.length - 1] = { name: attributes.name ?? name, many: name === "multiField" }
      this.#collect()
    } else if (name === "value" || name === "targetid") this.#collect()
    else if (name === "item" || name === "timestamp" || name === "field") {
      this.#item = attributes.name ?? name
      this.#collect()
    } else if (name === "metadata") {
      this.#section = attributes.section ?? ""
      if (!inside) this.#particularsStart ??= this.#start
    } else if (inside && name !== "empty") this.#attributesOf(name, attributes)
    else if (!inside) this.#frame(name, attributes)
  }

  #closed(name: string): void {
    this.#lastEvent = this.#parser.position
    this.#depth--
    const top = this.#stack[this.#stack.length - 1]
    if (name === "model" || (name === "file" && top?.type === "file" && this.#stack.length === 1)) this.#end()
    else if (name === "value" || FIELDS.has(name)) this.#valued(name, top)
    else if (name === "item" || name === "timestamp") this.#particular(top)
    else if (name === "targetid" && top) put(top, "jumptargets", this.#text, true)
    else if (name === "metadata" && !top) this.#particularsEnd = this.#positions.at(this.#parser.position)
    this.#collecting = false
  }

  #begin(name: string, attributes: Record<string, string>): void {
    const model: Model = {
      type: name === "file" ? "file" : (attributes.type ?? ""),
      id: attributes.id,
      deleted: attributes.deleted_state ?? attributes.deleted,
      attributes,
      fields: new Map(),
      lists: NO_LISTS,
      models: NO_MODELS,
      byteStart: this.#start,
      byteEnd: undefined,
    }
    if (this.#stack.length === 0) this.#modelStart = this.#parser.position
    this.#stack.push(model)
    this.#open.push({ name: "", many: false })
    this.#collecting = false
  }

  #end(): void {
    const model = this.#stack.pop()
    this.#open.pop()
    if (!model) return
    model.byteEnd = this.#positions.at(this.#parser.position)
    const parent = this.#stack[this.#stack.length - 1]
    if (parent === undefined) this.#whole(model)
    else if (parent.type === "Chat" && this.#stack.length === 1 && model.type === "InstantMessage") this.#hold(parent, model)
    else {
      const name = this.#open[this.#open.length - 1]?.name || model.type
      const list = parent.models.get(name)
      if (list) list.push(model)
      else parent.models = joined(parent.models, name, [model])
    }
  }

  #whole(model: Model): void {
    const held = this.#held.get(model)
    this.#held.delete(model)
    if (model.type === "file") this.#queue.push({ what: "file", model })
    else if (model.type === "Chat")
      this.#queue.push({ what: "chat", chat: model, messages: held?.messages ?? [], last: true, early: held?.early ?? false })
    else this.#queue.push({ what: "model", model })
  }

  #hold(chat: Model, message: Model): void {
    let held = this.#held.get(chat)
    if (!held) {
      held = { messages: [], early: false }
      this.#held.set(chat, held)
    }
    held.messages.push(message)
    this.#modelStart = this.#parser.position
    if (held.messages.length < HELD_MESSAGES) return
    held.early = true
    // As the chat stands at this message, wherever the chunks of the stream end.
    const known = { ...chat, fields: new Map(chat.fields), lists: new Map(chat.lists), models: new Map(chat.models) }
    this.#queue.push({ what: "chat", chat: known, messages: held.messages.splice(0), last: false, early: true })
  }

  #collect(): void {
    this.#text = ""
    this.#collecting = true
  }

  #valued(name: string, top: Model | undefined): void {
    if (!this.#collecting) return
    if (top === undefined) {
      if (name === "field") this.#particular(undefined)
      return
    }
    const field = this.#open[this.#open.length - 1]
    if (name === "value" || this.#text.trim() !== "") put(top, field?.name || name, this.#text, field?.many ?? false)
  }

  #particular(top: Model | undefined): void {
    if (top === undefined) {
      if (this.#text.trim() !== "") this.#particulars.push({ section: this.#section, name: this.#item, value: this.#text.trim() })
    } else if (this.#text !== "") put(top, top.fields.has(this.#item) ? `${this.#section}: ${this.#item}` : this.#item, this.#text, false)
  }

  #attributesOf(name: string, attributes: Record<string, string>): void {
    const top = this.#stack[this.#stack.length - 1]
    const field = this.#open[this.#open.length - 1]
    if (!top) return
    for (const [key, value] of Object.entries(attributes)) put(top, `${field?.name || name}.${key}`, value, false)
  }

  #frame(name: string, attributes: Record<string, string>): void {
    if (name === "project" || name === "extractionInfo")
      for (const [key, value] of Object.entries(attributes))
        if (!key.startsWith("xmlns")) this.#particulars.push({ section: name, name: key, value })
    if (name === "caseInformation") this.#section = name
    if (!FRAME.has(name)) this.#unread.add(name)
  }
}

/** Most models have neither: two maps fewer for each of them is a quarter of the time. */
const NO_LISTS: ReadonlyMap<string, string[]> = new Map()
const NO_MODELS: ReadonlyMap<string, Model[]> = new Map()

function joined<T>(map: ReadonlyMap<string, T>, name: string, value: T): ReadonlyMap<string, T> {
  return map.size === 0 ? new Map([[name, value]]) : (map as Map<string, T>).set(name, value)
}

/** A second value for the same name makes a list of the two: nothing is overwritten. */
function put(model: Model, name: string, value: string, many: boolean): void {
  if (!many && model.lists.size === 0 && !model.fields.has(name)) {
    model.fields.set(name, value)
    return
  }
  const list = model.lists.get(name)
  const first = model.fields.get(name)
  if (list) list.push(value)
  else if (many) model.lists = joined(model.lists, name, [value])
  else if (first !== undefined && first !== value) {
    model.fields.delete(name)
    model.lists = joined(model.lists, name, [first, value])
  } else model.fields.set(name, value)
}

function local(name: string): string {
  const colon = name.indexOf(":")
  return colon < 0 ? name : name.slice(colon + 1)
}
