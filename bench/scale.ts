/**
 * A whole operation from a folder to a ranking, stage by stage: `node bench/scale.ts [--scale S|M|L] [--seed N] [--folder DIR] [--data DIR]
 * [--heap MB]`. One JSON line per stage: seconds, processor
 * seconds of the working process (all threads; steadier than seconds on a shared machine), rows, rows a second, and the largest memory seen while it ran, of the working
 * process alone (`processMb`, resident) and of everything together, the database included (`allMb`, proportional share). `--folder` takes
 * an operation that is there (its `evidence` is read) instead of inventing one; `--data` keeps the data folder.
 */
import { fork } from "node:child_process"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { parseArgs } from "node:util"
import { openApp } from "#app"

const { values: flags } = parseArgs({
  options: {
    scale: { type: "string", default: "S" },
    seed: { type: "string", default: "7" },
    folder: { type: "string" },
    data: { type: "string" },
    heap: { type: "string", default: "2048" },
    part: { type: "string" },
  },
})

/** A stage begins with the first progress words that start so. */
const STAGES: readonly (readonly [RegExp, string])[] = [
  [/^Sealing/, "seal"],
  [/^Reading texts/, "texts"],
  [/^Reading/, "read"],
  [/^Joining/, "resolve"],
  [/^Weighing/, "conduct"],
  [/^Working/, "standing"],
  [/^Drawing/, "ties"],
  [/^Ranking/, "rank"],
]

interface Mark {
  stage: string
  /** Since the start of the part. */
  seconds: number
  /** Processor time of this process, all threads, since the start of the part. */
  cpu: number
  /** Largest resident size of the stage that ends here. */
  peakMb: number
  rows?: Record<string, number>
}

const statusMb = (pid: number | "self", field: string): number => {
  try {
    return Number(new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

const spent = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** Lets the kernel's high-water mark begin again. */
const resetPeak = () => writeFileSync("/proc/self/clear_refs", "5")

async function generatePart(folder: string): Promise<void> {
  const { generate } = await import("../demo/index.ts")
  await generate({ folder, seed: Number(flags.seed), scale: flags.scale as "S" | "M" | "L" })
}

/** Asks as a user does and does the job here, as the worker does. */
async function jobPart(
  name: string,
  input: Record<string, unknown>,
  data: string,
  mark: (stage: string, rows?: Mark["rows"]) => void,
): Promise<void> {
  const app = await openApp({ folder: data, worker: false })
  const ending = new AbortController()
  mark("open")
  try {
    const answer = await app.gate.invoke(name, { input, caller: app.caller! })
    if (answer.shape !== "job") throw new Error(`${name} is no job`)
    let stage = ""
    const handler = app.gate.handlers[name]!
    const handlers = {
      [name]: (job: Parameters<typeof handler>[0], context: Parameters<typeof handler>[1]) =>
        handler(job, {
          ...context,
          progress: (p) => {
            const now = STAGES.find(([words]) => words.test(p.words))?.[1] ?? stage
            if (now !== stage) mark(now)
            stage = now
            context.progress(p)
          },
        }),
    }
    const working = app.store.jobs.work(handlers, ending.signal)
    while (!(await app.store.jobs.get(answer.job))?.finishedAt) await wait(20)
    ending.abort()
    await working
    const job = (await app.store.jobs.get(answer.job))!
    if (job.state !== "done") throw new Error(JSON.stringify(job.failure ?? job.state))
    mark("end", rowsOf(job.result))
  } finally {
    await app.close()
  }
}

/** How much there was, by stage. */
function rowsOf(result: unknown): Record<string, number> {
  const { files, counts } = result as { files?: { read: Record<string, number> }[]; counts?: Record<string, number> }
  if (files) return { seal: files.length, read: files.flatMap((f) => Object.values(f.read)).reduce((a, b) => a + b, 0) }
  return { resolve: counts!.entities!, ties: counts!.ties!, rank: counts!.players! }
}

if (flags.part) {
  const start = performance.now()
  const mark = (stage: string, rows?: Mark["rows"]) => {
    const said: Mark = {
      stage,
      seconds: (performance.now() - start) / 1000,
      cpu: spent(),
      peakMb: statusMb("self", "VmHWM"),
      ...(rows ? { rows } : {}),
    }
    process.send!(said)
    resetPeak()
  }
  if (flags.part === "generate") {
    mark("generate")
    await generatePart(flags.folder!)
    mark("end")
  } else if (flags.part === "intake") {
    const grounds = { authority: "bench", grade: "A1", handling: "P" }
    const paths = [existsSync(join(flags.folder!, "evidence")) ? join(flags.folder!, "evidence") : flags.folder!]
    await jobPart("records.intake", { paths, investigation: "bench", ...grounds }, flags.data!, mark)
  } else await jobPart("network.rank", { investigation: "bench" }, flags.data!, mark)
  process.disconnect()
} else await measure()

/** The process and everything below it, and the database that it started. */
function family(pid: number, data: string): number[] {
  const below = new Map<number, number[]>()
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue
    const parent = Number(/^PPid:\s+(\d+)/m.exec(tryRead(`/proc/${name}/status`))?.[1] ?? 0)
    below.set(parent, [...(below.get(parent) ?? []), Number(name)])
  }
  const postmaster = Number(tryRead(join(data, "register", "postmaster.pid")).split("\n")[0] || 0)
  const out = new Set<number>()
  const walk = (at: number) => {
    if (at === 0 || out.has(at)) return
    out.add(at)
    for (const child of below.get(at) ?? []) walk(child)
  }
  walk(pid)
  walk(postmaster)
  return [...out]
}

function tryRead(path: string): string {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return ""
  }
}

/** Memory that these processes hold, each shared page counted once. */
function sharedOut(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + Number(/^Pss:\s+(\d+)/m.exec(tryRead(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024, 0)
}

async function measure(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), "linchpin-scale-"))
  const folder = flags.folder ?? join(scratch, "operation")
  const data = flags.data ?? join(scratch, "data")
  const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)
  const round = (x: number) => Number(x.toPrecision(4))
  let failed = false
  let total = 0
  let highest = 0
  try {
    for (const part of [...(flags.folder ? [] : ["generate"]), "intake", "rank"]) {
      const child = fork(
        import.meta.filename,
        ["--part", part, "--folder", folder, "--data", data, "--scale", flags.scale, "--seed", flags.seed],
        {
          execArgv: [`--max-old-space-size=${flags.heap}`],
        },
      )
      let all = 0
      const look = setInterval(() => {
        all = Math.max(all, sharedOut(family(child.pid!, data)))
      }, 500)
      const marks: (Mark & { allMb: number })[] = []
      child.on("message", (m: Mark) => {
        marks.push({ ...m, allMb: all })
        all = 0
      })
      const code = await new Promise((done) => child.once("exit", done))
      clearInterval(look)
      const rows = marks.at(-1)?.rows ?? {}
      for (let i = 0; i + 1 < marks.length; i++) {
        const [from, to] = [marks[i]!, marks[i + 1]!]
        const seconds = to.seconds - from.seconds
        const n = rows[from.stage]
        const stage = from.stage === "open" ? `${part} admitted` : from.stage
        say({
          scale: flags.scale,
          stage,
          seconds: round(seconds),
          cpu: round(to.cpu - from.cpu),
          ...(n === undefined ? {} : { rows: n, perSecond: round(n / seconds) }),
          processMb: Math.round(to.peakMb),
          allMb: Math.round(to.allMb),
        })
        if (part !== "generate") {
          total += seconds
          highest = Math.max(highest, to.allMb)
        }
      }
      if (code !== 0) {
        failed = true
        break
      }
    }
    if (!failed) say({ scale: flags.scale, stage: "folder to ranking", seconds: round(total), allMb: Math.round(highest) })
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
  process.exitCode = failed ? 1 : 0
}
