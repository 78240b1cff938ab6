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
import { DRAWS, EVENTS_FROM, involvementDraws, KEEP_EDGE, keepEvent } from "./draws.ts"
import { type NamedGraph, namedGraph } from "./graph.ts"
import { LAYERS, type LayerId, layerOf } from "./layers.ts"
import { type InvolvementInput, involvement } from "./measures/involvement.ts"
import { playersOf } from "./players.ts"
import { doubtsOf } from "./range/doubt.ts"
import { NOMINAL, type RangeOfOne } from "./range/range.ts"
import { SCENARIOS } from "./range/scenarios.ts"
import { rangesOfList } from "./range/scorer.ts"
import { weighedEvidence } from "./roles.ts"
import type { EventName, Snapshot, TieRow } from "./snapshot.ts"
import { SURENESS } from "./ties.ts"

export type RankMeasure = "involvement" | MeasureName
export const RANK_MEASURES = ["involvement", ...Object.keys(MEASURES)] as [RankMeasure, ...RankMeasure[]]

export interface RankRequest {
  measure?: RankMeasure | undefined
  top: number
  seed: number
  weighted?: boolean | undefined
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
  counts: { players: number; entities: number; ties: number; events: number }
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
  if (measure === "involvement")
    throw new Failure("invalid.measure", "Involvement needs conduct, and a bare network has none.", {
      at: "--measure",
      hint: `Measures of structure: ${Object.keys(MEASURES).join(", ")}.`,
    })
  const nodes = await (await snapshot.people.structure()).all<{ id: string }>(
    "select distinct entity as id from identity where starts_with(key, 'node:')",
  )
  // Protected people stay as structure without a name, and are not among those who are ranked.
  const names = await label(
    snapshot.people,
    nodes.map((e) => e.id),
  )
  const named = nodes
    .map(({ id }) => ({ id, ...names.get(id)! }))
    .sort((a, b) => collator.compare(a.label, b.label) || (a.id < b.id ? -1 : 1))
  const net = namedGraph(
    named.map((e) => e.id),
    ties,
  )
  const { score, ranges } = await scored(net, measure, request, (v) => !named[v]!.masked)
  const order = orderOf(score).filter((v) => !named[v]!.masked)
  const ranged = rangesOfList(involvementInput(net, []).input, score, [], {
    measure,
    weighted: request.weighted ?? false,
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
      missing: ["what anybody in this network did: it is structure only"],
      wouldChange: null,
      rankWithStructure: null,
    })),
    identifiersToResolve: [],
    blindSpots: ["A bare network says who is tied to whom, not who did what. People whom nobody recorded are not in it."],
    layers: [
      layerSummary(
        "links",
        net.graph.m,
        order.slice(0, 5).map((v) => named[v]!.id),
        [],
      ),
    ],
    counts: { players: order.length, entities: named.length, ties: net.graph.m, events: net.events.length },
    draws: drawsSaid(net.events.length, request.seed),
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
  const named = [...players].sort((a, b) => collator.compare(a.label, b.label) || (a.entity < b.entity ? -1 : 1))
  const net = namedGraph(
    named.map((p) => p.entity),
    ties,
  )
  const { input, events } = involvementInput(net, named)
  const { score, ranges } = measure === "involvement" ? involved(input, request) : await scored(net, measure, request)
  const order = orderOf(score)
  const ranged = rangesOfList(input, score, await doubtsOf(snapshot.people, net.ids, events), {
    measure,
    weighted: request.weighted ?? false,
    top: request.top,
    seed: request.seed,
  })
  const top = order.slice(0, request.top)
  const called = await snapshot.events()
  const structural = rankWithStructure(ties, named)
  const byLayer = LAYERS.map(({ id }) => ({ id, net: namedGraph(net.ids, ties, new Set([id])) })).filter((l) => l.net.graph.m > 0)
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
      const others = MEASURES.degree(namedGraph(net.ids, ties, new Set([...present].filter((l) => l !== id))).graph)
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
    counts: { players: named.length, entities: await count(snapshot.people, "entity"), ties: net.graph.m, events: events.length },
    draws: drawsSaid(input.events, request.seed),
    range: rangeSaid(ranged.withheld),
  }
}

/** Scores on the whole graph and their ranges over the draws. */
async function scored(net: NamedGraph, measure: MeasureName, request: RankRequest, ranked: (v: number) => boolean = () => true) {
  const options = { weighted: request.weighted ?? false }
  const pool = await openPool()
  try {
    const score = await measured(net.graph, measure, options, pool)
    const draws = await overDraws(
      net.graph,
      measure,
      {
        draws: DRAWS,
        keepEdge: KEEP_EDGE,
        keepGroup: keepEvent(net.events.length),
        contributions: net.contributions,
        seed: request.seed,
        measure: options,
      },
      pool,
    )
    return {
      score,
      ranges: rangesOf(draws, net.graph.n, {
        top: request.top,
        among: Uint8Array.from({ length: net.graph.n }, (_, v) => Number(ranked(v))),
      }),
    }
  } finally {
    await pool.close()
  }
}

function involved(input: InvolvementInput, request: RankRequest) {
  return { score: involvement(input), ranges: rangesOf(involvementDraws(input, request.seed), input.n, { top: request.top }) }
}

/** The players' network and their evidence as numbers; events in the order that it gives. */
export function involvementInput(net: NamedGraph, players: readonly Rankable[]): { input: InvolvementInput; events: string[] } {
  const evidence = weighedEvidence(players)
  const weighed = players.map((p, i) => ({ entity: p.entity, evidence: evidence[i]! }))
  const events = [...new Set([...net.events, ...weighed.flatMap((p) => p.evidence.map((e) => e.event))])].sort()
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
    edgeEvent: Int32Array.from(kept, (r) => index.get(net.events[net.contributions.group[r]!]!)!),
    edgeWeight: Float64Array.from(kept, (r) => net.contributions.weight[r]!),
    player: Int32Array.from(rows, (r) => r.player),
    evidenceEvent: Int32Array.from(rows, (r) => r.event),
    evidence: Float64Array.from(rows, (r) => r.strength),
    events: events.length,
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
  const says =
    rankWithout === null
      ? `Without the ${thing} nothing of this person's conduct would be held.`
      : `Without the ${thing} this person would stand at ${rankWithout} instead of ${now + 1}.`
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
      ? "No tie to anybody else in this list is recorded."
      : `Tied to ${partners.size} of the others in ${events} independent seizure ${events === 1 ? "event" : "events"}; closest: ${closest.map(([other, p]) => `${labelOf(net.index.get(other)!)} (${[...p.layers].map((l) => layerOf(l).title).join(", ")})`).join("; ")}.`
  const least = own.map((t) => SURENESS.indexOf(t.sure)).reduce((a, b) => Math.min(a, b), SURENESS.length - 1)
  const sure =
    own.length > 0 && SURENESS[least] !== "named" ? ` The weakest attribution of a number under these ties: ${SURENESS[least]}.` : ""
  const under = own.flatMap((t) => t.records)
  return { words: words + sure, innocent: null, records: under.slice(0, 6), under }
}

function missingOf(player: Rankable, net: NamedGraph, v: number, ties: readonly TieRow[]): string[] {
  const out: string[] = []
  const layers = new Set(tiesOf(ties, player.entity).map((t) => t.layer))
  const bases = new Set(player.reasons.map((r) => r.basis))
  if (player.events < 2) out.push("a second, independent seizure event")
  if (!layers.has("money")) out.push("any record of money")
  if (!bases.has("own words")) out.push("a device or message of their own")
  if (bases.size === 1 && bases.has("others' words")) out.push("anything but what others say")
  if (bases.size === 1 && bases.has("stated by report")) out.push("anything but intelligence reports")
  if (MEASURES.degree(net.graph)[v] === 0) out.push("a recorded tie to another player")
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
  if (ranked === 0) out.push("No graded assertion of facilitation is held: nobody is ranked.")
  const absent = LAYERS.filter((l) => l.id !== "links" && !present.has(l.id)).map((l) => l.title)
  if (ranked > 0 && absent.length > 0) out.push(`No tie between players comes from: ${absent.join(", ")}.`)
  for (const n of await unknownNames(people))
    out.push(
      `“${n.name}” is ${n.runs ? "said to run it" : "spoken of"} in ${n.events} seizure ${n.events === 1 ? "event" : "events"} and nobody knows who that is: a principal may not be visible.`,
    )
  const far = players.filter((p) => p.rankWithStructure !== null && Math.abs(p.rankWithStructure - p.rank) >= LARGE_DIFFERENCE)
  for (const p of far)
    out.push(`${p.label} would stand ${p.rankWithStructure} instead of ${p.rank} if customers and other unranked people carried ties.`)
  const [lifted] = await people.engine.all<{ n: number }>(
    "select count(*)::int as n from lifted where entity in (select entity from conduct)",
  )
  if (lifted && lifted.n > 0)
    out.push(
      `${lifted.n} of those who may be ranked here ${lifted.n === 1 ? "is a protected person" : "are protected people"}, whose protection is lifted for a time.`,
    )
  const [held] = await people.engine.all<{ undecided: number; items: number }>(
    "select count(distinct item) filter (undecided) as undecided, count(distinct item) as items from origin",
  )
  if (held && held.undecided > 0)
    out.push(
      `${held.undecided} of ${held.items} seized things are devices seized on arrival: only rows that an examiner marked in scope are used.`,
    )
  for (const { root, reports } of await sharedRoots(people.engine))
    out.push(`${reports} reports rest on one, ${root}: they count as one origin, however many they are.`)
  out.push("People whom no exhibit mentions are not here, and the ranges say nothing of them.")
  return out
}

function layerSummary(layer: LayerId, ties: number, top: string[], onlyHere: string[]): Ranking["layers"][number] {
  return { layer, title: layerOf(layer).title, ties, top, onlyHere }
}

function drawsSaid(events: number, seed: number): Ranking["draws"] {
  const keep = keepEvent(events)
  return {
    draws: DRAWS,
    keepEvent: keep,
    keepEdge: KEEP_EDGE,
    seed,
    says:
      keep < 1
        ? `Each of ${DRAWS} draws keeps a seizure event with ${keep} and a link with ${KEEP_EDGE}.`
        : `Fewer than ${EVENTS_FROM} seizure events: each of ${DRAWS} draws keeps a link with ${KEEP_EDGE}, and all events.`,
  }
}

function rangeSaid(withheld: string | null): Ranking["range"] {
  return {
    nominal: NOMINAL,
    withheld,
    scenarios: SCENARIOS.map(({ id, title, says }) => ({ id, title, says })),
    says: `${withheld ?? `The range is a stability range of the rank under these assumptions, meant to hold for ${NOMINAL * 100} of 100: wider than the draws by what they were seen to miss on invented operations.`} It says nothing of people whom no exhibit mentions.`,
  }
}
