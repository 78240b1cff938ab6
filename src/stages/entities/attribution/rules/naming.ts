import { type Rule, seen } from "../rule.ts"

const LABEL = 40
const BILL = 60
const REGISTER = 60

/** What others have saved the number as. Who calls it what is worth asking, and never says who holds it. */
export const label: Rule = {
  id: "label",
  relation: "person-number",
  side: "for",
  class: "naming",
  title: "saved under a name in contact books",
  innocent: "a label is what somebody else calls the number, often copied, out of date, or another's of the same name",
  read: ({ cards }) => cards.map((c) => ({ weight: LABEL, words: `saved as “${c.name}”`, ...seen(c) })),
}

export const bill: Rule = {
  id: "bill",
  relation: "person-number",
  side: "for",
  class: "naming",
  title: "written beside a name on a bill, a book or a paper",
  innocent: "whoever pays or collects gives the number that suits him, often a friend's or the shop's",
  read: ({ papers }) => papers.map((p) => ({ weight: BILL, words: `written beside “${p.name}” (${p.paper})`, ...seen(p) })),
}

export const register: Rule = {
  id: "register",
  relation: "person-number",
  side: "for",
  class: "naming",
  title: "registered to a name",
  innocent: "SIM cards sold on the market are registered to third persons, and companies register for many",
  read: ({ registers }) => registers.map((r) => ({ weight: REGISTER, words: `registered to “${r.name}”`, ...seen(r) })),
}
