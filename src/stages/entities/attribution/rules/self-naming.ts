import { say } from "#vocabulary/sentences"
import { alike } from "../alike.ts"
import type { NumberFacts } from "../facts.ts"
import { type Rule, seen } from "../rule.ts"

const SELF = 250
const OTHERWISE = 250
/** So many origins must agree on a name before another one speaks against it. */
const KNOWN_BY = 2

/** Its user says who he is. */
export const selfNaming: Rule = {
  id: "self-naming",
  relation: "person-number",
  side: "for",
  class: "attributing",
  title: "its user names himself in messages",
  innocent: say("use.innocent.self-naming"),
  read: (facts) =>
    facts.selfNames
      .filter((s) => !contradicts(facts, s.name) && (s.firm || agrees(facts, s.name)))
      .map((s) => ({ weight: SELF, words: say("use.calls-himself", { name: s.name }), ...seen(s) })),
}

/** Its user says that he is somebody else than those who know the number hold him to be. */
export const namesHimselfOtherwise: Rule = {
  id: "names-himself-otherwise",
  relation: "person-number",
  side: "against",
  class: "attributing",
  title: "its user names himself otherwise",
  innocent: say("use.innocent.otherwise"),
  read: (facts) =>
    facts.selfNames
      .filter((s) => s.firm && contradicts(facts, s.name))
      .map((s) => ({ weight: OTHERWISE, words: say("use.calls-himself-otherwise", { name: s.name }), ...seen(s) })),
}

/** What others call the user, one entry for each origin that says so. */
function known(facts: NumberFacts): { name: string; origin: string }[] {
  return [...facts.cards, ...facts.reports, ...facts.hails, ...facts.registers, ...facts.papers].map(({ name, origin }) => ({
    name,
    origin,
  }))
}

const agrees = (facts: NumberFacts, name: string): boolean => known(facts).some((k) => alike(k.name, name))

/** True where several independent origins know the user, agree among themselves, and none calls him anything like it. */
function contradicts(facts: NumberFacts, name: string): boolean {
  const others = known(facts)
  if (agrees(facts, name)) return false
  return others.some((k) => new Set(others.filter((o) => alike(o.name, k.name)).map((o) => o.origin)).size >= KNOWN_BY)
}
