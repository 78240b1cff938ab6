import type { Identifier, Place, SourceRecord } from "#vocabulary/record"
import type { Importer, Material, Sink } from "../importer.ts"
import { countryOf } from "../mapping/issuers.ts"
import { all, type Element, first, type ListLayout, line, readEntries } from "../watchlists/elements.ts"

/**
 * The United Nations Security Council consolidated list (XML, UTF-8). One unit an INDIVIDUAL or ENTITY element.
 */
const LAYOUT: ListLayout = {
  names: ["INDIVIDUAL", "ENTITY"],
  rootEnd: "</CONSOLIDATED_LIST>",
  frame: /<\?xml[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>]*>|<\/?(?:CONSOLIDATED_LIST|INDIVIDUALS|ENTITIES)(?:\s[^>]*)?\/?>|\s+|\uFEFF/g,
}

/** "EXACT 1967-07-18", "BETWEEN 1973 1974", "APPROXIMATELY 1968": type and figures as given. */
function birthOf(element: Element): string {
  const type = first(element, "TYPE_OF_DATE")
  const figures = ["DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE"].flatMap((name) => first(element, name) ?? [])
  return [...(type === null || type === "EXACT" ? [] : [type.toLowerCase()]), ...figures].join(" ")
}

const TAKEN =
  /^(?:DATAID|FIRST_NAME|SECOND_NAME|THIRD_NAME|FOURTH_NAME|UN_LIST_TYPE|NAME_ORIGINAL_SCRIPT|COMMENTS1|NATIONALITY|(?:INDIVIDUAL|ENTITY)_ALIAS|(?:INDIVIDUAL|ENTITY)_ADDRESS|INDIVIDUAL_DATE_OF_BIRTH|INDIVIDUAL_PLACE_OF_BIRTH)$/

function listings(
  entry: Element,
  place: Place,
  listDate: string | null,
): { main: SourceRecord<"listing">; aliases: SourceRecord<"listing">[] } {
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
    listDate,
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

async function read(material: Material, sink: Sink, signal: AbortSignal): Promise<void> {
  const listDate =
    /<CONSOLIDATED_LIST[^>]*\sdateGenerated="([^"]+)"/.exec(Buffer.from(material.head).toString("latin1"))?.[1]?.slice(0, 10) ?? null
  await readEntries(material, sink, signal, LAYOUT, async (element, where) => {
    const { main, aliases } = listings(element, { ...where, row: first(element, "DATAID") ?? undefined }, listDate)
    await sink.record(main)
    for (const alias of aliases) await sink.also(alias)
  })
}

export const unXml: Importer = {
  id: "un-xml",
  version: 2,
  title: "UN Security Council consolidated list (XML)",
  unknowns: "Elements that are not known are kept by their names in the entry's extra columns.",
  async claim(material) {
    const head = Buffer.from(material.head).toString("latin1")
    return /<CONSOLIDATED_LIST[\s>]/.test(head) ? { confidence: 0.98, why: "root element CONSOLIDATED_LIST" } : null
  },
  read: (material, sink, context) => read(material, sink, context.signal),
}
