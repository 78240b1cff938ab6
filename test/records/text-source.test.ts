import { Readable } from "node:stream"
import { expect, test } from "vitest"
import { encodingOf, headText, type Line, lines } from "../../src/stages/records/text-source.ts"
import fc from "../support/properties.ts"

function inPieces(bytes: Buffer, size: number): Readable {
  const out: Buffer[] = []
  for (let i = 0; i < bytes.length; i += size) out.push(bytes.subarray(i, i + size))
  return Readable.from(out)
}

async function all(bytes: Buffer, size: number, limit?: number): Promise<Line[]> {
  const out: Line[] = []
  for await (const line of lines(inPieces(bytes, size), encodingOf(bytes), limit)) out.push(line)
  return out
}

const text = fc
  .array(fc.constantFrom("a", "ڕ", "📱", "\n", "\r", "\r\n", " ", "٣", "\u200f"), { maxLength: 40 })
  .map((parts) => parts.join(""))

test("lines are the same for all chunks and line ends, and their bytes join to the file", async () => {
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 7 }), async (given, size) => {
      const bytes = Buffer.from(given)
      const out = await all(bytes, size)
      const wanted = given.split(/\r\n|\n|\r/)
      if (wanted.at(-1) === "") wanted.pop()
      expect(out.map((l) => l.text)).toEqual(wanted)
      expect(Buffer.concat(out.map((l) => bytes.subarray(l.byteStart, l.byteEnd))).toString()).toBe(given)
      expect(out.every((l) => l.sound)).toBe(true)
    }),
  )
})

test("UTF-16 with a byte order mark reads like UTF-8, and so does UTF-16 without one", async () => {
  const given = "one line of text\nand another, ڕانیە\n"
  const little = Buffer.from(`\uFEFF${given}`, "utf16le")
  for (const bytes of [little, Buffer.from(little).swap16(), Buffer.from(given, "utf16le")]) {
    expect((await all(bytes, 3)).map((l) => l.text)).toEqual(given.trimEnd().split("\n"))
    expect(headText(bytes)).toBe(given)
  }
})

test("a byte that is no UTF-8 makes its own line unsound, and the next line stands where it stands", async () => {
  const bytes = Buffer.concat([Buffer.from("ok\n"), Buffer.from([0x61, 0xff, 0x62, 0x0a]), Buffer.from("ڕ\n")])
  expect((await all(bytes, 2)).map(({ text: t, byteStart, byteEnd, sound }) => [t, byteStart, byteEnd, sound])).toEqual([
    ["ok", 0, 3, true],
    ["a\uFFFDb", 3, 7, false],
    ["ڕ", 7, 10, true],
  ])
})

test("a line over the limit is cut, says so and does not move the next", async () => {
  const out = await all(Buffer.from(`${"x".repeat(50)}\nshort\n`), 8, 20)
  expect(out.map((l) => [l.text.length, l.byteStart, l.byteEnd, l.sound])).toEqual([
    [20, 0, 51, false],
    [5, 51, 57, true],
  ])
})
