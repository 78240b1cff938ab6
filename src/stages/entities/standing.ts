import { selectItems } from "#evidence"
import { type Engine, fill, literal } from "#store"
import { STANDING_IDS, type Standing, type StandingClaim, standingOf } from "#vocabulary/standing"
import type { Ground } from "./resolve.ts"
import { selectStandings } from "./sql.ts"

/** One statement of what somebody is, with what says so. */
export interface SourcedStanding extends StandingClaim {
  entity: string
  source: string
  records: string[]
}

const ADULT_YEARS = 18

/** Key, standing, event, from, to (UTC milliseconds), source. */
type Said = readonly [string, Standing, string | null, number | null, number | null, string]

/**
 * Fills `standing` in the engine from what the sight shows: holders of devices seized on arrival are presumed smuggled, by power
 * and place of seizure; passengers of a journey leg; who was under 18 at the time by a document or a list; what the sheet of an item
 * says of its holder; and what people decided. Protection is worked out over all claims of an entity, so a merge keeps it.
 */
export async function fillStanding(engine: Engine, ground: Ground): Promise<void> {
  const { store, classes, investigation } = ground
  const { items, decisions } = await store.register.transaction(
    async (tx) => ({ items: await selectItems(tx, { investigation }), decisions: await selectStandings(tx, investigation) }),
    classes,
  )
  const said: Said[] = [
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
      return standing
        ? [[d.key, standing, d.event, d.from_at?.getTime() ?? null, d.to_at?.getTime() ?? null, `decided: ${d.reason}`] satisfies Said as Said]
        : []
    }),
  ]
  await fill(
    engine,
    "said_standing",
    [["key", "VARCHAR"], ["standing", "VARCHAR"], ["event", "VARCHAR"], ["from_ms", "BIGINT"], ["to_ms", "BIGINT"], ["source", "VARCHAR"], ["record", "VARCHAR"]],
    said.map((row) => [...row, null]),
  )
  await engine.exec(`insert into said_standing
    select distinct m.key, 'smuggled-person', m.event, null, null, 'carried on a journey leg', m.record from m where m.kind = 'journey-leg' and m.part = 'passenger'`)
  await fill(
    engine,
    "taken",
    [["item", "VARCHAR"], ["taken_ms", "BIGINT"]],
    items.map((i) => [i.id, i.taken_in_at.getTime()]),
  )
  // A record without a time says at least that somebody was under 18 when it was taken in. Of a birth date that is known by year or
  // month alone, the latest day that it can be is the one that protects.
  const born = (column: string) => `coalesce(try_cast(d.${column} as date), last_day(try_cast(d.${column} || '-01' as date)), try_cast(d.${column} || '-12-31' as date))`
  for (const [view, column, parts] of [
    ["document-inspection", "f_birthDate", "('holder')"],
    ["passenger", "f_birthDate", "('passenger','holder')"],
  ] as const)
    await engine.exec(`insert into said_standing
      select distinct m.key, 'child', m.event, null, null, 'under 18 at the time by ' || ${literal(view)}, m.record
      from m join "${view}" d on d.id = m.record join taken on taken.item = m.item where m.part in ${parts}
        and ${born(column)} > (make_timestamp(coalesce(d.at_ms, taken.taken_ms) * 1000)::date - interval ${ADULT_YEARS} year)`)
  await engine.exec(`create temp table standing as
    select i.entity, s.standing, s.event, s.from_ms, s.to_ms, s.source, to_json(list(s.record order by s.record) filter (s.record is not null)[:5]) as records
    from said_standing s join identity i using (key) group by all`)
}

/** The entities that protection hides, with the standing that counts. Weighs every claim, whatever its period: once protected, protected here. */
export async function protectedOf(engine: Engine): Promise<Map<string, Standing>> {
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
