import { calledBy, linesOf, linkedBy, matrixLinks, type NetworkFormat, type WrittenEdge, type WrittenNetwork, wordsOf } from "./written.ts"

/** Pajek (.net): `*Vertices`, then `*Arcs`, `*Edges`, `*Arcslist`, `*Edgeslist` or `*Matrix`, by number of vertex; `%` begins a comment. */
export const pajek: NetworkFormat = {
  title: "Pajek",
  claims: (head) => /^\s*(?:%[^\n]*\n\s*)*\*(?:vertices|network)\b/i.test(head),
  read(text) {
    const rejects: WrittenNetwork["rejects"] = []
    const nodes: { id: string; label: string }[] = []
    const edges: WrittenEdge[] = []
    const rows: { cells: string[]; line: number }[] = []
    let part = ""
    for (const [i, written] of linesOf(text).entries()) {
      const line = i + 1
      const words = wordsOf(written)
      const [first] = words
      if (first === undefined || first.startsWith("%")) continue
      const wrong = (reason: string) => rejects.push({ line, reason, snippet: written.slice(0, 200) })
      if (first.startsWith("*")) {
        part = first.slice(1).toLowerCase()
        // Vertices of which only the number is given are called by it.
        if (part === "vertices")
          for (let n = 0; n < Math.min(Number(words[1]) || 0, 1_000_000); n++) nodes.push({ id: String(nodes.length + 1), label: "" })
        continue
      }
      const vertex = (word: string | undefined) => nodes[Number(word) - 1]
      if (part === "vertices") {
        const own = vertex(first)
        if (own === undefined) wrong("there is no vertex of that number")
        else own.label = words[1] ?? ""
      } else if (part === "matrix") rows.push({ cells: words, line })
      else if (part === "arcslist" || part === "edgeslist" || part === "arcs" || part === "edges") {
        const list = part.endsWith("list")
        const targets = list ? words.slice(1) : [words[1]]
        if (targets.length === 0 || [first, ...targets].some((word) => vertex(word) === undefined))
          wrong("there is no vertex of that number")
        else
          for (const target of targets)
            edges.push({
              source: vertex(first)!.id,
              target: vertex(target)!.id,
              weight: list ? undefined : words[2],
              directed: part.startsWith("arcs"),
              line,
            })
      } else if (part !== "network") wrong("no part of a network is called so")
    }
    const out = linkedBy(nodes, edges, rejects)
    const matrix = matrixLinks(rows, [...calledBy(nodes).names.values()])
    return { ...out, links: [...out.links, ...matrix.links], rejects: [...rejects, ...matrix.rejects] }
  },
}
