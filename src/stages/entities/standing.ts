import { selectItems } from "#evidence"
import { mountRecords } from "#records"
import { type Engine, fill, literal } from "#store"
import { isProtective, STANDING_IDS, type Standing, standingOf } from "#vocabulary/standing"
import { bearerOf } from "./bearer.ts"
import { protectsOf } from "./guard.ts"
import type { LiftingInForce } from "./lifting-rows.ts"
import type { Ground } from "./resolve.ts"
import type { StandingDecisionRow } from "./sql.ts"

const ADULT_YEARS = 18
/** An account that gives more numbers than this is run by several. */
const NUMBERS_OF_ONE = 3

/** Key, standing, event, from, to (UTC milliseconds), source, decision. */
type Said = readonly [string, Standing, string | null, number | null, number | null, string, string?]

/** What an interview's own column of care says of the one who gave it. */
const CARE: readonly [Standing, RegExp][] = [
  ["child", /\bchild\b|\bminor\b|under 18|unaccompanied|minderjährig|mineure?\b/i],
  ["age-disputed", /age disputed|age assessment/i],
  ["possible-trafficking-victim", /traffick|modern slavery|\bNRM\b|forced|coerced|debt bond|menschenhandel|traite/i],
  ["victim", /\bvictim\b|bereaved|opfer|victime/i],
]

/**
 * Fills `said_standing` in the engine, by key, from what the sight shows: holders of devices seized on arrival are presumed smuggled, by power
 * and place of seizure; passengers of a journey leg; who was under 18 at the time by a document or a list; what the sheet of an item
 * says of its holder; whoever gives an interview is a witness at least, and what its column of care says; and what people decided. Needs
 * `told`: whoever has nothing but a paper without an issuer stands in no valid mention, and is protected all the same.
 */
export async function fillSaidStanding(engine: Engine, ground: Ground, decisions: readonly StandingDecisionRow[]): Promise<void> {
  const { store, classes, investigation } = ground
  const items = await store.register.transaction((tx) => selectItems(tx, { investigation }), classes)
  const arrivals = new Map(items.filter((i) => i.on_arrival).map((i) => [i.id, i]))
  const said: Said[] = [
    ...(await ownKeys(ground, [...arrivals.keys()])).map(({ key, item }): Said => {
      const device = arrivals.get(item)!
      return [
        key,
        "smuggled-person",
        device.seizure_event,
        null,
        null,
        `own number or account of a device seized on arrival (${device.power ?? "no power stated"})`,
      ]
    }),
    ...items
      .filter((i) => i.on_arrival)
      .map(
        (i) =>
          [
            `holder:${i.id}`,
            "smuggled-person",
            i.seizure_event,
            null,
            null,
            `device seized on arrival (${i.power ?? "no power stated"})`,
          ] satisfies Said as Said,
      ),
    ...items.flatMap((i) => {
      const standing = STANDING_IDS.find((s) => s === i.holder?.standing)
      return standing && standing !== "unknown"
        ? [[`holder:${i.id}`, standing, i.seizure_event, null, null, `sheet of ${i.reference ?? i.id}`] satisfies Said as Said]
        : []
    }),
    ...decisions.flatMap((d) => {
      const standing = STANDING_IDS.find((s) => s === d.standing)
      if (!standing) return []
      const [from, to] = [d.from_at?.getTime() ?? null, d.to_at?.getTime() ?? null]
      return d.keys.map((key): Said => [key, standing, d.event, from, to, `decided: ${d.reason}`, d.id])
    }),
  ]
  await fill(
    engine,
    "said_standing",
    [
      ["key", "VARCHAR"],
      ["standing", "VARCHAR"],
      ["event", "VARCHAR"],
      ["from_ms", "BIGINT"],
      ["to_ms", "BIGINT"],
      ["source", "VARCHAR"],
      ["record", "VARCHAR"],
      ["decision", "VARCHAR"],
    ],
    said.map(([key, standing, event, from, to, source, decision]) => [key, standing, event, from, to, source, null, decision]),
  )
  const columns = "key, kind, part, item, event, record"
  await engine.exec(`create temp view named_or_told as select ${columns} from m union all select ${columns} from told`)
  await engine.exec(`insert into said_standing
    select distinct m.key, 'smuggled-person', m.event, null, null, 'carried on a journey leg', m.record, null from named_or_told m where m.kind = 'journey-leg' and m.part = 'passenger'`)
  await fill(
    engine,
    "taken",
    [
      ["item", "VARCHAR"],
      ["taken_ms", "BIGINT"],
    ],
    items.map((i) => [i.id, i.taken_in_at.getTime()]),
  )
  // A record without a time says at least that somebody was under 18 when it was taken in. Of a birth date that is known by year or
  // month alone, the latest day that it can be is the one that protects.
  const born = (column: string) =>
    `coalesce(try_cast(d.${column} as date), last_day(try_cast(d.${column} || '-01' as date)), try_cast(d.${column} || '-12-31' as date))`
  for (const [view, column, whose] of [
    ["document-inspection", "f_birthDate", "m.part in ('holder')"],
    ["passenger", "f_birthDate", "m.part in ('passenger','holder')"],
    ["person", "f_birthDate", "m.kind = 'person'"],
  ] as const)
    await engine.exec(`insert into said_standing
      select distinct m.key, 'child', m.event, null, null, 'under 18 at the time by ' || ${literal(view)}, m.record, null
      from named_or_told m join "${view}" d on d.id = m.record join taken on taken.item = m.item where ${whose}
        and ${born(column)} > (make_timestamp(coalesce(d.at_ms, taken.taken_ms) * 1000)::date - interval ${ADULT_YEARS} year)`)
  await engine.exec(`insert into said_standing
    select distinct m.key, 'witness', null, null, null, 'gave an account of the journey in an interview', m.record, null from m where m.kind = 'debrief' and m.part in ('author','owner','subject')`)
  for (const r of await engine.all<{ key: string; record: string; care: string }>(
    `select distinct m.key, m.record, d.extra as care from m join debrief d on d.id = m.record where m.part in ('author','owner','subject') and d.extra is not null order by all`,
  ))
    for (const [standing, words] of CARE)
      if (words.test(r.care))
        await engine.exec(
          `insert into said_standing values (${[r.key, standing].map(literal).join(",")}, null, null, null, 'said so in an interview''s record of care', ${literal(r.record)}, null)`,
        )
}

/**
 * What devices seized on arrival give as their own number or account, also in rows that nobody has decided on: a row that is sealed from
 * every other use still protects whom it is about.
 */
async function ownKeys(ground: Ground, items: readonly string[]): Promise<{ key: string; item: string }[]> {
  if (items.length === 0) return []
  const sealed = await mountRecords(ground.store, ground.classes, { scope: ["undecided", "sealed", "apart"] })
  try {
    return await sealed.engine.all<{ key: string; item: string }>(
      `select distinct key, item from mention where valid and owner and type in ('phone','account','handle','email') and item in (${items.map(literal).join(",")}) order by key, item`,
    )
  } finally {
    sealed.close()
  }
}

/**
 * Fills `standing` by entity from `said_standing` and `identity`: protection is worked out over all claims of an entity, so a merge keeps
 * it. `signs` names each statement, so that a lifting covers the statements that stood when it was proposed and no later one.
 */
export async function fillStanding(engine: Engine): Promise<void> {
  await engine.exec(`create temp table meant as select distinct decision, entity from said_standing join identity using (key) where false`)
  for (const { decision, keys } of await engine.all<{ decision: string; keys: string[] }>(
    `select decision, list(key order by key) as keys from said_standing where decision is not null and standing not in (${PROTECTIVE}) group by decision order by decision`,
  )) {
    const entity = await bearerOf(engine, keys)
    if (entity) await engine.exec(`insert into meant values (${literal(decision)}, ${literal(entity)})`)
  }
  // Whoever bears any of a protected person's keys is protected; what does not protect is one person's alone.
  await engine.exec(`create temp table standing as
    select i.entity, s.standing, s.event, s.from_ms, s.to_ms, s.source, s.decision, to_json(list(s.record order by s.record) filter (s.record is not null)[:5]) as records,
      to_json(list(distinct sha256(s.key || '|' || s.standing || '|' || coalesce(s.event, '') || '|' || coalesce(s.decision, s.source)))) as signs
    from said_standing s join identity i using (key)
    where s.decision is null or s.standing in (${PROTECTIVE}) or (s.decision, i.entity) in (select (decision, entity) from meant) group by all`)
  // An account whose posts give a protected person's number speaks for that person, and the numbers beside it are likely theirs too:
  // protection wins where it is not known. One step only, and not where an account gives the numbers of many.
  await engine.exec("create temp table elsewhere as select distinct entity, protects, person from guarded join identity using (key)")
  const here = await protectedIn(engine)
  const there = await engine.all<{ entity: string }>("select distinct entity from elsewhere order by entity")
  if (here.size + there.length === 0) return
  await fill(
    engine,
    "guarded_entity",
    [
      ["entity", "VARCHAR"],
      ["standing", "VARCHAR"],
    ],
    [...here, ...there.filter((t) => !here.has(t.entity)).map((t) => [t.entity, null] as const)],
  )
  await engine.exec(`create temp table posted as
    select i.entity as account, n.entity as number, b.record from being b join identity n on n.key = b.key
    join m on m.record = b.record and m.kind = 'post' and m.part = 'author' join identity i on i.key = m.key where b.type = 'phone'`)
  await engine.exec(`create temp table spoken_for as
    select account, h.standing, list_sort(list(distinct p.record))[:5] as records from posted p join guarded_entity h on h.entity = p.number group by all`)
  await engine.exec(`create temp table beside as
    select account as entity, standing, 'posts of this account give the number of a protected person' as source, records from spoken_for
    union all
    select distinct p.number, s.standing, 'given for contact beside the number of a protected person', s.records
    from posted p join spoken_for s using (account)
    where p.number not in (select entity from guarded_entity) and (select count(distinct q.number) from posted q where q.account = s.account) <= ${NUMBERS_OF_ONE}`)
  await engine.exec(`insert into standing
    select entity, standing, null, null, null, source, null, to_json(records), to_json([sha256(entity || '|' || standing || '|' || source)]) from beside where standing is not null`)
  await engine.exec("insert into elsewhere select distinct entity, 'adult', 'beside' from beside where standing is null")
}

/** The standings that protect, as a list in SQL. */
export const PROTECTIVE = STANDING_IDS.filter(isProtective).map(literal).join(",")

/** The entities that a standing in view protects, with the one that counts. Weighs every claim, whatever its period: once protected, protected here. */
async function protectedIn(engine: Engine): Promise<Map<string, Standing>> {
  const rows = await engine.all<{ entity: string; standing: Standing; event: string | null; from_ms: number | null; to_ms: number | null }>(
    "select entity, standing, event, from_ms, to_ms from standing order by all",
  )
  const out = new Map<string, Standing>()
  for (const [entity, claims] of Map.groupBy(rows, (r) => r.entity)) {
    const answer = standingOf(claims.map((c) => ({ standing: c.standing, event: c.event, from: c.from_ms, to: c.to_ms })))
    if (answer.protected) out.set(entity, answer.standing)
  }
  return out
}

const MASK: Partial<Record<Standing, string>> = { child: "Protected person (child)", "age-disputed": "Protected person (age disputed)" }

/** What a lifting covers, and what stands against it. */
export interface Held {
  /** Every protective statement about the entity, in view or of the register, by name. */
  covers: string[]
  /** Somebody, here or elsewhere, holds the person to be a child or of disputed age. */
  child: boolean
}

/** The protective statements about one entity as they stand. Needs `standing` and `elsewhere`. */
export async function heldOf(engine: Engine, entity: string): Promise<Held> {
  const here = await engine.all<{ standing: Standing; signs: string }>(
    `select standing, signs from standing where entity = $1 and standing in (${PROTECTIVE}) order by all`,
    [entity],
  )
  const there = await engine.all<{ protects: string; person: string }>(
    "select protects, person from elsewhere where entity = $1 order by all",
    [entity],
  )
  return {
    covers: [...new Set([...here.flatMap((h) => JSON.parse(h.signs) as string[]), ...there.map((t) => t.person)])].sort(),
    child: here.some((h) => protectsOf(h.standing) === "child") || there.some((t) => t.protects === "child"),
  }
}

/**
 * Fills `hidden` (entity, standing, label) and `lifted` (entity, lifting): who is protected, and for whom that is lifted for now. A
 * lifting counts while every protective statement about the person is one that it covers. Gives the keys of all whom standings in view
 * protect, lifted or not: for other viewers they are.
 */
export async function fillHidden(
  engine: Engine,
  liftings: readonly LiftingInForce[],
): Promise<{ key: string; protects: "child" | "adult" }[]> {
  const here = await protectedIn(engine)
  const all = new Map<string, Standing | null>(
    (await engine.all<{ entity: string }>("select distinct entity from elsewhere order by entity")).map((e) => [e.entity, null]),
  )
  for (const [entity, standing] of here) all.set(entity, standing)
  const lifted: [string, string][] = []
  for (const { id, keys, covers } of liftings) {
    const entity = await bearerOf(engine, keys)
    if (!entity || !all.has(entity)) continue
    const held = await heldOf(engine, entity)
    if (held.child || held.covers.some((c) => !covers.includes(c))) continue
    all.delete(entity)
    lifted.push([entity, id])
  }
  await fill(
    engine,
    "hidden",
    [
      ["entity", "VARCHAR"],
      ["standing", "VARCHAR"],
      ["label", "VARCHAR"],
    ],
    [...all].map(([entity, standing]) => [entity, standing, (standing && MASK[standing]) ?? "Protected person"]),
  )
  await fill(
    engine,
    "lifted",
    [
      ["entity", "VARCHAR"],
      ["lifting", "VARCHAR"],
    ],
    lifted,
  )
  // A key that stands in sealed rows only is nobody's in view, and protects all the same.
  const said = await engine.all<{ key: string; standing: Standing }>(
    `select distinct key, standing from said_standing where standing in (${PROTECTIVE}) order by all`,
  )
  const keys = await engine.all<{ key: string; entity: string }>("select key, entity from identity order by key")
  return [
    ...said.map(({ key, standing }) => ({ key, protects: protectsOf(standing) })),
    ...keys.flatMap(({ key, entity }) => {
      const standing = here.get(entity)
      return standing ? [{ key, protects: protectsOf(standing) }] : []
    }),
  ]
}
