/** Counts in how many people's names a word stands: individuals of OFAC's list (`ofac-sdn.csv`, public domain). */
import { readFileSync } from "node:fs"
import Papa from "papaparse"

const LEAST = 3
const SHORTEST = 3

/** The table as it stands in the product: a count a line, then the words. */
export function bearersTable(path: string): string {
  const rows = Papa.parse<string[]>(readFileSync(path, "utf8"), { skipEmptyLines: true }).data.filter((r) => r[2]?.trim() === "individual")
  const counts = new Map<string, number>()
  for (const [, name] of rows) {
    const plain = name!.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("'", "")
    for (const word of new Set(plain.match(/[a-z]+/g) ?? [])) if (word.length >= SHORTEST) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const byCount = Map.groupBy(
    [...counts].filter(([, n]) => n >= LEAST),
    ([, n]) => n,
  )
  const lines = [...byCount]
    .sort(([a], [b]) => b - a)
    .map(
      ([n, words]) =>
        `${n} ${words
          .map(([w]) => w)
          .sort()
          .join(" ")}`,
    )
  return `${rows.length} people\n${lines.join("\n")}\n`
}
