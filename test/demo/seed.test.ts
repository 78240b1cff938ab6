import { expect, test } from "vitest"
import { boundsOf, drawParameters, nominal, PARAMETER_NAMES, type Scale } from "../../demo/parameters.ts"
import { rngOf } from "../../demo/rng.ts"
import { hashOf, operation } from "./folder.ts"

test("the same seed gives the same bytes, another seed others", async () => {
  const first = await operation(7)
  const second = await operation(7)
  const other = await operation(8)
  expect(hashOf(second.folder)).toBe(hashOf(first.folder))
  expect(hashOf(other.folder)).not.toBe(hashOf(first.folder))
})

test("each parameter stays within thirty per cent of what demo.md says, on every scale", () => {
  for (const scale of ["S", "M", "L"] satisfies Scale[])
    for (let seed = 0; seed < 200; seed++) {
      const { parameters } = drawParameters(seed, scale)
      for (const name of PARAMETER_NAMES) {
        const [low, high] = boundsOf(name, scale)
        expect(parameters[name], `${name} seed ${seed}`).toBeGreaterThanOrEqual(low)
        expect(parameters[name], `${name} seed ${seed}`).toBeLessThanOrEqual(high)
        expect(low).toBeGreaterThanOrEqual(Math.min(1, nominal(name, scale) * 0.69))
      }
    }
})

test("seeds draw different parameters and spread over the whole range", () => {
  const drawn = Array.from({ length: 400 }, (_, seed) => drawParameters(seed, "S").parameters.voiceClient)
  expect(new Set(drawn).size).toBe(400)
  expect(Math.min(...drawn)).toBeLessThan(0.4 * 0.75)
  expect(Math.max(...drawn)).toBeGreaterThan(0.4 * 1.25)
})

test("one seed in five holds no smuggling and another one in five an invisible principal", () => {
  const draws = Array.from({ length: 100 }, (_, seed) => drawParameters(seed, "S"))
  expect(draws.filter((d) => !d.smuggling)).toHaveLength(20)
  expect(draws.filter((d) => d.invisiblePrincipal)).toHaveLength(20)
  expect(draws.filter((d) => !d.smuggling && d.invisiblePrincipal)).toHaveLength(0)
})

test("a fork of the chance depends on its label, not on what was drawn before", () => {
  const rng = rngOf("a")
  const before = rng.fork("b").unit()
  for (let i = 0; i < 10; i++) rng.unit()
  expect(rng.fork("b").unit()).toBe(before)
  expect(rng.fork("c").unit()).not.toBe(before)
})

test("chance keeps to its distributions", () => {
  const rng = rngOf("distributions")
  const n = 20_000
  const mean = (draw: () => number) => Array.from({ length: n }, draw).reduce((a, b) => a + b, 0) / n
  expect(mean(() => rng.unit())).toBeCloseTo(0.5, 1)
  expect(mean(() => rng.geometric(2.4))).toBeCloseTo(2.4, 1)
  expect(mean(() => rng.poisson(5))).toBeCloseTo(5, 0)
  expect(mean(() => rng.integer(1, 6))).toBeCloseTo(3.5, 1)
  const sorted = Array.from({ length: n }, () => rng.logNormal(9, 1)).sort((a, b) => a - b)
  expect(sorted[n / 2]).toBeGreaterThan(8.5)
  expect(sorted[n / 2]).toBeLessThan(9.5)
})
