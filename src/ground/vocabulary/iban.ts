/** Bank accounts in the international form (ISO 13616): country, check digits modulo 97, account by the country's own length. */
import { electronicFormatIBAN, ValidationErrorsIBAN, validateIBAN } from "ibantools"
import { tidyUpper } from "./digits.ts"
import type { Normalised } from "./values.ts"

const WHY: Readonly<Record<number, string>> = {
  [ValidationErrorsIBAN.NoIBANProvided]: "empty",
  [ValidationErrorsIBAN.NoIBANCountry]: "no country that uses IBAN",
  [ValidationErrorsIBAN.WrongBBANLength]: "wrong length for its country",
  [ValidationErrorsIBAN.WrongBBANFormat]: "wrong characters for its country",
  [ValidationErrorsIBAN.ChecksumNotNumber]: "check digits are not digits",
  [ValidationErrorsIBAN.WrongIBANChecksum]: "check digits do not fit",
  [ValidationErrorsIBAN.WrongAccountBankBranchChecksum]: "the country's own check digit does not fit",
}

/** Valid: capitals and digits without spaces, check digits verified. */
export function iban(raw: string): Normalised {
  const text = tidyUpper(raw).replace(/^IBAN\s*[:=]?\s*(?=[A-Z]{2})/, "")
  if (!/^[\x20-\x7e]*$/.test(text)) return { norm: text, valid: false, reason: "letters that no account number has" }
  const norm = electronicFormatIBAN(text) ?? ""
  const { valid, errorCodes } = validateIBAN(norm)
  return { norm, valid, reason: errorCodes.map((code) => WHY[code] ?? "not an IBAN").join("; ") }
}
