import { z } from "zod"
import { answeredBy, answerOf, askCleared, type Context, type Over, procedure, protection } from "#access"
import { append, type Json } from "#journal"
import { type Engine, literal } from "#store"
import { Failure } from "#vocabulary/failure"
import { type Grade, isWeak, readGrade } from "#vocabulary/grades"
import { keyedId } from "#vocabulary/ids"
import { LIFT_DAYS } from "#vocabulary/standing"
import type { Conduct } from "./conduct/act-row.ts"
import { classOf, decisionId, keysOf, restingOn } from "./decisions.ts"
import {
  insertCount,
  insertLifting,
  insertStep,
  type LiftingCountRow,
  type LiftingRow,
  type LiftingStepRow,
  selectCounts,
  selectLifting,
  selectLiftingsOn,
  selectSteps,
} from "./lifting-rows.ts"
import { masker } from "./masker.ts"
import { Investigation, withPeople } from "./open.ts"
import { GRADE_OF_RECORD } from "./origins.ts"
import { openPeople, type People } from "./people.ts"
import { selectStandingHistory } from "./sql.ts"
import { heldOf } from "./standing.ts"

const DAY_MS = 86_400_000
const Reason = z.string().trim().min(20).max(2000)

/** Steering is not among them: it is an act in an event and no reason for anything here. */
const CONDUCTS: [Conduct, ...Conduct[]] = [
  "organises",
  "finances",
  "is-paid",
  "holds-deposits",
  "supplies",
  "forges",
  "transports",
  "shelters",
  "recruits",
  "advertises",
  "launders",
  "coerces",
]

/** What was found out about the person before protection may be lifted, and by whom. What is not known, blocks. */
const answered = <A extends string>(answers: readonly [A, ...A[]]) =>
  z.object({
    answer: z.enum(answers),
    text: z.string().trim().min(10).max(2000).describe("what this rests on"),
    by: z.string().trim().min(2).max(200).describe("who assessed it"),
  })

const Answers = {
  age: answered(["adult", "child-or-disputed", "unknown"]).describe("is the person an adult beyond dispute?"),
  trafficking: answered(["none-found", "signs", "unknown"]).describe("are there signs of trafficking?"),
  compulsion: answered(["none-found", "signs", "unknown"]).describe("are there signs of compulsion?"),
}

const Proposal = z.object({
  investigation: Investigation,
  entity: z.string(),
  conduct: z
    .array(z.object({ record: z.string(), conduct: z.enum(CONDUCTS), shows: z.string().trim().min(10).max(1000) }))
    .min(2)
    .max(20)
    .describe("records of conduct, from different exhibits, and what each shows"),
  ...Answers,
  reason: Reason,
})

const notLifted = (code: `refused.${string}`, message: string, at: string): Failure =>
  new Failure(code, message, {
    at,
    hint: "Protection is lifted for adults only, on two or more records of conduct from different exhibits, with every answer known.",
  })

/** One sentence for every child, here or elsewhere: it tells not who holds the person to be one. */
const ofChildren = (entity: string): Failure =>
  new Failure("refused.never-lifted", "This person's protection cannot be lifted.", {
    at: entity,
    hint: "Protection of a child, or of somebody whose age is disputed, is never lifted.",
  })

async function mustBeHidden(people: People, entity: string): Promise<void> {
  await keysOf(people, entity)
  if ((await people.engine.all("select entity from hidden where entity = $1", [entity])).length === 0)
    throw new Failure("invalid.not-protected", "Nothing protects this person, or it is lifted already.", { at: entity })
}

/**
 * How many things that say it independently of each other the records come from, when all of them are in sight, about the person, graded
 * and not weak; null when anything is wanting. Files of one phone are one thing, and so are reports with one report at their root.
 */
async function sourcesOf(people: People, entity: string, records: readonly string[]): Promise<number | null> {
  const whole = await people.structure()
  const rows = await whole.all<{ record: string; source: string; grade: string | null }>(
    `with about as (
       select m.record from m join identity i using (key) where i.entity = $1
       union select b.record from being b join identity i using (key) where i.entity = $1)
     select distinct m.record, coalesce('root:' || root.root, o.item) as source, ${GRADE_OF_RECORD} as grade
     from m join origin o using (exhibit) left join "intelligence-report" r on r.id = m.record left join report_root root on root.record = m.record
     where m.record in (${records.map(literal).join(",")}) and m.record in (select record from about) order by all`,
    [entity],
  )
  const sound = new Set(rows.flatMap((r) => (isSound(readGrade(r.grade)) ? [r.record] : [])))
  const wanted = new Set(records)
  return wanted.size === records.length && records.every((r) => sound.has(r)) ? new Set(rows.map((r) => r.source)).size : null
}

const isSound = (grade: Grade | null): boolean => grade !== null && !isWeak(grade)

/** What is held about the person over the sight given, in words of ours: the question under a lifting. */
async function heldOver(over: Over, input: z.infer<typeof Proposal>): Promise<Json> {
  if (!over.investigation) return null
  const { store, sight, investigation } = over
  const people = await openPeople({ store, classes: sight.classes, investigation: investigation.id, digest: sight.digest })
  try {
    const whole = await people.structure()
    // Under a wider sight the person may be part of a greater whole: an entity's id is the hash of one of its keys.
    const root = (await whole.all<{ key: string; entity: string }>("select key, entity from identity order by key")).find(
      ({ key }) => keyedId("en_", store.nodeKey, key) === input.entity,
    )
    if (!root) return null
    const keys = await keysOf(people, root.entity)
    const held = await heldOf(whole, root.entity)
    const standings = await whole.all<{ standing: string; source: string }>(
      "select distinct standing, source from standing where entity = $1 order by all",
      [root.entity],
    )
    const elsewhere = await store.register.transaction((tx) => selectStandingHistory(tx, null, keys), sight.classes)
    const undone = new Set(elsewhere.map((d) => d.withdraws))
    const conduct = await whole.all<{ conduct: string; rule: string; strength: number }>(
      "select conduct, rule, strength from conduct where entity = $1 order by all",
      [root.entity],
    )
    return {
      child: held.child,
      identifiers: keys.length,
      standings: standings.map(({ standing, source }) => ({ standing, source })),
      decisions: elsewhere
        .filter((d) => d.withdraws === null && !undone.has(d.id))
        .map((d) => ({ standing: d.standing, reason: d.reason, here: d.investigation === investigation.id })),
      conduct: conduct.map(({ conduct: of, rule, strength }) => ({ conduct: of, rule, strength })),
    }
  } finally {
    people.close()
  }
}

const Told = z.enum(["waiting", "lapsed", "proceed", "stop", "see-me"])

const propose = procedure({
  name: "entities.propose-lifting",
  title: "Propose that one person's protection is lifted for 28 days; another team and the cleared officer must agree",
  input: Proposal,
  output: z.object({ lifting: z.string(), officer: Told.describe("the word of the cleared officer, asked over all holdings") }),
  needs: "lift",
  effect: "decision",
  shape: "value",
  about: (input) => [input.entity],
  question: heldOver,
  run: async (ctx, input) => {
    const { entity } = input
    const records = input.conduct.map((c) => c.record)
    const { keys, held, found, blind, sources, standing } = await withPeople(ctx, async (people) => {
      await mustBeHidden(people, entity)
      for (const field of ["age", "trafficking", "compulsion"] as const) {
        const { answer } = input[field]
        if (answer === "unknown") throw notLifted("refused.answer-unknown", "What is not known keeps protection in force.", field)
        if (answer !== "adult" && answer !== "none-found")
          throw notLifted("refused.answer-protects", "What was found keeps protection in force.", field)
      }
      const whole = await people.structure()
      const statements = await heldOf(whole, entity)
      if (statements.child) throw ofChildren(entity)
      const independent = await sourcesOf(people, entity, records)
      if (independent === null || independent < 2) {
        await writeRefusal(ctx, entity)
        // Not which record fails, and how: that would tell whom a record is about.
        throw notLifted(
          "refused.lifting-evidence",
          "These are not two or more records about this person, in your sight, from different exhibits that do not rest on each other, graded and not weak.",
          "conduct",
        )
      }
      const [hidden] = await people.engine.all<{ standing: string | null }>("select standing from hidden where entity = $1", [entity])
      return {
        keys: await keysOf(people, entity),
        held: statements,
        found: await restingOn(people, records),
        blind: (await masker(people)).text(input.reason),
        sources: independent,
        standing: hidden?.standing ?? null,
      }
    })
    const told = await askCleared(ctx, { procedure: "entities.propose-lifting", input: input as unknown as Record<string, Json> })
    const id = decisionId(ctx, input)
    const investigation = ctx.investigation!.id
    const about = await selectStandingHistory(ctx.tx, investigation, keys)
    await insertLifting(ctx.tx, investigation, {
      id,
      access_class: await classOf(
        ctx,
        found,
        about.map((d) => d.access_class),
      ),
      entity,
      keys,
      covers: held.covers,
      conduct: input.conduct,
      answers: { age: input.age, trafficking: input.trafficking, compulsion: input.compulsion },
      reason: input.reason,
      rerun: told.rerun,
      proposed_by: ctx.caller.id,
      proposed_at: new Date(ctx.at),
    })
    await insertCount(ctx.tx, investigation, {
      ...whoever(ctx),
      lifting: id,
      step: "proposed",
      standing,
      reason: blind,
      records: records.length,
      exhibits: sources,
      until: null,
    })
    return { lifting: id, officer: told.state }
  },
})

/** A failed decision leaves nothing: that somebody tried records against a protected person is kept nevertheless. */
async function writeRefusal(ctx: Context, entity: string): Promise<void> {
  await append(ctx.store.register.read, {
    kind: "consultation",
    actor: ctx.caller.id,
    at: ctx.at,
    investigation: ctx.investigation!.id,
    procedure: "entities.propose-lifting",
    payload: { refused: "refused.lifting-evidence", about: [entity] },
  })
}

const whoever = (ctx: Context) => ({
  team: ctx.caller.team,
  organisation: ctx.caller.organisation,
  done_by: ctx.caller.id,
  done_at: new Date(ctx.at),
})

async function liftingOf(ctx: Context, id: string): Promise<{ row: LiftingRow; steps: LiftingStepRow[] }> {
  const row = await selectLifting(ctx.tx, ctx.investigation!.id, id)
  if (!row) throw new Failure("invalid.lifting-unknown", "There is no lifting of that id that you may see.", { at: "lifting" })
  return { row, steps: await selectSteps(ctx.tx, [id]) }
}

const second = procedure({
  name: "entities.second-lifting",
  title: "Second a lifting as a person of another team: the protection is lifted in this investigation, for 28 days",
  input: z.object({ investigation: Investigation, lifting: z.string(), reason: Reason }),
  output: z.object({ lifting: z.string(), until: z.string() }),
  needs: "lift",
  effect: "decision",
  shape: "value",
  about: (input) => [input.lifting],
  run: async (ctx, input) => {
    const { row, steps } = await liftingOf(ctx, input.lifting)
    if (steps.length > 0)
      throw new Failure("conflict.lifting-settled", "This was seconded or ended before.", {
        at: "lifting",
        hint: "To lift again, propose it anew: nothing is renewed without the whole procedure.",
      })
    const proposer = (await selectCounts(ctx.tx, [row.id])).find((c) => c.step === "proposed")!
    if (row.proposed_by === ctx.caller.id || ctx.caller.team === "" || proposer.team === "" || proposer.team === ctx.caller.team)
      throw new Failure("refused.second-person", "A lifting is seconded by another person, of another team.", {
        at: "lifting",
        hint: "Ask somebody of another team who may lift.",
      })
    const told = row.rerun === null ? null : await answerOf(ctx.tx, row.rerun, ctx.at)
    if (row.rerun !== null && (await answeredBy(ctx.store, row.rerun, ctx.caller.id)))
      throw new Failure("refused.second-person", "Whoever answered for all holdings does not second the lifting too.", {
        at: "lifting",
        hint: "Ask somebody of another team who may lift.",
      })
    if (told?.state !== "proceed")
      throw new Failure("refused.cleared-officer", "The cleared officer, asked over all holdings, has not answered: proceed.", {
        at: "lifting",
        hint: "Wait for the answer, or see the officer.",
      })
    const blind = await withPeople(ctx, async (people) => {
      await mustBeHidden(people, row.entity)
      await restingOn(
        people,
        row.conduct.map((c) => c.record),
      )
      const held = await heldOf(await people.structure(), row.entity)
      if (held.child) throw ofChildren(row.entity)
      if (held.covers.some((c) => !row.covers.includes(c)))
        throw new Failure("conflict.protection-moved", "More protects this person than when the lifting was proposed.", {
          at: "lifting",
          hint: "Look at it again, and propose it anew.",
        })
      return (await masker(people)).text(input.reason)
    })
    const investigation = ctx.investigation!.id
    const until = new Date(ctx.at + LIFT_DAYS * DAY_MS)
    await insertStep(ctx.tx, {
      id: decisionId(ctx, input),
      lifting: row.id,
      access_class: row.access_class,
      step: "seconded",
      reason: input.reason,
      done_by: ctx.caller.id,
      done_at: new Date(ctx.at),
      until,
    })
    await insertCount(ctx.tx, investigation, {
      ...whoever(ctx),
      lifting: row.id,
      step: "seconded",
      standing: null,
      reason: blind,
      records: null,
      exhibits: null,
      until,
    })
    await protection.lapseAt(ctx.tx, protection.decisionSource(ctx.store.nodeKey, investigation, row.id), until)
    return { lifting: row.id, until: until.toISOString() }
  },
})

const end = procedure({
  name: "entities.end-lifting",
  title: "End a lifting, or take back a proposal: protection holds again at once",
  input: z.object({ investigation: Investigation, lifting: z.string(), reason: z.string().trim().min(5).max(2000) }),
  output: z.object({ lifting: z.string() }),
  needs: "lift",
  effect: "decision",
  shape: "value",
  about: (input) => [input.lifting],
  run: async (ctx, input) => {
    const { row, steps } = await liftingOf(ctx, input.lifting)
    if (steps.some((s) => s.step === "ended")) throw new Failure("conflict.lifting-ended", "This was ended before.", { at: "lifting" })
    const investigation = ctx.investigation!.id
    const blind = await withPeople(ctx, async (people) => {
      // From now on the name is hidden again, so that it is taken out of what oversight reads.
      const whole = await people.structure()
      return (await masker(people, await keysInView(whole, row.keys))).text(input.reason)
    })
    await insertStep(ctx.tx, {
      id: decisionId(ctx, input),
      lifting: row.id,
      access_class: row.access_class,
      step: "ended",
      reason: input.reason,
      done_by: ctx.caller.id,
      done_at: new Date(ctx.at),
      until: null,
    })
    await insertCount(ctx.tx, investigation, {
      ...whoever(ctx),
      lifting: row.id,
      step: "ended",
      standing: null,
      reason: blind,
      records: null,
      exhibits: null,
      until: null,
    })
    await protection.lapseAt(ctx.tx, protection.decisionSource(ctx.store.nodeKey, investigation, `${row.id} ended`), new Date(ctx.at))
    return { lifting: row.id }
  },
})

const keysInView = async (whole: Engine, keys: readonly string[]): Promise<string[]> =>
  (
    await whole.all<{ entity: string }>(
      `select distinct entity from identity where key in (${keys.map(literal).join(",")}) order by entity`,
    )
  ).map((e) => e.entity)

const STATES = ["waiting for the officer", "stopped by the officer", "waiting for a second", "in force", "lapsed", "ended"] as const
type State = (typeof STATES)[number]

function stateOf(steps: readonly { step: string; until: Date | null }[], officer: z.infer<typeof Told> | null, at: number): State {
  if (steps.some((s) => s.step === "ended")) return "ended"
  const until = steps.find((s) => s.step === "seconded")?.until
  if (until) return until.getTime() > at ? "in force" : "lapsed"
  return officer === "proceed"
    ? "waiting for a second"
    : officer === "stop" || officer === "see-me"
      ? "stopped by the officer"
      : "waiting for the officer"
}

const Step = z.object({ by: z.string(), team: z.string(), organisation: z.string(), at: z.string(), reason: z.string() })

export const LiftingView = z.object({
  lifting: z.string(),
  state: z.enum(STATES),
  officer: Told.nullable(),
  conduct: z.array(z.object({ record: z.string(), conduct: z.string(), shows: z.string() })),
  answers: z.record(z.string(), z.object({ answer: z.string(), text: z.string(), by: z.string() })),
  proposed: Step,
  seconded: Step.extend({ until: z.string() }).nullable(),
  ended: Step.nullable(),
})

/** Liftings of whoever bears or bore these keys, as far as the sight shows them, oldest first. */
export async function liftingsOf(ctx: Context, keys: readonly string[]): Promise<z.infer<typeof LiftingView>[]> {
  return ctx.store.register.transaction(async (tx) => {
    const rows = await selectLiftingsOn(tx, ctx.investigation!.id, keys)
    const ids = rows.map((r) => r.id)
    const steps = await selectSteps(tx, ids)
    const counts = await selectCounts(tx, ids)
    const out: z.infer<typeof LiftingView>[] = []
    for (const row of rows) {
      const officer = row.rerun === null ? null : ((await answerOf(tx, row.rerun, ctx.at))?.state ?? null)
      const own = steps.filter((s) => s.lifting === row.id)
      const step = (name: "proposed" | "seconded" | "ended", reason: string | undefined) => {
        const c = counts.find((one) => one.lifting === row.id && one.step === name)
        return c && reason !== undefined
          ? { by: c.done_by, team: c.team, organisation: c.organisation, at: c.done_at.toISOString(), reason }
          : null
      }
      const seconded = own.find((s) => s.step === "seconded")
      const signed = step("seconded", seconded?.reason)
      out.push({
        lifting: row.id,
        state: stateOf(own, officer, ctx.at),
        officer,
        conduct: row.conduct,
        answers: row.answers,
        proposed: step("proposed", row.reason)!,
        seconded: signed && { ...signed, until: seconded!.until!.toISOString() },
        ended: step("ended", own.find((s) => s.step === "ended")?.reason),
      })
    }
    return out
  }, ctx.sight.classes)
}

const list = procedure({
  name: "entities.liftings",
  title: "For oversight: every lifting of protection with its reasons, without names",
  input: z.object({}),
  output: z.object({
    counts: z.object({ proposed: z.number(), seconded: z.number(), inForce: z.number(), lapsed: z.number(), ended: z.number() }),
    liftings: z.array(
      z.object({
        lifting: z.string(),
        state: z.enum(["proposed", "in force", "lapsed", "ended"]),
        standing: z.string().nullable().describe("what protected the person; null: recorded elsewhere"),
        records: z.number(),
        exhibits: z.number(),
        proposed: Step,
        seconded: Step.extend({ until: z.string() }).nullable(),
        ended: Step.nullable(),
      }),
    ),
  }),
  needs: "oversee",
  effect: "read",
  shape: "value",
  run: async (ctx) => {
    const all = await selectCounts(ctx.tx, null)
    const step = (c: LiftingCountRow) => ({
      by: c.done_by,
      team: c.team,
      organisation: c.organisation,
      at: c.done_at.toISOString(),
      reason: c.reason,
    })
    const liftings = [...Map.groupBy(all, (c) => c.lifting)].map(([lifting, steps]) => {
      const of = (name: string) => steps.find((s) => s.step === name)
      const [proposed, seconded, ended] = [of("proposed")!, of("seconded"), of("ended")]
      const state: "proposed" | "in force" | "lapsed" | "ended" = ended
        ? "ended"
        : !seconded
          ? "proposed"
          : seconded.until!.getTime() > ctx.at
            ? "in force"
            : "lapsed"
      return {
        lifting,
        state,
        standing: proposed.standing,
        records: proposed.records ?? 0,
        exhibits: proposed.exhibits ?? 0,
        proposed: step(proposed),
        seconded: seconded ? { ...step(seconded), until: seconded.until!.toISOString() } : null,
        ended: ended ? step(ended) : null,
      }
    })
    const count = (state: string) => liftings.filter((l) => l.state === state).length
    return {
      counts: {
        proposed: liftings.length,
        seconded: liftings.filter((l) => l.seconded !== null).length,
        inForce: count("in force"),
        lapsed: count("lapsed"),
        ended: count("ended"),
      },
      liftings,
    }
  },
})

export const liftings = [propose, second, end, list]
