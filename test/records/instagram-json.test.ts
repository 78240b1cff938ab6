import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { instagramJson, repaired } from "../../src/stages/records/importers/instagram-json.ts"
import { materialOf, reading, SHARED } from "../support/material.ts"
import { survives, tellsCuts } from "./damage.ts"
import { outcome, vectorsOf } from "./vectors.ts"

const [vector] = vectorsOf("instagram-json")
const sample = readFileSync(vector?.given ?? "")

test.each(vectorsOf("instagram-json"))("$name gives what stands beside it", async ({ given, expect: wanted }) => {
  expect((await instagramJson.claim(await materialOf(given, true)))?.confidence).toBe(0.9)
  expect(await outcome(instagramJson, given)).toEqual(wanted)
})

test.skipIf(!SHARED)("the sample export gives two messages at the times written in it (shared data)", async () => {
  const out = await reading(instagramJson, await materialOf(join(SHARED ?? "", "phones/chats/chat-miner/instagram/test_export.json"), true))
  expect(out.records.filter((r) => r.kind === "message").map((r) => [r.at?.ms, r.parties[0]?.name])).toEqual([
    [1579294140000, "John Doe"],
    [1577186580000, "Jane Doe"],
  ])
})

test("bytes written as characters are put right, and nothing else is touched", () => {
  expect(repaired(Buffer.from("ڕانیە").toString("latin1"))).toBe("ڕانیە")
  expect([repaired("café"), repaired("ڕانیە"), repaired("plain")]).toEqual(["café", "ڕانیە", "plain"])
})

test("damaged exports never throw and always add up", () => survives(instagramJson, sample, "message_1.json"), 60_000)

test("a cut export always says so", () => tellsCuts(instagramJson, sample, "message_1.json", sample.lastIndexOf("}")), 60_000)
