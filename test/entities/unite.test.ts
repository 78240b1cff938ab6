import { describe, expect, test } from "vitest"
import {
  type Claim,
  DECIDED_WEIGHT,
  MOST_NUMBERS,
  MOST_USES,
  type Ties,
  type United,
  unite,
  weightOf,
} from "../../src/stages/entities/unite.ts"
import { LONG } from "../support/dice.ts"
import fc from "../support/properties.ts"

const RUNS = LONG ? 20_000 : 1500
const phone = (n: number): string => `phone:+4477009${String(n).padStart(5, "0")}`
const claim = (a: string, b: string, weight: number, rule: Claim["rule"] = "one-party"): Claim => ({
  ...(a < b ? { a, b } : { a: b, b: a }),
  weight,
  rule,
  reason: "invented",
  items: 1,
  records: [],
})
const ties = (claims: Claim[], more: Partial<Ties> = {}): Ties => ({ claims, apart: [], born: [], stated: [], places: [], ...more })
const clusters = (united: United): string[][] =>
  [...Map.groupBy([...united.keys].sort(), (k) => united.rootOf(k)).values()].sort((a, b) => (a[0]! < b[0]! ? -1 : 1))
const kinds = (united: United): string[] => united.refused.map((r) => r.conflict.kind)

const KEYS = [...Array.from({ length: 9 }, (_, n) => phone(n)), "document:X1", "document:X2", "holder:it_1", "holder:it_2", "name:ali"]
const key = fc.constantFrom(...KEYS)
const made: fc.Arbitrary<Ties> = fc.record({
  claims: fc.uniqueArray(
    fc
      .tuple(
        key,
        key,
        fc.constantFrom(500, 501, 1500, 2999, 3000, DECIDED_WEIGHT),
        fc.constantFrom<Claim["rule"]>("one-party", "linkage", "spoken-of"),
      )
      .filter(([a, b]) => a !== b)
      .map(([a, b, weight, rule]) =>
        weight === DECIDED_WEIGHT ? { ...claim(a, b, weight, "decided"), decision: `dc_${a}${b}` } : claim(a, b, weight, rule),
      ),
    { maxLength: 24, selector: (c) => `${c.a} ${c.b} ${c.rule}` },
  ),
  apart: fc
    .array(fc.tuple(fc.uniqueArray(key, { minLength: 1, maxLength: 3 }), fc.uniqueArray(key, { minLength: 1, maxLength: 3 })), {
      maxLength: 3,
    })
    .map((all) => all.map(([left, right], n) => ({ decision: `dc_${n}`, left, right: right.filter((k) => !left.includes(k)) }))),
  born: fc.array(
    fc.record({ key, date: fc.constantFrom("1990-03-04", "1991-05-06", "1990-01-01"), record: fc.constantFrom("rc_1", "rc_2") }),
    { maxLength: 4 },
  ),
  stated: fc.uniqueArray(
    fc.record({
      key,
      date: fc.constantFrom("19900304", "19910506", "19530728"),
      ids: fc.constantFrom(["P1"], ["P2"], []),
      record: fc.constantFrom("rc_5", "rc_6"),
    }),
    { maxLength: 5, selector: (s) => s.key },
  ),
  places: fc.array(
    fc.record({
      key,
      atMs: fc.integer({ min: 0, max: 40 }).map((h) => h * 1_800_000),
      lat: fc.constantFrom(36.2, 51.0, 51.1),
      lon: fc.constantFrom(44.0, 2.4),
      record: fc.constantFrom("rc_3", "rc_4"),
    }),
    { maxLength: 5 },
  ),
})

describe("clusters", () => {
  test("follow from claims, facts and decisions, in whatever order these come", () => {
    fc.assert(
      fc.property(made, fc.infiniteStream(fc.nat()), (input, throws) => {
        const shuffled = <T>(all: readonly T[]): T[] =>
          all
            .map((one) => [throws.next().value as number, one] as const)
            .sort((a, b) => a[0] - b[0])
            .map(([, one]) => one)
        const other = unite({
          claims: shuffled(input.claims),
          apart: shuffled(input.apart),
          born: shuffled(input.born),
          stated: shuffled(input.stated),
          places: shuffled(input.places),
        })
        const one = unite(input)
        expect(clusters(other)).toEqual(clusters(one))
        const told = (u: United) => u.refused.map((r) => [r.claim.a, r.claim.b, r.claim.rule, r.conflict])
        expect(told(other)).toEqual(told(one))
      }),
      { numRuns: RUNS },
    )
  })

  test("two whom a decision parts are never in one cluster, whatever speaks for it", () => {
    fc.assert(
      fc.property(made, (input) => {
        const united = unite(input)
        const own = new Set(united.keys)
        for (const { left, right } of input.apart)
          for (const a of left.filter((k) => own.has(k)))
            for (const b of right.filter((k) => own.has(k))) expect(united.rootOf(a)).not.toBe(united.rootOf(b))
      }),
      { numRuns: RUNS },
    )
  })

  test("what a claim changes stays in what is tied to it: components by themselves give what all together give", () => {
    fc.assert(
      fc.property(made, (input) => {
        const whole = unite(input)
        const parts = [...Map.groupBy(input.claims, (c) => whole.componentOf(c.a)).values()].map((claims) => unite({ ...input, claims }))
        expect(parts.flatMap(clusters).sort()).toEqual(clusters(whole).sort())
        expect(parts.flatMap(kinds).sort()).toEqual(kinds(whole).sort())
      }),
      { numRuns: RUNS },
    )
  })

  test("of what is decided and of what records say the former goes first, but nothing joins what cannot be one person", () => {
    const [a, b, c] = [phone(1), phone(2), phone(3)] as const
    const same = { ...claim(a, b, DECIDED_WEIGHT, "decided"), decision: "dc_1" }
    const notSame = { decision: "dc_2", left: [a], right: [c] }
    // A is B, A is not C: B and C are never one, however strong the tie.
    const united = unite(ties([same, claim(b, c, weightOf("firm", 40))], { apart: [notSame] }))
    expect(clusters(united)).toEqual([[a, b], [c]])
    expect(united.refused.map((r) => [r.claim.b, r.conflict.kind, r.conflict.decision])).toEqual([[c, "not-same", "dc_2"]])
  })
})

describe("one absurd cluster", () => {
  test("cannot come of a chain of slight claims", () => {
    const chain = Array.from({ length: 200 }, (_, n) => claim(phone(n), phone(n + 1), weightOf("slight", 1), "spoken-of"))
    const united = unite(ties(chain))
    expect(Math.max(...clusters(united).map((c) => c.length))).toBe(MOST_NUMBERS.slight)
    expect(new Set(kinds(united))).toEqual(new Set(["too-many-numbers"]))
  })

  test("cannot come of a chain of fair ones or of firm ones either", () => {
    for (const grade of ["fair", "firm"] as const) {
      const chain = Array.from({ length: 200 }, (_, n) => claim(phone(n), phone(n + 1), weightOf(grade, 1)))
      expect(Math.max(...clusters(unite(ties(chain))).map((c) => c.length))).toBe(MOST_NUMBERS[grade])
    }
  })

  test("cannot come of a shop's phone that many records give beside their own: none of its users is the shop", () => {
    const shop = phone(999)
    const users = Array.from({ length: MOST_USES + 1 }, (_, n) => claim(phone(n), shop, weightOf("fair", 1)))
    const united = unite(ties(users))
    expect(clusters(united).every((c) => c.length === 1)).toBe(true)
    expect(new Set(kinds(united))).toEqual(new Set(["shared-by-many"]))
    // One less, and it is somebody's second number like any other.
    expect(clusters(unite(ties(users.slice(1)))).map((c) => c.length)).toEqual([MOST_USES + 1])
  })
})

describe("what cannot be true of one person", () => {
  const [a, b, c] = ["document:P1", "phone:+447700900001", "document:P2"] as const
  const strong = claim(a, b, weightOf("fair", 3))
  const weak = claim(b, c, weightOf("fair", 1))
  const born = (key: string, date: string) => ({ key, date, record: `rc_${key}` })

  test("two birth dates on two genuine documents: the weakest link between them is cut", () => {
    const united = unite(ties([strong, weak], { born: [born(a, "1990-03-04"), born(c, "1984-03-04")] }))
    expect(clusters(united)).toEqual([[a, b], [c]])
    expect(united.refused[0]).toMatchObject({ claim: { a: c, b }, conflict: { kind: "two-birth-dates", records: [`rc_${a}`, `rc_${c}`] } })
    expect(united.refused[0]!.conflict.words).toContain("1984-03-04 and 1990-03-04")
  })

  test("a default date (1 January, 1 July) contradicts by its year alone", () => {
    const with_ = (date: string) => unite(ties([strong, weak], { born: [born(a, "1990-03-04"), born(c, date)] })).refused.length
    expect([with_("1990-01-01"), with_("1990-07-01"), with_("1991-01-01"), with_("1990-03-04")]).toEqual([0, 0, 1, 0])
  })

  test("two places at once, farther apart than can be travelled; near ones, and far ones a day apart, are no contradiction", () => {
    const dunkirk = { lat: 51.03, lon: 2.37 }
    const erbil = { lat: 36.19, lon: 44.01 }
    const calais = { lat: 50.95, lon: 1.86 }
    const hour = 3_600_000
    const cut = (other: { lat: number; lon: number }, hours: number) =>
      unite(
        ties([strong, weak], {
          places: [
            { key: a, atMs: 0, ...dunkirk, record: "rc_1" },
            { key: c, atMs: hours * hour, ...other, record: "rc_2" },
          ],
        }),
      ).refused.map((r) => r.conflict.kind)
    expect(cut(erbil, 1)).toEqual(["two-places-at-once"])
    expect(cut(erbil, 24)).toEqual([])
    expect(cut(calais, 0)).toEqual([])
  })

  test("two devices seized from different holders are one person only where a device or a person says so", () => {
    const [x, y] = ["holder:it_1", "holder:it_2"]
    const between = (weight: number) => clusters(unite(ties([claim(x, y, weight)]))).length
    expect([between(weightOf("fair", 9)), between(weightOf("firm", 1)), between(DECIDED_WEIGHT)]).toEqual([2, 1, 1])
  })
})
