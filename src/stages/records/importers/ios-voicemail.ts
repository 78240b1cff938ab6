import { databaseImporter, type Unit } from "../sqlite/extraction.ts"
import { addressOf, ownerAs, partyAs, saying } from "../sqlite/identity.ts"
import { cocoaMoment, unixMoment } from "../sqlite/moment.ts"
import type { Row } from "../sqlite/row.ts"

function voicemail(table: "voicemail" | "deleted"): (row: Row) => Unit {
  return (row) => {
    const sender = row.text("sender") ?? row.text("callback_num")
    const trashed = cocoaMoment(row, "trashed_date")
    return {
      record: {
        kind: "voice-note",
        place: row.place,
        at: unixMoment(row, "date"),
        parties: saying([partyAs("sender", addressOf(sender)), ownerAs("recipient", addressOf(row.text("receiver")))]),
        // The sound lies beside the database under the row's number.
        fields: {
          app: "voicemail",
          direction: "in",
          durationS: row.number("duration"),
          file: row.id === undefined ? null : `${row.id}.amr`,
          listening: "unheard",
          nativeId: row.text("remote_uid"),
        },
        ...(table === "deleted" || trashed !== null ? { deleted: "yes" as const } : {}),
        extra: row.rest() ?? {},
      },
    }
  }
}

/** Units: each row of `voicemail` and of `deleted`; each account of the phone in `map`. */
export const iosVoicemail = databaseImporter({
  id: "ios-voicemail",
  version: 1,
  title: "iOS visual voicemail (voicemail.db)",
  unknowns: "Whether a voicemail was listened to is not read from its flags.",
  signatures: [{ voicemail: ["sender", "date", "duration"] }],
  extract: async (extraction) => {
    await extraction.units("voicemail", voicemail("voicemail"))
    if (extraction.has("deleted", "sender", "date")) await extraction.units("deleted", voicemail("deleted"))
    if (extraction.has("map", "account")) {
      await extraction.units("map", (row): Unit => {
        const fields = { platform: "voicemail", displayName: row.text("label"), own: true, nativeId: row.text("account") }
        return { record: { kind: "account", place: row.place, at: null, parties: [ownerAs("owner")], fields } }
      })
    }
  },
})
