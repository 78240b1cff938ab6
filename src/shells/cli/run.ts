import { join, resolve } from "node:path"
import { type Answer, type Gate, nearest, type Procedure } from "#access"
import { verifyJournal } from "#journal"
import { type NodeFile, readNodeFile, type Served, serve } from "#server"
import type { Progress } from "#store"
import { EXIT, Failure } from "#vocabulary/failure"
import type { Mark } from "#vocabulary/markings"
import { Broken, deliver } from "./deliver.ts"
import { type Desk, deskHere, deskThere, failureFrom, isAlive } from "./desk.ts"
import { type CommonFlag, type Field, fieldsOf, readWords, type Words } from "./flags.ts"
import { commandHelp, overview } from "./help.ts"
import { SHORT } from "./short.ts"
import { progressLine, type Terminal, write } from "./terminal.ts"

/** What there is to run: the list, and how a data folder is opened. */
export interface Installation {
  procedures: readonly Procedure[]
  open: (dataFolder: string) => Promise<{ gate: Gate; close(): Promise<void> }>
  /** Gives the folder of the built workplace, building it where it is not there yet; no workplace is served when absent. */
  workplace?: (() => Promise<string>) | undefined
  release: string
  /** Who asks, where people sign in: a token of his. */
  token?: string | undefined
}

/** Not one of the four kinds: the person stopped it, as shells report it. */
const INTERRUPTED = 130
/** As a browser can remember it; any free one when it is taken. */
const DEFAULT_PORT = 7433

/** Runs one command line and returns its exit code. Throws only what is a fault of the terminal itself. */
export async function run(argv: readonly string[], installation: Installation, terminal: Terminal): Promise<number> {
  const json = argv.includes("--json")
  try {
    return await command(leadingFlagsLast(argv), installation, terminal)
  } catch (thrown) {
    if (terminal.signal.aborted) return INTERRUPTED
    const broken = thrown instanceof Broken
    const error = broken ? thrown.cause : thrown
    const failure = error instanceof Failure ? error : fault(error, terminal)
    const { message, hint, at } = failure
    await write(terminal.stderr, `${at && !message.includes(at) ? `${at}: ` : ""}${message}${hint ? `\n${hint}` : ""}\n`)
    if (json && !broken) await write(terminal.stdout, `${JSON.stringify({ failure })}\n`)
    return EXIT[failure.kind]
  }
}

function fault(error: unknown, { stderr }: Terminal): Failure {
  stderr.write(`${(error as Error)?.stack ?? String(error)}\n`)
  return new Failure("unavailable.fault", "This is a fault of the software; the lines above have the place.", { cause: error })
}

/** `linchpin --data DIR rank` means `linchpin rank --data DIR`. */
function leadingFlagsLast(argv: readonly string[]): readonly string[] {
  let at = 0
  while (argv[at] === "--json" || argv[at] === "--data" || argv[at]?.startsWith("--data=")) at += argv[at] === "--data" ? 2 : 1
  return [...argv.slice(at), ...argv.slice(0, at)]
}

async function command(argv: readonly string[], installation: Installation, terminal: Terminal): Promise<number> {
  const [first, second] = argv
  if (first === undefined || first === "--help" || first === "-h" || first === "help") {
    await write(terminal.stdout, `${overview(installation.procedures)}\n`)
    return first === undefined ? EXIT.invalid : 0
  }
  if (first === "verify") return verify(argv.slice(1), terminal)
  if (first === "serve") return serveCommand(argv.slice(1), installation, terminal)
  if (first === "demo" && !installation.procedures.some((p) => p.name === `demo.${second}`))
    return demoCommand(argv.slice(1), installation, terminal)
  const { procedure, words, positional } = resolveCommand(argv, installation.procedures)
  const fields = fieldsOf(procedure)
  const common = commonOf(procedure)
  const label = argv.slice(0, words).join(" ")
  if (argv.includes("--help")) {
    await write(terminal.stdout, `${commandHelp(label, procedure.title, fields, positional, common)}\n`)
    return 0
  }
  const read = readWords(argv.slice(words), fields, positional, terminal.folder, common)
  await withDesk(dataFolder(read, terminal), installation, (desk) => ask(desk, procedure, read, installation, terminal))
  return 0
}

const commonOf = (procedure: Procedure): CommonFlag[] =>
  procedure.shape === "upload" ? ["data", "json", "reason", "out", "in", "help"] : ["data", "json", "reason", "out", "help"]

const dataFolder = (read: Words, terminal: Terminal): string => resolve(terminal.folder, read.common.data ?? "linchpin-data")

interface Command {
  procedure: Procedure
  /** How many words name it. */
  words: number
  positional: readonly string[]
}

function resolveCommand(argv: readonly string[], procedures: readonly Procedure[]): Command {
  const [first = "", second = ""] = argv
  const short = SHORT.filter((s) => s.words.every((w, i) => argv[i] === w)).toSorted((a, b) => b.words.length - a.words.length)[0]
  const long = procedures.find((p) => p.name === `${first}.${second}`)
  if (long) return { procedure: long, words: 2, positional: short?.procedure === long.name ? short.positional : [] }
  const stage = procedures.filter((p) => p.name.startsWith(`${first}.`)).map((p) => p.name.replace(".", " "))
  const meant = short && procedures.find((p) => p.name === short.procedure)
  // Behind the name of a stage a word is the name of a procedure, however it is misspelt.
  const misspelt = stage.length > 0 && second !== "" && !second.startsWith("-")
  if (short && meant && !misspelt) return { procedure: meant, words: short.words.length, positional: short.positional }
  const names = [...procedures.map((p) => p.name.replace(".", " ")), ...SHORT.map((s) => s.words.join(" ")), "demo", "serve", "verify"]
  const near = nearest(second && !second.startsWith("-") ? `${first} ${second}` : first, names) ?? nearest(first, names)
  throw new Failure("invalid.command-unknown", `There is no command ${[first, second].filter((w) => w && !w.startsWith("-")).join(" ")}.`, {
    hint: near ? `Did you mean linchpin ${near}?` : stage.length > 0 ? `There are: ${stage.join(", ")}.` : "linchpin --help shows all.",
  })
}

/** The node that runs on the folder, else this process for the time of the call. */
async function withDesk<T>(folder: string, installation: Installation, use: (desk: Desk, node: NodeFile | null) => Promise<T>): Promise<T> {
  const node = readNodeFile(folder)
  if (node && (await isAlive(node))) return use(deskThere(node, installation.token), node)
  const app = await installation.open(folder)
  try {
    return await use(deskHere(app.gate, installation.token), null)
  } finally {
    await app.close()
  }
}

async function ask(desk: Desk, procedure: Procedure, read: Words, installation: Installation, terminal: Terminal): Promise<void> {
  const line = progressLine(terminal)
  const { reason, out } = read.common
  const asked = { reason, signal: terminal.signal, progress: (p: Progress) => line.tell(p) }
  try {
    const file = read.common.in === undefined ? undefined : resolve(terminal.folder, read.common.in)
    if (procedure.shape === "upload" && file === undefined)
      throw new Failure("invalid.in-missing", "There is no file to send.", { at: "--in", hint: "--in FILE" })
    let answer = await desk(procedure, { ...asked, input: read.input, file })
    if (answer.shape === "job") answer = await followJob(desk, answer.job, asked, installation)
    line.end()
    // Standard output may be read by a script: how closely the answer is to be held is told beside it.
    if (answer.mark) await write(terminal.stderr, [answer.mark.banner, ...answer.mark.withheld.map((w) => `Withheld: ${w}`), ""].join("\n"))
    await deliver(answer, procedure, { json: read.common.json !== undefined, out, input: procedure.input.parse(read.input) }, terminal)
  } finally {
    line.end()
  }
}

interface JobNews {
  state: string
  progress: Progress | null
  result: unknown
  mark: Mark | null
  failure: unknown
}

/** Waits for a job, telling how it goes. Ends as the job ended. */
async function followJob(
  desk: Desk,
  job: string,
  asked: { reason: string | undefined; signal: AbortSignal; progress: (p: Progress) => void },
  installation: Installation,
): Promise<Exclude<Answer, { shape: "job" }>> {
  const follow = installation.procedures.find((p) => p.name === "jobs.follow")
  if (!follow) return { shape: "value", value: { job }, mark: null }
  const answer = await desk(follow, { ...asked, input: { job }, file: undefined })
  if (answer.shape !== "events") throw new TypeError("jobs.follow is of shape events")
  let last: JobNews | undefined
  for await (const event of answer.events) {
    last = event as JobNews
    if (last.progress) asked.progress(last.progress)
  }
  if (last?.state === "done") return { shape: "value", value: last.result, mark: last.mark }
  if (last?.failure) throw failureFrom(last.failure)
  throw new Failure("conflict.job-stopped", "The job was stopped before it was done.", {
    at: job,
    hint: "Start it again: it goes on where it can.",
  })
}

const plainField = (name: string, form: Field["form"], says: string): Field => ({
  name,
  flag: name,
  form,
  repeats: false,
  required: false,
  says,
  choices: [],
  preset: undefined,
})
const BEHIND = plainField("behind", "text", "address of the proxy with TLS in front of this node: https://linchpin.example.org")
const PORT = plainField("port", "number", `port on the loopback address (default ${DEFAULT_PORT}, or any free one)`)

async function verify(words: readonly string[], terminal: Terminal): Promise<number> {
  const fields = [
    plainField("path", "path", "the exported journal"),
    plainField("checkpoint", "path", "a checkpoint that was kept elsewhere"),
    plainField("key", "text", "the verifier key, or a file with it; without it the file vouches for itself"),
    { ...plainField("witness", "text", "the key of a witness that you know, or a file with it"), repeats: true },
    { ...plainField("clock", "path", "the certificate (PEM) of a time-stamping authority that you know"), repeats: true },
  ]
  if (words.includes("--help")) {
    await write(
      terminal.stdout,
      `${commandHelp("verify", "Check an exported journal with nothing but the file and a public key", fields, ["path"], ["json", "help"])}\n`,
    )
    return 0
  }
  const { input, common } = readWords(words, fields, ["path"], terminal.folder, ["data", "json", "help"])
  const { path, checkpoint, key, witness, clock } = input as Partial<Record<"path" | "checkpoint" | "key", string>> &
    Partial<Record<"witness" | "clock", string[]>>
  if (path === undefined) throw new Failure("invalid.path-missing", "What is to be checked?", { at: "PATH", hint: "linchpin verify PATH" })
  try {
    const verdict = await verifyJournal(path, { checkpoint, key, witnesses: witness, clocks: clock })
    const partial = verdict.leftOut > 0 ? ` ${verdict.leftOut} more were left out and are there as hashes.` : ""
    const outside = verdict.outside.map(
      (v) => `\n${v.tree} up to ${v.size}: ${v.how} by ${v.by || "nobody known"} at ${v.at}, key ${v.key}.`,
    )
    const vouched = verdict.key === "given" ? "" : "\nThe key came from the file itself: give --key to know who signed."
    const said = verdict.ok
      ? `${path}: ${verdict.checked} entries verify.${partial}${outside.join("")}${vouched}`
      : `${path}: wrong at ${verdict.first?.at}: ${verdict.first?.why}`
    await write(terminal.stdout, `${common.json === undefined ? said : JSON.stringify(verdict)}\n`)
    return verdict.ok ? 0 : EXIT.conflict
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).syscall === undefined) throw cause
    throw new Failure("invalid.path", `${(cause as NodeJS.ErrnoException).path ?? path} cannot be read.`, {
      at: "PATH",
      hint: "Look at the path.",
      cause,
    })
  }
}

async function serveCommand(words: readonly string[], installation: Installation, terminal: Terminal): Promise<number> {
  if (words.includes("--help")) {
    await write(
      terminal.stdout,
      `${commandHelp("serve", "The workplace and the API on this machine's loopback address", [PORT, BEHIND], [], ["data", "json", "help"])}\n`,
    )
    return 0
  }
  const read = readWords(words, [PORT, BEHIND], [], terminal.folder, ["data", "json", "help"])
  const folder = dataFolder(read, terminal)
  const node = readNodeFile(folder)
  if (node && (await isAlive(node)))
    throw new Failure("conflict.node-running", "A node runs on this data folder already.", {
      at: folder,
      hint: `It is at ${node.url}/ (process ${node.pid}).`,
    })
  const app = await installation.open(folder)
  try {
    const { port: wanted, behind } = read.input as { port?: number; behind?: string }
    const served = await serveOn(app.gate, wanted, installation, behind)
    const { url, port, token, enter } = served
    await write(terminal.stdout, read.common.json === undefined ? `${enter}\n` : `${JSON.stringify({ url, port, token, enter })}\n`)
    await stopped(terminal.signal)
    await served.close()
  } finally {
    await app.close()
  }
  return 0
}

async function serveOn(app: Gate, port: number | undefined, installation: Installation, behind?: string): Promise<Served> {
  const staticFolder = await installation.workplace?.()
  const at = (wanted: number) => serve({ app, port: wanted, staticFolder, release: installation.release, behind })
  if (port !== undefined) return at(port)
  try {
    return await at(DEFAULT_PORT)
  } catch (error) {
    if (error instanceof Failure && error.code === "unavailable.port") return at(0)
    throw error
  }
}

const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener("abort", () => resolve(), { once: true })
  })

/** The procedure `demo.run`, and then the workplace over what it made. */
async function demoCommand(words: readonly string[], installation: Installation, terminal: Terminal): Promise<number> {
  const procedure = installation.procedures.find((p) => p.name === "demo.run")
  if (!procedure)
    throw new Failure("invalid.command-unknown", "This installation has no demo.", { hint: "linchpin --help shows what it has." })
  const fields = [
    ...fieldsOf(procedure),
    plainField("serve", "boolean", "serve the workplace afterwards (default; --no-serve: do not)"),
    PORT,
  ]
  if (words.includes("--help")) {
    await write(terminal.stdout, `${commandHelp("demo", procedure.title, fields, [], ["data", "json", "help"])}\n`)
    return 0
  }
  const read = readWords(words, fields, [], terminal.folder, ["data", "json", "help"])
  const { serve: serves = true, port, ...input } = read.input
  const folder = dataFolder(read, terminal)
  const node = readNodeFile(folder)
  if (node && (await isAlive(node))) {
    await ask(deskThere(node, installation.token), procedure, { ...read, input }, installation, terminal)
    await write(terminal.stderr, `The workplace is at ${node.url}/\n`)
    return 0
  }
  const app = await installation.open(folder)
  try {
    await ask(deskHere(app.gate, installation.token), procedure, { ...read, input }, installation, terminal)
    if (serves === true) {
      const served = await serveOn(app.gate, port as number | undefined, installation)
      await write(
        terminal.stderr,
        `\nThe workplace: ${served.enter}\nCtrl-C ends it; linchpin serve --data ${join(folder)} starts it again.\n`,
      )
      await stopped(terminal.signal)
      await served.close()
    }
  } finally {
    await app.close()
  }
  return 0
}
