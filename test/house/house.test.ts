import { expect, test } from "vitest"
import { RELEASE } from "#vocabulary/release"
import { failuresPage } from "../../docs/failures.mjs"
import { IMPORTERS } from "../../src/stages/records/importers/list.ts"
import { FILES, isSource, places, read, under } from "./tree.ts"

/** Patterns are put together from parts: this file is searched too. */
const any = (...parts: readonly (readonly string[])[]) => new RegExp(parts.map((p) => p.join("")).join("|"))
const SOURCES = FILES.filter(isSource)

test("no tracked file names a package registry", () => {
  const hosts = [
    ["registry", "\\.npmjs"],
    ["registry", "\\.yarnpkg"],
    ["npm", "\\.pkg\\.github"],
    ["npm", "mirror\\."],
    ["files\\.", "pythonhosted"],
    ["pypi", "\\.org"],
    ["proxy\\.", "golang"],
    ["static\\.", "crates"],
  ]
  expect(places(FILES, any(...hosts))).toEqual([])
  expect(places(FILES, any(["artifact", "ory"], ["nexus", "/repository"], ["_auth", "Token"]))).toEqual([])
})

test("no tracked file holds a secret", () => {
  const secrets = [
    ["-----BEGIN [A-Z ]*PRIVATE", " KEY-----"],
    ["\\bAKIA", "[0-9A-Z]{16}\\b"],
    ["\\bgh[pousr]_", "[A-Za-z0-9]{30,}"],
    ["\\bxox[abpr]-", "[0-9A-Za-z-]{20,}"],
    ["\\bsk-", "[A-Za-z0-9-]{32,}"],
    ["\\bnpm_", "[A-Za-z0-9]{36}\\b"],
  ]
  expect(
    places(
      FILES.filter((f) => f !== "package-lock.json"),
      any(...secrets),
    ),
  ).toEqual([])
  expect(FILES.filter((f) => /(^|\/)(\.env|.*\.(pem|key|p12|pfx)|id_(rsa|ed25519))$/.test(f))).toEqual([])
})

test("nothing under src reaches beyond loopback", () => {
  const src = under("src")
  const files = (pattern: RegExp) => [...new Set(places(src, pattern).map((p) => p.replace(/:\d+$/, "")))]
  // The command line asks the node on its machine; sign-in asks the provider that the administrator named, and nobody else.
  expect(files(/(?<![\w.])fetch\(/)).toEqual(["src/ground/sign-in/provider.ts", "src/shells/cli/desk.ts"])
  expect(files(/import (?!type).*"openid-client"/)).toEqual(["src/ground/sign-in/provider.ts"])
  expect(files(/\bnew (WebSocket|EventSource|XMLHttpRequest)\b|navigator\.sendBeacon/)).toEqual([])
  // A unix socket, and the type of the address that the node listens on.
  expect(files(/from "node:(http|https|http2|net|tls|dgram|dns)(\/promises)?"/)).toEqual([
    "src/ground/store/postgres.ts",
    "src/shells/server/serve.ts",
  ])
  expect(places(src, /\.listen\(\{/).map((p) => read(p.split(":")[0]!).includes('host: "127.0.0.1"'))).toEqual([true])
  expect(read("src/shells/cli/desk.ts")).not.toMatch(/https?:\/\//)
  expect(places(under("web/src"), /["'`](https?:)?\/\/[a-z0-9]/i)).toEqual([])
})

/** Tables of words, which are as long as their data. */
const TABLES = [
  "src/ground/names/tables/forms.ts",
  "src/ground/vocabulary/schemas.ts",
  "src/stages/records/text/tables/deeds.ts",
  "web/src/language/ckb.ts",
  "web/src/language/en.ts",
]

test("no source is longer than 600 lines but the data tables named here", () => {
  expect(SOURCES.filter((f) => !TABLES.includes(f) && read(f).trimEnd().split("\n").length > 600)).toEqual([])
})

test("types are never waved through, and no check is switched off", () => {
  const code = (pattern: RegExp) => new RegExp(`^(?!\\s*(\\*|/\\*|//)).*(${pattern.source})`)
  expect(
    places(
      SOURCES,
      code(
        any(
          ["\\bas ", "any\\b"],
          ["[\\w)\\]?]: ?", "any[,;)>|=\\]]"],
          ["[\\w)\\]?]: ?", "any$"],
          ["[<,] ?", "any[,>]"],
          ["\\bany", "\\[\\]"],
        ),
      ),
    ),
  ).toEqual([])
  expect(places(SOURCES, any(["@ts-", "(ignore|nocheck|expect-error)"], ["biome-", "ignore"], ["eslint-", "disable"]))).toEqual([])
  expect(places(under("src"), any(["\\bTO", "DO\\b"], ["\\bFIX", "ME\\b"], ["\\bXX", "X\\b"]))).toEqual([])
})

/** What a door hands out, types left aside. */
function values(door: string): string[] {
  const source = read(door).replace(/\/\*[\s\S]*?\*\//g, "")
  const listed = [...source.matchAll(/^export \{([^}]*)\}/gm)].flatMap((m) => m[1]!.split(",").map((x) => x.trim()))
  const declared = [...source.matchAll(/^export (?:async )?(?:const|function|class) (\w+)/gm)].map((m) => m[1]!)
  return [...listed.filter((x) => x !== "" && !x.startsWith("type ")), ...declared]
}

/** Doors that hand out more than twelve, or fewer than three, values, and why. */
const SAID: Record<string, { most: number; why: string }> = {
  "src/ground/access/index.ts": {
    most: 20,
    why: "the gate's words for every stage, what the shells need of callers and uploads, and what erasure needs of these",
  },
  "src/ground/names/index.ts": { most: 18, why: "keys for blocking, a comparator for people to read, and levels and rarities for linkage" },
  "src/ground/journal/index.ts": {
    most: 18,
    why: "writing, numbering, searching, following, proving and exporting are six trades over one tree",
  },
  "src/stages/records/index.ts": { most: 14, why: "every later stage mounts and shows records; the composition needs its migrations too" },
  "src/stages/evidence/index.ts": {
    most: 20,
    why: "records reads exhibits, asks who may examine a device, and writes what became of both",
  },
}
const NARROW = ["src/stages/plan/index.ts", "src/shells/app/index.ts", "src/shells/cli/index.ts", "src/shells/server/index.ts"]

test("doors hand out 3 to 12 values; exceptions are said, and do not grow", () => {
  const doors = FILES.filter((f) => /^src\/\w+\/\w+\/index\.ts$/.test(f))
  expect(doors.length).toBeGreaterThan(10)
  expect(doors.flatMap((d) => (values(d).length > (SAID[d]?.most ?? 12) ? [`${d}: ${values(d).length}`] : []))).toEqual([])
  expect(doors.filter((d) => values(d).length < 3 && !NARROW.includes(d))).toEqual([])
})

test("every door says what it owns", () => {
  expect(FILES.filter((f) => /^(src\/\w+\/\w+|demo)\/index\.ts$/.test(f) && !/^\/\*\*/.test(read(f)))).toEqual([])
})

/** Two lists of one frame compile, and the workplace stays white. */
test("each frame of the workplace lists its pages once, and no page twice", () => {
  const routes = read("web/src/routes.tsx")
  const frames = [...routes.matchAll(/(\w+)\.addChildren\(/g)].map((m) => m[1]!)
  expect(frames.length).toBeGreaterThan(2)
  expect(frames.filter((f, n) => frames.indexOf(f) !== n)).toEqual([])
  const pages = [...routes.matchAll(/\.addChildren\(\[([^\][]*)\]/g)].flatMap((m) => m[1]!.match(/\w+/g) ?? [])
  expect(pages.filter((p, n) => pages.indexOf(p) !== n)).toEqual([])
})

const PACKAGE = JSON.parse(read("package.json")) as Record<string, Record<string, string>> & { version: string }

test("the release is the package's version, and the changelog tells of it", () => {
  expect(RELEASE).toBe(PACKAGE.version)
  expect(read("CHANGELOG.md")).toContain(`## [${RELEASE}]`)
})

test("versions are pinned exactly", () => {
  const pins = ["dependencies", "devDependencies", "optionalDependencies"].flatMap((k) => Object.entries(PACKAGE[k] ?? {}))
  expect(pins.length).toBeGreaterThan(20)
  expect(pins.filter(([, v]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(v))).toEqual([])
})

/** Where vectors are not under the importer's id: its own file holds them. */
const VECTORS: Record<string, string> = {
  "sqlite-companion": "test/records/sqlite-companion.test.ts",
  table: "test/vectors/records/tables.json",
  xlsx: "test/records/importers/xlsx.test.ts",
  "json-lines": "test/records/importers/objects.test.ts",
  "ftm-json": "test/records/importers/objects.test.ts",
  "case-jsonld": "test/records/importers/objects.test.ts",
  "un-xml": "test/records/importers/lists.test.ts",
  "ofac-csv": "test/records/importers/lists.test.ts",
  "uk-xml": "test/vectors/watchlists",
  "uk-csv": "test/vectors/watchlists",
}

test("every importer has vectors and a test", () => {
  const tests = FILES.filter((f) => f.startsWith("test/records/") && f.endsWith(".test.ts"))
  for (const { id } of IMPORTERS) {
    const own = [`test/vectors/${id}/`, `test/vectors/records/${id}.json`, VECTORS[id] ?? " "]
    expect(
      FILES.some((f) => own.some((o) => f.startsWith(o))),
      `vectors of ${id}`,
    ).toBe(true)
    expect(
      tests.some((t) => read(t).includes(`/importers/${id}.ts`)),
      `a test of ${id}`,
    ).toBe(true)
  }
})

test("docs/failures.md is what the source says", () => {
  const page = failuresPage()
  expect(page.match(/^\| `/gm)?.length).toBeGreaterThan(60)
  expect(read("docs/failures.md"), "run node docs/failures.mjs").toBe(page)
})

test("generated properties take their seed from the release", () => {
  expect(places(under("test"), new RegExp(`from "fast${"-check"}"`)).map((place) => place.replace(/:\d+$/, ""))).toEqual([
    "test/support/properties.ts",
  ])
})
