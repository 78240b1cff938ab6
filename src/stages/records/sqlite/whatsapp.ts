import type { Direction, Person } from "./chat.ts"

/** `message_type` and `media_wa_type` of WhatsApp on Android: the same numbers in both schemas. */
export const TYPE = {
  audio: 2,
  card: 4,
  location: 5,
  system: 7,
  missedCall: 10,
  cards: 14,
  removed: 15,
  liveLocation: 16,
  onceVoice: 82,
} as const

/** Both message tables open with a row that is no message. */
export const FILLER = { code: "placeholder", reason: "a filler row of the app: it belongs to no chat" } as const

const VOICE: ReadonlySet<number> = new Set([TYPE.audio, TYPE.onceVoice])
const PLACES: ReadonlySet<number> = new Set([TYPE.location, TYPE.liveLocation])

export const isVoice = (type: number | null) => type !== null && VOICE.has(type)
export const isPlace = (type: number | null) => type !== null && PLACES.has(type)

/** `status` of a message: 6 is what the app itself says; 0 waits, 4 went, 5 arrived, 13 was read, 8 was played. */
const SYSTEM_STATUS = 6
const STATUS: Record<number, string> = { 0: "pending", 4: "sent", 5: "delivered", 8: "played", 13: "read" }

export function statusOf(status: number | null, mine: boolean | null, type: number | null): string | null {
  if (type === TYPE.removed) return "removed by the sender"
  if (status === null || !mine || status === SYSTEM_STATUS) return null
  return STATUS[status] ?? `status ${status}`
}

export function directionOf(mine: boolean | null, status: number | null, type: number | null): Direction {
  if (type === TYPE.system || status === SYSTEM_STATUS) return "system"
  return mine === null ? null : mine ? "out" : "in"
}

/** `call_log.call_result`. */
export const CALL_RESULT: Record<number, { answered: boolean | null; outcome: string }> = {
  0: { answered: null, outcome: "connecting" },
  1: { answered: null, outcome: "cancelled" },
  2: { answered: false, outcome: "not answered" },
  3: { answered: false, outcome: "unavailable" },
  4: { answered: false, outcome: "rejected" },
  5: { answered: true, outcome: "answered" },
  6: { answered: true, outcome: "answered on another device" },
  7: { answered: false, outcome: "busy" },
}

/** Names and members that many messages share. */
export interface Group {
  jid: string | null
  title: string | null
  group: boolean
  members: Person[]
}

/** WhatsApp stores a file's SHA-256 in base64. */
export function sha256Of(base64: string | null): string | null {
  if (base64 === null) return null
  const bytes = Buffer.from(base64, "base64")
  return bytes.length === 32 ? bytes.toString("hex") : null
}
