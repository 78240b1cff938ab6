import { databaseImporter, type Extraction } from "../sqlite/extraction.ts"
import { addressOf, isGroupJid, jidOf, named, partyAs } from "../sqlite/identity.ts"
import { currentMessages, directoryOf, surroundings } from "../sqlite/whatsapp-current.ts"
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
 * Units: each row of `messages` or `message`, of `chat` or `chat_list`, of `call_log` (msgstore.db), of `wa_contacts` (wa.db). The encrypted
 * backups (`.crypt12`, `.crypt14`, `.crypt15`) are no databases and are not claimed.
 */
export const whatsappAndroid = databaseImporter({
  id: "whatsapp-android",
  version: 2,
  title: "WhatsApp on Android (msgstore.db, wa.db)",
  unknowns: "Both schemas are read: `messages` up to about 2021, `message` with `jid` and `chat` since. The number of each type is kept.",
  signatures: [
    { message: ["chat_row_id", "from_me", "timestamp"], chat: ["jid_row_id"], jid: ["user", "server"] },
    { messages: ["key_remote_jid", "key_from_me", "data"] },
    { wa_contacts: ["jid"] },
  ],
  extract: async (extraction) => {
    const directory = directoryOf(extraction)
    if (extraction.has("message", "chat_row_id", "from_me")) await currentMessages(extraction, directory)
    if (extraction.has("messages", "key_remote_jid", "data")) await legacyMessages(extraction, directory)
    await surroundings(extraction, directory)
    await contacts(extraction)
  },
})
