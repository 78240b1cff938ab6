import type { People, Rankable } from "#entities"
import { rng } from "#kernels"
import { literal } from "#store"
import { type InvolvementInput, involvement } from "../measures/involvement.ts"
import type { Doubt } from "../range/doubt.ts"
import { placesOf } from "../range/range.ts"
import type { TieRow } from "../snapshot.ts"

/** One thing that would change the picture: to be had, to be decided, or to be looked at again. */
export interface Wanted {
  kind: "phone" | "book" | "decision" | "held"
  entity: string | null
  event: string | null
  /** Of a decision: the two identifiers that are held to be one person's. */
  join: { a: string; b: string; grade: string; rule: string } | null
  label: string
  /** How far places move on average, as a share of the list's length; and share of the first `top` who would be others. */
  shift: number
  topShare: number
}

/** What one more phone or book has been seen to bring, as counted on those held: rows of evidence and ties of players per item. */
export interface Yield {
  ties: number
  evidence: number
  strength: number
}

const DRAWS = 24

interface Picture {
  input: InvolvementInput
  before: Float64Array
  top: number
}

export function pictureOf(input: InvolvementInput, top: number): Picture {
  return { input, before: involvement(input), top }
}

/** How far another picture is from the present one. */
export function change({ input, before, top }: Picture, after: Float64Array): { shift: number; topShare: number } {
  const all = new Uint8Array(input.n).fill(1)
  const [a, b] = [placesOf(before, all), placesOf(after, all)]
  const first = (place: Float64Array) =>
    new Set([...place.keys()].sort((x, y) => place[x]! - place[y]! || x - y).slice(0, Math.min(top, input.n)))
  const [was, is] = [first(a), first(b)]
  const shift = a.reduce((sum, x, v) => sum + Math.abs(x - b[v]!), 0) / Math.max(1, input.n)
  return { shift, topShare: was.size === 0 ? 0 : [...is].filter((v) => !was.has(v)).length / was.size }
}

/** The picture with more rows of evidence and ties in an event of their own. */
function withMore(
  input: InvolvementInput,
  ties: readonly { a: number; b: number; weight: number }[],
  evidence: readonly { player: number; strength: number }[],
): InvolvementInput {
  const event = input.events
  const join = (a: Int32Array, b: readonly number[]) => Int32Array.from([...a, ...b])
  const floats = (a: Float64Array, b: readonly number[]) => Float64Array.from([...a, ...b])
  return {
    ...input,
    from: join(
      input.from,
      ties.map((t) => Math.min(t.a, t.b)),
    ),
    to: join(
      input.to,
      ties.map((t) => Math.max(t.a, t.b)),
    ),
    edge: join(
      input.edge,
      ties.map((_, i) => input.from.length + i),
    ),
    edgeEvent: join(
      input.edgeEvent,
      ties.map(() => event),
    ),
    edgeWeight: floats(
      input.edgeWeight,
      ties.map((t) => t.weight),
    ),
    player: join(
      input.player,
      evidence.map((e) => e.player),
    ),
    evidenceEvent: join(
      input.evidenceEvent,
      evidence.map(() => event),
    ),
    evidence: floats(
      input.evidence,
      evidence.map((e) => e.strength),
    ),
    events: event + 1,
  }
}

/**
 * What a thing nobody holds yet would change on average: it is imagined over and over with the yield of those that are held, touching
 * players by chance. `owner` is whose phone it would be; null for a book. Says where more is to be learned, never what would be found.
 */
export function ifHeld(picture: Picture, owner: number | null, per: Yield, seed: number): { shift: number; topShare: number } {
  const { input } = picture
  if (input.n < 2) return { shift: 0, topShare: 0 }
  let [shift, topShare] = [0, 0]
  for (let d = 0; d < DRAWS; d++) {
    const random = rng(seed, 7_000_000 + d * 10_007 + (owner ?? -1))
    const any = () => random.int(input.n)
    const other = (v: number) => (v + 1 + random.int(input.n - 1)) % input.n
    const times = (mean: number) => Math.floor(mean) + (random.next() < mean % 1 ? 1 : 0)
    const ties = Array.from({ length: times(per.ties) }, () => {
      const a = owner ?? any()
      return { a, b: other(a), weight: 1 }
    })
    const evidence = Array.from({ length: times(per.evidence) }, (_, i) => ({
      player: i === 0 && owner !== null ? owner : any(),
      strength: per.strength,
    }))
    const c = change(picture, involvement(withMore(input, ties, evidence)))
    shift += c.shift / DRAWS
    topShare += c.topShare / DRAWS
  }
  return { shift, topShare }
}

/** The picture without one event, or without what an undone join takes from one player. */
export function without(input: InvolvementInput, gone: (event: number, players: readonly number[]) => boolean): InvolvementInput {
  const ties = [...input.edge.keys()].filter((r) => !gone(input.edgeEvent[r]!, [input.from[input.edge[r]!]!, input.to[input.edge[r]!]!]))
  const rows = [...input.player.keys()].filter((r) => !gone(input.evidenceEvent[r]!, [input.player[r]!]))
  return {
    ...input,
    edge: Int32Array.from(ties, (r) => input.edge[r]!),
    edgeEvent: Int32Array.from(ties, (r) => input.edgeEvent[r]!),
    edgeWeight: Float64Array.from(ties, (r) => input.edgeWeight[r]!),
    player: Int32Array.from(rows, (r) => input.player[r]!),
    evidenceEvent: Int32Array.from(rows, (r) => input.evidenceEvent[r]!),
    evidence: Float64Array.from(rows, (r) => input.evidence[r]!),
  }
}

/** What hangs on each event that is held, and on each doubtful join. */
export function heldAndDoubtful(
  picture: Picture,
  events: readonly string[],
  doubts: readonly (Doubt | null)[],
  players: readonly Rankable[],
): Wanted[] {
  const { input } = picture
  const held = events.map((event, e): Wanted => {
    const after = involvement(without(input, (at) => at === e))
    return { kind: "held", entity: null, event, join: null, label: event, ...change(picture, after) }
  })
  const decisions = doubts.flatMap((doubt, v) =>
    (doubt?.joins ?? []).map(({ a, b, grade, rule }, j): Wanted => {
      const lost = doubt!.without(j)
      const after = involvement(without(input, (event, among) => among.includes(v) && lost.has(event)))
      return {
        kind: "decision",
        entity: players[v]!.entity,
        event: null,
        join: { a, b, grade, rule },
        label: players[v]!.label,
        ...change(picture, after),
      }
    }),
  )
  return [...held, ...decisions]
}

/** Players of whom no device is held, and outlets whose book is not, by number of player or as entities. */
export async function notHeld(
  people: People,
  players: readonly Rankable[],
  ties: readonly TieRow[],
): Promise<{ phones: number[]; books: { entity: string; label: string; players: number }[] }> {
  const ids = players.map((p) => literal(p.entity)).join(",")
  const own =
    players.length === 0
      ? []
      : await people.engine.all<{ entity: string }>(
          `select distinct entity from identity where starts_with(key, 'holder:') and entity in (${ids}) order by entity`,
        )
  const reach =
    players.length === 0
      ? []
      : await people.engine.all<{ entity: string }>(
          `select distinct entity from identity where entity in (${ids}) and (starts_with(key, 'phone:') or starts_with(key, 'account:') or starts_with(key, 'handle:')) order by entity`,
        )
  const [holders, reachable] = [new Set(own.map((r) => r.entity)), new Set(reach.map((r) => r.entity))]
  const kept = new Set(
    (
      await people.engine.all<{ entity: string }>(
        `with named as (select i.entity, m.item, count(distinct m.record) as records from m join identity i using (key) join entity e on e.id = i.entity and e.kind = 'outlet' where m.kind = 'book-entry' and m.part = 'outlet' group by all)
         select distinct arg_max(entity, records) as entity from named group by item`,
      )
    ).map((r) => r.entity),
  )
  // An outlet is looked for only where players deal with it: being an exchange, or a customer of one, is nothing.
  const listed = new Set(players.map((p) => p.entity))
  const dealing = new Map<string, Set<string>>()
  for (const t of ties)
    for (const [outlet, player] of [
      [t.a, t.b],
      [t.b, t.a],
    ] as const)
      if (listed.has(player) && outlet !== player) dealing.set(outlet, (dealing.get(outlet) ?? new Set()).add(player))
  const outlets = await people.engine.all<{ entity: string; label: string }>(
    "select id as entity, label from entity where kind = 'outlet' order by id",
  )
  const books = outlets.flatMap((o) =>
    dealing.has(o.entity) && !kept.has(o.entity) ? [{ ...o, players: dealing.get(o.entity)!.size }] : [],
  )
  return { phones: players.flatMap((p, v) => (!holders.has(p.entity) && reachable.has(p.entity) ? [v] : [])), books }
}

/** What the held items of a sort brought each, on average: ties between players and evidence by event. */
export function yieldOf(input: InvolvementInput, events: readonly number[]): Yield {
  const among = new Set(events)
  const ties = [...input.edgeEvent].filter((e) => among.has(e)).length
  const rows = [...input.evidenceEvent.keys()].filter((r) => among.has(input.evidenceEvent[r]!))
  const n = Math.max(1, events.length)
  const strength = rows.reduce((sum, r) => sum + input.evidence[r]!, 0) / Math.max(1, rows.length)
  return { ties: ties / n, evidence: Math.max(1, rows.length / n), strength: strength || 200 }
}
