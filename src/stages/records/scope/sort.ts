import type { Context } from "#access"
import { type ExhibitRow, type ItemRow, selectExhibits, selectItems } from "#evidence"
import { appendRows, createTable, type Engine, type Layout, literal } from "#store"
import { Failure } from "#vocabulary/failure"
import { columnsOf, KIND_NAMES, KINDS, type KindName } from "#vocabulary/kinds"
import { columnName } from "../layout.ts"
import { mountRecords, viewOf } from "../mounted.ts"
import { APART_VERSION, byAddress, byFile, byLabel, byWords, type Category, type Why } from "./apart.ts"
import { resegment } from "./resegment.ts"
import { insertApart, insertSorted, selectSorted } from "./sql.ts"

const CHOSEN: Layout = [["id", "VARCHAR"]]
const LABELLED: Layout = [
  ["item", "VARCHAR"],
  ["key", "VARCHAR"],
  ["category", "VARCHAR"],
  ["why", "VARCHAR"],
]

/** Columns by what they are, for every kind that has them. */
const LABEL_COLUMNS = ["label", "organisation", "threadTitle", "title", "displayName", "placeName"]
const FILE_COLUMNS = ["path", "attachment", "name"]

/** A device that a child holds is all about a child. */
const heldByChild = ({ holder }: ItemRow): boolean =>
  holder?.standing === "child" ||
  holder?.standing === "age-disputed" ||
  /\b(?:child|minor|boy|girl|baby)\b/i.test(holder?.description ?? "")

/** Those of these exhibits whose rows nobody may read yet, because they were not sorted. */
export async function unsortedOf(ctx: Context, exhibits: readonly ExhibitRow[]): Promise<ExhibitRow[]> {
  const waiting = exhibits.filter((e) => e.undecided && e.state !== "sealed")
  if (waiting.length === 0) return []
  const done = await ctx.store.register.transaction(
    (tx) =>
      selectSorted(
        tx,
        waiting.map((e) => e.id),
      ),
    ctx.sight.classes,
  )
  return waiting.filter((e) => !done.has(e.id))
}

/** Rows are read by nobody before what must stand apart was set apart. Throws `conflict.not-sorted`. */
export async function mustBeSorted(ctx: Context, exhibits: readonly ExhibitRow[]): Promise<void> {
  if ((await unsortedOf(ctx, exhibits)).length > 0)
    throw new Failure("conflict.not-sorted", "What must stand apart on this device has not been set apart yet.", {
      hint: "The intake that read it does so at its end; records sort-apart does it again.",
      retryAfterMs: 5000,
    })
}

/**
 * Sets apart what is privileged, medical, of an asylum claim or of a child, by rules, before anybody reads it: by names of contacts and
 * chats and every row with such a party, by domains, words and forms of files. One commit for all of these exhibits; counts by category.
 */
export async function sortApart(ctx: Context, exhibits: readonly ExhibitRow[]): Promise<Record<string, number>> {
  const { store } = ctx
  const unsorted = await unsortedOf(ctx, exhibits)
  if (unsorted.length === 0) return {}
  const ids = unsorted.map((e) => e.id)
  const items = await store.register.transaction(
    (tx) => selectItems(tx, { ids: [...new Set(unsorted.map((e) => e.item))] }),
    ctx.sight.classes,
  )
  // A lawyer's card may lie in another file of the same device, sorted before: names are read over the whole device.
  const all = await store.register.transaction(async (tx) => {
    const found: ExhibitRow[] = []
    for (const i of items) found.push(...(await selectExhibits(tx, { item: i.id })))
    return found
  }, ctx.sight.classes)
  const mounted = await mountRecords(store, ctx.sight.classes, { scope: ["undecided", "apart"], exhibits: all.map((e) => e.id) })
  const { engine } = mounted
  try {
    const apart = new Map<string, Map<Category, Why>>()
    const set = (record: string, categories: readonly Category[], why: Why) => {
      if (categories.length === 0) return
      const here = apart.get(record) ?? new Map<Category, Why>()
      apart.set(record, here)
      for (const c of categories) if (!here.has(c)) here.set(c, why)
    }
    const children = items.filter(heldByChild).map((i) => i.id)
    for (const kind of KIND_NAMES) await readKind(engine, kind, children, ctx.signal, set)
    await readParties(engine, set)
    const undecided = mounted.segments.filter((s) => s.scope === "undecided")
    await createTable(engine, "chosen", CHOSEN)
    await appendRows(
      engine,
      "chosen",
      CHOSEN,
      [...apart.keys()].map((id) => [id]),
    )
    const moved = await resegment(store, engine, undecided, "apart")
    const itemOf = new Map<string, string>()
    for (const kind of KIND_NAMES)
      for (const r of await engine.all<{ id: string; item: string }>(
        `select id, item from ${viewOf(kind)} where id in (select id from chosen)`,
      ))
        itemOf.set(r.id, r.item)
    const byItem = Map.groupBy(apart.entries(), ([record]) => itemOf.get(record))
    const counts: Record<string, number> = {}
    for (const categories of apart.values()) for (const c of categories.keys()) counts[c] = (counts[c] ?? 0) + 1
    await ctx.commit({ setApart: counts, exhibits: ids.slice(0, 200) }, async (tx) => {
      if (moved.fresh.length > 0) await store.segments.list(tx, moved.fresh, moved.gone)
      for (const item of items) {
        const rows = (byItem.get(item.id) ?? []).flatMap(([record, categories]) =>
          [...categories].map(([category, why]) => ({ record, category, why })),
        )
        if (rows.length > 0)
          await insertApart(
            tx,
            { item: item.id, investigation: item.investigation, accessClass: item.access_class },
            rows,
            null,
            new Date(store.clock()),
          )
      }
      await insertSorted(tx, unsorted, APART_VERSION, new Date(store.clock()))
    })
    return counts
  } finally {
    mounted.close()
  }
}

type SetApart = (record: string, categories: readonly Category[], why: Why) => void

async function readKind(engine: Engine, kind: KindName, children: readonly string[], signal: AbortSignal, set: SetApart): Promise<void> {
  const names = columnsOf(kind).map(([name]) => name)
  const labels = names.filter((n) => LABEL_COLUMNS.includes(n))
  const files = kind === "file" || kind === "message" ? names.filter((n) => FILE_COLUMNS.includes(n)) : []
  const free = names.filter((n) => (KINDS[kind].freeText as readonly string[]).includes(n))
  const media = names.find((n) => n === "mediaType" || n === "attachmentType")
  const wanted = [...labels, ...files, ...free, ...(media ? [media] : [])]
  const columns = ["id", "item", ...wanted.map(columnName)].join(", ")
  for await (const batch of engine.stream(`select ${columns} from ${viewOf(kind)}`)) {
    signal.throwIfAborted()
    for (const row of batch) {
      const id = row.id as string
      const text = (name: string): string => (row[columnName(name)] as string | null) ?? ""
      if (children.includes(row.item as string)) set(id, ["child"], "holder")
      for (const name of labels) set(id, byLabel(text(name)), "label")
      for (const name of files) if (text(name)) set(id, byFile(text(name), media ? text(media) || null : null), "file")
      for (const name of free) if (text(name)) set(id, byWords(text(name)), "words")
    }
  }
}

/** Every row with a party that the same device has under such a name, or whose address is of such a domain. */
async function readParties(engine: Engine, set: SetApart): Promise<void> {
  const labelled: string[][] = []
  for (const r of await engine.all<{ item: string; name: string; key: string }>(
    "select distinct item, name, key from mention where name is not null and not owner and type <> 'holder' order by all",
  ))
    for (const category of byLabel(r.name)) labelled.push([r.item, r.key, category, "party"])
  for (const r of await engine.all<{ item: string; key: string }>(
    "select distinct item, key from mention where type = 'email' and not owner order by all",
  ))
    for (const category of byAddress(r.key.slice("email:".length))) labelled.push([r.item, r.key, category, "address"])
  for (const kind of ["contact"] as const)
    for (const r of await engine.all<{ item: string; label: string; organisation: string | null; key: string }>(
      `select distinct m.item, c.f_label as label, c.f_organisation as organisation, m.key from ${viewOf(kind)} c join mention m on m.record = c.id
       where not m.owner and m.type <> 'holder' order by all`,
    ))
      for (const category of new Set([...byLabel(r.label ?? ""), ...byLabel(r.organisation ?? "")]))
        labelled.push([r.item, r.key, category, "party"])
  await createTable(engine, "labelled", LABELLED)
  await appendRows(engine, "labelled", LABELLED, labelled)
  for (const r of await engine.all<{ record: string; category: Category; why: Why }>(
    "select distinct m.record, l.category, l.why from mention m join labelled l using (item, key) order by all",
  ))
    set(r.record, [r.category], r.why)
}

/** The exhibits of a device, as literals of a list. */
export const listed = (exhibits: readonly Pick<ExhibitRow, "id">[]): string => exhibits.map((e) => literal(e.id)).join(",")
