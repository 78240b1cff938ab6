import { place, street } from "./address.ts"
import { birthDate } from "./birth-date.ts"
import type { Comparator } from "./comparator.ts"
import { documents } from "./documents.ts"
import { email } from "./email.ts"
import { familyName, givenName, wholeName } from "./names.ts"
import { phones } from "./phones.ts"
import { sex } from "./sex.ts"

/** Every comparator, in the order of its place in a pattern. */
export const COMPARATORS: readonly Comparator[] = [
  givenName,
  familyName,
  wholeName,
  birthDate,
  documents,
  phones,
  email,
  street,
  place,
  sex,
]
