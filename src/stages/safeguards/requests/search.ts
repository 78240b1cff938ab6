import { selectExhibits } from "#evidence"
import { fold, key } from "#names"
import { mountRecords } from "#records"
import { literal, type Scope, type Store } from "#store"
import { normalise } from "#vocabulary/normalise"
import type { ValueType } from "#vocabulary/values"

export interface Sought {
  identifiers: readonly { type: ValueType; raw: string; platform?: string | undefined; region?: string | undefined }[]
  names: readonly string[]
}

export interface Hit {
  exhibit: string
  item: string
  scope: Scope
  accessClass: number
  investigation: string
  /** Records by kind. */
  kinds: Record<string, number>
  records: string[]
  /** What led to it: types of identifier, `name`, or `name, by sound`. */
  foundBy: string[]
  otherParties: boolean
  /** Taken from whoever these identifiers belong to: rows give them as the device's own. */
  ownDevice: boolean
}

/** All that is held, whether anybody may use it or not. */
export const SCOPES = ["in", "undecided", "apart", "sealed"] as const satisfies readonly Scope[]
const RECORDS_KEPT = 500

/**
 * Everything held that names somebody by these identifiers (in normal form) or names (as written, and by sound across scripts), by exhibit
 * and scope: rows that are undecided, set apart or sealed are held too. Gives references and counts, no text. What was found by sound alone may be
 * somebody else: names collide.
 */
export async function searchHoldings(store: Store, classes: readonly number[], sought: Sought): Promise<Hit[]> {
  const keys = new Map<string, string>()
  for (const { type, raw, platform, region } of sought.identifiers) {
    const n = normalise(type, raw, { region, platform })
    keys.set(`${type}:${n.norm}`, type)
  }
  const folds = new Set(sought.names.map(fold).filter((n) => n !== ""))
  const sounds = new Set(sought.names.map(key).filter((k) => k.includes(" ")))
  const out: Hit[] = []
  for (const scope of SCOPES) {
    const mounted = await mountRecords(store, classes, { scope })
    try {
      const { engine } = mounted
      const alike: string[] = []
      if (sounds.size > 0)
        for await (const rows of engine.stream<{ name: string; name_fold: string }>(
          "select name, any_value(name_fold) as name_fold from mention where name is not null group by name order by name",
        ))
          for (const { name, name_fold } of rows) if (!folds.has(name_fold) && sounds.has(key(name))) alike.push(name)
      const among = (column: string, values: Iterable<string>) =>
        `coalesce(${column} in (${[...values, ""].map(literal).join(",")}), false)`
      const byKey = among("key", keys.keys())
      const byName = among("name_fold", folds)
      const bySound = among("name", alike)
      await engine.exec(
        `create temp table hit as select distinct record, kind, exhibit, item, owner,
           case when ${byKey} then type when ${byName} then 'name' else 'name, by sound' end as how
         from mention where ${byKey} or ${byName} or ${bySound}`,
      )
      const counts = await engine.all<{ exhibit: string; item: string; kind: string; n: number; own: boolean }>(
        "select exhibit, item, kind, count(distinct record)::int as n, bool_or(owner) as own from hit group by all order by all",
      )
      if (counts.length === 0) continue
      const how = await engine.all<{ exhibit: string; how: string }>("select distinct exhibit, how from hit order by all")
      const records = await engine.all<{ exhibit: string; record: string }>(
        `select distinct exhibit, record from hit qualify dense_rank() over (partition by exhibit order by record) <= ${RECORDS_KEPT} order by all`,
      )
      const others = new Set(
        (
          await engine.all<{ exhibit: string }>(
            `select distinct exhibit from mention where record in (select record from hit) and not owner and not (${byKey} or ${byName} or ${bySound})`,
          )
        ).map((r) => r.exhibit),
      )
      const byExhibit = Map.groupBy(counts, (c) => c.exhibit)
      const exhibits = new Map(
        (await store.register.transaction((tx) => selectExhibits(tx, { ids: [...byExhibit.keys()] }), classes)).map((e) => [e.id, e]),
      )
      for (const [id, rows] of byExhibit) {
        const exhibit = exhibits.get(id)
        if (!exhibit) continue
        out.push({
          exhibit: id,
          item: exhibit.item,
          scope,
          accessClass: exhibit.access_class,
          investigation: exhibit.investigation,
          kinds: Object.fromEntries(rows.map((r) => [r.kind, r.n])),
          records: records.flatMap((r) => (r.exhibit === id ? r.record : [])),
          foundBy: how.flatMap((h) => (h.exhibit === id ? h.how : [])),
          otherParties: others.has(id),
          ownDevice: rows.some((r) => r.own),
        })
      }
    } finally {
      mounted.close()
    }
  }
  return out
}
