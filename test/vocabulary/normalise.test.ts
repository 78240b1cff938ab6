import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { keccak256 } from "#vocabulary/keccak"
import { IDENTIFYING, normalise } from "#vocabulary/normalise"
import { phone } from "#vocabulary/phone"
import type { ValueContext, ValueType } from "#vocabulary/values"
import fc from "../support/properties.ts"

interface Vector {
  name: string
  given: { raw: string; context: ValueContext }
  expect: { norm: string; valid: boolean }
}

const FOLDER = join(import.meta.dirname, "../vectors/values")
const OTHERS = new Set(["moments.json", "money.json", "positions.json"])
const TYPES = readdirSync(FOLDER)
  .filter((file) => !OTHERS.has(file))
  .map((file) => file.replace(".json", "") as ValueType)

for (const type of TYPES) {
  const vectors = JSON.parse(readFileSync(join(FOLDER, `${type}.json`), "utf8")) as Vector[]
  describe(type, () => {
    test.each(vectors)("$name", ({ given, expect: wanted }) => {
      const got = normalise(type, given.raw, given.context)
      expect({ norm: got.norm, valid: got.valid }).toEqual(wanted)
      if (!got.valid) expect(got.reason).not.toBe("")
    })
    test.each(vectors)("the normal form of a normal form is itself: $name", ({ given }) => {
      const once = normalise(type, given.raw, given.context)
      expect(normalise(type, once.norm, given.context).norm).toBe(once.norm)
    })
  })
}

test("every value type has vectors", () => {
  const all: Record<ValueType, true> = {
    phone: true,
    email: true,
    handle: true,
    account: true,
    imei: true,
    imsi: true,
    iccid: true,
    iban: true,
    wallet: true,
    document: true,
    hull: true,
    engine: true,
    plate: true,
    holder: true,
    alias: true,
    outlet: true,
    node: true,
    name: true,
  }
  expect([...TYPES].sort()).toEqual(Object.keys(all).sort())
})

const CONTEXT = fc.record({
  region: fc.constantFrom("IQ", "GB", "DE", "FR", "IR", undefined),
  platform: fc.constantFrom("telegram", "whatsapp", "facebook", "kik", "skype", "instagram", undefined),
  issuer: fc.constantFrom("IRQ", "DEU", "Yamaha", undefined),
})
const RAW = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(..."0123456789+() -.@:/٠١٢٣۴۵abcxABOI".split("")), maxLength: 40 }),
)

test.each(TYPES)("any input at all: no throw, idempotent, a reason where not valid: %s", (type) => {
  fc.assert(
    fc.property(RAW, CONTEXT, (raw, context) => {
      const once = normalise(type, raw, context)
      const twice = normalise(type, once.norm, context)
      expect(twice.norm).toBe(once.norm)
      if (once.valid) expect(twice.valid).toBe(true)
      else expect(once.reason).not.toBe("")
    }),
    { numRuns: 300 },
  )
})

test("digits of any script give the same number", () => {
  const write = (text: string, zero: number) => text.replace(/\d/g, (d) => String.fromCodePoint(zero + Number(d)))
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999 }), fc.constantFrom(0x660, 0x6f0, 0x966, 0xff10), (n, zero) => {
      const number = `+447700900${String(n).padStart(3, "0")}`
      expect(normalise("phone", write(number, zero)).norm).toBe(number)
    }),
  )
})

test("the memory of numbers gives the same answer as reading them", () => {
  const first = phone("07700 900123", { region: "GB" })
  for (let n = 0; n < 1000; n++) phone(`07700 900${String(n).padStart(3, "0")}`, { region: "GB" })
  expect(phone("07700 900123", { region: "GB" })).toEqual(first)
  expect(phone("07700 900123", { region: "DE" })).not.toEqual(first)
})

test("one wrong letter in a wallet address is always found", () => {
  const addresses = [
    "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
  ]
  const letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l".split("").filter((c) => c !== "0" && c !== "l")
  fc.assert(
    fc.property(fc.constantFrom(...addresses), fc.nat(), fc.constantFrom(...letters), (address, at, letter) => {
      const place = 4 + (at % (address.length - 4))
      fc.pre(address[place] !== letter)
      expect(normalise("wallet", address.slice(0, place) + letter + address.slice(place + 1)).valid).toBe(false)
    }),
  )
})

test("Keccak-256 gives the published digests", () => {
  expect(keccak256(new Uint8Array(0))).toBe("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")
  expect(keccak256(Buffer.from("abc"))).toBe("4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")
  expect(keccak256(Buffer.alloc(200, 0xa3))).toBe("3a57666b048777f2c953dc4456f45a2588e1cb6f2da760122d530ac2ce607d4a")
})

test("words of people are evidence, not identity", () => {
  expect((["name", "alias", "outlet"] as const).map((type) => IDENTIFYING.has(type))).toEqual([false, false, false])
})
