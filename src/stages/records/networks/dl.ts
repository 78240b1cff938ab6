import { calledBy, linesOf, linkedBy, matrixLinks, type NetworkFormat, type WrittenEdge, type WrittenNetwork, wordsOf } from "./written.ts"

const words = (line: string): string[] => wordsOf(line.replaceAll(",", " "))

const numbered = (labels: readonly string[]) => labels.map((label, i) => ({ id: String(i + 1), label }))

/** UCINET DL: `dl n = 3, format = fullmatrix | edgelist1 | nodelist1`, labels on their own or embedded, then `data:`. */
export const dl: NetworkFormat = {
  title: "UCINET DL",
  claims: (head) => /^\uFEFF?\s*dl\s+(?:n|nr|nm|format)\s*=?/i.test(head),
  read(text) {
    const rejects: WrittenNetwork["rejects"] = []
    const lines = linesOf(text)
    const begins = lines.findIndex((l) => /^\s*data\s*:/i.test(l))
    const head = (begins < 0 ? lines : lines.slice(0, begins)).join("\n")
    const format = /format\s*=\s*(\w+)/i.exec(head)?.[1]?.toLowerCase() ?? "fullmatrix"
    const count = Number(/\bn\s*=\s*(\d+)/i.exec(head)?.[1] ?? 0)
    const embedded = /labels\s+embedded/i.test(head)
    const listed = words(/\blabels\s*:([\s\S]*)$/i.exec(head)?.[1] ?? "")
    if (begins < 0 || !["fullmatrix", "edgelist1", "nodelist1"].includes(format)) {
      rejects.push({
        line: 1,
        reason: `a DL file of format ${format.slice(0, 40)} without data that can be read`,
        snippet: head.slice(0, 200),
      })
      return { links: [], nodes: [], rejects, shared: [] }
    }
    const data = lines
      .map((l, i) => ({ cells: words(i === begins ? l.replace(/^\s*data\s*:/i, "") : l), line: i + 1 }))
      .slice(begins)
      .filter((r) => r.cells.length > 0)
    if (format === "fullmatrix") {
      const across = embedded ? (data.shift()?.cells ?? []) : listed
      const labels = across.length > 0 ? across : Array.from({ length: count || data.length }, (_, i) => String(i + 1))
      const { names, shared } = calledBy(numbered(labels))
      const nodes = [...names.values()]
      return { nodes, shared, ...matrixLinks(embedded ? data.map((r) => ({ ...r, cells: r.cells.slice(1) })) : data, nodes) }
    }
    const given = listed.length > 0 ? listed : Array.from({ length: embedded ? 0 : Math.min(count, 1_000_000) }, () => "")
    const edges: WrittenEdge[] = []
    for (const { cells, line } of data) {
      const targets = format === "nodelist1" ? cells.slice(1) : [cells[1]]
      const weight = format === "nodelist1" ? undefined : cells[2]
      for (const target of targets) edges.push({ source: cells[0], target, weight, directed: true, line })
    }
    // Embedded labels are the ids; else nodes are called by their number in the list.
    const met = edges.flatMap((e) => [e.source, e.target]).filter((label) => label !== undefined)
    const nodes = embedded ? [...new Set([...given, ...met])].map((id) => ({ id, label: id })) : numbered(given)
    return linkedBy(nodes, edges, rejects)
  },
}
