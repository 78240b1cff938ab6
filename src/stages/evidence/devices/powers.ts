/**
 * Powers under which devices come into a case, by state. Data, not advice: each entry says what it was read from and when. A power
 * that is not listed may well exist; what rests on it is alerted until somebody with authority has the table changed.
 */

/** Where a power reaches. One that is tied to premises does not permit taking a telephone from a person. */
type Reach = "person" | "premises" | "agreement" | "order"

export interface Power {
  id: string
  /** ISO 3166-1; `IQ-KR` for the Kurdistan Region of Iraq. */
  state: string
  title: string
  provision: string
  reach: Reach
  /** Of a device taken without saying from where: refused unless the record says that it was found on premises. */
  premisesStated: boolean
  /** First day on which it was used; null where it is older than any material here. */
  since: string | null
  /** Reading needs an officer's authority, and its use is limited, by BSAIA 2025 s.26. */
  section26: boolean
  /** What the provision says, in our words. */
  says: string
  source: string
  /** When the source was read. */
  asOf: string
  /** How sheets write it. */
  written: RegExp
}

const READ = "2026-11-22"
const POLICY = "Home Office policy guidance on seizure of electronic devices v1.0, 18 December 2025"

export const POWERS: readonly Power[] = [
  {
    id: "gb-bsaia-2025-s23",
    state: "GB",
    title: "Search of a relevant person for relevant articles, and their seizure",
    provision: "Border Security, Asylum and Immigration Act 2025 ss.23-24",
    reach: "person",
    premisesStated: false,
    since: "2026-01-05",
    section26: true,
    says: "A relevant person (s.22) only. Information may be copied and kept only so far as it relates or may relate to an offence under s.25 or 25A of the Immigration Act 1971, and used only for preventing, detecting, investigating or prosecuting such an offence (s.26(1)). A constable reads only with the authority of an inspector or above (s.26(2)), who has a superintendent informed as soon as practicable (s.26(3)); an NCA officer with that of an equivalent grade (s.26(4)).",
    source: `Text of ss.22-26 as published on crimeline.co.uk; ${POLICY}; first used at Manston on 5 January 2026`,
    asOf: READ,
    written:
      /\bBSAIA\b[^;]*?\bs(?:s|ections?)?\.?\s*2[34]\b|Border Security, Asylum and Immigration Act 2025[^;]*?\bs(?:s|ections?)?\.?\s*2[34]\b/i,
  },
  {
    id: "gb-ia-2016-s48",
    state: "GB",
    title: "Seizure by an immigration officer lawfully on premises",
    provision: "Immigration Act 2016 s.48",
    reach: "premises",
    premisesStated: true,
    since: null,
    section26: false,
    says: "Premises-tied, not a personal search power: R (HM, MA and KH) v Secretary of State for the Home Department [2022] EWHC 695 (Admin). Not for a telephone taken from a person. Items subject to legal privilege are excluded (s.48(6)).",
    source: "legislation.gov.uk ukpga/2016/19/section/48; [2022] EWHC 695 (Admin)",
    asOf: READ,
    written: /Immigration Act 2016[^;]*?\bs(?:ection)?\.?\s*48\b|\bIA\s*2016[^;]*?\b48\b/i,
  },
  {
    id: "gb-pace-1984-s19",
    state: "GB",
    title: "General power of seizure of a constable lawfully on premises",
    provision: "Police and Criminal Evidence Act 1984 s.19, with ss.20-22",
    reach: "premises",
    premisesStated: false,
    since: null,
    section26: false,
    says: "Of what is found on the premises. Section 20: information in a computer; sections 21 and 22: access, copies and retention.",
    source: "legislation.gov.uk ukpga/1984/60/part/II",
    asOf: READ,
    written: /\bPACE\b[^;]*?\bs(?:ection)?\.?\s*(?:19|20)\b|Police and Criminal Evidence Act 1984[^;]*?\b(?:19|20)\b/i,
  },
  {
    id: "gb-pace-1984-s8",
    state: "GB",
    title: "Warrant of a justice of the peace to search premises",
    provision: "Police and Criminal Evidence Act 1984 s.8",
    reach: "premises",
    premisesStated: false,
    since: null,
    section26: false,
    says: "An indictable offence, material on the premises likely to be of substantial value and relevant evidence, no privileged, excluded or special procedure material.",
    source: "legislation.gov.uk ukpga/1984/60/part/II",
    asOf: READ,
    written: /\bPACE\b[^;]*?\bs(?:ection)?\.?\s*8\b|Police and Criminal Evidence Act 1984[^;]*?\bs(?:ection)?\.?\s*8\b/i,
  },
  {
    id: "gb-cjpa-2001-s50",
    state: "GB",
    title: "Seize and sift",
    provision: "Criminal Justice and Police Act 2001 s.50",
    reach: "premises",
    premisesStated: false,
    since: null,
    section26: false,
    says: "Extends a power of seizure where it cannot be determined on the premises what may be taken; what may not be kept is returned.",
    source: "opsi.gov.uk acts2001/ukpga_20010016 s.50",
    asOf: READ,
    written: /\bCJPA\b[^;]*?\b50\b|Criminal Justice and Police Act 2001[^;]*?\b50\b/i,
  },
  {
    id: "gb-poca-2002-s352",
    state: "GB",
    title: "Search and seizure warrant in a confiscation, civil recovery or money laundering investigation",
    provision: "Proceeds of Crime Act 2002 s.352",
    reach: "premises",
    premisesStated: false,
    since: null,
    section26: false,
    says: "By a judge, for named premises and named material, for the purposes of the investigation.",
    source: "legislation.gov.uk ukpga/2002/29/section/352",
    asOf: READ,
    written: /\bPOCA\b[^;]*?\b352\b|Proceeds of Crime Act 2002[^;]*?\b352\b/i,
  },
  {
    id: "gb-poca-2002-s47c",
    state: "GB",
    title: "Seizure of realisable property",
    provision: "Proceeds of Crime Act 2002 s.47C",
    reach: "person",
    premisesStated: false,
    since: null,
    section26: false,
    says: "Of property, with the appropriate approval of s.47G: a justice of the peace, or a senior officer where that is not practicable. It is no power to read what a device holds.",
    source: "Chief Constable of Greater Manchester Police v Ali [2019] EWHC 2213 as reported on brettwilson.co.uk",
    asOf: READ,
    written: /\bPOCA\b[^;]*?\b47C\b|Proceeds of Crime Act 2002[^;]*?\b47C\b/i,
  },
  {
    id: "gb-pcsca-2022-s37",
    state: "GB",
    title: "Extraction from the device of a witness or victim by agreement",
    provision: "Police, Crime, Sentencing and Courts Act 2022 s.37, with s.41",
    reach: "agreement",
    premisesStated: false,
    since: null,
    section26: false,
    says: "Given voluntarily and with agreement to extraction; a reasonable line of enquiry, necessary and proportionate.",
    source: "Extraction of information from electronic devices: code of practice, 2022",
    asOf: READ,
    written: /\bPCSC\b[^;]*?\b(?:37|41)\b|Police, Crime, Sentencing and Courts Act 2022[^;]*?\b(?:37|41)\b/i,
  },
  {
    id: "de-stpo-94",
    state: "DE",
    title: "Securing and seizure of objects for evidence",
    provision: "Strafprozeßordnung § 94",
    reach: "person",
    premisesStated: false,
    since: null,
    section26: false,
    says: "Objects that may be of importance as evidence; seizure where they are not given up voluntarily. Papers and data carriers are looked through first (§ 110).",
    source: "gesatz.de § 94 StPO; norm.bverwg.de",
    asOf: READ,
    written: /§+\s*94\b[^;]*?\bStPO\b|\bStPO\b[^;]*?§+\s*94\b/i,
  },
  {
    id: "fr-cpp-56",
    state: "FR",
    title: "Search and seizure by a judicial police officer in a flagrant case",
    provision: "Code de procédure pénale art. 56",
    reach: "premises",
    premisesStated: false,
    since: null,
    section26: false,
    says: "At the place of persons who appear to have taken part or to hold things about the facts; professional secrecy and the rights of the defence are secured first.",
    source: "french-business-law.com, art. 56; legavox.fr",
    asOf: READ,
    written: /Code de procédure pénale[^;]*?\b56\b|\bCPP\b[^;]*?\b56\b/i,
  },
  {
    id: "fr-cpp-97",
    state: "FR",
    title: "Seizure of documents and data on a judge's investigation",
    provision: "Code de procédure pénale art. 97",
    reach: "order",
    premisesStated: false,
    since: null,
    section26: false,
    says: "The investigating judge, or the officer whom he commissions, alone reads before seizure; only what is useful for the truth stays seized.",
    source: "french-business-law.com, art. 97",
    asOf: READ,
    written: /Code de procédure pénale[^;]*?\b97\b|\bCPP\b[^;]*?\b97\b/i,
  },
  {
    id: "iq-cpc-1971-search",
    state: "IQ",
    title: "Search in the initial investigation",
    provision: "Criminal Procedure Code (Law No. 23 of 1971) arts. 72-86",
    reach: "order",
    premisesStated: false,
    since: null,
    section26: false,
    says: "Chapter on search; the initial investigation is conducted by examining magistrates or by investigators under their supervision (art. 51). Quote the order itself.",
    source: "Table of contents of the GJPI translation of 28 October 2010 and a summary of it; the articles themselves were not seen",
    asOf: READ,
    written: /Law No\.?\s*23 of 1971|Criminal Procedure Code 23 of 1971|Iraq[^;]*?(?:investigating|examining) (?:judge|magistrate)/i,
  },
  {
    id: "iq-kr-cpc-1971-search",
    state: "IQ-KR",
    title: "Search in the initial investigation, Kurdistan Region",
    provision: "Criminal Procedure Code (Law No. 23 of 1971) as amended in the Kurdistan Region by Law No. 22 of 2003",
    reach: "order",
    premisesStated: false,
    since: null,
    section26: false,
    says: "The Region amends the Code by laws of its own, so that the text in force differs from that of federal Iraq. Quote the order itself.",
    source: "gjpi.org, amendments to the Criminal Procedure Code in the Kurdistan Region; the articles themselves were not seen",
    asOf: READ,
    written: /Kurdistan[^;]*?(?:investigating|examining) (?:judge|magistrate)|Law No\.?\s*22 of 2003/i,
  },
]

/** The listed power that a sheet's words mean. Null for words that mean none, and for none. */
export function powerOf(words: string | null | undefined): Power | null {
  if (!words) return null
  const kurdish = POWERS.find((p) => p.state === "IQ-KR")!
  if (kurdish.written.test(words)) return kurdish
  return POWERS.find((p) => p.written.test(words)) ?? null
}

/** Why this power cannot have been the ground for taking a device from where it was taken; null when it can. */
export function cannotReach(power: Power, taken: { from: "person" | "premises" | null; onArrival: boolean }): string | null {
  if (power.reach === "premises" && (taken.from === "person" || taken.onArrival))
    return `${power.provision} is tied to premises: it is no power to take a device from a person.`
  if (power.premisesStated && taken.from !== "premises")
    return `${power.provision} is tied to premises, and the record does not say that the device was found on premises.`
  return null
}

/** What s.26(1)(c) permits the use of, in the words that the record carries. */
export const SECTION_26_USE =
  "preventing, detecting, investigating or prosecuting an offence under section 25 or 25A of the Immigration Act 1971 (BSAIA 2025 s.26)"

const OFFENCE = /\b25A?\b|facilitat/i
const FURTHER =
  /asylum|removal|remov(?:e|ing)\b|deport|nationality|credib|\bany\b|\ball\b|general|identity check|immigration (?:status|control|enforcement)|profil|statistic|training/i

/** The first of these uses that s.26 does not cover: it names no offence under ss.25/25A, or something beyond it. Null when all are covered. */
export function beyondSection26(uses: readonly string[]): string | null {
  return uses.find((use) => !OFFENCE.test(use) || FURTHER.test(use)) ?? null
}
