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
  innocent: "one man has a name, a nickname and a trade, and each friend saves him by another",
  read: (facts) => readingOf(unlike(facts.cards), NAMES, SEVERAL_NAMES, "saved under names that have nothing in common"),
}

/** Different people name themselves from it. */
export const severalSelves: Rule = {
  id: "several-selves",
  relation: "person-number",
  side: "against",
  class: "attributing",
  title: "different people name themselves in messages from this number",
  innocent: "a name and a nickname of one man",
  read: (facts) => {
    const firm = facts.selfNames.filter((s) => s.firm).map((s, i) => ({ ...s, origin: `${s.origin} ${i}` }))
    return readingOf(unlike(firm), SELVES, SEVERAL_SELVES, "different people name themselves from it").map((r) => ({
      ...r,
      origin: r.origin.split(" ")[0]!,
    }))
  },
}

function readingOf(facts: NumberFacts["cards"], least: number, weight: number, words: string) {
  if (facts.length < least) return []
  return [
    {
      weight,
      words: `${words}: ${facts
        .slice(0, 4)
        .map((f) => `“${f.name}”`)
        .join(", ")}`,
      ...seen(facts[0]!),
      records: [...new Set(facts.flatMap((f) => f.records))].slice(0, 5),
    },
  ]
}
