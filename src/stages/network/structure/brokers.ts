import { z } from "zod"
import { procedure } from "#access"
import { SupportView, supported } from "#entities"
import { communities, brokers as kernel, rangesOf } from "#kernels"
import { Failure } from "#vocabulary/failure"
import { SnapshotInput, withSnapshot } from "../asking.ts"
import { type Part, ROUTE_UNKNOWN } from "../chain/parts.ts"
import { stageLayer } from "../chain/procedure.ts"
import { DRAWS, thinned } from "../draws.ts"
import { namedGraph } from "../graph.ts"
import { type Members, membersOf } from "../members.ts"
import type { Snapshot } from "../snapshot.ts"
import { recordsUnder } from "./under.ts"

const ROLES = kernel.BROKER_ROLES
const BY = ["stage", "place", "community"] as const
type By = (typeof BY)[number]

/** Pairs that are shown of each broker. */
const PAIRS = 5
/** Steps over two ties that all draws together may take. */
const EFFORT = 4e8

const RolesView = z.object({
  coordinator: z.number().describe("all three of one group"),
  itinerant: z.number().describe("the two of one group, the broker of another"),
  representative: z.number().describe("from his own group to another"),
  gatekeeper: z.number().describe("from another group to his own"),
  liaison: z.number().describe("three groups"),
})

const BrokersView = z.object({
  snapshot: z.string(),
  basis: z.enum(["conduct", "structure only"]),
  by: z.enum(BY),
  groups: z.array(z.object({ group: z.string(), people: z.number() })),
  ungrouped: z.number().describe("people of whom no group is known: they count in no role"),
  people: z.array(
    z.object({
      entity: z.string(),
      label: z.string(),
      group: z.string().nullable(),
      roles: RolesView,
      pairs: z.number().describe("ordered pairs without a tie of their own that he joins"),
      interval: z.tuple([z.number(), z.number()]).describe("5th to 95th percentile of the pairs over the draws"),
      stability: z.number().describe("share of draws in which he is among the first"),
      constraint: z.number().nullable().describe("Burt; low for whoever joins people who do not know each other; null without a tie"),
      effective: z.number().describe("effective size: his ties less what they are redundant"),
      ties: z.number(),
      joins: z.array(z.object({ from: z.string(), to: z.string(), role: z.enum(ROLES) })).describe("some of the pairs, by label"),
      records: z.array(z.string()),
      support: SupportView,
    }),
  ),
  counts: z.object({ people: z.number(), ties: z.number() }),
  draws: z.object({ draws: z.number(), seed: z.number(), says: z.string() }),
  says: z.array(z.string()),
})

/** Gould and Fernandez's broker roles by stage, place or community, beside Burt's constraint; nobody without conduct is in it. */
export const brokers = procedure({
  name: "network.brokers",
  title: "Brokers: who joins whom between stages, places or communities, and how constrained he is",
  input: SnapshotInput.extend({
    by: z.enum(BY).optional().describe("what groups people; default stage, community for a bare network"),
    top: z.number().int().min(1).max(1000).default(20),
    weighted: z.boolean().default(false).describe("use tie weights in constraint and effective size"),
    seed: z.number().int().min(0).default(1),
  }),
  output: BrokersView,
  needs: "analyse",
  effect: "read",
  shape: "job",
  // What many seizures hold is put together here (DPA 2018 s.62(1)(e)).
  entry: "combination",
  show: showBrokers,
  run: (ctx, input) =>
    withSnapshot(ctx, input, async (snapshot) => {
      const members = await membersOf(snapshot)
      const { ids, names, bare, ties } = members
      const by = input.by ?? (bare ? "community" : "stage")
      const net = namedGraph(ids, ties)
      const { graph } = net
      ctx.progress(0.9, "Counting roles")
      const group = await groupsOf(snapshot, members, net, by, input.seed)
      const known = [...new Set(group.filter((g) => g !== null))].sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
      const number = Int32Array.from(group, (g) => (g === null ? -1 : known.indexOf(g)))
      const among = Uint8Array.from(ids, (id) => Number(!names.get(id)!.masked))
      const roles = kernel.brokerRoles(graph, number)
      const pairs = totals(roles, ids.length)
      const draws = drawsFor(graph.out.starts)
      const scores = new Float64Array(draws * ids.length)
      let draw = 0
      for (const thin of thinned(net, input.seed, draws))
        scores.set(totals(kernel.brokerRoles(thin, number), ids.length), draw++ * ids.length)
      const ranges = rangesOf(scores, ids.length, { top: input.top, among })
      const constraint = kernel.constraint(graph, { weighted: input.weighted })
      const effective = kernel.brokerage(graph, { weighted: input.weighted })
      const degree = (v: number) => graph.out.starts[v + 1]! - graph.out.starts[v]!
      const first = [...ids.keys()]
        .filter((v) => among[v])
        .sort((a, b) => pairs[b]! - pairs[a]! || a - b)
        .slice(0, input.top)
      const records = recordsUnder(ties, net.index)
      const under = first.map((v) => records(ids[v]!))
      const support = await supported(ctx, snapshot.people, under)
      return {
        snapshot: snapshot.id,
        basis: bare ? ("structure only" as const) : ("conduct" as const),
        by,
        groups: known.map((g) => ({ group: g, people: group.filter((x) => x === g).length })),
        ungrouped: group.filter((g) => g === null).length,
        people: first.map((v, i) => ({
          entity: ids[v]!,
          label: names.get(ids[v]!)!.label,
          group: group[v]!,
          roles: Object.fromEntries(ROLES.map((r, j) => [r, roles[v * ROLES.length + j]!])) as z.infer<typeof RolesView>,
          pairs: pairs[v]!,
          interval: [ranges.low[v]!, ranges.high[v]!] as [number, number],
          stability: ranges.stability[v]!,
          constraint: degree(v) > 0 ? constraint[v]! : null,
          effective: effective[v]!,
          ties: degree(v),
          joins: joined(graph.out, number, v, (w) => Boolean(among[w])).map(({ from, to, role }) => ({
            from: names.get(ids[from]!)!.label,
            to: names.get(ids[to]!)!.label,
            role,
          })),
          records: under[i]!.slice(0, 6),
          support: support[i]!,
        })),
        counts: { people: among.reduce((sum, a) => sum + a, 0), ties: graph.m },
        draws: {
          draws,
          seed: input.seed,
          says: `Ranges over ${draws} draws, each without some seizure events and links. They say nothing of people whom no exhibit mentions.`,
        },
        says: [
          bare
            ? "A bare network says who is tied to whom, not who did what."
            : "Only people with conduct are in this network. A person counts at the stage or place of most of his conduct.",
          "To stand between two people is no act. Where a tie between the two was not recorded, nobody brokers.",
        ],
      }
    }),
})

/** The group of each member: where the most of his conduct lies, or the community he is in; null where none is known. */
async function groupsOf(
  snapshot: Snapshot,
  { ids, bare }: Members,
  net: ReturnType<typeof namedGraph>,
  by: By,
  seed: number,
): Promise<(string | null)[]> {
  if (by === "community") return [...communities.consensus(net.graph, { weighted: true, seed }).label].map((c) => String(c + 1))
  if (bare) throw new Failure("invalid.measure", `A bare network has no ${by}s.`, { at: "--by", hint: "Ask for brokers by community." })
  const { parts } = await stageLayer(snapshot)
  const of = Map.groupBy(parts, (p) => p.entity)
  return ids.map((id) => weightiest((of.get(id) ?? []).flatMap((p) => groupsIn(p, by))))
}

function groupsIn(part: Part, by: "stage" | "place"): { group: string; strength: number }[] {
  if (by === "stage") return part.stage === null ? [] : [{ group: String(part.stage), strength: part.strength }]
  return part.routes.filter((r) => r !== ROUTE_UNKNOWN).map((group) => ({ group, strength: part.strength / part.routes.length }))
}

function weightiest(rows: readonly { group: string; strength: number }[]): string | null {
  const sum = new Map<string, number>()
  for (const { group, strength } of rows) sum.set(group, (sum.get(group) ?? 0) + strength)
  return [...sum].sort(([a, x], [b, y]) => y - x || a.localeCompare(b, "en", { numeric: true }))[0]?.[0] ?? null
}

const totals = (roles: Float64Array, n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, v) => roles.subarray(v * ROLES.length, (v + 1) * ROLES.length).reduce((sum, r) => sum + r, 0))

function drawsFor(starts: Int32Array): number {
  let steps = 1
  for (let v = 0; v + 1 < starts.length; v++) steps += (starts[v + 1]! - starts[v]!) ** 2
  return Math.max(20, Math.min(DRAWS, Math.floor(EFFORT / steps)))
}

/** Some pairs that a node joins, those of different groups first. */
function joined(
  { starts, targets }: { starts: Int32Array; targets: Int32Array },
  group: Int32Array,
  v: number,
  shown: (v: number) => boolean,
): { from: number; to: number; role: (typeof ROLES)[number] }[] {
  if (group[v]! < 0) return []
  const near = (w: number) => targets.subarray(starts[w]!, starts[w + 1]!)
  const open = [...near(v)].filter((w) => group[w]! >= 0 && shown(w))
  const pairs = open.flatMap((from) => {
    const tied = new Set(near(from))
    return open
      .filter((to) => to > from && !tied.has(to))
      .map((to) => ({ from, to, role: kernel.roleOf(group[from]!, group[v]!, group[to]!) }))
  })
  return pairs.sort((a, b) => ROLES.indexOf(b.role) - ROLES.indexOf(a.role)).slice(0, PAIRS)
}

function showBrokers(r: z.infer<typeof BrokersView>): string {
  const lines = [`Broker roles by ${r.by} of ${r.counts.people} people; snapshot ${r.snapshot}`, r.draws.says, ""]
  for (const p of r.people)
    lines.push(
      `${p.label}   ${p.pairs} pairs [${p.interval[0]} – ${p.interval[1]}]: ${ROLES.map((role) => `${role} ${p.roles[role]}`).join(", ")}; constraint ${p.constraint?.toFixed(4) ?? "–"}, effective size ${p.effective.toFixed(2)} of ${p.ties}${p.group === null ? "" : ` (${r.by} ${p.group})`}`,
    )
  return [...lines, "", ...r.says.map((s) => `! ${s}`)].join("\n")
}
