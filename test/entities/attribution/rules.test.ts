import { describe, expect, test } from "vitest"
import { attributionsOf, merged } from "../../../src/stages/entities/attribution/claims.ts"
import { type Evidence, GRADES } from "../../../src/stages/entities/attribution/evidence.ts"
import type { NumberFacts } from "../../../src/stages/entities/attribution/facts.ts"
import { emptyFacts } from "../../../src/stages/entities/attribution/gather.ts"
import { graded } from "../../../src/stages/entities/attribution/grade.ts"
import { periodsOf } from "../../../src/stages/entities/attribution/periods.ts"
import { ATTRIBUTION_RULES } from "../../../src/stages/entities/attribution/rules/list.ts"
import { hadOf } from "../../../src/stages/entities/attribution/seized.ts"
import { selfNamesIn } from "../../../src/stages/entities/attribution/self-names.ts"
import { candidatesOf, resolved, type SpokenFacts } from "../../../src/stages/entities/attribution/spoken-of.ts"
import { dice, seedOf } from "../../support/dice.ts"
import stories from "../../vectors/attribution/stories.json" with { type: "json" }

const NUMBER = "phone:+447700900001"
const DAY = 86_400_000
const T = Date.UTC(2025, 5, 1)

/** Facts as a story tells them, with what it leaves out. */
function told(facts: object): NumberFacts {
  const whole: NumberFacts = { ...emptyFacts(NUMBER, "en_invented") }
  for (const [name, list] of Object.entries(facts) as [string, object[]][])
    Object.assign(whole, { [name]: list.map((f, i) => ({ from: null, to: null, records: [`rc_${name}_${i}`], ...f })) })
  return whole
}

const readBy = (rule: string, facts: NumberFacts): Evidence[] =>
  attributionsOf(facts).flatMap((a) => a.evidence.filter((e) => e.rule === rule))

describe("each rule catches what it is for, and spares who only looks like it", () => {
  test("every rule has a story", () => {
    expect([...new Set(stories.map((s) => s.rule))].sort()).toEqual(ATTRIBUTION_RULES.map((r) => r.id).sort())
  })
  test.each(stories.map((s) => [`${s.rule}: ${s.name}; not ${s.spared}`, s] as const))("%s", (_, story) => {
    const caught = told(story.facts)
    const evidence = readBy(story.rule, caught)
    expect(evidence.length).toBeGreaterThan(0)
    for (const e of evidence) {
      expect(Number.isInteger(e.weight) && e.weight >= 0).toBe(true)
      expect(e.records.length).toBeGreaterThan(0)
      expect(e.innocent.length).toBeGreaterThan(10)
    }
    if (story.grade) {
      const claims = attributionsOf(caught).filter((a) => a.relation === story.relation)
      expect(claims.map((c) => c.grade)).toEqual(claims.map(() => story.grade))
    }
    expect(readBy(story.rule, told(story.spares)).filter((e) => e.weight > 0)).toEqual([])
  })
})

test("labels, bills and registers attribute nobody, whatever their number, and help who is attributed by something else", () => {
  const many = <T extends object>(more: T) => Array.from({ length: 200 }, (_, i) => ({ name: "Karwan", origin: `o-${i}`, ...more }))
  const named = { cards: many({}), papers: many({ paper: "transfer" }), registers: many({}) }
  expect(attributionsOf(told(named)).map((a) => a.grade)).toEqual(["none"])
  const device = { devices: [{ item: "it1", reference: "R/01", had: "held", taken: T, origin: "raid-1" }] }
  const [bare, helped] = [device, { ...device, ...named }].map((f) => attributionsOf(told(f)).find((a) => a.relation === "person-number")!)
  expect(helped!.weight).toBeGreaterThan(bare!.weight)
  expect(helped!.grade).toBe(bare!.grade)
})

test("after the handset was seized another hand uses the number: the attribution ends there", () => {
  const claims = attributionsOf(
    told({
      devices: [{ item: "it1", reference: "R/01", had: "held", taken: T, origin: "raid-1" }],
      stretches: [{ origin: "phone-b", counterparts: [], scripts: [], from: T - 10 * DAY, to: T + 20 * DAY }],
      afterSeizure: [{ origin: "phone-b", from: T + 10 * DAY, to: T + 20 * DAY }],
    }),
  ).filter((a) => a.relation === "person-number")
  expect(claims.map((c) => [c.grade, c.from, c.to])).toEqual([
    ["fair", T - 10 * DAY, T + 1],
    ["none", T + 1, T + 20 * DAY],
  ])
})

test("silence, other contacts and another script are a number issued again; one of them alone is not", () => {
  const first = { origin: "a", records: ["r1"], from: T, to: T + DAY, counterparts: ["p1", "p2", "p3"], scripts: ["Arab"] }
  const later = { origin: "b", records: ["r2"], from: T + 200 * DAY, to: T + 210 * DAY, counterparts: ["p8", "p9"], scripts: ["Latn"] }
  expect(periodsOf([first, later], [])).toEqual([
    { from: null, to: later.from },
    { from: later.from, to: null },
  ])
  expect(periodsOf([first, { ...later, scripts: ["Arab"] }], [])).toHaveLength(1)
  expect(periodsOf([first, { ...later, counterparts: ["p1", "p2"] }], [])).toHaveLength(1)
  expect(periodsOf([first], [])).toHaveLength(1)
})

test("of one origin only the weightiest counts, and strong needs two", () => {
  const one = (origin: string, weight: number): Evidence => ({
    ...invented(dice("one")),
    side: "for",
    class: "attributing",
    origin,
    weight,
  })
  expect(graded([one("a", 500), one("a", 400), one("a", 300)])).toMatchObject({ weight: 500, grade: "fair", origins: 1 })
  expect(graded([one("a", 500), one("b", 300)])).toMatchObject({ weight: 800, grade: "strong", origins: 2 })
  expect(graded([one("a", 5000)]).grade).toBe("fair")
})

const ORIGINS = ["a", "b", "c", "d"]
function invented(throws: ReturnType<typeof dice>): Evidence {
  return {
    relation: "person-number",
    whose: "en_invented",
    what: NUMBER,
    side: throws.pick(["for", "for", "against"] as const),
    rule: throws.pick(["x", "y"]),
    class: throws.pick(["attributing", "attributing", "naming"] as const),
    weight: throws.roll(12) * 50,
    origin: throws.pick(ORIGINS),
    words: "invented",
    innocent: "invented for a test",
    from: null,
    to: null,
    records: [`rc_${throws.roll(50)}`],
    statement: null,
  }
}

test("more against never raises a grade, more for never lowers it, and order is of no matter", () => {
  const seed = seedOf("ATTRIBUTION_SEED")
  for (let round = 0; round < 2000; round++) {
    const throws = dice(seed, round)
    const evidence = Array.from({ length: 1 + throws.roll(8) }, () => invented(throws))
    const more = invented(throws)
    const [before, after] = [evidence, [...evidence, more]].map((e) => graded(e))
    const rank = (g: ReturnType<typeof graded>) => GRADES.indexOf(g.grade)
    const why = `seed ${seed}, round ${round}`
    if (more.side === "against") expect(rank(after!), why).toBeLessThanOrEqual(rank(before!))
    else expect(rank(after!), why).toBeGreaterThanOrEqual(rank(before!))
    expect(graded(throws.shuffle(evidence)), why).toEqual(before)
    if (!evidence.some((e) => e.side === "for" && e.class === "attributing" && e.weight > 0)) expect(before!.grade, why).toBe("none")
  }
})

test("a handset with two SIMs is one claim of who held it", () => {
  const device = { devices: [{ item: "it1", reference: "R/01", had: "held", taken: T, origin: "raid-1" }] }
  const two = [told(device), { ...told(device), number: "phone:+447700900002" }]
  const claims = merged(two.flatMap((f) => attributionsOf(f)))
  expect(claims.map((c) => [c.relation, c.grade, c.evidence.length])).toEqual([
    ["person-number", "fair", 1],
    ["person-number", "fair", 1],
    ["person-handset", "fair", 1],
  ])
})

test("the same facts in any order give the same claims, evidence and words", () => {
  const facts = told(Object.assign({}, ...stories.map((s) => s.facts)))
  const throws = dice(seedOf("ATTRIBUTION_SEED"), "order")
  const shuffled = Object.fromEntries(
    Object.entries(facts).map(([k, v]) => [k, Array.isArray(v) ? throws.shuffle(v as object[]) : v]),
  ) as unknown as NumberFacts
  expect(attributionsOf(shuffled)).toEqual(attributionsOf(facts))
})

test("people say who they are in ten languages; who says what he is names nobody", () => {
  for (const [text, name] of [
    ["Hello, my name is Karwan Ahmed, call me", "Karwan Ahmed"],
    ["This is Rebin speaking", "Rebin"],
    ["ناوم کاروانە", "کاروانە"],
    ["اسمي كريم", "كريم"],
    ["Ich heiße Soran", "Soran"],
    ["Je m'appelle Dara", "Dara"],
    ["Benim adım Rojda", "Rojda"],
    ["Navê min Baran e", "Baran"],
  ])
    expect(selfNamesIn(text!), text).toContainEqual({ name, firm: true })
  for (const text of [
    "I am fine thanks",
    "this is the last boat",
    "I am Kurdish",
    "من باشم",
    "c'est bon",
    "ich bin da",
    "my name is on the list",
  ])
    expect(
      selfNamesIn(text).filter((n) => n.firm),
      text,
    ).toEqual([])
})

test("a sheet says how a thing was had, and what it does not say is not guessed", () => {
  const sheet = { title: null, grounds: null, holder: null, onArrival: false }
  expect(hadOf(sheet)).toBe("unsaid")
  expect(hadOf({ ...sheet, holder: "nobody" })).toBe("unsaid")
  expect(hadOf({ ...sheet, holder: "occupant" })).toBe("held")
  expect(hadOf({ ...sheet, onArrival: true })).toBe("held")
  expect(hadOf({ ...sheet, title: "Mobile phone left behind in a flat", holder: "occupant" })).toBe("left")
  expect(hadOf({ ...sheet, holder: "shared by three clerks" })).toBe("shared")
})

describe("a spoken name is nobody's until evidence says whose", () => {
  const base: SpokenFacts = {
    key: "name:scorpion",
    name: "Scorpion",
    spoken: [{ event: "e1", item: "i1" }],
    saved: [],
    said: [],
    aside: [],
  }
  const saved = (candidate: string, event: string, item: string) => ({ candidate, event, item, records: [`rc_${item}`] })
  const who = (facts: Partial<SpokenFacts>) => resolved(candidatesOf({ ...base, ...facts }))?.candidate ?? null
  test("being saved so by however many others is not enough", () => {
    expect(who({ saved: Array.from({ length: 20 }, (_, i) => saved("phone:A", `e${i + 2}`, `i${i + 2}`)) })).toBeNull()
  })
  test("the phone that speaks of him saves one number so", () => {
    expect(who({ saved: [saved("phone:A", "e1", "i1")] })).toBe("phone:A")
    expect(who({ saved: [saved("phone:A", "e1", "i1"), saved("phone:B", "e2", "i2")] })).toBeNull()
  })
  test("who answers to it, or calls himself so", () => {
    const said = (how: "hail" | "self") => [{ candidate: "phone:A", how, event: "e1", records: ["rc_1"] }]
    expect(who({ said: said("hail") })).toBe("phone:A")
    expect(who({ said: said("self") })).toBe("phone:A")
  })
  test("who is told of him is not he", () => {
    expect(who({ saved: [saved("phone:A", "e1", "i1")], aside: [{ candidate: "phone:A", records: ["rc_9"] }] })).toBeNull()
  })
  test("the order of the facts is of no matter", () => {
    const facts = { ...base, saved: [saved("phone:A", "e1", "i1"), saved("phone:B", "e2", "i2"), saved("phone:A", "e3", "i3")] }
    expect(candidatesOf({ ...facts, saved: [...facts.saved].reverse() })).toEqual(candidatesOf(facts))
  })
})
