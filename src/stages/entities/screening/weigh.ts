import { compareNames, nameWeight, wordsOf } from "#names"
import { say } from "#vocabulary/sentences"
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

/** A name of one word is many people's. */
const ONE_WORD = 0.3
const WEAK_ALIAS = 0.5
const IDENTIFIER = { document: 2500, phone: 1500, email: 2000 } as const
const isIdentifier = (type: string): type is keyof typeof IDENTIFIER => Object.hasOwn(IDENTIFIER, type)

/** Hundredths of a bit that two names give; 0 where they contradict each other: people have several names. */
function ofNames(a: Named, b: Named): number {
  const oneWord = Math.min(wordsOf(a.name).length, wordsOf(b.name).length) < 2
  return Math.max(0, Math.round(nameWeight(a.name, b.name) * (oneWord ? ONE_WORD : 1) * (a.weak || b.weak ? WEAK_ALIAS : 1)))
}

/** The best fitting pair of names; null when none fits. Depends on the names and frozen tables alone. */
export function weighNames(a: readonly Named[], b: readonly Named[]): Reason | null {
  let best: { one: Named; other: Named; weight: number } | null = null
  for (const one of a)
    for (const other of b) {
      const weight = ofNames(one, other)
      const first =
        !best || weight > best.weight || (weight === best.weight && `${one.name} ${other.name}` < `${best.one.name} ${best.other.name}`)
      if (weight > 0 && first) best = { one, other, weight }
    }
  if (!best) return null
  const { one, other, weight } = best
  const words = Math.min(wordsOf(one.name).length, wordsOf(other.name).length)
  return {
    part: "name",
    code: words < 2 ? "name.one-word" : one.weak || other.weak ? "name.weak" : "name.fits",
    weight,
    words: say("weigh.names", {
      one: one.name,
      other: other.name,
      alike: compareNames(one.name, other.name).reasons.slice(0, 4).join("; "),
    }),
    records: [...new Set([...one.records.slice(0, 2), ...other.records.slice(0, 2)])],
  }
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
    if (other && isIdentifier(type))
      reasons.push({
        part: "identifier",
        code: `identifier.${type}`,
        weight: IDENTIFIER[type],
        words: say(`weigh.${type}`, { value: key.slice(type.length + 1) }),
        records: [...new Set([...records.slice(0, 2), ...other.slice(0, 2)])],
      })
  }
  reasons.sort((x, y) => Math.abs(y.weight) - Math.abs(x.weight) || (x.words < y.words ? -1 : 1))
  return { weight: reasons.reduce((sum, r) => sum + r.weight, 0), reasons }
}
