import pg from "pg"
import { Failure } from "#vocabulary/failure"
import { embeddedIn } from "./postgres.ts"

/** One connection inside one transaction, or the pool for a single statement. */
export interface Tx {
  query<R extends pg.QueryResultRow = pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<R>>
}

/** The access classes under which a statement runs. Row-level security shows rows of these only; without any, none. */
export type Classes = readonly number[] | "all"

/** The system of record. Rows that belong to an access class are seen only through `transaction(run, classes)`. */
export interface Register {
  /** Single statements on tables without access classes. Sees no row of a table that has them. */
  readonly read: Tx
  /** Commits when `run` returns, rolls back when it throws. Serialisation failures are the caller's (`conflict`). */
  transaction<T>(run: (tx: Tx) => Promise<T>, classes?: Classes): Promise<T>
  /** Listens on a channel until the returned function is called. */
  listen(channel: string, onNotify: (payload: string) => void): Promise<() => Promise<void>>
  /** A session-level lock on a connection of its own; null when somebody else holds it. Freed also when this process dies. */
  tryLock(name: string): Promise<(() => Promise<void>) | null>
  /** Whether anybody holds the lock. Asks without taking it, so that whoever comes to take it is not turned away. */
  isLocked(name: string): Promise<boolean>
  /**
   * Writes these tables anew, with the server's statistics of cells, and lets go of the log behind them, so that no dead row keeps
   * what was deleted. Waits half a minute for a table at most. Tells what the server's rights did not permit.
   */
  scrub(tables: readonly string[]): Promise<{ done: string[]; left: { what: string; why: string }[] }>
  /** An embedded server that nobody else uses ends too, and has ended by then. */
  close(): Promise<void>
}

/** The role under which everything but migrations runs. It cannot change the journal's rows. */
export const APP_ROLE = "linchpin_app"

async function ensureDatabase(socketFolder: string): Promise<void> {
  const client = await connected({ host: socketFolder, user: "linchpin", database: "postgres" })
  try {
    const found = await client.query("select 1 from pg_database where datname = 'linchpin'")
    if (found.rowCount === 0) await client.query("create database linchpin")
  } catch (error) {
    if (!["42P04", "23505"].includes((error as pg.DatabaseError).code ?? "")) throw error
  } finally {
    await client.end()
  }
}

/** A name as a lock key: two processes that use one word use one lock. */
const LOCK_KEY = "('x' || substr(md5(current_database() || $1), 1, 16))::bit(64)::bigint"
/** Shared by every process that has the data folder open. */
const FOLDER = "folder"

export interface Opened {
  register: Register
  /** Runs with the owner's rights: migrations only. */
  asOwner<T>(run: (tx: Tx) => Promise<T>): Promise<T>
  /** Runs while no other process has the data folder open and keeps others from opening it; false, without running, where one has. */
  alone(run: () => Promise<void>): Promise<boolean>
}

/** Opens the register on `databaseUrl`, or on the embedded server in `DATA/register`. */
export async function openRegister(dataFolder: string, databaseUrl: string | undefined): Promise<Opened> {
  const server = databaseUrl ? null : embeddedIn(dataFolder)
  const config = server ? { host: server.socketFolder, user: "linchpin", database: "linchpin" } : { connectionString: databaseUrl }
  const held = await connecting(async () => {
    await server?.start()
    if (server) await ensureDatabase(server.socketFolder)
    return holdFolder(config)
  })
  const connect = () => connecting(() => connected(config))
  // The app never runs with the owner's rights: the role is set as each connection opens (migrations made it).
  const pool = new pg.Pool({ ...config, options: `-c role=${APP_ROLE}`, max: 12, idleTimeoutMillis: 10_000, allowExitOnIdle: true })
  pool.on("error", () => undefined)
  pool.on("connect", (client) => {
    client.on("error", () => undefined)
  })
  const closers = new Set<() => Promise<void>>()

  const asOwner = async <T>(run: (tx: Tx) => Promise<T>): Promise<T> => {
    const client = await connect()
    try {
      return await inTransaction(client, run)
    } finally {
      await client.end()
    }
  }
  const register: Register = {
    read: { query: (text, values) => translated(() => pool.query(text, values)) },
    transaction: async (run, classes) => {
      const client = await translated(() => pool.connect())
      try {
        const result = await translated(() =>
          inTransaction(client, async (tx) => {
            await tx.query("select set_config('linchpin.classes', $1, true)", [classes === "all" ? "*" : `{${(classes ?? []).join(",")}}`])
            return run(tx)
          }),
        )
        client.release()
        return result
      } catch (error) {
        client.release(error instanceof Failure && error.code === "unavailable.database-lost" ? true : undefined)
        throw error
      }
    },
    listen: async (channel, onNotify) => {
      const client = await connect()
      client.on("notification", (n) => onNotify(n.payload ?? ""))
      await client.query(`listen ${pg.escapeIdentifier(channel)}`)
      const stop = async () => {
        closers.delete(stop)
        await client.end().catch(() => undefined)
      }
      closers.add(stop)
      return stop
    },
    tryLock: async (name) => {
      const client = await connect()
      if (!(await takeAlone(client, name))) {
        await client.end()
        return null
      }
      const free = async () => {
        closers.delete(free)
        await client.end().catch(() => undefined)
      }
      closers.add(free)
      return free
    },
    isLocked: async (name) => {
      const { rows } = await translated(() =>
        pool.query<{ held: boolean }>(
          `select exists (select from pg_locks where locktype = 'advisory' and granted and objsubid = 1
             and database = (select oid from pg_database where datname = current_database())
             and ((classid::bigint << 32) | objid::bigint) = ${LOCK_KEY}) as held`,
          [name],
        ),
      )
      return rows[0]!.held
    },
    scrub: async (tables) => {
      const client = await connect()
      const done: string[] = []
      const left: { what: string; why: string }[] = []
      const steps = [
        ...tables.map((table) => [table, `vacuum (full, analyze) ${pg.escapeIdentifier(table)}`] as const),
        ["pg_statistic", "vacuum (full) pg_catalog.pg_statistic"] as const,
        ["pg_switch_wal", "select pg_switch_wal()"] as const,
        ["checkpoint", "checkpoint"] as const,
      ]
      try {
        await client.query("set lock_timeout = '30s'")
        for (const [what, sql] of steps)
          try {
            await client.query(sql)
            done.push(what)
          } catch (error) {
            left.push({ what, why: (error as Error).message })
          }
      } finally {
        await client.end()
      }
      return { done, left }
    },
    close: async () => {
      for (const closer of [...closers]) await closer()
      await pool.end()
      // Of several who close at once, the last to give its share up finds the folder its own. The server is told to stop before that
      // lock is let go of: whoever has it afterwards finds a server that takes no more clients.
      const last =
        server &&
        (await giveUpShare(held)
          .then(() => takeAlone(held, FOLDER))
          .catch(() => false))
      const ended = last ? server.stop() : undefined
      await held.end().catch(() => undefined)
      await ended?.()
    },
  }
  const alone = async (run: () => Promise<void>): Promise<boolean> => {
    if (!(await takeAlone(held, FOLDER))) return false
    try {
      await run()
    } finally {
      await held.query(`select pg_advisory_unlock(${LOCK_KEY})`, [FOLDER])
    }
    return true
  }
  return { register, asOwner, alone }
}

async function connected(config: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(config)
  client.on("error", () => undefined)
  await client.connect()
  return client
}

/**
 * Has the data folder open as long as the connection lasts. Whoever was the last on it may have told the server to end just before:
 * such a server lets nobody else in, and this fails as lost.
 */
async function holdFolder(config: pg.ClientConfig): Promise<pg.Client> {
  const held = await connected(config)
  try {
    await held.query(`select pg_advisory_lock_shared(${LOCK_KEY})`, [FOLDER])
    await (await connected(config)).end()
    return held
  } catch (error) {
    await held.end().catch(() => undefined)
    throw error
  }
}

async function giveUpShare(held: pg.Client): Promise<void> {
  await held.query(`select pg_advisory_unlock_shared(${LOCK_KEY})`, [FOLDER])
}

/** Takes the lock for this session alone, beside a share that it has; false where another session has it or a share. */
async function takeAlone(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ ok: boolean }>(`select pg_try_advisory_lock(${LOCK_KEY}) as ok`, [name])
  return rows[0]!.ok
}

async function inTransaction<T>(client: pg.ClientBase, run: (tx: Tx) => Promise<T>): Promise<T> {
  await client.query("begin")
  try {
    const result = await run({ query: (text, values) => client.query(text, values) })
    await client.query("commit")
    return result
  } catch (error) {
    await client.query("rollback").catch(() => undefined)
    throw error
  }
}

/** A server that is starting, stopping or recovering refuses for a moment: try again for half a minute. */
async function connecting<T>(connect: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await connect()
    } catch (error) {
      if (error instanceof Failure) throw error
      if (!isLost(error) || tries > 150) {
        throw new Failure(
          "unavailable.database",
          `The register does not answer (${(error as { code?: string }).code ?? (error as Error).message}).`,
          {
            hint: "Check DATABASE_URL, or that the data folder is not used by a server that is stopping.",
            cause: error,
            retryAfterMs: 1000,
          },
        )
      }
      await new Promise((done) => setTimeout(done, 200))
    }
  }
}

function isLost(error: unknown): boolean {
  const e = error as { code?: string; message?: string }
  return (
    ["57P01", "57P02", "57P03", "08006", "08003", "ECONNRESET", "EPIPE", "ENOENT", "ECONNREFUSED"].includes(e.code ?? "") ||
    /Connection terminated|Client has encountered/.test(e.message ?? "")
  )
}

async function translated<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof Failure) throw error
    if (isLost(error)) {
      throw new Failure("unavailable.database-lost", "The register went away in the middle of a statement.", {
        hint: "Start again: what was not committed is done anew.",
        cause: error,
        retryAfterMs: 1000,
      })
    }
    const code = (error as { code?: string }).code
    if (code === "40001" || code === "40P01") {
      throw new Failure("conflict.concurrent-change", "Somebody else changed the same thing at the same time.", {
        hint: "Reload and try again.",
        cause: error,
        retryAfterMs: 50,
      })
    }
    throw error
  }
}
