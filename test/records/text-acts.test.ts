import { describe, expect, test } from "vitest"
import { readActs, readFreeText } from "../../src/stages/records/text/acts.ts"
import { readText } from "../../src/stages/records/text/read-text.ts"
import fc from "../support/properties.ts"
import vectors from "../vectors/text/acts.json" with { type: "json" }
import further from "../vectors/text/further.json" with { type: "json" }
import ordinary from "../vectors/text/ordinary.json" with { type: "json" }
import told from "../vectors/text/told.json" with { type: "json" }

/** Acts at or above this confidence count in conduct; see `conduct/rules.ts`. */
const COUNTS = 0.5

describe("what a sentence does", () => {
  test.each(vectors)("$name", ({ given, expect: wanted }) => {
    const acts = readFreeText(given, { region: "GB" }).acts.filter((a) => a.confidence >= COUNTS)
    expect([...new Set(acts.map((a) => a.act))].sort()).toEqual(wanted)
  })

  test.each(further)("among other acts: $name", ({ given, expect: wanted }) => {
    const acts = readFreeText(given, { region: "GB" }).acts.filter((a) => a.confidence >= COUNTS)
    expect(acts.map((a) => a.act)).toContain(wanted)
  })

  test.each(ordinary)("ordinary talk is no act: $name", ({ given }) => {
    const acts = readFreeText(given, { region: "GB" }).acts
    expect(acts.filter((a) => a.side !== "customer")).toEqual([])
    expect(acts.filter((a) => a.confidence >= COUNTS && a.act !== "reports-payment" && a.act !== "announces-deposit")).toEqual([])
  })

  test.each(told)("told of others: $name", ({ given, expect: wanted }) => {
    const { spans, acts } = readFreeText(given, {})
    const others = acts.flatMap((a) => (a.actor.who === "spoken-of" ? [`${a.act} ${spans[a.actor.span]!.raw}`] : []))
    expect(others.sort()).toEqual([...wanted].sort())
  })

  test("a word of assent alone is never an act", () => {
    for (const given of ["ok", "OK", "oke", "ئۆکەی", "اوكي", "باشە", "tamam", "d'accord", "gut", "👍", "✅"])
      expect(readFreeText(given).acts).toEqual([])
  })

  test("things that preserve life raise no act, in any number", () => {
    for (const given of [
      "need 200 life jackets tonight at the beach",
      "send 50 tents and 30 flares to Dunkirk",
      "٥٠ جاکێتی ڕزگارکردن پێویستە لە کەناری دەریا",
      "نحتاج ٤٠ سترة نجاة وادوية بالمخيم",
      "brauche 40 Rettungswesten in Calais",
      "100 can yeleği lazım sahilde",
    ])
      expect(readFreeText(given).acts).toEqual([])
  })

  test("what is passed on from others stays below what counts", () => {
    const own = readFreeText("Game tonight from Dunkirk to UK, 1400 pounds each person").acts
    const passed = readFreeText("he said there is game tonight from Dunkirk to UK, 1400 pounds each person").acts
    expect(own.map((a) => [a.act, a.confidence >= 0.6])).toEqual([["offers-crossing", true]])
    expect(passed.map((a) => [a.act, a.confidence >= 0.6])).toEqual([["offers-crossing", false]])
  })

  test("somebody who is addressed is not spoken of", () => {
    expect(readFreeText("kak Rebwar, took our money for the boat?").acts.filter((a) => a.actor.who === "spoken-of")).toEqual([])
  })

  test("both doors agree", () => {
    for (const { given } of [...vectors, ...told]) {
      const spans = readText(given, { region: "GB" })
      expect(readFreeText(given, { region: "GB" })).toEqual({ spans, acts: readActs(given, spans) })
    }
  })

  test("random text never throws, and the words of an act lie in the text", () => {
    const word = fc.constantFrom(
      ..."boat UK need 5 engines release code 4471 بەلەم بۆ بەریتانیا قایق انگلیس how much گەیشتین took our money Rebwar , . ? 2000 euro help sinking".split(
        " ",
      ),
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), fc.string({ unit: "binary", maxLength: 30 }), (words, noise) => {
        const given = `${words.join(" ")} ${noise}`
        return readFreeText(given).acts.every(
          (a) => a.start >= 0 && a.start < a.end && a.end <= given.length && a.confidence > 0 && a.confidence <= 1,
        )
      }),
      { numRuns: 800 },
    )
  })

  test("a million characters are read whole, whatever is repeated", () => {
    for (const unit of [
      "code 4471 bo london 2000 pounds, ",
      "(((((((",
      "1 2 3 4 5 6 7 8 9 0 ",
      "@@@@a.b",
      "http://x.y/",
      "بەلەم ",
      "kak Rebwar ",
    ]) {
      const [few, many] = [100_000, 1_000_000].map((n) => readFreeText(unit.repeat(Math.ceil(n / unit.length))).spans.length) as [
        number,
        number,
      ]
      expect(many).toBeGreaterThanOrEqual(few)
      expect(many).toBeLessThanOrEqual(few * 11 + 20)
    }
  }, 60_000)
})
