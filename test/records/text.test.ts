import { describe, expect, test } from "vitest"
import { readText } from "../../src/stages/records/text/read-text.ts"
import type { Span } from "../../src/stages/records/text/span.ts"
import fc from "../support/properties.ts"
import ordinary from "../vectors/text/ordinary.json" with { type: "json" }
import vectors from "../vectors/text/spans.json" with { type: "json" }

/** `type raw = norm (addressed)`; the norm is left out where it is the folded raw text. */
const KEEPS_NORM = new Set(["name", "nickname", "title"])
function line(s: Span): string {
  const norm = KEEPS_NORM.has(s.type) || s.norm === s.raw.toLowerCase() ? "" : ` = ${s.norm}`
  return `${s.type} ${s.raw}${norm}${s.addressed ? " (addressed)" : ""}`
}
const plain = (written: string) => {
  const [, head, norm, tail] = /^(.*?)(?: = (.*?))?( \(addressed\))?$/s.exec(written)!
  return norm !== undefined && norm === head!.slice(head!.indexOf(" ") + 1).toLowerCase() ? `${head}${tail ?? ""}` : written
}

describe("what a text speaks of", () => {
  test.each(vectors)("$name", ({ given, context, expect: wanted }) => {
    expect(readText(given, context as { region?: string; at?: number }).map(line)).toEqual(wanted.map(plain))
  })

  test("every span of every vector is exactly its stretch of the text", () => {
    for (const { given } of [...vectors, ...ordinary])
      for (const s of readText(given, { region: "GB" })) expect(given.slice(s.start, s.end)).toBe(s.raw)
  })

  test("invisible marks between letters change neither the reading nor the offsets", () => {
    const given = "کۆدی \u200f٤\u200c٤٧١\u200e لای کاک ڕێ\u200cبوار"
    const spans = readText(given)
    expect(spans.map((s) => [s.type, s.norm])).toEqual([
      ["code", "4471"],
      ["name", "کاک ریبوار"],
    ])
    for (const s of spans) expect(given.slice(s.start, s.end)).toBe(s.raw)
  })

  test("no code is read without a word for it", () => {
    for (const given of ["4471", "see you 4471", "my new flat 4471", "bus 447 at 5", "PIN 4471 for the bank card"])
      expect(readText(given).filter((s) => s.type === "code")).toEqual([])
  })

  test("nobody is named in talk without names", () => {
    const named = ordinary.flatMap(({ given }) =>
      readText(given, { region: "GB" })
        .filter((s) => (s.type === "name" || s.type === "nickname") && s.confidence >= 0.5)
        .map((s) => `${s.raw} < ${given}`),
    )
    expect(named).toEqual([])
  })

  test("random text never throws, spans lie in order and are exact", () => {
    const alphabet = fc.constantFrom(..."کاک بەلەم code 4471 +44 7700 900123 @x.y t.me/ab £2k ٥٠٠ دۆلار 😂🚤\u200f\u064b\ud83d.,:!?\n")
    const texts = fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.string({ unit: alphabet, maxLength: 120 }),
      fc.string({ unit: "grapheme", maxLength: 120 }),
    )
    fc.assert(
      fc.property(texts, (given) => {
        const spans = readText(given, { region: "IQ", at: 0 })
        let last = 0
        for (const s of spans) {
          if (s.start < last || s.start >= s.end || given.slice(s.start, s.end) !== s.raw) return false
          last = s.start
        }
        return true
      }),
      { numRuns: 1500 },
    )
  })

  test("only spans inside an address overlap", () => {
    for (const { given } of vectors) {
      const spans = readText(given, { region: "GB" }).filter((s) => s.type !== "url")
      for (const [i, s] of spans.entries()) for (const o of spans.slice(i + 1)) expect(o.start >= s.end || o.end <= s.start).toBe(true)
    }
  })
})
