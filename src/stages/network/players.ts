import { type ConductReason, RANKED_FROM, type Rankable, rankable } from "#entities"
import { literal } from "#store"
import type { Snapshot } from "./snapshot.ts"

/**
 * Who is ranked in a snapshot: those of `rankable`, each with the conduct of the window. Of a reason that several seizure events show, the share
 * of those counts whose records are dated inside; what no record dates counts only where no window is asked for. Whoever is left with
 * less than ranking asks for is not in the list.
 */
export async function playersOf(snapshot: Snapshot): Promise<Rankable[]> {
  const players = await rankable(snapshot.people)
  const { from, to } = snapshot.parts
  if (from === null && to === null) return players
  const records = [...new Set(players.flatMap((p) => p.reasons.flatMap((r) => r.records)))].sort()
  const window = [...(from === null ? [] : [`at_ms >= ${from}`]), ...(to === null ? [] : [`at_ms < ${to}`])].join(" and ")
  const inside =
    records.length === 0
      ? []
      : await snapshot.people.engine.all<{ record: string; event: string }>(
          `select distinct record, event from m where record in (${records.map(literal).join(",")}) and ${window} order by all`,
        )
  const held = Map.groupBy(inside, (i) => i.record)
  return players.flatMap((p) => {
    const reasons = p.reasons.flatMap((r) => within(r, held))
    const evidence = new Map<string, number>()
    for (const r of reasons) for (const event of r.events) evidence.set(event, (evidence.get(event) ?? 0) + r.strength / r.events.length)
    const total = [...evidence.values()].reduce((a, b) => a + b, 0)
    if (total < RANKED_FROM) return []
    return [
      {
        ...p,
        reasons,
        evidence: [...evidence].map(([event, strength]) => ({ event, strength })).sort((a, b) => (a.event < b.event ? -1 : 1)),
      },
    ]
  })
}

function within(reason: ConductReason, held: ReadonlyMap<string, { event: string }[]>): ConductReason[] {
  const records = reason.records.filter((r) => held.has(r))
  const seen = new Set(records.flatMap((r) => held.get(r)!.map((h) => h.event)))
  const events = reason.events.filter((e) => seen.has(e))
  if (events.length === 0) return []
  return [{ ...reason, records, events, strength: (reason.strength * events.length) / reason.events.length }]
}
