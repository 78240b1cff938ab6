import { z } from "zod"
import { procedure } from "#access"
import { label } from "#entities"
import { communities as kernel } from "#kernels"
import { SnapshotInput, withSnapshot } from "../asking.ts"
import { namedGraph } from "../graph.ts"
import { membersOf } from "../members.ts"

const CAUTION =
  "Groups by density of ties as recorded. A group is not an organisation, and belonging to one says nothing of what anybody did. Whoever is firm in no group stands between several."

const CommunitiesView = z.object({
  snapshot: z.string(),
  basis: z.enum(["conduct", "structure only"]),
  count: z.number().describe("communities of two and more"),
  alone: z.number().describe("who is in no community with anybody"),
  modularity: z.number(),
  runs: z.number(),
  rounds: z.number().describe("of clustering the clusterings until all runs agreed; 0: they did at once"),
  seed: z.number(),
  communities: z.array(
    z.object({
      community: z.number().describe("by size, 1 the largest"),
      size: z.number(),
      firmness: z.number().describe("mean share of runs that keep a member with another member it is tied to"),
      people: z
        .array(z.object({ entity: z.string(), label: z.string(), firmness: z.number() }))
        .describe("players; all nodes of a bare network"),
      others: z.number().describe("who is in it as structure: without conduct, or protected"),
    }),
  ),
  nodes: z
    .array(z.object({ entity: z.string(), community: z.number(), firmness: z.number() }))
    .describe("for drawing: everybody with a community but protected people"),
  says: z.string(),
})

/** Consensus communities of everybody who is tied, by Leiden from many seeds; names only those who may stand in figures of structure. */
export const communities = procedure({
  name: "network.communities",
  title: "Communities on which many runs agree, and how firmly each person is in his",
  input: SnapshotInput.extend({
    runs: z.number().int().min(2).max(200).default(50).describe("seeds that Leiden is run from"),
    resolution: z.number().min(0.1).max(10).default(1).describe("higher finds more and smaller communities"),
    weighted: z.boolean().default(true).describe("use tie weights"),
    seed: z.number().int().min(0).default(1),
  }),
  output: CommunitiesView,
  needs: "analyse",
  effect: "read",
  shape: "job",
  // What many seizures hold is put together here (DPA 2018 s.62(1)(e)).
  entry: "combination",
  show: (r) =>
    [
      `${r.count} communities, ${r.alone} people in none; modularity ${r.modularity.toFixed(4)}; snapshot ${r.snapshot}`,
      "",
      ...r.communities.map(
        (c) =>
          `${String(c.community).padStart(3)}. ${c.size} in it, ${Math.round(c.firmness * 100)} % firm: ${c.people.map((p) => `${p.label} ${Math.round(p.firmness * 100)} %`).join(", ")}${c.others > 0 ? ` and ${c.others} others` : ""}`,
      ),
      "",
      r.says,
    ].join("\n"),
  run: (ctx, input) =>
    withSnapshot(ctx, input, async (snapshot) => {
      const members = await membersOf(snapshot)
      const own = new Set(members.ids)
      const rest = [...new Set(members.ties.flatMap((t) => [t.a, t.b]))].filter((id) => !own.has(id)).sort()
      const names = new Map([...members.names, ...(await label(snapshot.people, rest))])
      const ids = [...members.ids, ...rest]
      const { graph } = namedGraph(ids, members.ties)
      ctx.progress(0.9, "Looking for communities")
      const { runs, resolution, weighted, seed } = input
      const found = kernel.consensus(graph, { runs, resolution, weighted, seed })
      const inside = Map.groupBy(ids.keys(), (v) => found.label[v]!)
      const several = [...inside].filter(([, nodes]) => nodes.length > 1).sort(([a], [b]) => a - b)
      return {
        snapshot: snapshot.id,
        basis: members.bare ? ("structure only" as const) : ("conduct" as const),
        count: several.length,
        alone: ids.length - several.reduce((sum, [, nodes]) => sum + nodes.length, 0),
        modularity: found.modularity,
        runs,
        rounds: found.rounds,
        seed,
        communities: several.map(([community, nodes]) => {
          const people = nodes.filter((v) => own.has(ids[v]!) && !names.get(ids[v]!)!.masked)
          return {
            community: community + 1,
            size: nodes.length,
            firmness: nodes.reduce((sum, v) => sum + found.firmness[v]!, 0) / nodes.length,
            people: people.map((v) => ({ entity: ids[v]!, label: names.get(ids[v]!)!.label, firmness: found.firmness[v]! })),
            others: nodes.length - people.length,
          }
        }),
        nodes: several.flatMap(([community, nodes]) =>
          nodes
            .filter((v) => names.get(ids[v]!)?.masked === false)
            .map((v) => ({ entity: ids[v]!, community: community + 1, firmness: found.firmness[v]! })),
        ),
        says: CAUTION,
      }
    }),
})
