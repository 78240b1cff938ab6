import { say } from "#vocabulary/sentences"
import { type Rule, seen } from "../rule.ts"

const ANSWERED = 150

/** Who is spoken to by a name and answers. */
export const answersTo: Rule = {
  id: "answers-to",
  relation: "person-number",
  side: "for",
  class: "attributing",
  title: "whoever uses the number is spoken to by name, and answers",
  innocent: say("use.innocent.answers"),
  read: ({ hails }) =>
    hails.filter((h) => h.answered).map((h) => ({ weight: ANSWERED, words: say("use.answers", { name: h.name }), ...seen(h) })),
}
