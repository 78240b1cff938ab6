import type { People } from "#entities"
import type { Rng } from "#kernels"
import { literal } from "#store"

/** Chance that a join of this grade is wrong. Starting values: nobody has measured them on authorised data. */
const WRONG: Readonly<Record<string, number>> = { slight: 0.3, fair: 0.1 }

/** One person as joined identifiers: what would be somebody else's if a join that is not firm were wrong. */
export interface Doubt {
  entity: string
  joins: { a: string; b: string; grade: string; rule: string; reason: string }[]
  /** Events (by number) that are lost to him when doubtful joins are undone at random: those that name only what was cut off. */
  undone(random: Rng): Set<number>
  /** The same when this one join is undone. */
  without(join: number): Set<number>
}

/** The doubts about each entity, in the order given; null where every join is firm. */
export async function doubtsOf(people: People, entities: readonly string[], events: readonly string[]): Promise<(Doubt | null)[]> {
  if (entities.length === 0) return []
  const among = entities.map(literal).join(",")
  const keys = await people.engine.all<{ entity: string; key: string }>(
    `select entity, key from identity where entity in (${among}) order by all`,
  )
  const claims = await people.engine.all<{ entity: string; a: string; b: string; grade: string; rule: string; reason: string }>(
    `select i.entity, c.a, c.b, c.grade, c.rule, c.reason from claim c join identity i on i.key = c.a join identity j on j.key = c.b
     where c.refused is null and i.entity = j.entity and i.entity in (${among}) order by all`,
  )
  const seen = await people.engine.all<{ entity: string; key: string; event: string }>(
    `select distinct i.entity, m.key, m.event from m join identity i using (key) where i.entity in (${among}) order by all`,
  )
  const number = new Map(events.map((e, i) => [e, i]))
  const ofKeys = Map.groupBy(keys, (k) => k.entity)
  const ofClaims = Map.groupBy(claims, (c) => c.entity)
  const ofSeen = Map.groupBy(seen, (s) => s.entity)
  return entities.map((entity) => {
    const own = ofClaims.get(entity) ?? []
    if (!own.some((c) => WRONG[c.grade] !== undefined)) return null
    const where = (ofSeen.get(entity) ?? []).flatMap((s) => (number.has(s.event) ? [{ key: s.key, event: number.get(s.event)! }] : []))
    return doubtOf(
      entity,
      (ofKeys.get(entity) ?? []).map((k) => k.key),
      own,
      where,
    )
  })
}

/** A person's doubt from his keys, the joins among them and the events that name each key. */
export function doubtOf(
  entity: string,
  keys: readonly string[],
  claims: readonly { a: string; b: string; grade: string; rule: string; reason: string }[],
  where: readonly { key: string; event: number }[],
): Doubt {
  const joins = claims.filter((c) => WRONG[c.grade] !== undefined).map(({ a, b, grade, rule, reason }) => ({ a, b, grade, rule, reason }))
  const firm = claims.filter((c) => WRONG[c.grade] === undefined)
  const lostBy = (held: readonly { a: string; b: string }[]): Set<number> => {
    const parts = partsOf(keys, held)
    const events = (part: ReadonlySet<string>) => new Set(where.filter((w) => part.has(w.key)).map((w) => w.event))
    // He stays whoever is seen in most events; what only the others show is not his.
    const [first, ...rest] = parts.map(events).sort((a, b) => b.size - a.size)
    return new Set(rest.flatMap((part) => [...part]).filter((e) => !first!.has(e)))
  }
  return {
    entity,
    joins,
    undone: (random) => lostBy([...firm, ...joins.filter((j) => random.next() >= WRONG[j.grade]!)]),
    without: (join) => lostBy([...firm, ...joins.filter((_, i) => i !== join)]),
  }
}

/** The keys in groups that hang together by the joins held. */
function partsOf(keys: readonly string[], held: readonly { a: string; b: string }[]): Set<string>[] {
  const root = new Map(keys.map((k) => [k, k]))
  const find = (k: string): string => {
    let at = k
    while (root.get(at) !== at) at = root.get(at)!
    return at
  }
  for (const { a, b } of held) if (root.has(a) && root.has(b)) root.set(find(a), find(b))
  return [...Map.groupBy(keys, find).values()].map((group) => new Set(group))
}
