import type { Material } from "../importer.ts"
import type { Dialect, Row } from "./delimited.ts"
import { type Encoding, type EncodingGuess, encodingOf } from "./encoding.ts"
import { parseMapping, type TableMapping } from "./schema.ts"
import { declaredSeparator, fittedHeader, headerOf, labelsOf, sniff } from "./sniff.ts"
import { type Suggestion, suggestMapping } from "./suggest.ts"

/** How a text table is laid out, learned from its first bytes and from what a mapping says. */
export interface TextTable {
  encoding: Encoding
  bom: number
  dialect: Dialect
  width: number
  /** Share of sampled rows with that width. */
  agreement: number
  header: boolean
  /** Rows above the header. */
  above: number
  labels: string[]
  /** Data rows of the head, up to 200. */
  sample: string[][]
  suggestion: Suggestion
  notes: string[]
  /** True for a row that speaks to Excel (`sep=;`), not to us. */
  directive: (row: Row) => boolean
}

const MARKUP = /^\s*(?:<[?!a-zA-Z]|[{]|\[\s*[{[\]"\d])/

const isMapping = (value: unknown): value is object => typeof value === "object" && value !== null && Object.keys(value).length > 0

/** Null: no rows, or not text. Throws `invalid.mapping` for a mapping that is none. */
export async function openText(material: Material, mappingJson: unknown): Promise<TextTable | null> {
  if (material.head.length === 0) return null
  const mapping: TableMapping | null = isMapping(mappingJson) ? parseMapping(mappingJson) : null
  const guess: EncodingGuess = await encodingOf(material)
  const encoding = mapping?.table.encoding ?? guess.encoding
  const whole = material.head.length >= material.sizeBytes
  if (mapping === null && MARKUP.test(Buffer.from(material.head.subarray(guess.bom, guess.bom + 64)).toString("latin1"))) return null
  const given = { separator: mapping?.table.separator, quote: mapping?.table.quote }
  let found = sniff(material.head, whole, encoding, guess.bom, given)
  if (found === null) return null
  const declared = declaredSeparator(found.rows[0], found.dialect.separator)
  if (declared !== null && given.separator === undefined)
    found = sniff(material.head, whole, encoding, guess.bom, { ...given, separator: declared }) ?? found
  const { rows, dialect } = found
  const directives = declared === null ? 0 : 1
  const shape = headerOf(rows.slice(directives), found.width)
  const above = mapping?.table.above ?? shape.above + directives
  const header = mapping?.table.header ?? shape.present
  const first = header ? rows[above] : undefined
  const head = first === undefined ? null : fittedHeader(first.cells, found.width, rows.slice(above + 1))
  const width = header ? (head?.length ?? found.width) : found.width
  const labels = labelsOf(head, width)
  const sample = rows
    .slice(above + (header ? 1 : 0))
    .filter((row) => row.cells.length === width)
    .map((row) => row.cells)
  const notes = guess.why === "" || mapping?.table.encoding !== undefined ? [] : [guess.why]
  if (!header) notes.push("No header row was found: columns are called by their number.")
  return {
    encoding,
    bom: guess.bom,
    dialect,
    width,
    agreement: found.agreement,
    header,
    above,
    labels,
    sample,
    suggestion: suggestMapping(labels, sample),
    notes,
    directive: (row) => declared !== null && declaredSeparator(row, dialect.separator) !== null,
  }
}
