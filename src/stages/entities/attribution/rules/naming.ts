import { say } from "#vocabulary/sentences"
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
  innocent: say("use.innocent.label"),
  read: ({ cards }) => cards.map((c) => ({ weight: LABEL, words: say("use.saved", { name: c.name }), ...seen(c) })),
}

export const bill: Rule = {
  id: "bill",
  relation: "person-number",
  side: "for",
  class: "naming",
  title: "written beside a name on a bill, a book or a paper",
  innocent: say("use.innocent.bill"),
  read: ({ papers }) => papers.map((p) => ({ weight: BILL, words: say("use.written", { name: p.name, paper: p.paper }), ...seen(p) })),
}

export const register: Rule = {
  id: "register",
  relation: "person-number",
  side: "for",
  class: "naming",
  title: "registered to a name",
  innocent: say("use.innocent.register"),
  read: ({ registers }) => registers.map((r) => ({ weight: REGISTER, words: say("use.registered", { name: r.name }), ...seen(r) })),
}
