import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { STAGES } from "#vocabulary/conduct"
import { KIND_NAMES } from "#vocabulary/kinds"
import { SENTENCES } from "#vocabulary/sentences"
import { STANDING_IDS } from "#vocabulary/standing"
import { ROUTES } from "../../src/stages/plan/chain/routes.ts"
import { ckb } from "../../web/src/language/ckb.ts"
import { SORANI } from "../../web/src/language/ckb-sentences.ts"
import { en } from "../../web/src/language/en.ts"

type Tree = { [key: string]: string | Tree }
const leaves = (tree: Tree, path = ""): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[`${path}${key}`, value] as [string, string]] : leaves(value, `${path}${key}.`),
  )

const english = leaves(en)
const sorani = new Map(leaves(ckb))
const spoken = [...sorani, ...Object.entries(SORANI)]
/** Names, codes and formulas that are the same in every language. */
const SAME = new Set(["product", "utc", "files.adds", "evidence.sha256", "identifierTypes.imei", "identifierTypes.imsi"])

test("every English text has a Sorani text of its own", () => {
  expect([...sorani.keys()]).toEqual(english.map(([key]) => key))
  expect(english.filter(([key, text]) => sorani.get(key) === text && !SAME.has(key)).map(([key]) => key)).toEqual([])
})

test("a Sorani text takes the same values as the English one", () => {
  const values = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort()
  expect(english.filter(([key, text]) => values(text).join() !== values(sorani.get(key)!).join()).map(([key]) => key)).toEqual([])
  const gaps = (text: string) => [...text.matchAll(/\{(\w+)/g)].map(([, gap]) => gap).sort()
  expect(Object.keys(SORANI)).toEqual(Object.keys(SENTENCES))
  for (const [id, text] of Object.entries(SENTENCES)) expect([id, gaps(SORANI[id as keyof typeof SORANI])]).toEqual([id, gaps(text)])
})

test("Sorani is written with its own letters, not with Arabic kaf, yeh, teh marbuta or heh doachashmee", () => {
  expect(spoken.filter(([, text]) => /[\u0643\u064a\u0649\u0629\u06be\u06c0-\u06c5]/.test(text)).map(([key]) => key)).toEqual([])
  const without = spoken.filter(([key, text]) => !SAME.has(key) && !/[\u0600-\u06ff]/.test(text)).map(([key]) => key)
  expect(without).toEqual([])
})

test("the words for kinds, standings, stages and ways are those that the node says", () => {
  expect(Object.keys(en.kinds).sort()).toEqual([...KIND_NAMES].sort())
  expect(Object.keys(en.standings)).toEqual(STANDING_IDS)
  expect(en.stages).toEqual(Object.fromEntries(STAGES.map(({ stage, title }) => [stage, title])))
  expect(en.ways).toEqual(Object.fromEntries(ROUTES.map(({ id, title }) => [id, title])))
})

test("no screen writes words of its own: what people read stands in the language files", () => {
  const root = join(import.meta.dirname, "../../web/src")
  const bare: string[] = []
  for (const file of readdirSync(root, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".tsx")) continue
    for (const [line] of readFileSync(join(root, file), "utf8").matchAll(
      />\s*[A-Z][a-z]+ [a-z][^<{]*<|(?:label|title|description|placeholder|aria-label)="[^"]+"/g,
    ))
      bare.push(`${file}: ${line}`)
  }
  expect(bare).toEqual([])
})
