import { say } from "#vocabulary/sentences"
import { type Rule, seen } from "../rule.ts"

/** Taken from a person's hand or pocket, with this number in it. */
const HELD = 500
/** Taken in, and the sheet does not say from whom. */
const UNSAID = 300

/** Possession at seizure: the number is the seized handset's own, and somebody held the handset. */
export const possession: Rule = {
  id: "possession",
  relation: "person-number",
  side: "for",
  class: "attributing",
  title: "the number of a handset that was seized from somebody",
  innocent: say("use.innocent.possession"),
  read: ({ devices }) =>
    devices
      .filter((d) => d.had === "held" || d.had === "unsaid")
      .map((d) => ({
        weight: d.had === "held" ? HELD : UNSAID,
        words: d.had === "held" ? say("use.own-held", { reference: d.reference }) : say("use.own-unsaid", { reference: d.reference }),
        ...seen(d),
        to: d.taken ?? d.to,
      })),
}

/** The same for the handset: who held it at the moment of seizure. */
export const holding: Rule = {
  id: "possession-of-handset",
  relation: "person-handset",
  side: "for",
  class: "attributing",
  title: "the handset was seized from somebody",
  innocent: say("use.innocent.holding"),
  read: ({ devices }) =>
    devices
      .filter((d) => d.had === "held" || d.had === "unsaid")
      .map((d) => ({
        weight: d.had === "held" ? HELD : UNSAID,
        words: d.had === "held" ? say("use.held", { reference: d.reference }) : say("use.unsaid", { reference: d.reference }),
        ...seen(d),
        from: d.taken,
        to: d.taken,
        what: `holder:${d.item}`,
      })),
}
