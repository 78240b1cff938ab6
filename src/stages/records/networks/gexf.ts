import { SaxesParser } from "saxes"
import { linkedBy, type NetworkFormat, type WrittenEdge, type WrittenNetwork } from "./written.ts"

/**
 * GEXF (Gephi; 1.1 to 1.3): nodes by id and label, edges by `source`, `target`, `weight` and `type`; without a type as the graph's
 * `defaultedgetype`, which is undirected where nothing is said. A mutual edge goes both ways. Nested nodes stand beside the others.
 */
export const gexf: NetworkFormat = {
  title: "GEXF",
  claims: (head) => /^\uFEFF?\s*(?:<\?xml[^>]*\?>\s*|<!--[\s\S]*?-->\s*)*<gexf\b/.test(head),
  read(text) {
    const rejects: WrittenNetwork["rejects"] = []
    const nodes: { id: string; label: string }[] = []
    const edges: WrittenEdge[] = []
    let byDefault = "undirected"
    const parser = new SaxesParser()
    parser.on("opentag", ({ name, attributes }) => {
      const at = (attribute: string): string | undefined =>
        attributes[attribute] === undefined ? undefined : String(attributes[attribute])
      if (name === "graph") byDefault = at("defaultedgetype") ?? byDefault
      else if (name === "node" && at("id") !== undefined) nodes.push({ id: at("id")!, label: at("label") ?? "" })
      else if (name === "edge") {
        const directed = (at("type") ?? byDefault) === "directed"
        edges.push({ source: at("source"), target: at("target"), weight: at("weight"), directed, line: parser.line })
      }
    })
    parser.on("error", (error) => {
      if (rejects.length < 100) rejects.push({ line: parser.line, reason: "the XML is broken", snippet: error.message.slice(0, 200) })
    })
    parser.write(text.replace(/^\uFEFF/, "")).close()
    return linkedBy(nodes, edges, rejects)
  },
}
