import type { ItemRow } from "../sql.ts"
import { mustInformSuperintendent } from "./facts.ts"
import { beyondSection26 } from "./powers.ts"
import { authorisedAt, type DeviceRecord, LACKS, type Lack } from "./record.ts"

export const ALERTS = {
  ...LACKS,
  "uses-exceed-power": "the recorded uses go beyond what BSAIA 2025 s.26 permits",
  "not-in-use-then": "the power was not in use yet on the day of the seizure",
  "not-authorised": "nobody authorised that the device is read",
  "authority-ended": "the authority to read the device has ended or was withdrawn",
  "superintendent-not-informed": "no superintendent is recorded as informed (BSAIA 2025 s.26(3))",
  "examined-beyond-authority": "scope was decided at a time for which there was no authority",
  "no-examiner": "nobody is assigned as its examiner",
  "receipt-missing": "no receipt is recorded",
  "receipt-not-given": "no receipt was given to the holder",
  "return-overdue": "it should have been returned",
  "return-not-set": "there is no date of return",
  "review-overdue": "what is out of scope should have been destroyed",
} as const
export type AlertCode = keyof typeof ALERTS

export interface Alert {
  code: AlertCode
  words: string
  /** Since when, ISO 8601; null where it was so from the start. */
  since: string | null
}

/** What is wrong or missing on one device's record at `now`. `decidedAt`: when scope was decided; `settled`: nothing of it is left to destroy. */
export function alertsOf(
  item: Pick<ItemRow, "on_arrival" | "taken_in_at" | "permitted_uses">,
  record: DeviceRecord,
  lacks: readonly Lack[],
  done: { decidedAt: readonly Date[]; settled: boolean },
  now: number,
): Alert[] {
  const { facts, power, authorisations, examiner } = record
  const out: Alert[] = []
  const alert = (code: AlertCode, since: string | null = null) => out.push({ code, words: ALERTS[code], since })
  const overdue = (at: string | undefined): at is string => at !== undefined && Date.parse(at) < now
  if (overdue(facts.returnBy) && !facts.returned) alert("return-overdue", facts.returnBy)
  if (!item.on_arrival) return out
  for (const lack of lacks) alert(lack)
  if (power?.section26 && beyondSection26(item.permitted_uses) !== null) alert("uses-exceed-power")
  if (power?.since && facts.takenAt && Date.parse(facts.takenAt) < Date.parse(power.since)) alert("not-in-use-then", facts.takenAt)
  const last = authorisations.at(-1)
  if (!last) alert("not-authorised", item.taken_in_at.toISOString())
  else if (!authorisedAt(record, "access", now) && !done.settled) alert("authority-ended", last.withdrawnAt ?? last.until)
  const first = authorisations.find((a) => power?.section26 && mustInformSuperintendent(a))
  if (first && !facts.superintendentInformed) alert("superintendent-not-informed", first.givenAt)
  const beyond = done.decidedAt.find((at) => !authorisedAt(record, "examine", at.getTime()))
  if (beyond) alert("examined-beyond-authority", beyond.toISOString())
  if (!examiner) alert("no-examiner")
  if (!facts.receipt) alert("receipt-missing")
  else if (!facts.receipt.given) alert("receipt-not-given")
  if (!facts.returnBy && !facts.returned) alert("return-not-set")
  if (overdue(facts.reviewBy) && !done.settled) alert("review-overdue", facts.reviewBy)
  return out
}
