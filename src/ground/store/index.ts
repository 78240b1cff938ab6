/**
 * Owns what lasts: the register (PostgreSQL), the vault (originals by hash), segments (Parquet, listed in the register), the
 * engine over them, derived folders and jobs. Knows no entity type and no rule of a stage.
 */
import { randomBytes } from "node:crypto"
import { chmodSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { Failure } from "#vocabulary/failure"
import { type Derived, derivedMigrations, openDerived } from "./derived.ts"
import { type Engine, type EngineOptions, openEngines } from "./engine.ts"
import { type Jobs, jobMigrations, openJobs } from "./jobs.ts"
import { assertNoDrift, describeSchema, type Migration, migrate } from "./migrations.ts"
import { isAlive } from "./process.ts"
import { openRegister, type Register } from "./register.ts"
import { openSegments, type Segments, segmentMigrations } from "./segments.ts"
import { openVault, type Vault, vaultMigrations } from "./vault.ts"

export { canonical } from "./derived.ts"
export {
  appendRows,
  type Cell,
  createTable,
  type Engine,
  fill,
  type Layout,
  literal,
  quoted,
  type Row,
  type SegmentType,
  type Value,
} from "./engine.ts"
export type { Job, JobContext, JobHandler, Jobs, Progress } from "./jobs.ts"
export { describeSchema, type Migration } from "./migrations.ts"
export type { Classes, Register, Tx } from "./register.ts"
export type { Loss, Rewriting, Scope, Segment, SegmentWriter } from "./segments.ts"
export type { Destroyed, Staged, Vault } from "./vault.ts"

export interface Store {
  register: Register
  vault: Vault
  segments: Segments
  derived: Derived
  jobs: Jobs
  /** An engine of its own for one piece of work; the caller closes it. */
  engine(options?: EngineOptions): Promise<Engine>
  /** A file path below the data folder that nothing else uses; removed at the latest when the store is opened alone. */
  scratch(suffix?: string): string
  /** Removes scratch files and spill of processes that are no more. */
  sweepScratch(): number
  /** 32 secret bytes of this node: public ids are hashes under it. */
  nodeKey: Buffer
  folder: string
  /** UTC milliseconds; injected in tests. */
  clock: () => number
  close(): Promise<void>
}

export interface StoreOptions {
  folder: string
  /** A PostgreSQL 15 or later with a database of its own; embedded when absent. */
  databaseUrl?: string | undefined
  /** Migrations of the other folders, in order, after the store's own. */
  migrations?: readonly Migration[]
  /** The declared schema (`describeSchema` lines); checked when given. */
  schema?: readonly string[] | undefined
  clock?: () => number
}

export const storeMigrations: readonly Migration[] = [...vaultMigrations, ...segmentMigrations, ...jobMigrations, ...derivedMigrations]

function readNodeKey(folder: string): Buffer {
  const path = join(folder, "node.key")
  if (!existsSync(path)) {
    const aside = `${path}.${randomBytes(4).toString("hex")}`
    writeFileSync(aside, randomBytes(32), { mode: 0o600, flag: "wx", flush: true })
    try {
      linkSync(aside, path) // fails when another process was first: its key counts
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
    } finally {
      rmSync(aside)
    }
  }
  if ((statSync(path).mode & 0o077) !== 0)
    throw new Failure("unavailable.key-readable-by-others", "The node's key file may be read by others.", {
      at: path,
      hint: `chmod 600 ${path}`,
    })
  return readFileSync(path)
}

/** A process of another that took the number of a dead one keeps the dead one's files until the folder is opened alone. */
function sweepScratch(folder: string): number {
  let swept = 0
  for (const name of readdirSync(join(folder, "tmp"))) {
    const pid = Number(/^(?:engine-)?(\d+)-/.exec(name)?.[1] ?? Number.NaN)
    if (Number.isNaN(pid) || isAlive(pid)) continue
    rmSync(join(folder, "tmp", name), { recursive: true, force: true })
    swept++
  }
  return swept
}

/**
 * Opens everything below `folder`, making it where it is not there. When no other process has the folder open, what an
 * earlier one left unfinished is swept away: staged files, unlisted segments, half-made derived folders.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const folder = resolve(options.folder)
  mkdirSync(join(folder, "tmp"), { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  const nodeKey = readNodeKey(folder)
  const { register, asOwner, alone } = await openRegister(folder, options.databaseUrl)
  try {
    await asOwner(async (tx) => {
      await migrate(tx, [...storeMigrations, ...(options.migrations ?? [])])
      if (options.schema) assertNoDrift(await describeSchema(tx), options.schema)
    })
    const vault = openVault(join(folder, "vault"), register, nodeKey)
    const engines = openEngines(folder)
    const segments = openSegments(folder, register, engines)
    const derived = openDerived(folder, register)
    await alone(async () => {
      await vault.sweep()
      await segments.sweep()
      await derived.sweep()
      for (const name of readdirSync(join(folder, "tmp"))) rmSync(join(folder, "tmp", name), { recursive: true, force: true })
    })
    return {
      register,
      vault,
      segments,
      derived,
      nodeKey,
      folder,
      jobs: openJobs(register, nodeKey, options.clock ?? Date.now),
      engine: engines.open,
      scratch: (suffix = "") => join(folder, "tmp", `${process.pid}-${randomBytes(9).toString("hex")}${suffix}`),
      sweepScratch: () => sweepScratch(folder),
      clock: options.clock ?? Date.now,
      close: async () => {
        engines.close()
        await register.close()
      },
    }
  } catch (error) {
    await register.close()
    throw error
  }
}
