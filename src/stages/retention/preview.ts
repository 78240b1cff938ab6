import { createHash } from "node:crypto"
import { z } from "zod"
import { erasure as journalErasure } from "#journal"
import { type Classes, canonical, type Store } from "#store"
import { filesOf, idsThatGo } from "./carry-out.ts"
import { giveaways } from "./giveaways.ts"
import { sweepPlaces } from "./places.ts"
import { reach } from "./reach.ts"
import { TARGET_KINDS, type Target } from "./target.ts"
import { without } from "./words.ts"

export const Preview = z.object({
  kind: z.enum(TARGET_KINDS),
  exhibits: z.array(z.object({ id: z.string(), sha256: z.string(), sizeBytes: z.number() })).describe("keys and originals that go"),
  items: z.number(),
  records: z.number().describe("rows that go, each once"),
  lost: z.record(z.string(), z.number()).describe("rows that go, by kind; mentions and rejects among them"),
  altered: z.record(z.string(), z.number()).describe("rows that stay without one person"),
  past: z.number().describe("copies of them that only the past shows"),
  restricted: z.number().describe("exhibits that lose rows and whose original is kept as evidence and not opened any more"),
  register: z.record(z.string(), z.number()).describe("rows of the register whose words go, by table"),
  payloads: z
    .number()
    .nullable()
    .describe("journal entries whose payload goes, their headers and proofs stay; null for whoever may not read the journal"),
  snapshots: z.number(),
  digest: z.string().describe("of what goes; an order names it, so that nobody orders what he has not seen"),
})
export type Preview = z.infer<typeof Preview>

/** Works out exactly what an order on this target would take of what these classes show, and takes nothing. An order takes all. */
export async function previewErasure(store: Store, target: Target, classes: Classes = "all"): Promise<Preview> {
  const engine = await store.engine()
  try {
    const files = await filesOf(store, target.investigation, classes)
    const reached = await reach(engine, store, target, files, classes)
    const ids = await idsThatGo(engine, store, files, reached)
    const touched = await idsThatGo(engine, store, files, reached, "exhibit")
    const whole = new Set(reached.whole.map((e) => e.id))
    const { lost, altered, past, replaced } = await store.segments.rewriteWithout(engine, reached.loss, classes, { dry: true })
    const words = await giveaways(engine, store, target, reached, replaced, classes)
    const all = target.kind === "investigation" ? target.investigation : undefined
    const payloads =
      classes === "all"
        ? await journalErasure.findPayloads(store.register, (p, of) => (all !== undefined && of === all) || without(words, p) !== p)
        : null
    const exhibits = reached.whole.map(({ id, sha256, sizeBytes }) => ({ id, sha256, sizeBytes }))
    const { rows } = await store.register.transaction(
      (tx) =>
        tx.query<{ n: number }>("select count(*)::int as n from snapshot where exhibits && $1 and erased_by is null", [
          [...whole, ...touched],
        ]),
      classes,
    )
    const restricted = touched.filter((e) => !whole.has(e))
    const digest = createHash("sha256").update(canonical([target, exhibits, ids, lost, altered, past, restricted]))
    return {
      kind: target.kind,
      exhibits,
      items: target.kind === "investigation" ? new Set(reached.whole.map((e) => e.item)).size : target.items.length,
      records: ids.length,
      lost: named(lost),
      altered: named(altered),
      past,
      restricted: restricted.length,
      register: await sweepPlaces(store, words, { classes, ...(all === undefined ? {} : { investigation: all }) }),
      payloads: payloads && [...payloads.values()].reduce((n, numbers) => n + numbers.length, 0),
      snapshots: rows[0]!.n,
      digest: digest.digest("hex"),
    }
  } finally {
    engine.close()
  }
}

const named = (counts: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(counts)
      .map(([dataset, n]) => [dataset.replace(/^record-/, ""), n] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
