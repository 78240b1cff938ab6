import { say } from "#vocabulary/sentences"
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
  innocent: say("use.innocent.together"),
  read: (facts) =>
    facts.together
      .filter((m) => m.days >= 2)
      .map((m) => ({
        weight: Math.min(MOST, (m.days - 1) * PER_DAY),
        words: say("use.together", { other: m.other, days: m.days, metres: m.metres }),
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
  innocent: say("use.innocent.nights"),
  read: ({ homes }) =>
    homes
      .filter((h) => h.nights >= NIGHTS)
      .map((h) => ({
        weight: HOME,
        words: say("use.nights", { nights: h.nights, metres: h.metres, other: h.other }),
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
  innocent: say("use.innocent.apart"),
  read: (facts) =>
    facts.apart.map((m) => ({
      weight: FAR,
      words: say("use.apart", { km: Math.round(m.metres / 1000), other: m.other, days: m.days }),
      ...seen(m),
    })),
}
