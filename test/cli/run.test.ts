import { spawn, spawnSync } from "node:child_process"
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"

/** A clone with nothing to install, whose command line tells how it was started. */
let clone: string
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), "linchpin-clone-"))
  chmodSync(clone, 0o700)
  copyFileSync(join(import.meta.dirname, "../../run.mjs"), join(clone, "run.mjs"))
  writeFileSync(join(clone, "package.json"), '{"name":"clone","version":"1.0.0","private":true}')
  writeFileSync(
    join(clone, "package-lock.json"),
    '{"name":"clone","version":"1.0.0","lockfileVersion":3,"requires":true,"packages":{"":{"name":"clone","version":"1.0.0"}}}',
  )
  const main = join(clone, "src/shells/cli/main.ts")
  mkdirSync(dirname(main), { recursive: true })
  writeFileSync(
    main,
    `const words: string[] = process.argv.slice(2)
if (words[0] === "wait") {
  process.on("SIGTERM", () => { process.stdout.write("ended"); process.exit(7) })
  setInterval(() => undefined, 1000)
  process.stdout.write("up ")
} else {
  process.stdout.write(JSON.stringify({ words, cwd: process.cwd(), node: process.version }))
  process.exitCode = Number(words.at(-1)) || 0
}`,
  )
})
afterEach(() => rmSync(clone, { recursive: true, force: true }))

const environment = (more: Record<string, string> = {}) => ({
  PATH: process.env.PATH ?? "",
  HOME: clone,
  npm_config_cache: join(clone, ".cache"),
  npm_config_update_notifier: "false",
  ...more,
})
const start = (args: readonly string[], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, [join(clone, "run.mjs"), ...args], { cwd: clone, encoding: "utf8", env: environment(env) })

test("a bare clone installs once, with clean standard output and the command's exit code", () => {
  const first = start(["linchpin", "rank", "--json", "3"])
  expect([first.status, JSON.parse(first.stdout)]).toEqual([3, { words: ["rank", "--json", "3"], cwd: clone, node: process.version }])
  expect(first.stderr).toContain("Installing")
  const second = start(["demo", "--no-serve"])
  expect([second.status, JSON.parse(second.stdout).words, second.stderr]).toEqual([0, ["demo", "--no-serve"], ""])
  writeFileSync(join(clone, "package-lock.json"), `${readFileSync(join(clone, "package-lock.json"), "utf8")}\n`)
  expect(start(["linchpin"]).stderr).toContain("Installing")
  expect(existsSync(join(clone, ".linchpin-install"))).toBe(false)
})

const OLDER = ["/usr/bin/node", "/usr/local/bin/node"].find(
  (p) => existsSync(p) && /^v(20|22)\./.test(spawnSync(p, ["--version"], { encoding: "utf8" }).stdout),
)

test.skipIf(!OLDER)("started by a Node 20 or 22 of the machine, it runs under the installed 24; without one the cure is named", () => {
  start(["linchpin"])
  mkdirSync(join(clone, "node_modules/.bin"), { recursive: true })
  symlinkSync(process.execPath, join(clone, "node_modules/.bin/node"))
  const lifted = spawnSync(OLDER!, [join(clone, "run.mjs"), "linchpin"], { encoding: "utf8", env: environment() })
  expect(JSON.parse(lifted.stdout).node).toBe(process.version)
  rmSync(join(clone, "node_modules/.bin/node"))
  const without = spawnSync(OLDER!, [join(clone, "run.mjs"), "linchpin"], { encoding: "utf8", env: environment() })
  expect([without.status, without.stdout, without.stderr.includes("Node 24 is needed")]).toEqual([5, "", true])
})

test("paths start where the person stood when npm ran the script", () => {
  const elsewhere = mkdtempSync(join(tmpdir(), "linchpin-there-"))
  const npm = { npm_lifecycle_event: "linchpin", npm_package_json: join(clone, "package.json"), INIT_CWD: elsewhere }
  expect(JSON.parse(start(["linchpin"], npm).stdout).cwd).toBe(elsewhere)
  expect(JSON.parse(start(["linchpin"], { ...npm, npm_package_json: join(elsewhere, "package.json") }).stdout).cwd).toBe(clone)
  rmSync(elsewhere, { recursive: true })
})

test("of several that start at once on a bare clone one installs, also past a lock left by the dead", async () => {
  mkdirSync(join(clone, ".linchpin-install"))
  utimesSync(join(clone, ".linchpin-install"), new Date(0), new Date(0))
  const runs = await Promise.all(
    [1, 2, 3].map(
      () =>
        new Promise<{ code: number | null; err: string }>((resolve) => {
          const child = spawn(process.execPath, [join(clone, "run.mjs"), "linchpin"], { cwd: clone, env: environment() })
          let err = ""
          child.stderr.on("data", (part) => {
            err += part
          })
          child.once("close", (code) => resolve({ code, err }))
        }),
    ),
  )
  expect(runs.map((r) => r.code)).toEqual([0, 0, 0])
  expect(runs.filter((r) => r.err.includes("Installing")).length).toBe(1)
})

test("a signal goes on to the command, and its exit code comes back", async () => {
  start(["linchpin"])
  const child = spawn(process.execPath, [join(clone, "run.mjs"), "linchpin", "wait"], { cwd: clone, env: environment() })
  let out = ""
  const code = await new Promise((resolve) => {
    child.stdout.on("data", (part) => {
      out += part
      if (out === "up ") child.kill("SIGTERM")
    })
    child.once("close", resolve)
  })
  expect([code, out]).toEqual([7, "up ended"])
})

test("an unknown command is invalid", () => {
  expect(start(["dmeo"]).status).toBe(2)
})
