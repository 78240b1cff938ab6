import { expect, test } from "vitest"
import { dayOf, directionOf, momentOf, numberOf, patternOf, secondsOf } from "../../../src/stages/records/mapping/cells.ts"
import { countryOf } from "../../../src/stages/records/mapping/issuers.ts"
import { lookOf } from "../../../src/stages/records/mapping/looks.ts"
import { previewMapping } from "../../../src/stages/records/mapping/preview.ts"
import { materialFrom } from "../../support/material.ts"

test.each([
  ["1200", undefined, 1200],
  ["-3.5", undefined, -3.5],
  ["1,234", undefined, 1234],
  ["1.234", undefined, 1.234],
  ["1.234", ",", 1234],
  ["1,234", ",", 1.234],
  ["1.234.567", undefined, 1_234_567],
  ["1.234,56", undefined, 1234.56],
  ["1,234.56", undefined, 1234.56],
  ["1'234.5", undefined, 1234.5],
  ["١٬٢٣٤٫٥", undefined, 1234.5],
  ["۳٫۵", undefined, 3.5],
  ["1.2.3", undefined, undefined],
  ["12,34.5", undefined, undefined],
  ["twelve", undefined, undefined],
  ["", undefined, undefined],
] as const)("number %s (decimal %s) = %s", (text, decimal, value) => {
  expect(numberOf(text, decimal)).toBe(value)
})

test.each([
  ["61", 61],
  ["00:01:01", 61],
  ["2:17", 137],
  ["1h 2m 3s", 3723],
  ["5 min", 300],
  ["-5", undefined],
  ["long", undefined],
] as const)("duration %s = %s seconds", (text, seconds) => {
  expect(secondsOf(text)).toBe(seconds)
})

test("directions of the networks and languages, else the word itself", () => {
  expect(["Incoming", "MTC", "eingehend", "وارد", "هاتوو"].map(directionOf)).toEqual(Array(5).fill("in"))
  expect(["Outgoing", "MOC", "ausgehend", "صادر", "giden"].map(directionOf)).toEqual(Array(5).fill("out"))
  expect(directionOf("Missed")).toBe("Missed")
})

const form = (format: string, more = {}) => ({ format, pattern: patternOf(format), context: more })
test.each([
  ["01.03.26 10:11", form("dd.MM.yy HH:mm"), Date.UTC(2026, 2, 1, 10, 11)],
  ["3/1/2026 2:05 PM", form("M/d/yyyy h:mm a"), Date.UTC(2026, 2, 1, 14, 5)],
  ["1 March 2026", form("d MMMM yyyy"), Date.UTC(2026, 2, 1)],
  ["20260301-101112.250", form("yyyyMMdd-HHmmss.SSS"), Date.UTC(2026, 2, 1, 10, 11, 12, 250)],
  ["1404/12/10", form("yyyy/MM/dd", { calendar: "jalali" }), Date.UTC(2026, 2, 1)],
  ["not so", form("yyyy/MM/dd"), null],
  ["2026/13/45", form("yyyy/MM/dd"), null],
])("%s by its pattern", (raw, time, ms) => {
  expect(momentOf(raw, time).moment).toMatchObject({ raw, ms })
})

test("a pattern without a year leaves the year missing", () => {
  expect(momentOf("3.4.", form("d.M."))).toMatchObject({ yearMissing: true, moment: { ms: null, raw: "3.4." } })
})

test("days as far as they are known", () => {
  expect(["24/06/1971", "1971-06", "1971", "unknown"].map((raw) => dayOf(raw, undefined))).toEqual([
    "1971-06-24",
    "1971-06",
    "1971",
    "unknown",
  ])
})

test("countries by code and by name in the languages of the routes", () => {
  expect(
    ["IQ", "irq", "Iraq", "Irak", "العراق", "عراق", "Iran (Islamic Republic of)", "Vereinigtes Königreich", "Nowhere"].map(countryOf),
  ).toEqual(["IRQ", "IRQ", "IRQ", "IRQ", "IRQ", "IRQ", "IRN", "GBR", null])
})

test.each([
  ["+447700900101", "phone"],
  ["٠٧٧٠٠٩٠٠١٠١", "phone"],
  ["020 7946 0101", "phone"],
  ["2026-03-01", "date"],
  ["01.03.2026", "date"],
  ["1 March 2026", "date"],
  ["19710624", "date"],
  ["2026-03-01T10:00:00Z", "datetime"],
  ["10:30", "time"],
  ["max@example.org", "email"],
  ["https://example.org/x", "url"],
  ["@max_b", "handle"],
  ["DE89 3704 0044 0532 0130 00", "iban"],
  ["490154203237518", "imei"],
  ["36.1901", "coordinate"],
  ["1.200,50", "amount"],
  ["€ 300", "amount"],
  ["EUR", "currency"],
  ["42", "integer"],
  ["yes", "boolean"],
  ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "mrz"],
  ["word", "word"],
  ["two words", "text"],
  ["", "empty"],
])("%s looks like %s", (cell, look) => {
  expect(lookOf(cell)).toBe(look)
})

test("a preview shows the first twenty rows, the rejects among them and the columns that stay as they are", async () => {
  const rows = Array.from({ length: 50 }, (_, i) => (i === 3 ? "short" : `Person ${i},+4477009001${i + 10},blue`))
  const material = await materialFrom(`name,phone,colour\n${rows.join("\n")}\n`, "t.csv")
  const preview = await previewMapping(material, null)
  expect(preview).toMatchObject({ importer: "table", unmapped: ["colour"] })
  expect([preview.records.length, preview.rejects.length]).toEqual([19, 1])
  await expect(previewMapping(material, { kind: "contact", fields: { label: "nam" } })).rejects.toMatchObject({
    code: "invalid.mapping-column",
  })
})
