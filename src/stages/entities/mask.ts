import { fold } from "#names"
import { type Engine, fill, type Layout, literal, quoted } from "#store"
import { keyedId } from "#vocabulary/ids"
import { KIND_NAMES, KINDS } from "#vocabulary/kinds"
import { redactor } from "./redact.ts"
import { PROTECTIVE } from "./standing.ts"

/** Tables that everybody after this stage sees, each without names, numbers and keys of protected people. */
export const MASKED = [
  "identity",
  "entity",
  "claim",
  "conflict",
  "lasting",
  "standing",
  "conduct",
  "unresolved",
  "hidden",
  "lifted",
  "report_root",
  "record_name",
  "apart_cluster",
  "attribution",
  "attribution_evidence",
  "number_node",
  "number_reach",
  "spoken_candidate",
] as const

const SECRET: Layout = [
  ["form", "VARCHAR"],
  ["value", "VARCHAR"],
]

/** What a record is called outside: by the id column of its table's mapping, else by file and row, else by its own id. */
const RECORD_NAMES = KIND_NAMES.map((kind) => {
  const row = `case when file is null or "row" is null then id else file || ':' || "row" end`
  const named = "nativeId" in KINDS[kind].columns ? `case when f_nativeId = "row" then f_nativeId else ${row} end` : row
  return `select id as record, ${named} as name from ${quoted(kind)}`
}).join(" union all ")

/**
 * Fills `secret` (keys, names and identifiers of protected people) and `masked_*` from the tables of the whole picture and `hidden`.
 * Words that people or records said are kept, with what names a protected person taken out of them.
 */
export async function fillMasked(engine: Engine, nodeKey: Buffer): Promise<void> {
  await fillSecrets(engine)
  await hideNamesakes(engine)
  const redact = redactor(await secretsOf(engine, "secret"))
  const hidden = "(select entity from hidden)"
  const hiddenKeys = "(select value from secret where form = 'key')"
  await engine.exec(`create temp table masked_identity as select * from identity where entity not in ${hidden}`)
  await engine.exec(`create temp table masked_entity as
    select e.id, case when h.entity is null then e.kind else 'person' end as kind, coalesce(h.label, e.label) as label,
      case when h.entity is null then e.labels end as labels, case when h.entity is null then e.keys else [] end as keys,
      e.items, e.events, e.records, case when h.entity is null then e.cards end as cards,
      case when h.entity is null then e.first_at end as first_at, case when h.entity is null then e.last_at end as last_at
    from entity e left join hidden h on h.entity = e.id`)
  await engine.exec(`create temp table masked_claim as select * from claim where a not in ${hiddenKeys} and b not in ${hiddenKeys}`)
  await engine.exec(`create temp table masked_conflict as select * from conflict where a not in ${hiddenKeys} and b not in ${hiddenKeys}`)
  // Whatever id ever stood for a protected person still leads to his mask; what his identifiers are does not show.
  await engine.exec(`create temp table masked_lasting as
    select l.entity_id as id, i.entity, null as key from lasting l join identity i using (key)
    union all select l.fragment_id, i.entity, l.key from lasting l join identity i using (key) where i.entity not in ${hidden}`)
  await engine.exec("create temp table masked_standing as select * exclude (signs) from standing")
  await engine.exec(`create temp table masked_conduct as select * from conduct where entity not in ${hidden}`)
  // A bare name that a protected person is called by may well be that person.
  await engine.exec(`create temp table masked_unresolved as select u.* from unresolved u where u.entity not in ${hidden}`)
  await engine.exec("create temp table masked_hidden as select * from hidden")
  await engine.exec("create temp table masked_lifted as select * from lifted")
  await engine.exec("create temp table masked_report_root as select * from report_root")
  await engine.exec(`create temp table masked_record_name as ${RECORD_NAMES}`)
  await fillApartClusters(engine, nodeKey)
  await engine.exec(
    `create temp table masked_attribution as select * from attribution where whose not in ${hidden} and whose not in ${hiddenKeys} and what not in ${hiddenKeys}`,
  )
  await engine.exec(
    `create temp table masked_attribution_evidence as select * from attribution_evidence where claim in (select id from masked_attribution)`,
  )
  await engine.exec(`create temp table masked_number_reach as select * from number_reach where entity not in ${hidden}`)
  await engine.exec(`create temp table masked_number_node as select * from number_node where entity not in ${hidden}`)
  await engine.exec(
    `create temp table masked_spoken_candidate as select * replace (case when resolved in ${hidden} then null else resolved end as resolved)
     from spoken_candidate where key not in ${hiddenKeys} and candidate not in ${hidden}`,
  )
  const [called] = [await engine.all<{ name: string }>("select distinct name from unresolved order by name")]
  const named = called!.map((c) => c.name).filter((name) => redact(name) !== name)
  if (named.length > 0) await engine.exec(`delete from masked_unresolved where name in (${named.map(literal).join(",")})`)
  const [spoken] = [await engine.all<{ name: string }>("select distinct name from masked_spoken_candidate order by name")]
  const theirs = spoken!.map((s) => s.name).filter((name) => redact(name) !== name)
  if (theirs.length > 0) await engine.exec(`delete from masked_spoken_candidate where name in (${theirs.map(literal).join(",")})`)
  await rewrite(engine, "masked_attribution_evidence", "words", redact)
  await rewrite(engine, "masked_claim", "reason", redact)
  await rewrite(engine, "masked_claim", "detail", redact)
  await rewrite(engine, "masked_conflict", "reason", redact)
  await rewrite(engine, "masked_standing", "source", redact)
  await rewrite(engine, "masked_conduct", "words", redact)
}

/**
 * Rows of registers about protected people, by cluster: under ids that stand for nobody elsewhere, so that an export of clusters is whole and
 * leads from no entity to its rows.
 */
async function fillApartClusters(engine: Engine, nodeKey: Buffer): Promise<void> {
  const rows = await engine.all<{ record: string; entity: string }>(
    `select distinct split_part(key, ':', 2) as record, entity from identity join hidden using (entity) where starts_with(key, 'fragment:') and key not in (select key from told) order by all`,
  )
  await fill(
    engine,
    "masked_apart_cluster",
    [
      ["record", "VARCHAR"],
      ["cluster", "VARCHAR"],
    ],
    rows.map(({ record, entity }) => [record, keyedId("en_", nodeKey, "rows apart", entity)]),
  )
}

/**
 * A bare name that texts give where a protected person's name stands in full ("Yusuf" out of "Yusuf Gharqawi") is that person's, and is
 * hidden with him. Not so a name that is mostly given by itself: that may be anybody's.
 */
async function hideNamesakes(engine: Engine): Promise<void> {
  const redact = redactor(await secretsOf(engine, "secret"))
  const spans = await engine.all<{ entity: string; record: string; kind: string; col: string; start_at: number; raw: string }>(
    `with bare as (select entity from identity group by entity having bool_and(starts_with(key, 'name:')))
     select distinct i.entity, b.record, s.kind, b.col, b.start_at, b.raw from being b join identity i using (key) join bare using (entity)
     join spoken s on s.record = b.record and s.col = b.col and s.start_at = b.start_at
     where i.entity not in (select entity from hidden) and (i.entity in (select entity from conduct) or i.entity in (select entity from unresolved)) order by all`,
  )
  const names = (await secretsOf(engine, "secret")).names.map((n) => ` ${fold(n)} `)
  const possible = spans.filter(({ raw }) => names.some((n) => n.includes(` ${fold(raw)} `)))
  const texts = await textsOf(engine, possible)
  const inside = ({ record, col, start_at: at }: (typeof spans)[number]) =>
    redact.stretches(texts.get(`${record} ${col}`) ?? "").some(([start, end]) => start <= at && at < end)
  const found = [...Map.groupBy(possible, (s) => s.entity)].filter(([, own]) => own.filter(inside).length * 2 >= own.length).map(([e]) => e)
  if (found.length === 0) return
  await engine.exec(`insert into hidden select unnest([${found.map(literal).join(",")}]), null, 'Protected person'`)
  await engine.exec("drop table secret")
  await fillSecrets(engine)
}

async function textsOf(engine: Engine, spans: readonly { record: string; kind: string; col: string }[]): Promise<Map<string, string>> {
  const out = new Map<string, string>()
  for (const [where, own] of Map.groupBy(spans, (s) => `${s.kind} ${s.col}`)) {
    const [kind, col] = where.split(" ") as [string, string]
    const ids = [...new Set(own.map((s) => literal(s.record)))].join(",")
    for (const r of await engine.all<{ id: string; text: string | null }>(
      `select id, ${quoted(`f_${col}`)} as text from ${quoted(kind)} where id in (${ids})`,
    ))
      if (r.text !== null) out.set(`${r.id} ${col}`, r.text)
  }
  return out
}

async function fillSecrets(engine: Engine): Promise<void> {
  const keys = await engine.all<{ key: string; type: string }>(
    "select key, split_part(key, ':', 1) as type from identity join hidden using (entity) order by key",
  )
  await fill(
    engine,
    "secret",
    SECRET,
    keys.flatMap(({ key, type }) => [
      ["key", key],
      ...(type === "name" || type === "alias" || type === "node"
        ? [["name", key.slice(key.lastIndexOf(":") + 1)]]
        : type === "holder"
          ? []
          : [["identifier", key.slice(key.lastIndexOf(":") + 1)]]),
    ]),
  )
  // What identified people are called besides is theirs; a name that only a protected person bears tells him.
  await engine.exec(`insert into secret
    with theirs as (
      select l.name from label l join hidden h using (entity)
      union select m.name from m join identity i using (key) join hidden h using (entity) where m.name is not null and m.type <> 'holder'
      union select t.name from told t join identity i using (key) join hidden h using (entity)
      union select t.name from told t join said_standing s using (key) where s.standing in (${PROTECTIVE}) and t.key not in (select key from identity)
      union select b.raw from being b join identity i using (key) join hidden h using (entity) where b.type in ('name','nickname'))
    select distinct 'name', name from theirs where name is not null`)
  await engine.exec(`insert into secret
    select distinct 'identifier', m.raw from m join identity i using (key) join hidden h using (entity) where m.type not in ('name','holder','node','alias') and m.raw is not null
    union select distinct 'identifier', g.raw from told_id g join identity i on i.key = g.fragment join hidden h using (entity)
      where g.type not in ('name','holder','node','alias') and g.raw is not null
    union select distinct 'identifier', b.raw from being b join identity i using (key) join hidden h using (entity) where b.type not in ('name','nickname','title')`)
}

/** Names and identifiers of a table or file of secrets. */
export async function secretsOf(engine: Engine, from: string): Promise<{ names: string[]; identifiers: string[] }> {
  const rows = await engine.all<{ form: string; value: string }>(
    `select distinct form, value from ${from} where form <> 'key' order by all`,
  )
  const of = (form: string) => rows.filter((r) => r.form === form).map((r) => r.value)
  return { names: of("name"), identifiers: of("identifier") }
}

async function rewrite(engine: Engine, table: string, column: string, redact: (text: string) => string): Promise<void> {
  const rows = await engine.all<{ text: string }>(`select distinct ${column} as text from ${table} where ${column} is not null order by 1`)
  const changed = rows.map((r) => [r.text, redact(r.text)] as const).filter(([was, is]) => was !== is)
  if (changed.length === 0) return
  await fill(
    engine,
    "reworded",
    [
      ["was", "VARCHAR"],
      ["is_now", "VARCHAR"],
    ],
    changed,
  )
  await engine.exec(`update ${table} set ${column} = r.is_now from reworded r where ${table}.${column} = r.was`)
  await engine.exec("drop table reworded")
}
