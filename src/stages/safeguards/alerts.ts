import { z } from "zod"
import { accessClass, type Context, procedure } from "#access"
import { Failure } from "#vocabulary/failure"
import { randomId } from "#vocabulary/ids"
import { UNMARKED } from "#vocabulary/markings"
import { ACKNOWLEDGE_WITHIN_MS } from "./alert.ts"
import {
  type AlertRow,
  insertAlert,
  insertSource,
  markAcknowledged,
  markClosed,
  markDelivered,
  notifyLife,
  selectAlerts,
  selectSources,
  upsertContact,
} from "./sql.ts"
import { contactOf, escalate } from "./watch.ts"

/** Closed alerts stay on the duty screen for a day. */
const CLOSED_SHOWN_MS = 24 * 3_600_000

const KIND = z.enum(["boat", "captive", "threat", "lone-child", "trafficking"])

const Alert = z.object({
  id: z.string(),
  kind: z.enum([...KIND.options, "examine"]),
  urgency: z.enum(["now", "soon"]),
  state: z.enum(["open", "overdue", "acknowledged", "closed"]),
  signs: z.number().describe("how many records show it"),
  evidenceAt: z.string().nullable().describe("when it was written or said, as far as known"),
  place: z.string().nullable(),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
  contact: z.string().describe("whom to ask"),
  sentence: z.string().nullable().describe("only where it is needed to act"),
  byHand: z.boolean(),
  foundAt: z.string(),
  dueAt: z.string(),
  deliveredAt: z.string().nullable(),
  deliveredAfterMs: z.number().nullable().describe("from the commit of the records to the duty officer's screen"),
  acknowledgedAt: z.string().nullable(),
  acknowledgedAfterMs: z.number().nullable(),
  escalatedAt: z.string().nullable(),
  closedAt: z.string().nullable(),
  outcome: z.string().nullable(),
  told: z.array(z.string()),
  remark: z.string().nullable(),
})

const iso = (at: Date | null): string | null => at?.toISOString() ?? null
const after = (from: Date, to: Date | null): number | null => (to === null ? null : to.getTime() - from.getTime())

function view(a: AlertRow): z.input<typeof Alert> {
  const open = a.acknowledged_at === null ? (a.escalated_at === null ? "open" : "overdue") : "acknowledged"
  return {
    id: a.id,
    kind: a.kind as z.input<typeof Alert>["kind"],
    urgency: a.urgency,
    state: a.closed_at === null ? open : "closed",
    signs: a.signs,
    evidenceAt: iso(a.evidence_at),
    place: a.place,
    lat: a.lat,
    lon: a.lon,
    contact: a.contact,
    sentence: a.sentence,
    byHand: a.raised_by !== null,
    foundAt: a.found_at.toISOString(),
    dueAt: a.due_at.toISOString(),
    deliveredAt: iso(a.delivered_at),
    deliveredAfterMs: after(a.committed_at, a.delivered_at),
    acknowledgedAt: iso(a.acknowledged_at),
    acknowledgedAfterMs: after(a.found_at, a.acknowledged_at),
    escalatedAt: iso(a.escalated_at),
    closedAt: iso(a.closed_at),
    outcome: a.outcome,
    told: a.told,
    remark: a.remark,
  }
}

/** What stands on the duty screen now. Whatever had not reached it is delivered by this, which is written down. */
async function shown(ctx: Context): Promise<z.input<typeof Alert>[]> {
  const { store } = ctx
  await escalate(store)
  const now = new Date(store.clock())
  const delivered = await store.register.transaction((tx) => markDelivered(tx, now))
  if (delivered.length > 0) await ctx.journal({ delivered })
  const closedSince = new Date(now.getTime() - CLOSED_SHOWN_MS)
  return (await selectAlerts(store.register.read, { closedSince })).map(view)
}

const inbox = procedure({
  name: "safeguards.inbox",
  title: "Signs of risk to life, for the duty officer",
  input: z.object({}),
  output: z.array(Alert),
  needs: "duty",
  effect: "read",
  shape: "value",
  run: (ctx) => shown(ctx),
})

const follow = procedure({
  name: "safeguards.follow",
  title: "Signs of risk to life: all that stand, at once and again whenever one comes or changes",
  input: z.object({}),
  output: z.array(Alert),
  needs: "duty",
  effect: "read",
  shape: "events",
  run: async function* (ctx) {
    let wake: () => void = () => undefined
    let news = true
    const onNews = () => {
      news = true
      wake()
    }
    let told: string | null = null
    const stop = await ctx.store.register.listen("life", onNews)
    ctx.signal.addEventListener("abort", onNews)
    try {
      while (!ctx.signal.aborted) {
        news = false
        await ctx.lookAgain()
        const alerts = await shown(ctx)
        const now = JSON.stringify(alerts)
        if (told !== now) yield alerts
        told = now
        if (!news && !ctx.signal.aborted)
          await new Promise<void>((resolve) => {
            wake = resolve
            if (news) resolve()
          })
      }
    } finally {
      ctx.signal.removeEventListener("abort", onNews)
      await stop()
    }
  },
})

async function alertOf(ctx: Context, id: string): Promise<AlertRow> {
  const [found] = await selectAlerts(ctx.tx, { id, closedSince: new Date(0) })
  if (!found) throw new Failure("invalid.alert-unknown", "There is no alert of that id.", { at: id, hint: "safeguards inbox shows them." })
  return found
}

const acknowledge = procedure({
  name: "safeguards.acknowledge",
  title: "Take an alert on",
  input: z.object({ alert: z.string() }),
  output: Alert,
  needs: "duty",
  effect: "decision",
  shape: "value",
  about: (input) => [input.alert],
  run: async (ctx, { alert }) => {
    await alertOf(ctx, alert)
    if (!(await markAcknowledged(ctx.tx, alert, ctx.caller.id, new Date(ctx.at))))
      throw new Failure("conflict.alert-taken", "Somebody has taken this alert on already.", {
        at: alert,
        hint: "Look at the inbox again.",
      })
    await notifyLife(ctx.tx)
    return view(await alertOf(ctx, alert))
  },
})

const close = procedure({
  name: "safeguards.close",
  title: "Close an alert, with what was done and who was told",
  input: z.object({
    alert: z.string(),
    outcome: z.enum(["acted", "known-already", "no-risk", "passed-on"]),
    told: z
      .array(z.enum(["coastguard", "police", "ambulance", "childrens-services", "nrm", "embassy", "partner", "nobody"]))
      .min(1)
      .describe("who was told; nobody where there was no risk"),
    remark: z.string().trim().min(5).max(2000).describe("what was done, and the reference that whoever was told gave"),
  }),
  output: Alert,
  needs: "duty",
  effect: "decision",
  shape: "value",
  about: (input) => [input.alert],
  run: async (ctx, { alert, outcome, told, remark }) => {
    await alertOf(ctx, alert)
    if (outcome !== "no-risk" && told.includes("nobody"))
      throw new Failure("invalid.nobody-told", "A risk was found and nobody was told.", {
        at: "told",
        hint: "Say who was told, or that there is no risk and why.",
      })
    if (!(await markClosed(ctx.tx, alert, { by: ctx.caller.id, at: new Date(ctx.at), outcome, told, remark })))
      throw new Failure("conflict.alert-closed", "This alert is closed already.", { at: alert, hint: "Look at the inbox again." })
    await notifyLife(ctx.tx)
    return view(await alertOf(ctx, alert))
  },
})

const raise = procedure({
  name: "safeguards.raise",
  title: "Tell the duty officer that a life is at risk",
  input: z.object({
    investigation: z.string().optional().describe("name or id of the one in which it was seen"),
    kind: KIND,
    words: z.string().trim().min(5).max(400).describe("what the duty officer must know to act; no names of suspects"),
    at: z.iso.datetime({ offset: true }).optional().describe("when it was written or seen"),
    place: z.string().trim().min(2).max(200).optional(),
    lat: z.number().min(-90).max(90).optional(),
    lon: z.number().min(-180).max(180).optional(),
    record: z.string().startsWith("rc_").optional().describe("the record that shows it; stays in the investigation"),
    contact: z.string().trim().min(3).max(200).optional().describe("whom to ask; else the investigation's contact point, or you"),
  }),
  output: z.object({ alert: z.string() }),
  // Whoever works on the node may see that somebody is in danger.
  needs: "own",
  effect: "decision",
  shape: "value",
  entry: "disclosure",
  recipients: () => ["duty officer"],
  about: (input) => (input.record ? [input.record] : []),
  run: async (ctx, input) => {
    const id = randomId("al_")
    const at = new Date(ctx.at)
    const investigation = ctx.investigation?.id ?? null
    const contact = input.contact ?? (investigation ? await contactOf(ctx.tx, investigation, false) : ctx.caller.name)
    await insertAlert(ctx.tx, {
      id,
      mark: id,
      investigation,
      kind: input.kind,
      urgency: "now",
      evidence_at: input.at ? new Date(input.at) : null,
      place: input.place ?? null,
      lat: input.lat ?? null,
      lon: input.lon ?? null,
      contact,
      sentence: input.words,
      raised_by: ctx.caller.id,
      committed_at: at,
      found_at: at,
      due_at: new Date(ctx.at + ACKNOWLEDGE_WITHIN_MS.now),
    })
    if (input.record && investigation) {
      const own = await accessClass(ctx.tx, { ...UNMARKED, investigation, originators: ["this node"] })
      await ctx.tx.query("select set_config('linchpin.classes', $1, true)", [`{${own}}`])
      const { record, kind } = input
      await insertSource(ctx.tx, {
        alert: id,
        record,
        investigation,
        access_class: own,
        exhibit: "",
        item: "",
        scope: "in",
        kind,
        words: "by hand",
      })
    }
    await notifyLife(ctx.tx)
    return { alert: id }
  },
})

const Raised = z.object({
  alert: z.string(),
  kind: z.string(),
  urgency: z.string(),
  state: z.string(),
  foundAt: z.string(),
  escalated: z.boolean().describe("nobody took it on in time: call the emergency services yourself"),
  outcome: z.string().nullable(),
  sources: z.array(z.object({ record: z.string(), exhibit: z.string(), item: z.string(), kind: z.string(), words: z.string() })),
})

async function raisedFrom(ctx: Context, open: boolean): Promise<z.input<typeof Raised>[]> {
  const investigation = ctx.investigation!.id
  const { alerts, sources } = await ctx.store.register.transaction(
    async (tx) => ({
      alerts: await selectAlerts(tx, { investigation, closedSince: new Date(0) }),
      sources: Map.groupBy(await selectSources(tx, investigation, open), (s) => s.alert),
    }),
    ctx.sight.classes,
  )
  ctx.rests([...sources.values()].flat().map((s) => s.access_class))
  return alerts.flatMap((a) => {
    const own = sources.get(a.id)
    if (!own) return []
    const { state, foundAt, outcome } = view(a)
    return {
      alert: a.id,
      kind: a.kind,
      urgency: a.urgency,
      state,
      foundAt,
      escalated: a.escalated_at !== null,
      outcome,
      sources: own.map(({ record, exhibit, item, kind, words }) => ({ record, exhibit, item, kind, words })),
    }
  })
}

const ownInvestigation = z.object({ investigation: z.string().describe("name or id") })

const raised = procedure({
  name: "safeguards.raised",
  title: "What was told to the duty officer out of this investigation, with its records",
  input: ownInvestigation,
  output: z.array(Raised),
  needs: "look",
  effect: "read",
  shape: "value",
  run: (ctx) => raisedFrom(ctx, true),
})

const toExamine = procedure({
  name: "safeguards.to-examine",
  title: "Rows that are undecided or set apart and hold a sign of risk to life, for their examiner",
  input: ownInvestigation,
  output: z.array(Raised),
  needs: "examine",
  effect: "read",
  shape: "value",
  run: (ctx) => raisedFrom(ctx, false),
})

const setContact = procedure({
  name: "safeguards.set-contact",
  title: "Say whom the duty officer asks about this investigation",
  input: z.object({
    investigation: z.string().describe("name or id"),
    contact: z.string().trim().min(3).max(200).describe("a desk that answers day and night, with its number"),
    tellName: z.boolean().default(false).describe("the duty officer may know the investigation's name"),
  }),
  output: z.object({ contact: z.string() }),
  needs: "grant",
  effect: "decision",
  shape: "value",
  run: async (ctx, { contact, tellName }) => {
    const investigation = ctx.investigation!.id
    await upsertContact(ctx.tx, { investigation, contact, tellsName: tellName, by: ctx.caller.id, at: new Date(ctx.at) })
    return { contact: await contactOf(ctx.tx, investigation, false) }
  },
})

export const alertProcedures = [inbox, follow, acknowledge, close, raise, raised, toExamine, setContact]
