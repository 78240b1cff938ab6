import { type Rng, rng, sampling } from "#kernels"
import { namedGraph, type TieRow } from "#network"
import { ASSUMED, between, drawnRate, drawnShare } from "./capacity.ts"
import { type Chain, type Scenario, type Slot, stagesOf, UNKNOWN } from "./chain.ts"
import { isDated, type Participation } from "./participation.ts"
import { LEG_STAGES } from "./routes.ts"
import { type Sides, sidesOf } from "./sides.ts"

/** A draw that hides everybody would make what is unseen endless. */
const MOST_UNSEEN = 0.98
/** Every journey is launched; launches are what is recorded best. */
const LAUNCH = 8
/** Equipment and launches. */
const MOVED_AT: readonly number[] = [7, LAUNCH]

/** A network drawn again. */
export interface Draw {
  /** Which seizure events it keeps: who is shown by others only is not known in it. */
  keeps(event: string): boolean
  /** Share of people who are taken to be unseen in it. Those whom we know are there; the like of them carry the rest. */
  unseen: number
  sides: Sides
}

/** The draws of networks that were drawn again, among these players. */
export function drawsOf(
  { events, networks }: { events: readonly string[]; networks: readonly { event: ArrayLike<number>; present: ArrayLike<number> }[] },
  players: readonly string[],
  ties: readonly TieRow[],
): Draw[] {
  const place = new Map(events.map((e, i) => [e, i]))
  const sides = sidesOf(players, namedGraph(players, ties).graph, networks.length)
  return networks.map(({ event, present }, d) => ({
    keeps: (e) => event[place.get(e) ?? -1] !== 0,
    unseen: Array.from(present).filter((p) => p === 0).length / Math.max(1, present.length),
    sides: sides[d]!,
  }))
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
  for (const { cells, slots } of stagesOf(chain)) {
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

/** Whoever is shown at a stage may be taken for somebody else, or for at work where he is not; who drives serves the stages beside it, too. */
function mistakenIn(chain: Chain, random: Rng): Set<Participation> {
  const moves = ({ stage, conducts }: Participation) => MOVED_AT.includes(stage) && conducts.every((c) => c === "transports")
  const shown = [...new Set(chain.slots.map((s) => s.participation))]
  return new Set(shown.filter((p) => random.next() < ASSUMED.mistaken[moves(p) ? "moving" : "other"]))
}

/**
 * What nobody recorded. Whoever was launched came through every stage before and went on through those after: each stage carries what all
 * launches need, and something above, and those known at it their part of that. Where no launch is recorded, a share of each stage is
 * unseen. A draw that loses everybody who was known at a stage knows nothing of it: dropped evidence is not a dropped capacity.
 */
function fillUnseen(chain: Chain, capacity: Float64Array, random: Rng, draw: Draw): void {
  const stages = stagesOf(chain).map(({ stage, cells, slots }) => ({
    stage,
    cells,
    ...atWork(
      slots.filter((slot) => capacity[slot.arc]! > 0),
      draw,
    ),
  }))
  const unseen = () => Math.min(MOST_UNSEEN, Math.max(draw.unseen, between(random, ASSUMED.unseen)))
  const carried = (slots: readonly Slot[]) => slots.reduce((sum, slot) => sum + capacity[slot.arc]!, 0)
  const launches = stages.find(({ stage }) => stage === LAUNCH)!
  const launched = carried(launches.known) / launches.together / (1 - unseen())
  const idle = between(random, ASSUMED.slack)
  const hands = Math.max(...stages.map(({ events }) => events.length + sampling.unseenAtLeast(events))) * between(random, ASSUMED.hands)
  const eventsOf = eventsIn(chain, draw)
  for (const { stage, cells, known, events, together } of stages) {
    for (const c of cells) capacity[chain.unseen[c]!] = UNKNOWN
    if (known.length === 0) continue
    if (launched === 0) {
      const share = unseen()
      for (const c of cells) {
        const own = carried(known.filter((slot) => slot.cell === c))
        if (own > 0 || chain.cells[c]!.route === "unknown") capacity[chain.unseen[c]!] = (own * share) / (1 - share)
      }
      continue
    }
    const seen = Math.max(1 - MOST_UNSEEN, Math.min(1 - unseen(), shareSeen(events, random), events.length / hands))
    const all = launched * Math.max(together, 1 + idle * random.next())
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
}

/** Who is at work at a stage in this draw: in how many events each is seen, and how many are on a day and side on which anybody is. */
function atWork(known: Slot[], draw: Draw): { known: Slot[]; events: number[]; together: number } {
  const kept = [...new Set(known.map((slot) => slot.participation))].map(({ entity, days }) => ({
    side: draw.sides.of.get(entity),
    days: days.filter((day) => draw.keeps(day.event)),
  }))
  const hands = new Map<string, number>()
  for (const { side, days } of kept)
    for (const { day } of days.filter(isDated)) hands.set(`${side} ${day}`, (hands.get(`${side} ${day}`) ?? 0) + 1)
  return {
    known,
    events: kept.map(({ days }) => new Set(days.map((day) => day.event)).size),
    together: hands.size === 0 ? 1 : [...hands.values()].reduce((a, b) => a + b, 0) / hands.size,
  }
}

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

/**
 * Share of a stage's work that those do who are known at it, drawn from what the seizure events say: where most of those known are shown by
 * one event each, the next event shows somebody new (Good 1953, "The population frequencies of species and the estimation of population
 * parameters", Biometrika 40, on events instead of single observations, as Chao and Colwell 2017 do with incidence).
 */
function shareSeen(events: readonly number[], random: Rng): number {
  const all = events.reduce((a, b) => a + b, 0)
  const once = events.filter((n) => n === 1).length
  return drawnShare(random, all - once, once)
}
