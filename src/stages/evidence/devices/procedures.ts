import { z } from "zod"
import { type Context, callerOf, procedure } from "#access"
import { canonical, type Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import { keyedId } from "#vocabulary/ids"
import { type Device, selectDevices, takenAt } from "./device.ts"
import { ACTS, type Authorisation, DeviceFacts, isInspectorOrAbove, Service } from "./facts.ts"
import { cannotReach, POWERS, powerOf } from "./powers.ts"
import { coerciveText, groundsKey, LACKS, rankTooLow, sameName } from "./record.ts"
import { insertStatement, lockEvent, type StatementRow } from "./sql.ts"
import { coercion, groundsBeside } from "./taking-in.ts"
import { AlertView, CandourRow, candourRow, DeviceHead, headOf, PowerView, powerViews, RecordView, recordView } from "./views.ts"

const Investigation = z.string().describe("name or id")
const Item = z.string().describe("the device: one at a time, on its own ground")

async function deviceOf(tx: Tx, ctx: Context, item: string): Promise<Device> {
  const [found] = await selectDevices(tx, { investigation: ctx.investigation!.id, item }, ctx.store.clock())
  if (found) return found
  throw new Failure("invalid.item-unknown", "There is no device of that id that you may see.", {
    at: item,
    hint: "evidence list shows what you hold.",
  })
}

const say = (
  ctx: Context,
  device: Device,
  kind: StatementRow["kind"],
  said: unknown,
  reason: string | null,
  at = new Date(ctx.at),
): Promise<void> =>
  insertStatement(ctx.tx, {
    id: keyedId("dc_", ctx.store.nodeKey, device.item.id, kind, canonical(said), ctx.caller.id, String(device.statements.length)),
    item: device.item.id,
    investigation: device.item.investigation,
    access_class: device.item.access_class,
    kind,
    said,
    reason,
    said_by: ctx.caller.id,
    said_at: at,
  })

const underSight = <T>(ctx: Context, run: (tx: Tx) => Promise<T>): Promise<T> => ctx.store.register.transaction(run, ctx.sight.classes)

const powers = procedure({
  name: "evidence.powers",
  title: "The table of powers under which devices are taken, by state, with source and date",
  input: z.object({}),
  output: z.array(PowerView),
  needs: "own",
  effect: "read",
  shape: "value",
  run: async () => powerViews(),
})

const deviceRecord = procedure({
  name: "evidence.device-record",
  title: "The record of one device: power, test, grounds, authority, receipt, return, and all that was ever said there",
  input: z.object({ investigation: Investigation, item: Item }),
  output: RecordView,
  needs: "look",
  effect: "read",
  shape: "value",
  about: ({ item }) => [item],
  run: (ctx, { item }) =>
    underSight(ctx, async (tx) => {
      const device = await deviceOf(tx, ctx, item)
      ctx.rests([device.item.access_class])
      return recordView(device)
    }),
})

const recordDevice = procedure({
  name: "evidence.record-device",
  title: "Add to the record of one device; what stood there before stays in its history",
  input: DeviceFacts.extend({
    investigation: Investigation,
    item: Item,
    reason: z.string().trim().max(2000).optional().describe("why something that was recorded is recorded differently"),
  }),
  output: RecordView,
  needs: "take-in",
  effect: "decision",
  shape: "value",
  about: ({ item }) => [item],
  run: async (ctx, { investigation: _, item, reason, ...given }) => {
    const facts = Object.fromEntries(Object.entries(given).filter(([, v]) => v !== undefined)) as DeviceFacts
    if (Object.keys(facts).length === 0)
      throw new Failure("invalid.nothing-recorded", "There is nothing to record.", { hint: "Give at least one field of the record." })
    const before = await deviceOf(ctx.tx, ctx, item)
    await lockEvent(ctx.tx, before.item.seizure_event)
    const stood = before.record.facts
    const changed = (Object.keys(facts) as (keyof DeviceFacts)[]).filter(
      (k) => stood[k] !== undefined && JSON.stringify(stood[k]) !== JSON.stringify(facts[k]),
    )
    if (changed.length > 0 && !reason)
      throw new Failure("invalid.reason-missing", `Already recorded otherwise: ${changed.join(", ")}.`, {
        at: "reason",
        hint: "Say why it is recorded differently now; the earlier words stay in the history.",
      })
    const coercive = coerciveText(facts)
    if (coercive) throw coercion(coercive)
    const now = { ...stood, ...facts }
    const power = powerOf(now.power)
    const why = power && cannotReach(power, { from: now.takenFrom ?? null, onArrival: before.item.on_arrival })
    if (why)
      throw new Failure("refused.power-cannot-reach", why, { at: "power", hint: "Record the power under which it was in truth taken." })
    if (power?.section26 && !before.item.on_arrival)
      throw new Failure(
        "refused.taken-in-open",
        "Its rows were taken in as open: under this power nobody may read them before they are decided on.",
        {
          at: "power",
          hint: "Have it erased here, and take it in anew under the power under which it was in truth taken.",
        },
      )
    if (facts.grounds !== undefined) {
      const key = groundsKey(facts.grounds, before.item.reference)
      if (key === "" || (await groundsBeside(ctx.tx, before.item.seizure_event, item)).includes(key))
        throw new Failure("refused.grounds-copied", "These are the grounds of another device of the same event, or no words at all.", {
          at: "grounds",
          hint: "Write why this device, of this person, in words of its own.",
        })
    }
    if (facts.officer !== undefined && before.record.authorisations.some((a) => sameName(a.authoriser, facts.officer)))
      throw samePerson("Who took the device has authorised that it is read.")
    await say(ctx, before, "recorded", facts, reason ?? null)
    return recordView(await deviceOf(ctx.tx, ctx, item))
  },
})

const samePerson = (why: string): Failure =>
  new Failure("refused.same-person", why, { hint: "Who takes a device, who authorises that it is read and who reads it are three people." })

const authoriseDevice = procedure({
  name: "evidence.authorise-device",
  title: "Authorise that one device is read, on its own grounds",
  input: z.object({
    investigation: Investigation,
    item: Item,
    rank: z.string().trim().min(1).max(100).describe("yours; a constable needs an inspector or above, an NCA officer an equivalent grade"),
    service: Service.default("police"),
    equivalent: z.boolean().default(false).describe("NCA: the grade is held equivalent to at least inspector"),
    acts: z
      .array(z.enum(ACTS))
      .min(1)
      .default([...ACTS])
      .describe("accessing, examination, copying, retention, use"),
    until: z.iso.datetime({ offset: true }).optional(),
    reason: z.string().trim().min(10).max(2000).describe("why it is necessary to read this device"),
    authoriser: z.string().trim().min(1).max(200).optional().describe("on a node where nobody signs in: who gave it on paper"),
    givenAt: z.iso.datetime({ offset: true }).optional().describe("on a node where nobody signs in: when"),
  }),
  output: RecordView,
  needs: "authorise",
  effect: "decision",
  shape: "value",
  about: ({ item }) => [item],
  run: async (ctx, { item, rank, service, equivalent, acts, until, reason, authoriser, givenAt }) => {
    const device = await deviceOf(ctx.tx, ctx, item)
    await lockEvent(ctx.tx, device.item.seizure_event)
    if (!device.item.on_arrival)
      throw new Failure("invalid.not-from-arrival", "This was not taken from a person on arrival: its rows wait for nobody.", { at: item })
    const paper = ctx.caller.via === "local"
    if (paper ? authoriser === undefined : authoriser !== undefined || givenAt !== undefined)
      throw new Failure("invalid.authoriser", paper ? "Say who gave the authority." : "Who authorises is you, and now.", {
        at: "authoriser",
      })
    const given: Authorisation = {
      authoriser: authoriser ?? ctx.caller.name,
      person: paper ? null : ctx.caller.id,
      rank,
      service,
      givenAt: givenAt ?? new Date(ctx.at).toISOString(),
      until: until ?? null,
      acts,
      reason,
    }
    if (Date.parse(given.givenAt) > ctx.at || (until !== undefined && Date.parse(until) <= Date.parse(given.givenAt)))
      throw new Failure("invalid.authority-time", "An authority is not given in the future, and does not end before it begins.", {
        at: "givenAt",
      })
    if (device.lacks.length > 0)
      throw new Failure("refused.record-incomplete", `It cannot be authorised: ${device.lacks.map((l) => LACKS[l]).join("; ")}.`, {
        at: item,
        hint: "Complete the record first (evidence record-device).",
      })
    const low = rankTooLow(device.record.power, given)
    if (low) throw new Failure("refused.rank-too-low", low, { at: "rank" })
    if (device.record.power?.section26 && service === "nca" && !equivalent && !isInspectorOrAbove(rank))
      throw new Failure(
        "refused.rank-too-low",
        "An NCA officer reads only with the authority of a grade held equivalent to at least inspector (BSAIA 2025 s.26(4)).",
        {
          at: "equivalent",
          hint: "State that the grade is held equivalent, if it is.",
        },
      )
    if (sameName(given.authoriser, device.record.facts.officer)) throw samePerson("Who took the device does not authorise that it is read.")
    const { examiner } = device.record
    if (examiner && (paper ? sameName(given.authoriser, examiner.name) : examiner.person === ctx.caller.id))
      throw samePerson("Who reads the device does not authorise it.")
    await say(ctx, device, "authorised", given, reason)
    return recordView(await deviceOf(ctx.tx, ctx, item))
  },
})

const withdrawAuthority = procedure({
  name: "evidence.withdraw-authority",
  title: "Withdraw the authority to read one device",
  input: z.object({ investigation: Investigation, item: Item, reason: z.string().trim().min(10).max(2000) }),
  output: RecordView,
  needs: "authorise",
  effect: "decision",
  shape: "value",
  about: ({ item }) => [item],
  run: async (ctx, { item, reason }) => {
    const device = await deviceOf(ctx.tx, ctx, item)
    await say(ctx, device, "withdrawn", {}, reason)
    return recordView(await deviceOf(ctx.tx, ctx, item))
  },
})

const assignExaminer = procedure({
  name: "evidence.assign-examiner",
  title: "Assign the one examiner who reads what nobody has decided on",
  input: z.object({
    investigation: Investigation,
    item: Item,
    person: z.string().describe("id of somebody who is examiner in this investigation"),
    reason: z.string().trim().max(2000).optional(),
  }),
  output: RecordView,
  needs: "grant",
  effect: "decision",
  shape: "value",
  about: ({ item, person }) => [item, person],
  run: async (ctx, { item, person, reason }) => {
    const device = await deviceOf(ctx.tx, ctx, item)
    const examiner = await callerOf(ctx.tx, person, { via: "session", provedAt: null, scopes: null })
    const roles = examiner.roles.filter((r) => r.investigation === device.item.investigation).map((r) => r.role)
    if (!roles.includes("examiner"))
      throw new Failure("refused.not-an-examiner", "That person is no examiner in this investigation.", { at: "person" })
    if (
      device.record.authorisations.some((a) => (a.person === null ? sameName(a.authoriser, examiner.name) : a.person === examiner.id)) ||
      sameName(device.record.facts.officer, examiner.name)
    )
      throw samePerson("That person took the device, or authorised that it is read.")
    await say(ctx, device, "assigned", { person: examiner.id, name: examiner.name }, reason ?? null)
    return recordView(await deviceOf(ctx.tx, ctx, item))
  },
})

const deviceAlerts = procedure({
  name: "evidence.device-alerts",
  title: "What is wrong, missing or overdue on the records of devices",
  input: z.object({ investigation: Investigation }),
  output: z.object({
    devices: z.array(DeviceHead.extend({ alerts: z.array(AlertView) })),
    without: z.number().describe("devices from arrivals without any alert"),
  }),
  needs: "look",
  effect: "read",
  shape: "value",
  run: (ctx) =>
    underSight(ctx, async (tx) => {
      const devices = await selectDevices(tx, { investigation: ctx.investigation!.id }, ctx.store.clock())
      return {
        devices: devices.filter((d) => d.alerts.length > 0).map((d) => ({ ...headOf(d), alerts: d.alerts })),
        without: devices.filter((d) => d.item.on_arrival && d.alerts.length === 0).length,
      }
    }),
})

const devicesUnder = procedure({
  name: "evidence.devices-under",
  title: "Candour: every device seized under a power in a period, with what was recorded and what was not",
  input: z.object({
    investigation: Investigation.optional().describe("name or id; all in which you may export when absent"),
    power: z
      .enum(["unlisted", ...POWERS.map((p) => p.id)])
      .optional()
      .describe("id from evidence powers; unlisted = none, or one that the table does not hold"),
    from: z.iso.datetime({ offset: true }).optional(),
    to: z.iso.datetime({ offset: true }).optional(),
  }),
  output: CandourRow,
  needs: "export",
  effect: "read",
  shape: "rows",
  rowsAs: () => "csv",
  run: async function* (ctx, { power, from, to }) {
    const devices = await underSight(ctx, (tx) => selectDevices(tx, { investigation: ctx.investigation?.id }, ctx.store.clock()))
    const rows = devices
      .filter((d) => power === undefined || (d.record.power?.id ?? "unlisted") === power)
      .filter(
        (d) =>
          (from === undefined || takenAt(d).getTime() >= Date.parse(from)) && (to === undefined || takenAt(d).getTime() < Date.parse(to)),
      )
      .sort((a, b) => takenAt(a).getTime() - takenAt(b).getTime() || (a.item.id < b.item.id ? -1 : 1))
    for (const d of rows) yield candourRow(d)
  },
})

export const deviceProcedures = [
  powers,
  deviceRecord,
  recordDevice,
  authoriseDevice,
  withdrawAuthority,
  assignExaminer,
  deviceAlerts,
  devicesUnder,
]
