import { SaxesParser } from "saxes"
import { linkedBy, type NetworkFormat, type WrittenEdge, type WrittenNetwork } from "./written.ts"

/** GraphML (Brandes et al. 2002): nodes by id or a key called label or name, weight by a key called weight. Nested graphs are read as one. */
export const graphml: NetworkFormat = {
  title: "GraphML",
  claims: (head) => /^\uFEFF?\s*(?:<\?xml[^>]*\?>\s*|<!--[\s\S]*?-->\s*)*<graphml\b/.test(head),
  read(text) {
    const rejects: WrittenNetwork["rejects"] = []
    const meaning = new Map<string, string>()
    const labels = new Map<string, string>()
    const edges: WrittenEdge[] = []
    let byDefault = true
    let node: string | null = null
    let edge: WrittenEdge | null = null
    let key = ""
    let words = ""
    const parser = new SaxesParser()
    parser.on("opentag", ({ name, attributes: a }) => {
      const at = (attribute: string): string => String(a[attribute] ?? "")
      if (name === "key") meaning.set(at("id"), at("attr.name").toLowerCase())
      else if (name === "graph") byDefault = at("edgedefault") !== "undirected"
      else if (name === "node") {
        node = at("id")
        labels.set(node, "")
      } else if (name === "edge") {
        const directed = at("directed") === "" ? byDefault : at("directed") !== "false"
        edge = { source: at("source"), target: at("target"), weight: undefined, directed, line: parser.line }
        edges.push(edge)
      } else if (name === "data") {
        key = meaning.get(at("key")) ?? at("key").toLowerCase()
        words = ""
      }
    })
    parser.on("text", (more) => {
      words += more
    })
    parser.on("closetag", ({ name }) => {
      if (name === "data" && edge && (key === "weight" || key === "value")) edge.weight = words.trim()
      else if (name === "data" && node !== null && !edge && (key === "label" || key === "name") && words.trim() !== "")
        labels.set(node, words.trim())
      else if (name === "node") node = null
      else if (name === "edge") edge = null
    })
    parser.on("error", (error) => {
      if (rejects.length < 100) rejects.push({ line: parser.line, reason: "the XML is broken", snippet: error.message.slice(0, 200) })
    })
    parser.write(text.replace(/^\uFEFF/, "")).close()
    return linkedBy(
      [...labels].map(([id, label]) => ({ id, label })),
      edges,
      rejects,
    )
  },
}
