import { databaseImporter } from "../sqlite/extraction.ts"
import { named, ownerAs, partyAs } from "../sqlite/identity.ts"
import { unixMoment } from "../sqlite/moment.ts"

/** Tango keeps names and texts in base64; what is not that stays as it is. */
function plain(text: string | null): string | null {
  if (text === null || !/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return text
  const decoded = Buffer.from(text, "base64").toString("utf8")
  return decoded.includes("\uFFFD") || decoded === "" ? text : decoded
}

/** Units: each row of `profiletable`. */
export const tango = databaseImporter({
  id: "tango",
  version: 1,
  title: "Tango profiles (tango_profile.db)",
  unknowns: "Everybody whose profile the app has shown stands here, friends and strangers.",
  signatures: [{ profiletable: ["itemUserId", "itemFirstName"] }],
  extract: async (extraction) => {
    let own: string | null = null
    for (const row of extraction.lookup("profiles")) if (row.text("key") === "keyCurrentUserId") own = row.text("value")
    await extraction.units("profiletable", (row) => {
      const id = row.text("itemUserId")
      const name = named(plain(row.text("itemFirstName")), plain(row.text("itemLastName")))
      const mine = own !== null && id === own
      const ids = id === null ? [] : [{ type: "account" as const, raw: id, platform: "tango" }]
      const fields = {
        platform: "tango",
        displayName: name,
        bio: plain(row.text("itemStatus")),
        followers: row.integer("itemFavoriterCount"),
        url: row.text("itemAvatarUrl"),
        own: mine,
        nativeId: id,
      }
      const request = plain(row.text("itemFriendRequestMessage"))
      return {
        record: {
          kind: "account",
          place: row.place,
          at: unixMoment(row, "itemLastActiveTime"),
          parties: [mine ? ownerAs("owner", ids, name) : partyAs("contact", ids, name)],
          fields,
          extra: { ...row.rest(), ...(request === null ? {} : { itemFriendRequestMessage: request }) },
        },
      }
    })
  },
})
