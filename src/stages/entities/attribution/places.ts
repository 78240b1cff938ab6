import type { Engine } from "#store"

/** Sightings within so many minutes and metres are at one place and time; a cell of a mast is not smaller. */
const MINUTES = 20
const NEAR_M = 2_000
/** Nobody was in two places that are farther apart than this and would need such a speed. */
const FAR_M = 20_000
const KMH = 250
/** Hours of night, UTC: the regions of the case files lie within four hours of it. */
const NIGHT = "hour(make_timestamp(at_ms * 1000)) in (22, 23, 0, 1, 2, 3, 4)"
/** A cell by which places of one night are put together, degrees. */
const NIGHT_CELL = 0.02
/** Share of an exhibit's lines that a number must be in for the lines to be its own call data. */
const OWN_SHARE = 0.6

const METRES = `(2 * 6371000 * asin(sqrt(least(1, pow(sin(radians(b.lat - a.lat) / 2), 2) + cos(radians(a.lat)) * cos(radians(b.lat)) * pow(sin(radians(b.lon - a.lon) / 2), 2)))))`
const SEEN = `min(event) as origin, min(other_event) as "otherOrigin", to_json(list_sort(list(distinct record) || list(distinct other_record))[:4]) as records, min(at_ms) as "from", max(at_ms) as "to"`

/**
 * Fills `place_together`, `place_apart` and `place_home`: where a number was seen (its call data, places that records give to it) beside
 * where another number or a seized handset of the same entity was. What one device says of itself alone is no meeting.
 */
export async function fillPlaces(engine: Engine): Promise<void> {
  await engine.exec(`create temp table seen_at as
    with line as (select exhibit, key, count(distinct record) as n from m where kind = 'call-data' and type = 'phone' group by all),
    size as (select exhibit, count(distinct record) as n from m where kind = 'call-data' group by all),
    own as (select line.exhibit, line.key from line join size using (exhibit) where line.n >= ${OWN_SHARE} * size.n),
    spot as (
      select distinct own.key as ref, c.at_ms, c.f_lat as lat, c.f_lon as lon, m.event, c.id as record
      from "call-data" c join m on m.record = c.id join own on own.exhibit = m.exhibit and own.key = m.key where c.f_lat is not null and c.f_lon is not null and c.at_ms is not null
      union all
      select distinct coalesce(m.key, 'holder:' || l.item), l.at_ms, l.f_lat, l.f_lon, o.event, l.id
      from location l join origin o on o.exhibit = l.exhibit left join m on m.record = l.id and m.type = 'phone' and not m.owner
      where l.f_lat is not null and l.f_lon is not null and l.at_ms is not null and coalesce(l.f_origin, '') <> 'shared')
    select spot.*, i.entity from spot join identity i on i.key = spot.ref
    where i.entity in (select i2.entity from spot s2 join identity i2 on i2.key = s2.ref group by i2.entity having count(distinct s2.ref) > 1)`)
  await engine.exec(`create temp table meeting as
    with slot as (select *, at_ms // ${MINUTES * 60_000} as t from seen_at),
    near as (select *, t as u from slot union all select *, t + 1 from slot union all select *, t - 1 from slot)
    select a.ref as number, b.ref as other, a.at_ms, a.event, a.record, b.event as other_event, b.record as other_record, round(${METRES})::bigint as metres, abs(a.at_ms - b.at_ms) as apart_ms
    from slot a join near b on a.entity = b.entity and a.t = b.u and a.ref <> b.ref
    where starts_with(a.ref, 'phone:') and a.record <> b.record and abs(a.at_ms - b.at_ms) <= ${MINUTES * 60_000}`)
  await engine.exec(`create temp table place_together as
    select number, other, max(metres)::int as metres, count(distinct at_ms // 86400000)::int as days, ${SEEN}
    from meeting where metres <= ${NEAR_M} group by number, other`)
  await engine.exec(`create temp table place_apart as
    select number, other, min(metres)::int as metres, count(distinct at_ms // 86400000)::int as days, ${SEEN}
    from meeting where metres > ${FAR_M} and metres / 1000.0 / (greatest(apart_ms, 60000) / 3600000.0) > ${KMH} group by number, other`)
  await engine.exec(`create temp table place_home as
    with night as (
      select entity, ref, round(lat / ${NIGHT_CELL}) as y, round(lon / ${NIGHT_CELL}) as x, avg(lat) as lat, avg(lon) as lon, count(distinct (at_ms + 7200000) // 86400000)::int as nights,
        min(event) as event, min(record) as record, min(at_ms) as at_ms
      from seen_at where ${NIGHT} group by entity, ref, y, x qualify row_number() over (partition by ref order by nights desc, y, x) = 1)
    select a.ref as number, b.ref as other, round(${METRES})::int as metres, least(a.nights, b.nights) as nights, least(a.nights, b.nights) as days, a.event as origin, b.event as "otherOrigin",
      to_json(list_sort([a.record, b.record])) as records, a.at_ms as "from", a.at_ms as "to"
    from night a join night b on a.entity = b.entity and a.ref <> b.ref where starts_with(a.ref, 'phone:') and ${METRES} <= ${NEAR_M}`)
}
