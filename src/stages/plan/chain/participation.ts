import type { Rankable } from "#entities"
import { members, type Snapshot, type StageLayer, stageLayer } from "#network"
import { literal } from "#store"
import type { Stage } from "#vocabulary/conduct"
import { LEG_STAGES, ROUTE_IDS, type RouteId, routeOf } from "./routes.ts"

/** What one player is recorded to have done at one stage: a tag on events, never a label for life. */
export interface Participation {
  entity: string
  label: string
  stage: Stage
  conducts: string[]
  /** Days at work there, each in the seizure event that shows it. */
  days: { day: string; event: string }[]
  records: string[]
  /** Shares by way, where the stage has ways; they add up to 1. */
  routes: { route: RouteId; share: number }[]
}

export interface Participations {
  list: Participation[]
  players: Rankable[]
  /** Between the first and the last dated act. */
  weeks: number
  from: string | null
  to: string | null
}

/** Whether a day is known; a part whose records have no time counts as one day of its seizure event. */
export const isDated = ({ day, event }: { day: string; event: string }): boolean => day !== undated(event)
const undated = (event: string): string => `event ${event}`

const WEEK = 7 * 86_400_000
/** A shorter window would make a rate out of a moment. */
const LEAST_WEEKS = 4

/** Everybody who may be ranked, by the stages of the parts that they are said to have taken. Nobody else is in it. */
export async function participationsOf(snapshot: Snapshot): Promise<Participations> {
  const players = await members.playersOf(snapshot)
  const { parts } = await stageLayer(snapshot)
  const dated = await datesOf(snapshot, [...new Set(parts.flatMap((p) => p.records))].sort())
  const list: Participation[] = []
  for (const own of Map.groupBy(
    parts.filter((p) => p.stage !== null),
    (p) => `${p.entity} ${p.stage}`,
  ).values()) {
    const { entity, label, stage } = own[0]!
    const days = new Map<string, string>()
    for (const part of own) {
      const here = part.records.flatMap((r) => (dated.get(`${r} ${part.event}`) ?? []).map((day) => day))
      for (const day of here.length > 0 ? here : [undated(part.event)]) if (!days.has(day)) days.set(day, part.event)
    }
    list.push({
      entity,
      label,
      stage: stage as Stage,
      conducts: [...new Set(own.map((p) => p.role))],
      days: [...days].map(([day, event]) => ({ day, event })).sort((a, b) => (a.day < b.day ? -1 : 1)),
      records: [...new Set(own.flatMap((p) => p.records))],
      routes: sharesOf(stage!, own),
    })
  }
  list.sort((a, b) => a.stage - b.stage || (a.entity < b.entity ? -1 : 1))
  const all = list.flatMap((p) => p.days.filter(isDated).map((d) => d.day)).sort()
  const span = all.length > 1 ? (Date.parse(all.at(-1)!) - Date.parse(all[0]!)) / WEEK : 0
  return {
    list,
    players,
    weeks: Math.max(LEAST_WEEKS, span),
    from: all[0] ?? null,
    to: all.at(-1) ?? null,
  }
}

/** Days of each record in each seizure event that shows it, as far as protected people's mentions are not needed for it. */
async function datesOf(snapshot: Snapshot, records: readonly string[]): Promise<Map<string, string[]>> {
  if (records.length === 0) return new Map()
  const rows = await snapshot.people.engine.all<{ record: string; event: string; at: number }>(
    `select distinct record, event, at_ms as at from m where at_ms is not null and record in (${records.map(literal).join(",")}) order by all`,
  )
  const out = new Map<string, string[]>()
  for (const { record, event, at } of rows) {
    const key = `${record} ${event}`
    out.set(key, [...(out.get(key) ?? []), new Date(at).toISOString().slice(0, 10)])
  }
  return out
}

function sharesOf(stage: number, parts: StageLayer["parts"]): Participation["routes"] {
  if (!LEG_STAGES.includes(stage)) return [{ route: "unknown", share: 1 }]
  const seen = new Map<RouteId, number>()
  for (const route of parts.flatMap((p) => p.routes.flatMap((r) => routeOf(r) ?? []))) seen.set(route, (seen.get(route) ?? 0) + 1)
  const total = [...seen.values()].reduce((a, b) => a + b, 0)
  if (total === 0) return [{ route: "unknown", share: 1 }]
  return ROUTE_IDS.flatMap((route) => (seen.has(route) ? [{ route, share: seen.get(route)! / total }] : []))
}
