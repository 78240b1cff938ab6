import type { Identifier, Place, SourceRecord } from "#vocabulary/record"
import type { Importer, Material, Sink } from "../importer.ts"
import { countryIn } from "../watchlists/country-in.ts"
import { below, type Element, first, type ListLayout, line, readEntries } from "../watchlists/elements.ts"

/**
 * The UK Sanctions List of the Foreign, Commonwealth and Development Office (XML), the only list of the United Kingdom since 28 January
 * 2026. One unit a Designation element: the primary name with papers and births is the listing, every other name a further one. Parts of a
 * birth date that are not known stand as letters (`dd/mm/1962`) and are kept so.
 */
const LAYOUT: ListLayout = {
  names: ["Designation"],
  rootEnd: "</Designations>",
  frame: /<\?xml[^>]*\?>|<!--[\s\S]*?-->|<DateGenerated>[^<]*<\/DateGenerated>|<\/?Designations(?:\s[^>]*)?\/?>|\s+|\uFEFF/g,
}
const TAKEN =
  /^(?:UniqueID|Names|NonLatinNames|RegimeName|IndividualEntityShip|UKStatementofReasons|OtherInformation|Addresses|PhoneNumbers|EmailAddresses|IndividualDetails)$/

const texts = (element: Element, name: string): string[] => below(element, name).flatMap((found) => line(found) || [])

/** Name 6 is the last name, or all of it (guidance on the list's format). */
const nameOf = (name: Element): string => [1, 2, 3, 4, 5, 6].flatMap((part) => first(name, `Name${part}`) ?? []).join(" ")

function papers(individual: Element): Identifier[] {
  return (
    [
      ["PassportNumber", "PassportAdditionalInformation"],
      ["NationalIdentifierNumber", "NationalIdentifierAdditionalInformation"],
    ] as const
  ).flatMap(([number, about]) =>
    // The element around a number is named differently in editions of the list; the number's own name is not.
    holders(individual, number).flatMap((holder): Identifier[] => {
      const raw = first(holder, number)
      const issuer = countryIn(first(holder, about) ?? "")
      return raw === null ? [] : [{ type: "document", raw, ...(issuer === null ? {} : { issuer }) }]
    }),
  )
}

/** Elements that have a child of that name. */
const holders = (element: Element, name: string): Element[] => [
  ...(element.children.some((child) => child.name === name) ? [element] : []),
  ...element.children.flatMap((child) => holders(child, name)),
]

function listings(entry: Element, place: Place, listDate: string | null): SourceRecord<"listing">[] {
  const id = first(entry, "UniqueID")
  const key: Identifier[] = id === null ? [] : [{ type: "account", raw: id, platform: "uk-sanctions" }]
  const names = below(entry, "Name").flatMap((name) => {
    const raw = nameOf(name)
    const type = (first(name, "NameType") ?? "").toLowerCase()
    const weak = /low/i.test(first(name, "AliasStrength") ?? "")
    const kind = type === "primary name" ? "primary" : type.startsWith("primary") ? "spelling" : weak ? "weak alias" : "strong alias"
    return raw === "" ? [] : [{ raw, kind }]
  })
  const native = texts(entry, "NameNonLatinScript").map((raw) => ({ raw, kind: "spelling" }))
  const main = names.find((name) => name.kind === "primary") ?? names[0] ?? native[0]
  const others = [...names, ...native].filter((name) => name !== main)
  const extra = Object.fromEntries(
    entry.children.flatMap((child) => {
      const text = line(child)
      return TAKEN.test(child.name) || text === "" ? [] : [[child.name, text]]
    }),
  )
  const shared = {
    list: "UK Sanctions List",
    listDate,
    program: first(entry, "RegimeName"),
    entryType: (first(entry, "IndividualEntityShip") ?? "").toLowerCase() || null,
    nativeId: id,
  }
  const joined = (parts: readonly string[]) => parts.join("; ") || null
  const individuals = below(entry, "Individual")
  return [
    {
      kind: "listing",
      place,
      at: null,
      fields: {
        ...shared,
        nameType: "primary",
        birthDate: joined(texts(entry, "DOB")),
        birthPlace: joined(individuals.flatMap((one) => below(one, "Location").flatMap((where) => line(where) || []))),
        nationality: joined(texts(entry, "Nationality")),
        address: joined(below(entry, "Address").flatMap((where) => line(where) || [])),
        vesselType: joined(texts(entry, "TypeOfShip")),
        remarks: joined(["OtherInformation", "UKStatementofReasons"].flatMap((name) => first(entry, name) ?? [])),
      },
      parties: [
        {
          part: "subject",
          ids: [
            ...key,
            ...others.filter((name) => name.kind !== "weak alias").map((name) => ({ type: "name" as const, raw: name.raw })),
            ...individuals.flatMap(papers),
            ...texts(entry, "PhoneNumber").map((raw) => ({ type: "phone" as const, raw })),
            ...texts(entry, "EmailAddress")
              .flatMap((mails) => mails.split(/[;\s]+/).filter((raw) => raw.includes("@")))
              .map((raw) => ({ type: "email" as const, raw })),
          ],
          name: main?.raw ?? null,
        },
      ],
      ...(Object.keys(extra).length > 0 ? { extra } : {}),
    },
    ...others.map(
      (name): SourceRecord<"listing"> => ({
        kind: "listing",
        place,
        at: null,
        fields: { ...shared, nameType: name.kind },
        parties: [{ part: "subject", ids: key, name: name.raw }],
      }),
    ),
  ]
}

const dated = (head: Uint8Array): string | null =>
  /<DateGenerated>\s*([^<]*?)\s*<\/DateGenerated>/.exec(Buffer.from(head).toString("latin1"))?.[1] ?? null

async function read(material: Material, sink: Sink, signal: AbortSignal): Promise<void> {
  const listDate = dated(material.head)
  if (listDate === null) sink.note("The list does not say when it was generated.")
  await readEntries(material, sink, signal, LAYOUT, async (element, where) => {
    const [main, ...others] = listings(element, { ...where, row: first(element, "UniqueID") ?? undefined }, listDate)
    await sink.record(main!)
    for (const other of others) await sink.also(other)
  })
}

export const ukXml: Importer = {
  id: "uk-xml",
  version: 1,
  title: "UK Sanctions List (XML)",
  unknowns: "Elements that are not known are kept by their names in the entry's extra columns.",
  async claim(material) {
    const head = Buffer.from(material.head).toString("latin1")
    return /<Designations[\s>]/.test(head) ? { confidence: 0.98, why: "root element Designations" } : null
  },
  read: (material, sink, context) => read(material, sink, context.signal),
}
