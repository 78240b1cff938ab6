// Writes docs/dependencies.md anew from package-lock.json: every package with its version and licence, those that run in production first.
// The registry that this is installed from may serve no list of known faults, so that the versions are to be compared with one elsewhere.
// `node docs/dependencies.mjs`; a test holds the page current and refuses licences that nobody looked at.
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"

const ROOT = join(import.meta.dirname, "..")
const FILE = join(import.meta.dirname, "dependencies.md")

/** Licences under which software may be shipped here: SPDX names. */
const ALLOWED = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT/X11",
  "MPL-2.0",
  "OFL-1.1",
  "Python-2.0",
  "Unlicense",
  "Zlib",
])

/** What no manifest says, read off the package by a person, with where it is said. */
const READ_BY_A_PERSON = {
  "buffers@0.1.1": "none stated",
}

/** Packages that only tests and tools use, and that state no licence: each with the reason why it may stay for now. */
const TOLERATED = {
  "buffers@0.1.1": "reached by exceljs, which writes workbooks in tests alone; never shipped",
}

/** Every package of the lock file, by name. */
export function dependencies() {
  const { packages } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8"))
  const found = new Map()
  for (const [path, entry] of Object.entries(packages)) {
    if (path === "" || entry.link) continue
    const name = entry.name ?? path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length)
    const id = `${name}@${entry.version}`
    const production = !entry.dev && !entry.devOptional
    const known = found.get(id)
    found.set(id, {
      name,
      version: entry.version,
      licence: entry.license ?? READ_BY_A_PERSON[id] ?? "unknown",
      production: production || (known?.production ?? false),
    })
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1))
}

/** Of alternatives one must be allowed, of licences that hold together all. */
const allowed = (licence) =>
  licence
    .replace(/^\((.*)\)$/, "$1")
    .split(/ or /i)
    .some((way) => way.split(/ and /i).every((one) => ALLOWED.has(one.trim())))

export function objection(dependency) {
  if (allowed(dependency.licence)) return null
  const id = `${dependency.name}@${dependency.version}`
  return !dependency.production && TOLERATED[id] ? null : `${id}: ${dependency.licence}`
}

const rows = (some) => some.map((d) => `| \`${d.name}\` | ${d.version} | ${d.licence} |`)

/** The page as it should be. */
export function dependenciesPage() {
  const all = dependencies()
  const [production, others] = [all.filter((d) => d.production), all.filter((d) => !d.production)]
  const counts = [...Map.groupBy(production, (d) => d.licence)].map(([licence, of]) => [licence, of.length]).sort((a, b) => b[1] - a[1])
  const head = ["| package | version | licence |", "|---|---|---|"]
  return `${[
    "# Dependencies",
    "",
    "Written by `node docs/dependencies.mjs` from `package-lock.json`; do not edit. Versions are pinned exactly, and the lock file holds",
    "the hash of each package. A test refuses licences other than those named in the script (no GPL, AGPL or unstated licence is shipped).",
    "",
    `In production ${production.length} packages: ${counts.map(([licence, n]) => `${n} ${licence}`).join(", ")}. For tests and tools ${others.length} more.`,
    "",
    "## In production",
    "",
    ...head,
    ...rows(production),
    "",
    "## For tests and tools",
    "",
    ...head,
    ...rows(others),
    "",
    "State no licence and are not shipped:",
    "",
    ...Object.entries(TOLERATED).map(([id, why]) => `- \`${id}\`: ${why}.`),
  ].join("\n")}\n`
}

if (import.meta.main) writeFileSync(FILE, dependenciesPage())
