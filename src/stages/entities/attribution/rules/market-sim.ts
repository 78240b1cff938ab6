import { alike } from "../alike.ts"
import { type Rule, seen } from "../rule.ts"

/** A register that names a third person: shown, and weighs nothing, because market SIMs are registered to whoever was at hand. */
export const marketSim: Rule = {
  id: "market-sim",
  relation: "person-number",
  side: "against",
  class: "attributing",
  title: "registered to somebody whom nobody calls by that name",
  innocent: "a SIM from the market is registered to a third person: that is no sign against its user",
  read: ({ registers, cards, selfNames, reports, hails }) => {
    const called = [...cards, ...selfNames, ...reports, ...hails]
    if (called.length === 0) return []
    return registers
      .filter((r) => called.every((c) => !alike(c.name, r.name)))
      .map((r) => ({ weight: 0, words: `registered to “${r.name}”, whom nobody calls so`, ...seen(r) }))
  },
}
