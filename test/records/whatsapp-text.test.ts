import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { whatsappText } from "../../src/stages/records/importers/whatsapp-text.ts"
import { materialOf, reading, SHARED } from "../support/material.ts"
import { held, survives } from "./damage.ts"
import { outcome, vectorsOf } from "./vectors.ts"

const MINER = [
  "test_[mmddyy]_24hrs.txt",
  "test_ddmmyy_24hrs.txt",
  "test_mmddyy_24hrs.txt",
  "test_mmddyyyy_12hrs.txt",
  "test_yyyymmdd_24hrs.txt",
]
const folder = join(SHARED ?? "", "phones/chats")

test.each(vectorsOf("whatsapp-text"))("$name gives what stands beside it", async ({ given, expect: wanted }) => {
  expect((await whatsappText.claim(await materialOf(given, true)))?.confidence).toBeGreaterThan(0.5)
  expect(await outcome(whatsappText, given)).toEqual(wanted)
})

test.skipIf(!SHARED).each(MINER)("%s gives the authors, texts and times that its target lists (shared data)", async (name) => {
  const target = JSON.parse(readFileSync(join(folder, "chat-miner/whatsapp/target.json"), "utf8")) as {
    timestamp: string
    author: string
    message: string
  }[]
  const out = await reading(whatsappText, await materialOf(join(folder, "chat-miner/whatsapp", name), true))
  const spoken = out.records.filter((r) => r.parties[0]?.part === "sender")
  const found = spoken.map((r) => ({
    timestamp: new Date(r.at?.ms ?? 0).toISOString().slice(0, 19),
    author: r.parties[0]?.name,
    message: String((r.fields as { body?: string }).body).replaceAll("\n", " "),
  }))
  expect(found.toReversed()).toEqual(target)
  expect(out.rejects).toEqual([])
})

test.skipIf(!SHARED).each([
  ["_chat.txt", 21, 20],
  ["_chat 2.txt", 4, 4],
  ["_chat 3.txt", 11, 9],
  ["_chat 4.txt", 3, 3],
] as const)("%s has %i entries of which %i were written by people (shared data)", async (name, all, spoken) => {
  const out = await reading(whatsappText, await materialOf(join(folder, "chatistics/test_data/whatsapp", name), true))
  expect([out.records.length, out.records.filter((r) => r.parties[0]?.part === "sender").length, out.rejects.length]).toEqual([
    all,
    spoken,
    0,
  ])
})

test.each([
  ["[12/05/2024, 21:34:11] A: x", "2024-05-12T21:34:11.000Z"],
  ["[12/05/2024, 9:34:11\u202fPM] A: x", "2024-05-12T21:34:11.000Z"],
  ["[2024-05-12, 9:34:11 p. m.] A: x", "2024-05-12T21:34:11.000Z"],
  ["12.05.24, 21:34 - A: x", "2024-05-12T21:34:00.000Z"],
  ["12/05/2024, 21:34 - A: x", "2024-05-12T21:34:00.000Z"],
  ["13/5/24 21.34 - A: x", "2024-05-13T21:34:00.000Z"],
  ["13.5.2024 klo 21.34 - A: x", "2024-05-13T21:34:00.000Z"],
  ["13.05.2024 kl. 21.34 - A: x", "2024-05-13T21:34:00.000Z"],
  ["5/13/24, 12:05 AM - A: x", "2024-05-13T00:05:00.000Z"],
  ["13/05/2024, 12:05 a. m. - A: x", "2024-05-13T00:05:00.000Z"],
  ["١٣/٥/٢٠٢٤، ٩:٣٤ م - A: x", "2024-05-13T21:34:00.000Z"],
  ["\u200f١٣\u200f/٥\u200f/٢٠٢٤، ١٢:٣٤ ص - A: x", "2024-05-13T00:34:00.000Z"],
  ["۱۴۰۳/۲/۲۴،\u200f ۲۱:۳۴ - A: x", "2024-05-13T21:34:00.000Z"],
  ["۱۴۰۳/۲/۲۴، ۹:۳۴ ب.ظ - A: x", "2024-05-13T21:34:00.000Z"],
  ["۱۴۰۳/۲/۲۴، ۹:۳۴ ق.ظ - A: x", "2024-05-13T09:34:00.000Z"],
])("%s is read", async (line, at) => {
  const out = await reading(whatsappText, held(Buffer.from(`${line}\n`), "_chat.txt"))
  expect(out.records.map((r) => [new Date(r.at?.ms ?? 0).toISOString(), r.parties[0]?.name, (r.fields as { body?: string }).body])).toEqual(
    [[at, "A", "x"]],
  )
})

test.each([
  ["x <This message was edited>", { body: "x", status: "edited" }],
  ["\u200ex \u200e<Diese Nachricht wurde bearbeitet.>", { body: "x", status: "edited" }],
  ["<Media omessi>", { body: null, status: "<Media omessi>", attachment: null }],
  ["<Без медиафайлов>", { body: null, status: "<Без медиафайлов>", attachment: null }],
  ["Se eliminó este mensaje.", { body: null, status: "Se eliminó este mensaje." }],
  ["a <b> c>", { body: "a <b> c>" }],
])("%s is told apart from what the person wrote", async (text, fields) => {
  const out = await reading(whatsappText, held(Buffer.from(`13/05/2024, 10:00 - A: ${text}\n13/05/2024, 10:01 - B: y\n`), "chat.txt"))
  expect(out.records[0]?.fields).toMatchObject(fields)
})

test("order of time decides where no date does", async () => {
  const text = "1/9/24, 10:00 - A: x\n2/8/24, 10:00 - A: y\n3/7/24, 10:00 - A: z\n"
  const out = await reading(whatsappText, held(Buffer.from(text), "_chat.txt"))
  expect(out.records.map((r) => new Date(r.at?.ms ?? 0).toISOString().slice(0, 10))).toEqual(["2024-01-09", "2024-02-08", "2024-03-07"])
})

test("an order given by hand settles what the file leaves open", async () => {
  const material = held(Buffer.from("2/5/24, 9:34 PM - A: x\n2/6/24, 9:34 PM - A: y\n"), "_chat.txt")
  const [open, told] = [await reading(whatsappText, material), await reading(whatsappText, material, { mapping: { order: "dmy" } })]
  expect(open.records.map((r) => r.at?.ms)).toEqual([null, null])
  expect(told.records.map((r) => new Date(r.at?.ms ?? 0).getUTCMonth())).toEqual([4, 5])
})

test("the other name of a chat of two is the exporter when the file is named after one", async () => {
  const text = "13.05.24, 10:00 - ئازاد: x\n13.05.24, 10:01 - Karwan: y\n"
  const out = await reading(whatsappText, held(Buffer.from(text), "WhatsApp Chat mit ئازاد.txt"))
  expect(out.records.map((r) => r.fields)).toMatchObject([
    { direction: "in", threadTitle: "ئازاد", group: false },
    { direction: "out", threadTitle: "ئازاد", group: false },
  ])
})

test("what an iPhone writes in a group's name is the app's own, known or not", async () => {
  const lines = ["A: x", "B: y", "C: z", "Fahrt: \u200eYou created this group", "Fahrt: \u200eA line that no table has"]
  const text = lines.map((line) => `[13.05.24, 10:00:00] ${line}\n`).join("")
  const out = await reading(whatsappText, held(Buffer.from(text), "WhatsApp Chat - Fahrt.txt"))
  expect(out.records.map((r) => (r.fields as { direction: string | null }).direction)).toEqual([null, null, null, "system", "system"])
  expect(out.records[3]?.parties).toEqual([{ part: "participant", owner: true, ids: [], name: null }])
})

test("a file that ends inside a stamp gives that as a reject, and an open last line as a note", async () => {
  const out = await reading(whatsappText, held(Buffer.from("13.05.24, 10:00 - A: سڵاو\n13.05.24, 10:0"), "_chat.txt"))
  expect(out.rejects).toMatchObject([{ code: "truncated", snippet: "13.05.24, 10:0" }])
  expect(out.records.map((r) => (r.fields as { body?: string }).body)).toEqual(["سڵاو"])
  expect(out.notes.join()).toContain("may have been cut")
})

test("text before the first message is a reject", async () => {
  const out = await reading(whatsappText, held(Buffer.from("exported by hand\n\n13.05.24, 10:00 - A: x\n"), "_chat.txt"))
  expect(out.rejects).toMatchObject([{ code: "unknown-structure", place: { row: 1, byteStart: 0, byteEnd: 18 } }])
})

test("a place is the bytes of the message with its further lines", async () => {
  const bytes = readFileSync(vectorsOf("whatsapp-text").find((v) => v.name === "ios-english.txt")?.given ?? "")
  const out = await reading(whatsappText, held(bytes, "_chat.txt", 3))
  const parts = out.records.map((r) => bytes.subarray(r.place.byteStart, r.place.byteEnd).toString("utf8"))
  expect(parts.join("")).toBe(bytes.toString("utf8"))
  expect(parts[1]).toContain("دە کەس\n")
})

test("prose is not claimed", async () => {
  expect(await whatsappText.claim(held(Buffer.from("On 12/05/2024 we met.\nNothing more.\n"), "notes.txt"))).toBeNull()
})

test.each(vectorsOf("whatsapp-text"))(
  "$name damaged never throws and always adds up",
  ({ given }) => survives(whatsappText, readFileSync(given), "_chat.txt", 40),
  60_000,
)
