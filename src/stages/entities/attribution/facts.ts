/** What the records of a sight say of one number, gathered for the rules. Rules see nothing else. */
export interface NumberFacts {
  /** `phone:` and the number in E.164. */
  number: string
  /** Whom claims of identity hold it for. */
  entity: string
  /** Seized devices whose own number it is. */
  devices: DeviceFact[]
  /** What others have saved it as. */
  cards: NamedFact[]
  /** Transfers, exchange books, customs lines, papers: somebody's writing beside a name. `paper` is the kind of record. */
  papers: (NamedFact & { paper: string })[]
  /** Subscribers and customers as a register has them. */
  registers: NamedFact[]
  /** Graded reports that give it to somebody, and interviews in which somebody gives it as his own. */
  reports: (NamedFact & { grade: string | null; own: boolean })[]
  /** What its user calls himself in messages sent from it. */
  selfNames: (NamedFact & { firm: boolean })[]
  /** By what name its user is spoken to, and whether he answered. */
  hails: (NamedFact & { answered: boolean })[]
  /** Stretches of activity without a long silence between them, in order of time. */
  stretches: StretchFact[]
  /** Where it was seen at the place and time of something else of the same person, by day. */
  together: MeetingFact[]
  /** Where it was seen when something else of the same person was too far away. */
  apart: MeetingFact[]
  /** Where it spends its nights, beside where something else of the same person spends them. */
  homes: (MeetingFact & { nights: number })[]
  /** Calls and messages that it sent while its supposed user was held. */
  inCustody: SeenFact[]
  /** Calls and messages that it sent after the device whose number it is was seized. */
  afterSeizure: SeenFact[]
  /** Other numbers held for the same person that have rare counterparts with it. */
  overlaps: (SeenFact & { other: string; shared: number })[]
  /** Accounts that are held for the same person. */
  accounts: AccountFact[]
  /** Handsets and SIMs it was used with. */
  handsets: HandsetFact[]
}

/** Something that records of one origin say. */
export interface SeenFact {
  /** Seizure event, or the root of a report. */
  origin: string
  records: string[]
  from: number | null
  to: number | null
}

export interface NamedFact extends SeenFact {
  name: string
}

export interface DeviceFact extends SeenFact {
  item: string
  /** What the item is called on its sheet. */
  reference: string
  /** How it came to be seized, by its sheet. */
  had: "held" | "left" | "shared" | "unsaid"
  /** When it was taken, UTC milliseconds. */
  taken: number | null
}

export interface StretchFact extends SeenFact {
  /** Keys of those it was in touch with, at most some dozens. */
  counterparts: string[]
  /** Scripts in which it wrote. */
  scripts: string[]
}

export interface MeetingFact extends SeenFact {
  /** The other number or handset. */
  other: string
  metres: number
  /** How many days show it. */
  days: number
  /** Origin of what the other was seen by. */
  otherOrigin: string
}

export interface AccountFact extends SeenFact {
  account: string
  /** `number`: on that platform the account is the number; `device`: the device gives both as its own; `card`: one card gives both; `party`: one record does. */
  how: "number" | "device" | "card" | "party"
  /** When the account was last seen at work. */
  lastSeen: number | null
}

export interface HandsetFact extends SeenFact {
  /** `imei:…`, or `holder:` and the item where no IMEI was read. */
  handset: string
  /** `iccid:` or `imsi:` where it was read, else the number itself. */
  sim: string
  how: "device" | "call-data"
}
