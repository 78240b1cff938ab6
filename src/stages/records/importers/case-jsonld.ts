import type { FieldsOf, KindName } from "#vocabulary/kinds"
import type { Identifier, Moment, Part, Party, Place, SourceRecord } from "#vocabulary/record"
import { readMoment } from "#vocabulary/time"
import type { Importer, Material, Sink } from "../importer.ts"
import { elements, JsonBreak, type JsonElement } from "../json-stream.ts"
import { directionOf, unread } from "../mapping/cells.ts"
import {
  type Context,
  contextOf,
  fullId,
  type GraphNode,
  graphNode,
  innerNodes,
  isObject,
  type JsonObject,
  localName,
} from "../mapping/graph-node.ts"

/**
 * CASE / UCO graphs in JSON-LD: `@graph`, a bare array of nodes, or a bundle that holds its nodes. One unit a node, facets belong to
 * theirs. Read twice: first the identities that nodes refer to (accounts, people, applications), then the records. Contexts are applied
 * as far as the file itself carries them; nothing is fetched.
 */
const MAX_INDEXED = 2_000_000

interface Identity {
  ids: Identifier[]
  name: string | null
  /** Accounts and addresses that this one points to. */
  refs: string[]
}

interface Found {
  element: JsonElement
  value: JsonObject | null
}

const ROOT_KEYS = ["@id", "@type", "uco-core:name", "uco-core:description", "rdfs:comment"]

/** Keys under which this file keeps its nodes: `@graph`, or `object` of whatever prefix it uses for the core ontology. */
function wantedOf(material: Material): { wanted: string[]; bundle: boolean } {
  const head = Buffer.from(material.head).toString("utf8")
  if (/^[\s\uFEFF]*\[/.test(head)) return { wanted: ["*"], bundle: false }
  if (/"@graph"\s*:/.test(head)) return { wanted: ["@context", "@graph.*"], bundle: false }
  const keys = new Set([
    "uco-core:object",
    "core:object",
    "object",
    ...[...head.matchAll(/"([\w-]+:object)"\s*:/g)].map((match) => match[1]!),
  ])
  return { wanted: ["@context", ...[...keys].map((key) => `${key}.*`), ...ROOT_KEYS], bundle: true }
}

const text = (node: GraphNode, ...names: string[]): string | null => {
  for (const name of names)
    for (const value of node.values.get(name) ?? []) if (typeof value !== "object" && String(value) !== "") return String(value)
  return null
}
const refs = (node: GraphNode, ...names: string[]): string[] =>
  names.flatMap((name) => (node.values.get(name) ?? []).flatMap((value) => (typeof value === "object" ? [value.ref] : [])))
const number = (node: GraphNode, ...names: string[]): number | null => {
  const raw = text(node, ...names)
  return raw === null || !Number.isFinite(Number(raw)) ? null : Number(raw)
}
const momentFrom = (node: GraphNode, ...names: string[]): Moment | null => {
  const raw = text(node, ...names)
  if (raw === null) return null
  const answer = readMoment(raw)
  return answer.ok ? answer.moment : unread(raw)
}

/** A node's own id: an address with a UUID means the same thing everywhere, any other only within this file. */
function native(id: string, context: Context): Identifier {
  return /[0-9a-f]{8}-[0-9a-f]{4}-/i.test(id) ? { type: "account", raw: fullId(id, context), platform: "case" } : { type: "alias", raw: id }
}

const IDENTITY =
  /Account$|^Person$|^Organization$|^Identity$|^EmailAddress$|^Application$|^Software$|^Device$|^MobileDevice$|^SIMCard$|^Contact$/

function identityOf(node: GraphNode): Identity {
  const ids: Identifier[] = []
  const add = (type: Identifier["type"], ...names: string[]) => {
    for (const name of names)
      for (const value of node.values.get(name) ?? [])
        if (typeof value !== "object" && String(value) !== "") ids.push({ type, raw: String(value) })
  }
  add("phone", "phoneNumber", "MSISDN")
  add("imsi", "IMSI")
  add("imei", "IMEI")
  add("iccid", "ICCID")
  if (node.facets.includes("EmailAddressFacet")) add("email", "addressValue")
  const names = [text(node, "givenName", "firstName"), text(node, "familyName", "lastName")].filter((part): part is string => part !== null)
  const name = text(node, "displayName") ?? (names.length > 0 ? names.join(" ") : text(node, "name"))
  return { ids, name, refs: refs(node, "emailAddress", "phoneNumber", "IMSI", "application", "accountIssuer") }
}

class Index {
  readonly #identities = new Map<string, Identity & { account: string | null; login: string[]; isPlatform: boolean }>()
  readonly context: Context
  full = false
  constructor(context: Context) {
    this.context = context
  }

  add(node: GraphNode): void {
    if (node.id === null || !node.types.some((type) => IDENTITY.test(type))) return
    if (this.#identities.size >= MAX_INDEXED) {
      this.full = true
      return
    }
    const logins = (node.values.get("accountLogin") ?? []).filter((value): value is string => typeof value === "string")
    const isPlatform = node.types.some((type) => type === "Application" || type === "Software" || type === "Organization")
    this.#identities.set(node.id, { ...identityOf(node), account: text(node, "accountIdentifier"), login: logins, isPlatform })
  }

  /** The platform of an account: the application's or the issuer's name. */
  platform(id: string | undefined): string | undefined {
    const known = id === undefined ? undefined : this.#identities.get(id)
    return known?.isPlatform === true && known.name !== null ? known.name.toLowerCase() : undefined
  }

  party(part: Part, id: string): Party {
    const known = this.#identities.get(id)
    if (known === undefined) return { part, ids: [native(id, this.context)], name: null }
    const ids = [native(id, this.context), ...known.ids]
    const platform = known.refs.map((ref) => this.platform(ref)).find((name) => name !== undefined)
    for (const ref of known.refs) {
      const other = this.#identities.get(ref)
      if (other !== undefined && !other.isPlatform) ids.push(...other.ids)
    }
    const on = platform === undefined ? {} : { platform }
    if (known.account !== null && !ids.some((held) => held.raw === known.account))
      ids.push({ type: /^[^\s@]+@[^\s@]+$/.test(known.account) ? "email" : "account", raw: known.account, ...on })
    for (const login of known.login) if (!ids.some((held) => held.raw === login)) ids.push({ type: "handle", raw: login, ...on })
    return { part, ids, name: known.name }
  }
}

interface Reading<K extends KindName = KindName> {
  kind: K
  at: Moment | null
  fields: FieldsOf<K>
  parties: Party[]
}

function hashOf(value: JsonObject, method: RegExp, context: Context): string | null {
  let found: string | null = null
  const walk = (at: unknown): void => {
    if (Array.isArray(at)) at.forEach(walk)
    else if (isObject(at)) {
      const entries = new Map(Object.entries(at).map(([key, inner]) => [localName(key, context), inner]))
      const unwrapped = (name: string) => {
        const inner = entries.get(name)
        return String((isObject(inner) ? inner["@value"] : inner) ?? "")
      }
      if (entries.has("hashValue") && method.test(unwrapped("hashMethod"))) found ??= unwrapped("hashValue").toLowerCase()
      for (const inner of entries.values()) walk(inner)
    }
  }
  walk(value)
  return found
}

function statement(node: GraphNode, value: JsonObject, index: Index): Reading<"statement"> {
  const sources = refs(node, "source")
  const targets = refs(node, "target")
  const link = node.types.some((type) => /Relationship$/.test(type))
  const person = node.types.some((type) => IDENTITY.test(type))
  const parties: Party[] = link
    ? [...sources.map((id) => index.party("source", id)), ...targets.map((id) => index.party("target", id))]
    : person && node.id !== null
      ? [index.party("subject", node.id)]
      : []
  const { "@context": _, ...properties } = value
  return {
    kind: "statement",
    at: momentFrom(node, "startTime", "objectCreatedTime", "observableCreatedTime"),
    fields: {
      schema: node.types.join(", ") || null,
      nativeId: node.id,
      caption: text(node, "name", "kindOfRelationship", "fileName"),
      properties,
      summary: text(node, "description", "comment"),
      sourceRef: link ? (sources[0] ?? null) : null,
      targetRef: link ? (targets[0] ?? null) : null,
    },
    parties,
  }
}

function read(node: GraphNode, value: JsonObject, index: Index): Reading {
  const facet = (...names: string[]) => names.some((name) => node.facets.includes(name))
  const app =
    refs(node, "application")
      .map((id) => index.platform(id))
      .find((name) => name !== undefined) ?? null
  const parties = (part: Part, ...names: string[]) => refs(node, ...names).map((id) => index.party(part, id))
  const own = (part: Part): Party[] => (node.id === null ? [] : [index.party(part, node.id)])
  const nativeId = node.id
  if (facet("CallFacet", "PhoneCallFacet")) {
    const from = parties("caller", "from")
    const direction = text(node, "callType")
    const word = direction === null ? null : directionOf(direction)
    return {
      kind: "call",
      at: momentFrom(node, "startTime"),
      fields: {
        app,
        direction: word === "in" || word === "out" ? word : null,
        outcome: direction,
        durationS: number(node, "duration"),
        nativeId,
      },
      parties: [...from, ...parties(from.length === 0 ? "participant" : "callee", "to"), ...parties("participant", "participant")],
    }
  }
  if (facet("MessageFacet", "SMSMessageFacet", "EmailMessageFacet")) {
    const email = facet("EmailMessageFacet")
    const sms = node.types.some((type) => /^SMS/.test(type))
    return {
      kind: "message",
      at: momentFrom(node, "sentTime", "receivedTime"),
      fields: {
        app: email ? "email" : sms ? "sms" : app,
        body: text(node, "messageText", "body"),
        subject: text(node, "subject"),
        nativeId,
      },
      parties: [...parties("sender", "from", "sender"), ...parties("recipient", "to", "cc", "bcc")],
    }
  }
  if (facet("ContactFacet"))
    return {
      kind: "contact",
      at: null,
      fields: {
        label: identityOf(node).name,
        organisation: text(node, "contactOrganization", "organization"),
        note: text(node, "contactNote"),
        source: app,
      },
      parties: own("contact"),
    }
  if (facet("SIMCardFacet", "MobileDeviceFacet", "DeviceFacet"))
    return {
      kind: "device",
      at: null,
      fields: {
        make:
          refs(node, "manufacturer")
            .map((id) => index.party("owner", id).name)
            .find((name) => name !== null) ?? text(node, "manufacturer"),
        model: text(node, "model"),
        serial: text(node, "serialNumber"),
        imei: text(node, "IMEI"),
        imsi: text(node, "IMSI"),
        iccid: text(node, "ICCID"),
        msisdn: text(node, "MSISDN"),
      },
      parties: own("owner"),
    }
  if (node.facets.some((name) => /Account(?:Authentication)?Facet$/.test(name)))
    return {
      kind: "account",
      at: null,
      fields: {
        platform:
          app ??
          refs(node, "accountIssuer")
            .map((id) => index.platform(id))
            .find((name) => name !== undefined) ??
          null,
        username: text(node, "accountLogin"),
        displayName: text(node, "displayName"),
        createdAt: momentFrom(node, "observableCreatedTime")?.ms ?? null,
        nativeId: text(node, "accountIdentifier") ?? nativeId,
      },
      parties: own("owner"),
    }
  if (facet("FileFacet"))
    return {
      kind: "file",
      at: momentFrom(node, "modifiedTime"),
      fields: {
        path: text(node, "filePath", "fileName"),
        sha256: hashOf(value, /^SHA-?256$/i, index.context),
        md5: hashOf(value, /^MD5$/i, index.context),
        sizeBytes: number(node, "sizeInBytes"),
        mediaType: text(node, "mimeType"),
        modifiedAt: momentFrom(node, "modifiedTime")?.ms ?? null,
      },
      parties: [],
    }
  if (facet("LatLongCoordinatesFacet")) {
    const place = ["street", "locality", "region", "postalCode", "country"].flatMap((name) => text(node, name) ?? []).join(", ")
    return {
      kind: "location",
      at: momentFrom(node, "startTime"),
      fields: {
        lat: number(node, "latitude"),
        lon: number(node, "longitude"),
        altitudeM: number(node, "altitude"),
        placeName: place || text(node, "name"),
      },
      parties: [],
    }
  }
  return statement(node, value, index)
}

/** Each wanted value of the file; the last one may be the break. */
async function* walk(material: Material, wanted: readonly string[]): AsyncGenerator<Found | JsonBreak> {
  try {
    for await (const element of elements(material.open(), wanted))
      yield { element, value: isObject(element.value) && element.fault === undefined && element.sound ? element.value : null }
  } catch (error) {
    if (!(error instanceof JsonBreak)) throw error
    yield error
  }
}

async function readAll(material: Material, sink: Sink, signal: AbortSignal): Promise<void> {
  const { wanted, bundle } = wantedOf(material)
  let context: Context = {}
  const root: JsonObject = {}
  let rootEnd = 0
  const isNode = (found: Found) =>
    !(found.element.path.length === 1 && (found.element.path[0] === "@context" || (bundle && typeof found.element.path[0] === "string")))
  for await (const found of walk(material, wanted)) {
    signal.throwIfAborted()
    if (found instanceof JsonBreak || isNode(found)) continue
    if (found.element.path[0] === "@context") context = contextOf(found.element.value)
    else root[String(found.element.path[0])] = found.element.value
    rootEnd = Math.max(rootEnd, found.element.byteEnd)
  }
  const index = new Index(context)
  const each = (value: JsonObject, use: (node: JsonObject) => void): void => {
    use(value)
    for (const inner of innerNodes(value, context)) each(inner, use)
  }
  for await (const found of walk(material, wanted))
    if (!(found instanceof JsonBreak) && isNode(found) && found.value !== null)
      each(found.value, (value) => index.add(graphNode(value, context)))
  if (index.full) sink.note(`More than ${MAX_INDEXED} identities: later ones are referred to by their ids only.`)

  const emit = async (value: JsonObject, place: Place): Promise<void> => {
    sink.seen(1)
    const node = graphNode(value, context)
    const reading = read(node, value, index)
    const kept = reading.kind === "statement" ? {} : { extra: { schema: node.types.join(", "), properties: value } }
    await sink.record({ ...reading, place: { ...place, row: node.id ?? place.row }, ...kept } as SourceRecord)
  }
  if ("@id" in root || "@type" in root) await emit(root, { file: material.file, byteStart: 0, byteEnd: rootEnd })
  for await (const found of walk(material, wanted)) {
    signal.throwIfAborted()
    if (found instanceof JsonBreak) {
      sink.seen(1)
      sink.reject({
        place: { file: material.file, byteStart: found.byteStart, byteEnd: material.sizeBytes },
        code: found.code,
        reason: found.message,
        snippet: found.snippet,
      })
      continue
    }
    if (!isNode(found)) continue
    const { element, value } = found
    const place: Place = { file: material.file, row: `/${element.path.join("/")}`, byteStart: element.byteStart, byteEnd: element.byteEnd }
    if (value === null) {
      sink.seen(1)
      const fault =
        element.fault ??
        (element.sound
          ? { code: "unknown-structure", reason: "the element is no node", snippet: JSON.stringify(element.value).slice(0, 200) }
          : { code: "encoding", reason: "bytes that are not UTF-8", snippet: "" })
      sink.reject({ place, ...fault })
      continue
    }
    const nodes: JsonObject[] = []
    each(value, (node) => nodes.push(node))
    for (const node of nodes) await emit(node, place)
  }
}

export const caseJsonld: Importer = {
  id: "case-jsonld",
  version: 1,
  title: "CASE / UCO graph (JSON-LD)",
  unknowns:
    "Types that have no kind here are kept as statements with all their properties; contexts that are only addresses are not fetched.",
  async claim(material) {
    const head = Buffer.from(material.head).toString("utf8")
    if (!/^[\s\uFEFF]*[[{]/.test(head)) return null
    if (/unifiedcyberontology\.org|caseontology\.org|"(?:uco|case)-[a-z]+:/.test(head))
      return { confidence: 0.92, why: "words of the CASE and UCO ontologies" }
    return /"@graph"\s*:|"@context"\s*:/.test(head) ? { confidence: 0.4, why: "a JSON-LD graph" } : null
  },
  read: (material, sink, context) => readAll(material, sink, context.signal),
}
