import { fold } from "#names"
import { type Engine, fill } from "#store"
import { type Claim, weightOf } from "../unite.ts"
import { type Candidate, candidatesOf, resolved, type SpokenFacts } from "./spoken-of.ts"

const DAY_MS = 86_400_000
const CANDIDATES = "('phone','account','handle')"
/** Where whoever is saved or written to stands in a record. */
const SAVED_PARTS = "('contact','sender','recipient','participant','caller','callee','owner')"

/**
 * Names that are spoken of or written without a number, and whom they may be: fills `spoken_key` with every candidate's evidence, and gives a
 * claim for each name that is resolved. Needs `m`, `being`, `ident`, `self_said`.
 */
export async function spokenClaims(engine: Engine): Promise<Claim[]> {
  const facts = await spokenFacts(engine)
  const weighed = facts.map((f) => ({ facts: f, candidates: candidatesOf(f) }))
  const rows: (string | number | null)[][] = []
  const claims: Claim[] = []
  for (const { facts: f, candidates } of weighed) {
    const found = resolved(candidates)
    for (const c of candidates)
      for (const e of c.evidence)
        rows.push([
          f.key,
          f.name,
          eventsOf(f),
          found?.candidate ?? null,
          c.candidate,
          c.weight,
          e.side,
          e.rule,
          e.weight,
          e.words,
          JSON.stringify(e.records),
        ])
    if (found) claims.push(claimOf(f, found))
  }
  await fill(
    engine,
    "spoken_key",
    [
      ["key", "VARCHAR"],
      ["name", "VARCHAR"],
      ["events", "INTEGER"],
      ["resolved", "VARCHAR"],
      ["candidate", "VARCHAR"],
      ["weight", "INTEGER"],
      ["side", "VARCHAR"],
      ["rule", "VARCHAR"],
      ["part", "INTEGER"],
      ["words", "VARCHAR"],
      ["records", "VARCHAR"],
    ],
    rows,
  )
  return claims
}

/** Fills `spoken_candidate`: as `spoken_key`, each candidate as the entity that bears it, a stronger identifier of one entity first. Needs `identity`. */
export async function fillSpoken(engine: Engine): Promise<void> {
  await engine.exec(`create temp table spoken_candidate as
    with best as (
      select s.key, s.candidate as at, i.entity, row_number() over (partition by s.key, i.entity order by max(s.weight) desc, s.candidate) as n
      from spoken_key s join identity i on i.key = s.candidate group by s.key, s.candidate, i.entity)
    select s.key, s.name, s.events, r.entity as resolved, b.entity as candidate, s.weight, s.side, s.rule, s.part, s.words, s.records
    from spoken_key s join best b on b.key = s.key and b.at = s.candidate and b.n = 1
    left join identity k on k.key = s.key left join identity r on r.key = s.resolved and r.entity = k.entity`)
}

const eventsOf = (f: SpokenFacts): number => new Set(f.spoken.map((s) => s.event)).size

function claimOf(f: SpokenFacts, found: Candidate): Claim {
  const speaks = found.evidence.filter((e) => e.side === "for")
  const items = new Set(f.saved.filter((s) => s.candidate === found.candidate).map((s) => s.item)).size
  return {
    a: found.candidate < f.key ? found.candidate : f.key,
    b: found.candidate < f.key ? f.key : found.candidate,
    weight: weightOf("slight", items),
    rule: "spoken-of",
    reason: speaks.map((e) => e.words).join("; "),
    items,
    records: [...new Set(speaks.flatMap((e) => e.records))].sort().slice(0, 5),
    detail: found.evidence.map((e) => ({ part: e.rule, weight: e.side === "for" ? e.weight : -e.weight, words: e.words })),
  }
}

async function spokenFacts(engine: Engine): Promise<SpokenFacts[]> {
  const facts = new Map<string, SpokenFacts>()
  const at = (key: string): SpokenFacts | undefined => facts.get(key)
  for (const { key, name, event, item } of await engine.all<{ key: string; name: string; event: string; item: string }>(
    `select distinct n.key, coalesce(s.raw, substr(n.key, 6)) as name, s.event, s.item from (select distinct key from ident where type = 'name' and key not like 'name:it\\_%' escape '\\') n
     join (select key, min(raw) over (partition by key) as raw, event, item from (select key, raw, event, item from being union all select key, raw, event, item from m where type = 'name')) s using (key) order by all`,
  )) {
    const f = facts.get(key) ?? { key, name, spoken: [], saved: [], said: [], aside: [] }
    f.spoken.push({ event, item })
    facts.set(key, f)
  }
  for (const r of await engine.all<{ key: string; candidate: string; event: string; item: string; records: string }>(
    `select 'name:' || name_fold as key, key as candidate, event, item, to_json(list_sort(list(distinct record))[:5]) as records from m
     where type in ${CANDIDATES} and name_fold is not null and part in ${SAVED_PARTS} group by all order by all`,
  ))
    at(r.key)?.saved.push({ candidate: r.candidate, event: r.event, item: r.item, records: JSON.parse(r.records) as string[] })
  for (const r of await engine.all<{ candidate: string; name: string; how: string; event: string; records: string }>(
    `with said as (
       select m.key as candidate, s.name, case when s.how = 'hail' then 'hail' else 'self' end as how, m.event, m.item, m.record, m.at_ms
       from self_said s join m on m.record = s.record and m.type in ${CANDIDATES} and m.part in ('sender','author','recipient')
       where (s.how = 'hail') = (m.part = 'recipient')),
     sent as (select key, item, at_ms from m where part = 'sender' and at_ms is not null),
     answered as (select distinct said.* from said join sent on sent.key = said.candidate and sent.item = said.item and sent.at_ms > said.at_ms and sent.at_ms <= said.at_ms + ${DAY_MS})
     select candidate, name, how, event, to_json(list_sort(list(distinct record))[:5]) as records
     from (select * from said where how = 'self' union all select * from answered where how = 'hail') group by candidate, name, how, event order by all`,
  ))
    at(`name:${fold(r.name)}`)?.said.push({
      candidate: r.candidate,
      how: r.how as "hail" | "self",
      event: r.event,
      records: JSON.parse(r.records) as string[],
    })
  for (const r of await engine.all<{ key: string; candidate: string; records: string }>(
    `select b.key, m.key as candidate, to_json(list_sort(list(distinct b.record))[:5]) as records from being b join m on m.record = b.record and m.type in ${CANDIDATES}
     where starts_with(b.key, 'name:') and m.part in ('sender','recipient') group by all order by all`,
  ))
    at(r.key)?.aside.push({ candidate: r.candidate, records: JSON.parse(r.records) as string[] })
  return [...facts.values()].filter((f) => f.saved.length > 0 || f.said.length > 0)
}
