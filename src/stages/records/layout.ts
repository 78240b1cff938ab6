import type { Layout, Row, SegmentType } from "#store"
import { type ColumnType, columnsOf, KIND_NAMES, type KindName } from "#vocabulary/kinds"
import type { Moment, Party, SourceRecord } from "#vocabulary/record"

/** Raised when the columns of a segment change meaning. Part of a segment's version. */
export const LAYOUT_VERSION = 1

const TYPE_OF: Record<ColumnType, SegmentType> = {
  text: "VARCHAR",
  integer: "BIGINT",
  number: "DOUBLE",
  boolean: "BOOLEAN",
  instant: "BIGINT",
  json: "VARCHAR",
}

/** What every record has, whatever its kind. `id` is a keyed hash of exhibit, member, place and turn. */
export const COMMON: Layout = [
  ["id", "VARCHAR"],
  ["exhibit", "VARCHAR"],
  ["item", "VARCHAR"],
  ["file", "VARCHAR"],
  ["tbl", "VARCHAR"],
  ["row", "VARCHAR"],
  ["byte_start", "BIGINT"],
  ["byte_end", "BIGINT"],
  ["at_ms", "BIGINT"],
  ["at_raw", "VARCHAR"],
  ["at_precision", "VARCHAR"],
  ["at_zone", "VARCHAR"],
  ["calendar", "VARCHAR"],
  ["deleted", "VARCHAR"],
  ["parties", "VARCHAR"],
  ["extra", "VARCHAR"],
]

/** Column of a kind in a segment: prefixed, so that no kind's column can collide with a common one. */
export const columnName = (column: string): string => `f_${column}`

const layouts = new Map<KindName, Layout>(
  KIND_NAMES.map((kind) => [
    kind,
    [...COMMON, ...columnsOf(kind).map(([name, column]) => [columnName(name), TYPE_OF[column.type]] as const)],
  ]),
)

/** The layout of a kind's segments. */
export function layoutOf(kind: KindName): Layout {
  return layouts.get(kind)!
}

/**
 * One identifier (or, where a party has none, its name) in one record. `key` is `type:norm`, with the platform where the type
 * needs one; it is what identifiers are matched on. Invalid values have `valid` false and match nothing outside their exhibit.
 */
export const MENTION: Layout = [
  ["record", "VARCHAR"],
  ["kind", "VARCHAR"],
  ["exhibit", "VARCHAR"],
  ["item", "VARCHAR"],
  ["part", "VARCHAR"],
  ["party", "INTEGER"],
  ["type", "VARCHAR"],
  ["key", "VARCHAR"],
  ["raw", "VARCHAR"],
  ["valid", "BOOLEAN"],
  ["owner", "BOOLEAN"],
  ["name", "VARCHAR"],
  ["name_fold", "VARCHAR"],
  ["at_ms", "BIGINT"],
]

/** What could not be read, with its place. */
export const REJECT: Layout = [
  ["id", "VARCHAR"],
  ["exhibit", "VARCHAR"],
  ["item", "VARCHAR"],
  ["file", "VARCHAR"],
  ["tbl", "VARCHAR"],
  ["row", "VARCHAR"],
  ["byte_start", "BIGINT"],
  ["byte_end", "BIGINT"],
  ["code", "VARCHAR"],
  ["reason", "VARCHAR"],
  ["snippet", "VARCHAR"],
]

/** Dataset of a kind's records; mentions and rejects have one each. */
export const datasetOf = (kind: KindName): string => `record-${kind}`

/** The kind whose records a dataset holds; null for mentions and rejects. */
export function datasetKind(dataset: string): KindName | null {
  return dataset.startsWith("record-") ? (dataset.slice("record-".length) as KindName) : null
}

/** A row of a kind's segment as the importer emitted it, with the ids that the writer gave. */
export function storedRecord(kind: KindName, row: Row): { id: string; exhibit: string; record: SourceRecord } {
  const fields: Record<string, unknown> = {}
  for (const [name] of columnsOf(kind)) {
    const value = row[columnName(name)]
    if (value !== null && value !== undefined) fields[name] = value
  }
  const ms = row.at_ms as number | null
  return {
    id: row.id as string,
    exhibit: row.exhibit as string,
    record: {
      kind,
      place: { file: (row.file as string | null) ?? "" },
      at:
        row.at_raw === null && ms === null
          ? null
          : ({
              ms,
              raw: (row.at_raw as string | null) ?? "",
              precision: row.at_precision,
              zone: row.at_zone,
              calendar: row.calendar,
            } as Moment),
      fields: fields as SourceRecord["fields"],
      parties: JSON.parse((row.parties as string | null) ?? "[]") as Party[],
    },
  }
}
