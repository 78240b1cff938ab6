import { expect, test } from "vitest"
import { partedBy, strongestPath } from "../../src/stages/entities/review/ties.ts"
import type { ShownClaim } from "../../src/stages/entities/shown-claims.ts"
import { dice } from "../support/dice.ts"

const claim = (a: string, b: string, weight: number, refused: string | null = null): ShownClaim => ({
  a,
  b,
  weight,
  grade: "slight",
  rule: "one-card",
  reason: "",
  items: 1,
  records: [],
  detail: [],
  refused,
  decision: null,
})

/** Every simple way from one key to another, tried one by one. */
function ways(claims: readonly ShownClaim[], from: string, to: string, met: readonly string[] = []): ShownClaim[][] {
  if (from === to) return [[]]
  return claims
    .filter((c) => c.refused === null && (c.a === from || c.b === from))
    .flatMap((c) => {
      const next = c.a === from ? c.b : c.a
      return met.includes(next) ? [] : ways(claims, next, to, [...met, from]).map((rest) => [c, ...rest])
    })
}

test("the path shown is one whose weakest step is as heavy as on every other way, on random claims", () => {
  const throws = dice("paths")
  for (let round = 0; round < 60; round++) {
    const keys = ["a", "b", "c", "d", "e", "f"]
    const claims = Array.from({ length: 9 }, () => {
      const [x, y] = throws.shuffle(keys)
      return claim(x! < y! ? x! : y!, x! < y! ? y! : x!, 100 * (1 + throws.roll(9)), throws.chance(0.2) ? "forbidden" : null)
    })
    const all = ways(claims, "a", "f").map((way) => Math.min(...way.map((c) => c.weight)))
    const path = strongestPath(claims, new Set(["a"]), new Set(["f"]))
    if (all.length === 0) expect(path).toBeNull()
    else {
      expect(Math.min(...path!.map((c) => c.weight))).toBe(Math.max(...all))
      let at = "a"
      for (const c of path!) at = c.a === at ? c.b : c.a
      expect(at).toBe("f")
    }
  }
})

test("a claim that alone holds two halves together parts them; one with a way around parts nobody", () => {
  const bridge = claim("b", "c", 500)
  const around = claim("a", "b", 500)
  const claims = [claim("a", "x", 1500), claim("b", "x", 1500), around, bridge, claim("c", "d", 3000), claim("a", "z", 500, "forbidden")]
  expect(partedBy(bridge, claims)).toEqual({ a: ["a", "b", "x"], b: ["c", "d"], bridge: true })
  expect(partedBy(around, claims).bridge).toBe(false)
})
