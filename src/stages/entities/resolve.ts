import { type ItemRow, selectExhibits, selectItems } from "#evidence"
import { type Mounted, mountRecords, rowsOf } from "#records"
import { appendRows, type Engine, fill, type Layout, literal, type Store } from "#store"
import { say } from "#vocabulary/sentences"
import { isProtective, type Standing } from "#vocabulary/standing"
import { spokenClaims } from "./attribution/spoken-table.ts"
import { blockOf, fullNameClaims, type NamedKey } from "./full-names.ts"
import { fillConflicts } from "./identity/conflicts.ts"
import { fillFacts } from "./identity/facts.ts"
import { fillLasting } from "./identity/lasting.ts"
import { fillSaidTogether } from "./identity/pairs.ts"
import { settle } from "./identity/settle.ts"
import { apartOf, claimsOf, type InForce } from "./identity/state.ts"
import { linkageClaims, toldClaims } from "./linkage/claims.ts"
import type { ParameterSet } from "./linkage/parameters.ts"
import { addTold } from "./linkage/told.ts"
import { fillReportRoots } from "./origins.ts"
import { type Claim, type ClaimGrade, gradeOf, weightOf } from "./unite.ts"

/** Value types whose keys stand for people (or whoever uses them); the others are things, tied to people by claims only. */
export const PERSON_TYPES = ["phone", "email", "handle", "account", "holder", "alias", "document", "name", "node", "fragment"] as const
/** What a record may join: names are what people are called, and join nobody. */
const JOINING = PERSON_TYPES.filter((t) => t !== "name" && t !== "fragment")
/** What a bare resolution needs from outside: the sight's records, and who is asking for them. */
export interface Ground {
  store: Store
  classes: readonly number[]
  investigation: string
  /** The manifest position to show; the present one when left out. */
  asOf?: number | undefined
}

/** Up to so many rows, mentions are read from their files once; more are read by each statement, which keeps them out of memory. */
const FEW_ROWS = 20_000

/** Mounts the sight's records with tables more: `origin` (exhibit, item, event, undecided, access class, grade), `report_root`, and `m`, the valid mentions with their event. Whoever stands on a watch list is nobody of the case: listings are compared, never joined. */
export async function mountOrigins(ground: Ground, options: { memoryLimit?: string } = {}): Promise<Mounted> {
  const { store, classes, asOf } = ground
  const mounted = await mountRecords(store, classes, { ...options, ...(asOf === undefined ? {} : { asOf }) })
  await fillOrigins(mounted.engine, ground)
  await fillReportRoots(mounted.engine)
  const held = rowsOf(mounted.segments) <= FEW_ROWS ? "table" : "view"
  await mounted.engine.exec(`create temp ${held} m as select mention.*, coalesce(report_root.event, origin.event) as event
    from mention join origin using (exhibit) left join report_root using (record) where valid and kind <> 'listing'`)
  return mounted
}

/** Fills `origin`: item, seizure event, access class and grade of each exhibit under the sight. */
export async function fillOrigins(engine: Engine, { store, classes, investigation }: Ground): Promise<void> {
  const { items, exhibits } = await store.register.transaction(
    async (tx) => ({ items: await selectItems(tx, { investigation }), exhibits: await selectExhibits(tx, { investigation }) }),
    classes,
  )
  const itemOf = new Map(items.map((i) => [i.id, i]))
  await fill(
    engine,
    "origin",
    [
      ["exhibit", "VARCHAR"],
      ["item", "VARCHAR"],
      ["event", "VARCHAR"],
      ["undecided", "BOOLEAN"],
      ["region", "VARCHAR"],
      ["reference", "VARCHAR"],
      ["access_class", "INTEGER"],
      ["grade", "VARCHAR"],
    ],
    exhibits.map((e) => [
      e.id,
      e.item,
      itemOf.get(e.item)?.seizure_event ?? e.item,
      e.undecided,
      itemOf.get(e.item)?.region,
      itemOf.get(e.item)?.reference,
      e.access_class,
      gradingOf(itemOf.get(e.item)),
    ]),
  )
}

/** As reports have theirs written: scheme, colon, code. */
const gradingOf = (item: ItemRow | undefined): string | null => (item ? `${item.grade_scheme}:${item.grade_code}` : null)

const inList = (types: readonly string[]): string => types.map(literal).join(",")

/** What a resolution follows from besides the mounted records. */
export interface Resolution {
  store: Store
  mounted: Mounted
  decisions: readonly InForce[]
  /** The parameters of linkage that were adopted; null where nothing was. */
  linkage: ParameterSet | null
  /** The folder of an earlier picture of the same sight, parameters and release; null to work everything out. */
  base: string | null
}

/**
 * Needs `being` (who is spoken of), `self_said`, `told`, `said_standing` and `guarded` (who is protected, by key). Fills `identity` (key, entity), `entity` (id, kind, label, labels, keys, items, events, records, first_at, last_at),
 * `claim`, `conflict`, `lasting` and what the next resolution begins from. Depends on nothing but the mounted records, the decisions and the node's key: `base` saves work and changes nothing.
 * An entity's id is a keyed hash of its smallest key.
 */
export async function resolve({ store, mounted, decisions, linkage, base }: Resolution): Promise<{ redone: number; keys: number }> {
  const { engine } = mounted
  await engine.exec(`create temp table ident as
    select key, any_value(type) as type, count(distinct item)::int as items, count(distinct event)::int as events, count(distinct record) as records,
      min(at_ms) as first_at, max(at_ms) as last_at
    from (select key, type, item, event, record, at_ms from m union all select key, split_part(key, ':', 1), item, event, record, at_ms from being) group by key`)
  await fillSaidTogether(store, mounted, JOINING)
  await fillFacts(engine, JOINING)
  await fillApart(engine, decisions)
  await fill(engine, "claim", CLAIM, [])
  await addClaims(engine, await sameNumber(engine))
  await addSaidTogether(engine)
  await addClaims(engine, await spokenClaims(engine))
  await addClaims(engine, await ownContacts(engine))
  await addClaims(engine, await linkageClaims(engine, linkage))
  await addClaims(engine, await toldClaims(engine))
  await addTold(engine, decisions, JOINING, REASONS)
  await fillStated(engine)
  await addClaims(engine, await decided(engine, decisions))
  await engine.exec("delete from claim where a not in (select key from ident) or b not in (select key from ident)")
  await settle(engine, "sure", base)
  await addClaims(engine, await fullNames(engine, base))
  const done = await settle(engine, "all", base)
  await engine.exec(`create or replace temp table claim as
    select c.*, r.words as refused from claim c left join refusal r on r.a = c.a and r.b = c.b and r.rule = c.rule and r.decision is not distinct from c.decision`)
  await fillLasting(engine, store.nodeKey, base)
  await engine.exec(`create temp table identity as
    select i.key, coalesce(l.entity_id, own.entity_id) as entity from ident i join lasting own using (key)
    left join cluster c on c.key = i.key and c.stage = 'all' left join lasting l on l.key = c.root`)
  await fillEntities(engine)
  await fillConflicts(engine)
  return done
}

/** Whole birth dates that fragments state which a claim names, with the papers, numbers and mailboxes beside them. */
const fillStated = (engine: Engine): Promise<void> =>
  engine.exec(`create temp table fact_stated as
    select key, birth as date, concat_ws(chr(31), document, phone, email) as ids, record from fragment_or_told
    where length(birth) = 8 and key in (select a from claim where rule = 'linkage' union select b from claim where rule = 'linkage')`)

const CLAIM: Layout = [
  ["a", "VARCHAR"],
  ["b", "VARCHAR"],
  ["weight", "INTEGER"],
  ["grade", "VARCHAR"],
  ["rule", "VARCHAR"],
  ["reason", "VARCHAR"],
  ["items", "INTEGER"],
  ["records", "VARCHAR"],
  ["detail", "VARCHAR"],
  ["decision", "VARCHAR"],
]

const addClaims = (engine: Engine, claims: readonly Claim[]): Promise<void> =>
  appendRows(
    engine,
    "claim",
    CLAIM,
    claims.map((c) => [
      c.a,
      c.b,
      c.weight,
      gradeOf(c.weight),
      c.rule,
      c.reason,
      c.items,
      JSON.stringify(c.records),
      c.detail ? JSON.stringify(c.detail) : null,
      c.decision ?? null,
    ]),
  )

/** What decisions say is one, of the keys that are in view. */
async function decided(engine: Engine, decisions: readonly InForce[]): Promise<Claim[]> {
  const said = [...new Set(decisions.flatMap((d) => [...d.left, ...d.right]))]
  if (said.length === 0) return []
  const rows = await engine.all<{ key: string }>(`select key from ident where key in (${said.map(literal).join(",")})`)
  const known = new Set(rows.map((r) => r.key))
  return claimsOf(decisions.map((d) => ({ ...d, left: d.left.filter((k) => known.has(k)), right: d.right.filter((k) => known.has(k)) })))
}

async function fillApart(engine: Engine, decisions: readonly InForce[]): Promise<void> {
  await fill(
    engine,
    "apart",
    [
      ["decision", "VARCHAR"],
      ["side", "VARCHAR"],
      ["key", "VARCHAR"],
    ],
    apartOf(decisions).flatMap(({ decision, left, right }) => [
      ...left.map((key) => [decision, "left", key]),
      ...right.map((key) => [decision, "right", key]),
    ]),
  )
}

/** On WhatsApp and Viber the account is the number: one and the same by the platform's own rule. */
async function sameNumber(engine: Engine): Promise<Claim[]> {
  const rows = await engine.all<{ a: string; b: string }>(
    `with accounts as (select key, 'phone:' || regexp_extract(key, '^(?:account|handle):[a-z]+:(\\+\\d+)$', 1) as number from ident where type in ('account','handle'))
     select a.key as a, n.key as b from accounts a join ident n on n.key = a.number order by a`,
  )
  return rows.map(({ a, b }) => ({
    a,
    b,
    weight: weightOf("firm", 1),
    rule: "same-number",
    reason: say("use.same-number"),
    items: 1,
    records: [],
  }))
}

const REASONS = { "own-device": say("claim.own-device"), "one-card": say("use.one-card"), "one-party": say("use.one-party") }
const SAID_TOGETHER: readonly { how: string; grade: ClaimGrade; rule: keyof typeof REASONS }[] = [
  { how: "own", grade: "firm", rule: "own-device" },
  { how: "card", grade: "slight", rule: "one-card" },
  { how: "party", grade: "fair", rule: "one-party" },
]

/** What single records say of one party: many, so that they do not leave the engine. */
async function addSaidTogether(engine: Engine): Promise<void> {
  for (const { how, grade, rule } of SAID_TOGETHER)
    await engine.exec(
      `insert into claim select a, b, ${weightOf(grade, 1)} + least(items - 1, ${weightOf(grade, Number.MAX_SAFE_INTEGER) - weightOf(grade, 1)}), ${literal(grade)}, ${literal(rule)}, ${literal(REASONS[rule])},
         items, to_json(records), null, null from said_together where how = ${literal(how)}`,
    )
}

/**
 * An account whose posts give one number for contact and never another: the account's user answers there. An account that gives
 * several numbers is run by several, or says nothing of any of them.
 */
async function ownContacts(engine: Engine): Promise<Claim[]> {
  const rows = await engine.all<{ account: string; number: string; items: number; records: string[] }>(`
    with given as (
      select m.key as account, b.key as number, b.record, b.item from being b join m on m.record = b.record and m.part = 'author' and m.type in ('handle','account')
      where b.type = 'phone' and m.kind = 'post'),
    each as (select account, number, count(distinct item)::int as items, list_sort(list(distinct record))[:5] as records from given group by all)
    select account, number, items, records from each
    qualify count(*) over (partition by account) = 1 order by account`)
  return rows.map(({ account, number, items, records }) => ({
    a: account,
    b: number,
    weight: weightOf("slight", items),
    rule: "own-contact",
    reason: say("claim.own-contact"),
    items,
    records,
  }))
}

/** Names in full that records give to a party, and names in full that stand alone. */
async function fullNames(engine: Engine, base: string | null): Promise<Claim[]> {
  const roots = new Map(
    (await engine.all<{ key: string; root: string }>("select key, root from cluster where stage = 'sure' and key <> root")).map((r) => [
      r.key,
      r.root,
    ]),
  )
  const rootOf = (key: string): string => roots.get(key) ?? key
  await engine.exec(`create temp table named as
    with given as (
      select key, name, name_fold, item, record from m where type in (${inList(PERSON_TYPES)}) and type <> 'holder' and kind <> 'person' and name_fold is not null and contains(name_fold, ' ')
      union all
      select key, raw, name_fold, item, record from being where type = 'name' and contains(name_fold, ' '))
    select key, min(name) as name, count(distinct item)::int as items, list_sort(list(distinct record))[:5] as records from given group by key, name_fold`)
  await fillNameBlocks(engine, base)
  // Where no name stands alone nobody is joined by one: of all names only those are looked at that share a key with such a name.
  const named: NamedKey[] = await engine.all<{ key: string; name: string; items: number; records: string[] }>(
    `select n.* from named n join name_block b using (name) where b.block <> '' and b.block in (
       select block from named join name_block using (name) where key like 'name:%') order by n.key, n.name`,
  )
  const said = await engine.all<{ key: string; standing: Standing }>(
    "select distinct key, standing from said_standing semi join ident using (key) order by all",
  )
  const guarded = await engine.all<{ key: string }>("select distinct key from guarded semi join ident using (key) order by key")
  const hidden = new Set([...said.filter((s) => isProtective(s.standing)), ...guarded].map((s) => rootOf(s.key)))
  return fullNameClaims(named, rootOf, (root) => hidden.has(root))
}

/** Fills `name_block` (name, block): under which key full names are compared; worked out once for each name of a sight. */
async function fillNameBlocks(engine: Engine, base: string | null): Promise<void> {
  const layout: Layout = [
    ["name", "VARCHAR"],
    ["block", "VARCHAR"],
  ]
  await fill(engine, "name_block", layout, [])
  if (base !== null)
    await engine.exec(
      `insert into name_block select * from read_parquet(${literal(`${base}/whole-name_block.parquet`)}) semi join named using (name)`,
    )
  const fresh = await engine.all<{ name: string }>("select distinct name from named anti join name_block using (name) order by name")
  await appendRows(
    engine,
    "name_block",
    layout,
    fresh.map(({ name }) => [name, blockOf(name) ?? ""]),
  )
}

async function fillEntities(engine: Engine): Promise<void> {
  // Of spellings that are used equally often the first by code point is shown: whoever came first to the engine must not matter.
  await engine.exec(`create temp table label as
    with u as (
      select entity, name_fold, name, item from m join identity using (key) where name_fold is not null and name_fold <> '' and not (type = 'holder')
      union all
      select entity, name_fold, name, item from joined_told t join identity using (key) where name_fold <> '' and not exists (select 1 from m where m.record = t.record and m.party = t.party)),
    chosen as (select entity, name_fold, first(name order by n desc, name) as name from (select entity, name_fold, name, count(*) as n from u group by all) group by entity, name_fold)
    select entity, name_fold, chosen.name, count(distinct u.item)::int as items, count(*) as uses from chosen join u using (entity, name_fold) group by all`)
  await engine.exec(`create temp table best as
    select entity, first(name order by items desc, (length(name_fold) - length(replace(name_fold, ' ', ''))) desc, uses desc, name_fold) as label,
      to_json(list({name: name, items: items, uses: uses} order by items desc, uses desc, name_fold)[:12]) as labels
    from label group by entity`)
  await engine.exec(`create temp table called as select entity, first(raw order by n desc, raw) as name
    from (select entity, raw, count(*) as n from being join identity using (key) where type in ('name','nickname') group by entity, raw) group by entity`)
  await engine.exec(`create temp table entity as
    with k as (
      select i.entity, d.*, case when d.type in (${inList(PERSON_TYPES)}) then 'person' else d.type end as kind from identity i join ident d using (key)),
    spread as (select entity, count(distinct item)::int as items, count(distinct event)::int as events, count(distinct record) as records, count(distinct item) filter (part = 'contact')::int as cards from m join identity using (key) group by entity)
    select k.entity as id, min(k.kind) as kind,
      coalesce(any_value(best.label), any_value(called.name), first(case when k.type = 'holder' then 'user of ' || coalesce((select min(reference) from origin where item = split_part(k.key, ':', 2)), split_part(k.key, ':', 2)) when k.type = 'fragment' then 'a person without a name' else split_part(k.key, ':', -1) end order by case k.type when 'phone' then 0 when 'handle' then 1 when 'email' then 2 when 'account' then 3 when 'document' then 4 when 'alias' then 5 when 'name' then 6 else 7 end, k.key)) as label,
      any_value(best.labels) as labels, list_sort(list(k.key)) as keys, coalesce(any_value(spread.items), max(k.items)) as items, coalesce(any_value(spread.events), max(k.events)) as events, coalesce(any_value(spread.records), max(k.records)) as records,
      any_value(spread.cards) as cards, min(k.first_at) as first_at, max(k.last_at) as last_at
    from k left join best on best.entity = k.entity left join called on called.entity = k.entity left join spread on spread.entity = k.entity group by k.entity`)
}
