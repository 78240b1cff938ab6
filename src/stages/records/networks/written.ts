import { dl } from "./dl.ts"
import { gml } from "./gml.ts"
import { graphml } from "./graphml.ts"
import { pajek } from "./pajek.ts"

/** One link as a network file writes it, with the line on which it stands. */
export interface WrittenLink {
  source: string
  target: string
  weight: number
  /** False where the file says that its links have no direction. */
  directed?: false
  line: number
}

/** What a network file says. Whoever has no link stands among the nodes all the same. */
export interface WrittenNetwork {
  links: WrittenLink[]
  nodes: string[]
  rejects: { line: number; reason: string; snippet: string }[]
}

/** A way to write networks that says itself what it is. */
export interface NetworkFormat {
  title: string
  claims(head: string): boolean
  /** Never throws: what cannot be read is a reject with its line. */
  read(text: string): WrittenNetwork
}

export const FORMATS: readonly NetworkFormat[] = [pajek, gml, graphml, dl]

/** A weight as written, a decimal comma among them; null for what is none. */
export function weightOf(word: string | undefined): number | null {
  if (word === undefined || word === "") return 1
  const figure = Number(word.replace(/^([-+]?\d*),(\d+)$/, "$1.$2"))
  return Number.isFinite(figure) ? figure : null
}

/** Words between blanks, in quotes where they hold blanks themselves. */
export const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"((?:[^"]|"")*)"|([^\s"]+)/g)].map((m) => (m[1] !== undefined ? m[1].replaceAll('""', '"') : m[2]!))

export const linesOf = (text: string): string[] => text.split(/\r\n|\n|\r/)

/** The links of the rows of a square matrix, cell (i, j) from i to j; a short or long row is a reject. */
export function matrixLinks(
  rows: readonly { cells: string[]; line: number }[],
  labels: readonly string[],
): Pick<WrittenNetwork, "links" | "rejects"> {
  const links: WrittenLink[] = []
  const rejects: WrittenNetwork["rejects"] = []
  for (const [i, { cells, line }] of rows.entries()) {
    const wrong = (reason: string) => rejects.push({ line, reason, snippet: cells.join(" ").slice(0, 200) })
    const source = labels[i]
    if (source === undefined || cells.length !== labels.length) {
      wrong(`${cells.length} cells where the matrix has ${labels.length}, or a row too many`)
      continue
    }
    for (const [j, cell] of cells.entries()) {
      const weight = weightOf(cell)
      if (weight === null) wrong(`"${cell.slice(0, 40)}" is no number`)
      else if (weight !== 0) links.push({ source, target: labels[j]!, weight, line })
    }
  }
  return { links, rejects }
}
