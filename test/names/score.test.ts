import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { failureOf, folderOf, type TestApp, testApp } from "../support/store.ts"

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app?.end())

const pairs = (text: string | Uint8Array) => join(folderOf({ "pairs.csv": text }), "pairs.csv")

const scored = (text: string | Uint8Array) => app.ask<Record<string, unknown>[]>("names.score", { in: pairs(text) })

test("the input's columns stay, in order and as they were; score, match and reasons follow", async () => {
  const rows = await scored(
    '\ufeffid,name1,name2,schema,note\r\n7,"Rasul, Karwan",Karwan Rasool,Person,"a ""quoted"" one, with\nlines"\r\n\r\n8,کەمال ڕەسوڵ,Jamal Rasul,,\r\n9,Siemens Aktiengesellschaft,Siemens AG,Company,\r\n10,Snow Storm 1,MV Snow Storm 1,Vessel,',
  )
  expect(Object.keys(rows[0]!)).toEqual(["id", "name1", "name2", "schema", "note", "score", "match", "reasons"])
  expect(rows[0]).toMatchObject({ id: "7", name1: "Rasul, Karwan", note: 'a "quoted" one, with\nlines', match: true })
  expect(rows.map((r) => r.match)).toEqual([true, false, true, true])
  expect(rows.every((r) => typeof r.score === "number" && String(r.reasons).length > 0)).toBe(true)
})

test("other column order, empty names, cells left out at the end, spaces before a quote, lines within cells", async () => {
  const rows = await scored(
    'schema,name2,name1\r\n person ,"Rasul, Karwan" ,Karwan Rasul\r\n,,\r\nVessel, "Snow\nStorm",Snow Storm\r\nPerson,Karwan,',
  )
  expect(rows.map((r) => [r.name1, r.name2, r.match])).toEqual([
    ["Karwan Rasul", "Rasul, Karwan", true],
    ["", "", false],
    ["Snow Storm", "Snow\nStorm", true],
    ["", "Karwan", false],
  ])
  expect((await scored("name1,name2,schema\nKarwan,Karwan\n"))[0]).toMatchObject({ schema: "", match: true })
})

test.each<[string, string | Uint8Array, string, RegExp]>([
  ["a row that is too short", "name1,name2,schema\nKarwan\n", "invalid.pairs-row", /Line 2 .* 1 cells under 3/],
  ["no columns", "a,b\n1,2\n", "invalid.pairs-columns", /name1 and name2/],
  ["nothing at all", "", "invalid.pairs-columns", /empty/],
  ["a row that is too long", "name1,name2\nRasul, Karwan,Karwan Rasul\n", "invalid.pairs-row", /Line 2 .* 3 cells under 2/],
  ["an open quote", 'name1,name2\na,b\n"c,d\n', "invalid.pairs-row", /Line 3 .* not closed/],
  ["letters after a quote", 'name1,name2\n"a"b,c\n', "invalid.pairs-row", /Line 2 .* follows a closing quote/],
  ["other bytes than UTF-8", Uint8Array.from([0x6e, 0xff, 0xfe, 0x0a]), "invalid.pairs-encoding", /UTF-8/],
])("%s: said clearly", async (_, text, code, words) => {
  const failure = await failureOf(scored(text))
  expect(failure.code).toBe(code)
  expect(failure.message).toMatch(words)
})

test("a comparison by hand tells script, language, level and reasons by code", async () => {
  const value = await app.ask("names.compare", { left: "کاروان ڕەسوڵ", right: "Karwan Rasul Ahmed" })
  expect(value).toMatchObject({
    match: true,
    level: "part",
    names: [
      { script: "arabic", language: "sorani", words: ["کاروان", "ڕەسوڵ"] },
      { script: "latin", language: "unknown", key: "hmd krwn rsl" },
    ],
  })
  const { reasons } = value as { reasons: { code: string; words: string }[] }
  expect(reasons.map((r) => r.code)).toContain("without")
  expect(reasons.every((r) => r.words.length > 0)).toBe(true)
})
