import { spawn } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import * as access from "#access"
import * as entities from "#entities"
import * as evidence from "#evidence"
import * as journal from "#journal"
import * as network from "#network"
import * as plan from "#plan"
import * as records from "#records"
import * as retention from "#retention"
import * as safeguards from "#safeguards"
import * as signIn from "#sign-in"
import { openStore, type Store } from "#store"
import { Failure } from "#vocabulary/failure"
import { demo } from "./demo.ts"

/** Every procedure, in the order in which help and the workplace list them. */
export const PROCEDURES: readonly access.Procedure[] = [
  ...access.procedures,
  ...signIn.procedures,
  ...evidence.procedures,
  ...records.procedures,
  ...entities.procedures,
  ...safeguards.procedures,
  ...network.procedures,
  ...plan.procedures,
  ...retention.procedures,
  demo,
]

export const MIGRATIONS = [
  ...journal.migrations,
  ...access.migrations,
  ...evidence.migrations,
  ...records.migrations,
  ...entities.migrations,
  ...safeguards.migrations,
  ...signIn.migrations,
  ...network.migrations,
  ...plan.migrations,
  ...retention.migrations,
]

export interface AppOptions {
  folder: string
  databaseUrl?: string | undefined
  /** False in the worker itself. */
  worker?: boolean
  /** False where another process of this folder looks for signs of risk to life. */
  watch?: boolean
  clock?: () => number
}

export interface App {
  gate: access.Gate
  store: Store
  /** The one user of a node without sign-in; null where people sign in. */
  caller: access.Caller | null
  close(): Promise<void>
}

/** The declared schema; kept beside this file and compared with the live one at each start. */
export const SCHEMA_FILE = join(import.meta.dirname, "schema.json")

/** Opens a data folder with everything in it. Jobs that an earlier process left go on. */
export async function openApp(options: AppOptions): Promise<App> {
  const store = await openStore({
    folder: options.folder,
    databaseUrl: options.databaseUrl,
    migrations: MIGRATIONS,
    schema: JSON.parse(readFileSync(SCHEMA_FILE, "utf8")) as string[],
    ...(options.clock ? { clock: options.clock } : {}),
  })
  const gate = access.gate({ store, procedures: PROCEDURES })
  const stopSequencing = journal.keepSequencing(store.register, (error) => process.stderr.write(`journal: ${(error as Error).message}\n`))
  const stopWatching =
    options.watch === false
      ? () => undefined
      : await safeguards.keepWatch(store, (error) => process.stderr.write(`watch for risk to life: ${(error as Error).message}\n`))
  let worker: ReturnType<typeof spawn> | undefined
  if (options.worker !== false) {
    store.jobs.onWorkWaiting(() => {
      if (worker) return
      worker = spawn(process.execPath, ["--max-old-space-size=2048", join(import.meta.dirname, "worker.ts"), store.folder], {
        stdio: ["ignore", "ignore", "inherit", "ipc"],
        env: { ...process.env, ...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}) },
      })
      worker.once("exit", () => {
        worker = undefined
      })
    })
    await store.jobs.resume()
  }
  const caller = await access.localCaller(store.register.read).catch((error: unknown) => {
    if (error instanceof Failure && error.code === "refused.not-signed-in") return null
    throw error
  })
  return {
    gate,
    store,
    caller,
    close: async () => {
      const running = worker
      if (running?.connected) {
        const ended = new Promise((done) => running.once("exit", done))
        running.disconnect()
        await ended
      }
      await stopWatching()
      await stopSequencing()
      await store.close()
    },
  }
}
