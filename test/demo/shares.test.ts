import { expect, test } from "vitest"
import { DAY } from "../../demo/calendar.ts"
import { penOf, scriptLines } from "../../demo/chats.ts"
import type { Contents } from "../../demo/contents.ts"
import { clientScript } from "../../demo/conversation.ts"
import { fillPhone } from "../../demo/handset.ts"
import { makeWorld } from "../../demo/operation.ts"
import { drawParameters, nominal, PARAMETER_NAMES, type Parameters } from "../../demo/parameters.ts"
import { type PhonePlan, planPhones } from "../../demo/plan.ts"

/** Worlds with every parameter at its own value, so that what is measured can be held against what demo.md says. */
const plain = Object.fromEntries(PARAMETER_NAMES.map((name) => [name, nominal(name, "S")])) as Parameters
const worlds = [0, 1, 2, 5, 6, 7].map((seed) => makeWorld({ ...drawParameters(seed, "S"), parameters: plain }))
const phones = worlds.flatMap((world, w) =>
  planPhones(world)
    .filter((plan) => !plan.wiped && !plan.unreadable)
    .map((plan) => ({ world: w, plan, ...fillPhone(world, plan) })),
)
const lines = phones.flatMap((p) => p.contents.chats.flatMap((c) => c.lines.map((line) => ({ line, app: c.app }))))
const cards = phones.flatMap((p) => p.contents.cards)
const share = <T>(list: readonly T[], holds: (item: T) => boolean) => list.filter(holds).length / list.length
const linesOf = (contents: Contents) => contents.chats.reduce((n, c) => n + c.lines.length, 0)

test("people travel as often, as young and as many together as demo.md says", () => {
  const launches = worlds.flatMap((w) => w.launches)
  const people = launches.map((l) => l.passengers.length).sort((a, b) => a - b)
  expect(launches).toHaveLength(240)
  expect(Math.abs(people[Math.floor(people.length / 2)]! - 60)).toBeLessThan(4)
  expect(Math.abs(people[Math.floor(people.length * 0.1)]! - 46)).toBeLessThan(5)
  expect(Math.abs(people[Math.floor(people.length * 0.9)]! - 74)).toBeLessThan(5)
  expect(share(launches, (l) => l.succeeded)).toBeCloseTo(0.55, 2)
  const passengers = worlds.flatMap((w) => w.passengers)
  expect(Math.abs(share(passengers, (p) => p.child) - 0.16)).toBeLessThan(0.04)
  expect(Math.abs(share(passengers, (p) => p.female) - 0.14)).toBeLessThan(0.03)
  expect(Math.max(...passengers.map((p) => p.attempts))).toBe(6)
})

test("ninety-six facilitators stand in the stages that demo.md gives, ties within a stage far likelier", () => {
  for (const world of worlds) {
    const at = (stage: number | null) => world.facilitators.filter((f) => f.stage === stage).length
    expect([null, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(at)).toEqual([3, 10, 9, 3, 10, 10, 11, 9, 16, 6, 9])
    expect(world.facilitators.filter((f) => f.kind === "organiser")).toHaveLength(11)
    const within = world.ties.filter((t) => t.withinStage).length
    const pairs = [10, 9, 3, 10, 10, 11, 9, 16, 6, 9].reduce((n, k) => n + (k * (k - 1)) / 2, 0)
    const across = (93 * 92) / 2 - pairs
    const ratio = within / pairs / ((world.ties.length - within) / across)
    expect(ratio).toBeGreaterThan(3)
  }
})

test("five of nine exchanges stand in one town", () => {
  for (const world of worlds) {
    const exchanges = world.outlets.filter((o) => o.kind === "exchange")
    expect(exchanges).toHaveLength(9)
    expect(exchanges.filter((o) => o.town.latin === "Ranya").length).toBeGreaterThanOrEqual(5)
    expect(world.outlets.filter((o) => o.kind === "travel office")).toHaveLength(2)
  }
})

test("contact cards: numbers without country code, blank labels, copies, two labels for one number", () => {
  expect(Math.abs(share(cards, (c) => !/^(\+|00)/.test(c.number)) - 0.2)).toBeLessThan(0.05)
  expect(Math.abs(share(cards, (c) => c.label === null) - 0.03)).toBeLessThan(0.015)
  const distinct = phones.reduce((n, p) => n + new Set(p.contents.cards.map((c) => c.e164)).size, 0)
  expect(Math.abs(cards.length / distinct - 1.4)).toBeLessThan(0.15)
  const seen = new Map<string, { on: Set<string>; labels: Set<string | null> }>()
  for (const p of phones)
    for (const c of p.contents.cards) {
      const key = `${p.world}/${c.e164}`
      const known = seen.get(key) ?? { on: new Set(), labels: new Set() }
      known.on.add(p.plan.folder)
      known.labels.add(c.label)
      seen.set(key, known)
    }
  const shared = [...seen.values()].filter((s) => s.on.size > 1)
  expect(shared.length).toBeGreaterThan(50)
  expect(Math.abs(share(shared, (s) => s.labels.size > 1) - 0.35)).toBeLessThan(0.12)
})

test("messages: voice notes and their lengths, transcripts, ok-like words", () => {
  const spoken = lines.filter((l) => l.line.voice)
  const messenger = lines.filter((l) => l.app !== "sms")
  expect(spoken.length / messenger.length).toBeGreaterThan(0.14)
  expect(spoken.length / messenger.length).toBeLessThan(0.25)
  const seconds = spoken.map((l) => l.line.voice!.seconds).sort((a, b) => a - b)
  expect(Math.abs(seconds[Math.floor(seconds.length / 2)]! - 9)).toBeLessThanOrEqual(1)
  expect(Math.abs(seconds[Math.floor(seconds.length * 0.95)]! - 55)).toBeLessThan(8)
  expect(Math.abs(share(spoken, (l) => l.line.voice!.transcript !== null) - 0.25)).toBeLessThan(0.03)
})

test("a phone shows of the journey what its place in it allows", () => {
  const of = (kinds: PhonePlan["class"][]) => phones.filter((p) => kinds.includes(p.plan.class) && linesOf(p.contents) > 150)
  const mean = (list: typeof phones) => list.reduce((n, p) => n + p.truth.linesInScope / linesOf(p.contents), 0) / list.length
  expect(mean(of(["arrival"]))).toBeGreaterThan(0.05)
  expect(mean(of(["arrival"]))).toBeLessThan(0.14)
  expect(mean(of(["raid", "abandoned", "shop"]))).toBeGreaterThan(0.25)
  expect(mean(of(["raid", "abandoned", "shop"]))).toBeLessThan(0.5)
})

test("organisers are spoken of in about half of the landings, visible principals in about one in seven", () => {
  let landings = 0
  const heard = { organiser: 0, principal: 0 }
  for (const [w, world] of worlds.entries()) {
    const arrivals = planPhones(world).filter((p) => p.class === "arrival")
    landings += new Set(arrivals.map((p) => p.event)).size
    const kind = new Map(world.facilitators.map((f) => [f.id, f.kind]))
    for (const k of ["organiser", "principal"] as const) {
      const events = phones
        .filter((p) => p.world === w && p.plan.class === "arrival" && p.truth.spokenOf.some((s) => kind.get(s.person) === k))
        .map((p) => p.plan.event)
      heard[k] += new Set(events).size
    }
  }
  expect(heard.organiser / landings).toBeGreaterThan(0.35)
  expect(heard.organiser / landings).toBeLessThan(0.65)
  expect(heard.principal / landings).toBeGreaterThan(0.05)
  expect(heard.principal / landings).toBeLessThan(0.25)
})

test("a talk reads the same on both phones, seen from either side", () => {
  const world = worlds[0]!
  const launch = world.launches.find((l) => l.succeeded && l.passengers.some((x) => world.deposits.has(x.id)))!
  const client = launch.passengers.find((x) => world.deposits.has(x.id))!
  const other = launch.crew.find((f) => f.stage === 8)!
  const seen = (holder: "a" | "b", phone: string) => {
    const pair = world.rng.fork("pair/test")
    const pen = penOf(world, world.rng.fork(phone), 0, launch.at + 60 * DAY, client.language)
    return scriptLines(pen, pair, clientScript(pair, world, client, other, launch), holder, "whatsapp", "sorani", true)
  }
  const [one, two] = [seen("a", "one"), seen("b", "two")]
  expect(one.length).toBeGreaterThan(1)
  expect(one.map((l) => [l.at, l.body])).toEqual(two.map((l) => [l.at, l.body]))
  expect(one.map((l) => l.from === null)).toEqual(two.map((l) => l.from !== null))
})
