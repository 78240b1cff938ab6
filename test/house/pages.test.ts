import { existsSync } from "node:fs"
import { dirname, join, normalize } from "node:path"
import { expect, test } from "vitest"
import { MEASURES } from "#kernels"
import { KIND_NAMES, KINDS } from "#vocabulary/kinds"
import { LAYERS } from "../../src/stages/network/layers.ts"
import { IMPORTERS } from "../../src/stages/records/importers/list.ts"
import { FILES, ROOT, read } from "./tree.ts"

const PAGES = FILES.filter((f) => f.endsWith(".md") && f !== "docs/failures.md")
const ARCHITECTURE = read("ARCHITECTURE.md")

test("the files that the pages name are there", () => {
  expect(PAGES.length).toBeGreaterThan(8)
  const missing = PAGES.flatMap((page) =>
    [...read(page).matchAll(/`((?:src|test|docs|demo|web|bench)\/[\w./-]*)`/g)]
      .map((m) => m[1]!)
      .filter((path) => !existsSync(join(ROOT, path)))
      .map((path) => `${page}: ${path}`),
  )
  expect(missing).toEqual([])
})

const anchorOf = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .trim()
    .replaceAll(" ", "-")

test("links lead somewhere", () => {
  const broken = PAGES.flatMap((page) =>
    [...read(page).matchAll(/\]\(([^)\s]+)\)/g)]
      .map((m) => m[1]!)
      .filter((link) => !/^https?:/.test(link))
      .filter((link) => {
        const [path, anchor] = link.split("#") as [string, string | undefined]
        const target = path === "" ? page : normalize(join(dirname(page), path))
        if (!existsSync(join(ROOT, target))) return true
        return anchor !== undefined && ![...read(target).matchAll(/^#+ (.*)$/gm)].some((m) => anchorOf(m[1]!) === anchor)
      })
      .map((link) => `${page}: ${link}`),
  )
  expect(broken).toEqual([])
})

test("ARCHITECTURE.md names every folder, table, record kind, importer, layer, measure and claim rule", () => {
  const named = (names: readonly string[]) => names.filter((name) => !ARCHITECTURE.includes(`\`${name}\``))
  expect(named([...new Set(FILES.flatMap((f) => /^src\/\w+\/\w+\//.exec(f)?.[0] ?? []))])).toEqual([])
  const tables = [...read("src/shells/app/schema.json").matchAll(/"table public (\w+)/g)].map((m) => m[1]!)
  expect(tables.length).toBeGreaterThan(15)
  expect(named(tables)).toEqual([])
  expect(named(IMPORTERS.map((i) => i.id))).toEqual([])
  expect(named(LAYERS.map((l) => l.id))).toEqual([])
  expect(named(Object.keys(MEASURES))).toEqual([])
  const claims = /^ {2}rule: (.*)$/m.exec(read("src/stages/entities/unite.ts"))![1]!.match(/[a-z-]+/g)!
  expect(claims.length).toBeGreaterThan(3)
  expect(named(claims), "claim rules").toEqual([])
  for (const kind of KIND_NAMES) expect(ARCHITECTURE).toContain(`| \`${kind}\` | ${KINDS[kind].title} | ${KINDS[kind].schema} |`)
})

test("tables with access classes are those that the page says have them", () => {
  const secured = [...read("src/shells/app/schema.json").matchAll(/"table public (\w+) rls=t"/g)].map((m) => m[1]!)
  const said = [...ARCHITECTURE.matchAll(/^\| ((?:`\w+`(?:, )?)+) \| \w+ \| (segment|yes) \|/gm)].flatMap((m) =>
    m[2] === "segment" ? ["segment"] : [...m[1]!.matchAll(/`(\w+)`/g)].map((t) => t[1]!),
  )
  expect(said.sort()).toEqual(secured.sort())
})
