import type { Identifier, SourceRecord } from "#vocabulary/record"
import { databaseImporter, type Extraction } from "../sqlite/extraction.ts"
import { addressOf, named, partyAs } from "../sqlite/identity.ts"
import { cocoaMoment } from "../sqlite/moment.ts"
import type { Row } from "../sqlite/row.ts"

/** `kABPerson…Property` numbers (AddressBook.framework). */
const PHONE = 3
const EMAIL = 4
const ADDRESS = 5
const INSTANT_MESSAGE = 13
const RELATED = 23
const SOCIAL = 46

/** Labels of iOS stand as `_$!<Mobile>!$_`. */
function tidy(label: string | null): string | null {
  return label?.replace(/^_\$!<(.*)>!\$_$/, "$1") ?? null
}

function valuesOf(extraction: Extraction): (id: string | null) => { ids: Identifier[]; other: Record<string, unknown[]> } {
  const labels = new Map<string, string>()
  for (const row of extraction.lookup("ABMultiValueLabel")) labels.set(String(row.id), row.text("value") ?? "")
  const keys = new Map<string, string>()
  for (const row of extraction.lookup("ABMultiValueEntryKey")) keys.set(String(row.id), row.text("value") ?? "")
  const valuesAt = extraction.children("ABMultiValue", "record_id")
  const entriesAt = extraction.children("ABMultiValueEntry", "parent_id")
  return (id) => {
    const ids: Identifier[] = []
    const other: Record<string, unknown[]> = {}
    const put = (name: string, value: unknown) => {
      other[name] = [...(other[name] ?? []), value]
    }
    for (const row of valuesAt(id)) {
      const value = row.text("value")
      const property = row.integer("property")
      const label = tidy(labels.get(row.text("label") ?? "") ?? null)
      if (property === PHONE) ids.push(...addressOf(value))
      else if (property === EMAIL && value !== null) ids.push({ type: "email", raw: value })
      else if (property === INSTANT_MESSAGE || property === SOCIAL || property === ADDRESS) {
        const entries = Object.fromEntries(
          entriesAt(row.text("UID")).map((entry) => [(keys.get(entry.text("key") ?? "") ?? "other").toLowerCase(), entry.text("value")]),
        )
        const raw = entries.username ?? entries.identifier
        const platform = entries.service ?? label
        if (property !== ADDRESS && raw && platform)
          ids.push({ type: "handle", raw, platform: platform.replace(/InstantMessage$/i, "").toLowerCase() })
        else put(property === ADDRESS ? "address" : "profile", { ...entries, label })
      } else if (value !== null) put(property === RELATED ? "related" : (label ?? `property ${property}`), value)
    }
    return { ids, other }
  }
}

/**
 * Units: each row of `ABPerson`, and each value in `ABMultiValue` whose person is gone. Cards that iOS shows as one (`PersonLink`)
 * come from different accounts and stay apart.
 */
export const iosAddressBook = databaseImporter({
  id: "ios-addressbook",
  version: 1,
  title: "iOS address book (AddressBook.sqlitedb)",
  unknowns: "Values of kinds without a field of ours (postal address, web page, related people) are kept under their label.",
  signatures: [{ ABPerson: ["First", "Last"], ABMultiValue: ["record_id", "property", "value"] }],
  extract: async (extraction) => {
    const values = valuesOf(extraction)
    const stores = new Map<string, string>()
    for (const row of extraction.lookup("ABStore")) stores.set(String(row.id), row.text("Name") ?? "")
    const groups = new Map<string, string>()
    for (const row of extraction.lookup("ABGroup")) groups.set(String(row.id), row.text("Name") ?? "")
    const groupsOf = extraction.children("ABGroupMembers", "member_id")
    const people = extraction.children("ABPerson", "ROWID")
    const person = (row: Row): SourceRecord => {
      const id = row.id === undefined ? null : String(row.id)
      const { ids, other } = values(id)
      const organisation = row.text("Organization")
      const name = named(row.text("Prefix"), row.text("First"), row.text("Middle"), row.text("Last"), row.text("Suffix"))
      const label = name ?? row.text("DisplayName") ?? row.text("Nickname") ?? organisation
      const nickname = row.text("Nickname")
      const birth = cocoaMoment(row, "Birthday")
      const inGroups = groupsOf(id).flatMap((member) => groups.get(member.text("group_id") ?? "") ?? [])
      return {
        kind: "contact",
        place: row.place,
        at: cocoaMoment(row, "CreationDate"),
        parties: [partyAs("contact", nickname === null || nickname === label ? ids : [...ids, { type: "name", raw: nickname }], label)],
        fields: {
          label,
          organisation: named(organisation, row.text("Department"), row.text("JobTitle")),
          note: row.text("Note"),
          source: stores.get(row.text("StoreID") ?? "") || "phone",
          group: inGroups.length > 0 ? inGroups.join(", ") : null,
          birthDate: birth?.ms == null ? null : new Date(birth.ms).toISOString().slice(0, 10),
        },
        extra: { ...row.rest(), ...other },
      }
    }
    await extraction.units("ABPerson", (row) => ({ record: person(row) }))
    await extraction.units("ABMultiValue", (row) => {
      const owner = row.text("record_id")
      if (owner === null || people(owner).length > 0) return null
      const value = row.text("value")
      const ids = row.integer("property") === PHONE || row.integer("property") === EMAIL ? addressOf(value) : []
      const fields = { source: "phone", note: ids.length === 0 ? value : null }
      return {
        record: {
          kind: "contact",
          place: row.place,
          at: null,
          parties: [partyAs("contact", ids)],
          fields,
          extra: { orphan: true, ...row.rest() },
        },
      }
    })
  },
})
