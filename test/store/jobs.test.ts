import { setImmediate } from "node:timers/promises"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Job, JobHandler } from "#store"
import { Failure } from "#vocabulary/failure"
import { type TestStore, testStore } from "../support/store.ts"

let store: TestStore
beforeAll(async () => {
  store = await testStore()
})
afterAll(() => store.end())

const start = (kind: string, input: unknown = null): Promise<string> =>
  store.register.transaction((tx) => store.jobs.start(tx, { kind, input, caller: "us_test", classes: [1, 2] }))

/** Works until every job is at its end, then lets go. */
async function worked(handlers: Record<string, JobHandler>, ids: readonly string[]): Promise<Job[]> {
  const stop = new AbortController()
  const working = store.jobs.work(handlers, stop.signal)
  try {
    return await Promise.all(ids.map(ended))
  } finally {
    stop.abort()
    await working
  }
}

async function ended(id: string): Promise<Job> {
  let last: Job | undefined
  for await (const job of store.jobs.watch(id)) last = job
  return last!
}

test("a job is done with its caller, classes and input, and its result is kept", async () => {
  const id = await start("add", { a: 2, b: 3 })
  expect(await store.jobs.get(id)).toMatchObject({ state: "queued", attempts: 0, classes: [1, 2], finishedAt: null })
  const [job] = await worked(
    {
      add: async ({ input, classes, caller }) => ({
        sum: (input as { a: number; b: number }).a + (input as { b: number }).b,
        classes,
        caller,
      }),
    },
    [id],
  )
  expect(job).toMatchObject({ state: "done", attempts: 1, result: { sum: 5, classes: [1, 2], caller: "us_test" }, failure: null })
  expect(job!.finishedAt).toBeInstanceOf(Date)
})

test("a job that is rolled back with its transaction was never asked for", async () => {
  let id = ""
  await expect(
    store.register.transaction(async (tx) => {
      id = await store.jobs.start(tx, { kind: "add", input: 1, caller: "us_test", classes: [] })
      throw new RangeError("no")
    }),
  ).rejects.toThrow(RangeError)
  expect(await store.jobs.get(id)).toBeNull()
})

test("progress is told while it goes, and the last of it stays", async () => {
  const id = await start("slow")
  const seen = Promise.withResolvers<void>()
  const stop = new AbortController()
  const working = store.jobs.work(
    {
      slow: async (_job, { progress }) => {
        progress({ fraction: 0.25, words: "a quarter", counts: { rows: 5 } })
        await seen.promise
        progress({ fraction: 1, words: "the end" })
        return null
      },
    },
    stop.signal,
  )
  const told: unknown[] = []
  for await (const job of store.jobs.watch(id)) {
    told.push(job.progress?.words)
    if (job.progress?.fraction === 0.25) seen.resolve()
  }
  stop.abort()
  await working
  expect(told).toContain("a quarter")
  expect((await store.jobs.get(id))!.progress).toEqual({ fraction: 1, words: "the end" })
})

test("a failure keeps its code; a fault and an unknown kind say what they are", async () => {
  const ids = [await start("refuse"), await start("break"), await start("from-a-later-release")]
  const handlers: Record<string, JobHandler> = {
    refuse: async () => {
      throw new Failure("invalid.sample", "It cannot be.", { hint: "Do otherwise." })
    },
    break: async () => {
      throw new TypeError("a fault")
    },
  }
  const jobs = await worked(handlers, ids)
  expect(jobs.map((j) => [j.state, j.failure?.code])).toEqual([
    ["failed", "invalid.sample"],
    ["failed", "unavailable.job-broke"],
    ["failed", "invalid.unknown-job"],
  ])
  expect(jobs[0]!.failure).toEqual({ code: "invalid.sample", message: "It cannot be.", hint: "Do otherwise." })
})

test("stopping a running job reaches it, and its late result does not count", async () => {
  const id = await start("long")
  const begun = Promise.withResolvers<void>()
  const stop = new AbortController()
  const working = store.jobs.work(
    {
      long: async (_job, { signal }) => {
        begun.resolve()
        await new Promise((done) => signal.addEventListener("abort", done))
        return "too late"
      },
    },
    stop.signal,
  )
  await begun.promise
  await store.register.transaction((tx) => store.jobs.stop(tx, id))
  expect(await ended(id)).toMatchObject({ state: "stopped", result: null })
  const next = await start("long-not")
  expect((await ended(next)).state).toBe("failed")
  expect(await store.jobs.get(id)).toMatchObject({ state: "stopped", result: null })
  stop.abort()
  await working
})

test("a queued job that is stopped is never begun", async () => {
  const id = await start("never")
  await store.register.transaction((tx) => store.jobs.stop(tx, id))
  let begun = false
  const after = await start("after")
  await worked({ never: async () => (begun = true), after: async () => null }, [after])
  expect([begun, (await store.jobs.get(id))!.state]).toEqual([false, "stopped"])
})

test("jobs are done one at a time in the order in which they were asked for", async () => {
  const ids: string[] = []
  for (let n = 0; n < 6; n++) ids.push(await start("turn", n))
  const order: number[] = []
  let at = 0
  let most = 0
  const turn: JobHandler = async ({ input }) => {
    most = Math.max(most, ++at)
    await setImmediate()
    order.push(input as number)
    at--
  }
  await worked({ turn }, ids)
  expect([order, most]).toEqual([[0, 1, 2, 3, 4, 5], 1])
})

test("one worker per data folder: a second one is told so at once", async () => {
  const stop = new AbortController()
  const working = store.jobs.work({}, stop.signal)
  const id = await start("x")
  expect((await ended(id)).state).toBe("failed")
  expect(await store.jobs.work({}, stop.signal)).toBe(false)
  stop.abort()
  expect(await working).toBe(true)
})

test("a worker told to end leaves its job to the next one", async () => {
  const id = await start("handed")
  const begun = Promise.withResolvers<void>()
  const stop = new AbortController()
  const working = store.jobs.work(
    {
      handed: async (_job, { signal }) => {
        begun.resolve()
        await new Promise((_, fail) => signal.addEventListener("abort", () => fail(signal.reason)))
      },
    },
    stop.signal,
  )
  await begun.promise
  stop.abort()
  await working
  expect(await store.jobs.get(id)).toMatchObject({ state: "queued", attempts: 1, finishedAt: null })
  expect((await worked({ handed: async () => "by the next" }, [id]))[0]).toMatchObject({
    state: "done",
    attempts: 2,
    result: "by the next",
  })
})

test("a job whose worker died goes on with the next, and after five deaths it is failed and nothing waits for it", async () => {
  const left = await start("dead")
  const hopeless = await start("dead")
  await store.register.read.query("update job set state = 'running', attempts = 1 where id = $1", [left])
  await store.register.read.query("update job set state = 'running', attempts = 5 where id = $1", [hopeless])
  const [first, second] = await worked({ dead: async () => "done" }, [left, hopeless])
  expect(first).toMatchObject({ state: "done", attempts: 2 })
  expect(second).toMatchObject({ state: "failed", attempts: 5, failure: { code: "unavailable.job-died" } })
})

test("waiting work starts a worker, and left work is counted", async () => {
  const id = await start("woken")
  let working: Promise<unknown> | undefined
  const stop = new AbortController()
  store.jobs.onWorkWaiting(() => {
    working ??= store.jobs.work({ woken: async () => "yes" }, stop.signal)
  })
  expect(await store.jobs.resume()).toBe(1)
  expect(await ended(id)).toMatchObject({ state: "done", result: "yes" })
  expect(await store.jobs.resume()).toBe(0)
  stop.abort()
  await working
  store.jobs.onWorkWaiting(() => undefined)
})

test("jobs are listed to their caller alone, latest first", async () => {
  const mine = await start("listed")
  expect((await store.jobs.list("us_test", 1)).map((j) => j.id)).toEqual([mine])
  expect(await store.jobs.list("us_other")).toEqual([])
  await store.register.transaction((tx) => store.jobs.stop(tx, mine))
})

test("a job that nobody knows is said to be unknown", async () => {
  await expect(ended("jb_nothing")).rejects.toMatchObject({ code: "invalid.no-such-job" })
})
