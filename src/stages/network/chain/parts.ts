import { type ConductReason, masker, type People, type Rankable } from "#entities"
import { readFreeText } from "#records"
import { literal } from "#store"
import type { EventName } from "../snapshot.ts"
import { stageOf } from "./script.ts"

/** One part that somebody took in one event, as far as graded conduct asserts it. */
export interface Part {
  entity: string
  label: string
  /** A conduct: what was done in this event. */
  role: string
  stage: number | null
  event: string
  /** UTC milliseconds of the first and the last record under it; null where none has a time. */
  firstAt: number | null
  lastAt: number | null
  routes: string[]
  basis: string
  /** Hundredths of a bit, the share of this event. */
  strength: number
  records: string[]
}

/** Sheets of these kinds say where a thing was handed over or captured, not where anything happened. */
const NOWHERE = ["handover", "online"]
/** Records of one reason whose words are looked at for places. */
const READ_AT_MOST = 12
export const ROUTE_UNKNOWN = "not known"

/** The parts of the given people, by person, stage, event. Each is split by event, because a part belongs to an event. */
export async function partsOf(people: People, players: readonly Rankable[], events: ReadonlyMap<string, EventName>): Promise<Part[]> {
  const reasons = players.flatMap((p) => p.reasons.map((reason) => ({ p, reason })))
  const records = [...new Set(reasons.flatMap(({ reason }) => reason.records))].sort()
  const facts = await factsOf(people, records)
  const read = [...new Set(reasons.flatMap(({ reason }) => reason.records.slice(0, READ_AT_MOST)))].sort()
  const places = await placesOf(people, read)
  return reasons
    .flatMap(({ p, reason }) => reason.events.map((event) => part(p, reason, event, facts, places, events)))
    .sort(
      (a, b) => compare(a.entity, b.entity) || (a.stage ?? 99) - (b.stage ?? 99) || compare(a.event, b.event) || compare(a.role, b.role),
    )
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function part(
  p: Rankable,
  reason: ConductReason,
  event: string,
  facts: ReadonlyMap<string, { event: string; at: number | null }[]>,
  places: ReadonlyMap<string, string[]>,
  events: ReadonlyMap<string, EventName>,
): Part {
  const own = reason.records.filter((r) => (facts.get(r) ?? []).some((f) => f.event === event))
  const times = own.flatMap((r) => (facts.get(r) ?? []).flatMap((f) => (f.event === event && f.at !== null ? [f.at] : [])))
  const named = new Set(own.flatMap((r) => places.get(r) ?? []))
  const sheet = events.get(event)
  if (named.size === 0 && sheet?.place && !NOWHERE.includes(sheet.kind)) for (const c of countriesIn(sheet.place)) named.add(c)
  return {
    entity: p.entity,
    label: p.label,
    role: reason.conduct,
    stage: stageOf(reason.conduct, reason.stage),
    event,
    firstAt: times.length > 0 ? Math.min(...times) : null,
    lastAt: times.length > 0 ? Math.max(...times) : null,
    routes: named.size > 0 ? [...named].sort() : [ROUTE_UNKNOWN],
    basis: reason.basis,
    strength: reason.strength / reason.events.length,
    records: own.length > 0 ? own : reason.records,
  }
}

async function factsOf(people: People, records: readonly string[]): Promise<Map<string, { event: string; at: number | null }[]>> {
  if (records.length === 0) return new Map()
  const rows = await people.engine.all<{ record: string; event: string; at: number | null }>(
    `select record, event, min(at_ms) as at from m where record in (${records.map(literal).join(",")}) group by all order by all`,
  )
  return Map.groupBy(rows, (r) => r.record)
}

/**
 * Where on the way a record says that something happened: the ends of a journey leg, else the countries of the places that its words
 * name. The words are read as they are shown, without protected people.
 */
async function placesOf(people: People, records: readonly string[]): Promise<Map<string, string[]>> {
  const shown = await (await masker(people)).records(records)
  return new Map(
    shown.map((r) => {
      const text = (name: string) => (typeof r.fields[name] === "string" ? (r.fields[name] as string) : "")
      if (r.kind === "journey-leg") {
        const ends = [text("origin"), text("destination")].map((end) => countriesIn(end)[0] ?? end.trim())
        return [r.id, ends.every((e) => e !== "") ? [ends.join(" → ")] : ends.filter((e) => e !== "")]
      }
      return [
        r.id,
        countriesIn(
          Object.values(r.fields)
            .filter((v) => typeof v === "string")
            .join(" . "),
        ),
      ]
    }),
  )
}

/** ISO 3166-1 alpha-2 of the places that a text names, each once, in the order of the alphabet. */
function countriesIn(text: string): string[] {
  const { spans } = readFreeText(text)
  return [...new Set(spans.flatMap((s) => (s.type === "place" ? [(s.value as { country: string }).country] : [])))].sort()
}
