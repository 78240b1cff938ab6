import type { Engine } from "#store"
import { Failure } from "#vocabulary/failure"
import type { LayerId } from "./layers.ts"

/** Devices within this distance and time are at one place. Cells larger than a crowd of this many devices say nothing. */
const CELL_DEGREES = 0.0025
const CELL_MS = 30 * 60_000
const CROWD = 12

/** How sure it is that an end of a tie is the person: by the grade of the attribution between, or because the record names him. */
export const SURENESS = ["none", "slight", "fair", "strong", "named"] as const
export type Sureness = (typeof SURENESS)[number]
const NAMED = SURENESS.indexOf("named")

/** The rank of one key `i.key` as a way to its person: a number by its attribution, a device by who held it, an account as little as can be. */
const RANK_OF_KEY = `case split_part(i.key, ':', 1) when 'phone' then coalesce(r.rank, 0) when 'holder' then coalesce(h.rank, 1) when 'account' then 1 when 'handle' then 1 when 'email' then 1 else ${NAMED} end`

/** Who is in which record: `person` by claims of identity, `entity` the same, or the number itself where its user is not established. */
const WHO = `
  with each as (
    select m.record, m.kind, m.part, m.party, m.item, m.event, m.at_ms, i.entity as person, ${RANK_OF_KEY} as rank, n.node
    from m join identity i using (key) left join number_node n using (key)
    left join number_reach r on r.key = m.key and (m.at_ms is null or (m.at_ms >= coalesce(r.from_ms, m.at_ms) and (r.to_ms is null or m.at_ms < r.to_ms)))
    left join held h on h.key = m.key /* which */),
  party as (select record, kind, part, party, item, event, at_ms, person, max(rank) as rank, min(node) as node from each group by all)
  select distinct record, kind, part, item, event, at_ms, person, case when rank > 0 or node is null then person else node end as entity, max(rank)::int as rank
  from party group by all`

/**
 * How people who share a record, a group, a place or a series become pairs. `plain`: each pair of one event weighs the same. `newman`:
 * 1/(k−1) for k people who share it, so that a crowd ties nobody closely and everybody's weights of one event add up to 1 (Newman 2001, "Scientific
 * collaboration networks. II", Phys. Rev. E 64, 016132).
 */
export const PROJECTIONS = ["plain", "newman"] as const
export type Projection = (typeof PROJECTIONS)[number]

/**
 * What a network of links is about. `both`: its nodes as given. `first`, `second`: of a two-mode network, such as people and the meetings that they
 * were at, the nodes at one end of all links, tied by what they share at the other within one seizure event; the projection says what a shared one
 * weighs, weights of the file do not count (Borgatti and Everett 1997, "Network analysis of 2-mode data").
 */
export const MODES = ["both", "first", "second"] as const
export type Mode = (typeof MODES)[number]
/** Parties of a link: the end that the network is about, and the other. */
const ENDS = { first: ["source", "target"], second: ["target", "source"] } as const
export const endOf = (mode: "first" | "second"): string => ENDS[mode][0]
/** More pairs than this are no network that anybody reads, and more than a machine should hold. */
const MOST_PAIRS = 20_000_000

/** Stands in the statements where the projection says what one shared record weighs. */
const SHARE = "/*share*/1.0"
/** How many people share one. */
const sizeOf = (by: string, from: string, where: string): string =>
  `(select ${by}, count(distinct entity) as k from ${from} where ${where} group by ${by}) size`

/**
 * One SQL statement per layer over `m` (valid mentions with their seizure event), `identity` and the record views: pairs of
 * entities with the record that shows them. A statement says `a`, `b`, `event`, `record`, `at`, `weight`; of links also
 * `either`, where the file says that one has no direction.
 */
const pairsOf = (layer: LayerId, { projection, mode }: Pick<TieFilter, "projection" | "mode">): string =>
  (layer === "links" && mode !== "both" ? SHARED_ENDS : PAIRS[layer]).replaceAll(
    SHARE,
    projection === "newman" ? "1.0 / greatest(size.k - 1, 1)" : "1.0",
  )

const PAIRS: Record<LayerId, string> = {
  messages: communication("('message','voice-note')", "join thread_kind k on k.record = f.record", "not grouped", "1.0"),
  calls: communication("('call','call-data')", "", "true", "1.0"),
  groups: communication(
    "('message','voice-note')",
    `join thread_kind k on k.record = f.record join ${sizeOf("record", "who", "kind in ('message','voice-note')")} on size.record = f.record`,
    "grouped",
    SHARE,
  ),
  contacts: `select h.entity as a, c.entity as b, c.event, c.record, c.at_ms, 1.0 as weight
    from who c join identity h on h.key = 'holder:' || c.item where c.kind = 'contact' and c.part = 'contact'`,
  spoken: `select coalesce(w.entity, s.speaker) as a, s.spoken as b, s.event, s.record, s.at_ms, 1.0 as weight
    from spoken_tie s left join (select distinct record, person, entity from who where part in ('sender','author','caller')) w on w.record = s.record and w.person = s.speaker`,
  money: together("('transfer','book-entry')", "('payer','payee','outlet','counter-outlet','guarantor','account-holder')"),
  goods: together("('seizure','customs')", "('supplier','consignor','consignee','driver','owner','holder')"),
  documents: `select x.entity as a, y.entity as b, x.event, x.record, x.at_ms, ${SHARE} as weight
    from series x join series y on x.series = y.series and x.entity < y.entity join ${sizeOf("series", "series", "true")} on size.series = x.series`,
  reports: together("('intelligence-report','debrief','sighting')", "('subject','associate','supplier','driver','payee','payer')"),
  places: `with cell as (
      select distinct floor(f_lat / ${CELL_DEGREES}) as y, floor(f_lon / ${CELL_DEGREES}) as x, floor(at_ms / ${CELL_MS}) as t, item, min(id) as record, min(at_ms) as at_ms
      from location where f_lat is not null and f_lon is not null and at_ms is not null group by all),
    quiet as (select *, count(*) over (partition by y, x, t) as k from cell qualify count(*) over (partition by y, x, t) between 2 and ${CROWD}),
    size as (select distinct y, x, t, k from quiet)
    select h.entity as a, g.entity as b, o.event, p.record, p.at_ms, ${SHARE} as weight
    from quiet p join quiet q using (y, x, t) join size using (y, x, t) join identity h on h.key = 'holder:' || p.item join identity g on g.key = 'holder:' || q.item
    join (select distinct item, event from origin) o on o.item = p.item where p.item < q.item`,
  links: `select s.entity as a, t.entity as b, s.event, s.record, s.at_ms, coalesce(l.f_weight, 1.0) as weight, coalesce(not l.f_directed, false) as either
    from who s join who t on s.record = t.record join link l on l.id = s.record where s.part = 'source' and t.part = 'target'`,
}

/** Nodes at one end of links that have the other end in common, over `shared`. */
const SHARED_ENDS = `select x.own as a, y.own as b, x.event, x.record, x.at_ms, ${SHARE} as weight, true as either, x.thing
  from shared x join shared y using (thing, event) join (select thing, event, count(*) as k from shared group by thing, event) size using (thing, event) where x.own < y.own`

/**
 * Makes `shared`: who (`own`) is linked to what (`thing`) in which seizure event, once. Throws `invalid.not-two-mode` where there is
 * no link, or a node stands at both ends; `invalid.too-many-pairs` where so many share one thing that their pairs are no network any more.
 */
async function shareEnds(engine: Engine, mode: "first" | "second"): Promise<void> {
  const [own, thing] = ENDS[mode]
  await engine.exec(`create temp table shared as
    select s.entity as own, t.entity as thing, s.event, min(s.record) as record, min(s.at_ms) as at_ms
    from who s join who t on s.record = t.record join link l on l.id = s.record where s.part = '${own}' and t.part = '${thing}' group by s.entity, t.entity, s.event`)
  const [row] = await engine.all<{ links: number; both: number; pairs: number }>(
    `select (select count(*) from shared) as links, (select count(*) from (select own from shared intersect select thing from shared)) as "both",
       (select coalesce(sum(k * (k - 1) / 2), 0)::double from (select count(*) as k from shared group by thing, event)) as pairs`,
  )
  if (row!.links === 0 || row!.both > 0)
    throw new Failure(
      "invalid.not-two-mode",
      row!.links === 0
        ? "There are no links as given here."
        : `In this network ${row!.both === 1 ? "1 node stands" : `${row!.both} nodes stand`} at both ends of links, so that it has one kind of node.`,
      { at: "mode", hint: "Leave --mode out." },
    )
  if (row!.pairs > MOST_PAIRS)
    throw new Failure("invalid.too-many-pairs", `By what they share, ${row!.pairs} pairs would be tied; at most ${MOST_PAIRS} are drawn.`, {
      at: "mode",
      hint: "Take in the other end alone, or leave out what nearly everybody shares.",
    })
}

/** What of the weight went one way; half of what has no direction. */
const oneWay = (way: string): string =>
  `coalesce(list_sum(list_sort(list(case when either then weight / 2 else weight end) filter (either or ${way}))), 0)`

/** From whoever sent or called to whoever it went to. */
function communication(kinds: string, join: string, where: string, weight: string): string {
  return `select f.entity as a, t.entity as b, f.event, f.record, f.at_ms, ${weight} as weight
    from who f join who t on f.record = t.record ${join}
    where f.kind in ${kinds} and f.part in ('sender','caller') and t.part in ('recipient','callee','participant') and ${where}`
}

/** Everybody whom one record names in one of the parts. */
function together(kinds: string, parts: string): string {
  return `select x.entity as a, y.entity as b, x.event, x.record, x.at_ms, ${SHARE} as weight
    from who x join who y on x.record = y.record and x.entity < y.entity join ${sizeOf("record", "who", `kind in ${kinds} and part in ${parts}`)} on size.record = x.record where x.kind in ${kinds} and x.part in ${parts} and y.part in ${parts}`
}

export interface TieFilter {
  layers: readonly LayerId[]
  /** UTC milliseconds, half-open. Records without a time stay out when either is given. */
  from?: number | undefined
  to?: number | undefined
  /** Only exhibits of items graded so; null = all. */
  exhibits: readonly string[] | null
  projection: Projection
  mode: Mode
}

/**
 * Fills `tie` (a < b, layer, event, n, weight, records, first_at, last_at, sure): one row per pair, layer and seizure event, undirected,
 * `forth` = how many of the n went from a to b (all of them where the layer has no direction, `layers.ts`), `forth_weight` and `back_weight` = what of
 * the weight went from a to b and from b to a, `share` = the weightiest of them; of what nodes at one end share, `things` and what each of them adds,
 * `adds`, the least first. Repeated pairs are summed, smallest weight first, so that no order of rows changes a digit.
 * `sure` is how sure it is who the less sure of the two ends is (`SURENESS`): a number whose user is not established is an end of its own.
 */
export async function fillTies(engine: Engine, filter: TieFilter): Promise<void> {
  const window = [
    ...(filter.from === undefined ? [] : [`at_ms >= ${filter.from}`]),
    ...(filter.to === undefined ? [] : [`at_ms < ${filter.to}`]),
  ]
  if (filter.exhibits)
    await engine.exec(
      `create temp table graded as select unnest([${filter.exhibits.map((e) => `'${e}'`).join(",")}]::varchar[]) as exhibit`,
    )
  const which = [...window, ...(filter.exhibits ? ["exhibit in (select exhibit from graded)"] : [])]
  await engine.exec(
    "create temp table held as select what as key, max(rank)::int as rank from attribution where relation = 'person-handset' group by what",
  )
  await engine.exec(`create temp table who as ${WHO.replace("/* which */", which.length > 0 ? `where ${which.join(" and ")}` : "")}`)
  await engine.exec("create temp table reached_by as select record, entity, max(rank) as rank from who group by record, entity")
  await engine.exec(`create temp table best as
    select i.entity, max(${RANK_OF_KEY}) as rank from identity i left join (select key, max(rank) as rank from number_reach group by key) r using (key)
    left join held h on h.key = i.key group by i.entity`)
  await engine.exec(
    `create temp view thread_kind as select id as record, coalesce(f_group, false) as grouped from message union all select id, coalesce(f_group, false) from "voice-note"`,
  )
  await engine.exec(`create temp view series as
    select distinct d.f_series as series, w.entity, w.event, w.record, w.at_ms from "document-inspection" d join who w on w.record = d.id where d.f_series is not null and w.part in ('supplier','holder')`)
  await engine.exec(
    "create temp table tie (a varchar, b varchar, layer varchar, event varchar, n bigint, forth bigint, weight double, forth_weight double, back_weight double, share double, things varchar[], adds double[], records varchar[], first_at bigint, last_at bigint, sure int)",
  )
  const sharing = filter.layers.includes("links") && filter.mode !== "both" ? filter.mode : null
  if (sharing) await shareEnds(engine, sharing)
  for (const layer of filter.layers) {
    const linked = layer === "links"
    const more = [linked ? "" : ", false as either", linked && sharing ? "" : ", null::varchar as thing"].join("")
    const added = "list_sort(list({'adds': weight, 'thing': thing}) filter (thing is not null))"
    await engine.exec(`insert into tie
      with pair as (select *${more} from (${pairsOf(layer, filter)}))
      select least(a, b), greatest(a, b), '${layer}', event, count(distinct pair.record), count(distinct pair.record) filter (a < b), list_sum(list_sort(list(weight))), ${oneWay("a < b")}, ${oneWay("a > b")}, max(weight), list_transform(${added}, lambda x: x.thing), list_transform(${added}, lambda x: x.adds), list_sort(list(distinct pair.record))[:3], min(at_ms), max(at_ms),
        max(least(coalesce(x.rank, p.rank, ${NAMED}), coalesce(y.rank, q.rank, ${NAMED})))::int
      from pair left join reached_by x on x.record = pair.record and x.entity = pair.a left join reached_by y on y.record = pair.record and y.entity = pair.b
      left join best p on p.entity = pair.a left join best q on q.entity = pair.b where a <> b group by least(a, b), greatest(a, b), event`)
  }
}
