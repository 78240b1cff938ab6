import { type Chain, type Scenario, stagesOf } from "../chain/chain.ts"

/** Share of the flow that is left, from 1 to 0, when those players are gone. */
export type Left = (gone: readonly string[]) => number

/** One function per scenario: each side carries what its least stage carries, without solving a flow; ways of a stage are taken together. */
export const leftOf = (chain: Chain, scenarios: readonly Scenario[]): Left[] => {
  const stages = stagesOf(chain)
  return scenarios.map(({ capacity, weight }) => {
    /** By side: what each stage carries, and what of it each player. */
    const sides = weight.map((_, side) =>
      stages.map(({ cells, slots }) => {
        const carried = (arc: number) => capacity[side * chain.arcs + arc]!
        const all = [...slots.map((s) => s.arc), ...cells.map((c) => chain.unseen[c]!)].reduce((sum, arc) => sum + carried(arc), 0)
        const work = new Map<string, number>()
        for (const { participation, arc } of slots) work.set(participation.entity, (work.get(participation.entity) ?? 0) + carried(arc))
        return { all, work }
      }),
    )
    const flow = (gone: readonly string[]) =>
      sides.reduce(
        (sum, own) => sum + Math.min(...own.map(({ all, work }) => gone.reduce((left, entity) => left - (work.get(entity) ?? 0), all))),
        0,
      )
    const whole = flow([])
    return (gone) => flow(gone) / whole
  })
}
