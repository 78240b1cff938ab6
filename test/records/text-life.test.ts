import { describe, expect, test } from "vitest"
import { readLifeSigns } from "../../src/stages/records/text/life.ts"
import fc from "../support/properties.ts"
import signs from "../vectors/text/life.json" with { type: "json" }
import twins from "../vectors/text/life-twins.json" with { type: "json" }
import ordinary from "../vectors/text/ordinary.json" with { type: "json" }

const kindsOf = (text: string) => readLifeSigns(text, { region: "GB" }).signs.map((s) => s.kind)

describe("signs that a life is at risk", () => {
  test.each(signs)("$name", ({ given, expect: wanted }) => {
    expect(kindsOf(given)).toEqual(expect.arrayContaining(wanted))
  })

  test.each(twins)("innocent: $name", ({ given }) => {
    expect(kindsOf(given)).toEqual([])
  })

  test("ordinary talk gives none", () => {
    expect(ordinary.flatMap(({ name, given }) => (kindsOf(given).length > 0 ? [`${name}: ${kindsOf(given)}`] : []))).toEqual([])
  })

  test("random text never throws, and the words lie in the text", () => {
    const word = fc.constantFrom(
      ..."help us boat sinking kill him 5000 euro child alone camp now last year film passport ڕفێنراوە خنک غرق".split(" "),
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), fc.string({ unit: "binary", maxLength: 20 }), (words, noise) => {
        const given = `${words.join(" ")} ${noise}`
        return readLifeSigns(given).signs.every(
          (s) => s.start >= 0 && s.start < s.end && s.end <= given.length && s.confidence >= 0.5 && s.confidence <= 1,
        )
      }),
      { numRuns: 500 },
    )
  })
})
