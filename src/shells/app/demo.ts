import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { type Context, procedure } from "#access"
import { type DemoScore, generate, SCOPE_WORDS, type Scored, score } from "#demo"
import { selectItems } from "#evidence"
import { MEASURES } from "#kernels"
import { namedGraph, type Ranking, RankingView, rankSnapshot, rankSupported, SnapshotInput, showRanking, withSnapshot } from "#network"
import { decideScope, intake } from "#records"
import { makeDemo } from "#sign-in"
import { Failure } from "#vocabulary/failure"
import { DEMO_ORGANISATIONS, DEMO_PEOPLE } from "./demo-people.ts"

/** Above this many nodes bare betweenness is an estimate from sampled sources, and said to be one. */
const EXACT_NODES = 3000
const PIVOTS = 400

const Score = z.object({
  hits: z.number(),
  aides: z.number(),
  wrong: z.array(z.object({ label: z.string(), kind: z.string() })),
  never: z.array(z.object({ label: z.string(), kind: z.string() })),
  players: z.number(),
  rawDegree: z.number(),
  rawBetweenness: z.number(),
  truth: z.object({ all: z.number(), visible: z.number(), principals: z.number(), principalsInList: z.number() }),
})

/** The main job on an invented operation, from a folder of evidence to the ranked picture, held against the ground truth. */
export const demo = procedure({
  name: "demo.run",
  title: "Make the invented operation, take it in, run every stage, print the picture",
  input: z.object({
    investigation: z.string().default("demo").describe("name of the investigation it goes into"),
    scale: z.enum(["S", "M", "L"]).default("S").describe("about 20 thousand, 1 million or 10 million records"),
    seed: z.number().int().min(0).default(1).describe("seeds 4, 9, 14 … hold no smuggling"),
  }),
  output: z.object({
    folder: z.string(),
    seed: z.number(),
    scale: z.string(),
    records: z.number(),
    rejected: z.number(),
    ranking: RankingView,
    score: Score,
    rawBetweennessEstimated: z.boolean(),
  }),
  needs: "take-in",
  effect: "decision",
  shape: "job",
  names: true,
  opens: true,
  show: (o) =>
    `${showRanking(o.ranking)}\n\n${showScore(o.score, o.seed, o.scale, o.rawBetweennessEstimated)}\n\nThe evidence is in ${o.folder}/evidence, the ground truth beside it (never taken in).`,
  run: async (ctx, { scale, seed }) => {
    const part = (from: number, to: number) => within(ctx, from, to)
    refuseAnother(ctx, scale, seed)
    const folder = join(ctx.store.folder, `demo-${scale}-${seed}`)
    await generate({ folder, seed, scale, onProgress: (p) => ctx.progress(0.1 * (p.done / Math.max(1, p.of)), p.step) })
    const investigation = ctx.investigation!.id
    // In a folder that is the demonstration's alone, a visitor may look as people of other agencies.
    await ctx.commit({ people: DEMO_PEOPLE.map((p) => p.id) }, (tx) =>
      makeDemo(tx, { organisations: DEMO_ORGANISATIONS, people: DEMO_PEOPLE, investigation, at: ctx.at }),
    )
    const taken = (await intake.run(part(0.1, 0.4), intake.input.parse({ paths: [join(folder, "evidence")], investigation }))) as {
      files: { there: number; rejected: number }[]
    }
    await ctx.lookAgain()
    await signScopes(ctx, part(0.4, 0.55), investigation)
    const input = SnapshotInput.parse({ investigation })
    return withSnapshot(part(0.55, 0.95), input, async (snapshot) => {
      ctx.progress(0.96, "Ranking")
      const ranking = await rankSupported(ctx, snapshot, { top: 10, seed: 1 })
      const whole: Ranking = await rankSnapshot(snapshot, { top: 100_000, seed: 1 })
      const keys = new Map(
        (
          await (await snapshot.people.structure()).all<{ id: string; label: string; keys: string[] }>("select id, label, keys from entity")
        ).map((r) => [r.id, { label: r.label, keys: r.keys }]),
      )
      const of = (id: string): Scored => keys.get(id) ?? { label: id, keys: [] }
      const ties = await snapshot.ties()
      const net = namedGraph([...new Set(ties.flatMap((t) => [t.a, t.b]))].sort(), ties)
      ctx.progress(0.98, "Bare degree and betweenness, for comparison")
      const estimated = net.graph.n > EXACT_NODES
      const highest = (s: Float64Array) =>
        [...s.keys()]
          .sort((a, b) => s[b]! - s[a]! || a - b)
          .slice(0, 10)
          .map((v) => of(net.ids[v]!))
      return {
        folder,
        seed,
        scale,
        records: taken.files.reduce((n, f) => n + f.there - f.rejected, 0),
        rejected: taken.files.reduce((n, f) => n + f.rejected, 0),
        ranking,
        rawBetweennessEstimated: estimated,
        score: score(
          folder,
          whole.players.map((p) => of(p.entity)),
          highest(MEASURES.degree(net.graph)),
          highest(MEASURES.betweenness(net.graph, estimated ? { pivots: PIVOTS } : {})),
        ),
      }
    })
  },
})

/** Two invented operations in one investigation would be neither. */
function refuseAnother(ctx: Context, scale: string, seed: number): void {
  const path = join(ctx.store.folder, `demo-of-${ctx.investigation!.id}.json`)
  const here = JSON.stringify({ scale, seed })
  if (existsSync(path) && readFileSync(path, "utf8") !== here)
    throw new Failure(
      "conflict.another-demo",
      `The investigation ${ctx.investigation!.name} already holds another invented operation: ${readFileSync(path, "utf8")}.`,
      {
        hint: "Give another --data folder or another --investigation.",
        at: "seed",
      },
    )
  writeFileSync(path, here)
}

/** The same act, with its progress as a part of the whole. The sight stays the act's own, as it is at each moment. */
function within(ctx: Context, from: number, to: number): Context {
  const progress: Context["progress"] = (f, words, counts) => ctx.progress(from + (to - from) * (f ?? 0), words, counts)
  return Object.create(ctx, { progress: { value: progress } }) as Context
}

/** One signed rule per device seized on arrival, each on its own ground: there is no batch. */
async function signScopes(ctx: Context, as: Context, investigation: string): Promise<void> {
  const items = await ctx.store.register.transaction((tx) => selectItems(tx, { investigation }), ctx.sight.classes)
  for (const item of items.filter((i) => i.on_arrival)) {
    const reason = `Rows of ${item.reference ?? item.id} that name people, places or payments of the crossing under investigation.`
    await decideScope.run(
      as,
      decideScope.input.parse({ investigation, item: item.id, rule: { words: SCOPE_WORDS, knownIdentifiers: true }, reason }),
    )
  }
}

function showScore(s: DemoScore, seed: number, scale: string, estimated: boolean): string {
  const lines = [
    `Against the ground truth (seed ${seed}, scale ${scale}): ${s.hits} of the first ten are principals, organisers, financiers, suppliers or forgers, ${s.aides} work for them.`,
    `The same by bare degree: ${s.rawDegree}; by bare betweenness${estimated ? " (estimated)" : ""}: ${s.rawBetweenness}. In truth there are ${s.truth.all}, of whom exhibits show ${s.truth.visible}; ${s.truth.principalsInList} of ${s.truth.principals} principals stand in the list of ${s.players}.`,
    s.wrong.length > 0
      ? `Wrong in the first ten: ${s.wrong.map((w) => `${w.label} (${w.kind})`).join(", ")}.`
      : "Nobody in the first ten is wrong.",
    s.never.length > 0
      ? `MUST NOT BE THERE: ${s.never.map((w) => `${w.label} (${w.kind})`).join(", ")}.`
      : "No passenger, relative, hotline, taxi, lawyer or other bystander is anywhere in the list.",
  ]
  return lines.join("\n")
}
