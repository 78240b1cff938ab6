import { z } from "zod"
import { type Context, procedure } from "#access"
import { label, SupportView, supported } from "#entities"
import { Failure } from "#vocabulary/failure"
import { SnapshotInput, VARIANT, withSnapshot } from "./asking.ts"
import { stages } from "./chain/procedure.ts"
import { collect } from "./collect/procedure.ts"
import { weightOf } from "./graph.ts"
import { LAYERS } from "./layers.ts"
import { namedProcedures } from "./named/procedures.ts"
import { type RankRequest, rankSnapshot } from "./rank.ts"
import { reviewing } from "./review/procedures.ts"
import type { Snapshot } from "./snapshot.ts"
import { selectSnapshot } from "./sql.ts"
import { brokers } from "./structure/brokers.ts"
import { communities } from "./structure/communities.ts"
import { group } from "./structure/group.ts"
import { motifs } from "./structure/motifs.ts"
import { ties as tieBetweenness } from "./structure/ties.ts"
import { SURENESS } from "./ties.ts"
import { unseen } from "./unseen/procedure.ts"

const Reason = z.object({ words: z.string(), innocent: z.string().nullable(), records: z.array(z.string()), support: SupportView })

const RangeView = z.object({
  rank: z.tuple([z.number(), z.number()]).nullable().describe("stability range of the rank under the scenarios, widened; null: withheld"),
  scenarios: z.array(
    z.object({
      scenario: z.string(),
      low: z.number().describe("rank, 5th percentile of the draws"),
      high: z.number().describe("rank, 95th percentile"),
      top: z.number().describe("share of the draws among the first"),
    }),
  ),
})

/** The shape that scripts read; fields are added, none goes. */
export const RankingView = z.object({
  snapshot: z.string(),
  measure: z.string(),
  basis: z.enum(["conduct", "structure only"]),
  players: z.array(
    z.object({
      entity: z.string(),
      label: z.string(),
      identifier: z
        .string()
        .nullable()
        .describe("stands for a number whose user is not established: the label is only what others call it"),
      rank: z.number(),
      score: z.number(),
      interval: z.tuple([z.number(), z.number()]),
      stability: z.number(),
      range: RangeView,
      reasons: z.array(Reason),
      conduct: z.array(z.string()),
      stages: z.array(z.number()),
      events: z.number(),
      items: z.number(),
      missing: z.array(z.string()),
      wouldChange: z
        .object({
          event: z.string(),
          rankWithout: z.number().nullable(),
          label: z.string(),
          kind: z.string().nullable(),
          place: z.string().nullable(),
          says: z.string(),
        })
        .nullable(),
      rankWithStructure: z.number().nullable(),
    }),
  ),
  identifiersToResolve: z.array(z.object({ identifiers: z.array(z.string()), entity: z.string(), items: z.number(), events: z.number() })),
  blindSpots: z.array(z.string()),
  layers: z.array(
    z.object({ layer: z.string(), title: z.string(), ties: z.number(), top: z.array(z.string()), onlyHere: z.array(z.string()) }),
  ),
  counts: z.object({ players: z.number(), entities: z.number(), ties: z.number(), events: z.number() }),
  range: z.object({
    nominal: z.number(),
    withheld: z.string().nullable(),
    scenarios: z.array(z.object({ id: z.string(), title: z.string(), says: z.string() })),
    says: z.string(),
  }),
  variant: z.object({
    directed: z.boolean(),
    weighted: z.boolean().describe("whether the measure read weights"),
    arcs: z.number().nullable().describe("arcs of the directed graph; null where direction is not counted"),
    says: z.string(),
  }),
  draws: z.object({ draws: z.number(), keepEvent: z.number(), keepEdge: z.number(), seed: z.number(), says: z.string() }),
})

/** The ranking in words, for a terminal. */
export function showRanking(r: z.infer<typeof RankingView>): string {
  const lines = [
    `${r.counts.players} ranked of ${r.counts.entities}, by ${r.measure} (${r.basis}); snapshot ${r.snapshot}`,
    r.variant.says,
    r.draws.says,
    "",
  ]
  for (const p of r.players) {
    lines.push(
      `${String(p.rank).padStart(3)}. ${p.identifier ? `${p.identifier} (called ${p.label})` : p.label}   ${p.score.toFixed(4)}  [${p.interval[0].toFixed(4)} – ${p.interval[1].toFixed(4)}]  in the top in ${Math.round(p.stability * 100)} % of draws${p.range.rank ? `; rank ${p.range.rank[0]} to ${p.range.rank[1]} under the scenarios` : ""}`,
    )
    for (const reason of p.reasons.slice(0, 3))
      lines.push(`       ${reason.words}${reason.records.length > 0 ? `  (${reason.records.slice(0, 2).join(", ")})` : ""}`)
  }
  if (r.identifiersToResolve.length > 0)
    lines.push(
      "",
      `Identifiers to resolve: ${r.identifiersToResolve.map((i) => `${i.identifiers[0] ?? i.entity} (${i.items} things)`).join(", ")}`,
    )
  lines.push("", r.range.says)
  lines.push("", ...r.blindSpots.map((b) => `! ${b}`))
  return lines.join("\n")
}

/** The ranking, each reason with what it rests on. */
export async function rankSupported(ctx: Context, snapshot: Snapshot, request: RankRequest): Promise<z.infer<typeof RankingView>> {
  const ranking = await rankSnapshot(snapshot, request)
  const support = await supported(
    ctx,
    snapshot.people,
    ranking.players.flatMap((p) => p.reasons.map((r) => r.under ?? r.records)),
  )
  const names = await label(
    snapshot.people,
    ranking.players.map((p) => p.entity),
  )
  return {
    ...ranking,
    players: ranking.players.map((p) => ({
      ...p,
      identifier: names.get(p.entity)?.identifier ?? null,
      reasons: p.reasons.map(({ under: _, ...r }) => ({ ...r, support: support.shift()! })),
    })),
  }
}

const rank = procedure({
  name: "network.rank",
  title: "Key players with ranges and reasons; brings the analysis up to date by itself",
  input: SnapshotInput.extend({
    ...VARIANT,
    top: z.number().int().min(1).max(1000).default(10),
    seed: z.number().int().min(0).default(1),
  }),
  output: RankingView,
  needs: "analyse",
  effect: "read",
  shape: "job",
  // What many seizures hold is put together here (DPA 2018 s.62(1)(e)).
  entry: "combination",
  show: showRanking,
  run: (ctx, input) =>
    withSnapshot(ctx, input, (snapshot) => {
      ctx.progress(0.9, "Ranking")
      const { measure, top, seed, weighted, directed } = input
      return rankSupported(ctx, snapshot, { measure, top, seed, weighted, directed })
    }),
})

const analyse = procedure({
  name: "network.analyse",
  title: "Bring entities and network up to date",
  input: SnapshotInput,
  output: z.object({ snapshot: z.string(), entities: z.number(), ties: z.number(), events: z.number() }),
  needs: "analyse",
  effect: "read",
  shape: "job",
  // What many seizures hold is put together here (DPA 2018 s.62(1)(e)).
  entry: "combination",
  run: (ctx, input) =>
    withSnapshot(ctx, input, async (snapshot) => {
      const ties = await snapshot.ties()
      const [count] = await snapshot.people.engine.all<{ n: number }>("select count(*) as n from entity")
      return {
        snapshot: snapshot.id,
        entities: count!.n,
        ties: new Set(ties.map((t) => `${t.a} ${t.b}`)).size,
        events: new Set(ties.map((t) => t.event)).size,
      }
    }),
})

const graph = procedure({
  name: "network.graph",
  title: "The network for drawing: players, and what is around them",
  input: SnapshotInput.extend({
    nodes: z.number().int().min(10).max(20_000).default(1500).describe("at most so many; what is left out is counted"),
    leaves: z.boolean().default(false).describe("draw also those whom a single tie holds; left out they are counted"),
  }),
  output: z.object({
    snapshot: z.string(),
    nodes: z.array(
      z.object({
        id: z.string(),
        label: z.string(),
        kind: z.string(),
        masked: z.boolean(),
        identifier: z
          .string()
          .nullable()
          .describe("stands for a number whose user is not established: the label is only what others call it"),
        weight: z.number(),
      }),
    ),
    edges: z.array(
      z.object({
        a: z.string(),
        b: z.string(),
        weight: z.number(),
        events: z.number(),
        records: z.number(),
        layers: z.array(z.string()),
        sample: z.array(z.string()),
        sure: z
          .enum(SURENESS)
          .describe("how sure it is who the less sure of its ends is: the weakest attribution, at the tie that shows it best"),
      }),
    ),
    leftOut: z.object({ nodes: z.number(), edges: z.number() }),
    layers: z.array(z.object({ id: z.string(), title: z.string(), weight: z.number(), why: z.string() })),
  }),
  needs: "analyse",
  effect: "read",
  shape: "value",
  run: (ctx, input) =>
    withSnapshot(ctx, input, async (snapshot) => {
      const edges = new Map<
        string,
        { a: string; b: string; weight: number; events: Set<string>; records: number; layers: Set<string>; sample: string[]; sure: number }
      >()
      const strength = new Map<string, number>()
      const ties = await snapshot.ties()
      for (const t of ties) {
        const key = `${t.a} ${t.b}`
        const e = edges.get(key) ?? {
          a: t.a,
          b: t.b,
          weight: 0,
          events: new Set<string>(),
          records: 0,
          layers: new Set<string>(),
          sample: [],
          sure: 0,
        }
        e.weight += weightOf(t)
        e.events.add(t.event)
        e.records += t.n
        e.layers.add(t.layer)
        e.sure = Math.max(e.sure, SURENESS.indexOf(t.sure))
        if (e.sample.length < 5) e.sample.push(...t.records.slice(0, 5 - e.sample.length))
        edges.set(key, e)
        for (const end of [t.a, t.b]) strength.set(end, (strength.get(end) ?? 0) + weightOf(t))
      }
      const conduct = new Set(
        (await snapshot.people.engine.all<{ entity: string }>("select distinct entity from conduct")).map((r) => r.entity),
      )
      const neighbours = new Map<string, number>()
      for (const { a, b } of edges.values()) for (const end of [a, b]) neighbours.set(end, (neighbours.get(end) ?? 0) + 1)
      // A leaf is somebody whom one device knows and nothing else; a bare network has no such reading.
      const shown =
        input.leaves || ties.every((t) => t.layer === "links") ? () => true : (id: string) => conduct.has(id) || neighbours.get(id)! > 1
      const order = [...strength]
        .filter(([id]) => shown(id))
        .sort(([a, x], [b, y]) => Number(conduct.has(b)) - Number(conduct.has(a)) || y - x || (a < b ? -1 : 1))
        .map(([id]) => id)
      const kept = new Set(order.slice(0, input.nodes))
      const names = await label(snapshot.people, [...kept])
      const drawn = [...edges.values()].filter((e) => kept.has(e.a) && kept.has(e.b))
      return {
        snapshot: snapshot.id,
        nodes: [...kept].map((id) => ({
          id,
          ...(names.get(id) ?? { label: id, kind: "person", masked: true, identifier: null }),
          weight: strength.get(id)!,
        })),
        edges: drawn.map((e) => ({
          a: e.a,
          b: e.b,
          weight: e.weight,
          events: e.events.size,
          records: e.records,
          layers: [...e.layers],
          sample: e.sample,
          sure: SURENESS[e.sure]!,
        })),
        leftOut: { nodes: strength.size - kept.size, edges: edges.size - drawn.length },
        layers: LAYERS.map((l) => ({ id: l.id, title: l.title, weight: l.weight, why: l.why })),
      }
    }),
})

const snapshot = procedure({
  name: "network.snapshot",
  title: "What became of a snapshot whose id was given out: it stands, or what it rested on was erased",
  input: z.object({ investigation: z.string().describe("name or id"), snapshot: z.string() }),
  output: z.object({
    snapshot: z.string(),
    state: z.enum(["stands", "erased"]),
    madeAt: z.string(),
    exhibits: z.number(),
    erasure: z.string().nullable(),
  }),
  needs: "look",
  effect: "read",
  shape: "value",
  about: (input) => [input.snapshot],
  run: async (ctx, { snapshot: id }) => {
    const found = await ctx.store.register.transaction((tx) => selectSnapshot(tx, ctx.investigation!.id, id), ctx.sight.classes)
    if (!found)
      throw new Failure("invalid.snapshot-unknown", "No snapshot of that id was given out that you may see.", {
        at: "snapshot",
        hint: "network analyse gives the present one.",
      })
    const { made_at, exhibits, erased_by } = found
    const state = erased_by ? ("erased" as const) : ("stands" as const)
    return { snapshot: id, state, madeAt: made_at.toISOString(), exhibits, erasure: erased_by }
  },
})

export const procedures = [
  analyse,
  rank,
  graph,
  snapshot,
  stages,
  unseen,
  collect,
  communities,
  brokers,
  tieBetweenness,
  group,
  motifs,
  ...namedProcedures,
  ...reviewing,
]
