import { z } from "zod"
import { procedure } from "#access"
import { selectExhibits, selectItems } from "#evidence"
import type { Row } from "#store"
import { Failure } from "#vocabulary/failure"
import { isId } from "#vocabulary/ids"
import { columnsOf, KIND_NAMES, KINDS, type KindName } from "#vocabulary/kinds"
import { columnName } from "./layout.ts"
import { type Mounted, mountRecords, viewOf } from "./mounted.ts"

const Party = z.object({
  part: z.string(),
  owner: z.boolean().optional(),
  ids: z.array(z.object({ type: z.string(), raw: z.string(), platform: z.string().optional(), issuer: z.string().optional() })),
  name: z.string().nullish(),
})

export const RecordView = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  exhibit: z.string(),
  item: z.string(),
  place: z.object({
    file: z.string(),
    table: z.string().nullable(),
    row: z.string().nullable(),
    byteStart: z.number().nullable(),
    byteEnd: z.number().nullable(),
  }),
  at: z.object({
    iso: z.string().nullable(),
    raw: z.string().nullable(),
    precision: z.string().nullable(),
    zone: z.string().nullable(),
    calendar: z.string().nullable(),
  }),
  deleted: z.string().nullable(),
  parties: z.array(Party),
  fields: z.record(z.string(), z.unknown()),
  extra: z.record(z.string(), z.unknown()).nullable(),
})
export type RecordView = z.infer<typeof RecordView>

/** A row of a kind's view as people and programs see it. */
export function recordView(kind: KindName, r: Row): RecordView {
  const fields: Record<string, unknown> = {}
  for (const [name] of columnsOf(kind)) {
    const value = r[columnName(name)]
    if (value !== null && value !== undefined) fields[name] = value
  }
  const at = r.at_ms as number | null
  return {
    id: r.id as string,
    kind,
    title: KINDS[kind].title,
    exhibit: r.exhibit as string,
    item: r.item as string,
    place: {
      file: (r.file as string | null) ?? "",
      table: r.tbl as string | null,
      row: r.row as string | null,
      byteStart: r.byte_start as number | null,
      byteEnd: r.byte_end as number | null,
    },
    at: {
      iso: at === null ? null : new Date(at).toISOString(),
      raw: r.at_raw as string | null,
      precision: r.at_precision as string | null,
      zone: r.at_zone as string | null,
      calendar: r.calendar as string | null,
    },
    deleted: r.deleted as string | null,
    parties: JSON.parse((r.parties as string | null) ?? "[]") as RecordView["parties"],
    fields,
    extra: r.extra ? (JSON.parse(r.extra as string) as Record<string, unknown>) : null,
  }
}

/** Records by id, in the order asked for; those out of sight or scope are absent. */
export async function recordsById(
  { engine, kinds: among = KIND_NAMES }: Pick<Mounted, "engine"> & Partial<Pick<Mounted, "kinds">>,
  ids: readonly string[],
): Promise<RecordView[]> {
  const wanted = [...new Set(ids)].filter((id) => isId("rc_", id))
  if (wanted.length === 0 || among.length === 0) return []
  const listed = wanted.map((id) => `'${id}'`).join(",")
  const kinds = new Set(
    (
      await engine.all<{ dataset: string }>(
        among.map((k) => `select '${k}' as dataset from ${viewOf(k)} where id in (${listed}) group by all`).join(" union all "),
      )
    ).map((r) => r.dataset as KindName),
  )
  const found = new Map<string, RecordView>()
  for (const kind of kinds)
    for (const row of await engine.all(`select * from ${viewOf(kind)} where id in (${listed})`))
      found.set(row.id as string, recordView(kind, row))
  return ids.flatMap((id) => found.get(id) ?? [])
}

const Rows = z.object({
  investigation: z.string().describe("name or id"),
  kind: z.enum(KIND_NAMES as [KindName, ...KindName[]]),
  exhibit: z.string().optional().describe("of this exhibit only"),
  limit: z.number().int().min(1).max(100_000).default(200),
})

export const list = procedure({
  name: "records.list",
  title: "Records of one kind, in their order",
  input: Rows,
  output: RecordView,
  needs: "look",
  effect: "read",
  shape: "rows",
  run: async function* (ctx, { kind, exhibit, limit }) {
    const mounted = await mountRecords(ctx.store, ctx.sight.classes, exhibit ? { exhibits: [exhibit] } : {})
    ctx.rests(mounted.classes)
    try {
      const where = exhibit ? `where exhibit = '${exhibit.replaceAll("'", "''")}'` : ""
      for await (const batch of mounted.engine.stream(
        `select * from ${viewOf(kind)} ${where} order by at_ms nulls last, id limit ${limit}`,
      ))
        for (const row of batch) yield recordView(kind, row)
    } finally {
      mounted.close()
    }
  },
})

const AROUND = 6

export const show = procedure({
  name: "records.show",
  title: "One record in its exhibit: where it stands, and what stands around it",
  input: z.object({ investigation: z.string().describe("name or id"), record: z.string() }),
  output: z.object({
    record: RecordView,
    around: z.array(RecordView).describe("the same exhibit's records before and after it"),
    exhibit: z.object({
      id: z.string(),
      name: z.string(),
      sha256: z.string(),
      reference: z.string().nullable(),
      title: z.string().nullable(),
      authority: z.string(),
      grade: z.string(),
      handling: z.string(),
      undecided: z.boolean(),
    }),
  }),
  needs: "look",
  effect: "read",
  shape: "value",
  run: async (ctx, input) => {
    const mounted = await mountRecords(ctx.store, ctx.sight.classes)
    try {
      const [record] = await recordsById(mounted, [input.record])
      if (!record) throw new Failure("invalid.record-unknown", "There is no record of that id that you may see.", { at: input.record })
      const kind = record.kind as KindName
      const thread = typeof record.fields.thread === "string" ? record.fields.thread : null
      const near = await mounted.engine.all(
        `with r as (select *, row_number() over (order by at_ms nulls last, file, tbl, try_cast("row" as bigint), id) as turn from ${viewOf(kind)} where exhibit = $1 ${thread === null ? "" : "and f_thread = $3"})
         select r.* exclude (turn) from r, (select turn as here from r where id = $2) where turn between here - ${AROUND} and here + ${AROUND} order by turn`,
        thread === null ? [record.exhibit, record.id] : [record.exhibit, record.id, thread],
      )
      const { exhibit, item } = await ctx.store.register.transaction(async (tx) => {
        const [e] = await selectExhibits(tx, { ids: [record.exhibit] })
        const [i] = await selectItems(tx, { ids: [record.item] })
        return { exhibit: e!, item: i! }
      }, ctx.sight.classes)
      ctx.rests([exhibit.access_class])
      return {
        record,
        around: near.map((r) => recordView(kind, r)),
        exhibit: {
          id: exhibit.id,
          name: exhibit.name,
          sha256: exhibit.sha256,
          reference: item.reference,
          title: item.title,
          authority: item.authority,
          grade: `${item.grade_code} (${item.grade_scheme})`,
          handling: item.handling,
          undecided: exhibit.undecided,
        },
      }
    } finally {
      mounted.close()
    }
  },
})

export const RejectView = z.object({
  exhibit: z.string(),
  file: z.string().nullable(),
  table: z.string().nullable(),
  row: z.string().nullable(),
  byteStart: z.number().nullable(),
  byteEnd: z.number().nullable(),
  code: z.string(),
  reason: z.string(),
  snippet: z.string().nullable(),
})

export const rejectView = (r: Row): z.infer<typeof RejectView> => ({
  exhibit: r.exhibit as string,
  file: r.file as string | null,
  table: r.tbl as string | null,
  row: r.row as string | null,
  byteStart: r.byte_start as number | null,
  byteEnd: r.byte_end as number | null,
  code: r.code as string,
  reason: r.reason as string,
  snippet: r.snippet as string | null,
})

export const rejects = procedure({
  name: "records.rejects",
  title: "What could not be read, with its place and reason",
  input: z.object({
    investigation: z.string().describe("name or id"),
    exhibit: z.string().optional(),
    limit: z.number().int().min(1).max(10_000).default(200),
  }),
  output: z.array(RejectView),
  needs: "look",
  effect: "read",
  shape: "value",
  run: async (ctx, { exhibit, limit }) => {
    const mounted = await mountRecords(ctx.store, ctx.sight.classes)
    try {
      const rows = await mounted.engine.all(
        `select * from reject ${exhibit ? "where exhibit = $1" : ""} order by exhibit, file, byte_start, id limit ${limit}`,
        exhibit ? [exhibit] : [],
      )
      ctx.rests(mounted.classes)
      return rows.map(rejectView)
    } finally {
      mounted.close()
    }
  },
})
