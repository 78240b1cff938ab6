import { flows } from "#kernels"
import { STAGES } from "#vocabulary/conduct"
import { capacityOf, type Range } from "./capacity.ts"
import type { Participation, Participations } from "./participation.ts"
import { LEG_STAGES, ROUTE_IDS, type RouteId } from "./routes.ts"
import { SIDES } from "./sides.ts"

/** One stage on one way: on each side an arc per player who serves it, and one for what nobody recorded. */
export interface Cell {
  stage: number
  route: RouteId
  /** Arcs of `Chain.slots`. */
  slots: number[]
  /** Nobody is known to serve it: its capacity is unknown, and it limits nothing. */
  blank: boolean
  capacity: Range | null
}

/** A player's work at one stage on one way. */
export interface Slot {
  participation: Participation
  route: RouteId
  share: number
  /** On one side; `onEverySide` gives all. */
  arc: number
  cell: number
}

/**
 * The journey as a capacitated flow through ten stages, people per week. Rivals serve the same stages side by side, and whom one of them loses
 * the others' people do not replace: each side has all arcs once, and who stands on which is drawn in each scenario.
 */
export interface Chain {
  network: flows.FlowNetwork
  /** Arcs of one side. */
  arcs: number
  cells: Cell[]
  slots: Slot[]
  /** By cell: the arc of what nobody recorded, on one side. */
  unseen: number[]
  routes: RouteId[]
  weeks: number
}

/** Stands for an unknown capacity: above anything that records could show. */
export const UNKNOWN = 1e6

/** Whom books and tellers know only as paid when somebody has arrived does none of the work that the next release needs. */
const isPaidOnly = ({ stage, conducts }: Participation): boolean => stage === 9 && conducts.every((c) => c === "is-paid")

/** Ways on which somebody is known to move people, and one for ways that nobody recorded. */
export function chainOf({ list: all, weeks }: Pick<Participations, "list" | "weeks">): Chain {
  const list = all.filter((p) => !isPaidOnly(p))
  const seen = new Set(list.filter((p) => LEG_STAGES.includes(p.stage)).flatMap((p) => p.routes.map((r) => r.route)))
  const routes = ROUTE_IDS.filter((r) => seen.has(r) || r === "unknown")
  const cells: Cell[] = []
  const slots: Slot[] = []
  const unseen: number[] = []
  const from: number[] = []
  const to: number[] = []
  let nodes = 1
  let entries = routes.map(() => 0)
  for (const { stage } of STAGES) {
    const legs = LEG_STAGES.includes(stage)
    const next = LEG_STAGES.includes(stage + 1)
    // Where ways part or run on, each has a node of its own; elsewhere they share one.
    const exits = legs && next ? routes.map(() => nodes++) : Array.from<number>({ length: routes.length }).fill(nodes++)
    for (const [r, route] of (legs ? routes : [routes[0]!]).entries()) {
      const own: number[] = []
      const cell = cells.length
      const ends = [entries[r]!, exits[r]!] as const
      for (const p of list.filter((x) => x.stage === stage)) {
        const share = legs ? (p.routes.find((x) => x.route === route)?.share ?? 0) : 1
        if (share === 0) continue
        own.push(slots.length)
        slots.push({ participation: p, route: legs ? route : "unknown", share, arc: from.length, cell })
        from.push(ends[0])
        to.push(ends[1])
      }
      unseen.push(from.length)
      from.push(ends[0])
      to.push(ends[1])
      const days = own.reduce((sum, s) => sum + slots[s]!.participation.days.length * slots[s]!.share, 0)
      cells.push({
        stage,
        route: legs ? route : "unknown",
        slots: own,
        blank: own.length === 0,
        capacity: own.length === 0 ? null : capacityOf(days, weeks),
      })
    }
    entries = exits
  }
  return { network: sideBySide(nodes, from, to), arcs: from.length, cells, slots, unseen, routes, weeks }
}

/** The same arcs on every side, from one source to one sink: the first and the last of the nodes. */
function sideBySide(nodes: number, from: readonly number[], to: readonly number[]): flows.FlowNetwork {
  const inner = nodes - 2
  const sink = SIDES * inner + 1
  const sides = Array.from({ length: SIDES }, (_, side) => side)
  const end = (side: number) => (node: number) => (node === 0 ? 0 : node === nodes - 1 ? sink : side * inner + node)
  return {
    n: sink + 1,
    source: 0,
    sink,
    from: sides.flatMap((side) => from.map(end(side))),
    to: sides.flatMap((side) => to.map(end(side))),
  }
}

/** An arc of one side on each of them. */
export const onEverySide = ({ arcs }: Pick<Chain, "arcs">, arc: number): number[] =>
  Array.from({ length: SIDES }, (_, side) => side * arcs + arc)

/** Each stage with its cells, and who is known there. */
export const stagesOf = (chain: Pick<Chain, "cells" | "slots">): { stage: number; cells: number[]; slots: Slot[] }[] =>
  [...Map.groupBy(chain.cells.keys(), (c) => chain.cells[c]!.stage)].map(([stage, cells]) => ({
    stage,
    cells,
    slots: cells.flatMap((c) => chain.cells[c]!.slots.map((s) => chain.slots[s]!)),
  }))

/** One way in which the picture could be: the capacity of every arc, and how much of everything each side carries. */
export interface Scenario {
  capacity: Float64Array
  weight: readonly number[]
}

/** Flow of one scenario; null where no stage that is known limits it. */
export function flowOf(chain: Chain, scenario: Scenario): number | null {
  const { value } = flows.flowSolver(chain.network).solve(scenario.capacity)
  return value >= UNKNOWN ? null : value
}

/** The arrangement of numbers, smallest first, and their 5th, 50th and 95th percentile. */
export function rangeOf(values: ArrayLike<number>): Range {
  const sorted = Float64Array.from(values).sort()
  const at = (share: number) => {
    const place = (sorted.length - 1) * share
    const below = Math.floor(place)
    const a = sorted[below] ?? 0
    return a + ((sorted[below + 1] ?? a) - a) * (place - below)
  }
  return { low: at(0.05), middle: at(0.5), high: at(0.95) }
}
