import { expect, test } from "vitest"
import { BLOCK, errorRate, seeded } from "../../src/stages/entities/review/seeds.ts"
import { dice } from "../support/dice.ts"

const KEY = Buffer.alloc(32, 7)
const pairs = (name: string, n: number, effect: (at: number) => number) =>
  Array.from({ length: n }, (_, at) => ({ id: `pr_${name}${String(at).padStart(4, "0")}`, effect: effect(at) }))
const about = (reader: string, answered: number, limit: number) => ({ nodeKey: KEY, reader, investigation: "in_1", answered, limit })

test("one pair in twenty has a known answer, wherever a reader stands, and the rest keep their order", () => {
  const open = pairs("open", 300, (at) => 300 - at)
  const known = pairs("known", 40, (at) => at * 7)
  const shown = seeded(open, known, about("a", 0, 200))
  for (let from = 0; from < 200; from += BLOCK)
    expect(shown.slice(from, from + BLOCK).filter((p) => p.id.startsWith("pr_known"))).toHaveLength(1)
  expect(shown.filter((p) => p.id.startsWith("pr_open"))).toEqual(open.slice(0, 190))
  // Worked off one by one it is the same queue: what was seeded does not move because somebody looked.
  let left = open
  let seeds = known
  const one: string[] = []
  for (let n = 0; n < 200; n++) {
    const [next] = seeded(left, seeds, about("a", n, 1))
    one.push(next!.id)
    left = left.filter((p) => p !== next)
    seeds = seeds.filter((p) => p !== next)
  }
  expect(one).toEqual(shown.map((p) => p.id))
})

test("places are drawn for each reader, and a seeded pair stands among pairs of like effect", () => {
  const open = pairs("open", 400, (at) => 400 - at)
  const known = pairs("known", 400, (at) => at)
  const places = (reader: string) =>
    seeded(open, known, about(reader, 0, 400)).flatMap((p, at) => (p.id.startsWith("pr_known") ? [at % BLOCK] : []))
  expect(places("a")).not.toEqual(places("b"))
  // Over many blocks every place comes up: a reader who counts learns nothing.
  expect(new Set(["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"].flatMap(places)).size).toBe(BLOCK)
  for (const reader of ["a", "b"]) {
    const shown = seeded(open, known, about(reader, 0, 400))
    shown.forEach((p, at) => {
      if (p.id.startsWith("pr_known") && shown[at + 1]) expect(Math.abs(p.effect - shown[at + 1]!.effect)).toBeLessThanOrEqual(1)
    })
  }
})

test("without known pairs left none is seeded, and nothing is lost", () => {
  const open = pairs("open", 45, () => 0)
  expect(seeded(open, [], about("a", 0, 50))).toEqual(open)
})

test("the interval covers the true rate of error in about 95 of 100 simulated readers, and an unsure answer is no error", () => {
  const throws = dice("readers")
  for (const wrong of [0.03, 0.1, 0.3]) {
    let covered = 0
    const readers = 400
    for (let reader = 0; reader < readers; reader++) {
      const answers = Array.from({ length: 60 }, () => {
        const known = throws.chance(0.5) ? "same" : "not-same"
        if (throws.chance(0.1)) return { known, answer: "unsure" }
        return { known, answer: throws.chance(wrong) ? (known === "same" ? "not-same" : "same") : known }
      })
      const rate = errorRate(answers)
      expect(rate.checked).toBe(60)
      expect(rate.wrong + rate.unsure).toBeLessThanOrEqual(60)
      if (rate.interval![0] <= wrong && wrong <= rate.interval![1]) covered++
    }
    expect(covered / readers).toBeGreaterThan(0.91)
    expect(covered / readers).toBeLessThan(0.995)
  }
  expect(errorRate([{ known: "same", answer: "unsure" }])).toEqual({ checked: 1, wrong: 0, unsure: 1, rate: null, interval: null })
  // Wilson's own interval for 1 of 20 (Newcombe 1998 gives the method): 0.0089 to 0.2361.
  const [low, high] = errorRate(Array.from({ length: 20 }, (_, n) => ({ known: "same", answer: n === 0 ? "not-same" : "same" }))).interval!
  expect([low, high].map((x) => Math.round(x * 1e4) / 1e4)).toEqual([0.0089, 0.2361])
})
