import type { Identifier } from "#vocabulary/record"
import { exchange, messageUnit, type Person } from "../sqlite/chat.ts"
import { databaseImporter, type Unit } from "../sqlite/extraction.ts"
import { partyAs } from "../sqlite/identity.ts"
import { unixMoment } from "../sqlite/moment.ts"

/** `conversation_entries.entry_type` of a message; others tell of members and names. */
const MESSAGE = 0

/** Units: each row of `users`, of `statuses`, of `conversation_entries`. */
export const twitter = databaseImporter({
  id: "twitter",
  version: 1,
  title: "Twitter on Android (twitter.db)",
  unknowns:
    "The text of direct messages is stored in a form of the app's own: it is kept as bytes and not read. Which user is the owner is not said.",
  signatures: [{ users: ["user_id", "username"], statuses: ["status_id", "author_id", "content"] }],
  extract: async (extraction) => {
    const people = new Map<string, Person>()
    for (const row of extraction.lookup("users")) {
      const [id, username] = [row.text("user_id"), row.text("username")]
      const ids: Identifier[] = [
        ...(username === null ? [] : [{ type: "handle" as const, raw: username, platform: "twitter" }]),
        ...(id === null ? [] : [{ type: "account" as const, raw: id, platform: "twitter" }]),
      ]
      people.set(id ?? "", { ids, name: row.text("name") })
    }
    const person = (id: string | null): Person | null =>
      id === null ? null : (people.get(id) ?? { ids: [{ type: "account", raw: id, platform: "twitter" }], name: null })
    const members = new Map<string, Person[]>()
    for (const row of extraction.lookup("conversation_participants")) {
      const talk = row.text("conversation_id") ?? ""
      const one = person(row.text("user_id"))
      if (one) members.set(talk, [...(members.get(talk) ?? []), one])
    }
    const titles = new Map<string, string | null>()
    for (const row of extraction.lookup("conversations")) titles.set(row.text("conversation_id") ?? "", row.text("title"))

    await extraction.units("users", (row): Unit => {
      const id = row.text("user_id")
      const one = people.get(id ?? "")
      const fields = {
        platform: "twitter",
        username: row.text("username"),
        displayName: row.text("name"),
        bio: row.text("description"),
        createdAt: unixMoment(row, "profile_created")?.ms ?? null,
        followers: row.integer("followers"),
        url: row.text("web_url"),
        nativeId: id,
      }
      return {
        record: {
          kind: "account",
          place: row.place,
          at: null,
          parties: [partyAs("contact", one?.ids ?? [], one?.name ?? null)],
          fields,
          extra: row.rest() ?? {},
        },
      }
    })
    await extraction.units("statuses", (row): Unit => {
      const author = person(row.text("author_id"))
      const fields = {
        platform: "twitter",
        body: row.text("content"),
        language: row.text("lang"),
        reach: row.integer("view_count"),
        nativeId: row.text("status_id"),
      }
      const parties = author ? [partyAs("author", author.ids, author.name)] : []
      return { record: { kind: "post", place: row.place, at: unixMoment(row, "created"), parties, fields, extra: row.rest() ?? {} } }
    })
    await extraction.units("conversation_entries", (row): Unit => {
      const thread = row.text("conversation_id")
      const type = row.integer("entry_type")
      const sender = person(row.reference("user_id"))
      const others = (members.get(thread ?? "") ?? []).filter((one) => one.ids.at(-1)?.raw !== sender?.ids.at(-1)?.raw)
      const parties =
        type === MESSAGE && sender
          ? [partyAs("sender", sender.ids, sender.name), ...others.map((one) => partyAs("recipient", one.ids, one.name))]
          : exchange("system", sender, others)
      return messageUnit({
        row,
        at: unixMoment(row, "created"),
        parties,
        fields: {
          app: "twitter",
          thread,
          threadTitle: titles.get(thread ?? "") ?? null,
          group: others.length > 1,
          direction: type === MESSAGE ? null : "system",
          nativeId: row.text("entry_id"),
        },
      })
    })
  },
})
