import type { Frozen, FrozenPlayer, FrozenTie } from "./content.ts"

/**
 * Two snapshots in time. What differs may have happened in the world, or in what we hold: a tie dated before the earlier window's end that
 * only came in later is new evidence, not a new tie; what no record dates cannot be told apart.
 */
export type Why = "world" | "evidence" | "undated"

export interface TieChange {
  a: string
  b: string
  layers: string[]
  why: Why
  firstAt: number | null
  lastAt: number | null
}

export interface PlayerChange {
  entity: string
  label: string
  change: "new" | "gone" | "rose" | "fell" | "same" | "joined"
  rankBefore: number | null
  rankAfter: number | null
  /** The later rank lies outside the earlier range: more than the picture's own doubt. Null where no range was given. */
  beyondRange: boolean | null
  /** Signs of him (acts and ties) that only the later snapshot has, by why. */
  signs: Record<Why, number>
}

export interface Comparison {
  players: PlayerChange[]
  newTies: TieChange[]
  goneTies: TieChange[]
  stayed: number
}

interface Cut {
  /** UTC milliseconds before which the earlier snapshot could have known. */
  until: number
}

/** Compares what is frozen. `until` is the end of the earlier window, or when it was made. */
export function compare(before: Frozen, after: Frozen, { until }: Cut): Comparison {
  const was = matched(before.players, after.players)
  const idBefore = new Map([...was].flatMap(([later, earlier]) => earlier.map((e) => [e.entity, later] as const)))
  const renamed = (id: string) => idBefore.get(id) ?? id
  const [old, now] = [pairsOf(before.ties, renamed), pairsOf(after.ties, (id) => id)]
  const newTies = [...now].filter(([k]) => !old.has(k)).map(([, own]) => changeOf(own, (t) => whyNew(t.firstAt, until)))
  const goneTies = [...old].filter(([k]) => !now.has(k)).map(([, own]) => changeOf(own, (t) => whyGone(t.lastAt, after.parts.from)))
  const seenBefore = new Set(before.ties.map((t) => signOf(t, renamed)))
  const later = after.players.map((p): PlayerChange => {
    const earlier = was.get(p.entity) ?? []
    const best = earlier.toSorted((x, y) => x.rank - y.rank)[0]
    const acts = new Set(earlier.flatMap((e) => e.acts.map((a) => `${a.role} ${a.stage} ${a.event}`)))
    const signs: Record<Why, number> = { world: 0, evidence: 0, undated: 0 }
    for (const a of p.acts) if (!acts.has(`${a.role} ${a.stage} ${a.event}`)) signs[whyNew(a.firstAt, until)]++
    for (const t of after.ties)
      if ((t.a === p.entity || t.b === p.entity) && !seenBefore.has(signOf(t, (id) => id))) signs[whyNew(t.firstAt, until)]++
    const by = best ? best.rank - p.rank : 0
    const change = !best ? "new" : earlier.length > 1 ? "joined" : by > 0 ? "rose" : by < 0 ? "fell" : "same"
    const beyondRange = best?.range ? p.rank < best.range[0] || p.rank > best.range[1] : null
    return { entity: p.entity, label: p.label, change, rankBefore: best?.rank ?? null, rankAfter: p.rank, beyondRange, signs }
  })
  const gone = before.players
    .filter((p) => !idBefore.has(p.entity))
    .map(
      (p): PlayerChange => ({
        entity: p.entity,
        label: p.label,
        change: "gone",
        rankBefore: p.rank,
        rankAfter: null,
        beyondRange: null,
        signs: { world: 0, evidence: 0, undated: 0 },
      }),
    )
  return {
    players: [...later, ...gone],
    newTies: newTies.sort(byPair),
    goneTies: goneTies.sort(byPair),
    stayed: [...now.keys()].filter((k) => old.has(k)).length,
  }
}

/** Who of the earlier picture each of the later is: the same entity, or one that had an identifier of his. */
function matched(before: readonly FrozenPlayer[], after: readonly FrozenPlayer[]): Map<string, FrozenPlayer[]> {
  const byMark = new Map(after.flatMap((p) => p.marks.map((m) => [m, p.entity] as const)))
  const here = new Set(after.map((p) => p.entity))
  const out = new Map<string, FrozenPlayer[]>()
  for (const p of before) {
    const later = here.has(p.entity) ? p.entity : p.marks.map((m) => byMark.get(m)).find((id) => id !== undefined)
    if (later !== undefined) out.set(later, [...(out.get(later) ?? []), p])
  }
  return out
}

function pairsOf(ties: readonly FrozenTie[], named: (id: string) => string): Map<string, FrozenTie[]> {
  return Map.groupBy(
    ties.map((t) => ({ ...t, a: named(t.a), b: named(t.b) })).map((t) => (t.a < t.b ? t : { ...t, a: t.b, b: t.a })),
    (t) => `${t.a} ${t.b}`,
  )
}

const signOf = (t: FrozenTie, named: (id: string) => string): string => [...[named(t.a), named(t.b)].sort(), t.layer, t.event].join(" ")

/** New since the window's end: the world. Dated before it, and only held now: evidence. */
const whyNew = (firstAt: number | null, until: number): Why => (firstAt === null ? "undated" : firstAt >= until ? "world" : "evidence")

/** Last seen before the later window begins: the world, or our eyes elsewhere. Else it was in the window and is not held any more. */
const whyGone = (lastAt: number | null, from: number | null): Why =>
  lastAt === null ? "undated" : from !== null && lastAt < from ? "world" : "evidence"

function changeOf(own: readonly FrozenTie[], why: (t: { firstAt: number | null; lastAt: number | null }) => Why): TieChange {
  const first = own.flatMap((t) => (t.firstAt === null ? [] : [t.firstAt]))
  const last = own.flatMap((t) => (t.lastAt === null ? [] : [t.lastAt]))
  const dated = { firstAt: first.length > 0 ? Math.min(...first) : null, lastAt: last.length > 0 ? Math.max(...last) : null }
  return { a: own[0]!.a, b: own[0]!.b, layers: [...new Set(own.map((t) => t.layer))].sort(), why: why(dated), ...dated }
}

const byPair = (x: TieChange, y: TieChange): number => (x.a < y.a ? -1 : x.a > y.a ? 1 : x.b < y.b ? -1 : 1)
