import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { vcard } from "../../src/stages/records/importers/vcard.ts"
import { materialOf, reading, SHARED } from "../support/material.ts"
import { held, survives, tellsCuts } from "./damage.ts"
import { outcome, vectorsOf } from "./vectors.ts"

const [vector] = vectorsOf("vcard")
const sample = readFileSync(vector?.given ?? "")
const folder = join(SHARED ?? "", "phones/vcards/io/text")

test.each(vectorsOf("vcard"))("$name gives what stands beside it", async ({ given, expect: wanted }) => {
  expect(await outcome(vcard, given)).toEqual(wanted)
})

test.skipIf(!SHARED)("cards of eleven writers give one contact for each card, none rejected (shared data)", async () => {
  const counts: Record<string, number> = {}
  for (const name of readdirSync(folder)) {
    const material = await materialOf(join(folder, name), true)
    expect((await vcard.claim(material))?.confidence).toBeGreaterThan(0.9)
    const out = await reading(vcard, material)
    expect(out.rejects).toEqual([])
    for (const r of out.records) expect((r.fields as { label?: string }).label ?? r.parties[0]?.ids[0]?.raw).toBeTruthy()
    counts[name] = out.records.length
  }
  expect(counts).toMatchObject({ "John_Doe_ANDROID.vcf": 6, "gmail-list.vcf": 3, "rfc2426-example.vcf": 2, "John_Doe_IPHONE.vcf": 1 })
  expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(25)
})

test.skipIf(!SHARED)("quoted-printable and photos of real cards (shared data)", async () => {
  const android = await reading(vcard, await materialOf(join(folder, "John_Doe_ANDROID.vcf"), true))
  expect(android.records.at(-1)?.fields).toMatchObject({ label: "ÑÑÑÑ" })
  const iphone = await reading(vcard, await materialOf(join(folder, "John_Doe_IPHONE.vcf"), true))
  expect(iphone.records[0]?.parties[0]?.ids).toHaveLength(8)
  expect(iphone.records[0]?.extra?.PHOTO).toMatch(/^\d{5} bytes$/)
})

test("a broken card costs itself only", async () => {
  const out = await reading(vcard, held(sample, "phone.vcf"))
  expect(out.rejects).toMatchObject([
    { code: "truncated", snippet: "FN:Cut off", place: { byteStart: sample.indexOf("BEGIN:VCARD\nFN:Cut") } },
  ])
  expect(out.records.at(-1)?.parties[0]?.name).toBe("After the cut")
})

test("a folded photo of megabytes is counted, not copied for each of its lines", async () => {
  const photo = Array.from({ length: 80_000 }, () => ` ${"A".repeat(74)}`).join("\r\n")
  const out = await reading(vcard, held(Buffer.from(`BEGIN:VCARD\r\nFN:x\r\nPHOTO;ENCODING=b:\r\n${photo}\r\nEND:VCARD\r\n`), "a.vcf"))
  expect(out.records[0]?.extra).toEqual({ PHOTO: `${(80_000 * 74 * 3) / 4} bytes` })
})

test("cards in JSON or XML are not claimed", async () => {
  expect(await vcard.claim(held(Buffer.from('["vcard",[["version",{},"text","4.0"]]]'), "a.json"))).toBeNull()
})

test("damaged cards never throw and always add up", () => survives(vcard, sample, "phone.vcf"), 60_000)

test("a cut file always says so", () => tellsCuts(vcard, sample.subarray(0, sample.indexOf("END:VCARD")), "phone.vcf"), 60_000)
