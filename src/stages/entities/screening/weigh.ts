import { compareNames, wordsOf } from "#names"
import { type Born, compareBirths, type Weighed } from "./births.ts"

/** A name of somebody, with a record that gives it. */
export interface Named {
  name: string
  /** A list holds it for a weak alias. */
  weak?: boolean
  records: readonly string[]
}

/** What is known of one side of a comparison. Nationality, ethnicity and religion are features of nothing and are not in it. */
export interface Facts {
  names: readonly Named[]
  births: readonly Born[]
  /** Numbers that are one person's: papers, telephones, mail addresses, by key. */
  identifiers: ReadonlyMap<string, readonly string[]>
}

export interface Reason extends Weighed {
  part: "name" | "birth" | "identifier"
  records: string[]
}

/** From this score on two names can be of one person (`compareNames`). */
const SAME_NAME = 0.7
/** Hundredths of a bit for a name that just fits and for one that is the same: frozen values that nobody has fitted on authorised data. */
const NAME_FROM = 500
const NAME_TO = 1500
/** A name of one word is many people's. */
const ONE_WORD = 0.3
const WEAK_ALIAS = 0.5
const IDENTIFIER: Readonly<Record<string, number>> = { document: 2500, phone: 1500, email: 2000 }
const TITLES: Readonly<Record<string, string>> = { document: "number of a document", phone: "telephone number", email: "mail address" }

function ofNames(a: Named, b: Named): Reason | null {
  const { score, reasons } = compareNames(a.name, b.name)
  if (score < SAME_NAME) return null
  const words = Math.min(wordsOf(a.name).length, wordsOf(b.name).length)
  const share = (words < 2 ? ONE_WORD : 1) * (a.weak || b.weak ? WEAK_ALIAS : 1)
  return {
    part: "name",
    code: words < 2 ? "name.one-word" : a.weak || b.weak ? "name.weak" : "name.fits",
    weight: Math.round((NAME_FROM + ((score - SAME_NAME) / (1 - SAME_NAME)) * (NAME_TO - NAME_FROM)) * share),
    words: `“${a.name}” and “${b.name}”: ${reasons.slice(0, 4).join("; ")}`,
    records: [...new Set([...a.records.slice(0, 2), ...b.records.slice(0, 2)])],
  }
}

/** The best fitting pair of names; null when none fits. Depends on the names and frozen tables alone. */
export function weighNames(a: readonly Named[], b: readonly Named[]): Reason | null {
  let best: Reason | null = null
  for (const one of a)
    for (const other of b) {
      const reason = ofNames(one, other)
      if (reason && (!best || reason.weight > best.weight || (reason.weight === best.weight && reason.words < best.words))) best = reason
    }
  return best
}

/** Reasons for and against, strongest first, and their sum. Names that do not fit are no reason against: people have several. */
export function weigh(a: Facts, b: Facts): { weight: number; reasons: Reason[] } {
  const reasons: Reason[] = []
  const name = weighNames(a.names, b.names)
  if (name) reasons.push(name)
  const birth = compareBirths(a.births, b.births)
  if (birth) reasons.push({ ...birth, part: "birth", records: [] })
  for (const [key, records] of a.identifiers) {
    const other = b.identifiers.get(key)
    const type = key.slice(0, key.indexOf(":"))
    const weight = IDENTIFIER[type]
    if (other && weight !== undefined)
      reasons.push({
        part: "identifier",
        code: `identifier.${type}`,
        weight,
        words: `the same ${TITLES[type]}, ${key.slice(type.length + 1)}`,
        records: [...new Set([...records.slice(0, 2), ...other.slice(0, 2)])],
      })
  }
  reasons.sort((x, y) => Math.abs(y.weight) - Math.abs(x.weight) || (x.words < y.words ? -1 : 1))
  return { weight: reasons.reduce((sum, r) => sum + r.weight, 0), reasons }
}
