/**
 * Organisations that a task force against people smuggling commonly works with, to enter with one word. `state`: ISO 3166-1 alpha-2,
 * `EU` for bodies of the Union, `ZZ` for others between states. `chain`: who commands it where one state has several chains of
 * command. In Iraq the federal police and the two security chains of the Kurdistan Region are distinct: material of one is not material of another.
 */
export const STARTER: readonly { id: string; name: string; state: string; chain: string | null }[] = [
  { id: "uk-nca", name: "National Crime Agency", state: "GB", chain: null },
  { id: "uk-bsc", name: "Border Security Command", state: "GB", chain: null },
  { id: "uk-border-force", name: "Border Force", state: "GB", chain: null },
  { id: "uk-immigration-enforcement", name: "Immigration Enforcement", state: "GB", chain: null },
  { id: "uk-cps", name: "Crown Prosecution Service", state: "GB", chain: null },
  { id: "uk-hmrc", name: "HM Revenue and Customs", state: "GB", chain: null },
  { id: "iq-federal-interior", name: "Ministry of Interior of Iraq", state: "IQ", chain: "federal" },
  { id: "iq-asayish-erbil", name: "Asayish, Erbil", state: "IQ", chain: "Kurdistan Region, Erbil" },
  { id: "iq-asayish-sulaymaniyah", name: "Asayish, Sulaymaniyah", state: "IQ", chain: "Kurdistan Region, Sulaymaniyah" },
  { id: "iq-krg-interior", name: "Ministry of Interior of the Kurdistan Regional Government", state: "IQ", chain: "Kurdistan Region" },
  { id: "fr-oltim", name: "Office de lutte contre le trafic illicite de migrants", state: "FR", chain: "Police nationale" },
  { id: "fr-gendarmerie", name: "Gendarmerie nationale", state: "FR", chain: "Gendarmerie" },
  { id: "de-bundespolizei", name: "Bundespolizei", state: "DE", chain: null },
  { id: "de-bka", name: "Bundeskriminalamt", state: "DE", chain: null },
  { id: "be-federal-police", name: "Federal Police of Belgium", state: "BE", chain: null },
  { id: "nl-kmar", name: "Koninklijke Marechaussee", state: "NL", chain: null },
  { id: "it-polizia", name: "Polizia di Stato", state: "IT", chain: null },
  { id: "it-guardia-finanza", name: "Guardia di Finanza", state: "IT", chain: null },
  { id: "gr-coast-guard", name: "Hellenic Coast Guard", state: "GR", chain: null },
  { id: "tr-national-police", name: "Turkish National Police", state: "TR", chain: null },
  { id: "eu-europol", name: "Europol", state: "EU", chain: null },
  { id: "eu-frontex", name: "Frontex", state: "EU", chain: null },
  { id: "eu-eurojust", name: "Eurojust", state: "EU", chain: null },
  { id: "int-interpol", name: "INTERPOL", state: "ZZ", chain: null },
]
