import { say } from "#vocabulary/sentences"
import type { NumberFacts } from "../facts.ts"
import { type Reading, type Rule, seen } from "../rule.ts"

const SAID = 400
const LEFT = 250

const read =
  (about: (d: NumberFacts["devices"][number]) => Partial<Reading>) =>
  (facts: NumberFacts): Reading[] =>
    facts.devices
      .filter((d) => d.had === "left" || d.had === "shared")
      .map((d) => ({
        weight: d.had === "shared" ? SAID : LEFT,
        words: d.had === "shared" ? say("use.shared", { reference: d.reference }) : say("use.left", { reference: d.reference }),
        ...seen(d),
        ...about(d),
      }))

/** A handset that several use, or that nobody held: its number attributes nobody. */
export const sharedHandset: Rule = {
  id: "shared-handset",
  relation: "person-number",
  side: "against",
  class: "attributing",
  title: "the handset was used by several, or found",
  innocent: say("use.innocent.shared"),
  read: read(() => ({})),
}

export const nobodyHeld: Rule = {
  id: "nobody-held",
  relation: "person-handset",
  side: "against",
  class: "attributing",
  title: "the handset was used by several, or found",
  innocent: say("use.innocent.left"),
  read: read((d) => ({ what: `holder:${d.item}`, from: d.taken, to: d.taken })),
}
