import { setTimeout as wait } from "node:timers/promises"
import { Failure } from "#vocabulary/failure"
import { keyedId } from "#vocabulary/ids"
import { canonical } from "./derived.ts"
import type { Migration } from "./migrations.ts"
import type { Classes, Register, Tx } from "./register.ts"

export interface Progress {
  /** 0..1, or null while the end is not known. */
  fraction: number | null
  /** What is being done, for a person. */
  words: string
  counts?: Record<string, number>
}

export interface Job {
  id: string
  kind: string
  input: unknown
  caller: string
  investigation: string | null
  /** Frozen when the job was asked for; re-checked by the gate at each step. */
  classes: Classes
  state: "queued" | "running" | "done" | "failed" | "stopped"
  progress: Progress | null
  result: unknown
  failure: { code: string; message: string; hint?: string } | null
  attempts: number
  createdAt: Date
  finishedAt: Date | null
}

export interface JobContext {
  progress(progress: Progress): void
  signal: AbortSignal
}

/** What does a kind of job. Run again after a crash: it must find what it has already done. */
export type JobHandler = (job: Job, context: JobContext) => Promise<unknown>

/**
 * Long work, one job at a time per data folder, in a process of its own. State is in the register, so that a restart goes on:
 * a job whose worker died is queued again, at most MAX_ATTEMPTS times.
 */
export interface Jobs {
  start(
    tx: Tx,
    job: { kind: string; input: unknown; caller: string; investigation?: string | undefined; classes: Classes },
  ): Promise<string>
  get(id: string): Promise<Job | null>
  list(caller: string, limit?: number): Promise<Job[]>
  /** Yields the job whenever it changed, and last when it has ended. */
  watch(id: string, signal?: AbortSignal): AsyncGenerator<Job>
  stop(tx: Tx, id: string): Promise<void>
  /** Does queued jobs until `signal`; returns at once when another process already does. */
  work(handlers: Readonly<Record<string, JobHandler>>, signal: AbortSignal): Promise<boolean>
  /** How a worker process is started when there is work and none is alive. Set once by the composition. */
  onWorkWaiting(spawn: () => void): void
  /** Starts a worker for jobs that an earlier process left. */
  resume(): Promise<number>
}

export const jobMigrations: Migration[] = [
  {
    id: "0003-jobs",
    sql: `
      create table job (
        id text primary key, kind text not null, input jsonb not null, caller text not null, investigation text, classes int[],
        state text not null default 'queued' check (state in ('queued','running','done','failed','stopped')),
        progress jsonb, result jsonb, failure jsonb, attempts int not null default 0,
        turn bigint generated always as identity, created_at timestamptz not null default now(), finished_at timestamptz);
      create index job_open on job (turn) where state in ('queued','running');
      grant select, insert, update on job to linchpin_app;`,
  },
]

const MAX_ATTEMPTS = 5
const LOOK_EVERY_MS = 120
const PROGRESS_EVERY_MS = 150

interface JobRow {
  id: string
  kind: string
  input: unknown
  caller: string
  investigation: string | null
  classes: number[] | null
  state: Job["state"]
  progress: Progress | null
  result: unknown
  failure: Job["failure"]
  attempts: number
  created_at: Date
  finished_at: Date | null
}

const fromRow = (r: JobRow): Job => ({
  id: r.id,
  kind: r.kind,
  input: r.input,
  caller: r.caller,
  investigation: r.investigation,
  classes: r.classes ?? "all",
  state: r.state,
  progress: r.progress,
  result: r.result,
  failure: r.failure,
  attempts: r.attempts,
  createdAt: r.created_at,
  finishedAt: r.finished_at,
})

export function openJobs(register: Register, nodeKey: Buffer, clock: () => number): Jobs {
  let spawn: (() => void) | undefined
  const get = async (id: string): Promise<Job | null> => {
    const { rows } = await register.read.query<JobRow>("select * from job where id = $1", [id])
    return rows[0] ? fromRow(rows[0]) : null
  }
  const requeueDead = (tx: Tx) =>
    tx.query(
      `update job set state = case when attempts >= ${MAX_ATTEMPTS} then 'failed' else 'queued' end,
         finished_at = case when attempts >= ${MAX_ATTEMPTS} then now() end,
         failure = case when attempts >= ${MAX_ATTEMPTS} then '{"code":"unavailable.job-died","message":"The job''s process died each time it was started.","hint":"Look at memory and disk, then start it again."}'::jsonb end
       where state = 'running'`,
    )

  return {
    start: async (tx, { kind, input, caller, investigation, classes }) => {
      // An id says who asked for what and when; of equal ones the second waits for the first, and takes the next number.
      const at = clock()
      let id: string
      for (let same = 0; ; same++) {
        id = keyedId("jb_", nodeKey, caller, kind, canonical(input), at, same)
        const { rowCount } = await tx.query(
          "insert into job (id, kind, input, caller, investigation, classes) values ($1,$2,$3,$4,$5,$6) on conflict do nothing",
          [id, kind, JSON.stringify(input ?? null), caller, investigation ?? null, classes === "all" ? null : classes],
        )
        if (rowCount === 1) break
      }
      await tx.query("select pg_notify('linchpin_job', $1)", [id])
      return id
    },
    get,
    list: async (caller, limit = 50) =>
      (await register.read.query<JobRow>("select * from job where caller = $1 order by turn desc limit $2", [caller, limit])).rows.map(
        fromRow,
      ),
    watch: async function* (id, signal) {
      let seen = ""
      for (let looks = 0; !signal?.aborted; looks++) {
        const job = await get(id)
        if (!job) throw new Failure("invalid.no-such-job", "There is no such job.", { at: id })
        const now = JSON.stringify([job.state, job.progress])
        if (now !== seen) yield job
        seen = now
        if (job.state !== "queued" && job.state !== "running") return
        if (looks % 16 === 0 && !(await register.isLocked("worker"))) spawn?.()
        await wait(LOOK_EVERY_MS, undefined, signal ? { signal } : {}).catch(() => undefined)
      }
    },
    stop: async (tx, id) => {
      await tx.query("update job set state = 'stopped', finished_at = now() where id = $1 and state in ('queued','running')", [id])
    },
    onWorkWaiting: (run) => {
      spawn = run
    },
    resume: async () => {
      const { rows } = await register.read.query<{ n: string }>("select count(*) as n from job where state in ('queued','running')")
      const waiting = Number(rows[0]!.n)
      if (waiting > 0) spawn?.()
      return waiting
    },
    work: async (handlers, signal) => {
      const free = await register.tryLock("worker")
      if (!free) return false
      try {
        // Nobody else works: whatever is called running was left by a process that died.
        await register.transaction(requeueDead)
        while (!signal.aborted) {
          const claimed = await register.transaction(async (tx) => {
            const { rows } = await tx.query<JobRow>(
              "update job set state = 'running', attempts = attempts + 1 where id = (select id from job where state = 'queued' order by turn limit 1 for update skip locked) returning *",
            )
            return rows[0] ? fromRow(rows[0]) : null
          })
          if (claimed) await perform(register, claimed, handlers, signal)
          else await wait(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined)
        }
      } finally {
        await free()
      }
      return true
    },
  }
}

async function perform(register: Register, job: Job, handlers: Readonly<Record<string, JobHandler>>, signal: AbortSignal): Promise<void> {
  const stopped = new AbortController()
  const either = AbortSignal.any([signal, stopped.signal])
  let latest: Progress | null = null
  let writing: Promise<unknown> = Promise.resolve()
  const beat = setInterval(() => {
    const progress = latest
    latest = null
    writing = register.read
      .query<{ state: string }>("update job set progress = coalesce($2, progress) where id = $1 returning state", [
        job.id,
        progress ? JSON.stringify(progress) : null,
      ])
      .then(({ rows }) => {
        if (rows[0]?.state === "stopped") stopped.abort()
      })
      .catch(() => undefined)
  }, PROGRESS_EVERY_MS)
  const end = async (state: "done" | "failed" | "queued", result: unknown, failure: unknown) => {
    clearInterval(beat)
    await writing
    await register.read.query(
      "update job set state = $2, result = $3, failure = $4, progress = coalesce($5, progress), finished_at = case when $2 = 'queued' then null else now() end where id = $1 and state = 'running'",
      [
        job.id,
        state,
        result === undefined ? null : JSON.stringify(result),
        failure ? JSON.stringify(failure) : null,
        latest ? JSON.stringify(latest) : null,
      ],
    )
  }
  try {
    const handler = handlers[job.kind]
    if (!handler)
      throw new Failure("invalid.unknown-job", `Nothing here does jobs of the kind ${job.kind}.`, {
        hint: "Use the release that queued it.",
      })
    const result = await handler(job, {
      signal: either,
      progress: (p) => {
        latest = p
      },
    })
    await end("done", result, null)
  } catch (error) {
    clearInterval(beat)
    // A worker told to end leaves the job to the next one; a lost database ends the worker too.
    if (signal.aborted) return end("queued", undefined, null)
    if (error instanceof Failure && error.kind !== "unavailable") return end("failed", undefined, error)
    if (error instanceof Failure && job.attempts < MAX_ATTEMPTS && error.code === "unavailable.database-lost") throw error
    const failure =
      error instanceof Failure
        ? error.toJSON()
        : {
            code: "unavailable.job-broke",
            message: `The job ended with an error: ${(error as Error).message}`,
            hint: "This is a fault of the software; the log has the place.",
          }
    if (!(error instanceof Failure)) process.stderr.write(`${(error as Error).stack}\n`)
    await end("failed", undefined, failure)
  }
}
