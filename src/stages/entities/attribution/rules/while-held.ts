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
  innocent: "somebody else may have used it for those days, and messages can be sent from a second device",
  read: ({ inCustody: sent }) => sent.map((s) => ({ weight: HELD, words: "calls or writes while its supposed user was held", ...seen(s) })),
}

/** It goes on working after the handset was seized: from then on it is in another hand. */
export const afterSeizure: Rule = {
  id: "after-seizure",
  relation: "person-number",
  side: "against",
  class: "attributing",
  title: "used after the handset whose number it is was seized",
  innocent: "a SIM can be issued again to the same customer, and messengers go on from a second device",
  read: ({ afterSeizure: sent }) =>
    sent.map((s) => ({ weight: AFTER, words: "calls or writes after the handset with this number was seized", ...seen(s) })),
}
