import { dl } from "./dl.ts"
import { gexf } from "./gexf.ts"
import { gml } from "./gml.ts"
import { graphml } from "./graphml.ts"
import { nodeLink } from "./node-link.ts"
import { pajek } from "./pajek.ts"

/** The line on which something stands, or its bytes in the text as UTF-8. */
export type WrittenPlace = { line: number; bytes?: never } | { line?: never; bytes: { start: number; end: number } }

/** One link as a network file writes it. */
export type WrittenLink = WrittenPlace & {
  source: string
  target: string
  weight: number
  /** False where the file says that its links have no direction. */
  directed?: false
}

/** What a network file says. Whoever has no link stands among the nodes all the same. */
export interface WrittenNetwork {
  links: WrittenLink[]
  nodes: string[]
  rejects: (WrittenPlace & { reason: string; snippet: string })[]
  /** Labels that several nodes bear. */
  shared: string[]
}

/** A link by the ids of its ends, as they are written. */
export type WrittenEdge = WrittenPlace & {
  source: string | undefined
  target: string | undefined
  weight: string | undefined
  directed: boolean
}

/** A way to write networks that says itself what it is. */
export interface NetworkFormat {
  title: string
  claims(head: string): boolean
  /** Never throws: what cannot be read is a reject with its place. */
  read(text: string): WrittenNetwork | Promise<WrittenNetwork>
}

export const FORMATS: readonly NetworkFormat[] = [pajek, gml, graphml, gexf, dl, nodeLink]

/**
 * What each node is called: its label, or its id where it has none. Two nodes of one label are two people: their ids stand behind it. A later
 * node of an id that was there names the same one anew.
 */
export function calledBy(nodes: Iterable<{ id: string; label: string }>): { names: Map<string, string>; shared: string[] } {
  const labels = new Map<string, string>()
  for (const { id, label } of nodes) labels.set(id, label.trim() || id)
  const bearers = Map.groupBy(labels.keys(), (id) => labels.get(id)!)
  const shared = [...bearers].filter(([, ids]) => ids.length > 1).map(([label]) => label)
  const names = new Map([...labels].map(([id, label]) => [id, bearers.get(label)!.length > 1 ? `${label} (${id})` : label]))
  return { names, shared }
}

/** A network of nodes with ids and of links between ids. */
export function linkedBy(
  nodes: Iterable<{ id: string; label: string }>,
  edges: Iterable<WrittenEdge>,
  rejects: WrittenNetwork["rejects"],
): WrittenNetwork {
  const { names, shared } = calledBy(nodes)
  const links: WrittenLink[] = []
  for (const { source, target, weight, directed, ...place } of edges) {
    const [from, to, figure] = [names.get(source ?? ""), names.get(target ?? ""), weightOf(weight)]
    if (from === undefined || to === undefined || figure === null)
      rejects.push({ ...place, reason: "an edge needs two nodes that are there, and a number for weight", snippet: "edge" })
    else links.push({ source: from, target: to, weight: figure, ...place, ...(directed ? {} : { directed: false as const }) })
  }
  return { links, nodes: [...names.values()], rejects, shared }
}

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
