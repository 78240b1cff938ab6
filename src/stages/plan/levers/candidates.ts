import type { flows } from "#kernels"
import { type Chain, onEverySide } from "../chain/chain.ts"
import { type Lever, leversOn } from "./catalogue.ts"

/** One lever used on one thing: a player's work at one stage, or a stage. It acts there and nowhere else. */
export interface Candidate {
  lever: Lever
  stage: number
  /** Null for a lever that is aimed at a stage. */
  entity: string | null
  label: string
  cutter: flows.Cutter
}

export interface CandidateRequest {
  /** Day on which the law is looked at. */
  day: string
  /** States whose powers are at hand; all when empty. */
  states: readonly string[]
  /** Levers that are ruled out. */
  without: readonly string[]
  /** Players at whom nothing is to be aimed: another team's, covert, safeguarding. */
  spared: ReadonlySet<string>
}

/** At most so many are weighed; the rest is counted. */
const MOST = 24

const middle = ([low, high]: readonly [number, number]): number => (low + high) / 2

/** What could be done about the players and stages of a chain, the most for its cost first. */
export function candidatesOf(chain: Chain, request: CandidateRequest): { list: Candidate[]; leftOut: number } {
  const levers = leversOn(request.day).filter(
    (l) => (request.states.length === 0 || l.state === "ZZ" || request.states.includes(l.state)) && !request.without.includes(l.id),
  )
  const cellDays = chain.cells.map((cell) => cell.slots.reduce((sum, s) => sum + weightOf(chain, s), 0))
  const persons: (Candidate & { worth: number })[] = []
  const works = Map.groupBy(
    chain.slots.map((slot, s) => ({ slot, s })),
    ({ slot }) => `${slot.participation.entity} ${slot.participation.stage}`,
  )
  for (const own of works.values()) {
    const { entity, label, stage } = own[0]!.slot.participation
    if (request.spared.has(entity)) continue
    const share = own.reduce((sum, { slot, s }) => sum + weightOf(chain, s) / Math.max(1e-9, cellDays[slot.cell]!), 0)
    const fit = levers
      .filter((l) => l.object === "person" && (l.stages as readonly number[]).includes(stage))
      .map((lever) => ({
        lever,
        stage,
        entity,
        label,
        cutter: cutterOf(
          chain,
          lever,
          own.map(({ slot }) => slot.arc),
        ),
        worth: (share * middle(lever.effect)) / middle(lever.cost),
      }))
    // One that costs no less and takes no more than another of the same state tells nothing new.
    const useful = fit.filter(
      (a) =>
        !fit.some(
          (b) =>
            b !== a &&
            b.lever.state === a.lever.state &&
            b.cutter.cost <= a.cutter.cost &&
            middle(b.lever.effect) >= middle(a.lever.effect) &&
            (b.cutter.cost < a.cutter.cost || middle(b.lever.effect) > middle(a.lever.effect) || b.lever.id < a.lever.id),
        ),
    )
    persons.push(...useful.sort((a, b) => b.worth - a.worth || (a.lever.id < b.lever.id ? -1 : 1)).slice(0, 2))
  }
  persons.sort(
    (a, b) => b.worth - a.worth || (`${a.entity} ${a.stage}` < `${b.entity} ${b.stage}` ? -1 : 1) || (a.lever.id < b.lever.id ? -1 : 1),
  )
  const stages = levers
    .filter((l) => l.object === "stage")
    .flatMap((lever) =>
      lever.stages.flatMap((stage) => {
        const arcs = chain.slots.filter((s) => s.participation.stage === stage).map((s) => s.arc)
        // It acts on goods, accounts and papers of unknown people too.
        const unseen = chain.cells.flatMap((cell, c) => (cell.stage === stage && !cell.blank ? [chain.unseen[c]!] : []))
        if (arcs.length === 0) return []
        return [{ lever, stage, entity: null, label: `stage ${stage}`, cutter: cutterOf(chain, lever, [...arcs, ...unseen]) }]
      }),
    )
  const kept = persons.slice(0, Math.max(0, MOST - stages.length)).map(({ worth: _, ...c }) => c)
  return { list: [...stages, ...kept], leftOut: persons.length - kept.length }
}

const cutterOf = (chain: Chain, lever: Lever, arcs: readonly number[]): flows.Cutter => ({
  cost: middle(lever.cost),
  cuts: arcs.flatMap((arc) => onEverySide(chain, arc)).map((arc) => ({ arc, share: middle(lever.effect) })),
})

const weightOf = (chain: Chain, s: number): number => chain.slots[s]!.participation.days.length * chain.slots[s]!.share
