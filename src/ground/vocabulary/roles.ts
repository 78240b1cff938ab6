/**
 * What a user of Linchpin may do. A role is held in one investigation, or on the node; never both, so that whoever looks after
 * the node sees no case. (What a person is *in* a case is a standing.) Which role permits which need is written in `linchpin.cedar`.
 */

interface RoleShape {
  title: string
  /** Where it is granted. */
  held: "investigation" | "node"
}

export const ROLES = {
  analyst: { title: "Analyst", held: "investigation" },
  "financial-investigator": { title: "Financial investigator", held: "investigation" },
  examiner: { title: "Examiner of devices and documents", held: "investigation" },
  "online-officer": { title: "Online officer", held: "investigation" },
  "operations-lead": { title: "Operations lead", held: "investigation" },
  "authorising-officer": { title: "Authorising officer", held: "investigation" },
  prosecutor: { title: "Prosecutor", held: "investigation" },
  "disclosure-officer": { title: "Disclosure officer", held: "investigation" },
  opener: { title: "Opens investigations", held: "node" },
  "programme-lead": { title: "Programme lead", held: "node" },
  "data-protection-officer": { title: "Data protection officer", held: "node" },
  "duty-officer": { title: "Duty officer for risk to life", held: "node" },
  "cleared-officer": { title: "Cleared officer: asks all holdings for others", held: "node" },
  inspector: { title: "Inspector of the oversight body", held: "node" },
  administrator: { title: "Administrator of the node", held: "node" },
} as const satisfies Record<string, RoleShape>

export type Role = keyof typeof ROLES
export const ROLE_IDS = Object.keys(ROLES) as [Role, ...Role[]]
export const INVESTIGATION_ROLES = ROLE_IDS.filter((role) => ROLES[role].held === "investigation")
export const NODE_ROLES = ROLE_IDS.filter((role) => ROLES[role].held === "node")

interface NeedShape {
  /** What whoever has it may do, as a sentence goes on after "may". */
  title: string
  /** What it is asked about: one investigation, the node, or nothing but the caller's own affairs. */
  about: "investigation" | "node" | "own"
  /** What it is asked for when the caller does not say. */
  purpose: Purpose
}

/** What a procedure asks of its caller. Each is an action of the policy. */
export const NEEDS = {
  own: { title: "look after what is his own: jobs, tokens, sign-in", about: "own", purpose: "administration" },
  open: { title: "open an investigation", about: "node", purpose: "investigation" },
  look: { title: "read what is held in the investigation", about: "investigation", purpose: "investigation" },
  "take-in": { title: "hand in and seal material", about: "investigation", purpose: "investigation" },
  examine: { title: "see rows that nobody decided on, and sign what is in scope", about: "investigation", purpose: "investigation" },
  authorise: { title: "authorise that one device is examined", about: "investigation", purpose: "investigation" },
  analyse: { title: "work out who is who, the network and its ranks", about: "investigation", purpose: "investigation" },
  assess: { title: "assert conduct and standing", about: "investigation", purpose: "investigation" },
  lift: { title: "propose or second that one person's protection is lifted", about: "investigation", purpose: "investigation" },
  plan: { title: "compare what would break a network", about: "investigation", purpose: "investigation" },
  export: { title: "take data out of the node", about: "investigation", purpose: "investigation" },
  release: { title: "loosen a marking, or permit a use, for the originator", about: "investigation", purpose: "investigation" },
  grant: { title: "grant and end roles in the investigation", about: "investigation", purpose: "investigation" },
  retain: { title: "record a review of what is kept", about: "investigation", purpose: "investigation" },
  approve: { title: "approve as the second person what reaches beyond the node", about: "investigation", purpose: "investigation" },
  erase: { title: "order that something is destroyed", about: "node", purpose: "rights" },
  rights: { title: "deal with requests of data subjects, notices and breaches", about: "node", purpose: "rights" },
  duty: { title: "receive signs of risk to life", about: "node", purpose: "safeguarding" },
  clear: { title: "ask all holdings on behalf of somebody who sees a part", about: "node", purpose: "safeguarding" },
  audit: { title: "read the journal", about: "node", purpose: "oversight" },
  oversee: { title: "draw samples of reasons, unmaskings and liftings", about: "node", purpose: "oversight" },
  report: { title: "read figures about the programme", about: "node", purpose: "oversight" },
  administer: { title: "enter people, organisations and roles of the node", about: "node", purpose: "administration" },
} as const satisfies Record<string, NeedShape>

export type Need = keyof typeof NEEDS
export const NEED_IDS = Object.keys(NEEDS) as [Need, ...Need[]]

/** What data is asked for. Material may be held for some of these only; then it is seen for these only. */
export const PURPOSES = {
  investigation: "Preventing, detecting and investigating facilitation of unlawful immigration",
  prosecution: "Criminal proceedings, disclosure included",
  safeguarding: "Protecting life and vulnerable people",
  oversight: "Verifying lawfulness, self-monitoring, integrity and security (DPA 2018 s.62(4))",
  rights: "Answering data subjects and the persons whom material was taken from",
  administration: "Running the node; no case material",
} as const
export type Purpose = keyof typeof PURPOSES
export const PURPOSE_IDS = Object.keys(PURPOSES) as [Purpose, ...Purpose[]]
