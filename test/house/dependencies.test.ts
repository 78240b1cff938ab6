import { existsSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { dependencies, dependenciesPage, objection } from "../../docs/dependencies.mjs"
import { ROOT, read } from "./tree.ts"

test("docs/dependencies.md is what the lock file says", () => {
  expect(dependencies().length).toBeGreaterThan(300)
  expect(read("docs/dependencies.md"), "run node docs/dependencies.mjs").toBe(dependenciesPage())
})

test("no dependency has a licence that forbids, binds or is unknown", () => {
  expect(dependencies().flatMap((d) => objection(d) ?? [])).toEqual([])
})

test("a licence is judged by what it says", () => {
  const of = (licence: string, production = true) => objection({ name: "x", version: "1.0.0", licence, production }) === null
  expect(["MIT", "(MIT OR GPL-3.0-or-later)", "MIT or MPL-2.0", "(MIT AND Zlib)"].filter((l) => !of(l))).toEqual([])
  expect(
    ["AGPL-3.0", "GPL-3.0-only", "LGPL-2.1", "unknown", "none stated", "UNLICENSED", "CC-BY-NC-4.0", "(MIT AND GPL-2.0)"].filter((l) =>
      of(l),
    ),
  ).toEqual([])
  expect(objection({ name: "buffers", version: "0.1.1", licence: "none stated", production: true })).not.toBeNull()
})

test("what the lock file says of a package is what the installed one says", () => {
  const lock = JSON.parse(read("package-lock.json")) as { packages: Record<string, { version?: string; license?: string }> }
  const wrong = Object.entries(lock.packages).flatMap(([path, { version, license }]) => {
    const manifest = join(ROOT, path, "package.json")
    if (path === "" || !existsSync(manifest)) return []
    const own = JSON.parse(read(join(path, "package.json"))) as { version?: string; license?: string | { type?: string } }
    const says = typeof own.license === "string" ? own.license : own.license?.type
    return own.version === version && (says === undefined || license === undefined || says === license) ? [] : [path]
  })
  expect(wrong).toEqual([])
})
