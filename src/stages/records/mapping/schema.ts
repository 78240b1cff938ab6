import { z } from "zod"
import { Failure } from "#vocabulary/failure"
import { IDENTIFIER_TYPES } from "#vocabulary/identifier-types"
import { KIND_NAMES, KINDS, type KindName } from "#vocabulary/kinds"
import type { Part } from "#vocabulary/record"
import type { ValueType } from "#vocabulary/values"
import { ENCODINGS } from "./encoding.ts"

/**
 * The mapping file (`--map`): which columns of a table fill which fields of which record kind. One row may give several
 * records. Columns that it does not name are kept in `extra`. Its shape is strict: a misspelt key is an error, not a shrug.
 */
const column = z.string().min(1)

const plain = z.union([
  column,
  z.strictObject({
    column,
    /** Words of the source → words of the field: `{"IN": "in", "OUT": "out"}`. What is not listed stays as written. */
    values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  }),
  z.strictObject({ columns: z.array(column).min(1), join: z.string().default(" ") }),
  z.strictObject({ constant: z.union([z.string(), z.number(), z.boolean()]) }),
])

/** Where a value comes from: a column, columns joined, a constant, or the first of several that is not empty. */
const source = z.union([plain, z.strictObject({ first: z.array(plain).min(1) })])
export type PlainSource = z.output<typeof plain>
export type Source = z.output<typeof source>

const CALENDARS = ["gregorian", "jalali", "hijri", "kurdish"] as const
const time = z.union([
  column,
  z.strictObject({
    column: column.optional(),
    /** Day and clock in two columns. */
    columns: z.array(column).min(1).optional(),
    constant: z.string().optional(),
    /** `dmy`, `mdy`, `ymd`: the order of numbers; `unix`, `unix-ms`: counts since 1970; else a pattern such as `dd.MM.yyyy HH:mm:ss`. */
    format: z.string().min(1).optional(),
    calendar: z.enum(CALENDARS).optional(),
    /** IANA name (`Asia/Baghdad`), `UTC` or an offset (`+03:00`). */
    zone: z.string().min(1).optional(),
  }),
])
export type TimeSource = z.output<typeof time>

const PARTS = [
  "sender",
  "recipient",
  "participant",
  "caller",
  "callee",
  "contact",
  "owner",
  "payer",
  "payee",
  "outlet",
  "counter-outlet",
  "guarantor",
  "account-holder",
  "holder",
  "supplier",
  "consignor",
  "consignee",
  "driver",
  "passenger",
  "pilot",
  "author",
  "subject",
  "associate",
  "source",
  "target",
  "spoken-of",
] as const satisfies readonly Part[]
const VALUE_TYPES = [...IDENTIFIER_TYPES, "holder", "alias", "outlet", "node", "name"] as const satisfies readonly ValueType[]

const identifier = z.strictObject({
  type: z.enum(VALUE_TYPES),
  column,
  /** `whatsapp`, …; or the column that says it. */
  platform: z.union([z.string().min(1), z.strictObject({ column })]).optional(),
  issuer: z.union([z.string().min(1), z.strictObject({ column })]).optional(),
  /** Several values in one cell, split at this. */
  split: z.string().min(1).optional(),
})

const party = z.strictObject({
  part: z.enum(PARTS),
  owner: z.boolean().optional(),
  name: source.optional(),
  ids: z.array(identifier).default([]),
})
export type PartyMapping = z.output<typeof party>

const recordMapping = z.strictObject({
  kind: z.enum(KIND_NAMES as [KindName, ...KindName[]]),
  /** Only rows in which the column has (or has not) one of the words; `"filled": true` = is not empty. */
  when: z
    .strictObject({ column, is: z.array(z.string()).optional(), not: z.array(z.string()).optional(), filled: z.boolean().optional() })
    .optional(),
  fields: z.record(z.string(), source).default({}),
  constants: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({}),
  at: time.optional(),
  parties: z.array(party).default([]),
})
export type RecordMapping = z.output<typeof recordMapping>

const tableMapping = z.strictObject({
  title: z.string().optional(),
  table: z
    .strictObject({
      sheet: z.string().optional(),
      encoding: z.enum(ENCODINGS).optional(),
      separator: z.string().length(1).optional(),
      quote: z.string().length(1).nullable().optional(),
      /** False: the first row is data and columns are called `column 1`, `column 2` … */
      header: z.boolean().optional(),
      /** Rows above the header. */
      above: z.int().min(0).optional(),
    })
    .default({}),
  /** The column whose value names the row in later answers (`record` in an export of clusters). */
  id: column.optional(),
  /** Which sign stands before the decimals, where both readings are possible (`1.234`). */
  decimal: z.enum([".", ","]).optional(),
  /** Fill ditto marks from the row above. Default: only in exchange books. */
  ditto: z.boolean().optional(),
  records: z.array(recordMapping).min(1),
})
export type TableMapping = z.output<typeof tableMapping>

/** Fewest single-character edits (Levenshtein 1966), for "did you mean". */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length]!
}

/** The candidate most like `word`, null when none is near. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const fold = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")
  let best: string | null = null
  let least = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    const a = fold(word).slice(0, 64)
    const b = fold(candidate).slice(0, 64)
    const d = a !== "" && (b.includes(a) || a.includes(b)) && b !== "" ? Math.min(2, distance(a, b)) : distance(a, b)
    if (d < least && d <= Math.max(2, Math.ceil(Math.max(a.length, b.length) / 2))) {
      best = candidate
      least = d
    }
  }
  return best
}

const hinted = (word: string, candidates: readonly string[]) => {
  const near = nearest(word, candidates)
  return near === null ? "" : `; did you mean "${near}"?`
}

/** Every column that a source reads. */
export function columnsOfSource(from: Source): string[] {
  if (typeof from === "string") return [from]
  if ("first" in from) return from.first.flatMap(columnsOfSource)
  if ("columns" in from) return from.columns
  return "column" in from ? [from.column] : []
}

export function columnsOfTime(from: TimeSource | undefined): string[] {
  if (from === undefined) return []
  return typeof from === "string" ? [from] : [...(from.columns ?? []), ...(from.column === undefined ? [] : [from.column])]
}

/** Every column that a mapping reads, with where it does so. */
export function columnsOfMapping(mapping: TableMapping): { column: string; at: string }[] {
  const out: { column: string; at: string }[] = mapping.id === undefined ? [] : [{ column: mapping.id, at: "id" }]
  mapping.records.forEach((record, r) => {
    const add = (columns: readonly string[], at: string) =>
      out.push(...columns.map((name) => ({ column: name, at: `records[${r}].${at}` })))
    if (record.when !== undefined) add([record.when.column], "when")
    for (const [field, from] of Object.entries(record.fields)) add(columnsOfSource(from), `fields.${field}`)
    add(columnsOfTime(record.at), "at")
    record.parties.forEach((p, i) => {
      if (p.name !== undefined) add(columnsOfSource(p.name), `parties[${i}].name`)
      for (const id of p.ids) {
        add([id.column], `parties[${i}].ids`)
        for (const extra of [id.platform, id.issuer]) if (typeof extra === "object") add([extra.column], `parties[${i}].ids`)
      }
    })
  })
  return out
}

/**
 * A mapping file's content, checked. A single record may be written without `records` (`kind`, `fields`, `parties`, … at the top).
 * Throws `invalid.mapping` that lists every fault with its path and the nearest right word.
 */
export function parseMapping(json: unknown): TableMapping {
  let shaped = json
  if (typeof json === "object" && json !== null && !Array.isArray(json) && "kind" in json && !("records" in json)) {
    const { kind, when, fields, constants, at, parties, ...table } = json as Record<string, unknown>
    const record = Object.fromEntries(
      Object.entries({ kind, when, fields, constants, at, parties }).filter(([, value]) => value !== undefined),
    )
    shaped = { ...table, records: [record] }
  }
  const parsed = tableMapping.safeParse(shaped)
  const faults: string[] = []
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const path = issue.path
        .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
        .join("")
        .replace(/^\./, "")
      const at = issue.path.reduce<unknown>((value, step) => (value as Record<PropertyKey, unknown> | undefined)?.[step], shaped)
      let hint = ""
      if (issue.code === "invalid_value" && typeof at === "string") hint = hinted(at, issue.values.map(String))
      if (issue.code === "unrecognized_keys")
        hint = issue.keys
          .map((key) =>
            hinted(key, [
              "records",
              "kind",
              "fields",
              "constants",
              "at",
              "parties",
              "when",
              "id",
              "table",
              "decimal",
              "ditto",
              "title",
              "name",
              "ids",
              "part",
              "column",
              "platform",
              "issuer",
              "format",
              "calendar",
              "zone",
            ]),
          )
          .join("")
      faults.push(`${path || "the mapping"}: ${issue.message}${hint}`)
    }
  } else {
    parsed.data.records.forEach((record, r) => {
      const known = Object.keys(KINDS[record.kind].columns)
      for (const field of [...Object.keys(record.fields), ...Object.keys(record.constants)])
        if (!known.includes(field)) faults.push(`records[${r}].fields: a ${record.kind} has no field "${field}"${hinted(field, known)}`)
      if (
        typeof record.at === "object" &&
        record.at.column === undefined &&
        record.at.columns === undefined &&
        record.at.constant === undefined
      )
        faults.push(`records[${r}].at: says neither column, columns nor constant`)
    })
  }
  if (faults.length > 0 || !parsed.success)
    throw new Failure("invalid.mapping", `The mapping cannot be used: ${faults.join(" · ")}`, {
      hint: "Correct the mapping file and read again.",
    })
  return parsed.data
}

/** Tables have mappings; other formats take what they document of their own. */
export const isTableMapping = (mapping: unknown): boolean =>
  typeof mapping === "object" && mapping !== null && ("records" in mapping || "kind" in mapping)

/** Throws `invalid.mapping-column` when the mapping names a column that the table does not have. */
export function checkColumns(mapping: TableMapping, labels: readonly string[]): void {
  const faults = columnsOfMapping(mapping)
    .filter(({ column: name }) => !labels.includes(name))
    .map(({ column: name, at }) => `${at}: no column "${name}"${hinted(name, labels)}`)
  if (faults.length > 0)
    throw new Failure("invalid.mapping-column", `The mapping does not fit the table: ${[...new Set(faults)].join(" · ")}`, {
      hint: `The table has: ${labels.slice(0, 40).join(", ")}${labels.length > 40 ? ", …" : ""}`,
    })
}
