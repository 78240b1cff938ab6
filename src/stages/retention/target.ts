import { z } from "zod"
import { openPeople } from "#entities"
import { type ExhibitRow, selectExhibits, selectItems } from "#evidence"
import { mountRecords, recordsById } from "#records"
import type { Classes, Store } from "#store"
import { Failure } from "#vocabulary/failure"

/** What is to be erased; exactly one of these. */
export const TargetInput = z.object({
  investigation: z.string().describe("name or id"),
  exhibit: z.string().optional().describe("one exhibit, with every row read out of it"),
  item: z.string().optional().describe("one seized thing, with all its exhibits"),
  records: z.array(z.string()).max(5000).default([]).describe("single rows; the original is kept and restricted"),
  entity: z.string().optional().describe("one person: what the rows of this investigation say of him; originals are kept and restricted"),
  whole: z.boolean().default(false).describe("everything that the investigation holds"),
})
export type TargetInput = z.input<typeof TargetInput>

export const TARGET_KINDS = ["exhibit", "item", "records", "person", "investigation"] as const
export type TargetKind = (typeof TARGET_KINDS)[number]

/** What an order reaches. Ids only, but for the identifiers of a person, which go from the order when it is done. */
export interface Target {
  kind: TargetKind
  investigation: string
  items: string[]
  exhibits: string[]
  records: string[]
  entity: string | null
  keys: string[]
}

interface Looker {
  store: Store
  investigation: string
  classes: readonly number[]
  digest: string
}

/** Finds what is meant, under the sight of whoever asks. Throws `invalid.erasure-target` and what is unknown. */
export async function targetOf(looker: Looker, input: z.output<typeof TargetInput>): Promise<Target> {
  const { store, investigation, classes } = looker
  const { exhibit, item, records, entity, whole } = input
  if ([exhibit, item, entity, whole || undefined, records.length > 0 || undefined].filter((x) => x !== undefined).length !== 1)
    throw new Failure("invalid.erasure-target", "Name one exhibit, one item, rows, one person, or the whole investigation.", {
      hint: "Give exactly one of --exhibit, --item, --records, --entity and --whole.",
    })
  const target: Target = { kind: "investigation", investigation, items: [], exhibits: [], records: [], entity: null, keys: [] }
  if (whole) return target
  if (exhibit !== undefined || item !== undefined) {
    const found = await store.register.transaction(
      async (tx) =>
        exhibit === undefined ? selectItems(tx, { investigation, ids: [item!] }) : selectExhibits(tx, { investigation, ids: [exhibit] }),
      classes,
    )
    if (found.length === 0)
      throw new Failure("invalid.erasure-unknown", "There is nothing of that id that you may see.", {
        at: exhibit === undefined ? "item" : "exhibit",
      })
    return exhibit === undefined ? { ...target, kind: "item", items: [item!] } : { ...target, kind: "exhibit", exhibits: [exhibit] }
  }
  if (entity !== undefined) return { ...target, kind: "person", entity, keys: await keysOf(looker, entity) }
  for (const scope of ["in", "undecided"] as const) {
    const mounted = await mountRecords(store, classes, { scope })
    try {
      target.records.push(...(await recordsById(mounted, records)).map((r) => r.id))
    } finally {
      mounted.close()
    }
  }
  if (target.records.length !== new Set(records).size)
    throw new Failure("invalid.erasure-unknown", "One of the rows is not there, or not in your sight.", { at: "records" })
  return { ...target, kind: "records" }
}

async function keysOf(looker: Looker, entity: string): Promise<string[]> {
  const people = await openPeople(looker)
  try {
    const keys = await people.engine.all<{ key: string }>("select key from identity where entity = $1 order by key", [entity])
    if (keys.length === 0) throw new Failure("invalid.erasure-unknown", "There is nobody of that id that you may see.", { at: "entity" })
    return keys.map((k) => k.key)
  } finally {
    people.close()
  }
}

/** Exhibits that an order reaches, whole or in part, under these classes. */
export async function exhibitsReached(
  store: Store,
  target: Target,
  classes: Classes,
): Promise<{ whole: ExhibitRow[]; look: ExhibitRow[] }> {
  const { investigation } = target
  const all = await store.register.transaction((tx) => selectExhibits(tx, { investigation, stubs: true }), classes)
  const whole = all.filter((e) => target.kind === "investigation" || target.exhibits.includes(e.id) || target.items.includes(e.item))
  return { whole, look: whole.length > 0 ? whole : all }
}
