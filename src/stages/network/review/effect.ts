import { openPeople, type Rankable, type review } from "#entities"
import { literal, type Row } from "#store"
import { namedGraph } from "../graph.ts"
import { LAYER_IDS } from "../layers.ts"
import { involvement } from "../measures/involvement.ts"
import { involvementInput } from "../rank.ts"
import type { Snapshot, TieRow } from "../snapshot.ts"
import { fillTies } from "../ties.ts"

/** What joining or parting two would do to the order of the list. */
export interface Effect {
  /** Sum over everybody ranked of |1/rank before − 1/rank after|: a change at the top counts most. 0 = the order stays. */
  effect: number
  /** Of the first ten: who would leave them, and who would come in, as entities. */
  leaves: string[]
  enters: string[]
  /** Rank now and then of the heavier of the two; null = not ranked. */
  rank: number | null
  rankThen: number | null
  /** `no-conduct`: neither is ranked and neither did anything, so the order cannot change. */
  how: "recomputed" | "no-conduct"
}

export const FIRST = 10

const collator = new Intl.Collator("en", { numeric: true })

/** Ranks of a list of players over ties, best first: as `network rank` has them by involvement. */
export function ranksOf(players: readonly Rankable[], ties: readonly TieRow[]): Map<string, number> {
  const named = [...players].sort((a, b) => collator.compare(a.label, b.label) || (a.entity < b.entity ? -1 : 1))
  const net = namedGraph(
    named.map((p) => p.entity),
    ties,
  )
  const score = involvement(involvementInput(net, named).input)
  const order = [...score.keys()].sort((a, b) => score[b]! - score[a]! || a - b)
  return new Map(order.map((v, at) => [named[v]!.entity, at + 1]))
}

/** What changed between two orders; an entity of `became` goes on under the name that it gives. */
export function difference(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>, became: ReadonlyMap<string, string>) {
  const inverse = (rank: number | undefined) => (rank === undefined ? 0 : 1 / rank)
  const continued = new Map<string, string>()
  for (const [was, is] of became) {
    const known = continued.get(is)
    // Of two that become one, the higher goes on as it, and the other's place is gone.
    if (known === undefined || (before.get(was) ?? Infinity) < (before.get(known) ?? Infinity)) continued.set(is, was)
  }
  const nowOf = (entity: string) =>
    became.has(entity) ? (continued.get(became.get(entity)!) === entity ? after.get(became.get(entity)!) : undefined) : after.get(entity)
  const wasOf = new Set(became.values())
  let effect = 0
  for (const [entity, rank] of before) effect += Math.abs(inverse(rank) - inverse(nowOf(entity)))
  for (const [entity, rank] of after) if (!before.has(entity) && !wasOf.has(entity)) effect += inverse(rank)
  const first = (ranks: ReadonlyMap<string, number>) => [...ranks].filter(([, rank]) => rank <= FIRST).map(([entity]) => entity)
  return {
    effect: Math.round(effect * 1e6) / 1e6,
    leaves: first(before).filter((e) => (nowOf(e) ?? Infinity) > FIRST),
    enters: first(after).filter((e) => (before.get(continued.get(e) ?? e) ?? Infinity) > FIRST),
  }
}

/** Ties of parted people, by key: who is one entity in the snapshot stands here under each of his keys. */
async function tiesByKey(ground: Parameters<typeof openPeople>[0], parted: ReadonlySet<string>): Promise<TieRow[]> {
  if (parted.size === 0) return []
  const people = await openPeople(ground)
  try {
    const whole = await people.structure()
    const listed = [...parted].sort().map(literal).join(",")
    await whole.exec("create temp table whose as select * from identity")
    await whole.exec(
      `create or replace temp view identity as select key, case when entity in (${listed}) then key else entity end as entity from whose`,
    )
    // Who speaks of whom is held by entity: the key is the one that the record gives.
    await whole.exec(`create temp table told as
      select s.* replace (coalesce(p.key, s.speaker) as speaker, coalesce(b.key, s.spoken) as spoken) from spoken_tie s
      left join (select m.record, min(m.key) as key, w.entity from m join whose w using (key) where m.part in ('sender','author','caller') and w.entity in (${listed}) group by m.record, w.entity) p on p.record = s.record and p.entity = s.speaker
      left join (select b.record, min(b.key) as key, w.entity from being b join whose w using (key) where w.entity in (${listed}) group by b.record, w.entity) b on b.record = s.record and b.entity = s.spoken`)
    await whole.exec("create or replace temp view spoken_tie as select * from told")
    await fillTies(whole, { layers: LAYER_IDS, exhibits: null, projection: "plain", mode: "both" })
    return await whole.all<TieRow & Row>(
      'select a, b, layer, event, n, forth, weight, forth_weight as "forthWeight", back_weight as "backWeight", share, records, first_at as "firstAt", last_at as "lastAt" from tie order by a, b, layer, event',
    )
  } finally {
    people.close()
  }
}

/** Ties under other names; what was two ties of one pair in one layer and event is one. */
function renamed(ties: readonly TieRow[], name: (id: string) => string): TieRow[] {
  const out = new Map<string, TieRow>()
  for (const tie of ties) {
    const [x, y] = [name(tie.a), name(tie.b)]
    if (x === y) continue
    const [a, b] = x < y ? [x, y] : [y, x]
    const own = x < y ? tie : { ...tie, forth: tie.n - tie.forth, forthWeight: tie.backWeight, backWeight: tie.forthWeight }
    const key = `${a} ${b} ${tie.layer} ${tie.event}`
    const known = out.get(key)
    if (known) {
      known.n += tie.n
      known.forth += own.forth
      known.weight += tie.weight
      known.forthWeight += own.forthWeight
      known.backWeight += own.backWeight
      known.share = Math.max(known.share, tie.share)
    } else out.set(key, { ...own, a, b })
  }
  return [...out.values()].sort((s, t) =>
    s.a < t.a
      ? -1
      : s.a > t.a
        ? 1
        : s.b < t.b
          ? -1
          : s.b > t.b
            ? 1
            : s.layer < t.layer
              ? -1
              : s.layer > t.layer
                ? 1
                : s.event < t.event
                  ? -1
                  : 1,
  )
}

/**
 * The effect of each pair: acts of whom it concerns are weighed anew, ties are drawn as they would be, and the list is ranked over both. What
 * standings and names would follow is not supposed: nobody of a pair is protected. Whoever is not ranked and did nothing moves nobody.
 */
export async function effectsOf(
  snapshot: Snapshot,
  ground: Parameters<typeof openPeople>[0],
  pairs: readonly review.Pair[],
  picture: review.Supposed,
  nameOfPart: (entity: string) => string,
): Promise<Map<string, Effect>> {
  const ties = await snapshot.ties()
  const before = ranksOf(picture.players, ties)
  const mattering = pairs.filter((p) => picture.matters(p))
  const byKey = await tiesByKey(ground, new Set(mattering.filter((p) => p.together).map((p) => p.entities[0])))
  const entityOf = new Map(
    mattering.filter((p) => p.together).flatMap((p) => [...p.left, ...p.right].map((key) => [key, p.entities[0]] as const)),
  )
  const out = new Map<string, Effect>()
  for (const pair of pairs) {
    const [x, y] = pair.entities
    const ranks = [before.get(x), before.get(y)].flatMap((r) => r ?? [])
    const rank = ranks.length > 0 ? Math.min(...ranks) : null
    if (!picture.matters(pair)) {
      out.set(pair.id, { effect: 0, leaves: [], enters: [], rank, rankThen: rank, how: "no-conduct" })
      continue
    }
    const players = await picture.playersIf(pair)
    const right = new Set(pair.right)
    const then = pair.together
      ? // Everybody else who stands by key is whole again.
        renamed(byKey, (id) => (right.has(id) ? nameOfPart(x) : (entityOf.get(id) ?? id)))
      : renamed(ties, (id) => (id === y ? x : id))
    const after = ranksOf(players, then)
    const became = pair.together
      ? new Map([[x, (after.get(x) ?? Infinity) <= (after.get(nameOfPart(x)) ?? Infinity) ? x : nameOfPart(x)]])
      : new Map([
          [x, x],
          [y, x],
        ])
    const thenRanks = [after.get(x), pair.together ? after.get(nameOfPart(x)) : undefined].flatMap((r) => r ?? [])
    out.set(pair.id, {
      ...difference(before, after, became),
      rank,
      rankThen: thenRanks.length > 0 ? Math.min(...thenRanks) : null,
      how: "recomputed",
    })
  }
  return out
}
