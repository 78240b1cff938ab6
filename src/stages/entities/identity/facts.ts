import { type Engine, literal } from "#store"

/** What people called a thing that somebody else wrote about: an officer, an author. Not who was there. */
const SEEN_PARTS = ["subject", "holder", "owner", "driver", "passenger", "participant"] as const
/** Where a device says that it was: not where somebody pointed. */
const OWN_PLACES = ["gps", "wifi", "cell"] as const

/**
 * Fills `fact_born` and `fact_place`: what records say of a key that can be true of one person only. Genuine passports and identity
 * cards speak for the document (and the fragment that bears it); a sighting for whoever was seen; a device's own positions for its
 * holder, one an hour and tenth of a degree. Needs `told`. Times that are known to the day alone say nothing of two places at once.
 */
export async function fillFacts(engine: Engine, types: readonly string[]): Promise<void> {
  await engine.exec(`create temp table fact_born as
    with genuine as (
      select id as record, substr("f_birthDate", 1, 10) as date from "document-inspection"
      where lower("f_outcome") like 'genuine%' and regexp_matches(lower(coalesce("f_documentType", 'passport')), 'passport|identity|\\bid\\b|national') and regexp_matches("f_birthDate", '^\\d{4}-\\d{2}-\\d{2}'))
    select m.key, g.date, min(g.record) as record from genuine g join m using (record) where m.part = 'holder' and m.type = 'document' group by all
    union all
    select t.key, g.date, g.record from genuine g join told t using (record) where t.part = 'holder'`)
  const known = (id: string) =>
    `(select id, at_precision, "f_lat" as lat, "f_lon" as lon from ${id} where "f_lat" is not null and "f_lon" is not null`
  await engine.exec(`create temp table fact_place as
    with seen as (
      select m.key, m.at_ms, p.lat, p.lon, m.record from m join ${known("sighting")}) p on p.id = m.record
      where p.at_precision in ('minute','second','millisecond') and m.part in (${SEEN_PARTS.map(literal).join(",")}) and m.type in (${types.map(literal).join(",")})
      union all
      select t.key, t.at_ms, p.lat, p.lon, t.record from told t join ${known("sighting")}) p on p.id = t.record where p.at_precision in ('minute','second','millisecond')
      union all
      select m.key, m.at_ms, p.lat, p.lon, m.record from m join ${known("location")} and lower("f_origin") in (${OWN_PLACES.map(literal).join(",")})) p on p.id = m.record
      where p.at_precision in ('minute','second','millisecond') and m.type = 'holder')
    select key, at_ms, lat, lon, record from seen where at_ms is not null
    qualify row_number() over (partition by key, at_ms // 3600000, round(lat, 1), round(lon, 1) order by at_ms, record) = 1`)
}
