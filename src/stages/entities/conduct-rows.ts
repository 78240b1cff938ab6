import { fold } from "#names"
import { type Engine, fill, literal, type Row } from "#store"
import { bearerOf } from "./bearer.ts"
import type { SubjectAct } from "./conduct/act-row.ts"
import { assertConduct } from "./conduct/assert-conduct.ts"
import { PERSON_TYPES } from "./resolve.ts"
import type { ConductAssertionRow } from "./sql.ts"

/** What an analyst's own assertion weighs, hundredths of a bit: enough to be ranked on, less than two independent sources. */
export const ANALYST_STRENGTH = 400

/**
 * Fills `being` (record, col, start_at, key, event, item, speaker): every stretch of text that speaks of somebody, with the key it
 * may be known by. A number or handle is its own key. A name or nickname that several different people of this investigation are
 * saved under is kept apart per seized thing; any other is one name wherever it is spoken. A bare title names nobody.
 */
export async function fillBeings(engine: Engine): Promise<void> {
  const raws = await engine.all<{ raw: string }>("select distinct raw from spoken where type in ('name','nickname') order by raw")
  await fill(
    engine,
    "folded",
    [
      ["raw", "VARCHAR"],
      ["name_fold", "VARCHAR"],
    ],
    raws.map((r) => [r.raw, fold(r.raw)]),
  )
  await engine.exec(`create temp table common as
    select name_fold from m where type in ('phone','account','handle') and name_fold is not null group by name_fold having count(distinct key) >= 3`)
  await engine.exec(`create temp table being as
    select s.record, s.col, s.start_at, s.type, s.raw, s.at_ms, o.event, o.item, f.name_fold,
      case when s.type in ('phone','email','handle','wallet','iban') then s.type || ':' || s.norm
           when f.name_fold is null or f.name_fold = '' then null
           when f.name_fold in (select name_fold from common) then 'name:' || o.item || ':' || f.name_fold
           else 'name:' || f.name_fold end as key
    from spoken s join origin o using (exhibit) left join folded f on f.raw = s.raw and s.type in ('name','nickname')
    where s.type <> 'title'`)
  await engine.exec("delete from being where key is null")
}

/**
 * Fills `conduct`, `spoken_tie` and `unresolved` from the acts that the sight's records hold and from what analysts asserted. Needs
 * `identity` to be there; everything is tied to entities, and weighed entity by entity.
 */
export async function fillConduct(engine: Engine, said: readonly ConductAssertionRow[]): Promise<void> {
  // A party's car or engine stands for nobody: whoever the record names comes first, then an outlet.
  await engine.exec(`create temp table party as
    select record, party, min(entity) as entity from (
      select record, party, i.entity, case when type in (${PERSON_TYPES.map(literal).join(",")}) then 0 when type = 'outlet' then 1 else 2 end as place from m join identity i using (key)
      qualify place = min(place) over (partition by record, party)) where place < 2 group by record, party`)
  await engine.exec(`create temp table spoken_tie as
    select distinct p.entity as speaker, i.entity as spoken, b.event, b.record, b.at_ms
    from being b join m on m.record = b.record and m.part in ('sender','author','caller') join party p on p.record = m.record and p.party = m.party
    join identity i on i.key = b.key where p.entity <> i.entity`)
  await engine.exec(`create temp table unresolved as
    with alone as (select entity from identity group by entity having count(*) = 1 and min(key) like 'name:%')
    select i.entity, min(b.raw) as name, count(distinct b.event)::int as events, count(distinct b.item)::int as items, to_json(list_sort(list(distinct b.record))[:5]) as records
    from being b join identity i using (key) join alone using (entity) where i.key not like 'name:it\\_%' escape '\\' group by i.entity`)
  await engine.exec(`create temp table subject_act as
    select coalesce(p.entity, i.entity) as subject, t.entity as counterpart, coalesce(rr.event, o.event) as event, a.* replace (coalesce(rr.root, a.root) as root)
    from act a join origin o using (exhibit) left join report_root rr on rr.record = a.record
    left join party p on p.record = a.record and p.party = a.actor_party
    left join party t on t.record = a.record and t.party = a.toward_party
    left join being b on b.record = a.record and b.col = a.actor_column and b.start_at = a.actor_start
    left join identity i on i.key = b.key
    where coalesce(p.entity, i.entity) is not null`)
  await fill(
    engine,
    "conduct",
    [
      ["entity", "VARCHAR"],
      ["conduct", "VARCHAR"],
      ["stage", "INTEGER"],
      ["strength", "INTEGER"],
      ["basis", "VARCHAR"],
      ["rule", "VARCHAR"],
      ["words", "VARCHAR"],
      ["innocent", "VARCHAR"],
      ["records", "VARCHAR"],
      ["events", "VARCHAR"],
    ],
    [...(await asserted(engine)), ...(await stated(engine, said))],
  )
}

type ConductValues = (string | number | null)[]

/** Conduct that the rules read out of records. */
async function asserted(engine: Engine): Promise<ConductValues[]> {
  const out: ConductValues[] = []
  let rows: SubjectAct[] = []
  const weigh = () => {
    for (const c of assertConduct(rows))
      out.push([
        c.subject,
        c.conduct,
        c.stage,
        c.strength,
        c.basis,
        c.rule,
        c.words,
        c.innocent,
        JSON.stringify(c.records),
        JSON.stringify(c.events),
      ])
    rows = []
  }
  for await (const batch of engine.stream("select * from subject_act order by subject, record, act, actor_party, actor_start, rule"))
    for (const r of batch) {
      if (rows.length > 0 && rows[0]!.subject !== r.subject) weigh()
      rows.push(subjectAct(r))
    }
  if (rows.length > 0) weigh()
  return out
}

export function subjectAct(r: Row): SubjectAct {
  return {
    subject: r.subject as string,
    counterpart: r.counterpart as string | null,
    event: r.event as string,
    record: r.record as string,
    exhibit: r.exhibit as string,
    kind: r.kind as SubjectAct["kind"],
    at: r.at_ms as number | null,
    actorParty: r.actor_party as number | null,
    actorColumn: r.actor_column as string | null,
    actorStart: r.actor_start as number | null,
    actorEnd: r.actor_end as number | null,
    actorType: r.actor_type as string | null,
    actorNorm: r.actor_norm as string | null,
    towardParty: r.toward_party as number | null,
    act: r.act as string,
    stage: r.stage as number | null,
    confidence: r.confidence as number,
    basis: r.basis as SubjectAct["basis"],
    thread: r.thread as string | null,
    root: r.root as string | null,
    grade: r.grade as string | null,
    quantity: r.quantity as number | null,
    code: r.code as string | null,
    rule: r.rule as string,
    words: r.words as string,
  }
}

/** Conduct that an analyst asserted, with the seizure events of the records it rests on. */
async function stated(engine: Engine, said: readonly ConductAssertionRow[]): Promise<ConductValues[]> {
  const out: ConductValues[] = []
  for (const c of said) {
    const who = await bearerOf(engine, c.keys)
    if (!who) continue
    const events = await engine.all<{ event: string }>(
      `select distinct event from m where record in (${c.records.map(literal).join(",")}) order by event`,
    )
    out.push([
      who,
      c.conduct,
      c.stage,
      ANALYST_STRENGTH,
      "analyst's inference",
      "analyst",
      c.reasoning,
      "an inference of a person, not a record",
      JSON.stringify(c.records),
      JSON.stringify(events.map((e) => e.event)),
    ])
  }
  return out
}
