import { expect, test } from "vitest"
import { readBack, SENTENCES, type SentenceId, say } from "#vocabulary/sentences"
import fc from "../support/properties.ts"

const IDS = Object.keys(SENTENCES) as SentenceId[]
const sayAny = say as (id: SentenceId, values: Record<string, string | number>) => string
const GAP = /\{(\w+)(#)?/g

test("a count of one has its noun in the singular, every other in the plural", () => {
  expect(say("conduct.asked", { people: 1, events: 2 })).toBe("asked for passage or its price by 1 person in 2 independent events")
  expect(say("conduct.asked", { people: 0, events: 1 })).toBe("asked for passage or its price by 0 people in 1 independent event")
})

test("every sentence that is said is read back with what stood in its gaps", () => {
  const name = fc.stringMatching(/^[\p{L}\d]{1,12}( [\p{L}\d]{1,12}){0,2}$/u)
  fc.assert(
    fc.property(fc.constantFrom(...IDS), fc.array(name, { minLength: 8, maxLength: 8 }), fc.nat(40), (id, names, n) => {
      const gaps = [...SENTENCES[id].matchAll(GAP)]
      const values = Object.fromEntries(gaps.map(([, gap, counted], i) => [gap!, counted ? n + i : names[i]!]))
      const strings = Object.fromEntries(Object.entries(values).map(([gap, v]) => [gap, String(v)]))
      expect(readBack(sayAny(id, values))).toEqual([{ id, values: strings, quotes: "" }])
    }),
  )
})

test("what was quoted stays behind its sentence, and sentences that follow each other are read one by one", () => {
  const paid = say("conduct.paid-out", { deposits: 6, books: 1 })
  expect(readBack(`${paid}: “code 3991 1855 EUR 9.5 %”, “code 3954”`)).toEqual([
    { id: "conduct.paid-out", values: { deposits: "6", books: "1" }, quotes: "“code 3991 1855 EUR 9.5 %”, “code 3954”" },
  ])
  const tied = say("tie.closest", { others: 4, events: 2, closest: "A. B. (money); C (calls)" })
  expect(readBack(`${tied} ${say("tie.weakest", { grade: "none" })}`)).toEqual([
    { id: "tie.closest", values: { others: "4", events: "2", closest: "A. B. (money); C (calls)" }, quotes: "" },
    { id: "tie.weakest", values: { grade: "none" }, quotes: "" },
  ])
})

test("a text that is none of the sentences, or only begins like one, is not read back", () => {
  for (const text of ["", "somebody wrote this", `${say("blind.unseen")} And more that nobody knows`, "saved as Ali"])
    expect(readBack(text)).toBeNull()
})
