import { z } from "zod"
import { type Context, procedure } from "#access"
import { type ItemRow, selectItems } from "#evidence"
import type { Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import { randomId } from "#vocabulary/ids"
import { NOTICE_KIND_IDS, NOTICE_KINDS, NOTICE_LANGUAGES, type NoticeKind, noticeText, TEXTS } from "./texts.ts"

/** What was told to whom a device was taken from, or why not yet; the latest row of an item and kind counts. */
export const noticeMigration = {
  id: "0504-notice",
  sql: `
    create table notice (
      id text primary key, turn bigint generated always as identity, item text not null, investigation text not null, access_class int not null,
      kind text not null, state text not null check (state in ('sent', 'delayed', 'not-reachable', 'withdrawn')), language text, channel text, reason text,
      text text, by text not null, at timestamptz not null);
    create index notice_item on notice (item, kind);
    alter table notice enable row level security;
    create policy notice_sight on notice using (linchpin_sees(access_class));
    grant select, insert on notice to linchpin_app;`,
}

interface NoticeRow {
  id: string
  item: string
  kind: NoticeKind
  state: "sent" | "delayed" | "not-reachable" | "withdrawn"
  language: string | null
  channel: string | null
  reason: string | null
  at: Date
}

async function selectNotices(tx: Tx): Promise<NoticeRow[]> {
  return (await tx.query<NoticeRow & Record<string, unknown>>("select * from notice order by turn")).rows
}

const DAY = 86_400_000

const Notice = z.object({
  item: z.string(),
  reference: z.string().nullable(),
  onArrival: z.boolean(),
  kind: z.enum(NOTICE_KIND_IDS),
  state: z.enum(["due", "overdue", "sent", "delayed", "not-reachable", "withdrawn"]),
  dueAt: z.string(),
  language: z.string().nullable(),
  channel: z.string().nullable(),
  reason: z.string().nullable(),
  at: z.string().nullable(),
})

/** How long a notice that is due may lie before it is called overdue: a setting of this release, no rule of law. */
const PATIENCE_MS = 7 * DAY

function noticesOf(items: readonly ItemRow[], told: readonly NoticeRow[], now: number): z.input<typeof Notice>[] {
  return items.flatMap((item) =>
    NOTICE_KIND_IDS.flatMap((kind) => {
      const last = told.findLast((n) => n.item === item.id && n.kind === kind)
      const { afterDays } = NOTICE_KINDS[kind]
      if (!last && afterDays === null) return []
      const dueAt = item.taken_in_at.getTime() + (afterDays ?? 0) * DAY
      if (!last && dueAt > now) return []
      return {
        item: item.id,
        reference: item.reference,
        onArrival: item.on_arrival,
        kind,
        state: last ? last.state : now > dueAt + PATIENCE_MS ? ("overdue" as const) : ("due" as const),
        dueAt: new Date(dueAt).toISOString(),
        language: last?.language ?? null,
        channel: last?.channel ?? null,
        reason: last?.reason ?? null,
        at: last?.at.toISOString() ?? null,
      }
    }),
  )
}

const RANK = ["overdue", "due", "delayed", "not-reachable", "withdrawn", "sent"]

const list = procedure({
  name: "safeguards.notices",
  title: "Devices whose owner must be told something, and what he was told",
  input: z.object({ open: z.boolean().default(false).describe("only what is still to be told") }),
  output: z.array(Notice),
  needs: "rights",
  effect: "read",
  shape: "value",
  run: async (ctx, { open }) =>
    ctx.store.register.transaction(async (tx) => {
      const devices = (await selectItems(tx, {})).filter((i) => i.kind === "device")
      ctx.rests(devices.map((d) => d.access_class))
      return noticesOf(devices, await selectNotices(tx), ctx.at)
        .filter((n) => !open || n.state !== "sent")
        .sort((a, b) => RANK.indexOf(a.state) - RANK.indexOf(b.state) || (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0))
    }, ctx.sight.classes),
})

async function deviceOf(ctx: Context, id: string): Promise<ItemRow> {
  const [item] = await ctx.store.register.transaction((tx) => selectItems(tx, { ids: [id] }), ctx.sight.classes)
  if (item?.kind !== "device") throw new Failure("invalid.device-unknown", "There is no device of that id.", { at: id })
  return item
}

const Draft = z.object({
  item: z.string(),
  kind: z.enum(NOTICE_KIND_IDS),
  language: z.enum(NOTICE_LANGUAGES),
  reason: z.string().trim().min(3).max(1000).optional().describe("why it is kept, what was found to matter, how it is given back"),
  contact: z.string().trim().min(3).max(300).describe("where the owner can ask"),
})

const textFor = (item: ItemRow, d: z.output<typeof Draft>): string =>
  noticeText({
    kind: d.kind,
    language: d.language,
    reference: item.reference ?? item.id,
    takenOn: item.taken_in_at.toISOString().slice(0, 10),
    power: item.power ?? item.authority,
    reason: d.reason ?? null,
    contact: d.contact,
  })

const text = procedure({
  name: "safeguards.notice-text",
  title: "Draft of a notice to whom a device was taken from",
  input: Draft,
  output: z.object({ text: z.string(), rtl: z.boolean(), checked: z.boolean().describe("by somebody whose language it is") }),
  needs: "rights",
  effect: "read",
  shape: "value",
  show: (o) => o.text,
  about: (input) => [input.item],
  run: async (ctx, input) => {
    const item = await deviceOf(ctx, input.item)
    ctx.rests([item.access_class])
    const { rtl, unchecked } = TEXTS[input.language]
    return { text: textFor(item, input), rtl, checked: unchecked === null }
  },
})

const record = procedure({
  name: "safeguards.notice-record",
  title: "Record that a notice was sent, or why it was not yet",
  input: Draft.partial({ language: true, contact: true }).extend({
    state: z.enum(["sent", "delayed", "not-reachable", "withdrawn"]),
    channel: z.string().trim().min(2).max(200).optional().describe("by hand, by post, through a lawyer"),
  }),
  output: z.object({ notice: z.string() }),
  needs: "rights",
  effect: "decision",
  shape: "value",
  entry: "disclosure",
  recipients: () => ["owner of the device"],
  about: (input) => [input.item],
  run: async (ctx, input) => {
    const item = await deviceOf(ctx, input.item)
    const { state, kind, language, channel, reason, contact } = input
    if (state === "sent" && !(language && channel && contact))
      throw new Failure("invalid.notice-incomplete", "A notice that was sent has a language, a way and a place to ask.", { at: "language" })
    if (state !== "sent" && !reason) throw new Failure("invalid.reason-missing", "Say why the owner was not told yet.", { at: "reason" })
    const id = randomId("nt_")
    await ctx.tx.query(
      `insert into notice (id, item, investigation, access_class, kind, state, language, channel, reason, text, by, at)
       values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`,
      [
        id,
        item.id,
        item.investigation,
        item.access_class,
        kind,
        state,
        language ?? null,
        channel ?? null,
        reason ?? null,
        language && contact ? textFor(item, { ...input, language, contact }) : null,
        ctx.caller.id,
        new Date(ctx.at),
      ],
    )
    return { notice: id }
  },
})

export const noticeProcedures = [list, text, record]
