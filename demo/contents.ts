/** What a phone holds, before any format: the writers turn it into reports and databases. */
export type App = "whatsapp" | "sms" | "telegram" | "viber"

export interface Counterpart {
  /** E.164 of the SIM for calls and SMS, of the account for messengers; a sender's word such as a bank's. */
  number: string
  /** Name as this phone shows it; null when it shows a bare number. */
  label: string | null
  /** Truth only; writers never look at it. */
  person: string | null
}

export interface Card {
  label: string | null
  /** As saved: with +, with 00 or in national form. */
  number: string
  e164: string
  source: "phone" | "sim" | "whatsapp" | "telegram" | "viber"
  person: string | null
}

export interface Line {
  at: number
  /** null: the holder of the phone. Otherwise an index into the chat's `others`. */
  from: number | null
  body: string | null
  voice?: { seconds: number; file: string; transcript: string | null }
  point?: { lat: number; lon: number; name: string }
  media?: { file: string; type: string }
  deleted?: boolean
}

export interface Chat {
  id: string
  app: App
  group: boolean
  title: string | null
  others: Counterpart[]
  lines: Line[]
}

export interface CallLine {
  at: number
  other: Counterpart
  direction: "in" | "out"
  answered: boolean
  seconds: number
  app: "cellular" | "whatsapp"
  video: boolean
}

export interface Fix {
  at: number
  lat: number
  lon: number
  origin: string
  name: string | null
}

export interface Account {
  platform: string
  username: string
  name: string
}

export interface Handset {
  make: string
  model: string
  os: string
  serial: string
  imei: string
  imsi: string
  iccid: string
  msisdn: string
  extractedAt: number
}

export interface Contents {
  handset: Handset
  owner: { number: string; account: string; name: string }
  cards: Card[]
  chats: Chat[]
  calls: CallLine[]
  fixes: Fix[]
  accounts: Account[]
}
