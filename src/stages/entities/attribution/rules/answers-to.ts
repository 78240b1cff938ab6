import { type Rule, seen } from "../rule.ts"

const ANSWERED = 150

/** Who is spoken to by a name and answers. */
export const answersTo: Rule = {
  id: "answers-to",
  relation: "person-number",
  side: "for",
  class: "attributing",
  title: "whoever uses the number is spoken to by name, and answers",
  innocent: "a common name or a kind word answers for many; somebody else may take the call",
  read: ({ hails }) =>
    hails
      .filter((h) => h.answered)
      .map((h) => ({ weight: ANSWERED, words: `spoken to as “${h.name}” at this number, and answers`, ...seen(h) })),
}
