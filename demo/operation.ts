import { DAY, type Day, HOUR, type Lull, launchDays, longestLull, MINUTE, makeDays, WINDOW } from "./calendar.ts"
import { BEACHES, CAMPS, HOME_TOWNS, LANDINGS, type Town, TRANSIT_TOWNS } from "./geography.ts"
import { type Deposit, makeDeposit, makeOutlets, type Outlet } from "./money.ts"
import { Exchange } from "./numbers.ts"
import type { Draw } from "./parameters.ts"
import { type Group, makeFacilitators, makePassenger, makeServices, makeSibling, type Person, Registry, type Services } from "./people.ts"
import { type Rng, rngOf } from "./rng.ts"

export interface Launch {
  id: string
  group: Group
  at: number
  beach: Town
  camp: Town
  home: Town
  hub: Town
  landing: Town
  succeeded: boolean
  arrivedAt: number
  seats: number
  passengers: Person[]
  crew: Person[]
  /** Who steered, and what that was: an act in an event, never a standing. */
  pilot: { person: string; how: "reduced fare" | "coerced" | "repeat crew" } | null
  fatal: boolean
}

interface Tie {
  a: Person
  b: Person
  withinStage: boolean
}

/** The invented world as it is, before anything of it is seized. */
export interface World {
  draw: Draw
  rng: Rng
  registry: Registry
  days: Day[]
  lull: Lull
  /** Held a number that was a facilitator's later. */
  formerHolders: Person[]
  facilitators: Person[]
  services: Services
  outlets: Outlet[]
  launches: Launch[]
  passengers: Person[]
  ties: Tie[]
  deposits: Map<string, Deposit>
  /** How often clients deal with a facilitator: few are known to many. */
  popularity: Map<string, number>
}

export function makeWorld(draw: Draw): World {
  const rng = rngOf(`linchpin-demo/${draw.seed}/${draw.scale}`)
  const registry = new Registry(draw, new Exchange(rng))
  const days = makeDays(draw.parameters, rng.fork("days"))
  const facilitators = draw.smuggling ? makeFacilitators(registry, rng.fork("facilitators")) : []
  const services = makeServices(registry, rng.fork("services"), facilitators)
  const outlets = makeOutlets(draw, rng.fork("outlets"), registry, facilitators, services.honestClerks)
  const world: World = {
    draw,
    rng,
    registry,
    days,
    lull: longestLull(days),
    formerHolders: [],
    facilitators,
    services,
    outlets,
    launches: [],
    passengers: [],
    ties: tiesOf(facilitators, draw, rng.fork("ties")),
    deposits: new Map(),
    popularity: new Map(),
  }
  popularityOf(world)
  makeLaunches(world, rng.fork("launches"))
  hardCases(world, rng.fork("hard cases"))
  reissue(world, rng.fork("reissued"))
  return world
}

/** The complete network: everybody under an organiser of his group, organisers under their principal, chance ties far likelier within a stage. */
function tiesOf(people: readonly Person[], draw: Draw, rng: Rng): Tie[] {
  const ties = new Map<string, Tie>()
  const add = (a: Person, b: Person) => {
    if (a === b) return
    const [x, y] = a.id < b.id ? [a, b] : [b, a]
    ties.set(`${x.id}-${y.id}`, { a: x, b: y, withinStage: x.stage !== null && x.stage === y.stage })
  }
  const near = (a: Person, b: Person) => a.group === b.group || a.group === "shared" || b.group === "shared"
  const organisers = people.filter((f) => f.kind === "organiser")
  const principals = people.filter((f) => f.kind === "principal")
  for (const f of people) {
    if (f.kind === "principal" || f.kind === "organiser") continue
    const own = organisers.filter((o) => near(o, f))
    const sameStage = own.filter((o) => o.stage === f.stage)
    const chosen =
      sameStage.length > 0 ? rng.pick(sameStage) : own.toSorted((x, y) => Math.abs(x.stage! - f.stage!) - Math.abs(y.stage! - f.stage!))[0]
    if (chosen) add(f, chosen)
  }
  for (const o of organisers) {
    if (o.group === "shared") continue
    const principal = principals.find((p) => p.group === o.group)
    if (principal && (o.stage === 8 || o.stage === 10 || o.stage === 2 || rng.chance(0.5))) add(principal, o)
  }
  for (const p of principals)
    if (![...ties.values()].some((t) => t.a === p || t.b === p)) add(p, organisers.find((o) => o.group === p.group) ?? organisers[0]!)
  for (const group of ["A", "B", "C"]) {
    const own = organisers.filter((o) => o.group === group)
    for (let i = 1; i < own.length; i++) if (rng.chance(0.6)) add(own[i - 1]!, own[i]!)
  }
  const rivals = organisers.flatMap((a) => organisers.filter((b) => a.id < b.id && !near(a, b)).map((b) => [a, b] as const))
  for (const [a, b] of rng.sample(rivals, Math.min(3, rng.integer(1, draw.parameters.rivalTies)))) add(a, b)
  const aides = people.filter((f) => f.kind !== "principal" && f.kind !== "organiser")
  const want = Math.round(aides.length * 1.1)
  const acceptFar = 1 / draw.parameters.withinStageFactor
  for (let made = 0, tries = 0; made < want && tries < want * 400; tries++) {
    const a = rng.pick(aides)
    const b = rng.pick(aides)
    if (a === b || (!near(a, b) && !rng.chance(0.05)) || (a.stage !== b.stage && !rng.chance(acceptFar))) continue
    const before = ties.size
    add(a, b)
    if (ties.size > before) made++
  }
  return [...ties.values()].sort((x, y) => (x.a.id + x.b.id < y.a.id + y.b.id ? -1 : 1))
}

function popularityOf(world: World): void {
  const byGroup = new Map<string, Person[]>()
  for (const f of world.facilitators) {
    if (f.kind === "principal") continue
    const key = `${f.group}`
    byGroup.set(key, [...(byGroup.get(key) ?? []), f])
  }
  for (const [group, list] of byGroup) {
    const order = world.rng.fork(`popularity/${group}`).shuffle(list)
    order.forEach((f, rank) => {
      world.popularity.set(f.id, (f.kind === "organiser" ? 0.06 : 1) / (rank + 1) ** 0.8)
    })
  }
}

/** Which stages a client of a journey meets, and so whom he may save. */
export const CLIENT_STAGES = [1, 2, 4, 6, 8] as const

function crewOf(world: World, group: Group, rng: Rng, event: string): Person[] {
  const crew: Person[] = []
  for (let stage = 1; stage <= 10; stage++) {
    const able = world.facilitators.filter((f) => f.stage === stage && (f.group === group || f.group === "shared"))
    if (able.length === 0) continue
    for (const f of rng.sample(able, stage === 8 ? rng.integer(2, 4) : rng.integer(1, 2))) {
      // A tenth of acts fall into a neighbouring stage: stages are parts in an event, not jobs for life.
      const acted = rng.chance(0.1) ? Math.max(1, Math.min(10, stage + rng.pick([-1, 1]))) : stage
      f.parts.push({ event, stage: acted })
      crew.push(f)
    }
  }
  const principal = world.facilitators.find((f) => f.kind === "principal" && f.group === group)
  principal?.parts.push({ event, stage: 10 })
  return crew
}

function makeLaunches(world: World, rng: Rng): void {
  const { draw } = world
  const p = draw.parameters
  const days = launchDays(world.days, draw, rng.fork("days"))
  const good = new Set(rng.fork("good").sample([...days.keys()], Math.max(1, Math.round(days.length * p.launchSuccess))))
  const groups: Group[] = ["A", "B", "C"]
  const makers = rng.fork("people")
  const missed = new Map<Group, Launch[]>()
  days.forEach((day, index) => {
    const id = `launch-${String(index + 1).padStart(3, "0")}`
    const group = rng.pick(groups)
    const at = day + rng.integer(-2, 3) * HOUR + rng.integer(0, 59) * MINUTE
    const launch: Launch = {
      id,
      group,
      at,
      beach: rng.pick(BEACHES),
      camp: rng.pick(CAMPS),
      home: rng.pick(HOME_TOWNS),
      hub: rng.pick(TRANSIT_TOWNS),
      landing: rng.pick(LANDINGS),
      succeeded: good.has(index),
      arrivedAt: at + rng.integer(240, 600) * MINUTE,
      seats: 0,
      passengers: [],
      crew: draw.smuggling ? crewOf(world, group, rng.fork(id), id) : [],
      pilot: null,
      fatal: false,
    }
    board(
      world,
      makers,
      launch,
      Math.max(12, Math.min(110, Math.round(makers.normal(p.boatMedian, p.boatSpread)))),
      missed.get(group) ?? [],
    )
    if (!launch.succeeded) missed.set(group, [...(missed.get(group) ?? []), launch])
    world.launches.push(launch)
  })
  // Seats of failed boats that nobody who arrived later had sat on: people who gave up.
  for (const launch of world.launches) while (launch.passengers.length < launch.seats) newcomer(world, makers, launch, null)
  siblings(world, rng.fork("siblings"))
  namesakes(world, rng.fork("namesakes"))
}

/** One more person on board who was on none of these boats before, with the money he left for it. */
function newcomer(world: World, rng: Rng, launch: Launch, kin: Person | null): Person {
  const person = makePassenger(world.registry, rng, kin)
  person.attempts = 1
  launch.passengers.push(person)
  world.passengers.push(person)
  if (!person.child && world.draw.smuggling) {
    const deposit = makeDeposit(world, rng, person, launch)
    if (deposit) world.deposits.set(person.id, deposit)
  }
  return person
}

/**
 * Fills a boat. Those who arrive have tried before: on boats of the same group that failed, as far as these had seats, or no further
 * than the beach. A boat that fails takes a third of its people now; the rest turn out to be those who arrive later.
 */
function board(world: World, rng: Rng, launch: Launch, seats: number, failed: readonly Launch[]): void {
  const p = world.draw.parameters
  launch.seats = seats
  const now = launch.succeeded ? seats : Math.round(seats / 3)
  let adult: Person | null = null
  while (launch.passengers.length < now) {
    const person = newcomer(world, rng, launch, adult !== null && rng.chance(p.under18 * 0.75) ? adult : null)
    if (!person.child) adult = person
    if (!launch.succeeded) continue
    person.attempts = Math.min(6, rng.geometric(p.attemptsMean))
    const open = failed.filter((l) => l.passengers.length < l.seats)
    for (const before of rng.sample(open, person.attempts - 1)) before.passengers.push(person)
  }
}

function siblings(world: World, rng: Rng): void {
  const landed = world.launches.filter((l) => l.succeeded)
  for (let i = 0; i < world.draw.parameters.siblingPairs; i++) {
    const launch = rng.pick(landed)
    const adults = launch.passengers.filter((x) => !x.child && x.notes.length === 0)
    if (adults.length === 0) continue
    const sibling = makeSibling(world.registry, rng, rng.pick(adults))
    launch.passengers.push(sibling)
    world.passengers.push(sibling)
  }
}

/** Passengers who happen to bear an organiser's full name. */
function namesakes(world: World, rng: Rng): void {
  const organisers = world.facilitators.filter((f) => f.kind === "organiser")
  const adults = world.passengers.filter((x) => !x.child && x.notes.length === 0 && !x.female)
  if (organisers.length === 0) return
  for (const passenger of rng.sample(adults, world.draw.parameters.organiserNamesakes)) {
    const organiser = rng.pick(organisers)
    passenger.name = organiser.name
    passenger.language = organiser.language
    passenger.notes.push(`bears the name of ${organiser.id}`)
  }
}

function hardCases(world: World, rng: Rng): void {
  if (!world.draw.smuggling) return
  const p = world.draw.parameters
  for (const launch of world.launches) {
    const draw = rng.unit()
    const adults = launch.passengers.filter((x) => !x.child && !x.female)
    if (draw < p.pilotReduced && adults.length > 0) {
      const pilot = rng.pick(adults)
      launch.pilot = { person: pilot.id, how: "reduced fare" }
      const deposit = world.deposits.get(pilot.id)
      if (deposit) deposit.amount = Math.round(deposit.amount / 200) * 100
    } else if (draw < p.pilotReduced + p.pilotCoerced && adults.length > 0) launch.pilot = { person: rng.pick(adults).id, how: "coerced" }
    else {
      const crew = launch.crew.filter((f) => f.stage === 8 && f.kind === "aide")
      if (crew.length > 0) launch.pilot = { person: rng.pick(crew).id, how: "repeat crew" }
    }
  }
  const coerced = world.launches.filter((l) => l.pilot?.how === "coerced" || l.pilot?.how === "reduced fare")
  for (const launch of rng.sample(coerced, 2)) {
    const boy = launch.passengers.find((x) => x.child) ?? launch.passengers[0]!
    boy.child = true
    boy.birthDate = `${rng.pick([2009, 2010])}-03-14`
    launch.pilot = { person: boy.id, how: "coerced" }
    boy.notes.push(`made to steer ${launch.id} at sixteen or seventeen`)
  }
  const failed = world.launches.filter((l) => !l.succeeded)
  if (failed.length > 0) rng.pick(failed).fatal = true
}

/** Some numbers of facilitators were somebody else's before: the SIM was issued again. */
function reissue(world: World, rng: Rng): void {
  const sims = world.facilitators.filter((f) => f.kind !== "principal").flatMap((f) => f.sims.map((sim) => ({ f, sim })))
  const n = Math.round(sims.length * world.draw.parameters.reissued)
  for (const { f, sim } of rng.sample(sims, n)) {
    const start = Math.max(sim.from, WINDOW.from + 10 * DAY)
    if (start >= sim.to) continue
    const before = world.registry.person(rng, "acquaintance", { language: "sorani" })
    before.sims = [{ number: sim.number, from: WINDOW.from - 400 * DAY, to: start - 5 * DAY, account: sim.number }]
    before.notes.push(`held ${sim.number} before it was issued again to ${f.id}`)
    sim.from = start
    world.formerHolders.push(before)
  }
}
