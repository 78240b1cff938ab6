import { place, street } from "./address.ts"
import { birthDate } from "./birth-date.ts"
import { called } from "./called.ts"
import type { Comparator, FrozenComparator } from "./comparator.ts"
import { documents } from "./documents.ts"
import { email } from "./email.ts"
import { employer } from "./employer.ts"
import { form } from "./form.ts"
import { familyName, givenName, wholeName } from "./names.ts"
import { neighbours } from "./neighbours.ts"
import { phones } from "./phones.ts"
import { pictures } from "./pictures.ts"
import { sex } from "./sex.ts"
import { whereabouts } from "./whereabouts.ts"

/** Every comparator whose chances can be learnt, in the order of its place in a pattern. */
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

/** Every comparator of frozen weights, in the order of its place in the pattern beside the other. */
export const FROZEN: readonly FrozenComparator[] = [form, employer, neighbours, whereabouts, pictures, called]
