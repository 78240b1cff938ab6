import { literal } from "#store"
import type { People } from "../people.ts"
import type { Born } from "../screening/births.ts"
import { birthsByKey } from "../screening/gather.ts"
import { type Facts, type Named, type Reason, weigh } from "../screening/weigh.ts"

/** One side of a pair as a reader sees it: what its identifiers alone say, whatever else they are joined with today. */
export interface SideFacts extends Facts {
  keys: readonly string[]
  records: string[]
  first: number | null
  last: number | null
  items: number
}

/** What is known by key of everybody who is not protected. Read once for many pairs. */
export interface KeyFacts {
  of(keys: readonly string[]): SideFacts
}

const IDENTIFYING = ["document", "phone", "email"]

export async function keyFacts(people: People): Promise<KeyFacts> {
  const { engine } = people
  const names = Map.groupBy(
    await engine.all<{ key: string; name: string; records: string[] }>(
      `select key, name, list_sort(list(distinct record))[:2] as records from m
       where name is not null and name_fold <> '' and type <> 'holder' and key in (select key from identity) group by key, name order by all`,
    ),
    (r) => r.key,
  )
  const seen = new Map(
    (
      await engine.all<{ key: string; first: number | null; last: number | null; items: string[]; records: string[] }>(
        `select key, min(at_ms) as first, max(at_ms) as last, list_sort(list(distinct item)) as items, list_sort(list(distinct record))[:4] as records
         from m where key in (select key from identity) group by key order by key`,
      )
    ).map((r) => [r.key, r]),
  )
  const births = await birthsByKey(await people.structure())
  return {
    of: (keys) => {
      const named = new Map<string, Named>()
      for (const key of keys) {
        for (const { name, records } of names.get(key) ?? []) if (!named.has(name)) named.set(name, { name, records })
        // Whoever is only spoken of is called what the key says.
        if (key.startsWith("name:") && !names.has(key)) {
          const name = key.slice(key.lastIndexOf(":") + 1)
          named.set(name, { name, records: [] })
        }
      }
      const own = keys.flatMap((key) => seen.get(key) ?? [])
      const born: Born[] = keys.flatMap((key) => births.get(key) ?? [])
      const ends = (pick: "first" | "last") => own.flatMap((r) => r[pick] ?? [])
      return {
        keys,
        names: [...named.values()],
        births: born,
        identifiers: new Map(
          keys.filter((k) => IDENTIFYING.includes(k.slice(0, k.indexOf(":")))).map((key) => [key, seen.get(key)?.records ?? []]),
        ),
        records: [...new Set(own.flatMap((r) => r.records))].sort().slice(0, 4),
        first: ends("first").reduce<number | null>((x, y) => (x === null || y < x ? y : x), null),
        last: ends("last").reduce<number | null>((x, y) => (x === null || y > x ? y : x), null),
        items: new Set(own.flatMap((r) => r.items)).size,
      }
    },
  }
}

/** What names, birth dates and numbers of two sides say for and against one person. */
export const compared = (a: Facts, b: Facts): Reason[] => weigh(a, b).reasons

/** Labels of entities today, of those who are not protected. */
export async function labelsOf(people: People, entities: readonly string[]): Promise<Map<string, string>> {
  if (entities.length === 0) return new Map()
  const rows = await people.engine.all<{ id: string; label: string }>(
    `select id, label from entity where id in (${[...new Set(entities)].map(literal).join(",")}) order by id`,
  )
  return new Map(rows.map((r) => [r.id, r.label]))
}
