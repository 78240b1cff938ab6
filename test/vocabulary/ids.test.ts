import { createHash } from "node:crypto"
import { expect, test } from "vitest"
import { EntityId, ExhibitId, isId, keyedId, PREFIXES, type Prefix, randomId } from "#vocabulary/ids"
import fc from "../support/properties.ts"

const KEY = Buffer.alloc(32, 7)
const PREFIX = fc.constantFrom(...(Object.values(PREFIXES) as Prefix[]))
const PART = fc.oneof(fc.string(), fc.integer())

test("an id is its prefix and twenty letters of Crockford's alphabet, and only that", () => {
  fc.assert(
    fc.property(PREFIX, fc.array(PART, { maxLength: 4 }), (prefix, parts) => {
      const id = keyedId(prefix, KEY, ...parts)
      expect(id).toMatch(new RegExp(`^${prefix}[0-9a-hjkmnp-tv-z]{20}$`))
      expect(isId(prefix, id)).toBe(true)
      expect(isId(prefix, `${id}0`)).toBe(false)
      expect(keyedId(prefix, KEY, ...parts)).toBe(id)
    }),
  )
})

test("other parts, other cuts between parts, another prefix or key: another id", () => {
  const ids = [
    keyedId("rc_", KEY, "ab", "c"),
    keyedId("rc_", KEY, "a", "bc"),
    keyedId("rc_", KEY, "abc"),
    keyedId("rc_", KEY, "abc", ""),
    keyedId("rc_", KEY),
    keyedId("fr_", KEY, "abc").replace("fr_", "rc_"),
    keyedId("rc_", Buffer.alloc(32, 8), "abc"),
    keyedId("rc_", KEY.subarray(0, 31), "abc"),
  ]
  expect(new Set(ids).size).toBe(ids.length)
})

test("the hash is SHA-256 over length-prefixed key, prefix and parts", () => {
  const digest = createHash("sha256")
    .update(`32:${KEY.toString("hex")}en_1:x`)
    .digest()
  let bits = BigInt(`0x${digest.toString("hex")}`) >> 156n
  let text = ""
  for (let n = 0; n < 20; n++) {
    text = "0123456789abcdefghjkmnpqrstvwxyz"[Number(bits & 31n)]! + text
    bits >>= 5n
  }
  expect(keyedId("en_", KEY, "x")).toBe(`en_${text}`)
})

test("a short key is refused", () => {
  expect(() => keyedId("en_", Buffer.alloc(8), "x")).toThrow(RangeError)
})

test("schemas take their own ids only", () => {
  const id = randomId("ex_")
  expect(ExhibitId.parse(id)).toBe(id)
  expect(EntityId.safeParse(id).success).toBe(false)
  expect(ExhibitId.safeParse("ex_ilou").success).toBe(false)
})

test("random ids do not repeat", () => {
  expect(new Set(Array.from({ length: 2000 }, () => randomId("jb_"))).size).toBe(2000)
})
