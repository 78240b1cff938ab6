import { say } from "#vocabulary/sentences"
import { type Rule, seen } from "../rule.ts"

const HELD = 400
const AFTER = 300

/** The phone works while its supposed user sits in a cell. */
export const inCustody: Rule = {
  id: "in-custody",
  relation: "person-number",
  side: "against",
  class: "attributing",
  title: "used while its supposed user was in custody",
  innocent: say("use.innocent.custody"),
  read: ({ inCustody: sent }) => sent.map((s) => ({ weight: HELD, words: say("use.custody"), ...seen(s) })),
}

/** It goes on working after the handset was seized: from then on it is in another hand. */
export const afterSeizure: Rule = {
  id: "after-seizure",
  relation: "person-number",
  side: "against",
  class: "attributing",
  title: "used after the handset whose number it is was seized",
  innocent: say("use.innocent.after-seizure"),
  read: ({ afterSeizure: sent }) => sent.map((s) => ({ weight: AFTER, words: say("use.after-seizure"), ...seen(s) })),
}
