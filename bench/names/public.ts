/** The shared half of a public benchmark of name pairs (opensanctions/nomenklatura, MIT), with and without each rule. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import Papa from "papaparse"
import { ALL_RULES, type Bearer, compareNames, MATCH, type Rule } from "../../src/ground/names/index.ts"
import { bestMark, type Figures, figures, type Judged } from "./figures.ts"
import { dice } from "./pairs.ts"

interface Row extends Judged {
  name1: string
  name2: string
  schema: string
  category: string
}

export const bearerOf = (schema: string): Bearer => (schema === "Person" ? "person" : schema === "Vessel" ? "vessel" : "organisation")

function rowsOf(shared: string): Omit<Row, "score">[] {
  const text = readFileSync(join(shared, "identity/name-pairs-even.csv"), "utf8")
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data.map((r) => ({
    name1: r.name1!,
    name2: r.name2!,
    schema: r.schema!,
    category: r.case_group!,
    same: r.is_match === "true",
  }))
}

export interface PublicReport {
  all: Figures
  persons: Figures
  others: Figures
  halves: { mark: number; f1: number; atDefault: number }[]
  without: Record<string, { all: number; persons: number }>
  wrong: string[]
}

export function reportPublic(shared: string): PublicReport {
  const rows = rowsOf(shared)
  const judge = (rules?: ReadonlySet<Rule>): Row[] =>
    rows.map((r) => ({ ...r, score: compareNames(r.name1, r.name2, bearerOf(r.schema), rules).score }))
  const judged = judge()
  const persons = (all: Row[]) => all.filter((r) => r.schema === "Person")
  // The mark that suits one random half, tried on the other: how much the default owes to having been looked at.
  const halves = [1, 2, 3, 4, 5].map((seed) => {
    const draw = dice(seed)
    const [tune, report] = Object.values(Object.groupBy(judged, () => (draw(2) === 0 ? "tune" : "report"))) as [Row[], Row[]]
    const mark = bestMark(tune)
    return { mark, f1: figures(report, mark).f1, atDefault: figures(report, MATCH).f1 }
  })
  const without = Object.fromEntries(
    [...ALL_RULES].map((rule) => {
      const left = judge(new Set([...ALL_RULES].filter((r) => r !== rule)))
      return [rule, { all: figures(left, MATCH).f1, persons: figures(persons(left), MATCH).f1 }]
    }),
  )
  return {
    all: figures(judged, MATCH),
    persons: figures(persons(judged), MATCH),
    others: figures(
      judged.filter((r) => r.schema !== "Person"),
      MATCH,
    ),
    halves,
    without,
    wrong: judged
      .filter((r) => r.score >= MATCH !== r.same)
      .map((r) => `${r.same ? "missed" : "false"} ${r.score} ${r.name1} | ${r.name2}`),
  }
}
