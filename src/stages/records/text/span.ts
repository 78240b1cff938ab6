/** What free text can speak of. */
export type SpanType =
  | "phone"
  | "email"
  | "handle"
  | "url"
  | "wallet"
  | "iban"
  | "code" // a deposit's code, only beside a word that says so
  | "money"
  | "date"
  | "time"
  | "place"
  | "coordinates"
  | "name"
  | "nickname"
  | "title" // a role that stands for a person without a name: "the saraf", "boss"
  | "count" // of people
  | "item" // boat, engine, paper, safety item
  | "plate"
  | "hull"
  | "document"

/**
 * A stretch of free text that speaks of something. Offsets are UTF-16 units, half-open: `text.slice(start, end) === raw`.
 * A span is a mention with the part "spoken-of"; it is never merged with whoever was spoken to.
 */
export interface Span {
  start: number
  end: number
  type: SpanType
  raw: string
  /** Normal form for matching within its type; equals the vocabulary's normal form where the type has one. */
  norm: string
  /** Money: `{ amount, currency }`. Count and item: `{ count }`. Place: `{ id, country, kind }`. Coordinates: `{ lat, lon }`. Date and time: as far as read. */
  value?: unknown
  /** 0 to 1: how sure the reading is, not how true the text. */
  confidence: number
  /** In words: what made it so. */
  why: string
  /** True for a vocative: somebody is spoken to by this name, not spoken of. */
  addressed?: boolean
}

export interface TextContext {
  /** ISO 3166-1 alpha-2 region by which national phone numbers are read. */
  region?: string | undefined
  /** When the text was written, UTC milliseconds: relative dates are resolved against it. */
  at?: number | null | undefined
  /** Lower-case platform for bare @handles. */
  platform?: string | undefined
}

export interface MoneyValue {
  amount: number
  /** ISO 4217, null when the text does not say. */
  currency: string | null
}

export interface PlaceValue {
  id: string
  /** ISO 3166-1 alpha-2. */
  country: string
  kind: "country" | "town" | "camp" | "coast" | "border" | "sea"
}
