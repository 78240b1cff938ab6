/** Nodes of a JSON-LD graph by local names: what stands behind the last `:`, `/` or `#` after the file's own context is applied. */

export type Context = Readonly<Record<string, string>>

/** Terms and prefixes of an inline `@context`. One that is only an address is not fetched: local names do without it. */
export function contextOf(value: unknown): Context {
  const out: Record<string, string> = {}
  for (const part of Array.isArray(value) ? value : [value]) {
    if (typeof part !== "object" || part === null) continue
    for (const [term, meaning] of Object.entries(part as Record<string, unknown>)) {
      const iri =
        typeof meaning === "string"
          ? meaning
          : typeof meaning === "object" && meaning !== null
            ? (meaning as Record<string, unknown>)["@id"]
            : undefined
      if (typeof iri === "string") out[term] = iri
    }
  }
  return out
}

/** `uco-observable:CallFacet`, `https://…/observable/CallFacet`, or a term that the context maps → `CallFacet`. */
export function localName(term: string, context: Context): string {
  const meant = term.includes(":") ? term : (context[term] ?? term)
  return /[^:/#]*$/.exec(meant)?.[0] || term
}

/** `kb:x` → its full address by the context's prefix. */
export function fullId(id: string, context: Context): string {
  const at = id.indexOf(":")
  const base = at < 0 ? undefined : context[id.slice(0, at)]
  return base === undefined || id.startsWith("_:") ? id : base + id.slice(at + 1)
}

export type JsonObject = Record<string, unknown>
export const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value)
const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])

/** A node with its facets' properties laid together; values unwrapped from `@value`, references as `{ref}`. */
export interface GraphNode {
  id: string | null
  types: string[]
  facets: string[]
  values: Map<string, (string | number | boolean | { ref: string })[]>
}

function plain(value: unknown): string | number | boolean | { ref: string } | null {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value
  if (!isObject(value)) return null
  if ("@value" in value) return plain(value["@value"])
  return typeof value["@id"] === "string" ? { ref: value["@id"] } : null
}

function typesOf(value: JsonObject, context: Context): string[] {
  return listed(value["@type"] ?? []).flatMap((type) => (typeof type === "string" ? [localName(type, context)] : []))
}

export function graphNode(value: JsonObject, context: Context): GraphNode {
  const node: GraphNode = {
    id: typeof value["@id"] === "string" ? value["@id"] : null,
    types: typesOf(value, context),
    facets: [],
    values: new Map(),
  }
  const take = (from: JsonObject) => {
    for (const [key, inner] of Object.entries(from)) {
      if (key.startsWith("@")) continue
      const name = localName(key, context)
      if (name === "hasFacet" || name === "facets") {
        for (const facet of listed(inner)) {
          if (!isObject(facet)) continue
          node.facets.push(...typesOf(facet, context))
          take(facet)
        }
        continue
      }
      const values = listed(inner).flatMap((item) => plain(item) ?? [])
      if (values.length > 0) node.values.set(name, [...(node.values.get(name) ?? []), ...values])
    }
  }
  take(value)
  return node
}

/** Nodes that a bundle, investigation or group holds inside itself (`core:object`), not those it only refers to. */
export function innerNodes(value: JsonObject, context: Context): JsonObject[] {
  return Object.entries(value)
    .filter(([key]) => localName(key, context) === "object")
    .flatMap(([, inner]) => listed(inner))
    .filter((inner): inner is JsonObject => isObject(inner) && "@type" in inner && !("@value" in inner))
}
