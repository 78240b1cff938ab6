import { say } from "#vocabulary/sentences"

/** What one evidence says of whether a spoken name is somebody's. Weights are hundredths of a bit. */
export interface SpokenEvidence {
  rule: "thread" | "answers" | "self-naming" | "saved" | "another" | "third-person" | "unknown-there"
  side: "for" | "against"
  weight: number
  words: string
  records: string[]
}

/** Whom a name may be: a number or account by key, with what speaks for and against it. */
export interface Candidate {
  candidate: string
  weight: number
  evidence: SpokenEvidence[]
}

export interface SpokenFacts {
  /** `name:` and its fold. */
  key: string
  name: string
  /** Where it is spoken or written: seizure event and item. */
  spoken: { event: string; item: string }[]
  /** Who is saved so, and where. */
  saved: { candidate: string; event: string; item: string; records: string[] }[]
  /** Who is spoken to by it and answers (`hail`), or calls himself so (`self`). */
  said: { candidate: string; how: "hail" | "self"; event: string; records: string[] }[]
  /** Who writes or reads it of somebody else. */
  aside: { candidate: string; records: string[] }[]
}

const THREAD = 200
const ANSWERS = 200
const SELF = 300
const SAVED = 50
const MOST_SAVED = 150
const ANOTHER = 200
const THIRD = 300
const UNKNOWN_THERE = 50
const MOST_UNKNOWN = 200
/** Below this weight, or without so much to the next candidate, a name stays apart. */
export const RESOLVED_FROM = 200
const AHEAD = 150

/**
 * Whom a spoken name may be, heaviest first. Being saved so by others says nothing by itself: somebody must answer to it, call himself
 * so, or be saved so on the very phone that speaks of him. Pure; the order of the facts is of no matter.
 */
export function candidatesOf(facts: SpokenFacts): Candidate[] {
  const all = [...new Set([...facts.saved, ...facts.said].map((s) => s.candidate))].sort()
  return all
    .map((candidate) => {
      const evidence = evidenceFor(facts, candidate)
      return { candidate, evidence, weight: evidence.reduce((n, e) => n + (e.side === "for" ? e.weight : -e.weight), 0) }
    })
    .sort((a, b) => b.weight - a.weight || (a.candidate < b.candidate ? -1 : 1))
}

/** The one whom the name is held to be; null while it stays apart. */
export function resolved(candidates: readonly Candidate[]): Candidate | null {
  const [best, next] = candidates
  if (!best || best.weight < RESOLVED_FROM || (next && best.weight - next.weight < AHEAD)) return null
  return best.evidence.some((e) => e.side === "for" && e.rule !== "saved") ? best : null
}

function evidenceFor(facts: SpokenFacts, candidate: string): SpokenEvidence[] {
  const out: SpokenEvidence[] = []
  const own = facts.saved.filter((s) => s.candidate === candidate)
  const others = new Set([...facts.saved, ...facts.said].filter((s) => s.candidate !== candidate).map((s) => s.candidate))
  const spokenItems = new Set(facts.spoken.map((s) => s.item))
  const there = own.filter((s) => spokenItems.has(s.item))
  const count = (of: readonly { event: string }[]) => new Set(of.map((o) => o.event)).size
  const records = (of: readonly { records: string[] }[]) => [...new Set(of.flatMap((o) => o.records))].sort().slice(0, 5)
  const put = (
    rule: SpokenEvidence["rule"],
    side: SpokenEvidence["side"],
    weight: number,
    words: string,
    from: readonly { records: string[] }[],
  ) => {
    if (weight > 0) out.push({ rule, side, weight, words, records: records(from) })
  }
  put("thread", "for", THREAD * Math.min(2, count(there)), say("use.thread"), there)
  const hails = facts.said.filter((s) => s.candidate === candidate && s.how === "hail")
  put("answers", "for", ANSWERS * Math.min(2, count(hails)), say("use.hailed"), hails)
  const selves = facts.said.filter((s) => s.candidate === candidate && s.how === "self")
  put("self-naming", "for", SELF * Math.min(2, count(selves)), say("use.calls-so"), selves)
  put("saved", "for", Math.min(MOST_SAVED, SAVED * count(own)), say("use.saved-so", { events: count(own) }), own)
  put("another", "against", others.size > 0 ? ANOTHER : 0, say("use.others-so", { others: others.size }), [])
  const aside = facts.aside.filter((a) => a.candidate === candidate)
  put("third-person", "against", aside.length > 0 ? THIRD : 0, say("use.somebody-else"), aside)
  const known = new Set([...own, ...hails, ...selves].map((o) => o.event))
  const strange = new Set(facts.spoken.filter((s) => !known.has(s.event)).map((s) => s.event)).size
  put("unknown-there", "against", Math.min(MOST_UNKNOWN, UNKNOWN_THERE * strange), say("use.unknown-there", { events: strange }), [])
  return out
}
