import { databaseImporter, type Extraction } from "../sqlite/extraction.ts"
import { addressOf, isGroupJid, jidOf, named, partyAs } from "../sqlite/identity.ts"
import { currentMessages } from "../sqlite/whatsapp-current.ts"
import { legacyMessages } from "../sqlite/whatsapp-legacy.ts"

/** `wa.db`: everybody the app knows. A group or list is told without a party: it is nobody. */
async function contacts(extraction: Extraction): Promise<void> {
  await extraction.units("wa_contacts", (row) => {
    const jid = row.text("jid")
    const saved = row.text("display_name") ?? named(row.text("given_name"), row.text("family_name"))
    const own = row.text("wa_name")
    const label = saved ?? own
    if (isGroupJid(jid)) {
      const fields = { platform: "whatsapp", displayName: label, nativeId: jid }
      return { record: { kind: "account", place: row.place, at: null, parties: [], fields, extra: { ...row.rest(), group: true } } }
    }
    const ids = [...jidOf(jid), ...addressOf(row.text("number"))]
    // The name that people give themselves, where the phone's owner saved another.
    if (own !== null && own !== label) ids.push({ type: "name", raw: own, platform: "whatsapp" })
    return {
      record: {
        kind: "contact",
        place: row.place,
        at: null,
        parties: [partyAs("contact", ids, label)],
        fields: { label, organisation: named(row.text("company"), row.text("title")), note: row.text("status"), source: "whatsapp" },
        extra: row.rest(),
      },
    }
  })
}

/**
 * Units: each row of `messages` or `message`, of `chat`, of `call_log` (msgstore.db), of `wa_contacts` (wa.db). The encrypted
 * backups (`.crypt12`, `.crypt14`, `.crypt15`) are no databases and are not claimed.
 */
export const whatsappAndroid = databaseImporter({
  id: "whatsapp-android",
  version: 1,
  title: "WhatsApp on Android (msgstore.db, wa.db)",
  unknowns: "Both schemas are read: `messages` up to about 2021, `message` with `jid` and `chat` since. The number of each type is kept.",
  signatures: [
    { message: ["chat_row_id", "from_me", "timestamp"], chat: ["jid_row_id"], jid: ["user", "server"] },
    { messages: ["key_remote_jid", "key_from_me", "data"] },
    { wa_contacts: ["jid"] },
  ],
  extract: async (extraction) => {
    const current = extraction.has("message", "chat_row_id", "from_me")
    if (current) await currentMessages(extraction)
    // Databases of the years of change hold both; the old table is then a copy that the app no longer writes.
    if (extraction.has("messages", "key_remote_jid", "data")) {
      if (current) extraction.note("The table messages of the old schema is there as well: it is read too, so messages may stand twice.")
      await legacyMessages(extraction, current)
    }
    await contacts(extraction)
  },
})
