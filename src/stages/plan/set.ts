import { z } from "zod"
import { procedure } from "#access"
import { keySets, openPool } from "#kernels"
import { namedGraph, members as network, SnapshotInput, withSnapshot } from "#network"
import { constrained, GROUNDS, type GroundId } from "./constraints.ts"

const Names = z.array(z.string()).default([])

const SetView = z.object({
  snapshot: z.string(),
  basis: z.enum(["conduct", "structure only"]),
  goal: z.string(),
  k: z.number(),
  steps: z.number().nullable().describe("of the goal reach"),
  set: z.array(z.string()).describe("labels, in natural order"),
  value: z.number(),
  before: z.number().describe("the value with nobody in the set"),
  optimal: z.boolean().describe("proved: no other set of the size, of those who may be in one, has a higher value"),
  bound: z.number().nullable().describe("no set has a higher value; null where that is not known"),
  proof: z.object({ by: z.string(), looked: z.number(), of: z.number(), words: z.string() }),
  between: z.number().nullable().describe("group betweenness: share of the pairs outside the set whose shortest paths meet it"),
  members: z.array(z.object({ entity: z.string(), label: z.string(), adds: z.number(), without: z.number() })),
  baselines: z.record(z.string(), z.number()).describe("value of the set that each simpler way finds; random: the mean"),
  compared: z.array(z.object({ method: z.string(), set: z.array(z.string()), value: z.number() })),
  random: z.object({ mean: z.number(), low: z.number(), high: z.number(), draws: z.number(), seed: z.number() }),
  leftOut: z.array(
    z.object({ entity: z.string(), label: z.string(), ground: z.string(), words: z.string(), contacts: z.array(z.string()) }),
  ),
  counts: z.object({ nodes: z.number(), ties: z.number(), candidates: z.number() }),
  says: z.array(z.string()),
})

/**
 * The set of k people who together hold a network together, or reach it best (Borgatti 2006), with its proof and beside simpler
 * ways to choose. A figure about structure: it tells nobody to do anything to anybody.
 */
export const set = procedure({
  name: "plan.set",
  title: "The set of k key players best for a goal, its proof, and simpler ways beside it",
  input: SnapshotInput.extend({
    k: z.number().int().min(1).max(50).default(3).describe("size of the set"),
    goal: z
      .enum(keySets.SET_GOALS)
      .default("fragment")
      .describe("fragment: what falls apart without them; reach: whom they reach; -distance: weighted by steps"),
    steps: z.number().int().min(1).max(10).default(2).describe("steps of the goal reach"),
    reachable: Names.describe("only these can be in the set: label or id"),
    noPower: Names.describe("no legal power reaches them"),
    safeguarding: Names.describe("left out for safeguarding"),
    covert: Names.describe("left out because of covert work"),
    otherTeam: Names.describe("another team's"),
    announced: z.enum(["out", "in"]).default("out").describe("whom another team announced"),
    seed: z.number().int().min(0).default(1).describe("of the random sets"),
  }),
  output: SetView,
  needs: "plan",
  effect: "read",
  shape: "job",
  // What many seizures hold is put together here (DPA 2018 s.62(1)(e)).
  entry: "combination",
  show: showSet,
  run: (ctx, input) =>
    withSnapshot(ctx, input, async (snapshot) => {
      const members = await network.membersOf(snapshot)
      const { ids, names, bare, ties } = members
      const { may, out } = await constrained(ctx, snapshot, members, input)
      const { graph } = namedGraph(ids, ties)
      const { k, goal, steps, seed } = input
      const pool = openPool()
      const solver = keySets.openSolver()
      try {
        ctx.progress(0.9, "Looking for the set")
        const found = await keySets.keyPlayers(graph, { k, goal, steps, among: may, seed }, pool, solver)
        const nameOf = (v: number) => names.get(ids[v]!)!.label
        const candidates = may.reduce((sum, m) => sum + m, 0)
        return {
          snapshot: snapshot.id,
          basis: bare ? ("structure only" as const) : ("conduct" as const),
          goal,
          k,
          steps: goal === "reach" ? steps : null,
          set: [...found.set].map(nameOf),
          value: found.value,
          before: found.before,
          optimal: found.optimal,
          bound: found.bound,
          proof: { by: found.by, looked: found.looked, of: choices(candidates, k), words: proofWords(found, candidates, k) },
          between: found.between,
          members: [...found.set].map((v, i) => ({
            entity: ids[v]!,
            label: nameOf(v),
            adds: found.adds[i]!,
            without: found.value - found.adds[i]!,
          })),
          baselines: { random: found.random.mean, ...Object.fromEntries(found.compared.map((c) => [c.method, c.value])) },
          compared: found.compared.map((c) => ({ method: c.method, set: [...c.set].map(nameOf), value: c.value })),
          random: { ...found.random, seed },
          leftOut: out,
          counts: { nodes: graph.n, ties: graph.m, candidates },
          says: saysOf(bare, graph.n - candidates, out),
        }
      } finally {
        await Promise.all([pool.close(), solver.close()])
      }
    }),
})

/** How many sets there are. */
function choices(of: number, k: number): number {
  let count = 1
  for (let i = 1; i <= k; i++) count = (count * (of - k + i)) / i
  return Math.round(count)
}

function proofWords({ optimal, by, looked, bound, value }: keySets.KeySet, candidates: number, k: number): string {
  const all = `${choices(candidates, k)} sets of ${k} of ${candidates}`
  if (optimal && by === "enumeration")
    return `Proved best of ${all}: the last member was chosen for each of ${looked} beginnings; every other set has one at least as good among these, because somebody's ties are all another's.`
  if (optimal && by === "integer programming") return `Proved best of ${all} by integer programming: its bound is the value of this set.`
  if (optimal) return `Proved best of ${all}: ${looked} parts of the search were looked at, and a bound rules the rest out.`
  return bound === null
    ? `The best that was found of ${all}; not proved.`
    : `The best that was found of ${all}; not proved. No set does better than ${bound.toFixed(4)}; the gap is ${(bound - value).toFixed(4)}.`
}

function saysOf(bare: boolean, left: number, out: readonly { ground: GroundId }[]): string[] {
  const grounds = [...new Set(out.map((o) => o.ground))]
  return [
    bare
      ? "A bare network says who is tied to whom, not who did what."
      : "Only people with conduct are in this network; customers and protected people carry no ties here.",
    ...(left > 0 ? [`${left} may not be in a set: ${grounds.map((g) => GROUNDS[g]).join("; ")}.`] : []),
    "A figure about structure as recorded. Networks regrow, and people whom no exhibit mentions are not here.",
  ]
}

function showSet(r: z.infer<typeof SetView>): string {
  const lines = [
    `${r.set.join(", ")}   ${r.goal} ${r.value.toFixed(4)} (with nobody: ${r.before.toFixed(4)}); snapshot ${r.snapshot}`,
    r.proof.words,
    "",
    ...r.members.map((m) => `  ${m.label}   adds ${m.adds.toFixed(4)} to the others`),
    "",
    `  random   ${r.random.mean.toFixed(4)}  [${r.random.low.toFixed(4)} – ${r.random.high.toFixed(4)}] over ${r.random.draws} draws`,
    ...r.compared.map((c) => `  ${c.method}   ${c.value.toFixed(4)}   ${c.set.join(", ")}`),
    "",
    ...r.says.map((s) => `! ${s}`),
  ]
  return lines.join("\n")
}
