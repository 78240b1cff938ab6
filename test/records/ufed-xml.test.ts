import { join } from "node:path"
import { expect, test } from "vitest"
import { ufedXml } from "../../src/stages/records/importers/ufed-xml.ts"
import { countOf, materialOf, reading, SHARED } from "../support/material.ts"

test.skipIf(!SHARED)("the real report of an iPhone 3GS gives its 46 SMS, 22 calls, 11 MMS and 11 contacts (shared data)", async () => {
  const material = await materialOf(join(SHARED ?? "", "phones/ufed-report-iphone-3gs.xml"))
  expect((await ufedXml.claim(material))?.confidence).toBeGreaterThan(0.9)
  const out = await reading(ufedXml, material)
  expect(out.rejects).toEqual([])
  expect(countOf(out.records)).toMatchObject({ "message/sms": 46, "message/mms": 11, call: 22, contact: 11, file: 72, device: 1 })
  const spoken = out.records.filter((r) => r.kind === "call" || (r.kind === "message" && "app" in r.fields && r.fields.app === "sms"))
  expect(spoken.flatMap((r) => r.parties.filter((p) => !p.owner))).toHaveLength(68)
})
