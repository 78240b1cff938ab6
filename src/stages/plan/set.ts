import { z } from "zod"
import { procedure } from "#access"
import { keySets, openPool } from "#kernels"
import { namedGraph, members as network, redrawn as networks, SnapshotInput, withSnapshot } from "#network"
import { say } from "#vocabulary/sentences"
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
  redrawn: z
    .object({
      draws: z.number(),
      keepEvent: z.number(),
      keepEdge: z.number(),
      value: z.tuple([z.number(), z.number(), z.number()]).describe("value of the set over the draws: 5th percentile, median, 95th"),
      short: z.tuple([z.number(), z.number()]).describe("how far it falls short of the best set found in a draw: median, 95th percentile"),
      best: z.number().describe("share of the draws in which no better set was found"),
      people: z
        .array(z.object({ entity: z.string(), label: z.string(), share: z.number(), member: z.boolean() }))
        .describe("who is in the best sets of the draws, and in which share of them: the members, and others that often"),
      says: z.string(),
    })
    .nullable()
    .describe("the set on other drawings of the network; null: not asked for, or each takes too long"),
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
    draws: z.number().int().min(0).max(1000).default(100).describe("how often the network is drawn again; 0: not at all"),
    seed: z.number().int().min(0).default(1).describe("of the random sets and of the draws"),
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
      const net = namedGraph(ids, ties)
      const { graph } = net
      const { k, goal, steps, seed, draws } = input
      const pool = openPool()
      const solver = keySets.openSolver()
      try {
        ctx.progress(0.9, "Looking for the set")
        const found = await keySets.keyPlayers(graph, { k, goal, steps, among: may, seed }, pool, solver)
        ctx.progress(0.95, "Drawing the network again")
        const told = networks.drawsSaid(net.units.length, snapshot.parts.mode !== "both", draws)
        const fared =
          draws === 0 ? null : keySets.redrawn(networks.thinned(net, seed, draws), found.set, { goal, steps, among: may, draws })
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
          redrawn: fared && {
            ...told,
            value: fared.value,
            short: fared.short,
            best: fared.best,
            people: oftenIn(fared.share, found.set).map((v) => ({
              entity: ids[v]!,
              label: nameOf(v),
              share: fared.share[v]!,
              member: found.set.includes(v),
            })),
            says: `${told.says} ${say("set.redrawn")}`,
          },
          leftOut: out,
          counts: { nodes: graph.n, ties: graph.m, candidates },
          says: saysOf(bare, graph.n - candidates, out, draws > 0 && fared === null),
        }
      } finally {
        await Promise.all([pool.close(), solver.close()])
      }
    }),
})

/** Others than the members stand beside them from this share of the draws on, so many at most. */
const OFTEN = 0.1
const OTHERS = 8

/** The members, and who else is often in the best sets of the draws. */
function oftenIn(share: Float64Array, set: Int32Array): number[] {
  const others = [...share.keys()]
    .filter((v) => !set.includes(v) && share[v]! >= OFTEN)
    .sort((a, b) => share[b]! - share[a]! || a - b)
    .slice(0, OTHERS)
  return [...set, ...others]
}

/** How many sets there are. */
function choices(of: number, k: number): number {
  let count = 1
  for (let i = 1; i <= k; i++) count = (count * (of - k + i)) / i
  return Math.round(count)
}

function proofWords({ optimal, by, looked, bound, value }: keySets.KeySet, candidates: number, k: number): string {
  const count = choices(candidates, k)
  const all = `${Number.isSafeInteger(count) ? count : count.toExponential(1)} sets of ${k} of ${candidates}`
  if (optimal && by === "enumeration")
    return `Proved best of ${all}: the last member was chosen for each of ${looked} beginnings; every other set has one at least as good among these, because somebody's ties are all another's.`
  if (optimal && by === "integer programming") return `Proved best of ${all} by integer programming: its bound is the value of this set.`
  if (optimal) return `Proved best of ${all}: ${looked} parts of the search were looked at, and a bound rules the rest out.`
  return bound === null
    ? `The best that was found of ${all}; not proved.`
    : `The best that was found of ${all}; not proved. No set does better than ${bound.toFixed(4)}; the gap is ${(bound - value).toFixed(4)}.`
}

function saysOf(bare: boolean, left: number, out: readonly { ground: GroundId }[], undrawn: boolean): string[] {
  const grounds = [...new Set(out.map((o) => o.ground))]
  return [
    bare
      ? "A bare network says who is tied to whom, not who did what."
      : "Only people with conduct are in this network; customers and protected people carry no ties here.",
    ...(left > 0 ? [`${left} may not be in a set: ${grounds.map((g) => GROUNDS[g]).join("; ")}.`] : []),
    ...(undrawn ? ["The network was not drawn again: in one as large as this each drawing takes too long to be searched."] : []),
    "A figure about structure as recorded. Networks regrow, and people whom no exhibit mentions are not here.",
  ]
}

function redrawnLines({ value, short, best, people, draws, says }: NonNullable<z.infer<typeof SetView>["redrawn"]>): string[] {
  const percent = (share: number) => `${Math.round(share * 100)} %`
  return [
    `Drawn again ${draws} times: ${value[1].toFixed(4)} [${value[0].toFixed(4)} – ${value[2].toFixed(4)}]; no better set found in ${percent(best)} of the draws; in 95 % the best found is better by ${short[1].toFixed(4)} at most`,
    ...people.map((p) => `  ${p.label}   in the best set of ${percent(p.share)} of the draws${p.member ? "" : " (not in the set)"}`),
    says,
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
    ...(r.redrawn ? [...redrawnLines(r.redrawn), ""] : []),
    ...r.says.map((s) => `! ${s}`),
  ]
  return lines.join("\n")
}
