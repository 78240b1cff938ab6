import type { Tx } from "#store"
import { type ItemRow, type SeizureEventRow, selectItems, selectScopeRules, selectSeizureEvents } from "../sql.ts"
import { type Alert, alertsOf } from "./alerts.ts"
import { type DestructionRow, selectDestructions } from "./destruction.ts"
import { type DeviceRecord, type Lack, lacksOf, recordOf } from "./record.ts"
import { type StatementRow, selectStatements } from "./sql.ts"
import { groundsBeside } from "./taking-in.ts"

/** One device with all that stands on its record. */
export interface Device {
  item: ItemRow
  event: SeizureEventRow
  record: DeviceRecord
  statements: StatementRow[]
  lacks: Lack[]
  alerts: Alert[]
  decisions: number
  /** Proposed or done: what is out of scope, and the original. */
  destructions: DestructionRow[]
}

/** When the seizure is recorded to have been; else when the device was taken in. */
export const takenAt = (d: Pick<Device, "item" | "record" | "event">): Date =>
  d.record.facts.takenAt ? new Date(d.record.facts.takenAt) : (d.event.at ?? d.item.taken_in_at)

/** The devices that the transaction's classes show: things of kind device, and whatever was taken from a person on arrival. */
export async function selectDevices(
  tx: Tx,
  filter: { investigation?: string | undefined; item?: string | undefined },
  now: number,
): Promise<Device[]> {
  const items = (
    await selectItems(tx, { investigation: filter.investigation, ...(filter.item === undefined ? {} : { ids: [filter.item] }) })
  ).filter((i) => i.on_arrival || i.kind === "device")
  const said = Map.groupBy(
    await selectStatements(
      tx,
      items.map((i) => i.id),
    ),
    (s) => s.item,
  )
  const going = Map.groupBy(
    await selectDestructions(
      tx,
      items.map((i) => i.id),
    ),
    (d) => d.item,
  )
  const out: Device[] = []
  for (const [investigation, here] of Map.groupBy(items, (i) => i.investigation)) {
    const events = new Map((await selectSeizureEvents(tx, investigation)).map((e) => [`${e.id} ${e.access_class}`, e]))
    const rules = Map.groupBy(await selectScopeRules(tx, investigation), (r) => r.item)
    for (const item of here) {
      const statements = said.get(item.id) ?? []
      const record = recordOf(statements)
      const lacks = lacksOf(record, item, item.on_arrival ? await groundsBeside(tx, item.seizure_event, item.id) : [])
      const decided = rules.get(item.id) ?? []
      const destructions = going.get(item.id) ?? []
      const settled = destructions.some((d) => d.done_at !== null)
      const alerts = alertsOf(item, record, lacks, { decidedAt: decided.map((r) => r.signed_at), settled }, now)
      const event = events.get(`${item.seizure_event} ${item.access_class}`)!
      out.push({ item, event, record, statements, lacks, alerts, decisions: decided.length, destructions })
    }
  }
  return out
}
