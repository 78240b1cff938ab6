import { flows, type Rng, rng } from "#kernels"
import { STAGES } from "#vocabulary/conduct"
import { ASSUMED, between, capacityOf, drawnRate, drawnShare, type Range } from "./capacity.ts"
import type { Participation, Participations } from "./participation.ts"
import { LEG_STAGES, ROUTE_IDS, type RouteId } from "./routes.ts"
import { SIDES, type Sides } from "./sides.ts"

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
const UNKNOWN = 1e6
/** A draw that hides everybody would make what is unseen endless. */
const MOST_UNSEEN = 0.98
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

/** One way in which the picture could be: the capacity of every arc, and how much of everything each side carries. */
export interface Scenario {
  capacity: Float64Array
  weight: readonly number[]
}

/** A network drawn again. */
export interface Draw {
  /** Which seizure events it keeps: who is shown by others only is not known in it. */
  keeps(event: string): boolean
  /** Share of people who are taken to be unseen in it. Those whom we know are there; the like of them carry the rest. */
  unseen: number
  sides: Sides
}

/**
 * The chain in each draw: rates and loads within what records support, the unseen share within its assumption. Recorded days say whose phones
 * were seized as much as who works: where launches are known, those known at a stage share what all launches need by chance, in proportion to
 * the seizure events in which each is at work, and the share of whom nobody saw is at least what those events say of it (`shareSeen`). Each
 * side carries its part of every stage; where nobody of it is known at one, unknown people carry that part.
 */
export function scenariosOf(chain: Chain, draws: readonly Draw[], seed: number): Scenario[] {
  return draws.map((draw, d) => {
    const random: Rng = rng(seed, d + 1)
    const load = between(random, ASSUMED.load)
    const capacity = new Float64Array(chain.arcs)
    const mistaken = mistakenIn(chain, random)
    for (const slot of chain.slots) {
      const { days } = slot.participation
      if (mistaken.has(slot.participation)) continue
      const rate = drawnRate(random, days.filter((day) => draw.keeps(day.event)).length * slot.share, chain.weeks)
      capacity[slot.arc] = rate * load
    }
    fillUnseen(chain, capacity, random, draw)
    return { capacity: parted(chain, capacity, draw.sides), weight: draw.sides.weight }
  })
}

/** What all carry together, parted among the sides. */
function parted(chain: Chain, together: Float64Array, { of, weight }: Sides): Float64Array {
  const capacity = new Float64Array(chain.network.from.length)
  for (const [, cells] of Map.groupBy(chain.cells.keys(), (c) => chain.cells[c]!.stage)) {
    const slots = cells.flatMap((c) => chain.cells[c]!.slots.map((s) => chain.slots[s]!))
    const carried = (arcs: readonly number[]) => arcs.reduce((sum, arc) => sum + together[arc]!, 0)
    const unseen = cells.map((c) => chain.unseen[c]!)
    const known = carried(slots.map((s) => s.arc))
    const unknown = carried(unseen.filter((arc) => together[arc]! < UNKNOWN))
    weight.forEach((part, side) => {
      const first = side * chain.arcs
      const own = slots.filter((s) => of.get(s.participation.entity) === side)
      const here = carried(own.map((s) => s.arc))
      for (const { arc } of own) if (here > 0) capacity[first + arc] = (together[arc]! / here) * known * part
      // Whatever is known of the others, somebody carries this side's part.
      const more = here > 0 || unknown === 0 ? part : part * (1 + known / unknown)
      for (const arc of unseen) capacity[first + arc] = together[arc]! < UNKNOWN ? together[arc]! * more : UNKNOWN
    })
  }
  return capacity
}

/** Whoever one seizure alone shows at a stage may be taken for somebody else, or for at work where he is not. */
function mistakenIn(chain: Chain, random: Rng): Set<Participation> {
  const once = [...new Set(chain.slots.map((s) => s.participation))].filter(({ days }) => new Set(days.map((d) => d.event)).size === 1)
  return new Set(once.filter(() => random.next() < ASSUMED.mistaken))
}

interface StageWork {
  stage: number
  cells: number[]
  /** Who is known there in this draw. */
  known: Slot[]
}

/**
 * What nobody recorded. Whoever was launched came through every stage before and went on through those after: each stage carries what all
 * launches need, and something above, and those known at it their part of that. Where no launch is recorded, a share of each stage is
 * unseen. A draw that loses everybody who was known at a stage knows nothing of it: dropped evidence is not a dropped capacity.
 */
function fillUnseen(chain: Chain, capacity: Float64Array, random: Rng, draw: Draw): void {
  const stages = [...Map.groupBy(chain.cells.keys(), (c) => chain.cells[c]!.stage)].map(
    ([stage, cells]): StageWork => ({
      stage,
      cells,
      known: cells.flatMap((c) => chain.cells[c]!.slots.map((s) => chain.slots[s]!)).filter((slot) => capacity[slot.arc]! > 0),
    }),
  )
  const unseen = () => Math.min(MOST_UNSEEN, Math.max(draw.unseen, between(random, ASSUMED.unseen)))
  const carried = (slots: readonly Slot[]) => slots.reduce((sum, slot) => sum + capacity[slot.arc]!, 0)
  const launched = carried(stages.find(({ stage }) => stage === LAUNCH)!.known) / (1 - unseen())
  const idle = between(random, ASSUMED.slack)
  const hands = Math.max(...stages.map(({ known }) => handsOf(known))) * between(random, ASSUMED.hands)
  const eventsOf = eventsIn(chain, draw)
  for (const work of stages) {
    for (const c of work.cells) capacity[chain.unseen[c]!] = UNKNOWN
    if (work.known.length === 0) continue
    if (launched > 0) {
      const seen = Math.min(1 - unseen(), shareSeen(work.known, draw, random), handsOf(work.known) / hands)
      const all = launched * (1 + (work.stage === LAUNCH ? 0 : idle * random.next()))
      shareOut(chain, capacity, random, work, all, Math.max(seen, 1 - MOST_UNSEEN), eventsOf)
    } else {
      const share = unseen()
      for (const c of work.cells) {
        const own = carried(work.known.filter((slot) => slot.cell === c))
        if (own > 0 || chain.cells[c]!.route === "unknown") capacity[chain.unseen[c]!] = (own * share) / (1 - share)
      }
    }
  }
}

const handsOf = (slots: readonly Slot[]): number => new Set(slots.map((s) => s.participation.entity)).size

/** By player: the seizure events that show him at work in this draw. */
function eventsIn(chain: Chain, draw: Draw): Map<string, Set<string>> {
  const out = new Map<string, Set<string>>()
  for (const { participation } of chain.slots) {
    const events = out.get(participation.entity) ?? new Set()
    out.set(participation.entity, events)
    for (const { event } of participation.days) if (draw.keeps(event)) events.add(event)
  }
  return out
}

/** Gives those known at a stage their part of all that it carries, and the others the rest. */
function shareOut(
  chain: Chain,
  capacity: Float64Array,
  random: Rng,
  { stage, cells, known }: StageWork,
  all: number,
  seen: number,
  eventsOf: ReadonlyMap<string, ReadonlySet<string>>,
): void {
  const part = known.map(({ participation, share }) => drawnRate(random, eventsOf.get(participation.entity)!.size, 1) * share)
  const parts = part.reduce((a, b) => a + b, 0)
  known.forEach((slot, i) => {
    capacity[slot.arc] = (all * seen * part[i]!) / parts
  })
  // Who else goes by a way that nobody recorded is unseen, too; a blank way stays unknown.
  const open = cells.filter((c) => !LEG_STAGES.includes(stage) || chain.cells[c]!.route === "unknown")
  for (const c of cells) if (!chain.cells[c]!.blank) capacity[chain.unseen[c]!] = 0
  for (const c of open) capacity[chain.unseen[c]!] = (all * (1 - seen)) / open.length
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
