import { callUnit } from "../sqlite/chat.ts"
import { databaseImporter, type Extraction, type Unit } from "../sqlite/extraction.ts"
import { addressOf } from "../sqlite/identity.ts"
import { unixMoment } from "../sqlite/moment.ts"
import type { Row } from "../sqlite/row.ts"

/** `CallLog.Calls.TYPE` (Android SDK): direction, answered, and the outcome in words. */
const TYPES: Record<number, { direction: "in" | "out"; answered: boolean | null; outcome: string }> = {
  1: { direction: "in", answered: true, outcome: "answered" },
  2: { direction: "out", answered: null, outcome: "dialled" },
  3: { direction: "in", answered: false, outcome: "missed" },
  4: { direction: "in", answered: false, outcome: "voicemail" },
  5: { direction: "in", answered: false, outcome: "rejected" },
  6: { direction: "in", answered: false, outcome: "blocked" },
  7: { direction: "in", answered: true, outcome: "answered on another device" },
}
/** Bit of `CallLog.Calls.FEATURES` that marks a video call. */
const VIDEO = 1
const APPS = ["whatsapp", "viber", "telegram", "skype", "signal"]

/** One row of Android's `calls` table, in calllog.db or in an older contacts2.db. */
export function androidCall(row: Row): Unit {
  const type = row.integer("type")
  const known = type === null ? undefined : TYPES[type]
  const durationS = row.integer("duration")
  const component = row.text("subscription_component_name")?.toLowerCase() ?? ""
  return callUnit({
    row,
    at: unixMoment(row, "date"),
    direction: known?.direction ?? null,
    others: [{ ids: addressOf(row.text("number")), name: row.text("name") }],
    own: addressOf(row.text("phone_account_address")),
    fields: {
      app: APPS.find((app) => component.includes(app)) ?? "cellular",
      // The phone does not say whether a dialled call was taken, except by its length.
      answered: known ? (known.answered ?? (durationS === null ? null : durationS > 0)) : null,
      outcome: known?.outcome ?? (type === null ? null : `type ${type}`),
      durationS,
      video: ((row.integer("features") ?? 0) & VIDEO) !== 0,
      nativeId: row.text("_id"),
    },
  })
}

/** Units: each row of `calls`. */
export async function androidCalls(extraction: Extraction): Promise<void> {
  await extraction.units("calls", androidCall)
}

/** Units: each row of `calls`. */
export const androidCallLog = databaseImporter({
  id: "android-calls",
  version: 1,
  title: "Android call log (calllog.db)",
  unknowns: "Call types of makers that Android does not define have no direction and keep their number as outcome.",
  signatures: [{ calls: ["number", "date", "duration", "type", "numbertype"] }],
  extract: androidCalls,
})
