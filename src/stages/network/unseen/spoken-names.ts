import type { People, Rankable } from "#entities"
import { compareNames, key } from "#names"
import { literal } from "#store"

/** A name that others speak of and no number bears, which somebody in the list bears too, in whatever script. No join: he may be a namesake. */
export interface SpokenAs {
  name: string
  events: string[]
  records: string[]
}

/** Below this two spellings are not taken for one name. */
const SAME_NAME = 0.9

/**
 * For each player the names that are spoken of in talk, held against every name of his across scripts. Reports are left out: what a report
 * says of somebody is no second source beside that report. Protected people's names are in no answer.
 */
export async function spokenNames(people: People, players: readonly Rankable[]): Promise<Map<string, SpokenAs[]>> {
  if (players.length === 0) return new Map()
  const said = await people.engine.all<{ name: string; event: string; record: string }>(
    `with said as (select name, unnest(cast(records as varchar[])) as record from unresolved)
     select distinct s.name, m.event, m.record from said s join m on m.record = s.record where m.kind <> 'intelligence-report' order by all`,
  )
  const bearers = await people.engine.all<{ entity: string; label: string; keys: string[] }>(
    `select id as entity, label, keys from entity where id in (${players.map((p) => literal(p.entity)).join(",")}) order by id`,
  )
  const byKey = Map.groupBy(said, (s) => key(s.name))
  return new Map(
    bearers.map(({ entity, label, keys }) => {
      const own = new Set([label, ...keys.flatMap((k) => (/^(?:name|alias):/.test(k) ? [k.slice(k.lastIndexOf(":") + 1)] : []))])
      const heard = [...own]
        .filter((name) => key(name) !== "")
        .flatMap((name) => (byKey.get(key(name)) ?? []).filter((s) => compareNames(name, s.name).score >= SAME_NAME))
      return [
        entity,
        [...Map.groupBy(heard, (s) => s.name)].map(([name, rows]) => ({
          name,
          events: [...new Set(rows.map((r) => r.event))],
          records: [...new Set(rows.map((r) => r.record))],
        })),
      ]
    }),
  )
}
