import type { LifeSignKind } from "#records"

const HOUR = 3_600_000
const DAY = 24 * HOUR
const MINUTE = 60_000

/**
 * How old evidence may be and still be about somebody who can be helped. A boat is found or lost within days; who is held or exploited
 * may be so for weeks. What is older is read as the past: it stays with the records, and no duty officer is called.
 */
export const FRESH_MS: Readonly<Record<LifeSignKind, number>> = {
  boat: 72 * HOUR,
  threat: 72 * HOUR,
  captive: 30 * DAY,
  "lone-child": 14 * DAY,
  trafficking: 90 * DAY,
}
export const OLDEST_FRESH_MS = Math.max(...Object.values(FRESH_MS))

/** A clock may run ahead, or a zone be wrong; what lies further ahead is no time. */
export const AHEAD_MS = DAY

/** Evidence younger than this is acted on at once. */
const AT_ONCE_MS = 72 * HOUR

/** How long an alert may wait for somebody to take it on. */
export const ACKNOWLEDGE_WITHIN_MS = { now: 3 * MINUTE, soon: HOUR } as const
export type Urgency = keyof typeof ACKNOWLEDGE_WITHIN_MS

/**
 * Whether the sentence itself goes with the alert: a rescue at sea is planned by it (how many, what is broken). In all other cases place,
 * time and whom to ask are enough to begin, and the words stay in their compartment.
 */
export const TELLS_SENTENCE: Readonly<Record<LifeSignKind, boolean>> = {
  boat: true,
  threat: false,
  captive: false,
  "lone-child": false,
  trafficking: false,
}

/** Without a time, a sign needs a surer reading: nobody knows whether it is still so. */
export const UNDATED_CONFIDENCE = 0.75

/** How urgent a sign is, or null when it is about the past. `at` is when it was written, as far as known. */
export function urgencyOf(kind: LifeSignKind, confidence: number, at: number | null, now: number): Urgency | null {
  if (at === null) return confidence >= UNDATED_CONFIDENCE ? "soon" : null
  const age = now - at
  if (age > FRESH_MS[kind] || age < -AHEAD_MS) return null
  return age <= AT_ONCE_MS && kind !== "trafficking" ? "now" : "soon"
}

/** Whose words these are must not be told, nor who is spoken of: the least that is needed to act. */
export const MASKED: ReadonlySet<string> = new Set([
  "name",
  "nickname",
  "title",
  "phone",
  "email",
  "handle",
  "url",
  "wallet",
  "iban",
  "code",
  "money",
  "document",
  "plate",
])

/** The sentences of a text around a stretch of it, without names and numbers of people. */
export function leastWords(
  text: string,
  stretch: { start: number; end: number },
  spans: readonly { start: number; end: number; type: string }[],
): string {
  const from = Math.max(0, text.slice(0, stretch.start).search(/[^.!?\n]*$/))
  const rest = text.slice(stretch.end).search(/[.!?\n](?!\d)/)
  const to = rest < 0 ? text.length : stretch.end + rest
  let out = ""
  let at = from
  for (const s of [...spans].filter((s) => MASKED.has(s.type)).sort((a, b) => a.start - b.start)) {
    if (s.start < at || s.end > to) continue
    out += `${text.slice(at, s.start)}[…]`
    at = s.end
  }
  return (out + text.slice(at, to)).replace(/\s+/g, " ").trim().slice(0, 400).toWellFormed()
}
