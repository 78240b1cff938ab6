import { z } from "zod"
import { accessClass, type Context, joinedMarking, procedure, protection } from "#access"
import { selectExhibits } from "#evidence"
import { type RecordView, recordsById } from "#records"
import { canonical, literal } from "#store"
import { Failure } from "#vocabulary/failure"
import { parseGrade, SCHEME_IDS } from "#vocabulary/grades"
import { keyedId } from "#vocabulary/ids"
import { joinMarkings, UNMARKED } from "#vocabulary/markings"
import { isProtective, STANDING_IDS, type Standing } from "#vocabulary/standing"
import { guardOf, protectsOf } from "./guard.ts"
import { Investigation, withPeople } from "./open.ts"
import type { People } from "./people.ts"
import { insertConduct, insertStanding, selectConductById, selectStandingById } from "./sql.ts"

/** A protective standing that was recorded in error may be taken back for so long, by who recorded it. Afterwards only lifting is left. */
const ERROR_HOURS = 24

/** Every identifier of an entity today, in order. Throws `invalid.entity-unknown` when there is none to see. */
export async function keysOf(people: People, entity: string): Promise<string[]> {
  const whole = await people.structure()
  const keys = await whole.all<{ key: string }>("select key from identity where entity = $1 order by key", [entity])
  if (keys.length === 0) throw new Failure("invalid.entity-unknown", "There is nobody of that id that you may see.", { at: entity })
  return keys.map((k) => k.key)
}

/**
 * The exhibits in sight that speak of one of the keys. A decision about all of them tells that they belong together: whoever may not see
 * what says so does not see the decision.
 */
export async function speakingOf(people: People, keys: readonly string[]): Promise<string[]> {
  const whole = await people.structure()
  const listed = keys.map(literal).join(",")
  const rows = await whole.all<{ exhibit: string }>(
    `select exhibit from m where key in (${listed}) union select m.exhibit from being b join m using (record) where b.key in (${listed}) order by exhibit`,
  )
  return rows.map((r) => r.exhibit)
}

/** The records named, each of which must be in sight and in scope. */
export async function restingOn(people: People, records: readonly string[]): Promise<RecordView[]> {
  if (records.length === 0) return []
  const whole = await people.structure()
  const found = await recordsById({ engine: whole }, records)
  if (found.length !== records.length)
    throw new Failure("invalid.record-unknown", "One of the records is not there, or not in your sight.", { at: "records" })
  return found
}

/**
 * The class of a decision: the join of the markings of what it rests on, so that whoever may not see the reasons does not see the
 * decision. The rest of this transaction sees a class that is made here.
 */
export async function classOf(ctx: Context, records: readonly RecordView[], more: readonly number[] = []): Promise<number> {
  const exhibits = await selectExhibits(ctx.tx, { ids: [...new Set(records.map((r) => r.exhibit))] })
  const joined = await joinedMarking(ctx.tx, [...new Set([...exhibits.map((e) => e.access_class), ...more])])
  const whole = joinMarkings(joined, { ...UNMARKED, originators: ["this node"] })
  const id = await accessClass(ctx.tx, { ...whole, investigation: ctx.investigation!.id })
  await ctx.tx.query("select set_config('linchpin.classes', $1, true)", [`{${[...new Set([...ctx.sight.classes, id])].join(",")}}`])
  return id
}

/** The classes of the exhibits in sight that speak of one of the keys. */
export const speakingClasses = async (ctx: Context, people: People, keys: readonly string[]): Promise<number[]> =>
  classesOf(ctx, await speakingOf(people, keys))

export const classesOf = async (ctx: Context, exhibits: readonly string[]): Promise<number[]> =>
  (await selectExhibits(ctx.tx, { ids: exhibits })).map((e) => e.access_class)

/** Says who decided what and when, so that it tells nothing of how many decisions there are. */
export const decisionId = (ctx: Context, input: unknown): string =>
  keyedId("dc_", ctx.store.nodeKey, ctx.investigation!.id, ctx.caller.id, ctx.at, canonical(input))

const at = z.iso.datetime({ offset: true }).optional()
const Reason = z.string().trim().min(5).max(2000)

const setStanding = procedure({
  name: "entities.set-standing",
  title: "Say what a person is in this case",
  input: z.object({
    investigation: Investigation,
    entity: z.string(),
    standing: z.enum(STANDING_IDS as [Standing, ...Standing[]]),
    event: z.string().max(200).optional().describe("the seizure event in which it holds; none = in all"),
    from: at.describe("from when it holds"),
    to: at.describe("until when it holds; protection goes on where it once was"),
    grade: z.string().max(20).default("2D").describe("how good the source is"),
    scheme: z.enum(SCHEME_IDS as [(typeof SCHEME_IDS)[number], ...(typeof SCHEME_IDS)[number][]]).default("3x5x2"),
    records: z.array(z.string()).max(50).default([]).describe("the records on which it rests"),
    reason: Reason,
  }),
  output: z.object({ decision: z.string() }),
  needs: "assess",
  effect: "decision",
  shape: "value",
  about: (input) => [input.entity],
  run: async (ctx, input) => {
    const grade = parseGrade(input.grade, input.scheme)
    const [from, to] = [input.from, input.to].map((t) => (t === undefined ? null : new Date(t)))
    if (from && to && from >= to) throw new Failure("invalid.period", "The period ends before it begins.", { at: "to" })
    const { keys, records, exhibits } = await withPeople(ctx, async (people) => {
      const all = await keysOf(people, input.entity)
      return { keys: all, exhibits: await speakingOf(people, all), records: await restingOn(people, input.records) }
    })
    const id = decisionId(ctx, input)
    const investigation = ctx.investigation!.id
    await insertStanding(ctx.tx, investigation, {
      id,
      access_class: await classOf(ctx, records, await classesOf(ctx, exhibits)),
      keys,
      standing: input.standing,
      event: input.event ?? null,
      from_at: from ?? null,
      to_at: to ?? null,
      grade_scheme: grade.scheme,
      grade_code: grade.code,
      records: input.records,
      reason: input.reason,
      decided_by: ctx.caller.id,
      decided_at: new Date(ctx.at),
      withdraws: null,
    })
    if (isProtective(input.standing))
      await protection.protect(
        ctx.tx,
        protection.decisionSource(ctx.store.nodeKey, investigation, id),
        keys.map((key) => ({ person: guardOf(ctx.store, investigation, key), protects: protectsOf(input.standing) })),
        new Date(ctx.at),
      )
    return { decision: id }
  },
})

const withdrawStanding = procedure({
  name: "entities.withdraw-standing",
  title: "Withdraw a standing that was stated: by another decision, with its reason",
  input: z.object({ investigation: Investigation, decision: z.string(), reason: Reason }),
  output: z.object({ decision: z.string() }),
  needs: "assess",
  effect: "decision",
  shape: "value",
  about: (input) => [input.decision],
  run: async (ctx, input) => {
    const investigation = ctx.investigation!.id
    const was = await selectStandingById(ctx.tx, investigation, input.decision)
    if (!was || was.withdraws !== null)
      throw new Failure("invalid.decision-unknown", "There is no standing of that id that you may see.", { at: "decision" })
    const protective = STANDING_IDS.some((s) => s === was.standing && isProtective(s))
    const young = ctx.at - was.decided_at.getTime() < ERROR_HOURS * 3_600_000
    if (protective && !(was.decided_by === ctx.caller.id && young))
      throw new Failure(
        "refused.protective-standing",
        "A standing that protects is taken back only as an error, within a day, by who recorded it.",
        {
          at: "decision",
          hint: "Protection is lifted by two people of different teams, for one person, with recorded answers.",
        },
      )
    const id = decisionId(ctx, input)
    const done = await inSavepoint(ctx, () =>
      insertStanding(ctx.tx, investigation, {
        ...was,
        id,
        reason: input.reason,
        decided_by: ctx.caller.id,
        decided_at: new Date(ctx.at),
        withdraws: was.id,
      }),
    )
    if (!done) throw new Failure("conflict.withdrawn", "That was withdrawn already.", { at: "decision", hint: "Look again." })
    if (protective)
      await protection.endProtection(
        ctx.tx,
        protection.decisionSource(ctx.store.nodeKey, investigation, was.id),
        was.keys.map((key) => guardOf(ctx.store, investigation, key)),
        new Date(ctx.at),
      )
    return { decision: id }
  },
})

/** False when a unique index says that it was done before; the transaction goes on. */
export async function inSavepoint(ctx: Context, run: () => Promise<void>): Promise<boolean> {
  await ctx.tx.query("savepoint withdrawal")
  try {
    await run()
    return true
  } catch (error) {
    if ((error as { code?: string }).code !== "23505") throw error
    await ctx.tx.query("rollback to savepoint withdrawal")
    return false
  }
}

const assertConduct = procedure({
  name: "entities.assert-conduct",
  title: "State that somebody took part in facilitation, with your reasoning",
  input: z.object({
    investigation: Investigation,
    entity: z.string(),
    conduct: z.string().trim().min(3).max(60),
    stage: z.number().int().min(1).max(10).optional(),
    reasoning: z.string().trim().min(20).max(4000),
    records: z.array(z.string()).min(1).max(50).describe("the records on which it rests"),
  }),
  output: z.object({ assertion: z.string() }),
  needs: "assess",
  effect: "decision",
  shape: "value",
  about: (input) => [input.entity],
  run: async (ctx, input) => {
    const id = decisionId(ctx, input)
    const { keys, records, exhibits } = await withPeople(ctx, async (people) => {
      if ((await people.engine.all("select entity from hidden where entity = $1", [input.entity])).length > 0)
        throw new Failure("refused.protected", "This person is protected: no conduct is asserted of them here.", {
          at: input.entity,
          hint: "Protection is lifted by two people of different teams, for one person, with recorded answers.",
        })
      const all = await keysOf(people, input.entity)
      return { keys: all, exhibits: await speakingOf(people, all), records: await restingOn(people, input.records) }
    })
    await insertConduct(ctx.tx, ctx.investigation!.id, {
      id,
      access_class: await classOf(ctx, records, await classesOf(ctx, exhibits)),
      keys,
      conduct: input.conduct,
      stage: input.stage ?? null,
      reasoning: input.reasoning,
      records: input.records,
      asserted_by: ctx.caller.id,
      asserted_at: new Date(ctx.at),
      withdraws: null,
    })
    return { assertion: id }
  },
})

const withdrawConduct = procedure({
  name: "entities.withdraw-conduct",
  title: "Withdraw a conduct that was asserted: by another decision, with its reason",
  input: z.object({ investigation: Investigation, assertion: z.string(), reason: Reason }),
  output: z.object({ assertion: z.string() }),
  needs: "assess",
  effect: "decision",
  shape: "value",
  about: (input) => [input.assertion],
  run: async (ctx, input) => {
    const investigation = ctx.investigation!.id
    const was = await selectConductById(ctx.tx, investigation, input.assertion)
    if (!was || was.withdraws !== null)
      throw new Failure("invalid.assertion-unknown", "There is no assertion of that id that you may see.", { at: "assertion" })
    const id = decisionId(ctx, input)
    const done = await inSavepoint(ctx, () =>
      insertConduct(ctx.tx, investigation, {
        ...was,
        id,
        reasoning: input.reason,
        asserted_by: ctx.caller.id,
        asserted_at: new Date(ctx.at),
        withdraws: was.id,
      }),
    )
    if (!done) throw new Failure("conflict.withdrawn", "That was withdrawn already.", { at: "assertion", hint: "Look again." })
    return { assertion: id }
  },
})

export const decisions = [setStanding, withdrawStanding, assertConduct, withdrawConduct]
