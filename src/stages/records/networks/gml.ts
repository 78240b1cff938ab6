import { linkedBy, type NetworkFormat, type WrittenEdge, type WrittenNetwork } from "./written.ts"

interface Token {
  word: string
  quoted: boolean
  line: number
}

/** A `key [ … ]` or `key value` of GML. */
interface Entry {
  key: string
  value: string | Entry[]
  line: number
}

const MOST_DEEP = 50

/** Graph Modelling Language (Himsolt 1997): nodes by id and label, edges by `source` and `target`, weight by `weight` or `value`. */
export const gml: NetworkFormat = {
  title: "GML",
  claims: (head) => /^\s*(?:#[^\n]*\n\s*|(?:creator|version|comment)\s[^\n]*\n\s*)*graph\s*\[/i.test(head),
  read(text) {
    const rejects: WrittenNetwork["rejects"] = []
    const entries = entriesOf(tokensOf(text)).flatMap((e) => (e.key === "graph" && Array.isArray(e.value) ? e.value : []))
    const field = (entry: Entry, key: string): string | undefined => {
      const found = Array.isArray(entry.value) ? entry.value.find((e) => e.key === key)?.value : undefined
      return typeof found === "string" ? found : undefined
    }
    // What says nothing of it has no direction, as the format has it.
    const directed = entries.some((e) => e.key === "directed" && e.value === "1")
    const nodes: { id: string; label: string }[] = []
    for (const entry of entries.filter((e) => e.key === "node")) {
      const id = field(entry, "id")
      if (id === undefined) rejects.push({ line: entry.line, reason: "a node needs an id", snippet: "node" })
      else nodes.push({ id, label: field(entry, "label") ?? "" })
    }
    const edges = entries
      .filter((e) => e.key === "edge")
      .map((e): WrittenEdge => {
        const weight = field(e, "weight") ?? field(e, "value")
        return { source: field(e, "source"), target: field(e, "target"), weight, directed, line: e.line }
      })
    return linkedBy(nodes, edges, rejects)
  },
}

function tokensOf(text: string): Token[] {
  let line = 1
  const out: Token[] = []
  for (const m of text.matchAll(/\n|#[^\n]*|"([^"]*)"|[[\]]|[^\s[\]"]+/g)) {
    if (m[0] === "\n") line++
    else if (!m[0].startsWith("#")) out.push({ word: m[1] ?? m[0], quoted: m[1] !== undefined, line })
    line += (m[1] ?? "").split("\n").length - 1
  }
  return out
}

function entriesOf(tokens: readonly Token[]): Entry[] {
  const root: Entry[] = []
  const open: Entry[][] = [root]
  for (let i = 0; i < tokens.length; i++) {
    const { word, quoted, line } = tokens[i]!
    if (!quoted && word === "]") {
      if (open.length > 1) open.pop()
      continue
    }
    const next = tokens[i + 1]
    if (next === undefined) break
    const key = word.toLowerCase()
    if (!next.quoted && next.word === "[") {
      const inside: Entry[] = []
      open.at(-1)!.push({ key, value: inside, line })
      if (open.length < MOST_DEEP) open.push(inside)
      i++
    } else if (next.quoted || next.word !== "]") {
      open.at(-1)!.push({ key, value: next.word, line })
      i++
    }
  }
  return root
}
