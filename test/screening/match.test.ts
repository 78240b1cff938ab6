import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { bornIn, compareBirths } from "../../src/stages/entities/screening/births.ts"
import { HIT_FROM, innocentsAt, matches, type Subject, WEAK_FROM } from "../../src/stages/entities/screening/match.ts"
import { dice } from "../support/dice.ts"
import { SHARED } from "../support/material.ts"
import { GIVEN_NAMES } from "./innocents.ts"

const somebody = (id: string, names: string[], born = "", identifiers: string[] = []): Subject => ({
  id,
  names: names.map((name) => ({ name, records: [] })),
  births: bornIn(born),
  identifiers: new Map(identifiers.map((key) => [key, []])),
})

test("birth dates are read as lists write them, and what is not known is not made up", () => {
  expect(bornIn("dd/mm/1962; 01/03/1958")).toEqual([
    { from: "1962-01-01", to: "1962-12-31", exact: false },
    { from: "1958-03-01", to: "1958-03-01", exact: true },
  ])
  expect(bornIn("circa 1960")).toEqual([{ from: "1958-01-01", to: "1962-12-31", exact: false }])
  expect(bornIn("between 1973 1974")).toEqual([{ from: "1973-01-01", to: "1974-12-31", exact: false }])
  expect(bornIn("01 Feb 1970").concat(bornIn("Feb 1970"))).toEqual([
    { from: "1970-02-01", to: "1970-02-01", exact: true },
    { from: "1970-02-01", to: "1970-02-28", exact: false },
  ])
  expect(bornIn("unknown; 31/02/1970; 00/00/0000")).toEqual([])
})

test("a registry's default day counts for its year, another date counts against, the best of several counts", () => {
  const code = (a: string, b: string) => compareBirths(bornIn(a), bornIn(b))?.code
  expect(code("1980-07-01", "1980-07-01")).toBe("birth.default-day")
  expect(code("1980-07-02", "1980-07-02")).toBe("birth.same-day")
  expect(code("1980-07-01", "1980-11-20")).toBe("birth.same-year")
  expect(code("1980-03-04", "04/03/1980")).toBe("birth.same-day")
  expect(code("1980-03-04", "03/04/1980")).toBe("birth.swapped")
  expect(code("1980-03-04", "1995-03-04")).toBe("birth.different")
  expect(code("1980-03-04", "1995-03-04; 1980")).toBe("birth.same-year")
  expect(compareBirths(bornIn("1980"), [])).toBeNull()
})

test("a pair's weight is the same whoever else is compared", () => {
  const people = [somebody("a", ["Karwan Rebin Aziz"], "1980-03-04"), somebody("b", ["کاروان ڕێبین عەزیز"])]
  const list = [
    somebody("x", ["AZIZ, Karwan Rebin"], "1980"),
    somebody("y", ["Karwan Rebin Aziz"], "1950-01-02"),
    somebody("z", ["Max Beispiel"]),
  ]
  const alone = people.flatMap((p) => list.flatMap((l) => matches([p], [l])))
  expect(alone.length).toBeGreaterThan(1)
  expect(matches(people, list)).toEqual(alone.sort((m, n) => n.weight - m.weight || (m.a < n.a ? -1 : m.a > n.a ? 1 : m.b < n.b ? -1 : 1)))
  // Born thirty years apart: the name alone does not make him the one on the list.
  expect(alone.map((m) => `${m.a}${m.b}`)).not.toContain("ay")
})

test("two usual names alone are weak, with the day of birth a hit; a father is not his son", () => {
  const listed = [somebody("x", ["KHALED, Ibrahim"], "1980-03-04")]
  const weight = (born: string) => matches([somebody("a", ["Ibrahim Khalid"], born)], listed, WEAK_FROM)[0]?.weight ?? 0
  expect(weight("")).toBeLessThan(HIT_FROM)
  expect(weight("")).toBeGreaterThanOrEqual(WEAK_FROM)
  expect(weight("1980-03-04")).toBeGreaterThanOrEqual(HIT_FROM)
  expect(weight("1971-03-04")).toBe(0)
  expect(matches([somebody("a", ["Karwan Rebin Aziz"])], [somebody("x", ["Rebin Aziz"])])).toEqual([])
  expect(innocentsAt(WEAK_FROM)).toBeGreaterThan(innocentsAt(HIT_FROM))
})

test("the number of a document makes a hit whatever the names, and a first name alone none", () => {
  const [hit, ...more] = matches(
    [somebody("a", ["Max Beispiel"], "", ["document:IRQ:A0000001"]), somebody("b", ["Karwan"])],
    [somebody("x", ["Somebody Else"], "", ["document:IRQ:A0000001"]), somebody("y", ["Karwan"])],
  )
  expect(hit).toMatchObject({ a: "a", b: "x", reasons: [{ code: "identifier.document" }] })
  expect(more).toEqual([])
})

test.skipIf(!SHARED)("shared data: of the UN's people in Arabic script most are found on the list, and few invented innocents", () => {
  const rows = readFileSync(`${SHARED}/names/un-individuals-even.tsv`, "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t"))
  const list = rows.map(([id, latin, , aliases]) => somebody(id!, [latin!, ...(aliases ?? "").split("|")].filter(Boolean)))
  const arabic = rows.filter(([, , native]) => /\p{Script=Arabic}/u.test(native ?? ""))
  const found = new Set(
    matches(
      arabic.map(([id, , native]) => somebody(id!, [native!])),
      list,
    )
      .filter((m) => m.a === m.b)
      .map((m) => m.a),
  )
  expect(found.size / arabic.length).toBeGreaterThan(0.75)
  const throws = dice("innocents")
  const innocents = Array.from({ length: 300 }, (_, n) => {
    const names = throws.pick(GIVEN_NAMES)
    return somebody(`i${n}`, [[0, 1, 2].map(() => throws.pick(names)).join(" ")])
  })
  const wrong = new Set(matches(innocents, list).map((m) => m.a))
  expect(wrong.size / innocents.length).toBeLessThan(0.005)
})
