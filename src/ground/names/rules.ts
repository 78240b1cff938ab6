/** What the comparator knows, each rule by a name, so that a measurement can leave one out. */
const RULES = [
  "forms",
  "two-names",
  "rarity",
  "compounds",
  "joined",
  "slips",
  "contradiction",
  "order",
  "initials",
  "keyboards",
  "legal-forms",
  "generic-words",
  "numbers",
  "acronyms",
] as const

/**
 * forms: a table of forms and short forms of one name · two-names: words that the table has as two names are never like each other ·
 * keyboards: letters without the marks of Turkish and German, a g for a j ·
 * rarity: common names weigh less · compounds: Abd al-Karim may be called Karim · joined: words written together or apart · slips: a
 * letter or two wrong in an otherwise equal name · contradiction: parts that both have and that differ outweigh all that agree · order:
 * exchanged father and son, words in another order · initials · legal-forms, generic-
 * words, numbers, acronyms: of organisations and vessels.
 */
export type Rule = (typeof RULES)[number]

export const ALL_RULES: ReadonlySet<Rule> = new Set(RULES)
