import { tidy } from "#vocabulary/digits"
import { type ColumnType, type FieldsOf, KINDS, type KindName } from "#vocabulary/kinds"
import { readMoney } from "#vocabulary/money"
import type { Identifier, Moment, Party, Place, SourceRecord } from "#vocabulary/record"
import type { TimeContext } from "#vocabulary/time"
import { type CellForm, cellValue, momentOf, numberOf, patternOf, type TimeForm } from "./cells.ts"
import { countryOf } from "./issuers.ts"
import {
  columnsOfMapping,
  columnsOfSource,
  columnsOfTime,
  type PartyMapping,
  type PlainSource,
  type RecordMapping,
  type Source,
  type TableMapping,
  type TimeSource,
} from "./schema.ts"

/** Ditto marks of the routes' hands and typewriters: the cell is as the one above. */
const DITTO =
  /^(?:[〃″“”„〟"]|''|,,|do\.?|dto\.?|ditto|idem|id\.|ھەمان|هەمان|ههمان|همان|نفسه|كذلك|أيضا|ايضا|ایضا|aynı|dasselbe|desgl\.?)$/iu
const STRUCK = /^~~([\s\S]*)~~$/
/** A filled cell that could not be read as its field wants. */
export interface CellFault {
  column: string
  wanted: string
  raw: string
}

/** What a row becomes. `faults` name cells whose words could not be read as the field wants: they are in `extra` as written. */
export interface RowReading {
  records: SourceRecord[]
  faults: CellFault[]
}

export interface RowReader {
  read(cells: readonly string[], place: Place): RowReading
  /** Columns that the mapping does not take: they go to `extra`. */
  unmapped: string[]
  /** Assumptions to be told once per file. */
  notes: string[]
}

type Cell = (column: string) => string

function sourceReader(source: Source): (cell: Cell) => string | number | boolean | null {
  const plain = (from: PlainSource): ((cell: Cell) => string | number | boolean | null) => {
    if (typeof from === "string") return (cell) => cell(from)
    if ("constant" in from) return () => from.constant
    if ("columns" in from)
      return (cell) =>
        from.columns
          .map(cell)
          .filter((text) => text !== "")
          .join(from.join)
    const values = from.values
    return values === undefined
      ? (cell) => cell(from.column)
      : (cell) => (Object.hasOwn(values, cell(from.column)) ? values[cell(from.column)]! : cell(from.column))
  }
  if (typeof source === "object" && "first" in source) {
    const readers = source.first.map(plain)
    return (cell) => {
      for (const reader of readers) {
        const value = reader(cell)
        if (value !== "" && value !== null) return value
      }
      return ""
    }
  }
  return plain(source)
}

/** Day or month first, by what the sampled cells of the columns allow. Undefined when they do not say. */
function orderOf(columns: readonly string[], labels: readonly string[], sample: readonly (readonly string[])[]): TimeContext["order"] {
  let order: TimeContext["order"]
  for (const column of columns) {
    const at = labels.indexOf(column)
    for (const row of sample) {
      const match = /^\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}\b/.exec((row[at] ?? "").normalize("NFKC"))
      if (match === null) continue
      if (Number(match[1]) > 12) order = "dmy"
      else if (Number(match[2]) > 12) order = "mdy"
    }
  }
  return order
}

function timeForm(
  time: TimeSource | undefined,
  columns: readonly string[],
  zone: string | undefined,
  labels: readonly string[],
  sample: readonly (readonly string[])[],
): TimeForm {
  const given = typeof time === "object" ? time : {}
  const named = given.format === "dmy" || given.format === "mdy" || given.format === "ymd"
  const order = given.format === "mdy" ? "mdy" : given.format === "dmy" ? "dmy" : orderOf(columns, labels, sample)
  return {
    format: given.format,
    pattern: given.format === undefined || named || given.format.startsWith("unix") ? null : patternOf(given.format),
    context: { zone: given.zone ?? zone, order, calendar: given.calendar },
  }
}

interface FieldReader {
  field: string
  columns: string[]
  type: ColumnType
  read: (cell: Cell) => string | number | boolean | null
  form: CellForm
}

interface RecordReader {
  mapping: RecordMapping
  fields: FieldReader[]
  at: { read: (cell: Cell) => string; form: TimeForm; columns: string[] } | null
  parties: { mapping: PartyMapping; name: ((cell: Cell) => string | number | boolean | null) | null }[]
}

/** The decimal sign of a column, by sampled cells that leave no choice: `12.5`, `1,234.56`. Undefined when none does. */
function decimalOf(columns: readonly string[], labels: readonly string[], sample: readonly (readonly string[])[]): "." | "," | undefined {
  for (const column of columns) {
    const at = labels.indexOf(column)
    for (const row of sample) {
      const match = /^[^\d]*\d[\d.,' ]*?([.,])(?:\d{1,2}|\d{4,})\D*$/.exec(tidy(row[at] ?? ""))
      if (match !== null) return match[1] as "." | ","
    }
  }
  return undefined
}

function partyOf(reader: RecordReader["parties"][number], cell: Cell): Party | null {
  const { mapping } = reader
  const said = (from: string | { column: string } | undefined) =>
    from === undefined ? undefined : typeof from === "string" ? from : cell(from.column) || undefined
  const ids: Identifier[] = []
  for (const id of mapping.ids) {
    const platform = said(id.platform)?.toLowerCase()
    const issuer = said(id.issuer)
    for (const raw of id.split === undefined
      ? [cell(id.column)]
      : cell(id.column)
          .split(id.split)
          .map((part) => part.trim())) {
      if (raw === "") continue
      ids.push({
        type: id.type,
        raw,
        ...(platform === undefined ? {} : { platform }),
        ...(issuer === undefined ? {} : { issuer: countryOf(issuer) ?? issuer }),
      })
    }
  }
  const value = reader.name?.(cell)
  const name = value === undefined || value === null || value === "" ? null : String(value)
  if (ids.length === 0 && name === null) return null
  return { part: mapping.part, ...(mapping.owner === undefined ? {} : { owner: mapping.owner }), ids, name }
}

/**
 * Makes the reader of a table's rows. The mapping's columns must be in `labels` (`checkColumns`). A reader remembers the row above,
 * for ditto marks: rows go in in the order of the file. `sample` rows settle the order of day and month.
 */
export function rowReader(
  mapping: TableMapping,
  labels: readonly string[],
  sample: readonly (readonly string[])[],
  zone: string | undefined,
): RowReader {
  const index = new Map(labels.map((label, i) => [label, i]))
  const used = new Set(columnsOfMapping(mapping).map(({ column }) => column))
  const unmapped = labels.filter((label) => !used.has(label))
  const notes: string[] = []
  const filling = mapping.ditto ?? mapping.records.some((record) => record.kind === "book-entry")
  const above = new Map<string, string>()
  const readers = mapping.records.map((record): RecordReader => {
    const shape = KINDS[record.kind].columns as Record<string, { type: ColumnType }>
    const fields = Object.entries(record.fields).map(([field, source]): FieldReader => {
      const columns = columnsOfSource(source)
      const type = shape[field]!.type
      return {
        field,
        columns,
        type,
        read: sourceReader(source),
        form: {
          field,
          type,
          decimal: mapping.decimal ?? decimalOf(columns, labels, sample),
          time: timeForm(undefined, columns, zone, labels, sample),
        },
      }
    })
    const timeColumns = columnsOfTime(record.at)
    const constant = typeof record.at === "object" ? record.at.constant : undefined
    const form = timeForm(record.at, timeColumns, zone, labels, sample)
    const at =
      record.at === undefined
        ? null
        : {
            form,
            columns: timeColumns,
            read: (cell: Cell) =>
              timeColumns
                .map(cell)
                .filter((text) => text !== "")
                .join(" ") ||
              (constant ?? ""),
          }
    return {
      mapping: record,
      fields,
      at,
      parties: record.parties.map((party) => ({ mapping: party, name: party.name === undefined ? null : sourceReader(party.name) })),
    }
  })
  const toldOnce = new Set<string>()
  const tell = (text: string) => {
    if (!toldOnce.has(text)) {
      toldOnce.add(text)
      notes.push(text)
    }
  }

  function one(
    reader: RecordReader,
    cell: Cell,
    state: { ditto: boolean; struck: boolean },
    place: Place,
    faults: CellFault[],
    extra: Record<string, unknown>,
  ): SourceRecord {
    const kind = reader.mapping.kind
    const fields: Record<string, unknown> = { ...reader.mapping.constants }
    for (const { field, columns, read, form } of reader.fields) {
      const raw = read(cell)
      // An empty cell does not take back a constant, nor a currency that stood beside the amount.
      if (raw === null || raw === "") fields[field] ??= null
      else if (typeof raw !== "string") fields[field] = raw
      else if (field === "amount") {
        if (!("amountRaw" in fields)) fields["amountRaw"] = raw
        const plain = form.decimal !== undefined || /^-?\d+$/.test(raw) ? numberOf(raw, form.decimal) : undefined
        const money = plain === undefined ? readMoney(raw) : null
        fields["amount"] = plain ?? (money?.ok === true ? money.amount : null)
        if (money?.ok === true) {
          for (const note of money.notes) tell(`Amounts such as "${raw.slice(0, 40)}": ${note}.`)
          if (money.currency !== null && (fields["currency"] ?? null) === null) fields["currency"] = money.currency
        } else if (money !== null) faults.push({ column: columns.join(" + "), wanted: "amount", raw })
      } else {
        const value = cellValue(raw, form)
        if (value === undefined) {
          fields[field] = null
          for (const column of columns) extra[column] = cell(column)
          faults.push({ column: columns.join(" + "), wanted: form.type === "instant" ? "time" : form.type, raw })
        } else if (!(field === "currency" && value === null)) fields[field] = value
      }
    }
    const word = fields["currency"]
    if (typeof word === "string" && !/^[A-Z]{3}$/.test(word)) {
      // Words such as دۆلار or toman: one unit of them tells code and size (a toman is ten rials).
      const unit = readMoney(`1 ${word}`)
      const known = unit.ok && unit.currency !== null
      fields["currency"] = known ? unit.currency : null
      if (known && typeof fields["amount"] === "number") fields["amount"] *= unit.amount
      if (known) for (const note of unit.notes) tell(`Currency "${word}": ${note}.`)
      for (const { field, columns } of reader.fields) if (field === "currency") for (const column of columns) extra[column] = cell(column)
    }
    let at: Moment | null = null
    if (reader.at !== null) {
      const raw = reader.at.read(cell)
      if (raw !== "") {
        const answer = momentOf(raw, reader.at.form)
        at = answer.moment
        if (answer.ambiguous)
          tell(
            `Dates such as "${raw}" can be read with the day or the month first; read with the day first. Say \`"format": "mdy"\` in the mapping if that is wrong.`,
          )
        if (at.ms !== null && at.zone === "unknown" && at.precision !== "day" && at.precision !== "month" && at.precision !== "year")
          tell("Times without a zone are read as UTC. Say `zone` in the mapping or at intake if they are local times.")
        if (kind === "book-entry" && answer.yearMissing) fields["yearMissing"] = true
        else if (at.ms === null) faults.push({ column: reader.at.columns.join(" + "), wanted: "time", raw })
      }
    }
    if (kind === "book-entry") {
      if (state.ditto) fields["ditto"] = true
      if (state.struck) fields["struckOut"] = true
    }
    const parties = reader.parties.map((party) => partyOf(party, cell)).filter((party): party is Party => party !== null)
    // What names the row in later answers is kept with it where the kind has a place for it.
    if (mapping.id !== undefined && "nativeId" in KINDS[kind].columns && cell(mapping.id) !== "") fields["nativeId"] ??= cell(mapping.id)
    // A row of a register states somebody also where it has no name.
    if (kind === "person" && parties.length === 0) parties.push({ part: "subject", ids: [], name: null })
    return { kind, place, at, fields: fields as FieldsOf<KindName>, parties } as SourceRecord
  }

  const placed = (label: string) => ({ label, at: index.get(label)! })
  const taken = [...used].map(placed)
  const left = unmapped.map(placed)
  /** The row being read: every label of `taken` is set anew for each. */
  const row = new Map<string, string>()
  const cell: Cell = (column) => row.get(column) ?? ""

  function read(cells: readonly string[], place: Place): RowReading {
    const faults: CellFault[] = []
    const state = { ditto: false, struck: false }
    for (const { label, at } of taken) {
      let text = (cells[at] ?? "").trim()
      const struck = text.startsWith("~~") ? STRUCK.exec(text) : null
      if (struck !== null) {
        state.struck = true
        text = struck[1]!.trim()
      }
      if (filling) {
        if (DITTO.test(text) && above.has(label)) {
          text = above.get(label)!
          state.ditto = true
        } else if (text !== "") above.set(label, text)
      }
      row.set(label, text)
    }
    const extra: Record<string, unknown> = {}
    for (const { label, at } of left) {
      const text = (cells[at] ?? "").trim()
      if (text !== "") extra[label] = text
    }
    const named = mapping.id === undefined || cell(mapping.id) === "" ? place : { ...place, row: cell(mapping.id) }
    // The id takes the row's place; without a byte range the row number must stay beside it, or nobody finds the row again.
    if (named !== place && place.byteStart === undefined && place.row !== undefined) extra["sheet row"] = place.row
    const records: SourceRecord[] = []
    for (const reader of readers) {
      const when = reader.mapping.when
      if (when !== undefined) {
        const word = cell(when.column)
        if (when.filled !== undefined && when.filled !== (word !== "")) continue
        if (when.is !== undefined && !when.is.includes(word)) continue
        if (when.not?.includes(word)) continue
      }
      records.push(one(reader, cell, state, named, faults, extra))
    }
    if (records.length === 0) records.push(statementOf(labels, cells, named))
    else if (Object.keys(extra).length > 0) records[0] = { ...records[0]!, extra }
    return { records, faults }
  }
  return { read, unmapped, notes }
}

/** A row that no mapping takes: everything kept by its column's name, nothing interpreted. */
export function statementOf(labels: readonly string[], cells: readonly string[], place: Place): SourceRecord<"statement"> {
  const properties: Record<string, string> = {}
  for (let i = 0; i < cells.length; i++) if (cells[i]!.trim() !== "") properties[labels[i] ?? `column ${i + 1}`] = cells[i]!.trim()
  return { kind: "statement", place, at: null, fields: { schema: "table row", properties }, parties: [] }
}
