import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { signalText } from "../../src/stages/records/importers/signal-text.ts"
import { whatsappText } from "../../src/stages/records/importers/whatsapp-text.ts"
import { materialOf, reading, SHARED } from "../support/material.ts"
import { held, survives } from "./damage.ts"
import { outcome, vectorsOf } from "./vectors.ts"

const [vector] = vectorsOf("signal-text")

test.each(vectorsOf("signal-text"))("$name gives what stands beside it", async ({ given, expect: wanted }) => {
  expect(await outcome(signalText, given)).toEqual(wanted)
})

test.skipIf(!SHARED)("the sample export gives the messages of its target (shared data)", async () => {
  const folder = join(SHARED ?? "", "phones/chats/chat-miner/signal")
  const target = JSON.parse(readFileSync(join(folder, "target.json"), "utf8")) as { timestamp: string; author: string; message: string }[]
  const material = await materialOf(join(folder, "test_export.txt"), true)
  const out = await reading(signalText, material)
  const found = out.records.map((r) => ({
    timestamp: new Date(r.at?.ms ?? 0).toISOString().slice(0, 19),
    author: r.parties[0]?.name,
    message: (r.fields as { body: string }).body.replaceAll("\n", " "),
  }))
  expect(found.toReversed()).toEqual(target)
})

test("its form is Signal's before it is WhatsApp's", async () => {
  const material = held(Buffer.from("[2024-05-12, 21:34] A: x\n[2024-05-12, 21:35] B: y\n"), "chat.txt")
  const [signal, whatsapp] = [await signalText.claim(material), await whatsappText.claim(material)]
  expect(signal?.confidence).toBeGreaterThan(whatsapp?.confidence ?? 0)
  expect(await signalText.claim(held(Buffer.from("[12/05/2024, 21:34:11] A: x\n"), "_chat.txt"))).toBeNull()
})

test("where nothing but the form says Signal, that is said", async () => {
  const text = Buffer.from("[2024-05-12, 21:34] A: x\n[2024-05-12, 21:35] B: y\n")
  expect((await reading(signalText, held(text, "chat.txt"))).notes).toEqual([expect.stringContaining("WhatsApp exports")])
  expect((await reading(signalText, held(text, "signal-2024.txt"))).notes).toEqual([])
})

test("damaged exports never throw and always add up", () => survives(signalText, readFileSync(vector?.given ?? ""), "chat.txt", 60), 60_000)
