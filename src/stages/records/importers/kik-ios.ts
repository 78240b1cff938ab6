import { type Direction, exchange, messageUnit, type Person } from "../sqlite/chat.ts"
import { databaseImporter, type Extraction, type Unit } from "../sqlite/extraction.ts"
import { partyAs } from "../sqlite/identity.ts"
import { cocoaMoment } from "../sqlite/moment.ts"
import type { Row } from "../sqlite/row.ts"

/** `ZKIKMESSAGE.ZTYPE`; 3 and 4 are what the app says about a group or a chat. */
const DIRECTIONS: Record<number, Direction> = { 1: "in", 2: "out", 3: "system", 4: "system" }

const isGroup = (jid: string | null) => jid !== null && /@groups\.kik\.com$/i.test(jid)

function personOf(row: Row): Person {
  const jid = row.text("ZJID")
  const username = row.text("ZUSERNAME")
  return {
    ids: [
      ...(username === null ? [] : [{ type: "handle" as const, raw: username, platform: "kik" }]),
      ...(jid === null || isGroup(jid) ? [] : [{ type: "account" as const, raw: jid, platform: "kik" }]),
    ],
    name: row.text("ZDISPLAYNAME"),
  }
}

interface Known extends Person {
  jid: string | null
  group: boolean
}

/** A join table of Core Data as pairs of references, whichever numbers its name and columns carry. */
function* pairs(extraction: Extraction, table: RegExp, left: RegExp, right: RegExp): Generator<[string, string]> {
  const name = extraction.tableLike(table)
  if (name === null) return
  const columns = extraction.columns(name)
  const [a, b] = [columns.find((column) => left.test(column)), columns.find((column) => right.test(column))]
  if (a === undefined || b === undefined) return
  for (const row of extraction.lookup(name)) {
    const [x, y] = [row.text(a), row.text(b)]
    if (x !== null && y !== null) yield [x, y]
  }
}

/** Units: each row of `ZKIKMESSAGE`, each row of `ZKIKUSER` (groups among them). */
export const kikIos = databaseImporter({
  id: "kik-ios",
  version: 1,
  title: "Kik on iOS (kik.sqlite)",
  unknowns: "The database does not say which of the users is the owner.",
  signatures: [{ ZKIKMESSAGE: ["ZBODY", "ZTYPE", "ZUSER"], ZKIKUSER: ["ZUSERNAME", "ZJID"] }],
  extract: async (extraction) => {
    const users = new Map<string, Known>()
    for (const row of extraction.lookup("ZKIKUSER")) {
      const jid = row.text("ZJID")
      users.set(row.text("Z_PK") ?? "", { ...personOf(row), jid, group: isGroup(jid) })
    }
    const members = new Map<string, Person[]>()
    for (const [group, user] of pairs(extraction, /^Z_\d+MEMBERS$/i, /MEMBERSINVERSE$/i, /MEMBERS$/i)) {
      const person = users.get(user)
      if (person) members.set(group, [...(members.get(group) ?? []), person])
    }
    const partner = new Map<string, string>()
    for (const row of extraction.lookup("ZKIKCHAT")) partner.set(row.text("Z_PK") ?? "", row.text("ZUSER") ?? "")
    const chatAt = new Map<string, string>()
    for (const [chat, message] of pairs(extraction, /^Z_\d+MESSAGES$/i, /CHAT$/i, /MESSAGES$/i)) chatAt.set(message, chat)
    const attached = extraction.children("ZKIKATTACHMENT", "ZMESSAGE")

    await extraction.units("ZKIKMESSAGE", (row): Unit => {
      const id = row.text("Z_PK") ?? ""
      const type = row.integer("ZTYPE")
      const direction = type === null ? null : (DIRECTIONS[type] ?? null)
      const said = row.text("ZUSER") ?? ""
      const other = partner.get(chatAt.get(id) ?? "") ?? said
      const chat = users.get(other)
      const speaker = users.get(said)
      const group = chat?.group === true
      const others = group ? (members.get(other) ?? []) : chat ? [chat] : []
      const [first, ...further] = attached(id).map((found) => ({ path: found.text("ZCONTENT"), mediaType: null }))
      return messageUnit({
        row,
        at: cocoaMoment(row, "ZTIMESTAMP") ?? cocoaMoment(row, "ZRECEIVEDTIMESTAMP"),
        parties: exchange(direction, direction === "out" || speaker === undefined || speaker.group ? null : speaker, others),
        fields: {
          app: "kik",
          thread: chat?.jid ?? null,
          threadTitle: group ? chat.name : null,
          group,
          direction,
          body: row.text("ZBODY"),
          attachment: first?.path ?? null,
          nativeId: row.text("ZSTANZAID"),
        },
        files: further,
      })
    })
    await extraction.units("ZKIKUSER", (row) => {
      const person = personOf(row)
      const jid = row.text("ZJID")
      const email = row.text("ZEMAIL")
      const ids = email === null ? person.ids : [...person.ids, { type: "email" as const, raw: email }]
      const parties = isGroup(jid)
        ? (members.get(row.text("Z_PK") ?? "") ?? []).map((member) => partyAs("participant", member.ids, member.name))
        : [partyAs("contact", ids, person.name)]
      return {
        record: {
          kind: "account",
          place: row.place,
          at: null,
          parties,
          fields: {
            platform: "kik",
            username: row.text("ZUSERNAME"),
            displayName: person.name,
            bio: row.text("ZSTATUS"),
            url: row.text("ZPPURL"),
            nativeId: jid,
          },
          extra: { ...row.rest(), group: isGroup(jid) },
        },
      }
    })
  },
})
