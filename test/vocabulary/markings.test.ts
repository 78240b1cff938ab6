import { expect, test } from "vitest"
import { Failure } from "#vocabulary/failure"
import { europolHint, gradeText, isWeak, parseGrade, SCHEME_IDS, SCHEMES } from "#vocabulary/grades"
import { likelihoodOf, YARDSTICK } from "#vocabulary/likelihood"
import {
  banner,
  blocks,
  CLASSIFICATIONS,
  covers,
  joinAll,
  joinMarkings,
  type Marking,
  marking,
  parseHandling,
  TLPS,
  UNMARKED,
} from "#vocabulary/markings"
import fc from "../support/properties.ts"

const MARKING: fc.Arbitrary<Marking> = fc
  .record({
    classification: fc.constantFrom(...CLASSIFICATIONS),
    sensitive: fc.boolean(),
    tlp: fc.constantFrom(null, ...TLPS),
    codes: fc.subarray(["H0", "H1", "H2", "H3"] as const),
    conditions: fc.subarray(["not-in-evidence", "ask-before-sharing", "ring first"], { minLength: 1 }),
    originators: fc.subarray(["NCA", "Europol", "Asayish Erbil"]),
    sharing: fc.constantFrom("P", "C"),
  })
  .map((parts) => marking({ ...parts, codes: [...parts.codes] }))

test("joining is associative, commutative, idempotent, and never looser than either", () => {
  fc.assert(
    fc.property(MARKING, MARKING, MARKING, (a, b, c) => {
      const ab = joinMarkings(a, b)
      expect(joinMarkings(ab, c)).toEqual(joinMarkings(a, joinMarkings(b, c)))
      expect(ab).toEqual(joinMarkings(b, a))
      expect(joinMarkings(a, a)).toEqual(a)
      expect(joinMarkings(a, UNMARKED)).toEqual(a)
      expect([covers(ab, a), covers(ab, b)]).toEqual([true, true])
      for (const purpose of ["evidence", "sharing"] as const) {
        const codes = new Set(blocks(ab, purpose).map((block) => `${block.code} ${block.code === "tlp" ? "" : block.says}`))
        for (const one of [...blocks(a, purpose), ...blocks(b, purpose)])
          expect(codes).toContain(`${one.code} ${one.code === "tlp" ? "" : one.says}`)
      }
    }),
  )
})

test("what is tighter does not count as covered", () => {
  expect(covers(marking({ classification: "OFFICIAL" }), marking({ classification: "SECRET" }))).toBe(false)
  expect(covers(UNMARKED, marking({ originators: ["NCA"] }))).toBe(false)
})

test("a join of none is unmarked, of several the tightest of each", () => {
  expect(joinAll([])).toEqual(UNMARKED)
  expect(
    joinAll([
      marking({ tlp: "GREEN", codes: ["H1"] }),
      marking({ tlp: "AMBER+STRICT", classification: "SECRET" }),
      marking({ tlp: "AMBER", codes: ["H0"] }),
    ]),
  ).toEqual({
    ...UNMARKED,
    classification: "SECRET",
    tlp: "AMBER+STRICT",
    codes: ["H0", "H1"],
  })
})

test("the banner says it in one line", () => {
  const of = marking({
    sensitive: true,
    tlp: "AMBER",
    sharing: "C",
    codes: ["H2", "H1"],
    conditions: ["ask-before-sharing"],
    originators: ["NCA"],
  })
  expect(banner(of)).toBe("OFFICIAL-SENSITIVE // TLP:AMBER // HANDLING C // H1 H2 // Ask the originator before sharing // Originators: NCA")
  expect(banner(joinMarkings(of, marking({ classification: "TOP SECRET" })))).toMatch(/^TOP SECRET \/\//)
  expect(banner(UNMARKED)).toBe("OFFICIAL")
})

test("H1 blocks evidence and not sharing, H2 sharing and not evidence; the originator can permit", () => {
  const h1 = marking({ codes: ["H1"], originators: ["Europol"] })
  const h2 = marking({ codes: ["H2"], originators: ["Europol"] })
  expect(blocks(h1, "evidence").map(({ code, ask }) => [code, ask])).toEqual([["H1", ["Europol"]]])
  expect(blocks(h1, "sharing")).toEqual([])
  expect(blocks(h2, "sharing").map(({ code, ask }) => [code, ask])).toEqual([["H2", ["Europol"]]])
  expect(blocks(h2, "evidence")).toEqual([])
  expect(blocks(UNMARKED, "sharing")).toEqual([])
})

test("a condition in words holds sharing up until it is confirmed", () => {
  expect(blocks(marking({ sharing: "C", conditions: ["ring first"] }), "sharing").map(({ code, says }) => [code, says])).toEqual([
    ["condition", "ring first"],
  ])
})

const codeOf = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    return error instanceof Failure ? { code: error.code, hint: error.hint } : error
  }
  return "nothing thrown"
}

test("handling is read, and refused with what is possible", () => {
  expect(parseHandling("P")).toEqual({ sharing: "P", codes: [], conditions: [] })
  expect(parseHandling("C: ring first; not for Iran")).toEqual({ sharing: "C", codes: [], conditions: ["not for Iran", "ring first"] })
  expect(parseHandling("h2, H0")).toEqual({ sharing: "P", codes: ["H0", "H2"], conditions: [] })
  expect(codeOf(() => parseHandling("Z"))).toMatchObject({ code: "invalid.handling", hint: expect.stringContaining("H1") })
  expect(codeOf(() => parseHandling(""))).toMatchObject({ code: "invalid.handling" })
  expect(codeOf(() => parseHandling("C"))).toMatchObject({ code: "invalid.marking" })
  expect(codeOf(() => parseHandling("H3"))).toMatchObject({ code: "invalid.marking" })
})

test.each([
  ["1A", "3x5x2", "1A", null, []],
  ["2d", "3x5x2", "2D", null, []],
  ["1AP", "3x5x2", "1A", "P", []],
  ["B2", "4x4", "B2", null, ["admiralty", "5x5x5"]],
  ["X4", "4x4", "X4", null, []],
  ["B24", "5x5x5", "B2", "4", []],
  ["B/2/4", "5x5x5", "B2", "4", []],
  ["F6", "admiralty", "F6", null, []],
  ["admiralty:A1", "admiralty", "A1", null, []],
])("reads the grade %s", (text, scheme, code, handling, alsoPossible) => {
  expect(parseGrade(text)).toMatchObject({ scheme, code, handling, alsoPossible })
})

test.each(["9Z", "A", "", "1F", "A7", "1AX", "3x5x2:B2", "x:1A", "constructor"])("refuses %j and lists what is possible", (text) => {
  expect(codeOf(() => parseGrade(text))).toMatchObject({ code: "invalid.grade", hint: expect.stringContaining("possible: ") })
})

test("every code of every scheme is read in its scheme, and has words", () => {
  for (const id of SCHEME_IDS)
    for (const source of Object.keys(SCHEMES[id].source))
      for (const information of Object.keys(SCHEMES[id].information)) {
        const grade = parseGrade(source + information, id)
        expect([grade.scheme, grade.source, grade.information]).toEqual([id, source, information])
        expect(gradeText(grade)).not.toContain("undefined")
      }
})

test("the crosswalk is a hint with its losses, and leaves the grade alone", () => {
  expect(europolHint(parseGrade("1A"))).toEqual({
    hint: true,
    asOf: "2026-11-22",
    code: "B2",
    losses: ["1 could be A or B: B is taken", "Europol's 1 has no twin"],
  })
  expect(europolHint(parseGrade("2E"))?.code).toBeNull()
  expect(europolHint(parseGrade("X4"))).toBeNull()
})

test("unreliable sources and what is suspected false are weak", () => {
  expect(["1A", "3A", "1E", "C2", "B24", "D24", "F6", "E1"].map((code) => isWeak(parseGrade(code)))).toEqual([
    false,
    true,
    true,
    true,
    false,
    true,
    false,
    true,
  ])
})

test("likelihoods come in the words of the yardstick", () => {
  expect([0, 0.15, 0.45, 0.6, 0.99].map((share) => likelihoodOf(share).id)).toEqual([
    "remote-chance",
    "highly-unlikely",
    "realistic-possibility",
    "likely",
    "almost-certain",
  ])
  expect(likelihoodOf(0.77).id).toBe("likely")
  for (const { id, from, to } of YARDSTICK) expect([likelihoodOf(from / 100).id, likelihoodOf(to / 100).id]).toEqual([id, id])
  expect(() => likelihoodOf(1.2)).toThrow(RangeError)
})
