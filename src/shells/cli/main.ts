import { readFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { openApp, PROCEDURES } from "#app"
import { run } from "./run.ts"

const ROOT = join(import.meta.dirname, "../../..")

const stop = new AbortController()
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => {
    if (stop.signal.aborted) process.exit(130)
    stop.abort()
  })
// A reader that went away (`| head`) ends the command without a word.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0)
  throw error
})

process.exitCode = await run(
  process.argv.slice(2),
  {
    procedures: PROCEDURES,
    token: process.env.LINCHPIN_TOKEN || undefined,
    open: (folder) => openApp({ folder, databaseUrl: process.env.DATABASE_URL }),
    workplace: async () => {
      const { buildWorkplace } = (await import(pathToFileURL(join(ROOT, "web", "build.mjs")).href)) as {
        buildWorkplace: () => Promise<{ folder: string }>
      }
      return (await buildWorkplace()).folder
    },
    release: (JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string }).version,
  },
  { stdout: process.stdout, stderr: process.stderr, folder: process.cwd(), signal: stop.signal },
)
