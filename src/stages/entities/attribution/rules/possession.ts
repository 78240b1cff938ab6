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
  innocent: "a handset can be lent, carried for another, or new in the hand of who was stopped with it",
  read: ({ devices }) =>
    devices
      .filter((d) => d.had === "held" || d.had === "unsaid")
      .map((d) => ({
        weight: d.had === "held" ? HELD : UNSAID,
        words:
          d.had === "held"
            ? `own number of ${d.reference}, which was taken from its holder`
            : `own number of ${d.reference}; its sheet does not say whose hand it was in`,
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
  innocent: "who holds a handset at one moment need not be who used it before",
  read: ({ devices }) =>
    devices
      .filter((d) => d.had === "held" || d.had === "unsaid")
      .map((d) => ({
        weight: d.had === "held" ? HELD : UNSAID,
        words:
          d.had === "held" ? `${d.reference} was taken from its holder` : `${d.reference} was seized; its sheet does not say from whom`,
        ...seen(d),
        from: d.taken,
        to: d.taken,
        what: `holder:${d.item}`,
      })),
}
