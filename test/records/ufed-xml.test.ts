import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { ufedXml } from "../../src/stages/records/importers/ufed-xml.ts"
import { countOf, materialOf, reading, SHARED } from "../support/material.ts"
import { held, survives, tellsCuts } from "./damage.ts"
import { outcome, summary, vectorsOf } from "./vectors.ts"

const vector = vectorsOf("ufed-xml").find(({ name }) => name === "phone.xml")
const sample = readFileSync(vector?.given ?? "")

test.each(vectorsOf("ufed-xml"))("$name gives what stands beside it", async ({ given, expect: wanted }) => {
  expect(await outcome(ufedXml, given)).toEqual(wanted)
})

test.skipIf(!SHARED)("the real report of an iPhone 3GS gives its 46 SMS, 22 calls, 11 MMS and 11 contacts (shared data)", async () => {
  const material = await materialOf(join(SHARED ?? "", "phones/ufed-report-iphone-3gs.xml"))
  expect((await ufedXml.claim(material))?.confidence).toBeGreaterThan(0.9)
  const out = await reading(ufedXml, material)
  expect(out.rejects).toEqual([])
  expect(countOf(out.records)).toMatchObject({ "message/sms": 46, "message/mms": 11, call: 22, contact: 11, file: 72, device: 1 })
  const spoken = out.records.filter((r) => r.kind === "call" || (r.kind === "message" && "app" in r.fields && r.fields.app === "sms"))
  expect(spoken.flatMap((r) => r.parties.filter((p) => !p.owner))).toHaveLength(68)
})

test("a place is the exact bytes of the model, with characters of two to four bytes before it and any chunks", async () => {
  const text = sample.toString("utf8").replace("Invented phone", "تەلەفۆن 📱")
  const bytes = Buffer.from(text)
  for (const chunk of [1, 7, 4096]) {
    const out = await reading(ufedXml, held(bytes, "report.xml", chunk))
    for (const r of out.records.filter((each) => each.kind !== "device")) {
      const part = bytes.subarray(r.place.byteStart, r.place.byteEnd).toString("utf8")
      expect(part).toMatch(/^<(model|file) [\s\S]*<\/(model|file)>$/)
      if (r.place.row !== undefined) expect(part).toContain(`id="${r.place.row}"`)
    }
  }
})

test("UTF-16 of either order reads like UTF-8, with places in its own bytes", async () => {
  const plain = summary(await reading(ufedXml, held(sample, "report.xml")))
  const little = Buffer.from(`\uFEFF${sample.toString("utf8")}`, "utf16le")
  for (const bytes of [little, Buffer.from(little).swap16()]) {
    const out = await reading(ufedXml, held(bytes, "report.xml"))
    expect(summary(out)).toEqual(plain)
    const first = out.records.find((r) => r.kind === "contact")
    const part = Buffer.from(bytes.subarray(first?.place.byteStart, first?.place.byteEnd))
    expect((bytes === little ? part : part.swap16()).toString("utf16le")).toMatch(/^<model type="Contact"[\s\S]*<\/model>$/)
  }
})

test("what is complete before a break is read, and the break is one reject that begins at the open model", async () => {
  const at = sample.indexOf('<model type="InstantMessage" id="m3"')
  const out = await reading(ufedXml, held(sample.subarray(0, at + 100), "report.xml"))
  expect(out.records.filter((r) => r.kind === "message" || r.kind === "voice-note").map((r) => r.place.row)).toEqual(["m1", "m2"])
  expect(out.rejects).toMatchObject([{ code: "truncated", place: { byteStart: sample.indexOf('<model type="Chat"'), byteEnd: at + 100 } }])
})

test("entities are not expanded, neither from outside nor many times", async () => {
  const bomb = '<!DOCTYPE project [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
  const text = sample.toString("utf8").replace("<project", `${bomb}<project`).replace("دیدار", "&b;&x;")
  const out = await reading(ufedXml, held(Buffer.from(text), "report.xml"))
  expect(out.rejects).toEqual([])
  expect(out.records.find((r) => r.kind === "event")?.fields).toMatchObject({ summary: "&b;&x;" })
})

test("control characters inside a body do not end the reading, and are noted", async () => {
  const out = await reading(ufedXml, held(Buffer.from(sample.toString("utf8").replace("لێرە", "a\u0001b")), "report.xml"))
  expect(out.rejects).toEqual([])
  expect(out.notes.join()).toContain("disallowed character")
})

test("older reports write the sides of a message as plain fields", async () => {
  const field = (name: string, value: string) => `<field name="${name}" type="String"><value>${value}</value></field>`
  const model = `<model type="SMS" id="1">${field("From", "+447700900107")}${field("Folder", "Inbox")}${field("Body", "سڵاو")}<multiField name="To" type="String"/></model>`
  const out = await reading(
    ufedXml,
    held(Buffer.from(`<project reportVersion="2"><decodedData><modelType>${model}</modelType></decodedData></project>`), "r.xml"),
  )
  expect(out.records.map((r) => r.parties)).toEqual([
    [
      { part: "sender", ids: [{ type: "phone", raw: "+447700900107" }], name: null },
      { part: "recipient", owner: true, ids: [], name: null },
    ],
  ])
})

test("a chat with more messages than are kept back gives them all, and says what was known of it by then", async () => {
  const message = (i: number) => `<model type="InstantMessage" id="${i}"><field name="Body"><value>${i}</value></field></model>`
  const messages = Array.from({ length: 20_001 }, (_, i) => message(i)).join("")
  const chat = `<model type="Chat" id="c"><field name="Id"><value>t</value></field><multiModelField name="Messages">${messages}</multiModelField><field name="Source"><value>Viber</value></field></model>`
  const out = await reading(ufedXml, held(Buffer.from(`<project><decodedData>${chat}</decodedData></project>`), "report.xml", 65_536))
  expect(out.records).toHaveLength(20_002)
  expect([0, 20_000, 20_001].map((i) => out.records[i]?.fields)).toMatchObject([
    { thread: "t", app: null },
    { thread: "t", app: "viber" },
    { schema: "Chat", properties: { app: "viber", messages: 20_001 } },
  ])
  expect(out.notes.join()).toContain("very many messages")
})

test("text without end is refused before it fills the memory", async () => {
  const bytes = Buffer.concat([
    Buffer.from('<project><decodedData><model type="SMS" id="1"><field name="Body"><value>'),
    Buffer.alloc(66 * 1024 * 1024, "x"),
  ])
  const out = await reading(ufedXml, held(bytes, "report.xml", 1 << 20))
  expect(out.rejects).toMatchObject([{ code: "too-large" }])
})

test("an identifier of a million signs is read in passing", async () => {
  const party = `<model type="Party"><field name="Identifier"><value>a@${".".repeat(1_000_000)} </value></field></model>`
  const call = `<model type="Call" id="1"><multiModelField name="Parties">${party}</multiModelField></model>`
  const out = await reading(ufedXml, held(Buffer.from(`<project><decodedData>${call}</decodedData></project>`), "report.xml"))
  expect(out.records[0]?.parties[0]?.ids[0]?.raw).toHaveLength(1_000_002)
})

test("other XML is not claimed", async () => {
  expect(await ufedXml.claim(held(Buffer.from('<?xml version="1.0"?><gpx><project/></gpx>'), "a.xml"))).toBeNull()
})

test("damaged reports never throw and always add up", () => survives(ufedXml, sample, "report.xml"), 60_000)

test("a cut report always says so", () => tellsCuts(ufedXml, sample, "report.xml", sample.lastIndexOf("</project>")), 60_000)
