import { compareNames, rarity, tokens } from "#names"
import { type FrozenComparator, remembered } from "./comparator.ts"

/** For whom somebody works, as two records state it. Of a name that a great many firms bear it says little: its words weigh by the frozen table. */
export const employer: FrozenComparator = {
  id: "employer",
  levels: ["not stated by both", "different", "one name is part of the other", "the same"],
  weights: [0, -50, 750, 900],
  reads: ["employer"],
  over: ({ code, values }) => {
    const level = remembered((a, b) => {
      const [x, y] = [values.employer[a]!, values.employer[b]!]
      if (tokens(x).reduce((sum, word) => sum + rarity(word), 0) < RARE) return 0
      const { score } = compareNames(x, y, "organisation")
      return score >= 0.95 ? 3 : within(x, y) || score >= 0.8 ? 2 : 1
    })
    return (a, b) => {
      const x = code.employer[a]!
      const y = code.employer[b]!
      return x === 0 || y === 0 ? 0 : level(x, y)
    }
  },
}

/** What the words of an employer's name must be worth together, hundredths of a bit, before it says anything: one common word is none. */
const RARE = 1000

function within(a: string, b: string): boolean {
  const [few, many] = [tokens(a), tokens(b)].sort((x, y) => x.length - y.length) as [string[], string[]]
  return few.length > 1 && few.every((word) => many.includes(word))
}
