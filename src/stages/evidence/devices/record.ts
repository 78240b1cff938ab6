import { fold } from "#names"
import type { ItemRow } from "../sql.ts"
import { demandsSecret } from "./coercion.ts"
import { type Act, type Authorisation, type DeviceFacts, isInspectorOrAbove, isRelevantPerson } from "./facts.ts"
import { cannotReach, type Power, powerOf } from "./powers.ts"
import type { StatementRow } from "./sql.ts"

/** What stands on one device's record now, out of everything that was ever said there. */
export interface DeviceRecord {
  facts: DeviceFacts
  power: Power | null
  authorisations: (Authorisation & { id: string; withdrawnAt: string | null })[]
  /** Who alone reads what nobody decided on; null while nobody is. */
  examiner: { person: string; name: string; since: string } | null
}

/** Plays the statements in their order. */
export function recordOf(statements: readonly StatementRow[]): DeviceRecord {
  let facts: DeviceFacts = {}
  const authorisations: DeviceRecord["authorisations"] = []
  let examiner: DeviceRecord["examiner"] = null
  for (const s of statements) {
    const at = s.said_at.toISOString()
    switch (s.kind) {
      case "recorded":
        facts = { ...facts, ...(s.said as DeviceFacts) }
        break
      case "authorised":
        authorisations.push({ ...(s.said as Authorisation), id: s.id, withdrawnAt: null })
        break
      case "withdrawn":
        for (const a of authorisations) a.withdrawnAt ??= at
        break
      case "assigned":
        examiner = { ...(s.said as { person: string; name: string }), since: at }
        break
    }
  }
  return { facts, power: powerOf(facts.power), authorisations, examiner }
}

/** Whether one of these acts was authorised at that moment. */
export function authorisedAt(record: DeviceRecord, act: Act, atMs: number): boolean {
  return record.authorisations.some(
    (a) =>
      a.acts.includes(act) &&
      Date.parse(a.givenAt) <= atMs &&
      (a.until === null || atMs < Date.parse(a.until)) &&
      (a.withdrawnAt === null || atMs < Date.parse(a.withdrawnAt)),
  )
}

/**
 * Grounds as they are compared: without the device's own reference and without figures, so that a text in which only the number
 * was changed is still the same text.
 */
export const groundsKey = (grounds: string, reference: string | null): string =>
  fold(reference ? grounds.replaceAll(reference, " ") : grounds)
    .replace(/[^\p{L}\p{M}]+/gu, " ")
    .trim()

export const LACKS = {
  power: "no power is recorded, or one that is not in the table of powers",
  reach: "the power cannot reach a device taken from where it was taken",
  grounds: "there are no grounds for this device",
  "grounds-copied": "the grounds are those of another device of the same event",
  officer: "who took it is not recorded",
  "relevant-person": "the relevant-person test of BSAIA 2025 s.22 is not answered",
  "not-relevant-person": "by the recorded answers the holder is no relevant person (BSAIA 2025 s.22)",
} as const
export type Lack = keyof typeof LACKS

/** What the record lacks before anybody may authorise that the device is read. `others` are the grounds of the event's other devices, as keys. */
export function lacksOf(
  record: Pick<DeviceRecord, "facts" | "power">,
  item: Pick<ItemRow, "reference" | "on_arrival">,
  others: readonly string[],
): Lack[] {
  const { facts, power } = record
  const lacks: Lack[] = []
  if (!power) lacks.push("power")
  else if (cannotReach(power, { from: facts.takenFrom ?? null, onArrival: item.on_arrival })) lacks.push("reach")
  const key = groundsKey(facts.grounds ?? "", item.reference)
  if (key === "") lacks.push("grounds")
  else if (others.includes(key)) lacks.push("grounds-copied")
  if (!facts.officer) lacks.push("officer")
  if (power?.section26) {
    const answer = facts.relevantPerson ? isRelevantPerson(facts.relevantPerson) : "unknown"
    if (answer === "unknown") lacks.push("relevant-person")
    if (answer === "no") lacks.push("not-relevant-person")
  }
  return lacks
}

/** Whether two names on the record are one person's, as far as spelling says. */
export const sameName = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && fold(a).replace(/[^\p{L}\p{M}\p{N}]+/gu, " ") === fold(b).replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")

/** Why this rank cannot give the authority of s.26; null when it can. */
export function rankTooLow(power: Power | null, a: Pick<Authorisation, "rank" | "service">): string | null {
  if (!power?.section26 || a.service !== "police" || isInspectorOrAbove(a.rank)) return null
  return "A constable reads only with the authority of a police officer of at least the rank of inspector (BSAIA 2025 s.26(2))."
}

/** The first text of these facts that demands a PIN or threatens for want of one. */
export function coerciveText(facts: DeviceFacts): string | null {
  const texts = { grounds: facts.grounds, "receipt.words": facts.receipt?.words, "relevantPerson.basis": facts.relevantPerson?.basis }
  for (const [field, text] of Object.entries(texts)) if (text !== undefined && demandsSecret(text)) return field
  return null
}
