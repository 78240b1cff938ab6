import { z } from "zod"
import { type Context, joinedMarking, procedure } from "#access"
import { selectExhibits, selectItems } from "#evidence"
import { mountRecords, recordsById } from "#records"
import { Failure } from "#vocabulary/failure"
import { randomId } from "#vocabulary/ids"
import { KINDS, type KindName } from "#vocabulary/kinds"
import { banner } from "#vocabulary/markings"
import { dueOf } from "./deadline.ts"
import { GROUND_IDS, suggestions } from "./grounds.ts"
import { letterOf, type Told } from "./letter.ts"
import { SCOPES, searchHoldings } from "./search.ts"
import {
  decideItem,
  type ItemRow,
  insertNote,
  insertRequest,
  type RequestRow,
  replaceItems,
  selectNotes,
  selectRequestItems,
  selectRequests,
  updateRequest,
} from "./sql.ts"

const TYPES = ["phone", "email", "handle", "account", "imei", "imsi", "iban", "wallet", "document", "hull", "plate"] as const

const Request = z.object({
  id: z.string(),
  kind: z.enum(["access", "rectification", "erasure", "restriction"]),
  subject: z.string(),
  wants: z.string(),
  receivedAt: z.string(),
  state: z.enum(["identity awaited", "answer of the subject awaited", "to search", "to decide", "to answer", "closed"]),
  identity: z.string().nullable(),
  dueAt: z.string().nullable(),
  extendBy: z.string().nullable().describe("until when two further months can be announced"),
  overdue: z.boolean(),
  extended: z.boolean(),
  items: z.number(),
  undecided: z.number(),
  closedAt: z.string().nullable(),
})

const Item = z.object({
  n: z.number(),
  exhibit: z.string(),
  item: z.string(),
  scope: z.enum(SCOPES),
  kinds: z.record(z.string(), z.number()),
  records: z.number().describe("references kept; the counts are by kind"),
  foundBy: z.array(z.string()),
  ownDevice: z.boolean(),
  banner: z.string(),
  suggestions: z.array(z.object({ ground: z.enum(GROUND_IDS), why: z.string() })),
  decision: z.enum(["give", "withhold", "silent", "not-about"]).nullable(),
  ground: z.enum(GROUND_IDS).nullable(),
  reason: z.string().nullable(),
})

const iso = (d: Date | null): string | null => d?.toISOString() ?? null
const isoMs = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())

function clockOf(r: RequestRow) {
  return {
    receivedAt: r.received_at.getTime(),
    ...(r.identity_needed ? { identifiedAt: r.identified_at?.getTime() ?? null } : {}),
    waits: r.waits,
    extended: r.extended_at !== null,
  }
}

function stateOf(r: RequestRow, items: readonly ItemRow[]): z.input<typeof Request>["state"] {
  if (r.closed_at) return "closed"
  const { why } = dueOf(clockOf(r))
  if (why !== "counting") return why
  if (r.refused_at) return "to answer"
  if (!r.searched_at) return "to search"
  return items.some((i) => i.decision === null) ? "to decide" : "to answer"
}

function view(r: RequestRow, items: readonly ItemRow[], now: number): z.input<typeof Request> {
  const due = dueOf(clockOf(r))
  return {
    id: r.id,
    kind: r.kind,
    subject: r.subject,
    wants: r.wants,
    receivedAt: r.received_at.toISOString(),
    state: stateOf(r, items),
    identity: r.identity,
    dueAt: isoMs(due.at),
    extendBy: isoMs(due.extendBy),
    overdue: r.closed_at === null && due.at !== null && due.at < now,
    extended: r.extended_at !== null,
    items: items.length,
    undecided: items.filter((i) => i.decision === null).length,
    closedAt: iso(r.closed_at),
  }
}

async function requestOf(ctx: Context, id: string): Promise<{ request: RequestRow; items: ItemRow[] }> {
  const read = async (tx: Context["tx"]) => ({ found: (await selectRequests(tx, id))[0], items: await selectRequestItems(tx, id) })
  // A decision's own transaction has the sight already.
  const { found, items } = await ctx.store.register.transaction(read, ctx.sight.classes)
  if (!found)
    throw new Failure("invalid.request-unknown", "There is no request of that id.", { at: id, hint: "safeguards requests lists them." })
  return { request: found, items }
}

function mustBeOpen(r: RequestRow): void {
  if (r.closed_at) throw new Failure("conflict.request-closed", "This request was answered and closed.", { at: r.id })
}

const enter = procedure({
  name: "safeguards.request-enter",
  title: "Enter a request of a data subject",
  input: z.object({
    kind: Request.shape.kind,
    subject: z.string().trim().min(2).max(200).describe("who asks, as he names himself"),
    wants: z.string().trim().min(3).max(2000).describe("what he asks for, in his words"),
    channel: z.string().trim().min(2).max(200).describe("how it came and where the answer goes"),
    receivedAt: z.iso.datetime({ offset: true }),
    identityNeeded: z.boolean().default(true).describe("proof of who he is was asked for (s.52(4)): the time runs when it has come"),
    names: z.array(z.string().trim().min(2).max(120)).max(30).default([]).describe("names to search for, in any script"),
    identifiers: z
      .array(
        z.object({
          type: z.enum(TYPES),
          raw: z.string().trim().min(3).max(120),
          platform: z.string().max(40).optional(),
          region: z
            .string()
            .regex(/^[A-Z]{2}$/)
            .optional(),
        }),
      )
      .max(50)
      .default([]),
  }),
  output: Request,
  needs: "rights",
  effect: "decision",
  shape: "value",
  run: async (ctx, input) => {
    const id = randomId("rq_")
    await insertRequest(ctx.tx, {
      id,
      kind: input.kind,
      subject: input.subject,
      wants: input.wants,
      sought: { names: input.names, identifiers: input.identifiers },
      channel: input.channel,
      received_at: new Date(input.receivedAt),
      identity_needed: input.identityNeeded,
      entered_by: ctx.caller.id,
      entered_at: new Date(ctx.at),
    })
    await ctx.journal({ request: id })
    return view((await selectRequests(ctx.tx, id))[0]!, [], ctx.at)
  },
})

const list = procedure({
  name: "safeguards.requests",
  title: "Requests of data subjects, with what is due",
  input: z.object({}),
  output: z.array(Request),
  needs: "rights",
  effect: "read",
  shape: "value",
  run: async (ctx) =>
    ctx.store.register.transaction(async (tx) => {
      const out = []
      for (const r of await selectRequests(tx, null)) out.push(view(r, await selectRequestItems(tx, r.id), ctx.at))
      return out
    }, ctx.sight.classes),
})

const show = procedure({
  name: "safeguards.request-show",
  title: "One request, what was found for it by reference, and what was decided",
  input: z.object({ request: z.string() }),
  output: z.object({ request: Request, items: z.array(Item), letter: z.string().nullable() }),
  needs: "rights",
  effect: "read",
  shape: "value",
  about: (input) => [input.request],
  run: async (ctx, input) => {
    const { request, items } = await requestOf(ctx, input.request)
    ctx.rests(items.map((i) => i.access_class))
    return {
      request: view(request, items, ctx.at),
      items: items.map((i) => ({
        n: i.n,
        exhibit: i.exhibit,
        item: i.item,
        scope: i.scope,
        kinds: i.kinds,
        records: i.records.length,
        foundBy: i.found_by,
        ownDevice: i.own_device,
        banner: banner(i.marking),
        suggestions: i.suggestions,
        decision: i.decision,
        ground: i.ground,
        reason: i.reason,
      })),
      letter: request.letter,
    }
  },
})

const clock = procedure({
  name: "safeguards.request-clock",
  title: "What makes the time of a request run, stand still or last longer",
  input: z.object({
    request: z.string(),
    step: z.enum(["identified", "asked", "answered", "extended", "refused"]),
    at: z.iso.datetime({ offset: true }).optional().describe("when; now if not said"),
    words: z
      .string()
      .trim()
      .min(5)
      .max(2000)
      .describe("proof seen, question, answer, reasons told to the subject (s.54(3B)), or why it is unfounded (s.53)"),
  }),
  output: Request,
  needs: "rights",
  effect: "decision",
  shape: "value",
  about: (input) => [input.request],
  run: async (ctx, { request: id, step, at, words }) => {
    const { request, items } = await requestOf(ctx, id)
    mustBeOpen(request)
    const when = at === undefined ? ctx.at : Date.parse(at)
    const open = request.waits.findIndex((w) => w.to === null)
    const set = (): Parameters<typeof updateRequest>[2] => {
      switch (step) {
        case "identified":
          return { identified_at: new Date(when), identity: words }
        case "asked":
          if (open >= 0) throw new Failure("conflict.already-waiting", "The subject was asked already and has not answered.", { at: id })
          return { waits: [...request.waits, { from: when, to: null }] }
        case "answered":
          if (open < 0) throw new Failure("conflict.not-waiting", "Nothing was asked that he could answer.", { at: id })
          return { waits: request.waits.map((w, n) => (n === open ? { ...w, to: when } : w)) }
        case "extended": {
          const { extendBy } = dueOf(clockOf(request))
          if (extendBy === null || when > extendBy)
            throw new Failure("refused.too-late-to-extend", "Two further months can be announced once, within the first month.", {
              at: id,
              hint: "Data Protection Act 2018 s.54(3B).",
            })
          return { extended_at: new Date(when), extension_reason: words }
        }
        case "refused":
          return { refused_at: new Date(when), refusal: words }
      }
    }
    await updateRequest(ctx.tx, id, set())
    await ctx.journal({ step, words })
    return view((await selectRequests(ctx.tx, id))[0]!, items, ctx.at)
  },
})

const search = procedure({
  name: "safeguards.request-search",
  title: "Search all that is held for what a request is about: references, never text",
  input: z.object({ request: z.string() }),
  output: z.object({ found: z.number(), bySound: z.number() }),
  needs: "rights",
  effect: "decision",
  shape: "job",
  entry: "consultation",
  about: (input) => [input.request],
  run: async (ctx, { request: id }) => {
    const { request } = await requestOf(ctx, id)
    mustBeOpen(request)
    ctx.progress(0.1, "Searching what is held")
    const hits = await searchHoldings(ctx.store, ctx.sight.classes, request.sought)
    const rows: Parameters<typeof replaceItems>[2][number][] = []
    for (const h of hits) {
      const marking = await joinedMarking(ctx.store.register.read, [h.accessClass])
      rows.push({
        investigation: h.investigation,
        access_class: h.accessClass,
        exhibit: h.exhibit,
        item: h.item,
        scope: h.scope,
        kinds: h.kinds,
        records: h.records,
        found_by: h.foundBy,
        own_device: h.ownDevice,
        marking,
        suggestions: suggestions({ marking, otherParties: h.otherParties, scope: h.scope, ownDevice: h.ownDevice }),
      })
    }
    await ctx.commit({ request: id, found: rows.map((r) => r.exhibit) }, async (tx) => {
      await replaceItems(tx, id, rows)
      await updateRequest(tx, id, { searched_at: new Date(ctx.store.clock()) })
    })
    return { found: rows.length, bySound: rows.filter((r) => r.found_by.every((f) => f === "name, by sound")).length }
  },
})

const decide = procedure({
  name: "safeguards.request-decide",
  title: "Decide of one item whether it is given, withheld, or neither confirmed nor denied",
  input: z.object({
    request: z.string(),
    n: z.number().int().min(1),
    decision: z.enum(["give", "withhold", "silent", "not-about"]),
    ground: z.enum(GROUND_IDS).optional().describe("s.45(4); for withhold and silent"),
    reason: z.string().trim().min(10).max(2000).describe("recorded for the Commissioner (s.45(7)); never in the letter"),
  }),
  output: z.object({ undecided: z.number() }),
  needs: "rights",
  effect: "decision",
  shape: "value",
  about: (input) => [input.request],
  run: async (ctx, { request: id, n, decision, ground, reason }) => {
    const { request } = await requestOf(ctx, id)
    mustBeOpen(request)
    const restricts = decision === "withhold" || decision === "silent"
    if (restricts && !ground)
      throw new Failure("refused.ground-missing", "A restriction needs one of the grounds of section 45(4).", { at: "ground" })
    const by = { by: ctx.caller.id, at: new Date(ctx.at) }
    if (!(await decideItem(ctx.tx, id, n, { decision, ground: restricts ? ground! : null, reason, ...by })))
      throw new Failure("invalid.request-item", "This request has no such item.", { at: "n" })
    return { undecided: (await selectRequestItems(ctx.tx, id)).filter((i) => i.decision === null).length }
  },
})

const Done = z.string().trim().min(5).max(1000).optional().describe("what was done, for a request other than access")

async function letterFor(ctx: Context, r: RequestRow, items: readonly ItemRow[]): Promise<string> {
  const origins = new Map(
    (
      await ctx.store.register.transaction(
        (tx) => selectItems(tx, { ids: items.flatMap((i) => (i.decision === "give" ? i.item : [])) }),
        ctx.sight.classes,
      )
    ).map((i) => [i.id, `a ${i.kind}${i.power === null ? "" : ` (${i.power})`}`]),
  )
  const told = items.flatMap((i): Told[] =>
    i.decision === null || i.decision === "not-about"
      ? []
      : [
          {
            decision: i.decision,
            ground: i.ground,
            kinds: Object.entries(i.kinds)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([kind, count]) => ({ title: KINDS[kind as KindName].title, count })),
            origin: origins.get(i.item) ?? "",
          },
        ],
  )
  return letterOf({
    reference: r.id,
    subject: r.subject,
    kind: r.kind,
    receivedAt: r.received_at.toISOString().slice(0, 10),
    items: told,
    refusal: r.refusal,
    done: r.done,
  })
}

const letter = procedure({
  name: "safeguards.request-letter",
  title: "Draft of the answer, as plain text",
  input: z.object({
    request: z.string(),
    done: Done,
  }),
  output: z.object({ text: z.string(), ready: z.boolean() }),
  needs: "rights",
  effect: "read",
  shape: "value",
  show: ({ text }) => text,
  about: (input) => [input.request],
  run: async (ctx, input) => {
    const { request, items } = await requestOf(ctx, input.request)
    ctx.rests([])
    const ready = stateOf(request, items) === "to answer"
    return { text: request.letter ?? (await letterFor(ctx, { ...request, done: input.done ?? request.done }, items)), ready }
  },
})

const close = procedure({
  name: "safeguards.request-close",
  title: "Record that the answer was sent; it is kept as it was sent",
  input: z.object({ request: z.string(), done: Done }),
  output: Request,
  needs: "rights",
  effect: "decision",
  shape: "value",
  entry: "disclosure",
  recipients: () => ["data subject"],
  about: (input) => [input.request],
  run: async (ctx, { request: id, done }) => {
    const { request, items } = await requestOf(ctx, id)
    mustBeOpen(request)
    const state = stateOf(request, items)
    if (state !== "to answer")
      throw new Failure("conflict.request-not-ready", `This request cannot be answered yet: ${state}.`, {
        at: id,
        hint: "Search, and decide every item first.",
      })
    const text = await letterFor(ctx, { ...request, done: done ?? request.done }, items)
    await updateRequest(ctx.tx, id, { closed_at: new Date(ctx.at), letter: text, ...(done ? { done } : {}) })
    return view((await selectRequests(ctx.tx, id))[0]!, items, ctx.at)
  },
})

const handOver = procedure({
  name: "safeguards.request-hand-over",
  title: "Hand what a request asks to erase to whoever orders erasure, by reference",
  input: z.object({ request: z.string() }),
  output: z.object({
    request: z.string(),
    next: z.literal("retention.erase-preview").describe("where erasure is looked at before it is ordered"),
    items: z.array(z.object({ investigation: z.string(), exhibit: z.string(), item: z.string(), records: z.array(z.string()) })),
  }),
  needs: "rights",
  effect: "decision",
  shape: "value",
  about: (input) => [input.request],
  run: async (ctx, { request: id }) => {
    const { request, items } = await requestOf(ctx, id)
    mustBeOpen(request)
    if (request.kind !== "erasure")
      throw new Failure("invalid.request-kind", "Only a request for erasure is handed over to erasure.", { at: id })
    await updateRequest(ctx.tx, id, { handed_over_at: new Date(ctx.at) })
    const due = items.filter((i) => i.decision === "give")
    return {
      request: id,
      next: "retention.erase-preview" as const,
      items: due.map(({ investigation, exhibit, item, records }) => ({ investigation, exhibit, item, records })),
    }
  },
})

const Note = z.object({
  id: z.string(),
  record: z.string(),
  state: z.enum(["contested", "rectified", "restricted"]),
  words: z.string(),
  at: z.string(),
})

const annotate = procedure({
  name: "safeguards.annotate",
  title: "Put right what a record says, contest it, or restrict its use: a note that stays with the record",
  input: z.object({
    request: z.string(),
    record: z.string(),
    state: Note.shape.state,
    words: z.string().trim().min(5).max(2000).describe("what is right instead, or what is contested"),
  }),
  output: Note,
  needs: "rights",
  effect: "decision",
  shape: "value",
  entry: "alteration",
  about: (input) => [input.record, input.request],
  run: async (ctx, { request: id, record, state, words }) => {
    const { request } = await requestOf(ctx, id)
    mustBeOpen(request)
    const exhibit = await exhibitOf(ctx, record)
    const note = { id: randomId("dc_"), record, state, words, at: new Date(ctx.at) }
    await insertNote(ctx.tx, {
      ...note,
      investigation: exhibit.investigation,
      access_class: exhibit.access_class,
      exhibit: exhibit.id,
      request: id,
      by: ctx.caller.id,
    })
    return { ...note, at: note.at.toISOString() }
  },
})

async function exhibitOf(ctx: Context, record: string) {
  for (const scope of SCOPES) {
    const mounted = await mountRecords(ctx.store, ctx.sight.classes, { scope })
    try {
      const [found] = await recordsById(mounted, [record])
      if (found) return (await selectExhibits(ctx.tx, { ids: [found.exhibit] }))[0]!
    } finally {
      mounted.close()
    }
  }
  throw new Failure("invalid.record-unknown", "There is no record of that id that you may see.", { at: record })
}

const notesOf = procedure({
  name: "safeguards.notes-of",
  title: "What stands beside records: contested, put right, restricted",
  input: z.object({ investigation: z.string().describe("name or id"), record: z.string().optional() }),
  output: z.array(Note),
  needs: "look",
  effect: "read",
  shape: "value",
  about: (input) => (input.record ? [input.record] : []),
  run: async (ctx, { record }) => {
    const notes = await ctx.store.register.transaction((tx) => selectNotes(tx, ctx.investigation!.id, record ?? null), ctx.sight.classes)
    ctx.rests(notes.map((n) => n.access_class))
    return notes.map(({ id, record: of, state, words, at }) => ({ id, record: of, state, words, at: at.toISOString() }))
  },
})

export const requestProcedures = [enter, list, show, clock, search, decide, letter, close, handOver, annotate, notesOf]
