/**
 * Value types: what an identity-bearing cell can hold. Each has a file of its own beside this door that gives its
 * normal form, its validity and the reasons. `normalise` is the only entry for later stages.
 */
export type ValueType =
  | "phone" // E.164
  | "email"
  | "handle" // platform handle; needs a platform
  | "account" // native account id of a platform; needs a platform
  | "imei"
  | "imsi"
  | "iccid"
  | "iban"
  | "wallet"
  | "document" // document number + issuer
  | "hull" // WIN / HIN / CIN
  | "engine" // engine serial (maker:serial)
  | "plate"
  | "holder" // whoever holds the seized item; value = item id
  | "alias" // code name in an exchange's book or a report; only means something within its exhibit
  | "outlet" // money exchange, shop, travel office by name and place
  | "node" // label of a node in a bare edge list
  | "name" // a personal name or label

/** What the surroundings say about a value: region of a number without country code, platform of a handle, issuer of a document. */
export interface ValueContext {
  /** ISO 3166-1 alpha-2 region by which national phone numbers are read; from the exhibit. */
  region?: string | undefined
  /** Lower-case platform: whatsapp, telegram, viber, facebook, instagram, tiktok, snapchat, skype, kik, … */
  platform?: string | undefined
  /** ISO 3166-1 alpha-3 issuer of a document or maker of an engine. */
  issuer?: string | undefined
}

/** A value in its normal form. `norm` is what identifiers are matched on; `valid: false` values keep a folded raw form and never match others. */
export interface Normalised {
  norm: string
  valid: boolean
  /** In words: why invalid, or what was assumed ("read as Iraqi by the exhibit's region"). Empty when nothing was assumed. */
  reason: string
}
