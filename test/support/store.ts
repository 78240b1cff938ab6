import { execFileSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import pg from "pg"
import * as access from "#access"
import { type App, openApp } from "#app"
import * as journal from "#journal"
import { openStore, type Store, type StoreOptions } from "#store"
import { Failure } from "#vocabulary/failure"
import type { Classification } from "#vocabulary/markings"
import { INVESTIGATION_ROLES, type Role } from "#vocabulary/roles"

/** A temporary folder, and with DATABASE_URL a fresh database on that server beside it. */
export interface Ground {
  folder: string
  databaseUrl: string | undefined
  /** What a child process needs in its environment to open the same ground. */
  env: NodeJS.ProcessEnv
  remove(): Promise<void>
}

const SERVER = process.env.DATABASE_URL

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: SERVER })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** Makes a ground. `nodeKey` fixes public ids, so that two grounds can be compared; `migrated` gives it a register that a first start of the whole application has made. */
export async function ground(options: { nodeKey?: Buffer; migrated?: boolean } = {}): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), "linchpin-test-"))
  if (options.nodeKey) writeFileSync(join(folder, "node.key"), options.nodeKey, { mode: 0o600 })
  const template = process.env.LINCHPIN_TEST_REGISTER
  if (options.migrated && template && !SERVER) {
    // Twice as fast as Node's own copying of a tree.
    execFileSync("cp", ["-R", template, join(folder, "register")])
    chmodSync(join(folder, "register"), 0o700)
  }
  let databaseUrl: string | undefined
  const name = `linchpin_test_${randomBytes(6).toString("hex")}`
  if (SERVER) {
    await onServer(`create database ${name}`)
    const url = new URL(SERVER)
    url.pathname = `/${name}`
    databaseUrl = url.href
  }
  const { DATABASE_URL: _, ...rest } = process.env
  return {
    folder,
    databaseUrl,
    env: databaseUrl ? { ...rest, DATABASE_URL: databaseUrl } : rest,
    remove: async () => {
      if (databaseUrl) await onServer(`drop database if exists ${name} with (force)`)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export interface TestStore extends Store {
  ground: Ground
  /** Closes the store and removes its ground. */
  end(): Promise<void>
}

/** A store in a ground of its own. */
export async function testStore(options: Partial<StoreOptions> = {}): Promise<TestStore> {
  const own = await ground()
  const store = await openStore({ ...options, folder: own.folder, databaseUrl: own.databaseUrl })
  return {
    ...store,
    ground: own,
    end: async () => {
      await store.close()
      await own.remove()
    },
  }
}

export interface TestApp extends App {
  ground: Ground
  caller: access.Caller
  /** Asks a procedure and gives its value: a job is waited for, rows are collected. Throws the Failure. */
  ask<T = unknown>(name: string, input: unknown, by?: access.Caller): Promise<T>
  /** Closes the app; the ground stays. */
  close(): Promise<void>
  /** Closes the app and removes its ground. */
  end(): Promise<void>
}

/** 12:00 UTC on the day of the first commit: tests that fix the clock share it. */

/** Everything composed, in a ground of its own or the given one, with the worker in this process. */
export async function testApp(options: { ground?: Ground; clock?: () => number } = {}): Promise<TestApp> {
  const own = options.ground ?? (await ground({ migrated: true }))
  const app = await openApp({
    folder: own.folder,
    databaseUrl: own.databaseUrl,
    worker: false,
    ...(options.clock ? { clock: options.clock } : {}),
  })
  const gate = access.gate({ store: app.store, procedures: app.gate.procedures, checkOutput: true })
  const { caller } = app
  if (!caller) throw new Error("people sign in on this ground: open it with openApp")
  const stop = new AbortController()
  const working = app.store.jobs.work(gate.handlers, stop.signal)
  const close = async () => {
    stop.abort()
    await working
    await app.close()
  }
  return {
    ...app,
    caller,
    gate,
    ground: own,
    close,
    ask: <T>(name: string, input: unknown, by?: access.Caller) => answerOf<T>(gate, app, name, input, by ?? caller),
    end: async () => {
      await close()
      await own.remove()
    },
  }
}

async function answerOf<T>(gate: access.Gate, { store }: App, name: string, input: unknown, caller: access.Caller): Promise<T> {
  const answer = await gate.invoke(name, { input, caller })
  switch (answer.shape) {
    case "value":
      return answer.value as T
    case "rows":
      return (await Array.fromAsync(answer.rows)) as T
    case "bytes":
      return Buffer.concat((await Array.fromAsync(answer.bytes.body)) as Uint8Array[]) as T
    case "job": {
      for await (const job of store.jobs.watch(answer.job))
        if (job.failure) {
          const { code, message, ...more } = job.failure
          throw new Failure(code as `invalid.${string}`, message, more)
        } else if (job.state === "done") return job.result as T
      throw new Error(`${name} was stopped`)
    }
    default:
      throw new Error(`${name} has no value`)
  }
}

/** Opens an investigation under an id of the test's choice: ids of what it holds follow from that, the node's key and the evidence. */
export async function openInvestigationAs(app: Pick<TestApp, "store" | "caller">, id: string, name: string): Promise<void> {
  await app.store.register.transaction(async (tx) => {
    await tx.query("insert into investigation (id, name, title, opened_by, opened_at) values ($1, $2, $2, $3, $4)", [
      id,
      name,
      app.caller.id,
      new Date(app.store.clock()),
    ])
    await tx.query(
      "insert into role_grant (person, investigation, role, granted_by, granted_at) select $1, $2, r, $1, $4 from unnest($3::text[]) r",
      [app.caller.id, id, INVESTIGATION_ROLES, new Date(app.store.clock())],
    )
  })
}

/** Somebody of the tests: enters him with these roles, `null` for those on the node, and gives him as a caller who just signed in. */
export async function personAs(
  { store }: Pick<App, "store">,
  init: {
    id: string
    roles: readonly { role: Role; investigation: string | null }[]
    organisation?: string
    team?: string
    clearance?: Classification
  },
): Promise<access.Caller> {
  const { id, organisation = "local", team = "blue", clearance = "TOP SECRET" } = init
  return store.register.transaction(async (tx) => {
    await tx.query("insert into organisation (id, name) values ($1, $1) on conflict do nothing", [organisation])
    await tx.query("insert into person (id, name, organisation, team, clearance) values ($1, $1, $2, $3, $4) on conflict do nothing", [
      id,
      organisation,
      team,
      clearance,
    ])
    // These tests take in from folders that they make.
    await tx.query("insert into node_setting (key, value) values ('intake-folder', $1) on conflict do nothing", [tmpdir()])
    for (const { role, investigation } of init.roles)
      await tx.query(
        "insert into role_grant (person, investigation, role, granted_by, granted_at) values ($1, $2, $3, $1, $4) on conflict do nothing",
        [id, investigation, role, new Date(store.clock())],
      )
    return access.callerOf(tx, id, { via: "session", provedAt: store.clock(), scopes: null })
  })
}

/** Writes files into a new folder, sub-folders made as needed; gives the folder. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array | object>>): string {
  const folder = mkdtempSync(join(tmpdir(), "linchpin-files-"))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), typeof content === "string" || content instanceof Uint8Array ? content : JSON.stringify(content))
  }
  return folder
}

/** What every intake of these tests says of its things. */
export const GROUNDS = { authority: "warrant 7 (invented)", grade: "1A", handling: "P" } as const

export interface IntakeFile {
  path: string
  sha256: string
  format: string | null
  read: Record<string, number>
  detail: Record<string, number>
  there: number
  rejected: number
  exhibit: string
  item: string
  state: string
  undecided: boolean
  held: boolean
  notes: string[]
}

/** Takes paths in, with the usual grounds unless said otherwise. */
export async function take(app: TestApp, investigation: string, paths: readonly string[], more: object = {}): Promise<IntakeFile[]> {
  return (await app.ask<{ files: IntakeFile[] }>("records.intake", { paths, investigation, ...GROUNDS, ...more })).files
}

/** All entries of the journal, both trees. */
export async function journalOf(app: App): Promise<journal.Numbered[]> {
  await journal.sequence(app.store.register)
  const trees = await Promise.all(journal.TREES.map((tree) => journal.readEntries(app.store.register.read, tree, 0, 100_000)))
  return trees.flat()
}

/** The failure that a promise ends in; an Error when it does not end in one. */
export async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  try {
    await promise
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error("it did not fail")
}
