import type { Context } from "#access"
import type { Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import { type ItemRow, selectItems } from "../sql.ts"
import type { Act } from "./facts.ts"
import { authorisedAt, type DeviceRecord, recordOf } from "./record.ts"
import { selectStatements } from "./sql.ts"

/**
 * The device, for whoever may examine it now: it is of the caller's investigation, these acts are authorised (BSAIA 2025 s.26), and he is
 * the one examiner assigned to it, who is not the one who authorised it. Throws `invalid.item-unknown`, `refused.not-authorised`,
 * `refused.not-assigned`. Of a thing that nobody took from a person on arrival nothing waits for an examiner, and nothing is refused.
 */
export async function examinable(
  tx: Tx,
  ctx: Pick<Context, "caller" | "investigation" | "store">,
  item: string,
  acts: readonly Act[],
): Promise<{ device: ItemRow; record: DeviceRecord }> {
  const [device] = await selectItems(tx, { ids: [item] })
  if (!device || (ctx.investigation && device.investigation !== ctx.investigation.id))
    throw new Failure("invalid.item-unknown", "There is no device of that id that you may see.", {
      at: item,
      hint: "evidence list shows what you hold.",
    })
  const record = recordOf(await selectStatements(tx, [item]))
  if (!device.on_arrival) return { device, record }
  const now = ctx.store.clock()
  if (!acts.every((act) => authorisedAt(record, act, now)))
    throw new Failure("refused.not-authorised", "Nobody has authorised that this device is read, or the authority has ended.", {
      at: item,
      hint: "evidence device-record says what is missing; an authorising officer gives it with evidence authorise-device.",
    })
  if (record.examiner?.person !== ctx.caller.id)
    throw new Failure("refused.not-assigned", "Rows that nobody decided on are for the one examiner who is assigned to this device.", {
      at: item,
      hint: "Whoever leads the investigation assigns him with evidence assign-examiner.",
    })
  return { device, record }
}

/** When what is out of scope on a device is to be destroyed at the latest, as its record says now; null when it says nothing. */
export async function reviewDue(tx: Tx, item: string): Promise<Date | null> {
  const { reviewBy } = recordOf(await selectStatements(tx, [item])).facts
  return reviewBy === undefined ? null : new Date(reviewBy)
}
