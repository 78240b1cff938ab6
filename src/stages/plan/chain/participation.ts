import { type Rankable, rankable } from "#entities"
import type { Snapshot } from "#network"
import { readFreeText, recordsById } from "#records"
import { literal } from "#store"
import { CONDUCTS, type Conduct, type Stage } from "#vocabulary/conduct"
import { KINDS, type KindName } from "#vocabulary/kinds"
import { LEG_STAGES, ROUTE_IDS, type RouteId, routeOfCountry } from "./routes.ts"

/** What one player is recorded to have done at one stage: a tag on events, never a label for life. */
export interface Participation {
  entity: string
  label: string
  stage: Stage
  conducts: string[]
  /** Days at work there, each in the seizure event that shows it. */
  days: { day: string; event: string }[]
  records: string[]
  /** Shares of the days by way, where the stage has ways; they add up to 1. */
  routes: { route: RouteId; share: number }[]
}

export interface Participations {
  list: Participation[]
  /** Players whose acts are of no stage in particular. */
  unstaged: { entity: string; label: string }[]
  players: Rankable[]
  /** Between the first and the last dated act. */
  weeks: number
  from: string | null
  to: string | null
}

const WEEK = 7 * 86_400_000
/** A shorter window would make a rate out of a moment. */
const LEAST_WEEKS = 4

/** The stage of an asserted act: as it was said, else the one that its conduct belongs to. */
const stageOf = (conduct: string, stage: number | null): Stage | null =>
  (stage ??
    (Object.hasOwn(CONDUCTS, conduct) && CONDUCTS[conduct as Conduct].stages.length === 1
      ? CONDUCTS[conduct as Conduct].stages[0]!
      : null)) as Stage | null

/** Everybody who may be ranked, by the stages of what they are said to have done. Nobody else is in it. */
export async function participationsOf(snapshot: Snapshot): Promise<Participations> {
  const players = await rankable(snapshot.people)
  const whole = await snapshot.people.structure()
  const wanted = [...new Set(players.flatMap((p) => p.reasons.flatMap((r) => r.records)))].sort()
  const dated = new Map<string, { day: string | null; event: string }>()
  if (wanted.length > 0)
    for (const r of await whole.all<{ record: string; at: number | null; event: string }>(
      `select record, min(at_ms) as at, min(event) as event from m where record in (${wanted.map(literal).join(",")}) group by record order by record`,
    ))
      dated.set(r.record, { day: r.at === null ? null : new Date(r.at).toISOString().slice(0, 10), event: r.event })
  const ways = await waysOf(whole, wanted)
  const list: Participation[] = []
  const unstaged: Participations["unstaged"] = []
  for (const p of players) {
    const byStage = new Map<Stage, Participation & { ways: Map<RouteId, number> }>()
    for (const reason of p.reasons) {
      const stage = stageOf(reason.conduct, reason.stage)
      if (stage === null) continue
      const own = byStage.get(stage) ?? {
        entity: p.entity,
        label: p.label,
        stage,
        conducts: [],
        days: [],
        records: [],
        routes: [],
        ways: new Map<RouteId, number>(),
      }
      byStage.set(stage, own)
      if (!own.conducts.includes(reason.conduct)) own.conducts.push(reason.conduct)
      for (const record of reason.records) {
        if (own.records.includes(record)) continue
        own.records.push(record)
        const at = dated.get(record)
        // A record without a time counts as one day of its seizure event.
        const day = at?.day ?? `event ${at?.event ?? record}`
        const event = at?.event ?? reason.events[0] ?? record
        if (!own.days.some((d) => d.day === day)) own.days.push({ day, event })
        for (const route of ways.get(record) ?? []) own.ways.set(route, (own.ways.get(route) ?? 0) + 1)
      }
      if (own.days.length === 0) own.days.push(...reason.events.map((event) => ({ day: `event ${event}`, event })))
    }
    if (byStage.size === 0) unstaged.push({ entity: p.entity, label: p.label })
    for (const { ways: seen, ...own } of [...byStage.values()].sort((a, b) => a.stage - b.stage))
      list.push({ ...own, routes: sharesOf(own.stage, seen) })
  }
  const days = list
    .flatMap((p) => p.days.map((d) => d.day))
    .filter((d) => !d.startsWith("event "))
    .sort()
  const span = days.length > 1 ? (Date.parse(days.at(-1)!) - Date.parse(days[0]!)) / WEEK : 0
  return { list, unstaged, players, weeks: Math.max(LEAST_WEEKS, span), from: days[0] ?? null, to: days.at(-1) ?? null }
}

function sharesOf(stage: number, seen: ReadonlyMap<RouteId, number>): Participation["routes"] {
  if (!LEG_STAGES.includes(stage) || seen.size === 0) return [{ route: "unknown", share: 1 }]
  const total = [...seen.values()].reduce((a, b) => a + b, 0)
  return ROUTE_IDS.flatMap((route) => (seen.has(route) ? [{ route, share: seen.get(route)! / total }] : []))
}

/** The ways that the words of records name, by record. */
async function waysOf(engine: Parameters<typeof recordsById>[0]["engine"], records: readonly string[]): Promise<Map<string, RouteId[]>> {
  const out = new Map<string, RouteId[]>()
  for (const record of await recordsById({ engine }, records)) {
    const shape = KINDS[record.kind as KindName]
    const words = [...shape.freeText, "origin", "destination", "placeName"].flatMap((column) =>
      typeof record.fields[column] === "string" ? [record.fields[column]] : [],
    )
    const found = new Set<RouteId>()
    for (const text of words)
      for (const span of readFreeText(text).spans) {
        const route = span.type === "place" ? routeOfCountry((span.value as { country: string }).country) : null
        if (route) found.add(route)
      }
    if (found.size > 0) out.set(record.id, [...found].sort())
  }
  return out
}
