import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { buildWorkplace, sourcesHash } from "../../web/build.mjs"

test("the workplace is built once for its sources, and its page holds no inline script", async () => {
  const said: string[] = []
  const first = await buildWorkplace({ say: (line) => said.push(line) })
  const told = said.length
  expect(await buildWorkplace({ say: (line) => said.push(line) })).toEqual({ folder: first.folder, built: false })
  expect(said.length).toBe(told)
  expect(readFileSync(join(first.folder, ".sources"), "utf8")).toBe(sourcesHash())
  const page = readFileSync(join(first.folder, "index.html"), "utf8")
  const scripts = [...page.matchAll(/<script([^>]*)>([^<]*)<\/script>/g)]
  expect(scripts.map(([, attributes, body]) => [/\bsrc="\/assets\//.test(attributes!), body])).toEqual([[true, ""]])
  expect(page).not.toMatch(/<style|\son\w+=/)
})

test("it is built for use, also by a test runner: no warnings for developers in it", async () => {
  const { folder } = await buildWorkplace({ say: () => undefined })
  const assets = join(folder, "assets")
  const scripts = readdirSync(assets).filter((name) => /^index-.*\.js$/.test(name))
  expect(scripts).toHaveLength(1)
  // React says this in its build for development alone.
  expect(readFileSync(join(assets, scripts[0]!), "utf8")).not.toContain("while rendering a different component")
  expect(process.env.NODE_ENV).toBe("test")
})

test("nothing of the built workplace is fetched from elsewhere", async () => {
  const { folder } = await buildWorkplace({ say: () => undefined })
  const assets = join(folder, "assets")
  const from = readdirSync(assets)
    .filter((name) => name.endsWith(".css"))
    .flatMap((name) => readFileSync(join(assets, name), "utf8").match(/url\((["']?)(?:https?:)?\/\/[^)]+\)|@import[^;]+;/g) ?? [])
  expect(from).toEqual([])
  expect(readFileSync(join(folder, "index.html"), "utf8")).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
})
