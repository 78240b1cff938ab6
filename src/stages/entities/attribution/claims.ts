import type { Attribution, Evidence } from "./evidence.ts"
import type { NumberFacts } from "./facts.ts"
import { graded } from "./grade.ts"
import { type Period, periodsOf, within } from "./periods.ts"
import { evidenceOf } from "./rule.ts"
import { ATTRIBUTION_RULES } from "./rules/list.ts"

/** Every claim that the facts of a number and the statements of people make, by period. Pure; the order of the facts is of no matter. */
export function attributionsOf(facts: NumberFacts, stated: readonly Evidence[] = []): Attribution[] {
  const read = ATTRIBUTION_RULES.flatMap((rule) => evidenceOf(rule, facts))
  const evidence = distinct([...read, ...stated])
  const taken = facts.afterSeizure.length > 0 ? facts.devices.flatMap((d) => (d.taken === null ? [] : [d.taken + 1])) : []
  const periods = periodsOf(facts.stretches, taken)
  return [...Map.groupBy(evidence, (e) => JSON.stringify([e.relation, e.whose, e.what]))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, own]) => (own[0]!.relation === "person-number" ? byPeriod(own, periods, facts) : [whole(own)]))
}

/** Claims about one thing that the facts of several numbers make, as one: a handset may hold two SIMs. Pure; in the order of relation and ends. */
export function merged(claims: readonly Attribution[]): Attribution[] {
  const own = claims.filter((c) => c.relation === "person-number")
  const others = Map.groupBy(
    claims.filter((c) => c.relation !== "person-number"),
    (c) => JSON.stringify([c.relation, c.whose, c.what]),
  )
  return [...own, ...[...others].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, of]) => whole(together(of.flatMap((c) => c.evidence))))]
}

/** What says the same of the same origin is one evidence, on the records of all. */
function together(evidence: readonly Evidence[]): Evidence[] {
  return [...Map.groupBy(evidence, (e) => JSON.stringify([e.side, e.rule, e.origin, e.words, e.from, e.to, e.statement])).values()].map(
    (same) => ({
      ...same[0]!,
      weight: Math.max(...same.map((e) => e.weight)),
      records: [...new Set(same.flatMap((e) => e.records))].sort().slice(0, 5),
    }),
  )
}

/** In a number that was issued again what has no time attributes nobody: it is kept, and weighs nothing. */
function byPeriod(own: readonly Evidence[], periods: readonly Period[], facts: NumberFacts): Attribution[] {
  const known = facts.stretches.flatMap((s) => [s.from, s.to]).filter((t): t is number => t !== null)
  const span = { from: known.length > 0 ? Math.min(...known) : null, to: known.length > 0 ? Math.max(...known) : null }
  if (periods.length === 1) return [{ ...whole(own), ...(span.from === null ? {} : span) }]
  return periods.flatMap((p) => {
    const here = own
      .filter((e) => within(p, e.from, e.to))
      .map((e) => (e.from === null && e.to === null && e.side === "for" ? { ...e, weight: 0 } : e))
    if (here.length === 0) return []
    return [{ ...whole(here), from: p.from ?? span.from, to: p.to ?? span.to, period: p }]
  })
}

function whole(own: readonly Evidence[]): Attribution {
  const { relation, whose, what } = own[0]!
  const times = own.filter((e) => e.side === "for" && e.class === "attributing").flatMap((e) => [e.from, e.to])
  const known = times.filter((t): t is number => t !== null)
  return {
    relation,
    whose,
    what,
    from: known.length > 0 ? Math.min(...known) : null,
    to: known.length > 0 ? Math.max(...known) : null,
    period: { from: null, to: null },
    ...graded(own),
    evidence: [...own].sort(
      (a, b) => (a.side === b.side ? 0 : a.side === "for" ? -1 : 1) || b.weight - a.weight || (text(a) < text(b) ? -1 : 1),
    ),
  }
}

const text = (e: Evidence): string => JSON.stringify([e.rule, e.origin, e.words, e.records, e.statement])

function distinct(evidence: readonly Evidence[]): Evidence[] {
  return [...new Map(evidence.map((e) => [JSON.stringify([e.relation, e.whose, e.what, text(e)]), e])).values()]
}
