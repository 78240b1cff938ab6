import { type Chain, type Scenario, stagesOf } from "../chain/chain.ts"

/** Share of the flow that is left, from 1 to 0, when those players are gone. */
export type Left = (gone: readonly string[]) => number

/**
 * One function per scenario: each side loses what its stage loses that loses most. That is the flow of a chain without anything idle, known
 * without solving one; ways of a stage are taken together.
 */
export const leftOf = (chain: Chain, scenarios: readonly Scenario[]): Left[] => {
  const stages = stagesOf(chain)
  return scenarios.map(({ capacity, weight }) => {
    /** By side: whose which share of its work is, at each stage that is known. */
    const work = weight.map((_, side): Map<string, number>[] =>
      stages.map(({ cells, slots }) => {
        const carried = (arc: number) => capacity[side * chain.arcs + arc]!
        const known = slots.filter((s) => carried(s.arc) > 0)
        const all = [...known.map((s) => s.arc), ...cells.map((c) => chain.unseen[c]!)].reduce((sum, arc) => sum + carried(arc), 0)
        const share = new Map<string, number>()
        for (const { participation, arc } of known)
          share.set(participation.entity, (share.get(participation.entity) ?? 0) + carried(arc) / all)
        return share
      }),
    )
    return (gone) =>
      weight.reduce((left, part, side) => {
        const lost = work[side]!.map((share) => gone.reduce((sum, entity) => sum + (share.get(entity) ?? 0), 0))
        return left + part * (1 - Math.max(0, ...lost))
      }, 0)
  })
}
