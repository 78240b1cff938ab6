import type { Column } from "../linkage/packed.ts"
import { SEVERAL } from "../linkage/packed.ts"
import { type Comparator, remembered } from "./comparator.ts"

/** A comparator of a column with several values in a cell: the best of them counts. `level` is asked with values that differ. */
export function ofSeveral(
  id: string,
  column: Column,
  levels: readonly string[],
  same: (value: string) => number,
  level: (a: string, b: string) => number,
): Comparator {
  return {
    id,
    levels,
    reads: [column],
    over: ({ code, values }) => {
      const codes = code[column]
      const lists = values[column].map((v) => (v.includes(SEVERAL) ? v.split(SEVERAL) : null))
      const compared = remembered((a, b) => {
        const [one, other] = [lists[a], lists[b]]
        const x = values[column][a]!
        const y = values[column][b]!
        if (!one && !other) return level(x, y)
        let best = 0
        for (const v of one ?? [x]) for (const w of other ?? [y]) best = Math.max(best, v === w ? same(v) : level(v, w))
        return best
      })
      return (a, b) => {
        const x = codes[a]!
        const y = codes[b]!
        if (x === 0 || y === 0) return 0
        return x === y ? same(values[column][x]!.split(SEVERAL, 1)[0]!) : compared(x, y)
      }
    },
  }
}
