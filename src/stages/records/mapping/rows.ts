import type { Place } from "#vocabulary/record"
import type { Sink } from "../importer.ts"
import { type RowReader, rowReader, statementOf } from "./apply.ts"
import { checkColumns, parseMapping, type TableMapping } from "./schema.ts"
import { suggestMapping } from "./suggest.ts"

/** Puts the rows of one table into a sink: by the given mapping, else by a suggested one, else as statements. */
export interface RowsInto {
  /** One data row, counted as one unit. `late` = values of columns that the layout did not know yet: kept in `extra`. */
  row(cells: readonly string[], place: Place, late?: Record<string, string>): Promise<void> | undefined
  /** A row above the header: kept as a further statement, not a unit. */
  above(cells: readonly string[], place: Place): Promise<void> | undefined
  /** Tells what was assumed and what could not be read. */
  end(): void
}

export interface TableSetting {
  labels: readonly string[]
  sample: readonly (readonly string[])[]
  zone: string | undefined
  /** `ImportContext.mapping`: JSON, or nothing. */
  mapping: unknown
  /** Before notes when a file has several tables: `Sheet1: `. */
  where: string
}

const given = (mapping: unknown): mapping is object => typeof mapping === "object" && mapping !== null && Object.keys(mapping).length > 0

function chosen(setting: TableSetting, sink: Sink): TableMapping | null {
  if (given(setting.mapping)) {
    const mapping = parseMapping(setting.mapping)
    checkColumns(mapping, setting.labels)
    return mapping
  }
  const suggestion = suggestMapping(setting.labels, setting.sample)
  if (suggestion.mapping === null) {
    sink.note(
      `${setting.where}No mapping was given and none could be told from the columns (${setting.labels.slice(0, 12).join(", ")}): rows are kept as statements. Give one with --map FILE.`,
    )
    return null
  }
  sink.note(
    `${setting.where}Read as ${suggestion.kind} by its columns, confidence ${suggestion.confidence.toFixed(2)}. Check it, or give a mapping with --map FILE.`,
  )
  return suggestion.mapping
}

export function rowsInto(sink: Sink, setting: TableSetting): RowsInto {
  const mapping = chosen(setting, sink)
  const reader: RowReader | null = mapping === null ? null : rowReader(mapping, setting.labels, setting.sample, setting.zone)
  const faults = new Map<string, { example: string; rows: number }>()
  if (reader !== null && reader.unmapped.length > 0)
    sink.note(
      `${setting.where}Columns kept as they are: ${reader.unmapped.slice(0, 40).join(", ")}${reader.unmapped.length > 40 ? ", …" : ""}.`,
    )
  return {
    row(cells, place, late) {
      sink.seen(1)
      if (reader === null) {
        const statement = statementOf(setting.labels, cells, place)
        return sink.record(late === undefined ? statement : { ...statement, extra: late })
      }
      const { records, faults: found } = reader.read(cells, place)
      for (const { column, wanted, raw } of found) {
        const key = `${column}: no ${wanted}`
        const known = faults.get(key)
        if (known === undefined) faults.set(key, { example: raw.slice(0, 40), rows: 1 })
        else known.rows++
      }
      if (late !== undefined) records[0] = { ...records[0]!, extra: { ...records[0]!.extra, ...late } }
      const first = sink.record(records[0]!)
      if (records.length === 1) return first
      return (async () => {
        await first
        for (const record of records.slice(1)) await sink.also(record)
      })()
    },
    above: (cells, place) => {
      const statement = statementOf([], cells, place)
      return sink.also({ ...statement, fields: { ...statement.fields, schema: "row above the header" } })
    },
    end() {
      for (const note of reader?.notes ?? []) sink.note(`${setting.where}${note}`)
      for (const [fault, { example, rows }] of faults)
        sink.note(`${setting.where}${fault} in ${rows} rows ("${example}"): kept as written.`)
    },
  }
}
