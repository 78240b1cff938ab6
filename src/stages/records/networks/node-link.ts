import { Readable } from "node:stream"
import { elements, JsonBreak, type JsonElement } from "../json-stream.ts"
import { linkedBy, type NetworkFormat, type WrittenEdge, type WrittenNetwork } from "./written.ts"

type Fields = Record<string, unknown>

const NODES = ["nodes.*", "elements.nodes.*", "graph.nodes.*"]
const EDGES = ["links.*", "edges.*", "elements.edges.*", "graph.edges.*"]
/** Where a file says of all its links whether they have a direction. */
const WAYS = ["directed", "graph.directed", "options.type", "graph.defaultedgetype"]

/** A node or link with what stands one level below it: `data` of Cytoscape, `attributes` of graphology. */
function fieldsOf(value: unknown): Fields {
  if (typeof value !== "object" || value === null) return {}
  const { data, attributes, ...own } = value as Fields
  return { ...(attributes as Fields | undefined), ...(data as Fields | undefined), ...own }
}

/** The first of these fields that holds a word or a number, as text. */
function text(fields: Fields, ...names: string[]): string | undefined {
  const value = names.map((name) => fields[name]).find((v) => typeof v === "string" || typeof v === "number")
  return value === undefined ? undefined : String(value)
}

/** Where a link ends: an id, or the node itself as a layout leaves it there. */
const end = (fields: Fields, ...names: string[]): string | undefined =>
  text(fields, ...names) ?? names.map((name) => text(fieldsOf(fields[name]), "id", "key", "name")).find((id) => id !== undefined)

/**
 * Nodes and links in JSON, as NetworkX, D3, vis.js, Cytoscape and graphology write them. Nodes without an id are counted from 0, as D3 does, or
 * go by a name that is theirs alone; where no nodes are listed, the ends of links are they. A link's place is its bytes.
 */
export const nodeLink: NetworkFormat = {
  title: "nodes and links in JSON",
  claims: (head) =>
    /^\uFEFF?\s*\{/.test(head) &&
    (/"nodes"\s*:\s*[[{]/.test(head) || /"(?:links|edges)"\s*:\s*\[\s*\{\s*"(?:source|from|target|to)"/.test(head)),
  async read(written) {
    const nodes: { id: string; label: string }[] = []
    const edges: WrittenEdge[] = []
    const rejects: WrittenNetwork["rejects"] = []
    let directed = false
    const take = ({ path, value, byteStart, byteEnd, fault }: JsonElement): void => {
      const bytes = { start: byteStart, end: byteEnd }
      const list = path.find((step) => step === "nodes" || step === "links" || step === "edges")
      if (fault) rejects.push({ bytes, reason: fault.reason, snippet: fault.snippet })
      else if (list === undefined) directed ||= value === true || value === "directed"
      else if (list === "nodes") {
        const fields = fieldsOf(value)
        const id = text(fields, "id", "key") ?? (typeof value === "object" ? String(nodes.length) : String(value))
        nodes.push({ id, label: text(fields, "label", "name", "title", "caption") ?? "" })
      } else {
        const fields = fieldsOf(value)
        edges.push({
          source: end(fields, "source", "from"),
          target: end(fields, "target", "to"),
          weight: text(fields, "weight", "value"),
          directed,
          bytes,
        })
      }
    }
    try {
      for await (const element of elements(Readable.from([Buffer.from(written)]), [...NODES, ...EDGES, ...WAYS])) take(element)
    } catch (error) {
      if (!(error instanceof JsonBreak)) throw error
      rejects.push({ bytes: { start: error.byteStart, end: error.offset }, reason: error.message, snippet: error.snippet })
    }
    const ids = new Set(nodes.map(({ id }) => id))
    const bearers = Map.groupBy(nodes, ({ label }) => label)
    const called = (end: string | undefined) => {
      const byName = end === undefined || ids.has(end) ? [] : (bearers.get(end) ?? [])
      return byName.length === 1 ? byName[0]!.id : end
    }
    // What is said of directions may stand behind the links.
    const links = edges.map((e) => ({ ...e, source: called(e.source), target: called(e.target), directed }))
    const met = new Set(nodes.length > 0 ? [] : links.flatMap((e) => [e.source ?? [], e.target ?? []].flat()))
    return linkedBy([...nodes, ...[...met].map((id) => ({ id, label: "" }))], links, rejects)
  },
}
