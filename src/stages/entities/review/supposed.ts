import { literal } from "#store"
import type { People } from "../people.ts"
import { type ConductReason, conductOf, RANKED_FROM, type Rankable, rankable } from "../rankable.ts"
import type { Pair } from "./pairs.ts"

/** Everybody's conduct as it stands, and as it would be if two were one, or one were two. */
export interface Supposed {
  players: Rankable[]
  /** Whether joining or parting can change who is ranked or how: someone of the two is ranked, or both together would be. */
  matters(pair: Pair): boolean
  /** Whoever would be ranked in place of the pair's entities. Conduct goes with the records that it rests on and is not weighed anew. */
  instead(pair: Pair): Promise<Rankable[]>
  /** The side on which a record that names the pair's person stands: by the keys that it gives. */
  sideOf(pair: Pair, record: string): Promise<"left" | "right">
}

function rankableFrom(
  entity: string,
  label: string,
  reasons: readonly ConductReason[],
  facts: { events: number; items: number },
): Rankable | null {
  const evidence = new Map<string, number>()
  for (const r of reasons) for (const event of r.events) evidence.set(event, (evidence.get(event) ?? 0) + r.strength / r.events.length)
  const total = [...evidence.values()].reduce((a, b) => a + b, 0)
  if (total < RANKED_FROM) return null
  return {
    entity,
    label,
    evidence: [...evidence].map(([event, strength]) => ({ event, strength })).sort((a, b) => (a.event < b.event ? -1 : 1)),
    reasons: [...reasons],
    ...facts,
  }
}

export async function supposed(people: People): Promise<Supposed> {
  const players = await rankable(people)
  const ranked = new Map(players.map((p) => [p.entity, p]))
  const conduct = Map.groupBy(await conductOf(people.engine), (r) => r.entity)
  const names = new Map(
    (await people.engine.all<{ id: string; label: string }>("select id, label from entity")).map((e) => [e.id, e.label]),
  )
  const total = (entity: string) => (conduct.get(entity) ?? []).reduce((sum, r) => sum + r.strength, 0)
  const sides = new Map<string, Map<string, { left: number; right: number }>>()
  const countsOf = async (pair: Pair) => {
    const known = sides.get(pair.id)
    if (known) return known
    const whole = await people.structure()
    const count = async (keys: readonly string[]) => {
      if (keys.length === 0) return []
      const listed = keys.map(literal).join(",")
      return whole.all<{ record: string; n: number }>(
        `select record, count(*)::int as n from (select record, key from m where key in (${listed}) union select record, key from being where key in (${listed})) group by record order by record`,
      )
    }
    const out = new Map<string, { left: number; right: number }>()
    for (const { record, n } of await count(pair.left)) out.set(record, { left: n, right: 0 })
    for (const { record, n } of await count(pair.right)) out.set(record, { left: out.get(record)?.left ?? 0, right: n })
    sides.set(pair.id, out)
    return out
  }
  // A record that names both halves, or neither by key, stays with the larger one.
  const larger = (pair: Pair) => (pair.right.length > pair.left.length ? ("right" as const) : ("left" as const))
  const sideOf = async (pair: Pair, record: string) => {
    const n = (await countsOf(pair)).get(record)
    return !n || n.left === n.right ? larger(pair) : n.left > n.right ? ("left" as const) : ("right" as const)
  }
  return {
    players,
    matters: ({ entities: [x, y], together }) =>
      together ? ranked.has(x) : ranked.has(x) || ranked.has(y) || total(x) + total(y) >= RANKED_FROM,
    sideOf,
    instead: async (pair) => {
      const [x, y] = pair.entities
      const label = names.get(x) ?? x
      const facts = { events: ranked.get(x)?.events ?? 0, items: ranked.get(x)?.items ?? 0 }
      if (!pair.together) {
        const one = rankableFrom(x, label, [...(conduct.get(x) ?? []), ...(conduct.get(y) ?? [])], facts)
        return one ? [one] : []
      }
      const halves: Record<"left" | "right", ConductReason[]> = { left: [], right: [] }
      for (const reason of conduct.get(x) ?? []) {
        let balance = 0
        for (const record of reason.records) balance += (await sideOf(pair, record)) === "left" ? 1 : -1
        halves[balance === 0 ? larger(pair) : balance > 0 ? "left" : "right"].push(reason)
      }
      return [rankableFrom(x, label, halves.left, facts), rankableFrom(partOf(x), label, halves.right, facts)].flatMap((r) => r ?? [])
    },
  }
}

/** What the right half of a parted entity is called while it is supposed. */
export const partOf = (entity: string): string => `${entity}/parted`
