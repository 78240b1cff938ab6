import { describe, expect, test } from "vitest"
import { reportStrength } from "../../src/stages/entities/conduct/weights.ts"
import { fullNameClaims, type NamedKey } from "../../src/stages/entities/full-names.ts"
import { RANKED_FROM } from "../../src/stages/entities/rankable.ts"
import { gradeOf } from "../../src/stages/entities/unite.ts"
import fc from "../support/properties.ts"

const named = (key: string, name: string, items = 1): NamedKey => ({ key, name, items, records: [`rc_${key}`] })
const itself = (key: string) => key
const nobody = () => false
const PHONE = named("phone:+447700900001", "Kareem Swara Ahmed", 2)
const OTHER = named("phone:+447700900002", "Karim Swara Ahmad")
const BARE = named("name:kareem swara ahmed", "Kareem Swara Ahmed")
const ARABIC = named("name:کەریم سوارە ئەحمەد", "کەریم سوارە ئەحمەد")

describe("one person by full name", () => {
  test("a name that stands alone and the only number that bears it, across scripts, with the reason in words", () => {
    const claims = fullNameClaims([PHONE, ARABIC], itself, nobody)
    expect(claims.map((c) => [c.a, c.b, gradeOf(c.weight), c.rule])).toEqual([[ARABIC.key, PHONE.key, "slight", "full-name"]])
    expect(claims[0]!.reason).toContain("nobody else in this investigation bears them")
    expect(claims[0]!.records.length).toBe(2)
  })

  test("two numbers that bear agreeing names: nobody is joined, not even the name that stands alone", () => {
    expect(fullNameClaims([PHONE, OTHER, BARE, ARABIC], itself, nobody)).toEqual([])
  })

  test("a number that one address book alone knows by the name is not joined: the name may mean somebody whom no book holds", () => {
    const once = named(PHONE.key, PHONE.name, 1)
    expect(fullNameClaims([once, BARE], itself, nobody)).toEqual([])
    // Two bare names are joined all the same, and not to the number.
    expect(fullNameClaims([once, BARE, ARABIC], itself, nobody).map((c) => [c.a, c.b])).toEqual([[BARE.key, ARABIC.key]])
  })

  test("two numbers of one person are one bearer", () => {
    const rootOf = (key: string) => (key === OTHER.key ? PHONE.key : key)
    expect(fullNameClaims([PHONE, OTHER, BARE], rootOf, nobody)).toHaveLength(1)
  })

  test("a protected person is never joined by a name", () => {
    expect(fullNameClaims([PHONE, BARE], itself, (root) => root === PHONE.key)).toEqual([])
    expect(fullNameClaims([PHONE, BARE], itself, (root) => root === BARE.key)).toEqual([])
  })

  test("one word is no full name, and different names are different people", () => {
    expect(fullNameClaims([named("phone:+447700900003", "Kareem"), named("name:kareem", "Kareem")], itself, nobody)).toEqual([])
    expect(fullNameClaims([PHONE, named("name:jawad reza kamal", "Jawad Reza Kamal")], itself, nobody)).toEqual([])
  })

  test("the same words in another order are another person's: own name, father's, father's father's", () => {
    for (const other of ["Swara Ahmed Kareem", "Kareem Ahmed Swara", "Ahmed Kareem Swara"])
      expect(fullNameClaims([PHONE, named(`name:${other.toLowerCase()}`, other)], itself, nobody)).toEqual([])
    // Those of one order are joined beside them, and two numbers of two orders leave nobody joined.
    const swapped = named("name:swara ahmed kareem", "Swara Ahmed Kareem")
    expect(fullNameClaims([PHONE, BARE, swapped], itself, nobody).map((c) => [c.a, c.b])).toEqual([[BARE.key, PHONE.key]])
    expect(fullNameClaims([PHONE, BARE, named("phone:+447700900009", "Ahmed Kareem Swara", 2)], itself, nobody)).toEqual([])
  })

  test("a word that may be a title is a name where only two others agree", () => {
    const saved = named("phone:+447700900004", "Hêmin Bawan", 3)
    expect(fullNameClaims([saved, named("name:hemin bawan hawre", "Hemin Bawan Hawre")], itself, nobody)).toEqual([])
    expect(fullNameClaims([saved, named("name:hemin bawan", "Hemin Bawan")], itself, nobody)).toHaveLength(1)
    expect(fullNameClaims([PHONE, named("name:haji kareem swara ahmed", "Haji Kareem Swara Ahmed")], itself, nobody)).toHaveLength(1)
  })

  test("the order in which names are told makes no difference", () => {
    const all = [PHONE, BARE, ARABIC, named("name:jawad reza kamal", "Jawad Reza Kamal"), named("alias:it_1:x", "Jawad Reza Kamal")]
    const once = fullNameClaims(all, itself, nobody)
    expect(once.length).toBeGreaterThan(1)
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (mixed) => {
        expect(fullNameClaims(mixed, itself, nobody)).toEqual(once)
      }),
    )
  })
})

describe("what several reports weigh together", () => {
  test("a rumour stays one rumour, however many repeat it, and ranks nobody", () => {
    const rumour = Array.from({ length: 50 }, (_, i) => (i % 2 ? "3x5x2:1D" : "3x5x2:2D"))
    expect(reportStrength(rumour)).toBe(reportStrength(["3x5x2:1D"]))
    expect(reportStrength(rumour)).toBeLessThan(RANKED_FROM)
  })

  test("further reports add half of what stands before them; weak and unreadable ones nothing", () => {
    expect(reportStrength(["3x5x2:2A"])).toBe(260)
    expect(reportStrength(["3x5x2:2A", "3x5x2:2A"])).toBe(390)
    expect(reportStrength(["3x5x2:2A", "3x5x2:3A", null, "nonsense"])).toBe(260)
  })
})
