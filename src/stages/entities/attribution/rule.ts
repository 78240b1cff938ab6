import type { Evidence, Relation } from "./evidence.ts"
import type { NumberFacts } from "./facts.ts"

/** One way to read facts for or against a claim. A file of `rules/` each. */
export interface Rule {
  /** Stable. */
  id: string
  relation: Relation
  side: Evidence["side"]
  class: Evidence["class"]
  /** What it goes by, in one line. */
  title: string
  /** How it may be read otherwise. */
  innocent: string
  read(facts: NumberFacts): Reading[]
}

/** What a rule read: the claim it is about is the person's of the number, unless `whose` or `what` say otherwise. */
export interface Reading {
  weight: number
  origin: string
  words: string
  from: number | null
  to: number | null
  records: string[]
  whose?: string
  what?: string
}

/** Where a fact comes from, as a reading has it. */
export const seen = (f: { origin: string; from: number | null; to: number | null; records: string[] }) => ({
  origin: f.origin,
  from: f.from,
  to: f.to,
  records: f.records,
})

/** A rule's readings as evidence. */
export function evidenceOf(rule: Rule, facts: NumberFacts): Evidence[] {
  return rule.read(facts).map((r) => ({
    relation: rule.relation,
    whose: r.whose ?? facts.entity,
    what: r.what ?? facts.number,
    side: rule.side,
    rule: rule.id,
    class: rule.class,
    weight: r.weight,
    origin: r.origin,
    words: r.words,
    innocent: rule.innocent,
    from: r.from,
    to: r.to,
    records: r.records,
    statement: null,
  }))
}
