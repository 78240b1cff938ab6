import { appendRows, type Engine, type Layout, literal } from "#store"
import { type BornFact, ownClash, type PlaceFact } from "./conflict.ts"

const CONFLICT: Layout = [
  ["a", "VARCHAR"],
  ["b", "VARCHAR"],
  ["entity_a", "VARCHAR"],
  ["entity_b", "VARCHAR"],
  ["kind", "VARCHAR"],
  ["words", "VARCHAR"],
  ["forbids", "VARCHAR"],
  ["against", "VARCHAR"],
  ["weight", "INTEGER"],
  ["rule", "VARCHAR"],
  ["reason", "VARCHAR"],
  ["records", "VARCHAR"],
]

/**
 * Fills `conflict`: claims that were cut because of what cannot be true of one person, with both sides of it, and identifiers of which
 * records say what cannot be true of one person (nothing can be cut there: several people may use it). Needs `identity`.
 */
export async function fillConflicts(engine: Engine): Promise<void> {
  await engine.exec(`create temp table conflict as
    select r.a, r.b, x.entity as entity_a, y.entity as entity_b, r.kind, r.words, r.forbids, r.against, c.weight, r.rule, c.reason, c.records
    from refusal r join claim c on c.a = r.a and c.b = r.b and c.rule = r.rule and c.decision is not distinct from r.decision
    join identity x on x.key = r.a join identity y on y.key = r.b where x.entity <> y.entity`)
  const born = await engine.all<BornFact & Record<string, string>>(
    "select key, date, record from fact_born semi join identity using (key) qualify count(distinct date) over (partition by key) > 1 order by all",
  )
  const places = await engine.all<PlaceFact & Record<string, string | number>>(
    'select key, at_ms as "atMs", lat, lon, record from fact_place semi join identity using (key) qualify count(*) over (partition by key) > 1 order by all',
  )
  const bornOf = Map.groupBy(born, (f) => f.key)
  const placesOf = Map.groupBy(places, (f) => f.key)
  const found = [...new Set([...bornOf.keys(), ...placesOf.keys()])].sort().flatMap((key) => {
    const own = ownClash(bornOf.get(key) ?? [], placesOf.get(key) ?? [])
    return own ? [{ key, ...own }] : []
  })
  if (found.length === 0) return
  const listed = found.map((f) => literal(f.key)).join(",")
  const rows = await engine.all<{ key: string; entity: string }>(`select key, entity from identity where key in (${listed})`)
  const entityOf = new Map(rows.map((r) => [r.key, r.entity]))
  await appendRows(
    engine,
    "conflict",
    CONFLICT,
    found.map((f) => [
      f.key,
      f.key,
      entityOf.get(f.key),
      entityOf.get(f.key),
      f.kind,
      f.words,
      null,
      JSON.stringify(f.records),
      null,
      "one-identifier",
      "one identifier",
      "[]",
    ]),
  )
}
