import { afterAll, beforeAll, expect, test } from "vitest"
import { rng } from "#kernels"
import type { InvolvementInput } from "../../src/stages/network/measures/involvement.ts"
import { calibrated } from "../../src/stages/network/range/calibration.ts"
import { doubtOf } from "../../src/stages/network/range/doubt.ts"
import { drawOnce } from "../../src/stages/network/range/draw.ts"
import { placesOf } from "../../src/stages/network/range/range.ts"
import { SCENARIOS } from "../../src/stages/network/range/scenarios.ts"
import { type TestApp, testApp } from "../support/store.ts"
import { type Told, takeCase } from "./case.ts"

interface Ranking {
  players: {
    entity: string
    label: string
    rank: number
    range: { rank: [number, number] | null; scenarios: { scenario: string; low: number; high: number; top: number }[] }
  }[]
  range: { withheld: string | null; scenarios: { id: string }[]; says: string }
}

const ACTS = [
  ["supplies", 7],
  ["drives", 5],
  ["forges", 3],
  ["finances", 9],
  ["shelters", 6],
] as const
/** Twelve people in six events: the first in all of them, the last in one. */
const told: Told[] = Array.from({ length: 12 }, (_, who) =>
  Array.from({ length: Math.max(1, 6 - Math.floor(who / 2)) }, (_, e) => {
    const [does, stage] = ACTS[who % ACTS.length]!
    return {
      event: `e${e + 1}`,
      day: `2026-0${e + 1}-10`,
      who: who + 1,
      does,
      stage,
      text: `seen at work ${who} ${e}`,
      ...(who > 0 ? { with: 1 } : {}),
    }
  }),
).flat()

let app: TestApp
beforeAll(async () => {
  app = await testApp()
  await takeCase(app, "ranged", told)
  await takeCase(app, "small", told.slice(0, 3))
})
afterAll(() => app.end())

test("every player has a range of ranks around his rank, wider than any scenario's, and the same for the same seed", async () => {
  const r = await app.ask<Ranking>("network.rank", { investigation: "ranged", top: 100 })
  expect(r.range.withheld).toBeNull()
  expect(r.range.says).toMatch(/stability range .* under these assumptions.* nothing of people whom no exhibit mentions/)
  expect(r.players).toHaveLength(12)
  for (const p of r.players) {
    const [low, high] = p.range.rank!
    expect(low).toBeLessThanOrEqual(p.rank)
    expect(high).toBeGreaterThanOrEqual(p.rank)
    expect(p.range.scenarios.map((s) => s.scenario)).toEqual(SCENARIOS.map((s) => s.id))
    for (const s of p.range.scenarios) expect(s.low).toBeLessThanOrEqual(s.high)
  }
  expect(JSON.stringify(await app.ask("network.rank", { investigation: "ranged", top: 100 }))).toBe(JSON.stringify(r))
})

test("too few seizure events: the range is withheld in words, the scenarios stay", async () => {
  const r = await app.ask<Ranking>("network.rank", { investigation: "small" })
  expect(r.players.every((p) => p.range.rank === null && p.range.scenarios.length === SCENARIOS.length)).toBe(true)
  expect(r.range.says).toMatch(/^Fewer than 8 people/)
  const other = await app.ask<Ranking>("network.rank", { investigation: "ranged", measure: "degree" })
  expect(other.range.withheld).toMatch(/measured for involvement alone/)
})

/** Ten players in ten events, each with evidence in one, tied in a ring. */
const ring: InvolvementInput = {
  n: 10,
  from: Int32Array.from({ length: 10 }, (_, i) => i),
  to: Int32Array.from({ length: 10 }, (_, i) => (i + 1) % 10),
  edge: Int32Array.from({ length: 10 }, (_, i) => i),
  edgeEvent: Int32Array.from({ length: 10 }, (_, i) => i),
  edgeWeight: new Float64Array(10).fill(1),
  player: Int32Array.from({ length: 10 }, (_, i) => i),
  evidenceEvent: Int32Array.from({ length: 10 }, (_, i) => i),
  evidence: new Float64Array(10).fill(100),
  events: 10,
}
const places = Float64Array.from({ length: 10 }, (_, i) => i / 9)
const none = new Array<null>(10).fill(null)
const drawn = (id: string, n = 2000) =>
  Array.from({ length: n }, (_, d) => drawOnce(ring, places, SCENARIOS.find((s) => s.id === id)!, rng(7, d), none))

test("people are hidden with the chance of the scenario, and in one the more so the higher they rank", () => {
  const share = (id: string, v: number) => drawn(id).filter((d) => !d.present[v]).length / 2000
  expect(share("people-30", 5)).toBeCloseTo(0.3, 1)
  expect(share("people-rising", 0)).toBeCloseTo(0.4, 1)
  expect(share("people-rising", 9)).toBe(0)
})

test("what one seizure event holds goes together, evidence and ties", () => {
  for (const d of drawn("people-10", 50))
    for (let e = 0; e < 10; e++)
      if (d.event[e] === 0) {
        expect([...d.input.evidenceEvent]).not.toContain(e)
        expect([...d.input.edgeEvent]).not.toContain(e)
      }
})

test("an undone join takes away only what the cut-off identifiers alone show", () => {
  const claim = (a: string, b: string, grade: string) => ({ a, b, grade, rule: "r", reason: "" })
  const doubt = doubtOf(
    "en",
    ["p", "q", "s"],
    [claim("p", "q", "firm"), claim("q", "s", "slight")],
    [
      { key: "p", event: 0 },
      { key: "q", event: 1 },
      { key: "s", event: 1 },
      { key: "s", event: 2 },
    ],
  )
  expect([...doubt.without(0)]).toEqual([2])
  const lost = Array.from({ length: 300 }, (_, d) => doubt.undone(rng(3, d)).size)
  expect(lost.filter((n) => n > 0).length / 300).toBeCloseTo(0.3, 1)
})

test("equal scores share a place", () => {
  expect([...placesOf([3, 1, 1, 9], [1, 1, 1, 0])]).toEqual([0.5 / 3, 2 / 3, 2 / 3, Number.NaN])
})

test("a range holds the place itself, stays within the list and is never wider than the list", () => {
  for (const place of [0, 0.05, 0.5, 0.95, 1])
    for (const evidence of [0, 300, 450, 1470, 90_000]) {
      const [low, high] = calibrated({ place, drawn: [place, 0.5], evidence })
      expect(low).toBeGreaterThanOrEqual(0)
      expect(high).toBeLessThanOrEqual(1)
      expect(low).toBeLessThanOrEqual(place)
      expect(high).toBeGreaterThanOrEqual(place)
    }
})

test("of two with one place the range of whom more is held of reaches further from the head", () => {
  const of = (evidence: number) => calibrated({ place: 0.3, drawn: [0.3], evidence })
  expect(of(900)[1]).toBeGreaterThan(of(300)[1])
  expect(of(900)[0]).toBeGreaterThan(of(300)[0])
})

test("evidence beyond what was seen when the range was fitted counts as the most that was seen", () => {
  const of = (evidence: number) => calibrated({ place: 0.3, drawn: [0.3], evidence })
  expect(of(1e6)).toEqual(of(1470))
  expect(of(1)).toEqual(of(300))
})

test("whom no draw holds has the range of his own place", () => {
  expect(calibrated({ place: 0.4, drawn: [], evidence: 400 })).toEqual(calibrated({ place: 0.4, drawn: [0.4], evidence: 400 }))
})
