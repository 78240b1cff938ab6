import { say } from "#vocabulary/sentences"
import { type Rule, seen } from "../rule.ts"

const HOW = { number: 600, device: 400, party: 200, card: 0 } as const
const WORDS = {
  number: say("use.same-number"),
  device: say("use.one-device"),
  party: say("use.one-party"),
  card: say("use.one-card"),
} as const

export const account: Rule = {
  id: "account-of-number",
  relation: "number-account",
  side: "for",
  class: "attributing",
  title: "the account was opened with the number, or one device has both",
  innocent: say("use.innocent.account"),
  read: ({ accounts, number }) =>
    accounts
      .filter((a) => a.how !== "card")
      .map((a) => ({ weight: HOW[a.how], words: WORDS[a.how], ...seen(a), whose: number, what: a.account })),
}

/** A card that has both is somebody else's note. */
export const accountOnCard: Rule = {
  id: "account-on-card",
  relation: "number-account",
  side: "for",
  class: "naming",
  title: say("use.one-card"),
  innocent: say("use.innocent.card"),
  read: ({ accounts, number }) =>
    accounts.filter((a) => a.how === "card").map((a) => ({ weight: 40, words: WORDS.card, ...seen(a), whose: number, what: a.account })),
}

const OUTLIVES = 300
/** The number must have been silent for so long before the account's activity is another's or the account's own. */
const SILENCE_MS = 60 * 86_400_000

/** The account is at work long after the number fell silent. */
export const outlives: Rule = {
  id: "account-outlives-number",
  relation: "number-account",
  side: "against",
  class: "attributing",
  title: say("use.outlives"),
  innocent: say("use.innocent.outlives"),
  read: ({ accounts, stretches, number }) => {
    const last = Math.max(...stretches.map((s) => s.to ?? Number.NEGATIVE_INFINITY), Number.NEGATIVE_INFINITY)
    if (!Number.isFinite(last)) return []
    return accounts
      .filter((a) => a.how !== "number" && a.lastSeen !== null && a.lastSeen - last > SILENCE_MS)
      .map((a) => ({
        weight: OUTLIVES,
        words: say("use.outlives"),
        ...seen(a),
        from: last,
        to: a.lastSeen,
        whose: number,
        what: a.account,
      }))
  },
}
