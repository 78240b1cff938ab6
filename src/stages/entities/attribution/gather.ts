import type { Engine, Row } from "#store"
import type { AccountFact, DeviceFact, HandsetFact, MeetingFact, NamedFact, NumberFacts, SeenFact } from "./facts.ts"
import { fillPlaces } from "./places.ts"

/** A silence after which a number may be another's. Operators issue numbers again after some months. */
const SILENCE_MS = 60 * 86_400_000
const DAY_MS = 86_400_000
/** Counterparts of a stretch that are kept for comparison. */
const KEPT = 60
/** A counterpart of more numbers than this is everybody's. */
const RARE = 5
/** An arrest without an end is believed to last so long. */
const HELD_MS = 12 * 3_600_000
/** Clocks of devices and sheets differ. */
const SLACK_MS = 3_600_000

const COMMUNICATION = "('message','voice-note','call','call-data')"
const PAPERS = "('transfer','book-entry','customs','seizure','document-inspection','passenger','journey-leg')"
const REGISTERS = "('person','listing')"

/** SQL that ends a grouped fact: its origin, a sample of its records, its times. */
const SEEN = `min(event) as origin, to_json(list_sort(list(distinct record))[:3]) as records, min(at_ms) as "from", max(at_ms) as "to"`

/**
 * Gathers what the mounted records say of each number. Needs `m`, `identity`, `origin`, `seized`, `self_said`; the record views `message`,
 * `voice-note`, `call-data`, `location`, `event`, `intelligence-report`. Facts come grouped by what they say and by origin.
 */
export async function gather(engine: Engine): Promise<NumberFacts[]> {
  await prepare(engine)
  await fillPlaces(engine)
  const facts = new Map<string, NumberFacts>()
  for (const { key, entity } of await engine.all<{ key: string; entity: string }>(
    "select key, entity from identity where starts_with(key, 'phone:') order by key",
  ))
    facts.set(key, emptyFacts(key, entity))
  const each = async <T>(sql: string, put: (of: NumberFacts, row: T) => void) => {
    for await (const rows of engine.stream(sql))
      for (const row of rows) {
        const of = facts.get(row.number as string)
        if (of) put(of, factOf<T>(row))
      }
  }
  for (const [name, sql] of Object.entries(QUERIES))
    await each<never>(sql, (of, row) => (of[name as keyof typeof QUERIES] as unknown[]).push(row))
  return [...facts.values()]
}

export const emptyFacts = (number: string, entity: string): NumberFacts => ({
  number,
  entity,
  devices: [],
  cards: [],
  papers: [],
  registers: [],
  reports: [],
  selfNames: [],
  hails: [],
  stretches: [],
  together: [],
  apart: [],
  homes: [],
  inCustody: [],
  afterSeizure: [],
  overlaps: [],
  accounts: [],
  handsets: [],
})

/** A row as a fact: lists come as JSON, the number itself goes. */
function factOf<T>({ number: _, ...row }: Row): T {
  for (const list of ["records", "counterparts", "scripts"])
    if (typeof row[list] === "string") row[list] = JSON.parse(row[list] as string) as string[]
  return row as T
}

/** Which fact each query gives. The columns are those of the fact's type. */
interface Gathered {
  devices: DeviceFact
  cards: NamedFact
  papers: NamedFact
  registers: NamedFact
  reports: NamedFact
  selfNames: NamedFact
  hails: NamedFact
  stretches: SeenFact
  together: MeetingFact
  apart: MeetingFact
  homes: MeetingFact
  inCustody: SeenFact
  afterSeizure: SeenFact
  overlaps: SeenFact
  accounts: AccountFact
  handsets: HandsetFact
}

async function prepare(engine: Engine): Promise<void> {
  // A number with whoever sent or got something, and who wrote: the device's own number stands for rows that name its holder alone.
  await engine.exec(`create temp table own_number as
    select distinct item, key as number from m where owner and type = 'phone'`)
  await engine.exec(`create temp table act_of as
    select distinct coalesce(o.number, m.key) as number, m.record, m.kind, m.item, m.event, m.at_ms, m.part in ('sender','caller') as sent
    from m left join own_number o on m.type = 'holder' and o.item = m.item
    where m.kind in ${COMMUNICATION} and (m.type = 'phone' or o.number is not null) and m.part in ('sender','recipient','caller','callee','participant')`)
  await engine.exec(`create temp table wrote as
    select a.number, s.name, s.how, a.record, a.event, a.at_ms, a.item from act_of a join self_said s on s.record = a.record where a.sent and s.how <> 'hail'`)
  await engine.exec(`create temp table hailed as
    select a.number, s.name, a.record, a.event, a.at_ms, a.item from act_of a join self_said s on s.record = a.record where not a.sent and s.how = 'hail'`)
  await engine.exec(`create temp table island as
    with day as (select number, at_ms // ${DAY_MS} as day, min(at_ms) as at_ms, max(at_ms) as last, min(record) as record, min(event) as event from act_of where at_ms is not null group by all),
    gap as (select *, case when at_ms - lag(last) over (partition by number order by day) > ${SILENCE_MS} then 1 else 0 end as broke from day),
    run as (select *, sum(broke) over (partition by number order by day) as n from gap)
    select number, n::int as n, min(at_ms) as from_ms, max(last) as to_ms, min(record) as record, min(event) as event from run group by number, n`)
  // Counterparts and scripts are only looked at where a number fell silent.
  await engine.exec(
    `create temp table broken as select * from act_of where number in (select number from island group by number having count(*) > 1)`,
  )
  await engine.exec(`create temp table written as
    select id as record, f_body as body from message where f_body is not null union all select id, f_transcript from "voice-note" where f_transcript is not null`)
  await engine.exec(`create temp table custody as
    select distinct i.entity, e.at_ms as from_ms, coalesce(e."f_endAt", e.at_ms + ${HELD_MS}) as to_ms, e.id as record
    from event e join m on m.record = e.id join identity i using (key)
    where e.at_ms is not null and regexp_matches(lower(coalesce(e.f_what, '') || ' ' || coalesce(e.f_summary, '')), 'arrest|custody|detain|remand|in prison|festgenommen|garde à vue')`)
}

const named = (where: string, more = ""): string =>
  `select key as number, min(name) as name, ${SEEN}${more} from m where type = 'phone' and name is not null and name_fold <> '' and ${where} group by key, name_fold, event, kind order by all`

const QUERIES: Record<keyof Gathered, string> = {
  devices: `select m.key as number, m.item, any_value(z.reference) as reference, any_value(z.had) as had, any_value(z.taken) as taken, ${SEEN}
    from m join seized z using (item) where m.owner and m.type = 'phone' group by m.key, m.item order by all`,
  cards: named("kind in ('contact','account') and part = 'contact'"),
  papers: `select number, min(name) as name, kind as paper, ${SEEN} from (
      select m.key as number, coalesce(m.name, a.raw) as name, m.kind, m.event, m.record, m.at_ms from m
      left join (select record, party, min(raw) as raw from m where type in ('alias','name','document') group by all) a on a.record = m.record and a.party = m.party
      where m.type = 'phone' and m.kind in ${PAPERS}) where name is not null group by number, lower(name), kind, event order by all`,
  registers: named(`kind in ${REGISTERS}`),
  reports: `select number, min(name) as name, grade, own, ${SEEN} from (
      select m.key as number, coalesce(m.name, a.raw) as name, m.event || coalesce(' ' || rr.root, '') as event, m.record, m.at_ms, m.kind = 'debrief' as own,
        case when r."f_source" is not null and r."f_information" is not null then coalesce(r."f_gradeScheme", '') || ':' || r."f_source" || r."f_information" else o.grade end as grade
      from m join origin o using (exhibit) left join report_root rr on rr.record = m.record left join "intelligence-report" r on r.id = m.record
      left join (select record, party, min(raw) as raw from m where type in ('alias','name') group by all) a on a.record = m.record and a.party = m.party
      where m.type = 'phone' and (m.kind = 'intelligence-report' and m.part = 'subject' or m.kind = 'debrief' and m.part in ('author','owner')))
    where name is not null group by number, lower(name), grade, own, event order by all`,
  selfNames: `select number, name, bool_or(how = 'firm') as firm, ${SEEN} from wrote group by number, name, event order by all`,
  hails: `select h.number, min(h.name) as name, bool_or(a.record is not null) as answered, min(h.event) as origin,
      to_json(list_sort(list(distinct h.record))[:3]) as records, min(h.at_ms) as "from", max(h.at_ms) as "to"
    from hailed h left join act_of a on a.number = h.number and a.sent and a.item = h.item and a.at_ms > h.at_ms and a.at_ms <= h.at_ms + ${DAY_MS}
    group by h.number, lower(h.name), h.event order by all`,
  stretches: `select i.number, i.event as origin, to_json([i.record]) as records, i.from_ms as "from", i.to_ms as "to",
      to_json(coalesce(list_sort(list(distinct b.number) filter (b.number is not null and b.number <> i.number))[:${KEPT}], [])) as counterparts,
      to_json(list_sort(list_distinct(flatten(list(case when not a.sent or w.body is null then [] when regexp_matches(w.body, '[\\x{0600}-\\x{06FF}]') then ['Arab'] when regexp_matches(w.body, '[A-Za-z]') then ['Latn'] else [] end))))) as scripts
    from island i left join broken a on a.number = i.number and a.at_ms between i.from_ms and i.to_ms
    left join act_of b on b.record = a.record left join written w on w.record = a.record
    group by i.number, i.n, i.event, i.record, i.from_ms, i.to_ms order by all`,
  together: "select * from place_together order by all",
  apart: "select * from place_apart order by all",
  homes: "select * from place_home order by all",
  inCustody: `select a.number, min(a.event) as origin, to_json(list_sort(list(distinct a.record))[:3]) as records, min(a.at_ms) as "from", max(a.at_ms) as "to"
    from custody c join identity i using (entity) join act_of a on a.number = i.key and a.sent and a.at_ms >= c.from_ms + ${SLACK_MS} and a.at_ms < c.to_ms
    group by a.number, a.event order by all`,
  afterSeizure: `select a.number, a.event as origin, to_json(list_sort(list(distinct a.record))[:3]) as records, min(a.at_ms) as "from", max(a.at_ms) as "to"
    from own_number n join seized z using (item) join act_of a on a.number = n.number and a.sent and a.at_ms > z.taken + ${SLACK_MS} and a.item <> n.item
    group by a.number, a.event order by all`,
  overlaps: `with several as (select entity from identity where starts_with(key, 'phone:') group by entity having count(*) between 2 and 12),
    own as (select i.key as number, i.entity from identity i join several using (entity) where starts_with(i.key, 'phone:')),
    pair as (select distinct a.number, b.number as other, a.record, a.event, a.at_ms from act_of a join act_of b using (record) where a.number <> b.number),
    rare as (select other from pair group by other having count(distinct number) <= ${RARE})
    select x.number, y.number as other, count(distinct x.other)::int as shared, min(p.event) as origin, to_json(list_sort(list(distinct p.record))[:3]) as records, min(p.at_ms) as "from", max(p.at_ms) as "to"
    from (select distinct o.entity, p.number, p.other from pair p join own o using (number) join rare using (other)) x
    join (select distinct o.entity, p.number, p.other from pair p join own o using (number)) y on x.entity = y.entity and x.other = y.other and x.number <> y.number
    join pair p on p.number = x.number and p.other = x.other group by x.number, y.number order by all`,
  accounts: `with given as (
      select a.key as number, b.key as account, case when a.owner or b.owner then 'device' when a.kind = 'contact' then 'card' else 'party' end as how, a.event, a.record, a.at_ms
      from m a join m b on a.record = b.record and a.party = b.party where a.type = 'phone' and b.type in ('account','handle')
      union all
      select p.key, m.key, 'number', m.event, m.record, m.at_ms from m join identity p on p.key = 'phone:' || regexp_extract(m.key, '^(?:account|handle):[a-z]+:(\\+\\d+)$', 1)
      where m.type in ('account','handle')),
    last as (select key as account, max(at_ms) as at from m where type in ('account','handle') and part in ('sender','author','caller') group by key)
    select number, given.account, how, max(last.at) as "lastSeen", ${SEEN} from given left join last on last.account = given.account group by number, given.account, how order by all`,
  handsets: `with device as (
      select item, max(key) filter (type = 'imei') as imei, max(key) filter (type = 'iccid') as iccid, max(key) filter (type = 'imsi') as imsi, max(key) filter (type = 'phone') as number, min(event) as event, min(record) as record, min(at_ms) as at_ms
      from m where kind = 'device' and owner group by item),
    used as (
      select number, coalesce(imei, 'holder:' || item) as handset, coalesce(iccid, imsi, number) as sim, 'device' as how, event, record, at_ms from device where number is not null
      union all
      select a.key, b.key, a.key, 'call-data', a.event, a.record, a.at_ms from m a join m b on a.record = b.record and a.party = b.party where a.kind = 'call-data' and a.type = 'phone' and b.type = 'imei')
    select number, handset, sim, how, ${SEEN} from used group by number, handset, sim, how order by all`,
}
