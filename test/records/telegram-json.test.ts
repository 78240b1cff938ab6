import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { telegramJson } from "../../src/stages/records/importers/telegram-json.ts"
import { materialOf, reading, SHARED } from "../support/material.ts"
import { held, survives, tellsCuts } from "./damage.ts"
import { outcome, vectorsOf } from "./vectors.ts"

const [vector] = vectorsOf("telegram-json")
const sample = readFileSync(vector?.given ?? "")

test.each(vectorsOf("telegram-json"))("$name gives what stands beside it", async ({ given, expect: wanted }) => {
  expect((await telegramJson.claim(await materialOf(given, true)))?.confidence).toBeGreaterThan(0.9)
  expect(await outcome(telegramJson, given)).toEqual(wanted)
})

test.skipIf(!SHARED).each(["test_single_export.json", "test_batch_export.json"])(
  "%s gives the messages of its target (shared data)",
  async (name) => {
    const folder = join(SHARED ?? "", "phones/chats/chat-miner/telegram")
    const target = JSON.parse(readFileSync(join(folder, "target.json"), "utf8")) as { timestamp: string; author: string; message: string }[]
    const material = await materialOf(join(folder, name), true)
    expect(await telegramJson.claim(material)).not.toBeNull()
    const out = await reading(telegramJson, material)
    const found = out.records
      .filter((r) => r.kind === "message")
      .map((r) => [
        new Date(r.at?.ms ?? 0).toISOString().slice(0, 19),
        r.parties[0]?.name,
        (r.fields as { body: string }).body.replaceAll(" ", ""),
      ])
    expect(found).toEqual(target.map((t) => [t.timestamp, t.author, t.message.replaceAll(" ", "")]))
  },
)

test("a chat of its own: the one after whom it is numbered is the other side", async () => {
  const message = (id: number, from: string) => ({
    id,
    type: "message",
    date_unixtime: "1715536800",
    from: "x",
    from_id: from,
    text: "سڵاو",
  })
  const chat = { name: "کاروان", type: "personal_chat", id: 900101, messages: [message(1, "user900101"), message(2, "user900100")] }
  const out = await reading(telegramJson, held(Buffer.from(JSON.stringify(chat)), "result.json"))
  expect(out.records.map((r) => (r.fields as { direction?: string }).direction)).toEqual(["in", "out", undefined])
  expect(out.records[1]?.parties[0]?.owner).toBe(true)
})

test("what the exporter left out is no file name, a poll is told by its question, whoever invited is named", async () => {
  const given = (id: number, more: Record<string, unknown>) => ({ id, type: "message", date_unixtime: "1715536800", text: "", ...more })
  const from = { from: "Ako", from_id: "user900102" }
  const absent = "(File not included. Change data exporting settings to download.)"
  const messages = [
    given(1, { ...from, photo: absent }),
    given(2, { ...from, file: absent, file_name: "route.pdf", mime_type: "application/pdf" }),
    given(3, { ...from, media_type: "voice_message", file: "(File unavailable, please try again later)", duration_seconds: 4 }),
    given(4, { ...from, poll: { question: "کەی دەڕۆین؟", closed: false, answers: [] } }),
    given(5, { type: "service", actor: "Sara", actor_id: "user900103", action: "join_group_by_link", inviter: "Ako" }),
  ]
  const chat = { name: "ڕێگا", type: "private_group", id: 77, messages }
  const out = await reading(telegramJson, held(Buffer.from(JSON.stringify(chat)), "result.json"))
  expect(out.records.slice(0, 5).map((r) => [r.kind, r.fields, r.extra?.file])).toMatchObject([
    ["message", { attachment: null, attachmentType: "image/jpeg" }, absent],
    ["message", { attachment: "route.pdf", attachmentType: "application/pdf" }, absent],
    ["voice-note", { file: null, durationS: 4 }, "(File unavailable, please try again later)"],
    ["message", { body: "کەی دەڕۆین؟" }, undefined],
    ["message", { direction: "system", body: "join group by link: Ako" }, undefined],
  ])
  expect(out.records[4]?.parties.map((p) => p.name)).toEqual(["Sara", "Ako"])
})

test("a message that is not valid JSON is rejected alone, with its bytes", async () => {
  const text = sample.toString("utf8").replace('"id": 2, "type"', '"id": 2x, "type"')
  const out = await reading(telegramJson, held(Buffer.from(text), "result.json"))
  expect(out.rejects).toMatchObject([{ code: "malformed", place: { row: "/chats/list/0/messages/1" } }])
  const { byteStart, byteEnd } = out.rejects[0]?.place ?? {}
  expect(Buffer.from(text).subarray(byteStart, byteEnd).toString("utf8")).toMatch(/^\{ "id": 2x[\s\S]*\}$/)
})

test("other JSON is not claimed", async () => {
  expect(await telegramJson.claim(held(Buffer.from('{"messages":[{"sender_name":"x","timestamp_ms":1}]}'), "m.json"))).toBeNull()
})

test("damaged exports never throw and always add up", () => survives(telegramJson, sample, "result.json"), 60_000)

test("a cut export always says so", () => tellsCuts(telegramJson, sample, "result.json", sample.lastIndexOf("}")), 60_000)
