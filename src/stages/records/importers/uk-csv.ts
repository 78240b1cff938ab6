import type { Identifier, Place, SourceRecord } from "#vocabulary/record"
import type { Importer, Material, Sink } from "../importer.ts"
import { type Dialect, rowsOf } from "../mapping/delimited.ts"
import { encodingOf } from "../mapping/encoding.ts"
import { headRows } from "../mapping/sniff.ts"
import { countryIn } from "../watchlists/country-in.ts"

/**
 * Lists of the United Kingdom in CSV, each below a line with its date: the UK Sanctions List (58 columns, one row per name and address of an
 * entry) and the consolidated list of the Office of Financial Sanctions Implementation, which was closed on 28 January 2026 and stands in
 * older files. A row is a listing; rows of one entry meet by its id. Columns go by their titles, in any order.
 */
const DIALECT: Dialect = { separator: ",", quote: '"', eol: "\n" }

interface Columns {
  list: string
  platform: string
  id: string
  kind: string
  program: string
  nameType: string
  strength: string
  native: string
  birthDate: string
  birthPlace: readonly string[]
  nationality: string
  address: readonly string[]
  remarks: readonly string[]
  papers: readonly (readonly [number: string, about: string])[]
  phone: string | null
  email: string | null
  vesselType: string | null
}

const six = (title: string): string[] => [1, 2, 3, 4, 5, 6].map((n) => `${title} ${n}`)

/** Titles in lower case: editions differ in capitals. */
const LISTS: readonly Columns[] = [
  {
    list: "UK Sanctions List",
    platform: "uk-sanctions",
    id: "unique id",
    kind: "designation type",
    program: "regime name",
    nameType: "name type",
    strength: "alias strength",
    native: "name non-latin script",
    birthDate: "d.o.b",
    birthPlace: ["town of birth", "country of birth"],
    nationality: "nationality(/ies)",
    address: [...six("address line"), "address postal code", "address country"],
    remarks: ["other information", "uk statement of reasons"],
    papers: [
      ["passport number", "passport additional information"],
      ["national identifier number", "national identifier additional information"],
    ],
    phone: "phone number",
    email: "email address",
    vesselType: "type of ship",
  },
  {
    list: "OFSI consolidated list",
    platform: "ofsi",
    id: "group id",
    kind: "group type",
    program: "regime",
    nameType: "alias type",
    strength: "alias quality",
    native: "name non-latin script",
    birthDate: "dob",
    birthPlace: ["town of birth", "country of birth"],
    nationality: "nationality",
    address: [...six("address"), "post/zip code", "country"],
    remarks: ["other information"],
    papers: [
      ["passport number", "passport details"],
      ["national identification number", "national identification details"],
    ],
    phone: null,
    email: null,
    vesselType: null,
  },
]
const NAMES = ["name 1", "name 2", "name 3", "name 4", "name 5", "name 6"]

interface Header {
  columns: Columns
  titles: string[]
  /** As written, for what no column takes. */
  written: string[]
}

function headerOf(cells: readonly string[]): Header | null {
  const written = cells.map((cell) => cell.trim())
  const titles = written.map((cell) => cell.toLowerCase())
  const has = (title: string) => titles.includes(title)
  const columns = LISTS.find((list) => has("name 6") && has("name 1") && has(list.id) && has(list.kind) && has(list.nameType))
  return columns ? { columns, titles, written } : null
}

/** "Report Date: 13-Feb-2026" or "Last Updated,27/01/2026". */
const dateIn = (cells: readonly string[]): string | null =>
  /^(?:report date|last updated)\s*:?\s*(\d.*)$/i.exec(
    cells
      .map((cell) => cell.trim())
      .filter(Boolean)
      .join(" "),
  )?.[1] ?? null

function listing(
  { columns, titles, written }: Header,
  cells: readonly string[],
  place: Place,
  listDate: string | null,
): SourceRecord<"listing"> {
  const taken = new Set<number>()
  const get = (title: string | null): string | null => {
    const at = title === null ? -1 : titles.indexOf(title)
    if (at < 0) return null
    taken.add(at)
    return (cells[at] ?? "").replace(/\s+/g, " ").trim() || null
  }
  const joined = (list: readonly string[], between: string) => list.flatMap((title) => get(title) ?? []).join(between) || null
  const id = get(columns.id)
  const type = (get(columns.nameType) ?? "").toLowerCase()
  const weak = /low/i.test(get(columns.strength) ?? "")
  const native = get(columns.native)
  const name = joined(NAMES, " ")
  const papers = columns.papers.flatMap(([number, about]): Identifier[] => {
    const raws = (get(number) ?? "").split(/\s*(?:;|\(\d\))\s*/).filter(Boolean)
    const issuer = countryIn(get(about) ?? "")
    return raws.map((raw) => ({ type: "document", raw, ...(issuer === null ? {} : { issuer }) }))
  })
  const fields = {
    list: columns.list,
    listDate,
    program: get(columns.program),
    entryType: get(columns.kind)?.toLowerCase() ?? null,
    nameType:
      type === "primary name" || type === "" ? "primary" : type.startsWith("primary") ? "spelling" : weak ? "weak alias" : "strong alias",
    birthDate: get(columns.birthDate),
    birthPlace: joined(columns.birthPlace, ", "),
    nationality: get(columns.nationality),
    address: joined(columns.address, ", "),
    vesselType: get(columns.vesselType),
    remarks: joined(columns.remarks, "; "),
    nativeId: id,
  }
  const ids: Identifier[] = [
    ...(id === null ? [] : [{ type: "account" as const, raw: id, platform: columns.platform }]),
    ...(native === null || name === null ? [] : [{ type: "name" as const, raw: native }]),
    ...papers,
    ...(get(columns.phone) ?? "")
      .split(/\s*;\s*/)
      .filter(Boolean)
      .map((raw): Identifier => ({ type: "phone", raw })),
    ...(get(columns.email) ?? "")
      .split(/[;\s]+/)
      .filter((raw) => raw.includes("@"))
      .map((raw): Identifier => ({ type: "email", raw })),
  ]
  const extra = Object.fromEntries(cells.flatMap((cell, at) => (taken.has(at) || cell.trim() === "" ? [] : [[written[at]!, cell.trim()]])))
  return {
    kind: "listing",
    place,
    at: null,
    fields,
    parties: [{ part: "subject", ids, name: name ?? native }],
    ...(Object.keys(extra).length > 0 ? { extra } : {}),
  }
}

async function read(material: Material, sink: Sink, signal: AbortSignal): Promise<void> {
  const { encoding, bom, why } = await encodingOf(material)
  if (why !== "") sink.note(why)
  let header: Header | null = null
  let listDate: string | null = null
  for await (const batch of rowsOf(material, encoding, DIALECT, bom, signal)) {
    for (const row of batch) {
      const place: Place = { file: material.file, row: row.line, byteStart: row.start, byteEnd: row.end }
      if (header === null && "cells" in row) {
        listDate ??= dateIn(row.cells)
        header = headerOf(row.cells)
        if (header !== null || dateIn(row.cells) !== null) continue
      }
      sink.seen(1)
      if (!("cells" in row)) sink.reject({ place, code: row.broken, reason: row.reason, snippet: row.snippet })
      else if (header === null || row.cells.length !== header.titles.length)
        sink.reject({
          place,
          code: "unknown-structure",
          reason:
            header === null
              ? "a row above the titles of the columns"
              : `${row.cells.length} cells where the list has ${header.titles.length}`,
          snippet: row.cells.join(",").slice(0, 200),
        })
      else await sink.record(listing(header, row.cells, place, listDate))
    }
  }
  if (listDate === null) sink.note("The list does not say of which day it is.")
}

export const ukCsv: Importer = {
  id: "uk-csv",
  version: 1,
  title: "UK Sanctions List, OFSI consolidated list (CSV)",
  unknowns:
    "Columns that are not known are kept by their titles in the row's extra columns. A row with another number of cells is rejected.",
  async claim(material) {
    const { encoding, bom } = await encodingOf(material)
    const rows = headRows(material.head, material.head.length >= material.sizeBytes, encoding, DIALECT, bom).slice(0, 5)
    const header = rows.map((row) => ("cells" in row ? headerOf(row.cells) : null)).find((found) => found !== null)
    return header ? { confidence: 0.95, why: `titles of the ${header.columns.list}` } : null
  },
  read: (material, sink, context) => read(material, sink, context.signal),
}
