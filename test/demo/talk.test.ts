import { describe, expect, test } from "vitest"
import { checkDigit, td3 } from "../../demo/documents.ts"
import { chatLatin, nameOf } from "../../demo/names.ts"
import { deviceNumbers, Exchange, inReservedRange, nationalForm } from "../../demo/numbers.ts"
import { JOURNEY, ORDINARY, type Phrases } from "../../demo/phrases/categories.ts"
import { rngOf } from "../../demo/rng.ts"
import { BANKS, ordinaryTopic, say } from "../../demo/talk.ts"

const SLOTS = new Set(["nick", "name", "place", "price", "outlet", "code", "time", "n", "amount"])

describe.each(Object.entries(BANKS) as [keyof typeof BANKS, Phrases][])("phrases in %s", (language, bank) => {
  test("every topic has words, with slots that are known", () => {
    for (const topic of [...ORDINARY, ...JOURNEY]) {
      expect(bank[topic].length, topic).toBeGreaterThan(0)
      for (const phrase of bank[topic]) {
        expect(phrase.trim()).toBe(phrase)
        for (const [, slot] of phrase.matchAll(/\{(\w+)\}/g)) expect(SLOTS.has(slot!), phrase).toBe(true)
      }
    }
  })

  test("what is said has no open slot", () => {
    const rng = rngOf(language)
    for (const topic of [...ORDINARY, ...JOURNEY])
      expect(say(rng, language, topic, {}, [{ latin: "Derby", native: "دێربی", lat: 0, lon: 0, country: "GB" }], 0.5)).not.toMatch(/[{}]/)
  })
})

test("ok and its like come at the rate that was asked for", () => {
  const rng = rngOf("ok")
  const n = 40_000
  const oks = Array.from({ length: n }, () => ordinaryTopic(rng, 1 / 40)).filter((t) => t === "ok").length
  expect(Math.abs(oks / n - 1 / 40)).toBeLessThan(0.003)
})

test("Sorani in Latin letters keeps no Arabic letter and leaves slots alone", () => {
  expect(chatLatin("سوپاس برا {n}")).toBe("supas bra {n}")
  expect(chatLatin("باشە")).toBe("basha")
  for (const phrases of Object.values(BANKS.sorani))
    for (const p of phrases) expect(chatLatin(p).replace(/[\u0660-\u0669ة-ى]/gu, "")).not.toMatch(/[\u0621-\u063A]/)
})

test("an exchange hands out each number once and runs over into the Iraqi range", () => {
  const exchange = new Exchange(rngOf("numbers"))
  const british = Array.from({ length: 1100 }, () => exchange.number("GB"))
  expect(new Set(british).size).toBe(1100)
  expect(british.every(inReservedRange)).toBe(true)
  expect(british.filter((n) => n.startsWith("+447700900"))).toHaveLength(1000)
  expect(british.slice(1000).every((n) => n.startsWith("+964736"))).toBe(true)
  expect(nationalForm("+9647361234567")).toBe("07361234567")
})

test("device numbers are test numbers with right check digits", () => {
  const { imei, iccid } = deviceNumbers(rngOf("device"))
  const luhn = (digits: string) =>
    [...digits].reverse().reduce((sum, d, i) => sum + (i % 2 ? [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][Number(d)]! : Number(d)), 0) % 10
  expect(imei).toMatch(/^001018\d{9}$/)
  expect(luhn(imei)).toBe(0)
  expect(luhn(iccid)).toBe(0)
})

test("machine-readable lines have the check digits of the ICAO specimen", () => {
  expect(checkDigit("L898902C3")).toBe("6")
  expect(checkDigit("740812")).toBe("2")
  expect(checkDigit("120415")).toBe("9")
  const [first, second] = td3(
    "UTO",
    "L898902C3",
    nameOf([
      ["Anna", "Anna"],
      ["Eriksson", "Eriksson"],
    ]),
    "1974-08-12",
    true,
    "2012-04-15",
  ).split("\n")
  expect(first).toBe("P<UTOERIKSSON<<ANNA<<<<<<<<<<<<<<<<<<<<<<<<<")
  expect(second!.slice(0, 28)).toBe("L898902C36UTO7408122F1204159")
  expect(second).toHaveLength(44)
})
