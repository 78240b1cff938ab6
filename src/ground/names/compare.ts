/** Comparison of two names, with its reasons. */
import type { NameLevel } from "./likeness.ts"
import { compareOrganisations } from "./organisations.ts"
import { comparePersons, type Verdict } from "./persons.ts"
import { prepared } from "./prepare.ts"
import { inWords, type Reason } from "./reasons.ts"
import { ALL_RULES, type Rule } from "./rules.ts"

export interface NameComparison {
  /** What the names as a whole have to do with each other: `nameLevel`. */
  level: NameLevel
  /** 0 to 1. From `MATCH` on the names can be of one person or thing; never a reason by itself to say that they are. */
  score: number
  /** In words, strongest first. */
  reasons: string[]
  /** The same with codes that can be said in any language. */
  because: Reason[]
}

/** What bears the name. An organisation's legal form, numbers and usual words are not a person's. */
export type Bearer = "person" | "organisation" | "vessel"

function verdict(a: string, b: string, bearer: Bearer, rules: ReadonlySet<Rule>): Verdict {
  if (bearer !== "person") return compareOrganisations(a, b, bearer, rules)
  const [one, other] = [prepared(a, rules), prepared(b, rules)]
  const said = comparePersons(one, other, rules)
  return one.folded !== "" && one.folded === other.folded
    ? { ...said, score: 1, level: "exact", because: [{ code: "same-letters", left: "", right: "" }] }
    : said
}

/**
 * Compares two names. Symmetric and deterministic; depends on nothing but the two strings and frozen tables. Common names weigh less
 * than rare ones. A word that only one name has costs little (father and grandfather are left out); words that both have and that
 * differ keep the score below `MATCH`.
 */
export function compareNames(a: string, b: string, bearer: Bearer = "person", rules = ALL_RULES): NameComparison {
  const { score, because, level } = verdict(a, b, bearer, rules)
  return { level, score, reasons: because.map(inWords), because }
}

/** What two names of people as a whole have to do with each other. `part`: what both have agrees, and one has more. */
export function nameLevel(a: string, b: string): NameLevel {
  return verdict(a, b, "person", ALL_RULES).level
}

/**
 * Evidence that two names of people are one person's, in hundredths of a bit (integer, may be negative): rarity of each shared word by
 * the frozen table, lessened by how it agrees; parts that contradict each other count against it. Depends on the two names alone.
 */
export function nameWeight(a: string, b: string): number {
  return verdict(a, b, "person", ALL_RULES).weight
}
