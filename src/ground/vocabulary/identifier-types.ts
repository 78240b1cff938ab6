/** Types whose equal normal forms are one and the same thing wherever they are met: on every phone, in every investigation. */
export const IDENTIFIER_TYPES = [
  "phone",
  "email",
  "handle",
  "account",
  "imei",
  "imsi",
  "iccid",
  "iban",
  "wallet",
  "document",
  "hull",
  "engine",
  "plate",
] as const

/** Those of them by which a person is known. */
export const PERSONAL_TYPES = ["phone", "email", "handle", "account", "document"] as const
