import { z } from "zod"
import type { Job } from "#store"
import { Failure } from "#vocabulary/failure"
import { banner, Mark } from "#vocabulary/markings"
import { NEEDS } from "#vocabulary/roles"
import { deconflictionProcedures } from "./announcements/procedures.ts"
import { journalProcedures } from "./journal-procedures.ts"
import { outsideApprovals } from "./outside/procedures.ts"
import { releaseProcedures } from "./outside/release.ts"
import { outsideProcedures } from "./outside-procedures.ts"
import { directoryProcedures } from "./people/directory.ts"
import { policyProcedures } from "./people/explain.ts"
import { investigationProcedures } from "./people/investigations.ts"
import { organisationProcedures } from "./people/organisations.ts"
import { roleProcedures } from "./people/roles.ts"
import { type Context, procedure } from "./procedure.ts"
import { protectedSince } from "./protection.ts"
import { rerunProcedures } from "./reruns/procedures.ts"
import { compartmentsOf, joinedMarking, openInvestigation, sightOf } from "./sight.ts"
import { selectInvestigationsOf } from "./sql.ts"
import { uploadProcedures } from "./upload-procedures.ts"

const InvestigationView = z.object({ id: z.string(), name: z.string(), title: z.string() })

/** Times are left out: they differ between two runs of the same case. */
const JobView = z.object({
  id: z.string(),
  /** Of the result; null while there is none to see. */
  mark: Mark.nullable(),
  procedure: z.string(),
  state: z.enum(["queued", "running", "done", "failed", "stopped"]),
  progress: z
    .object({ fraction: z.number().nullable(), words: z.string(), counts: z.record(z.string(), z.number()).optional() })
    .nullable(),
  result: z.unknown(),
  failure: z.object({ code: z.string(), message: z.string(), hint: z.string().optional(), at: z.string().optional() }).nullable(),
})

const JobRef = z.object({ job: z.string().describe("id of the job") })

/** A result is shown under what the caller may see now, not under what he could when he asked. */
async function viewOf(ctx: Context, job: Job): Promise<z.infer<typeof JobView>> {
  const sight = await sightOf(ctx.tx, ctx.caller, { need: "look", purpose: NEEDS.look.purpose, at: ctx.at })
  const works = job.investigation === null || compartmentsOf(ctx.caller).includes(job.investigation)
  const seen = works && job.classes !== "all" && job.classes.every((c) => sight.classes.includes(c))
  // What was worked out before somebody came under protection may name him.
  const { names } = job.input as { names?: boolean }
  const outdated =
    seen &&
    names === true &&
    job.finishedAt !== null &&
    (await protectedSince(ctx.tx, ctx.store.nodeKey, {
      investigation: job.investigation,
      asked: job.createdAt,
      ended: job.finishedAt,
      now: new Date(ctx.at),
    }))
  if (outdated)
    return {
      id: job.id,
      procedure: job.kind,
      state: job.state,
      progress: null,
      result: null,
      mark: null,
      failure: { code: "conflict.protection-moved", message: "This was worked out before protection changed.", hint: "Ask again." },
    }
  return {
    id: job.id,
    procedure: job.kind,
    state: job.state,
    progress: seen ? job.progress : null,
    result: seen ? job.result : null,
    mark: seen && job.result !== null && job.classes.length > 0 ? await markOf(ctx, job.classes as number[]) : null,
    // Its words may name what he sees no more.
    failure: job.failure && !seen ? { code: job.failure.code, message: "What this was about is not yours to see any more." } : job.failure,
  }
}

async function markOf(ctx: Context, classes: readonly number[]): Promise<Mark> {
  const marking = await joinedMarking(ctx.tx, classes)
  return { marking, banner: banner(marking), withheld: [] }
}

async function ownJob(ctx: Context, id: string): Promise<Job> {
  const job = await ctx.store.jobs.get(id)
  if (!job || job.caller !== ctx.caller.id)
    throw new Failure("invalid.job-unknown", "You have no job of that id.", { at: "job", hint: "jobs list shows yours." })
  return job
}

/** Procedures of this folder's own: investigations, the caller's jobs, the journal. */
export const procedures = [
  procedure({
    name: "investigations.list",
    title: "Investigations in which you work",
    input: z.object({}),
    output: z.array(InvestigationView),
    needs: "own",
    effect: "read",
    shape: "value",
    run: (ctx) => selectInvestigationsOf(ctx.tx, ctx.caller.id),
  }),
  procedure({
    name: "investigations.open",
    title: "Open an investigation",
    input: z.object({
      name: z.string().describe("short name, unique on this node"),
      title: z.string().max(200).optional().describe("what it is about"),
    }),
    output: InvestigationView,
    needs: "open",
    effect: "decision",
    shape: "value",
    run: async (ctx, { name, title }) => {
      const opened = await openInvestigation(ctx.tx, ctx.caller, { name, title, at: ctx.at })
      await ctx.journal({ opened: opened.id })
      return opened
    },
  }),
  procedure({
    name: "jobs.list",
    title: "Your jobs, latest first",
    input: z.object({ limit: z.number().int().min(1).max(500).default(50).describe("how many at most") }),
    output: z.array(JobView),
    needs: "own",
    effect: "read",
    shape: "value",
    run: async (ctx, { limit }) => Promise.all((await ctx.store.jobs.list(ctx.caller.id, limit)).map((job) => viewOf(ctx, job))),
  }),
  procedure({
    name: "jobs.follow",
    title: "Progress of a job until it has ended",
    input: JobRef,
    output: JobView,
    needs: "own",
    effect: "read",
    shape: "events",
    run: async function* (ctx, { job }) {
      await ownJob(ctx, job)
      for await (const now of ctx.store.jobs.watch(job, ctx.signal)) yield await viewOf(ctx, now)
    },
  }),
  procedure({
    name: "jobs.stop",
    title: "Stop a job",
    input: JobRef,
    output: JobView,
    needs: "own",
    effect: "decision",
    shape: "value",
    run: async (ctx, { job }) => {
      const before = await ownJob(ctx, job)
      await ctx.store.jobs.stop(ctx.tx, job)
      const ended = before.state !== "queued" && before.state !== "running"
      return viewOf(ctx, ended ? before : { ...before, state: "stopped" })
    },
  }),
  ...uploadProcedures,
  ...journalProcedures,
  ...outsideProcedures,
  ...rerunProcedures,
  ...outsideApprovals,
  ...releaseProcedures,
  ...deconflictionProcedures,
  ...organisationProcedures,
  ...directoryProcedures,
  ...roleProcedures,
  ...investigationProcedures,
  ...policyProcedures,
]
