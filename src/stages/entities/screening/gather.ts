import { selectExhibits } from "#evidence"
import { type Engine, literal } from "#store"
import type { People } from "../people.ts"
import type { Ground } from "../resolve.ts"
import { type Born, bornIn } from "./births.ts"
import type { Subject } from "./match.ts"
import type { Named } from "./weigh.ts"

/** Somebody of the case as the lists are asked about him, with every key that is his today. */
export interface Screened extends Subject {
  label: string
  kind: string
  keys: string[]
}

/** One entry of a list, in the list's newest version in sight. */
export interface Listed extends Subject {
  list: string
  date: string | null
  exhibit: string
  takenAt: string
  entryType: string
  program: string | null
  births: readonly Born[]
  bornAsWritten: string | null
  records: string[]
}

/** A version of a list that is in sight. */
export interface ListVersion {
  list: string
  /** As the list says; null where it does not. */
  date: string | null
  exhibit: string
  file: string
  takenAt: string
  entries: number
  /** A newer version is in sight, and this one is not compared. */
  superseded: boolean
}

const IDENTIFYING = ["document", "phone", "email"]
/** Which parties a birth date of a record is of. */
const BORN: readonly (readonly [view: string, parts: string])[] = [
  ["document-inspection", "('holder')"],
  ["passenger", "('passenger','holder')"],
]

/** Adds to a map of lists. */
function put<K, V>(map: Map<K, V[]>, key: K, ...values: V[]): void {
  const list = map.get(key)
  if (list) list.push(...values)
  else map.set(key, [...values])
}

/**
 * Everybody who may be asked about: people and outlets of the picture, and nobody who is protected (people carried in boats, victims,
 * witnesses, children are never looked up; ARCHITECTURE.md, invariant 6).
 */
export async function screenedOf(people: People): Promise<Screened[]> {
  const { engine } = people
  const rows = await engine.all<{ id: string; kind: string; label: string; keys: string[] }>(
    "select id, kind, label, keys from entity where kind in ('person','outlet') and id not in (select entity from hidden) order by id",
  )
  const named = await engine.all<{ entity: string; name: string; records: string[] }>(
    `select i.entity, m.name, list_sort(list(distinct m.record))[:2] as records from m join identity i using (key)
     where m.name is not null and m.type <> 'holder' group by all order by all`,
  )
  const given = await engine.all<{ entity: string; key: string; records: string[] }>(
    `select i.entity, m.key, list_sort(list(distinct m.record))[:2] as records from m join identity i using (key)
     where m.type in (${IDENTIFYING.map(literal).join(",")}) group by all order by all`,
  )
  const names = new Map<string, Named[]>()
  for (const { entity, name, records } of named) put(names, entity, { name, records })
  const identifiers = new Map<string, [string, string[]][]>()
  for (const { entity, key, records } of given) put(identifiers, entity, [key, records])
  const births = await birthsByKey(await people.structure())
  return rows.map(({ id, kind, label, keys }) => {
    const own = names.get(id) ?? []
    // Somebody who is only spoken of has no party's name: what he is called is his label.
    const called = keys.some((k) => k.startsWith("name:")) && !own.some((n) => n.name === label) ? [{ name: label, records: [] }] : []
    return {
      id,
      kind,
      label,
      keys,
      names: [...own, ...called],
      births: keys.flatMap((key) => births.get(key) ?? []),
      identifiers: new Map(identifiers.get(id) ?? []),
    }
  })
}

/** Birth dates that records give to the bearer of each key. */
export async function birthsByKey(whole: Engine): Promise<Map<string, Born[]>> {
  const out = new Map<string, Born[]>()
  for (const [view, parts] of BORN)
    for (const { key, born } of await whole.all<{ key: string; born: string }>(
      `select distinct m.key, d.f_birthDate as born from m join "${view}" d on d.id = m.record where m.part in ${parts} and d.f_birthDate is not null order by all`,
    ))
      put(out, key, ...bornIn(born))
  return out
}

type Row = {
  id: string
  exhibit: string
  list: string | null
  date: string | null
  type: string | null
  nameType: string | null
  born: string | null
  program: string | null
}

/** Every entry of the newest version of each list in sight, and which versions there are. */
export async function listedOf(ground: Ground, people: People): Promise<{ listed: Listed[]; versions: ListVersion[] }> {
  const whole = await people.structure()
  const rows = await whole.all<Row>(
    `select id, exhibit, f_list as list, "f_listDate" as date, "f_entryType" as type, "f_nameType" as "nameType", "f_birthDate" as born, f_program as program
     from listing order by id`,
  )
  if (rows.length === 0) return { listed: [], versions: [] }
  const exhibits = new Map(
    (
      await ground.store.register.transaction((tx) => selectExhibits(tx, { ids: [...new Set(rows.map((r) => r.exhibit))] }), ground.classes)
    ).map((e) => [e.id, e]),
  )
  const said = await whole.all<{ record: string; type: string; key: string; raw: string; name: string | null; valid: boolean }>(
    "select record, type, key, raw, name, valid from mention where kind = 'listing' order by all",
  )
  const saidOf = Map.groupBy(said, (s) => s.record)
  const versions = versionsOf(rows, exhibits)
  const newest = new Set(versions.filter((v) => !v.superseded).map((v) => `${v.list} ${v.exhibit}`))
  const entries = Map.groupBy(
    rows.filter((r) => newest.has(`${r.list ?? ""} ${r.exhibit}`)),
    // Rows of one entry meet by the id that the list gives it; a row without one stands alone.
    (r) => saidOf.get(r.id)?.find((s) => s.type === "account" && s.valid)?.key ?? r.id,
  )
  const listed = [...entries].map(([id, own]): Listed => {
    const names = new Map<string, Named & { records: string[] }>()
    const identifiers = new Map<string, string[]>()
    for (const row of own)
      for (const s of saidOf.get(row.id) ?? []) {
        const weak = row.nameType === "weak alias"
        for (const name of new Set([s.name, s.type === "name" ? s.raw : null])) {
          if (name === null || name.trim() === "") continue
          const known = names.get(name)
          names.set(name, { name, weak: weak && known?.weak !== false, records: [...new Set([...(known?.records ?? []), row.id])] })
        }
        if (s.valid && IDENTIFYING.includes(s.type)) put(identifiers, s.key, row.id)
      }
    const main = own.find((r) => r.type !== null) ?? own[0]!
    const exhibit = exhibits.get(main.exhibit)
    const born = own.flatMap((r) => r.born ?? [])
    return {
      id,
      list: main.list ?? "",
      date: main.date,
      exhibit: main.exhibit,
      takenAt: exhibit?.sealed_at.toISOString() ?? "",
      entryType: own.find((r) => r.type !== null)?.type ?? "individual",
      program: own.find((r) => r.program !== null)?.program ?? null,
      names: [...names.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
      births: [...new Set(born)].flatMap(bornIn),
      bornAsWritten: [...new Set(born)].join("; ") || null,
      identifiers,
      records: own.map((r) => r.id),
    }
  })
  return { listed: listed.sort((a, b) => (a.id < b.id ? -1 : 1)), versions }
}

function versionsOf(rows: readonly Row[], exhibits: ReadonlyMap<string, { name: string; sealed_at: Date }>): ListVersion[] {
  const out: ListVersion[] = []
  for (const [list, own] of Map.groupBy(rows, (r) => r.list ?? "")) {
    const versions = [...Map.groupBy(own, (r) => r.exhibit)].map(([exhibit, all]) => {
      const { name, sealed_at: sealed } = exhibits.get(exhibit)!
      const date = all.find((r) => r.date !== null)?.date ?? null
      return {
        exhibit,
        date,
        entries: all.length,
        file: name,
        takenAt: sealed.toISOString(),
        day: bornIn(date)[0]?.from ?? sealed.toISOString(),
      }
    })
    // The day that the list states, and where two state the same, when it was taken in.
    versions.sort((a, b) =>
      a.day !== b.day
        ? a.day < b.day
          ? 1
          : -1
        : a.takenAt !== b.takenAt
          ? a.takenAt < b.takenAt
            ? 1
            : -1
          : a.exhibit < b.exhibit
            ? -1
            : 1,
    )
    out.push(...versions.map(({ day: _, ...v }, at) => ({ list, ...v, superseded: at > 0 })))
  }
  return out.sort((a, b) => (a.list < b.list ? -1 : a.list > b.list ? 1 : Number(a.superseded) - Number(b.superseded)))
}
