import type { Identifier } from "#vocabulary/record"
import { callUnit, type Direction, exchange, messageUnit, type Person } from "../sqlite/chat.ts"
import { databaseImporter, type Unit } from "../sqlite/extraction.ts"
import { addressOf } from "../sqlite/identity.ts"
import { unixMoment } from "../sqlite/moment.ts"
import type { Row } from "../sqlite/row.ts"

const CALLS: Record<string, { direction: "in" | "out"; answered: boolean | null; outcome: string }> = {
  IncomingCall: { direction: "in", answered: true, outcome: "answered" },
  MissedCall: { direction: "in", answered: false, outcome: "missed" },
  OutgoingCall: { direction: "out", answered: null, outcome: "dialled" },
}

function callOf(row: Row, type: string, others: Person[]): Unit {
  const { direction, answered, outcome } = CALLS[type]!
  const seconds = row.number("duration")
  return callUnit({
    row,
    at: unixMoment(row, "timestamp"),
    direction,
    others,
    fields: {
      app: "google voice",
      answered: answered ?? (seconds === null ? null : seconds > 0),
      outcome,
      durationS: seconds === null ? null : Math.round(seconds),
      nativeId: row.text("threadItemKey"),
    },
    deleted: row.flag("isDeleted") ? "yes" : undefined,
    extra: { itemType: type },
  })
}

/** Units: each row of `ThreadItem`, a message, a call or a voicemail. */
export const googleVoice = databaseImporter({
  id: "google-voice",
  version: 1,
  title: "Google Voice on iOS (threadingStore.sqlite)",
  unknowns: "Items of a type that is not known are messages without a direction.",
  signatures: [{ ThreadItem: ["threadItemKey", "itemType", "timestamp"], ThreadParticipant: ["phoneNumberE164", "threadKey"] }],
  extract: async (extraction) => {
    const members = new Map<string, Person[]>()
    for (const row of extraction.lookup("ThreadParticipant")) {
      const thread = row.text("threadKey") ?? ""
      members.set(thread, [...(members.get(thread) ?? []), { ids: addressOf(row.text("phoneNumberE164")), name: null }])
    }
    const titles = new Map<string, string>()
    for (const row of extraction.lookup("Thread")) {
      const title = row.text("groupName")
      if (title !== null) titles.set(row.text("threadKey") ?? "", title)
    }
    const spokenOf = extraction.children("Transcript", "threadItemKey")
    const mediaOf = extraction.children("MMSAttachmentInfo", "threadItemKey")
    await extraction.units("ThreadItem", (row): Unit => {
      const key = row.text("threadItemKey")
      const type = row.text("itemType") ?? ""
      const thread = row.text("threadKey")
      const written = addressOf(row.text("senderPhoneNumber"))
      const known = members.get(thread ?? "") ?? []
      const inThread = known.length > 0 ? known : type === "SmsOut" || type === "OutgoingCall" ? [] : [{ ids: written, name: null }]
      if (type in CALLS) return callOf(row, type, inThread)
      const voicemail = type === "Voicemail"
      const direction: Direction = type === "SmsIn" || voicemail ? "in" : type === "SmsOut" ? "out" : null
      const own: Identifier[] = direction === "out" ? written : []
      const media = mediaOf(key).map((found) => ({ path: found.text("attachmentKey"), mediaType: null }))
      const unit = messageUnit({
        row,
        at: unixMoment(row, "timestamp"),
        parties: exchange(direction, direction === "out" ? null : { ids: written, name: null }, inThread, own),
        fields: {
          app: "google voice",
          thread,
          threadTitle: titles.get(thread ?? "") ?? null,
          group: known.length > 1,
          direction,
          body: row.text("messageText"),
          status: direction === "in" ? (row.flag("isUnread") ? "unread" : "read") : null,
          attachment: media[0]?.path ?? null,
          nativeId: key,
        },
        voice: voicemail ? { durationS: row.number("duration") } : undefined,
        files: media.slice(1),
        deleted: row.flag("isDeleted") ? "yes" : undefined,
        extra: { itemType: type },
      })
      const [spoken] = voicemail ? spokenOf(key) : []
      if (unit && "record" in unit && unit.record.kind === "voice-note" && spoken)
        unit.record.fields = {
          ...unit.record.fields,
          listening: "transcribed",
          transcript: spoken.text("text"),
          transcriber: "Google Voice",
        }
      return unit
    })
  },
})
