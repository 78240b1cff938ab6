import { z } from "zod"
import { procedure } from "#access"
import { keySets, rng } from "#kernels"
import { SnapshotInput, withSnapshot } from "../asking.ts"
import { namedGraph } from "../graph.ts"
import { bearersOf, membersOf } from "../members.ts"

/** Groups of the same size that are drawn at random beside it, and arc visits that they may take. */
const DRAWS = 100
const EFFORT = 2e9
const LEAST_DRAWS = 10

const GroupView = z.object({
  snapshot: z.string(),
  basis: z.enum(["conduct", "structure only"]),
  between: z.number().describe("share of the pairs outside the group whose shortest paths meet it"),
  tied: z.number().describe("share of those outside it who are tied to somebody in it"),
  people: z.array(
    z.object({
      entity: z.string(),
      label: z.string(),
      alone: z.number().describe("betweenness of him alone"),
      without: z.number().describe("of the group without him"),
    }),
  ),
  random: z
    .object({ mean: z.number(), low: z.number(), high: z.number(), draws: z.number(), seed: z.number() })
    .nullable()
    .describe("groups of the same size drawn at random: mean, 5th and 95th percentile of their share; null in networks too large for it"),
  counts: z.object({ people: z.number(), ties: z.number() }),
  says: z.string(),
})

/** Group betweenness (Everett and Borgatti 1999) of people whom the asker names. */
export const group = procedure({
  name: "network.group",
  title: "How much runs through a group of people together, beside each alone and groups at random",
  input: SnapshotInput.extend({
    who: z.array(z.string()).min(1).max(50).describe("who is in the group: label or id"),
    seed: z.number().int().min(0).default(1),
  }),
  output: GroupView,
  needs: "analyse",
  effect: "read",
  shape: "job",
  // What many seizures hold is put together here (DPA 2018 s.62(1)(e)).
  entry: "combination",
  show: (r) =>
    [
      `${r.people.map((p) => p.label).join(", ")}: on the shortest paths of ${(r.between * 100).toFixed(2)} % of the pairs outside, tied to ${(r.tied * 100).toFixed(1)} % of the others; snapshot ${r.snapshot}`,
      ...(r.random ? [`  at random ${r.random.mean.toFixed(4)} [${r.random.low.toFixed(4)} – ${r.random.high.toFixed(4)}]`] : []),
      ...r.people.map((p) => `  ${p.label}   alone ${p.alone.toFixed(4)}, the group without ${p.without.toFixed(4)}`),
      "",
      r.says,
    ].join("\n"),
  run: (ctx, input) =>
    withSnapshot(ctx, input, async (snapshot) => {
      const members = await membersOf(snapshot)
      const { ids, names, bare, ties } = members
      const open = ids.filter((id) => !names.get(id)!.masked)
      const named = bearersOf({ ids: open, names }, input.who, "who")
      const { graph, index } = namedGraph(ids, ties)
      const set = open.filter((id) => named.has(id)).map((id) => index.get(id)!)
      ctx.progress(0.9, "Following paths")
      const between = (nodes: readonly number[]) => keySets.groupBetweenness(graph, nodes)
      const { starts, targets } = graph.out
      const inside = new Set(set)
      const tied = new Set(set.flatMap((v) => [...targets.subarray(starts[v]!, starts[v + 1]!)].filter((w) => !inside.has(w))))
      const draws = Math.min(DRAWS, Math.floor(EFFORT / Math.max(1, graph.n * (graph.n + 2 * graph.m))))
      return {
        snapshot: snapshot.id,
        basis: bare ? ("structure only" as const) : ("conduct" as const),
        between: between(set),
        tied: graph.n > set.length ? tied.size / (graph.n - set.length) : 0,
        people: set.map((v) => ({
          entity: ids[v]!,
          label: names.get(ids[v]!)!.label,
          alone: between([v]),
          without: between(set.filter((w) => w !== v)),
        })),
        random: draws < LEAST_DRAWS ? null : atRandom(graph.n, set.length, draws, input.seed, between),
        counts: { people: ids.length, ties: graph.m },
        says: "A figure about structure as recorded. It tells nobody to do anything to anybody.",
      }
    }),
})

function atRandom(n: number, k: number, draws: number, seed: number, between: (nodes: readonly number[]) => number) {
  const random = rng(seed)
  const values = Float64Array.from({ length: draws }, () => {
    const drawn = new Set<number>()
    while (drawn.size < k) drawn.add(random.int(n))
    return between([...drawn])
  }).sort()
  const at = (share: number) => values[Math.round(share * (draws - 1))]!
  return { mean: values.reduce((sum, v) => sum + v, 0) / draws, low: at(0.05), high: at(0.95), draws, seed }
}
