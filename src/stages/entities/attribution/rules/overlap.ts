import { say } from "#vocabulary/sentences"
import { type Rule, seen } from "../rule.ts"

const PER_COUNTERPART = 50
const MOST = 200
const LEAST = 3

/** A new SIM in an old life: the same rare counterparts as another number of the person. */
export const overlap: Rule = {
  id: "contact-overlap",
  relation: "person-number",
  side: "for",
  class: "attributing",
  title: "in touch with the same people as another number of the same person",
  innocent: say("use.innocent.overlap"),
  read: ({ overlaps }) =>
    overlaps
      .filter((o) => o.shared >= LEAST)
      .map((o) => ({
        weight: Math.min(MOST, o.shared * PER_COUNTERPART),
        words: say("use.overlap", { shared: o.shared, other: o.other.replace("phone:", "") }),
        ...seen(o),
      })),
}
