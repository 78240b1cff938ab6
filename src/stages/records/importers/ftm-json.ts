import type { FieldsOf, KindName } from "#vocabulary/kinds"
import type { Identifier, Moment, Part, Party, Place, SourceRecord } from "#vocabulary/record"
import { readMoment } from "#vocabulary/time"
import type { Importer, Material, Sink } from "../importer.ts"
import { unread } from "../mapping/cells.ts"
import { countryOf } from "../mapping/issuers.ts"
import { unitsOf } from "./json-lines.ts"

/**
 * FollowTheMoney entities as JSON lines or one array: `{id, schema, properties: {name: [value…]}, caption, datasets}`. Calls, messages,
 * payments, accounts, events and sanctions become their kinds; people, companies, papers, things and links become statements that
 * keep every property; whoever stands on a list by its topics is a listing. Entities meet by their ids: long ones are the same in every export, short ones only within this one.
 */
type Properties = Record<string, string[]>
interface Entity {
  id: string
  schema: string
  properties: Properties
  caption: string | null
  dataset: string | null
}

/** Ends of the link schemata (edge section of each schema file). */
const ENDS: Readonly<Record<string, readonly [string, string]>> = {
  Associate: ["person", "associate"],
  ContractAward: ["contract", "supplier"],
  CourtCaseParty: ["party", "case"],
  Debt: ["debtor", "creditor"],
  Directorship: ["director", "organization"],
  Employment: ["employee", "employer"],
  Family: ["person", "relative"],
  Membership: ["member", "organization"],
  Occupancy: ["holder", "post"],
  Ownership: ["owner", "asset"],
  ProjectParticipant: ["participant", "project"],
  Representation: ["agent", "client"],
  Succession: ["predecessor", "successor"],
  UnknownLink: ["subject", "object"],
  Similar: ["candidate", "match"],
}
const KNOWN = new Set([
  ...Object.keys(ENDS),
  ...(
    "Address Airplane Analyzable Article Assessment Asset Audio BankAccount Call CallForTenders Company Contract CourtCase CryptoWallet Document " +
    "Documentation EconomicActivity Email Event Folder HyperText Identification Image Interest Interval LegalEntity License Mention Message Note " +
    "Organization Package Page Pages Passport Payment Person PlainText Position Post Project PublicBody RealEstate Risk Sanction Security Table TaxRoll " +
    "Thing Trip UserAccount Value Vehicle Vessel Video Workbook"
  ).split(" "),
])

/** Properties that identify, by the types of the schema. Tax, register and national numbers are documents of the entity's country. */
const IDENTIFYING: Readonly<Record<string, Identifier["type"]>> = {
  phone: "phone",
  email: "email",
  iban: "iban",
  ibans: "iban",
  publicKey: "wallet",
  passportNumber: "document",
  idNumber: "document",
  registrationNumber: "document",
  taxNumber: "document",
  socialSecurityNumber: "document",
  innCode: "document",
  ogrnCode: "document",
  vatCode: "document",
}
const OTHER_NAMES = ["name", "alias", "previousName"] as const

function entityOf(value: Record<string, unknown>): Entity | null {
  const { id, schema, properties } = value
  if (
    typeof id !== "string" ||
    typeof schema !== "string" ||
    typeof properties !== "object" ||
    properties === null ||
    Array.isArray(properties)
  )
    return null
  const clean: Properties = {}
  for (const [name, values] of Object.entries(properties))
    clean[name] = (Array.isArray(values) ? values : [values]).map((item) => (typeof item === "string" ? item : JSON.stringify(item)))
  const datasets = Array.isArray(value["datasets"]) ? value["datasets"].filter((item): item is string => typeof item === "string") : []
  return {
    id,
    schema,
    properties: clean,
    caption: typeof value["caption"] === "string" ? value["caption"] : null,
    dataset: datasets.join(", ") || null,
  }
}

/** `NK-…`, `Q…`, hashes and UUIDs are the same in every export; what is shorter is only meant within this one. */
function native(id: string): Identifier {
  return /^NK-|^Q\d+$|^.{16,}$/.test(id) ? { type: "account", raw: id, platform: "ftm" } : { type: "alias", raw: `ftm ${id}` }
}

function momentFrom(properties: Properties, ...names: string[]): Moment | null {
  const raw = names.flatMap((name) => properties[name] ?? [])[0]
  if (raw === undefined) return null
  const answer = readMoment(raw)
  return answer.ok ? answer.moment : unread(raw)
}

const one = (entity: Entity, ...names: string[]): string | null => names.flatMap((name) => entity.properties[name] ?? [])[0] ?? null
const numeric = (text: string | null): number | null =>
  text === null || text.trim() === "" || !Number.isFinite(Number(text)) ? null : Number(text)
const msOf = (entity: Entity, ...names: string[]) => momentFrom(entity.properties, ...names)?.ms ?? null

function identifiers(entity: Entity): Identifier[] {
  const ids: Identifier[] = []
  const country = one(entity, "country", "nationality", "jurisdiction", "citizenship")
  const issuer = country === null ? null : countryOf(country)
  const vehicle = /^(?:Vehicle|Airplane|Vessel)$/.test(entity.schema)
  for (const [property, values] of Object.entries(entity.properties)) {
    const type = vehicle && property === "registrationNumber" ? "plate" : IDENTIFYING[property]
    if (type !== undefined) for (const raw of values) ids.push({ type, raw, ...(type === "document" && issuer !== null ? { issuer } : {}) })
    if (property === "accountNumber") for (const raw of values) ids.push({ type: "account", raw, platform: "bank" })
  }
  return ids
}

/** The entities that a property refers to, and numbers written beside. */
function ends(entity: Entity, part: Part, property: string, extra: Identifier[] = []): Party[] {
  const refs = entity.properties[property] ?? []
  if (refs.length === 0) return extra.length === 0 ? [] : [{ part, ids: extra, name: null }]
  return refs.map((ref, i) => ({ part, ids: [native(ref), ...(i === 0 ? extra : [])], name: null }))
}

const phones = (entity: Entity, property: string): Identifier[] =>
  (entity.properties[property] ?? []).map((raw) => ({ type: "phone", raw }))

interface Reading<K extends KindName = KindName> {
  kind: K
  at: Moment | null
  fields: FieldsOf<K>
  parties: Party[]
}

function statement(entity: Entity): Reading<"statement"> {
  const link = ENDS[entity.schema]
  const names = OTHER_NAMES.flatMap((property) => entity.properties[property] ?? [])
  const name = names[0] ?? entity.caption
  const others = [...new Set(names.slice(1))].map((raw): Identifier => ({ type: "name", raw }))
  const ids = identifiers(entity)
  let parties: Party[]
  if (link !== undefined) parties = [...ends(entity, "source", link[0]), ...ends(entity, "target", link[1])]
  else if (entity.schema === "Passport" || entity.schema === "Identification") {
    const country = countryOf(one(entity, "country") ?? "")
    const papers = (entity.properties["number"] ?? []).map(
      (raw): Identifier => ({ type: "document", raw, ...(country === null ? {} : { issuer: country }) }),
    )
    parties = ends(entity, "holder", "holder", [...ids.filter((id) => !papers.some((paper) => paper.raw === id.raw)), ...papers])
  } else parties = [{ part: "subject", ids: [native(entity.id), ...ids, ...others], name }]
  return {
    kind: "statement",
    at: momentFrom(entity.properties, "date", "startDate"),
    fields: {
      schema: entity.schema,
      nativeId: entity.id,
      caption: entity.caption ?? name ?? null,
      properties: entity.properties,
      summary: one(entity, "summary", "description", "notes"),
      dataset: entity.dataset,
      sourceRef: link === undefined ? null : one(entity, link[0]),
      targetRef: link === undefined ? null : one(entity, link[1]),
    },
    parties,
  }
}

function read(entity: Entity): Reading {
  const at = momentFrom(entity.properties, "date", "startDate", "authoredAt", "publishedAt")
  switch (entity.schema) {
    case "Call":
      return {
        kind: "call",
        at,
        fields: { durationS: numeric(one(entity, "duration")), nativeId: entity.id },
        parties: [
          ...ends(entity, "caller", "caller", phones(entity, "callerNumber")),
          ...ends(entity, "callee", "receiver", phones(entity, "receiverNumber")),
        ],
      }
    case "Message":
    case "Email": {
      const email = entity.schema === "Email"
      const addresses = (property: string): Party[] =>
        (entity.properties[property] ?? []).map((raw) => ({
          part: property === "from" ? "sender" : "recipient",
          ids: [{ type: "email", raw }],
          name: null,
        }))
      return {
        kind: "message",
        at,
        fields: {
          app: email ? "email" : null,
          body: one(entity, "bodyText"),
          subject: one(entity, "subject"),
          threadTitle: one(entity, "threadTopic"),
          replyTo: one(entity, "inReplyTo", "inReplyToMessage", "inReplyToEmail"),
          nativeId: entity.id,
        },
        parties: [
          ...ends(entity, "sender", email ? "emitters" : "sender"),
          ...ends(entity, "sender", "senderAccount"),
          ...ends(entity, "recipient", "recipients"),
          ...ends(entity, "recipient", "recipientAccount"),
          ...(email ? ["from", "to", "cc", "bcc"].flatMap(addresses) : []),
        ],
      }
    }
    case "Payment":
      return {
        kind: "transfer",
        at,
        fields: {
          amount: numeric(one(entity, "amount")),
          amountRaw: one(entity, "amount"),
          currency: one(entity, "currency"),
          purpose: one(entity, "purpose"),
          reference: one(entity, "transactionNumber", "sequenceNumber"),
          nativeId: entity.id,
        },
        parties: [
          ...ends(entity, "payer", "payer"),
          ...ends(entity, "payee", "beneficiary"),
          ...ends(entity, "payer", "payerAccount"),
          ...ends(entity, "payee", "beneficiaryAccount"),
        ],
      }
    case "UserAccount": {
      const platform = one(entity, "service")?.toLowerCase()
      const handles = (entity.properties["username"] ?? []).map(
        (raw): Identifier => ({ type: "handle", raw, ...(platform === undefined ? {} : { platform }) }),
      )
      const numbers = (entity.properties["number"] ?? []).map((raw): Identifier => ({ type: "phone", raw }))
      return {
        kind: "account",
        at,
        fields: {
          platform: platform ?? null,
          username: one(entity, "username"),
          displayName: one(entity, "name"),
          createdAt: msOf(entity, "createdAt"),
          nativeId: entity.id,
        },
        parties: [
          {
            part: "owner",
            ids: [native(entity.id), ...identifiers(entity), ...handles, ...numbers, ...(entity.properties["owner"] ?? []).map(native)],
            name: one(entity, "name"),
          },
        ],
      }
    }
    case "Event":
      return {
        kind: "event",
        at,
        fields: {
          what: one(entity, "name"),
          placeName: one(entity, "location"),
          summary: one(entity, "summary", "description"),
          endAt: msOf(entity, "endDate"),
          nativeId: entity.id,
        },
        parties: [...ends(entity, "participant", "involved"), ...ends(entity, "participant", "organizer")],
      }
    case "Sanction":
      return {
        kind: "listing",
        at: momentFrom(entity.properties, "listingDate", "startDate", "date"),
        fields: {
          list: one(entity, "authority"),
          program: one(entity, "program"),
          remarks: one(entity, "reason", "summary"),
          nativeId: one(entity, "authorityId", "unscId") ?? entity.id,
        },
        parties: ends(entity, "subject", "entity"),
      }
    default:
      return statement(entity)
  }
}

const TOPICS_OF_LISTS = /^(?:sanction|wanted|debarment|export\.control|crime)/
const NAMES_OF = { name: "primary", alias: "strong alias", previousName: "strong alias", weakAlias: "weak alias" } as const

/** Whoever a list of OpenSanctions names: the entity itself says by its topics that it stands on one. A listing per quality of name. */
function listings(entity: Entity): Reading<"listing">[] {
  const topics = (entity.properties["topics"] ?? []).filter((topic) => TOPICS_OF_LISTS.test(topic))
  if (topics.length === 0 || ENDS[entity.schema] !== undefined) return []
  const joined = (name: string) => (entity.properties[name] ?? []).join("; ") || null
  const shared = {
    list: entity.dataset ?? "FollowTheMoney file",
    program: joined("program") ?? joined("programId") ?? topics.join("; "),
    entryType: entity.schema === "Person" ? "individual" : entity.schema.toLowerCase(),
    nativeId: entity.id,
  }
  const named = (Object.keys(NAMES_OF) as (keyof typeof NAMES_OF)[]).flatMap((property) =>
    (entity.properties[property] ?? []).map((raw) => ({ raw, nameType: NAMES_OF[property] as string })),
  )
  const main = named[0]?.raw ?? entity.caption
  return [
    {
      kind: "listing",
      at: null,
      fields: {
        ...shared,
        nameType: "primary",
        birthDate: joined("birthDate"),
        birthPlace: joined("birthPlace"),
        nationality: joined("nationality") ?? joined("citizenship"),
        address: joined("address"),
        remarks: joined("notes"),
      },
      parties: [
        {
          part: "subject",
          ids: [
            native(entity.id),
            ...identifiers(entity),
            ...named.slice(1).flatMap(({ raw, nameType }): Identifier[] => (nameType === "weak alias" ? [] : [{ type: "name", raw }])),
          ],
          name: main,
        },
      ],
    },
    ...named.slice(1).map(
      ({ raw, nameType }): Reading<"listing"> => ({
        kind: "listing",
        at: null,
        fields: { ...shared, nameType: nameType === "primary" ? "spelling" : nameType },
        parties: [{ part: "subject", ids: [native(entity.id)], name: raw }],
      }),
    ),
  ]
}

async function readAll(material: Material, sink: Sink, signal: AbortSignal): Promise<void> {
  const unknown = new Map<string, number>()
  for await (const unit of unitsOf(material)) {
    signal.throwIfAborted()
    sink.seen(1)
    const entity = unit.value === undefined ? null : entityOf(unit.value)
    if (entity === null) {
      const fault = unit.fault ?? {
        code: "unknown-structure",
        reason: "no FollowTheMoney entity: id, schema and properties are needed",
        snippet: JSON.stringify(unit.value).slice(0, 200),
      }
      sink.reject({ place: unit.place, ...fault })
      continue
    }
    if (!KNOWN.has(entity.schema)) unknown.set(entity.schema, (unknown.get(entity.schema) ?? 0) + 1)
    const [listed, ...names] = listings(entity)
    const reading = listed ?? read(entity)
    const place: Place = { ...unit.place, row: entity.id }
    const kept =
      reading.kind === "statement"
        ? {}
        : {
            extra: {
              schema: entity.schema,
              properties: entity.properties,
              ...(entity.dataset === null ? {} : { dataset: entity.dataset }),
            },
          }
    await sink.record({ ...reading, place, ...kept } as SourceRecord)
    for (const name of names) await sink.also({ ...name, place })
  }
  for (const [schema, n] of unknown) sink.note(`Schema ${schema} is not known: ${n} entities kept as statements with all properties.`)
}

export const ftmJson: Importer = {
  id: "ftm-json",
  version: 2,
  title: "FollowTheMoney entities (JSON lines)",
  unknowns: "Schemata that are not known are kept as statements with all their properties, and told.",
  async claim(material) {
    const text = Buffer.from(material.head).toString("utf8").slice(0, 4096)
    const first = /^[\s\uFEFF]*\[?\s*(\{[\s\S]*)/.exec(text)?.[1]
    if (
      first === undefined ||
      !/"schema"\s*:\s*"[A-Z][A-Za-z]+"/.test(first) ||
      !/"properties"\s*:\s*\{/.test(first) ||
      !/"id"\s*:\s*"/.test(first)
    )
      return null
    return { confidence: 0.9, why: "objects with id, schema and properties" }
  },
  read: (material, sink, context) => readAll(material, sink, context.signal),
}
