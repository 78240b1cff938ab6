import { readdirSync, readFileSync } from "node:fs"
import { dirname, join, normalize, sep } from "node:path"
import { expect, test } from "vitest"

const SRC = join(import.meta.dirname, "../src")

/** The order of `ARCHITECTURE.md`: a folder imports only what stands above it. */
const ORDER = [
  ..."vocabulary names kernels store journal access sign-in print".split(" ").map((f) => `ground/${f}`),
  ..."evidence records entities safeguards leads search network plan retention action casefile dissemination results"
    .split(" ")
    .map((f) => `stages/${f}`),
  ..."app server cli".split(" ").map((f) => `shells/${f}`),
]

const room = (path: string): string => path.split(sep).slice(0, 2).join("/")

/** What a file imports: statically, dynamically, as types. */
const importsOf = (source: string): string[] => [...source.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']/g)].map((m) => m[1]!)

/** `#vocabulary` has a door per noun, every other folder one. */
function roomBehind(door: string): string | undefined {
  const [folder, noun] = door.slice(1).split("/")
  if ((folder === "vocabulary") !== (noun !== undefined)) return undefined
  return ORDER.find((o) => o.endsWith(`/${folder}`))
}

function wrongImports(file: string, source: string): string[] {
  const home = room(file)
  if (!ORDER.includes(home)) return [`${file}: stands in no folder of the layout`]
  return importsOf(source).flatMap((spec) => {
    if (!/^[#.]/.test(spec)) return []
    // The invented operation is data for the composition to run; nothing else knows of it.
    if (spec === "#demo") return home === "shells/app" ? [] : [`${file}: only the composition knows the demo`]
    const door = spec.startsWith("#")
    const there = door ? roomBehind(spec) : room(normalize(join(dirname(file), spec)))
    if (!there || !ORDER.includes(there)) return [`${file}: ${spec} is not a door`]
    if (door === (there === home)) return [`${file}: ${spec} should be ${door ? "relative" : "a door"}`]
    if (/^(\.\.?\/)+index\.ts$/.test(spec)) return [`${file}: imports its own door`]
    if (ORDER.indexOf(there) > ORDER.indexOf(home)) return [`${file}: ${home} must not know ${there}`]
    return []
  })
}

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((f) => f.endsWith(".ts"))
const read = (file: string): string => readFileSync(join(SRC, file), "utf8")

test("imports go backwards along the flow, through the front door", () => {
  expect(files.length).toBeGreaterThan(40)
  expect(files.flatMap((f) => wrongImports(f, read(f)))).toEqual([])
})

test("what the rule is there for is found", () => {
  const wrong = (file: string, source: string) => wrongImports(normalize(file), source).length
  expect(wrong("ground/store/index.ts", 'import { x } from "#journal"')).toBe(1)
  expect(wrong("ground/store/index.ts", 'const x = await import("#entities")')).toBe(1)
  expect(wrong("ground/store/index.ts", 'import type { X } from "../journal/entry.ts"')).toBe(1)
  expect(wrong("ground/store/jobs.ts", 'import { x } from "./index.ts"')).toBe(1)
  expect(wrong("ground/journal/entry.ts", 'import { Failure } from "#vocabulary"')).toBe(1)
  expect(wrong("stages/odd/index.ts", "")).toBe(1)
  expect(
    wrong("ground/journal/entry.ts", 'import { Failure } from "#vocabulary/failure"\nimport { x } from "./tree.ts"\nimport y from "zod"'),
  ).toBe(0)
})

test("no folder has a second door below its own", () => {
  expect(files.filter((f) => f.endsWith(`${sep}index.ts`) && f.split(sep).length > 3)).toEqual([])
})

test("the journal's verifier imports only what comes with Node", () => {
  expect(importsOf(read(join("ground", "journal", "verify.ts"))).filter((spec) => !spec.startsWith("node:"))).toEqual([])
})

/** Data tables may be as long as their data. */
const isData = (file: string): boolean => file.split(sep).includes("tables") || file === join("ground", "vocabulary", "schemas.ts")

test("no file but a data table is longer than 600 lines", () => {
  expect(files.filter((f) => !isData(f) && read(f).trimEnd().split("\n").length > 600)).toEqual([])
})
