import type { FieldsOf } from "#vocabulary/kinds"
import type { Identifier, Part, Place, SourceRecord } from "#vocabulary/record"
import type { Importer, Material, Sink } from "../importer.ts"
import { type Dialect, rowsOf } from "../mapping/delimited.ts"
import { encodingOf } from "../mapping/encoding.ts"
import { countryOf } from "../mapping/issuers.ts"
import { headRows } from "../mapping/sniff.ts"

/**
 * The Treasury's SDN list in its delimited form: SDN.CSV, ALT.CSV, ADD.CSV, without header, `-0-` = null (Data specification of the
 * list). Rows of the three files meet by their entity number, given here as an `account` of platform `ofac`.
 */
const DIALECT: Dialect = { separator: ",", quote: '"', eol: "\n" }
const COLUMNS = {
  sdn: ["ent_num", "name", "type", "program", "title", "call_sign", "vessel_type", "tonnage", "grt", "flag", "owner", "remarks"],
  alt: ["ent_num", "alt_num", "alt_type", "alt_name", "remarks"],
  add: ["ent_num", "add_num", "address", "city", "country", "remarks"],
} as const
type Table = keyof typeof COLUMNS

const value = (cell: string): string | null => {
  const text = cell.trim()
  return text === "" || text === "-0-" ? null : text
}

function tableOf(rows: readonly string[][]): Table | null {
  const share = (table: Table) =>
    rows.filter(
      (cells) =>
        cells.length === COLUMNS[table].length &&
        /^\d+$/.test(cells[0]!) &&
        (table === "sdn" || /^\d+$/.test(cells[1]!)) &&
        (table !== "alt" || /^[afn]\.?k\.?a\.?$/i.test(cells[2]!.trim())),
    ).length / rows.length
  const nulls = rows.filter((cells) => cells.some((cell) => cell.trim() === "-0-")).length / rows.length
  if (rows.length === 0 || nulls < 0.5) return null
  return (Object.keys(COLUMNS) as Table[]).find((table) => share(table) > 0.7) ?? null
}

function sampled(material: Material, encoding: Parameters<typeof headRows>[2], bom: number): string[][] {
  return headRows(material.head, material.head.length >= material.sizeBytes, encoding, DIALECT, bom)
    .flatMap((row) => ("cells" in row ? [row.cells] : []))
    .slice(0, 200)
}

const CURRENCY_WALLET = /^Digital Currency Address - ([A-Z0-9]+) (\S+)$/
const NUMBERED =
  /^(Passport|National ID No\.|Cedula No\.|Identification Number|Tax ID No\.|National Foreign ID Number|D\.N\.I\.|C\.U\.R\.P\.|R\.F\.C\.|SSN) (?=[^(]*\d)([A-Z0-9][A-Z0-9 ./-]*?)(?: \(([^()]+)\))?(?: (?:issued|expires) .*)?$/

interface Remarks {
  ids: Identifier[]
  birthDates: string[]
  birthPlaces: string[]
  nationalities: string[]
}

/** Only clauses whose words leave no doubt become identifiers; the whole text stays in `remarks`. */
export function readRemarks(text: string): Remarks {
  const out: Remarks = { ids: [], birthDates: [], birthPlaces: [], nationalities: [] }
  for (const clause of text.replace(/\.$/, "").split(/;\s*/)) {
    const plain = clause.trim().replace(/^alt\. /, "")
    const take = (pattern: RegExp) => pattern.exec(plain)?.[1]?.trim()
    const born = take(/^DOB (.+)$/)
    const place = take(/^POB (.+)$/)
    const nation = take(/^(?:nationality|citizen) (.+)$/)
    const alias = take(/^(?:a|f|n)\.k\.a\.,? '(.+)'$/)
    const mail = take(/^Email(?: Address)?:? ?(\S+@\S+?)\.?$/)
    const phone = take(/^(?:Tele)?[Pp]hone (?:No\.|Number):? ([+\d][\d ()./-]{6,})$/)
    const wallet = CURRENCY_WALLET.exec(plain)
    const numbered = NUMBERED.exec(plain)
    if (born !== undefined) out.birthDates.push(born)
    if (place !== undefined) out.birthPlaces.push(place)
    if (nation !== undefined) out.nationalities.push(nation)
    if (alias !== undefined) out.ids.push({ type: "name", raw: alias })
    if (mail !== undefined) out.ids.push({ type: "email", raw: mail })
    if (phone !== undefined) out.ids.push({ type: "phone", raw: phone })
    if (wallet !== null) out.ids.push({ type: "wallet", raw: wallet[2]! })
    if (numbered !== null) {
      const issuer = numbered[3] === undefined ? null : countryOf(numbered[3])
      out.ids.push({ type: "document", raw: numbered[2]!.trim(), ...(issuer === null ? {} : { issuer }) })
    }
  }
  return out
}

function listing(table: Table, cells: readonly string[], place: Place): SourceRecord<"listing"> {
  const get = (column: string) => value(cells[(COLUMNS[table] as readonly string[]).indexOf(column)] ?? "")
  const number = cells[0]!.trim()
  const ids: Identifier[] = [{ type: "account", raw: number, platform: "ofac" }]
  const fields: { -readonly [C in keyof FieldsOf<"listing">]: FieldsOf<"listing">[C] } = {
    list: `OFAC SDN (${table})`,
    nativeId: table === "sdn" ? number : `${number}/${cells[1]!.trim()}`,
    remarks: get("remarks"),
  }
  const extra: Record<string, unknown> = {}
  const keep = (...columns: string[]) => {
    for (const column of columns) if (get(column) !== null) extra[column] = get(column)
  }
  let name: string | null = null
  if (table === "sdn") {
    name = get("name")
    fields.entryType = get("type") ?? "entity"
    fields.nameType = "primary"
    fields.program = get("program")
    fields.vesselType = get("vessel_type")
    const remarks = readRemarks(fields.remarks ?? "")
    ids.push(...remarks.ids)
    fields.birthDate = remarks.birthDates.join("; ") || null
    fields.birthPlace = remarks.birthPlaces.join("; ") || null
    fields.nationality = remarks.nationalities.join("; ") || null
    keep("title", "call_sign", "tonnage", "grt", "flag", "owner")
  } else if (table === "alt") {
    name = get("alt_name")
    fields.nameType = "strong alias"
    keep("alt_type")
  } else {
    fields.address = ["address", "city", "country"].flatMap((column) => get(column) ?? []).join(", ") || null
    keep("city", "country")
  }
  const part: Part = "subject"
  return { kind: "listing", place, at: null, fields, parties: [{ part, ids, name }], ...(Object.keys(extra).length > 0 ? { extra } : {}) }
}

async function read(material: Material, sink: Sink, signal: AbortSignal): Promise<void> {
  const { encoding, bom, why } = await encodingOf(material)
  if (why !== "") sink.note(why)
  const table = tableOf(sampled(material, encoding, bom))
  if (table === null) sink.note("The rows have neither 12, 5 nor 6 cells like the three files of the list: every row is rejected.")
  for await (const batch of rowsOf(material, encoding, DIALECT, bom, signal)) {
    for (const row of batch) {
      // The published files end in a Ctrl-Z of CP/M days.
      if ("cells" in row && row.cells.length === 1 && row.cells[0]!.trim() === "\u001a") continue
      sink.seen(1)
      const place: Place = { file: material.file, table: table ?? undefined, row: row.line, byteStart: row.start, byteEnd: row.end }
      if (!("cells" in row)) sink.reject({ place, code: row.broken, reason: row.reason, snippet: row.snippet })
      else if (table === null || row.cells.length !== COLUMNS[table].length || !/^\d+$/.test(row.cells[0]!.trim()))
        sink.reject({
          place,
          code: "unknown-structure",
          reason:
            table === null
              ? "not a row of SDN, ALT or ADD"
              : `${row.cells.length} cells where the ${table} table has ${COLUMNS[table].length}, or no entity number`,
          snippet: row.cells.join(",").slice(0, 200),
        })
      else await sink.record(listing(table, row.cells, place))
    }
  }
}

export const ofacCsv: Importer = {
  id: "ofac-csv",
  version: 1,
  title: "OFAC SDN list (SDN, ALT, ADD in CSV)",
  unknowns:
    "A row with another number of cells is rejected with its place. Remarks stay whole; only clauses with sure words become identifiers.",
  async claim(material) {
    const { encoding, bom } = await encodingOf(material)
    const table = tableOf(sampled(material, encoding, bom))
    return table === null
      ? null
      : { confidence: 0.9, why: `rows of ${COLUMNS[table].length} cells with -0- for null, as in ${table}.csv of the list` }
  },
  read: (material, sink, context) => read(material, sink, context.signal),
}
