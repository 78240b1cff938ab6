/** The process that does jobs. Ends when its parent goes away or lets go of it. */
import { openApp } from "./compose.ts"

const folder = process.argv[2]
if (!folder) throw new Error("usage: worker.ts DATA")
const ending = new AbortController()
process.once("disconnect", () => ending.abort())
process.once("SIGTERM", () => ending.abort())
process.once("SIGINT", () => undefined)

const app = await openApp({ folder, databaseUrl: process.env.DATABASE_URL, worker: false, watch: false })
try {
  await app.store.jobs.work(app.gate.handlers, ending.signal)
} finally {
  await app.close()
}
process.exit(0)
