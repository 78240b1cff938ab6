import { expect, test } from "vitest"
import { digestOf, isSecret, newSecret } from "../../src/ground/sign-in/secret.ts"
import fc from "../support/properties.ts"

test("a token says by its form and checksum that it is one", () => {
  const tokens = Array.from({ length: 200 }, () => newSecret("lpt_"))
  expect(tokens.filter((t) => !/^lpt_[0-9A-Za-z]{49}$/.test(t))).toEqual([])
  expect(tokens.every((t) => isSecret("lpt_", t))).toBe(true)
  expect(new Set(tokens).size).toBe(200)
  expect(tokens.some((t) => isSecret("lpi_", t) || isSecret("lpi_", t.replace("lpt_", "lpi_")))).toBe(false)
})

test("one changed character is found", () => {
  const at = fc.integer({ min: 0, max: 52 })
  const letter = fc.constantFrom(..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
  const token = newSecret("lpt_")
  fc.assert(
    fc.property(at, letter, (n, c) => {
      const other = token.slice(0, n) + c + token.slice(n + 1)
      return isSecret("lpt_", other) === (other === token)
    }),
    { numRuns: 500 },
  )
  expect(isSecret("lpt_", token.slice(0, -1))).toBe(false)
  expect(isSecret("lpt_", `${token}0`)).toBe(false)
})

test("what is kept of a secret does not hold it", () => {
  const token = newSecret("lpt_")
  expect(digestOf(token)).toMatch(/^[0-9a-f]{64}$/)
  expect(digestOf(token)).not.toContain(token.slice(4, 20))
})
