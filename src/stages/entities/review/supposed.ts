import { literal } from "#store"
import type { SubjectAct } from "../conduct/act-row.ts"
import { assertConduct } from "../conduct/assert-conduct.ts"
import { subjectAct } from "../conduct-rows.ts"
import type { People } from "../people.ts"
import { type ConductReason, conductOf, RANKED_FROM, type Rankable, rankable } from "../rankable.ts"
import type { Pair } from "./pairs.ts"

/** Who is ranked on what, and who would be if two were one, or one were two. */
export interface Supposed {
  players: Rankable[]
  /** False where neither of the two is ranked nor did anything: joining or parting them cannot change who is ranked, or how. */
  matters(pair: Pair): boolean
  /** Everybody who would be ranked: all acts of whom the pair concerns, and of whom they are the counterpart, are weighed anew. */
  playersIf(pair: Pair): Promise<Rankable[]>
}

/** What the right half of a parted entity is called while it is supposed. */
export const partOf = (entity: string): string => `${entity}/parted`

/** What an analyst asserted goes with its records. */
const ANALYST = "analyst"

export async function supposed(people: People): Promise<Supposed> {
  const whole = await people.structure()
  const players = await rankable(people)
  const ranked = new Map(players.map((p) => [p.entity, p]))
  const hidden = new Set((await people.engine.all<{ entity: string }>("select entity from hidden")).map((r) => r.entity))
  const asserted = Map.groupBy(
    (await conductOf(people.engine)).filter((r) => r.rule === ANALYST),
    (r) => r.entity,
  )
  const rows = (await whole.all("select * from subject_act order by subject, record, act, actor_party, actor_start, rule")).map(subjectAct)
  const acts = Map.groupBy(
    rows.filter((r) => !hidden.has(r.subject)),
    (r) => r.subject,
  )
  const towards = new Map<string, Set<string>>()
  for (const r of rows) {
    if (r.counterpart === null || hidden.has(r.subject)) continue
    const known = towards.get(r.counterpart)
    if (known) known.add(r.subject)
    else towards.set(r.counterpart, new Set([r.subject]))
  }
  const names = new Map(
    (await people.engine.all<{ id: string; label: string }>("select id, label from entity")).map((e) => [e.id, e.label]),
  )
  const did = (entity: string) => ranked.has(entity) || acts.has(entity) || asserted.has(entity)

  const rankableFrom = (entity: string, label: string, reasons: readonly ConductReason[]): Rankable[] => {
    const evidence = new Map<string, number>()
    for (const r of reasons) for (const event of r.events) evidence.set(event, (evidence.get(event) ?? 0) + r.strength / r.events.length)
    const total = [...evidence.values()].reduce((a, b) => a + b, 0)
    if (total < RANKED_FROM) return []
    return [
      {
        entity,
        label,
        evidence: [...evidence].map(([event, strength]) => ({ event, strength })).sort((a, b) => (a.event < b.event ? -1 : 1)),
        reasons: [...reasons],
        events: ranked.get(entity)?.events ?? 0,
        items: ranked.get(entity)?.items ?? 0,
      },
    ]
  }
  const weighed = (entity: string, label: string, own: readonly SubjectAct[], said: readonly ConductReason[]) =>
    rankableFrom(entity, label, [...assertConduct(own.map((r) => ({ ...r, subject: entity }))), ...said])

  return {
    players,
    matters: ({ entities: [x, y] }) => did(x) || did(y),
    playersIf: async (pair) => {
      const [x, y] = pair.entities
      const half = pair.together ? await halvesOf(people, pair) : () => x
      // Whoever was counted as the one whom an act was toward is now another.
      const toward = (r: SubjectAct): SubjectAct =>
        r.counterpart === x ? { ...r, counterpart: half(r.record) } : r.counterpart === y ? { ...r, counterpart: x } : r
      const of = (entity: string) => (acts.get(entity) ?? []).map(toward)
      const label = names.get(x) ?? x
      const said = [...(asserted.get(x) ?? []), ...(pair.together ? [] : (asserted.get(y) ?? []))]
      const instead = pair.together
        ? [x, partOf(x)].flatMap((entity) =>
            weighed(
              entity,
              label,
              of(x).filter((r) => half(r.record) === entity),
              said.filter((r) => half(r.records[0] ?? "") === entity),
            ),
          )
        : weighed(x, label, [...of(x), ...of(y)], said)
      const others = new Set([...(towards.get(x) ?? []), ...(towards.get(y) ?? [])])
      others.delete(x)
      others.delete(y)
      return [
        ...players.filter((p) => p.entity !== x && p.entity !== y && !others.has(p.entity)),
        ...instead,
        ...[...others].sort().flatMap((entity) => weighed(entity, names.get(entity) ?? entity, of(entity), asserted.get(entity) ?? [])),
      ]
    },
  }
}

/** On which half of a parted entity a record stands: by the keys that it gives. One that names both halves, or none by key, stays with the larger. */
async function halvesOf(people: People, pair: Pair): Promise<(record: string) => string> {
  const whole = await people.structure()
  const count = async (keys: readonly string[]): Promise<Map<string, number>> => {
    if (keys.length === 0) return new Map()
    const listed = keys.map(literal).join(",")
    const found = await whole.all<{ record: string; n: number }>(
      `select record, count(*)::int as n from (select record, key from m where key in (${listed}) union select record, key from being where key in (${listed})) group by record order by record`,
    )
    return new Map(found.map((r) => [r.record, r.n]))
  }
  const [left, right] = [await count(pair.left), await count(pair.right)]
  const [x] = pair.entities
  const larger = pair.right.length > pair.left.length ? partOf(x) : x
  return (record) => {
    const [l, r] = [left.get(record) ?? 0, right.get(record) ?? 0]
    return l === r ? larger : l > r ? x : partOf(x)
  }
}
