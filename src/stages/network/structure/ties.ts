import { z } from "zod"
import { procedure } from "#access"
import { SupportView, supported } from "#entities"
import { rangesOf, tieMeasures } from "#kernels"
import { SnapshotInput, withSnapshot } from "../asking.ts"
import { DRAWS, thinned } from "../draws.ts"
import { type NamedGraph, namedGraph } from "../graph.ts"
import { LAYERS } from "../layers.ts"
import { membersOf } from "../members.ts"
import { SURENESS } from "../ties.ts"

/** Arc visits that all draws together may take; with fewer draws than this no range is said. */
const EFFORT = 1.5e9
const LEAST_DRAWS = 20

const End = z.object({ entity: z.string(), label: z.string() })

const TiesView = z.object({
  snapshot: z.string(),
  basis: z.enum(["conduct", "structure only"]),
  ties: z.array(
    z.object({
      a: End,
      b: End,
      betweenness: z.number().describe("share of the pairs of people whose shortest paths run over it"),
      interval: z.tuple([z.number(), z.number()]).nullable().describe("5th to 95th percentile over the draws; null: withheld"),
      stability: z.number().nullable().describe("share of draws in which it is among the first"),
      weight: z.number(),
      events: z.number().describe("independent seizure events that show it"),
      layers: z.array(z.string()),
      sure: z.enum(SURENESS),
      records: z.array(z.string()),
      support: SupportView,
    }),
  ),
  counts: z.object({ people: z.number(), ties: z.number() }),
  draws: z.object({ draws: z.number(), seed: z.number(), says: z.string() }),
  says: z.string(),
})

/** Betweenness of ties (Girvan and Newman 2002): which single ties the paths between people run over, and what each rests on. */
export const ties = procedure({
  name: "network.ties",
  title: "Ties by how many shortest paths run over them, with ranges and what each rests on",
  input: SnapshotInput.extend({
    top: z.number().int().min(1).max(1000).default(20),
    weighted: z.boolean().default(false).describe("strong ties are short: 1 / weight"),
    seed: z.number().int().min(0).default(1),
  }),
  output: TiesView,
  needs: "analyse",
  effect: "read",
  shape: "job",
  // What many seizures hold is put together here (DPA 2018 s.62(1)(e)).
  entry: "combination",
  show: (r) =>
    [
      `${r.counts.ties} ties of ${r.counts.people} people; snapshot ${r.snapshot}`,
      r.draws.says,
      "",
      ...r.ties.map(
        (t) =>
          `${t.a.label} – ${t.b.label}   ${t.betweenness.toFixed(4)}${t.interval ? ` [${t.interval[0].toFixed(4)} – ${t.interval[1].toFixed(4)}]` : ""}  ${t.layers.join(", ")}, ${t.events} seizure ${t.events === 1 ? "event" : "events"}`,
      ),
      "",
      r.says,
    ].join("\n"),
  run: (ctx, input) =>
    withSnapshot(ctx, input, async (snapshot) => {
      const { ids, names, bare, ties: rows } = await membersOf(snapshot)
      const net = namedGraph(ids, rows)
      const { graph } = net
      ctx.progress(0.9, "Following paths")
      const options = { weighted: input.weighted }
      const score = tieMeasures.tieBetweenness(graph, options)
      const draws = Math.min(DRAWS, Math.floor(EFFORT / Math.max(1, graph.n * (graph.n + 2 * graph.m) * (input.weighted ? 4 : 1))))
      const ranges = draws < LEAST_DRAWS ? null : rangesOf(drawn(net, input.seed, draws, options), graph.m, { top: input.top })
      const masked = (v: number) => names.get(ids[v]!)!.masked
      const first = [...score.keys()]
        .filter((e) => !masked(graph.from[e]!) && !masked(graph.to[e]!))
        .sort((a, b) => score[b]! - score[a]! || a - b)
        .slice(0, input.top)
      const under = Map.groupBy(
        rows.filter((t) => net.index.has(t.a) && net.index.has(t.b)),
        (t) => pairKey(net.index.get(t.a)!, net.index.get(t.b)!),
      )
      const of = first.map((e) => under.get(pairKey(graph.from[e]!, graph.to[e]!))!)
      const support = await supported(
        ctx,
        snapshot.people,
        of.map((own) => own.flatMap((t) => t.records)),
      )
      const end = (v: number) => ({ entity: ids[v]!, label: names.get(ids[v]!)!.label })
      return {
        snapshot: snapshot.id,
        basis: bare ? ("structure only" as const) : ("conduct" as const),
        ties: first.map((e, i) => {
          const own = of[i]!
          const layers = new Set(own.map((t) => t.layer))
          return {
            a: end(graph.from[e]!),
            b: end(graph.to[e]!),
            betweenness: score[e]!,
            interval: ranges ? ([ranges.low[e]!, ranges.high[e]!] as [number, number]) : null,
            stability: ranges ? ranges.stability[e]! : null,
            weight: graph.weight[e]!,
            events: new Set(own.map((t) => t.event)).size,
            layers: LAYERS.filter((l) => layers.has(l.id)).map((l) => l.title),
            sure: SURENESS[Math.max(...own.map((t) => SURENESS.indexOf(t.sure)))]!,
            records: [...new Set(own.flatMap((t) => t.records))].slice(0, 6),
            support: support[i]!,
          }
        }),
        counts: { people: ids.length, ties: graph.m },
        draws: {
          draws: ranges ? draws : 0,
          seed: input.seed,
          says: ranges
            ? `Ranges over ${draws} draws, each without some seizure events and links.`
            : "The network is too large for draws: no ranges are said.",
        },
        says: "Between two people there may be ties that nobody recorded. A tie over which many paths run says nothing of what passed over it.",
      }
    }),
})

const pairKey = (a: number, b: number): string => (a < b ? `${a} ${b}` : `${b} ${a}`)

/** Scores of the edges in each draw, by the edges of the whole graph; an edge that is gone has none. */
function drawn(net: NamedGraph, seed: number, draws: number, options: { weighted: boolean }): Float64Array {
  const { graph } = net
  const scores = new Float64Array(draws * graph.m)
  let draw = 0
  for (const thin of thinned(net, seed, draws)) {
    const score = tieMeasures.tieBetweenness(thin, options)
    // Edges that stay are in the same order.
    for (let e = 0, at = 0; e < thin.m; at++)
      if (graph.from[at] === thin.from[e] && graph.to[at] === thin.to[e]) scores[draw * graph.m + at] = score[e++]!
    draw++
  }
  return scores
}
