import { z } from "zod"
import { accessClass, type Context, procedure } from "#access"
import { label, openPeople, type People } from "#entities"
import { Failure } from "#vocabulary/failure"
import { randomId } from "#vocabulary/ids"
import { UNMARKED } from "#vocabulary/markings"
import { methodText } from "./method.ts"
import { answerContest, type ContestRow, insertContest, selectContests, selectDeciders } from "./sql.ts"

const Investigation = z.string().describe("name or id")

async function withPeople<T>(ctx: Context, run: (people: People) => Promise<T>): Promise<T> {
  const people = await openPeople({
    store: ctx.store,
    classes: ctx.sight.classes,
    investigation: ctx.investigation!.id,
    digest: ctx.sight.digest,
  })
  try {
    return await run(people)
  } finally {
    people.close()
  }
}

/** The identifiers of whoever it is, protected people too: they hold a contest to its person and are not shown. */
async function keysOf(people: People, entity: string): Promise<string[]> {
  const whole = await people.structure()
  const rows = await whole.all<{ key: string }>("select key from identity where entity = $1 order by key", [entity])
  if (rows.length === 0) throw new Failure("invalid.entity-unknown", "There is nobody of that id that you may see.", { at: entity })
  return rows.map((r) => r.key)
}

const Contest = z.object({
  id: z.string(),
  entity: z.string().describe("whoever bears the identifier today"),
  about: z.enum(["standing", "attribution", "conduct"]),
  target: z.string().nullable(),
  party: z.enum(["person", "defence", "colleague"]),
  reason: z.string(),
  raisedAt: z.string(),
  raisedBy: z.string(),
  state: z.enum(["open", "answered"]),
  outcome: z.enum(["upheld", "changed", "partly"]).nullable(),
  answer: z.string().nullable(),
  answeredBy: z.string().nullable(),
  answeredAt: z.string().nullable(),
})

const view = (c: ContestRow, entity: string, masked: boolean): z.input<typeof Contest> => ({
  id: c.id,
  entity,
  about: c.about,
  // A protected person's identifier is shown nowhere.
  target: masked ? null : c.target,
  party: c.party,
  reason: c.reason,
  raisedAt: c.raised_at.toISOString(),
  raisedBy: c.raised_by,
  state: c.answered_at === null ? "open" : "answered",
  outcome: c.outcome,
  answer: c.answer,
  answeredBy: c.answered_by,
  answeredAt: c.answered_at?.toISOString() ?? null,
})

const raise = procedure({
  name: "safeguards.contest",
  title: "Contest what somebody is said to be, to own or to have done",
  input: z.object({
    investigation: Investigation,
    entity: z.string(),
    about: Contest.shape.about,
    target: z.string().max(200).optional().describe("the identifier, decision or assertion that is contested"),
    party: Contest.shape.party.describe("who contests"),
    reason: z.string().trim().min(10).max(4000),
  }),
  output: z.object({ contest: z.string() }),
  needs: "look",
  effect: "decision",
  shape: "value",
  about: (input) => [input.entity],
  run: async (ctx, input) => {
    const { keys, masked } = await withPeople(ctx, async (people) => ({
      keys: await keysOf(people, input.entity),
      masked: (await label(people, [input.entity])).get(input.entity)?.masked ?? true,
    }))
    // Of a protected person no identifier is asked for: a yes or no to a number would tell that it is his.
    const target = masked ? undefined : input.target
    if (input.about === "attribution" && !masked && (target === undefined || !keys.includes(target)))
      throw new Failure("invalid.target", "Say which identifier is not his.", {
        at: "target",
        hint: "entities show lists the identifiers, each with its type: phone:+44….",
      })
    const id = randomId("ct_")
    const investigation = ctx.investigation!.id
    const own = await accessClass(ctx.tx, { ...UNMARKED, investigation, originators: ["this node"] })
    await ctx.tx.query("select set_config('linchpin.classes', $1, true)", [`{${[...new Set([...ctx.sight.classes, own])].join(",")}}`])
    await insertContest(ctx.tx, {
      id,
      investigation,
      access_class: own,
      // Of an attribution the identifier itself: whose it is, is the question.
      key: input.about === "attribution" && target !== undefined ? target : keys[0]!,
      entity: input.entity,
      about: input.about,
      target: target ?? null,
      party: input.party,
      reason: input.reason,
      raised_by: ctx.caller.id,
      raised_at: new Date(ctx.at),
    })
    return { contest: id }
  },
})

const list = procedure({
  name: "safeguards.contests",
  title: "What is contested, and what was answered",
  input: z.object({ investigation: Investigation, entity: z.string().optional().describe("of this person only") }),
  output: z.array(Contest),
  needs: "look",
  effect: "read",
  shape: "value",
  about: (input) => (input.entity ? [input.entity] : []),
  run: async (ctx, { entity }) => {
    const rows = await ctx.store.register.transaction((tx) => selectContests(tx, ctx.investigation!.id), ctx.sight.classes)
    ctx.rests(rows.map((r) => r.access_class))
    if (rows.length === 0) return []
    return withPeople(ctx, async (people) => {
      const bearers = new Map(
        (await (await people.structure()).all<{ key: string; entity: string }>("select key, entity from identity")).map((r) => [
          r.key,
          r.entity,
        ]),
      )
      const of = rows.map((c) => ({ row: c, bearer: bearers.get(c.key) ?? c.entity }))
      const named = await label(
        people,
        of.map((c) => c.bearer),
      )
      return of
        .filter((c) => entity === undefined || c.bearer === entity)
        .map((c) => view(c.row, c.bearer, named.get(c.bearer)?.masked ?? true))
    })
  },
})

const answer = procedure({
  name: "safeguards.answer-contest",
  title: "Answer a contest; never whoever decided, nor whoever contests",
  input: z.object({
    investigation: Investigation,
    contest: z.string(),
    outcome: z.enum(["upheld", "changed", "partly"]).describe("upheld: what was decided stays; changed: it was changed"),
    answer: z.string().trim().min(20).max(4000).describe("what was looked at, and why"),
  }),
  output: Contest,
  needs: "assess",
  effect: "decision",
  shape: "value",
  about: (input) => [input.contest],
  run: async (ctx, input) => {
    const investigation = ctx.investigation!.id
    const found = (await selectContests(ctx.tx, investigation)).find((c) => c.id === input.contest)
    if (!found) throw new Failure("invalid.contest-unknown", "There is no contest of that id here.", { at: "contest" })
    if (found.answered_at) throw new Failure("conflict.contest-answered", "This contest was answered.", { at: found.id })
    const { entity, keys, masked } = await withPeople(ctx, async (people) => {
      const [bearer] = await (await people.structure()).all<{ entity: string }>("select entity from identity where key = $1", [found.key])
      if (!bearer) return { entity: found.entity, keys: [found.key], masked: true }
      const masked = (await label(people, [bearer.entity])).get(bearer.entity)?.masked ?? true
      return { entity: bearer.entity, keys: await keysOf(people, bearer.entity), masked }
    })
    const deciders = await selectDeciders(ctx.tx, investigation, found.about, keys)
    if (deciders.includes(ctx.caller.id) || found.raised_by === ctx.caller.id)
      throw new Failure("refused.own-decision", "Whoever decided or contests does not answer the contest.", {
        at: found.id,
        hint: "Ask a colleague who took no part in it.",
      })
    await answerContest(ctx.tx, found.id, { by: ctx.caller.id, at: new Date(ctx.at), outcome: input.outcome, answer: input.answer })
    return view((await selectContests(ctx.tx, investigation)).find((c) => c.id === found.id)!, entity, masked)
  },
})

const method = procedure({
  name: "safeguards.method",
  title: "For the defence: the method, its parameters, and every fact it used about one person",
  input: z.object({ investigation: Investigation, entity: z.string() }),
  output: z.object({ text: z.string(), facts: z.number() }),
  needs: "export",
  effect: "read",
  shape: "value",
  entry: "disclosure",
  recipients: () => ["defence"],
  show: (o) => o.text,
  about: (input) => [input.entity],
  run: async (ctx, { entity }) => {
    const contests = await ctx.store.register.transaction((tx) => selectContests(tx, ctx.investigation!.id), ctx.sight.classes)
    return withPeople(ctx, async (people) => {
      const keys = new Set(await keysOf(people, entity))
      return methodText(people, entity, {
        at: new Date(ctx.at).toISOString(),
        contests: contests.filter((c) => keys.has(c.key)),
      })
    })
  },
})

export const contestProcedures = [raise, list, answer, method]
