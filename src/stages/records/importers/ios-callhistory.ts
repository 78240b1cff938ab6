import { callUnit, type Person } from "../sqlite/chat.ts"
import { databaseImporter, type Extraction, type Unit } from "../sqlite/extraction.ts"
import { addressOf } from "../sqlite/identity.ts"
import { cocoaMoment, unixMoment } from "../sqlite/moment.ts"
import type { Row } from "../sqlite/row.ts"

/** `ZCALLTYPE` where no provider is written. */
const TYPES: Record<number, string> = { 1: "cellular", 8: "facetime", 16: "facetime" }
const VIDEO_TYPE = 8
/** `flags` of the table `call` up to iOS 7: the lowest bit is "outgoing", the fifth FaceTime. */
const OUTGOING = 1
const FACETIME = 16

function appOf(provider: string | null, type: number | null): string {
  if (provider === null) return TYPES[type ?? 1] ?? "other app"
  if (/Telephony/i.test(provider)) return "cellular"
  return /(facetime|whatsapp|viber|telegram|skype|signal|messenger|tango|wechat)/i.exec(provider)?.[1]?.toLowerCase() ?? provider
}

/** Everybody in a group call: rows of a Core Data join table whose name and columns carry entity numbers. */
function remoteOf(extraction: Extraction): (id: string | null) => Person[] {
  const join = extraction.tableLike(/^Z_\d+REMOTEPARTICIPANTHANDLES$/i)
  const columns = join === null ? [] : extraction.columns(join)
  const call = columns.find((column) => /CALLS$/i.test(column))
  const handle = columns.find((column) => /HANDLES$/i.test(column))
  if (join === null || !call || !handle) return () => []
  const joined = extraction.children(join, call)
  const handles = extraction.children("ZHANDLE", "Z_PK")
  return (id) =>
    joined(id).flatMap((row) =>
      handles(row.text(handle)).map((found) => ({ ids: addressOf(found.text("ZVALUE") ?? found.text("ZNORMALIZEDVALUE")), name: null })),
    )
}

function recordOf(extraction: Extraction): (row: Row) => Unit {
  const remote = remoteOf(extraction)
  return (row) => {
    const type = row.integer("ZCALLTYPE")
    const originated = row.flag("ZORIGINATED")
    const answered = row.flag("ZANSWERED")
    const duration = row.number("ZDURATION")
    const direction = originated === null ? null : originated ? "out" : "in"
    // iOS marks a call that went out as answered only since version 13; its length shows it before.
    const taken = answered === true || (duration !== null && duration > 0) ? true : answered
    const app = appOf(row.text("ZSERVICE_PROVIDER"), type)
    const address = row.text("ZADDRESS")
    const first: Person = { ids: addressOf(address, app === "cellular" || app === "facetime" ? undefined : app), name: row.text("ZNAME") }
    const further = remote(row.text("Z_PK")).filter((person) => person.ids[0]?.raw !== address)
    return callUnit({
      row,
      at: cocoaMoment(row, "ZDATE"),
      direction,
      others: [first, ...further],
      fields: {
        app,
        answered: taken,
        outcome: taken === null ? null : taken ? "answered" : direction === "in" ? "missed" : "not answered",
        durationS: duration === null ? null : Math.round(duration),
        video: type === VIDEO_TYPE,
        nativeId: row.text("ZUNIQUE_ID"),
      },
    })
  }
}

function oldCall(row: Row): Unit {
  const flags = row.integer("flags")
  const duration = row.integer("duration")
  const answered = row.flag("answered") ?? (duration === null ? null : duration > 0)
  const out = flags !== null && (flags & OUTGOING) !== 0
  return callUnit({
    row,
    at: unixMoment(row, "date"),
    direction: flags === null ? null : out ? "out" : "in",
    others: [{ ids: addressOf(row.text("address")), name: row.text("name") }],
    fields: {
      app: flags !== null && (flags & FACETIME) !== 0 ? "facetime" : "cellular",
      answered,
      outcome: answered === null ? null : answered ? "answered" : out ? "not answered" : "missed",
      durationS: duration,
      nativeId: row.text("id"),
    },
    extra: flags === null ? undefined : { flags },
  })
}

/** Units: each row of `ZCALLRECORD` (iOS 8 and later), each row of `call` (up to iOS 7). */
export const iosCallHistory = databaseImporter({
  id: "ios-callhistory",
  version: 1,
  title: "iOS call history (CallHistory.storedata, call_history.db)",
  unknowns: "Calls of other apps carry the provider's name as iOS writes it.",
  signatures: [{ ZCALLRECORD: ["ZDATE", "ZDURATION", "ZORIGINATED"] }, { call: ["address", "date", "duration", "flags"] }],
  extract: async (extraction) => {
    await extraction.units("ZCALLRECORD", recordOf(extraction))
    if (extraction.has("call", "address", "date", "flags")) await extraction.units("call", oldCall)
  },
})
