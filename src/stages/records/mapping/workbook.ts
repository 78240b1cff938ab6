import type { Readable } from "node:stream"
import { SaxesParser, type SaxesTagPlain } from "saxes"
import yauzl, { type Entry, type ZipFile } from "yauzl"

/**
 * Office Open XML workbooks (ECMA-376 part 1), read as a stream of rows. Limits hold before and while a part is unpacked, so that a
 * bomb costs its limit and no more. Throws `WorkbookFault` for what is damaged; the caller makes a reject of it.
 */
export class WorkbookFault extends Error {
  readonly code: "malformed" | "truncated" | "too-large" | "unknown-structure"
  constructor(code: WorkbookFault["code"], message: string) {
    super(message)
    this.code = code
  }
}

const MAX_ENTRIES = 10_000
const MAX_UNPACKED = 2 * 1024 ** 3
const MAX_STRINGS = 256 * 1024 ** 2
/** Sheets of zeros pack well; beyond this a part of more than a megabyte was made to harm. */
const MAX_RATIO = 500

export interface Sheet {
  name: string
  hidden: boolean
  part: string
}

export interface SheetRow {
  /** Row number in the sheet, from 1. */
  number: number
  cells: string[]
  hidden: boolean
}

/** Whether bytes begin as a zip does, which a workbook is. */
export const isZip = (head: Uint8Array): boolean => Buffer.from(head.subarray(0, 4)).toString("latin1") === "PK\u0003\u0004"

export interface Workbook {
  sheets: Sheet[]
  /** Rows of a sheet in order; `merged` receives the vertical merges (they stand behind the rows). */
  rows(sheet: Sheet, merged?: (merge: Merge) => void): AsyncGenerator<SheetRow>
  close(): void
}

export interface Merge {
  column: number
  from: number
  to: number
}

function openZip(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, zip) =>
      error ? reject(new WorkbookFault("malformed", error.message)) : resolve(zip),
    )
  })
}

function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>()
    let total = 0
    zip.on("error", (error: Error) => reject(new WorkbookFault("malformed", error.message)))
    zip.on("end", () => resolve(entries))
    zip.on("entry", (entry: Entry) => {
      total += entry.uncompressedSize
      entries.set(entry.fileName, entry)
      if (entries.size > MAX_ENTRIES) return reject(new WorkbookFault("too-large", `more than ${MAX_ENTRIES} parts`))
      if (total > MAX_UNPACKED) return reject(new WorkbookFault("too-large", `unpacks to more than ${MAX_UNPACKED} bytes`))
      if (entry.uncompressedSize > 1024 ** 2 && entry.uncompressedSize > entry.compressedSize * MAX_RATIO)
        return reject(
          new WorkbookFault(
            "too-large",
            `${entry.fileName} is packed ${Math.round(entry.uncompressedSize / Math.max(1, entry.compressedSize))}-fold`,
          ),
        )
      zip.readEntry()
    })
    zip.readEntry()
  })
}

function streamOf(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(new WorkbookFault("malformed", error.message)) : resolve(stream)))
  })
}

/** Text of a part in portions; every failure of unpacking is a fault. */
async function* textOf(zip: ZipFile, entry: Entry): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true })
  const stream = await streamOf(zip, entry)
  try {
    for await (const chunk of stream) yield decoder.decode(chunk as Uint8Array, { stream: true })
    yield decoder.decode()
  } catch (error) {
    throw new WorkbookFault("malformed", `${entry.fileName}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

interface Handlers {
  open?: (tag: SaxesTagPlain) => void
  text?: (text: string) => void
  close?: (name: string) => void
}

/** Names without prefix: some writers use `x:row`. */
const bare = (name: string) => name.slice(name.indexOf(":") + 1)
const attribute = (tag: SaxesTagPlain, name: string): string | undefined =>
  tag.attributes[name] ?? Object.entries(tag.attributes).find(([key]) => bare(key) === name)?.[1]

async function* parse(zip: ZipFile, entry: Entry, handlers: Handlers): AsyncGenerator<void> {
  const parser = new SaxesParser()
  parser.on("error", (error) => {
    throw new WorkbookFault("malformed", `${entry.fileName}: ${error.message}`)
  })
  // A workbook has no document type; one would only carry entities to expand.
  parser.on("doctype", () => {
    throw new WorkbookFault("malformed", `${entry.fileName}: a document type`)
  })
  parser.on("opentag", (tag) => handlers.open?.({ ...tag, name: bare(tag.name) }))
  parser.on("closetag", (tag) => handlers.close?.(bare(tag.name)))
  parser.on("text", (text) => handlers.text?.(text))
  for await (const text of textOf(zip, entry)) {
    parser.write(text)
    yield
  }
  parser.close()
}

async function parseWhole(zip: ZipFile, entry: Entry, handlers: Handlers): Promise<void> {
  for await (const _ of parse(zip, entry, handlers));
}

/** Built-in date and time formats (ECMA-376 18.8.30) and own ones that name a day, month, year or hour outside quotes and brackets. */
function isDateFormat(id: number, codes: ReadonlyMap<number, string>): boolean {
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)) return true
  const code = codes.get(id)
  return code !== undefined && /[dmyhs]/i.test(code.replace(/"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|General/gi, ""))
}

/** Serial day number as ISO text: a day, a day with its time, or a time alone. 1900 counts a 29 February that was not. */
export function serialText(serial: number, from1904: boolean): string {
  const days = from1904 ? serial + 1462 : serial
  const date = new Date(Math.round((days - 25_569 + (days < 60 && days >= 1 ? 1 : 0)) * 86_400) * 1000)
  if (Number.isNaN(date.getTime())) return String(serial)
  const iso = date.toISOString()
  if (days < 1 && !from1904) return iso.slice(11, 19)
  return Number.isInteger(serial) ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`
}

export function columnIndex(reference: string): number {
  let index = 0
  for (const char of reference) {
    const code = char.charCodeAt(0)
    if (code < 65 || code > 90) break
    index = index * 26 + code - 64
  }
  return index - 1
}

interface Styles {
  dates: boolean[]
}

async function stylesOf(zip: ZipFile, entry: Entry | undefined): Promise<Styles> {
  const codes = new Map<number, string>()
  const formats: number[] = []
  let inside = false
  if (entry !== undefined)
    await parseWhole(zip, entry, {
      open: (tag) => {
        if (tag.name === "numFmt") codes.set(Number(attribute(tag, "numFmtId")), attribute(tag, "formatCode") ?? "")
        if (tag.name === "cellXfs") inside = true
        if (tag.name === "xf" && inside) formats.push(Number(attribute(tag, "numFmtId") ?? 0))
      },
      close: (name) => {
        if (name === "cellXfs") inside = false
      },
    })
  return { dates: formats.map((id) => isDateFormat(id, codes)) }
}

async function stringsOf(zip: ZipFile, entry: Entry | undefined): Promise<string[]> {
  const strings: string[] = []
  let current = ""
  let total = 0
  let taking = false
  let phonetic = false
  if (entry !== undefined)
    await parseWhole(zip, entry, {
      open: (tag) => {
        if (tag.name === "si") current = ""
        if (tag.name === "rPh") phonetic = true
        if (tag.name === "t") taking = !phonetic
      },
      text: (text) => {
        if (taking) current += text
      },
      close: (name) => {
        if (name === "t") taking = false
        if (name === "rPh") phonetic = false
        if (name !== "si") return
        strings.push(current)
        total += current.length
        if (total > MAX_STRINGS) throw new WorkbookFault("too-large", `more than ${MAX_STRINGS} characters of shared text`)
      },
    })
  return strings
}

/** Opens a workbook on a local path. Throws `WorkbookFault`. Close it. */
export async function openWorkbook(path: string): Promise<Workbook> {
  const zip = await openZip(path)
  try {
    const entries = await entriesOf(zip)
    const book = entries.get("xl/workbook.xml")
    if (book === undefined) throw new WorkbookFault("unknown-structure", "no xl/workbook.xml in it")
    const named: { name: string; hidden: boolean; rid: string }[] = []
    let from1904 = false
    await parseWhole(zip, book, {
      open: (tag) => {
        if (tag.name === "workbookPr") from1904 = /^(?:1|true)$/.test(attribute(tag, "date1904") ?? "")
        if (tag.name === "sheet")
          named.push({
            name: attribute(tag, "name") ?? "",
            hidden: /hidden/i.test(attribute(tag, "state") ?? ""),
            rid: Object.entries(tag.attributes).find(([key]) => bare(key) === "id" && key !== "id")?.[1] ?? "",
          })
      },
    })
    const targets = new Map<string, string>()
    const relations = entries.get("xl/_rels/workbook.xml.rels")
    if (relations !== undefined)
      await parseWhole(zip, relations, {
        open: (tag) => {
          const target = attribute(tag, "Target")
          if (tag.name === "Relationship" && target !== undefined)
            targets.set(attribute(tag, "Id") ?? "", target.startsWith("/") ? target.slice(1) : `xl/${target}`)
        },
      })
    const styles = await stylesOf(zip, entries.get("xl/styles.xml"))
    const strings = await stringsOf(zip, entries.get("xl/sharedStrings.xml"))
    const sheets = named.map((sheet, i) => ({
      name: sheet.name,
      hidden: sheet.hidden,
      part: targets.get(sheet.rid) ?? `xl/worksheets/sheet${i + 1}.xml`,
    }))
    // Chart and dialogue sheets have no cells.
    return {
      sheets: sheets.filter((sheet) => !/chartsheets|dialogsheets/.test(sheet.part)),
      close: () => zip.close(),
      rows: (sheet, merged) => rowsOf(zip, entries.get(sheet.part), styles, strings, from1904, merged),
    }
  } catch (error) {
    zip.close()
    if (error instanceof WorkbookFault) throw error
    throw new WorkbookFault("malformed", error instanceof Error ? error.message : String(error))
  }
}

async function* rowsOf(
  zip: ZipFile,
  entry: Entry | undefined,
  styles: Styles,
  strings: readonly string[],
  from1904: boolean,
  merged: ((merge: Merge) => void) | undefined,
): AsyncGenerator<SheetRow> {
  if (entry === undefined) throw new WorkbookFault("unknown-structure", "the sheet's part is missing")
  let ready: SheetRow[] = []
  let row: SheetRow | null = null
  let last = 0
  let column = 0
  let type = "n"
  let style = -1
  let text = ""
  let taking = false
  const cellText = (): string => {
    if (type === "s") return strings[Number(text)] ?? ""
    if (type === "b") return text === "1" ? "TRUE" : "FALSE"
    if (type === "str" || type === "inlineStr" || type === "e" || type === "d") return text
    const number = Number(text)
    if (text.trim() === "" || !Number.isFinite(number)) return text
    if (style >= 0 && styles.dates[style] === true && number >= 0) return serialText(number, from1904)
    return Number.isInteger(number) && Math.abs(number) < 1e21 ? number.toFixed(0) : String(number)
  }
  const steps = parse(zip, entry, {
    open: (tag) => {
      if (tag.name === "row") {
        last = Number(attribute(tag, "r") ?? last + 1)
        row = { number: last, cells: [], hidden: /^(?:1|true)$/.test(attribute(tag, "hidden") ?? "") }
        column = -1
      } else if (tag.name === "c") {
        const reference = attribute(tag, "r")
        column = reference === undefined ? column + 1 : columnIndex(reference)
        type = attribute(tag, "t") ?? "n"
        style = Number(attribute(tag, "s") ?? -1)
        text = ""
      } else if (tag.name === "v" || tag.name === "t") taking = true
      else if (tag.name === "mergeCell" && merged !== undefined) {
        const match = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(attribute(tag, "ref") ?? "")
        if (match !== null && Number(match[4]) > Number(match[2]))
          merged({ column: columnIndex(match[1]!), from: Number(match[2]), to: Number(match[4]) })
      }
    },
    text: (piece) => {
      if (taking) text += piece
    },
    close: (name) => {
      if (name === "v" || name === "t") taking = false
      else if (name === "c" && row !== null && column >= 0 && column < 16_384) {
        while (row.cells.length < column) row.cells.push("")
        row.cells[column] = cellText()
      } else if (name === "row" && row !== null) {
        ready.push(row)
        row = null
      }
    },
  })
  try {
    for await (const _ of steps) {
      const rows = ready
      ready = []
      yield* rows
    }
  } catch (error) {
    // Rows that were whole before the damage are evidence too.
    if (error instanceof WorkbookFault) yield* ready
    throw error
  }
  yield* ready
}
