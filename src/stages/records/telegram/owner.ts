import type { FieldsOf } from "#vocabulary/kinds"
import type { Identifier, Place, SourceRecord } from "#vocabulary/record"
import { accountId, type Entry, isEntry, momentOf, rest, textOf } from "./message.ts"

/** `personal_information`: whose account this is. */
export function personalAccount(entry: Entry, place: Place): SourceRecord<"account"> {
  const name = [textOf(entry.first_name), textOf(entry.last_name)].filter((n) => n).join(" ") || null
  const username = textOf(entry.username)?.replace(/^@/, "")
  const phone = textOf(entry.phone_number)
  const id = accountId(entry.user_id)
  const ids: Identifier[] = [
    ...(id ? [id] : []),
    ...(phone === undefined ? [] : [{ type: "phone" as const, raw: phone, platform: "telegram" }]),
    ...(username === undefined ? [] : [{ type: "handle" as const, raw: username, platform: "telegram" }]),
  ]
  const fields: FieldsOf<"account"> = {
    platform: "telegram",
    username: username ?? null,
    displayName: name,
    bio: textOf(entry.bio) ?? null,
    own: true,
    nativeId: textOf(entry.user_id) ?? null,
  }
  const taken = new Set(["user_id", "first_name", "last_name", "phone_number", "username", "bio"])
  return { kind: "account", place, at: null, fields, parties: [{ part: "owner", owner: true, ids, name }], ...rest(entry, taken) }
}

/** One entry of `contacts.list`. */
export function contactOf(entry: Entry, place: Place): SourceRecord<"contact"> {
  const name = [textOf(entry.first_name), textOf(entry.last_name)].filter((n) => n).join(" ") || null
  const phone = textOf(entry.phone_number)
  const id = accountId(entry.user_id === 0 || entry.user_id === "0" ? undefined : entry.user_id)
  const ids: Identifier[] = [
    ...(phone === undefined ? [] : [{ type: "phone" as const, raw: phone, platform: "telegram" }]),
    ...(id ? [id] : []),
  ]
  const taken = new Set(["user_id", "first_name", "last_name", "phone_number", "date", "date_unixtime"])
  return {
    kind: "contact",
    place,
    at: momentOf(entry),
    fields: { label: name, source: "telegram" },
    parties: [{ part: "contact", ids, name }],
    ...rest(entry, taken),
  }
}

/** Sessions, frequent contacts, stories and other lists: kept whole, with the one person whom an entry may name. */
export function listed(schema: string, value: unknown, place: Place): SourceRecord<"statement"> {
  const entry = isEntry(value) ? value : { value }
  const id = schema === "frequent_contacts" ? accountId(entry.id) : null
  const name = textOf(entry.name) ?? null
  return {
    kind: "statement",
    place,
    at: momentOf(entry),
    fields: { schema: `telegram ${schema.replaceAll("_", " ")}`, nativeId: textOf(entry.id) ?? null, caption: name, properties: entry },
    parties: id || (name && schema === "frequent_contacts") ? [{ part: "contact", ids: id ? [id] : [], name }] : [],
  }
}
