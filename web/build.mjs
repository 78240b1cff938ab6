// Builds the workplace to dist/web when its sources are not those of the last build. `node web/build.mjs`, or `buildWorkplace()`
// from whatever serves it. Progress goes to standard error.
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join, relative, sep } from "node:path"

const HERE = import.meta.dirname
const ROOT = join(HERE, "..")
const BUILT = join(ROOT, "dist", "web")
const STAMP = ".sources"

/** Hash of every source file by its path, and of the lock file: another release of a library is another workplace. */
export function sourcesHash() {
  const hash = createHash("sha256")
  const files = readdirSync(HERE, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => join(e.parentPath, e.name))
    .sort()
  for (const path of [...files, join(ROOT, "package-lock.json")])
    hash.update(relative(ROOT, path).split(sep).join("/")).update("\0").update(readFileSync(path)).update("\0")
  return hash.digest("hex")
}

const stampOf = (folder) => (existsSync(join(folder, STAMP)) ? readFileSync(join(folder, STAMP), "utf8") : null)

/**
 * Gives the folder of the built workplace, and whether it had to be built. The folder is replaced whole: who reads it meanwhile has
 * the old or the new one. Throws what Vite throws.
 */
export async function buildWorkplace({ force = false, say = (line) => process.stderr.write(`${line}\n`) } = {}) {
  const hash = sourcesHash()
  if (!force && stampOf(BUILT) === hash) return { folder: BUILT, built: false }
  const began = performance.now()
  say("Building the workplace …")
  const { build } = await import("vite")
  const aside = `${BUILT}.${process.pid}`
  mkdirSync(aside, { recursive: true })
  const environment = process.env.NODE_ENV
  // Under a test runner the libraries would be built for development: a third more code, and slower.
  process.env.NODE_ENV = "production"
  try {
    await build({ configFile: join(HERE, "vite.config.ts"), logLevel: "warn", build: { outDir: aside, emptyOutDir: true } })
    writeFileSync(join(aside, STAMP), hash)
    const old = `${aside}.old`
    if (existsSync(BUILT)) renameSync(BUILT, old)
    try {
      renameSync(aside, BUILT)
    } catch (error) {
      // Another process put the same build there first.
      if (stampOf(BUILT) !== hash) throw error
    }
    rmSync(old, { recursive: true, force: true })
  } finally {
    if (environment === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = environment
    rmSync(aside, { recursive: true, force: true })
  }
  say(`The workplace is built (${((performance.now() - began) / 1000).toFixed(1)} s).`)
  return { folder: BUILT, built: true }
}

if (process.argv[1] && join(process.argv[1]) === join(HERE, "build.mjs")) {
  const { folder, built } = await buildWorkplace({ force: process.argv.includes("--force") })
  if (!built) process.stderr.write(`${folder} is up to date.\n`)
}
