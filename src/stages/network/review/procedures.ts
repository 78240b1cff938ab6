import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { type Context, procedure } from "#access"
import { masker, type People, review } from "#entities"
import { Failure } from "#vocabulary/failure"
import { say } from "#vocabulary/sentences"
import { SnapshotInput, withSnapshot } from "../asking.ts"
import type { Snapshot } from "../snapshot.ts"
import { type Effect, effectsOf } from "./effect.ts"

const Investigation = z.string().describe("name or id")
/** Raised when the same picture would give other pairs or effects. */
const REVIEW = 2

type Weighed<P extends review.Pair = review.Pair> = P & Effect

/** Every pair under a sight with its effect, in the order of the queue: by effect, then those that are least clear, then by id. */
interface Queue {
  open: Weighed[]
  known: Weighed<review.KnownPair>[]
}

/** A claim of this weight is as doubtful as one can be: it joins, and only just. */
const DOUBTFUL = 500

async function queueOf(ctx: Context, snapshot: Snapshot): Promise<Queue> {
  const { people } = snapshot
  const ground = { store: ctx.store, classes: ctx.sight.classes, investigation: ctx.investigation!.id, digest: ctx.sight.digest }
  const folder = await ctx.store.derived.folder(
    "review",
    { ...people.key, review: REVIEW, snapshot: snapshot.id },
    async (into) => {
      ctx.progress(0.8, "Looking for pairs")
      const { open, known } = await review.pairsOf(people, ctx.store.nodeKey, ctx.investigation!.id)
      ctx.progress(0.85, "Working out what each pair would change")
      const effects = await effectsOf(snapshot, ground, [...open, ...known], await review.supposed(people), review.partOf)
      const weighed = <P extends review.Pair>(pairs: readonly P[]): Weighed<P>[] =>
        pairs
          .map((p) => ({ ...p, ...effects.get(p.id)! }))
          .sort((x, y) => y.effect - x.effect || Math.abs(x.weight - DOUBTFUL) - Math.abs(y.weight - DOUBTFUL) || (x.id < y.id ? -1 : 1))
      writeFileSync(join(into, "queue.json"), JSON.stringify({ open: weighed(open), known: weighed(known) } satisfies Queue))
    },
    ctx.sight.classes.map((c) => `class:${c}`),
  )
  return JSON.parse(readFileSync(join(folder, "queue.json"), "utf8")) as Queue
}

/** What a reader is to see now: nothing that he answered, nothing that is settled; what waits for a second reader looks like any other. */
function forReader(queue: Queue, answers: readonly review.AnswerRow[], reader: string): Queue & { mine: readonly review.AnswerRow[] } {
  const mine = answers.filter((a) => a.answered_by === reader)
  const settled = new Set(answers.filter((a) => a.state === "in-force" || a.state === "second").map((a) => a.pair))
  const done = new Set(mine.map((a) => a.pair))
  return {
    mine,
    open: queue.open.filter((p) => !done.has(p.id) && !settled.has(p.id)),
    known: queue.known.filter((p) => !done.has(p.id)),
  }
}

const Side = z.object({
  entity: z.string(),
  label: z.string(),
  identifiers: z.array(z.string()),
  names: z.array(z.string()),
  born: z.array(z.string()),
  from: z.string().nullable(),
  to: z.string().nullable(),
  items: z.number(),
  records: z.array(z.string()),
})

const PairView = z.object({
  pair: z.string(),
  a: Side,
  b: Side,
  together: z.boolean().describe("held to be one person today"),
  claim: z.object({ rule: z.string(), words: z.string(), weight: z.number(), records: z.array(z.string()) }).nullable(),
  reasons: z.array(z.object({ part: z.string(), code: z.string(), weight: z.number(), words: z.string(), records: z.array(z.string()) })),
  effect: z.number().describe("sum of |1/rank before − 1/rank after| over the list; 0 = the order stays"),
  rank: z.number().nullable().describe("now, of the higher of the two"),
  rankThen: z.number().nullable(),
  leaves: z.array(z.string()).describe("who would leave the first ten"),
  enters: z.array(z.string()),
  how: z.enum(["recomputed", "no-conduct"]),
})

const Rate = z.object({
  checked: z.number(),
  wrong: z.number(),
  unsure: z.number(),
  rate: z.number().nullable(),
  interval: z.tuple([z.number(), z.number()]).nullable().describe("95 %"),
})

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())
const NAMES = 6
const KEYS = 12

async function shown(people: People, pairs: readonly Weighed[]): Promise<z.input<typeof PairView>[]> {
  const facts = await review.keyFacts(people)
  const labels = await review.labelsOf(
    people,
    pairs.flatMap((p) => [...p.entities, ...p.leaves, ...p.enters]),
  )
  const called = (ids: readonly string[]) => ids.flatMap((id) => labels.get(id) ?? [])
  const sideOf = (keys: readonly string[], entity: string): z.input<typeof Side> => {
    const f = facts.of(keys)
    return {
      entity,
      label: f.names[0]?.name ?? keys[0]!,
      identifiers: keys.slice(0, KEYS),
      names: f.names.slice(0, NAMES).map((n) => n.name),
      born: f.births.map((b) => (b.exact ? b.from : `${b.from.slice(0, 4)}–${b.to.slice(0, 4)}`)),
      from: iso(f.first),
      to: iso(f.last),
      items: f.items,
      records: f.records,
    }
  }
  return pairs.map((p) => ({
    pair: p.id,
    a: sideOf(p.left, p.entities[0]),
    b: sideOf(p.right, p.entities[1]),
    together: p.together,
    claim: p.claim && { rule: p.claim.rule, words: p.claim.reason, weight: p.claim.weight, records: p.claim.records },
    reasons: review.compared(facts.of(p.left), facts.of(p.right)),
    effect: p.effect,
    rank: p.rank,
    rankThen: p.rankThen,
    leaves: called(p.leaves),
    enters: called(p.enters),
    how: p.how,
  }))
}

const seededOf = (answers: readonly review.AnswerRow[]) =>
  answers.flatMap((a) => (a.known === null ? [] : [{ answer: a.answer, known: a.known }]))

const queue = procedure({
  name: "entities.queue",
  title: "Pairs that a person should look at: first those that would change the order of the list most",
  input: z.object({ investigation: Investigation, limit: z.number().int().min(1).max(50).default(10) }),
  output: z.object({
    pairs: z.array(PairView),
    of: z.number().describe("still open for you; the seeded ones not counted"),
    answered: z.number(),
    own: Rate.describe("how often you were wrong on pairs with a known answer, of which one stands in every twenty"),
    method: z.string(),
  }),
  needs: "assess",
  effect: "read",
  shape: "value",
  // What many seizures hold is put together here (DPA 2018 s.62(1)(e)).
  entry: "combination",
  run: (ctx, { investigation, limit }) =>
    withSnapshot(ctx, SnapshotInput.parse({ investigation }), async (snapshot) => {
      const { open, known, mine } = forReader(await queueOf(ctx, snapshot), await review.answersOf(ctx), ctx.caller.id)
      const pairs = review.seeded<Weighed>(open, known, {
        nodeKey: ctx.store.nodeKey,
        reader: ctx.caller.id,
        investigation: ctx.investigation!.id,
        answered: mine.length,
        limit,
      })
      const mask = await masker(snapshot.people)
      return {
        pairs: mask.text(await shown(snapshot.people, pairs)),
        of: open.length,
        answered: mine.length,
        own: review.errorRate(seededOf(mine)),
        method: say("queue.method"),
      }
    }),
})

const answer = procedure({
  name: "entities.answer",
  title: "Answer a pair of the queue: the same, not the same, or unsure",
  input: z.object({
    investigation: Investigation,
    pair: z.string(),
    answer: z.enum(["same", "not-same", "unsure"]),
    reason: z.string().trim().min(5).max(2000),
    records: z.array(z.string()).max(50).default([]).describe("the records on which it rests"),
  }),
  // The same words whatever the pair was: nothing tells which ones have a known answer.
  output: z.object({ pair: z.string(), answer: z.string() }),
  needs: "assess",
  effect: "decision",
  shape: "value",
  about: (input) => [input.pair],
  run: (ctx, input) =>
    withSnapshot(ctx, SnapshotInput.parse({ investigation: input.investigation }), async (snapshot) => {
      const { open, known } = forReader(await queueOf(ctx, snapshot), await review.answersOf(ctx), ctx.caller.id)
      const said = { answer: input.answer, reason: input.reason, records: input.records }
      const seed = known.find((p) => p.id === input.pair)
      const pair = seed ?? open.find((p) => p.id === input.pair)
      if (!pair)
        throw new Failure("invalid.pair-unknown", "There is no open pair of that id that you may see.", {
          at: "pair",
          hint: "entities queue lists them; one that somebody settled, or that you answered, is not among them.",
        })
      if (seed) await review.keepAnswer(ctx, snapshot.people, pair, { ...said, known: seed.known, decision: null, state: "nothing" })
      else await review.keepAnswer(ctx, snapshot.people, pair, { ...said, known: null, ...(await decided(ctx, pair, input)) })
      return { pair: input.pair, answer: input.answer }
    }),
})

/** Hands the answer on: as the word of the second reader where a decision on this pair waits for one, else as a decision. */
async function decided(
  ctx: Context,
  pair: review.Pair,
  input: { investigation: string; answer: "same" | "not-same" | "unsure"; reason: string; records: string[] },
): Promise<Pick<review.AnswerRow, "decision" | "state">> {
  const { investigation, reason, records } = input
  const waits = (await review.answersOf(ctx)).find((a) => a.pair === pair.id && a.state === "waits")
  if (input.answer === "unsure") return { decision: null, state: "nothing" }
  if (waits?.decision) {
    await asked(ctx, "entities.second", { investigation, decision: waits.decision, agrees: waits.answer === input.answer, reason })
    return { decision: waits.decision, state: "second" }
  }
  const made = (await asked(ctx, "entities.decide", { investigation, a: pair.a, b: pair.b, decision: input.answer, reason, records })) as {
    decision: string
    state: "in-force" | "waits"
  }
  return made
}

async function asked(ctx: Context, name: string, input: unknown): Promise<unknown> {
  const found = ctx.find(name)
  return found.run(ctx, found.input.parse(input) as never)
}

const readers = procedure({
  name: "entities.readers",
  title: "How often each reader was wrong on pairs with a known answer",
  input: z.object({ investigation: Investigation }),
  output: z.object({ readers: z.array(Rate.extend({ reader: z.string(), answered: z.number() })) }),
  needs: "grant",
  effect: "read",
  shape: "value",
  run: async (ctx) => {
    const answers = await review.answersOf(ctx)
    return {
      readers: [...Map.groupBy(answers, (a) => a.answered_by)]
        .map(([reader, own]) => ({ reader, answered: own.length, ...review.errorRate(seededOf(own)) }))
        .sort((x, y) => (x.reader < y.reader ? -1 : 1)),
    }
  },
})

export const reviewing = [queue, answer, readers]
