import { globSync, readFileSync } from "node:fs"
import { afterAll, beforeAll, expect, test } from "vitest"
import { readBack } from "#vocabulary/sentences"
import { rateOf } from "../../src/stages/plan/chain/capacity.ts"
import { LEVERS, leversOn } from "../../src/stages/plan/levers/catalogue.ts"
import { bestOf } from "../../src/stages/plan/options/compare.ts"
import { percent, verdictOf } from "../../src/stages/plan/regrowth/regrowth.ts"
import { type Told, takeCase } from "../network/case.ts"
import { failureOf, type TestApp, take, testApp } from "../support/store.ts"
import { passengers, phonesFolder } from "../support/world.ts"

interface Range {
  low: number
  middle: number
  high: number
}
interface Chain {
  weeks: number
  flow: Range | null
  cells: {
    stage: number
    route: string
    known: number
    blank: boolean
    capacity: Range | null
    players: { entity: string; label: string; days: number }[]
  }[]
  blanks: string[]
}
interface Plan {
  budget: number
  cost: number
  mean: number
  optimal: boolean
  levers: { lever: string; stage: number; entity: string | null }[]
}
interface Compared {
  options: {
    name: string
    summary: { weeks: number; change: Range; mean: number; verdict: string }[]
    outcomes: { mechanism: string; weeks: number; change: Range; mean: number; verdict: string }[]
    items: {
      entity: string | null
      evidence: { status: string; records: number; support: { origins: number } }
      reports: number
      contacts: string[]
    }[]
    open: string[]
  }[]
}

/** Eight weeks: two suppliers, one of them seldom seen; one who directs launches; an escrow holder; nobody who shelters. */
const day = (n: number) => new Date(Date.UTC(2026, 0, 5 + n)).toISOString().slice(0, 10)
const TOLD: Told[] = [
  ...[0, 14, 28, 42, 55].map(
    (d, i): Told => ({ event: `E${i}`, day: day(d), who: 101, does: "organises", stage: 8, text: "directs launches", with: 102 }),
  ),
  ...[1, 15, 29, 43].map(
    (d, i): Told => ({ event: `E${i}`, day: day(d), who: 102, does: "supplies", stage: 7, text: "brings boats and engines", with: 101 }),
  ),
  { event: "E4", day: day(50), who: 103, does: "supplies", stage: 7, text: "brings one engine" },
  ...[2, 16, 30].map(
    (d, i): Told => ({ event: `E${i}`, day: day(d), who: 104, does: "holds-deposits", stage: 2, text: "holds deposits", with: 101 }),
  ),
]

let app: TestApp
let players: Map<string, string>
beforeAll(async () => {
  app = await testApp({ clock: () => Date.UTC(2026, 5, 1) })
  await takeCase(app, "case", TOLD)
  const { cells } = await app.ask<Chain>("plan.chain", { investigation: "case" })
  players = new Map(cells.flatMap((c) => c.players.map((p) => [p.label.slice(-3), p.entity])))
})
afterAll(() => app.end())

test("a stage carries what its known people were seen to do, with the interval of so few days, and a blank stage is said to be unknown", async () => {
  const { cells, flow, blanks, weeks } = await app.ask<Chain>("plan.chain", { investigation: "case" })
  const of = (stage: number) => cells.find((c) => c.stage === stage)!
  expect(weeks).toBeCloseTo(55 / 7, 1)
  expect(of(7)).toMatchObject({ known: 2, blank: false })
  expect(of(8).players[0]!.days).toBe(5)
  expect(of(8).capacity!.middle).toBeCloseTo((5 / weeks) * 47, 6)
  expect(of(6)).toMatchObject({ known: 0, blank: true, capacity: null })
  expect(blanks.some((b) => b.startsWith("Stage 6"))).toBe(true)
  expect(flow!.low).toBeLessThan(flow!.high)
  // The known rate of five days in the picture lies in its interval, and the interval is wide.
  const rate = rateOf(5, 10)
  expect(rate.low).toBeCloseTo(1.97 / 10, 2)
  expect(rate.high).toBeCloseTo(10.51 / 10, 2)
})

test("within a budget the levers are proved best, cost no more, act on their own stage, and spare whom they are to spare", async () => {
  const ask = (more: object) =>
    app.ask<{ plans: Plan[]; before: Range }>("plan.interdict", { investigation: "case", budgets: [0, 10, 60], draws: 2, ...more })
  const { plans } = await ask({})
  expect(plans.map((p) => p.optimal)).toEqual([true, true, true])
  expect(plans[0]!.levers).toEqual([])
  expect(plans[2]!.mean).toBeLessThan(plans[0]!.mean)
  for (const p of plans) {
    expect(p.cost).toBeLessThanOrEqual(p.budget)
    for (const l of p.levers) expect(LEVERS.find((x) => x.id === l.lever)!.stages).toContain(l.stage)
    expect(p.levers.every((l) => l.entity === null || [...players.values()].includes(l.entity))).toBe(true)
  }
  const spared = await ask({ spare: [...players.values()], states: ["GB"] })
  expect(spared.plans.flatMap((p) => p.levers).every((l) => l.entity === null)).toBe(true)
  expect(spared.plans[2]!.mean).toBeGreaterThanOrEqual(plans[2]!.mean - 1e-6)
})

test("nothing is aimed at somebody who was carried, nor at anybody without conduct", async () => {
  await take(app, "carried", [phonesFolder(passengers(5))])
  const { cells } = await app.ask<Chain>("plan.chain", { investigation: "carried", draws: 1 })
  expect(new Set(cells.flatMap((c) => c.players.map((p) => p.label)))).toEqual(new Set(["Mam Karwan"]))
  const ranked = new Set(cells.flatMap((c) => c.players.map((p) => p.entity)))
  const drawn = await app.ask<{ nodes: { id: string }[] }>("network.graph", { investigation: "carried", leaves: true })
  const others = drawn.nodes.map((n) => n.id).filter((id) => !ranked.has(id))
  expect(others.length).toBeGreaterThan(3)
  const refused = { investigation: "carried", draws: 1, runs: 20 }
  for (const id of [others[0]!, "en_00000000000000000000"])
    expect((await failureOf(app.ask("plan.compare", { ...refused, options: [{ name: "x", players: [id] }] }))).code).toBe(
      "invalid.not-a-player",
    )
  const lever = { name: "x", levers: [{ lever: "gb-ia-1971-s25", stage: 8, entity: others[0]! }] }
  expect((await failureOf(app.ask("plan.regrow", { ...refused, option: lever }))).code).toBe("invalid.not-a-player")
})

test("a lever that is not in force, not of the stage, or not for what it is aimed at is refused", async () => {
  const supplier = players.get("102")!
  for (const [lever, day] of [
    [{ lever: "gb-bsaia-2025-s13", stage: 7, entity: supplier }, "2025-01-01"],
    [{ lever: "gb-bsaia-2025-s13", stage: 8, entity: supplier }, "2026-06-01"],
    [{ lever: "gb-bsaia-2025-s13", stage: 7 }, "2026-06-01"],
    [{ lever: "eu-dsa-16", stage: 1, entity: supplier }, "2026-06-01"],
    [{ lever: "no-such-lever", stage: 1 }, "2026-06-01"],
  ] as const)
    expect(
      (await failureOf(app.ask("plan.regrow", { investigation: "case", day, draws: 1, runs: 20, option: { name: "x", levers: [lever] } })))
        .code,
    ).toBe("invalid.lever")
})

test("options stand beside doing nothing, with what is held for each part; the chosen one is recorded, and later held against what was seen", async () => {
  const options = [
    { name: "the launches", players: [players.get("101")!] },
    { name: "supply", levers: [{ lever: "gb-bsaia-2025-s13", stage: 7, entity: players.get("103")! }] },
  ]
  const asked = { investigation: "case", options, draws: 2, runs: 60 }
  const compared = await app.ask<Compared>("plan.compare", asked)
  expect(compared.options.map((o) => o.name)).toEqual(["doing nothing", "the launches", "supply"])
  expect(compared.options[0]!.summary.map((s) => [s.verdict, s.change.low, s.change.high])).toEqual([
    ["none", 0, 0],
    ["none", 0, 0],
  ])
  const launches = compared.options[1]!
  // Nothing that grows back: the one who is known at launches leaves less, or as much where the others had hands to spare.
  const lost = launches.outcomes.find((o) => o.mechanism === "none" && o.weeks === 52)!
  expect(["lower", "uncertain"]).toContain(lost.verdict)
  expect(lost.change.high).toBeLessThanOrEqual(0)
  expect(lost.mean).toBeLessThan(-0.05)
  const middle = (weeks: number) => launches.summary.find((s) => s.weeks === weeks)!.change.middle
  expect(middle(52)).toBeGreaterThan(middle(4))
  expect(launches.items[0]!.evidence).toMatchObject({ status: "held", records: 5 })
  expect(launches.items[0]!.reports).toBe(5)
  expect(compared.options[2]!.items[0]!.evidence.status).toBe("thin")
  expect(compared.options[2]!.open.length).toBeGreaterThan(0)
  expect(await app.ask("plan.compare", asked)).toEqual(compared)
  expect((await failureOf(app.ask("plan.compare", { ...asked, mechanisms: [] }))).code).toBe("invalid.mechanisms")

  expect((await failureOf(app.ask("plan.decide", { ...asked, chosen: "another", reason: "because it was never among them" }))).code).toBe(
    "invalid.option-unknown",
  )
  const made = await app.ask<{ decision: string; forecast: { name: string; weeks: number; change: Range }[] }>("plan.decide", {
    ...asked,
    chosen: "the launches",
    reason: "Launches limit the flow in most of the scenarios.",
  })
  const forecast = made.forecast.find((f) => f.name === "the launches" && f.weeks === 4)!
  expect(forecast.change).toEqual(launches.summary[0]!.change)
  const after = 100 * (1 + forecast.change.middle)
  const seen = {
    investigation: "case",
    decision: made.decision,
    weeks: 5,
    before: 100,
    says: "Arrivals of the same beaches, without days of bad weather.",
  }
  expect(await app.ask("plan.score", { ...seen, after })).toMatchObject({ inside: true, forecast: forecast.change })
  expect(await app.ask("plan.score", { ...seen, after: 400 })).toMatchObject({ inside: false, change: 3 })
  const book = await app.ask<{
    decisions: { chosen: string; people: { label: string | null }[]; outcomes: unknown[] }[]
    calibration: { scored: number; inside: number; bias: number }
  }>("plan.decisions", { investigation: "case" })
  expect(book.decisions).toHaveLength(1)
  expect(book.decisions[0]!.outcomes).toHaveLength(2)
  expect(book.decisions[0]!.people.map((p) => p.label?.slice(-3)).sort()).toEqual(["101", "103"])
  expect(book.calibration).toMatchObject({ scored: 2, inside: 1 })
  expect(book.calibration.bias).toBeCloseTo((3 - forecast.change.middle) / 2, 6)
})

test("sets of the flow and of simpler ways stand beside the options, the same each time, and it is said whether the best can be told apart", async () => {
  const asked = { investigation: "case", options: [], beside: 1, draws: 2, runs: 60 }
  type Answer = Compared & {
    sets: { name: string; players: string[]; byFlow: boolean }[]
    best: { name: string; next: string | null; apart: boolean }
    assumptions: string[]
  }
  const { sets, options, best, assumptions } = await app.ask<Answer>("plan.compare", asked)
  expect(sets.map((s) => [s.name, s.byFlow, s.players.length])).toEqual([
    ["by flow", true, 1],
    ["first by betweenness", false, 1],
    ["first by degree", false, 1],
    ["first by evidence", false, 1],
  ])
  expect(options.map((o) => o.name)).toEqual(["doing nothing", ...sets.map((s) => s.name)])
  const left = (name: string) => options.find((o) => o.name === name)!.summary.reduce((sum, s) => sum + s.mean, 0)
  expect(Math.min(...sets.map((s) => left(s.name)))).toBe(left(best.name))
  // What is assumed, and what stands in the way, can be said in the reader's language.
  expect([...assumptions, ...options.flatMap((o) => o.open)].filter((words) => readBack(words) === null)).toEqual([])
  // Whoever says nothing of what to compare is shown sets of five, as far as there are so many; whoever names an option is shown that.
  const bare = await app.ask<Answer>("plan.compare", { investigation: "case", draws: 2, runs: 20 })
  expect(bare.sets.map((s) => s.name)).toEqual(sets.map((s) => s.name))
  expect(Math.max(...bare.sets.map((s) => s.players.length))).toBeGreaterThan(1)
  const own = { name: "own", players: [sets[0]!.players[0]!] }
  expect((await app.ask<Answer>("plan.compare", { investigation: "case", options: [own], draws: 2, runs: 20 })).sets).toEqual([])
  const spared = await app.ask<Answer>("plan.compare", { ...asked, spare: sets[0]!.players })
  expect(spared.sets.flatMap((s) => s.players)).not.toContain(sets[0]!.players[0])
})

test("the best is told apart only where its whole range lies below the middle of the next", () => {
  const option = (name: string, low: number, middle: number, high: number) => ({
    name,
    summary: [{ change: { low, middle, high }, mean: middle }],
  })
  expect(bestOf([option("a", -0.5, -0.4, -0.3), option("b", -0.3, -0.2, -0.1)])).toEqual({ name: "a", next: "b", apart: true })
  expect(bestOf([option("b", -0.5, -0.3, -0.1), option("a", -0.5, -0.4, -0.1)])).toEqual({ name: "a", next: "b", apart: false })
  expect(bestOf([option("doing nothing", 0, 0, 0)])).toBe(null)
})

test("a change has its sign, and none where it rounds to nothing", () => {
  expect([-0.26, -0.004, 0, 0.004, 0.05].map(percent)).toEqual(["-26 %", "0 %", "0 %", "0 %", "+5 %"])
})

test("verdicts are read off intervals: no effect and worse are possible answers", () => {
  expect(verdictOf({ low: -0.6, middle: -0.4, high: -0.1 })).toBe("lower")
  expect(verdictOf({ low: -0.6, middle: -0.2, high: 0.1 })).toBe("uncertain")
  expect(verdictOf({ low: -0.01, middle: 0, high: 0.02 })).toBe("none")
  expect(verdictOf({ low: 0, middle: 0.2, high: 0.5 })).toBe("worse")
})

test("each line of the table says its owner, test, provision, source and day, and only what is in force on a day is offered", async () => {
  for (const l of LEVERS) {
    for (const words of [l.owner, l.test, l.provision, l.evidenceSays, l.reveals, l.source, l.asOf])
      expect(words.length, l.id).toBeGreaterThan(5)
    for (const [low, high] of [l.cost, l.lead, l.effect]) expect(low, l.id).toBeLessThanOrEqual(high)
  }
  expect(leversOn("2020-01-01").some((l) => l.kind === "sanctions")).toBe(false)
  expect(leversOn("2026-01-01").some((l) => l.kind === "sanctions")).toBe(true)
  const listed = await app.ask<{ id: string }[]>("plan.levers", { investigation: "case", state: "GB" })
  expect(listed.length).toBeGreaterThan(5)
})

/** Words that would tell somebody to act against a person, in English and Sorani. */
const ORDERS = [
  /(^|[.!?:"“(]\s*)([Aa]rrest|[Dd]etain|[Ss]eize|[Rr]aid|[Cc]apture|[Cc]harge|[Rr]emove|[Tt]arget|[Tt]ake out|[Hh]it)\s+(him|her|them|this|that|the|these|those|all|every|[A-Z“{])/,
  /\b(should|must|ought to|need to|have to)\s+(be\s+)?(arrest|detain|seize|raid|capture|charge|remove|target)/i,
  /\b(recommend|advise|suggest)(ed|s)?\b/i,
  /(دەستگیری|دەستبەسەری|بیگر|دەستگیر) ?(بکە|بکەن|بکرێت)/,
]

test("no text of plans tells anybody to arrest anybody", () => {
  const files = [...globSync("src/stages/plan/**/*.ts"), ...globSync("web/src/language/*-plan.ts"), ...globSync("web/src/plan/**/*.tsx")]
  expect(files.length).toBeGreaterThan(8)
  const found = files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/"((?:[^"\\\n]|\\.)*)"|`([^`]*)`/g)].flatMap((m) => {
      const text = m[1] ?? m[2] ?? ""
      return ORDERS.some((order) => order.test(text)) ? [`${file}: ${text}`] : []
    }),
  )
  expect(found).toEqual([])
  expect(ORDERS.some((order) => order.test("Arrest {{name}}."))).toBe(true)
  expect(ORDERS.some((order) => order.test("He should be arrested."))).toBe(true)
})
