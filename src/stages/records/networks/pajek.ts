import { linesOf, matrixLinks, type NetworkFormat, type WrittenNetwork, weightOf, wordsOf } from "./written.ts"

/** Pajek (.net): `*Vertices`, then `*Arcs`, `*Edges`, `*Arcslist`, `*Edgeslist` or `*Matrix`, by number of vertex; `%` begins a comment. */
export const pajek: NetworkFormat = {
  title: "Pajek",
  claims: (head) => /^\s*(?:%[^\n]*\n\s*)*\*(?:vertices|network)\b/i.test(head),
  read(text) {
    const out: WrittenNetwork = { links: [], nodes: [], rejects: [] }
    const labels: string[] = []
    const rows: { cells: string[]; line: number }[] = []
    let part = ""
    for (const [i, written] of linesOf(text).entries()) {
      const line = i + 1
      const words = wordsOf(written)
      const [first] = words
      if (first === undefined || first.startsWith("%")) continue
      const wrong = (reason: string) => out.rejects.push({ line, reason, snippet: written.slice(0, 200) })
      if (first.startsWith("*")) {
        part = first.slice(1).toLowerCase()
        // Vertices of which only the number is given are called by it.
        if (part === "vertices") for (let n = 0; n < Math.min(Number(words[1]) || 0, 1_000_000); n++) labels.push(String(n + 1))
        continue
      }
      const name = (word: string | undefined): string | undefined => labels[Number(word) - 1]
      if (part === "vertices") {
        if (name(first) === undefined) wrong("there is no vertex of that number")
        else if (words[1] !== undefined) labels[Number(first) - 1] = words[1].trim()
      } else if (part === "matrix") rows.push({ cells: words, line })
      else if (part === "arcslist" || part === "edgeslist" || part === "arcs" || part === "edges") {
        const list = part.endsWith("list")
        const weight = list ? 1 : weightOf(words[2])
        const source = name(first)
        const targets = (list ? words.slice(1) : [words[1]]).map(name)
        if (source === undefined || targets.length === 0 || targets.includes(undefined)) wrong("there is no vertex of that number")
        else if (weight === null) wrong("the weight is no number")
        else
          for (const target of targets)
            out.links.push({ source, target: target!, weight, line, ...(part.startsWith("edges") ? { directed: false as const } : {}) })
      } else if (part !== "network") wrong("no part of a network is called so")
    }
    const matrix = matrixLinks(rows, labels)
    out.links.push(...matrix.links)
    out.rejects.push(...matrix.rejects)
    return { ...out, nodes: labels }
  },
}
