import { z } from "zod"
import { type Context, procedure } from "#access"
import { type ExhibitRow, type ItemRow, selectExhibits, selectItems } from "#evidence"
import { Failure } from "#vocabulary/failure"
import { keyedId } from "#vocabulary/ids"
import { itemsWithChildrenUnderTen } from "./children.ts"
import { type Clock, clockOf, keepAtMost } from "./clock.ts"
import { GROUP_IDS, MOPI_GROUPS, SCHEDULE } from "./schedule.ts"
import { insertReview, type ReviewRow, selectReviews } from "./sql.ts"

const Investigation = z.string().describe("name or id")
const day = (at: Date): string => at.toISOString().slice(0, 10)

/** Kinds whose rows are what somebody assessed or was told: personal assessments are kept apart from facts (DPA 2018 s.38(2)). */
const ASSESSMENTS = new Set(["intelligence-report", "debrief", "statement"])

const Review = z.object({
  id: z.string(),
  item: z.string(),
  decision: z.enum(["keep", "destroy", "hand-back"]),
  keepUntil: z.string().nullable(),
  group: z.string().nullable(),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
})

const reviewView = (r: ReviewRow): z.infer<typeof Review> => ({
  id: r.id,
  item: r.item,
  decision: r.decision,
  keepUntil: r.keep_until && day(r.keep_until),
  group: r.grouped,
  reason: r.reason,
  by: r.decided_by,
  at: r.decided_at.toISOString(),
})

const Due = z.object({
  item: z.string(),
  reference: z.string().nullable(),
  title: z.string().nullable(),
  kind: z.string(),
  power: z.string().nullable(),
  takenInAt: z.string(),
  group: z.enum(GROUP_IDS),
  groupTitle: z.string(),
  source: z.string(),
  basis: z.enum(["law", "own"]),
  reviewBy: z.string(),
  state: z.enum(["running", "due", "destroy", "hand-back"]),
  overdueDays: z.number(),
  childUnderTen: z.boolean().describe("a row gives a birth date of a child under 10"),
  facts: z.number().describe("rows of what was recorded"),
  assessments: z.number().describe("rows of what somebody assessed or was told"),
  last: Review.nullable(),
})

const schedule = procedure({
  name: "retention.schedule",
  title: "How long what may be kept before somebody must look at it again, and where that is written",
  input: z.object({}),
  output: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      from: z.string(),
      period: z.object({ years: z.number().optional(), months: z.number().optional(), days: z.number().optional() }),
      source: z.string(),
      basis: z.enum(["law", "own"]),
    }),
  ),
  needs: "own",
  effect: "read",
  shape: "value",
  run: async () => SCHEDULE.map((line) => ({ ...line })),
})

const underSight = <T>(ctx: Context, run: (tx: Context["tx"]) => Promise<T>): Promise<T> =>
  ctx.store.register.transaction(run, ctx.sight.classes)

async function clocks(ctx: Context): Promise<{ item: ItemRow; exhibits: ExhibitRow[]; clock: Clock }[]> {
  const investigation = ctx.investigation!.id
  return underSight(ctx, async (tx) => {
    const exhibits = Map.groupBy(await selectExhibits(tx, { investigation }), (e) => e.item)
    const reviews = Map.groupBy(await selectReviews(tx, investigation), (r) => r.item)
    return (await selectItems(tx, { investigation })).map((item) => {
      const own = exhibits.get(item.id) ?? []
      return { item, exhibits: own, clock: clockOf(item, formatsOf(own), reviews.get(item.id) ?? [], ctx.at) }
    })
  })
}

const formatsOf = (exhibits: readonly ExhibitRow[]): string[] => exhibits.flatMap((e) => e.format?.split(", ") ?? [])

const due = procedure({
  name: "retention.due",
  title: "What must be reviewed, by when; what was to be destroyed or handed back and is still here",
  input: z.object({
    investigation: Investigation,
    within: z.number().int().min(0).max(36_500).default(0).describe("also what falls due in so many days"),
    all: z.boolean().default(false).describe("every item's clock"),
  }),
  output: z.object({ items: z.array(Due), alerts: z.number() }),
  needs: "look",
  effect: "read",
  shape: "value",
  run: async (ctx, { within, all }) => {
    const found = await clocks(ctx)
    const until = ctx.at + within * 86_400_000
    const children = await itemsWithChildrenUnderTen(ctx.store, ctx.sight.classes, ctx.at)
    const shown = found
      .filter(({ clock }) => all || clock.state !== "running" || clock.reviewBy.getTime() <= until)
      .sort((a, b) => a.clock.reviewBy.getTime() - b.clock.reviewBy.getTime() || (a.item.id < b.item.id ? -1 : 1))
    return {
      alerts: found.filter(({ clock }) => clock.state !== "running").length,
      items: shown.map(({ item, exhibits, clock }) => {
        const read = exhibits.flatMap((e) => Object.entries(e.reading?.read ?? {}))
        const count = (assessed: boolean) => read.reduce((n, [kind, rows]) => (ASSESSMENTS.has(kind) === assessed ? n + rows : n), 0)
        return {
          item: item.id,
          reference: item.reference,
          title: item.title,
          kind: item.kind,
          power: item.power,
          takenInAt: item.taken_in_at.toISOString(),
          group: clock.group,
          groupTitle: clock.line.title,
          source: clock.line.source,
          basis: clock.line.basis,
          reviewBy: day(clock.reviewBy),
          state: clock.state,
          overdueDays: clock.overdueDays,
          childUnderTen: children.has(item.id),
          facts: count(false),
          assessments: count(true),
          last: clock.last && reviewView(clock.last),
        }
      }),
    }
  },
})

const review = procedure({
  name: "retention.review",
  title: "Record that an item is kept until a day, is to be destroyed, or was handed back, and why",
  input: z.object({
    investigation: Investigation,
    item: z.string(),
    decision: z.enum(["keep", "destroy", "hand-back"]),
    until: z.iso.date().optional().describe("kept until this day; then it is reviewed again"),
    group: z.enum(MOPI_GROUPS).optional().describe("group of police information, where the reviewer puts it into another"),
    child: z.string().trim().min(20).max(2000).optional().describe("for an item about a child under 10: why keeping it is necessary"),
    reason: z.string().trim().min(20).max(2000).describe("why it is still needed, or no more"),
  }),
  output: Review,
  needs: "retain",
  effect: "decision",
  shape: "value",
  about: (input) => [input.item],
  run: async (ctx, input) => {
    const investigation = ctx.investigation!.id
    const [item] = await selectItems(ctx.tx, { investigation, ids: [input.item] })
    if (!item) throw new Failure("invalid.item-unknown", "There is no item of that id that you may see.", { at: "item" })
    const exhibits = await selectExhibits(ctx.tx, { item: item.id })
    const { group: before } = clockOf(item, formatsOf(exhibits), await selectReviews(ctx.tx, investigation, item.id), ctx.at)
    if (input.group && before === "arrival-device")
      throw new Failure("refused.arrival-device", "A device seized on arrival keeps the period of its power.", {
        at: "group",
        hint: "What is kept of it is decided row by row (records decide-scope).",
      })
    const group = input.group ?? before
    const until = input.until === undefined ? null : new Date(`${input.until}T00:00:00Z`)
    if ((input.decision === "keep") !== (until !== null))
      throw new Failure("invalid.keep-until", "A decision to keep names a day, and no other decision does.", { at: "until" })
    const latest = keepAtMost(group, item, ctx.at)
    if (until && (until.getTime() <= ctx.at || until > latest))
      throw new Failure("invalid.keep-until", `From now on it can be kept until ${day(latest)} at the latest, then it is reviewed again.`, {
        at: "until",
        hint: "Give a day between now and then.",
      })
    if (input.decision === "keep" && !input.child && (await itemsWithChildrenUnderTen(ctx.store, ctx.sight.classes, ctx.at)).has(item.id))
      throw new Failure("invalid.child-reason", "Rows of this item are about a child under 10: say why keeping them is necessary.", {
        at: "child",
        hint: "Weigh the child's safeguarding (Children Act 2004 s.11).",
      })
    const row: ReviewRow = {
      id: keyedId("dc_", ctx.store.nodeKey, "review", item.id, ctx.caller.id, ctx.at),
      item: item.id,
      decision: input.decision,
      keep_until: until,
      grouped: input.group ?? null,
      reason: input.child ? `${input.reason} | ${input.child}` : input.reason,
      decided_by: ctx.caller.id,
      decided_at: new Date(ctx.at),
    }
    await insertReview(ctx.tx, { ...row, investigation, access_class: item.access_class })
    await ctx.journal({ review: row.id, decision: row.decision, until: row.keep_until && day(row.keep_until), group })
    return reviewView(row)
  },
})

const history = procedure({
  name: "retention.history",
  title: "Recorded reviews, oldest first",
  input: z.object({ investigation: Investigation, item: z.string().optional() }),
  output: z.array(Review),
  needs: "look",
  effect: "read",
  shape: "value",
  run: (ctx, { item }) => underSight(ctx, async (tx) => (await selectReviews(tx, ctx.investigation!.id, item)).map(reviewView)),
})

export const reviewProcedures = [schedule, due, review, history]
