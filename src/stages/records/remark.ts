import { z } from "zod"
import { accessClass, joinedMarking, permissions, procedure } from "#access"
import { selectExhibits, selectItems } from "#evidence"
import { literal, type Segment } from "#store"
import { Failure } from "#vocabulary/failure"
import { banner, covers, markingAsWritten, TLPS } from "#vocabulary/markings"
import { PURPOSE_IDS } from "#vocabulary/roles"
import { mountRecords } from "./mounted.ts"

/**
 * Gives an item another marking, with all its rows. Whoever leads may tighten; only the originators loosen (each of them, where
 * there are several, so that material of two is loosened by neither alone). What was decided on the old marking keeps it.
 */
export const remark = procedure({
  name: "records.remark",
  title: "Mark an item anew, with everything read out of it",
  input: z.object({
    investigation: z.string().describe("name or id"),
    item: z.string(),
    classification: z.enum(["OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET", "TOP SECRET"]),
    handling: z.string().trim().min(1).max(20).describe("P, C, H0 to H3"),
    conditions: z.array(z.string().trim().min(1).max(500)).default([]).describe("conditions, in words or by their names"),
    tlp: z.enum(TLPS).optional(),
    audience: z.array(z.string().min(1).max(100)).max(100).optional().describe("organisations whose people may see it; absent = no limit"),
    purposes: z.array(z.enum(PURPOSE_IDS)).optional().describe("what it may be asked for; absent = no limit"),
    reason: z.string().trim().min(10).max(2000),
  }),
  output: z.object({ item: z.string(), before: z.string(), after: z.string(), loosened: z.boolean(), rows: z.number() }),
  needs: "release",
  effect: "decision",
  shape: "job",
  entry: "alteration",
  about: (input) => [input.item],
  run: async (ctx, input) => {
    const { store } = ctx
    const investigation = ctx.investigation!.id
    const { item, exhibits } = await store.register.transaction(
      async (tx) => ({
        item: (await selectItems(tx, { ids: [input.item], investigation }))[0],
        exhibits: (await selectExhibits(tx, { item: input.item })).map((e) => e.id),
      }),
      ctx.sight.classes,
    )
    if (!item) throw new Failure("invalid.item-unknown", "There is no item of that id that you may see.", { at: input.item })
    const before = await joinedMarking(ctx.tx, [item.access_class])
    const after = markingAsWritten(input, before.originators)
    const loosened = !covers(after, before)
    if (loosened && !before.originators.every((o) => permissions.isOriginator(ctx.caller, o)))
      throw new Failure("refused.originator-alone", "Only the originator loosens what he reserved.", {
        at: "item",
        hint: `Ask ${before.originators.join(" and ")}; whoever leads may tighten it.`,
      })
    const target = await ctx.commit({ item: input.item, before: banner(before), after: banner(after), loosened }, (tx) =>
      accessClass(tx, { ...after, investigation }),
    )
    if (target === item.access_class) return { item: input.item, before: banner(before), after: banner(after), loosened: false, rows: 0 }
    const { classes } = await ctx.lookAgain()
    if (!classes.includes(target))
      throw new Failure("refused.marked-beyond-you", "Something here is marked so that you may not see it yourself.", {
        at: "classification",
        hint: "Somebody whose clearance, organisation and purpose the new marking allows gives it.",
      })
    const mounted = await mountRecords(store, classes, { exhibits })
    try {
      await mounted.engine.exec(`create temp table ours as select unnest([${exhibits.map(literal).join(",")}]::varchar[]) as exhibit`)
      const live = await store.register.transaction((tx) => store.segments.live(tx, { exhibits }), classes)
      const fresh: Segment[] = []
      for (const [n, segment] of live.entries()) {
        ctx.progress(n / Math.max(1, live.length), "Marking rows anew")
        const source = `read_parquet(${literal(`${store.folder}/${segment.path}`)})`
        const { dataset, scope, version } = segment
        const moved = segment.exhibits.filter((e) => exhibits.includes(e))
        const stays = segment.exhibits.filter((e) => !exhibits.includes(e))
        const part = (where: string, of: readonly string[], cls: number) =>
          store.segments.fromQuery(mounted.engine, `select * from ${source} where exhibit ${where} (select exhibit from ours)`, {
            dataset,
            scope,
            version,
            exhibits: [...of],
            accessClass: cls,
          })
        fresh.push(...[await part("in", moved, target), await part("not in", stays, segment.accessClass)].filter((s) => s !== null))
      }
      const rows = await ctx.commit({ item: input.item, remarked: banner(after), reason: input.reason }, async (tx) => {
        if (live.length > 0)
          await store.segments.list(
            tx,
            fresh,
            live.map((s) => s.id),
          )
        const { rows: moved } = await tx.query<{ n: number }>("select linchpin_remark($1, $2, $3) as n", [
          input.item,
          item.access_class,
          target,
        ])
        return moved[0]!.n
      })
      return { item: input.item, before: banner(before), after: banner(after), loosened, rows }
    } finally {
      mounted.close()
    }
  },
})
