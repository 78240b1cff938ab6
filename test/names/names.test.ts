import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import {
  compareNames,
  fold,
  key,
  keyRarity,
  languageOf,
  nameLevel,
  nameWeight,
  rarity,
  scriptOf,
  signatures,
  tokenKeys,
  tokens,
  worthComparing,
} from "#names"
import { SHARED } from "../support/material.ts"
import fc from "../support/properties.ts"

interface Vector<G, E> {
  name: string
  given: G
  expect: E
}

const vectors = <G, E>(file: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, "../vectors/names", file), "utf8")) as Vector<G, E>[]

const NAME = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 25 }),
  fc
    .array(
      fc.constantFrom(
        "Karwan",
        "Rasul",
        "Abu",
        "Ahmed",
        "al-Rahman",
        "Abd",
        "ڕەسوڵ",
        "عبد",
        "الله",
        "Haji",
        "Hama",
        "K.",
        "🚤",
        "٧",
        "کەریم",
        "ہه",
        "‌",
      ),
      { maxLength: 5 },
    )
    .map((words) => words.join(" ")),
)

describe("fold", () => {
  test.each(vectors<string, string>("folds.json"))("$name", ({ given, expect: wanted }) => {
    expect(fold(given)).toBe(wanted)
  })

  test("folding twice changes nothing", () => {
    const letters = fc.string({ unit: fc.constantFrom(..."هھەةكکيیىرڕڒـاب\u200c\u064b\u0670 ".split("")), maxLength: 12 })
    fc.assert(
      fc.property(fc.oneof(NAME, letters), (name) => {
        expect(fold(fold(name))).toBe(fold(name))
      }),
    )
  })
})

describe("scripts", () => {
  test.each([
    ["Bakhtiar", "latin"],
    ["بەختیار", "arabic"],
    ["Bakhtiar بختيار", "mixed"],
    ["Иван", "cyrillic"],
    ["٧٨ 12 !", "none"],
  ])("%s is %s", (text, script) => {
    expect(scriptOf(text)).toBe(script)
  })
})

describe("languages", () => {
  test.each([
    ["هێمن کەریم", "sorani"],
    ["علي الحسن", "arabic"],
    ["پرویز", "persian"],
    ["Şêrzad Elî", "kurmanji"],
    ["Erdoğan", "turkish"],
    ["Karwan Rasul", "unknown"],
    ["کاروان", "persian"],
  ])("%s is %s", (name, language) => {
    expect(languageOf(name)).toBe(language)
  })
})

describe("the cheap stage", () => {
  const worth = (a: string, b: string) => worthComparing(signatures([a]), 0, signatures([b]), 0)

  test("keeps what sounds alike in any script, short forms and missing parts; puts the rest aside", () => {
    expect(worth("Bakhtiar Rasul Ahmed", "بەختیار ڕەسوڵ ئەحمەد")).toBe(true)
    expect(worth("Hama Rasul", "Mohammed Karim")).toBe(true)
    expect(worth("Karwan Rasul Ahmed", "Karwan Rasul")).toBe(true)
    expect(worth("Karwan Rasul", "Thomas Weber")).toBe(false)
    expect(worth("Karwan Rasul Ahmed", "Ahmed Hiwa Omar")).toBe(false)
    expect(worth("Ali Ali Ali", "علی علی علی")).toBe(true)
    expect(worth("Ali Ali Ali", "Karwan Ali Rasul")).toBe(true)
    fc.assert(fc.property(NAME, (name) => tokens(name).every((word) => word.length === 1) || worth(name, name)))
  })
})

describe("words", () => {
  test.each([
    ["Haji Mam Karim", ["karim"]],
    ["Dr. Karwan Rasul", ["karwan", "rasul"]],
    ["شێخ کەریم", ["کەریم"]],
    ["Karim bin Rasul", ["karim", "rasul"]],
    ["Mohammed al-Hassan", ["mohammed", "hassan"]],
    ["محمد الحسن", ["محمد", "حسن"]],
    ["Abd al-Rahman Ali", ["abdrahman", "ali"]],
    ["Abu Ahmed", ["abu ahmed"]],
    ["الياس", ["الیاس"]],
    ["Sech1n", ["sechin"]],
    ["Karwan07", ["karwan"]],
    ["Haji", ["haji"]],
    ["🚤 12", []],
  ])("%s", (name, words) => {
    expect(tokens(name)).toEqual(words)
  })
})

describe("keys", () => {
  test.each(vectors<string[], string>("keys.json"))("$name", ({ given, expect: wanted }) => {
    expect(given.map(key)).toEqual(given.map(() => wanted))
  })

  test("the order of words does not change the key; no name makes it throw", () => {
    fc.assert(
      fc.property(NAME, (name) => {
        expect(key(name)).toBe(tokenKeys(name).sort().join(" "))
        expect(key(fold(name))).toBe(key(name))
      }),
    )
  })
})

describe("comparison", () => {
  test.each(vectors<[string, string], { from: number; to: number }>("comparisons.json"))(
    "$name",
    ({ given: [a, b], expect: { from, to } }) => {
      const { score, reasons } = compareNames(a, b)
      expect(score).toBeGreaterThanOrEqual(from)
      expect(score).toBeLessThanOrEqual(to)
      expect(reasons.length).toBeGreaterThan(0)
    },
  )

  test("symmetric, from 0 to 1, itself always 1, with reasons", () => {
    fc.assert(
      fc.property(NAME, NAME, (a, b) => {
        const there = compareNames(a, b)
        expect(compareNames(b, a).score).toBe(there.score)
        expect(there.score).toBeGreaterThanOrEqual(0)
        expect(there.score).toBeLessThanOrEqual(1)
        expect(there.reasons.length).toBeGreaterThan(0)
        expect(compareNames(a, a).score).toBe(fold(a) === "" ? 0 : 1)
      }),
      { numRuns: 300 },
    )
  })
})

describe("levels and weights", () => {
  test.each([
    ["Karwan Rasul", "karwan  rasul", "exact"],
    ["Karwan Rasul", "کاروان ڕەسوڵ", "same sound"],
    ["Hussein Rasul", "حسين رسول", "form"],
    ["Hama Rasul", "Mohammed Rasul", "short form"],
    ["Zorbakht Rasul", "Zorbaght Rasul", "similar"],
    ["K. Rasul", "Karwan Rasul", "initial"],
    ["Karwan Rasul", "Karwan Rasul Ahmed", "part"],
    ["Kamal Rasul", "Jamal Rasul", "different"],
    ["", "Karwan Rasul", "missing"],
  ])("%s and %s: %s", (a, b, level) => {
    expect(nameLevel(a, b)).toBe(level)
    expect(nameLevel(b, a)).toBe(level)
  })

  test("rare names weigh more than common ones, agreement more than contradiction, always in whole numbers", () => {
    expect(rarity("Mohammed")).toBeLessThan(600)
    expect(rarity("Zorbakht")).toBeGreaterThan(1100)
    expect(rarity("محمد")).toBe(rarity("Mihemed"))
    expect(keyRarity(tokenKeys("Mohammed")[0]!)).toBeLessThanOrEqual(rarity("Mohammed"))
    expect(nameWeight("Zorbakht Rasul", "Zorbakht Rasool")).toBeGreaterThan(nameWeight("Mohammed Ali", "Mohammed Ali"))
    expect(nameWeight("Hassan Rasul", "Hussein Rasul")).toBeLessThan(nameWeight("Hassan Rasul", "Hassan Rasul Karim"))
    fc.assert(
      fc.property(NAME, NAME, (a, b) => {
        expect(Number.isInteger(nameWeight(a, b))).toBe(true)
        expect(nameWeight(b, a)).toBe(nameWeight(a, b))
      }),
    )
  })
})

test.skipIf(!SHARED)("normalises Sorani as the published cases (needs the shared cases)", () => {
  const cases = JSON.parse(readFileSync(join(SHARED!, "names/klpt-transliteration-cases.json"), "utf8")) as {
    normalizer: { Sorani: { Arabic: Record<string, string> } }
  }
  const pairs = Object.entries(cases.normalizer.Sorani.Arabic)
  expect(pairs.length).toBeGreaterThan(5)
  expect(pairs.filter(([given, wanted]) => fold(given) !== fold(wanted))).toEqual([])
})
