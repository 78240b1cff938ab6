import {
  type ConductReason,
  label,
  type People,
  type Rankable,
  rankable,
  type SharedIdentifier,
  sharedIdentifiers,
  sharedRoots,
  unknownNames,
} from "#entities"
import { MEASURES, type MeasureName, measured, openPool, overDraws, rangesOf } from "#kernels"
import { Failure } from "#vocabulary/failure"
import { say } from "#vocabulary/sentences"
import { DRAWS, drawsSaid, involvementDraws, KEEP_EDGE, keepEvent } from "./draws.ts"
import { estimateFor } from "./estimate.ts"
import { type NamedGraph, namedGraph, pairsIn } from "./graph.ts"
import { LAYERS, type LayerId, layerOf } from "./layers.ts"
import { type InvolvementInput, involvement } from "./measures/involvement.ts"
import { mixesTwoModes, nodesOf } from "./members.ts"
import { playersOf } from "./players.ts"
import { doubtsOf } from "./range/doubt.ts"
import { NOMINAL, type RangeOfOne } from "./range/range.ts"
import { SCENARIOS } from "./range/scenarios.ts"
import { evidenceOf, rangesOfList } from "./range/scorer.ts"
import { weighedEvidence } from "./roles.ts"
import type { EventName, Snapshot, TieRow } from "./snapshot.ts"
import { SURENESS } from "./ties.ts"
import { type Variant, variantOf } from "./variant.ts"

export type RankMeasure = "involvement" | MeasureName
export const RANK_MEASURES = ["involvement", ...Object.keys(MEASURES)] as [RankMeasure, ...RankMeasure[]]

export interface RankRequest {
  measure?: RankMeasure | undefined
  top: number
  seed: number
  weighted?: boolean | undefined
  /** By the direction of ties, for measures of structure; default false. */
  directed?: boolean | undefined
}

export interface Reason {
  words: string
  /** The innocent reading, where there is one. */
  innocent: string | null
  records: string[]
  /** All records under it, where `records` is a sample. */
  under?: string[]
}

export interface Player {
  entity: string
  label: string
  rank: number
  score: number
  /** 5th to 95th percentile of the score over the draws. */
  interval: [number, number]
  /** Share of draws in which the player is among the top. */
  stability: number
  /** Stability range of the rank under the assumptions of `SCENARIOS`: null where it is withheld, and the ranking says why. */
  range: RangeOfOne
  reasons: Reason[]
  /** Acts of facilitation asserted, strongest first. */
  conduct: string[]
  stages: number[]
  events: number
  items: number
  /** What is not there and would matter. */
  missing: string[]
  /** The one seizure event without which the rank changes most; null when none does. */
  wouldChange: { event: string; rankWithout: number | null; label: string; kind: string | null; place: string | null; says: string } | null
  /** Rank when everybody, protected people included, carries ties (as structure), beside the rank without them. */
  rankWithStructure: number | null
}

export interface Ranking {
  snapshot: string
  measure: RankMeasure
  basis: "conduct" | "structure only"
  players: Player[]
  identifiersToResolve: SharedIdentifier[]
  blindSpots: string[]
  /** What each layer finds alone: its strongest players, and those whom no other layer shows. */
  layers: { layer: LayerId; title: string; ties: number; top: string[]; onlyHere: string[] }[]
  /** `ties` are pairs, whichever variant is counted. */
  counts: { players: number; entities: number; ties: number; events: number }
  variant: Variant
  draws: { draws: number; keepEvent: number; keepEdge: number; seed: number; says: string }
  range: { nominal: number; withheld: string | null; scenarios: { id: string; title: string; says: string }[]; says: string }
}

const REASONS_SHOWN = 6
/** Differences between the rank with and without structure above this are pointed out. */
const LARGE_DIFFERENCE = 5

/** Ranks the snapshot's players. A bare network without conduct is ranked over all nodes, and says so. */
export async function rankSnapshot(snapshot: Snapshot, request: RankRequest): Promise<Ranking> {
  const ties = await snapshot.ties()
  const players = await playersOf(snapshot)
  // Where anybody is held to facilitate, a window without him makes nobody else a player.
  const bare = (await rankable(snapshot.people)).length === 0 && ties.length > 0 && ties.every((t) => t.layer === "links")
  return bare ? rankBare(snapshot, ties, request) : rankPlayers(snapshot, ties, players, request)
}

const collator = new Intl.Collator("en", { numeric: true })

async function rankBare(snapshot: Snapshot, ties: readonly TieRow[], request: RankRequest): Promise<Ranking> {
  const measure = request.measure ?? "betweenness"
  const { weighted = false, directed = false } = request
  if (measure === "involvement")
    throw new Failure("invalid.measure", "Involvement needs conduct, and a bare network has none.", {
      at: "--measure",
      hint: `Measures of structure: ${Object.keys(MEASURES).join(", ")}.`,
    })
  const nodes = await nodesOf(snapshot)
  // Protected people stay as structure without a name, and are not among those who are ranked.
  const names = await label(snapshot.people, nodes)
  const named = nodes.map((id) => ({ id, ...names.get(id)! })).sort((a, b) => collator.compare(a.label, b.label) || (a.id < b.id ? -1 : 1))
  const net = namedGraph(
    named.map((e) => e.id),
    ties,
    { directed },
  )
  const pairs = pairsIn(net)
  const { score, ranges, estimated } = await scored(net, measure, request, (v) => !named[v]!.masked)
  const order = orderOf(score).filter((v) => !named[v]!.masked)
  const ranged = rangesOfList(involvementInput(net, []).input, score, [], [], {
    measure,
    weighted,
    top: request.top,
    seed: request.seed,
    among: Uint8Array.from(named, (n) => Number(!n.masked)),
  })
  return {
    snapshot: snapshot.id,
    measure,
    basis: "structure only",
    players: order.slice(0, request.top).map((v, i) => ({
      entity: named[v]!.id,
      label: named[v]!.label,
      rank: i + 1,
      score: score[v]!,
      interval: [ranges.low[v]!, ranges.high[v]!],
      stability: ranges.stability[v]!,
      range: ranged.of[v]!,
      reasons: [structureReason(net, ties, v, (u) => named[u]!.label)],
      conduct: [],
      stages: [],
      events: new Set(tiesOf(ties, named[v]!.id).map((t) => t.event)).size,
      items: 1,
      missing: [say("missing.structure")],
      wouldChange: null,
      rankWithStructure: null,
    })),
    identifiersToResolve: [],
    blindSpots: [say("blind.structure"), ...((await mixesTwoModes(snapshot)) ? [say("blind.two-mode")] : [])],
    layers: [
      layerSummary(
        "links",
        pairs,
        order.slice(0, 5).map((v) => named[v]!.id),
        [],
      ),
    ],
    counts: { players: order.length, entities: named.length, ties: pairs, events: new Set(ties.map((t) => t.event)).size },
    variant: variantOf(measure, { directed, weighted }, net, ["links"]),
    draws: drawsOf(net.units.length, request.seed, estimated, snapshot.parts.mode !== "both"),
    range: rangeSaid(ranged.withheld),
  }
}

async function rankPlayers(
  snapshot: Snapshot,
  ties: readonly TieRow[],
  players: readonly Rankable[],
  request: RankRequest,
): Promise<Ranking> {
  const measure = request.measure ?? "involvement"
  const { weighted = false, directed = false } = request
  if (measure === "involvement" && directed)
    throw new Failure("invalid.measure", "Involvement has no directed variant: whom conduct points at is reached by ties either way.", {
      at: "directed",
      hint: `Leave directed out, or name a measure of structure: ${Object.keys(MEASURES).join(", ")}.`,
    })
  const named = [...players].sort((a, b) => collator.compare(a.label, b.label) || (a.entity < b.entity ? -1 : 1))
  const net = namedGraph(
    named.map((p) => p.entity),
    ties,
    { directed },
  )
  const { input, events } = involvementInput(net, named)
  const { score, ranges, estimated } = measure === "involvement" ? involved(input, request) : await scored(net, measure, request)
  const order = orderOf(score)
  const ranged = rangesOfList(input, score, named.map(evidenceOf), await doubtsOf(snapshot.people, net.ids, events), {
    measure,
    weighted,
    top: request.top,
    seed: request.seed,
  })
  const top = order.slice(0, request.top)
  const called = await snapshot.events()
  const structural = rankWithStructure(ties, named)
  const byLayer = LAYERS.map(({ id }) => ({ id, net: namedGraph(net.ids, ties, { only: new Set([id]) }) })).filter((l) => l.net.graph.m > 0)
  const present = new Set(byLayer.map((l) => l.id))
  const list: Player[] = top.map((v, i) => {
    const player = named[v]!
    return {
      entity: player.entity,
      label: player.label,
      rank: i + 1,
      score: score[v]!,
      interval: [ranges.low[v]!, ranges.high[v]!],
      stability: ranges.stability[v]!,
      range: ranged.of[v]!,
      reasons: [...player.reasons.slice(0, REASONS_SHOWN).map(conductReason), structureReason(net, ties, v, (u) => named[u]!.label)],
      conduct: [...new Set(player.reasons.map((r) => r.conduct))],
      stages: [...new Set(player.reasons.flatMap((r) => r.stage ?? []))].sort((a, b) => a - b),
      events: player.events,
      items: player.items,
      missing: missingOf(player, net, v, ties),
      wouldChange: measure === "involvement" ? wouldChange(input, events, order, v, called) : null,
      rankWithStructure: structural.get(player.entity) ?? null,
    }
  })
  return {
    snapshot: snapshot.id,
    measure,
    basis: "conduct",
    players: list,
    identifiersToResolve: await sharedIdentifiers(snapshot.people),
    blindSpots: await blindSpots(snapshot.people, list, present, named.length),
    layers: byLayer.map(({ id, net: one }) => {
      const own = MEASURES.strength(one.graph)
      const others = MEASURES.degree(namedGraph(net.ids, ties, { only: new Set([...present].filter((l) => l !== id)) }).graph)
      const shown = orderOf(own).filter((v) => own[v]! > 0)
      return layerSummary(
        id,
        one.graph.m,
        shown.slice(0, 5).map((v) => net.ids[v]!),
        shown
          .filter((v) => others[v] === 0)
          .slice(0, 5)
          .map((v) => net.ids[v]!),
      )
    }),
    counts: { players: named.length, entities: await count(snapshot.people, "entity"), ties: pairsIn(net), events: events.length },
    variant: variantOf(measure, { directed, weighted }, net, [...present]),
    draws: drawsOf(input.events, request.seed, estimated, snapshot.parts.mode !== "both"),
    range: rangeSaid(ranged.withheld),
  }
}

/** Scores on the whole graph and their ranges over the draws; `estimated` says what of them is an estimate. */
async function scored(net: NamedGraph, measure: MeasureName, request: RankRequest, ranked: (v: number) => boolean = () => true) {
  const options = estimateFor(net.graph, measure, request.weighted ?? false, DRAWS)
  const pool = await openPool()
  try {
    const score = await measured(net.graph, measure, options.score, pool)
    const draws = await overDraws(
      net.graph,
      measure,
      {
        draws: DRAWS,
        keepEdge: KEEP_EDGE,
        keepGroup: keepEvent(net.units.length),
        contributions: net.contributions,
        seed: request.seed,
        measure: options.draws,
      },
      pool,
    )
    return {
      score,
      ranges: rangesOf(draws, net.graph.n, {
        top: request.top,
        among: Uint8Array.from({ length: net.graph.n }, (_, v) => Number(ranked(v))),
      }),
      estimated: options.says,
    }
  } finally {
    await pool.close()
  }
}

function involved(input: InvolvementInput, request: RankRequest) {
  const ranges = rangesOf(involvementDraws(input, request.seed), input.n, { top: request.top })
  return { score: involvement(input), ranges, estimated: null }
}

/** The players' network and their evidence as numbers; events in the order that it gives. */
export function involvementInput(net: NamedGraph, players: readonly Rankable[]): { input: InvolvementInput; events: string[] } {
  const evidence = weighedEvidence(players)
  const weighed = players.map((p, i) => ({ entity: p.entity, evidence: evidence[i]! }))
  const events = [...new Set([...net.units, ...weighed.flatMap((p) => p.evidence.map((e) => e.event))])].sort()
  const index = new Map(events.map((e, i) => [e, i]))
  const rows = weighed.flatMap((p) =>
    p.evidence.map((e) => ({ player: net.index.get(p.entity)!, event: index.get(e.event)!, strength: e.strength })),
  )
  const kept = [...net.contributions.edge.keys()].filter((r) => net.contributions.edge[r]! >= 0)
  const input = {
    n: net.graph.n,
    from: net.graph.from,
    to: net.graph.to,
    edge: Int32Array.from(kept, (r) => net.contributions.edge[r]!),
    edgeEvent: Int32Array.from(kept, (r) => index.get(net.units[net.contributions.group[r]!]!)!),
    edgeWeight: Float64Array.from(kept, (r) => net.contributions.weight[r]!),
    player: Int32Array.from(rows, (r) => r.player),
    evidenceEvent: Int32Array.from(rows, (r) => r.event),
    evidence: Float64Array.from(rows, (r) => r.strength),
    events: events.length,
    ...(net.graph.directed ? { directed: true } : {}),
  }
  return { input, events }
}

/** Highest first; equal scores by node order, which is label order. */
function orderOf(score: Float64Array): number[] {
  return [...score.keys()].sort((a, b) => score[b]! - score[a]! || a - b)
}

function wouldChange(
  input: InvolvementInput,
  events: readonly string[],
  order: readonly number[],
  v: number,
  called: ReadonlyMap<string, EventName>,
): Player["wouldChange"] {
  const own = new Set<number>()
  for (let r = 0; r < input.player.length; r++) if (input.player[r] === v) own.add(input.evidenceEvent[r]!)
  const now = order.indexOf(v)
  let most: { event: number; rank: number | null; by: number } | null = null
  for (const event of own) {
    const kept = new Uint8Array(input.events).fill(1)
    kept[event] = 0
    const score = involvement(input, { event: kept })
    const rank = score[v]! > 0 ? orderOf(score).indexOf(v) : null
    const by = rank === null ? order.length : Math.abs(rank - now)
    if (by > 0 && (!most || by > most.by)) most = { event, rank, by }
  }
  if (!most) return null
  const event = events[most.event]!
  const rankWithout = most.rank === null ? null : most.rank + 1
  const name = called.get(event)
  const thing = name ? `${name.kind} “${name.label}”${name.place ? ` (${name.place})` : ""}` : `seized item ${event}`
  const says = rankWithout === null ? say("without.conduct", { thing }) : say("without.rank", { thing, there: rankWithout, here: now + 1 })
  return { event, rankWithout, label: name?.label ?? event, kind: name?.kind ?? null, place: name?.place ?? null, says }
}

const tiesOf = (ties: readonly TieRow[], id: string): TieRow[] => ties.filter((t) => t.a === id || t.b === id)

function conductReason(r: ConductReason): Reason {
  return { words: r.words, innocent: r.innocent || null, records: r.records }
}

function structureReason(net: NamedGraph, ties: readonly TieRow[], v: number, labelOf: (u: number) => string): Reason {
  const id = net.ids[v]!
  const own = tiesOf(ties, id).filter((t) => net.index.has(t.a) && net.index.has(t.b))
  const partners = new Map<string, { weight: number; layers: Set<LayerId>; events: Set<string> }>()
  for (const t of own) {
    const other = t.a === id ? t.b : t.a
    const p = partners.get(other) ?? { weight: 0, layers: new Set<LayerId>(), events: new Set<string>() }
    p.weight += t.layer === "links" ? t.weight : layerOf(t.layer).weight
    p.layers.add(t.layer)
    p.events.add(t.event)
    partners.set(other, p)
  }
  const closest = [...partners].sort(([a, x], [b, y]) => y.weight - x.weight || (a < b ? -1 : 1)).slice(0, 3)
  const events = new Set(own.map((t) => t.event)).size
  const words =
    partners.size === 0
      ? say("tie.none")
      : say("tie.closest", {
          others: partners.size,
          events,
          closest: closest
            .map(([other, p]) => `${labelOf(net.index.get(other)!)} (${[...p.layers].map((l) => layerOf(l).title).join(", ")})`)
            .join("; "),
        })
  const least = own.map((t) => SURENESS.indexOf(t.sure)).reduce((a, b) => Math.min(a, b), SURENESS.length - 1)
  const [coming, going] = [net.graph.in, net.graph.out].map(({ starts }) => starts[v + 1]! - starts[v]!) as [number, number]
  const ways = net.graph.directed && partners.size > 0 ? ` ${say("tie.directions", { coming, going })}` : ""
  const sure = own.length > 0 && SURENESS[least] !== "named" ? ` ${say("tie.weakest", { grade: SURENESS[least]! })}` : ""
  const under = own.flatMap((t) => t.records)
  return { words: words + ways + sure, innocent: null, records: under.slice(0, 6), under }
}

function missingOf(player: Rankable, net: NamedGraph, v: number, ties: readonly TieRow[]): string[] {
  const out: string[] = []
  const layers = new Set(tiesOf(ties, player.entity).map((t) => t.layer))
  const bases = new Set(player.reasons.map((r) => r.basis))
  if (player.events < 2) out.push(say("missing.event"))
  if (!layers.has("money")) out.push(say("missing.money"))
  if (!bases.has("own words")) out.push(say("missing.device"))
  if (bases.size === 1 && bases.has("others' words")) out.push(say("missing.others"))
  if (bases.size === 1 && bases.has("stated by report")) out.push(say("missing.reports"))
  if (MEASURES.degree(net.graph)[v] === 0) out.push(say("missing.tie"))
  return out
}

/** Each player's rank when every entity that any tie names carries ties, protected people as nameless structure among them. */
function rankWithStructure(ties: readonly TieRow[], players: readonly Rankable[]): Map<string, number> {
  const ids = [...new Set([...players.map((p) => p.entity), ...ties.flatMap((t) => [t.a, t.b])])].sort()
  const whole = namedGraph(ids, ties)
  const own = new Map(players.map((p) => [p.entity, p]))
  const { input } = involvementInput(whole, players)
  const score = involvement(input)
  const order = ids
    .map((id, v) => ({ id, v }))
    .filter(({ id }) => own.has(id))
    .sort((a, b) => score[b.v]! - score[a.v]! || (a.id < b.id ? -1 : 1))
  return new Map(order.map(({ id }, i) => [id, i + 1]))
}

async function count(people: People, table: "entity"): Promise<number> {
  return (await people.engine.all<{ n: number }>(`select count(*) as n from ${table}`))[0]!.n
}

async function blindSpots(people: People, players: readonly Player[], present: ReadonlySet<LayerId>, ranked: number): Promise<string[]> {
  const out: string[] = []
  if (ranked === 0) out.push(say("blind.nobody"))
  const absent = LAYERS.filter((l) => l.id !== "links" && !present.has(l.id)).map((l) => l.title)
  if (ranked > 0 && absent.length > 0) out.push(say("blind.layers", { layers: absent.join(", ") }))
  for (const n of await unknownNames(people)) out.push(say(n.runs ? "blind.runs" : "blind.spoken", { name: n.name, events: n.events }))
  const far = players.filter((p) => p.rankWithStructure !== null && Math.abs(p.rankWithStructure - p.rank) >= LARGE_DIFFERENCE)
  for (const p of far) out.push(say("blind.customers", { label: p.label, there: p.rankWithStructure!, here: p.rank }))
  const [lifted] = await people.engine.all<{ n: number }>(
    "select count(*)::int as n from lifted where entity in (select entity from conduct)",
  )
  if (lifted && lifted.n > 0) out.push(say("blind.lifted", { n: lifted.n }))
  const [held] = await people.engine.all<{ undecided: number; items: number }>(
    "select count(distinct item) filter (undecided) as undecided, count(distinct item) as items from origin",
  )
  if (held && held.undecided > 0) out.push(say("blind.arrival", { n: held.undecided, of: held.items }))
  for (const { root, reports } of await sharedRoots(people.engine)) out.push(say("blind.roots", { reports, root }))
  out.push(say("blind.unseen"))
  return out
}

function layerSummary(layer: LayerId, ties: number, top: string[], onlyHere: string[]): Ranking["layers"][number] {
  return { layer, title: layerOf(layer).title, ties, top, onlyHere }
}

function drawsOf(units: number, seed: number, estimated: string | null, sharing: boolean): Ranking["draws"] {
  const { says, ...kept } = drawsSaid(units, sharing)
  return { ...kept, seed, says: estimated === null ? says : `${says} ${estimated}` }
}

function rangeSaid(withheld: string | null): Ranking["range"] {
  return {
    nominal: NOMINAL,
    withheld,
    scenarios: SCENARIOS.map(({ id, title, says }) => ({ id, title, says })),
    says: `${withheld ?? say("range.is", { share: NOMINAL * 100 })} ${say("range.unseen")}`,
  }
}
