import type { Engine } from "#store"
import type { People } from "./people.ts"

/** Why somebody counts as taking part in facilitation: one graded assertion, with the records under it and the innocent reading. */
export interface ConductReason {
  conduct: string
  stage: number | null
  /** Hundredths of a bit. */
  strength: number
  basis: string
  rule: string
  words: string
  innocent: string
  records: string[]
  events: string[]
}

/** Somebody who may be ranked: graded conduct, and no protection. */
export interface Rankable {
  entity: string
  label: string
  /** Evidence by seizure event, hundredths of a bit. */
  evidence: { event: string; strength: number }[]
  reasons: ConductReason[]
  /** Independent seizure events and items that mention them at all. */
  events: number
  items: number
}

/** The asserted conduct of one entity, or of everybody, strongest first, in a fixed order. */
export async function conductOf(engine: Engine, entity?: string): Promise<(ConductReason & { entity: string })[]> {
  const rows = await engine.all<{
    entity: string
    conduct: string
    stage: number | null
    strength: number
    basis: string
    rule: string
    words: string
    innocent: string
    records: string
    events: string
  }>(
    `select entity, conduct, stage, strength, basis, rule, words, innocent, records, events from conduct ${entity === undefined ? "" : "where entity = $1"}
     order by entity, strength desc, rule, words, records`,
    entity === undefined ? [] : [entity],
  )
  return rows.map((r) => ({ ...r, records: JSON.parse(r.records) as string[], events: JSON.parse(r.events) as string[] }))
}

/** Below this much evidence (hundredths of a bit, all events together) an assertion is a hint, and nobody is ranked on it. */
export const RANKED_FROM = 300

/**
 * The only door to people for ranking (ARCHITECTURE.md, invariant 6): at least one graded assertion of facilitation, and no protective
 * standing, because of protected people no conduct is in view. Relatives, passengers, hotlines, lawyers, shops and everybody else without conduct are not in it, and no measure can
 * bring them in.
 */
export async function rankable(people: People): Promise<Rankable[]> {
  const rows = await conductOf(people.engine)
  const about = new Map(
    (
      await people.engine.all<{ id: string; label: string; events: number; items: number }>(
        "select id, label, events, items from entity where id in (select entity from conduct)",
      )
    ).map((r) => [r.id, r]),
  )
  const out: Rankable[] = []
  for (const [entity, own] of Map.groupBy(rows, (r) => r.entity)) {
    const facts = about.get(entity)
    const evidence = new Map<string, number>()
    for (const r of own) {
      for (const event of r.events) evidence.set(event, (evidence.get(event) ?? 0) + r.strength / r.events.length)
    }
    const total = [...evidence.values()].reduce((a, b) => a + b, 0)
    if (!facts || total < RANKED_FROM) continue
    out.push({
      entity,
      label: facts.label,
      evidence: [...evidence].map(([event, strength]) => ({ event, strength })).sort((a, b) => (a.event < b.event ? -1 : 1)),
      reasons: own,
      events: facts.events,
      items: facts.items,
    })
  }
  return out.sort((a, b) => (a.entity < b.entity ? -1 : 1))
}

/** A number or account that many seized things hold, without conduct: somebody should find out what it is. No person, no score. */
export interface SharedIdentifier {
  identifiers: string[]
  entity: string
  items: number
  events: number
}

const SHARED_SHARE = 0.3
const SHARED_FROM = 4

/** Identifiers that many exhibits share and nothing of facilitation is asserted of: hotlines, taxis, shops, lawyers, and who knows. */
export async function sharedIdentifiers(people: People): Promise<SharedIdentifier[]> {
  const rows = await people.engine.all<{ id: string; keys: string[]; items: number; events: number }>(
    `select id, keys, items, events from entity where kind = 'person' and items >= greatest(${SHARED_FROM}, (select ${SHARED_SHARE} * count(distinct item) from origin))
       and id not in (select entity from conduct group by entity having sum(strength) >= ${RANKED_FROM}) and len(list_filter(keys, lambda k: not starts_with(k, 'name:'))) > 0
     order by events desc, items desc, id`,
  )
  return rows.map((r) => ({
    entity: r.id,
    identifiers: r.keys.filter((k) => !k.startsWith("name:") && !k.startsWith("holder:")),
    items: r.items,
    events: r.events,
  }))
}

/** A name that several seizure events speak of, or that somebody says runs it, and no number, account or paper is known for. */
export interface UnknownName {
  name: string
  events: number
  /** Said to run it, by too few to be ranked. */
  runs: boolean
}

const NAMES_SHOWN = 8

/** Who is spoken of and nobody knows: perhaps a principal whom nobody phones. A protected person is not among them, nor is a name that one bears. */
export async function unknownNames(people: People): Promise<UnknownName[]> {
  const rows = await people.engine.all<{ entity: string; name: string; events: number; runs: boolean }>(
    `with said as (select entity, sum(strength) as strength, bool_or(rule = 'conduct.named' and conduct = 'organises') as runs from conduct group by entity)
     select u.entity, u.name, u.events, coalesce(s.runs, false) as runs from unresolved u left join said s using (entity)
     where (u.events >= 2 or s.runs) and coalesce(s.strength, 0) < ${RANKED_FROM} order by runs desc, u.events desc, u.name, u.entity`,
  )
  return rows.slice(0, NAMES_SHOWN).map(({ name, events, runs }) => ({ name, events, runs }))
}
