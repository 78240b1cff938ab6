import { type Rule, seen } from "../rule.ts"

const PER_DAY = 100
const MOST = 400
const HOME = 150
/** Nights fewer than these are a visit. */
const NIGHTS = 5
const FAR = 300

/** Seen at the same places at the same times as something that is the person's. One meeting is chance: days are counted. */
export const together: Rule = {
  id: "co-location",
  relation: "person-number",
  side: "for",
  class: "attributing",
  title: "travels with something else of the same person",
  innocent: "people who travel, live or work together are seen together, and a cell covers a whole camp",
  read: (facts) =>
    facts.together
      .filter((m) => m.days >= 2)
      .map((m) => ({
        weight: Math.min(MOST, (m.days - 1) * PER_DAY),
        words: `at one place and time with ${m.other} on ${m.days} days, within ${m.metres} m`,
        ...seen(m),
      })),
}

/** Top cell by night beside where the person sleeps. */
export const homeCell: Rule = {
  id: "home-cell",
  relation: "person-number",
  side: "for",
  class: "attributing",
  title: "spends its nights where the person spends them",
  innocent: "hundreds sleep in one cell of a camp or a town",
  read: ({ homes }) =>
    homes
      .filter((h) => h.nights >= NIGHTS)
      .map((h) => ({
        weight: HOME,
        words: `top cell of ${h.nights} nights lies ${h.metres} m from where ${h.other} spends them`,
        ...seen(h),
      })),
}

/** Seen in two places at once. */
export const apart: Rule = {
  id: "non-co-location",
  relation: "person-number",
  side: "against",
  class: "attributing",
  title: "in another place than the person at the same time",
  innocent: "a clock may be wrong, and a second handset may be lent: one meeting that fails proves little",
  read: (facts) =>
    facts.apart.map((m) => ({
      weight: FAR,
      words: `${Math.round(m.metres / 1000)} km away from ${m.other} at the same time, on ${m.days} ${m.days === 1 ? "day" : "days"}`,
      ...seen(m),
    })),
}
