import { linesOf, matrixLinks, type NetworkFormat, type WrittenNetwork, weightOf, wordsOf } from "./written.ts"

const words = (line: string): string[] => wordsOf(line.replaceAll(",", " "))

/** UCINET DL: `dl n = 3, format = fullmatrix | edgelist1 | nodelist1`, labels on their own or embedded, then `data:`. */
export const dl: NetworkFormat = {
  title: "UCINET DL",
  claims: (head) => /^\uFEFF?\s*dl\s+(?:n|nr|nm|format)\s*=?/i.test(head),
  read(text) {
    const out: WrittenNetwork = { links: [], nodes: [], rejects: [] }
    const lines = linesOf(text)
    const begins = lines.findIndex((l) => /^\s*data\s*:/i.test(l))
    const head = (begins < 0 ? lines : lines.slice(0, begins)).join("\n")
    const format = /format\s*=\s*(\w+)/i.exec(head)?.[1]?.toLowerCase() ?? "fullmatrix"
    const count = Number(/\bn\s*=\s*(\d+)/i.exec(head)?.[1] ?? 0)
    const embedded = /labels\s+embedded/i.test(head)
    const listed = words(/\blabels\s*:([\s\S]*)$/i.exec(head)?.[1] ?? "")
    if (begins < 0 || !["fullmatrix", "edgelist1", "nodelist1"].includes(format)) {
      out.rejects.push({
        line: 1,
        reason: `a DL file of format ${format.slice(0, 40)} without data that can be read`,
        snippet: head.slice(0, 200),
      })
      return out
    }
    const data = lines
      .map((l, i) => ({ cells: words(i === begins ? l.replace(/^\s*data\s*:/i, "") : l), line: i + 1 }))
      .slice(begins)
      .filter((r) => r.cells.length > 0)
    if (format === "fullmatrix") {
      const across = embedded ? (data.shift()?.cells ?? []) : listed
      const labels = across.length > 0 ? across : Array.from({ length: count || data.length }, (_, i) => String(i + 1))
      const rows = embedded ? data.map((r) => ({ ...r, cells: r.cells.slice(1) })) : data
      return { nodes: labels, ...matrixLinks(rows, labels) }
    }
    const labels = listed.length > 0 || embedded ? listed : Array.from({ length: Math.min(count, 1_000_000) }, (_, i) => String(i + 1))
    const name = (word: string | undefined): string | undefined => (embedded ? word : labels[Number(word) - 1])
    for (const { cells, line } of data) {
      const wrong = (reason: string) => out.rejects.push({ line, reason, snippet: cells.join(" ").slice(0, 200) })
      const source = name(cells[0])
      const targets = (format === "nodelist1" ? cells.slice(1) : [cells[1]]).map(name)
      const weight = format === "nodelist1" ? 1 : weightOf(cells[2])
      if (source === undefined || targets.includes(undefined)) wrong("there is nobody of that number")
      else if (weight === null) wrong("the weight is no number")
      else for (const target of targets) out.links.push({ source, target: target!, weight, line })
    }
    return { ...out, nodes: labels }
  },
}
