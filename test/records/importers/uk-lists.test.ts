import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { ftmJson } from "../../../src/stages/records/importers/ftm-json.ts"
import { IMPORTERS } from "../../../src/stages/records/importers/list.ts"
import { ukCsv } from "../../../src/stages/records/importers/uk-csv.ts"
import { ukXml } from "../../../src/stages/records/importers/uk-xml.ts"
import { unXml } from "../../../src/stages/records/importers/un-xml.ts"
import { countryIn } from "../../../src/stages/records/watchlists/country-in.ts"
import { type Told, told } from "../../support/database.ts"
import { materialFrom, reading } from "../../support/material.ts"

interface Vector {
  name: string
  file: string
  text: string
  expect: { records: Told[]; also: string[]; rejects?: string[] }
}

for (const importer of [ukXml, ukCsv])
  test.each(JSON.parse(readFileSync(join(import.meta.dirname, `../../vectors/watchlists/${importer.id}.json`), "utf8")) as Vector[])(
    `${importer.id}: $name`,
    async ({ file, text, expect: wanted }) => {
      const material = await materialFrom(text, file)
      const claims = await Promise.all(IMPORTERS.map(async (i) => ({ id: i.id, confidence: (await i.claim(material))?.confidence ?? 0 })))
      expect(claims.sort((a, b) => b.confidence - a.confidence)[0]!.id).toBe(importer.id)
      const read = await reading(importer, material)
      expect({
        records: read.records.map(told),
        also: read.also.map((r) => `${(r.fields as { nameType: string }).nameType}: ${r.parties[0]!.name}`),
        ...(read.rejects.length > 0 ? { rejects: read.rejects.map((r) => r.code) } : {}),
      }).toEqual(wanted)
    },
  )

test("a remark names a country only when it names one", () => {
  expect(countryIn("Afghanistan passport")).toBe("AFG")
  expect(countryIn("issued in Iraq, later cancelled by Turkey")).toBeNull()
  expect(countryIn("expired 2012")).toBeNull()
})

test("the UN list says of which day it is", async () => {
  const xml = `<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:01"><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>Max</FIRST_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>`
  expect((await reading(unXml, await materialFrom(xml, "un.xml"))).records[0]!.fields).toMatchObject({ listDate: "2026-02-27" })
})

test("who stands on a list of OpenSanctions by its topics is a listing with every name; anybody else is a statement", async () => {
  const line = (id: string, properties: Record<string, string[]>) =>
    JSON.stringify({ id, schema: "Person", caption: "Max Beispiel", datasets: ["xx_invented"], properties })
  const listed = {
    name: ["Max Beispiel"],
    alias: ["ماكس مثال"],
    weakAlias: ["Maxi"],
    birthDate: ["1970"],
    passportNumber: ["A0000001"],
    topics: ["sanction"],
  }
  const read = await reading(
    ftmJson,
    await materialFrom(
      [line("NK-aaaaaaaaaaaaaaaa", listed), line("NK-bbbbbbbbbbbbbbbb", { name: ["Max Beispiel"], topics: ["role.pep"] })].join("\n"),
      "a.ftm.json",
    ),
  )
  expect(read.records.map((r) => r.kind)).toEqual(["listing", "statement"])
  expect(told(read.records[0]!)).toMatchObject({
    place: "undefined:NK-aaaaaaaaaaaaaaaa",
    parties: ["subject | account@ftm NK-aaaaaaaaaaaaaaaa | document A0000001 | name ماكس مثال | “Max Beispiel”"],
    fields: {
      list: "xx_invented",
      program: "sanction",
      entryType: "individual",
      nativeId: "NK-aaaaaaaaaaaaaaaa",
      nameType: "primary",
      birthDate: "1970",
    },
    extra: { properties: listed },
  })
  expect(read.also.map(told)).toEqual([
    expect.objectContaining({ fields: expect.objectContaining({ nameType: "strong alias" }) }),
    expect.objectContaining({ fields: expect.objectContaining({ nameType: "weak alias" }) }),
  ])
})
