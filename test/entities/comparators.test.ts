import { expect, test } from "vitest"
import type { FrozenComparator } from "../../src/stages/entities/comparators/comparator.ts"
import { isCommonNumber, neighbours } from "../../src/stages/entities/comparators/neighbours.ts"
import { pictures } from "../../src/stages/entities/comparators/pictures.ts"
import { whereabouts } from "../../src/stages/entities/comparators/whereabouts.ts"
import { COLUMNS, type Column, Packing } from "../../src/stages/entities/linkage/packed.ts"

type Cells = Partial<Record<Column, string>>

/** The level of two fragments, and of the same two the other way round. */
function levelsOf(comparator: FrozenComparator, a: Cells, b: Cells, books = new Map<string, Set<string>>()): number {
  const packing = new Packing(2)
  for (const cells of [a, b]) packing.add(COLUMNS.map((c) => cells[c] ?? null))
  const level = comparator.over(packing.done(books))
  expect(level(0, 1)).toBe(level(1, 0))
  return level(0, 1)
}

const mobile = (n: number): string => `4477009001${String(n).padStart(2, "0")}`
const numbers = (count: number, from = 0): string[] => Array.from({ length: count }, (_, n) => mobile(from + n))
/** What everybody has in his book: help, banks, services. */
const COMMON = ["112", "999", "116123", "448081570192", "4484512345678", "18005550100", "80012345678", "498001234567"]

test("books are held beside each other by the numbers that few have, and not by what everybody saves or what is compared elsewhere", () => {
  const level = (one: readonly string[], other: readonly string[], phones: [string, string] = [mobile(90), mobile(91)]) =>
    levelsOf(
      neighbours,
      { book: "one", phone: phones[0] },
      { book: "other", phone: phones[1] },
      new Map([
        ["one", new Set(one.filter((n) => !isCommonNumber(n)))],
        ["other", new Set(other.filter((n) => !isCommonNumber(n)))],
      ]),
    )
  expect(COMMON.filter((n) => !isCommonNumber(n))).toEqual([])
  expect(numbers(90).filter(isCommonNumber)).toEqual([])
  expect(level(COMMON, COMMON)).toBe(0)
  expect(level([...COMMON, ...numbers(2)], [...COMMON, ...numbers(2)])).toBe(1)
  expect(level(numbers(3), [...numbers(3), ...numbers(20, 40)])).toBe(2)
  expect(level(numbers(8), numbers(9))).toBe(3)
  // The cards' own numbers stand in both books.
  expect(level(numbers(3), numbers(3), [mobile(0), mobile(1)])).toBe(1)
  expect(
    levelsOf(neighbours, { book: "one", phone: mobile(1) }, { book: "one", phone: mobile(2) }, new Map([["one", new Set(numbers(9))]])),
  ).toBe(0)
  expect(neighbours.weights[3]!).toBeLessThan(300)
})

const at = (minutes: number, lat: number, lon: number, place = ""): Cells => ({ seen: `T|${minutes * 60_000}|${lat}|${lon}|${place}` })

test("at one rare place at one time speaks for, two places at once speak against, and where everybody is says nothing", () => {
  const level = (a: Cells, b: Cells) => levelsOf(whereabouts, a, b)
  expect(level(at(0, 51.0312, 2.3021), at(20, 51.0313, 2.3019))).toBe(3)
  expect(level(at(0, 51.0312, 2.3021, "a disused quarry"), at(20, 51.0313, 2.3019, "border post"))).toBe(0)
  expect(level(at(0, 51.03, 2.3), at(200, 51.03, 2.3))).toBe(0)
  expect(level(at(0, 51.03, 2.3), at(30, 36.19, 44.01))).toBe(1)
  expect(level(at(0, 51.03, 2.3), at(60 * 24, 36.19, 44.01))).toBe(0)
  const leg = (item: string, day = "2026-03-07"): Cells => ({ seen: `D|${day}|north line/nl 7|${item}` })
  expect(level(leg("list 1"), leg("list 2"))).toBe(2)
  // A list has everybody once.
  expect(level(leg("list 1"), leg("list 1"))).toBe(0)
  expect(level(leg("list 1"), leg("list 2", "2026-03-08"))).toBe(0)
  expect(level(at(0, 51.03, 2.3), leg("list 1"))).toBe(0)
  expect(whereabouts.weights[1]!).toBeLessThan(0)
})

test("pictures are one by the hash of their content, alike by a perceptual one of the same kind, and else nothing is said", () => {
  const level = (a: string, b: string) => levelsOf(pictures, { photo: a }, { photo: b })
  const sha = (digit: string) => `photo_sha256:${digit.repeat(64)}`
  expect(level(sha("a"), sha("a"))).toBe(3)
  expect(level(sha("a"), sha("b"))).toBe(0)
  expect(level("photo_dhash:ffff0000ffff0000", "photo_dhash:ffff0000ffff0007")).toBe(2)
  expect(level("photo_dhash:ffff0000ffff0000", "photo_dhash:0000ffff0000ffff")).toBe(1)
  expect(level("photo_dhash:ffff0000ffff0000", "photo_phash:ffff0000ffff0000")).toBe(0)
  expect(level(`photo_dhash:ffff0000ffff0000\u001f${sha("a")}`, sha("a"))).toBe(3)
})
