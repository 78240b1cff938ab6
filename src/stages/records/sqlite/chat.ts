import type { FieldsOf } from "#vocabulary/kinds"
import type { Identifier, Moment, Party, SourceRecord } from "#vocabulary/record"
import { cardRecord } from "./card.ts"
import type { Unit } from "./extraction.ts"
import { ownerAs, partyAs, saying } from "./identity.ts"
import type { Row } from "./row.ts"

/** Somebody in a chat. */
export interface Person {
  ids: Identifier[]
  name: string | null
}

export type Direction = "in" | "out" | "system" | null

/** What a row of a message table says, whatever the app. */
export interface Spoken {
  row: Row
  at: Moment | null
  parties: Party[]
  fields: FieldsOf<"message">
  /** Set for a voice note; seconds where they are known. */
  voice?: { durationS: number | null } | undefined
  location?: { lat: number; lon: number; placeName: string | null } | undefined
  /** vCards as text. */
  cards?: string[] | undefined
  /** Files beyond the first. */
  files?: { path: string | null; mediaType: string | null }[] | undefined
  deleted?: "yes" | undefined
  extra?: Record<string, unknown> | undefined
}

/**
 * Who said it to whom. `others` are the members of a group, or the one other side; the sender and the owner are taken out of
 * them. A system row says that they were there, no more.
 */
export function exchange(direction: Direction, sender: Person | null, others: readonly Person[], own: Identifier[] = []): Party[] {
  const apart = (person: Person, from: readonly Identifier[]) =>
    !person.ids.some((id) => from.some((other) => other.type === id.type && other.raw.toLowerCase() === id.raw.toLowerCase()))
  const rest = others.filter((person) => apart(person, own) && (sender === null || direction === "out" || apart(person, sender.ids)))
  if (direction === "out") return saying([ownerAs("sender", own), ...rest.map((p) => partyAs("recipient", p.ids, p.name))])
  if (direction === "in")
    return saying([
      ...(sender ? [partyAs("sender", sender.ids, sender.name)] : []),
      ownerAs("recipient", own),
      ...rest.map((p) => partyAs("recipient", p.ids, p.name)),
    ])
  const present = [...(sender && apart(sender, own) ? [sender] : []), ...rest].map((p) => partyAs("participant", p.ids, p.name))
  return saying(own.length > 0 ? [ownerAs("participant", own), ...present] : present)
}

/** The unit of a message row: a message, or a voice note where sound is all there is; locations, cards and further files beside it. */
export function messageUnit(spoken: Spoken): Unit {
  const { row, at, parties, fields, voice } = spoken
  const place = row.place
  const merged = { ...row.rest(), ...spoken.extra }
  const extra = Object.keys(merged).length > 0 ? { extra: merged } : {}
  const deleted = spoken.deleted ? { deleted: spoken.deleted } : {}
  const also: SourceRecord[] = []
  let record: SourceRecord
  if (voice && !fields.body) {
    record = { kind: "voice-note", place, at, parties, fields: voiceFields(fields, voice.durationS), ...deleted, ...extra }
  } else {
    record = { kind: "message", place, at, parties, fields, ...deleted, ...extra }
    if (voice) also.push({ kind: "voice-note", place, at, parties, fields: voiceFields(fields, voice.durationS), ...deleted })
  }
  if (spoken.location) {
    const shared = parties.filter((party) => party.part === "sender").map((party) => ({ ...party, part: "subject" as const }))
    also.push({ kind: "location", place, at, parties: shared, fields: { ...spoken.location, origin: "shared" } })
  }
  for (const card of spoken.cards ?? []) {
    const contact = cardRecord(card, place, fields.app ?? null)
    if (contact) also.push(contact)
  }
  for (const file of spoken.files ?? []) {
    if (file.path !== null || file.mediaType !== null)
      also.push({ kind: "file", place, at, parties: [], fields: { path: file.path, mediaType: file.mediaType } })
  }
  return also.length > 0 ? { record, also } : { record }
}

function voiceFields(fields: FieldsOf<"message">, durationS: number | null): FieldsOf<"voice-note"> {
  const { app, thread, threadTitle, group, direction, attachment, nativeId } = fields
  return { app, thread, threadTitle, group, direction, durationS, file: attachment, listening: "unheard", nativeId }
}

/** A point on the globe; apps write 0/0 for "none". */
export function pointOf(row: Row, lat: string, lon: string, placeName: string | null): Spoken["location"] {
  const [y, x] = [row.number(lat), row.number(lon)]
  if (y === null || x === null || (y === 0 && x === 0) || Math.abs(y) > 90 || Math.abs(x) > 180) return undefined
  return { lat: y, lon: x, placeName }
}

/** The unit of a call row. `other` is the other side, or all others in a group call. */
export function callUnit(call: {
  row: Row
  at: Moment | null
  direction: "in" | "out" | null
  others: readonly Person[]
  own?: Identifier[]
  fields: Omit<FieldsOf<"call">, "direction">
  deleted?: "yes" | undefined
  extra?: Record<string, unknown> | undefined
}): Unit {
  const { row, at, direction, others, own = [] } = call
  const first = direction === "in" ? "caller" : "callee"
  const parties =
    direction === null
      ? others.map((person) => partyAs("participant", person.ids, person.name))
      : [
          ownerAs(direction === "in" ? "callee" : "caller", own),
          // In a group call that came in, the first is who called; the rest were called like the owner.
          ...others.map((person, n) => partyAs(n === 0 ? first : "callee", person.ids, person.name)),
        ]
  const merged = { ...row.rest(), ...call.extra }
  return {
    record: {
      kind: "call",
      place: row.place,
      at,
      parties: saying(parties),
      fields: { ...call.fields, direction },
      ...(call.deleted ? { deleted: call.deleted } : {}),
      ...(Object.keys(merged).length > 0 ? { extra: merged } : {}),
    },
  }
}
