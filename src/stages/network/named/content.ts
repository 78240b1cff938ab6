import { createHash, createHmac } from "node:crypto"
import { canonical, literal } from "#store"
import { partsOf } from "../chain/parts.ts"
import { arcsOf, weightOf } from "../graph.ts"
import { playersOf } from "../players.ts"
import { type RankMeasure, type RankRequest, rankSnapshot } from "../rank.ts"
import type { Snapshot, TieRow } from "../snapshot.ts"

export interface FrozenPlayer {
  entity: string
  label: string
  /** Keyed hashes of his identifiers: who he was is known again when more was joined to him, without the numbers. */
  marks: string[]
  rank: number
  score: number
  range: [number, number] | null
  /** Weights of ties by the way in which records went; what has no direction counts on both sides. */
  strength: { out: number; in: number }
  acts: { role: string; stage: number | null; event: string; firstAt: number | null; lastAt: number | null }[]
}

export interface FrozenTie {
  a: string
  b: string
  layer: string
  event: string
  n: number
  /** How many of the n went from a to b. */
  forth: number
  weight: number
  firstAt: number | null
  lastAt: number | null
}

/**
 * What is frozen under a name: those who are ranked and the ties among them. Nobody else is in it: relatives, passengers and bystanders
 * are kept nowhere longer than the evidence says them.
 */
export interface Frozen {
  parts: {
    layers: string[]
    from: number | null
    to: number | null
    grades: string
    projection: string
    /** Where it is about one kind of a two-mode network's nodes. */
    mode?: string
    release: string
    /** The measure by which people are ranked, where one was asked for; involvement where not. */
    measure?: RankMeasure
    weighted?: boolean
    directed?: boolean
  }
  counts: { players: number; entities: number; ties: number; events: number }
  players: FrozenPlayer[]
  ties: FrozenTie[]
}

export type FrozenVariant = Pick<RankRequest, "measure" | "weighted" | "directed">

/** The content of a snapshot: the same inputs give the same bytes. Throws `invalid.measure` where involvement is asked for by direction. */
export async function frozen(snapshot: Snapshot, nodeKey: Buffer, { measure, weighted, directed }: FrozenVariant = {}): Promise<Frozen> {
  const players = await playersOf(snapshot)
  const ids = new Set(players.map((p) => p.entity))
  const ties = (await snapshot.ties()).filter((t) => ids.has(t.a) && ids.has(t.b))
  const ranking = await rankSnapshot(snapshot, {
    top: 100_000,
    seed: 1,
    measure: measure ?? (players.length > 0 ? "involvement" : undefined),
    weighted,
    directed,
  })
  const acts = Map.groupBy(await partsOf(snapshot.people, players, await snapshot.events()), (p) => p.entity)
  const among = [...ids].map(literal).join(",")
  const keys =
    ids.size === 0
      ? []
      : await snapshot.people.engine.all<{ entity: string; key: string }>(
          `select entity, key from identity where entity in (${among}) and not starts_with(key, 'name:') order by all`,
        )
  const marks = Map.groupBy(keys, (k) => k.entity)
  const { investigation, layers, from, to, grades, projection, mode, release } = snapshot.parts
  const mark = (key: string) => createHmac("sha256", nodeKey).update(`${investigation} ${key}`).digest("base64url").slice(0, 16)
  return {
    parts: {
      layers: [...layers],
      from,
      to,
      grades,
      projection,
      ...(mode === "both" ? {} : { mode }),
      release,
      ...(measure === undefined ? {} : { measure, weighted: ranking.variant.weighted, directed: ranking.variant.directed }),
    },
    counts: ranking.counts,
    players:
      ranking.basis === "conduct"
        ? ranking.players.map((p) => ({
            entity: p.entity,
            label: p.label,
            marks: (marks.get(p.entity) ?? []).map((k) => mark(k.key)).sort(),
            rank: p.rank,
            score: p.score,
            range: p.range.rank,
            strength: strengthOf(p.entity, ties),
            acts: (acts.get(p.entity) ?? []).map(({ role, stage, event, firstAt, lastAt }) => ({ role, stage, event, firstAt, lastAt })),
          }))
        : [],
    ties: ties.map((t) => ({
      a: t.a,
      b: t.b,
      layer: t.layer,
      event: t.event,
      n: t.n,
      forth: t.forth,
      weight: weightOf(t),
      firstAt: t.firstAt,
      lastAt: t.lastAt,
    })),
  }
}

function strengthOf(entity: string, ties: readonly TieRow[]): { out: number; in: number } {
  const sum = { out: 0, in: 0 }
  for (const t of ties) {
    if (t.a !== entity && t.b !== entity) continue
    const weight = weightOf(t)
    const [forth, back] = arcsOf(t)
    const [away, towards] = t.a === entity ? [forth, back] : [back, forth]
    if (away > 0) sum.out += weight
    if (towards > 0) sum.in += weight
  }
  return sum
}

/** What tells whether two contents are the same, byte for byte. */
export const digestOf = (content: unknown): string => createHash("sha256").update(canonical(content)).digest("hex")
