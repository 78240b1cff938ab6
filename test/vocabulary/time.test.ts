import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { dayOf } from "#vocabulary/calendars"
import { type EpochForm, epochMoment, KURDISH_OFFSET, likelyEpoch, readMoment, type TimeContext } from "#vocabulary/time"
import fc from "../support/properties.ts"

interface Vector {
  name: string
  given: { raw: string; context: TimeContext }
  expect: { ok: true; iso: string; precision: string; zone: string; calendar: string; ambiguous: boolean } | { ok: false; code: string }
}

const vectors = JSON.parse(readFileSync(join(import.meta.dirname, "../vectors/values/moments.json"), "utf8")) as Vector[]

test.each(vectors)("reads a moment: $name", ({ given, expect: wanted }) => {
  const got = readMoment(given.raw, given.context)
  if (!got.ok) {
    expect(got.reason).not.toBe("")
    expect({ ok: false, code: got.code }).toEqual(wanted)
    return
  }
  const { ms, precision, zone, calendar, raw } = got.moment
  expect({ ok: true, iso: new Date(ms!).toISOString(), precision, zone, calendar, ambiguous: got.ambiguous }).toEqual(wanted)
  expect(raw).toBe(given.raw)
})

describe("epochs", () => {
  const AT = Date.UTC(2023, 2, 8, 20, 26, 40)
  const forms: [EpochForm, bigint][] = [
    ["unix-s", 1678307200n],
    ["unix-ms", 1678307200000n],
    ["unix-us", 1678307200000000n],
    ["cocoa-s", 700000000n],
    ["cocoa-ns", 700000000000000000n],
    ["webkit-us", 13322780800000000n],
    ["filetime", 133227808000000000n],
  ]
  test.each(forms)("%s", (form, value) => {
    for (const given of [value, String(value), Number(value)]) expect(epochMoment(given, form)?.ms).toBe(AT)
    expect(likelyEpoch(value)).toBe(form)
  })

  test("fractions of Apple's seconds are kept to the millisecond", () => {
    expect(epochMoment(700000000.5, "cocoa-s")).toEqual({
      ms: AT + 500,
      raw: "700000000.5",
      precision: "millisecond",
      zone: "utc",
      calendar: "gregorian",
    })
  })

  test("what is no time is null: nothing, zero, text, the epoch itself, another age", () => {
    expect([null, undefined, "", 0, "0", "abc", Number.NaN, 1e18].map((value) => epochMoment(value, "unix-s"))).toEqual(Array(8).fill(null))
    expect(epochMoment(-978307200, "cocoa-s")).toBeNull()
  })

  test("a number of no age that phones know is not guessed", () => {
    expect([5, 20240101, 1e30].map(likelyEpoch)).toEqual([null, null, null])
  })
})

describe("calendars", () => {
  const partsIn = (calendar: string) => {
    const format = new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, {
      timeZone: "UTC",
      year: "numeric",
      month: "numeric",
      day: "numeric",
    })
    return (ms: number) => {
      const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number.parseInt(value, 10)]))
      return [parts.year, parts.month, parts.day]
    }
  }
  const DAY = 86_400_000
  const jalali = partsIn("persian")
  const hijri = partsIn("islamic-umalqura")

  test("Iranian days are those of the runtime's calendar, 1850 to 2110", () => {
    fc.assert(
      fc.property(fc.integer({ min: -43_000, max: 51_000 }), (day) => {
        const [year, month, date] = jalali(day * DAY) as [number, number, number]
        expect(dayOf("jalali", year, month, date)).toBe(day * DAY)
        expect(dayOf("kurdish", year + KURDISH_OFFSET, month, date)).toBe(day * DAY)
      }),
    )
  })

  test("Islamic days are those of the runtime's Umm al-Qura calendar, 1890 to 2110", () => {
    fc.assert(
      fc.property(fc.integer({ min: -29_000, max: 51_000 }), (day) => {
        const [year, month, date] = hijri(day * DAY) as [number, number, number]
        expect(dayOf("hijri", year, month, date)).toBe(day * DAY)
      }),
    )
  })

  test("a day that is there comes back as itself, one that is not is refused: no calendar rolls over", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1300, max: 1490 }),
        fc.integer({ min: -1, max: 14 }),
        fc.integer({ min: -1, max: 33 }),
        (year, month, day) => {
          for (const [calendar, read] of [
            ["jalali", jalali],
            ["hijri", hijri],
          ] as const) {
            const ms = dayOf(calendar, year, month, day)
            if (ms !== null) expect(read(ms)).toEqual([year, month, day])
          }
          const ms = dayOf("gregorian", year + 600, month, day)
          if (ms !== null)
            expect(new Date(ms).toISOString().slice(0, 10)).toBe(
              `${year + 600}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`,
            )
        },
      ),
    )
  })
})

test("what ISO 8601 writes is read back, with any offset", () => {
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(1700, 0), max: Date.UTC(2500, 0) }), fc.integer({ min: -56, max: 56 }), (ms, quarters) => {
      const sign = quarters < 0 ? "-" : "+"
      const minutes = Math.abs(quarters) * 15
      const local = new Date(ms + quarters * 900_000).toISOString().slice(0, 23)
      const text = `${local}${sign}${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`
      const got = readMoment(text)
      expect(got.ok && got.moment.ms).toBe(ms)
    }),
  )
})

test("no text makes it throw", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "grapheme" }),
        fc.string({ unit: fc.constantFrom(..."0123456789/-:., TZ+مصAPM".split("")), maxLength: 30 }),
      ),
      (text) => {
        const got = readMoment(text, { zone: "Asia/Baghdad" })
        if (got.ok) expect(Number.isInteger(got.moment.ms)).toBe(true)
        else expect(got.reason).not.toBe("")
      },
    ),
    { numRuns: 500 },
  )
})
