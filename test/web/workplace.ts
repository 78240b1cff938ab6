import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core"
import { openApp } from "#app"
import { serve } from "#server"
import { buildWorkplace } from "../../web/build.mjs"

const require = createRequire(import.meta.url)

/** Folder of the packaged browser; null where the package is not installed. */
const packaged = ((): string | null => {
  try {
    return dirname(require.resolve("@sparticuz/chromium/package.json"))
  } catch {
    return findUp()
  }
})()

/** The package may not export its package.json. */
function findUp(): string | null {
  const path = join(import.meta.dirname, "../../node_modules/@sparticuz/chromium")
  return existsSync(path) ? path : null
}

/** Whether the journeys can run here: the packaged browser is for Linux on x64. */
export const BROWSER = packaged !== null && process.platform === "linux" && process.arch === "x64"
/** Goes into the name of each journey, so that a skipped one says why. */
export const ON_BROWSER = BROWSER ? "" : " (skipped: the package @sparticuz/chromium is not here, or not for this machine)"

/** The browser draws WebGL on the processor: a loaded machine needs this long for a journey. */
export const PATIENCE_MS = 300_000

const ARGS = [
  "--no-sandbox",
  "--headless=shell",
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
  "--disable-dev-shm-usage",
]

/** The package unpacks into a folder of TMPDIR and takes whatever lies there, of whatever version: so the folder says the version. */
async function executable(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(packaged!, "package.json"), "utf8")) as { version: string }
  const before = process.env.TMPDIR
  const folder = join(tmpdir(), `linchpin-chromium-${version}`)
  mkdirSync(folder, { recursive: true })
  process.env.TMPDIR = folder
  try {
    const { default: packed } = await import("@sparticuz/chromium")
    return await packed.executablePath()
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}

export interface Workplace {
  browser: Browser
  url: string
  /** A signed-in window of its own. */
  enter(options?: Parameters<Browser["newContext"]>[0]): Promise<{ page: Page; context: BrowserContext; complaints: string[] }>
  /** Asks the node under the window's session. */
  ask<T>(page: Page, name: string, input: object): Promise<T>
  /** Takes in under a ground that suffices, and waits until it is done. */
  takenIn(page: Page, input: object): Promise<void>
  close(): Promise<void>
}

/** Builds the workplace, serves it over an empty data folder (or `folder`) and starts a browser. */
export async function openWorkplace(folder?: string): Promise<Workplace> {
  const { folder: staticFolder } = await buildWorkplace({ say: () => undefined })
  const data = folder ?? mkdtempSync(join(tmpdir(), "linchpin-web-"))
  const app = await openApp({ folder: data })
  const served = await serve({ app: app.gate, port: 0, staticFolder, limits: { requests: 100_000 } })
  const browser = await chromium.launch({ executablePath: await executable(), args: ARGS })
  const post = (page: Page, name: string, data: object) =>
    page.request.post(`${served.url}/api/${name}`, { data, headers: { origin: served.url }, timeout: PATIENCE_MS })
  let cookies: Awaited<ReturnType<BrowserContext["cookies"]>> = []
  return {
    browser,
    url: served.url,
    enter: async (options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", ...options })
      const page = await context.newPage()
      const complaints: string[] = []
      page.on("console", (m) => {
        if (m.type() === "error" || /\bkey\b.*(missing|returned an object)/i.test(m.text())) complaints.push(m.text())
      })
      page.on("pageerror", (e) => complaints.push(e.message))
      // The token works once; every later window gets its session.
      if (cookies.length === 0) {
        await page.goto(`${served.url}/enter?token=${served.token}`)
        cookies = await context.cookies()
      } else {
        await context.addCookies(cookies)
        await page.goto(`${served.url}/`)
      }
      return { page, context, complaints }
    },
    ask: async <T>(page: Page, name: string, input: object) => (await (await post(page, name, input)).json()) as T,
    takenIn: async (page, input) => {
      const started = await post(page, "records/intake", { authority: "Warrant 1", grade: "1A", handling: "P", ...input })
      const { job } = (await started.json()) as { job: string }
      // The stream ends with the job.
      await post(page, "jobs/follow", { job })
    },
    close: async () => {
      await browser.close()
      await served.close()
      await app.close()
      if (folder === undefined) rmSync(data, { recursive: true, force: true })
    },
  }
}

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8")

interface Violation {
  id: string
  impact: string
  nodes: { target: string[]; failureSummary: string }[]
}

/** Serious and critical faults of accessibility of what the page shows, by axe. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const found = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as { violations: Violation[] }
  return found.violations
    .filter((v) => v.impact === "serious" || v.impact === "critical")
    .flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(" ")}: ${n.failureSummary.replaceAll("\n", " ")}`))
}
