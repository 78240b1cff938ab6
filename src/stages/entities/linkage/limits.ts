import { linkage } from "#kernels"
import { CALLED } from "../comparators/called.ts"
import { COMPARATORS, FROZEN } from "../comparators/list.ts"
import { PART } from "../comparators/names.ts"
import { PICTURE } from "../comparators/pictures.ts"
import { SEEN } from "../comparators/whereabouts.ts"

/**
 * What no weight makes up for. Evidence that a household shares (a family name, an address, a telephone, and with twins a birthday) is counted
 * as if its parts were independent, and they are not: two brothers must not become one man by living together.
 */
interface Limit {
  id: string
  /** In words, for whoever asks why two were not joined. */
  words: string
  holds(level: Levels): boolean
}

interface Levels {
  given: number
  family: number
  whole: number
  birth: number
  document: number
  phone: number
  email: number
  street: number
  place: number
  form: number
  employer: number
  seen: number
  picture: number
  called: number
}

const at = (id: string): number => COMPARATORS.findIndex((c) => c.id === id)
const PLACES = {
  given: at("given-name"),
  family: at("family-name"),
  whole: at("whole-name"),
  birth: at("birth-date"),
  document: at("document"),
  phone: at("phone"),
  email: at("email"),
  street: at("street"),
  place: at("place"),
} as const
const beside = (id: string): number => FROZEN.findIndex((c) => c.id === id)
const BESIDE = {
  form: beside("form"),
  employer: beside("employer"),
  seen: beside("whereabouts"),
  picture: beside("picture"),
  called: beside("called"),
} as const

/** Levels of names in one piece: different, and from there on up to the same. */
const WHOLE = { different: 1, alike: 3, same: 5 } as const
/**
 * The same number on two papers, or all but one character of it. Papers that a family was given together have numbers one apart: with names in one piece that are
 * not the same, a number one apart is another paper.
 */
const samePaper = (l: Levels) => l.document === 4 || (l.document === 3 && (l.whole === 0 || l.whole === WHOLE.same))
const BIRTH = { different: 1, loose: 2, near: 4, same: 6 } as const
/** A mailbox of one's own, in the same spelling or nearly. */
const sameMailbox = (l: Levels) => l.email >= 4
const samePhone = (l: Levels) => l.phone >= 3

const LIMITS: readonly Limit[] = [
  { id: "person-and-organisation", words: "one is a person and the other an organisation", holds: (l) => l.form === 1 },
  { id: "two-places", words: "they were at two places at one time", holds: (l) => l.seen === SEEN.elsewhere },
  {
    id: "other-given-name",
    words: "their given names are different, and no paper says that they are one",
    holds: (l) => (l.given === PART.different || l.whole === WHOLE.different) && !samePaper(l),
  },
  {
    id: "twins",
    words: "their given names are no forms of one name, and all else may be what brothers and sisters share",
    holds: (l) => l.given === PART.loose && !samePaper(l) && !(sameMailbox(l) && l.birth !== BIRTH.different),
  },
  {
    id: "called-otherwise",
    words: "they are called otherwise, and all else may be the names of one father and grandfather",
    holds: (l) => l.called === CALLED.otherwise && l.whole > 0 && l.whole <= WHOLE.alike && !samePaper(l),
  },
  {
    id: "other-birth-date",
    words: "their birth dates are different, and neither paper, telephone nor a mailbox with the same given name says that they are one",
    holds: (l) =>
      l.birth === BIRTH.different && !samePaper(l) && !samePhone(l) && !(sameMailbox(l) && (l.given >= PART.form || l.whole >= 4)),
  },
  {
    id: "other-family-name",
    words: "their family names or generations are different, and neither birthday, paper, mailbox nor telephone says that they are one",
    holds: (l) => l.family === PART.different && l.birth < BIRTH.near && !samePaper(l) && !sameMailbox(l) && !samePhone(l),
  },
  {
    id: "other-paper",
    words: "their papers of one kind have different numbers, and neither birthday, mailbox nor telephone says that they are one",
    holds: (l) => l.document === 1 && l.birth < BIRTH.near && !sameMailbox(l) && !samePhone(l),
  },
  {
    id: "household",
    words: "nothing that is the person's own agrees: no given name, paper or birthday, nor a mailbox with the family name",
    holds: (l) =>
      l.given < PART.loose &&
      l.whole < 2 &&
      l.birth < BIRTH.near &&
      !samePaper(l) &&
      !(sameMailbox(l) && l.given === PART.none && l.family >= PART.near),
  },
  {
    id: "name-alone",
    words: "a name agrees, and beside it nothing but a town, a journey, a circle or a registry's default birth date",
    holds: (l) =>
      !samePaper(l) &&
      !sameMailbox(l) &&
      !samePhone(l) &&
      l.employer < 2 &&
      l.picture < PICTURE.same &&
      l.street < 3 &&
      l.birth !== BIRTH.same &&
      l.birth !== BIRTH.near &&
      !(l.birth === BIRTH.loose && l.place >= 4),
  },
]

/** Why patterns are never of one person, whatever they weigh; null when nothing forbids it. Frozen: depends on the two patterns alone. `frozen` is that of `FROZEN`. */
export function forbidden(pattern: number, frozen = 0): { id: string; words: string } | null {
  const levels = Object.fromEntries([
    ...Object.entries(PLACES).map(([name, c]) => [name, linkage.levelOf(pattern, c)]),
    ...Object.entries(BESIDE).map(([name, c]) => [name, linkage.levelOf(frozen, c)]),
  ]) as unknown as Levels
  return LIMITS.find((limit) => limit.holds(levels)) ?? null
}
