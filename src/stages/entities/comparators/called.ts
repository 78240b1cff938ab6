import { compareNames, tokens } from "#names"
import { say } from "#vocabulary/sentences"
import { type FrozenComparator, remembered } from "./comparator.ts"

/** From here on two first words can be of one, in another script, in short or with a slip. */
const LIKE = 0.8
export const CALLED = { none: 0, otherwise: 1, same: 2 } as const

/**
 * The first words of two names in one piece, titles left out: what their bearers are called by. Behind it stand father and grandfather, whom brothers share; that
 * all words of one name stand in the other says nothing while the first ones differ.
 */
export const called: FrozenComparator = {
  id: "called",
  levels: [say("likeness.not-called"), say("likeness.called-otherwise"), say("likeness.called-same")],
  weights: [0, 0, 0],
  reads: ["called"],
  over: ({ code, values }) => {
    const first = values.called.map((v) => (v === "" ? undefined : tokens(v)[0]))
    const level = remembered((x, y) => {
      const [a, b] = [first[x], first[y]]
      if (a === undefined || b === undefined) return CALLED.none
      return a === b || compareNames(a, b).score >= LIKE ? CALLED.same : CALLED.otherwise
    })
    return (a, b) => {
      const [x, y] = [code.called[a]!, code.called[b]!]
      return x === 0 || y === 0 ? CALLED.none : level(x, y)
    }
  },
}
