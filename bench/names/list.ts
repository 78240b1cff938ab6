/** People of the United Nations' list, found by the name in their own script among all people of the file. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { compareNames, MATCH, scriptOf } from "../../src/ground/names/index.ts"

export interface ListReport {
  people: number
  byScript: Record<
    string,
    { asked: number; first: number; firstOrShared: number; matched: number; falseMatches: number; falseRate: number }
  >
  missed: string[]
}

export function reportList(shared: string): ListReport {
  const people = readFileSync(join(shared, "names/un-individuals-even.tsv"), "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t"))
  const byScript: ListReport["byScript"] = {}
  const missed: string[] = []
  for (const [at, [, latin, native]] of people.entries()) {
    if (!native) continue
    const scores = people.map(([, other]) => compareNames(other!, native).score)
    const own = scores[at]!
    const better = scores.filter((s, other) => other !== at && s > own).length
    const level = scores.filter((s, other) => other !== at && s === own).length
    const script = scriptOf(native)
    const group = byScript[script] ?? { asked: 0, first: 0, firstOrShared: 0, matched: 0, falseMatches: 0, falseRate: 0 }
    byScript[script] = group
    group.asked++
    if (better === 0 && level === 0) group.first++
    else missed.push(`${native} = ${latin}`)
    if (better === 0 && own > 0) group.firstOrShared++
    if (own >= MATCH) group.matched++
    group.falseMatches += scores.filter((s, other) => other !== at && s >= MATCH).length
    group.falseRate = group.falseMatches / (group.asked * (people.length - 1))
  }
  return { people: people.length, byScript, missed }
}
