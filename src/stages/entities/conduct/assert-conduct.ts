import type { ConductAssertion, SubjectAct } from "./act-row.ts"
import { CONDUCT_RULES } from "./rules.ts"

/** Records kept per assertion: enough to check it by hand. */
export const MOST_RECORDS = 40

/**
 * Weighs all acts of one subject. Pure, and independent of the order of the rows. Empty for everybody who only asked, paid for
 * himself, reported an arrival, steered, was called or was a customer of an exchange. Assertions come by strength, then by rule.
 * Throws nothing; rows of several subjects in one call are a broken invariant.
 */
export function assertConduct(rows: readonly SubjectAct[]): ConductAssertion[] {
  const subject = rows[0]?.subject
  if (subject === undefined) return []
  const sorted = distinct(rows)
  return CONDUCT_RULES.flatMap((rule) =>
    rule.judge(sorted).map((j) => ({
      subject,
      conduct: j.conduct,
      stage: j.stage,
      strength: j.strength,
      basis: j.basis,
      rule: rule.id,
      words: quoted(j.words, j.rows),
      innocent: rule.innocent,
      records: recordsOf(j.rows),
      events: [...new Set(j.rows.map((r) => r.event))].sort(),
    })),
  ).sort((a, b) => b.strength - a.strength || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0) || (a.conduct < b.conduct ? -1 : 1))
}

/** The same act in the same record by the same words once: a chat lies in several backups of one phone. */
function distinct(rows: readonly SubjectAct[]): SubjectAct[] {
  const seen = new Map<string, SubjectAct>()
  for (const r of rows) {
    if (r.subject !== rows[0]!.subject) throw new Error("rows of several subjects")
    const key = `${r.record}|${r.act}|${r.actorParty ?? ""}|${r.actorStart ?? ""}|${r.rule}`
    const other = seen.get(key)
    if (!other || r.confidence > other.confidence) seen.set(key, r)
  }
  return [...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, r]) => r)
}

/** Up to two of the sayings themselves, strongest first. */
function quoted(words: string, rows: readonly SubjectAct[]): string {
  const best = [...rows].sort((a, b) => b.confidence - a.confidence)
  const said = [...new Set(best.map((r) => r.words).filter(Boolean))].slice(0, 2)
  return said.length === 0 ? words : `${words}: ${said.map((w) => `“${w}”`).join(", ")}`
}

function recordsOf(rows: readonly SubjectAct[]): string[] {
  const groups = [...Map.groupBy(rows, (r) => r.event).values()].map((g) => [...new Set(g.map((r) => r.record))].sort())
  const out: string[] = []
  for (let i = 0; out.length < MOST_RECORDS && groups.some((g) => i < g.length); i++)
    for (const g of groups) if (g[i] !== undefined && out.length < MOST_RECORDS) out.push(g[i]!)
  return [...new Set(out)].sort()
}
