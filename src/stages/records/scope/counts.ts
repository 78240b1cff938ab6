import { z } from "zod"
import { procedure } from "#access"
import { selectExhibits, selectItems } from "#evidence"
import { Failure } from "#vocabulary/failure"
import { mountRecords, viewOf } from "../mounted.ts"
import { CATEGORY_IDS } from "./apart.ts"
import { listed, unsortedOf } from "./sort.ts"
import { selectApart } from "./sql.ts"

const SCOPES = ["in", "undecided", "sealed", "apart"] as const

const ScopeCounts = z.object({
  in: z.number(),
  undecided: z.number(),
  sealed: z.number(),
  apart: z.number(),
})

export const scopeCounts = procedure({
  name: "records.scope-counts",
  title: "How many rows of one device are in scope, undecided, out of scope and set apart: numbers, for oversight",
  input: z.object({ investigation: z.string().describe("name or id"), item: z.string() }),
  output: z.object({
    item: z.string(),
    rows: ScopeCounts,
    rejects: z.number(),
    apart: z.array(z.object({ category: z.enum(CATEGORY_IDS), rows: z.number(), byRule: z.number(), lifted: z.number() })),
    sorted: z.boolean().describe("whether what must stand apart was looked for in all of its files"),
  }),
  needs: "look",
  effect: "read",
  shape: "value",
  about: ({ item }) => [item],
  run: async (ctx, { item }) => {
    const { store, sight } = ctx
    const { device, exhibits, standing } = await store.register.transaction(
      async (tx) => ({
        device: (await selectItems(tx, { ids: [item] }))[0],
        exhibits: await selectExhibits(tx, { item }),
        standing: await selectApart(tx, item),
      }),
      sight.classes,
    )
    if (!device || device.investigation !== ctx.investigation!.id)
      throw new Failure("invalid.item-unknown", "There is no device of that id that you may see.", {
        at: item,
        hint: "evidence list shows what you hold.",
      })
    ctx.rests([device.access_class])
    const rows = { in: 0, undecided: 0, sealed: 0, apart: 0 }
    let rejects = 0
    if (exhibits.length > 0)
      for (const scope of SCOPES) {
        const mounted = await mountRecords(store, sight.classes, { scope, exhibits: exhibits.map((e) => e.id) })
        try {
          const here = `where exhibit in (${listed(exhibits)})`
          const [n] = await mounted.engine.all<{ rows: number; rejects: number }>(
            `select ${["0", ...mounted.kinds.map((k) => `(select count(*) from ${viewOf(k)} ${here})`)].join(" + ")} as rows, (select count(*) from reject ${here}) as rejects`,
          )
          rows[scope] = n!.rows
          rejects += n!.rejects
        } finally {
          mounted.close()
        }
      }
    return {
      item,
      rows,
      rejects,
      apart: CATEGORY_IDS.flatMap((category) => {
        const of = standing.filter((a) => a.category === category)
        return of.length === 0
          ? []
          : [
              {
                category,
                rows: of.filter((a) => a.lifted_by === null).length,
                byRule: of.filter((a) => a.set_by === null).length,
                lifted: of.filter((a) => a.lifted_by !== null).length,
              },
            ]
      }),
      sorted: (await unsortedOf(ctx, exhibits)).length === 0,
    }
  },
})
