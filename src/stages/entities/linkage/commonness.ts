import { linkage } from "#kernels"
import { rarity, tokens } from "#names"
import { COMPARATORS } from "../comparators/list.ts"
import { PART } from "../comparators/names.ts"
import type { Packed } from "./packed.ts"

const GIVEN = COMPARATORS.findIndex((c) => c.id === "given-name")
const FAMILY = COMPARATORS.findIndex((c) => c.id === "family-name")
const WHOLE = COMPARATORS.findIndex((c) => c.id === "whole-name")
/** From here on whole names are held to be one. */
const ALIKE = 3
/** Agreements that are about the name itself; a slip or an initial says nothing of how many bear it. */
const AGREED: ReadonlySet<number> = new Set([PART.form, PART.same, PART.exchanged])
/** How much a common name can take back at most, hundredths of a bit. */
const MOST = 600

/**
 * What is taken off a pair's weight because the names that agree are common, hundredths of a bit, 0 or below. How common a name is comes from
 * the frozen table of `#names`, never from who else is held. A rare name is worth no more than agreement is on the average: the table does
 * not know every people's names.
 */
export function commonness(
  table: Packed,
  { u }: linkage.Chances,
): (a: number, b: number, pattern: number) => { given: number; family: number; whole: number } {
  const known: Record<"given" | "family", Int32Array> = {
    given: new Int32Array(table.values.given.length).fill(-1),
    family: new Int32Array(table.values.family.length).fill(-1),
  }
  const rare = (column: "given" | "family", code: number): number => {
    let bits = known[column][code]!
    if (bits === -1) {
      bits = tokens(table.values[column][code]!).reduce((sum, token) => sum + rarity(token), 0)
      known[column][code] = bits
    }
    return bits
  }
  const worth = (comparison: number, level: number) => Math.round(-100 * Math.log2(Math.max(u[comparison]![level]!, 1e-9)))
  const taken = (column: "given" | "family", comparison: number, a: number, b: number, pattern: number): number => {
    const level = linkage.levelOf(pattern, comparison)
    const [x, y] = [table.code[column][a]!, table.code[column][b]!]
    if (!AGREED.has(level) || x === 0 || y === 0) return 0
    return Math.max(-MOST, Math.min(0, Math.max(rare(column, x), rare(column, y)) - worth(comparison, level)))
  }
  const spelt = new Map<number, number>()
  /** What the words of a name in one piece are worth together: of two pieces that agree the rarer, as the fuller one says who is meant. */
  const wholly = (i: number): number => {
    let bits = spelt.get(i)
    if (bits === undefined) {
      const { code, values } = table
      const name =
        code.whole[i] !== 0 ? values.whole[code.whole[i]!]! : `${values.given[code.given[i]!]!} ${values.family[code.family[i]!]!}`
      bits = tokens(name).reduce((sum, token) => sum + rarity(token), 0)
      spelt.set(i, bits)
    }
    return bits
  }
  const whole = (a: number, b: number, pattern: number): number => {
    const level = linkage.levelOf(pattern, WHOLE)
    if (level < ALIKE) return 0
    const bits = Math.max(wholly(a), wholly(b))
    return bits === 0 ? 0 : Math.max(-MOST, Math.min(0, bits - worth(WHOLE, level)))
  }
  return (a, b, pattern) => ({
    given: taken("given", GIVEN, a, b, pattern),
    family: taken("family", FAMILY, a, b, pattern),
    whole: whole(a, b, pattern),
  })
}
