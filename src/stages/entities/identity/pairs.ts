import type { Mounted } from "#records"
import { type Engine, type Layout, literal, type Segment, type Store } from "#store"

/** Raised when the same mentions would give other pairs. */
const PAIRS = 1
/** A party with more identifiers than this is a list, not a person. */
const MOST_IDS_OF_A_PARTY = 6
const RECORDS_SHOWN = 5
/** Of one exhibit: some more than are shown, because those that stand in several files are looked at apart. */
const RECORDS_KEPT = 12

const PAIR: Layout = [
  ["a", "VARCHAR"],
  ["b", "VARCHAR"],
  ["how", "VARCHAR"],
  ["exhibit", "VARCHAR"],
  ["item", "VARCHAR"],
]

/** Whoever is on a watch list is nobody of the case; what a register states of a person is weighed by linkage. */
const NOT_JOINING = "('listing', 'person')"

/** Pairs of identifiers that one record gives to one party, per exhibit; `mention` is a relation with the columns of mentions. */
const pairsIn = (mention: string, types: readonly string[]): string => `
  with p as (
    select record, party, exhibit, item, key, owner, kind, count(*) over (partition by record, party) as size
    from (select distinct record, party, exhibit, item, key, owner, kind from ${mention} where valid and kind not in ${NOT_JOINING} and type in (${types.map(literal).join(",")}))
  )
  select a.key as a, b.key as b, case when a.owner or b.owner then 'own' when a.kind = 'contact' then 'card' else 'party' end as how,
    a.exhibit as exhibit, a.item as item, list_sort(list(distinct a.record))[:${RECORDS_KEPT}] as records
  from p a join p b on a.record = b.record and a.party = b.party and a.key < b.key
  where a.size between 2 and ${MOST_IDS_OF_A_PARTY} group by all`

/**
 * Fills `said_together` (a, b, how, items, records): which identifiers single records give to one party, over all the sight. What one
 * file of mentions says never changes and is kept under its hash, so that new material costs what is new. Needs `origin`.
 */
export async function fillSaidTogether(store: Store, { engine, segments }: Mounted, types: readonly string[]): Promise<void> {
  const files = segments.filter((s) => s.dataset === "mention")
  const kept: string[] = []
  for (const segment of files) {
    const folder = await store.derived.folder(
      "pairs",
      { segment: segment.sha256, pairs: PAIRS, types },
      async (into) => {
        const own = await store.engine()
        try {
          await own.exec(
            `copy (${pairsIn(`read_parquet(${literal(pathOf(store, segment))})`, types)} order by all) to ${literal(`${into}/pair.parquet`)} (format parquet, compression zstd)`,
          )
        } finally {
          own.close()
        }
      },
      [`segment:${segment.id}`],
    )
    kept.push(`${folder}/pair.parquet`)
  }
  await engine.mount([{ view: "pair_of_file", files: kept, columns: [...PAIR, ["records", "VARCHAR[]"]] }])
  const cut = (
    await cutRecords(
      engine,
      files.map((f) => pathOf(store, f)),
    )
  )
    .map(literal)
    .join(",")
  const whole = cut === "" ? "records" : `list_filter(records, lambda r: not list_contains([${cut}], r))`
  const apart =
    cut === ""
      ? ""
      : `union all select a, b, how, exhibit, item, records from (${pairsIn(`(select * from mention where record in (${cut}))`, types)})`
  await engine.exec(`create temp table said_together as
    with every_pair as (select a, b, how, exhibit, item, ${whole} as records from pair_of_file ${apart})
    select a, b, how, count(distinct item)::int as items, list_sort(list_distinct(flatten(list(records))))[:${RECORDS_SHOWN}] as records
    from every_pair semi join origin using (exhibit) where len(records) > 0 group by a, b, how`)
}

const pathOf = (store: Store, segment: Segment): string => `${store.folder}/${segment.path}`

/** Records whose mentions stand in several files, because one was full in the midst of them. */
async function cutRecords(engine: Engine, files: readonly string[]): Promise<string[]> {
  if (files.length < 2) return []
  const rows = await engine.all<{ record: string }>(
    `select record from (select distinct record, filename from read_parquet([${files.map(literal).join(",")}], filename = true)) group by record having count(*) > 1 order by record`,
  )
  return rows.map((r) => r.record)
}
