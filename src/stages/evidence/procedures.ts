import { z } from "zod"
import { type Context, joinedMarking, procedure } from "#access"
import { Failure } from "#vocabulary/failure"
import { selectDestructions, stubWords } from "./devices/destruction.ts"
import { deviceProcedures } from "./devices/procedures.ts"
import { GradingView, gradingsOf, regrade } from "./gradings.ts"
import { permissionProcedures } from "./permissions.ts"
import * as sql from "./sql.ts"

const when = (d: Date | null): string | null => d?.toISOString() ?? null

const ExhibitView = z.object({
  id: z.string(),
  item: z.string(),
  name: z.string(),
  path: z.string(),
  sha256: z.string(),
  sizeBytes: z.number(),
  mediaType: z.string(),
  undecided: z.boolean(),
  state: z.string(),
  format: z.string().nullable(),
  read: z.record(z.string(), z.number()),
  detail: z.record(z.string(), z.number()),
  there: z.number(),
  units: z.number(),
  rejected: z.number(),
  notes: z.array(z.string()),
  members: z.number(),
})

const ItemView = z.object({
  id: z.string(),
  reference: z.string().nullable(),
  kind: z.string(),
  title: z.string().nullable(),
  authority: z.string(),
  power: z.string().nullable(),
  undecided: z.boolean(),
  grade: z.string(),
  handling: z.string(),
  conditions: z.array(z.string()),
  classification: z.string(),
  originator: z.string(),
  notInEvidence: z.boolean(),
  permittedUses: z.array(z.string()),
  purposes: z.array(z.string()).nullable().describe("for which its material is seen; null = for all"),
  grounds: z.string().nullable(),
  officer: z.string().nullable(),
  authoriser: z.string().nullable(),
  authoriserRank: z.string().nullable(),
  region: z.string().nullable(),
  language: z.string().nullable(),
  holder: z.object({ description: z.string().optional(), standing: z.string().optional() }).nullable(),
  takenInAt: z.string(),
  seizureEvent: z.object({
    id: z.string(),
    label: z.string(),
    kind: z.string(),
    place: z.string().nullable(),
    lat: z.number().nullable(),
    lon: z.number().nullable(),
    at: z.string().nullable(),
  }),
})

const exhibitView = (e: sql.ExhibitRow): z.infer<typeof ExhibitView> => ({
  id: e.id,
  item: e.item,
  name: e.name,
  path: e.path,
  sha256: e.sha256,
  sizeBytes: Number(e.size_bytes),
  mediaType: e.media_type,
  undecided: e.undecided,
  state: e.state,
  format: e.format,
  read: e.reading?.read ?? {},
  detail: e.reading?.detail ?? {},
  there: e.reading?.there ?? 0,
  units: e.reading?.units ?? 0,
  rejected: e.reading?.rejected ?? 0,
  notes: e.reading?.notes ?? [],
  members: e.reading?.members?.length ?? 0,
})

type Events = ReadonlyMap<string, sql.SeizureEventRow>

/** By id and class: what is said of one occasion may differ by marking. */
const eventsIn = async (tx: Context["tx"], investigation: string): Promise<Events> =>
  new Map((await sql.selectSeizureEvents(tx, investigation)).map((e) => [`${e.id} ${e.access_class}`, e]))

/** For what the material of each class may be seen. */
async function purposesOf(tx: Context["tx"], items: readonly sql.ItemRow[]): Promise<Map<number, string[] | null>> {
  const out = new Map<number, string[] | null>()
  for (const id of new Set(items.map((i) => i.access_class))) out.set(id, (await joinedMarking(tx, [id])).purposes as string[] | null)
  return out
}

function itemView(i: sql.ItemRow, events: Events, purposes: ReadonlyMap<number, string[] | null>): z.infer<typeof ItemView> {
  const event = events.get(`${i.seizure_event} ${i.access_class}`)
  if (!event) throw new Failure("unavailable.seizure-event-missing", "An item's seizure event is not to be found.", { at: i.id })
  return {
    id: i.id,
    reference: i.reference,
    kind: i.kind,
    title: i.title,
    authority: i.authority,
    power: i.power,
    undecided: i.on_arrival,
    grade: `${i.grade_code} (${i.grade_scheme})`,
    handling: i.handling,
    conditions: i.conditions,
    classification: i.classification,
    originator: i.originator,
    notInEvidence: i.not_in_evidence,
    permittedUses: i.permitted_uses,
    purposes: purposes.get(i.access_class) ?? null,
    grounds: i.grounds,
    officer: i.officer,
    authoriser: i.authoriser,
    authoriserRank: i.authoriser_rank,
    region: i.region,
    language: i.language,
    holder: i.holder,
    takenInAt: i.taken_in_at.toISOString(),
    seizureEvent: {
      id: event.id,
      label: event.label,
      kind: event.kind,
      place: event.place,
      lat: event.lat,
      lon: event.lon,
      at: when(event.at),
    },
  }
}

const underSight = <T>(ctx: Context, run: (tx: Context["tx"]) => Promise<T>): Promise<T> =>
  ctx.store.register.transaction(run, ctx.sight.classes)

async function oneExhibit(ctx: Context, id: string): Promise<sql.ExhibitRow> {
  const [found] = await underSight(ctx, (tx) => sql.selectExhibits(tx, { ids: [id], stubs: true }))
  if (found?.erased_by)
    throw new Failure("conflict.erased", "This exhibit was erased by order; a stub is left of it.", {
      at: id,
      hint: `retention stub --erasure ${found.erased_by} shows what went, and the proof.`,
    })
  if (!found)
    throw new Failure("invalid.exhibit-unknown", "There is no exhibit of that id that you may see.", {
      at: id,
      hint: "evidence list shows what you hold.",
    })
  ctx.rests([found.access_class])
  return found
}

export const procedures = [
  ...permissionProcedures,
  regrade,
  procedure({
    name: "evidence.stage",
    title: "Hand a file in; it waits, seen by you alone, until an intake seals it",
    input: z.object({}),
    output: z.object({ handle: z.string(), name: z.string(), sizeBytes: z.number(), sha256: z.string() }),
    needs: "take-in",
    effect: "decision",
    shape: "upload",
    run: async (ctx) => {
      const { handle, name, sizeBytes, sha256 } = ctx.upload!
      await ctx.journal({ staged: name, sha256, sizeBytes })
      return { handle, name, sizeBytes, sha256 }
    },
  }),
  procedure({
    name: "evidence.list",
    title: "What was taken in, item by item",
    input: z.object({ investigation: z.string().describe("name or id") }),
    output: z.object({ items: z.array(ItemView.extend({ exhibits: z.array(ExhibitView) })) }),
    needs: "look",
    effect: "read",
    shape: "value",
    run: (ctx) =>
      underSight(ctx, async (tx) => {
        const investigation = ctx.investigation!.id
        const events = await eventsIn(tx, investigation)
        const exhibits = Map.groupBy(await sql.selectExhibits(tx, { investigation }), (e) => e.item)
        ctx.rests([...exhibits.values()].flatMap((of) => of.map((e) => e.access_class)))
        const items = await sql.selectItems(tx, { investigation })
        const purposes = await purposesOf(tx, items)
        return {
          items: items.map((i) => ({
            ...itemView(i, events, purposes),
            exhibits: (exhibits.get(i.id) ?? []).map(exhibitView),
          })),
        }
      }),
  }),
  procedure({
    name: "evidence.show",
    title: "One exhibit: under what it was taken, its continuity, what was read",
    input: z.object({ exhibit: z.string() }),
    output: z.object({
      exhibit: ExhibitView,
      item: ItemView,
      continuity: z.array(
        z.object({ at: z.string(), what: z.string(), by: z.string().nullable(), to: z.string().nullable(), seal: z.string().nullable() }),
      ),
      gradings: z.array(GradingView),
      members: z.array(
        z.object({
          path: z.string(),
          sha256: z.string(),
          sizeBytes: z.number(),
          mediaType: z.string(),
          format: z.string().nullable(),
          there: z.number(),
          units: z.number(),
          rejected: z.number(),
        }),
      ),
    }),
    needs: "look",
    effect: "read",
    shape: "value",
    run: async (ctx, input) => {
      const exhibit = await oneExhibit(ctx, input.exhibit)
      return underSight(ctx, async (tx) => {
        const [item] = await sql.selectItems(tx, { ids: [exhibit.item] })
        const events = await eventsIn(tx, exhibit.investigation)
        const continuity = await sql.selectContinuity(tx, exhibit.item)
        return {
          exhibit: exhibitView(exhibit),
          item: itemView(item!, events, await purposesOf(tx, [item!])),
          gradings: await gradingsOf(tx, exhibit.item),
          continuity: continuity.map((c) => ({ at: c.at.toISOString(), what: c.what, by: c.by_whom, to: c.to_whom, seal: c.seal })),
          members: exhibit.reading?.members ?? [],
        }
      })
    },
  }),
  procedure({
    name: "evidence.bytes",
    title: "The sealed bytes of an exhibit, or a range of them",
    input: z.object({ exhibit: z.string(), start: z.number().int().min(0).optional(), end: z.number().int().min(0).optional() }),
    output: z.unknown(),
    needs: "look",
    effect: "read",
    shape: "bytes",
    run: async (ctx, { exhibit, start, end }) => {
      const found = await oneExhibit(ctx, exhibit)
      if (found.restricted_by)
        throw new Failure("refused.restricted", "Rows of this exhibit were erased; its original is kept as evidence and not opened.", {
          at: exhibit,
          hint: `DPA 2018 s.47(2); retention stub --erasure ${found.restricted_by} tells of the order.`,
        })
      const [gone] = await underSight(ctx, async (tx) => (await selectDestructions(tx, [found.item])).filter((d) => d.done_at !== null))
      if (gone)
        throw new Failure("refused.destroyed", stubWords(gone), {
          at: exhibit,
          hint: "What was in scope is kept as an extract: records list and records show give its rows.",
        })
      if (found.undecided)
        throw new Failure("refused.undecided", "This device was seized on arrival: only rows in scope are shown.", {
          at: exhibit,
          hint: "Ask the examiner to mark what relates to the lawful purpose.",
        })
      const range =
        start === undefined && end === undefined
          ? undefined
          : { start: start ?? 0, end: Math.min(end ?? Number(found.size_bytes), (start ?? 0) + 1_048_576) }
      return { mediaType: "application/octet-stream", name: found.name, body: await ctx.store.vault.open(found.id, found.sha256, range) }
    },
  }),
  ...deviceProcedures,
]
