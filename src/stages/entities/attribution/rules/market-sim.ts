import { say } from "#vocabulary/sentences"
import { alike } from "../alike.ts"
import { type Rule, seen } from "../rule.ts"

/** A register that names a third person: shown, and weighs nothing, because market SIMs are registered to whoever was at hand. */
export const marketSim: Rule = {
  id: "market-sim",
  relation: "person-number",
  side: "against",
  class: "attributing",
  title: "registered to somebody whom nobody calls by that name",
  innocent: say("use.innocent.market"),
  read: ({ registers, cards, selfNames, reports, hails }) => {
    const called = [...cards, ...selfNames, ...reports, ...hails]
    if (called.length === 0) return []
    return registers
      .filter((r) => called.every((c) => !alike(c.name, r.name)))
      .map((r) => ({ weight: 0, words: say("use.market", { name: r.name }), ...seen(r) }))
  },
}
