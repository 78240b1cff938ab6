import { z } from "zod"
import { type Context, procedure } from "#access"
import { type ExhibitRow, examinable, type ItemRow, selectExhibits } from "#evidence"
import type { Scope } from "#store"
import { Failure } from "#vocabulary/failure"
import { KIND_NAMES, type KindName } from "#vocabulary/kinds"
import { RecordView, RejectView, recordsById, recordView, rejectView } from "../browse.ts"
import { type Mounted, mountRecords, viewOf } from "../mounted.ts"
import { CATEGORIES, CATEGORY_IDS, WHYS, type Why } from "./apart.ts"
import { mustBeSorted, sortApart } from "./sort.ts"
import { selectApart } from "./sql.ts"

const Device = z.object({ investigation: z.string().describe("name or id"), item: z.string() })

/** Opens rows of one device in one scope, for its examiner alone and under a standing authority. */
export async function openDevice<T>(
  ctx: Context,
  item: string,
  scope: Scope | readonly Scope[],
  run: (mounted: Mounted, device: ItemRow, exhibits: ExhibitRow[]) => Promise<T>,
): Promise<T> {
  const { device, exhibits } = await ctx.store.register.transaction(
    async (tx) => ({
      device: (await examinable(tx, ctx, item, ["access", "examine"])).device,
      exhibits: await selectExhibits(tx, { item }),
    }),
    ctx.sight.classes,
  )
  await mustBeSorted(ctx, exhibits)
  const mounted = await mountRecords(ctx.store, ctx.sight.classes, { scope, exhibits: exhibits.map((e) => e.id) })
  try {
    return await run(mounted, device, exhibits)
  } finally {
    mounted.close()
  }
}

export const undecided = procedure({
  name: "records.undecided",
  title: "Rows of one device that nobody has decided on, for its examiner",
  input: Device.extend({
    kind: z.enum(KIND_NAMES as [KindName, ...KindName[]]),
    limit: z.number().int().min(1).max(5000).default(200),
  }),
  output: z.array(RecordView),
  needs: "examine",
  effect: "read",
  shape: "value",
  about: ({ item }) => [item],
  run: (ctx, { item, kind, limit }) =>
    openDevice(ctx, item, "undecided", async ({ engine }) =>
      (await engine.all(`select * from ${viewOf(kind)} where item = $1 order by at_ms nulls last, id limit ${limit}`, [item])).map((r) =>
        recordView(kind, r),
      ),
    ),
})

export const undecidedRejects = procedure({
  name: "records.undecided-rejects",
  title: "What could not be read of one device from an arrival, for its examiner",
  input: Device.extend({ limit: z.number().int().min(1).max(10_000).default(200) }),
  output: z.array(RejectView),
  needs: "examine",
  effect: "read",
  shape: "value",
  about: ({ item }) => [item],
  run: (ctx, { item, limit }) =>
    openDevice(ctx, item, ["undecided", "apart", "sealed"], async ({ engine }) =>
      (await engine.all(`select * from reject where item = $1 order by exhibit, file, byte_start, id limit ${limit}`, [item])).map(
        rejectView,
      ),
    ),
})

export const sort = procedure({
  name: "records.sort-apart",
  title: "Set apart on one device, by rules, what is privileged, medical, of an asylum claim or of a child",
  input: Device,
  output: z.object({ item: z.string(), apart: z.record(z.string(), z.number()) }),
  needs: "take-in",
  effect: "decision",
  shape: "job",
  about: ({ item }) => [item],
  run: async (ctx, { item }) => {
    const exhibits = await ctx.store.register.transaction((tx) => selectExhibits(tx, { item }), ctx.sight.classes)
    return { item, apart: await sortApart(ctx, exhibits) }
  },
})

export const apart = procedure({
  name: "records.apart",
  title: "What stands apart on one device: rows without a word of what they say",
  input: Device.extend({ limit: z.number().int().min(1).max(10_000).default(500) }),
  output: z.array(
    z.object({
      record: z.string(),
      category: z.enum(CATEGORY_IDS),
      about: z.string(),
      why: z.string(),
      setBy: z.string().nullable().describe("who; null = the rules"),
      setAt: z.string(),
      lifted: z.boolean(),
    }),
  ),
  needs: "examine",
  effect: "read",
  shape: "value",
  about: ({ item }) => [item],
  run: (ctx, { item, limit }) =>
    ctx.store.register.transaction(async (tx) => {
      await examinable(tx, ctx, item, ["access", "examine"])
      return (await selectApart(tx, item)).slice(0, limit).map((a) => ({
        record: a.record,
        category: a.category,
        about: CATEGORIES[a.category],
        why: WHYS[a.why as Why],
        setBy: a.set_by,
        setAt: a.set_at.toISOString(),
        lifted: a.lifted_by !== null,
      }))
    }, ctx.sight.classes),
})

export const apartRow = procedure({
  name: "records.apart-row",
  title: "One row that stands apart, read by the device's examiner; what was said to a lawyer is read by nobody here",
  input: Device.extend({ record: z.string() }),
  output: RecordView,
  needs: "examine",
  effect: "read",
  shape: "value",
  about: ({ item, record }) => [item, record],
  run: async (ctx, { item, record }) => {
    const standing = await ctx.store.register.transaction((tx) => selectApart(tx, item, record), ctx.sight.classes)
    if (standing.some((a) => a.category === "privileged" && a.lifted_by === null))
      throw new Failure(
        "refused.privileged",
        "This row stands apart as said to or by a lawyer, and is read by nobody in the investigation.",
        {
          at: record,
          hint: "Somebody outside the investigation looks at it and advises.",
        },
      )
    return openDevice(ctx, item, "apart", async (mounted) => {
      const [found] = await recordsById(mounted, [record])
      if (!found || found.item !== item)
        throw new Failure("invalid.record-unknown", "No such row stands apart on this device.", {
          at: record,
          hint: "records apart lists them.",
        })
      return found
    })
  },
})
