import { Failure } from "#vocabulary/failure"
import type { Importer } from "../importer.ts"
import { androidCallLog } from "./android-calls.ts"
import { androidContacts } from "./android-contacts.ts"
import { androidSms } from "./android-sms.ts"
import { caseJsonld } from "./case-jsonld.ts"
import { edges } from "./edges.ts"
import { ftmJson } from "./ftm-json.ts"
import { googleVoice } from "./google-voice.ts"
import { instagramJson } from "./instagram-json.ts"
import { iosAddressBook } from "./ios-addressbook.ts"
import { iosCallHistory } from "./ios-callhistory.ts"
import { iosSms } from "./ios-sms.ts"
import { iosVoicemail } from "./ios-voicemail.ts"
import { jsonLines } from "./json-lines.ts"
import { kikIos } from "./kik-ios.ts"
import { ofacCsv } from "./ofac-csv.ts"
import { signalText } from "./signal-text.ts"
import { skype } from "./skype.ts"
import { sqliteCompanion } from "./sqlite-companion.ts"
import { table } from "./table.ts"
import { tango } from "./tango.ts"
import { telegramJson } from "./telegram-json.ts"
import { twitter } from "./twitter.ts"
import { ufedXml } from "./ufed-xml.ts"
import { ukCsv } from "./uk-csv.ts"
import { ukXml } from "./uk-xml.ts"
import { unXml } from "./un-xml.ts"
import { vcard } from "./vcard.ts"
import { viberAndroid } from "./viber-android.ts"
import { whatsappAndroid } from "./whatsapp-android.ts"
import { whatsappIos } from "./whatsapp-ios.ts"
import { whatsappText } from "./whatsapp-text.ts"
import { xlsx } from "./xlsx.ts"

/** Every importer, in the order in which ties of confidence are decided. A new one is its file, its vector and a line here. */
export const IMPORTERS: readonly Importer[] = [
  ufedXml,
  androidContacts,
  androidCallLog,
  androidSms,
  whatsappAndroid,
  viberAndroid,
  iosAddressBook,
  iosSms,
  iosCallHistory,
  whatsappIos,
  kikIos,
  skype,
  googleVoice,
  iosVoicemail,
  tango,
  twitter,
  sqliteCompanion,
  whatsappText,
  telegramJson,
  signalText,
  instagramJson,
  vcard,
  ftmJson,
  caseJsonld,
  unXml,
  ofacCsv,
  ukXml,
  ukCsv,
  xlsx,
  jsonLines,
  table,
  edges,
]

/**
 * Those that go by the shape of rows and take what nobody knows by name. They look through all of the first bytes, several times
 * over, and are never surer than SHAPED_AT_MOST.
 */
export const SHAPED: ReadonlySet<Importer> = new Set([jsonLines, table, edges])
export const SHAPED_AT_MOST = 0.7

/** The importer of that id. Throws `invalid.format-unknown` with what there is. */
export function importerOf(id: string): Importer {
  const found = IMPORTERS.find((i) => i.id === id)
  if (!found)
    throw new Failure("invalid.format-unknown", `There is no format ${id}.`, {
      at: "--as",
      hint: `Formats: ${IMPORTERS.map((i) => i.id).join(", ")}.`,
    })
  return found
}
