import { flows, type Rng, rng } from "#kernels"
import { STAGES } from "#vocabulary/conduct"
import { ASSUMED, between, capacityOf, drawnRate, drawnShare, type Range } from "./capacity.ts"
import type { Participation, Participations } from "./participation.ts"
import { LEG_STAGES, ROUTE_IDS, type RouteId } from "./routes.ts"

/** One stage on one way: an arc per player who serves it, and one for what nobody recorded. */
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
  arc: number
  cell: number
}

/** The journey as a capacitated flow through ten stages, people per week. */
export interface Chain {
  network: flows.FlowNetwork
  cells: Cell[]
  slots: Slot[]
  /** By cell: the arc of what nobody recorded. */
  unseen: number[]
  routes: RouteId[]
  weeks: number
}

/** Stands for an unknown capacity: above anything that records could show. */
const UNKNOWN = 1e6
/** A draw that hides everybody would make what is unseen endless. */
const MOST_UNSEEN = 0.8
/** Every journey is launched; launches are what is recorded best. */
const LAUNCH = 8

/** Ways on which somebody is known to move people, and one for ways that nobody recorded. */
export function chainOf({ list, weeks }: Pick<Participations, "list" | "weeks">): Chain {
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
  return { network: { n: nodes, source: 0, sink: nodes - 1, from, to }, cells, slots, unseen, routes, weeks }
}

/** One way in which the picture could be: the capacity of every arc. */
export interface Scenario {
  capacity: Float64Array
}

/** A network drawn again. */
export interface Draw {
  /** Which seizure events it keeps: who is shown by others only is not known in it. */
  keeps(event: string): boolean
  /** Share of people who are taken to be unseen in it. Those whom we know are there; the like of them carry the rest. */
  unseen: number
}

/**
 * The chain in each draw: rates and loads within what records support, the unseen share within its assumption. Recorded days say whose phones
 * were seized as much as who works: where launches are known, those known at a stage share what all launches need by chance, in proportion to
 * the seizure events in which each is at work, and the share of whom nobody saw is at least what those events say of it (`shareSeen`).
 */
export function scenariosOf(chain: Chain, draws: readonly Draw[], seed: number): Scenario[] {
  return draws.map((draw, d) => {
    const random: Rng = rng(seed, d + 1)
    const load = between(random, ASSUMED.load)
    const capacity = new Float64Array(chain.network.from.length)
    const mistaken = mistakenIn(chain, random)
    for (const slot of chain.slots) {
      const { days } = slot.participation
      if (mistaken.has(slot.participation)) continue
      const rate = drawnRate(random, days.filter((day) => draw.keeps(day.event)).length * slot.share, chain.weeks)
      capacity[slot.arc] = rate * load
    }
    const launched = fillUnseen(chain, capacity, random, draw.unseen)
    if (launched > 0) shareOut(chain, capacity, random, draw, launched)
    return { capacity }
  })
}

/** Whoever one seizure alone shows at a stage may be taken for somebody else, or for at work where he is not. */
function mistakenIn(chain: Chain, random: Rng): Set<Participation> {
  const once = [...new Set(chain.slots.map((s) => s.participation))].filter(({ days }) => new Set(days.map((d) => d.event)).size === 1)
  return new Set(once.filter(() => random.next() < ASSUMED.mistaken))
}

/** Gives each stage what all launches need, and those who are known in this draw their part of it. */
function shareOut(chain: Chain, capacity: Float64Array, random: Rng, draw: Draw, launched: number): void {
  const eventsOf = new Map<string, Set<string>>()
  for (const { participation } of chain.slots) {
    const events = eventsOf.get(participation.entity) ?? new Set()
    eventsOf.set(participation.entity, events)
    for (const { event } of participation.days) if (draw.keeps(event)) events.add(event)
  }
  for (const [stage, own] of Map.groupBy(
    chain.cells.map((cell, c) => ({ cell, c })),
    ({ cell }) => cell.stage,
  )) {
    const known = own.flatMap(({ cell }) => cell.slots.map((s) => chain.slots[s]!)).filter((slot) => capacity[slot.arc]! > 0)
    if (known.length === 0) continue
    const unseen = Math.min(MOST_UNSEEN, Math.max(between(random, ASSUMED.unseen), 1 - shareSeen(known, draw, random)))
    const carried = launched * (1 + (stage === LAUNCH ? 0 : between(random, ASSUMED.slack)))
    const part = known.map(({ participation, share }) => drawnRate(random, eventsOf.get(participation.entity)!.size, 1) * share)
    const all = part.reduce((a, b) => a + b, 0)
    known.forEach((slot, i) => {
      capacity[slot.arc] = (carried * (1 - unseen) * part[i]!) / all
    })
    // Who else goes by a way that nobody recorded is unseen, too; a blank way stays unknown.
    const open = own.filter(({ cell }) => !LEG_STAGES.includes(stage) || cell.route === "unknown")
    for (const { cell, c } of own) if (!cell.blank) capacity[chain.unseen[c]!] = 0
    for (const { c } of open) capacity[chain.unseen[c]!] = (carried * unseen) / open.length
  }
}

/**
 * Share of a stage's work that those do who are known at it, drawn from what the seizure events say: where most of those known are shown by
 * one event each, the next event shows somebody new (Good 1953, "The population frequencies of species and the estimation of population
 * parameters", Biometrika 40, on events instead of single observations, as Chao and Colwell 2017 do with incidence).
 */
function shareSeen(known: readonly Slot[], draw: Draw, random: Rng): number {
  const counts = [...new Set(known.map((slot) => slot.participation))].map(
    ({ days }) => new Set(days.filter((day) => draw.keeps(day.event)).map((day) => day.event)).size,
  )
  const all = counts.reduce((a, b) => a + b, 0)
  const once = counts.filter((n) => n === 1).length
  return drawnShare(random, all - once, once)
}

/**
 * What nobody recorded: a share of each stage, and at least what is wanting to the launches that are recorded, because whoever was
 * launched came through every stage before and went on through those after. Returns what is launched.
 */
function fillUnseen(chain: Chain, capacity: Float64Array, random: Rng, least: number): number {
  const known = chain.cells.map((cell) => cell.slots.reduce((sum, s) => sum + capacity[chain.slots[s]!.arc]!, 0))
  const share = chain.cells.map(() => Math.min(MOST_UNSEEN, Math.max(least, between(random, ASSUMED.unseen))))
  const slack = chain.cells.map((cell) => (cell.stage === LAUNCH ? 0 : between(random, ASSUMED.slack)))
  const more = (c: number) => (known[c]! * share[c]!) / (1 - share[c]!)
  const launched = chain.cells.reduce((sum, cell, c) => (cell.stage === LAUNCH ? sum + known[c]! + more(c) : sum), 0)
  const ofStage = new Map<number, number>()
  chain.cells.forEach((cell, c) => {
    ofStage.set(cell.stage, (ofStage.get(cell.stage) ?? 0) + known[c]! + (known[c]! > 0 ? more(c) : 0))
  })
  chain.cells.forEach((cell, c) => {
    const total = ofStage.get(cell.stage)!
    // Who else goes by a way that nobody recorded is what is wanting to all ways together.
    const open = !LEG_STAGES.includes(cell.stage) || cell.route === "unknown"
    const wanting = open ? Math.max(0, launched * (1 + slack[c]!) - total) : 0
    // A draw that loses everybody who was known at a stage knows nothing of it: dropped evidence is not a dropped capacity.
    const nothing = total === 0 || (known[c] === 0 && cell.route !== "unknown")
    capacity[chain.unseen[c]!] = nothing ? UNKNOWN : more(c) + wanting
  })
  return launched
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
