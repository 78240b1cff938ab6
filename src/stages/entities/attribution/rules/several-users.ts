import { say } from "#vocabulary/sentences"
import { alike } from "../alike.ts"
import type { NamedFact, NumberFacts } from "../facts.ts"
import { type Rule, seen } from "../rule.ts"

const SEVERAL_NAMES = 200
const SEVERAL_SELVES = 300
/** So many origins, each with a name of its own, make a shop, a hotline or a handset that goes round. */
const NAMES = 4
const SELVES = 2

/** Names that have nothing to do with each other, with one fact for each. */
function unlike(facts: readonly NamedFact[]): NamedFact[] {
  const out: NamedFact[] = []
  const ordered = [...facts].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.origin < b.origin ? -1 : 1))
  for (const f of ordered) if (out.every((o) => !alike(o.name, f.name)) && out.every((o) => o.origin !== f.origin)) out.push(f)
  return out
}

/** Known to independent sources by names of different people: a shop's phone, a hotline, or a handset that goes round in a camp. */
export const severalUsers: Rule = {
  id: "several-users",
  relation: "person-number",
  side: "against",
  class: "attributing",
  title: "independent sources know different people at this number",
  innocent: say("use.innocent.several-users"),
  read: (facts) => readingOf(unlike(facts.cards), NAMES, SEVERAL_NAMES, "use.several-names"),
}

/** Different people name themselves from it. */
export const severalSelves: Rule = {
  id: "several-selves",
  relation: "person-number",
  side: "against",
  class: "attributing",
  title: "different people name themselves in messages from this number",
  innocent: say("use.innocent.several-selves"),
  read: (facts) => {
    const firm = facts.selfNames.filter((s) => s.firm).map((s, i) => ({ ...s, origin: `${s.origin} ${i}` }))
    return readingOf(unlike(firm), SELVES, SEVERAL_SELVES, "use.several-selves").map((r) => ({
      ...r,
      origin: r.origin.split(" ")[0]!,
    }))
  },
}

function readingOf(facts: NumberFacts["cards"], least: number, weight: number, saying: "use.several-names" | "use.several-selves") {
  if (facts.length < least) return []
  return [
    {
      weight,
      words: say(saying, {
        names: facts
          .slice(0, 4)
          .map((f) => `“${f.name}”`)
          .join(", "),
      }),
      ...seen(facts[0]!),
      records: [...new Set(facts.flatMap((f) => f.records))].slice(0, 5),
    },
  ]
}
