import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { readPosition } from "#vocabulary/coordinates"
import { tidy, westernDigits, withoutInvisibles } from "#vocabulary/digits"
import { readHull } from "#vocabulary/hull"
import { readMoney } from "#vocabulary/money"
import fc from "../support/properties.ts"

interface Vector {
  name: string
  given: { raw: string; context: { currency?: string } }
  expect: Record<string, unknown>
}

const vectors = (file: string) => JSON.parse(readFileSync(join(import.meta.dirname, "../vectors/values", file), "utf8")) as Vector[]

describe("money", () => {
  test.each(vectors("money.json"))("$name", ({ given, expect: wanted }) => {
    const got = readMoney(given.raw, given.context)
    expect(got.ok ? { ok: true, amount: got.amount, currency: got.currency } : { ok: false }).toEqual(wanted)
    if (!got.ok) expect(got.reason).not.toBe("")
  })

  test("an assumption is said", () => {
    const notes = (raw: string, currency?: string) => {
      const got = readMoney(raw, { currency })
      return got.ok ? got.notes.join("; ") : got.reason
    }
    expect(notes("12.500")).toContain("thousands")
    expect(notes("100 dinar")).toContain("Iraqi")
    expect(notes("100 toman")).toContain("ten rials")
    expect(notes("100", "IRR")).toContain("toman")
  })

  test("amounts written in either habit and in any digits are the same amount", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 99_999_999 }),
        fc.constantFrom(0x30, 0x660, 0x6f0),
        fc.constantFrom(",", ".", "'", "٬", " "),
        (whole, zero, mark) => {
          const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, mark)
          const written = grouped.replace(/\d/g, (d) => String.fromCodePoint(zero + Number(d)))
          expect(readMoney(`${written} USD`)).toMatchObject({ ok: true, amount: whole, currency: "USD" })
        },
      ),
    )
  })

  test("no text makes it throw", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: fc.constantFrom(..."0123.,'$€ kmtoanد".split("")) })),
        (text) => void readMoney(text),
      ),
    )
  })
})

describe("positions", () => {
  test.each(vectors("positions.json"))("$name", ({ given, expect: wanted }) => {
    const got = readPosition(given.raw)
    expect(got.ok).toBe(wanted.ok)
    if (!got.ok) return expect(got.reason).not.toBe("")
    expect(got.form).toBe(wanted.form)
    expect(got.lat).toBeCloseTo(wanted.lat as number, 9)
    expect(got.lon).toBeCloseTo(wanted.lon as number, 9)
  })

  test("decimal degrees come back as they were written", () => {
    const degrees = (limit: number) => fc.integer({ min: -limit * 10_000, max: limit * 10_000 }).map((n) => n / 10_000)
    fc.assert(
      fc.property(degrees(90), degrees(180), (lat, lon) => {
        fc.pre(lat !== 0 || lon !== 0)
        expect(readPosition(`${lat}, ${lon}`)).toMatchObject({ ok: true, lat, lon })
        expect(readPosition(`geo:${lat},${lon}`)).toMatchObject({ ok: true, lat, lon })
      }),
    )
  })
})

describe("hulls", () => {
  test("a number is taken apart", () => {
    expect(readHull("GB-ABC00042-A9-99")).toEqual({
      state: "read",
      norm: "GB-ABC00042-A9-99",
      country: "GB",
      maker: "ABC",
      serial: "00042",
      month: 1,
      yearDigit: 9,
      modelYear: "99",
      faults: [],
      notes: [],
    })
  })

  test("misread letters are said", () => {
    expect(readHull("GB-ABCOO042-A9-99").notes).toEqual(["O read as 0"])
  })

  test.each([
    ["GB-ABC00042-A9-99", "read"],
    ["GB-ABC00042-A3-99", "read"],
    ["GB-ABC000", "partial"],
    ["GB-ABC00?42-A9-99", "partial"],
    ["none", "absent"],
    ["", "absent"],
    ["ground off", "defaced"],
    ["GB-ABC00042-A9-99-77", "malformed"],
    ["GB-ABC00042-Z9-99", "malformed"],
  ])("%j is %s", (raw, state) => {
    expect(readHull(raw).state).toBe(state)
  })

  test("any possible number is read, and read again the same", () => {
    const serial = fc.string({ unit: fc.constantFrom(..."0123456789ABCDEFGHJKLMNPRSTUVWXYZ".split("")), minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(
        fc.constantFrom("GB", "FR", "TR", "CN"),
        serial,
        fc.integer({ min: 0, max: 11 }),
        fc.integer({ min: 0, max: 99 }),
        fc.integer({ min: -1, max: 1 }),
        (country, five, month, year, apart) => {
          const text = `${country}-XYZ${five}-${"ABCDEFGHIJKL"[month]}${(year + apart + 10) % 10}-${String(year).padStart(2, "0")}`
          const reading = readHull(text.replaceAll("-", ""))
          expect([reading.state, reading.norm, reading.faults, reading.month]).toEqual(["read", text, [], month + 1])
        },
      ),
    )
  })
})

describe("characters", () => {
  test("digits of every script that Unicode has", () => {
    expect(westernDigits("٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ ०१२ ๓๔๕ ７８９ 𝟘𝟙𝟚 abc ½")).toBe("0123456789 0123456789 012 345 789 012 abc ½")
  })

  test("what is not seen goes, what is seen stays", () => {
    expect(withoutInvisibles("\u202aa\u200cb\ufeff\u2069")).toBe("ab")
    expect(tidy("  ســـلام \u00a0 x ")).toBe("ســـلام x")
  })

  test("tidy is idempotent", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(tidy(tidy(text))).toBe(tidy(text))
      }),
    )
  })
})
