import { expect, test } from "vitest"
import { CONDUCT_IDS, CONDUCTS, conductOf, countsForRank, STAGES } from "#vocabulary/conduct"
import { KINDS } from "#vocabulary/kinds"
import { isSafetyItem, SAFETY_ITEMS, safetyItemsIn } from "#vocabulary/safety-items"
import { isProtective, STANDING_IDS, STANDINGS, type StandingClaim, standingOf } from "#vocabulary/standing"
import fc from "../support/properties.ts"

const CLAIM: fc.Arbitrary<StandingClaim> = fc.record({
  standing: fc.constantFrom(...STANDING_IDS),
  event: fc.constantFrom(null, "crossing", "raid"),
  from: fc.constantFrom(null, 10, 20),
  to: fc.constantFrom(null, 30, 40),
})

test("protection wins whatever else is claimed, in any order, and through a merge", () => {
  fc.assert(
    fc.property(fc.array(CLAIM, { maxLength: 6 }), fc.array(CLAIM, { maxLength: 6 }), (one, other) => {
      const merged = standingOf([...one, ...other])
      expect(merged.protected).toBe([...one, ...other].some((claim) => isProtective(claim.standing)))
      expect(standingOf([...other, ...one]).standing).toBe(merged.standing)
      if (standingOf(one).protected) expect(merged.protected).toBe(true)
      expect(merged.because.length + merged.differing.length).toBe(one.length + other.length)
    }),
  )
})

test("nobody is a suspect by default", () => {
  expect(standingOf([])).toEqual({ standing: "unknown", protected: false, because: [], differing: [] })
})

test("a claim counts in its period only, the end left out", () => {
  const child: StandingClaim = { standing: "child", event: null, from: null, to: 100 }
  const suspect: StandingClaim = { standing: "suspect", event: "raid", from: 50, to: null }
  expect(standingOf([child, suspect], 99)).toEqual({ standing: "child", protected: true, because: [child], differing: [suspect] })
  expect(standingOf([child, suspect], 100)).toEqual({ standing: "suspect", protected: false, because: [suspect], differing: [] })
})

test("protective are all but suspect, convicted and unknown; children are never lifted", () => {
  expect(STANDING_IDS.filter((id) => !isProtective(id))).toEqual(["convicted", "suspect", "unknown"])
  expect([STANDINGS.child.liftable, STANDINGS["age-disputed"].liftable]).toEqual([false, false])
})

test("steering a boat is no reason for rank; every other act is", () => {
  expect(CONDUCT_IDS.filter((id) => !countsForRank(id))).toEqual(["steers"])
})

test("every act that intelligence reports can assert is known here", () => {
  const says: string = KINDS["intelligence-report"].columns.assertion.says
  const words = says.replace(", or null", "").split(", ")
  expect(words.length).toBeGreaterThan(5)
  expect(words.map((word) => [word, conductOf(word)]).filter(([, conduct]) => conduct === null)).toEqual([])
  expect(conductOf("drives")).toBe("transports")
  expect(conductOf("constructor")).toBeNull()
})

test("each stage of the crime script has an act that belongs in it", () => {
  const covered = new Set<number>(CONDUCT_IDS.flatMap((id) => [...CONDUCTS[id].stages]))
  expect(STAGES.map(({ stage }) => stage).filter((stage) => !covered.has(stage))).toEqual([])
})

test.each([
  "40 orange life jackets",
  "Life-vest",
  "سترات النجاة عدد 40",
  "جلیقه نجات ۱۲ عدد",
  "جاکێتی ڕزگاری",
  "50 Rettungswesten",
  "gilets de sauvetage",
  "can yeleği",
  "tents",
  "çadır",
  "خيم",
  "بەتانی",
  "flares x6",
  "insulin",
  "bottled water",
  "baby milk",
])("never raises anything: %s", (text) => {
  expect(isSafetyItem(text)).toBe(true)
})

test.each([
  "outboard engine 40 hp",
  "engine and 4 life-jackets",
  "inflatable boat, 12 m",
  "foot pumps",
  "contents unknown",
  "قارب",
  "Motor",
  "rope",
  "",
])("is not a line of safety items alone: %s", (text) => {
  expect(isSafetyItem(text)).toBe(false)
})

test("every word of the list is found in its own class, unless it is part of a longer one", () => {
  for (const [item, { words }] of Object.entries(SAFETY_ITEMS))
    for (const word of words.split("|")) expect([word, safetyItemsIn(`2 x ${word}`)]).toEqual([word, expect.arrayContaining([item])])
})

test("a life-jacket is not clothing", () => {
  expect(safetyItemsIn("life jacket")).toEqual(["life-jacket"])
})
