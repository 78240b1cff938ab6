// Behind `npm run demo|test|linchpin|check`: installs what the lock file names if it is not there yet, then runs under Node 24
// whatever Node started this. Plain JavaScript without dependencies, for any Node from 20.19 on. Standard output belongs to
// the command that is run.
import { spawn, spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { fileURLToPath } from "node:url"

const ROOT = dirname(fileURLToPath(import.meta.url))
const MODULES = join(ROOT, "node_modules")
const STAMP = join(MODULES, ".linchpin-stamp")
/** Beside node_modules, not in it: an installation may remove that. */
const LOCK = join(ROOT, ".linchpin-install")
const STALE_MS = 60_000
const NEEDED_MAJOR = 24

const complain = (text) => process.stderr.write(`${text}\n`)
const wanted = () =>
  createHash("sha256")
    .update(readFileSync(join(ROOT, "package-lock.json")))
    .digest("hex")
const read = (path) => {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return null
  }
}

/** Of several that start on a bare clone, one installs and the others wait. Whoever holds the lock touches it; one not touched for a minute was left by the dead. */
async function install() {
  const hash = wanted()
  for (let told = false; read(STAMP) !== hash; ) {
    try {
      mkdirSync(LOCK)
    } catch (error) {
      if (error.code !== "EEXIST") throw error
      if (!told) complain("Waiting for another installation …")
      told = true
      if (ageOf(LOCK) > STALE_MS) takeAway(LOCK)
      await wait(250)
      continue
    }
    const free = () => rmSync(LOCK, { recursive: true, force: true })
    const stop = () => {
      free()
      process.exit(130)
    }
    const touch = setInterval(() => utimesSync(LOCK, new Date(), new Date()), STALE_MS / 6)
    process.on("SIGINT", stop).on("SIGTERM", stop)
    process.once("exit", free)
    if (read(STAMP) !== hash) await npmInstall(hash)
    clearInterval(touch)
    process.off("SIGINT", stop).off("SIGTERM", stop).off("exit", free)
    free()
  }
}

/** A rename is one act: of two who find the same stale lock, the second gets a fresh one into its hands and puts it back. */
function takeAway(lock) {
  const aside = `${lock}.${process.pid}`
  try {
    renameSync(lock, aside)
    if (ageOf(aside) > STALE_MS) rmSync(aside, { recursive: true, force: true })
    else renameSync(aside, lock)
  } catch (error) {
    if (error.code !== "ENOENT" && error.code !== "EEXIST" && error.code !== "ENOTEMPTY") throw error
  }
}

function ageOf(path) {
  try {
    return Date.now() - statSync(path).mtimeMs
  } catch {
    return 0
  }
}

async function npmInstall(hash) {
  complain("Installing what package-lock.json names …")
  // Not `npm ci`: it refuses a lock file made where the packages of other platforms were not to be had. This keeps to the lock's versions too.
  const args = ["install", "--no-save", "--include=optional", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]
  // The npm that runs this script, if one does: it need not be on the path.
  const npm =
    process.env.npm_execpath && /npm-cli\.[cm]?js$/.test(process.env.npm_execpath)
      ? [process.execPath, [process.env.npm_execpath, ...args]]
      : ["npm", args]
  const child = spawn(npm[0], npm[1], {
    cwd: ROOT,
    stdio: ["ignore", process.stderr, process.stderr],
    shell: process.platform === "win32" && npm[0] === "npm",
  })
  const code = await new Promise((resolve) => {
    child.once("error", (error) => {
      complain(String(error))
      resolve(1)
    })
    child.once("exit", (status) => resolve(status ?? 1))
  })
  if (code !== 0) {
    complain("npm install failed: what stands above tells why. Once that is mended, run the same command again.")
    process.exit(5)
  }
  mkdirSync(MODULES, { recursive: true })
  writeFileSync(STAMP, hash)
}

/** Node 24 from the installed package, else this one if it is new enough. */
function node24() {
  const windows = process.platform === "win32"
  for (const path of [
    join(MODULES, ".bin", windows ? "node.exe" : "node"),
    join(MODULES, `node-${windows ? "win" : process.platform}-${process.arch}`, "bin", windows ? "node.exe" : "node"),
  ]) {
    if (!existsSync(path)) continue
    const tried = spawnSync(path, ["--version"], { encoding: "utf8" })
    if (tried.status === 0 && majorOf(tried.stdout) >= NEEDED_MAJOR) return path
  }
  if (majorOf(process.version) >= NEEDED_MAJOR) return process.execPath
  complain(
    `Node ${NEEDED_MAJOR} is needed. There is no package of it for ${process.platform}-${process.arch} here, and this is Node ${process.version}. Install Node ${NEEDED_MAJOR} and run again.`,
  )
  process.exit(5)
}

const majorOf = (version) => Number(/^v(\d+)/.exec(version.trim())?.[1] ?? 0)

/** Relative paths start where the person stands, also when npm changed to the package's own folder. */
function folderOf(command) {
  const typed = process.env.npm_lifecycle_event === command && process.env.npm_package_json === join(ROOT, "package.json")
  return (typed && process.env.INIT_CWD) || process.cwd()
}

function run(program, args, cwd) {
  const child = spawn(program, args, {
    cwd,
    stdio: "inherit",
    env: {
      // What Node compiled once it need not compile at each command.
      NODE_COMPILE_CACHE: join(MODULES, ".cache", "compiled"),
      ...process.env,
      PATH: `${join(MODULES, ".bin")}${process.platform === "win32" ? ";" : ":"}${process.env.PATH ?? ""}`,
    },
  })
  // A terminal sends its interrupt to the whole group: the child has it already, and decides when to end.
  process.on("SIGINT", () => undefined)
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => {
    child.once("error", (error) => {
      complain(String(error))
      resolve(5)
    })
    child.once("exit", (code, signal) => resolve(signal ? 128 + ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 1) : code))
  })
}

const bin = (...path) => join(MODULES, ...path)
const CLI = join(ROOT, "src", "shells", "cli", "main.ts")

/** What is formatted and linted: code, not pages. */
const CODE = ["src", "demo", "test", "bench", "web", "docs/failures.mjs", "run.mjs", "vitest.config.ts"]

const COMMANDS = {
  linchpin: (args) => [[CLI, ...args]],
  demo: (args) => [[CLI, "demo", ...args]],
  test: (args) => [[bin("vitest", "vitest.mjs"), "run", ...args]],
  check: () => [
    [bin("typescript", "bin", "tsc"), "-p", ROOT],
    ...(existsSync(join(ROOT, "web", "tsconfig.json")) ? [[bin("typescript", "bin", "tsc"), "-p", join(ROOT, "web")]] : []),
    [bin("@biomejs", "biome", "bin", "biome"), "check", "--diagnostic-level=error", ...CODE.filter((path) => existsSync(join(ROOT, path)))],
    [bin("knip", "bin", "knip.js"), "--no-progress"],
    [bin("vitest", "vitest.mjs"), "run", "test/layers.test.ts", "test/house"],
  ],
}

const [command, ...args] = process.argv.slice(2)
if (!Object.hasOwn(COMMANDS, command ?? "")) {
  complain(`node run.mjs ${Object.keys(COMMANDS).join("|")} [arguments]`)
  process.exit(2)
}
await install()
const program = node24()
const cwd = command === "linchpin" || command === "demo" ? folderOf(command) : ROOT
let worst = 0
for (const step of COMMANDS[command](args)) worst = (await run(program, step, cwd)) || worst
process.exitCode = worst
