import { z } from "zod"
import { procedure } from "#access"
import { examinable, selectExhibits, selectItems } from "#evidence"
import { appendRows, createTable, type Layout } from "#store"
import { keyedId } from "#vocabulary/ids"
import { mountRecords } from "../mounted.ts"
import { openDevice } from "./examine.ts"
import { KNOWN_TYPES } from "./rule.ts"
import { sortApart } from "./sort.ts"
import { insertHits, insertRun, selectHits, selectLastRun } from "./sql.ts"

const Device = z.object({ investigation: z.string().describe("name or id"), item: z.string() })

const ELSEWHERE: Layout = [
  ["key", "VARCHAR"],
  ["items", "VARCHAR"],
]

export const compareBlind = procedure({
  name: "records.compare-blind",
  title: "Compare one device's undecided identifiers with those in scope, seen by nobody; a hit waits for the examiner",
  input: Device,
  output: z.object({ item: z.string(), compared: z.number(), hits: z.number() }),
  needs: "examine",
  effect: "decision",
  shape: "job",
  entry: "combination",
  about: ({ item }) => [item],
  run: async (ctx, { item }) => {
    const { store } = ctx
    const { device, exhibits } = await store.register.transaction(
      async (tx) => ({
        device: (await examinable(tx, ctx, item, ["access", "examine"])).device,
        exhibits: await selectExhibits(tx, { item }),
      }),
      ctx.sight.classes,
    )
    await sortApart(ctx, exhibits)
    ctx.progress(0.1, "Collecting what is in scope")
    const inScope = await mountRecords(store, ctx.sight.classes)
    let elsewhere: { key: string; items: string[] }[]
    try {
      elsewhere = await inScope.engine.all<{ key: string; items: string[] }>(
        `select key, list_sort(list(distinct item)) as items from mention where valid and not owner and type in ${KNOWN_TYPES} group by key order by key`,
      )
    } finally {
      inScope.close()
    }
    // What stands apart is not compared: only `undecided` is opened.
    const mounted = await mountRecords(store, ctx.sight.classes, { scope: "undecided", exhibits: exhibits.map((e) => e.id) })
    try {
      const { engine } = mounted
      ctx.progress(0.5, "Comparing")
      await createTable(engine, "elsewhere", ELSEWHERE)
      await appendRows(
        engine,
        "elsewhere",
        ELSEWHERE,
        elsewhere.map((e) => [e.key, JSON.stringify(e.items)]),
      )
      const ours = `from mention m where valid and not owner and type in ${KNOWN_TYPES} and item = $1`
      const [{ n: compared }] = (await engine.all<{ n: number }>(`select count(distinct key) as n ${ours}`, [item])) as [{ n: number }]
      const hits = await engine.all<{ record: string; key: string; kind: string; items: string }>(
        `select distinct m.record, m.key, m.kind, e.items from mention m join elsewhere e using (key)
         where m.valid and not m.owner and m.type in ${KNOWN_TYPES} and m.item = $1 order by all`,
        [item],
      )
      const where = { item, investigation: device.investigation, accessClass: device.access_class }
      const at = new Date(store.clock())
      await ctx.commit({ item, compared, hits: hits.length }, async (tx) => {
        await insertHits(
          tx,
          where,
          hits.map((h) => ({ record: h.record, key: h.key, kind: h.kind, found_in: JSON.parse(h.items) as string[] })),
          at,
        )
        const id = keyedId("dc_", store.nodeKey, "blind", item, ctx.job ?? String(ctx.at))
        await insertRun(tx, where, { id, compared, hits: hits.length, by: ctx.caller.id, at })
      })
      return { item, compared, hits: hits.length }
    } finally {
      mounted.close()
    }
  },
})

export const blindHits = procedure({
  name: "records.blind-hits",
  title: "Undecided rows of one device whose identifier is in scope elsewhere, each with its reason, for its examiner",
  input: Device,
  output: z.object({
    item: z.string(),
    lastRun: z.object({ at: z.string(), compared: z.number(), hits: z.number() }).nullable(),
    hits: z.array(
      z.object({
        record: z.string(),
        kind: z.string(),
        type: z.string(),
        value: z.string(),
        foundIn: z.array(z.object({ item: z.string(), reference: z.string().nullable() })),
        foundAt: z.string(),
      }),
    ),
    decided: z.number().describe("hits on whose rows somebody has decided since"),
  }),
  needs: "examine",
  effect: "read",
  shape: "value",
  about: ({ item }) => [item],
  run: (ctx, { item }) =>
    openDevice(ctx, item, "undecided", async ({ engine }) => {
      const { hits, items, run } = await ctx.store.register.transaction(async (tx) => {
        const found = await selectHits(tx, item)
        return {
          hits: found,
          items: new Map((await selectItems(tx, { ids: [...new Set(found.flatMap((h) => h.found_in))] })).map((i) => [i.id, i])),
          run: await selectLastRun(tx, item),
        }
      }, ctx.sight.classes)
      const waiting = new Set(
        (await engine.all<{ record: string }>("select distinct record from mention where item = $1", [item])).map((r) => r.record),
      )
      const open = hits.filter((h) => waiting.has(h.record))
      return {
        item,
        lastRun: run && { at: run.at.toISOString(), compared: run.compared, hits: run.hits },
        hits: open.map((h) => ({
          record: h.record,
          kind: h.kind,
          type: h.key.slice(0, h.key.indexOf(":")),
          value: h.key.slice(h.key.indexOf(":") + 1),
          foundIn: h.found_in.flatMap((id) => (items.has(id) ? [{ item: id, reference: items.get(id)!.reference }] : [])),
          foundAt: h.found_at.toISOString(),
        })),
        decided: hits.length - open.length,
      }
    }),
})
