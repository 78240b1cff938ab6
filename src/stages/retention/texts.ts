import { selectExhibits } from "#evidence"
import { type Engine, literal, type Store } from "#store"
import { blank, ERASED } from "./places.ts"
import type { File } from "./reach.ts"
import type { ErasureRow } from "./sql.ts"

/**
 * Empties what the register says of the things that went: items and exhibits keep ids, hashes, sizes and the power they were
 * taken under; scope rules and reviews keep who signed when; statements whose only reasons went become stubs.
 */
export async function blankTexts(
  engine: Engine,
  store: Store,
  e: ErasureRow,
  gone: ReadonlySet<string>,
  old: readonly File[],
): Promise<void> {
  const { register } = store
  const stub = e.stub!
  const exhibits = stub.exhibits.map((x) => x.id)
  const all = <R extends Record<string, unknown>>(sql: string, values: unknown[]) =>
    register.transaction(async (tx) => (await tx.query<R>(sql, values)).rows, "all")
  const empty = (table: string, keys: Record<string, unknown>, cells: Record<string, unknown>) =>
    register.transaction((tx) => blank(tx, e.id, table, keys, cells), "all")

  for (const id of exhibits) await empty("exhibit", { id }, { path: id, name: ERASED, mapping: null, forced: null, reading: null })
  for (const id of stub.items)
    await empty(
      "item",
      { id },
      {
        reference: null,
        title: null,
        authority: ERASED,
        grounds: null,
        officer: null,
        authoriser: null,
        authoriser_rank: null,
        permitted_uses: [],
        conditions: [],
        originator: ERASED,
        region: null,
        zone: null,
        language: null,
        holder: null,
      },
    )
  for (const { item, n } of await all<{ item: string; n: number }>("select item, n from continuity_event where item = any ($1)", [
    stub.items,
  ]))
    await empty("continuity_event", { item, n }, { what: ERASED, by_whom: null, to_whom: null, seal: null })
  for (const { item, n } of await all<{ item: string; n: number }>("select item, n from item_grading where item = any ($1)", [stub.items]))
    await empty("item_grading", { item, n }, { reason: ERASED })
  for (const { id } of await all<{ id: string }>("select id from scope_rule where item = any ($1)", [stub.items]))
    await empty("scope_rule", { id }, { rule: {}, reason: ERASED, moved: {} })
  for (const { id } of await all<{ id: string }>("select id from retention_review where item = any ($1)", [stub.items]))
    await empty("retention_review", { id }, { reason: ERASED })
  for (const { id, access_class } of await all<{ id: string; access_class: number }>(
    `select e.id, e.access_class from seizure_event e where exists (select from item i where i.seizure_event = e.id and i.access_class = e.access_class and i.id = any ($1))
       and not exists (select from item i where i.seizure_event = e.id and i.access_class = e.access_class and i.erased_by is null)`,
    [stub.items],
  ))
    await empty("seizure_event", { id, access_class }, { label: ERASED, place: null, lat: null, lon: null, at: null })
  if (e.target.kind === "investigation") await empty("investigation", { id: e.investigation }, { name: e.investigation, title: ERASED })

  const lost = await keysLost(engine, store, e, old)
  for (const { id, key } of await all<{ id: string; key: string }>("select id, key from standing_decision where investigation = $1", [
    e.investigation,
  ]))
    if (lost.has(key)) await empty("standing_decision", { id }, { key: `erased:${id}`, reason: ERASED, event: null })
  for (const { id, key, records } of await all<{ id: string; key: string; records: string[] }>(
    "select id, key, records from conduct_assertion where investigation = $1",
    [e.investigation],
  )) {
    const left = records.filter((r) => !gone.has(r))
    if (lost.has(key) || (left.length === 0 && records.length > 0))
      await empty("conduct_assertion", { id }, { key: `erased:${id}`, reasoning: ERASED, records: [] })
    else if (left.length < records.length) await empty("conduct_assertion", { id }, { records: left })
  }
  for (const d of await all<{ id: string; left_keys: string[]; right_keys: string[]; records: string[] }>(
    "select id, left_keys, right_keys, records from identity_decision where investigation = $1",
    [e.investigation],
  )) {
    const [left, right, records] = [
      d.left_keys.filter((k) => !lost.has(k)),
      d.right_keys.filter((k) => !lost.has(k)),
      d.records.filter((r) => !gone.has(r)),
    ]
    // Of whom nothing is left, nobody is joined to and nobody kept apart from any more.
    if (left.length === 0 || right.length === 0 || (records.length === 0 && d.records.length > 0)) {
      await empty("identity_decision", { id: d.id }, { left_keys: [], right_keys: [], reason: ERASED, records: [] })
      await empty("identity_reading", { decision: d.id }, { reason: ERASED })
    } else if (left.length + right.length + records.length < d.left_keys.length + d.right_keys.length + d.records.length)
      await empty("identity_decision", { id: d.id }, { left_keys: left, right_keys: right, records })
  }
}

/** Identifiers that only the rows that went gave; of a person, all of his. */
async function keysLost(engine: Engine, store: Store, e: ErasureRow, old: readonly File[]): Promise<Set<string>> {
  if (e.target.kind === "person") return new Set(e.target.keys)
  const read = (files: readonly File[]) =>
    files
      .filter((f) => f.dataset === "mention")
      .map((f) => `select distinct key from read_parquet(${literal(`${store.folder}/${f.path}`)})`)
  const before = read(old)
  if (before.length === 0) return new Set()
  const still = read(
    await store.register.transaction(async (tx) => {
      const kept = (await selectExhibits(tx, { investigation: e.investigation })).map((x) => x.id)
      return store.segments.live(tx, { dataset: "mention", exhibits: kept })
    }, "all"),
  )
  const sql = `${before.join(" union ")}${still.length > 0 ? ` except (${still.join(" union ")})` : ""}`
  return new Set((await engine.all<{ key: string }>(sql)).map((r) => r.key))
}
